"""What the device knows of Odoo: one whole generation at a time, by exact indexed look-ups."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from sync.stock import (
    Category,
    CountAsked,
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
    Quant,
    ReorderPoint,
    StockKey,
    StockRow,
    Unit,
    Usage,
)
from sync.store.catalogue_pull import Pull
from sync.store.codes import code14, folded
from sync.store.database import Database
from sync.store.kinds import (
    CATEGORY,
    KINDS,
    LOCATION,
    LOT,
    MOVE,
    MOVE_LINE,
    PACKAGE,
    PACKAGING,
    PARTNER,
    PICKING,
    PICKING_TYPE,
    PRODUCT,
    REORDER_POINT,
    STOCK_ROW,
    UNIT,
    Kind,
    as_gone,
)
from sync.store.search import product_ids
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
    """Products, places and open pickings as last pulled. Each question is answered from one generation.

    Only a look-up by id also answers for what Odoo shows no more: the last that was known of it, marked `gone` (a
    product or place also as not `active`), so that a draft which names it stays readable (ward 34).
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def begin(self) -> Pull:
        """Start a pull: `add` pages to it, then `flip` it."""
        return Pull.begin(self._db)

    def resume(self) -> Pull:
        """Go on with an interrupted pull, or start one: see `Pull.resume`."""
        return Pull.resume(self._db)

    def one_moment(self) -> AbstractContextManager[None]:
        """Several questions inside the block are answered from the same generation."""
        return self._db.one_moment()

    def pulled_at(self) -> dict[str, datetime]:
        """By kind (`products`, `pickings`, …) the server's time of the last pull; a kind never pulled is absent."""
        return {kind: moment_of(at) for kind, at in self._db.rows("SELECT kind, pulled_at FROM catalogue_kind")}

    def generation(self) -> int:
        """Which one it is: another number after each pull that is in."""
        row = self._db.row("SELECT generation FROM catalogue")
        return int(row[0]) if row else 0

    def counts(self) -> Mapping[str, int]:
        """How many records of each kind there are."""
        return {name: self._count(kind) for name, kind in KINDS.items()}

    def product(self, product_id: int) -> Product | None:
        return self._even_gone(PRODUCT, product_id)

    def products(self, ids: Collection[int]) -> dict[int, Product]:
        """`product` of each that is known, by its id: one question for a long order."""
        here = {product.id: product for product in self._products(ids)}
        gone = (product for id_ in ids if id_ not in here and (product := self.product(id_)))
        return here | {product.id: product for product in gone}

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

    def search(self, text: str, most: int = 50) -> list[Product]:
        """Products whose name, reference, barcode or vendor's code has words beginning so; usable and exact ones first.

        Neither case nor accents count. There may be more than `most`: another letter narrows them.
        """
        hits = [hit.product for hit in self.by_barcode(text)] + self.by_code(text)
        exact = {product.id: product for product in hits}
        more = [id_ for id_ in product_ids(self._db, text, most) if id_ not in exact]
        found = [*exact.values(), *sorted(self._products(more), key=lambda one: _likeness(one, text))]
        return sorted(found, key=lambda one: not one.active)[:most]

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
        return self._even_gone(LOT, lot_id)

    def location(self, location_id: int) -> Location | None:
        return self._even_gone(LOCATION, location_id)

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

    def locations_called(self, text: str) -> list[Location]:
        """All of that complete name, archived ones too: Odoo lets several have it. Case does not count."""
        return self._all(LOCATION, "complete_name = ? COLLATE NOCASE ORDER BY id", text.strip())

    def places_for(self, usage: Usage) -> list[Location]:
        """All locations in use for that, the oldest in Odoo first."""
        return self._all(LOCATION, "usage = ? AND active ORDER BY id", usage)

    def places_like(self, text: str, most: int = 50) -> list[Location]:
        """Places goods lie or travel in whose name has that text somewhere; case does not count."""
        usual = "active AND usage IN ('internal', 'transit') AND complete_name LIKE ? ESCAPE '\\'"
        return self._all(LOCATION, f"{usual} ORDER BY complete_name LIMIT {most:d}", f"%{_escaped(text.strip())}%")

    def children(self, location_id: int) -> list[Location]:
        """All locations below this one, at any depth."""
        if (above := self.location(location_id)) is None:
            return []
        return self._all(
            LOCATION, "parent_path > ? AND parent_path < ? ORDER BY parent_path", *_below(above.parent_path)
        )

    def picking(self, picking_id: int) -> Picking | None:
        """Closed or no longer visible in Odoo: `gone`, its `state` the last that was known (done, cancel, …)."""
        return self._even_gone(PICKING, picking_id)

    def picking_by_name(self, text: str) -> Picking | None:
        """An open picking of any kind. Trimmed; case does not count."""
        return self._one(PICKING, "name = ? COLLATE NOCASE ORDER BY id DESC", text.strip())

    def receipt_by_name(self, text: str) -> Picking | None:
        """An open delivery. Trimmed; case does not count."""
        return self._one(PICKING, f"name = ? COLLATE NOCASE AND {_INCOMING} ORDER BY id DESC", text.strip())

    def pickings_by_origin(self, text: str) -> list[Picking]:
        """Open deliveries made for this order, also where one picking serves several; oldest first."""
        return self._of_order(text, _INCOMING)

    def pickings_of_order(self, text: str) -> list[Picking]:
        """Open papers of any kind made for this order or request, oldest first."""
        return self._of_order(text, "TRUE")

    def closed_picking(self, text: str) -> Picking | None:
        """The last that was known of papers of that name which are done, cancelled or no longer visible: `gone`."""
        return self._closed("name", text.strip())

    def closed_of_order(self, text: str) -> Picking | None:
        """The same by the order they were made for. More of it may be on its way: it says what was, not what is."""
        return self._closed("origin", text.strip())

    def _closed(self, column: str, text: str) -> Picking | None:
        of_it = f"{column} = ? COLLATE NOCASE AND until <= (SELECT generation FROM catalogue)"
        asked = f"SELECT {PICKING.select} FROM {PICKING.table} WHERE {of_it} ORDER BY since DESC LIMIT 1"
        row = self._db.row(asked, (text,)) if text else None
        return as_gone(PICKING.value(row)) if row else None

    def open_receipts(self) -> list[Picking]:
        """Deliveries expected, oldest first."""
        return self._all(PICKING, f"{_OPEN} AND {_INCOMING} ORDER BY {_OLDEST_FIRST}")

    def open_receipts_with(self, product_id: int) -> list[Picking]:
        """Deliveries that expect this product, oldest first (ward 12)."""
        expects = "id IN (SELECT picking_id FROM move_now WHERE product_id = ?)"
        return self._all(PICKING, f"{expects} AND {_OPEN} AND {_INCOMING} ORDER BY {_OLDEST_FIRST}", product_id)

    def under_way(self, product_id: int) -> list[tuple[Picking, Move]]:
        """Open papers of any kind that expect this product, the oldest first, each with its move."""
        found = self._db.rows(_UNDER_WAY, (product_id,))
        places = len(PICKING.columns)
        return [(PICKING.value(row[:places]), MOVE.value(row[places:])) for row in found]

    def open_transfers(self) -> list[Picking]:
        """Planned internal and outgoing pickings, requested ones too (ward 28), oldest first."""
        return self._all(PICKING, f"{_OPEN} AND {_ONWARD} ORDER BY {_OLDEST_FIRST}")

    def moves(self, picking_id: int) -> list[Move]:
        return self._all(MOVE, "picking_id = ? ORDER BY id", picking_id)

    def move_lines(self, picking_id: int) -> list[MoveLine]:
        return self._all(MOVE_LINE, "picking_id = ? ORDER BY id", picking_id)

    def picking_type(self, picking_type_id: int) -> PickingType | None:
        return self._even_gone(PICKING_TYPE, picking_type_id)

    def picking_types(self, code: str) -> list[PickingType]:
        """By Odoo's code: incoming, outgoing, internal."""
        return self._all(PICKING_TYPE, "code = ? ORDER BY id", code)

    def partner(self, partner_id: int) -> Partner | None:
        return self._even_gone(PARTNER, partner_id)

    def package(self, package_id: int) -> Package | None:
        return self._even_gone(PACKAGE, package_id)

    def unit(self, unit_id: int) -> Unit | None:
        return self._one(UNIT, "id = ?", unit_id)

    def categories(self) -> list[Category]:
        """All product categories, each after the one it belongs to."""
        return self._all(CATEGORY, "TRUE ORDER BY parent_path, id")

    def reservations(self, product_id: int, location_path: str) -> list[tuple[Picking, MoveLine]]:
        """What of a product at a place and below is held for planned transfers, and for which (ward 6)."""
        found = self._db.rows(_RESERVED, (product_id, *_below(location_path)))
        places = len(PICKING.columns)
        return [(PICKING.value(row[:places]), MOVE_LINE.value(row[places:])) for row in found]

    def reorder_points(self, *, product_id: int | None = None, location_path: str | None = None) -> list[ReorderPoint]:
        """Below how many units of a product, or at a place and below, Odoo orders."""
        where, values = _where(product_id, location_path)
        return self._all(REORDER_POINT, f"{where} ORDER BY location_id, product_id, id", *values)

    def reorder_points_of(self, product_ids: Collection[int]) -> list[ReorderPoint]:
        """Those of these products, by product and place."""
        where = "product_id IN (SELECT value FROM json_each(?)) ORDER BY product_id, location_id, id"
        return self._all(REORDER_POINT, where, json.dumps(list(product_ids)))

    def with_lots_until(self, day: date, location_path: str) -> list[int]:
        """Products of which Odoo has a lot that expires until that day lying at a place or below, the first first."""
        sql = """
            SELECT s.product_id FROM stock_row_now s JOIN lot_now t ON t.id = s.lot_id
            JOIN location_now l ON l.id = s.location_id
            WHERE t.expiry <= ? AND l.parent_path >= ? AND l.parent_path < ?
            GROUP BY s.product_id ORDER BY MIN(t.expiry), s.product_id
        """
        return [row[0] for row in self._db.rows(sql, (day.isoformat(), *_below(location_path)))]

    def points_below(self, location_path: str) -> list[ReorderPoint]:
        """Reorder points there of which Odoo has at most the minimum. A sieve: exact sums are made of `quants`."""
        sql = """
            SELECT r.id FROM reorder_point_now r JOIN location_now l ON l.id = r.location_id
            LEFT JOIN (stock_row_now s JOIN location_now b ON b.id = s.location_id)
                ON s.product_id = r.product_id AND b.parent_path >= l.parent_path
                AND b.parent_path < l.parent_path || ':'
            WHERE l.parent_path >= ? AND l.parent_path < ?
            GROUP BY r.id, r.minimum
            HAVING COALESCE(SUM(CAST(s.quantity AS REAL)), 0) <= CAST(r.minimum AS REAL)
        """
        ids = [row[0] for row in self._db.rows(sql, _below(location_path))]
        found = (self._one(REORDER_POINT, "id = ?", id_) for id_ in ids)
        return [point for point in found if point]

    def counts_asked(self, day: date, location_path: str | None = None) -> list[CountAsked]:
        """Keys Odoo wants counted by that day or by somebody, and counts that wait for approval (ward 8)."""
        where, values = _where(None, location_path)
        asked = "(count_due <= ? OR count_user_id IS NOT NULL OR counted IS NOT NULL)"
        rows = self._all(
            STOCK_ROW, f"{where} AND {asked} ORDER BY location_id, product_id, id", *values, day.isoformat()
        )
        people: dict[int | None, str] = dict(self._db.rows("SELECT id, name FROM person_now"))
        return [CountAsked(row.key, row.count_due, people.get(row.count_user_id, ""), row.counted) for row in rows]

    def quants(self, *, product_id: int | None = None, location_path: str | None = None) -> list[Quant]:
        """Stock of a product, or of a place and all below it, or both, by the five-part key (design 13.5)."""
        where, values = _where(product_id, location_path)
        sums: dict[StockKey, Quant] = {}
        for row in self._all(STOCK_ROW, where, *values):
            so_far = sums.get(row.key, Quant(row.key, Decimal(0)))
            sums[row.key] = Quant(row.key, so_far.quantity + row.quantity, so_far.reserved + row.reserved)
        return sorted(sums.values(), key=_by_key)

    def stock_rows(self, key: StockKey) -> list[StockRow]:
        """All rows Odoo keeps for one key: a key may have several (contract 14.2)."""
        rows = self._all(STOCK_ROW, "product_id = ? AND location_id = ? ORDER BY id", key.product_id, key.location_id)
        return [row for row in rows if row.key == key]

    def _of_order(self, text: str, among: str) -> list[Picking]:
        order = text.strip().casefold()
        if not order:
            return []
        where = f"origin LIKE ? ESCAPE '\\' AND {_OPEN} AND {among} ORDER BY {_OLDEST_FIRST}"
        near = self._all(PICKING, where, f"%{_escaped(order)}%")
        return [picking for picking in near if order in _orders(picking.origin)]

    def _products(self, ids: Collection[int]) -> Iterator[Product]:
        """Those of them that there are, in that order."""
        known = self._all(PRODUCT, "id IN (SELECT value FROM json_each(?))", json.dumps(list(ids)))
        products = {product.id: product for product in known}
        return (products[id_] for id_ in ids if id_ in products)

    def _even_gone(self, kind: Kind[T], id_: int) -> T | None:
        if found := self._one(kind, "id = ?", id_):
            return found
        last = "id = ? AND until <= (SELECT generation FROM catalogue) ORDER BY since DESC LIMIT 1"
        row = self._db.row(f"SELECT {kind.select} FROM {kind.table} WHERE {last}", (id_,))
        return as_gone(kind.value(row)) if row else None

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
_ONWARD = "picking_type_id IN (SELECT id FROM picking_type_now WHERE code IN ('internal', 'outgoing'))"
_RESERVED = (
    f"SELECT {PICKING.of('picking')}, {MOVE_LINE.of('line')} FROM move_line_now AS line"
    " JOIN picking_now AS picking ON picking.id = line.picking_id"
    " JOIN location_now AS place ON place.id = line.source_id"
    " WHERE line.product_id = ? AND place.usage IN ('internal', 'transit')"
    " AND place.parent_path >= ? AND place.parent_path < ? ORDER BY picking.id, line.id"
)
_UNDER_WAY = (
    f"SELECT {PICKING.of('picking')}, {MOVE.of('move')} FROM move_now AS move"
    " JOIN picking_now AS picking ON picking.id = move.picking_id"
    " WHERE move.product_id = ? AND picking.state NOT IN ('done', 'cancel', 'draft')"
    " ORDER BY picking.scheduled_at IS NULL, picking.scheduled_at, picking.id, move.id"
)
_BY_VENDOR = "id IN (SELECT product_id FROM vendor_code_now WHERE code = ? COLLATE NOCASE) ORDER BY id"
_PRODUCT_WIDTH = len(PRODUCT.columns)
_PACKED = (
    f"SELECT {PRODUCT.of('product')}, {PACKAGING.of('packaging')} FROM packaging_now AS packaging"
    " JOIN product_now AS product ON product.id = packaging.product_id WHERE packaging.code14 = ?"
)


def _likeness(product: Product, text: str) -> tuple[bool, str, int]:
    """Names that begin as typed come first, then by name."""
    name = product.name.casefold()
    return not name.startswith(text.strip().casefold()), name, product.id


def _packed(row: tuple[Any, ...]) -> BarcodeHit:
    packaging = PACKAGING.value(row[_PRODUCT_WIDTH:])
    return BarcodeHit(PRODUCT.value(row[:_PRODUCT_WIDTH]), packaging, packaging.quantity)


def _where(product_id: int | None, location_path: str | None) -> tuple[str, list[object]]:
    """Records of a product, or at a place and below, or both."""
    conditions, values = ["TRUE"], list[object]()
    if product_id is not None:
        conditions.append("product_id = ?")
        values.append(product_id)
    if location_path is not None:
        conditions.append("location_id IN (SELECT id FROM location_now WHERE parent_path >= ? AND parent_path < ?)")
        values.extend(_below(location_path))
    return " AND ".join(conditions), values


def _by_key(quant: Quant) -> tuple[int, ...]:
    key = quant.key
    return key.product_id, key.location_id, key.lot_id or 0, key.package_id or 0, key.owner_id or 0


def _below(path: str) -> tuple[str, str]:
    """The range of all texts that begin with a path; 0 is the character after the slash it ends with."""
    return path, path.removesuffix("/") + "0" if path else ":"  # ids are digits; ":" comes after all of them


def _orders(origin: str) -> set[str]:
    return {name.strip().casefold() for name in origin.split(",")}


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\%_" else letter for letter in text)
