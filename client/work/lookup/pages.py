"""What is what and what is where: the answers to a scan at home, as values a page or a command shows (design 7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from client.barcode.label import Label
from client.work.counting.meanwhile import Counting
from client.work.meaning import (
    LocationMeant,
    LotMeant,
    Meaning,
    PickingsMeant,
    ProductMeant,
    ReferenceMeant,
    RestOfLabel,
    SeveralLots,
    UnknownLevel,
    lots_of_name,
)
from client.work.site.holds import Hold, Holds
from client.work.stock import LotHere, OnShelf, Reservation, Shelves, total
from sync.stock import Location, Lot, Move, Packaging, Picking, Product, ReorderPoint
from sync.store import Store
from sync.store.entries import Entry
from sync.store.recounts import Doubt
from sync.transaction import Kind, Line, Status

EVERYWHERE = ""
"""The path all paths begin with."""
MOST_MOVEMENTS = 50
"""Of this device's movements a page shows the newest."""


@dataclass(frozen=True, slots=True)
class Movement:
    """What one transaction of this device did with goods: base units, and where from and to. A count says `counted`."""

    reference: str
    kind: Kind
    status: Status
    person: str
    acted_at: datetime
    product: str
    lot_name: str
    done: Decimal
    counted: Decimal | None
    source: str
    destination: str
    document: str


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Open papers with the product: of `expected` base units `reserved` are held for them (ward 28)."""

    picking: Picking
    move: Move


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of goods at a named place. `lot` as Odoo has it."""

    product: Product
    place: str
    shelf: OnShelf
    lot: Lot | None = None


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A product here. `held` tells of a hold of all its lots; each lot is judged by itself in `lots`.

    `counted` are places where it should lie and somebody counts: nothing of them is told (complaint 12).
    """

    product: Product
    packagings: tuple[Packaging, ...]
    shelves: tuple[Shelf, ...]
    lots: tuple["LotRow", ...]
    held: Hold | None
    reserved: tuple[Reservation, ...]
    under_way: tuple[UnderWay, ...]
    reorder: tuple[ReorderPoint, ...]
    movements: tuple[Movement, ...]
    as_of: datetime | None
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot of which something lies here."""

    here: LotHere
    held: Hold | None


@dataclass(frozen=True, slots=True)
class LotPage:
    """One lot. No `lot`: Odoo does not have it (yet); it is on this device's own papers at most. `counted` as above."""

    product: Product
    lot_name: str
    lot: Lot | None
    shelves: tuple[Shelf, ...]
    held: Hold | None
    reserved: tuple[Reservation, ...]
    movements: tuple[Movement, ...]
    as_of: datetime | None
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """What lies at a place and below. `known` False: Odoo's stock of it is not on this device. `doubts`: to count.

    `counted` are the places among them where somebody counts: nothing of their book is told (complaint 12).
    """

    location: Location
    shelves: tuple[Shelf, ...]
    doubts: tuple[Doubt, ...]
    movements: tuple[Movement, ...]
    known: bool
    as_of: datetime | None
    counted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PapersPage:
    """Papers of Odoo, and what this device has sent or will send for them."""

    picking: Picking
    moves: tuple[tuple[Move, Product | None], ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """Transactions of this device under that number; none where another device gave it."""

    reference: str
    entries: tuple[Entry, ...]
    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """Lots of one name of several products: which?"""

    lots: tuple[LotMeant, ...]


Page = ProductPage | LotPage | PlacePage | PapersPage | ReferencePage | Several


@dataclass(frozen=True, slots=True)
class Expiring:
    """A lot lying at a place that expires soon, or has."""

    product: Product
    here: LotHere
    days_left: int


@dataclass(frozen=True, slots=True)
class Low:
    """Less lies at a place than its reorder point wants; `coming` base units are on open papers to there."""

    product: Product
    location: Location
    minimum: Decimal
    maximum: Decimal
    shelves: tuple[OnShelf, ...]
    coming: Decimal
    as_of: datetime | None

    @property
    def shown(self) -> Decimal:
        """What a person should find there."""
        return total(self.shelves)


@dataclass(frozen=True, slots=True)
class LookUp:
    """Answers from what is on this device; nothing here changes anything.

    A count is blind everywhere: of a shelf somebody counts on this device no answer has the book (complaint 12).
    """

    store: Store
    shelves: Shelves
    holds: Holds

    def page(self, meant: Meaning, label: Label | None = None) -> Page | None:
        """What to show of a scan: the lot where the label or the code names one. None: nothing to look up."""
        lot_name = ((label.lot or "") if label else "").strip()
        if isinstance(meant, ProductMeant | UnknownLevel):
            name = (label.serial or "").strip() if label and meant.product.tracking == "serial" else lot_name
            return self.lot(meant.product, name) if name else self.product(meant.product)
        if isinstance(meant, LotMeant):
            return self.lot(meant.product, meant.lot.name)
        if isinstance(meant, RestOfLabel) and lot_name:
            lots = lots_of_name(lot_name, self.store.catalogue)
            return self.page(lots) if lots else None
        if isinstance(meant, SeveralLots):
            return Several(meant.lots)
        if isinstance(meant, LocationMeant):
            return self.place(meant.location)
        if isinstance(meant, PickingsMeant) and len(meant.pickings) == 1:
            return self.papers(meant.pickings[0])
        if isinstance(meant, ReferenceMeant):
            return ReferencePage(meant.reference, meant.entries, tuple(self._movements(meant.entries)))
        return None

    def product(self, product: Product) -> ProductPage:
        """Everywhere it lies, its lots the first to expire first, who waits for it."""
        catalogue, shelves = self.store.catalogue, self.shelves.of(product.id)
        lots = self._told(self.shelves.first_expiring(product.id))
        return ProductPage(
            product,
            tuple(catalogue.packagings(product.id)),
            self._shelves(shelves),
            tuple(LotRow(one, self.holds.why(product.id, one.lot_name)) for one in lots),
            self.holds.why(product.id, ""),
            self._reserved(self.shelves.reserved_for(product.id, EVERYWHERE)),
            tuple(UnderWay(picking, move) for picking, move in catalogue.under_way(product.id)),
            tuple(catalogue.reorder_points(product_id=product.id)),
            self.movements(product),
            self.shelves.as_of(),
            self._counted_of(shelves),
        )

    def lot(self, product: Product, lot_name: str) -> LotPage:
        """Everywhere a lot lies, also one Odoo does not have yet."""
        lot = self.store.catalogue.lot(product.id, lot_name)
        mine = [one for one in self.shelves.of(product.id) if one.lot_name == lot_name]
        reserved = self.shelves.reserved_for(product.id, EVERYWHERE, lot_id=lot.id) if lot else ()
        return LotPage(
            product,
            lot_name,
            lot,
            self._shelves(mine),
            self.holds.why(product.id, lot_name),
            self._reserved(reserved),
            self.movements(product, lot_name),
            self.shelves.as_of(),
            self._counted_of(mine),
        )

    def movements(self, product: Product, lot_name: str = "", most: int = MOST_MOVEMENTS) -> tuple[Movement, ...]:
        """What this device did with a product or one lot of it, the newest first, from so many of its papers."""
        entries = self.store.outbox.of_product(product.id, most)
        return tuple(self._movements(entries, product_id=product.id, lot_name=lot_name))

    def place(self, location: Location) -> PlacePage:
        """All that lies there and below."""
        below = {one.id for one in self.store.catalogue.children(location.id)} | {location.id}
        doubts = tuple(one for one in self.store.recounts.open() if one.recount.location_id in below)
        entries = self.store.outbox.of_place(location.id, MOST_MOVEMENTS)
        return PlacePage(
            location,
            self._shelves(self.shelves.at(location.parent_path)),
            doubts,
            tuple(self._movements(entries, location_id=location.id)),
            self.shelves.knows(location),
            self.shelves.as_of(),
            self.counted_below(location),
        )

    def papers(self, picking: Picking) -> PapersPage:
        """What Odoo expects on them, and what this device did with them."""
        catalogue = self.store.catalogue
        moves = tuple((move, catalogue.product(move.product_id)) for move in catalogue.moves(picking.id))
        mine = tuple(one for one in self.store.outbox.rows() if one.footprint.picking_id == picking.id)
        return PapersPage(picking, moves, mine)

    def expiring(self, location: Location, today: date, days: int) -> tuple[Expiring, ...]:
        """Lots at a place and below that expire within so many days or have, the first first."""
        last = today + timedelta(days=days)
        told = self._told(self.shelves.lots_at(location.parent_path))
        lots = (here for here in told if here.expiry and here.expiry <= last)
        found = ((self.store.catalogue.product(here.shelves[0].key.product_id), here) for here in lots)
        near = (Expiring(one, here, (here.expiry - today).days) for one, here in found if one and here.expiry)
        return tuple(sorted(near, key=lambda one: (one.days_left, one.product.name, one.here.lot_name)))

    def counted_below(self, location: Location) -> tuple[str, ...]:
        """Where somebody counts on this device, at a place and below: what lies there is told afterwards."""
        places = (self.store.catalogue.location(id_) for id_ in sorted(self.under_count()))
        below = (one for one in places if one and one.parent_path.startswith(location.parent_path))
        return tuple(one.complete_name for one in below)

    def low(self, location: Location) -> tuple[Low, ...]:
        """Products of which less lies there than Odoo's reorder points want, with what is on its way.

        Those that should lie where somebody counts are left out.
        """
        points = self.store.catalogue.reorder_points(location_path=location.parent_path)
        found = (self._low(point) for point in points)
        return tuple(sorted(filter(None, found), key=lambda one: (one.location.complete_name, one.product.name)))

    def _low(self, point: ReorderPoint) -> Low | None:
        catalogue = self.store.catalogue
        product, place = catalogue.product(point.product_id), catalogue.location(point.location_id)
        if product is None or place is None:
            return None
        shelves = self.shelves.of(product.id, place.parent_path)
        if total(shelves) >= point.minimum or self._counted_of(shelves):
            return None
        coming = sum((move.expected for move in self._coming(product.id, place)), Decimal(0))
        return Low(product, place, point.minimum, point.maximum, shelves, coming, self.shelves.as_of())

    def _coming(self, product_id: int, place: Location) -> Iterator[Move]:
        """Open moves into a place from outside of it."""
        for _, move in self.store.catalogue.under_way(product_id):
            if self._below(move.destination_id, place) and not self._below(move.source_id or 0, place):
                yield move

    def _below(self, location_id: int, place: Location) -> bool:
        found = self.store.catalogue.location(location_id)
        return found is not None and found.parent_path.startswith(place.parent_path)

    def under_count(self) -> frozenset[int]:
        """The places where somebody counts on this device."""
        return Counting(self.store).under_way()

    def _counted_of(self, found: Iterable[OnShelf]) -> tuple[str, ...]:
        """The places among them where somebody counts."""
        return tuple(map(self._place, sorted(self.under_count() & {one.key.location_id for one in found})))

    def _told(self, lots: Iterable[LotHere]) -> Iterator[LotHere]:
        """The lots without their shelves that are being counted; a lot that lies nowhere else is not told."""
        counted = self.under_count()
        for one in lots:
            rest = tuple(shelf for shelf in one.shelves if shelf.key.location_id not in counted)
            if rest:
                reserved = sum((shelf.reserved for shelf in rest), Decimal(0))
                yield one if rest == one.shelves else replace(one, shelves=rest, shown=total(rest), reserved=reserved)

    def _reserved(self, found: Iterable[Reservation]) -> tuple[Reservation, ...]:
        counted = self.under_count()
        return tuple(one for one in found if one.location_id not in counted)

    def _shelves(self, found: Iterable[OnShelf]) -> tuple[Shelf, ...]:
        counted = self.under_count()
        open_ = (one for one in found if one.key.location_id not in counted)
        named = ((self.store.catalogue.product(one.key.product_id), one) for one in open_)
        told = (
            Shelf(product, self._place(one.key.location_id), one, self._lot_of(product, one.lot_name))
            for product, one in named
            if product
        )
        return tuple(sorted(told, key=lambda one: (one.place, one.product.name, one.shelf.lot_name)))

    def _lot_of(self, product: Product, lot_name: str) -> Lot | None:
        return self.store.catalogue.lot(product.id, lot_name) if lot_name else None

    def _movements(
        self, entries: Iterable[Entry], *, product_id: int = 0, lot_name: str = "", location_id: int = 0
    ) -> Iterator[Movement]:
        counted = self.under_count()
        for entry in entries:
            for line in entry.transaction.lines:
                if counted & {line.source_id, line.destination_id}:
                    continue
                here = location_id in {0, line.source_id, line.destination_id}
                if here and product_id in {0, line.product_id} and lot_name in {"", line.lot_name}:
                    yield self._movement(entry, line)

    def _movement(self, entry: Entry, line: Line) -> Movement:
        one = entry.transaction
        product = self.store.catalogue.product(line.product_id)
        acted_at = self.store.device.server_time(one.acted_at) or one.acted_at.wall
        return Movement(
            entry.reference, one.kind, entry.status, one.person, acted_at, product.name if product else "",
            line.lot_name, line.done, line.counted, self._place(line.source_id), self._place(line.destination_id),
            entry.outcome.picking_name if entry.outcome else one.document.picking_name,
        )  # fmt: skip

    def _place(self, location_id: int) -> str:
        found = self.store.catalogue.location(location_id)
        return found.complete_name if found else ""
