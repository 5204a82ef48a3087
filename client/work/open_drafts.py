"""The jobs that are open on this device: whose, since when, how far, on which papers. Others can go on with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from client.work import jobs
from client.work.answer import Said, no
from client.work.counting.job import Count
from client.work.job import from_draft
from client.work.machine import Machine
from client.work.moving.movement import Emergency
from sync.stock import Picking
from sync.store import Store
from sync.transaction import Draft, Status


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """One open job. `number` counts from the last changed, 1; `lines` are scans kept; `asks`: a question is open.

    `second_count`: its bin waits for somebody else to count it too.
    """

    number: int
    uuid: str
    job: str
    title: str
    document: str
    person: str
    opened_at: datetime
    changed_at: datetime
    lines: int
    asks: bool
    second_count: bool = False

    def age(self, now: datetime) -> timedelta:
        """Since somebody last scanned into it."""
        return now - self.changed_at


def open_drafts(store: Store) -> tuple[OpenDraft, ...]:
    """All of them, last changed first."""
    return tuple(_open(number, draft) for number, draft in enumerate(store.drafts.open_drafts(), start=1))


def named(store: Store, text: str) -> tuple[OpenDraft, ...]:
    """Those a person means by a number of the list, a document, a title, or how the uuid begins."""
    wanted = text.strip().casefold()
    return tuple(one for one in open_drafts(store) if wanted and wanted in _names(one))


def draft_of(store: Store, picking: Picking, machine: Machine[Any]) -> OpenDraft | None:
    """The open draft that works on those papers, also where it has several, or waits for their order (ward 9)."""
    if store.outbox.of_picking(picking.id):
        return None
    wanted = {one.strip().casefold() for one in (picking.name, *picking.origin.split(","))}
    mine = (draft for draft in open_drafts(store) if draft.job == machine.name)
    return next((one for one in mine if wanted & {name.casefold() for name in one.document.split(", ")}), None)


def engaged(store: Store, picking: Picking, draft_uuid: str) -> Said | None:
    """Why a draft cannot take papers: they were sent from here already, or another draft has them (ward 12).

    What is left of papers sent from here comes back as a backorder, after a pull.
    """
    if sent := store.outbox.of_picking(picking.id):
        code = "refused_here" if sent.status is Status.REFUSED else "finished_here"
        return no(code, document=picking.name, reference=sent.reference)
    machine = machine_of(store, picking)
    draft = draft_of(store, picking, machine) if machine else None
    if draft is None or draft.uuid == draft_uuid:
        return None
    return no("begun_here", document=picking.name, person=draft.person, since=draft.opened_at)


def machine_of(store: Store, picking: Picking) -> Machine[Any] | None:
    """The job its papers are worked off in."""
    kind = store.catalogue.picking_type(picking.picking_type_id)
    return jobs.of_papers(kind.code) if kind else None


def _names(one: OpenDraft) -> set[str]:
    """A delivery has several papers: each of them names it."""
    document = one.document.casefold()
    return {str(one.number), document, *document.split(", "), one.title.casefold(), one.uuid, one.uuid[:8]} - {""}


def _open(number: int, draft: Draft) -> OpenDraft:
    job = from_draft(draft, jobs.JOBS[draft.job].state)
    return OpenDraft(
        number=number,
        uuid=draft.uuid,
        job=draft.job,
        title=draft.title,
        document=draft.document,
        person=draft.person,
        opened_at=draft.opened_at,
        changed_at=draft.changed_at,
        lines=len(job.additions) + (_taken(job) if isinstance(job, Emergency) else 0),
        asks=job.pending is not None,
        second_count=isinstance(job, Count) and bool(job.again),
    )


def _taken(job: Emergency) -> int:
    """What was taken in a hurry and is not complete yet: somebody has it in their hands all the same."""
    return len(job.later) + (job.pending is not None)
