"""What lies where: Odoo's figures at a time, and what this device did since. Never one of them alone (design 6)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sync.clock import Clock
from sync.stock import Location, Lot, Quant, StockKey, Usage
from sync.store import Store
from sync.transaction import Kind, Line, Transaction

NOTHING = Decimal(0)
_KEEPS_STOCK = frozenset({Usage.INTERNAL, Usage.TRANSIT})


@dataclass(frozen=True, slots=True)
class Effect:
    """What one act of this device does to one shelf, in base units: less than nothing where it takes away.

    A lot Odoo does not have yet has no id: `lot_name` tells it apart, and `expiry` is the day its label said.
    """

    key: StockKey
    quantity: Decimal
    lot_name: str = ""
    expiry: date | None = None


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One kind of goods at one place (ward 2), in base units.

    `odoo` is what Odoo had at `as_of` (server's time), `unsent` what this device did that those figures cannot
    contain, with open `complete later` lines (ward 26). No `as_of`: Odoo's stock of that place is not on this device.
    `reserved` is Odoo's, for planned transfers (ward 6).
    """

    key: StockKey
    lot_name: str
    expiry: date | None
    odoo: Decimal
    unsent: Decimal
    reserved: Decimal
    as_of: datetime | None

    @property
    def shown(self) -> Decimal:
        """Both together: what a person should find there."""
        return self.odoo + self.unsent


@dataclass(frozen=True, slots=True)
class LotHere:
    """A lot lying at a place or below, over all its shelves; `lot` is None where Odoo does not have it yet."""

    lot_name: str
    lot: Lot | None
    expiry: date | None
    shown: Decimal
    reserved: Decimal
    shelves: tuple[OnShelf, ...]


@dataclass(frozen=True, slots=True)
class Reservation:
    """Base units Odoo holds for a planned transfer (ward 6): its name, the place they lie, where they are to go."""

    document: str
    picking_id: int
    location_id: int
    destination_id: int
    quantity: Decimal
    lot_id: int | None


class Shelves:
    """Stock as this device knows it. Keep one for as long as the store is open: it remembers bodies it has read.

    `later` gives the effects of lines that wait to be completed and are no transaction yet. Not thread-safe.
    """

    def __init__(self, store: Store, clock: Clock, later: Callable[[], Iterable[Effect]] = tuple) -> None:
        self._store = store
        self._clock = clock
        self._later = later
        self._acting: tuple[str, ...] = ()
        self._read: dict[str, tuple[Effect, ...]] = {}
        self._by_product: dict[int, list[Effect]] = {}
        self._answered: dict[tuple[int, str | None], tuple[OnShelf, ...]] | None = None
        self._caught_up = False
        self._waits: tuple[Effect, ...] | None = None
        self._ends: dict[tuple[int, int | None, str, date | None], date | None] = {}
        self._ends_of = -1

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Inside the block each question is answered once, as of its beginning: one scan's rules ask it many times."""
        self._answered, self._caught_up = {}, False
        self._waits = None
        try:
            yield
        finally:
            self._answered = None

    def as_of(self) -> datetime | None:
        """When Odoo's stock was last asked for, by the server's clock; None: never."""
        return self._store.catalogue.pulled_at().get("stock_rows")

    def knows(self, location: Location) -> bool:
        """Whether Odoo's stock of that place is on this device: the place is served, and was when stock was fetched."""
        enrolment = self._store.device.enrolment()
        reaches = [enrolment.location_ids, enrolment.fetched_ids or ()] if enrolment else []
        steps = {int(step) for step in location.parent_path.split("/") if step}
        return self.as_of() is not None and all(not one or not steps.isdisjoint(one) for one in reaches)

    def of(self, product_id: int, location_path: str | None = None) -> tuple[OnShelf, ...]:
        """A product, everywhere or at a place and all below it: shelf by shelf, also where nothing is left of it."""
        known = self._answered
        if known is not None and (found := known.get((product_id, location_path))) is not None:
            return found
        self._catch_up()
        mine = [*self._by_product.get(product_id, ()), *self._waiting(product_id)]
        quants = self._store.catalogue.quants(product_id=product_id, location_path=location_path)
        told = self._joined(quants, mine, location_path)
        if known is not None:
            known[product_id, location_path] = told
        return told

    def at(self, location_path: str) -> tuple[OnShelf, ...]:
        """All goods at a place and all below it."""
        self._catch_up()
        mine = [one for effects in self._by_product.values() for one in effects] + list(self._later())
        return self._joined(self._store.catalogue.quants(location_path=location_path), mine, location_path)

    def touched(self) -> frozenset[int]:
        """Products this device did something with that Odoo's figures do not have yet."""
        self._catch_up()
        return frozenset(self._by_product)

    def touched_until(self, day: date) -> list[int]:
        """Those of them where something was done with a lot that expires until that day, by id."""
        self._catch_up()
        if (generation := self._store.catalogue.generation()) != self._ends_of:
            self._ends, self._ends_of = {}, generation
        mine = self._by_product.items()
        return sorted(id_ for id_, effects in mine if any((end := self._end(one)) and end <= day for one in effects))

    def _end(self, effect: Effect) -> date | None:
        """When that lot expires: asked once for each generation of the catalogue."""
        key = effect.key
        if not (key.lot_id or effect.lot_name):
            return None
        lot = (key.product_id, key.lot_id, effect.lot_name, effect.expiry)
        if lot not in self._ends:
            self._ends[lot] = self._fresh(self._named(effect)).expiry
        return self._ends[lot]

    def moved(self) -> tuple[tuple[str, ...], tuple[Effect, ...]]:
        """What the answers rest on beside Odoo's figures: equal for as long as nothing is done at this device."""
        self._catch_up()
        return self._acting, tuple(self._later())

    def first_expiring(self, product_id: int, location_path: str | None = None) -> tuple[LotHere, ...]:
        """Lots of which something lies there, the first to expire first; those without a day come last."""
        return self._lots(self.of(product_id, location_path))

    def lots_at(self, location_path: str) -> tuple[LotHere, ...]:
        """The same of all products at a place and below."""
        return self._lots(self.at(location_path))

    def reserved_for(
        self, product_id: int, location_path: str, *, lot_id: int | None = None, except_picking: int | None = None
    ) -> tuple[Reservation, ...]:
        """What of a product, or of one lot of it, is held there for planned transfers other than that one (ward 6)."""
        found = self._store.catalogue.reservations(product_id, location_path)
        return tuple(
            Reservation(picking.name, picking.id, line.source_id, line.destination_id, line.quantity, line.lot_id)
            for picking, line in found
            if picking.id != except_picking and lot_id in {None, line.lot_id}
        )

    def _catch_up(self) -> None:
        """Read the bodies that are new since the last question; forget those Odoo's figures contain by now."""
        if self._caught_up and self._answered is not None:
            return
        self._caught_up = True
        acting = tuple(self._store.outbox.acting_since(self._asked_at()))
        if acting == self._acting:
            return
        news = [uuid for uuid in acting if uuid not in self._read]
        for uuid, transaction in self._store.outbox.transactions(news):
            self._read[uuid] = tuple(effects(transaction))
        self._read = {uuid: self._read[uuid] for uuid in acting}
        self._acting = acting
        self._by_product = {}
        for one in (one for told in self._read.values() for one in told):
            self._by_product.setdefault(one.key.product_id, []).append(one)

    def _asked_at(self) -> datetime | None:
        """`as_of` by this device's clock, by which it notes what is done."""
        if (asked_at := self.as_of()) is None:
            return None
        moment = self._clock.moment()
        server = self._store.device.server_time(moment)
        return asked_at if server is None else asked_at - (server - moment.wall)

    def _waiting(self, product_id: int) -> Iterator[Effect]:
        if self._answered is None or self._waits is None:
            self._waits = tuple(self._later())
        return (effect for effect in self._waits if effect.key.product_id == product_id)

    def _joined(self, quants: Iterable[Quant], mine: Iterable[Effect], path: str | None) -> tuple[OnShelf, ...]:
        at, places = self.as_of(), dict[int, Location | None]()
        there: dict[tuple[StockKey, str], OnShelf] = {}
        for quant in quants:
            fresh = self._fresh(Effect(quant.key, NOTHING))
            there[quant.key, ""] = replace(fresh, odoo=quant.quantity, reserved=quant.reserved, as_of=at)
        for effect in map(self._named, mine):
            place = _place(self._store, places, effect.key.location_id)
            if place is None or place.usage not in _KEEPS_STOCK or not place.parent_path.startswith(path or ""):
                continue
            spot = (effect.key, "" if effect.key.lot_id else effect.lot_name)
            shelf = there.get(spot) or replace(self._fresh(effect), as_of=at if self.knows(place) else None)
            there[spot] = replace(shelf, unsent=shelf.unsent + effect.quantity)
        return tuple(sorted((shelf for shelf in there.values() if shelf.odoo or shelf.unsent), key=_by_key))

    def _fresh(self, effect: Effect) -> OnShelf:
        lot = self._store.catalogue.lot_by_id(effect.key.lot_id) if effect.key.lot_id else None
        name, expiry = (lot.name, lot.expiry) if lot else (effect.lot_name, effect.expiry)
        return OnShelf(effect.key, name, expiry, NOTHING, NOTHING, NOTHING, None)

    def _named(self, effect: Effect) -> Effect:
        """The effect on the lot Odoo has by now under that name."""
        if effect.key.lot_id or not effect.lot_name:
            return effect
        lot = self._store.catalogue.lot(effect.key.product_id, effect.lot_name)
        return replace(effect, key=replace(effect.key, lot_id=lot.id)) if lot else effect

    def _lots(self, shelves: Iterable[OnShelf]) -> tuple[LotHere, ...]:
        lots: dict[tuple[int, int, str], list[OnShelf]] = {}
        for shelf in shelves:
            if shelf.lot_name:
                lots.setdefault((shelf.key.product_id, shelf.key.lot_id or 0, shelf.lot_name), []).append(shelf)
        found = (self._lot_here(lot_id, name, lying) for (_, lot_id, name), lying in lots.items())
        return tuple(sorted((lot for lot in found if lot.shown > 0), key=_expires_first))

    def _lot_here(self, lot_id: int, name: str, shelves: list[OnShelf]) -> LotHere:
        shown = sum((shelf.shown for shelf in shelves), NOTHING)
        reserved = sum((shelf.reserved for shelf in shelves), NOTHING)
        lot = self._store.catalogue.lot_by_id(lot_id) if lot_id else None
        return LotHere(name, lot, shelves[0].expiry, shown, reserved, tuple(shelves))


def effects(transaction: Transaction) -> Iterator[Effect]:
    """What a transaction does to shelves. A count for approval does nothing before somebody applies it."""
    if transaction.kind is Kind.COUNT:
        return
    for line in transaction.lines:
        yield from _counted(line) if transaction.kind is Kind.ADJUSTMENT else _moved(line)


def _moved(line: Line) -> Iterator[Effect]:
    """Out of its package where it lay, loose where it goes."""
    source = StockKey(line.product_id, line.source_id, line.lot_id, line.package_id, line.owner_id)
    destination = StockKey(line.product_id, line.destination_id, line.lot_id, None, line.owner_id)
    yield Effect(source, -line.done, line.lot_name, line.expiry)
    yield Effect(destination, line.done, line.lot_name, line.expiry)


def _counted(line: Line) -> Iterator[Effect]:
    key = StockKey(line.product_id, line.source_id, line.lot_id, line.package_id, line.owner_id)
    if line.counted is not None:
        yield Effect(key, line.counted - (line.book or NOTHING), line.lot_name, line.expiry)


def total(shelves: Iterable[OnShelf]) -> Decimal:
    """Base units a person should find on all of them."""
    return sum((shelf.shown for shelf in shelves), NOTHING)


def _place(store: Store, known: dict[int, Location | None], location_id: int) -> Location | None:
    if location_id not in known:
        known[location_id] = store.catalogue.location(location_id)
    return known[location_id]


def _by_key(shelf: OnShelf) -> tuple[object, ...]:
    key = shelf.key
    return key.product_id, key.location_id, shelf.lot_name, key.lot_id or 0, key.package_id or 0, key.owner_id or 0


def _expires_first(lot: LotHere) -> tuple[object, ...]:
    return lot.expiry is None, lot.expiry or date.max, lot.lot.id if lot.lot else 0, lot.lot_name
