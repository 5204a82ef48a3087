"""How each value of the catalogue becomes a row and comes back: one table for a kind, its columns are its fields."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, TypeVar, get_type_hints

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
    StockKey,
    Tracking,
    Usage,
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
    bool: bool,
    Tracking: Tracking,
    Usage: Usage,
    date | None: date.fromisoformat,
    datetime | None: datetime.fromisoformat,
    tuple[str, ...]: lambda text: tuple(json.loads(text)),
}
_WRITE: Mapping[object, Column] = {
    Decimal: lambda value: format(value, "f"),
    bool: int,
    Tracking: str,
    Usage: str,
    date | None: date.isoformat,
    datetime | None: text_of,
    tuple[str, ...]: lambda value: json.dumps(value, ensure_ascii=False),
}


@dataclass(frozen=True)
class Kind(Generic[T]):
    """One kind of record: its table, what tells records apart, and what is looked up without being a field."""

    table: str
    type: type[T]
    identity: tuple[str, ...] = ("id",)
    derived: Mapping[str, Callable[[T], str]] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The fields, in the order of the dataclass."""
        return tuple(item.name for item in fields(self.type))  # type: ignore[arg-type]  # all kinds are dataclasses

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
        told = (getattr(value, name) for name in self.columns)
        plain = (
            item if write is None or item is None else write(item)
            for write, item in zip(self._write, told, strict=True)
        )
        return (*plain, *(derive(value) for derive in self.derived.values()))

    def value(self, row: Row) -> T:
        """A value from the columns of `select`."""
        return self.type(
            *[item if read is None or item is None else read(item) for read, item in zip(self._read, row, strict=True)]
        )

    def identity_of(self, row: Row) -> Row:
        """What tells a stored row apart."""
        return tuple(row[place] for place in self._places)

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


class _QuantKind(Kind[Quant]):
    """A quant's key is a value of its own, and a key column cannot be NULL: none is 0, which no Odoo record has."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return (*self.identity, "quantity", "reserved")

    def row(self, value: Quant) -> Row:
        key = value.key
        parts = (key.product_id, key.location_id, key.lot_id or 0, key.package_id or 0, key.owner_id or 0)
        return (*parts, format(value.quantity, "f"), format(value.reserved, "f"))

    def value(self, row: Row) -> Quant:
        product, location, lot, package, owner, quantity, reserved = row
        key = StockKey(product, location, lot or None, package or None, owner or None)
        return Quant(key, Decimal(quantity), Decimal(reserved))


PRODUCT = Kind("product", Product, derived={"code14": lambda product: code14(product.barcode)})
PACKAGING = Kind("packaging", Packaging, derived={"code14": lambda packaging: code14(packaging.barcode)})
# One record of Odoo that names no variant holds for each variant of its template.
VENDOR_CODE = Kind("vendor_code", VendorCode, ("id", "product_id"))
LOT = Kind("lot", Lot, derived={"folded": lambda lot: folded(lot.name)})
LOCATION = Kind("location", Location)
PICKING_TYPE = Kind("picking_type", PickingType)
PARTNER = Kind("partner", Partner)
PICKING = Kind("picking", Picking)
MOVE = Kind("move", Move)
MOVE_LINE = Kind("move_line", MoveLine)
QUANT = _QuantKind("quant", Quant, ("product_id", "location_id", "lot_id", "package_id", "owner_id"))

KINDS: Mapping[str, Kind[Any]] = {
    "products": PRODUCT,
    "packagings": PACKAGING,
    "vendor_codes": VENDOR_CODE,
    "lots": LOT,
    "locations": LOCATION,
    "picking_types": PICKING_TYPE,
    "partners": PARTNER,
    "pickings": PICKING,
    "moves": MOVE,
    "move_lines": MOVE_LINE,
    "quants": QUANT,
}
"""By the name a pull adds them under."""
