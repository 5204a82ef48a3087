"""The words of receiving alone: a lot of our own, all that is left, closing an order short, taking back a refusal."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from client.work.answer import READY, Command, Question, Said, no, ok
from client.work.case import Case, judge
from client.work.item import recounted, reopened
from client.work.job import Addition, Pending
from client.work.machine import Machine
from client.work.receiving.booked import BOOKED
from client.work.receiving.care import ASIDE, cold_said
from client.work.receiving.delivery import Delivery, TurnedAway, part_of
from client.work.receiving.orders import join_said, meant_for
from client.work.receiving.papers import note_said
from client.work.receiving.rows import row_key
from client.work.receiving.since import quarantine, refuse
from client.work.receiving.unknown import keep, name, pictured
from client.work.rules import pack_once, serial_once
from client.work.shared_words import changed, told, undone
from client.work.site.people import Act
from client.work.ward import Step, Ward
from sync.stock import Product, Tracking


def _make_lot(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """A marked lot of our own for goods that came without one; who made it and why stand in the answers (ward 14)."""
    asked = machine.question(delivery, ward)
    if asked is None or delivery.pending is None or asked.code != "lot_missing":
        return Step(delivery, no("nothing_asked", command=said.name))
    if not ward.may(Act.MAKE_LOT):
        return Step(delivery, no("needs_role", act=Act.MAKE_LOT, question=asked.code))
    if not said.value:
        return Step(delivery, no("reason_missing"))
    name = f"{OWN_LOT}{ward.policy.day_of(ward.now):%y%m%d}-{delivery.uuid[:4].upper()}-{delivery.next_number}"
    pending = replace(delivery.pending, lot_name=name)
    return machine.advance(delivery, told(pending, asked, f"make-lot {said.value}", ward, Act.MAKE_LOT), ward)


OWN_LOT: Final = "OWN-"
"""How a lot begins that a person made here because the goods had none."""


def _all(machine: Machine[Delivery], delivery: Delivery, _said: Command, ward: Ward) -> Step[Delivery]:
    """All that is left of the item just scanned, in its lot; without one, of everything that is not followed."""
    if delivery.blind:
        return Step(delivery, no("count_it"))
    if asked := machine.question(delivery, ward):
        return Step(delivery, no("answer_first", question=asked.code))
    last = delivery.addition(delivery.current)
    if last is None:
        return _all_untracked(machine, delivery, ward)
    left = delivery.left(last.product.id)
    if last.unexpected or left <= 0:
        return Step(delivery, no("nothing_left", product=last.product.name))
    whole, unit = last.quantity + left, reopened(last, ward)
    if whole % unit.per_unit:  # boxes do not divide it: counted in the product's own unit (ward 5)
        unit = replace(unit, per_unit=Decimal(1), unit=last.product.uom_name)
    return changed(machine, delivery, last, recounted(unit, whole / unit.per_unit), ward)


def _all_untracked(machine: Machine[Delivery], delivery: Delivery, ward: Ward) -> Step[Delivery]:
    """Each by its own rules; what raises a question is left for a scan."""
    after, lines = delivery, 0
    for product in _untracked(delivery):
        item = Pending(product=product, code=product.code, unit=product.uom_name, base=after.left(product.id))
        step = machine.advance(after, item, ward)
        if step.job.pending is None and len(step.job.additions) > len(after.additions):
            after, lines = step.job, lines + 1
    if not lines:
        return Step(delivery, no("nothing_untracked"))
    return Step(replace(after, current=0), ok("all_untracked", lines=lines))


def _untracked(delivery: Delivery) -> list[Product]:
    products = {move.product.id: move.product for move in delivery.expected}
    return [one for one in products.values() if one.tracking is Tracking.NONE and delivery.left(one.id) > 0]


def _confirm(machine: Machine[Delivery], delivery: Delivery, _said: Command, ward: Ward) -> Step[Delivery]:
    """Finish. What somebody must decide about booked goods comes first; without goods there is nothing to send."""
    if delivery.additions or delivery.pending:
        asked = machine.stops(delivery, ward) if machine.stops else None
        return Step(delivery, no("answer_first", question=asked.code)) if asked else machine.confirm(delivery, ward)
    if delivery.nameless:
        return Step(delivery, no("only_unidentified", lines=len(delivery.nameless)))
    if delivery.turned_away:
        return Step(delivery, no("only_refused", lines=len(delivery.turned_away)))
    return Step(delivery, no("nothing_scanned"))


def _close_short(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`close-short` at once, or as the answer to what is short. Who closes it sees what is missing."""
    if not ward.may(Act.CLOSE_SHORT):
        return Step(delivery, no("needs_role", act=Act.CLOSE_SHORT, question=""))
    if not delivery.closing:
        step = _confirm(machine, replace(delivery, blind=False), said, ward)
        asked = machine.question(step.job, ward)
        if asked is None or asked.code not in {"short", "short_never"}:
            return step
        delivery = step.job
    asked = machine.question(delivery, ward)
    if asked and asked.code not in {"short", "short_never"}:
        return Step(delivery, no("answer_first", question=asked.code))
    if asked and asked.code == "short" and asked.facts["untouched"] and said not in _ways(asked):
        return Step(delivery, no("nothing_to_close", order=asked.facts["untouched"]))
    return machine.answer(delivery, Command("yes") if asked and asked.code == "short_never" else said, ward)


def _ways(asked: Question) -> set[Command]:
    return {choice.command for choice in asked.choices}


def _wait(_machine: Machine[Delivery], delivery: Delivery, _said: Command, _ward: Ward) -> Step[Delivery]:
    """An order that is not here yet is waited for; what was scanned is kept (ward 9)."""
    if not delivery.waiting:
        return Step(delivery, READY)
    facts = {"order": delivery.picking.origin, "lines": len(delivery.additions)}
    return Step(replace(delivery, closing=False), ok("waits_for_order", **facts))


def _undo(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """As in all jobs; what was refused at the door comes back as it was, an unidentified line is dropped."""
    if (delivery.pending or delivery.closing) and not said.value:
        return undone(machine, delivery, said, ward)
    numbers = [one.number for kind in (delivery.additions, delivery.turned_away, delivery.nameless) for one in kind]
    last = max(numbers, default=0)
    number = said.value or str(last)
    away = next((one for one in delivery.turned_away if str(one.number) == number), None)
    if away:
        if twice := _twice(delivery, away, ward):
            return Step(delivery, twice)
        others = tuple(one for one in delivery.turned_away if one is not away)
        back = replace(delivery, turned_away=others, closing=False, current=0)
        back = back if away.was is None else _taken_in(back, away, away.was)
        facts = {"product": away.product.name, "quantity": away.quantity, "unit": away.product.uom_name}
        return Step(back, ok("undone_refusal", **facts).at(row_key(away.product.id, unexpected=away.unexpected)))
    kept = next((one for one in delivery.nameless if str(one.number) == number), None)
    if kept:
        left = tuple(one for one in delivery.unidentified if one is not kept)
        dropped = replace(delivery, unidentified=left, closing=False, current=0)
        return Step(dropped, ok("undone_unidentified", code=kept.text[:60]))
    aside = next((add for add in delivery.additions if str(add.number) == number), None)
    if aside and (back_again := _as_before(delivery, aside)):
        return back_again
    if aside and (was := _split_from(delivery, aside)):
        return _put_back(delivery, aside, was)
    if aside and (was := _scan_of(delivery, aside)):
        return _put_beside(delivery, aside, was)
    if not numbers and not said.value and (delivery.once or delivery.pallets or delivery.photos):
        # Nothing but papers was noted: a delivery can be left for good.
        return Step(replace(delivery, once=(), note_before="", pallets=(), photos=()), ok("undone_papers"))
    return undone(machine, delivery, said, ward)


def _taken_in(back: Delivery, away: TurnedAway, was: Addition) -> Delivery:
    """What was refused is there as before; where its scan was changed since, beside what is left of that."""
    left = back.addition(was.number)
    if left is None and was.quantity == away.quantity:
        return replace(back, additions=_in_order(back, was))
    if left and _is_rest(left, was, away.quantity):
        return _as_it_was(back, was)
    return replace(back, additions=_in_order(back, replace(part_of(was, away.quantity), number=away.number)))


def _is_rest(left: Addition, was: Addition, gone: Decimal) -> bool:
    """What is left of a scan after that much of it went another way, and nothing else was done with it."""
    same = (left.lot_name, left.expiry, left.destination_id) == (was.lot_name, was.expiry, was.destination_id)
    return same and left.choice(ASIDE) == was.choice(ASIDE) and left.quantity == was.quantity - gone


def _as_it_was(delivery: Delivery, was: Addition) -> Delivery:
    return replace(delivery, additions=tuple(was if add.number == was.number else add for add in delivery.additions))


def _as_before(delivery: Delivery, aside: Addition) -> Step[Delivery] | None:
    """What was put aside taken back to the scan it was, to the unit; where its rest went another way, beside it.

    None where it is not known what it was, or what is left of that scan was changed since: it goes back to that.
    """
    last = next((one for one in reversed(delivery.put_aside) if one.number == aside.number), None)
    if last is None or not aside.choice(ASIDE):
        return None
    was = last.was
    left = delivery.addition(was.number)
    whole = was.number == aside.number and (was.quantity, was.lot_name) == (aside.quantity, aside.lot_name)
    part = was.number != aside.number and left is not None and _is_rest(left, was, aside.quantity)
    if whole or part:
        after = _as_it_was(delivery if whole else delivery.without(aside.number), was)
    elif _split_from(delivery, aside):
        return None
    else:
        return _put_beside(delivery, aside, was)
    refused_of = any(away.was and away.was.number == aside.number for away in delivery.turned_away)
    known = tuple(one for one in delivery.put_aside if refused_of or one is not last)  # that may still come back
    after = replace(after, put_aside=known, closing=False, current=0)
    facts = {"product": was.product.name, "quantity": aside.quantity, "unit": was.product.uom_name}
    return Step(after, ok("undone_aside", **facts).at(row_key(was.product.id, unexpected=was.unexpected)))


def _split_from(delivery: Delivery, aside: Addition) -> Addition | None:
    """What some were put aside of, where they were a part of one scan."""
    if not aside.choice(ASIDE) or not aside.evidence:
        return None
    same = (aside.evidence, aside.lot_name, aside.expiry)
    others = (add for add in delivery.additions if (add.evidence, add.lot_name, add.expiry) == same)
    return next((add for add in others if not add.choice(ASIDE)), None)


def _scan_of(delivery: Delivery, aside: Addition) -> Addition | None:
    """The scan they were a part of, where nothing is left of it: all of it went another way."""
    if not aside.choice(ASIDE) or not aside.evidence:
        return None
    before = (*(away.was for away in delivery.turned_away), *(one.was for one in delivery.put_aside))
    mine = (was for was in before if was and was.evidence == aside.evidence and not was.choice(ASIDE))
    return next(mine, None)


def _put_beside(delivery: Delivery, aside: Addition, was: Addition) -> Step[Delivery]:
    """What was put aside is received as its scan was, for itself."""
    back = replace(part_of(was, aside.quantity), number=aside.number)
    after = replace(delivery.without(aside.number), closing=False, current=0)
    after = replace(after, additions=_in_order(after, back))
    facts = {"product": was.product.name, "quantity": aside.quantity, "unit": was.product.uom_name}
    return Step(after, ok("undone_aside", **facts).at(row_key(was.product.id, unexpected=was.unexpected)))


def _put_back(delivery: Delivery, aside: Addition, was: Addition) -> Step[Delivery]:
    """What was put aside is where it was before: taken back is the act, not the goods."""
    whole = part_of(was, was.quantity + aside.quantity)
    after = replace(delivery.without(aside.number), closing=False)
    after = replace(after, additions=tuple(whole if add is was else add for add in after.additions))
    facts = {"product": was.product.name, "quantity": aside.quantity, "unit": was.product.uom_name}
    return Step(after, ok("undone_aside", **facts).at(row_key(was.product.id, unexpected=was.unexpected)))


def _twice(delivery: Delivery, away: TurnedAway, ward: Ward) -> Said | None:
    """Why what was refused cannot come back: the same serial, or pack, was scanned again since."""
    if away.was is None:
        return None
    others = tuple(add for add in delivery.additions if add.evidence != away.was.evidence)
    case = Case(reopened(away.was, ward), replace(delivery, additions=others), ward)
    verdict = judge(case, (serial_once, pack_once))
    return verdict if isinstance(verdict, Said) else None


def _in_order(delivery: Delivery, add: Addition) -> tuple[Addition, ...]:
    return tuple(sorted((*delivery.additions, add), key=lambda one: one.number))


COMMANDS: Final = {
    "make-lot": _make_lot,
    "close-short": _close_short,
    "all": _all,
    "confirm": _confirm,
    "undo": _undo,
    "wait": _wait,
    "cold": cold_said,
    "quarantine": quarantine,
    "refuse": refuse,
    "join": join_said,
    "for": meant_for,
    "note": note_said,
    "photo": pictured,
    "unidentified": keep,
    "name": name,
    **BOOKED,
}
