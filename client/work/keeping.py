"""The open job on disk: each accepted scan before it is answered, each act once it is confirmed (design 3)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from client.barcode.label import Label
from client.work import jobs
from client.work.answer import Said
from client.work.job import Addition, Job, from_draft, to_lines, to_state
from client.work.machine import Machine
from client.work.moving.movement import Later
from client.work.moving.take_now import LATER, taken_already
from client.work.signature import Signature
from client.work.stock import Effect
from client.work.ward import Ward
from sync.errors import WardstockError
from sync.stock import Evidence
from sync.store import Store
from sync.transaction import Draft, Moment, Transaction, footprint, new_uuid


class Keeping:
    """Writes the draft of the one job that is open. It knows what of it is on disk already."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: tuple[Addition, ...] = ()

    def begin(self, job: Job, machine: Machine[Any]) -> None:
        """A draft for a new job."""
        self._store.drafts.open(_draft(job, machine, job.additions))
        self._kept = job.additions

    def take_over(self, draft: Draft, person: str, now: datetime) -> Job:
        """The job a draft holds, which is that person's from now on."""
        self._store.drafts.take_over(draft.uuid, person, now)
        job: Job = replace(from_draft(draft, jobs.JOBS[draft.job].state), person=person)
        self._kept = job.additions if draft.lines else ()
        return job

    def save(self, job: Job, evidence: tuple[Evidence, ...], now: datetime) -> None:
        """What changed of the job: a scan into a long list writes its own line alone."""
        before = {add.number: add for add in self._kept}
        changed = [add for add in job.additions if (was := before.pop(add.number, None)) is not add and was != add]
        draft = _draft(job, jobs.of(job), changed, now)
        self._store.drafts.save(draft, evidence, gone=before)
        self._kept = job.additions

    def confirm(self, job: Job, ward: Ward, person: str) -> list[Transaction]:
        """The draft closes, what it comes to is queued; answers that, for the person whose name it bears."""
        machine, moment = jobs.of(job), ward.moment
        made = machine.transactions(job, self.signature(person, self._acted_at(job, moment)), ward)
        places = self._store.catalogue.locations(
            {place for one in made for line in one.lines for place in (line.source_id, line.destination_id)}
        )
        left = machine.rest(job, moment) if machine.rest else None
        rest = _draft(left, jobs.of(left), left.additions, moment.wall) if left else None
        self._store.outbox.confirm(job.uuid, [(one, footprint(one, places)) for one in made], moment.wall, rest)
        return made

    def signature(self, person: str, moment: Moment) -> Signature:
        """Who, where and when. Raises WardstockError("not_enrolled")."""
        device, enrolment = self._store.device, self._store.device.enrolment()
        if enrolment is None:
            raise WardstockError("not_enrolled")
        return Signature(person, device.name(), enrolment.company_id, moment, device.next_reference)

    def _acted_at(self, job: Job, now: Moment) -> Moment:
        """What is corrected happened when it was done first, not when somebody puts it right (ward 1)."""
        before = self._store.outbox.get(job.corrects) if job.corrects else None
        return before.transaction.acted_at if before else now


def taken_elsewhere(store: Store, job: Job | None) -> Iterator[Effect]:
    """What waits to be completed has been taken (ward 26); the open job counts its own."""
    for draft in store.drafts.of_job(LATER.name):
        if job is None or draft.uuid != job.uuid:
            yield from taken_already(from_draft(draft, Later))


def evidence_of(label: Label) -> Evidence:
    """The raw scan as it is kept, with what was read from it."""
    raw = label.raw
    elements = [(element.ai, element.value) for element in label.elements]
    parse = json.dumps({"gtin": label.gtin or label.device_id, "serial": label.serial, "elements": elements})
    return Evidence(
        id=new_uuid(),
        data=raw.data,
        text=raw.text,
        symbology=raw.symbology,
        source=raw.source,
        device=raw.device,
        scanned_at=raw.scanned_at,
        parser_version=label.parser_version,
        parse=parse,
        verdict="",
    )


def verdict_of(said: Said) -> str:
    """Texts that meant nothing are dropped when the draft closes: evidence is not a dustbin (design 7)."""
    return "meaningless" if said.code in {"unknown_code", "unknown_on_dock", "unknown_command"} else said.code


def _draft(job: Job, machine: Machine[Any], lines: Iterable[Addition], changed_at: datetime | None = None) -> Draft:
    title, document = machine.called(job)
    return Draft(
        uuid=job.uuid,
        job=machine.name,
        state=to_state(job),
        person=job.person,
        title=title,
        opened_at=job.opened_at,
        changed_at=changed_at or job.opened_at,
        document=document,
        lines=to_lines(lines),
    )
