"""Answers about goods that leave a shelf, the same in every job: from which bin, whose they are, why reserved ones."""

from dataclasses import replace

from client.work.answer import Command, no
from client.work.cards.candidates import place_named
from client.work.case import Case
from client.work.job import J
from client.work.machine import Machine
from client.work.moving.leaving import bins
from client.work.shared_words import told
from client.work.ward import Step, Ward
from sync.stock import Location, Usage


def from_bin(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """Where the open item is taken from, by barcode or name."""
    place = place_named(ward.catalogue, said.value)
    if place is None:
        return Step(job, no("unknown_place", place=said.value[:60]))
    return scanned_bin(machine, job, place, ward)


def scanned_bin(machine: Machine[J], job: J, place: Location, ward: Ward) -> Step[J]:
    """A bin scanned, or named, while the open item asks for one; else the open question is answered first."""
    asked = machine.question(job, ward)
    if asked is None or job.pending is None or not _about_a_bin(asked.asks_for, asked.code):
        return Step(job, no("answer_first_then_place", place=place.name))
    if not is_bin(place):
        return Step(job, no("not_a_shelf", place=place.complete_name))
    below = bins(Case(job.pending, job, ward), place, job.pending.lot_name)
    if len(below) > 1 and place not in below:
        names = ", ".join(one.name for one in below[:5])
        return Step(job, no("scan_the_bin", place=place.name, lies=names))
    if below and place not in below:
        place = below[0]
    item = replace(job.pending, source_id=place.id, package_id=None, owner_id=None)
    return machine.advance(job, told(item, asked, f"from {place.id}", ward), ward)


def is_bin(place: Location) -> bool:
    """A shelf of ours that is in use."""
    return place.usage is Usage.INTERNAL and place.active


def _about_a_bin(asks_for: str, code: str) -> bool:
    return asks_for == "place" or code in {"serial_elsewhere", "serial_nowhere", "lot_not_here"}


def whose(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """Of which package and owner the open item is (ward 2)."""
    asked = machine.question(job, ward)
    if asked is None or job.pending is None or said not in {choice.command for choice in asked.choices}:
        return Step(job, no("nothing_asked", command=said.name))
    package, _, owner = said.value.partition("/")
    item = replace(job.pending, package_id=int(package) or None, owner_id=int(owner) or None)
    return machine.advance(job, told(item, asked, f"whose {said.value}", ward), ward)


def reserved_why(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """Why goods are taken that are another's (ward 6)."""
    asked = machine.question(job, ward)
    if asked is None or job.pending is None or asked.asks_for != "reason":
        return Step(job, no("nothing_asked", command=said.name))
    if not said.value:
        return Step(job, no("reason_wanted"))
    return machine.advance(job, told(job.pending, asked, f"reason {said.value}", ward), ward)
