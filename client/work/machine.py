"""The step machine of all jobs: a job and a scan, or a command, become a job and an answer. Pure; `desk` keeps it.

What is the same everywhere stands here: an item is heard, judged, asked about and added; a quantity is changed, a scan
taken back, the end asked about and witnessed. A job brings its rules, and what its places and papers mean.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Generic

from client.barcode.label import Label
from client.work.answer import READY, Choice, Command, Question, Said, Tone, ask, no, ok
from client.work.case import SET_ASIDE, Case, Rule, judge
from client.work.days import typed_day
from client.work.item import (
    TELLS_THE_PRODUCT,
    faults,
    for_tracking,
    goods_only,
    heard,
    joined,
    pack_name,
    packed,
    recounted,
    reopened,
)
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
from client.work.rules import MOST
from client.work.signature import Signature
from client.work.site.people import Act
from client.work.stock import total
from client.work.ward import Step, Ward
from sync.stock import Location, Picking, Product, Tracking, Usage, whole_steps
from sync.transaction import Answer, Moment, Transaction

ANSWER_WORDS = frozenset({"yes", "no", "use-label", "use-known"})
"""What only answers a question."""


WITNESS = "witness"
"""What a question asks for that a second person answers by badge and PIN (ward 30)."""
ANOTHER = "another"
"""What a question asks for that is answered by whoever takes the desk next."""


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
    where nothing may be asked: then no question stops a scan (ward 26). `follows` is what comes after each step.
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
        if misread := _misread(label):
            return Step(job, misread)
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
            kept = ok("taken_now", **{**verdict.facts, **facts}).at(row)
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
        if shared := _SHARED.get(said.name):
            return shared(self, job, said, ward)
        asked = self.question(job, ward)
        if said.name in ANSWER_WORDS or (asked and said in {choice.command for choice in asked.choices}):
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
        return self.closing(job, ward) or _witness_question(job, ward)

    def witnessed(self, job: J, ward: Ward) -> Step[J]:
        """A second person proved who they are (`ward.approver`): the witness asked for, or a right lent."""
        second = ward.approver.name if ward.approver else ""
        asked = self.question(job, ward)
        if asked and asked.asks_for == WITNESS:
            return self.finish(replace(job, witness=second), ward)
        return Step(job, ok("approved", person=second))


def told(pending: Pending, asked: Question, choice: str, ward: Ward, act: str = "") -> Pending:
    """The item with one more thing decided: what was asked, what was chosen, by whom, when (design 13.2)."""
    answer = Answer(asked.code, choice, ward.by(Act(act) if act else None), ward.now)
    return replace(pending, settled=(*pending.settled, answer))


def _witness_question(job: Job, ward: Ward) -> Question | None:
    """Goods of a category that wants a second, different person for each movement and count (ward 30)."""
    controlled = next((add.product for add in job.additions if ward.plan.controlled(add.product)), None)
    if controlled is None or job.witness:
        return None
    facts = {"product": controlled.name, "unit": controlled.uom_name, "quantity": job.taken(controlled.id)}
    facts["balances"] = "; ".join(_balances(job, ward))
    return Question("witness", facts, (Choice(Command("no"), "go_on_scanning"),), asks_for=WITNESS)


def _balances(job: Job, ward: Ward) -> Iterator[str]:
    """Of each controlled product at each place it leaves, or comes to from outside: before and after (ward 30)."""
    keys = {(add.product.id, add.source_id or add.destination_id): add for add in job.additions}
    for (product_id, place_id), add in keys.items():
        place = ward.catalogue.location(place_id)
        if place is None or place.usage not in _HOLDS_STOCK or not ward.plan.controlled(add.product):
            continue
        before = total(ward.shelves.of(product_id, place.parent_path))
        mine = (one for one in job.additions if (one.source_id or one.destination_id) == place_id)
        moved = sum((one.quantity for one in mine if one.product.id == product_id), Decimal(0))
        back = (one for one in job.additions if one.source_id and one.destination_id == place_id)
        moved -= sum((one.quantity for one in back if one.product.id == product_id), Decimal(0))
        after = before - moved if add.source_id else before + moved
        yield f"{add.product.name}, {place.name}: {before:f} → {after:f}"


_HOLDS_STOCK = frozenset({Usage.INTERNAL, Usage.TRANSIT})


def _set_aside(pending: Pending) -> str:
    return "left_as_it_was" if pending.instead_of else "set_aside"


def _stuck(refusal: Said) -> Question:
    """The open item was all right until a pull brought something new: it can only be set aside."""
    return Question(refusal.code, refusal.facts, (SET_ASIDE,))


def _misread(label: Label) -> Said | None:
    """A damaged product number names the wrong product or none, and so does a symbol that broke: never guessed at."""
    for problem in faults(label):
        if problem.element in TELLS_THE_PRODUCT or (label.kind == "gs1" and not problem.element):
            return no("misread", problem=problem.code, element=problem.element, **dict(problem.facts))
    return None


_LONGEST_LOT_BARCODE = 20
"""GS1 allows a lot 20 characters."""
_GTIN_8 = 8


def _may_be_a_lot(label: Label) -> bool:
    """Plain text as lots are written; no address, no label of another language. A short number may look like a GTIN."""
    text = label.text.strip()
    plain = label.kind == "plain" or (label.kind == "gtin" and len(text) == _GTIN_8)
    return plain and len(text) <= _LONGEST_LOT_BARCODE and set(text) <= _LOT_CHARACTERS and not text.startswith("+")


_LOT_CHARACTERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-./_ +")


# -------------------------------------------------------------------- what every job is told


def _lot(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """A typed, scanned or chosen lot (or serial). Trimmed, else exactly as given (design 13.7)."""
    asked, name = machine.question(job, ward), said.value.strip()
    if asked is None and job.pending is None and (last := job.addition(job.current)):
        return _another_lot(machine, job, last, name, ward)
    chosen = asked is not None and said in {choice.command for choice in asked.choices}
    if asked is None or job.pending is None or not (asked.asks_for in {"lot", "serial"} or chosen):
        return Step(job, no("lot_not_asked", lot=name))
    if not name or len(name) > _LONGEST_LOT:
        return Step(job, no("lot_is_no_lot", lot=name[:_LONGEST_LOT]))
    pending = replace(job.pending, lot_name=name, doubtful=False)
    return machine.advance(job, told(pending, asked, f"lot {name}", ward), ward)


def _another_lot(machine: Machine[J], job: J, last: Addition, name: str, ward: Ward) -> Step[J]:
    """The item just added, or chosen by `fix`, has another lot: what was answered about the label is asked again."""
    if last.product.tracking is Tracking.NONE:
        return Step(job, no("lot_not_asked", lot=name))
    if not name or len(name) > _LONGEST_LOT:
        return Step(job, no("lot_is_no_lot", lot=name[:_LONGEST_LOT]))
    item = goods_only(reopened(last, ward))
    answer = Answer("corrected", f"lot {last.lot_name} → {name}", ward.person.name, ward.now)
    return changed(machine, job, last, replace(item, lot_name=name, settled=(*item.settled, answer)), ward)


_LONGEST_LOT = 50
"""GS1 allows 20 characters, HIBC 18; beyond this it is not a lot but a sentence or another barcode."""


def _expiry(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """A typed day, or the chosen one. MM/YYYY is the last day of the month (ward 14)."""
    asked, day = machine.question(job, ward), typed_day(said.value)
    last = job.addition(job.current) if asked is None and job.pending is None else None
    if last is None and (asked is None or asked.asks_for != "expiry"):
        return Step(job, no("expiry_not_asked", day=said.value))
    if day is None:
        return Step(job, no("not_a_day", day=said.value))
    if last:
        return _another_day(machine, job, last, day, ward)
    if asked is None or job.pending is None:
        return Step(job, no("expiry_not_asked", day=said.value))
    pending = replace(job.pending, expiry=day)
    return machine.advance(job, told(pending, asked, f"expiry {day.isoformat()}", ward), ward)


def _another_day(machine: Machine[J], job: J, last: Addition, day: date, ward: Ward) -> Step[J]:
    item = goods_only(reopened(last, ward))
    answer = Answer("corrected", f"expiry {last.expiry or ''} → {day.isoformat()}", ward.person.name, ward.now)
    return changed(machine, job, last, replace(item, expiry=day, settled=(*item.settled, answer)), ward)


def _fix(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """Addition N is spoken of again: `qty`, `lot`, `expiry`, a scanned shelf change it, without Odoo (complaint 15)."""
    if asked := machine.question(replace(job, closing=False), ward):
        return Step(job, no("answer_first", question=asked.code))
    last = next((add for add in job.additions if str(add.number) == said.value), None)
    if last is None:
        return Step(job, no("no_such_line", number=said.value[:20]))
    facts = {"product": last.product.name, "lot": last.lot_name, "day": last.expiry, "place": last.destination_name}
    fixing = ok("fixing", number=last.number, quantity=last.quantity, unit=last.product.uom_name, **facts)
    return Step(replace(job, current=last.number, closing=False), fixing.at(machine.row(job, reopened(last, ward))))


def _product(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    candidates = job.pending.candidates if job.pending else ()
    chosen = next((product for product in candidates if str(product.id) == said.value), None)
    asked = machine.question(job, ward)
    if chosen is None or asked is None or job.pending is None:
        return Step(job, no("nothing_asked", command=said.name))
    hits = ward.catalogue.by_barcode(job.pending.code)
    packaging = next((hit.packaging for hit in hits if hit.product.id == chosen.id), None)
    pending = for_tracking(packed(replace(job.pending, product=chosen, candidates=()), packaging))
    return machine.advance(job, told(pending, asked, f"product {chosen.id}", ward), ward)


def _qty(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """How many: of the open item, of a pack nobody recorded, of the item just added, with `of N` of addition N."""
    text, _, number = said.value.partition(" of ")
    count = typed_number(text)
    if count is None:
        return Step(job, no("not_a_number", text=text))
    job = replace(job, closing=False)
    asked = machine.question(job, ward)
    if job.pending and number and not _about(job.pending, number.strip()):
        return Step(job, machine.answer_first(job, ward))
    if asked and job.pending and asked.code == "pack_size":
        return _sized(machine, job, job.pending, asked, count, ward)
    if job.pending:
        counted = recounted(job.pending, count)
        item = told(counted, asked, str(count), ward) if asked and asked.asks_for == "qty" else counted
        return machine.advance(job, item, ward)
    wanted = number.strip() or str(job.current)
    last = next((add for add in job.additions if str(add.number) == wanted), None)
    if last is None:
        return Step(job, no("item_before_qty"))
    return changed(machine, job, last, recounted(reopened(last, ward), count), ward)


def _about(pending: Pending, number: str) -> bool:
    """Whether the open item is the addition of that number, being changed."""
    return pending.instead_of is not None and str(pending.instead_of.number) == number


def _sized(machine: Machine[J], job: J, pending: Pending, asked: Question, size: Decimal, ward: Ward) -> Step[J]:
    """How many base units are in a pack that nobody has recorded: asked, never derived (design 13.6)."""
    step = pending.product.uom_rounding if pending.product else Decimal(1)
    if not 0 < size <= MOST or not whole_steps(size, step):
        return Step(job, no("not_a_pack_size", text=str(size)))
    sized = replace(pending, per_unit=size, unit=pack_name(pending, size), unknown_level="")
    return machine.advance(job, told(sized, asked, str(size), ward), ward)


def changed(machine: Machine[J], job: J, last: Addition, item: Pending, ward: Ward) -> Step[J]:
    """Something else for an addition, judged as if it had just come; it stays as it was until that is agreed to."""
    step = machine.advance(job.without(last.number), item, ward)
    if step.said.tone is Tone.NO:
        return replace(step, job=replace(job, current=last.number))
    return step


def typed_number(text: str) -> Decimal | None:
    """A plain number; a comma is a decimal point. No exponents, no signs, no infinities."""
    plain = text.strip().replace(",", ".")
    if not plain or not set(plain) <= set("0123456789."):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def undone(machine: Machine[J], job: J, said: Command, ward: Ward) -> Step[J]:
    """Take back the open item, or the last one added, or with `undo N` the addition of that number."""
    if job.pending and not said.value:
        code = "left_as_it_was" if job.pending.instead_of else "undone_open"
        return Step(job.dropped(), ok(code))
    if job.closing and not said.value:
        return Step(replace(job, closing=False), READY)
    last = str(job.additions[-1].number) if job.additions else ""
    gone = next((add for add in job.additions if str(add.number) == (said.value or last)), None)
    if gone is None:
        return Step(job, no("nothing_to_undo"))
    left = replace(job.without(gone.number), closing=False)
    row = machine.row(job, reopened(gone, ward))
    facts = {"product": gone.product.name, "quantity": gone.quantity, "total": left.taken(gone.product.id)}
    return Step(left, ok("undone", unit=gone.product.uom_name, **facts).at(row))


def _confirm(machine: Machine[J], job: J, _said: Command, ward: Ward) -> Step[J]:
    return machine.confirm(job, ward)


_SHARED = {
    "lot": _lot,
    "serial": _lot,
    "expiry": _expiry,
    "product": _product,
    "qty": _qty,
    "undo": undone,
    "fix": _fix,
    "confirm": _confirm,
}
