"""How people answer what is asked of goods that leave a shelf: from where, whose they are, why they are taken.

For all jobs whose rules are those of `leaving`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from client.work.answer import Command, Said, no
from client.work.job import J
from client.work.machine import Machine, told
from client.work.ward import Step, Ward
from sync.stock import Location, Usage
from sync.store.catalogue import Catalogue

_OURS = frozenset({Usage.INTERNAL, Usage.TRANSIT})
_ASKS_WHERE = frozenset({"which_bin", "from_where", "serial_elsewhere", "serial_nowhere", "lot_not_here"})


def named_place(catalogue: Catalogue, text: str) -> Location | None:
    """By barcode, by complete name, by a name only one place has."""
    return catalogue.location_by_barcode(text) or catalogue.location_by_name(text)


def unfit(place: Location) -> Said | None:
    """Why nothing can lie there."""
    if not place.active:
        return no("place_archived", place=place.complete_name)
    if place.usage not in _OURS:
        return no("place_holds_no_goods", place=place.complete_name, usage=str(place.usage))
    return None


def take_from(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """The open item is taken there: typed, or chosen."""
    place = named_place(ward.catalogue, said.value)
    if place is None:
        return Step(job, no("unknown_place", place=said.value[:60]))
    return from_place(machine, job, place, ward)


def from_place(machine: Machine[J], job: J, place: Location, ward: Ward) -> Step[J]:
    """The open item is taken there, where that is what is asked."""
    asked = machine.question(job, ward)
    if asked is None or job.pending is None or asked.code not in _ASKS_WHERE:
        return Step(job, no("answer_first_then_place", place=place.name))
    if refused := unfit(place):
        return Step(job, refused)
    item = replace(job.pending, source_id=place.id)
    return machine.advance(job, told(item, asked, f"from {place.complete_name}", ward), ward)


def whose(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """Of which package and owner the open item is (ward 2)."""
    asked = machine.question(job, ward)
    if asked is None or job.pending is None or said not in {choice.command for choice in asked.choices}:
        return Step(job, no("nothing_asked", command=said.name))
    package, _, owner = said.value.partition("/")
    item = replace(job.pending, package_id=int(package) or None, owner_id=int(owner) or None)
    return machine.advance(job, told(item, asked, f"whose {said.value}", ward), ward)


def reason(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """Why goods are taken that are reserved for another (ward 6)."""
    asked = machine.question(job, ward)
    if asked is None or job.pending is None or asked.asks_for != "reason":
        return Step(job, no("nothing_asked", command=said.name))
    if not said.value:
        return Step(job, no("reason_wanted"))
    return machine.advance(job, told(job.pending, asked, f"reason {said.value}", ward), ward)


ANSWERS: Mapping[str, Callable[[Machine[Any], Any, Command, Ward], Step[Any]]] = {
    "from": take_from,
    "whose": whose,
    "reason": reason,
}
"""By the word of a command."""
