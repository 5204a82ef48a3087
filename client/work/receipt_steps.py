"""What every step of receiving shares: what it may look at, what it answers, and how an item is judged and added."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from client.work.answer import Choice, Command, Question, Said, ask, ok
from client.work.delivery import Addition, Delivery, Pending
from client.work.people import Act, Person
from client.work.policy import Policy
from client.work.rules import Case, agreed_expiry, judge, keeps_expiry, row_key, too_much
from sync.stock import Product, Tracking
from sync.store.catalogue import Catalogue
from sync.transaction import Answer


@dataclass(frozen=True, slots=True)
class Ward:
    """What a step may look at: local data, who acts, what the site decided, what time it is (UTC)."""

    catalogue: Catalogue
    person: Person
    policy: Policy
    now: datetime
    seen_before: Callable[[int, str], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """What one scan or command came to. `confirmed` tells the desk to make the transactions."""

    delivery: Delivery
    said: Said
    confirmed: bool = False
    close_short: bool = False


def question(delivery: Delivery, ward: Ward) -> Question | None:
    """What must be answered before the next item: about the open item, or about finishing."""
    if delivery.pending:
        verdict = judge(_case(delivery, delivery.pending, ward))
        return _stuck(verdict) if isinstance(verdict, Said) else verdict
    return closing_question(delivery, ward) if delivery.closing else None


def _stuck(refusal: Said) -> Question:
    """The open item was all right until a pull brought something new: it can only be set aside."""
    return Question(refusal.code, refusal.facts, (Choice(Command("no"), "set_aside"),))


def _case(delivery: Delivery, pending: Pending, ward: Ward) -> Case:
    today = ward.policy.day_of(ward.now)
    return Case(pending, delivery, ward.catalogue, ward.person, ward.policy, today, ward.seen_before)


def advance(delivery: Delivery, pending: Pending, ward: Ward) -> Step:
    """Judge an item: ask, refuse (and keep what was open before), or add it."""
    case = _case(delivery, pending, ward)
    verdict = judge(case)
    if isinstance(verdict, Question):
        row = row_key(pending.product.id, unexpected=False) if pending.product else ""
        return Step(replace(delivery, pending=pending, current=0), ask(verdict.code, **verdict.facts).at(row))
    if isinstance(verdict, Said):
        return Step(replace(delivery, current=0), verdict)
    add = _addition(case, ward)
    delivery = delivery.with_addition(add)
    return Step(delivery, _added(delivery, add, pending))


def answered(delivery: Delivery, ward: Ward) -> Delivery:
    """The delivery with its open item added, where a pull has meanwhile answered what was asked."""
    if delivery.pending and judge(_case(delivery, delivery.pending, ward)) is None:
        return advance(delivery, delivery.pending, ward).delivery
    return delivery


def _addition(case: Case, ward: Ward) -> Addition:
    pending, product, before = case.pending, case.product, case.pending.instead_of
    place_id, place_name = _destination(case.delivery, product)
    lot = case.lot
    return Addition(
        number=before.number if before else case.delivery.next_number,
        product=product,
        quantity=pending.quantity,
        unit=pending.unit or product.uom_name,
        count=pending.quantity / pending.per_unit,
        destination_id=before.destination_id if before else place_id,
        destination_name=before.destination_name if before else place_name,
        scanned_at=ward.now,
        lot_name="" if product.tracking is Tracking.NONE else pending.lot_name,
        lot_id=lot.id if lot else None,
        expiry=agreed_expiry(case),
        serial=pending.serial,
        batch=pending.batch,
        unexpected=before.unexpected if before else not case.delivery.moves_of(product.id),
        placed=before.placed if before else False,
        evidence=pending.evidence,
        settled=(*pending.settled, *_inherited(case)),
    )


def _inherited(case: Case) -> tuple[Answer, ...]:
    """What was decided about the lot's date holds for each pack of it, also when the first one is taken back."""
    if case.pending.choice("lot_two_dates"):
        return ()
    mine = (add for add in case.delivery.additions if add.product.id == case.product.id)
    same = (add for add in mine if add.lot_name == case.pending.lot_name)
    return tuple(answer for add in same for answer in add.settled if answer.question == "lot_two_dates")[:1]


def _destination(delivery: Delivery, product: Product) -> tuple[int, str]:
    """Where Odoo's pre-filled line puts it (ward 19); goods beside the order go where the order goes."""
    moves = delivery.moves_of(product.id)
    if moves:
        return moves[0].destination_id, moves[0].destination_name
    return delivery.picking.destination_id, ""


def _added(delivery: Delivery, add: Addition, pending: Pending) -> Said:
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
        if asked := too_much(product, total, ordered, ward.person, ward.policy):
            return replace(asked, code="too_much_now", choices=(asked.choices[0], _GO_ON))
    some_expected = any(not add.unexpected for add in delivery.additions)
    return _short_question(delivery, ward) if some_expected and delivery.short() else None


def _agreed_to_more(delivery: Delivery, product_id: int) -> bool:
    mine = (add for add in delivery.additions if add.product.id == product_id)
    asked = any(answer.question == "too_much" for add in mine for answer in add.settled)
    return asked or any(answer.question == f"too_much_now {product_id}" for answer in delivery.answers)


def _short_question(delivery: Delivery, ward: Ward) -> Question:
    """The picking type decides what Odoo can do with the rest: ask, always keep it open, never."""
    may = ward.person.may(Act.CLOSE_SHORT)
    act = "" if may else str(Act.CLOSE_SHORT)
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
