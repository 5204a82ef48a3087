"""The desk a person works at: scans go to the open job, and nothing is answered before it is on disk.

The window, the replay of a file and the tests drive this one object. It keeps no second truth: `job` is what the draft
on disk says, and after a crash `resume` gives it back.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from client.barcode.label import Label, RawScan
from client.barcode.read import read
from client.work import jobs
from client.work.answer import READY, Command, Question, Said, Tone, ask, no, ok
from client.work.cards import card as cards
from client.work.counting.meanwhile import Counting
from client.work.home import Home
from client.work.job import Addition, Job, Pending, from_draft, to_lines, to_state
from client.work.lookup.looking import WORDS as LOOKING
from client.work.lookup.looking import Looked, Looking, in_a_job, told_of
from client.work.lookup.recall import Prepared
from client.work.machine import Machine, Start
from client.work.meaning import (
    CommandMeant,
    Known,
    LotMeant,
    Meaning,
    PersonMeant,
    PickingsMeant,
    ProductMeant,
    UnknownCode,
    UnknownLevel,
    anything,
)
from client.work.moving.movement import Later
from client.work.moving.take_now import LATER, taken_already
from client.work.open_drafts import OpenDraft, named, open_drafts
from client.work.receiving.delivery import Delivery
from client.work.receiving.orders import incoming
from client.work.receiving.pictures import picture
from client.work.receiving.view import ReceiptView, view
from client.work.shift_end import Owed, shift_end
from client.work.signature import Signature
from client.work.site.holds import Holds
from client.work.site.people import Act, People, Person, Role, same_person
from client.work.site.plan import SitePlan
from client.work.site.policy import Policy
from client.work.stock import Effect, Shelves
from client.work.views import View, view_of
from client.work.ward import Step, Ward
from client.work.witness import ANOTHER, WITNESS
from sync.clock import Clock
from sync.errors import WardstockError
from sync.stock import Evidence, Picking
from sync.store import Store
from sync.store.outbox import Entry
from sync.transaction import Draft, Moment, Status, footprint, new_uuid

SEEN_WITHIN = timedelta(days=30)
"""How far back a pack's serial is looked for (ward 15)."""


@dataclass(frozen=True, slots=True)
class Second:
    """A second person at the desk: `asked` showed a badge and owes the PIN, `proved` gave it.

    They came for the open question, or for `word`, a command the site lets nobody give alone.
    """

    asked: Person | None = None
    proved: Person | None = None
    word: Command | None = None


@dataclass
class Desk:
    """One person at one device. Not thread-safe: it belongs to the thread that scans."""

    store: Store
    person: Person
    policy: Policy
    clock: Clock
    queued: Callable[[], None] = lambda: None
    job: Job | None = None
    said: Said = READY
    at_home: Home = field(default_factory=Home)
    second: Second = field(default_factory=Second)
    proved: bool = True
    """They gave their PIN since their badge was scanned. Until people are entered, all are taken at their word."""

    def __post_init__(self) -> None:
        self.people = People(self.store.people, self.policy)
        self.shelves = Shelves(self.store, self.clock, self._taken_already)
        self._plan = (-1, SitePlan(self.policy))
        self._kept: tuple[Addition, ...] = ()
        self._told: Command | None = None
        self._needs_two = False

    @property
    def delivery(self) -> Delivery | None:
        """The open delivery, where the job is one."""
        return self.job if isinstance(self.job, Delivery) else None

    # ---------------------------------------------------------------- what comes in

    def scan(self, raw: RawScan) -> Said:
        """Answer one scan. When this returns an accepted scan, its line and its evidence are on disk."""
        label = read(raw)
        meant = anything(label, Known.here(self.store, self.people))
        if isinstance(meant, PersonMeant):
            self.said = self._shown_badge(meant.person)
        elif isinstance(meant, CommandMeant) and not self._has_word(meant.command):
            self.said = self.command(meant.command)
        elif self.job is None or self.job.finished:
            self.said = self._scan_at_home(meant, label)
        else:
            self.said = self._scan_in_job(self.job, meant, label)
        self.said = self._proves(self.said)
        return self.said

    def command(self, command: Command) -> Said:
        """Answer what a finger pressed."""
        if command.name != "pin":
            self._told = command
            self._lend_only_for(command)
        if command.name == "home":
            self.said = self.home()
        elif command.name == "photo" and self.job and not self.job.finished:
            self.said = self._photographed(self.job, command.value)
        elif command.name == "pin":
            self.said = self._proved(command.value)
        elif command.name in _CARD_WORDS:
            self.said = self._cards(command.value) if command.name == "cards" else self._settle(command.value)
        elif command.name == "shift-end":
            self.said = self._shift_end(command.value)
        elif self._has_word(command):
            self.said = self._command_in_job(command)
        else:
            self.said = self._command_at_home(command)
        self.said = self._proves(self.said)
        return self.said

    def _has_word(self, command: Command) -> bool:
        """The open job answers it: all but the words that begin another job or belong to the desk."""
        if self.job is None or command.name == "home":
            return False
        own = not self.job.finished and command.name in self._machine().commands
        return own or (command.name not in _DESK_WORDS and not jobs.begun_by(command.name))

    # ---------------------------------------------------------------- drafts

    def resume(self, draft_uuid: str) -> Said:
        """Go on where a draft was left, with what the last pull says is expected; somebody else's is theirs no more."""
        draft = self.store.drafts.get(draft_uuid)
        if draft is None:
            raise WardstockError("draft_gone", draft=draft_uuid)
        if self.job is None or self.job.uuid != draft_uuid:
            self.home()
        self.store.drafts.take_over(draft_uuid, self.person.name, self.clock.now())
        machine = jobs.JOBS[draft.job]
        was = replace(from_draft(draft, machine.state), person=self.person.name)
        self._kept = was.additions if draft.lines else ()
        opened = machine.refreshed(was, self.ward())
        self.job, self.said = opened.job, opened.said
        return self.said

    def _go_on(self, draft: OpenDraft) -> Said:
        """One's own draft at once, somebody else's after a word (ward 33)."""
        if draft.person == self.person.name:
            return self.resume(draft.uuid)
        if not self.ward().may(Act.TAKE_OVER):
            return no("needs_role", act=Act.TAKE_OVER, question="")
        self.home()
        self.at_home = Home(theirs=draft)
        return ask("take_over", person=draft.person, title=draft.title, document=draft.document)

    def _taken_over(self, theirs: OpenDraft) -> Said:
        """After the word: by who is at the desk now, if it is still open and they may."""
        self.at_home = Home()
        if self.store.drafts.get(theirs.uuid) is None:
            return no("no_such_draft", text=theirs.document or theirs.title)
        if theirs.person != self.person.name and not self.ward().may(Act.TAKE_OVER):
            return no("needs_role", act=Act.TAKE_OVER, question="")
        return self.resume(theirs.uuid)

    def _drafts(self, text: str) -> Said:
        """`drafts` lists them, `resume X` goes on with one: by its number there, its document or its title."""
        found = named(self.store, text) if text else open_drafts(self.store)
        if not found:
            return no("no_such_draft", text=text[:60]) if text else ok("no_drafts")
        if text and len(found) == 1:
            return self._go_on(found[0])
        self.home()
        self.at_home = Home(drafts=open_drafts(self.store) if not text else found)
        return ask("which_draft", count=len(found))

    def home(self) -> Said:
        """Leave the job; its draft stays open on disk. A draft nothing was scanned into is not kept."""
        if self.job and not self.job.finished and not self.job.begun:
            self.store.drafts.drop(self.job.uuid, self.person.name, self.clock.now())
        self.job, self.at_home, self.second = None, Home(), Second()
        return READY

    def open_receipt(self, picking_id: int) -> Said:
        """Open the delivery of a picking: its draft where one is open, a new one else."""
        return self.open_picking(picking_id)

    def open_picking(self, picking_id: int) -> Said:
        """Open a planned picking in the job of its kind: its draft where one is open, a new one else."""
        picking = self.store.catalogue.picking(picking_id)
        self.said = self._open(picking) if picking and not picking.gone else no("picking_gone")
        return self.said

    # ---------------------------------------------------------------- what was confirmed

    def may_withdraw(self, entry: Entry) -> bool:
        """One's own work that never left the device, or as a supervisor; not alone where the site says two (ward 33).

        What somebody lends to the open question is not for this.
        """
        untouched = entry.status is Status.QUEUED and entry.first_sent_at is None
        own = untouched and entry.transaction.person == self.person.name and Act.WITHDRAW not in self.policy.two_people
        return own or replace(self.ward(), approver=None).may(Act.WITHDRAW)

    def withdraw(self, uuid: str) -> Said:
        """Take back a transaction: at once, or as a wish where Odoo may have it. The person stands in the journal."""
        entry = self.store.outbox.get(uuid)
        if entry is None or not self.may_withdraw(entry):
            return no("needs_role", act=Act.WITHDRAW, question="")
        status = self.store.outbox.withdraw(uuid, self.person.name, self.clock.now())
        self.queued()
        if status is not Status.WITHDRAWN:
            return ok("withdraw_wished", reference=entry.reference)
        return ok("withdrawn", reference=entry.reference)

    def card(self, entry: Entry) -> cards.Card | None:
        """What a person who stands here may do about a refused transaction; None: nobody has to do anything."""
        return cards.card_of(self.store, self.ward(), entry)

    def _left_by(self, person: str) -> tuple[Owed, ...]:
        """What somebody leaves open on this device (ward 32)."""
        return shift_end(self.store, self.policy, self.clock.now()).of(person)

    def _shift_end(self, person: str) -> Said:
        """What is open of that person, of whoever is at the desk where nobody is named; Odoo is not asked for it."""
        name = person or self.person.name
        if not (left := self._left_by(name)):
            return ok("shift_clean", person=name)
        return ok("shift_open", person=name, count=len(left), owed=left)

    def _cards(self, which: str) -> Said:
        """What waits for a decision: one is shown with its ways out, of several the names are told."""
        open_ = cards.cards(self.store, self.ward())
        shown = [card for card in open_ if which in {"", card.entry.reference, card.entry.uuid}]
        if len(shown) > 1:
            names = ", ".join(card.entry.reference for card in shown)
            return ask("several_cards_open", count=len(shown), names=names)
        if not shown:
            return no("no_such_card", reference=which) if which else ok("no_card")
        self.home()
        self.at_home = Home(card=shown[0])
        return ask("card", **cards.card_question(shown[0]).facts)

    def _settle(self, text: str) -> Said:
        """`REFERENCE CHOICE [value]`: one way out of one card; without a choice the card is shown."""
        which, _, way = text.partition(" ")
        choice, _, value = way.strip().partition(" ")
        if not choice:
            return self._cards(which)
        settled = cards.settle(self.store, self.ward(), which, choice, value)
        if settled.said.tone is not Tone.OK:
            return settled.said
        self.second = Second()
        if self.at_home.card:
            self.at_home = Home()
        self.queued()
        if settled.draft:
            self.home()
            self.resume(settled.draft)
        return settled.said

    # ---------------------------------------------------------------- what is shown

    def question(self) -> Question | None:
        """What must be answered now."""
        if self.job is None or self.job.finished:
            return self.at_home.question(self.ward())
        return self._machine().question(self.job, self.ward())

    def page(self) -> View | None:
        """What a page shows of the open job."""
        return view_of(self.job, self.ward()) if self.job else None

    def view(self) -> ReceiptView | None:
        """What a page shows of the open delivery."""
        return view(self.delivery, self.ward()) if self.delivery else None

    def _machine(self) -> Machine[Any]:
        """Of the open job."""
        if self.job is None:
            raise ValueError("no job is open")
        return jobs.of(self.job)

    def plan(self) -> SitePlan:
        """The site's policy bound to what the last pull brought."""
        generation = self.store.catalogue.generation()
        if self._plan[0] != generation:
            self._plan = (generation, SitePlan.of(self.policy, self.store.catalogue))
        return self._plan[1]

    def holds(self) -> Holds:
        """What must not move."""
        return Holds(self.store, self.shelves, self.plan().quarantines)

    def ward(self) -> Ward:
        """What a step may look at now."""
        plan, moment = self.plan(), self.clock.moment()
        return Ward(
            catalogue=self.store.catalogue,
            person=self._acting(),
            plan=plan,
            shelves=self.shelves,
            holds=self.holds(),
            outbox=self.store.outbox,
            now=moment.wall,
            seen_before=self._seen_before,
            counting=Counting(self.store),
            moment=moment,
            approver=self.people.today(self.second.proved) if self.second.proved else None,
            proved=self.proved,
            here=enrolment.location_ids if (enrolment := self.store.device.enrolment()) else (),
            begun=self._engaged,
        )

    def _seen_before(self, product_id: int, serial: str) -> bool:
        """The same GTIN and serial in an earlier job (ward 15)."""
        open_uuid = self.job.uuid if self.job else ""
        earlier = self.store.drafts.gtins_with_serial(serial, self.clock.now() - SEEN_WITHIN, except_draft=open_uuid)
        hits = (hit for gtin in earlier for hit in self.store.catalogue.by_barcode(gtin))
        return any(hit.product.id == product_id for hit in hits)

    # ---------------------------------------------------------------- people

    def _shown_badge(self, person: Person) -> Said:
        """Where a second person is waited for, it is them, and their PIN proves it; else the desk is theirs now."""
        if self._waits_for_second(person):
            if same_person(person.name, self.person.name) and (self.proved or self._waits_for_witness()):
                return no("same_person", person=person.name)
            self.second = Second(asked=person, word=self._told if self._needs_two else None)
            return ask("pin_wanted", person=person.name)
        leaver, self.person, self.second = self.person.name, person, Second()
        self.proved = False
        left = self._left_by(leaver) if leaver != person.name else ()
        if left:
            return ok(
                "person_now_open", person=person.name, role=person.role, leaver=leaver, count=len(left), owed=left
            )
        return ok("person_now", person=person.name, role=person.role)

    def _waits_for_second(self, person: Person) -> bool:
        """Where anybody else may simply go on, only who can lend what is asked for stands by; others take the desk."""
        asked = self.question()
        if asked and asked.asks_for == ANOTHER:
            return any(choice.act and not choice.allowed and person.may(Act(choice.act)) for choice in asked.choices)
        beyond = asked is not None and any(choice.act and not choice.allowed for choice in asked.choices)
        return beyond or self._needs_two or self._waits_for_witness()

    def _lend_only_for(self, command: Command) -> None:
        """What somebody lends is for what they came for, and for nothing that is said instead."""
        if self.second.proved is None or command == self.second.word:
            return
        if command.name == "settle":
            shown, which = self.at_home.card, command.value.partition(" ")[0]
            here = which in {shown.entry.reference, shown.entry.uuid} if shown else self.job is None
        else:
            asked = self.question()
            here = asked is not None and command in {choice.command for choice in asked.choices}
        if not here:
            self.second = Second()

    def _waits_for_witness(self) -> bool:
        asked = self.question()
        return asked is not None and asked.asks_for == WITNESS

    def _acting(self) -> Person:
        """Who works here. A badge only says who: what only a supervisor may wants their PIN once (design 8)."""
        here = self.people.today(self.person)
        if here is None:
            return replace(self.person, granted=frozenset())
        if self.proved:
            return here
        unproved = frozenset(act for act in here.acts if self.policy.roles_of(act) > {Role.SUPERVISOR})
        return replace(here, granted=unproved)

    def _proves(self, said: Said) -> Said:
        """Whose role would do, were it known that it is them, is asked for the PIN."""
        act = str(said.facts.get("act", ""))
        if said.code not in _OF_SECONDS:  # what was just refused is nobody's alone, whoever gives the word (ward 33)
            two = said.code == "needs_role" and act in self.policy.two_people
            self._needs_two = two or said.code == "witness_for_card"
        if said.code != "needs_role" or self.proved or not act or not self.person.may(Act(act)):
            return said
        self.second = Second(asked=self.person)
        return ask("pin_wanted", person=self.person.name)

    def _proved(self, pin: str) -> Said:
        """The PIN of who showed their badge, or of who works here."""
        person = self.second.asked or self.person
        proof = self.people.verify(person.name, pin, self.clock.now())
        if not proof.ok or proof.person is None:
            return no(proof.code, person=person.name, seconds=proof.seconds, left=proof.left)
        if same_person(proof.person.name, self.person.name):
            self.person, self.proved, self.second = proof.person, True, Second()
            return ok("proved", person=proof.person.name)
        self.second = replace(self.second, asked=None, proved=proof.person)
        if self.job is None or self.job.finished:
            return ok("approved", person=proof.person.name)
        return self._keep(self._machine().witnessed(self.job, self.ward()))

    # ---------------------------------------------------------------- at home

    def _scan_at_home(self, meant: Meaning, label: Label) -> Said:
        if self.at_home.card and (chosen := cards.scanned(self.at_home.card, meant, label)):
            return self._settle(chosen)
        if self.at_home.wanted and isinstance(meant, UnknownCode) and label.kind == "plain":
            return self._begin(Start(self.at_home.wanted, label.text.strip()))
        if self.at_home.card:
            self.second = Second()
        onward = self._machine().onward if self.job else None
        if self.job and onward and (begin := onward(self.job, meant)):
            return self._begin(begin)
        papers = self._deliveries(meant)
        if self.job and papers and not isinstance(meant, PickingsMeant):
            # A late pack of the delivery just finished must not slip into another one.
            return no("already_confirmed")
        if len(papers) == 1:
            return self._open_and_scan(papers[0], meant, label)
        self.at_home, answer = self.at_home.scanned(meant, papers, label, Looking(self.store, self.ward()))
        if isinstance(answer, Said):
            return answer
        said = self._begin(answer)
        if said.tone is Tone.NO or self.job is None:
            return said
        return self._scan_in_job(self.job, meant, label)

    def _open_and_scan(self, picking: Picking, meant: Meaning, label: Label) -> Said:
        """A document opens; a product on one opens it and is its first scan."""
        opened = self._open(picking)
        if self.job is None or opened.tone is Tone.NO or isinstance(meant, PickingsMeant):
            return opened
        return self._scan_in_job(self.job, meant, label)

    def _deliveries(self, meant: Meaning) -> tuple[Picking, ...]:
        """Open papers a scan at home can mean: by name, by order, or the deliveries that expect a product."""
        if isinstance(meant, PickingsMeant):
            return meant.pickings
        product = meant.product if isinstance(meant, ProductMeant | UnknownLevel) else None
        if product is None or self.at_home.place or not self.ward().may(Act.RECEIVE):
            return ()
        return tuple(self.store.catalogue.open_receipts_with(product.id))

    def _command_at_home(self, command: Command) -> Said:
        if command.name == "receive" and command.value and (papers := self._order_here(command.value)):
            return papers
        if jobs.begun_by(command.name):
            begin = Start(command.name, command.value, place=self.at_home.place, product=self.at_home.product)
            said = self._begin(begin)
            self.at_home = Home(wanted=command.name) if said.code == "scan_the_order" else self.at_home
            return said
        if command.name in {"drafts", "resume"}:
            return self._drafts(command.value)
        if self.at_home.theirs and command.name == "yes":
            return self._taken_over(self.at_home.theirs)
        if command.name in LOOKING:
            self._leave_job()
        if command.name == "look" and command.value:
            return self._look(command.value)
        self.at_home, answer = self.at_home.told(command, Looking(self.store, self.ward()))
        if isinstance(answer, Said):
            return answer
        if isinstance(answer, Prepared):
            return self._prepared(answer)
        return self._open(answer.picking) if answer.picking else self._begin(answer)

    def _order_here(self, text: str) -> Said | None:
        """An order that is on this device is opened by its number as by a scan; any other is waited for (ward 9)."""
        label = read(RawScan.received(text, source="typed", device="typed", scanned_at=self.clock.now()))
        meant = PickingsMeant(incoming(label.text, self.store.catalogue))
        return self._scan_at_home(meant, label) if meant.pickings else None

    def _leave_job(self) -> None:
        """Look elsewhere: the open job stays as a draft, and what is looked at at home stays as it is."""
        at_home = self.at_home
        self.home()
        self.at_home = at_home

    def _look(self, text: str) -> Said:
        """What a typed or scanned text is, without beginning anything."""
        label = read(RawScan.received(text, source="look", device="look", scanned_at=self.clock.now()))
        meant = anything(label, Known.here(self.store, self.people))
        looked, said = Looking(self.store, self.ward()).scanned(Looked(), meant, label)
        self.at_home = Home(
            product=meant.product if isinstance(meant, ProductMeant | LotMeant) else None, looked=looked
        )
        return said

    def _prepared(self, move: Prepared) -> Said:
        """A job that begins with its places and goods: what is left to do is to look at it and confirm."""
        said = self._begin(Start(move.kind, place=move.source))
        for word in (Command("to", move.destination.complete_name), Command("qty", f"{move.quantity:f}")):
            if self.job is None or said.tone is Tone.NO:
                return said
            if word.name == "qty":
                item = Pending(
                    product=move.product, lot_name=move.lot_name, count=move.quantity, unit=move.product.uom_name
                )
                said = self._keep(self._machine().advance(self.job, item, self.ward()))
            else:
                said = self._command_in_job(word)
        return said

    def _open(self, picking: Picking) -> Said:
        kind = self.store.catalogue.picking_type(picking.picking_type_id)
        machine = jobs.of_papers(kind.code) if kind else None
        if machine is None:
            return no("no_job_for_papers", document=picking.name)
        if not self.ward().may(machine.act):
            return no("needs_role", act=machine.act, question="")
        if draft := self._draft_of(picking, machine):
            return self._go_on(draft)
        return self._begin(Start("picking", picking=picking), machine)

    def _engaged(self, picking: Picking, draft_uuid: str) -> Said | None:
        """Why a draft cannot take papers: they were sent from here already, or another draft has them (ward 12)."""
        if sent := self._sent_from_here(picking):
            code = "refused_here" if sent.status is Status.REFUSED else "finished_here"
            return no(code, document=picking.name, reference=sent.reference)
        kind = self.store.catalogue.picking_type(picking.picking_type_id)
        machine = jobs.of_papers(kind.code) if kind else None
        draft = self._draft_of(picking, machine) if machine else None
        if draft is None or draft.uuid == draft_uuid:
            return None
        return no("begun_here", document=picking.name, person=draft.person, since=draft.opened_at)

    def _draft_of(self, picking: Picking, machine: Machine[Any]) -> OpenDraft | None:
        """The open draft that works on those papers, also where it has several, or waits for their order (ward 9)."""
        if self._sent_from_here(picking):
            return None
        wanted = {one.strip().casefold() for one in (picking.name, *picking.origin.split(","))}
        mine = (draft for draft in open_drafts(self.store) if draft.job == machine.name)
        return next((one for one in mine if wanted & {name.casefold() for name in one.document.split(", ")}), None)

    def _begin(self, begin: Start, machine: Machine[Any] | None = None) -> Said:
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
        self.store.drafts.open(_draft(opened.job, machine, opened.job.additions))
        self._kept = opened.job.additions
        self.job = opened.job
        return opened.said

    def _sent_from_here(self, picking: Picking) -> Entry | None:
        """A transaction of this device for that picking: what is left of it comes back as a backorder, after a pull."""
        mine = (entry for entry in self.store.outbox.rows() if entry.footprint.picking_id == picking.id)
        return next((entry for entry in mine if entry.status is not Status.WITHDRAWN), None)

    # ---------------------------------------------------------------- in a job

    def _photographed(self, job: Job, path: str) -> Said:
        """A picture from a file, kept with the open job and sent with what it makes (ward 18)."""
        photo = picture(Path(path.strip()))
        if isinstance(photo, Said):
            return photo
        self.store.photos.add(job.uuid, photo)
        return self._command_in_job(Command("photo", photo.id))

    def _command_in_job(self, command: Command) -> Said:
        if self.job is None:
            return no("nothing_open", command=command.name)
        with self.shelves.one_moment():
            step = self._machine().command(self.job, command, self.ward())
        return self._keep(step)

    def _scan_in_job(self, job: Job, meant: Meaning, label: Label) -> Said:
        evidence = _evidence(label)
        asked = self.question()
        taken, told = in_a_job(meant, label, asked.asks_for if asked else "")
        with self.shelves.one_moment():
            step = self._machine().scan(job, taken, told, evidence.id, self.ward())
        if step.said.code == "unknown_code" or (step.said.code == "unknown_on_dock" and taken is not meant):
            step = replace(step, said=told_of(meant, label))
        kept = () if step.said.code == "patient_label" else (replace(evidence, verdict=_verdict(step.said)),)
        return self._keep(step, kept)

    def _keep(self, step: Step[Any], evidence: tuple[Evidence, ...] = ()) -> Said:
        """One SQLite transaction holds the scan, the line and the step; only then is it said (design 3).

        What a second person lends holds for one answer: until something changes that is not their own coming.
        """
        if step.job is not self.job:
            self.second = Second()
        if step.confirmed:
            return self._confirm(step.job)
        if step.proves:
            known = self.store.drafts.evidence_of(step.proves)
            evidence = (*evidence, *(replace(one, verdict=step.said.code) for one in known))
        if not step.job.finished and (evidence or step.job is not self.job):
            self._save(step.job, evidence)
        self.job = step.job
        return self._begin(step.then) if step.then else step.said

    def _save(self, job: Job, evidence: tuple[Evidence, ...]) -> None:
        """What changed of the job: a scan into a long list writes its own line alone."""
        before = {add.number: add for add in self._kept}
        changed = [add for add in job.additions if (was := before.pop(add.number, None)) is not add and was != add]
        draft = _draft(job, self._machine(), changed, self.clock.now())
        self.store.drafts.save(draft, evidence, gone=before)
        self._kept = job.additions

    def _confirm(self, job: Job) -> Said:
        machine, moment = self._machine(), self.clock.moment()
        made = machine.transactions(job, self._signature(self._acted_at(job, moment)), self.ward())
        places = self.store.catalogue.locations(
            {place for one in made for line in one.lines for place in (line.source_id, line.destination_id)}
        )
        left = machine.rest(job, moment) if machine.rest else None
        rest = _draft(left, jobs.of(left), left.additions, moment.wall) if left else None
        self.store.outbox.confirm(job.uuid, [(one, footprint(one, places)) for one in made], moment.wall, rest)
        self.job = replace(job, closing=False, references=tuple(one.reference for one in made)) if made else None
        self.queued()
        return machine.confirmed(job, made)

    def _acted_at(self, job: Job, now: Moment) -> Moment:
        """What is corrected happened when it was done first, not when somebody puts it right (ward 1)."""
        before = self.store.outbox.get(job.corrects) if job.corrects else None
        return before.transaction.acted_at if before else now

    def _taken_already(self) -> Iterator[Effect]:
        """What waits to be completed has been taken (ward 26); the open job counts its own."""
        for draft in self.store.drafts.of_job(LATER.name):
            if self.job is None or draft.uuid != self.job.uuid:
                yield from taken_already(from_draft(draft, Later))

    def _signature(self, moment: Moment) -> Signature:
        device, enrolment = self.store.device, self.store.device.enrolment()
        if enrolment is None:
            raise WardstockError("not_enrolled")
        return Signature(self.person.name, device.name(), enrolment.company_id, moment, device.next_reference)


_OF_SECONDS = frozenset({"same_person", "pin_wanted", "pin_wrong", "pin_wait", "pin_none"})
_CARD_WORDS = frozenset({"cards", "settle"})
_DESK_WORDS = frozenset({"pin", "open", "resume", "drafts", *_CARD_WORDS, *LOOKING})
"""What the desk answers itself, also while a job is open."""


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


def _evidence(label: Label) -> Evidence:
    raw = label.raw
    elements = [(element.ai, element.value) for element in label.elements]
    parse = json.dumps({"gtin": label.gtin, "serial": label.serial, "elements": elements})
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


def _verdict(said: Said) -> str:
    """Texts that meant nothing are dropped when the draft closes: evidence is not a dustbin (design 7)."""
    return "meaningless" if said.code in {"unknown_code", "unknown_on_dock", "unknown_command"} else said.code
