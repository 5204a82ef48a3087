"""Others booked the same papers meanwhile: what is known of that, and the ways out, each by a person (ward 10)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from client.work.answer import Choice, Command, Question, no, ok
from client.work.job import Addition
from client.work.machine import Machine
from client.work.receiving.delivery import NOTHING, Delivery, Order, Share, part_of
from client.work.receiving.orders import refreshed
from client.work.site.people import Act
from client.work.ward import Step, Ward
from sync.stock import Picking
from sync.transaction import Answer

SAME, DIFFERENCE, MORE = "same-goods", "difference", "really-more"


@dataclass(frozen=True, slots=True)
class Booked:
    """A picking of the delivery that others finished or cancelled, as far as this device knows.

    `shares` are what was scanned here for it. `backorder` is where the rest of it waits. `theirs` are base units by
    product that were booked; empty where no backorder tells: then it may be all of it, or what is missing was
    cancelled.
    """

    picking: Picking
    shares: tuple[Share, ...]
    backorder: Picking | None
    theirs: dict[int, Decimal]

    @property
    def cancelled(self) -> bool:
        return self.picking.state == "cancel"


def booked(delivery: Delivery, ward: Ward) -> Booked | None:
    """The first of which a person must decide: goods were scanned for it, and nobody can receive on it any more."""
    if not delivery.closed:
        return None
    shares = delivery.shares()
    for picking in delivery.closed:
        mine = tuple(share for share in shares if delivery.papers_of(share.move) == picking.id)
        if mine:
            return _booked(delivery, picking, mine, ward)
    return None


def _booked(delivery: Delivery, picking: Picking, mine: tuple[Share, ...], ward: Ward) -> Booked:
    follows = (one for one in ward.catalogue.open_receipts() if one.backorder_id == picking.id)
    backorder = next((one for one in follows if ward.begun(one, delivery.uuid) is None), None)
    theirs: dict[int, Decimal] = {}
    if backorder:
        for move in delivery.expected:
            if delivery.papers_of(move) == picking.id:
                theirs[move.product.id] = theirs.get(move.product.id, NOTHING) + move.expected
        for open_ in ward.catalogue.moves(backorder.id):
            if open_.product_id in theirs:
                theirs[open_.product_id] = max(theirs[open_.product_id] - open_.expected, NOTHING)
    return Booked(picking, mine, backorder, theirs)


def booked_question(delivery: Delivery, ward: Ward) -> Question | None:
    """The same goods, only the difference, or really more: nothing is posted again without a person."""
    found = booked(delivery, ward)
    if found is None:
        return None
    act, may = str(Act.BLIND_RECEIPT), ward.may(Act.BLIND_RECEIPT)
    facts = {"document": found.picking.name, "here": _told(found, delivery.blind), "lots": _lots(found, ward)}
    if found.cancelled:
        ways = (
            Choice(Command(MORE), "without_cancelled_order", {}, act, may),
            Choice(Command(SAME), "drop_these"),
        )
        return Question("order_cancelled", facts, ways)
    facts["backorder"] = found.backorder.name if found.backorder else ""
    rest = (Choice(Command(DIFFERENCE), "only_difference", facts),) if found.backorder else ()
    ways = (Choice(Command(SAME), "same_goods"), *rest, Choice(Command(MORE), "really_more", {}, act, may))
    return Question("booked_elsewhere", facts, ways)


def _told(found: Booked, blind: bool) -> str:
    """Of each product what was scanned here, and what Odoo booked of it where that is known."""
    came: dict[int, Decimal] = {}
    names = {share.add.product.id: share.add.product.name for share in found.shares}
    for share in found.shares:
        came[share.add.product.id] = came.get(share.add.product.id, NOTHING) + share.quantity
    theirs = {} if blind else found.theirs
    return "; ".join(
        f"{names[id_]}: {quantity:f}" + (f" / {theirs[id_]:f}" if id_ in theirs else "")
        for id_, quantity in came.items()
    )


def _lots(found: Booked, ward: Ward) -> str:
    """Lots scanned here that Odoo has by now: those are likely the same goods."""
    return ", ".join(dict.fromkeys(share.add.lot_name for share in found.shares if _known(share.add, ward)))


def _known(add: Addition, ward: Ward) -> bool:
    lot = ward.catalogue.lot(add.product.id, add.lot_name) if add.lot_name else None
    return lot is not None and add.lot_id is None


# -------------------------------------------------------------------- the ways out


def _same(_machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """They are booked, or nothing of them is: what was scanned for it is not sent."""
    found = booked(delivery, ward)
    if found is None:
        return Step(delivery, no("nothing_asked", command=said.name))
    after = _settled(_without(delivery, found.shares), found, said.name, ward)
    return Step(after, ok("same_goods_dropped", document=found.picking.name, left=len(after.additions)))


def _difference(_machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """What Odoo has not booked yet stays, for the backorder; lots that Odoo knows by now are taken off first."""
    found = booked(delivery, ward)
    if found is None or found.backorder is None:
        return Step(delivery, no("nothing_asked", command=said.name))
    less = tuple(_less(found, ward))
    rest = Order(found.backorder, _kind(found.backorder, ward))
    after = _settled(_without(delivery, less), found, said.name, ward)
    after = replace(_in_place(after, found.picking.id, rest), closed=())
    after, _ = refreshed(after, ward)
    left = sum((add.quantity for add in after.additions), NOTHING)
    return Step(after, ok("difference_left", document=rest.picking.name, quantity=left, lines=len(after.additions)))


def _more(_machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """Other goods than those booked: a receipt of their own, naming the order."""
    found = booked(delivery, ward)
    if found is None:
        return Step(delivery, no("nothing_asked", command=said.name))
    if not ward.may(Act.BLIND_RECEIPT):
        return Step(delivery, no("needs_role", act=Act.BLIND_RECEIPT, question="booked_elsewhere"))
    after = _without(delivery, found.shares)
    for share in found.shares:
        part = replace(part_of(share.add, share.quantity), unexpected=True, picking_id=0)
        taken = after.addition(part.number)
        after = after.with_addition(replace(part, number=after.next_number) if taken else part)
    after = _settled(replace(after, current=0), found, said.name, ward)
    return Step(after, ok("more_beside", document=found.picking.name, lines=len(found.shares)))


BOOKED: Final = {SAME: _same, DIFFERENCE: _difference, MORE: _more}


def _less(found: Booked, ward: Ward) -> Iterator[Share]:
    """What of the shares others have booked, product by product."""
    room = dict(found.theirs)
    for share in sorted(found.shares, key=lambda one: not _known(one.add, ward)):
        taken = min(share.quantity, room.get(share.add.product.id, NOTHING))
        if taken > 0:
            room[share.add.product.id] -= taken
            yield replace(share, quantity=taken)


def _without(delivery: Delivery, shares: tuple[Share, ...]) -> Delivery:
    """The delivery without those parts of its additions."""
    less: dict[int, Decimal] = {}
    for share in shares:
        less[share.add.number] = less.get(share.add.number, NOTHING) + share.quantity
    left = ((add, add.quantity - less.get(add.number, NOTHING)) for add in delivery.additions)
    additions = tuple(part_of(add, quantity) for add, quantity in left if quantity > 0)
    return replace(delivery, additions=additions, current=0)


def _settled(delivery: Delivery, found: Booked, choice: str, ward: Ward) -> Delivery:
    """Decided: nothing more is expected on those papers."""
    question = "order_cancelled" if found.cancelled else "booked_elsewhere"
    act = Act.BLIND_RECEIPT if choice == MORE else None
    kept = replace(
        delivery,
        closed=tuple(one for one in delivery.closed if one.id != found.picking.id),
        settled_papers=(*delivery.settled_papers, found.picking.id),
        expected=tuple(move for move in delivery.expected if delivery.papers_of(move) != found.picking.id),
    )
    answer = Answer(question, f"{choice} {found.picking.name}", ward.by(act), ward.now)
    return replace(kept, once=(*kept.once, answer))


def _in_place(delivery: Delivery, picking_id: int, order: Order) -> Delivery:
    """The delivery with other papers instead of those."""
    if delivery.picking.id == picking_id:
        return replace(delivery, picking=order.picking, create_backorder=order.create_backorder)
    joined = tuple(order if one.picking.id == picking_id else one for one in delivery.joined)
    return replace(delivery, joined=joined)


def _kind(picking: Picking, ward: Ward) -> str:
    kind = ward.catalogue.picking_type(picking.picking_type_id)
    return kind.create_backorder if kind else "ask"
