"""How each value of the catalogue becomes a row and comes back: one table for a kind, its columns are its fields."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Generic, TypeVar, get_type_hints

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
    Tracking,
    Unit,
    Usage,
    User,
    VendorCode,
)
from sync.store.codes import code14, folded
from sync.store.values import text_of

T = TypeVar("T")
Row = tuple[Any, ...]
Column = Callable[[Any], Any] | None
"""Turns one column's value; None leaves it as it is. Any: columns hold what their field holds."""

_READ: Mapping[object, Column] = {
    Decimal: Decimal,
    Decimal | None: Decimal,
    bool: bool,
    Tracking: Tracking,
    Usage: Usage,
    date | None: date.fromisoformat,
    datetime | None: datetime.fromisoformat,
    tuple[str, ...]: lambda text: tuple(json.loads(text)),
}
_WRITE: Mapping[object, Column] = {
    Decimal: lambda value: format(value, "f"),
    Decimal | None: lambda value: format(value, "f"),
    bool: int,
    Tracking: str,
    Usage: str,
    date | None: date.isoformat,
    datetime | None: text_of,
    tuple[str, ...]: lambda value: json.dumps(value, ensure_ascii=False),
}


@dataclass(frozen=True)
class Kind(Generic[T]):
    """One kind of record: its table, what tells records apart, and what is looked up without being a field.

    Of a `kept` kind the last that was known of a record stays when it vanishes: a draft may name it (ward 34).
    """

    table: str
    type: type[T]
    identity: tuple[str, ...] = ("id",)
    derived: Mapping[str, Callable[[T], str]] = field(default_factory=lambda: MappingProxyType({}))
    kept: bool = False

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The fields, in the order of the dataclass."""
        told = (item for item in fields(self.type) if item.metadata.get("stored", True))  # type: ignore[arg-type]  # all kinds are dataclasses
        return tuple(item.name for item in told)

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """All columns of a row but `since` and `until`."""
        return (*self.columns, *self.derived)

    @cached_property
    def select(self) -> str:
        """The columns a value is read from."""
        return ", ".join(self.columns)

    def of(self, alias: str) -> str:
        """The same, for a question that joins."""
        return ", ".join(f"{alias}.{name}" for name in self.columns)

    def row(self, value: T) -> Row:
        """A value as the columns of `stored`."""
        told = [
            item if write is None or item is None else write(item)
            for write, item in zip(self._write, self._told(value), strict=True)
        ]
        return (*told, *[derive(value) for derive in self.derived.values()])

    def value(self, row: Row) -> T:
        """A value from the columns of `select`."""
        return self.type(
            *[item if read is None or item is None else read(item) for read, item in zip(self._read, row, strict=True)]
        )

    def identity_of(self, row: Row) -> Row:
        """What tells a stored row apart."""
        return tuple(row[place] for place in self._places)

    @cached_property
    def _told(self) -> Callable[[T], tuple[Any, ...]]:
        return attrgetter(*self.columns)

    @cached_property
    def _places(self) -> tuple[int, ...]:
        return tuple(self.stored.index(name) for name in self.identity)

    @cached_property
    def _read(self) -> tuple[Column, ...]:
        hints = get_type_hints(self.type)
        return tuple(_READ.get(hints[name]) for name in self.columns)

    @cached_property
    def _write(self) -> tuple[Column, ...]:
        hints = get_type_hints(self.type)
        return tuple(_WRITE.get(hints[name]) for name in self.columns)


UNIT = Kind("unit", Unit)
CATEGORY = Kind("category", Category)
PRODUCT = Kind("product", Product, derived={"code14": lambda product: code14(product.barcode)}, kept=True)
PACKAGING = Kind("packaging", Packaging, derived={"code14": lambda packaging: code14(packaging.barcode)})
# One record of Odoo that names no variant holds for each variant of its template.
VENDOR_CODE = Kind("vendor_code", VendorCode, ("id", "product_id"))
LOT = Kind("lot", Lot, derived={"folded": lambda lot: folded(lot.name)}, kept=True)
LOCATION = Kind("location", Location, kept=True)
PICKING_TYPE = Kind("picking_type", PickingType, kept=True)
PARTNER = Kind("partner", Partner, kept=True)
PACKAGE = Kind("package", Package, kept=True)
USER = Kind("person", User)
REORDER_POINT = Kind("reorder_point", ReorderPoint)
PICKING = Kind("picking", Picking, kept=True)
MOVE = Kind("move", Move)
MOVE_LINE = Kind("move_line", MoveLine)
STOCK_ROW = Kind("stock_row", StockRow)

KINDS: Mapping[str, Kind[Any]] = {
    "units": UNIT,
    "categories": CATEGORY,
    "products": PRODUCT,
    "packagings": PACKAGING,
    "vendor_codes": VENDOR_CODE,
    "lots": LOT,
    "locations": LOCATION,
    "picking_types": PICKING_TYPE,
    "partners": PARTNER,
    "packages": PACKAGE,
    "users": USER,
    "reorder_points": REORDER_POINT,
    "pickings": PICKING,
    "moves": MOVE,
    "move_lines": MOVE_LINE,
    "stock_rows": STOCK_ROW,
}
"""By the name a pull adds them under."""


def as_gone(value: T) -> T:
    """The last that was known of a record Odoo shows no more."""
    archived = {"active": False} if hasattr(value, "active") else {}
    return replace(value, gone=True, **archived)  # type: ignore[type-var]  # all kinds are dataclasses
