"""How a delivery takes goods: what an agreed item becomes, what is said of it, what finishing still asks."""

from dataclasses import replace
from decimal import Decimal

from client.work.answer import Choice, Command, Question, Said, ok
from client.work.case import GO_ON, Case
from client.work.job import Addition, Pending
from client.work.receiving.care import ASIDE, COLD, cold_question, goes_aside, home_of, quarantine_of, was_warm
from client.work.receiving.delivery import Delivery
from client.work.receiving.papers import note_question
from client.work.receiving.rows import row_key
from client.work.receiving.rules import agreed_expiry, too_much
from client.work.receiving.since import no_longer_fit
from client.work.rules import keeps_expiry
from client.work.site.people import Act
from client.work.ward import Ward
from sync.stock import Tracking
from sync.transaction import Answer


def agreed(case: Case[Delivery]) -> Addition:
    """What an item becomes that nobody objects to."""
    pending, product, before = case.pending, case.product, case.pending.instead_of
    lot = case.lot
    add = Addition(
        number=before.number if before else case.job.next_number,
        product=product,
        quantity=pending.quantity,
        unit=pending.unit or product.uom_name,
        count=pending.quantity / pending.per_unit,
        destination_id=0,
        destination_name="",
        scanned_at=case.ward.now,
        lot_name="" if product.tracking is Tracking.NONE else pending.lot_name,
        lot_id=lot.id if lot else None,
        expiry=agreed_expiry(case),
        serial=pending.serial,
        batch=pending.batch,
        unexpected=before.unexpected if before else not (case.job.waiting or case.job.moves_of(product.id)),
        evidence=pending.evidence,
        settled=(*pending.settled, *_inherited(case)),
        picking_id=pending.picking_id,
    )
    return _placed(case, add)


def _placed(case: Case[Delivery], add: Addition) -> Addition:
    """Where it goes: what is put aside to quarantine, else where it was, or where Odoo wants it."""
    before, (place_id, place_name) = case.pending.instead_of, home_of(case.job, case.product)
    aside = quarantine_of(case.job, place_id, case.ward) if goes_aside(case) else None
    if aside:
        return replace(add, destination_id=aside.id, destination_name=aside.name, placed=True)
    if before and not before.choice(ASIDE):
        place_id, place_name = before.destination_id, before.destination_name
        return replace(add, destination_id=place_id, destination_name=place_name, placed=before.placed)
    return replace(add, destination_id=place_id, destination_name=place_name)


def _inherited(case: Case[Delivery]) -> tuple[Answer, ...]:
    """What was decided about the lot's date holds for each pack of it, also when the first one is taken back."""
    if case.pending.choice("lot_two_dates"):
        return ()
    mine = (add for add in case.job.additions if add.product.id == case.product.id)
    same = (add for add in mine if add.lot_name == case.pending.lot_name)
    return tuple(answer for add in same for answer in add.settled if answer.question == "lot_two_dates")[:1]


def told(delivery: Delivery, add: Addition, pending: Pending) -> Said:
    """What is said of it: the order it goes on is the oldest that waits, unless a person chose (ward 12)."""
    before = pending.instead_of
    order = order_of(delivery, add)
    kind = ("corrected" if _corrects(add, before) else "changed") if before else "added"
    return ok(
        f"{kind}_beside" if add.unexpected else kind,
        quantity=add.quantity,
        was=_was(add, before),
        unit=add.product.uom_name,
        pack=add.unit if add.unit != add.product.uom_name else "",
        count=add.count,
        product=add.product.name,
        lot=add.lot_name,
        day=add.expiry,
        serial=add.product.tracking is Tracking.SERIAL,
        total=delivery.received(add.product.id),
        ordered=Decimal(0) if delivery.blind else delivery.ordered(add.product.id),
        order=order,
        place=add.destination_name,
        aside=add.destination_name if add.choice(ASIDE) else "",
        date_not_kept=pending.expiry is not None and not keeps_expiry(add.product),
    ).at(row_of(delivery, add))


def _corrects(add: Addition, before: Addition | None) -> bool:
    return before is not None and (add.lot_name, add.expiry) != (before.lot_name, before.expiry)


def _was(add: Addition, before: Addition | None) -> object:
    if before is None:
        return Decimal(0)
    if _corrects(add, before):
        return " · ".join(str(part) for part in (before.lot_name, before.expiry) if part)
    return before.quantity


def order_of(delivery: Delivery, add: Addition) -> str:
    """What people call the order an addition goes on."""
    order = delivery.order(delivery.papers_for(add))
    return order.name if order else delivery.orders[0].name


def row_of(delivery: Delivery, add: Addition) -> str:
    """The row it is shown in."""
    picking_id = delivery.papers_for(add)
    joined = picking_id if picking_id != delivery.picking.id else 0
    return row_key(add.product.id, unexpected=add.unexpected, picking_id=joined)


# -------------------------------------------------------------------- the end


def closing_question(delivery: Delivery, ward: Ward) -> Question | None:
    """What finishing still asks: is there an order, its papers, was it kept cold, is it still fit, too much, short."""
    return (
        _no_order(delivery, ward)
        or note_question(delivery, ward)
        or _cold(delivery, ward)
        or no_longer_fit(delivery, ward)
        or _too_much_now(delivery, ward)
        or _short(delivery, ward)
    )


def _no_order(delivery: Delivery, ward: Ward) -> Question | None:
    """The order is still not here: it waits for it, or somebody who may says that there is none (ward 9)."""
    if not delivery.waiting or delivery.without_order:
        return None
    may = ward.may(Act.BLIND_RECEIPT)
    none = Choice(Command("no-order"), "no_order", {"order": delivery.picking.origin}, str(Act.BLIND_RECEIPT), may)
    return Question(
        "order_not_here", {"order": delivery.picking.origin}, (Choice(Command("wait"), "wait_for_order"), none)
    )


def _cold(delivery: Delivery, ward: Ward) -> Question | None:
    """Goods to be kept cold since the site said so, or found warm later where nothing can be put aside."""
    mine = [add for add in delivery.additions if ward.plan.cold_chain(add.product)]
    if not mine:
        return None
    if delivery.told_once(COLD) is not None:
        left = [add for add in mine if add.destination_id not in ward.plan.quarantines]
        warm = next(iter(left), None) if was_warm(delivery) else None
        return Question("cold_alarm", {"product": warm.product.name}, (GO_ON,)) if warm else None
    asked = cold_question(mine[0].product, ward)
    return replace(asked, choices=(*asked.choices[:-1], GO_ON))


def _too_much_now(delivery: Delivery, ward: Ward) -> Question | None:
    """The order shrank meanwhile, or came after its goods."""
    for product in {move.product.id: move.product for move in delivery.expected}.values():
        if _agreed_to_more(delivery, product.id):
            continue
        if asked := too_much(delivery, product, delivery.received(product.id), ward):
            code = "too_much_now_blind" if delivery.blind else "too_much_now"
            return replace(asked, code=code, choices=(asked.choices[0], GO_ON))
    return None


def _agreed_to_more(delivery: Delivery, product_id: int) -> bool:
    mine = (add for add in delivery.additions if add.product.id == product_id)
    asked = any(answer.question in {"too_much", "too_much_blind"} for add in mine for answer in add.settled)
    now = {f"too_much_now {product_id}", f"too_much_now_blind {product_id}"}
    return asked or any(answer.question in now for answer in delivery.answers)


def _short(delivery: Delivery, ward: Ward) -> Question | None:
    """The picking types decide what Odoo can do with the rest: ask, always keep it open, never (ward 21).

    An order of which nothing came stays open whatever is said: that is told, and alone there is nothing to close.
    """
    if not any(not add.unexpected for add in delivery.additions) or not delivery.short():
        return None
    told = {answer.question for answer in delivery.answers}
    untouched = delivery.untouched()
    begun = [order for order in delivery.orders if order not in untouched]
    kinds = {order.create_backorder for order in begun if delivery.unfinished(order.picking.id)}
    facts = {**_missing(delivery), "untouched": ", ".join(order.name for order in untouched)}
    may, act = ward.may(Act.CLOSE_SHORT), str(Act.CLOSE_SHORT)
    if "never" in kinds and "short_never" not in told:
        lost = Choice(Command("yes"), "rest_cancelled_by_odoo", {}, act, may)
        return Question("short_never", facts, (lost, GO_ON))
    # Who receives blind is not told what is missing: the rest stays open.
    open_ = kinds - {"never"} or (untouched and "short_never" not in told)
    if not open_ or "short" in told or delivery.blind:
        return None
    close = Choice(Command("close-short"), "close_short", {"untouched": facts["untouched"]}, act, may)
    ways = (close,) if "ask" in kinds else ()
    return Question("short", facts, (Choice(Command("yes"), "keep_rest_open"), *ways, GO_ON))


def _missing(delivery: Delivery) -> dict[str, object]:
    short = delivery.short()
    product = short[0].product
    return {
        "short": len({move.product.id for move in short}),
        "product": product.name,
        "received": delivery.received(product.id),
        "ordered": "" if delivery.blind else delivery.ordered(product.id),
    }
