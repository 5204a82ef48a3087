"""A delivery judged once more when it is finished: what was put on hold, or expired, since its scan (ward 31, 33)."""

from dataclasses import replace
from typing import Final

from client.work.again import ASKED_NOW, changed, lot_key
from client.work.answer import Command, Question, no
from client.work.case import Case, Rule, Verdict
from client.work.job import Addition
from client.work.machine import Machine
from client.work.receiving.care import (
    ASIDE,
    not_held,
    put_aside,
    quarantine_of,
    quarantine_said,
    refuse_said,
    turned_away,
)
from client.work.receiving.delivery import Delivery
from client.work.receiving.rules import long_enough, not_expired, not_to_be_removed
from client.work.site.people import Act
from client.work.ward import Step, Ward


def no_longer_fit(delivery: Delivery, ward: Ward) -> Question | None:
    """The first goods that would be asked about if they were scanned now; None: all of it may go."""
    return changed(delivery, ward, AT_THE_END)


def _unless_aside(rule: Rule[Delivery]) -> Rule[Delivery]:
    """What lies in quarantine already may be as old as it is; a person may have scanned that shelf."""

    def judged(case: Case[Delivery]) -> Verdict:
        before = case.pending.instead_of
        return None if before and before.destination_id in case.ward.plan.quarantines else rule(case)

    return judged


AT_THE_END: Final[tuple[Rule[Delivery], ...]] = tuple(
    _unless_aside(rule) for rule in (not_held, not_expired, not_to_be_removed, long_enough)
)
"""What may have changed since the scan. Goods no longer visible stay in the draft and can be sent (ward 34)."""


# -------------------------------------------------------------------- ways out at the end, for all of that lot


def quarantine(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`quarantine REASON` as the answer at the end puts all of that lot aside, else `care.quarantine_said`."""
    mine = _asked_of(machine, delivery, ward)
    if not mine or not said.value:
        return quarantine_said(machine, delivery, said, ward)
    if not ward.may(Act.QUARANTINE):
        return Step(delivery, no("needs_role", act=Act.QUARANTINE, question=""))
    aside = {add.number: quarantine_of(delivery, add.destination_id, ward) for add in mine}
    put = {
        add.number: put_aside(add, place, said.value, ward) for add in mine if (place := aside[add.number]) is not None
    }
    if len(put) < len(mine):
        return Step(delivery, no("no_quarantine", place=mine[0].destination_name))
    additions = tuple(put.get(add.number, add) for add in delivery.additions)
    after = replace(delivery, additions=additions)
    for add in mine:
        after = after.with_aside(add.number, add)
    return machine.finish(after, ward)


def refuse(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`refuse REASON` as the answer at the end leaves all of that lot at the door, else `care.refuse_said`."""
    mine = _asked_of(machine, delivery, ward)
    if not mine or not said.value:
        return refuse_said(machine, delivery, said, ward)
    step = Step(delivery, no("nothing_scanned"))
    for add in mine:
        left = step.job.without(add.number)
        step = turned_away(left, add, said.value, ward, was=add)
    if not step.job.additions:  # nothing came: there is nothing to finish
        return replace(step, job=replace(step.job, closing=False))
    return machine.finish(step.job, ward)


def _asked_of(machine: Machine[Delivery], delivery: Delivery, ward: Ward) -> tuple[Addition, ...]:
    """All of the lot that finishing asks about, where it asks about one."""
    asked = machine.question(delivery, ward) if delivery.closing and not delivery.pending else None
    if asked is None or asked.code not in ASKED_NOW:
        return ()
    about = asked.facts["about"]
    found = (add for add in delivery.additions if lot_key(add.product.id, add.lot_name) == about)
    return tuple(add for add in found if not add.choice(ASIDE))
