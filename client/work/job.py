"""The state every job shares: what was scanned, what is being asked, what was answered. Frozen, and kept as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Self, TypeVar

import msgspec

from client.work.remade import Remade
from sync.stock import Product
from sync.transaction import Answer, Draft, Moment

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Addition:
    """One accepted scan: `quantity` base units of one lot, as `count` of `unit`. Undo takes the last one away.

    `placed` says that a person scanned the shelf; else a planned move keeps the one Odoo chose for it (ward 19).
    `source_id` is where the goods are taken from, 0 where the job has one source for all. `book` is what the device
    believed lay there before; `sooner` a lot that lay there too and expires sooner. `picking_id` is the order it came
    for, 0 where the job has one only. `person` scanned it at `moment`, where each scan speaks of its own (a count).
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
    source_id: int = 0
    source_name: str = ""
    package_id: int | None = None
    owner_id: int | None = None
    book: Decimal | None = None
    picking_id: int = 0
    sooner: str = ""
    person: str = ""
    moment: Moment | None = None

    @property
    def line_key(self) -> tuple[object, ...]:
        """Additions with one key become one line of the body."""
        goods = (self.unexpected, self.product.id, self.lot_name, self.expiry, self.package_id, self.owner_id)
        return (*goods, self.source_id, self.destination_id, self.placed, self.picking_id)

    def choice(self, question: str) -> str:
        """What the person chose when asked about it, empty where nobody did."""
        return next((answer.choice for answer in self.settled if answer.question == question), "")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an item is if its label lost a separator. `text`: as print has it beside the code, (10)ABC(17)271231."""

    text: str
    lot_name: str = ""
    serial: str = ""
    expiry: date | None = None
    other_day: date | None = None
    other_day_code: str = ""
    count: Decimal | None = None
    base: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """An item that is not complete, or not yet agreed to. Nothing of it is added until every question is answered.

    How much it is (design 13.6): `base` units where the label says so (AI 30, a mass), else `count` times `per_unit`,
    where `per_unit` base units are in one `unit` and an `unknown_level` is a pack nobody has recorded,
    and `uncounted` says that the label names a content without its number (02 without 37). `other_day` is
    a day that is not an expiry (`other_day_code` says which), `doubtful` a label that may have lost a separator,
    `damaged` its unreadable elements as (code, AI, what stands there), `readings` how else it may be read, likeliest
    first. `settled` are the questions already answered.
    `check` and `link` are what the two symbols of a HIBC label must have in common, `division` is the part of a
    donation (ISBT 128), `elements` what its GS1 symbols say, each as (AI, value). `taught` is the product this code was
    taught to here, where Odoo by now knows it as another.
    `instead_of` is the addition whose quantity is being changed: it comes back if the change is not agreed to.
    `source_id`, `package_id` and `owner_id` say from where and whose, once a person chose among several.
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
    readings: tuple[Reading, ...] = ()
    check: str = ""
    link: str = ""
    division: str = ""
    elements: tuple[tuple[str, str], ...] = ()
    taught: str = ""
    settled: tuple[Answer, ...] = ()
    instead_of: Addition | None = None
    source_id: int = 0
    package_id: int | None = None
    owner_id: int | None = None
    picking_id: int = 0

    def choice(self, question: str) -> str:
        """What the person chose when asked, empty while nobody did."""
        return next((answer.choice for answer in self.settled if answer.question == question), "")

    @property
    def quantity(self) -> Decimal:
        """Base units: one `unit` where nobody said how many."""
        if self.base is not None:
            return self.base
        return self.per_unit * (Decimal(1) if self.count is None else self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a person does from the first scan to the confirmation. `uuid` is minted when the draft opens (design 13.1).

    `current` is the number of the addition the last answer was about: what `qty` and a scanned shelf speak of.
    `closing` while finishing is being asked about, `answers` what was answered then. `witness` is the second person
    where goods want one (ward 30), `corrects` the uuid of the transaction this one puts right, `photos` ids of
    pictures in the store.
    """

    uuid: str
    opened_at: datetime
    person: str
    additions: tuple[Addition, ...] = ()
    pending: Pending | None = None
    closing: bool = False
    answers: tuple[Answer, ...] = ()
    current: int = 0
    next_number: int = 1
    references: tuple[str, ...] = ()
    witness: str = ""
    corrects: str = ""
    photos: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Confirmed: its transactions are in the outbox under `references`."""
        return bool(self.references)

    @property
    def papers_id(self) -> int | None:
        """The planned picking it works off: what Odoo reserved for that is no other's (ward 6)."""
        return None

    @property
    def begun(self) -> bool:
        """Something was scanned into it: worth keeping when a person leaves."""
        return bool(self.additions or self.pending)

    def lines(self) -> tuple[tuple[Addition, ...], ...]:
        """Additions that make one body line each, in the order they were first scanned."""
        return grouped(self.additions)

    def taken(
        self,
        product_id: int,
        lot_name: str | None = None,
        source_id: int | None = None,
        whose: tuple[int | None, int | None] | None = None,
    ) -> Decimal:
        """Base units of a product among the additions; of one lot, from one shelf, of one package and owner if told."""
        mine = [add for add in self.additions if add.product.id == product_id]
        mine = [add for add in mine if whose in (None, (add.package_id, add.owner_id))]
        return sum(
            (add.quantity for add in mine if lot_name in (None, add.lot_name) and source_id in (None, add.source_id)),
            Decimal(0),
        )

    def with_addition(self, add: Addition) -> Self:
        """The job with one more accepted scan and no open question."""
        after = self.next_number + (add.number == self.next_number)
        additions = tuple(sorted((*self.additions, add), key=lambda one: one.number))
        return replace(self, additions=additions, pending=None, current=add.number, next_number=after)

    def without(self, number: int) -> Self:
        """The job without that addition."""
        return replace(self, additions=tuple(add for add in self.additions if add.number != number), current=0)

    def addition(self, number: int) -> Addition | None:
        """The addition of that number."""
        return next((add for add in self.additions if add.number == number), None)

    def dropped(self) -> Self:
        """The job without its open item; a changed quantity is as it was before."""
        before = self.pending.instead_of if self.pending else None
        back = (*self.additions, before) if before else self.additions
        ordered = tuple(sorted(back, key=lambda add: add.number))
        return replace(self, additions=ordered, pending=None, current=before.number if before else 0)


def grouped(additions: Iterable[Addition]) -> tuple[tuple[Addition, ...], ...]:
    """Those that make one body line each, in the order they were first scanned."""
    groups: dict[tuple[object, ...], list[Addition]] = {}
    for add in additions:
        groups.setdefault(add.line_key, []).append(add)
    return tuple(tuple(group) for group in groups.values())


J = TypeVar("J", bound=Job)
J_co = TypeVar("J_co", bound=Job, covariant=True)


def to_state(job: Job) -> str:
    """The draft's JSON, but for its additions: each has a row of its own."""
    parts = {field.name: (getattr(job, field.name),) for field in fields(job)} | {"additions": ((),)}
    keyed = (((type(job), name), part) for name, part in parts.items())
    written = dict(zip(parts, _WRITTEN.of_each(keyed), strict=True))
    return msgspec.json.encode({"schema": SCHEMA, "job": written}).decode()


def _as_json(part: tuple[object, ...]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(part[0]))


_WRITTEN: Final = Remade(_as_json)
"""What a long delivery expects is not spelled out again for each scan."""


def to_lines(additions: Iterable[Addition]) -> dict[int, str]:
    """The JSON of each, by its number."""
    return {add.number: msgspec.json.encode(add).decode() for add in additions}


def from_draft(draft: Draft, kind: type[J]) -> J:
    """Read a draft of any released version."""
    stored = msgspec.json.decode(draft.state, type=dict[str, msgspec.Raw])
    if (schema := msgspec.json.decode(stored["schema"], type=int)) != SCHEMA:
        raise ValueError(f"a draft of version {schema}")
    # The first release kept deliveries only, and named them so.
    job = msgspec.json.decode(stored.get("job") or stored["delivery"], type=kind)
    rows = tuple(msgspec.json.decode(draft.lines[number], type=Addition) for number in sorted(draft.lines))
    return replace(job, additions=rows or job.additions)
