"""Shelves whose book is in doubt until somebody counts them (ward 1, 3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sync.store.database import Connection, Database
from sync.store.values import moment_of, text_of
from sync.transaction import COUNTS, Line, Outcome, Recount, Transaction, from_body

_KEY = "product_id, location_id, lot_id, package_id, owner_id"
_AT_KEY = "product_id = ? AND location_id = ? AND lot_id = ? AND package_id = ? AND owner_id = ?"
_NOT_AS_COUNTED = "count"
"""What an outcome says of a line whose word does not stand in Odoo (`sync.odoo.counts.counted.LEFT_OUT`)."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A shelf to count, since when (UTC, this device's clock), and the transaction that raised it."""

    recount: Recount
    raised_by: str
    raised_at: datetime


class Recounts:
    """What screens ask: which shelves wait to be counted."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def open(self) -> list[Doubt]:
        """All, the oldest first."""
        rows = self._db.rows(f"SELECT why, {_KEY}, raised_by, raised_at FROM recount ORDER BY raised_at, {_KEY}")
        return [Doubt(_recount(*key), by, moment_of(at)) for *key, by, at in rows]


def after(connection: Connection, uuid: str, outcome: Outcome, now: datetime) -> None:
    """Inside the caller's transaction, when one is done: what a count settles, then the shelves its outcome doubts.

    A count settles a shelf if its moment is younger than the doubt, and its word on that shelf stands. What went below
    zero is doubted since the act; what may have been counted already, since now.
    """
    (body,) = connection.execute("SELECT body FROM outbox WHERE uuid = ?", (uuid,)).fetchone()
    transaction = from_body(body)
    if transaction.kind in COUNTS:
        _settle(connection, transaction, outcome, text_of(now))
    for recount in outcome.recounts:
        since = transaction.acted_at.wall if recount.why == "went_negative" else now
        doubt(connection, recount, uuid, since)


def doubt(connection: Connection, recount: Recount, raised_by: str, since: datetime) -> None:
    """Inside the caller's transaction: that shelf waits to be counted. Of two doubts of one shelf the younger stays."""
    connection.execute(
        f"INSERT INTO recount (why, {_KEY}, raised_by, raised_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        f" ON CONFLICT ({_KEY}) DO UPDATE SET"
        " why = excluded.why, raised_by = excluded.raised_by, raised_at = excluded.raised_at"
        " WHERE excluded.raised_at > raised_at",
        (recount.why, *_key(recount), raised_by, text_of(since)),
    )


def _settle(connection: Connection, transaction: Transaction, outcome: Outcome, now: str) -> None:
    said = text_of(transaction.acted_at.wall)
    fallen = {one.line for one in outcome.differs if one.what == _NOT_AS_COUNTED}
    for line in transaction.lines:
        if line.number in fallen:
            continue
        for lot_id in _lots(connection, line):
            key = (line.product_id, line.source_id, lot_id, line.package_id or 0, line.owner_id or 0)
            # A doubt from the future was raised before the device's clock was set back.
            sql = f"DELETE FROM recount WHERE {_AT_KEY} AND (raised_at < ? OR raised_at > ?)"
            connection.execute(sql, (*key, said, now))


def _lots(connection: Connection, line: Line) -> Iterator[int]:
    """The lot a line names; one that was new to the device then, by its name."""
    yield line.lot_id or 0
    if line.lot_id is None and line.lot_name:
        sql = "SELECT DISTINCT id FROM lot WHERE product_id = ? AND name = ?"
        yield from (id_ for (id_,) in connection.execute(sql, (line.product_id, line.lot_name)).fetchall())


def _key(recount: Recount) -> tuple[int, int, int, int, int]:
    """As it is stored: 0 where there is no lot, package or owner."""
    return (
        recount.product_id,
        recount.location_id,
        recount.lot_id or 0,
        recount.package_id or 0,
        recount.owner_id or 0,
    )


def _recount(why: str, product_id: int, location_id: int, *parts: int) -> Recount:
    lot_id, package_id, owner_id = (part or None for part in parts)
    return Recount(why, product_id, location_id, lot_id, package_id, owner_id)
