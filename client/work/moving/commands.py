"""The words of moving goods: from, to, all, reason, whose, and an undo that also takes back a place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from client.work.answer import Command, no, ok
from client.work.cards.candidates import place_named
from client.work.case import Case, judge
from client.work.item import goods_only, reopened
from client.work.job import Addition, Pending
from client.work.machine import Machine
from client.work.moving import answers
from client.work.moving.answers import unfit
from client.work.moving.leaving_answers import reserved_why, whose
from client.work.moving.movement import FROM, TO, Movement
from client.work.moving.rules import agreed, ends_here, reasons
from client.work.moving.steps import visit
from client.work.shared_words import changed, undone
from client.work.stock import OnShelf
from client.work.ward import Step, Ward
from sync.stock import Location
from sync.transaction import Answer

M = TypeVar("M", bound=Movement)


def take_from(machine: Machine[M], job: M, said: Command, ward: Ward) -> Step[M]:
    """Where the open item is taken from, else where the next ones are; `from X of 2`: where line 2 is."""
    if job.pending:
        return answers.take_from(machine, job, said, ward)
    text, _, number = said.value.rpartition(" of ")
    if text and (last := job.addition(int(number)) if number.isdecimal() else None):
        return _taken_elsewhere(machine, job, last, text, ward)
    place = place_named(ward.catalogue, said.value)
    return visit(job, place, FROM, ward) if place else Step(job, no("unknown_place", place=said.value[:60]))


def _taken_elsewhere(machine: Machine[M], job: M, last: Addition, text: str, ward: Ward) -> Step[M]:
    """A line was taken from another place than it says: judged as if it had just come."""
    place = place_named(ward.catalogue, text)
    if place is None:
        return Step(job, no("unknown_place", place=text[:60]))
    if refused := unfit(place):
        return Step(job, refused)
    item = goods_only(reopened(last, ward))
    answer = Answer("corrected", f"from {last.source_name} → {place.complete_name}", ward.person.name, ward.now)
    return changed(machine, job, last, replace(item, source_id=place.id, settled=(*item.settled, answer)), ward)


def go_to(_machine: Machine[M], job: M, said: Command, ward: Ward) -> Step[M]:
    """Where all of it goes."""
    place = place_named(ward.catalogue, said.value)
    if place is None:
        return Step(job, no("unknown_place", place=said.value[:60]))
    if ends_here(job):
        return Step(job, no("ends_by_policy"))
    return visit(job, place, TO, ward)


def reason(machine: Machine[M], job: M, said: Command, ward: Ward) -> Step[M]:
    """Why these goods are used up or thrown away, in the site's words (ward 24); why reserved ones are taken."""
    if job.pending or not ends_here(job):
        return reserved_why(machine, job, said, ward)
    place = ward.catalogue.location(job.source_id or (job.additions[0].source_id if job.additions else 0))
    offered = reasons(job, ward.plan, place) if place else ()
    chosen = next((one for one in offered if one.casefold() == said.value.casefold()), None)
    if not chosen:
        return Step(job, no("reason_unknown", reason=said.value, known=", ".join(one for one in offered if one)))
    after = replace(job, reason=chosen)
    return machine.confirm(after, ward) if job.closing else Step(after, ok("reason_is", reason=chosen))


def everything(machine: Machine[M], job: M, said: Command, ward: Ward) -> Step[M]:
    """All that lies at a place and below, lots and all; what needs an answer is left there and named.

    Not while any of it is being counted: the lines would be the book's numbers (complaint 12).
    """
    if job.pending:
        return Step(job, no("answer_first", question=""))
    place = place_named(ward.catalogue, said.value) if said.value else ward.catalogue.location(job.source_id)
    if place is None:
        return Step(job, no("unknown_place", place=said.value[:60]) if said.value else no("from_where_all"))
    if counted := ward.counting.within(place):
        return Step(job, no("all_while_counted", place=counted[0].complete_name, person=counted[1]))
    step = visit(job, place, FROM, ward) if place.id != job.source_id else Step(job, ok("taken_from"))
    if step.said.code != "taken_from":
        return step
    taken, left = replace(step.job, closing=False), list[str]()
    for shelf in ward.shelves.at(place.parent_path):
        item = _whole(shelf, taken, ward)
        case = Case(item, taken, ward) if item else None
        if case is None or item is None or item.product is None:
            continue
        if judge(case, machine.rules) is None:
            taken = taken.with_addition(agreed(case))
        else:
            left.append(f"{item.product.name} {item.lot_name}".strip())
    return _all_told(job, taken, left, place)


def _all_told(job: M, taken: M, left: list[str], place: Location) -> Step[M]:
    lines = len(taken.additions) - len(job.additions)
    facts = {"place": place.complete_name, "lines": lines, "left": len(left), "names": ", ".join(left[:5])}
    if lines == 0:
        return Step(job, no("all_stays" if left else "nothing_lies_here", **facts))
    return Step(taken, ok("all_taken_but" if left else "all_taken", **facts))


WHOLE_BIN = "whole_bin"
"""The question whose answer says that a person took all there was, by the book, without scanning each."""


def _whole(shelf: OnShelf, job: Movement, ward: Ward) -> Pending | None:
    """One row of the shelf as an item: what of it this job has not taken yet."""
    product = ward.catalogue.product(shelf.key.product_id)
    key = shelf.key
    taken = job.taken(key.product_id, shelf.lot_name, key.location_id, (key.package_id, key.owner_id))
    if product is None or shelf.shown - taken <= 0:
        return None
    answers = [Answer(code, "all", ward.person.name, ward.now) for code in (WHOLE_BIN, "which_bin", "whose_goods")]
    return Pending(
        product=product,
        unit=product.uom_name,
        count=shelf.shown - taken,
        lot_name=shelf.lot_name,
        settled=tuple(answers),
        source_id=shelf.key.location_id,
        package_id=shelf.key.package_id,
        owner_id=shelf.key.owner_id,
    )


def undo(machine: Machine[M], job: M, said: Command, ward: Ward) -> Step[M]:
    """The last thing that was done: a place, a whole bin, an item."""
    if said.value or job.pending or job.closing:
        return undone(machine, job, said, ward)
    if job.visits and job.visits[-1].after >= job.last_number:
        gone = job.visits[-1]
        return Step(job.back(), ok("place_undone", place=gone.name))
    together = list(_together(job))
    if len(together) < 2:  # noqa: PLR2004 - one item is undone as everywhere
        return undone(machine, job, said, ward)
    for number in together:
        job = job.without(number)
    return Step(job, ok("all_undone", lines=len(together)))


def _together(job: Movement) -> Iterator[int]:
    """The additions that came with the last one out of one whole bin."""
    last = job.additions[-1] if job.additions else None
    if last is None or not last.choice(WHOLE_BIN):
        return
    for add in reversed(job.additions):
        if not add.choice(WHOLE_BIN) or add.scanned_at != last.scanned_at:
            return
        yield add.number


COMMANDS: Mapping[str, Callable[[Machine[Any], Any, Command, Ward], Step[Any]]] = {
    "from": take_from,
    "to": go_to,
    "whose": whose,
    "reason": reason,
    "all": everything,
    "undo": undo,
}
