"""A pull writes the next generation of the catalogue beside the current one, a few milliseconds at a time."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from time import monotonic, sleep
from typing import Any, TypeVar

from sync.errors import WardstockError
from sync.stock import (
    Location,
    Lot,
    Move,
    MoveLine,
    Packaging,
    Partner,
    Picking,
    PickingType,
    Product,
    Quant,
    VendorCode,
)
from sync.store.database import Connection, Database
from sync.store.kinds import KINDS, Kind, Row
from sync.store.schema import NEVER
from sync.store.values import text_of

CHUNK = 100
"""Rows of one write: measured on 100,000 products, so that a scan waits for a few milliseconds at most."""
_CHECKPOINT_EVERY = 20
OVERTAKEN = "pull_overtaken"

T = TypeVar("T")


class Pull:
    """The generation being pulled. Readers see nothing of it before `flip`, and all of it after.

    A kind that is added is replaced as a whole: what is not added again is gone after the flip. A kind that is not
    added stays as it is. Rows that did not change are not written again. Any method raises
    WardstockError("pull_overtaken") once another pull has begun.
    """

    def __init__(self, database: Database, token: str, generation: int) -> None:
        self._db = database
        self._token = token
        self._next = generation + 1
        self._seen: dict[str, set[Row]] = {}
        self._writes = 0

    @classmethod
    def begin(cls, database: Database) -> "Pull":
        """Start a generation; what an abandoned pull left behind is cleaned away first."""
        token = str(uuid.uuid4())
        with database.write() as connection:
            generation, abandoned = connection.execute("SELECT generation, pull FROM catalogue").fetchone()
            connection.execute("UPDATE catalogue SET pull = ?", (token,))
        pull = cls(database, token, generation)
        if abandoned:
            pull._forget_abandoned()
        return pull

    def add(
        self,
        *,
        products: Sequence[Product] | None = None,
        packagings: Sequence[Packaging] | None = None,
        vendor_codes: Sequence[VendorCode] | None = None,
        lots: Sequence[Lot] | None = None,
        locations: Sequence[Location] | None = None,
        picking_types: Sequence[PickingType] | None = None,
        partners: Sequence[Partner] | None = None,
        pickings: Sequence[Picking] | None = None,
        moves: Sequence[Move] | None = None,
        move_lines: Sequence[MoveLine] | None = None,
        quants: Sequence[Quant] | None = None,
    ) -> None:
        """Add a page of one or more kinds, in any order; call it with an empty page to say that a kind has none."""
        given: dict[str, Sequence[Any] | None] = {
            "products": products,
            "packagings": packagings,
            "vendor_codes": vendor_codes,
            "lots": lots,
            "locations": locations,
            "picking_types": picking_types,
            "partners": partners,
            "pickings": pickings,
            "moves": moves,
            "move_lines": move_lines,
            "quants": quants,
        }
        for name, values in given.items():
            if values is not None:
                self._add(name, values)

    def flip(self, pulled_at: datetime) -> None:
        """Make this generation the current one, at once for all kinds it contains. `pulled_at` is the server's time."""
        for name in self._seen:
            self._end_unseen(name)
        with self._write() as connection:
            connection.execute("UPDATE catalogue SET generation = ?", (self._next,))
            connection.executemany(
                "INSERT INTO catalogue_kind (kind, generation, pulled_at) VALUES (?, ?, ?)"
                " ON CONFLICT (kind) DO UPDATE SET generation = excluded.generation, pulled_at = excluded.pulled_at",
                [(name, self._next, text_of(pulled_at)) for name in self._seen],
            )
        try:
            self._tidy()
        except WardstockError as error:
            if error.code != OVERTAKEN:  # the flip is done; who overtook us tidies up
                raise

    def _add(self, name: str, values: Sequence[Any]) -> None:
        kind, seen = KINDS[name], self._seen.setdefault(name, set())
        newest = f"SELECT {', '.join(kind.stored)} FROM {kind.table} WHERE {_where(kind)} AND until = {NEVER}"
        for chunk in _chunks(values):
            # The same record twice, because pages overlap: the last one counts.
            rows = {kind.identity_of(row): row for row in map(kind.row, chunk)}
            seen.update(rows)
            changed = [row for key, row in rows.items() if self._db.row(newest, key) != row]
            if changed:
                self._put(kind, changed)

    def _put(self, kind: Kind[Any], rows: Sequence[Row]) -> None:
        keys = [kind.identity_of(row) for row in rows]
        names = ", ".join((*kind.stored, "since"))
        marks = ", ".join("?" * (len(kind.stored) + 1))
        with self._write() as connection:
            connection.executemany(f"DELETE FROM {kind.table} WHERE {_where(kind)} AND since = {self._next:d}", keys)
            self._end(connection, kind, keys)
            connection.executemany(
                f"INSERT INTO {kind.table} ({names}) VALUES ({marks})", [(*row, self._next) for row in rows]
            )

    def _end(self, connection: Connection, kind: Kind[Any], keys: Sequence[Row]) -> None:
        connection.executemany(
            f"UPDATE {kind.table} SET until = {self._next:d} WHERE {_where(kind)} AND until = {NEVER}", keys
        )

    def _end_unseen(self, name: str) -> None:
        kind, seen = KINDS[name], self._seen[name]
        known = self._db.rows(f"SELECT {', '.join(kind.identity)} FROM {kind.table} WHERE until = {NEVER}")
        for chunk in _chunks([key for key in known if key not in seen]):
            with self._write() as connection:
                self._end(connection, kind, chunk)

    def _forget_abandoned(self) -> None:
        """Take away the rows of a generation that never became current, and the ends it set."""
        current = self._next - 1
        for kind in KINDS.values():
            self._each(kind, f"since > {current:d}", "DELETE FROM {table} WHERE {key}")
            self._each(
                kind,
                f"until > {current:d} AND until < {NEVER}",
                f"UPDATE {{table}} SET until = {NEVER} WHERE {{key}}",
            )
            self._sweep(kind, current)

    def _tidy(self) -> None:
        for kind in KINDS.values():
            self._sweep(kind, self._next)
        with self._write() as connection:
            connection.execute("UPDATE catalogue SET pull = NULL")
        self._db.checkpoint()

    def _sweep(self, kind: Kind[Any], current: int) -> None:
        """Delete what no reader can see any more."""
        self._each(kind, f"until <= {current:d} AND until < {NEVER}", "DELETE FROM {table} WHERE {key}")

    def _each(self, kind: Kind[Any], condition: str, change: str) -> None:
        """Find without holding up anyone, then change in chunks."""
        names = (*kind.identity, "since")
        sql = change.format(table=kind.table, key=" AND ".join(f"{name} = ?" for name in names))
        found = self._db.rows(f"SELECT {', '.join(names)} FROM {kind.table} WHERE {condition}")
        for chunk in _chunks(found):
            with self._write() as connection:
                connection.executemany(sql, chunk)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        began = monotonic()
        with self._db.write() as connection:
            (token,) = connection.execute("SELECT pull FROM catalogue").fetchone()
            if token != self._token:
                raise WardstockError(OVERTAKEN)
            yield connection
        # A pull is in no hurry: two thirds of the time belong to whoever scans, interpreter and file alike.
        sleep(min(2 * (monotonic() - began), _LONGEST_REST))
        self._writes += 1
        if self._writes % _CHECKPOINT_EVERY == 0:
            self._db.checkpoint()


_LONGEST_REST = 0.02
"""Seconds; a chunk that waited for its turn need not rest as long again."""


def _where(kind: Kind[Any]) -> str:
    return " AND ".join(f"{name} = ?" for name in kind.identity)


def _chunks(values: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def forget(connection: Connection) -> None:
    """Empty the catalogue, inside the caller's write transaction: it speaks of another Odoo."""
    for kind in KINDS.values():
        connection.execute(f"DELETE FROM {kind.table}")
    connection.execute("DELETE FROM catalogue_kind")
    connection.execute("UPDATE catalogue SET generation = generation + 1, pull = NULL")
