"""What a finger presses, a command barcode says or a replay file writes while a delivery is open."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from client.work.answer import READY, Choice, Command, Question, ask, no, ok
from client.work.days import typed_day
from client.work.delivery import Delivery, Pending
from client.work.item import for_tracking, pack_name, recounted, reopened
from client.work.people import Act
from client.work.receipt_steps import Step, Ward, advance, question, short_question
from client.work.rules import row_key
from sync.transaction import Answer


def command(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """The answer to what a finger pressed, a command barcode said, or a replay file wrote."""
    if delivery.finished:
        return Step(delivery, no("already_confirmed"))
    known = _COMMANDS.get(said.name)
    if known is None:
        return Step(delivery, no("unknown_command", command=said.name))
    return known(delivery, said, ward)


def _answer(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """An answer must be one of the choices, and one the role may give."""
    asked = question(delivery, ward)
    if asked is None:
        return Step(delivery, no("nothing_asked", command=said.name))
    chosen = _chosen(asked, said)
    if chosen is None:
        return Step(delivery, no("not_a_choice", command=said.name, question=asked.code))
    if not chosen.allowed:
        return Step(delivery, no("needs_role", act=chosen.act, question=asked.code))
    if delivery.closing and not delivery.pending:
        return _closed(delivery, chosen)
    return _settled(delivery, asked, chosen, ward)


def _chosen(asked: Question, said: Command) -> Choice | None:
    exact = (choice for choice in asked.choices if choice.command == said)
    return next(exact, None)


def _closed(delivery: Delivery, chosen: Choice) -> Step:
    if chosen.command.name == "no":
        return Step(replace(delivery, closing=False), READY)
    short = chosen.command.name == "close-short" or delivery.create_backorder == "never"
    return Step(delivery, ok("confirmed"), confirmed=True, close_short=short)


def _settled(delivery: Delivery, asked: Question, chosen: Choice, ward: Ward) -> Step:
    if chosen.command.name == "no":
        dropped = replace(delivery, pending=None)
        return Step(dropped, no("set_aside", question=asked.code, **asked.facts))
    pending = _open(delivery)
    answer = Answer(asked.code, chosen.command.name, ward.person.name, ward.now)
    return advance(delivery, replace(pending, settled=(*pending.settled, answer)), ward)


def _open(delivery: Delivery) -> Pending:
    if delivery.pending is None:
        raise ValueError("no open item")
    return delivery.pending


def _lot(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """A typed, scanned or chosen lot (or serial). Trimmed, else exactly as given (design 13.7)."""
    asked = question(delivery, ward)
    name = said.value.strip()
    if asked is None or not (asked.asks_for in {"lot", "serial"} or _chosen(asked, said)):
        return Step(delivery, no("lot_not_asked", lot=name))
    if not name or len(name) > _LONGEST_LOT:
        return Step(delivery, no("lot_is_no_lot", lot=name[:_LONGEST_LOT]))
    return advance(delivery, replace(_open(delivery), lot_name=name), ward)


_LONGEST_LOT = 50
"""GS1 allows 20 characters, HIBC 18; beyond this it is not a lot but a sentence or another barcode."""


def _make_lot(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """A marked lot of our own for goods that came without one; who made it and why stand in the answers (ward 14)."""
    asked = question(delivery, ward)
    if asked is None or asked.code != "lot_missing":
        return Step(delivery, no("nothing_asked", command=said.name))
    if not ward.person.may(Act.MAKE_LOT):
        return Step(delivery, no("needs_role", act=Act.MAKE_LOT, question=asked.code))
    name = f"OWN-{ward.policy.day_of(ward.now):%y%m%d}-{delivery.uuid[:4].upper()}-{delivery.next_number}"
    answer = Answer("lot_missing", f"make-lot {said.value}".strip(), ward.person.name, ward.now)
    pending = _open(delivery)
    return advance(delivery, replace(pending, lot_name=name, settled=(*pending.settled, answer)), ward)


def _expiry(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """A typed day, or the chosen one. MM/YYYY is the last day of the month (ward 14)."""
    asked = question(delivery, ward)
    if asked is None or asked.asks_for != "expiry":
        return Step(delivery, no("expiry_not_asked", day=said.value))
    day = typed_day(said.value)
    if day is None:
        return Step(delivery, no("not_a_day", day=said.value))
    pending = _open(delivery)
    if day == pending.other_day:
        answer = Answer(asked.code, f"expiry {day.isoformat()}", ward.person.name, ward.now)
        pending = replace(pending, settled=(*pending.settled, answer))
    return advance(delivery, replace(pending, expiry=day), ward)


def _product(delivery: Delivery, said: Command, ward: Ward) -> Step:
    candidates = delivery.pending.candidates if delivery.pending else ()
    chosen = next((product for product in candidates if str(product.id) == said.value), None)
    if chosen is None:
        return Step(delivery, no("nothing_asked", command=said.name))
    pending = replace(_open(delivery), product=chosen, candidates=(), unit=chosen.uom_name)
    return advance(delivery, for_tracking(pending), ward)


def _qty(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """How many: of the open item, of a pack nobody recorded, or of the item just added ("how many of this lot?")."""
    count = _typed_number(said.value)
    if count is None:
        return Step(delivery, no("not_a_number", text=said.value))
    asked = question(delivery, ward)
    if asked and asked.asks_for == "qty":
        answer = Answer(asked.code, str(count), ward.person.name, ward.now)
        pending = _open(delivery)
        sized = replace(pending, per_unit=count, unit=pack_name(pending, count), unknown_level="")
        return advance(delivery, replace(sized, settled=(*sized.settled, answer)), ward)
    if delivery.pending:
        return advance(delivery, recounted(delivery.pending, count), ward)
    if not delivery.additions:
        return Step(delivery, no("item_before_qty"))
    return _change_last(delivery, count, ward)


def _change_last(delivery: Delivery, count: Decimal, ward: Ward) -> Step:
    last = delivery.additions[-1]
    without = replace(delivery, additions=delivery.additions[:-1])
    step = advance(without, recounted(reopened(last), count), ward)
    if step.said.tone == "no":
        return replace(step, delivery=delivery)
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
    if delivery.pending:
        return Step(replace(delivery, pending=None), ok("undone_open"))
    if delivery.closing:
        return Step(replace(delivery, closing=False), READY)
    if not delivery.additions:
        return Step(delivery, no("nothing_to_undo"))
    wanted = said.value or str(delivery.additions[-1].number)
    gone = next((add for add in delivery.additions if str(add.number) == wanted), None)
    if gone is None:
        return Step(delivery, no("nothing_to_undo"))
    left = replace(delivery, additions=tuple(add for add in delivery.additions if add.number != gone.number))
    row = row_key(gone.product.id, unexpected=gone.unexpected)
    facts = {"product": gone.product.name, "quantity": gone.quantity, "total": left.received(gone.product.id)}
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
    if not delivery.short() or not any(not add.unexpected for add in delivery.additions):
        return Step(delivery, ok("confirmed"), confirmed=True)
    closing = replace(delivery, closing=True)
    asked = short_question(closing, ward)
    return Step(closing, ask(asked.code, **asked.facts))


def _close_short(delivery: Delivery, said: Command, ward: Ward) -> Step:
    """`close-short` at once, or as the answer to what is short."""
    if not delivery.closing:
        step = _confirm(delivery, said, ward)
        if step.confirmed or not step.delivery.closing:
            return step
        delivery = step.delivery
    if delivery.create_backorder == "never":
        said = Command("yes")
    return _answer(delivery, said, ward)


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
