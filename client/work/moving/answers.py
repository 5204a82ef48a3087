"""Where the open item is taken from: typed, chosen or scanned; a shelf with goods in its bins is asked again."""

from dataclasses import replace

from client.work.answer import Command, Said, no
from client.work.cards.candidates import place_named
from client.work.job import J
from client.work.machine import Machine
from client.work.shared_words import told
from client.work.ward import Step, Ward
from sync.stock import Location, Usage

_OURS = frozenset({Usage.INTERNAL, Usage.TRANSIT})
_ASKS_WHERE = frozenset({"which_bin", "from_where", "serial_elsewhere", "serial_nowhere", "lot_not_here"})


def unfit(place: Location) -> Said | None:
    """Why nothing can lie there."""
    if not place.active:
        return no("place_archived", place=place.complete_name)
    if place.usage not in _OURS:
        return no("place_holds_no_goods", place=place.complete_name, usage=str(place.usage))
    return None


def take_from(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """The open item is taken there: typed, or chosen."""
    place = place_named(ward.catalogue, said.value)
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
