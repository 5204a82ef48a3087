"""The words of receiving alone: a lot of our own, closing an order short."""

from dataclasses import replace

from client.work.answer import Command, no
from client.work.delivery import Delivery
from client.work.machine import Machine, told
from client.work.people import Act
from client.work.ward import Step, Ward


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


OWN_LOT = "OWN-"
"""How a lot begins that a person made here because the goods had none."""


def _close_short(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`close-short` at once, or as the answer to what is short."""
    if not delivery.closing:
        step = machine.confirm(delivery, ward)
        if step.confirmed or not step.job.closing:
            return step
        delivery = step.job
    return machine.answer(delivery, Command("yes") if delivery.create_backorder == "never" else said, ward)


COMMANDS = {"make-lot": _make_lot, "close-short": _close_short}
