"""Durable confirmations a second, as a ratio to the same SQL with ready values on bare SQLCipher (aim ≥ 0.7)."""

import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from sqlcipher3 import dbapi2

from sync.store import Store
from sync.transaction import Draft, Footprint, Transaction, to_body
from tests.store.goods import KEY, NOON, draft_of, receipt_of, scan_of

ROUNDS = 9
CONFIRMS = 150
LINES = 5

_JOURNAL = (
    "INSERT INTO journal (seq, at, event, subject, person, device, facts, prev_hash, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_OUTBOX = (
    "INSERT INTO outbox (uuid, draft, reference, body, footprint, journal_head, queued_at, status)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 'queued')"
)

Confirm = tuple[Draft, tuple[Transaction, Footprint]]


def line() -> str:
    """The figures, for people."""
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = list[float](), list[float]()
        for number in range(ROUNDS):
            for rates, measure in ((ours, _ours), (bare, _bare)):
                rates.append(_rate(Path(folder) / f"{measure.__name__}{number}.db", measure))
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    return f"confirm: {median(ours):.0f}/s, {median(ratios):.2f} of bare SQLCipher ({median(bare):.0f}/s)"


def _rate(path: Path, measure: Callable[[Path, list[Confirm]], float]) -> float:
    """Confirmations a second on a new file whose drafts are open, each with its scans."""
    store = Store.open(path, KEY)
    confirms = [_delivery(store) for _ in range(CONFIRMS)]
    store.checkpoint()
    store.close()
    return CONFIRMS / measure(path, confirms)


def _ours(path: Path, confirms: list[Confirm]) -> float:
    store = Store.open(path, KEY)
    store.journal.head()
    began = time.perf_counter()
    for draft, made in confirms:
        store.outbox.confirm(draft.uuid, [made], NOON)
    took = time.perf_counter() - began
    store.close()
    return took


def _bare(path: Path, confirms: list[Confirm]) -> float:
    connection = dbapi2.connect(str(path), isolation_level=None)
    for pragma in (
        f"key = \"x'{KEY.hex()}'\"",
        "synchronous = FULL",
        "foreign_keys = ON",
        "wal_autocheckpoint = 16000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    (seq,) = connection.execute("SELECT max(seq) FROM journal").fetchone()
    ready = [_statements(draft, made, seq + number) for number, (draft, made) in enumerate(confirms, start=1)]
    began = time.perf_counter()
    for statements in ready:
        for sql, values in statements:
            connection.execute(sql, values).fetchall()
    took = time.perf_counter() - began
    connection.close()
    return took


def _statements(draft: Draft, made: tuple[Transaction, Footprint], seq: int) -> list[tuple[str, tuple[Any, ...]]]:
    """What `Outbox.confirm` says to the database, with each value made beforehand."""
    transaction, footprint = made
    at, hash_, uuid = NOON.isoformat(timespec="microseconds"), secrets.token_hex(32), transaction.uuid
    facts = f'{{"body":"{hash_}","draft":"{draft.uuid}","reference":"{transaction.reference}"}}'
    row = (seq, at, "confirmed", uuid, "Ana", "WS-TEST", facts, hash_, hash_)
    queued = (uuid, draft.uuid, transaction.reference, to_body(transaction), footprint.to_json(), hash_, at)
    return [
        ("BEGIN IMMEDIATE", ()),
        ("DELETE FROM evidence WHERE draft = ? AND verdict = ?", (draft.uuid, "meaningless")),
        ("DELETE FROM draft WHERE uuid = ?", (draft.uuid,)),
        ("SELECT 1 FROM outbox WHERE uuid = ?", (uuid,)),
        ("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1", ()),
        ("SELECT name FROM device", ()),
        (_JOURNAL, row),
        (_OUTBOX, queued),
        ("COMMIT", ()),
    ]


def _delivery(store: Store) -> Confirm:
    draft = draft_of()
    scans = [scan_of() for _ in range(LINES)]
    store.drafts.open(draft, scans)
    return draft, receipt_of(draft, lines=LINES, evidence=tuple(scan.id for scan in scans))


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
