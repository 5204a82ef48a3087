"""Stock added up by the test itself: what people said, what Odoo's lines did, and what lies there by stock key."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from sync.transaction import Transaction

Key = tuple[int, int, str, int | None, int | None]
"""Product, location, lot name, package, owner (design 13.5)."""
Sums = dict[Key, Decimal]
Row = Mapping[str, Any]


def lying(rows: Iterable[Row], places: Collection[int]) -> Sums:
    """What quants say lies at those places; several rows of one key are one sum (contract 14.2)."""
    found: Sums = {}
    for row in rows:
        if row["location_id"][0] in places:
            _add(found, key_of(row), Decimal(str(row["quantity"])))
    return _clean(found)


def moved(lines: Iterable[Row], places: Collection[int]) -> Sums:
    """What Odoo's move lines did to stock at those places."""
    found: Sums = {}
    for row in lines:
        quantity, key = Decimal(str(row["quantity_product_uom"])), key_of(row)
        for place, sign in ((row["location_id"][0], -1), (row["location_dest_id"][0], 1)):
            if place in places:
                _add(found, (key[0], place, *key[2:]), sign * quantity)
    return _clean(found)


def said(act: Transaction, places: Collection[int]) -> Sums:
    """What a person said happened to stock at those places. A count says what lies, not what moved."""
    found: Sums = {}
    for line in act.lines:
        for place, sign in ((line.source_id, -1), (line.destination_id, 1)):
            if place in places:
                key = (line.product_id, place, line.lot_name, line.package_id, line.owner_id)
                _add(found, key, sign * line.done)
    return _clean(found)


def plus(one: Sums, other: Sums) -> Sums:
    found = dict(one)
    for key, quantity in other.items():
        _add(found, key, quantity)
    return _clean(found)


def minus(one: Sums, other: Sums) -> Sums:
    return plus(one, {key: -quantity for key, quantity in other.items()})


def key_of(row: Row) -> Key:
    """The stock key of a quant, or of a move line at its source."""
    lot, package, owner = row["lot_id"], row["package_id"], row["owner_id"]
    return (
        row["product_id"][0],
        row["location_id"][0],
        str(lot[1]) if lot else "",
        package[0] if package else None,
        owner[0] if owner else None,
    )


def _add(found: Sums, key: Key, quantity: Decimal) -> None:
    found[key] = found.get(key, Decimal(0)) + quantity


def _clean(found: Sums) -> Sums:
    return {key: quantity for key, quantity in found.items() if quantity}
