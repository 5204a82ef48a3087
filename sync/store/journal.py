"""Who did what, when, on which device, and what Odoo answered: append-only, each row bound to the one before it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sync.store.values import from_json, json_of, moment_of, text_of

if TYPE_CHECKING:
    from sync.store.database import Connection, Database

_START = "0" * 64
_COLUMNS = "seq, at, event, subject, person, device, facts, prev_hash, hash"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal. `subject` is the uuid of the draft or transaction it speaks of."""

    seq: int
    at: datetime
    event: str
    subject: str
    person: str
    device: str
    facts: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain is unbroken; `first_bad` is the seq of the first row that does not fit."""

    ok: bool
    rows: int
    first_bad: int | None = None


def append(
    connection: "Connection", event: str, subject: str, *, at: datetime, person: str = "", **facts: object
) -> str:
    """Add a row inside the caller's write transaction; answers its hash (design 8, 13.8)."""
    seq, prev_hash = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone() or (
        0,
        _START,
    )
    (device,) = connection.execute("SELECT name FROM device").fetchone()
    row = (seq + 1, text_of(at), event, subject, person, device, json_of(facts))
    hash_ = _hash(prev_hash, row)
    connection.execute(f"INSERT INTO journal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, prev_hash, hash_))
    return hash_


class Journal:
    """Reading and proving the journal; rows are added by whatever they speak of, in the same transaction."""

    def __init__(self, database: "Database") -> None:
        self._db = database

    def head(self) -> str:
        """Hash of the newest row. It stands in each slip and note, so that Odoo witnesses the chain."""
        row = self._db.row("SELECT hash FROM journal ORDER BY seq DESC LIMIT 1")
        return row[0] if row else _START

    def story(self, subject: str) -> list[Entry]:
        """All that happened to one draft or transaction, oldest first."""
        rows = self._db.rows(f"SELECT {_COLUMNS} FROM journal WHERE subject = ? ORDER BY seq", (subject,))
        return [_entry(row) for row in rows]

    def verify(self) -> Verdict:
        """Recompute the whole chain, and hold each transaction in the outbox against the row that confirmed it.

        A row changed, removed or added in between, a cut end and a changed body all show.
        """
        seq, prev_hash, confirmed = 0, _START, 0
        with self._db.one_moment():
            for row in self._rows():
                if row[0] != seq + 1 or row[7] != prev_hash or row[8] != _hash(prev_hash, row[:7]):
                    return Verdict(False, seq, row[0])
                if row[2] == "confirmed":
                    confirmed += 1
                    if not self._binds(row):
                        return Verdict(False, seq, row[0])
                seq, prev_hash = row[0], row[8]
            whole = seq > 0 and self._db.row("SELECT count(*) FROM outbox") == (confirmed,)
        return Verdict(whole, seq, None if whole else seq + 1)

    def _binds(self, row: tuple[Any, ...]) -> bool:
        """Whether the transaction a row confirmed is there, knows that row, and has the body it had."""
        found = self._db.row("SELECT body, journal_head FROM outbox WHERE uuid = ?", (row[3],))
        return found is not None and found[1] == row[8] and digest(found[0]) == from_json(row[6])["body"]

    def _rows(self, page: int = 1000) -> Iterator[tuple[Any, ...]]:
        seq = 0
        while rows := self._db.rows(f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT {page}", (seq,)):
            yield from rows
            seq = rows[-1][0]


def digest(text: str) -> str:
    """SHA-256 of a body, by which the journal binds it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _hash(prev_hash: str, row: tuple[Any, ...]) -> str:
    return digest(prev_hash + json_of(row))


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(row[0], moment_of(row[1]), row[2], row[3], row[4], row[5], from_json(row[6]), row[8])
