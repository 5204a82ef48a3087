"""Receiving, step by step: a delivery and a scan become a delivery and an answer. Pure; `desk` keeps it on disk.

1. An open picking, or a product on one, opens the delivery (`open_delivery`).
2. A scan of product, lot, expiry and quantity in one symbol adds a line at once; what is missing is asked for,
   one thing at a time; a second symbol of the same item fills it in.
3. A shelf scanned after an item puts it there. `qty` changes the last item, `undo` takes it back.
4. `confirm` asks about what is short, then the desk makes the transactions.
"""

from dataclasses import replace
from decimal import Decimal

from client.work.answer import Said, no, ok
from client.work.bodies import transactions
from client.work.delivery import Delivery, Expected
from client.work.job import Job, Pending
from client.work.machine import Machine, Opened, Start
from client.work.meaning import PickingsMeant
from client.work.people import Act
from client.work.receipt_commands import COMMANDS
from client.work.receipt_rules import RULES, row_key
from client.work.receipt_steps import agreed, closing_question, told
from client.work.ward import Step, Ward
from sync.stock import Location, Picking, Product, Usage
from sync.store.catalogue import Catalogue
from sync.transaction import Transaction, new_uuid

_OVER = frozenset({"done", "cancel"})


def open_delivery(picking: Picking, ward: Ward) -> Delivery:
    """A new draft for an open incoming picking, with what Odoo still expects of it."""
    kind = ward.catalogue.picking_type(picking.picking_type_id)
    partner = ward.catalogue.partner(picking.partner_id) if picking.partner_id else None
    return Delivery(
        uuid=new_uuid(),
        picking=picking,
        partner_name=partner.name if partner else "",
        expected=_expected(picking, ward.catalogue),
        opened_at=ward.now,
        person=ward.person.name,
        create_backorder=kind.create_backorder if kind else "ask",
    )


def _start(begin: Start, ward: Ward) -> Opened[Delivery] | Said:
    if not ward.may(Act.RECEIVE):
        return no("needs_role", act=Act.RECEIVE, question="")
    if begin.picking is None:
        return no("scan_the_order")
    delivery = open_delivery(begin.picking, ward)
    if not delivery.expected:
        return no("nothing_expected", document=begin.picking.name)
    facts = {"document": begin.picking.name, "order": begin.picking.origin, "partner": delivery.partner_name}
    return Opened(delivery, ok("opened", **facts))


def refreshed(delivery: Delivery, ward: Ward) -> tuple[Delivery, tuple[Product, ...]]:
    """The delivery with what a later pull says is expected, and the products that are no longer on the order.

    What was scanned of those stays, beside the order. A picking that is closed or no longer visible changes nothing.
    """
    known = ward.catalogue.picking(delivery.picking.id)
    if delivery.finished or known is None or known.gone:
        return delivery, ()
    now = replace(delivery, expected=_expected(delivery.picking, ward.catalogue) or delivery.expected)
    gone = {
        add.product.id: add.product for add in now.additions if not (add.unexpected or now.moves_of(add.product.id))
    }
    moved = (replace(add, unexpected=add.unexpected or add.product.id in gone) for add in now.additions)
    return RECEIPT.answered(replace(now, additions=tuple(moved)), ward), tuple(gone.values())


def changed_goods(job: Job, catalogue: Catalogue) -> tuple[Product, ...]:
    """Scanned products that are archived by now, no longer visible, or counted in another unit (ward 34)."""
    scanned = {add.product.id: add.product for add in job.additions}
    now = {id_: catalogue.product(id_) for id_ in scanned}
    return tuple(product for id_, product in scanned.items() if (new := now[id_]) and _other(product, new))


def _other(before: Product, now: Product) -> bool:
    return not now.active or now.uom_id != before.uom_id


def _expected(picking: Picking, catalogue: Catalogue) -> tuple[Expected, ...]:
    prefilled = {line.move_id: line.destination_id for line in catalogue.move_lines(picking.id) if not line.picked}
    moves = sorted(catalogue.moves(picking.id), key=lambda move: move.id)
    return tuple(
        Expected(
            move_id=move.id,
            product=product,
            expected=max(move.expected - move.others_picked, Decimal(0)),
            uom_id=move.uom_id,
            destination_id=(place := prefilled.get(move.id, move.destination_id)),
            destination_name=_name_of(catalogue.location(place)),
        )
        for move in moves
        if (product := catalogue.product(move.product_id))
    )


def _name_of(location: Location | None) -> str:
    return location.name if location else ""


def _papers(delivery: Delivery, meant: PickingsMeant, _ward: Ward) -> Step[Delivery]:
    if any(picking.id == delivery.picking.id for picking in meant.pickings):
        return Step(delivery, ok("already_open", document=delivery.picking.name))
    return Step(delivery, no("another_order", document=meant.pickings[0].name, open=delivery.picking.name))


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
    put = replace(last, destination_id=location.id, destination_name=location.name, placed=True)
    additions = tuple(put if add.number == put.number else add for add in delivery.additions)
    facts = {"place": location.name, "product": last.product.name, "quantity": last.quantity}
    row = row_key(last.product.id, unexpected=last.unexpected)
    return Step(replace(delivery, additions=additions), ok("put_in", unit=last.product.uom_name, **facts).at(row))


def _row(delivery: Delivery, pending: Pending) -> str:
    product_id = pending.product.id if pending.product else 0
    beside = pending.instead_of.unexpected if pending.instead_of else not delivery.moves_of(product_id)
    return row_key(product_id, unexpected=beside)


def _opened_again(delivery: Delivery, ward: Ward) -> Opened[Delivery]:
    """A draft taken up again, with what the last pull says is expected."""
    delivery, gone = refreshed(delivery, ward)
    document = delivery.picking.name
    last = ward.catalogue.picking(delivery.picking.id)
    if last is not None and last.gone:
        said = ok("resumed_closed" if last.state in _OVER else "resumed_gone", document=document)
    elif stale := changed_goods(delivery, ward.catalogue):
        said = ok("resumed_stale", document=document, product=_names(stale))
    elif gone:
        said = ok("resumed_changed", document=document, product=_names(gone))
    else:
        said = ok("resumed", document=document, lines=len(delivery.additions))
    return Opened(delivery, said)


def _names(products: tuple[Product, ...]) -> str:
    return ", ".join(product.name for product in products[:3])


def _confirmed(delivery: Delivery, made: list[Transaction]) -> Said:
    lines, steps = sum(len(one.lines) for one in made), ", ".join(delivery.picking.next_names)
    return ok("confirmed", reference=made[0].reference, lines=lines, document=delivery.picking.name, steps=steps)


def _called(delivery: Delivery) -> tuple[str, str]:
    return delivery.partner_name or delivery.picking.name, delivery.picking.name


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
    papers=_papers,
    closing=closing_question,
    refreshed=_opened_again,
    transactions=transactions,
    confirmed=_confirmed,
    called=_called,
    commands=COMMANDS,
)
