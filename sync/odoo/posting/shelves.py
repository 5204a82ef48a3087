"""What lies where by Odoo's book at this moment: all rows of a key summed, and who has reserved it (contract 14.2)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from sync.odoo.posting.goods import Spot
from sync.odoo.wire.fields import Row, amount, label, link, owner
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.stock import StockKey

_KEY_FIELDS = ("product_id", "location_id", "lot_id", "package_id", "owner_id")
_RESERVING = ("assigned", "partially_available", "confirmed")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One stock key: base units on it, and how many of them are promised to pickings. `told`: where, for a card."""

    quantity: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)
    place: str = ""
    package: str = ""
    owner: str = ""

    @property
    def told(self) -> str:
        """The quantity, and what tells these goods from others in the same place."""
        parts = [f"{self.quantity:f}", self.package and f"in {self.package}", self.owner and f"of {self.owner}"]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Shelves:
    """Some of the book, by stock key (design 13.5)."""

    by_key: Mapping[StockKey, Shelf] = field(default_factory=dict)

    def of(self, key: StockKey) -> Shelf:
        """Nothing lies where Odoo has no row."""
        return self.by_key.get(key, Shelf())

    def beside(self, key: StockKey) -> Iterator[tuple[StockKey, Shelf]]:
        """The same goods in the same place under another package or owner."""
        for other, shelf in self.by_key.items():
            same = (other.product_id, other.location_id, other.lot_id) == (key.product_id, key.location_id, key.lot_id)
            if same and other != key and shelf.quantity > 0:
                yield other, shelf

    def below(self, key: StockKey, at: Spot, spots: Mapping[int, str]) -> Iterator[tuple[StockKey, Shelf]]:
        """The same goods in places below this one; `spots` are the paths of all places read."""
        for other, shelf in self.by_key.items():
            if (other.product_id, other.lot_id) == (key.product_id, key.lot_id) and shelf.quantity > 0:
                path = spots.get(other.location_id, "")
                if path != at.path and path.startswith(at.path):
                    yield other, shelf


class _At(Protocol):
    """The part of a stock key that says where goods lie, and whose they are."""

    @property
    def location_id(self) -> int: ...
    @property
    def package_id(self) -> int | None: ...
    @property
    def owner_id(self) -> int | None: ...


def found_at(key: _At, quantity: Decimal, told: str) -> dict[str, object]:
    """Where goods lie after all, for a card: a person chooses among such, and a program follows the ids."""
    where = {"location_id": key.location_id, "package_id": key.package_id, "owner_id": key.owner_id}
    return {**where, "quantity": f"{quantity:f}", "told": told}


def shelves(session: Session, products: Collection[int], places: Collection[int]) -> tuple[Shelves, Mapping[int, str]]:
    """The book of products in places and below them, and the path of each place it names."""
    if not products or not places:
        return Shelves(), {}
    domain = [["product_id", "in", sorted(products)], ["location_id", "child_of", sorted(places)]]
    rows = every(session, "stock.quant", [*_KEY_FIELDS, "quantity", "reserved_quantity"], domain)
    ids = sorted({row["location_id"][0] for row in rows} - set(places))
    below = every(session, "stock.location", ["parent_path"], [["id", "in", ids]]) if ids else []
    return Shelves(_summed(rows)), {row["id"]: row["parent_path"] for row in below}


def below_zero(session: Session, keys: Collection[StockKey]) -> frozenset[StockKey]:
    """Those of the keys, in places of ours, whose rows sum to less than nothing."""
    if not keys:
        return frozenset()
    domain = [
        ["product_id", "in", sorted({key.product_id for key in keys})],
        ["location_id", "in", sorted({key.location_id for key in keys})],
        ["location_id.usage", "in", ["internal", "transit"]],
    ]
    sums: dict[StockKey, Decimal] = {}
    for row in every(session, "stock.quant", [*_KEY_FIELDS, "quantity"], domain, bare=True):
        sums[key_of(row)] = sums.get(key_of(row), Decimal(0)) + amount(row["quantity"])
    return frozenset(key for key in keys if sums.get(key, 0) < 0)


Reserved = Mapping[StockKey, Mapping[str, Decimal]]
"""Base units by key, and by the name of the picking they are promised to."""


def reserved_by(session: Session, keys: Collection[StockKey], own: Collection[int]) -> Reserved:
    """What other pickings than `own` (ids) have reserved of those keys (ward 6)."""
    if not keys:
        return {}
    domain = [
        ["product_id", "in", sorted({key.product_id for key in keys})],
        ["location_id", "in", sorted({key.location_id for key in keys})],
        ["state", "in", list(_RESERVING)],
        ["quantity", ">", 0],
    ]
    fields = [*_KEY_FIELDS, "picking_id", "quantity_product_uom"]
    found: dict[StockKey, dict[str, Decimal]] = {key: {} for key in keys}
    for row in every(session, "stock.move.line", fields, domain):
        theirs = found.get(key_of(row))
        if theirs is not None and row["picking_id"] and link(row["picking_id"]) not in own:
            name = label(row["picking_id"])
            theirs[name] = theirs.get(name, Decimal(0)) + amount(row["quantity_product_uom"])
    return found


def key_of(row: Row) -> StockKey:
    """The stock key a quant or a move line names."""
    return StockKey(
        owner(row["product_id"]),
        owner(row["location_id"]),
        link(row["lot_id"]),
        link(row["package_id"]),
        link(row["owner_id"]),
    )


def _summed(rows: Iterable[Row]) -> Mapping[StockKey, Shelf]:
    found: dict[StockKey, Shelf] = {}
    for row in rows:
        before = found.get(key_of(row), Shelf())
        found[key_of(row)] = Shelf(
            before.quantity + amount(row["quantity"]),
            before.reserved + amount(row["reserved_quantity"]),
            label(row["location_id"]),
            label(row["package_id"]),
            label(row["owner_id"]),
        )
    return found
