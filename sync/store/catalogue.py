"""What the device knows of Odoo: one whole generation at a time, by exact indexed look-ups."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from sync.stock import Location, Lot, Move, MoveLine, Packaging, Partner, Picking, PickingType, Product, Quant
from sync.store.catalogue_pull import Pull
from sync.store.codes import code14, folded
from sync.store.database import Database
from sync.store.kinds import (
    KINDS,
    LOCATION,
    LOT,
    MOVE,
    MOVE_LINE,
    PACKAGING,
    PARTNER,
    PICKING,
    PICKING_TYPE,
    PRODUCT,
    QUANT,
    Kind,
)
from sync.store.values import moment_of

T = TypeVar("T")

_OPEN = "state NOT IN ('done', 'cancel', 'draft')"
_OLDEST_FIRST = "scheduled_at IS NULL, scheduled_at, id"


@dataclass(frozen=True, slots=True)
class BarcodeHit:
    """A product a barcode stands for, and how many base units of it; `packaging` where it is a packaging's barcode."""

    product: Product
    packaging: Packaging | None
    quantity: Decimal


class Catalogue:
    """Products, places and open pickings as last pulled. Each question is answered from one generation."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def begin(self) -> Pull:
        """Start a pull: `add` pages to it, then `flip` it."""
        return Pull.begin(self._db)

    def one_moment(self) -> AbstractContextManager[None]:
        """Several questions inside the block are answered from the same generation."""
        return self._db.one_moment()

    def pulled_at(self) -> dict[str, datetime]:
        """By kind (`products`, `pickings`, …) the server's time of the last pull; a kind never pulled is absent."""
        return {kind: moment_of(at) for kind, at in self._db.rows("SELECT kind, pulled_at FROM catalogue_kind")}

    def counts(self) -> Mapping[str, int]:
        """How many records of each kind there are."""
        return {name: self._count(kind) for name, kind in KINDS.items()}

    def product(self, product_id: int) -> Product | None:
        return self._one(PRODUCT, "id = ?", product_id)

    def by_barcode(self, text: str) -> list[BarcodeHit]:
        """All products and packagings with this barcode; a GTIN of any length finds its 14-digit form (design 6)."""
        code = code14(text)
        if not code:
            return []
        whole = [BarcodeHit(product, None, Decimal(1)) for product in self._all(PRODUCT, "code14 = ?", code)]
        rows = self._db.rows(_PACKED, (code,))
        return whole + [_packed(row) for row in rows]

    def by_code(self, text: str) -> list[Product]:
        """Products with this internal reference, or a vendor's code for them (ward 16); case does not count."""
        code = text.strip()
        if not code:
            return []
        found = self._all(PRODUCT, "code = ? COLLATE NOCASE ORDER BY id", code) + self._all(PRODUCT, _BY_VENDOR, code)
        return list({product.id: product for product in found}.values())

    def packagings(self, product_id: int) -> list[Packaging]:
        """A product's packagings, largest first."""
        found = self._all(PACKAGING, "product_id = ?", product_id)
        return sorted(found, key=lambda packaging: (-packaging.quantity, packaging.id))

    def lots_of(self, product_id: int) -> list[Lot]:
        """A product's lots, first to expire first."""
        return self._all(LOT, "product_id = ? ORDER BY expiry IS NULL, expiry, id", product_id)

    def lot(self, product_id: int, name: str) -> Lot | None:
        """The lot of exactly that name, trimmed; of several in Odoo the lowest id (design 13.7)."""
        exact = name.strip()
        return self._one(
            LOT, "product_id = ? AND folded = ? AND name = ? ORDER BY id", product_id, folded(exact), exact
        )

    def near_lots(self, product_id: int, name: str) -> list[Lot]:
        """Lots whose name only looks the same: case, spaces, O or 0, I or 1 (ward 14). To be asked, never taken."""
        exact = name.strip()
        return self._all(
            LOT, "product_id = ? AND folded = ? AND name <> ? ORDER BY id", product_id, folded(exact), exact
        )

    def lots_named(self, name: str) -> list[Lot]:
        """Lots of that name of any product: to say "this is a lot of something else"."""
        return self._all(LOT, "name = ? ORDER BY product_id, id", name.strip())

    def lot_by_id(self, lot_id: int) -> Lot | None:
        return self._one(LOT, "id = ?", lot_id)

    def location(self, location_id: int) -> Location | None:
        return self._one(LOCATION, "id = ?", location_id)

    def locations(self, location_ids: set[int] | frozenset[int]) -> dict[int, Location]:
        """Those of the ids that are known, as `footprint` wants them."""
        found = (self.location(location_id) for location_id in location_ids)
        return {location.id: location for location in found if location}

    def location_by_barcode(self, text: str) -> Location | None:
        barcode = text.strip()
        return self._one(LOCATION, "barcode = ? ORDER BY id", barcode) if barcode else None

    def location_by_name(self, text: str) -> Location | None:
        """By complete name, else by a name that only one location has; case does not count."""
        name = text.strip()
        if whole := self._one(LOCATION, "complete_name = ? COLLATE NOCASE ORDER BY id", name):
            return whole
        named = self._all(LOCATION, "name = ? COLLATE NOCASE", name)
        return named[0] if len(named) == 1 else None

    def children(self, location_id: int) -> list[Location]:
        """All locations below this one, at any depth."""
        if (above := self.location(location_id)) is None:
            return []
        return self._all(
            LOCATION, "parent_path > ? AND parent_path < ? ORDER BY parent_path", *_below(above.parent_path)
        )

    def picking(self, picking_id: int) -> Picking | None:
        return self._one(PICKING, "id = ?", picking_id)

    def picking_by_name(self, text: str) -> Picking | None:
        """Trimmed; case does not count."""
        return self._one(PICKING, "name = ? COLLATE NOCASE ORDER BY id DESC", text.strip())

    def pickings_by_origin(self, text: str) -> list[Picking]:
        """Open pickings made for this order, also where one picking serves several; oldest first."""
        order = text.strip().casefold()
        if not order:
            return []
        where = f"origin LIKE ? ESCAPE '\\' AND {_OPEN} ORDER BY {_OLDEST_FIRST}"
        near = self._all(PICKING, where, f"%{_escaped(order)}%")
        return [picking for picking in near if order in _orders(picking.origin)]

    def open_receipts(self) -> list[Picking]:
        """Deliveries expected, oldest first."""
        return self._all(PICKING, f"{_OPEN} AND {_INCOMING} ORDER BY {_OLDEST_FIRST}")

    def open_receipts_with(self, product_id: int) -> list[Picking]:
        """Deliveries that expect this product, oldest first (ward 12)."""
        expects = "id IN (SELECT picking_id FROM move_now WHERE product_id = ?)"
        return self._all(PICKING, f"{expects} AND {_OPEN} AND {_INCOMING} ORDER BY {_OLDEST_FIRST}", product_id)

    def moves(self, picking_id: int) -> list[Move]:
        return self._all(MOVE, "picking_id = ? ORDER BY id", picking_id)

    def move_lines(self, picking_id: int) -> list[MoveLine]:
        return self._all(MOVE_LINE, "picking_id = ? ORDER BY id", picking_id)

    def picking_type(self, picking_type_id: int) -> PickingType | None:
        return self._one(PICKING_TYPE, "id = ?", picking_type_id)

    def picking_types(self, code: str) -> list[PickingType]:
        """By Odoo's code: incoming, outgoing, internal."""
        return self._all(PICKING_TYPE, "code = ? ORDER BY id", code)

    def partner(self, partner_id: int) -> Partner | None:
        return self._one(PARTNER, "id = ?", partner_id)

    def quants(self, *, product_id: int | None = None, location_path: str | None = None) -> list[Quant]:
        """Stock of a product, or of a place and all below it, or both, by the five-part key (design 13.5)."""
        conditions, values = ["TRUE"], list[object]()
        if product_id is not None:
            conditions.append("product_id = ?")
            values.append(product_id)
        if location_path is not None:
            conditions.append("location_id IN (SELECT id FROM location_now WHERE parent_path >= ? AND parent_path < ?)")
            values.extend(_below(location_path))
        return self._all(QUANT, f"{' AND '.join(conditions)} ORDER BY {', '.join(QUANT.identity)}", *values)

    def _one(self, kind: Kind[T], where: str, *values: object) -> T | None:
        row = self._db.row(f"SELECT {kind.select} FROM {kind.table}_now WHERE {where} LIMIT 1", values)
        return kind.value(row) if row else None

    def _all(self, kind: Kind[T], where: str, *values: object) -> list[T]:
        return [
            kind.value(row)
            for row in self._db.rows(f"SELECT {kind.select} FROM {kind.table}_now WHERE {where}", values)
        ]

    def _count(self, kind: Kind[Any]) -> int:
        row = self._db.row(f"SELECT count(*) FROM {kind.table}_now")
        return row[0] if row else 0


_INCOMING = "picking_type_id IN (SELECT id FROM picking_type_now WHERE code = 'incoming')"
_BY_VENDOR = "id IN (SELECT product_id FROM vendor_code_now WHERE code = ? COLLATE NOCASE) ORDER BY id"
_PRODUCT_WIDTH = len(PRODUCT.columns)
_PACKED = (
    f"SELECT {PRODUCT.of('product')}, {PACKAGING.of('packaging')} FROM packaging_now AS packaging"
    " JOIN product_now AS product ON product.id = packaging.product_id WHERE packaging.code14 = ?"
)


def _packed(row: tuple[Any, ...]) -> BarcodeHit:
    packaging = PACKAGING.value(row[_PRODUCT_WIDTH:])
    return BarcodeHit(PRODUCT.value(row[:_PRODUCT_WIDTH]), packaging, packaging.quantity)


def _below(path: str) -> tuple[str, str]:
    """The range of all texts that begin with a path; 0 is the character after the slash it ends with."""
    return path, path.removesuffix("/") + "0"


def _orders(origin: str) -> set[str]:
    return {name.strip().casefold() for name in origin.split(",")}


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\%_" else letter for letter in text)
