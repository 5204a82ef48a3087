"""The step machine of all jobs: a job and a scan, or a command, become a job and an answer. Pure; `desk` keeps it.

What is the same everywhere stands here: an item is heard, judged, asked about and added; a quantity is changed, a scan
taken back, the end asked about and witnessed. A job brings its rules, and what its places and papers mean.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic

from client.barcode.label import Label
from client.work.answer import READY, Choice, Command, Question, Said, Tone, ask, no, ok
from client.work.case import SET_ASIDE, Case, Rule, judge
from client.work.item import heard, joined, misread
from client.work.job import Addition, J, Job, Pending
from client.work.meaning import (
    CommandMeant,
    LocationMeant,
    Meaning,
    PatientMeant,
    PickingsMeant,
    ProductMeant,
    RestOfLabel,
    SeveralProducts,
    UnknownCode,
    UnknownLevel,
)
from client.work.shared_words import SHARED, told
from client.work.signature import Signature
from client.work.site.people import Act
from client.work.ward import Step, Ward
from client.work.witness import WITNESS, witness_question
from sync.stock import Location, Picking, Product
from sync.transaction import Answer, Moment, Transaction

_ANSWER_WORDS = frozenset({"yes", "no", "use-label", "use-known"})
"""What only answers a question."""


@dataclass(frozen=True, slots=True)
class Opened(Generic[J]):
    """A job that begins, or is taken up again after a pull, and what to say of that."""

    job: J
    said: Said


@dataclass(frozen=True, slots=True)
class Start:
    """What begins a job: the word said or pressed (`picking` for a scanned document), and what was at hand then."""

    word: str
    value: str = ""
    picking: Picking | None = None
    place: Location | None = None
    product: Product | None = None


@dataclass(frozen=True)
class Machine(Generic[J]):
    """One kind of job. `name` is what its drafts are called on disk; it never changes.

    `words` at home begin it, and so do papers whose Odoo type has one of its `codes` (incoming, internal, outgoing):
    `start` gives the job and what to say, or why not.

    `act` is the right to finish it. `rules` judge an item in the order a person would ask; `agreed` makes the addition
    of one nobody objects to, `told` says so, `row` names the row an item is about. `place` is what a scanned shelf
    means, `papers` a scanned document, `unknown` a code nobody knows where nothing is asked for. `closing` is what
    finishing still asks, `transactions` what it comes to, `called` its title and document for the list of drafts.
    `refreshed` takes a draft up again after a pull. `commands` are its own words beside those of all jobs.

    `filled` puts into an item what can be known without asking whenever it is judged; what is kept is what was said of
    it. `rest` is the job that goes on with what finishing leaves open. `waits` lays the open item aside
    where nothing may be asked: then no question stops a scan (ward 26), and `waiting_row` names its row. `follows` is
    what comes after each step.
    `onward` is what a scan begins right after the job was finished.
    `caught_up` holds a job against what was pulled since its last scan, `stops` is what must be decided before it can
    go on.
    """

    name: str
    state: type[J]
    words: frozenset[str]
    codes: frozenset[str]
    start: Callable[[Start, Ward], Opened[J] | Said]
    act: Act
    rules: tuple[Rule[J], ...]
    agreed: Callable[[Case[J]], Addition]
    told: Callable[[J, Addition, Pending], Said]
    row: Callable[[J, Pending], str]
    place: Callable[[J, Location, Ward], Step[J]]
    papers: Callable[[J, PickingsMeant, Ward], Step[J]]
    closing: Callable[[J, Ward], Question | None]
    refreshed: Callable[[J, Ward], Opened[J]]
    transactions: Callable[[J, Signature, Ward], list[Transaction]]
    confirmed: Callable[[J, list[Transaction]], Said]
    called: Callable[[J], tuple[str, str]]
    commands: "Mapping[str, Callable[[Machine[J], J, Command, Ward], Step[J]]]" = field(default_factory=dict)
    unknown: "Callable[[J, Label, str, Ward], Step[J] | None] | None" = None
    filled: Callable[[Case[J]], Pending] | None = None
    waits: Callable[[J, str, Ward], J] | None = None
    waiting_row: Callable[[J, Pending], str] = lambda _job, _pending: ""
    rest: "Callable[[J, Moment], Job | None] | None" = None
    follows: "Callable[[Machine[J], Step[J], Ward], Step[J]] | None" = None
    onward: Callable[[J, Meaning], Start | None] | None = None
    caught_up: Callable[[J, Ward], J] | None = None
    stops: Callable[[J, Ward], Question | None] | None = None

    # ---------------------------------------------------------------- scans

    def scan(self, job: J, meant: Meaning, label: Label, evidence: str, ward: Ward) -> Step[J]:
        """The answer to one scan while this job is open. `evidence` is the id its raw scan is kept under."""
        if isinstance(meant, CommandMeant):
            return self.command(job, meant.command, ward)
        return self._then(self._scanned(self.answered(job, ward), meant, label, evidence, ward), ward)

    def _scanned(self, job: J, meant: Meaning, label: Label, evidence: str, ward: Ward) -> Step[J]:
        if self._stopped(job, ward):
            return Step(job, self.answer_first(job, ward))
        if isinstance(meant, UnknownCode) and (own := self._asked_at_the_end(job, ward)):
            return self.commands[own](self, job, Command(own, label.text.strip()), ward)
        if isinstance(meant, LocationMeant):
            return self.place(job, meant.location, ward)
        # From here on `qty` and a shelf no longer speak of the item before this scan.
        return self._heard(replace(job, closing=False, current=0), meant, label, evidence, ward)

    def _stopped(self, job: J, ward: Ward) -> Question | None:
        return self.stops(job, ward) if self.stops and not job.finished else None

    def _asked_at_the_end(self, job: J, ward: Ward) -> str:
        """The word of the job's own that answers what finishing asks for: a number can be scanned as well as typed."""
        asked = self._last_question(job, ward) if job.closing and not job.pending else None
        return asked.asks_for if asked and asked.asks_for in self.commands else ""

    def _then(self, step: Step[J], ward: Ward) -> Step[J]:
        return self.follows(self, step, ward) if self.follows else step

    def _heard(self, job: J, meant: Meaning, label: Label, evidence: str, ward: Ward) -> Step[J]:
        if isinstance(meant, PatientMeant):
            return Step(job, no("patient_label"))
        if isinstance(meant, PickingsMeant):
            return self.papers(job, meant, ward)
        if wrong := misread(label):
            return Step(job, wrong)
        if isinstance(meant, ProductMeant | SeveralProducts | UnknownLevel | RestOfLabel):
            return self.item(job, heard(meant, label, evidence), ward)
        return self._unknown(job, label, evidence, ward)

    def item(self, job: J, said: Pending, ward: Ward) -> Step[J]:
        """An item, or the second symbol of the open one."""
        if job.pending is None:
            return self.advance(job, said, ward)
        whole = joined(job.pending, said)
        if whole is not None:
            return self.advance(job, whole, ward)
        if self.waits:
            return self.advance(self.laid_aside(job, ward), said, ward)
        return Step(job, self.answer_first(job, ward))

    def laid_aside(self, job: J, ward: Ward) -> J:
        """The job with its open item waiting to be completed, where it can wait."""
        asked = self.question(job, ward)
        return self.waits(job, asked.code if asked else "", ward) if self.waits and job.pending else job

    def _unknown(self, job: J, label: Label, evidence: str, ward: Ward) -> Step[J]:
        """A code nobody knows is the lot or serial where one is asked for, else it is refused by name."""
        asked = self.question(job, ward)
        if asked and job.pending and asked.asks_for in {"lot", "serial"} and _may_be_a_lot(label):
            proved = replace(job, pending=replace(job.pending, evidence=(*job.pending.evidence, evidence)))
            step = self.command(proved, Command(asked.asks_for, label.text), ward)
            # A refused text proves nothing about the item.
            return replace(step, job=job) if step.said.tone is Tone.NO else step
        if asked and not self.waits:
            return Step(job, no("answer_first", question=asked.code))
        if self.unknown and (step_ := self.unknown(job, label, evidence, ward)):
            return step_
        return Step(job, no("unknown_code", code=label.text[:60]))

    def answer_first(self, job: J, ward: Ward) -> Said:
        asked = self.question(job, ward)
        return no("answer_first", question=asked.code if asked else "")

    # ---------------------------------------------------------------- judging

    def question(self, job: J, ward: Ward) -> Question | None:
        """What must be answered before the next item: about the open item, or about finishing."""
        if job.finished:
            return None
        if asked := self._stopped(job, ward):
            return asked
        if job.pending:
            verdict = judge(self._case(job, job.pending, ward), self.rules)
            return _stuck(verdict) if isinstance(verdict, Said) else verdict
        return self._last_question(job, ward) if job.closing else None

    def _case(self, job: J, pending: Pending, ward: Ward) -> Case[J]:
        case = Case(pending, job, ward)
        return replace(case, pending=self.filled(case)) if self.filled else case

    def advance(self, job: J, pending: Pending, ward: Ward) -> Step[J]:
        """Judge an item: ask, refuse (and keep what was open before), or add it."""
        case = self._case(job, pending, ward)
        verdict = judge(case, self.rules)
        row = self.row(job, pending) if pending.product else ""
        if isinstance(verdict, Question) and self.waits:
            facts = {"product": pending.product.name if pending.product else pending.code, "question": verdict.code}
            kept = ok("taken_now", **{**verdict.facts, **facts}).at(self.waiting_row(job, pending))
            return Step(replace(job, pending=pending, current=0), kept)
        if isinstance(verdict, Question):
            return Step(replace(job, pending=pending, current=0), ask(verdict.code, **verdict.facts).at(row))
        if isinstance(verdict, Said):
            return Step(replace(job, current=0), verdict if verdict.row else verdict.at(row))
        add = self.agreed(case)
        job = job.with_addition(add)
        return Step(job, self.told(job, add, pending))

    def answered(self, job: J, ward: Ward) -> J:
        """The job as the last pull has it, with its open item added where that has answered what was asked."""
        job = self.caught_up(job, ward) if self.caught_up else job
        if job.pending and judge(self._case(job, job.pending, ward), self.rules) is None:
            return self.advance(job, job.pending, ward).job
        return job

    # ---------------------------------------------------------------- commands

    def command(self, job: J, said: Command, ward: Ward) -> Step[J]:
        """The answer to what a finger pressed, a command barcode said, or a replay file wrote."""
        if job.finished:
            return Step(job, no("already_confirmed"))
        return self._then(self._commanded(self.answered(job, ward), said, ward), ward)

    def _commanded(self, job: J, said: Command, ward: Ward) -> Step[J]:
        if own := self.commands.get(said.name):
            return own(self, job, said, ward)
        if shared := SHARED.get(said.name):
            return shared(self, job, said, ward)
        asked = self.question(job, ward)
        if said.name in _ANSWER_WORDS or (asked and said in {choice.command for choice in asked.choices}):
            return self.answer(job, said, ward)
        return Step(job, no("unknown_command", command=said.name))

    def answer(self, job: J, said: Command, ward: Ward) -> Step[J]:
        """An answer must be one of the choices, and one the role may give."""
        asked = self.question(job, ward)
        if asked is None:
            return Step(job, no("nothing_asked", command=said.name))
        chosen = next((choice for choice in asked.choices if choice.command == said), None)
        if chosen is None:
            return Step(job, no("not_a_choice", command=said.name, question=asked.code))
        if not chosen.allowed:
            return Step(job, no("needs_role", act=chosen.act, question=asked.code))
        if job.pending is None:
            return self._closed(job, asked, chosen, ward)
        if chosen.command.name == "no":
            return Step(job.dropped(), no(_set_aside(job.pending), question=asked.code, **asked.facts))
        said_text = f"{said.name} {said.value}".strip()
        return self.advance(job, told(job.pending, asked, said_text, ward, chosen.act), ward)

    def confirm(self, job: J, ward: Ward) -> Step[J]:
        """Finish. Open questions come first."""
        job = self.laid_aside(job, ward)
        if job.pending:
            return Step(job, self.answer_first(job, ward))
        if not job.begun:
            return Step(job, no("nothing_scanned"))
        if not ward.may(self.act):
            return Step(job, no("needs_role", act=self.act, question=""))
        return self.finish(replace(job, answers=self._signed_by_two(ward), witness=""), ward)

    def _signed_by_two(self, ward: Ward) -> tuple[Answer, ...]:
        """Who stood by where the site lets nobody do such a job alone (ward 33)."""
        alone = self.act not in ward.policy.two_people
        return () if alone else (Answer("two_people", str(self.act), ward.by(self.act), ward.now),)

    def _closed(self, job: J, asked: Question, chosen: Choice, ward: Ward) -> Step[J]:
        """An answer while finishing; the next question follows, or the job is finished."""
        if chosen.command.name == "no":
            return Step(replace(job, closing=False), READY)
        act = Act(chosen.act) if chosen.act else None
        answer = Answer(asked.key, chosen.code.replace("_", "-"), ward.by(act), ward.now)
        return self.finish(replace(job, answers=(*job.answers, answer)), ward)

    def settled(self, job: J, answer: Answer, ward: Ward) -> Step[J]:
        """One more thing decided while finishing, by a word of the job's own; the next question follows."""
        return self.finish(replace(job, answers=(*job.answers, answer)), ward)

    def finish(self, job: J, ward: Ward) -> Step[J]:
        """The next thing to ask before finishing, or the end of it."""
        asked = self._last_question(job, ward)
        if asked is None:
            return Step(job, ok("confirmed"), confirmed=True)
        return Step(replace(job, closing=True, current=0), ask(asked.code, **asked.facts))

    def _last_question(self, job: J, ward: Ward) -> Question | None:
        return self.closing(job, ward) or witness_question(job, ward)

    def witnessed(self, job: J, ward: Ward) -> Step[J]:
        """A second person proved who they are (`ward.approver`): the witness asked for, or a right lent."""
        second = ward.approver.name if ward.approver else ""
        asked = self.question(job, ward)
        if asked and asked.asks_for == WITNESS:
            return self.finish(replace(job, witness=second), ward)
        return Step(job, ok("approved", person=second))


def _set_aside(pending: Pending) -> str:
    return "left_as_it_was" if pending.instead_of else "set_aside"


def _stuck(refusal: Said) -> Question:
    """The open item was all right until a pull brought something new: it can only be set aside."""
    return Question(refusal.code, refusal.facts, (SET_ASIDE,))


_LONGEST_LOT_BARCODE = 20
"""GS1 allows a lot 20 characters."""
_GTIN_8 = 8


def _may_be_a_lot(label: Label) -> bool:
    """Plain text as lots are written; no address, no label of another language. A short number may look like a GTIN."""
    text = label.text.strip()
    plain = label.kind == "plain" or (label.kind == "gtin" and len(text) == _GTIN_8)
    return plain and len(text) <= _LONGEST_LOT_BARCODE and set(text) <= _LOT_CHARACTERS and not text.startswith("+")


_LOT_CHARACTERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-./_ +")
