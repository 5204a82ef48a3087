"""The job a refused transaction is put right in, and its scanned lines as that job keeps them.

What was asked at the end is asked again, and a witness is wanted anew: they saw what was refused (ward 30).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from client.work.counting.job import Count
from client.work.job import Addition, Job
from client.work.lots.rules import LotChange
from client.work.moving.movement import FROM, TO, Movement, Use, Visit, WardReturn, Waste
from client.work.planned.arrival_rules import Arrival
from client.work.planned.on_the_way import OnTheWay, dispatch_called, is_transit, on_the_way
from client.work.planned.transfer import open_planned
from client.work.receiving.care import COLD
from client.work.receiving.delivery import Delivery
from client.work.receiving.orders import wanted_then
from client.work.receiving.papers import NOTE
from client.work.receiving.receipt import open_delivery
from client.work.suppliers.rules import RECEIVED_BY, SupplierReturn, received_here
from client.work.ward import Ward
from sync.stock import Picking, Product
from sync.transaction import Answer, Kind, Transaction

Additions = tuple[Addition, ...]


class Reopening(NamedTuple):
    """`opened` gives the job, empty, or None where its papers or places are gone; `fitted` its lines as kept there."""

    opened: Callable[[Transaction, Ward], Job | None]
    fitted: Callable[[Any, Additions, Transaction], Additions] = lambda _job, additions, _was: additions


# -------------------------------------------------------------------- on papers of Odoo's


def _delivery(was: Transaction, ward: Ward) -> Job | None:
    picking = _picking(was, ward)
    return _with_its_paper(wanted_then(open_delivery(picking, ward), was, ward), was) if picking else None


def _with_its_paper(delivery: Delivery, was: Transaction) -> Delivery:
    """What was asked once of this delivery is not asked again, and what was said of it goes along."""
    once = tuple(answer for answer in was.answers if answer.line is None and answer.question in _OF_THE_DELIVERY)
    note = Answer(NOTE, was.delivery_note, was.person, was.acted_at.wall)
    return replace(delivery, once=(*once, note), photos=was.photos)


_OF_THE_DELIVERY: Final = {COLD, "refused_at_the_door", "pallet", "unidentified"}


def _expected(job: Any, additions: Additions, _was: Transaction) -> Additions:  # Any: a job that has moves
    """What its papers do not want any more stands beside them."""
    return tuple(replace(add, unexpected=not job.moves_of(add.product.id)) for add in additions)


def _of_one_source(job: Any, additions: Additions, was: Transaction) -> Additions:  # Any: as above
    return tuple(replace(add, source_id=0, source_name="") for add in _expected(job, additions, was))


def _planned(was: Transaction, ward: Ward) -> Job | None:
    picking = _picking(was, ward)
    return open_planned(picking, ward) if picking else None


def _picking(was: Transaction, ward: Ward) -> Picking | None:
    """Its order's papers, open or not; of goods beside an order, those that carry its name."""
    document = was.document
    if document.picking_id:
        return ward.catalogue.picking(document.picking_id)
    named = ward.catalogue.receipt_by_name(document.origin)
    return named or next(iter(ward.catalogue.pickings_by_origin(document.origin)), None)


# -------------------------------------------------------------------- from shelf to shelf


def _movement(was: Transaction, ward: Ward) -> Job | None:
    """From where to where, and why; each item keeps the shelf it was taken from. A dispatch goes where it was sent."""
    last = max(line.number for line in was.lines)
    catalogue, document = ward.catalogue, was.document
    source = catalogue.location(document.source_id)
    sent = was.kind is Kind.DISPATCH
    target = catalogue.location_by_name(document.origin) if sent else catalogue.location(document.destination_id)
    if source is None or (target is None and not sent):
        return None
    visits = [Visit(source.id, source.complete_name, FROM, 0)]
    if target and was.kind in {Kind.TRANSFER, Kind.WARD_RETURN, Kind.DISPATCH}:
        visits.append(Visit(target.id, target.complete_name, TO, last))
    made = _MOVEMENTS[was.kind]
    return made(uuid=was.uuid, opened_at=ward.now, person=was.person, visits=tuple(visits), reason=was.reason)


_MOVEMENTS: Final[Mapping[Kind, type[Movement]]] = {
    Kind.TRANSFER: Movement,
    Kind.DISPATCH: Movement,
    Kind.USE: Use,
    Kind.WASTE: Waste,
    Kind.WARD_RETURN: WardReturn,
}


def _arrival(was: Transaction, ward: Ward) -> Job | None:
    """Of the dispatch it follows, as far as this device knows it; what was refused is on the way again."""
    transit, goal = (ward.catalogue.location(id_) for id_ in (was.document.source_id, was.document.destination_id))
    if transit is None or goal is None or not is_transit(transit):
        return None
    job = Arrival(
        uuid=was.uuid,
        opened_at=ward.now,
        person=was.person,
        transit_id=transit.id,
        transit_name=transit.complete_name,
        destination_id=goal.id,
        destination_name=goal.complete_name,
        follows=was.follows,
        document=was.document.origin,
    )
    dispatch = dispatch_called(ward, was.follows)
    if dispatch is None:
        return replace(job, coming=on_the_way(ward, transit))
    return replace(
        job,
        coming=tuple(_with_what_came(one, was) for one in dispatch.goods),
        reference=dispatch.reference,
        document=dispatch.document or job.document,
        sender=dispatch.sender,
        sent_at=dispatch.sent_at,
    )


def _with_what_came(one: OnTheWay, was: Transaction) -> OnTheWay:
    goods = (one.product.id, one.lot_name, one.owner_id)
    came = (line.done for line in was.lines if (line.product_id, line.lot_name, line.owner_id) == goods)
    return replace(one, quantity=min(sum(came, one.quantity), one.sent))


def _not_sent(job: Arrival, additions: Additions, _was: Transaction) -> Additions:
    return tuple(replace(add, unexpected=not job.sent_of(add.product.id)) for add in additions)


# -------------------------------------------------------------------- back to the supplier


def supplier_return(was: Transaction, ward: Ward, order: str, vendor_place_id: int) -> SupplierReturn:
    """An empty return on that order, of what this device received."""
    partner = ward.catalogue.partner(was.document.partner_id) if was.document.partner_id else None
    return SupplierReturn(
        uuid=was.uuid,
        opened_at=ward.now,
        person=was.person,
        received=received_here(ward),
        order=order,
        known=bool(order and received_here(ward, order)),
        partner_id=partner.id if partner else None,
        partner_name=partner.name if partner else "",
        vendor_place_id=vendor_place_id,
    )


def _supplier_return(was: Transaction, ward: Ward) -> Job | None:
    job = supplier_return(was, ward, was.document.origin, was.document.destination_id)
    return replace(job, reason=was.reason)


def _received(job: SupplierReturn, additions: Additions, _was: Transaction) -> Additions:
    """Each from the received line it named; the body names it anew."""
    places = {one.key: place for place, one in enumerate(job.received, start=1)}
    return tuple(
        replace(
            add,
            settled=tuple(answer for answer in add.settled if answer.question != RECEIVED_BY),
            picking_id=places.get(add.choice(RECEIVED_BY), 0),
            unexpected=bool(add.choice("no_receipt_known")),
        )
        for add in additions
    )


# -------------------------------------------------------------------- another lot


def _lot_change(was: Transaction, ward: Ward) -> Job | None:
    """What takes a lot change back names its places the other way round."""
    ends = [ward.catalogue.location(id_) for id_ in (was.document.source_id, was.document.destination_id)]
    known = [place for place in ends if place]
    relabel = next((place for place in known if ward.plan.relabel and place.id == ward.plan.relabel.id), None)
    shelf = next((place for place in known if relabel and place.id != relabel.id), None)
    if relabel is None or shelf is None:
        return None
    return LotChange(
        uuid=was.uuid,
        opened_at=ward.now,
        person=was.person,
        relabel_id=relabel.id,
        relabel_name=relabel.complete_name,
        shelf_id=shelf.id,
        shelf_name=shelf.complete_name,
    )


def _paired(job: LotChange, additions: Additions, _was: Transaction) -> Additions:
    """Each new lot with the old one it came out of: the last one before it that has as much left."""
    out = [add for add in additions if job.out(add)]
    left = {add.number: add.quantity for add in out}
    paired: list[Addition] = []
    for add in additions:
        if not job.out(add):
            mine = [one for one in out if one.product.id == add.product.id and left[one.number] >= add.quantity]
            old = max(mine, key=lambda one: (one.number < add.number, one.number), default=None)
            add = replace(add, picking_id=old.number if old else 0)  # noqa: PLW2901 - the same scan, with its pair
            if old:
                left[old.number] -= add.quantity
        paired.append(add)
    return tuple(paired)


# -------------------------------------------------------------------- a count


def _count(was: Transaction, ward: Ward) -> Job | None:
    """Of the goods it spoke of, at its place; of others it said nothing."""
    place = ward.catalogue.location(was.document.source_id)
    if place is None:
        return None
    ids = dict.fromkeys(line.product_id for line in was.lines)
    products: list[Product] = [product for id_ in ids if (product := ward.catalogue.product(id_))]
    why = tuple(answer for answer in was.answers if answer.question == "count_reason")
    return Count(
        uuid=was.uuid, opened_at=ward.now, person=was.person, place=place, products=tuple(products), answers=why
    )


def _counted(_job: Count, additions: Additions, was: Transaction) -> Additions:
    """As found, by whom, at what moment, with the book of that moment."""
    books = {line.number: line.book for line in was.lines}
    return tuple(
        replace(
            add,
            destination_id=add.source_id,
            destination_name=add.source_name,
            book=books[add.number],
            person=was.person,
            moment=was.acted_at,
        )
        for add in additions
    )


REOPENINGS: Final[Mapping[Kind, Reopening]] = {
    Kind.RECEIPT: Reopening(_delivery, _of_one_source),
    Kind.BLIND_RECEIPT: Reopening(_delivery, _of_one_source),
    Kind.PLANNED_TRANSFER: Reopening(_planned, _expected),
    **dict.fromkeys(_MOVEMENTS, Reopening(_movement)),
    Kind.ARRIVAL: Reopening(_arrival, _not_sent),
    Kind.SUPPLIER_RETURN: Reopening(_supplier_return, _received),
    Kind.LOT_CHANGE: Reopening(_lot_change, _paired),
    Kind.COUNT: Reopening(_count, _counted),
    Kind.ADJUSTMENT: Reopening(_count, _counted),
}
"""Each kind has one: nothing that is refused can only be withdrawn."""
