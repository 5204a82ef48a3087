"""What every step of receiving shares: what it may look at, what it answers, and how an item is judged and added."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from client.work.answer import Choice, Command, Question, Said, ask, ok
from client.work.delivery import Addition, Delivery, Pending
from client.work.people import Act, Person
from client.work.policy import Policy
from client.work.rules import Case, agreed_expiry, judge, keeps_expiry, row_key
from sync.stock import Product, Tracking
from sync.store.catalogue import Catalogue


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
    """What must be answered before the next item: about the open item, or about closing."""
    if delivery.pending:
        verdict = judge(_case(delivery, delivery.pending, ward))
        return verdict if isinstance(verdict, Question) else None
    return short_question(delivery, ward) if delivery.closing else None


def _case(delivery: Delivery, pending: Pending, ward: Ward) -> Case:
    today = ward.policy.day_of(ward.now)
    return Case(pending, delivery, ward.catalogue, ward.person, ward.policy, today, ward.seen_before)


def advance(delivery: Delivery, pending: Pending, ward: Ward) -> Step:
    """Judge an item: ask, refuse (and keep what was open before), or add it."""
    case = _case(delivery, pending, ward)
    verdict = judge(case)
    if isinstance(verdict, Question):
        row = row_key(pending.product.id, unexpected=False) if pending.product else ""
        return Step(replace(delivery, pending=pending), ask(verdict.code, **verdict.facts).at(row))
    if isinstance(verdict, Said):
        return Step(delivery, verdict)
    add = _addition(case, ward)
    delivery = delivery.with_addition(add)
    return Step(delivery, _added(delivery, add))


def _addition(case: Case, ward: Ward) -> Addition:
    pending, product = case.pending, case.product
    place_id, place_name = _destination(case.delivery, product)
    lot = case.lot
    return Addition(
        number=case.delivery.next_number,
        product=product,
        quantity=pending.quantity,
        unit=pending.unit or product.uom_name,
        count=Decimal(1) if pending.count is None else pending.count,
        destination_id=place_id,
        destination_name=place_name,
        scanned_at=ward.now,
        lot_name="" if product.tracking is Tracking.NONE else pending.lot_name,
        lot_id=lot.id if lot else None,
        expiry=agreed_expiry(case),
        serial=pending.serial,
        batch=pending.batch,
        unexpected=not case.delivery.moves_of(product.id),
        evidence=pending.evidence,
        settled=pending.settled,
    )


def _destination(delivery: Delivery, product: Product) -> tuple[int, str]:
    """Where Odoo's pre-filled line puts it (ward 19); goods beside the order go where the order goes."""
    moves = delivery.moves_of(product.id)
    if moves:
        return moves[0].destination_id, moves[0].destination_name
    return delivery.picking.destination_id, ""


def _added(delivery: Delivery, add: Addition) -> Said:
    total = delivery.received(add.product.id)
    return ok(
        "added_beside" if add.unexpected else "added",
        quantity=add.quantity,
        unit=add.product.uom_name,
        pack=add.unit if add.unit != add.product.uom_name else "",
        count=add.count,
        product=add.product.name,
        lot=add.lot_name,
        day=add.expiry,
        serial=add.product.tracking is Tracking.SERIAL,
        total=total,
        ordered=delivery.ordered(add.product.id),
        order=delivery.picking.origin or delivery.picking.name,
        place=add.destination_name,
        undated=not keeps_expiry(add.product),
    ).at(row_key(add.product.id, unexpected=add.unexpected))


def short_question(delivery: Delivery, ward: Ward) -> Question:
    never = delivery.create_backorder == "never"
    close_act = None if ward.person.may(Act.CLOSE_SHORT) else Act.CLOSE_SHORT
    keep = Choice(Command("yes"), "rest_cancelled_by_odoo" if never else "keep_rest_open", {}, "", True)
    if never:
        keep = replace(keep, act=close_act or "", allowed=close_act is None)
    close = Choice(Command("close-short"), "close_short", {}, close_act or "", close_act is None)
    choices = (keep,) if never else (keep, close)
    short = delivery.short()
    facts = {
        "lines": len({move.product.id for move in short}),
        "product": short[0].product.name if short else "",
        "received": delivery.received(short[0].product.id) if short else Decimal(0),
        "ordered": delivery.ordered(short[0].product.id) if short else Decimal(0),
    }
    code = "short_never" if never else "short"
    return Question(code, facts, (*choices, Choice(Command("no"), "go_on_scanning")))
