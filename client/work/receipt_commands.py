"""What a finger presses, a command barcode says or a replay file writes while a delivery is open."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from client.work.answer import READY, Choice, Command, Question, ask, no, ok
from client.work.days import typed_day
from client.work.delivery import Addition, Delivery, Pending
from client.work.item import for_tracking, pack_name, packed, recounted, reopened
from client.work.people import Act
from client.work.receipt_steps import Step, Ward, advance, answered, closing_question, question
from client.work.rules import MOST, row_key
from sync.stock import whole_steps
from sync.transaction import Answer


def command(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """The answer to what a finger pressed, a command barcode said, or a replay file wrote."""
    if delivery.finished:
        return Step(delivery, no("already_confirmed"))
    known = _COMMANDS.get(said.name)
    if known is None:
        return Step(delivery, no("unknown_command", command=said.name))
    return known(answered(delivery, ward), said, ward)


def opened(delivery: Delivery) -> Pending:
    """The open item. Asked only where a question about it is open: else it is a bug."""
    if delivery.pending is None:
        raise ValueError("no open item")
    return delivery.pending


def _answer(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """An answer must be one of the choices, and one the role may give."""
    asked = question(delivery, ward)
    if asked is None:
        return Step(delivery, no("nothing_asked", command=said.name))
    chosen = next((choice for choice in asked.choices if choice.command == said), None)
    if chosen is None:
        return Step(delivery, no("not_a_choice", command=said.name, question=asked.code))
    if not chosen.allowed:
        return Step(delivery, no("needs_role", act=chosen.act, question=asked.code))
    if delivery.pending is None:
        return _closed(delivery, asked, chosen, ward)
    if chosen.command.name == "no":
        return Step(delivery.dropped(), no(_set_aside(delivery.pending), question=asked.code, **asked.facts))
    return advance(delivery, _told(delivery.pending, asked, chosen.command.name, ward), ward)


def _set_aside(pending: Pending) -> str:
    return "left_as_it_was" if pending.instead_of else "set_aside"


def _told(pending: Pending, asked: Question, choice: str, ward: Ward) -> Pending:
    """The item with one more thing decided: what was asked, what was chosen, by whom, when (design 13.2)."""
    answer = Answer(asked.code, choice, ward.person.name, ward.now)
    return replace(pending, settled=(*pending.settled, answer))


def _closed(delivery: Delivery, asked: Question, chosen: Choice, ward: Ward) -> Step:
    """An answer while finishing; the next question follows, or the delivery is finished."""
    if chosen.command.name == "no":
        return Step(replace(delivery, closing=False), READY)
    if asked.code == "too_much_now":
        answer = Answer(f"too_much_now {asked.facts['product_id']}", "yes", ward.person.name, ward.now)
        return _finish(replace(delivery, answers=(*delivery.answers, answer)), ward)
    short = chosen.command.name == "close-short" or delivery.create_backorder == "never"
    choice = "close-short" if short else "keep-rest-open"
    answer = Answer("short", choice, ward.person.name, ward.now)
    delivery = replace(delivery, answers=(*delivery.answers, answer))
    return Step(delivery, ok("confirmed"), confirmed=True, close_short=short)


def _lot(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """A typed, scanned or chosen lot (or serial). Trimmed, else exactly as given (design 13.7)."""
    asked = question(delivery, ward)
    name = said.value.strip()
    if asked is None or not (
        asked.asks_for in {"lot", "serial"} or said in {choice.command for choice in asked.choices}
    ):
        return Step(delivery, no("lot_not_asked", lot=name))
    if not name or len(name) > _LONGEST_LOT:
        return Step(delivery, no("lot_is_no_lot", lot=name[:_LONGEST_LOT]))
    pending = replace(opened(delivery), lot_name=name, doubtful=False)
    return advance(delivery, _told(pending, asked, f"lot {name}", ward), ward)


_LONGEST_LOT = 50
"""GS1 allows 20 characters, HIBC 18; beyond this it is not a lot but a sentence or another barcode."""


def _make_lot(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """A marked lot of our own for goods that came without one; who made it and why stand in the answers (ward 14)."""
    asked = question(delivery, ward)
    if asked is None or asked.code != "lot_missing":
        return Step(delivery, no("nothing_asked", command=said.name))
    if not ward.person.may(Act.MAKE_LOT):
        return Step(delivery, no("needs_role", act=Act.MAKE_LOT, question=asked.code))
    if not said.value:
        return Step(delivery, no("reason_missing"))
    name = f"{OWN_LOT}{ward.policy.day_of(ward.now):%y%m%d}-{delivery.uuid[:4].upper()}-{delivery.next_number}"
    pending = replace(opened(delivery), lot_name=name)
    return advance(delivery, _told(pending, asked, f"make-lot {said.value}", ward), ward)


OWN_LOT = "OWN-"
"""How a lot begins that a person made here because the goods had none."""


def _expiry(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """A typed day, or the chosen one. MM/YYYY is the last day of the month (ward 14)."""
    asked = question(delivery, ward)
    if asked is None or asked.asks_for != "expiry":
        return Step(delivery, no("expiry_not_asked", day=said.value))
    day = typed_day(said.value)
    if day is None:
        return Step(delivery, no("not_a_day", day=said.value))
    pending = replace(opened(delivery), expiry=day)
    return advance(delivery, _told(pending, asked, f"expiry {day.isoformat()}", ward), ward)


def _product(delivery: Delivery, said: Command, ward: Ward) -> Step:
    candidates = delivery.pending.candidates if delivery.pending else ()
    chosen = next((product for product in candidates if str(product.id) == said.value), None)
    asked = question(delivery, ward)
    if chosen is None or asked is None:
        return Step(delivery, no("nothing_asked", command=said.name))
    hits = ward.catalogue.by_barcode(opened(delivery).code)
    packaging = next((hit.packaging for hit in hits if hit.product.id == chosen.id), None)
    pending = for_tracking(packed(replace(opened(delivery), product=chosen, candidates=()), packaging))
    return advance(delivery, _told(pending, asked, f"product {chosen.id}", ward), ward)


def _qty(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """How many: of the open item, of a pack nobody recorded, of the item just added, with `of N` of addition N."""
    text, _, number = said.value.partition(" of ")
    count = _typed_number(text)
    if count is None:
        return Step(delivery, no("not_a_number", text=text))
    delivery = replace(delivery, closing=False)
    asked = question(delivery, ward)
    if asked and asked.code == "pack_size":
        return _sized(delivery, asked, count, ward)
    if delivery.pending:
        counted = recounted(delivery.pending, count)
        return advance(delivery, _told(counted, asked, str(count), ward) if asked and asked.asks_for else counted, ward)
    wanted = number.strip() or str(delivery.current)
    last = next((add for add in delivery.additions if str(add.number) == wanted), None)
    return _changed(delivery, last, count, ward) if last else Step(delivery, no("item_before_qty"))


def _sized(delivery: Delivery, asked: Question, size: Decimal, ward: Ward) -> Step:
    """How many base units are in a pack that nobody has recorded: asked, never derived (design 13.6)."""
    pending = opened(delivery)
    step = pending.product.uom_rounding if pending.product else Decimal(1)
    if not 0 < size <= MOST or not whole_steps(size, step):
        return Step(delivery, no("not_a_pack_size", text=str(size)))
    sized = replace(pending, per_unit=size, unit=pack_name(pending, size), unknown_level="")
    return advance(delivery, _told(sized, asked, str(size), ward), ward)


def _changed(delivery: Delivery, last: Addition, count: Decimal, ward: Ward) -> Step:
    """Another quantity for an addition, judged as if it had just come; it stays as it was until that is agreed to."""
    step = advance(delivery.without(last.number), recounted(reopened(last, ward.person), count), ward)
    if step.said.tone == "no":
        return replace(step, delivery=replace(delivery, current=last.number))
    return step


def _typed_number(text: str) -> Decimal | None:
    """A plain number; a comma is a decimal point. No exponents, no signs, no infinities."""
    plain = text.strip().replace(",", ".")
    if not plain or not set(plain) <= set("0123456789."):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _undo(delivery: Delivery, said: Command, _ward: Ward) -> Step:
    """Take back the open item, or the last one added, or with `undo N` the addition of that number."""
    if delivery.pending and not said.value:
        code = "left_as_it_was" if delivery.pending.instead_of else "undone_open"
        return Step(delivery.dropped(), ok(code))
    if delivery.closing and not said.value:
        return Step(replace(delivery, closing=False), READY)
    last = str(delivery.additions[-1].number) if delivery.additions else ""
    gone = next((add for add in delivery.additions if str(add.number) == (said.value or last)), None)
    if gone is None:
        return Step(delivery, no("nothing_to_undo"))
    left = replace(delivery.without(gone.number), closing=False)
    row = row_key(gone.product.id, unexpected=gone.unexpected)
    same = (add.quantity for add in left.additions if add.product.id == gone.product.id)
    facts = {"product": gone.product.name, "quantity": gone.quantity, "total": sum(same, Decimal(0))}
    return Step(left, ok("undone", unit=gone.product.uom_name, **facts).at(row))


def _confirm(delivery: Delivery, _said: Command, ward: Ward) -> Step:
    """Finish. Open questions come first; what is short is announced with what Odoo will do about it (ward 21)."""
    if delivery.pending:
        asked = question(delivery, ward)
        return Step(delivery, no("answer_first", question=asked.code if asked else ""))
    if not delivery.additions:
        return Step(delivery, no("nothing_scanned"))
    if not ward.person.may(Act.RECEIVE):
        return Step(delivery, no("needs_role", act=Act.RECEIVE, question=""))
    return _finish(replace(delivery, answers=()), ward)


def _finish(delivery: Delivery, ward: Ward) -> Step:
    """The next thing to ask before finishing, or the end of it."""
    asked = closing_question(delivery, ward)
    if asked is None:
        return Step(delivery, ok("confirmed"), confirmed=True)
    return Step(replace(delivery, closing=True, current=0), ask(asked.code, **asked.facts))


def _close_short(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """`close-short` at once, or as the answer to what is short."""
    if not delivery.closing:
        step = _confirm(delivery, said, ward)
        if step.confirmed or not step.delivery.closing:
            return step
        delivery = step.delivery
    return _answer(delivery, Command("yes") if delivery.create_backorder == "never" else said, ward)


_COMMANDS: dict[str, Callable[[Delivery, Command, Ward], Step]] = {
    "yes": _answer,
    "no": _answer,
    "use-label": _answer,
    "use-known": _answer,
    "lot": _lot,
    "serial": _lot,
    "make-lot": _make_lot,
    "expiry": _expiry,
    "product": _product,
    "qty": _qty,
    "undo": _undo,
    "confirm": _confirm,
    "close-short": _close_short,
}
