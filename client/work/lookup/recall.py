"""A recalled lot on one page: where it is, who received and used it, where somebody looked, what to put aside (31)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from client.work.lookup.pages import LookUp, Movement
from client.work.site.holds import Hold, line_for
from client.work.site.plan import SitePlan
from client.work.stock import NOTHING, OnShelf, total
from sync.stock import Location, Product
from sync.store.holds import Hold as HoldStored
from sync.store.recalls import Recall, Tick
from sync.transaction import Kind

RECEIVED = frozenset({Kind.RECEIPT, Kind.BLIND_RECEIPT})
USED = frozenset({Kind.USE, Kind.WASTE, Kind.SUPPLIER_RETURN})

ALL = 1_000_000
"""Movements: of a recalled lot none is left out."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A job ready to begin: these goods from here to there. `kind` is the word that begins it."""

    kind: str
    source: Location
    destination: Location
    product: Product
    lot_name: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class PlaceToLook:
    """A place the lot lies in, or may: `shown` base units by Odoo and by this device. `tick`: somebody looked.

    `counted`: somebody counts there, so nothing of its book is told (complaint 12).
    """

    location: Location
    shelves: tuple[OnShelf, ...]
    tick: Tick | None
    in_quarantine: bool
    counted: bool = False

    @property
    def shown(self) -> Decimal:
        """What a person should find."""
        return total(self.shelves)


@dataclass(frozen=True, slots=True)
class RecallPage:
    """Of `received`, `used` and `moved` only what this device did is known here: others' is in Odoo alone.

    `partial`: Odoo's stock is on this device for the places it serves only, so the lot may lie elsewhere too.
    """

    recall: Recall
    product: Product
    held: Hold | None
    places: tuple[PlaceToLook, ...]
    received: tuple[Movement, ...]
    used: tuple[Movement, ...]
    moved: tuple[Movement, ...]
    partial: bool
    as_of: datetime | None

    @property
    def left(self) -> tuple[PlaceToLook, ...]:
        """Where nobody looked yet."""
        return tuple(place for place in self.places if place.tick is None)


@dataclass(frozen=True, slots=True)
class Recalling:
    """The recalls of one device. Each step is on disk when it returns; a search is resumed by beginning it again."""

    look: LookUp
    plan: SitePlan

    def begin(self, product: Product, lot_name: str, person: str, now: datetime) -> RecallPage:
        """Look for a lot (an empty name: for all of the product); an open search for it goes on."""
        return self.page(self.look.store.recalls.begin(product.id, lot_name, person, now))

    def hold(self, product: Product, lot_name: str, reason: str, person: str, now: datetime, day: date) -> HoldStored:
        """Put it on hold here, at once and for every job of this device. `day` is today at the site."""
        return self.look.store.holds.hold(line_for(product, reason, day, lot_name), person, now)

    def tick(self, uuid: str, location: Location, found: Decimal, person: str, now: datetime) -> RecallPage:
        """Somebody looked there: found so many base units, or none (0). Raises WardstockError("recall_over")."""
        return self.page(self.look.store.recalls.tick(uuid, location.id, found, person, now))

    def untick(self, uuid: str, location: Location, person: str, now: datetime) -> RecallPage:
        """That was the wrong place. Raises WardstockError("recall_over")."""
        return self.page(self.look.store.recalls.untick(uuid, location.id, person, now))

    def page(self, recall: Recall) -> RecallPage:
        """Where it stands now. Raises LookupError where the product was never known here, which is a bug."""
        product = self.look.store.catalogue.product(recall.product_id)
        if product is None:
            raise LookupError(f"product {recall.product_id}")
        moved = self.look.movements(product, recall.lot_name, most=ALL)
        known = RECEIVED | USED
        return RecallPage(
            recall=recall,
            product=product,
            held=self.look.holds.why(product.id, recall.lot_name),
            places=tuple(self._places(recall)),
            received=tuple(one for one in moved if one.kind in RECEIVED),
            used=tuple(one for one in moved if one.kind in USED),
            moved=tuple(one for one in moved if one.kind not in known),
            partial=self._partial(),
            as_of=self.look.shelves.as_of(),
        )

    def to_quarantine(self, page: RecallPage) -> tuple[Prepared, ...]:
        """A move for each shelf with something of it, where the policy names a quarantine place; what is there stays.

        Where somebody looked, what they found is moved; else what should be there.
        """
        return tuple(one for place in page.places if not place.in_quarantine for one in self._prepared(page, place))

    def _prepared(self, page: RecallPage, place: PlaceToLook) -> Iterator[Prepared]:
        quarantine = self.plan.quarantine(place.location)
        if quarantine is None:
            return
        lots: dict[str, Decimal] = {}
        for shelf in place.shelves:
            lots[shelf.lot_name] = lots.get(shelf.lot_name, NOTHING) + shelf.shown
        if place.tick and (page.recall.lot_name or len(lots) <= 1):
            lots = {page.recall.lot_name or next(iter(lots), ""): place.tick.found}
        for lot_name, quantity in lots.items():
            if quantity > 0:
                yield Prepared("move", place.location, quarantine, page.product, lot_name, quantity)

    def _places(self, recall: Recall) -> Iterator[PlaceToLook]:
        by_place: dict[int, list[OnShelf]] = {location_id: [] for location_id in recall.ticks}
        for shelf in self._lying(recall):
            by_place.setdefault(shelf.key.location_id, []).append(shelf)
        found = ((self.look.store.catalogue.location(id_), shelves) for id_, shelves in by_place.items())
        counted = self.look.under_count()
        told = [self._place(recall, place, shelves, counted) for place, shelves in found if place]
        yield from sorted(told, key=lambda one: one.location.complete_name)

    def _place(
        self, recall: Recall, place: Location, shelves: Iterable[OnShelf], counted: frozenset[int]
    ) -> PlaceToLook:
        blind, tick = place.id in counted, recall.ticks.get(place.id)
        return PlaceToLook(place, () if blind else tuple(shelves), tick, place.id in self.plan.quarantines, blind)

    def _lying(self, recall: Recall) -> Iterator[OnShelf]:
        shelves = self.look.shelves.of(recall.product_id)
        return (one for one in shelves if recall.lot_name in {"", one.lot_name})

    def _partial(self) -> bool:
        enrolment = self.look.store.device.enrolment()
        return enrolment is not None and bool(enrolment.location_ids)
