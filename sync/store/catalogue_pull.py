"""A pull writes the next generation of the catalogue beside the current one, a few milliseconds at a time."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from time import monotonic, sleep
from typing import Any, TypeVar

from sync.errors import WardstockError
from sync.stock import (
    Category,
    Location,
    Lot,
    Move,
    MoveLine,
    Package,
    Packaging,
    Partner,
    Picking,
    PickingType,
    Product,
    ReorderPoint,
    StockRow,
    Unit,
    User,
    VendorCode,
)
from sync.store.database import Connection, Database
from sync.store.kinds import KINDS, Kind, Row
from sync.store.marks import Mark
from sync.store.schema.generations import NEVER
from sync.store.values import text_of

CHUNK = 100
"""Rows of one write: measured on 100,000 products, so that a scan waits for a few milliseconds at most."""
KEPT = 2_000
"""Of so many records of a kind that vanished the last that was known is kept."""
_SWEPT = 25
"""Rows taken away in one write: each is looked for in every index, and a scan that comes meanwhile waits for it."""
_AT_ONCE = 500
"""Ids in one question."""
_CHECKPOINT_EVERY = 50
_LONGEST_REST = 0.02
"""Seconds; a chunk that waited for its turn need not rest as long again."""
OVERTAKEN = "pull_overtaken"

T = TypeVar("T")


class Pull:
    """The generation being pulled. Readers see nothing of it before `flip`, and all of it after.

    A kind that is added is replaced as a whole: what is not added again is gone after the flip. A kind that is merged
    keeps what is not named; `only` and `remove` take away. A kind that is neither stays as it is. Rows that did not
    change are not written again. Any method raises WardstockError("pull_overtaken") once another pull has begun.
    """

    def __init__(self, database: Database, token: str, generation: int) -> None:
        self._db = database
        self._token = token
        self._next = generation + 1
        self._seen: dict[str, set[Row]] = {}
        self._fresh: set[str] = set()
        self._writes = 0
        # Before the first pull has ended there is nothing to scan against, and nobody to rest for.
        self._rests = database.row("SELECT 1 FROM catalogue_kind LIMIT 1") is not None

    @classmethod
    def begin(cls, database: Database) -> "Pull":
        """Start a generation; what an abandoned pull left behind is cleaned away first."""
        pull, abandoned = cls._take(database)
        if abandoned:
            pull._forget_abandoned()
        return pull

    @classmethod
    def resume(cls, database: Database) -> "Pull":
        """Go on with the generation an interrupted pull left, as far as its marks say, or start one."""
        return cls._take(database)[0]

    @classmethod
    def _take(cls, database: Database) -> "tuple[Pull, bool]":
        token = str(uuid.uuid4())
        with database.write() as connection:
            generation, abandoned = connection.execute("SELECT generation, pull FROM catalogue").fetchone()
            connection.execute("UPDATE catalogue SET pull = ?", (token,))
        return cls(database, token, generation), bool(abandoned)

    # -- how far it has come ---------------------------------------------------------------------------------------

    def mark(self, kind: str) -> Mark:
        """How far that kind has come: in this generation, else in the one in use, else nowhere."""
        row = self._db.row("SELECT mark FROM pull_mark WHERE kind = ? ORDER BY generation DESC LIMIT 1", (kind,))
        return Mark.from_text(row[0]) if row else Mark()

    def keep(self, kind: str, mark: Mark) -> None:
        """Remember how far that kind has come, after its rows were merged: else an interruption would lose them."""
        with self._write() as connection:
            connection.execute(
                "INSERT INTO pull_mark (kind, generation, mark) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, generation) DO UPDATE SET mark = excluded.mark",
                (kind, self._next, mark.to_text()),
            )

    def left_off(self) -> frozenset[str]:
        """Kinds an interrupted pull had begun to bring in this generation."""
        rows = self._db.rows("SELECT kind FROM pull_mark WHERE generation = ?", (self._next,))
        return frozenset(kind for (kind,) in rows)

    # -- what is there when it flips -------------------------------------------------------------------------------

    def ids(self, name: str) -> set[int]:
        """Ids of a kind's records as they will be after the flip."""
        return {id_ for (id_,) in self._all_of(f"SELECT id FROM {KINDS[name].table} WHERE until = {NEVER}")}

    def known(self, name: str, ids: Iterable[int]) -> set[int]:
        """Those of the ids that will be there after the flip."""
        sql = f"SELECT id FROM {KINDS[name].table} WHERE until = {NEVER} AND id IN ({{marks}})"
        return {row[0] for row in self._among(sql, ids)}

    def all(self, name: str) -> list[Any]:
        """All records of a small kind as they will be after the flip."""
        kind = KINDS[name]
        rows = self._db.rows(f"SELECT {kind.select} FROM {kind.table} WHERE until = {NEVER}")
        return [kind.value(row) for row in rows]

    def before(self, name: str) -> list[Any]:
        """All records of a small kind as readers see them until the flip."""
        kind = KINDS[name]
        return [kind.value(row) for row in self._db.rows(f"SELECT {kind.select} FROM {kind.table}_now")]

    def dangling(self, name: str, column: str, of: str) -> set[int]:
        """Ids a kind's column names and the kind `of` does not know."""
        sql = (
            f"SELECT DISTINCT {column} FROM {KINDS[name].table} WHERE until = {NEVER} AND {column} IS NOT NULL"
            f" AND {column} NOT IN (SELECT id FROM {KINDS[of].table} WHERE until = {NEVER})"
        )
        return {id_ for (id_,) in self._db.rows(sql)}

    def owners(self, name: str, column: str, ids: Iterable[int]) -> set[int]:
        """What a column of those records names."""
        sql = f"SELECT {column} FROM {KINDS[name].table} WHERE until = {NEVER} AND id IN ({{marks}})"
        return {row[0] for row in self._among(sql, ids)}

    def changed(self, name: str, values: Sequence[T]) -> list[T]:
        """Those of the values that are new, or not what was known of them."""
        kind = KINDS[name]
        rows = [kind.row(value) for value in values]
        known, _ = self._newest(kind, [kind.identity_of(row)[0] for row in rows])
        return [value for value, row in zip(values, rows, strict=True) if row not in known]

    # -- what came -------------------------------------------------------------------------------------------------

    def add(
        self,
        *,
        units: Sequence[Unit] | None = None,
        categories: Sequence[Category] | None = None,
        products: Sequence[Product] | None = None,
        packagings: Sequence[Packaging] | None = None,
        vendor_codes: Sequence[VendorCode] | None = None,
        lots: Sequence[Lot] | None = None,
        locations: Sequence[Location] | None = None,
        picking_types: Sequence[PickingType] | None = None,
        partners: Sequence[Partner] | None = None,
        packages: Sequence[Package] | None = None,
        users: Sequence[User] | None = None,
        reorder_points: Sequence[ReorderPoint] | None = None,
        pickings: Sequence[Picking] | None = None,
        moves: Sequence[Move] | None = None,
        move_lines: Sequence[MoveLine] | None = None,
        stock_rows: Sequence[StockRow] | None = None,
    ) -> None:
        """Add a page of one or more kinds, in any order; call it with an empty page to say that a kind has none."""
        given: dict[str, Sequence[Any] | None] = {
            "units": units,
            "categories": categories,
            "products": products,
            "packagings": packagings,
            "vendor_codes": vendor_codes,
            "lots": lots,
            "locations": locations,
            "picking_types": picking_types,
            "partners": partners,
            "packages": packages,
            "users": users,
            "reorder_points": reorder_points,
            "pickings": pickings,
            "moves": moves,
            "move_lines": move_lines,
            "stock_rows": stock_rows,
        }
        for name, values in given.items():
            if values is not None:
                self._seen.setdefault(name, set()).update(self._merge(name, values))

    def merge(self, name: str, values: Sequence[Any]) -> None:
        """Some records of a kind: new ones, and others instead of what was known of them."""
        self._merge(name, values)

    def only(self, name: str, column: str, owners: Collection[int], values: Sequence[Any]) -> None:
        """All there is of a kind whose `column` is one of the owners: what else was known of those is gone."""
        came, kind = self._merge(name, values), KINDS[name]
        columns = ", ".join(kind.identity)
        sql = f"SELECT {columns} FROM {kind.table} WHERE until = {NEVER} AND {column} IN ({{marks}})"
        self._take_away(kind, [key for key in self._among(sql, owners) if key not in came])

    def remove(self, name: str, ids: Collection[int]) -> None:
        """Records Odoo shows no more."""
        self._fresh.add(name)
        kind = KINDS[name]
        columns = ", ".join(kind.identity)
        sql = f"SELECT {columns} FROM {kind.table} WHERE until = {NEVER} AND id IN ({{marks}})"
        self._take_away(kind, self._among(sql, ids))

    def retire(self, name: str, values: Sequence[Any]) -> None:
        """Records that are over: this is the last of them."""
        keys = self._merge(name, values)
        self._take_away(KINDS[name], sorted(keys))

    def flip(self, pulled_at: datetime) -> None:
        """Make this generation the current one, at once for all kinds it contains. `pulled_at` is the server's time."""
        for name in self._seen:
            self._end_unseen(name)
        with self._write(durable=True) as connection:
            connection.execute("UPDATE catalogue SET generation = ?", (self._next,))
            connection.executemany(
                "INSERT INTO catalogue_kind (kind, generation, pulled_at) VALUES (?, ?, ?)"
                " ON CONFLICT (kind) DO UPDATE SET generation = excluded.generation, pulled_at = excluded.pulled_at",
                [(name, self._next, text_of(pulled_at)) for name in sorted(self._fresh)],
            )
            connection.execute(
                "DELETE FROM pull_mark WHERE generation < ?1"
                " AND kind IN (SELECT kind FROM pull_mark WHERE generation = ?1)",
                (self._next,),
            )
        try:
            self._tidy()
        except WardstockError as error:
            if error.code != OVERTAKEN:  # the flip is done; who overtook us tidies up
                raise

    def _merge(self, name: str, values: Sequence[Any]) -> set[Row]:
        self._fresh.add(name)
        kind, came = KINDS[name], set[Row]()
        for chunk in _chunks(values):
            self._give_way()
            # The same record twice, because pages overlap: the last one counts.
            rows = {kind.identity_of(row): row for row in map(kind.row, chunk)}
            came.update(rows)
            known, ids = self._newest(kind, [id_ for id_, *_ in rows])
            if changed := {key: row for key, row in rows.items() if row not in known}:
                self._put(kind, list(changed.values()), [key for key in changed if key[0] in ids])
        return came

    def _newest(self, kind: Kind[Any], ids: Iterable[int]) -> tuple[set[Row], set[int]]:
        """What is known of those records, as rows, and of which there is a row that a new one would meet."""
        columns = ", ".join(kind.stored)
        meets = f"(until = {NEVER} OR since = {self._next:d})"
        sql = f"SELECT id, until, {columns} FROM {kind.table} WHERE {meets} AND id IN ({{marks}})"
        found = list(self._among(sql, ids))
        return {tuple(row) for _, until, *row in found if until == NEVER}, {id_ for id_, *_ in found}

    def _put(self, kind: Kind[Any], rows: Sequence[Row], keys: Sequence[Row]) -> None:
        """New rows, and the end of those they take the place of, by `keys`."""
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

    def _take_away(self, kind: Kind[Any], keys: Sequence[Row]) -> None:
        for chunk in _chunks(keys):
            with self._write() as connection:
                self._end(connection, kind, chunk)

    def _end_unseen(self, name: str) -> None:
        kind, seen = KINDS[name], self._seen[name]
        known = self._all_of(f"SELECT {', '.join(kind.identity)} FROM {kind.table} WHERE until = {NEVER}")
        self._take_away(kind, [key for key in known if key not in seen])

    def _among(self, sql: str, ids: Iterable[int]) -> list[Row]:
        """Rows of a question about many ids; `{marks}` stands for some of them."""
        found: list[Row] = []
        rest = iter(sorted(set(ids)))
        while some := list(islice(rest, _AT_ONCE)):
            found += self._db.rows(sql.format(marks=", ".join("?" * len(some))), some)
        return found

    def _forget_abandoned(self) -> None:
        """Take away the rows of a generation that never became current, and the ends it set."""
        current = self._next - 1
        with self._write() as connection:
            connection.execute("DELETE FROM pull_mark WHERE generation > ?", (current,))
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
        """Delete what no reader can see any more; of a kept kind the last of each record stays."""
        over = f"until <= {current:d} AND until < {NEVER}"
        if kind.kept:
            newer = f"SELECT 1 FROM {kind.table} AS newer WHERE newer.id = old.id AND newer.since > old.since"
            oldest = f"SELECT until FROM {kind.table} WHERE {over} ORDER BY until DESC LIMIT 1 OFFSET {KEPT:d}"
            over += f" AND (EXISTS ({newer}) OR until < ({oldest}))"
        self._each(kind, over, "DELETE FROM {table} WHERE {key}")

    def _each(self, kind: Kind[Any], condition: str, change: str) -> None:
        """Find without holding up anyone, then change in chunks."""
        names = (*kind.identity, "since")
        sql = change.format(table=kind.table, key=" AND ".join(f"{name} = ?" for name in names))
        found = list(self._all_of(f"SELECT {', '.join(names)} FROM {kind.table} AS old WHERE {condition}"))
        for chunk in _chunks(found, _SWEPT):
            with self._write() as connection:
                connection.executemany(sql, chunk)

    def _all_of(self, sql: str) -> Iterator[Row]:
        """The rows of a long question: between some and the next, who scans comes first."""
        for some in self._db.some_at_a_time(sql, _AT_ONCE):
            self._give_way()
            yield from some

    def _give_way(self) -> None:
        if self._rests:
            self._db.give_way()

    @contextmanager
    def _write(self, *, durable: bool = False) -> Iterator[Connection]:
        """A chunk. One of the first pull may be lost in a power cut: a mark is written after its rows, so both are
        asked for again. Later the disk has each before the next: else the next scan would wait until it has them all.
        """
        self._give_way()
        began = monotonic()
        with self._db.write(durable=durable or self._rests) as connection:
            (token,) = connection.execute("SELECT pull FROM catalogue").fetchone()
            if token != self._token:
                raise WardstockError(OVERTAKEN)
            yield connection
        if self._rests:
            # A pull is in no hurry: two thirds of the time belong to whoever scans, interpreter and file alike.
            sleep(min(2 * (monotonic() - began), _LONGEST_REST))
        self._writes += 1
        if self._writes % _CHECKPOINT_EVERY == 0:
            self._db.checkpoint()


def _where(kind: Kind[Any]) -> str:
    return " AND ".join(f"{name} = ?" for name in kind.identity)


def _chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


def forget(connection: Connection) -> None:
    """Empty the catalogue, inside the caller's write transaction: it speaks of another Odoo."""
    for kind in KINDS.values():
        connection.execute(f"DELETE FROM {kind.table}")
    connection.execute("DELETE FROM catalogue_kind")
    connection.execute("DELETE FROM pull_mark")
    connection.execute("UPDATE catalogue SET generation = generation + 1, pull = NULL")
