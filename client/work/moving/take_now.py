"""Take now: place known, scan, no questions (ward 26). What is not complete waits, and is completed later.

What was asked and not answered is shown and stops nothing. Confirming posts what is complete; the rest stays on this
device as an open draft, `later`, with the moment it was taken, and counts as taken until somebody completes it.
"""

from collections.abc import Iterator
from dataclasses import replace

from client.work.answer import Command, Said, no, ok
from client.work.case import Case
from client.work.job import Addition, Pending
from client.work.machine import Machine, Opened, Start
from client.work.moving.answers import from_place
from client.work.moving.bodies import transactions
from client.work.moving.commands import COMMANDS
from client.work.moving.movement import FROM, Emergency, Later, Waiting
from client.work.moving.rules import HURRIED_RULES, agreed, filled, filled_in_a_hurry
from client.work.moving.steps import (
    begun,
    called,
    closing,
    confirmed,
    number_of_open,
    papers,
    refreshed,
    row,
    told,
    visit,
)
from client.work.shared_words import undone
from client.work.site.people import Act
from client.work.stock import Effect
from client.work.ward import Step, Ward
from sync.stock import Location, StockKey
from sync.transaction import Moment, Transaction, uuid_of


def _start(begin: Start, ward: Ward) -> Opened[Emergency] | Said:
    """`take-now` at a place scanned before or the only one served; `take-now REASON` says why at once."""
    opened = begun(Emergency, Act.USE, begin, ward)
    if isinstance(opened, Said) or not begin.value:
        return opened
    step = TAKE_NOW.command(opened.job, Command("reason", begin.value), ward)
    return Opened(step.job, step.said) if step.said.tone == "ok" else step.said


def _place(job: Emergency, place: Location, ward: Ward) -> Step[Emergency]:
    """Where the next goods are taken from; the open item's, where that is what it lacks."""
    asked = TAKE_NOW.question(job, ward)
    if job.pending and asked and asked.asks_for == "place":
        return from_place(TAKE_NOW, job, place, ward)
    return visit(TAKE_NOW.laid_aside(job, ward), place, FROM, ward)


def _waits(job: Emergency, why: str, ward: Ward) -> Emergency:
    """The open item is kept as it was said, to be completed."""
    if job.pending is None:
        return job
    item = filled(Case(job.pending, job, ward))
    number = number_of_open(job, item)
    one = Waiting(number, replace(item, instead_of=None), item.source_id, why, ward.now, ward.person.name)
    following = max(job.next_number, number + 1)
    return replace(job, later=(*job.later, one), pending=None, next_number=following)


def _waiting_row(job: Emergency, pending: Pending) -> str:
    """What is not complete is a line all the same; completed, it is one of its product."""
    return f"later:{number_of_open(job, pending)}"


def _undo(machine: Machine[Emergency], job: Emergency, said: Command, ward: Ward) -> Step[Emergency]:
    """What came last: an item that waits, or one that does not."""
    last = max((add.number for add in job.additions), default=0)
    waiting = next((one for one in reversed(job.later) if said.value in ("", str(one.number))), None)
    after_it = any(visit.after >= waiting.number for visit in job.visits) if waiting else False
    if job.pending or job.closing or waiting is None or after_it or (not said.value and waiting.number < last):
        return COMMANDS["undo"](machine, job, said, ward)
    left = replace(job, later=tuple(one for one in job.later if one is not waiting))
    return Step(left, ok("undone_waiting", product=_name(waiting), lot=waiting.item.lot_name))


def _name(waiting: Waiting) -> str:
    return waiting.item.product.name if waiting.item.product else waiting.item.code


def _rest(job: Emergency, acted_at: Moment) -> Later | None:
    """What is left of it, as a draft of its own; its uuid comes from the first one's, so that clones agree."""
    if not job.later:
        return None
    return Later(
        uuid=uuid_of(job.uuid, "later"),
        opened_at=job.opened_at,
        person=job.person,
        visits=job.visits,
        reason=job.reason,
        next_number=job.next_number,
        later=job.later,
        completed=(),
        acted_at=job.acted_at if isinstance(job, Later) and job.acted_at else acted_at,
    )


def _confirmed(job: Emergency, made: list[Transaction]) -> Said:
    if not job.later:
        return confirmed(job, made)
    facts = {"waiting": len(job.later), "names": ", ".join(dict.fromkeys(map(_name, job.later)))}
    references, lines = ", ".join(one.reference for one in made), sum(len(one.lines) for one in made)
    return ok("taken_rest_waits", reference=references, lines=lines, **facts)


def _called(job: Emergency) -> tuple[str, str]:
    if not isinstance(job, Later):
        return called(job)[0].replace("Move", "Take now"), ""
    names = list(dict.fromkeys(map(_name, job.later)))
    return f"To complete: {', '.join(names[:3])}", ""


TAKE_NOW: Machine[Emergency] = Machine(
    name="take-now",
    state=Emergency,
    words=frozenset({"take-now"}),
    codes=frozenset(),
    start=_start,
    act=Act.USE,
    rules=HURRIED_RULES,
    agreed=agreed,
    told=told,
    row=row,
    waiting_row=_waiting_row,
    place=_place,
    papers=papers,
    closing=closing,
    refreshed=refreshed,
    transactions=transactions,
    confirmed=_confirmed,
    called=_called,
    commands={**COMMANDS, "undo": _undo},
    filled=filled_in_a_hurry,
    waits=_waits,
    rest=_rest,
)


# -------------------------------------------------------------------- completing what waits


def _no_start(_begin: Start, _ward: Ward) -> Opened[Later] | Said:
    return no("nothing_to_complete")


def _opened(job: Later, ward: Ward) -> Step[Later]:
    """The first line that waits is the open item; its question is asked."""
    first = job.later[0]
    item = replace(first.item, source_id=first.source_id)
    return LATER.advance(replace(job, opened=first.number), item, ward)


def _refreshed(job: Later, ward: Ward) -> Opened[Later]:
    if job.pending or not job.later:
        return refreshed(job, ward)
    step = _opened(job, ward)
    return Opened(step.job, step.said)


def _follows(_machine: Machine[Later], step: Step[Later], ward: Ward) -> Step[Later]:
    """A line that is complete waits no more, and the next one is asked; one that was put off goes to the end."""
    job = step.job
    if step.confirmed or job.pending or not job.opened:
        return step
    mine = next((one for one in job.later if one.number == job.opened), None)
    others = tuple(one for one in job.later if one is not mine)
    complete = job.addition(job.opened) is not None
    if complete and mine and job.completed is not None:
        job = replace(job, completed=(*job.completed, mine))
    job = replace(job, opened=0, later=others if complete or mine is None else (*others, mine))
    if not complete or not others:
        return replace(step, job=job)
    return replace(step, job=_opened(job, ward).job)


def _later_place(job: Later, place: Location, ward: Ward) -> Step[Later]:
    asked = LATER.question(job, ward)
    if job.pending and asked and asked.asks_for == "place":
        return from_place(LATER, job, place, ward)
    if job.pending:
        return Step(job, no("answer_first_then_place", place=place.name))
    return visit(job, place, FROM, ward)


def _next(_machine: Machine[Later], job: Later, _said: Command, ward: Ward) -> Step[Later]:
    """The next line that waits."""
    if job.pending or not job.later:
        return Step(job, no("answer_first", question="") if job.pending else no("nothing_to_complete"))
    return _opened(job, ward)


def _drop(_machine: Machine[Later], job: Later, said: Command, ward: Ward) -> Step[Later]:
    """A supervisor says that a line that waits was not taken after all (ward 33)."""
    if not ward.may(Act.SETTLE):
        return Step(job, no("needs_role", act=Act.SETTLE, question=""))
    number = said.value or str(job.opened)
    gone = next((one for one in job.later if str(one.number) == number), None)
    if gone is None:
        return Step(job, no("nothing_to_complete"))
    mine = gone.number == job.opened
    left = replace(job, later=tuple(one for one in job.later if one is not gone))
    left = replace(left, pending=None, opened=0) if mine else left
    return Step(left, ok("undone_waiting", product=_name(gone), lot=gone.item.lot_name))


def _taken_back(machine: Machine[Later], job: Later, said: Command, ward: Ward) -> Step[Later]:
    """A line completed by mistake waits again, as it did: it has happened, only what was said of it is taken back."""
    last = str(job.additions[-1].number) if job.additions else ""
    number = said.value or ("" if job.pending or job.closing else last)
    add = next((add for add in job.additions if str(add.number) == number), None)
    one = _as_it_waited(job, add) if add else None
    if add is None or one is None:
        return undone(machine, job, said, ward)
    completed = tuple(other for other in job.completed if other is not one) if job.completed is not None else None
    left = replace(job.without(one.number), later=(one, *job.later), completed=completed, closing=False)
    if not left.pending:
        left = _opened(left, ward).job
    return Step(left, ok("waits_again", product=add.product.name, lot=add.lot_name))


def _as_it_waited(job: Later, add: Addition) -> Waiting | None:
    """The line this completes; of an older draft what is known of it. None: it never waited."""
    if job.completed is not None:
        return next((one for one in job.completed if one.number == add.number), None)
    item = Pending(
        product=add.product,
        code=add.product.barcode,
        per_unit=add.quantity / add.count,
        unit=add.unit,
        count=add.count,
        evidence=add.evidence,
        source_id=add.source_id,
    )
    return Waiting(add.number, item, add.source_id, "lot_to_take", add.scanned_at, job.person)


LATER: Machine[Later] = Machine(
    name="later",
    state=Later,
    words=frozenset(),
    codes=frozenset(),
    start=_no_start,
    act=Act.USE,
    rules=HURRIED_RULES,
    agreed=agreed,
    told=told,
    row=row,
    place=_later_place,
    papers=papers,
    closing=closing,
    refreshed=_refreshed,
    transactions=transactions,
    confirmed=_confirmed,
    called=_called,
    commands={**COMMANDS, "undo": _taken_back, "next": _next, "drop": _drop},
    filled=filled,
    follows=_follows,
    rest=_rest,
)


# -------------------------------------------------------------------- what it means for the stock shown


def taken_already(job: Later) -> Iterator[Effect]:
    """What open lines take away from what is shown: they have happened (ward 26)."""
    for one in job.later:
        product, item = one.item.product, one.item
        if product and one.source_id:
            key = StockKey(product.id, one.source_id, None, item.package_id, item.owner_id)
            yield Effect(key, -item.quantity, item.lot_name)
    for add in job.additions:
        key = StockKey(add.product.id, add.source_id, add.lot_id, add.package_id, add.owner_id)
        yield Effect(key, -add.quantity, add.lot_name, add.expiry)
