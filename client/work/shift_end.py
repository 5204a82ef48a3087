"""What is still open on this device when a shift ends, by name and age; is it safe to hand over? (ward 32)"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from client.work import jobs
from client.work.answer import Said, ok
from client.work.job import from_draft
from client.work.moving.movement import Emergency, Later
from client.work.receiving.delivery import Delivery, Unidentified
from client.work.site.policy import Policy
from sync.choices import DONE_ALL_THE_SAME
from sync.store import Store
from sync.store.entries import Entry
from sync.store.recounts import Doubt
from sync.transaction import UNFINISHED, Draft, Status


class Left(StrEnum):
    """What is left open. `client.messages` has the words."""

    UNSENT = "unsent"
    WAITING = "waiting"
    """Unsent, behind another one."""
    REFUSED = "refused"
    LATE = "withdraw_too_late"
    """Done, although somebody wanted it back: a card too."""
    DRAFT = "draft"
    COMPLETE_LATER = "complete_later"
    """Taken in a hurry; what was not answered then is to be answered (ward 26)."""
    UNIDENTIFIED = "unidentified"
    """Came, and nobody knows yet what it is (ward 16)."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing somebody left open. `uuid` is the transaction's or the draft's, `name` its reference or its papers.

    `since` (UTC) is when it was confirmed, refused, scanned or last changed; `lines` how much of it there is, `code`
    why it was refused, `behind` the reference of what it waits for.
    """

    left: Left
    uuid: str
    name: str
    person: str
    since: datetime
    lines: int
    code: str = ""
    behind: str = ""

    def age(self, now: datetime) -> timedelta:
        """Never less than nothing: a clock may have been set back."""
        return max(now - self.since, timedelta(0))


@dataclass(frozen=True, slots=True)
class ShiftEnd:
    """All that is open, the oldest first, and the shelves people wish to be counted.

    `agrees` is what comparing device and Odoo came to; None while nobody could ask. `alarms` are older than the site
    lets anything become.
    """

    at: datetime
    owed: tuple[Owed, ...]
    recounts: tuple[Doubt, ...] = ()
    alarms: tuple[Owed, ...] = ()
    agrees: bool | None = None
    people: tuple[str, ...] = field(default=())

    @property
    def safe(self) -> bool:
        """Safe to hand over: nothing is open, and Odoo has what this device says it has. A recount is only a wish."""
        return not self.owed and self.agrees is True

    def of(self, person: str) -> tuple[Owed, ...]:
        """What one of them left."""
        return tuple(one for one in self.owed if one.person == person)

    def told_of(self, person: str) -> Said:
        """What one of them hears of it at the desk; Odoo is not asked for it."""
        if not (left := self.of(person)):
            return ok("shift_clean", person=person)
        return ok("shift_open", person=person, count=len(left), owed=left)


def shift_end(store: Store, policy: Policy, now: datetime, *, agrees: bool | None = None) -> ShiftEnd:
    """What is open at that moment."""
    owed = tuple(sorted((*_of_outbox(store), *_of_drafts(store)), key=lambda one: one.since))
    oldest = timedelta(hours=policy.alarm_hours)
    return ShiftEnd(
        at=now,
        owed=owed,
        recounts=tuple(store.recounts.open()),
        alarms=tuple(one for one in owed if one.age(now) > oldest),
        agrees=agrees,
        people=tuple(sorted({one.person for one in owed})),
    )


def _of_outbox(store: Store) -> Iterator[Owed]:
    entries = [entry for entry in store.outbox.rows() if entry.status in UNFINISHED or entry.code == DONE_ALL_THE_SAME]
    names = {entry.uuid: entry.reference for entry in entries}
    for entry in entries:
        story = store.journal.story(entry.uuid) if entry.status in {Status.REFUSED, Status.DONE} else []
        events = {one.event: one.at for one in story}
        if "settled" in events:
            continue
        since = events.get("refused") or events.get(DONE_ALL_THE_SAME) or entry.queued_at
        yield Owed(
            left=_where(entry),
            uuid=entry.uuid,
            name=entry.reference,
            person=entry.transaction.person,
            since=since,
            lines=len(entry.transaction.lines),
            code=entry.code,
            behind=names.get(entry.waiting_behind or "", ""),
        )


def _where(entry: Entry) -> Left:
    if entry.status is Status.REFUSED:
        return Left.REFUSED
    if entry.status is Status.DONE:
        return Left.LATE
    return Left.WAITING if entry.waiting_behind and entry.status is Status.QUEUED else Left.UNSENT


def _of_drafts(store: Store) -> Iterator[Owed]:
    for draft in store.drafts.open_drafts():
        job = from_draft(draft, jobs.JOBS[draft.job].state)
        if isinstance(job, Later):
            yield from _each(Left.COMPLETE_LATER, draft, ((one.person, one.taken_at) for one in job.later))
        elif isinstance(job, Unidentified):
            yield from _each(Left.UNIDENTIFIED, draft, ((one.person, one.at) for one in job.unidentified))
        else:
            lines = len(job.additions) + (job.pending is not None)
            lines += len(job.unidentified) if isinstance(job, Delivery) else 0
            lines += len(job.later) if isinstance(job, Emergency) else 0
            yield Owed(Left.DRAFT, draft.uuid, draft.document or draft.title, draft.person, draft.changed_at, lines)


def _each(left: Left, draft: Draft, lines: Iterable[tuple[str, datetime]]) -> Iterator[Owed]:
    """Each person's lines of a draft that outlives its job, since the oldest of them."""
    theirs: dict[str, list[datetime]] = {}
    for person, at in lines:
        theirs.setdefault(person, []).append(at)
    if not theirs:
        yield Owed(left, draft.uuid, draft.document or draft.title, draft.person, draft.changed_at, 0)
    for person, times in theirs.items():
        yield Owed(left, draft.uuid, draft.document or draft.title, person, min(times), len(times))
