"""What a person confirmed, and the life of it: queued, sending, done, refused, withdrawn. Nothing else."""

import json
import uuid as uuids
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import msgspec

from sync.stock import Location, Usage

BODY_SCHEMA = 2
"""Version of the stored body. A reader exists for every released version (design 13.2).

1: receipts. 2: all kinds; what it added has defaults, so that one reader serves both.
"""


class Kind(StrEnum):
    """What is done to stock; each kind has one posting (design 5)."""

    RECEIPT = "receipt"
    """On a planned incoming picking."""
    PLANNED_TRANSFER = "planned_transfer"
    """On a planned internal or outgoing picking."""
    BLIND_RECEIPT = "blind_receipt"
    TRANSFER = "transfer"
    USE = "use"
    WASTE = "waste"
    WARD_RETURN = "ward_return"
    SUPPLIER_RETURN = "supplier_return"
    """Its lines name, as `move_id`, the done move that received the goods (contract 14.14)."""
    LOT_CHANGE = "lot_change"
    """Lines out of lot A to the relabel location, lines of lot B back from it, same bin (ward 29)."""
    DISPATCH = "dispatch"
    """First half of a two-sided transfer: into a transit location (ward 27)."""
    ARRIVAL = "arrival"
    """Second half: out of transit; `follows` names the dispatch."""
    COUNT = "count"
    """Submitted for approval: Odoo's people apply it."""
    ADJUSTMENT = "adjustment"
    """A count applied at once, as a difference document (contract 14.1)."""


PLANNED = frozenset({Kind.RECEIPT, Kind.PLANNED_TRANSFER})
"""Posted on a picking Odoo has already."""
COUNTS = frozenset({Kind.COUNT, Kind.ADJUSTMENT})
"""Statements about a moment: their lines say `counted` (ward 1)."""
FREE = frozenset(Kind) - PLANNED - COUNTS
"""Posted as a picking of their own under the transaction's uuid."""


class Status(StrEnum):
    """Where a transaction is. `sending` means: we do not know, so the same posting runs again (design 4)."""

    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


UNFINISHED = frozenset({Status.QUEUED, Status.SENDING, Status.REFUSED})
"""A refused transaction still holds back what meets it, until a person settles it."""

LEGAL_MOVES: Mapping[Status, frozenset[Status]] = {
    Status.QUEUED: frozenset({Status.SENDING, Status.WITHDRAWN}),
    Status.SENDING: frozenset({Status.DONE, Status.REFUSED, Status.QUEUED, Status.WITHDRAWN}),
    # Queued again only what Odoo did not let us take back: it was refused without being cleaned up.
    Status.REFUSED: frozenset({Status.WITHDRAWN, Status.QUEUED}),
    Status.DONE: frozenset(),
    Status.WITHDRAWN: frozenset(),
}


def check_move(now: Status, then: Status) -> None:
    """Raise ValueError, a bug, for a move the drawing of design 4 does not have."""
    if then not in LEGAL_MOVES[now]:
        raise ValueError(f"a transaction cannot go from {now} to {then}")


@dataclass(frozen=True, slots=True)
class Moment:
    """When a person acted, in parts (design 13.4): the wall clock can be wrong, the other two tell by how much.

    `wall` is UTC, `monotonic` seconds since an arbitrary point of this boot, `boot_id` names the boot.
    """

    wall: datetime
    monotonic: float
    boot_id: str


@dataclass(frozen=True, slots=True)
class Document:
    """The Odoo papers a transaction belongs to. What nobody planned has no `picking_id` and names its places here.

    A count names the counted place as source and the inventory-adjustment location as destination.
    """

    picking_type_id: int
    source_id: int
    destination_id: int
    picking_id: int | None = None
    picking_name: str = ""
    origin: str = ""
    partner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a body (design 13.3). `done` is in the product's base unit `uom_id`; `number` never changes.

    `unit` and `count` are what the person scanned or typed ("4" of "Box of 10"), `done` what they come to.
    `lot_id` is known only when the catalogue had the lot; `serial` is a pack's serial where Odoo tracks the lot.
    A line of a count stands for the shelf `source_id`: `counted` is what a person found there (0 was said), `book`
    what the device believed at that moment, `done` is 0.
    """

    number: int
    product_id: int
    done: Decimal
    uom_id: int
    source_id: int
    destination_id: int
    move_id: int | None = None
    move_uom_id: int | None = None
    unit: str = ""
    count: Decimal = Decimal(0)
    lot_name: str = ""
    lot_id: int | None = None
    expiry: date | None = None
    serial: str = ""
    batch: str = ""
    package_id: int | None = None
    owner_id: int | None = None
    evidence: tuple[str, ...] = ()
    counted: Decimal | None = None
    book: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person decided when asked: the question's code, the choice, who, and when (UTC)."""

    question: str
    choice: str
    person: str
    answered_at: datetime
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Transaction:
    """An immutable, confirmed act (design 13.2). A correction is a new transaction that names the old (`corrects`)."""

    uuid: str
    kind: Kind
    reference: str
    document: Document
    company_id: int
    person: str
    device: str
    acted_at: Moment
    lines: tuple[Line, ...]
    witness: str = ""
    reason: str = ""
    answers: tuple[Answer, ...] = ()
    close_short: bool = False
    corrects: str = ""
    delivery_note: str = ""
    follows: str = ""
    """The uuid of the dispatch an arrival receives."""
    photos: tuple[str, ...] = ()
    """Ids of pictures in the store, attached to the document in Odoo."""

    def line_xid(self, line: Line) -> str:
        """External id of one line, without the module: `<uuid>-<body line>` (design 13.1)."""
        return f"{self.uuid}-{line.number}"


@dataclass(frozen=True, slots=True)
class Difference:
    """Odoo holds something else than the body says: what, what we sent, what stands there. Listed, never re-posted."""

    what: str
    ours: str
    theirs: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Recount:
    """A shelf whose book is in doubt after a posting: count it (ward 1, 3). `why` is a code.

    Codes: `went_negative`, `older_than_count` (a count was applied before an older movement or count came),
    `asked_for` (a person who settled a refused transaction wants it counted).
    """

    why: str
    product_id: int
    location_id: int
    lot_id: int | None = None
    package_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What Odoo made of a posted transaction, read back (design 4): its document, the rest still open, what follows.

    `picking_name` names what a person finds in Odoo: for a count for approval, or one that changed nothing, the empty,
    cancelled transfer that stands for it. `more_names` are the other documents of the same act (a lot change on 17 and
    18, what was too many where other goods are missing).
    `robbed` names pickings whose reservation these goods were (ward 6).
    """

    picking_id: int
    picking_name: str
    backorder_name: str = ""
    next_names: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()
    more_names: tuple[str, ...] = ()
    recounts: tuple[Recount, ...] = ()
    robbed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An open job on disk. `state` is the job's own versioned JSON, `lines` its scans by number, each JSON too.

    This layer reads neither.
    """

    uuid: str
    job: str
    state: str
    person: str
    title: str
    opened_at: datetime
    changed_at: datetime
    document: str = ""
    lines: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a transaction touches. Two that meet keep their order; all others are free (design 4)."""

    picking_id: int | None = None
    places: frozenset[tuple[int, str]] = field(default_factory=frozenset)

    def meets(self, other: "Footprint") -> bool:
        """Same picking, or one product in places of which one contains the other, when either was confirmed."""
        if self.picking_id is not None and self.picking_id == other.picking_id:
            return True
        return any(
            product == theirs and (steps_of(path)[-1] in steps_of(place) or steps_of(place)[-1] in steps_of(path))
            for product, path in self.places
            for theirs, place in other.places
        )

    def to_json(self) -> str:
        """Stored beside the transaction, so that order never depends on a later catalogue."""
        return json.dumps({"picking": self.picking_id, "places": sorted(self.places)})

    @classmethod
    def from_json(cls, text: str) -> "Footprint":
        """Read what `to_json` wrote."""
        return _footprint_of(text)


@lru_cache(maxsize=4_000)  # what waits in the outbox is listed again and again
def _footprint_of(text: str) -> Footprint:
    raw = msgspec.json.decode(text)
    return Footprint(raw["picking"], frozenset((product, path) for product, path in raw["places"]))


@lru_cache(maxsize=10_000)  # a ward has few places, and each of its acts touches some
def steps_of(path: str) -> tuple[str, ...]:
    """Everywhere, what contains a place from the outside in, and the place itself: "1/5/8/" is "", "1", "5", "8".

    Ids, not the beginning of a path: somebody may put a shelf elsewhere in Odoo between two acts on it.
    """
    return ("", *path.removesuffix("/").split("/")) if path else ("",)


def footprint(transaction: Transaction, locations: Mapping[int, Location]) -> Footprint:
    """Its picking, and each (product, place) at internal and transit locations only (design 4)."""
    places = {
        (line.product_id, location.parent_path)
        for line in transaction.lines
        for location in _shared(locations, (line.source_id, line.destination_id))
    }
    return Footprint(transaction.document.picking_id, frozenset(places))


def _shared(locations: Mapping[int, Location], ids: Iterable[int]) -> Iterable[Location]:
    known = (locations[id_] for id_ in ids if id_ in locations)
    return (location for location in known if location.usage in {Usage.INTERNAL, Usage.TRANSIT})


def new_uuid() -> str:
    """Minted when a draft opens, so that a cloned or restored draft is the same transaction (design 13.1)."""
    return str(uuids.uuid4())


def uuid_of(draft_uuid: str, document: str) -> str:
    """The transaction a draft makes for one document: the same on every copy of the draft (design 13.1)."""
    return str(uuids.uuid5(uuids.UUID(draft_uuid), document))


@dataclass(frozen=True, slots=True)
class _Body:
    """What is stored: the transaction and the version its reader must know."""

    schema: int
    transaction: Transaction


def to_body(transaction: Transaction) -> str:
    """Canonical JSON of a body: sorted keys, decimals and days as text. The same transaction gives the same text."""
    return msgspec.json.encode(_Body(BODY_SCHEMA, transaction), order="sorted").decode()


@lru_cache(maxsize=4_000)  # a body never changes, and is asked for by each page that lists it
def from_body(body: str) -> Transaction:
    """Read a stored body of any released version. A newer one raises ValueError: the database guard comes first."""
    read = msgspec.json.decode(body, type=_Body)
    if read.schema not in range(1, BODY_SCHEMA + 1):
        raise ValueError(f"a transaction body of version {read.schema}")
    return read.transaction
