"""Goods on their way as a page shows them: from, to, rows, what is asked, what waits. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from client.work import jobs
from client.work.answer import Question
from client.work.heard import Heard, heard
from client.work.job import Pending
from client.work.moving.movement import Emergency, Later, Movement
from client.work.moving.rules import ends_here, gone_to, short_of
from client.work.moving.steps import kind_of, number_of_open
from client.work.ward import Ward
from sync.stock import Product


@dataclass(frozen=True, slots=True)
class MoveRow:
    """All of one product; `short` is how many more of it were taken than the book had (ward 3).

    Shelves that are being counted are left out of `short`: a count is blind (complaint 12).
    """

    key: str
    product_id: int
    name: str
    code: str
    unit: str
    total: Decimal
    short: Decimal
    scans: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A line that waits to be completed, or will with the next scan: `why` is the code of its question, `facts` what is
    known of that. `said`: it was scanned last, as so many of that unit, and another number is said of it."""

    number: int
    name: str
    lot: str
    quantity: Decimal
    unit: str
    why: str
    taken_at: datetime
    person: str
    facts: Mapping[str, object]
    said: tuple[Decimal, str] | None = None


@dataclass(frozen=True, slots=True)
class MoveView:
    """All a page shows of goods moved, used, thrown away or given back.

    `kind`: move, use, waste, return, take_now or later. `via`: the goods travel in two steps (ward 27). `hint` and
    `action` are codes.
    """

    kind: str
    source: str
    destination: str
    via: str
    reason: str
    rows: tuple[MoveRow, ...]
    waiting: tuple[Incomplete, ...]
    question: Question | None
    hint: str
    action: str
    can_act: bool
    can_undo: bool
    finished: bool
    references: tuple[str, ...]


_HURRIED: Final[Mapping[type[Movement], str]] = {Emergency: "take_now", Later: "later"}


def move_view(job: Movement, ward: Ward) -> MoveView:
    """What a page shows of it now."""
    asked = jobs.of(job).question(job, ward)
    return MoveView(
        kind=_HURRIED.get(type(job)) or kind_of(job),
        source=_name(job.source_id, ward) or _common_source(job),
        destination=_destination(job, ward),
        via=_via(job, ward),
        reason=job.reason,
        rows=_rows(job, ward.counting.under_way()),
        waiting=_waiting(job, asked, ward),
        question=None if type(job) is Emergency and job.pending else asked,
        hint=_hint(job),
        action=_action(job, asked),
        can_act=job.begun and not job.finished and (asked is None or isinstance(job, Emergency)),
        can_undo=bool(job.begun or job.visits) and not job.finished,
        finished=job.finished,
        references=job.references,
    )


def _rows(job: Movement, counted: frozenset[int]) -> tuple[MoveRow, ...]:
    products = {add.product.id: add.product for add in job.additions}
    return tuple(_row(job, product, counted) for product in products.values())


def _row(job: Movement, product: Product, counted: frozenset[int]) -> MoveRow:
    mine = [add for add in reversed(job.additions) if add.product.id == product.id]
    known = (add for add in mine if add.source_id not in counted)
    return MoveRow(
        key=f"goods:{product.id}",
        product_id=product.id,
        name=product.name,
        code=product.code,
        unit=product.uom_name,
        total=job.taken(product.id),
        short=sum((short_of(add) for add in known), Decimal(0)),
        scans=tuple(map(heard, mine)),
    )


def _waiting(job: Movement, asked: Question | None, ward: Ward) -> tuple[Incomplete, ...]:
    """What waits, and what was scanned last and is not complete: it was taken as well (ward 26)."""
    if not isinstance(job, Emergency):
        return ()
    waiting = tuple(_incomplete(one.number, one.item, one.why, one.taken_at, one.person) for one in job.later)
    if job.pending is None or isinstance(job, Later):
        return waiting
    return (*waiting, _open(job, job.pending, asked, ward))


def _open(job: Emergency, item: Pending, asked: Question | None, ward: Ward) -> Incomplete:
    last = _incomplete(number_of_open(job, item), item, asked.code if asked else "", ward.now, ward.person.name)
    if asked is None or asked.asks_for != "qty":  # a number would answer that question
        last = replace(last, said=(item.quantity / item.per_unit, item.unit))
    return replace(last, facts={**last.facts, **asked.facts}) if asked else last


def _incomplete(number: int, item: Pending, why: str, taken_at: datetime, person: str) -> Incomplete:
    name = item.product.name if item.product else item.code
    unit = item.product.uom_name if item.product else ""
    facts = {"lot": item.lot_name, "product": name}
    return Incomplete(number, name, item.lot_name, item.quantity, unit, why, taken_at, person, facts)


def _name(place_id: int, ward: Ward) -> str:
    place = ward.catalogue.location(place_id) if place_id else None
    return place.complete_name if place else ""


def _common_source(job: Movement) -> str:
    names = {add.source_name for add in job.additions}
    return names.pop() if len(names) == 1 else ""


def _destination(job: Movement, ward: Ward) -> str:
    """Where the person said, else where the site's policy says."""
    if not ends_here(job):
        return _name(job.destination_id, ward)
    source_id = job.source_id or (job.additions[0].source_id if job.additions else 0)
    source = ward.catalogue.location(source_id) if source_id else None
    gone = gone_to(job, ward.plan, source, job.reason) if source else None
    return gone.complete_name if gone else ""


def _via(job: Movement, ward: Ward) -> str:
    source_id = job.additions[0].source_id if job.additions else job.source_id
    source, destination = ward.catalogue.location(source_id), ward.catalogue.location(job.destination_id)
    via = ward.plan.transit(source, destination) if source and destination else None
    return via.complete_name if via else ""


def _action(job: Movement, asked: Question | None) -> str:
    if job.finished:
        return "finished"
    if asked and not (type(job) is Emergency and job.pending):
        return "answer_first"
    return "finish" if job.begun else "scan_something"


def _hint(job: Movement) -> str:
    """What to scan next, as a code."""
    if job.additions and not ends_here(job) and not job.destination_id:
        return "next_item_or_place"
    if job.additions:
        return "next_item"
    if job.source_id:
        return "next_item" if type(job) is Emergency and job.begun else "first_item"
    return "place_or_item"
