"""Moving goods, using them, throwing them away, giving them back to the store: one gesture, from → items → to.

1. A place scanned at home, or the item itself where it lies in one place only, says where goods come from.
2. Items: product, lot, quantity; what is missing is asked for among the lots that lie there.
3. A second place says where they go; goods used or thrown away go where the site's policy says (ward 24).
4. `confirm` asks where to, why, and for a witness; then the desk makes the transactions.
"""

from functools import partial
from typing import Any, TypeVar

from client.work.answer import Command, Said
from client.work.job import Pending
from client.work.machine import Machine, Opened, Start
from client.work.moving.answers import from_place
from client.work.moving.bodies import transactions
from client.work.moving.commands import COMMANDS
from client.work.moving.movement import Movement, Use, WardReturn, Waste
from client.work.moving.rules import RULES, WASTE_RULES, agreed, filled
from client.work.moving.steps import ACTS, begun, called, closing, confirmed, papers, placed, refreshed, row, told
from client.work.ward import Step, Ward
from sync.stock import Location

M = TypeVar("M", bound=Movement)


def _start(kind: type[M], begin: Start, ward: Ward) -> Opened[M] | Said:
    """From the place scanned before, with the product scanned before; `move A1` names the place."""
    opened = begun(kind, ACTS[kind], begin, ward)
    if isinstance(opened, Said):
        return opened
    machine = _OF[kind]
    if begin.value:
        word = "reason" if kind in {Use, Waste} else "from"
        step = machine.command(opened.job, Command(word, begin.value), ward)
        return Opened(step.job, step.said) if step.said.tone == "ok" else step.said
    if begin.product:
        item = Pending(product=begin.product, code=begin.product.barcode, unit=begin.product.uom_name)
        step = machine.advance(opened.job, item, ward)
        return Opened(step.job, step.said)
    return opened


def _place(kind: type[M], job: M, place: Location, ward: Ward) -> Step[M]:
    """A shelf scanned while the bin of the open item is asked for answers that; else see `placed`."""
    machine: Machine[M] = _OF[kind]
    asked = machine.question(job, ward) if job.pending else None
    if asked and asked.asks_for == "place":
        return from_place(machine, job, place, ward)
    return placed(job, place, ward)


def _machine(kind: type[M], name: str) -> Machine[M]:
    return Machine(
        name=name,
        state=kind,
        words=frozenset({name}),
        codes=frozenset(),
        start=partial(_start, kind),
        act=ACTS[kind],
        rules=WASTE_RULES if kind is Waste else RULES,
        agreed=agreed,
        told=told,
        row=row,
        place=partial(_place, kind),
        papers=papers,
        closing=closing,
        refreshed=refreshed,
        transactions=transactions,
        confirmed=confirmed,
        called=called,
        commands=COMMANDS,
        filled=filled,
    )


MOVE = _machine(Movement, "move")
USE = _machine(Use, "use")
WASTE = _machine(Waste, "waste")
WARD_RETURN = _machine(WardReturn, "return")

_OF: dict[Any, Machine[Any]] = {one.state: one for one in (MOVE, USE, WASTE, WARD_RETURN)}
