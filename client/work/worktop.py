"""The one job that is open, from its first scan to the outbox, or home between two: each step is kept, then answered.

It keeps no second truth: `job` is what the draft on disk says, and after a crash `resume` gives it back.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from client.barcode.element_string import GS
from client.barcode.label import Label
from client.work import jobs
from client.work.answer import READY, Command, Question, Said, Tone, ask, no, ok
from client.work.home import Home
from client.work.job import Job, Pending
from client.work.keeping import Keeping, evidence_of, taken_elsewhere, verdict_of
from client.work.lookup.looking import in_a_job, told_of
from client.work.machine import Machine, Start
from client.work.meaning import Meaning
from client.work.open_drafts import OpenDraft, draft_of, machine_of, named, open_drafts
from client.work.premises import Premises
from client.work.present import Present, Second
from client.work.receiving.pictures import picture
from client.work.site.people import Act
from client.work.site.policy import Policy
from client.work.site.scanners import remember_lost
from client.work.stock import Shelves
from client.work.ward import Step, Ward
from sync.clock import Clock
from sync.errors import WardstockError
from sync.stock import Evidence, Picking
from sync.store import Store


class Worktop:
    """What lies on a desk and for whom. `queued` is called when something waits to be sent."""

    def __init__(
        self, store: Store, present: Present, policy: Policy, clock: Clock, queued: Callable[[], None]
    ) -> None:
        self.store, self.present, self.clock, self.queued = store, present, clock, queued
        self.job: Job | None = None
        self.at_home = Home()
        self.shelves = Shelves(store, clock, lambda: taken_elsewhere(store, self.job))
        self.premises = Premises(store, policy, self.shelves)
        self._keeping = Keeping(store)

    def ward(self) -> Ward:
        """What a step may look at now."""
        return self.premises.ward(self.present, self.job, self.clock.moment())

    def machine(self) -> Machine[Any]:
        """Of the open job."""
        if self.job is None:
            raise ValueError("no job is open")
        return jobs.of(self.job)

    def question(self) -> Question | None:
        """What must be answered now."""
        if self.job is None or self.job.finished:
            return self.at_home.question(self.ward())
        return self.machine().question(self.job, self.ward())

    def alone(self) -> None:
        """Nobody stands by any more: what they lent is over."""
        self.present = replace(self.present, second=Second())

    def home(self) -> Said:
        """Leave the job; its draft stays open on disk. A draft nothing was scanned into is not kept."""
        if self.job and not self.job.finished and not self.job.begun:
            self.store.drafts.drop(self.job.uuid, self.present.person.name, self.clock.now())
        self.job, self.at_home = None, Home()
        self.alone()
        return READY

    # ---------------------------------------------------------------- what opens

    def begin(self, begin: Start, machine: Machine[Any] | None = None) -> Said:
        """A new job, with its draft on disk; the open one stays as a draft."""
        machine = machine or jobs.begun_by(begin.word)
        if machine is None:
            return no("unknown_command", command=begin.word)
        opened = machine.start(begin, self.ward())
        if isinstance(opened, Said):
            return opened
        if begun := next((one for one in open_drafts(self.store) if one.uuid == opened.job.uuid), None):
            return self._go_on(begun)
        self.home()
        self._keeping.begin(opened.job, machine)
        self.job = opened.job
        return opened.said

    def open(self, picking: Picking) -> Said:
        """A picking in the job of its kind: its draft where one is open, a new one else."""
        machine = machine_of(self.store, picking)
        if machine is None:
            return no("no_job_for_papers", document=picking.name)
        if not self.ward().may(machine.act):
            return no("needs_role", act=machine.act, question="")
        if draft := draft_of(self.store, picking, machine):
            return self._go_on(draft)
        return self.begin(Start("picking", picking=picking), machine)

    def drafts(self, text: str) -> Said:
        """Without a text they are listed; else one is gone on with: by its number there, its document or its title."""
        found = named(self.store, text) if text else open_drafts(self.store)
        if not found:
            return no("no_such_draft", text=text[:60]) if text else ok("no_drafts")
        if text and len(found) == 1:
            return self._go_on(found[0])
        self.home()
        self.at_home = Home(drafts=open_drafts(self.store) if not text else found)
        return ask("which_draft", count=len(found))

    def _go_on(self, draft: OpenDraft) -> Said:
        """One's own draft at once, somebody else's after a word (ward 33)."""
        if draft.person == self.present.person.name:
            return self.resume(draft.uuid)
        if not self.ward().may(Act.TAKE_OVER):
            return no("needs_role", act=Act.TAKE_OVER, question="")
        self.home()
        self.at_home = Home(theirs=draft)
        return ask("take_over", person=draft.person, title=draft.title, document=draft.document)

    def take_over(self, theirs: OpenDraft) -> Said:
        """After the word: by who is at the desk now, if it is still open and they may."""
        self.at_home = Home()
        if self.store.drafts.get(theirs.uuid) is None:
            return no("no_such_draft", text=theirs.document or theirs.title)
        if theirs.person != self.present.person.name and not self.ward().may(Act.TAKE_OVER):
            return no("needs_role", act=Act.TAKE_OVER, question="")
        return self.resume(theirs.uuid)

    def resume(self, draft_uuid: str) -> Said:
        """Go on where a draft was left, with what the last pull says is expected; somebody else's is theirs no more.

        Raises WardstockError("draft_gone").
        """
        draft = self.store.drafts.get(draft_uuid)
        if draft is None:
            raise WardstockError("draft_gone", draft=draft_uuid)
        if self.job is None or self.job.uuid != draft_uuid:
            self.home()
        was = self._keeping.take_over(draft, self.present.person.name, self.clock.now())
        opened = jobs.of(was).refreshed(was, self.ward())
        self.job = opened.job
        return opened.said

    # ---------------------------------------------------------------- in the open job

    def scan(self, job: Job, meant: Meaning, label: Label) -> Said:
        """A scan while `job` is open."""
        evidence = evidence_of(label)
        asked = self.question()
        taken, told = in_a_job(meant, label, asked.asks_for if asked else "")
        with self.shelves.one_moment():
            step = self.machine().scan(job, taken, told, evidence.id, self.ward())
        if step.said.code == "unknown_code" or (step.said.code == "unknown_on_dock" and taken is not meant):
            step = replace(step, said=told_of(meant, label))
        kept = () if step.said.code == "patient_label" else (replace(evidence, verdict=verdict_of(step.said)),)
        return self._keep(step, kept)

    def command(self, command: Command) -> Said:
        """A word to the job."""
        if self.job is None:
            return no("nothing_open", command=command.name)
        open_item = self.job.pending
        with self.shelves.one_moment():
            step = self.machine().command(self.job, command, self.ward())
        if command.name == "reading" and open_item and step.said.tone is not Tone.NO:
            self._lost_by(open_item)
        return self._keep(step)

    def _lost_by(self, item: Pending) -> None:
        """A person put a separator back: the scanner that lost it is known for that from now on."""
        scans = self.store.drafts.evidence_of(item.evidence)
        for source in {scan.source for scan in scans if GS not in scan.text}:
            remember_lost(self.store, source)

    def add(self, job: Job, item: Pending) -> Said:
        """Goods that are known whole, as if they had been scanned into `job`."""
        return self._keep(self.machine().advance(job, item, self.ward()))

    def photographed(self, job: Job, path: str) -> Said:
        """A picture from a file, kept with the open job and sent with what it makes (ward 18)."""
        photo = picture(Path(path.strip()))
        if isinstance(photo, Said):
            return photo
        self.store.photos.add(job.uuid, photo)
        return self.command(Command("photo", photo.id))

    def witnessed(self, job: Job) -> Said:
        """Who came to stand by has proved who they are."""
        return self._keep(self.machine().witnessed(job, self.ward()))

    def _keep(self, step: Step[Any], evidence: tuple[Evidence, ...] = ()) -> Said:
        """One SQLite transaction holds the scan, the line and the step; only then is it said (design 3).

        What a second person lends holds for one answer: until something changes that is not their own coming.
        """
        if step.job is not self.job:
            self.alone()
        if step.confirmed:
            if evidence:
                self._keeping.save(step.job, evidence, self.clock.now())
            return self._confirm(step.job)
        if step.proves:
            known = self.store.drafts.evidence_of(step.proves)
            evidence = (*evidence, *(replace(one, verdict=step.said.code) for one in known))
        if not step.job.finished and (evidence or step.job is not self.job):
            self._keeping.save(step.job, evidence, self.clock.now())
        self.job = step.job
        return self.begin(step.then) if step.then else step.said

    def _confirm(self, job: Job) -> Said:
        made = self._keeping.confirm(job, self.ward(), self.present.person.name)
        self.job = replace(job, closing=False, references=tuple(one.reference for one in made)) if made else None
        self.queued()
        return jobs.of(job).confirmed(job, made)
