"""Transactions waiting for Odoo, and what became of them. Nothing leaves this table, no body in it ever changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from sync.errors import WardstockError
from sync.store import drafts, journal
from sync.store.database import Connection, Database, Row
from sync.store.order import Order
from sync.store.values import from_json, json_of, maybe_moment_of, moment_of, text_of
from sync.transaction import (
    UNFINISHED,
    Footprint,
    Outcome,
    Status,
    Transaction,
    check_move,
    from_body,
    to_body,
)

_COLUMNS = (
    "seq, uuid, draft, reference, body, footprint, journal_head, queued_at, status, attempts, first_sent_at,"
    " not_before, settled_at, outcome, code, facts"
)
_UNFINISHED = ", ".join(f"'{status}'" for status in sorted(UNFINISHED))
_UNSENT = f"'{Status.QUEUED}', '{Status.SENDING}'"


@dataclass(frozen=True, slots=True)
class Entry:
    """A transaction of the outbox and where it is.

    `code` and `facts` say why it is refused, or why the last attempt did not end. `waiting_behind` is the uuid of
    the oldest unfinished one it must not overtake. `journal_head` is the row that confirmed it (design 8).
    """

    seq: int
    uuid: str
    draft: str
    reference: str
    body: str
    footprint: Footprint
    journal_head: str
    queued_at: datetime
    status: Status
    attempts: int
    first_sent_at: datetime | None
    not_before: datetime | None
    settled_at: datetime | None
    outcome: Outcome | None
    code: str
    facts: Mapping[str, Any]
    waiting_behind: str | None = None

    @property
    def transaction(self) -> Transaction:
        """The body, read."""
        return from_body(self.body)

    def is_due(self, now: datetime) -> bool:
        """Its turn and its time have come."""
        waits = self.not_before is not None and self.not_before > now
        return self.status is not Status.REFUSED and self.waiting_behind is None and not waits


@dataclass(frozen=True, slots=True)
class Summary:
    """The sync badge: `unsent` are queued and sending, `done_today` those done in the day asked for."""

    unsent: int
    refused: int
    oldest_unsent_at: datetime | None
    done_today: int


class Outbox:
    """The life of a transaction (design 4). Only the moves drawn in `sync.transaction` are possible."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def confirm(self, draft_uuid: str, confirmed: Sequence[tuple[Transaction, Footprint]], now: datetime) -> None:
        """One durable transaction: the draft closes, its transactions are queued, the journal says so.

        A transaction that is already there (a double tap) is not queued again. Raises WardstockError("draft_closed")
        when the draft was dropped meanwhile and something in `confirmed` is new.
        """
        rows = [(transaction, to_body(transaction), footprint.to_json()) for transaction, footprint in confirmed]
        with self._db.write() as connection:
            was_open = drafts.close(connection, draft_uuid)
            for transaction, body, footprint in rows:
                if _is_there(connection, transaction.uuid):
                    continue
                if not was_open:
                    raise WardstockError("draft_closed", uuid=draft_uuid)
                _queue(connection, draft_uuid, transaction, body, footprint, text_of(now))

    def due(self, now: datetime) -> list[Entry]:
        """Those whose time has come and whose footprint meets no older unfinished one, oldest first."""
        return [entry for entry in self._unfinished() if entry.is_due(now)]

    def mark_sending(self, uuid: str, now: datetime) -> None:
        """On disk before the first request goes out: from here on we do not know, whatever happens to us."""
        with self._db.write() as connection:
            was, attempt = _stands(connection, uuid), {}
            if was.first_sent_at is None:
                attempt = {"first_sent_at": text_of(now), "first_attempt": was.attempts + 1}
                journal.append(connection, "sending", uuid, at=now)
            _move(connection, was, Status.SENDING, attempts=was.attempts + 1, not_before=None, **attempt)

    def mark_done(self, uuid: str, outcome: Outcome, now: datetime) -> None:
        """Posted and read back. `outcome.differs` are listed, never posted again."""
        told = asdict(outcome)
        with self._db.write() as connection:
            settled = {"settled_at": text_of(now), "outcome": json_of(told), "code": "", "facts": "{}"}
            _move(connection, _stands(connection, uuid), Status.DONE, not_before=None, **settled)
            journal.append(connection, "done", uuid, at=now, picking=outcome.picking_name, outcome=told)

    def mark_refused(self, uuid: str, code: str, facts: Mapping[str, object], now: datetime) -> None:
        """Odoo said no and the document is cleaned up. A person settles it; what meets it waits."""
        with self._db.write() as connection:
            why = {"code": code, "facts": json_of(facts)}
            _move(connection, _stands(connection, uuid), Status.REFUSED, not_before=None, **why)
            journal.append(connection, "refused", uuid, at=now, code=code, facts=dict(facts))

    def mark_unknown(
        self, uuid: str, not_before: datetime, code: str, facts: Mapping[str, object], now: datetime
    ) -> None:
        """Nobody knows whether Odoo did it: it stays sending, and the same posting runs again (design 4)."""
        with self._db.write() as connection:
            was, why = _stands(connection, uuid), {"code": code, "facts": json_of(facts)}
            if was.status is not Status.SENDING:
                raise ValueError(f"nothing is unknown of a transaction that is {was.status}")
            _move(connection, was, Status.SENDING, not_before=text_of(not_before), **why)
            if code != was.code:  # days without a server must not fill the journal
                journal.append(connection, "unknown", uuid, at=now, code=code, facts=dict(facts))

    def mark_not_reached(self, uuid: str, not_before: datetime, now: datetime) -> None:
        """Surely nothing of this attempt arrived. If no earlier attempt can have arrived either, it was never sent."""
        with self._db.write() as connection:
            was = _stands(connection, uuid)
            never = was.first_attempt == was.attempts
            unsent = {"first_sent_at": None, "first_attempt": None} if never else {}
            _move(connection, was, Status.QUEUED, not_before=text_of(not_before), code="unreachable", **unsent)
            if was.code != "unreachable":
                journal.append(connection, "not_reached", uuid, at=now, ever_sent=not never)

    def withdraw(self, uuid: str, person: str, now: datetime) -> None:
        """Take back what never left, or what Odoo refused; a second time is no error.

        Raises WardstockError("withdraw_after_sending") for anything Odoo may have (design 4).
        """
        with self._db.write() as connection:
            was = _stands(connection, uuid)
            if was.status is Status.WITHDRAWN:
                return
            if was.status is not Status.REFUSED and (was.status is not Status.QUEUED or was.first_sent_at):
                raise WardstockError("withdraw_after_sending", uuid=uuid)
            _move(connection, was, Status.WITHDRAWN, settled_at=text_of(now), not_before=None)
            journal.append(connection, "withdrawn", uuid, at=now, person=person)

    def retry_now(self, uuid: str) -> None:
        """Do not wait for `not_before`."""
        with self._db.write() as connection:
            connection.execute(f"UPDATE outbox SET not_before = NULL WHERE uuid = ? AND status IN ({_UNSENT})", (uuid,))

    def get(self, uuid: str) -> Entry | None:
        row = self._db.row(f"SELECT {_COLUMNS} FROM outbox WHERE uuid = ?", (uuid,))
        return self._placed([_entry(row)])[0] if row else None

    def find(self, text: str) -> list[Entry]:
        """By reference, or by how a uuid begins."""
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM outbox WHERE reference = ? OR substr(uuid, 1, length(?)) = ? ORDER BY seq DESC",
            (text, text, text.lower()),
        )
        return self._placed([_entry(row) for row in rows])

    def rows(self, newest: int = 200) -> list[Entry]:
        """All that is unfinished and the newest of the others, newest first."""
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM outbox WHERE status IN ({_UNFINISHED})"
            " OR seq > (SELECT max(seq) FROM outbox) - ? ORDER BY seq DESC",
            (newest,),
        )
        return self._placed([_entry(row) for row in rows])

    def summary(self, day_begins: datetime, day_ends: datetime) -> Summary:
        """Counts for the badge. The bounds are those of the site's day (design 13.4)."""
        row = self._db.row(
            f"SELECT coalesce(sum(status IN ({_UNSENT})), 0), coalesce(sum(status = '{Status.REFUSED}'), 0),"
            f" min(CASE WHEN status IN ({_UNSENT}) THEN queued_at END),"
            f" coalesce(sum(status = '{Status.DONE}' AND settled_at >= ? AND settled_at < ?), 0) FROM outbox",
            (text_of(day_begins), text_of(day_ends)),
        )
        unsent, refused, oldest, done = row or (0, 0, None, 0)
        return Summary(unsent, refused, maybe_moment_of(oldest), done)

    def _unfinished(self) -> list[Entry]:
        rows = self._db.rows(f"SELECT {_COLUMNS} FROM outbox WHERE status IN ({_UNFINISHED}) ORDER BY seq")
        order = Order()
        entries = (_entry(row) for row in rows)
        return [replace(entry, waiting_behind=order.add(entry.uuid, entry.footprint)) for entry in entries]

    def _placed(self, entries: list[Entry]) -> list[Entry]:
        """The same entries, each unfinished one with what it waits for."""
        behind = {entry.uuid: entry.waiting_behind for entry in self._unfinished()}
        return [replace(entry, waiting_behind=behind.get(entry.uuid)) for entry in entries]


@dataclass(frozen=True, slots=True)
class _Standing:
    uuid: str
    status: Status
    attempts: int
    first_sent_at: str | None
    first_attempt: int | None
    code: str


def _stands(connection: Connection, uuid: str) -> _Standing:
    sql = "SELECT status, attempts, first_sent_at, first_attempt, code FROM outbox WHERE uuid = ?"
    status, *rest = connection.execute(sql, (uuid,)).fetchone()
    return _Standing(uuid, Status(status), *rest)


def _move(connection: Connection, was: _Standing, then: Status, **columns: object) -> None:
    """The one place where a status changes. Sending again what is in doubt is no move."""
    if not was.status is then is Status.SENDING:
        check_move(was.status, then)
    names = ", ".join(f"{name} = ?" for name in ("status", *columns))
    connection.execute(f"UPDATE outbox SET {names} WHERE uuid = ?", (then.value, *columns.values(), was.uuid))


def _is_there(connection: Connection, uuid: str) -> bool:
    return connection.execute("SELECT 1 FROM outbox WHERE uuid = ?", (uuid,)).fetchone() is not None


def _queue(
    connection: Connection, draft: str, transaction: Transaction, body: str, footprint: str, queued_at: str
) -> None:
    head = journal.append(
        connection,
        "confirmed",
        transaction.uuid,
        at=moment_of(queued_at),
        person=transaction.person,
        draft=draft,
        reference=transaction.reference,
        body=journal.digest(body),
    )
    connection.execute(
        "INSERT INTO outbox (uuid, draft, reference, body, footprint, journal_head, queued_at, status)"
        f" VALUES (?, ?, ?, ?, ?, ?, ?, '{Status.QUEUED}')",
        (transaction.uuid, draft, transaction.reference, body, footprint, head, queued_at),
    )


def _entry(row: Row) -> Entry:
    (seq, uuid, draft, reference, body, footprint, head, queued_at, status, attempts, first_sent_at, not_before,
     settled_at, outcome, code, facts) = row  # fmt: skip
    return Entry(
        seq=seq,
        uuid=uuid,
        draft=draft,
        reference=reference,
        body=body,
        footprint=Footprint.from_json(footprint),
        journal_head=head,
        queued_at=moment_of(queued_at),
        status=Status(status),
        attempts=attempts,
        first_sent_at=maybe_moment_of(first_sent_at),
        not_before=maybe_moment_of(not_before),
        settled_at=maybe_moment_of(settled_at),
        outcome=_outcome(outcome),
        code=code,
        facts=from_json(facts),
    )


def _outcome(text: str | None) -> Outcome | None:
    if text is None:
        return None
    return msgspec.json.decode(text, type=Outcome)
