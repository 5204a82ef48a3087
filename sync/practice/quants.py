"""Stock on hand: rows per (product, location, lot, package, owner). Nothing here refuses to go below zero (trap 5)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sync.practice.errors import ValidationError
from sync.practice.places import bypasses_reservation, lies_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sync.practice.calls import Call
    from sync.practice.records import Record


@dataclass(frozen=True, slots=True)
class Key:
    """What one row of stock is about."""

    product: Record
    place: Record
    lot: Record | None = None
    package: Record | None = None
    owner: Record | None = None

    def without_lot(self) -> Key:
        return Key(self.product, self.place, None, self.package, self.owner)


def rows_of(key: Key, *, or_without_lot: bool = False) -> list[Record]:
    """The rows of exactly this key, oldest goods first; there may be several, so always sum (contract 14.2)."""
    lots = {key.lot, None} if or_without_lot else {key.lot}
    rows = [
        quant
        for quant in key.product.db.find("stock.quant", "location_id", key.place.id)
        if (quant.product_id, quant.package_id, quant.owner_id) == (key.product, key.package, key.owner)
        and quant.lot_id in lots
    ]
    return sorted(rows, key=lambda quant: (quant.lot_id is None, quant.in_date, quant.id))


def free_quantity(key: Key) -> Decimal:
    """On hand less reserved, for exactly this key."""
    return sum((quant.quantity - quant.reserved_quantity for quant in rows_of(key)), Decimal(0))


def change(
    call: Call,
    key: Key,
    quantity: Decimal = Decimal(0),
    reserved: Decimal = Decimal(0),
    in_date: datetime | None = None,
) -> tuple[Decimal, datetime]:
    """Add to a key's stock or reservation, in its oldest row or a new one; gives what is free now, and the age.

    A row without lot takes part where goods of a lot leave and it holds some (contract 15, "a stray lot-less row").
    """
    rows = rows_of(key, or_without_lot=True)
    if key.lot is not None:
        rows = [row for row in rows if row.lot_id is not None or (quantity <= 0 and row.quantity > 0)]
    ages = [] if bypasses_reservation(key.place) else [row.in_date for row in rows if row.quantity > 0]
    age = min([*ages, *([in_date] if in_date else [])], default=call.now.replace(microsecond=0))
    if rows:
        row = rows[0]
        total = max(Decimal(0), row.reserved_quantity + reserved) if reserved else row.reserved_quantity
        call.sudo().put(row, quantity=row.quantity + quantity, reserved_quantity=total, in_date=age)
    else:
        call.sudo().create(
            "stock.quant", product_id=key.product.id, location_id=key.place.id, lot_id=_id(key.lot),
            package_id=_id(key.package), owner_id=_id(key.owner), quantity=quantity, reserved_quantity=reserved,
            in_date=age,
        )  # fmt: skip
    return free_quantity(key), age


def move_goods(
    call: Call, key: Key, quantity: Decimal, in_date: datetime | None = None
) -> tuple[Decimal, datetime | None]:
    """Add to a key's stock; a lot's shortage is taken from goods without lot in the same place."""
    if not key.product._stored or not quantity:
        return Decimal(0), None
    free, age = change(call, key, quantity, in_date=in_date)
    if free < 0 and key.lot is not None:
        loose = free_quantity(key.without_lot())
        if loose:
            taken = min(loose, abs(quantity))
            change(call, key.without_lot(), -taken, in_date=age)
            change(call, key, taken, in_date=age)
    return free, age


def reserve(call: Call, key: Key, quantity: Decimal) -> None:
    if key.product._stored and quantity:
        change(call, key, reserved=quantity)


def reservable(product: Record, place: Record, needed_at: datetime) -> list[Record]:
    """The rows goods may be reserved from, in and below a place, oldest first; goods past removal are left out."""
    rows = [
        quant
        for quant in product.db.find("stock.quant", "product_id", product.id)
        if lies_in(quant.location_id, place) and quant.quantity - quant.reserved_quantity > 0
    ]
    if product.use_expiration_date:
        rows = [quant for quant in rows if quant.removal_date is None or quant.removal_date >= needed_at]
    return sorted(rows, key=lambda quant: (quant.lot_id is None, quant.in_date, quant.id))


def refuse_doubled_serials(product: Record, place: Record, lots: Iterable[Record]) -> None:
    """A serial can lie in one place once. Raises Odoo's ValidationError."""
    if product.tracking != "serial":
        return
    for lot in lots:
        totals: dict[Record, Decimal] = {}
        for quant in lot.quant_ids:
            if quant.location_id.usage != "inventory" and lies_in(quant.location_id, place):
                totals[quant.location_id] = totals.get(quant.location_id, Decimal(0)) + quant.quantity
        if any(abs(total) > 1 for total in totals.values()):
            raise ValidationError(
                "The serial number has already been assigned: \n"
                f" Product: {product.display_name}, Serial Number: {lot.name}"
            )


def _id(record: Record | None) -> int | None:
    return record.id if record is not None else None
