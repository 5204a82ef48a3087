"""How a delivery takes goods: what an agreed item becomes, what is said of it, what finishing still asks."""

from dataclasses import replace
from decimal import Decimal

from client.work.answer import Choice, Command, Question, Said, ok
from client.work.case import Case
from client.work.delivery import Delivery
from client.work.job import Addition, Pending
from client.work.people import Act
from client.work.receipt_rules import agreed_expiry, row_key, too_much
from client.work.rules import keeps_expiry
from client.work.ward import Ward
from sync.stock import Product, Tracking
from sync.transaction import Answer


def agreed(case: Case[Delivery]) -> Addition:
    """What an item becomes that nobody objects to."""
    pending, product, before = case.pending, case.product, case.pending.instead_of
    place_id, place_name = _destination(case.job, product)
    lot = case.lot
    return Addition(
        number=before.number if before else case.job.next_number,
        product=product,
        quantity=pending.quantity,
        unit=pending.unit or product.uom_name,
        count=pending.quantity / pending.per_unit,
        destination_id=before.destination_id if before else place_id,
        destination_name=before.destination_name if before else place_name,
        scanned_at=case.ward.now,
        lot_name="" if product.tracking is Tracking.NONE else pending.lot_name,
        lot_id=lot.id if lot else None,
        expiry=agreed_expiry(case),
        serial=pending.serial,
        batch=pending.batch,
        unexpected=before.unexpected if before else not case.job.moves_of(product.id),
        placed=before.placed if before else False,
        evidence=pending.evidence,
        settled=(*pending.settled, *_inherited(case)),
    )


def _inherited(case: Case[Delivery]) -> tuple[Answer, ...]:
    """What was decided about the lot's date holds for each pack of it, also when the first one is taken back."""
    if case.pending.choice("lot_two_dates"):
        return ()
    mine = (add for add in case.job.additions if add.product.id == case.product.id)
    same = (add for add in mine if add.lot_name == case.pending.lot_name)
    return tuple(answer for add in same for answer in add.settled if answer.question == "lot_two_dates")[:1]


def _destination(delivery: Delivery, product: Product) -> tuple[int, str]:
    """Where Odoo's pre-filled line puts it (ward 19); goods beside the order go where the order goes."""
    moves = delivery.moves_of(product.id)
    if moves:
        return moves[0].destination_id, moves[0].destination_name
    return delivery.picking.destination_id, ""


def told(delivery: Delivery, add: Addition, pending: Pending) -> Said:
    """What is said of it."""
    before = pending.instead_of
    ends = "_beside" if add.unexpected else ""
    return ok(
        f"changed{ends}" if before else f"added{ends}",
        quantity=add.quantity,
        was=before.quantity if before else Decimal(0),
        unit=add.product.uom_name,
        pack=add.unit if add.unit != add.product.uom_name else "",
        count=add.count,
        product=add.product.name,
        lot=add.lot_name,
        day=add.expiry,
        serial=add.product.tracking is Tracking.SERIAL,
        total=delivery.received(add.product.id),
        ordered=delivery.ordered(add.product.id),
        order=delivery.picking.origin or delivery.picking.name,
        place=add.destination_name,
        date_not_kept=pending.expiry is not None and not keeps_expiry(add.product),
    ).at(row_key(add.product.id, unexpected=add.unexpected))


def closing_question(delivery: Delivery, ward: Ward) -> Question | None:
    """What finishing still asks: too much where the order shrank meanwhile, then what is short (ward 21)."""
    for product in {move.product.id: move.product for move in delivery.expected}.values():
        if _agreed_to_more(delivery, product.id):
            continue
        ordered, total = delivery.ordered(product.id), delivery.received(product.id)
        if asked := too_much(product, total, ordered, ward):
            return replace(asked, code="too_much_now", choices=(asked.choices[0], _GO_ON))
    if any(answer.question in {"short", "short_never"} for answer in delivery.answers):
        return None
    some_expected = any(not add.unexpected for add in delivery.additions)
    return _short_question(delivery, ward) if some_expected and delivery.short() else None


def _agreed_to_more(delivery: Delivery, product_id: int) -> bool:
    mine = (add for add in delivery.additions if add.product.id == product_id)
    asked = any(answer.question == "too_much" for add in mine for answer in add.settled)
    return asked or any(answer.question == f"too_much_now {product_id}" for answer in delivery.answers)


def _short_question(delivery: Delivery, ward: Ward) -> Question:
    """The picking type decides what Odoo can do with the rest: ask, always keep it open, never."""
    may = ward.may(Act.CLOSE_SHORT)
    act = str(Act.CLOSE_SHORT)
    keep, close = Choice(Command("yes"), "keep_rest_open"), Choice(Command("close-short"), "close_short", {}, act, may)
    lost = Choice(Command("yes"), "rest_cancelled_by_odoo", {}, act, may)
    ways = {"never": (lost,), "always": (keep,)}.get(delivery.create_backorder, (keep, close))
    short = delivery.short()
    product = short[0].product
    facts = {
        "lines": len({move.product.id for move in short}),
        "product": product.name,
        "received": delivery.received(product.id),
        "ordered": delivery.ordered(product.id),
    }
    return Question("short_never" if delivery.create_backorder == "never" else "short", facts, (*ways, _GO_ON))


_GO_ON = Choice(Command("no"), "go_on_scanning")
