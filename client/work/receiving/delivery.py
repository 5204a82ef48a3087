"""The state of a receiving job: the orders one vendor brings, what is expected of them, what of that came."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from client.work.job import Addition, Job, grouped
from client.work.remade import Remade
from sync.stock import Picking, Product
from sync.transaction import Answer

NOTHING: Final = Decimal(0)
NOT_HERE: Final = 0
"""The id of papers this device does not have yet: an order phoned ten minutes ago (ward 9)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One open move of the delivery. `expected` is what Odoo still waits for, in base units (contract 14.5).

    `destination_id` is where Odoo's own pre-filled line puts it, which an explicit destination bypasses (ward 19).
    `picking_id` is 0 in drafts of the first release, whose deliveries had one picking.
    """

    move_id: int
    product: Product
    expected: Decimal
    uom_id: int
    destination_id: int
    destination_name: str
    picking_id: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """One open picking of a delivery. `create_backorder` is what Odoo does with what is missing (ward 21)."""

    picking: Picking
    create_backorder: str = "ask"

    @property
    def name(self) -> str:
        """What people call it: the order, or the picking where it has none."""
        return self.picking.origin or self.picking.name


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Goods refused at the door: not received, the order stays open for them (ward 17).

    `was` is the scan they were all or a part of, as it was before, where they had been added.
    """

    number: int
    product: Product
    quantity: Decimal
    reason: str
    person: str
    at: datetime
    lot_name: str = ""
    expiry: date | None = None
    evidence: tuple[str, ...] = ()
    unexpected: bool = False
    was: Addition | None = None


@dataclass(frozen=True, slots=True)
class PutAside:
    """A scan as it was before it, or a part of it, was put aside as addition `number`."""

    number: int
    was: Addition


@dataclass(frozen=True, slots=True)
class Unknown:
    """A code on the dock that nobody knows (ward 16): as it was scanned, how many such packs, pictures of it.

    `number` is 0 for the last one scanned, which nobody has decided to keep. `symbology` is its AIM id.
    """

    number: int
    text: str
    symbology: str
    person: str
    at: datetime
    quantity: Decimal = Decimal(1)
    evidence: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What of an addition goes on a move: several orders may wait for one product (ward 12)."""

    add: Addition
    move: Expected
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Job):
    """One delivery of one vendor, against one open picking or several: `picking` began it, `joined` came after.

    A delivery whose order is not on the device yet has a picking `NOT_HERE` that carries the order's name. `expected`
    is empty until it comes. `generation` is the pull the state was last held against.
    `once` are answers asked for once in a delivery, `blind` says that expected quantities are not shown (design 7),
    `note_before` is our reference of an earlier delivery of the vendor with the same note.
    `unknown` is the last code nobody knew, `unidentified` those that were kept. `pallets` are numbers of shipping
    units, kept as evidence (ward 23). `closed` are pickings others finished or cancelled meanwhile, of which somebody
    must decide (ward 10), `settled_papers` the ids of those of which somebody has. `off_order` are the numbers of
    additions that were scanned for an order whose line Odoo has no more: where it comes back, so do they.
    """

    picking: Picking
    partner_name: str
    expected: tuple[Expected, ...]
    create_backorder: str = "ask"
    joined: tuple[Order, ...] = ()
    generation: int = 0
    blind: bool = False
    once: tuple[Answer, ...] = ()
    note_before: str = ""
    turned_away: tuple[TurnedAway, ...] = ()
    put_aside: tuple[PutAside, ...] = ()
    unknown: Unknown | None = None
    unidentified: tuple[Unknown, ...] = ()
    pallets: tuple[str, ...] = ()
    closed: tuple[Picking, ...] = ()
    settled_papers: tuple[int, ...] = ()
    off_order: tuple[int, ...] = ()

    # ---------------------------------------------------------------- its papers

    @property
    def begun(self) -> bool:
        """Something was scanned or said that must not be lost."""
        noted = any(one.question in {"delivery_note", "cold_chain"} for one in self.once)
        kept = self.turned_away or self.unidentified or self.photos or self.pallets
        return bool(self.additions or self.pending or kept or noted)

    @property
    def waiting(self) -> bool:
        """Its order is not on this device yet."""
        return self.picking.id == NOT_HERE

    @property
    def orders(self) -> tuple[Order, ...]:
        """All it brings, in the order they were scanned."""
        return (Order(self.picking, self.create_backorder), *self.joined)

    def order(self, picking_id: int) -> Order | None:
        """That one of them."""
        return next((one for one in self.orders if one.picking.id == picking_id), None)

    @property
    def names(self) -> str:
        """All pickings, as the draft's document: each can be found by its own name."""
        if self.waiting:
            return self.picking.origin
        return PAPERS.join(one.picking.name for one in self.orders)

    @property
    def ordered_as(self) -> str:
        """All orders, as people call them."""
        return PAPERS.join(dict.fromkeys(one.name for one in self.orders))

    @property
    def close_short(self) -> bool:
        """A person decided that the rest will not come (ward 21)."""
        return any(answer.choice in {"close-short", "rest-cancelled-by-odoo"} for answer in self.answers)

    @property
    def without_order(self) -> bool:
        """A person who may said that nobody ordered this (ward 9)."""
        return self.waiting and any(answer.choice == "no-order" for answer in self.answers)

    # ---------------------------------------------------------------- what was answered once

    def told_once(self, question: str) -> str | None:
        """What was answered, or None while nobody has been asked."""
        return next((answer.choice for answer in self.once if answer.question == question), None)

    def with_once(self, answer: Answer) -> "Delivery":
        """The delivery with that answer instead of an earlier one."""
        others = (one for one in self.once if one.question != answer.question)
        return replace(self, once=(*others, answer))

    def with_aside(self, number: int, was: Addition) -> "Delivery":
        """The delivery that knows what addition `number` was before it was put aside."""
        return replace(self, put_aside=(*self.put_aside, PutAside(number, was)))

    @property
    def nameless(self) -> tuple[Unknown, ...]:
        """What nobody has named yet: once it is, an addition, or what was refused of it, carries its scan."""
        if not self.unidentified:
            return ()
        named = {scan for add in self.additions for scan in add.evidence}
        named |= {scan for away in self.turned_away for scan in away.evidence}
        return tuple(one for one in self.unidentified if not named & set(one.evidence))

    # ---------------------------------------------------------------- what came

    def received(self, product_id: int) -> Decimal:
        """Base units scanned so far for the orders, without unexpected goods."""
        mine = (add.quantity for add in self.additions if add.product.id == product_id and not add.unexpected)
        return sum(mine, NOTHING)

    def ordered(self, product_id: int, picking_id: int | None = None) -> Decimal:
        """Base units Odoo waits for, over all moves of the product, or of one picking."""
        moves = (move for move in self.moves_of(product_id) if picking_id in (None, self.papers_of(move)))
        return sum((move.expected for move in moves), NOTHING)

    def all_ordered(self) -> dict[int, Decimal]:
        """`ordered` of each product."""
        return {id_: sum((move.expected for move in moves), NOTHING) for id_, moves in self.by_product().items()}

    def left(self, product_id: int) -> Decimal:
        """Base units still to come."""
        return max(self.ordered(product_id) - self.received(product_id), NOTHING)

    def moves_of(self, product_id: int) -> tuple[Expected, ...]:
        """The product's open moves, those of the oldest order first."""
        return self.by_product().get(product_id, ())

    def by_product(self) -> Mapping[int, tuple[Expected, ...]]:
        """All open moves by product, each as `moves_of` has them."""
        return _BY_PRODUCT.of(self.expected)

    def papers_of(self, move: Expected) -> int:
        """The picking a move belongs to."""
        return papers_of(move, self.picking.id)

    def short(self) -> tuple[Expected, ...]:
        """Moves of products of which less came than was ordered."""
        fewer = {id_ for id_, ordered in self.all_ordered().items() if self.received(id_) < ordered}
        return tuple(move for move in self.expected if move.product.id in fewer)

    def shares(self) -> tuple[Share, ...]:
        """Each addition on the oldest move that still waits for it, what is over on the last (design 5, ward 12).

        What a person meant for one order is laid there first. Additions of one body line stay together.
        """
        return shared_out(self.additions, self.by_product(), self.picking.id)

    def papers_for(self, add: Addition) -> int:
        """The picking an addition goes on, the first where it goes on several."""
        if not self.joined:  # said at each scan: a long delivery of one order is not shared out for it
            return self.picking.id
        share = next((one for one in self.shares() if one.add.number == add.number), None)
        return self.papers_of(share.move) if share else self.picking.id

    def untouched(self) -> tuple[Order, ...]:
        """Orders of which nothing came: no receipt is made for them, so nothing of them can be closed (ward 21)."""
        began = {self.papers_of(share.move) for share in self.shares()}
        return tuple(order for order in self.orders if order.picking.id not in began)

    def unfinished(self, picking_id: int) -> bool:
        """Whether something of that picking has not come."""
        came: dict[int, Decimal] = {}
        for share in self.shares():
            came[share.move.move_id] = came.get(share.move.move_id, NOTHING) + share.quantity
        mine = (move for move in self.expected if self.papers_of(move) == picking_id)
        return any(came.get(move.move_id, NOTHING) < move.expected for move in mine)


PAPERS: Final = ", "
"""Between the names of several papers, as Odoo writes several orders into one origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unidentified(Delivery):
    """What of a finished delivery nobody has named yet: a job of its own until somebody does (ward 16)."""


def _by_product(expected: tuple[Expected, ...]) -> Mapping[int, tuple[Expected, ...]]:
    moves: dict[int, list[Expected]] = {}
    for move in expected:
        moves.setdefault(move.product.id, []).append(move)
    return {id_: tuple(mine) for id_, mine in moves.items()}


_BY_PRODUCT: Final = Remade(_by_product)


def papers_of(move: Expected, first: int) -> int:
    """The picking a move belongs to, in a delivery that `first` began."""
    return move.picking_id or first


def shared_out(
    additions: Iterable[Addition], waiting: Mapping[int, Sequence[Expected]], first: int
) -> tuple[Share, ...]:
    """`Delivery.shares`, of these additions: what a product's come to depends on no other product."""
    room = {move.move_id: move.expected for moves in waiting.values() for move in moves}
    groups = [group for group in grouped(additions) if not group[0].unexpected]
    groups.sort(key=lambda group: not group[0].picking_id)
    every = ((add, _meant_first(add, waiting.get(add.product.id, ()), first)) for group in groups for add in group)
    return tuple(share for add, moves in every for share in _shared(add, moves, room))


def _meant_first(add: Addition, moves: Sequence[Expected], first: int) -> Sequence[Expected]:
    meant = [move for move in moves if add.picking_id and papers_of(move, first) == add.picking_id]
    return (*meant, *(move for move in moves if move not in meant)) if meant else moves


def _shared(add: Addition, moves: Sequence[Expected], room: dict[int, Decimal]) -> Iterator[Share]:
    left = add.quantity
    for move in moves:
        taken = left if move is moves[-1] else min(left, room[move.move_id])
        if taken > 0:
            room[move.move_id] -= taken
            left -= taken
            yield Share(add, move, taken)


def part_of(add: Addition, quantity: Decimal) -> Addition:
    """A part of an addition is no longer what was scanned in boxes."""
    if quantity == add.quantity:
        return add
    return replace(add, quantity=quantity, unit=add.product.uom_name, count=quantity)
