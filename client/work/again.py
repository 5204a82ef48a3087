"""Goods judged once more when their job is finished: what a night, a pull or a colleague changed since the scan.

A draft lies overnight; what was fit when it was scanned may have expired, been put on hold or archived. Who may go on
says so now, and nobody else; what cannot be posted any more is taken back by whoever scans on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from client.work.answer import Command, Question, Said, no
from client.work.case import GO_ON, Case, Rule, Verdict, judge
from client.work.item import reopened
from client.work.job import Addition, J, Job
from client.work.rules import archived
from client.work.ward import Ward
from sync.odoo.posting.checks import HELD, MOVE_ANYWAY
from sync.transaction import Answer, Line

_NOW: Final = {
    HELD: "held_now",
    "move_expired": "expired_now",
    "move_past_removal": "expired_now",
    "expired": "expired_since",
    "past_removal": "expired_since",
    "short_dated": "short_dated_since",
}
"""Questions of the scan, as they are asked at the end."""
ASKED_NOW: Final = frozenset(_NOW.values())


def changed(job: J, ward: Ward, rules: Sequence[Rule[J]]) -> Question | None:
    """The first thing that is no longer as it was scanned, by the `rules` of the end; None: all of it may go."""
    for add in job.additions:
        if closed := _closed_place(add, ward):
            return closed
        now = ward.catalogue.product(add.product.id) or add.product
        item = replace(reopened(add, ward), settled=(*add.settled, *_since(job, add)), product=now)
        verdict = judge(Case(item, job.without(add.number), ward), rules)
        if isinstance(verdict, Said):
            return Question(verdict.code, {**verdict.facts, "number": add.number}, (GO_ON,))
        if verdict:
            return _asked_now(verdict, add)
    return None


def lot_key(product_id: int, lot_name: str) -> str:
    """What an answer given at the end is about: who agreed to one lot did not agree to another."""
    return f"{product_id} {lot_name}".strip()


def _closed_place(add: Addition, ward: Ward) -> Question | None:
    for place_id, name in ((add.source_id, add.source_name), (add.destination_id, add.destination_name)):
        place = ward.catalogue.location(place_id) if place_id else None
        if place_id and (place is None or not place.active):
            return Question("place_archived", {"place": name}, (GO_ON,))
    return None


def _since(job: Job, add: Addition) -> list[Answer]:
    """What was agreed to at the end, as answers of the scan: what else is wrong with the lot is asked after it."""
    told = {answer.question: answer for answer in job.answers}
    key = lot_key(add.product.id, add.lot_name)
    return [replace(told[said], question=code) for code, now in _NOW.items() if (said := f"{now} {key}") in told]


def _asked_now(verdict: Question, add: Addition) -> Question:
    """With the same ways out, but for setting it aside: it was added already."""
    take = next(choice for choice in verdict.choices if choice.command.name in {"yes", MOVE_ANYWAY})
    others = (choice for choice in verdict.choices if choice is not take and choice.command.name != "no")
    facts = {**verdict.facts, "about": lot_key(add.product.id, add.lot_name)}
    return Question(_NOW[verdict.code], facts, (*others, replace(take, command=Command("yes")), GO_ON))


def agreed_at_the_end(job: Job, lines: Sequence[Line]) -> Iterator[Answer]:
    """What was agreed to while finishing, that of a lot on each of its lines; held goods as the posting asks for it."""
    for answer in job.answers:
        question, _, about = answer.question.partition(" ")
        if question not in ASKED_NOW:
            yield answer
            continue
        for line in lines:
            if lot_key(line.product_id, line.lot_name) == about:
                held = question == _NOW[HELD]
                there = replace(answer, line=line.number)
                yield replace(there, question=HELD, choice=MOVE_ANYWAY) if held else there


# -------------------------------------------------------------------- what Odoo would not take any more


def _same_unit(case: Case[Job]) -> Verdict:
    """Counted in pieces, kept in boxes by now: the number scanned means something else (ward 5)."""
    before = case.pending.instead_of
    if before is None or before.product.uom_id == case.product.uom_id:
        return None
    facts = {"product": case.product.name, "was": before.product.uom_name, "unit": case.product.uom_name}
    return no("unit_changed_now", **facts)


def _lot_known(case: Case[Job]) -> Verdict:
    """The lot was Odoo's when it was scanned; it was renamed, deleted, or is no longer visible (ward 34)."""
    before = case.pending.instead_of
    if before is None or before.lot_id is None or case.lot:
        return None
    return no("lot_gone_now", product=case.product.name, lot=before.lot_name)


STILL_THERE: tuple[Rule[Job], ...] = (archived, _same_unit, _lot_known)
"""What every job asks first of goods scanned before."""
