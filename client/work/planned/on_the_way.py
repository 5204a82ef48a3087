"""What is on the way between two places: since when, by whom, how much of it has arrived (ward 27)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from client.work.stock import OnShelf
from client.work.ward import Ward
from sync.stock import Location, Product, Usage
from sync.store.outbox import Entry
from sync.transaction import Kind, Line, Status

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """Goods of one lot in a transit place, in base units.

    `sent` were dispatched, `quantity` of them have not arrived. `since`, `sender`, `reference` and `dispatch` (its
    uuid) are known of what left from this device; of the rest Odoo's figures say how much lies there at `as_of`.
    `receiver` names who took in the others.
    """

    transit: Location
    product: Product
    lot_name: str
    lot_id: int | None
    expiry: date | None
    quantity: Decimal
    sent: Decimal
    owner_id: int | None = None
    since: datetime | None = None
    sender: str = ""
    receiver: str = ""
    reference: str = ""
    document: str = ""
    dispatch: str = ""
    going_to: str = ""
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch of this device. `left` of its goods have not arrived; `going_to` is a place's complete name."""

    uuid: str
    reference: str
    document: str
    sender: str
    sent_at: datetime
    transit: Location
    going_to: str
    goods: tuple[OnTheWay, ...]

    @property
    def left(self) -> Decimal:
        """Base units of all its goods."""
        return sum((one.quantity for one in self.goods), NOTHING)


def on_the_way(ward: Ward, transit: Location | None = None) -> tuple[OnTheWay, ...]:
    """All of it, or what is in one transit place: dispatch by dispatch, then what others sent, by Odoo's figures."""
    known = [one for one in dispatches(ward) if transit is None or one.transit.id == transit.id]
    ours = [goods for one in known for goods in one.goods if goods.quantity > 0]
    places = [transit] if transit else transits(ward)
    return (*ours, *(rest for place in places for rest in _of_others(ward, place, ours)))


def transits(ward: Ward) -> list[Location]:
    """Places between places: those the site routes through, and those goods were sent to from here."""
    places = {place.id: place for place in ward.plan.between()}
    places |= {one.transit.id: one.transit for one in dispatches(ward)}
    return list(places.values())


def dispatches(ward: Ward) -> list[Dispatch]:
    """Those of this device, newest first. What Odoo refused has left all the same (ward 3), what was withdrawn not."""
    entries = [entry for entry in ward.outbox.rows() if entry.status is not Status.WITHDRAWN]
    acts = [(entry, entry.transaction) for entry in entries]
    arrived = [act for _, act in acts if act.kind is Kind.ARRIVAL]
    found: list[Dispatch] = []
    for entry, act in ((entry, act) for entry, act in acts if act.kind is Kind.DISPATCH):
        place = ward.catalogue.location(act.document.destination_id)
        if place is None:
            continue
        after = [one for one in arrived if one.follows == act.uuid]
        receiver = ", ".join(dict.fromkeys(one.person for one in after))
        taken = [line for one in after for line in one.lines]
        goods = tuple(_goods(ward, entry, place, receiver, taken))
        document = entry.outcome.picking_name if entry.outcome else ""
        at = act.acted_at.wall
        found.append(Dispatch(act.uuid, act.reference, document, act.person, at, place, act.document.origin, goods))
    return _as_far_as_there(ward, found)


def _as_far_as_there(ward: Ward, found: Sequence[Dispatch]) -> list[Dispatch]:
    """Other devices receive too: no more is on the way than lies there by Odoo, and the oldest has arrived first."""
    places = {one.transit.id: one.transit for one in found if ward.shelves.knows(one.transit)}
    lies: dict[tuple[int, int, str], Decimal] = {}
    for place in places.values():
        for shelf in ward.shelves.at(place.parent_path):
            key = (place.id, shelf.key.product_id, shelf.lot_name)
            lies[key] = lies.get(key, NOTHING) + max(shelf.shown, NOTHING)
    told: list[Dispatch] = []
    for one in found:
        goods: list[OnTheWay] = []
        for each in one.goods:
            key = (one.transit.id, each.product.id, each.lot_name)
            there = min(each.quantity, lies.get(key, NOTHING)) if one.transit.id in places else each.quantity
            lies[key] = lies.get(key, NOTHING) - there
            goods.append(replace(each, quantity=there))
        told.append(replace(one, goods=tuple(goods)))
    return told


def dispatch_called(ward: Ward, text: str) -> Dispatch | None:
    """By its reference, by the name Odoo gave its document, or by its uuid."""
    wanted = text.strip().casefold()
    known = ((one, {one.reference.casefold(), one.document.casefold(), one.uuid}) for one in dispatches(ward))
    return next((one for one, names in known if wanted and wanted in names), None)


def _goods(ward: Ward, entry: Entry, place: Location, receiver: str, taken: Sequence[Line]) -> Iterator[OnTheWay]:
    """Lot by lot what was sent, and what of it the arrivals that follow it did not bring."""
    act = entry.transaction
    sums: dict[tuple[int, str, int | None], OnTheWay] = {}
    for line in act.lines:
        product = ward.catalogue.product(line.product_id)
        if product is None:
            continue
        key = (line.product_id, line.lot_name, line.owner_id)
        one = sums.get(key) or OnTheWay(
            transit=place,
            product=product,
            lot_name=line.lot_name,
            lot_id=line.lot_id,
            expiry=line.expiry,
            quantity=NOTHING,
            sent=NOTHING,
            owner_id=line.owner_id,
            since=act.acted_at.wall,
            sender=act.person,
            receiver=receiver,
            reference=act.reference,
            document=entry.outcome.picking_name if entry.outcome else "",
            dispatch=act.uuid,
            going_to=act.document.origin,
        )
        sums[key] = replace(one, quantity=one.quantity + line.done, sent=one.sent + line.done)
    for line in taken:
        key = (line.product_id, line.lot_name, line.owner_id)
        if key in sums:
            sums[key] = replace(sums[key], quantity=max(sums[key].quantity - line.done, NOTHING))
    yield from sums.values()


def _of_others(ward: Ward, place: Location, ours: Sequence[OnTheWay]) -> Iterator[OnTheWay]:
    """What lies there beyond what this device sent: dispatched elsewhere, so nobody here knows by whom."""
    left: dict[tuple[int, str], Decimal] = {}
    for one in ours:
        if one.transit.id == place.id:
            key = (one.product.id, one.lot_name)
            left[key] = left.get(key, NOTHING) + one.quantity
    for shelf in ward.shelves.at(place.parent_path):
        key = (shelf.key.product_id, shelf.lot_name)
        covered = min(left.get(key, NOTHING), max(shelf.shown, NOTHING))
        left[key] = left.get(key, NOTHING) - covered
        product = ward.catalogue.product(shelf.key.product_id)
        if product and shelf.shown - covered > 0:
            yield _rest(place, product, shelf, shelf.shown - covered)


def _rest(place: Location, product: Product, shelf: OnShelf, quantity: Decimal) -> OnTheWay:
    return OnTheWay(
        transit=place,
        product=product,
        lot_name=shelf.lot_name,
        lot_id=shelf.key.lot_id,
        expiry=shelf.expiry,
        quantity=quantity,
        sent=quantity,
        owner_id=shelf.key.owner_id,
        as_of=shelf.as_of,
    )


def is_transit(place: Location) -> bool:
    """Goods that lie there are on their way."""
    return place.usage is Usage.TRANSIT
