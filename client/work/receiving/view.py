"""A delivery as a page shows it: sections, rows, what is asked, what the main action would do. Values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from client.work.answer import Question
from client.work.heard import Heard, heard
from client.work.job import Addition
from client.work.receiving.care import COLD, was_warm
from client.work.receiving.delivery import NOT_HERE, NOTHING, Delivery, Expected, Order, papers_of, part_of, shared_out
from client.work.receiving.papers import NOTE
from client.work.receiving.receipt import RECEIPT
from client.work.receiving.rows import row_key
from client.work.remade import Remade
from client.work.ward import Ward


@dataclass(frozen=True, slots=True)
class Refused:
    """What was refused at the door. `number` is what `undo N` takes."""

    number: int
    name: str
    quantity: Decimal
    unit: str
    lot: str
    reason: str


@dataclass(frozen=True, slots=True)
class Nameless:
    """A code nobody knows, kept. `number` is what `name PRODUCT of N` and `undo N` take (ward 16)."""

    number: int
    text: str
    quantity: Decimal
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One product of a section. `lots` are (name, day) pairs in the order scanned; `state`: open, begun, full, over.

    `expected` is 0 where people receive blind: the number is nowhere in what a page gets (design 7).
    """

    key: str
    product_id: int
    name: str
    code: str
    unit: str
    expected: Decimal
    done: Decimal
    place: str
    lots: tuple[tuple[str, date | None], ...]
    scans: tuple[Heard, ...]
    serial: bool

    @property
    def state(self) -> str:
        """How far it is, in a word."""
        if not self.done:
            return "open"
        if not self.expected:
            return "begun"
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

    @property
    def complete(self) -> bool:
        """All that was ordered came; who counts blind is not told."""
        return bool(self.rows) and all(row.done >= row.expected > 0 for row in self.rows)


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
    next_names: tuple[str, ...] = ()
    waiting: bool = False
    """Its order is not on this device yet (ward 9)."""
    blind: bool = False
    note: str | None = None
    """The vendor's delivery note; empty: there is none, None: nobody has said (ward 18)."""
    cold: str | None = None
    """What was said of the cold chain; None: not asked."""
    warm: bool = False
    refused: tuple[Refused, ...] = ()
    nameless: tuple[Nameless, ...] = ()
    unknown: str = ""
    """The code just scanned that nobody knows: `unidentified` keeps it."""
    pallets: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()


def view(delivery: Delivery, ward: Ward) -> ReceiptView:
    """What the page shows of a delivery now."""
    asked = RECEIPT.question(delivery, ward)
    sections = _sections(delivery)
    hint, facts = _hint(delivery, [row for section in sections if not section.beside for row in section.rows])
    steps = tuple(dict.fromkeys(name for order in delivery.orders for name in order.picking.next_names))
    return ReceiptView(
        partner=delivery.partner_name,
        order=delivery.ordered_as if delivery.joined else delivery.picking.origin,
        document=delivery.names,
        sections=sections,
        question=asked,
        hint=hint,
        hint_facts=facts,
        action=_action(delivery, asked),
        can_act=bool(delivery.additions) and asked is None and not delivery.finished,
        can_undo=delivery.begun and not delivery.finished,
        finished=delivery.finished,
        references=delivery.references,
        steps_to_go=len(steps),
        next_names=steps,
        waiting=delivery.waiting,
        blind=delivery.blind,
        note=delivery.told_once(NOTE),
        cold=delivery.told_once(COLD),
        warm=was_warm(delivery),
        refused=tuple(
            Refused(one.number, one.product.name, one.quantity, one.product.uom_name, one.lot_name, one.reason)
            for one in delivery.turned_away
        ),
        nameless=tuple(Nameless(one.number, one.text, one.quantity, one.photos) for one in delivery.nameless),
        unknown=delivery.unknown.text if delivery.unknown else "",
        pallets=delivery.pallets,
        photos=delivery.photos,
    )


def _sections(delivery: Delivery) -> tuple[Section, ...]:
    """One for each order, one for goods beside them."""
    rows = _rows(delivery)
    ordered = tuple(_section(delivery, order, rows) for order in delivery.orders)
    unexpected = dict.fromkeys(add.product.id for add in delivery.additions if add.unexpected)
    beside = tuple(rows[product][None] for product in unexpected)
    if not beside:
        return ordered
    return (*ordered, Section(delivery.ordered_as if delivery.joined else delivery.picking.origin, "", True, beside))


def _section(delivery: Delivery, order: Order, rows: Mapping[int, "_Rows"]) -> Section:
    """Its rows in the order of its lines; those of an awaited order as they were scanned."""
    id_ = order.picking.id
    lines = (move.product.id for move in delivery.expected if delivery.papers_of(move) == id_)
    products = dict.fromkeys((*lines, *rows))
    mine = tuple(rows[product][id_] for product in products if id_ in rows[product])
    return Section(order.picking.origin, order.picking.name, False, mine)


class _Goods(NamedTuple):
    """All that the rows of one product are made of: while it is the same, so are they."""

    moves: tuple[Expected, ...]
    additions: tuple[Addition, ...]
    first: int
    blind: bool


_Rows: TypeAlias = Mapping[int | None, Row]
"""Of one product, by the picking of each; None: beside the orders."""


def _rows(delivery: Delivery) -> dict[int, _Rows]:
    """By product: what was scanned in the order it was, then what nothing came of."""
    moves, additions = delivery.by_product(), dict[int, list[Addition]]()
    for add in delivery.additions:
        additions.setdefault(add.product.id, []).append(add)
    first, blind = delivery.picking.id, delivery.blind
    products = tuple(dict.fromkeys((*additions, *moves)))
    goods = (_Goods(moves.get(id_, ()), tuple(additions.get(id_, ())), first, blind) for id_ in products)
    return dict(zip(products, _ROWS.of_each(zip(products, goods, strict=True)), strict=True))


def _rows_of(goods: _Goods) -> _Rows:
    moves: dict[int | None, list[Expected]] = {}
    for move in goods.moves:
        moves.setdefault(papers_of(move, goods.first), []).append(move)
    came = _came(goods)
    return {id_: _row(goods, id_, came.get(id_, ()), moves.get(id_, ())) for id_ in {**moves, **came}}


_ROWS: Final = Remade(_rows_of)


def _came(goods: _Goods) -> dict[int | None, list[Addition]]:
    """What of each addition goes on which order, or beside them. Of an awaited order all is its own."""
    came: dict[int | None, list[Addition]] = {}
    if beside := [add for add in goods.additions if add.unexpected]:
        came[None] = beside
    if goods.first == NOT_HERE and goods.additions:
        came[NOT_HERE] = list(goods.additions)
    for share in shared_out(goods.additions, {move.product.id: goods.moves for move in goods.moves}, goods.first):
        mine = came.setdefault(papers_of(share.move, goods.first), [])
        before = next((one for one in mine if one.number == share.add.number), None)
        if before:
            mine.remove(before)
        mine.append(part_of(share.add, share.quantity + (before.quantity if before else NOTHING)))
    return came


def _row(goods: _Goods, picking_id: int | None, mine: Sequence[Addition], moves: Sequence[Expected]) -> Row:
    """The product in one order, of which it has these open moves, or beside them (`picking_id` None)."""
    product = mine[-1].product if mine else moves[-1].product
    places = dict.fromkeys(add.destination_name for add in mine) if mine else {m.destination_name: None for m in moves}
    joined = picking_id if picking_id and picking_id != goods.first else 0
    in_order = sorted(mine, key=lambda add: add.number)
    return Row(
        key=row_key(product.id, unexpected=picking_id is None, picking_id=joined),
        product_id=product.id,
        name=product.name,
        code=product.code,
        unit=product.uom_name,
        expected=NOTHING if goods.blind else sum((move.expected for move in moves), NOTHING),
        done=sum((add.quantity for add in mine), NOTHING),
        place=", ".join(place for place in places if place),
        lots=tuple(dict.fromkeys((add.lot_name, add.expiry) for add in in_order if add.lot_name)),
        scans=tuple(heard(add) for add in reversed(in_order)),
        serial=product.tracking == "serial",
    )


def _hint(delivery: Delivery, rows: Sequence[Row]) -> tuple[str, dict[str, object]]:
    """What is still to come, or how to say how many of the lot just scanned (ward 15)."""
    left = [row for row in rows if row.done < row.expected]
    if delivery.blind or delivery.waiting:
        return "scan_next", {}
    if not delivery.additions:
        return "scan_first", {"lines": len(rows)}
    last = delivery.additions[-1]
    now = last.number == delivery.current and not last.unexpected
    row = next((row for row in left if now and row.product_id == last.product.id), None)
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
