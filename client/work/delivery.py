"""The state of a receiving job: what is expected, what was scanned, what is being asked. Frozen, and kept as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import msgspec

from sync.stock import Lot, Picking, Product
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
    """One accepted scan: `quantity` base units of one lot, as `count` of `unit`. Undo takes the last one away."""

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
    evidence: tuple[str, ...] = ()
    settled: tuple[Answer, ...] = ()

    @property
    def line_key(self) -> tuple[int, str, date | None, int]:
        """Additions with one key become one line of the body."""
        return (self.product.id, self.lot_name, self.expiry, self.destination_id)


@dataclass(frozen=True, slots=True)
class Pending:
    """An item that is not complete, or not yet agreed to. Nothing of it is added until every question is answered.

    `settled` are the questions already answered; `per_unit` base units are in one `unit`. `other_day` is a day on
    the label that is not an expiry (`other_day_code` says which), `doubtful` a label that may have lost a separator.
    """

    product: Product | None = None
    per_unit: Decimal = Decimal(1)
    unit: str = ""
    count: Decimal | None = None
    lot_name: str = ""
    lot: Lot | None = None
    expiry: date | None = None
    other_day: date | None = None
    other_day_code: str = ""
    serial: str = ""
    batch: str = ""
    evidence: tuple[str, ...] = ()
    doubtful: bool = False
    candidates: tuple[Product, ...] = ()
    unknown_level: str = ""
    settled: tuple[Answer, ...] = ()

    def choice(self, question: str) -> str:
        """What the person chose when asked, empty while nobody did."""
        return next((answer.choice for answer in self.settled if answer.question == question), "")

    @property
    def quantity(self) -> Decimal:
        """Base units: one `unit` where nobody said how many."""
        return self.per_unit * (Decimal(1) if self.count is None else self.count)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery against one picking. `uuid` is minted when the draft opens (design 13.1)."""

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
            groups.setdefault((add.unexpected, *add.line_key), []).append(add)
        return (tuple(group) for group in groups.values())

    def with_addition(self, add: Addition) -> "Delivery":
        """The delivery with one more accepted scan and no open question."""
        return replace(self, additions=(*self.additions, add), pending=None, next_number=self.next_number + 1)


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
