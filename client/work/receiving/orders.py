"""Which orders a delivery brings: opened, joined, waited for, held against what was pulled since (ward 9, 10, 12)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from client.work.answer import Command, Said, no, ok
from client.work.job import Addition
from client.work.machine import Machine
from client.work.meaning import PickingsMeant
from client.work.receiving.delivery import NOT_HERE, NOTHING, Delivery, Expected, Order, Unidentified
from client.work.ward import Step, Ward
from sync.stock import Location, Picking, Product
from sync.store.catalogue import Catalogue
from sync.transaction import Transaction, new_uuid

OVER: Final = frozenset({"done", "cancel"})
"""States of a picking on which nothing more can be received."""
_LONGEST_ORDER: Final = 60


# -------------------------------------------------------------------- opening


def open_delivery(picking: Picking, ward: Ward) -> Delivery:
    """A new draft for an open incoming picking, with what Odoo still expects of it."""
    order = _order(picking, ward.catalogue)
    return Delivery(
        uuid=new_uuid(),
        picking=picking,
        partner_name=_partner(picking, ward.catalogue),
        expected=expected_of((order,), ward.catalogue),
        opened_at=ward.now,
        person=ward.person.name,
        create_backorder=order.create_backorder,
        generation=ward.catalogue.generation(),
        blind=ward.policy.blind_receiving,
    )


def open_awaited(name: str, ward: Ward) -> Delivery | Said:
    """A draft for an order that is not on this device yet: it binds to that order's picking after a pull (ward 9)."""
    order = name.strip()
    kinds = ward.catalogue.picking_types("incoming")
    kind = next((one for one in kinds if one.destination_id), None)
    if not order or len(order) > _LONGEST_ORDER:
        return no("no_such_order", order=order[:_LONGEST_ORDER])
    if closed := ward.catalogue.closed_picking(order):
        return no("order_closed", document=closed.name)
    if kind is None or kind.destination_id is None:
        return no("no_receipts_here")
    picking = Picking(NOT_HERE, "", "waiting", kind.id, kind.source_id or 0, kind.destination_id, order)
    return Delivery(
        uuid=new_uuid(),
        picking=picking,
        partner_name="",
        expected=(),
        opened_at=ward.now,
        person=ward.person.name,
        generation=ward.catalogue.generation(),
        blind=ward.policy.blind_receiving,
    )


def wanted_then(delivery: Delivery, was: Transaction, ward: Ward) -> Delivery:
    """The delivery of a refused receipt whose papers are finished by now: they wanted what was scanned for them.

    So nothing of it is received beside them before a person says what about it (ward 10).
    """
    if delivery.expected or not was.document.picking_id:
        return delivery
    wanted: dict[int, Expected] = {}
    for line in was.lines:
        product = ward.catalogue.product(line.product_id)
        if line.move_id and product:
            done = line.done + (wanted[line.move_id].expected if line.move_id in wanted else 0)
            unit, place = line.move_uom_id or line.uom_id, line.destination_id
            wanted[line.move_id] = Expected(line.move_id, product, done, unit, place, "", delivery.picking.id)
    return replace(delivery, expected=tuple(wanted.values()))


def _order(picking: Picking, catalogue: Catalogue) -> Order:
    kind = catalogue.picking_type(picking.picking_type_id)
    return Order(picking, kind.create_backorder if kind else "ask")


def _partner(picking: Picking, catalogue: Catalogue) -> str:
    partner = catalogue.partner(picking.partner_id) if picking.partner_id else None
    return partner.name if partner else ""


def expected_of(orders: Iterable[Order], catalogue: Catalogue) -> tuple[Expected, ...]:
    """What Odoo waits for over all of them, the oldest order first (ward 12)."""
    oldest = sorted((order.picking for order in orders), key=_age)
    return tuple(one for picking in oldest for one in _expected(picking, catalogue))


def _age(picking: Picking) -> tuple[object, ...]:
    return picking.scheduled_at is None, picking.scheduled_at, picking.id


def _expected(picking: Picking, catalogue: Catalogue) -> tuple[Expected, ...]:
    prefilled = {line.move_id: line.destination_id for line in catalogue.move_lines(picking.id) if not line.picked}
    moves = sorted(catalogue.moves(picking.id), key=lambda move: move.id)
    places = catalogue.locations({prefilled.get(move.id, move.destination_id) for move in moves})
    products = catalogue.products({move.product_id for move in moves})
    return tuple(
        Expected(
            move_id=move.id,
            product=product,
            expected=max(move.expected - move.others_picked, Decimal(0)),
            uom_id=move.uom_id,
            destination_id=(place := prefilled.get(move.id, move.destination_id)),
            destination_name=_name_of(places.get(place)),
            picking_id=picking.id,
        )
        for move in moves
        if (product := products.get(move.product_id))
    )


def _name_of(location: Location | None) -> str:
    return location.name if location else ""


# -------------------------------------------------------------------- one delivery, several orders


def papers(delivery: Delivery, meant: PickingsMeant, ward: Ward) -> Step[Delivery]:
    """Another order of the same vendor joins the delivery; what is of it already is said (ward 12)."""
    new = [picking for picking in meant.pickings if delivery.order(picking.id) is None]
    if not new:
        return Step(delivery, ok("already_open", document=meant.pickings[0].name))
    after = delivery
    for picking in new:
        joined = join(after, picking, ward)
        if isinstance(joined, Said):
            return Step(delivery, joined)
        after = joined
    names = ", ".join(picking.name for picking in new)
    return Step(after, ok("joined", document=names, order=Order(new[0]).name, orders=len(after.orders)))


def join(delivery: Delivery, picking: Picking, ward: Ward) -> Delivery | Said:
    """The delivery with that order too, or why it cannot bring it."""
    kind = ward.catalogue.picking_type(picking.picking_type_id)
    partner = _partner(picking, ward.catalogue)
    facts = {"document": picking.name, "open": delivery.names, "partner": partner, "ours": delivery.partner_name}
    if kind is None or kind.code != "incoming":
        return no("not_a_delivery", **facts)
    if delivery.waiting or isinstance(delivery, Unidentified):
        return no("another_order", **facts)
    if picking.partner_id is None or picking.partner_id != delivery.picking.partner_id:
        return no("another_vendor", **facts)
    if picking.picking_type_id != delivery.picking.picking_type_id:
        return no("another_dock", **facts)
    if engaged := ward.begun(picking, delivery.uuid):
        return engaged
    order = _order(picking, ward.catalogue)
    if not _expected(picking, ward.catalogue):
        return no("nothing_expected", **facts)
    joined = replace(delivery, joined=(*delivery.joined, order))
    return replace(joined, expected=_all_expected(joined, ward.catalogue))


def join_said(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`join ORDER`: typed, or chosen where the open item is on another order of the vendor."""
    found = incoming(said.value, ward.catalogue)
    if not found:
        return Step(delivery, no("no_such_order", order=said.value[:_LONGEST_ORDER]))
    step = papers(delivery, PickingsMeant(found), ward)
    if step.job is delivery or step.job.pending is None:
        return step
    return machine.advance(step.job, step.job.pending, ward)


def incoming(name: str, catalogue: Catalogue) -> tuple[Picking, ...]:
    """Open deliveries of that name, or of that order."""
    named = catalogue.receipt_by_name(name) if name.strip() else None
    return (named,) if named else tuple(catalogue.pickings_by_origin(name))


def joinable(delivery: Delivery, product: Product, ward: Ward) -> tuple[Picking, ...]:
    """Other open orders of the same vendor that expect a product."""
    if delivery.waiting:
        return ()
    others = (one for one in ward.catalogue.open_receipts_with(product.id) if delivery.order(one.id) is None)
    return tuple(one for one in others if isinstance(join(delivery, one, ward), Delivery))


def meant_for(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`for ORDER`: the open item, or the one just added, came for that order and no other (ward 12)."""
    wanted = said.value.strip().casefold()
    order = next((o for o in delivery.orders if wanted in {o.name.casefold(), o.picking.name.casefold()}), None)
    if order is None:
        return Step(delivery, no("not_of_this_delivery", order=said.value[:_LONGEST_ORDER], open=delivery.names))
    item = delivery.pending or delivery.addition(delivery.current)
    if item is None or item.product is None:
        return Step(delivery, no("item_before_order", order=order.name))
    product, number = item.product, order.picking.id
    if not any(delivery.papers_of(move) == number for move in delivery.moves_of(product.id)):
        return Step(delivery, no("not_on_that_order", product=product.name, order=order.name))
    if item.quantity > delivery.ordered(product.id, number):
        return Step(delivery, no("more_than_that_order", product=product.name, order=order.name))
    if delivery.pending:
        return machine.advance(delivery, replace(delivery.pending, picking_id=number), ward)
    additions = tuple(
        replace(add, picking_id=number) if add.number == delivery.current else add for add in delivery.additions
    )
    facts = {"product": product.name, "order": order.name, "document": order.picking.name}
    return Step(replace(delivery, additions=additions), ok("meant_for", **facts))


# -------------------------------------------------------------------- what was pulled since


def caught_up(delivery: Delivery, ward: Ward) -> Delivery:
    """The delivery as the last pull has it, where there was one since its last scan."""
    now = ward.catalogue.generation()
    if delivery.finished or now == delivery.generation:
        return delivery
    return refreshed(delivery, ward)[0]


def refreshed(delivery: Delivery, ward: Ward) -> tuple[Delivery, tuple[Product, ...]]:
    """The delivery with what a later pull says is expected, and the products that are no longer on its orders.

    What was scanned of those stays, beside the order, until the order has them again. A picking that is no longer
    visible changes nothing; one that others finished or cancelled is `closed`, until a person decides (ward 10).
    """
    if delivery.finished:
        return delivery, ()
    now = replace(_bound(delivery, ward), generation=ward.catalogue.generation())
    last = [known for order in now.orders if (known := ward.catalogue.picking(order.picking.id))]
    closed = tuple(one for one in last if one.gone and one.state in OVER and one.id not in now.settled_papers)
    now = replace(now, closed=closed, expected=_same_or(delivery.expected, _all_expected(now, ward.catalogue)))
    if now.waiting:
        return now, ()
    moves = now.by_product()
    gone = {add.product.id: add.product for add in now.additions if not (add.unexpected or add.product.id in moves)}
    now = _on_or_beside(now)
    before, after = delivery.all_ordered(), now.all_ordered()
    fewer = {id_ for id_, ordered in before.items() if after.get(id_, NOTHING) < ordered}
    judged = (_not_agreed(add) if add.product.id in fewer else add for add in now.additions)
    placed = tuple(_destined(add, moves.get(add.product.id, ())) for add in judged)
    return replace(now, additions=placed), tuple(gone.values())


def _same_or(before: tuple[Expected, ...], after: tuple[Expected, ...]) -> tuple[Expected, ...]:
    """What is as it was is the very same: whatever was made of it still holds."""
    known = {move.move_id: move for move in before}
    return tuple(was if (was := known.get(move.move_id)) == move else move for move in after)


def _on_or_beside(delivery: Delivery) -> Delivery:
    """Each addition on the orders or beside them; what the orders lost meanwhile comes back with its line."""
    ordered = delivery.by_product()
    left = {add.number for add in delivery.additions if add.product.id not in ordered}
    chosen = {add.number for add in delivery.additions if add.unexpected and add.number not in delivery.off_order}
    moved = tuple(_beside(add, unexpected=add.number in left | chosen) for add in delivery.additions)
    return replace(delivery, additions=moved, off_order=tuple(sorted(left - chosen)))


def _beside(add: Addition, *, unexpected: bool) -> Addition:
    return add if add.unexpected == unexpected else replace(add, unexpected=unexpected)


def _not_agreed(add: Addition) -> Addition:
    """Who agreed to 48 of 47 did not agree to 48 of 5: it is asked again at the end (ward 33)."""
    kept = tuple(one for one in add.settled if one.question not in {"too_much", "too_much_blind"})
    return add if len(kept) == len(add.settled) else replace(add, settled=kept)


def _bound(delivery: Delivery, ward: Ward) -> Delivery:
    """An order that was waited for, and the rest of a delivery of which something is unidentified, when it came."""
    if delivery.waiting:
        return _found(delivery, ward)
    return _with_rests(delivery, ward) if isinstance(delivery, Unidentified) else delivery


def _found(delivery: Delivery, ward: Ward) -> Delivery:
    """With the order's papers, where they are here now."""
    found = incoming(delivery.picking.origin, ward.catalogue)
    scanned = {add.product.id for add in delivery.additions}
    wanted = {one.id: {move.product.id for move in _expected(one, ward.catalogue)} for one in found}
    free = [one for one in found if wanted[one.id] and ward.begun(one, delivery.uuid) is None]
    if not free:
        return delivery
    # Papers of several vendors under one number: those that expect most of what came, and their vendor's others.
    best = min(free, key=lambda one: (len(scanned - wanted[one.id]), _age(one)))
    mine = (one for one in free if (one.partner_id, one.picking_type_id) == (best.partner_id, best.picking_type_id))
    return _of_papers(delivery, (_order(picking, ward.catalogue) for picking in mine), ward)


def _with_rests(delivery: Unidentified, ward: Ward) -> Delivery:
    """With what waits of each of its orders. Those are posted one by one: one rest is here before the other."""
    known = {order.picking.id for order in delivery.orders}
    before = known | set(delivery.settled_papers)
    rests = [one for one in ward.catalogue.open_receipts() if one.backorder_id in before and one.id not in known]
    free = [one for one in rests if _expected(one, ward.catalogue) and ward.begun(one, delivery.uuid) is None]
    if not free:
        return delivery
    kept = [order for order in delivery.orders if order.picking.id not in delivery.settled_papers]
    return _of_papers(delivery, (*kept, *(_order(picking, ward.catalogue) for picking in free)), ward)


def _of_papers(delivery: Delivery, orders: Iterable[Order], ward: Ward) -> Delivery:
    """The delivery of those, the oldest first."""
    first, *others = sorted(orders, key=lambda order: _age(order.picking))
    return replace(
        delivery,
        picking=first.picking,
        create_backorder=first.create_backorder,
        joined=tuple(others),
        partner_name=_partner(first.picking, ward.catalogue),
    )


def _all_expected(delivery: Delivery, catalogue: Catalogue) -> tuple[Expected, ...]:
    """Of papers that are open what the last pull says, of others what was known of them while they were."""
    open_, kept = list[tuple[Picking, tuple[Expected, ...]]](), list[Expected]()
    for order in delivery.orders:
        known = catalogue.picking(order.picking.id)
        if order.picking.id in delivery.settled_papers:
            continue
        if known and not known.gone and (expected := _expected(order.picking, catalogue)):
            open_.append((order.picking, expected))
        else:
            kept += [move for move in delivery.expected if delivery.papers_of(move) == order.picking.id]
    open_.sort(key=lambda one: _age(one[0]))
    return (*kept, *(move for _, expected in open_ for move in expected))


def _destined(add: Addition, moves: Sequence[Expected]) -> Addition:
    """Where nobody scanned a shelf, goods go where Odoo's own line puts them now (ward 19)."""
    if add.placed or add.unexpected or not moves:
        return add
    if (add.destination_id, add.destination_name) == (moves[0].destination_id, moves[0].destination_name):
        return add
    return replace(add, destination_id=moves[0].destination_id, destination_name=moves[0].destination_name)
