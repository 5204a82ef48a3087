"""A delivery as a page shows it: sections, rows, what is asked, what the main action would do. Values only."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from client.work.answer import Question
from client.work.delivery import Delivery
from client.work.job import Addition
from client.work.receipt import RECEIPT
from client.work.receipt_rules import row_key
from client.work.ward import Ward
from sync.stock import Product


@dataclass(frozen=True, slots=True)
class Scanned:
    """One accepted scan of a row. `number` is what `undo N` takes."""

    number: int
    scanned_at: datetime
    quantity: Decimal
    unit: str
    count: Decimal
    lot: str
    expiry: date | None
    place: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One product of a section. `lots` are (name, day) pairs in the order scanned; `state`: open, begun, full, over."""

    key: str
    product_id: int
    name: str
    code: str
    unit: str
    expected: Decimal
    done: Decimal
    place: str
    lots: tuple[tuple[str, date | None], ...]
    scans: tuple[Scanned, ...]
    serial: bool

    @property
    def state(self) -> str:
        """How far it is, in a word."""
        if not self.done:
            return "open"
        if self.done < self.expected:
            return "begun"
        return "full" if self.done == self.expected else "over"


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading: an order with its picking, or goods beside the order (`beside`)."""

    order: str
    document: str
    beside: bool
    rows: tuple[Row, ...]

    @property
    def begun(self) -> int:
        """How many rows have something."""
        return sum(1 for row in self.rows if row.done)


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """All a receiving page shows. `hint` and `action` are codes of sentences; `missing` says why the action waits."""

    partner: str
    order: str
    document: str
    sections: tuple[Section, ...]
    question: Question | None
    hint: str
    hint_facts: dict[str, object]
    action: str
    can_act: bool
    can_undo: bool
    finished: bool
    references: tuple[str, ...]
    steps_to_go: int


def view(delivery: Delivery, ward: Ward) -> ReceiptView:
    """What the page shows of a delivery now."""
    asked = RECEIPT.question(delivery, ward)
    rows = _ordered_rows(delivery)
    hint, facts = _hint(delivery, rows)
    return ReceiptView(
        partner=delivery.partner_name,
        order=delivery.picking.origin,
        document=delivery.picking.name,
        sections=_sections(delivery, rows),
        question=asked,
        hint=hint,
        hint_facts=facts,
        action=_action(delivery, asked),
        can_act=bool(delivery.additions) and asked is None and not delivery.finished,
        can_undo=bool(delivery.additions or delivery.pending) and not delivery.finished,
        finished=delivery.finished,
        references=delivery.references,
        steps_to_go=len(delivery.picking.next_names),
    )


def _sections(delivery: Delivery, rows: tuple[Row, ...]) -> tuple[Section, ...]:
    ordered = Section(delivery.picking.origin, delivery.picking.name, beside=False, rows=rows)
    beside = _rows_beside(delivery)
    return (ordered, Section(delivery.picking.origin, "", beside=True, rows=beside)) if beside else (ordered,)


def _ordered_rows(delivery: Delivery) -> tuple[Row, ...]:
    products = {move.product.id: move.product for move in delivery.expected}
    return tuple(_row(delivery, product, unexpected=False) for product in products.values())


def _rows_beside(delivery: Delivery) -> tuple[Row, ...]:
    products = {add.product.id: add.product for add in delivery.additions if add.unexpected}
    return tuple(_row(delivery, product, unexpected=True) for product in products.values())


def _row(delivery: Delivery, product: Product, *, unexpected: bool) -> Row:
    mine = tuple(a for a in delivery.additions if a.product.id == product.id and a.unexpected == unexpected)
    moves = delivery.moves_of(product.id)
    places = dict.fromkeys(add.destination_name for add in mine) if mine else {m.destination_name: None for m in moves}
    return Row(
        key=row_key(product.id, unexpected=unexpected),
        product_id=product.id,
        name=product.name,
        code=product.code,
        unit=product.uom_name,
        expected=Decimal(0) if unexpected else delivery.ordered(product.id),
        done=sum((add.quantity for add in mine), Decimal(0)),
        place=", ".join(place for place in places if place),
        lots=tuple(dict.fromkeys((add.lot_name, add.expiry) for add in mine if add.lot_name)),
        scans=tuple(_scanned(add) for add in reversed(mine)),
        serial=product.tracking == "serial",
    )


def _scanned(add: Addition) -> Scanned:
    return Scanned(
        number=add.number,
        scanned_at=add.scanned_at,
        quantity=add.quantity,
        unit=add.unit,
        count=add.count,
        lot=add.lot_name,
        expiry=add.expiry,
        place=add.destination_name,
        evidence=add.evidence,
    )


def _hint(delivery: Delivery, rows: tuple[Row, ...]) -> tuple[str, dict[str, object]]:
    """What is still to come, or how to say how many of the lot just scanned (ward 15)."""
    left = [row for row in rows if row.done < row.expected]
    if not delivery.additions:
        return "scan_first", {"lines": len(rows)}
    last = delivery.additions[-1]
    row = next((row for row in left if row.product_id == last.product.id and not last.unexpected), None)
    if row is None:
        return ("lines_to_come", {"lines": len(left)}) if left else ("all_here", {})
    facts: dict[str, object] = {"left": row.expected - row.done, "unit": row.unit, "product": row.name}
    return ("more_of_this", {**facts, "lines": len(left) - 1})


def _action(delivery: Delivery, asked: Question | None) -> str:
    if delivery.finished:
        return "finished"
    if asked:
        return "answer_first"
    return "finish_delivery" if delivery.additions else "scan_something"
