"""What a posting is given: the transaction, what only the device knows of it, and what the site decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sync.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a transaction happened, said in the server's time, and what witnesses it.

    `acted_at` is UTC, corrected by the boot's offset; `time_unsure` if this boot never met the server (design 13.4).
    `journal_head` is the newest hash of the device's journal (design 8).
    """

    acted_at: datetime
    zone: ZoneInfo
    time_unsure: bool = False
    journal_head: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture a person took for a transaction; `name` is its file name in Odoo."""

    id: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Sending:
    """A transaction on its way."""

    transaction: Transaction
    stamp: Stamp
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """What the site decided, as far as a posting must know it (ward 3, 31).

    `held`: why goods must not move, by product id and lot name, an empty name for all lots of the product.
    `quarantine`: location ids held goods may go to all the same. `strict`: location ids whose stock may not go
    below zero.
    """

    held: Mapping[tuple[int, str], str] = field(default_factory=dict)
    quarantine: frozenset[int] = frozenset()
    strict: frozenset[int] = frozenset()
