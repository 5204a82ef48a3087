"""The jobs that are open on this device: whose, since when, how far. Others can go on with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from client.work import jobs
from client.work.job import from_draft
from sync.store import Store
from sync.transaction import Draft


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """One open job. `number` counts from the last changed, 1; `lines` are scans kept; `asks`: a question is open."""

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
        lines=len(job.additions),
        asks=job.pending is not None,
    )
