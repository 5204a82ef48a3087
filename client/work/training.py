"""Three short exercises on the practice ward: receive, move, count. How far somebody is, is read from what happened.

Each is led by labels to scan. A step is over when the open job says so, the exercise when Odoo has the transaction;
which pages were looked at counts for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from client.work.counting.job import Count
from client.work.job import Job
from client.work.moving.movement import Movement
from client.work.receiving.delivery import Delivery
from sync.stock import Product
from sync.store import Store
from sync.store.catalogue import Catalogue
from sync.store.entries import Entry
from sync.transaction import Kind, Status


class Exercise(StrEnum):
    """The three, in the order they are offered."""

    RECEIVE = "receive"
    MOVE = "move"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Tag:
    """One label to scan. `text` is what stands in its symbol: bracketed GS1, or plain. `thing` is what it is on."""

    step: str
    text: str
    thing: str = ""
    quantity: int = 0
    lot: str = ""
    expiry: date | None = None

    @property
    def gs1(self) -> bool:
        """It says what it is by application identifiers."""
        return self.text.startswith("(")


@dataclass(frozen=True, slots=True)
class Task:
    """An exercise with its labels in the order they are scanned, and what proves that it is done.

    `picking_id` of the order that is received; else `product_id` and the places.
    """

    exercise: Exercise
    tags: tuple[Tag, ...]
    product_ids: tuple[int, ...]
    picking_id: int = 0
    place_id: int = 0
    to_id: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where somebody is in a task. `step` names what comes next: a tag's step, `sending`, `refused` or `done`.

    `entry` is its transaction once it was confirmed.
    """

    step: str
    number: int
    of: int
    entry: Entry | None = None

    @property
    def done(self) -> bool:
        """Odoo has it."""
        return self.step == "done"


ORDER: Final = "P00002"
_RECEIVED: Final = (("MED-0003", 50), ("MED-0006", 60))
_MOVED: Final = ("MED-0001", "MED-0001-L1", 10)
_COUNTED: Final = ("MED-0020", "MED-0020-L1", 200)
FROM, TO, SHELF = "LOC-CS-A1", "LOC-WARD3A", "LOC-CS-A3"
_KEEPS: Final = 730
"""Days that what is received keeps."""


def tasks(catalogue: Catalogue, today: date) -> tuple[Task, ...]:
    """The three; none where this is not the hospital of the practice ward."""
    found = (_receive(catalogue, today), _move(catalogue), _count(catalogue))
    return tuple(task for task in found if task)


def progress(task: Task, store: Store, job: Job | None) -> Progress:
    """How far it is, by the outbox first, else by the job that is open."""
    of = len(task.tags) + 1
    entry = next((one for one in store.outbox.rows() if _proves(task, one)), None)
    if entry:
        states = {Status.DONE: "done", Status.REFUSED: "refused"}
        return Progress(states.get(entry.status, "sending"), of, of, entry)
    at = _at(task, job if job and not job.finished else None)
    return Progress(task.tags[at].step, at + 1, of)


# ---------------------------------------------------------------- the labels


def _receive(catalogue: Catalogue, today: date) -> Task | None:
    picking = next(iter(catalogue.pickings_by_origin(ORDER)), None)
    goods = [(product, count) for code, count in _RECEIVED if (product := _one(catalogue, code))]
    if picking is None or len(goods) != len(_RECEIVED):
        return None
    day = today.replace(day=1).replace(year=today.year + 2)
    scanned = (
        _goods(f"goods{number}", product, count, f"PR-{number:03d}", day)
        for number, (product, count) in enumerate(goods, 1)
    )
    tags = (Tag("open", ORDER, ORDER), *scanned, _command("confirm"))
    return Task(Exercise.RECEIVE, tags, tuple(product.id for product, _ in goods), picking_id=picking.id)


def _move(catalogue: Catalogue) -> Task | None:
    source, to = catalogue.location_by_barcode(FROM), catalogue.location_by_barcode(TO)
    tag = _known(catalogue, *_MOVED)
    if source is None or to is None or tag is None:
        return None
    (product,) = catalogue.by_code(_MOVED[0])
    tags = (_command("move"), Tag("from", FROM, source.name), tag, Tag("to", TO, to.name), _command("confirm"))
    return Task(Exercise.MOVE, tags, (product.id,), place_id=source.id, to_id=to.id)


def _count(catalogue: Catalogue) -> Task | None:
    shelf, tag = catalogue.location_by_barcode(SHELF), _known(catalogue, *_COUNTED)
    if shelf is None or tag is None:
        return None
    (product,) = catalogue.by_code(_COUNTED[0])
    tags = (_command("count"), Tag("shelf", SHELF, shelf.name), replace(tag, step="counted"), _command("confirm"))
    return Task(Exercise.COUNT, tags, (product.id,), place_id=shelf.id)


def _known(catalogue: Catalogue, code: str, lot: str, count: int) -> Tag | None:
    """Goods that lie there already: their lot and day are Odoo's."""
    product = _one(catalogue, code)
    known = catalogue.lot(product.id, lot) if product else None
    return _goods("goods", product, count, lot, known.expiry) if product and known else None


def _one(catalogue: Catalogue, code: str) -> Product | None:
    found = catalogue.by_code(code)
    return found[0] if len(found) == 1 and found[0].barcode else None


def _goods(step: str, product: Product, count: int, lot: str, day: date | None) -> Tag:
    expiry = f"(17){day:%y%m%d}" if day else ""
    text = f"(01){product.barcode.zfill(14)}{expiry}(30){count}(10){lot}"
    return Tag(step, text, product.name, count, lot, day)


def _command(word: str) -> Tag:
    return Tag(word, f"WS!{word}")


# ---------------------------------------------------------------- how far it is


def _proves(task: Task, entry: Entry) -> bool:
    """Whether that transaction is the task's: this order, or these goods between these places."""
    body = entry.transaction
    if entry.status is Status.WITHDRAWN:
        return False
    if task.exercise is Exercise.RECEIVE:
        return body.kind is Kind.RECEIPT and body.document.picking_id == task.picking_id
    goods = [line for line in body.lines if line.product_id in task.product_ids and line.source_id == task.place_id]
    if task.exercise is Exercise.COUNT:
        return bool(goods) and any(line.counted is not None for line in goods)
    return body.kind is Kind.TRANSFER and any(line.destination_id == task.to_id for line in goods)


def _at(task: Task, job: Job | None) -> int:
    """Which label comes next: the first whose scan has left no trace in the open job."""
    if task.exercise is Exercise.RECEIVE:
        return _in_delivery(task, job)
    return _in_movement(task, job) if task.exercise is Exercise.MOVE else _in_count(task, job)


def _in_delivery(task: Task, job: Job | None) -> int:
    if not isinstance(job, Delivery) or task.picking_id not in {order.picking.id for order in job.orders}:
        return 0
    return 1 + _first_missing(job, task.product_ids)


def _in_movement(task: Task, job: Job | None) -> int:
    if type(job) is not Movement:  # use, waste and return are movements too
        return 0
    if job.source_id != task.place_id and not job.additions:
        return 1
    if _first_missing(job, task.product_ids) == 0:
        return 2
    return 4 if job.destination_id == task.to_id else 3


def _in_count(task: Task, job: Job | None) -> int:
    if not isinstance(job, Count):
        return 0
    if job.place is None or job.place.id != task.place_id:
        return 1
    return 2 + _first_missing(job, task.product_ids)


def _first_missing(job: Job, product_ids: Sequence[int]) -> int:
    """How many of these products are in it before the first that is not."""
    there = {add.product.id for add in job.additions if add.quantity > Decimal(0)}
    return next((nth for nth, product_id in enumerate(product_ids) if product_id not in there), len(product_ids))
