"""Goods that do not go to their shelf: kept cold or not, on hold, damaged, expired (ward 17, 31).

Two clear acts: refused at the door is not received; taken into quarantine is received, and put aside.
"""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from client.work.answer import Choice, Command, Question, no, ok
from client.work.case import SET_ASIDE, Case, Verdict
from client.work.job import Addition, Pending
from client.work.machine import Machine
from client.work.receiving.delivery import Delivery, TurnedAway, part_of
from client.work.receiving.rows import row_key
from client.work.site.people import Act
from client.work.ward import Step, Ward
from sync.odoo.posting.checks import HELD, MOVE_ANYWAY
from sync.stock import Location, Product, Tracking, whole_steps
from sync.transaction import Answer

ASIDE: Final = "into_quarantine"
"""The answer on goods that a person put aside; what it says is why."""
COLD: Final = "cold_chain"
"""Asked once in a delivery."""
ALARM: Final = "alarm"
IN_RANGE: Final = "in-range"


# -------------------------------------------------------------------- where they go


def quarantine_of(delivery: Delivery, place_id: int, ward: Ward) -> Location | None:
    """Where goods are put aside that would have gone to that place, by the site's policy."""
    place = ward.catalogue.location(place_id) or ward.catalogue.location(delivery.picking.destination_id)
    return ward.plan.quarantine(place) if place else None


def goes_aside(case: Case[Delivery]) -> bool:
    """A person said so, or the cold chain was broken."""
    return bool(case.pending.choice(ASIDE)) or (
        was_warm(case.job) and case.ward.plan.cold_chain(case.product) is not None
    )


def was_warm(delivery: Delivery) -> bool:
    """What had to be kept cold was not."""
    return (delivery.told_once(COLD) or "").startswith(ALARM)


def home_of(delivery: Delivery, product: Product) -> tuple[int, str]:
    """Where Odoo's pre-filled line puts it (ward 19); goods beside the order go where the order goes."""
    moves = delivery.moves_of(product.id)
    return (moves[0].destination_id, moves[0].destination_name) if moves else (delivery.picking.destination_id, "")


# -------------------------------------------------------------------- rules


def kept_cold(case: Case[Delivery]) -> Verdict:
    """Asked when the first of such goods comes; what got warm is put aside, or refused where there is no place."""
    cold = case.ward.plan.cold_chain(case.product)
    if cold is None:
        return None
    if case.job.told_once(COLD) is None:
        return cold_question(case.product, case.ward)
    aside = quarantine_of(case.job, home_of(case.job, case.product)[0], case.ward)
    if not was_warm(case.job) or aside:
        return None
    return Question("cold_alarm", {"product": case.product.name}, (refuse_choice("cold_alarm"), SET_ASIDE))


def cold_question(product: Product, ward: Ward) -> Question:
    """Was it kept cold: in range, a reading, or not."""
    cold = ward.plan.cold_chain(product)
    facts = {"product": product.name, "lowest": cold.lowest if cold else "", "highest": cold.highest if cold else ""}
    ways = (Choice(Command("cold", "ok"), "kept_cold"), Choice(Command("cold", ALARM), "got_warm"), SET_ASIDE)
    return Question(COLD, facts, ways, asks_for="cold")


def not_held(case: Case[Delivery]) -> Verdict:
    """A lot on hold that arrives is put aside, or taken in by who may (ward 31); nearly that lot is asked about."""
    if case.pending.choice(HELD) or goes_aside(case):
        return None
    lot = "" if case.product.tracking is Tracking.NONE else case.pending.lot_name
    hold = case.ward.holds.why(case.product.id, lot, case.pending.batch)
    if hold is None:
        return None
    facts = {"product": case.product.name, "lot": lot, "why": hold.why, "near": hold.near}
    if hold.near:
        other = case.choice("another_lot_than_held", MOVE_ANYWAY)
        return Question(HELD, facts, (other, *ways_out(case, "on hold")))
    return Question(HELD, facts, (*ways_out(case, "on hold"), case.choice("take_held", MOVE_ANYWAY, Act.ACCEPT_HELD)))


def ways_out(case: Case[Delivery], reason: str) -> tuple[Choice, ...]:
    """Quarantine where the site has one, the door, or setting it aside undecided."""
    aside = quarantine_of(case.job, home_of(case.job, case.product)[0], case.ward)
    put = case.choice("put_in_quarantine", f"quarantine {reason}", Act.QUARANTINE, place=aside.name if aside else "")
    return (*((put,) if aside else ()), refuse_choice(reason), SET_ASIDE)


def refuse_choice(reason: str) -> Choice:
    """Not received; the reason is kept."""
    return Choice(Command("refuse", reason), "refuse_at_door")


# -------------------------------------------------------------------- words


def cold_said(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`cold ok`, `cold 5.4`, `cold alarm`: how the goods came, for the whole delivery.

    An alarm is taken back only by who may take in held goods, and stays on record.
    """
    product = _cold_goods(delivery, ward)
    cold = ward.plan.cold_chain(product) if product else None
    if product is None or cold is None:
        return Step(delivery, no("nothing_to_keep_cold"))
    reading = _degrees(said.value)
    if reading is None and said.value not in {"ok", ALARM}:
        return Step(delivery, no("not_a_temperature", text=said.value[:20]))
    warm = said.value == ALARM if reading is None else not cold.holds(reading)
    told = f"{ALARM if warm else IN_RANGE}{f' {reading:f} °C' if reading is not None else ''}"
    lifted = was_warm(delivery) and not warm
    if lifted and not ward.may(Act.ACCEPT_HELD):
        return Step(delivery, no("needs_role", act=Act.ACCEPT_HELD, question=""))
    told += f", was {delivery.told_once(COLD)}" if lifted else ""
    after = delivery.with_once(Answer(COLD, told, ward.by(Act.ACCEPT_HELD if lifted else None), ward.now))
    after = _all_aside(after, ward) if warm else after
    if after.pending:
        return machine.advance(after, after.pending, ward)
    if after.closing:
        return machine.finish(after, ward)
    return Step(after, ok("cold_noted", told=told, warm=warm))


def _cold_goods(delivery: Delivery, ward: Ward) -> Product | None:
    items = ([delivery.pending] if delivery.pending else []) + [*delivery.additions]
    products = (item.product for item in items if item.product)
    return next((product for product in products if ward.plan.cold_chain(product)), None)


def _degrees(text: str) -> Decimal | None:
    plain = text.strip().replace(",", ".").removesuffix("°C").strip()
    try:
        reading = Decimal(plain) if plain and set(plain) <= set("-0123456789.") else None
    except InvalidOperation:
        return None
    return reading if reading is not None and abs(reading) <= _WARMEST else None


_WARMEST: Final = 100


def _all_aside(delivery: Delivery, ward: Ward) -> Delivery:
    """What was scanned of the cold chain before somebody read the thermometer is put aside too."""
    additions = tuple(
        put_aside(add, aside, "cold chain", ward) if ward.plan.cold_chain(add.product) and aside else add
        for add in delivery.additions
        for aside in (quarantine_of(delivery, add.destination_id, ward),)
    )
    return replace(delivery, additions=additions)


def put_aside(add: Addition, aside: Location, reason: str, ward: Ward) -> Addition:
    """The addition in quarantine, and who said why."""
    others = (one for one in add.settled if one.question != ASIDE)
    answer = Answer(ASIDE, reason, ward.by(Act.QUARANTINE), ward.now)
    return replace(add, destination_id=aside.id, destination_name=aside.name, placed=True, settled=(*others, answer))


def quarantine_said(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`quarantine REASON`, `quarantine 3 REASON`: received, but put aside and not offered."""
    if not ward.may(Act.QUARANTINE):
        return Step(delivery, no("needs_role", act=Act.QUARANTINE, question=""))
    much, reason = _much(said.value)
    item = delivery.pending or delivery.addition(delivery.current)
    if item is None or item.product is None:
        return Step(delivery, no("item_before_aside"))
    if not reason:
        return Step(delivery, no("why_aside"))
    aside = quarantine_of(delivery, home_of(delivery, item.product)[0], ward)
    if aside is None:
        place = ward.catalogue.location(delivery.picking.destination_id)
        return Step(delivery, no("no_quarantine", place=place.complete_name if place else ""))
    if delivery.pending:
        return _pending_aside(machine, delivery, delivery.pending, much, reason, ward)
    add = delivery.addition(delivery.current)
    if add and add.choice(ASIDE):
        return Step(delivery, no("aside_already", product=add.product.name, reason=add.choice(ASIDE)))
    split = _split(delivery, add, much) if add else None
    if add is None or split is None:
        return Step(delivery, no("not_so_many", quantity=item.quantity))
    rest, part = split
    after = rest.with_addition(put_aside(part, aside, reason, ward)).with_aside(part.number, add)
    facts = {"product": add.product.name, "quantity": part.quantity, "unit": add.product.uom_name, "place": aside.name}
    return Step(after, ok("put_aside", reason=reason, **facts).at(_row(part)))


def _pending_aside(
    machine: Machine[Delivery], delivery: Delivery, pending: Pending, much: Decimal | None, reason: str, ward: Ward
) -> Step[Delivery]:
    answer = Answer(ASIDE, reason, ward.by(Act.QUARANTINE), ward.now)
    item = replace(pending, settled=(*pending.settled, answer))
    if much is None or much == pending.quantity:
        return machine.advance(delivery, item, ward)
    if pending.instead_of:
        return Step(delivery, machine.answer_first(delivery, ward))
    if pending.product is None or not _whole(much, pending.product):
        return Step(delivery, no("not_so_many", quantity=pending.quantity))
    counted = replace(item, base=much, count=None, per_unit=Decimal(1), unit=pending.product.uom_name)
    return machine.advance(delivery, counted, ward)


def refuse_said(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`refuse REASON`, `refuse 3 REASON`: not received; the order stays open for it, the reason goes along."""
    much, reason = _much(said.value)
    item = delivery.pending or delivery.addition(delivery.current)
    if item is None or item.product is None:
        return Step(delivery, no("item_before_refusal"))
    if not reason:
        return Step(delivery, no("why_refused"))
    if delivery.pending:
        return _pending_refused(machine, delivery, much, reason, ward)
    add = delivery.addition(delivery.current)
    split = _split(delivery, add, much) if add else None
    if add is None or split is None:
        return Step(delivery, no("not_so_many", quantity=item.quantity))
    rest, part = split
    return turned_away(rest, part, reason, ward, was=add)


def _pending_refused(
    machine: Machine[Delivery], delivery: Delivery, much: Decimal | None, reason: str, ward: Ward
) -> Step[Delivery]:
    pending = delivery.pending
    if pending is None or pending.product is None:
        return Step(delivery, no("item_before_refusal"))
    quantity, before = pending.quantity if much is None else much, pending.instead_of
    if before and not quantity == pending.quantity == before.quantity:
        return Step(delivery, machine.answer_first(delivery, ward))
    if not _whole(quantity, pending.product):
        return Step(delivery, no("not_so_many", quantity=pending.quantity))
    part = Addition(
        number=delivery.next_number,
        product=pending.product,
        quantity=quantity,
        unit=pending.product.uom_name,
        count=quantity,
        destination_id=0,
        destination_name="",
        scanned_at=ward.now,
        lot_name=pending.lot_name,
        expiry=pending.expiry,
        evidence=pending.evidence,
        unexpected=not delivery.moves_of(pending.product.id),
    )
    # What was to be changed is refused as a whole: it comes back only where the refusal is taken back.
    return turned_away(replace(delivery, pending=None), part, reason, ward, was=before)


def turned_away(delivery: Delivery, part: Addition, reason: str, ward: Ward, *, was: Addition | None) -> Step[Delivery]:
    """Left at the door: `part` of what `was` added before, or of what was never added."""
    away = TurnedAway(
        number=delivery.next_number,
        product=part.product,
        quantity=part.quantity,
        reason=reason,
        person=ward.person.name,
        at=ward.now,
        lot_name=part.lot_name,
        expiry=part.expiry,
        evidence=part.evidence,
        was=was,
        unexpected=part.unexpected,
    )
    after = replace(
        delivery, turned_away=(*delivery.turned_away, away), next_number=delivery.next_number + 1, current=0
    )
    facts = {"product": part.product.name, "quantity": part.quantity, "unit": part.product.uom_name}
    return Step(after, ok("turned_away", lot=part.lot_name, reason=reason, **facts).at(_row(part)))


def _split(delivery: Delivery, add: Addition, much: Decimal | None) -> tuple[Delivery, Addition] | None:
    """The delivery with what is left of an addition, and the part of it that is spoken of; None: not so many."""
    quantity = add.quantity if much is None else much
    if quantity == add.quantity:
        return delivery.without(add.number), add
    if quantity > add.quantity or not _whole(quantity, add.product):
        return None
    left = delivery.without(add.number).with_addition(part_of(add, add.quantity - quantity))
    return left, replace(part_of(add, quantity), number=left.next_number)


def _whole(quantity: Decimal, product: Product) -> bool:
    return quantity > 0 and whole_steps(quantity, product.uom_rounding)


def _much(text: str) -> tuple[Decimal | None, str]:
    """A number in front of the reason: so many base units of the item."""
    first, _, rest = text.strip().partition(" ")
    if first and set(first) <= set("0123456789."):
        try:
            return Decimal(first), rest.strip()
        except InvalidOperation:
            pass
    return None, text.strip()


def _row(add: Addition) -> str:
    return row_key(add.product.id, unexpected=add.unexpected)
