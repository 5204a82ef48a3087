"""The open job as a page shows it, whichever it is. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, TypeAlias

from client.work import jobs
from client.work.answer import Question
from client.work.counting.job import Count
from client.work.counting.view import CountView
from client.work.counting.view import view as count_view
from client.work.heard import Heard, heard
from client.work.job import Addition, Job
from client.work.lots.rules import LotChange
from client.work.moving.movement import Movement
from client.work.moving.view import MoveView, move_view
from client.work.planned.arrival_rules import Arrival
from client.work.planned.view import PlannedView
from client.work.planned.view import view as planned_view
from client.work.planned.wanted import Planned
from client.work.receiving.delivery import Delivery
from client.work.receiving.view import ReceiptView
from client.work.receiving.view import view as receipt_view
from client.work.suppliers.rules import SupplierReturn
from client.work.ward import Ward
from sync.stock import Product


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """All of one product; `wanted` is 0 where nobody said how much of it there should be."""

    key: str
    product_id: int
    name: str
    code: str
    unit: str
    wanted: Decimal
    done: Decimal
    heard: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class GoodsView:
    """An arrival, a return to a supplier, a lot change. `hint` is the code of a sentence."""

    job: str
    title: str
    document: str
    source: str
    destination: str
    rows: tuple[GoodsRow, ...]
    question: Question | None
    hint: str
    can_act: bool
    can_undo: bool
    finished: bool
    references: tuple[str, ...]


View: TypeAlias = ReceiptView | MoveView | PlannedView | CountView | GoodsView


def view_of(job: Job, ward: Ward) -> View:
    """What the page of this job shows now."""
    match job:
        case Delivery():
            return receipt_view(job, ward)
        case Movement():
            return move_view(job, ward)
        case Planned():
            return planned_view(job, ward)
        case Count():
            return count_view(job, ward)
        case _:
            return _goods_view(job, ward)


def _goods_view(job: Job, ward: Ward) -> GoodsView:
    machine = jobs.of(job)
    asked = machine.question(job, ward)
    title, document = machine.called(job)
    source, destination = _places(job)
    return GoodsView(
        job=machine.name,
        title=title,
        document=document,
        source=source,
        destination=destination,
        rows=tuple(_row(job, product) for product in _products(job)),
        question=asked,
        hint=_hint(job),
        can_act=bool(job.additions) and asked is None and not job.finished,
        can_undo=job.begun and not job.finished,
        finished=job.finished,
        references=job.references,
    )


def _places(job: Job) -> tuple[str, str]:
    match job:
        case Arrival():
            return job.transit_name, job.destination_name
        case SupplierReturn():
            return job.shelf_name, job.partner_name
        case LotChange():
            return job.shelf_name, ""
        case _:
            return "", ""


def _products(job: Job) -> tuple[Product, ...]:
    """What should come first, then what was scanned beside it."""
    coming = [one.product for one in job.coming] if isinstance(job, Arrival) else []
    return tuple({one.id: one for one in (*coming, *(add.product for add in job.additions))}.values())


def _row(job: Job, product: Product) -> GoodsRow:
    mine = [add for add in job.additions if add.product.id == product.id]
    counted = [add for add in mine if not isinstance(job, LotChange) or job.out(add)]
    return GoodsRow(
        key=f"{_ROWS[type(job)]}:{product.id}",
        product_id=product.id,
        name=product.name,
        code=product.code,
        unit=product.uom_name,
        wanted=job.sent_of(product.id) if isinstance(job, Arrival) else Decimal(0),
        done=sum((add.quantity for add in counted), Decimal(0)),
        heard=tuple(_heard(job, add) for add in reversed(mine)),
    )


_ROWS: Final[Mapping[type[Job], str]] = {Arrival: "arrival", SupplierReturn: "return", LotChange: "relabel"}
"""What the answers of these jobs call a row."""


def _heard(job: Job, add: Addition) -> Heard:
    told = heard(add)
    back = isinstance(job, LotChange) and job.out(add)
    return replace(told, quantity=-add.quantity) if back else told


def _hint(job: Job) -> str:
    """What to scan next, as a code."""
    match job:
        case Arrival():
            return "what_came" if job.transit_id else "scan_the_dispatch"
        case SupplierReturn():
            return "what_goes_back"
        case LotChange():
            return "new_label" if job.open_one() else "old_label"
        case _:
            return "scan_next"
