"""The state of a receiving job: what is expected, what was scanned, what is being asked. Frozen, and kept as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import msgspec

from sync.stock import Picking, Product
from sync.transaction import Answer

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Expected:
    """One open move of the delivery. `expected` is what Odoo still waits for, in base units (contract 14.5).

    `destination_id` is where Odoo's own pre-filled line puts it, which an explicit destination bypasses (ward 19).
    """

    move_id: int
    product: Product
    expected: Decimal
    uom_id: int
    destination_id: int
    destination_name: str


@dataclass(frozen=True, slots=True)
class Addition:
    """One accepted scan: `quantity` base units of one lot, as `count` of `unit`. Undo takes the last one away.

    `placed` says that a person scanned the shelf; else each move keeps the one Odoo chose for it (ward 19).
    """

    number: int
    product: Product
    quantity: Decimal
    unit: str
    count: Decimal
    destination_id: int
    destination_name: str
    scanned_at: datetime
    lot_name: str = ""
    lot_id: int | None = None
    expiry: date | None = None
    serial: str = ""
    batch: str = ""
    unexpected: bool = False
    placed: bool = False
    evidence: tuple[str, ...] = ()
    settled: tuple[Answer, ...] = ()

    @property
    def line_key(self) -> tuple[object, ...]:
        """Additions with one key become one line of the body."""
        return (self.unexpected, self.product.id, self.lot_name, self.expiry, self.destination_id, self.placed)


@dataclass(frozen=True, slots=True)
class Pending:
    """An item that is not complete, or not yet agreed to. Nothing of it is added until every question is answered.

    How much it is (design 13.6): `base` units where the label says so (AI 30, a mass), else `count` times `per_unit`,
    where `per_unit` base units are in one `unit` and an `unknown_level` is a pack nobody has recorded,
    and `uncounted` says that the label names a content without its number (02 without 37). `other_day` is
    a day that is not an expiry (`other_day_code` says which), `doubtful` a label that may have lost a separator,
    `damaged` its unreadable elements as (code, AI, what stands there). `settled` are the questions already answered.
    `instead_of` is the addition whose quantity is being changed: it comes back if the change is not agreed to.
    """

    product: Product | None = None
    code: str = ""
    per_unit: Decimal = Decimal(1)
    unit: str = ""
    count: Decimal | None = None
    base: Decimal | None = None
    uncounted: bool = False
    lot_name: str = ""
    expiry: date | None = None
    other_day: date | None = None
    other_day_code: str = ""
    serial: str = ""
    batch: str = ""
    evidence: tuple[str, ...] = ()
    doubtful: bool = False
    damaged: tuple[tuple[str, str, str], ...] = ()
    candidates: tuple[Product, ...] = ()
    unknown_level: str = ""
    settled: tuple[Answer, ...] = ()
    instead_of: Addition | None = None

    def choice(self, question: str) -> str:
        """What the person chose when asked, empty while nobody did."""
        return next((answer.choice for answer in self.settled if answer.question == question), "")

    @property
    def quantity(self) -> Decimal:
        """Base units: one `unit` where nobody said how many."""
        if self.base is not None:
            return self.base
        return self.per_unit * (Decimal(1) if self.count is None else self.count)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery against one picking. `uuid` is minted when the draft opens (design 13.1).

    `current` is the number of the addition the last answer was about: what `qty` and a scanned shelf speak of.
    `closing` while finishing is being asked about, `answers` what was answered then.
    """

    uuid: str
    picking: Picking
    partner_name: str
    expected: tuple[Expected, ...]
    opened_at: datetime
    person: str
    create_backorder: str = "ask"
    additions: tuple[Addition, ...] = ()
    pending: Pending | None = None
    closing: bool = False
    answers: tuple[Answer, ...] = ()
    current: int = 0
    next_number: int = 1
    references: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Confirmed: its transactions are in the outbox under `references`."""
        return bool(self.references)

    def received(self, product_id: int) -> Decimal:
        """Base units scanned so far for the order, without unexpected goods."""
        mine = (add.quantity for add in self.additions if add.product.id == product_id and not add.unexpected)
        return sum(mine, Decimal(0))

    def ordered(self, product_id: int) -> Decimal:
        """Base units Odoo waits for, over all moves of the product."""
        return sum((move.expected for move in self.expected if move.product.id == product_id), Decimal(0))

    def moves_of(self, product_id: int) -> tuple[Expected, ...]:
        """The product's open moves, oldest first."""
        return tuple(move for move in self.expected if move.product.id == product_id)

    def short(self) -> tuple[Expected, ...]:
        """Moves of products of which less came than was ordered."""
        return tuple(move for move in self.expected if self.received(move.product.id) < self.ordered(move.product.id))

    def lines(self) -> Iterator[tuple[Addition, ...]]:
        """Additions that make one body line each, in the order they were first scanned."""
        groups: dict[tuple[object, ...], list[Addition]] = {}
        for add in self.additions:
            groups.setdefault(add.line_key, []).append(add)
        return (tuple(group) for group in groups.values())

    def with_addition(self, add: Addition) -> "Delivery":
        """The delivery with one more accepted scan and no open question."""
        after = self.next_number + (add.number == self.next_number)
        additions = tuple(sorted((*self.additions, add), key=lambda one: one.number))
        return replace(self, additions=additions, pending=None, current=add.number, next_number=after)

    def without(self, number: int) -> "Delivery":
        """The delivery without that addition."""
        return replace(self, additions=tuple(add for add in self.additions if add.number != number), current=0)

    def addition(self, number: int) -> Addition | None:
        """The addition of that number."""
        return next((add for add in self.additions if add.number == number), None)

    def dropped(self) -> "Delivery":
        """The delivery without its open item; a changed quantity is as it was before."""
        before = self.pending.instead_of if self.pending else None
        back = (*self.additions, before) if before else self.additions
        ordered = tuple(sorted(back, key=lambda add: add.number))
        return replace(self, additions=ordered, pending=None, current=before.number if before else 0)


@dataclass(frozen=True, slots=True)
class _Stored:
    schema: int
    delivery: Delivery


def to_state(delivery: Delivery) -> str:
    """The draft's JSON."""
    return msgspec.json.encode(_Stored(SCHEMA, delivery)).decode()


def from_state(state: str) -> Delivery:
    """Read a draft's JSON of any released version."""
    stored = msgspec.json.decode(state, type=_Stored)
    if stored.schema != SCHEMA:
        raise ValueError(f"a delivery draft of version {stored.schema}")
    return stored.delivery
