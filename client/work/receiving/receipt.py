"""Receiving, step by step: a delivery and a scan become a delivery and an answer. Pure; `desk` keeps it on disk.

1. An open picking, or a product on one, opens the delivery (`open_delivery`); an order that is not here yet is waited
   for; other orders of the same vendor join it.
2. A scan of product, lot, expiry and quantity in one symbol adds a line at once; what is missing is asked for,
   one thing at a time; a second symbol of the same item fills it in.
3. A shelf scanned after an item puts it there. `qty`, `lot`, `expiry` change the last item or that of `fix N`, `undo`
   takes it back, `refuse` leaves it at the door, `quarantine` puts it aside.
4. `confirm` asks about the vendor's paper and what is short, then the desk makes the transactions.
"""

from dataclasses import replace

from client.work.answer import Said, Tone, no, ok
from client.work.job import Pending
from client.work.machine import Machine, Opened, Start
from client.work.receiving.bodies import transactions
from client.work.receiving.booked import booked_question
from client.work.receiving.care import ASIDE, was_warm
from client.work.receiving.commands import COMMANDS
from client.work.receiving.delivery import Delivery, Order, Unidentified
from client.work.receiving.orders import OVER, caught_up, incoming, open_awaited, open_delivery, papers, refreshed
from client.work.receiving.rows import row_key
from client.work.receiving.rules import RULES
from client.work.receiving.steps import agreed, closing_question, row_of, told
from client.work.receiving.unknown import rest, unknown
from client.work.site.people import Act
from client.work.stale import changed_goods
from client.work.ward import Step, Ward
from sync.stock import Location, Product, Usage
from sync.store.catalogue import Catalogue
from sync.transaction import Transaction

__all__ = ["RECEIPT", "UNIDENTIFIED", "open_delivery", "refreshed"]


def _start(begin: Start, ward: Ward) -> Opened[Delivery] | Said:
    if not ward.may(Act.RECEIVE):
        return no("needs_role", act=Act.RECEIVE, question="")
    known = incoming(begin.value, ward.catalogue) if begin.picking is None else ()
    picking = begin.picking or next(iter(known), None)
    if picking is None:
        return _await(begin, ward) if begin.value else no("scan_the_order")
    if engaged := ward.begun(picking, ""):
        return engaged
    delivery = open_delivery(picking, ward)
    if not delivery.expected:
        return no("nothing_expected", document=picking.name)
    facts = {"document": picking.name, "order": picking.origin, "partner": delivery.partner_name}
    return Opened(delivery, ok("opened", **facts))


def _await(begin: Start, ward: Ward) -> Opened[Delivery] | Said:
    """An order phoned ten minutes ago: it is received all the same, and binds to its papers after a pull (ward 9)."""
    delivery = open_awaited(begin.value, ward)
    if isinstance(delivery, Said):
        return delivery
    return Opened(delivery, ok("awaiting", order=delivery.picking.origin))


def _put_in(delivery: Delivery, location: Location, ward: Ward) -> Step[Delivery]:
    """A shelf scanned after an item overrides where Odoo would put it (ward 19), within the delivery's own place."""
    if delivery.pending:
        return Step(delivery, no("answer_first_then_place", place=location.name))
    if location.usage is not Usage.INTERNAL or not location.active:
        return Step(delivery, no("not_a_shelf", place=location.complete_name))
    within = ward.catalogue.location(delivery.picking.destination_id)
    if within and not location.parent_path.startswith(within.parent_path):
        # The goods still have steps to go; a shelf beyond them would skip those (ward 20).
        return Step(delivery, no("shelf_elsewhere", place=location.complete_name, within=within.complete_name))
    last = delivery.addition(delivery.current)
    if last is None:
        return Step(delivery, no("item_before_place", place=location.name))
    aside = last.choice(ASIDE) or (was_warm(delivery) and ward.plan.cold_chain(last.product))
    if aside and location.id not in ward.plan.quarantines:
        return Step(delivery, no("stays_aside", place=last.destination_name, product=last.product.name))
    put = replace(last, destination_id=location.id, destination_name=location.name, placed=True)
    additions = tuple(put if add.number == put.number else add for add in delivery.additions)
    facts = {"place": location.name, "product": last.product.name, "quantity": last.quantity}
    after = replace(delivery, additions=additions)
    return Step(after, ok("put_in", unit=last.product.uom_name, **facts).at(row_of(after, put)))


def _row(delivery: Delivery, pending: Pending) -> str:
    product_id = pending.product.id if pending.product else 0
    if pending.instead_of:
        return row_of(delivery, pending.instead_of)
    moves = delivery.moves_of(product_id)
    picking_id = pending.picking_id or (delivery.papers_of(moves[0]) if moves else delivery.picking.id)
    joined = picking_id if picking_id != delivery.picking.id else 0
    beside = not (moves or delivery.waiting)
    return row_key(product_id, unexpected=beside, picking_id=0 if beside else joined)


def _opened_again(delivery: Delivery, ward: Ward) -> Opened[Delivery]:
    """A draft taken up again, with what the last pull says is expected."""
    awaited = delivery.waiting
    delivery, gone = refreshed(delivery, ward)
    # What a later pull answered of the open item is added with the next scan, as it was always.
    delivery = RECEIPT.answered(delivery, ward) if not delivery.closed else delivery
    return Opened(delivery, _said_again(delivery, gone, ward, bound=awaited and not delivery.waiting))


def _said_again(delivery: Delivery, gone: tuple[Product, ...], ward: Ward, *, bound: bool) -> Said:
    """The most important thing that changed while it lay there."""
    document = delivery.names
    over = next((one for one in delivery.closed if one.state in OVER), None)
    if over:
        said = ok("resumed_closed", document=over.name)
        return replace(said, tone=Tone.ASK) if booked_question(delivery, ward) else said
    if any(_vanished(delivery, order, ward.catalogue) for order in delivery.orders):
        return ok("resumed_gone", document=document)
    if stale := changed_goods(delivery, ward.catalogue):
        return ok("resumed_stale", document=document, product=_names(stale))
    if gone:
        return ok("resumed_changed", document=document, product=_names(gone))
    if bound:
        return ok("order_came", document=document, order=delivery.ordered_as, partner=delivery.partner_name)
    if delivery.waiting:
        return ok("resumed_waiting", order=document, lines=len(delivery.additions))
    return ok("resumed", document=document, lines=len(delivery.additions))


def _vanished(delivery: Delivery, order: Order, catalogue: Catalogue) -> bool:
    """No longer visible, by a rule of Odoo's or because it was deleted."""
    last = catalogue.picking(order.picking.id)
    return last is not None and last.gone and last.id not in delivery.settled_papers


def _names(products: tuple[Product, ...]) -> str:
    return ", ".join(product.name for product in products[:3])


def _confirmed(delivery: Delivery, made: list[Transaction]) -> Said:
    """In Input, two steps to go: what comes next is said (ward 20), and what of it stays open (ward 16)."""
    steps = tuple(dict.fromkeys(name for order in delivery.orders for name in order.picking.next_names))
    places = dict.fromkeys(add.destination_name for add in delivery.additions if add.destination_name)
    return ok(
        "confirmed",
        reference=", ".join(one.reference for one in made),
        lines=sum(len(one.lines) for one in made),
        document=delivery.names,
        place=", ".join(places) if steps else "",
        steps=", ".join(steps),
        count=len(steps),
        unidentified=len(delivery.nameless),
    )


def _covered(_machine: Machine[Delivery], step: Step[Delivery], ward: Ward) -> Step[Delivery]:
    """Who closed short saw what is missing; once they go on scanning, nobody is told again (design 7)."""
    if step.job.closing or step.confirmed or step.job.blind or not ward.policy.blind_receiving:
        return step
    return replace(step, job=replace(step.job, blind=True))


def _called(delivery: Delivery) -> tuple[str, str]:
    return delivery.partner_name or delivery.names, delivery.names


RECEIPT: Machine[Delivery] = Machine(
    name="receipt",
    state=Delivery,
    words=frozenset({"receive"}),
    codes=frozenset({"incoming"}),
    start=_start,
    act=Act.RECEIVE,
    rules=RULES,
    agreed=agreed,
    told=told,
    row=_row,
    place=_put_in,
    papers=papers,
    closing=closing_question,
    refreshed=_opened_again,
    transactions=transactions,
    confirmed=_confirmed,
    called=_called,
    commands=COMMANDS,
    unknown=unknown,
    caught_up=caught_up,
    follows=_covered,
    stops=booked_question,
    rest=rest,
)


def _not_begun(_begin: Start, _ward: Ward) -> Said:
    """It comes of a delivery that is finished, never of itself."""
    return no("scan_the_order")


def _called_unidentified(delivery: Delivery) -> tuple[str, str]:
    title, document = _called(delivery)
    return f"{title} · {len(delivery.nameless)}", document


UNIDENTIFIED: Machine[Delivery] = replace(
    RECEIPT,
    name="unidentified",
    state=Unidentified,
    words=frozenset(),
    codes=frozenset(),
    start=_not_begun,
    called=_called_unidentified,
)
"""What nobody has named yet of a finished delivery: named there, it becomes a receipt of its own (ward 16)."""
