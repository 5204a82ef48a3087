"""A row of the outbox as the rest of the program sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec

from sync.retry import LONGEST_WAIT
from sync.store.database import Row
from sync.store.values import from_json, maybe_moment_of, moment_of
from sync.transaction import Footprint, Outcome, Status, Transaction, from_body

COLUMNS = (
    "seq, uuid, draft, reference, body, footprint, journal_head, queued_at, status, attempts, first_sent_at,"
    " not_before, settled_at, outcome, code, facts, wish, released, coalesce(place, seq)"
)
"""What `entry_of` reads, in its order."""


LEFT_IN_ODOO = "left_in_odoo"
"""Refused, and Odoo does not let us take our part back: the one refusal that can be tried or withdrawn there again."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a transaction, and when."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A transaction of the outbox and where it is.

    `code` and `facts` say why it is refused, why the last attempt did not end, or what a person should know although
    it is done. `waiting_behind` is the uuid of the oldest unfinished one it must not overtake, unless a supervisor
    `released` it. `wish` is somebody's to withdraw what Odoo may have: the next pass finds out. `journal_head` is the
    row that confirmed it (design 8). `place` is where it stands in the line: what takes the place of a refused one
    stands where that stood, for it is the same act.
    """

    seq: int
    uuid: str
    draft: str
    reference: str
    body: str
    footprint: Footprint
    journal_head: str
    queued_at: datetime
    status: Status
    attempts: int
    first_sent_at: datetime | None
    not_before: datetime | None
    settled_at: datetime | None
    outcome: Outcome | None
    code: str
    facts: Mapping[str, Any]
    wish: Decision | None = None
    released: Decision | None = None
    waiting_behind: str | None = None
    place: int = 0

    @property
    def transaction(self) -> Transaction:
        """The body, read."""
        return from_body(self.body)

    def is_due(self, now: datetime) -> bool:
        """Its turn and its time have come, and nobody wants it back."""
        open_ = self.status in {Status.QUEUED, Status.SENDING} and self.wish is None
        return open_ and self.waiting_behind is None and self.time_has_come(now)

    def time_has_come(self, now: datetime) -> bool:
        """Nothing waits longer than `LONGEST_WAIT`: a later time was written by a clock that was set back since."""
        return self.not_before is None or not now < self.not_before <= now + LONGEST_WAIT


@dataclass(frozen=True, slots=True)
class Summary:
    """The sync badge: `unsent` are queued and sending, `done_today` those done in the day asked for."""

    unsent: int
    refused: int
    oldest_unsent_at: datetime | None
    done_today: int


@lru_cache(maxsize=4_000)  # a page lists thousands again and again, and few have changed since
def entry_of(row: Row) -> Entry:
    """One row of `COLUMNS`; what it waits for is not in it."""
    (seq, uuid, draft, reference, body, footprint, head, queued_at, status, attempts, first_sent_at, not_before,
     settled_at, outcome, code, facts, wish, released, place) = row  # fmt: skip
    return Entry(
        seq=seq,
        uuid=uuid,
        draft=draft,
        reference=reference,
        body=body,
        footprint=Footprint.from_json(footprint),
        journal_head=head,
        queued_at=moment_of(queued_at),
        status=Status(status),
        attempts=attempts,
        first_sent_at=maybe_moment_of(first_sent_at),
        not_before=maybe_moment_of(not_before),
        settled_at=maybe_moment_of(settled_at),
        outcome=_outcome(outcome),
        code=code,
        facts=from_json(facts),
        wish=decision_of(wish),
        released=decision_of(released),
        place=place,
    )


def decision_of(text: str) -> Decision | None:
    """What `wish` and `released` hold; empty for nobody."""
    return msgspec.json.decode(text, type=Decision) if text else None


def _outcome(text: str | None) -> Outcome | None:
    return None if text is None else msgspec.json.decode(text, type=Outcome)
