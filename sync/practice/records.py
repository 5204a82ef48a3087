"""Records in memory: tables of rows, links between them, and a journal that undoes a call which failed."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from sync.practice.errors import MissingError, SerializationFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sync.practice.releases import Release

CENT = Decimal("0.01")
"""Odoo's decimal precision "Product Unit", which is also the rounding of each unit in 19."""

Row = dict[str, Any]
"""Field name to stored value: an id for a many2one, a tuple of ids for a many2many. Any: a row has no fixed shape."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model. A field with `compute` is worked out when it is read and cannot be written.

    A field whose name begins with `_` is the ward's own: nobody sees it from outside.
    """

    kind: str
    label: str = ""
    relation: str = ""
    inverse: str = ""
    required: bool = False
    rounded: bool = False
    default: Any = None  # a value, or a function of the call that gives one
    compute: Callable[[Record], Any] | None = None

    def of(self, relation: str) -> Field:
        """The same field, pointing elsewhere."""
        return self if relation == self.relation else replace(self, relation=relation)


def text(label: str = "", *, required: bool = False, default: Any = None) -> Field:
    return Field("char", label, required=required, default=default)


def choice(label: str = "", *, required: bool = False, default: Any = None) -> Field:
    return Field("selection", label, required=required, default=default)


def number(label: str = "", *, default: Any = None) -> Field:
    """A quantity: kept as Decimal with two places, as Odoo rounds all of them."""
    return Field("float", label, rounded=True, default=default)


def flag(label: str = "", *, default: bool = False) -> Field:
    return Field("boolean", label, default=default)


def moment(label: str = "", *, default: Any = None) -> Field:
    return Field("datetime", label, default=default)


def one(relation: str, label: str = "", *, required: bool = False, default: Any = None) -> Field:
    return Field("many2one", label, relation, required=required, default=default)


def many(relation: str, inverse: str, label: str = "") -> Field:
    """The records of `relation` whose `inverse` points here."""
    return Field("one2many", label, relation, inverse)


def linked(relation: str, label: str = "") -> Field:
    return Field("many2many", label, relation, default=())


def computed(kind: str, compute: Callable[[Record], Any], relation: str = "", label: str = "") -> Field:
    return Field(kind, label, relation, compute=compute)


def related(path: str, kind: str = "char", relation: str = "") -> Field:
    """The value at the end of a dotted path, empty where the path breaks off."""

    def follow(record: Record) -> Any:
        value: Any = record
        for name in path.split("."):
            value = getattr(value, name) if value is not None else None
        return value

    return Field(kind, relation=relation, compute=follow)


@dataclass(frozen=True, slots=True)
class Record:
    """One row seen as an object: `line.lot_id.name`. An empty many2one reads as None."""

    db: Database
    table: str
    id: int

    def __getattr__(self, name: str) -> Any:  # Any: the type depends on the field
        return self.db.value(self, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and (self.table, self.id) == (other.table, other.id)

    def __hash__(self) -> int:
        return hash((self.table, self.id))

    @property
    def exists(self) -> bool:
        return self.id in self.db.rows[self.table]


class Database:
    """All tables of the ward. One call at a time changes them; `transaction` makes a call all or nothing."""

    def __init__(
        self, fields: dict[str, dict[str, Field]], indexed: dict[str, tuple[str, ...]], release: Release
    ) -> None:
        self.fields = fields
        self.release = release
        self.rows: dict[str, dict[int, Row]] = {model: {} for model in fields}
        self.commits = 0
        self.ghosts: dict[str, str] = {}
        """External ids that a load gave and took back: Odoo's cache still knows them, by their model."""
        self.known_groups: set[int] = set()
        """Users whose groups Odoo's cache knows."""
        self._next_id: dict[str, int] = defaultdict(int)
        self._changed_in: dict[tuple[str, int], int] = {}
        self._journal: list[tuple[str, int, Row | None]] = []
        self._indexed = {
            model: {name for name, field in own.items() if field.kind == "many2one" and field.compute is None}
            | set(indexed.get(model, ()))
            for model, own in fields.items()
        }
        self._index: dict[tuple[str, str, Any], set[int]] = defaultdict(set)

    def new_id(self, model: str) -> int:
        self._next_id[model] += 1
        return self._next_id[model]

    def put(self, model: str, row_id: int, row: Row | None) -> None:
        """Insert, replace or (with None) delete one row, so that it can be undone."""
        old = self.rows[model].get(row_id)
        self._journal.append((model, row_id, old))
        if model == "res.users":
            self.known_groups.clear()
        self._set(model, row_id, old, row)

    def find(self, model: str, name: str, value: Any) -> list[Record]:
        """The records whose indexed field holds the value, by id."""
        return [Record(self, model, row_id) for row_id in sorted(self._index[model, name, value])]

    def holding(self, model: str, name: str, values: Iterable[Any]) -> set[int] | None:
        """The ids of the records whose field holds one of the values; None where no index knows."""
        if name == "id":
            return {value for value in values if value in self.rows[model]}
        if name not in self._indexed[model]:
            return None
        return set[int]().union(*(self._index.get((model, name, value), ()) for value in values))

    def record(self, model: str, row_id: int) -> Record:
        return Record(self, model, row_id)

    def all(self, model: str) -> list[Record]:
        return [Record(self, model, row_id) for row_id in sorted(self.rows[model])]

    def value(self, record: Record, name: str) -> Any:
        """A field's value as Python sees it: records for links, Decimal for quantities.

        Raises MissingError for a deleted record and AttributeError for an unknown field.
        """
        field = self.fields[record.table].get(name)
        if field is None:
            raise AttributeError(f"{record.table} has no field {name}")
        row = self.rows[record.table].get(record.id)
        if row is None:
            raise MissingError(
                f"Record does not exist or has been deleted.\n(Record: {record.table}({record.id},), User: 1)"
            )
        if field.compute is not None:
            return field.compute(record)
        if field.kind == "one2many":
            return self.find(field.relation, field.inverse, record.id)
        stored = row.get(name)
        if field.kind == "many2many":
            return [Record(self, field.relation, key) for key in stored or () if key in self.rows[field.relation]]
        if field.kind == "many2one":
            return Record(self, field.relation, stored) if stored else None
        return stored

    def changed_since(self, model: str, row_id: int, snapshot: int) -> bool:
        """Whether another call committed this row after the snapshot was taken."""
        return self._changed_in.get((model, row_id), 0) > snapshot

    def refuse_conflict(self, model: str, row_id: int, snapshot: int) -> None:
        """PostgreSQL's repeatable read: whoever comes second must start again."""
        if self.changed_since(model, row_id, snapshot):
            raise SerializationFailure

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep what the block wrote, or on any exception nothing of it."""
        self._journal.clear()
        try:
            yield
        except BaseException:
            self.undo_to(0)
            raise
        self.commits += 1
        for model, row_id, _ in self._journal:
            self._changed_in[model, row_id] = self.commits
        self._journal.clear()

    def savepoint(self) -> int:
        return len(self._journal)

    def undo_to(self, savepoint: int) -> None:
        while len(self._journal) > savepoint:
            model, row_id, old = self._journal.pop()
            self._set(model, row_id, self.rows[model].get(row_id), old)

    def _set(self, model: str, row_id: int, old: Row | None, new: Row | None) -> None:
        for name in self._indexed[model]:
            before = old.get(name) if old else None
            after = new.get(name) if new else None
            if before == after and bool(old) == bool(new):
                continue
            if old and before is not None:
                self._index[model, name, before].discard(row_id)
            if new and after is not None:
                self._index[model, name, after].add(row_id)
        if new is None:
            self.rows[model].pop(row_id, None)
        else:
            self.rows[model][row_id] = new


def rounded(quantity: Decimal) -> Decimal:
    return quantity.quantize(CENT, ROUND_HALF_UP)


def convert(quantity: Decimal, unit: Record, to: Record, *, rounding: bool = True) -> Decimal:
    """A quantity of one unit in another: 3 boxes of ten are 30 units."""
    if unit == to:
        return quantity
    amount: Decimal = quantity * unit._size / to._size
    return rounded(amount) if rounding else amount
