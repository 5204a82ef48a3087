"""Recalls under way: which lot is looked for, and where somebody looked already (ward 31). Kept over restarts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from sync.errors import WardstockError
from sync.store import journal
from sync.store.database import Connection, Database, Row
from sync.store.values import maybe_moment_of, moment_of, text_of
from sync.transaction import new_uuid


@dataclass(frozen=True, slots=True)
class Tick:
    """Somebody looked at a place: `found` base units, 0 for none."""

    location_id: int
    found: Decimal
    ticked_at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class Recall:
    """A lot (an empty name: all of the product) that is looked for. `ticks` by location id; `ended_at` once over."""

    uuid: str
    product_id: int
    lot_name: str
    begun_at: datetime
    person: str
    ended_at: datetime | None = None
    ticks: Mapping[int, Tick] = field(default_factory=dict)


_COLUMNS: Final = "uuid, product_id, lot_name, begun_at, person, ended_at"


class Recalls:
    """One open recall for a product and lot; each step stands in the journal with who took it."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def begin(self, product_id: int, lot_name: str, person: str, now: datetime) -> Recall:
        """The open recall of that lot, or a new one."""
        name = lot_name.strip()
        with self._db.write() as connection:
            sql = "SELECT uuid FROM recall WHERE product_id = ? AND lot_name = ? AND ended_at IS NULL"
            known = connection.execute(sql, (product_id, name)).fetchone()
            uuid = known[0] if known else _begun(connection, product_id, name, person, now)
        return self._read(uuid)

    def tick(self, uuid: str, location_id: int, found: Decimal, person: str, now: datetime) -> Recall:
        """Somebody looked there; a second look stands in place of the first. Raises WardstockError("recall_over")."""
        with self._db.write() as connection:
            _must_be_open(connection, uuid)
            connection.execute(
                "INSERT INTO recall_tick (recall, location_id, found, ticked_at, person) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (recall, location_id) DO UPDATE SET"
                " found = excluded.found, ticked_at = excluded.ticked_at, person = excluded.person",
                (uuid, location_id, format(found, "f"), text_of(now), person),
            )
            told = {"location": location_id, "found": found}
            journal.append(connection, "recall_ticked", uuid, at=now, person=person, **told)
        return self._read(uuid)

    def untick(self, uuid: str, location_id: int, person: str, now: datetime) -> Recall:
        """That was said of the wrong place. Raises WardstockError("recall_over")."""
        with self._db.write() as connection:
            _must_be_open(connection, uuid)
            connection.execute("DELETE FROM recall_tick WHERE recall = ? AND location_id = ?", (uuid, location_id))
            journal.append(connection, "recall_unticked", uuid, at=now, person=person, location=location_id)
        return self._read(uuid)

    def end(self, uuid: str, person: str, now: datetime) -> None:
        """The search is over. Raises WardstockError("recall_over") the second time."""
        with self._db.write() as connection:
            _must_be_open(connection, uuid)
            connection.execute("UPDATE recall SET ended_at = ? WHERE uuid = ?", (text_of(now), uuid))
            journal.append(connection, "recall_ended", uuid, at=now, person=person)

    def open(self) -> list[Recall]:
        """All that are not over, the oldest first."""
        rows = self._db.rows("SELECT uuid FROM recall WHERE ended_at IS NULL ORDER BY begun_at, uuid")
        return [self._read(uuid) for (uuid,) in rows]

    def get(self, uuid: str) -> Recall | None:
        row = self._db.row(f"SELECT {_COLUMNS} FROM recall WHERE uuid = ?", (uuid,))
        return self._with_ticks(row) if row else None

    def _read(self, uuid: str) -> Recall:
        found = self.get(uuid)
        if found is None:
            raise WardstockError("recall_over", uuid=uuid)
        return found

    def _with_ticks(self, row: Row) -> Recall:
        uuid, product_id, lot_name, begun_at, person, ended_at = row
        sql = "SELECT location_id, found, ticked_at, person FROM recall_tick WHERE recall = ? ORDER BY ticked_at"
        ticks = [
            Tick(place, Decimal(found), moment_of(at), who) for place, found, at, who in self._db.rows(sql, (uuid,))
        ]
        ended = maybe_moment_of(ended_at)
        by_place = {tick.location_id: tick for tick in ticks}
        return Recall(uuid, product_id, lot_name, moment_of(begun_at), person, ended, by_place)


def _begun(connection: Connection, product_id: int, lot_name: str, person: str, now: datetime) -> str:
    uuid = new_uuid()
    sql = "INSERT INTO recall (uuid, product_id, lot_name, begun_at, person) VALUES (?, ?, ?, ?, ?)"
    connection.execute(sql, (uuid, product_id, lot_name, text_of(now), person))
    journal.append(connection, "recall_begun", uuid, at=now, person=person, product=product_id, lot=lot_name)
    return uuid


def _must_be_open(connection: Connection, uuid: str) -> None:
    if connection.execute("SELECT 1 FROM recall WHERE uuid = ? AND ended_at IS NULL", (uuid,)).fetchone() is None:
        raise WardstockError("recall_over", uuid=uuid)
