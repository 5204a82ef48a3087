"""The desk a person works at: scans go to the open job, and nothing is answered before it is on disk.

The window, the replay of a file and the tests drive this one object. It keeps no second truth: `job` is what the draft
on disk says, and after a crash `resume` gives it back.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from client.barcode.element_string import GS
from client.barcode.label import Label, RawScan
from client.barcode.patient import hides_a_patient
from client.barcode.read import read
from client.work import jobs
from client.work.answer import READY, Choice, Command, Question, Said, Tone, ask, no, ok
from client.work.beside import Word, beside
from client.work.cards import card as cards
from client.work.cards import shown
from client.work.counting.meanwhile import Counting
from client.work.home import Home
from client.work.job import Job, Pending
from client.work.keeping import Keeping, evidence_of, taken_elsewhere, verdict_of
from client.work.lookup.attention import Noticed, Sieve, noticed, sieve
from client.work.lookup.looking import WORDS as LOOKING
from client.work.lookup.looking import Looked, Looking, in_a_job, told_of
from client.work.lookup.pages import Page
from client.work.lookup.recall import Prepared, RecallPage
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
    code_of,
    products_numbered,
)
from client.work.open_drafts import OpenDraft, draft_of, engaged, machine_of, named, open_drafts
from client.work.present import Present, Second
from client.work.receiving.delivery import Delivery
from client.work.receiving.orders import incoming
from client.work.receiving.pictures import picture
from client.work.receiving.view import ReceiptView, view
from client.work.shift_end import Owed, ShiftEnd, shift_end
from client.work.site.holds import Holds
from client.work.site.people import Act, People, Person, same_person
from client.work.site.plan import SitePlan
from client.work.site.policy import Policy
from client.work.site.scanners import remember_lost, scanner_of
from client.work.stock import Shelves
from client.work.teaching import SHOWN, can_be_taught, teach
from client.work.views import View, view_of
from client.work.ward import Step, Ward
from sync.clock import Clock
from sync.errors import WardstockError
from sync.stock import Evidence, Picking
from sync.store import Store
from sync.store.outbox import Entry

SEEN_WITHIN = timedelta(days=30)
"""How far back a pack's serial is looked for (ward 15)."""


class Desk:
    """One person at one device. Not thread-safe: it belongs to the thread that scans.

    `proved`: they gave their PIN. `queued` is called when something waits to be sent.
    """

    def __init__(
        self,
        store: Store,
        person: Person,
        policy: Policy,
        clock: Clock,
        queued: Callable[[], None] = lambda: None,
        *,
        proved: bool = True,
    ) -> None:
        self.store, self.clock, self.queued = store, clock, queued
        self.present = Present(person, proved)
        self.policy = policy
        self.job: Job | None = None
        self.said = READY
        self.at_home = Home()
        self.keeping = Keeping(store)
        self._nameless: Label | None = None
        self._sieve: tuple[object, Sieve] | None = None
        self._noticed: tuple[object, tuple[Noticed, ...]] | None = None
        self.shelves = Shelves(store, clock, lambda: taken_elsewhere(store, self.job))

    @property
    def policy(self) -> Policy:
        """What the site decided."""
        return self._policy

    @policy.setter
    def policy(self, policy: Policy) -> None:
        self._policy = policy
        self.people = People(self.store.people, policy)
        self._plan = (-1, SitePlan(policy))

    @property
    def person(self) -> Person:
        """Who works here."""
        return self.present.person

    @person.setter
    def person(self, person: Person) -> None:
        self.present = replace(self.present, person=person)

    @property
    def proved(self) -> bool:
        """Whether they gave their PIN since their badge was scanned."""
        return self.present.proved

    @property
    def second(self) -> Second:
        """Who stands by them."""
        return self.present.second

    @second.setter
    def second(self, second: Second) -> None:
        self.present = replace(self.present, second=second)

    @property
    def delivery(self) -> Delivery | None:
        """The open delivery, where the job is one."""
        return self.job if isinstance(self.job, Delivery) else None

    # ---------------------------------------------------------------- what comes in

    def scan(self, raw: RawScan) -> Said:
        """Answer one scan. When this returns an accepted scan, its line and its evidence are on disk."""
        label = read(raw, scanner_of(self.store, raw.source))
        meant = anything(label, Known.here(self.store, self.people))
        self._nameless = label if isinstance(meant, UnknownCode) else None
        if isinstance(meant, ProductMeant) and meant.taught:
            self.store.taught.overrule(code_of(label), meant.product.name, self.person.name, self.clock.now())
        if isinstance(meant, PersonMeant):
            self.said = self._shown_badge(meant.person)
        elif isinstance(meant, CommandMeant) and meant.command.name == "photo":
            self.said = no("unknown_command", command="photo")  # it would name a file
        elif isinstance(meant, CommandMeant) and not self._has_word(meant.command):
            self.said = self.command(meant.command)
        elif self.job is None or self.job.finished:
            self.said = self._scan_at_home(meant, label)
        else:
            self.said = self._scan_in_job(self.job, meant, label)
        self.present, self.said = self.present.after(self.said, self.policy)
        return self.said

    def typed(self, text: str) -> Said:
        """A code, or the name of goods, a place or papers, typed or chosen where nothing can be scanned."""
        return self.scan(RawScan.received(text, source="typed", device="typed", scanned_at=self.clock.now()))

    def command(self, command: Command) -> Said:
        """Answer what a finger pressed, or a hand typed; a patient's label among it is not repeated, nor kept."""
        if hides_a_patient(f"{command.name} {command.value}"):
            self.said = no("patient_label")
            return self.said
        return self._obeyed(command)

    def _obeyed(self, command: Command) -> Said:
        if command.name != "pin":
            self.present = replace(self.present, said=command)
            self._lend_only_for(command)
        if command.name == "home":
            self.said = self.home()
        elif command.name == "photo" and self.job and not self.job.finished:
            self.said = self._photographed(self.job, command.value)
        elif command.name == "pin":
            self.said = self._proved(command.value)
        elif command.name in _CARD_WORDS:
            self.said = self._cards(command.value) if command.name == "cards" else self._settle(command.value)
        elif command.name == "withdraw":
            self.said = self.withdraw(command.value)
        elif command.name == "release":
            self.said = self._released(command.value)
        elif command.name == "shift-end":
            self.said = self._shift_end(command.value)
        elif command.name == "stands":
            self.present, self.said = self.present.named(command.value, self.people, self.question())
        elif command.name == "teach":
            self.said = self._teach(command.value)
        elif self._has_word(command):
            self.said = self._command_in_job(command)
        else:
            self.said = self._command_at_home(command)
        self.present, self.said = self.present.after(self.said, self.policy)
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
        was = self.keeping.take_over(draft, self.person.name, self.clock.now())
        opened = jobs.of(was).refreshed(was, self.ward())
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

    def leave(self) -> None:
        """Nobody is at the desk any more: what was asked or lent is over, the open job waits as a draft."""
        self.home()
        self.present = Present(self.person, proved=False)

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
        """Whether who stands here may take it back alone (ward 33)."""
        return shown.may_withdraw(self.ward(), entry, self.person.name)

    def withdraw(self, uuid: str) -> Said:
        """Take back a transaction: at once, or as a wish where Odoo may have it."""
        said = shown.withdraw(self.store, self.ward(), uuid, self.person.name)
        if said.tone is Tone.OK:
            self.queued()
        return said

    def ways(self, entry: Entry) -> tuple[Choice, ...]:
        """What may be done with a transaction, each with the right it needs."""
        return shown.ways(self.store, self.ward(), entry, self.person.name)

    def _released(self, uuid: str) -> Said:
        said = shown.release(self.store, self.ward(), uuid)
        if said.tone is Tone.OK:
            self.queued()
        return said

    def card(self, entry: Entry) -> cards.Card | None:
        """What a person who stands here may do about a refused transaction; None: nobody has to do anything."""
        return cards.card_of(self.store, self.ward(), entry)

    def _left_by(self, person: str) -> tuple[Owed, ...]:
        """What somebody leaves open on this device (ward 32)."""
        return shift_end(self.store, self.policy, self.clock.now()).of(person)

    def shift_end(self) -> ShiftEnd:
        """All that is open on this device, whoever's (ward 32)."""
        return shift_end(self.store, self.policy, self.clock.now())

    def _shift_end(self, person: str) -> Said:
        """What is open of that person, of whoever is at the desk where nobody is named; Odoo is not asked for it."""
        name = person or self.person.name
        if not (left := self._left_by(name)):
            return ok("shift_clean", person=name)
        return ok("shift_open", person=name, count=len(left), owed=left)

    def _cards(self, which: str) -> Said:
        """What waits for a decision: one is shown with its ways out, of several the names are told."""
        found = shown.waiting(self.store, self.ward(), which)
        if isinstance(found, Said):
            return found
        self.home()
        self.at_home = Home(card=found)
        return ask("card", **cards.card_question(found).facts)

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

    def beside(self) -> tuple[Word, ...]:
        """What may be said in the open job beside scanning and answering."""
        return beside(self.job, self.ward()) if self.job else ()

    def others(self) -> tuple[str, ...]:
        """Who else works at this device, by name."""
        return tuple(one.name for one in self.people.everyone() if not same_person(one.name, self.person.name))

    def page(self) -> View | None:
        """What a page shows of the open job."""
        return view_of(self.job, self.ward()) if self.job else None

    def noticed(self) -> tuple[Noticed, ...]:
        """What somebody should look at here: held, expired, expiring, low. The same object while nothing changed."""
        ward = self.ward()
        key, counted = (self.store.catalogue.generation(), ward.today, ward.here), ward.counting.under_way()
        stands = (key, self.policy, self.shelves.moved(), self.store.holds.all(), counted)
        if self._noticed is None or self._noticed[0] != stands:
            if self._sieve is None or self._sieve[0] != key:
                self._sieve = (key, sieve(ward))
            self._noticed = (stands, noticed(self.store, ward, self._sieve[1], counted))
        return self._noticed[1]

    def looked_at(self) -> Page | RecallPage | None:
        """All there is to show of what somebody looks at, at home."""
        return Looking(self.store, self.ward()).page(self.at_home.looked) if self.job is None else None

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
            person=self.present.acting(self.people, self.policy),
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
            begun=partial(engaged, self.store),
        )

    def _seen_before(self, product_id: int, serial: str) -> bool:
        """The same product number and serial in an earlier job (ward 15)."""
        open_uuid = self.job.uuid if self.job else ""
        earlier = self.store.drafts.gtins_with_serial(serial, self.clock.now() - SEEN_WITHIN, except_draft=open_uuid)
        return any(product.id == product_id for number in earlier for product in products_numbered(number, self.store))

    # ---------------------------------------------------------------- people

    def _shown_badge(self, person: Person) -> Said:
        """Where a second person is waited for, it is them, and their PIN proves it; else the desk is theirs now."""
        leaver = self.person.name
        self.present, said = self.present.badge(person, self.question())
        return self._now_theirs(leaver, said)

    def take(self, name: str, pin: str) -> Said:
        """Somebody takes the desk by name and PIN, where no badge is at hand."""
        leaver = self.person.name
        self.present, said = self.present.takes(name, pin, self.people, self.clock.now())
        self.said = self._now_theirs(leaver, said)
        return self.said

    def _now_theirs(self, leaver: str, said: Said) -> Said:
        """Who takes the desk hears what the one before leaves open (ward 32), and is not asked how that one ends."""
        if said.code != "person_now" or leaver == self.person.name:
            return said
        if self.job and self.job.closing:
            self.job = replace(self.job, closing=False, current=0)
        if left := self._left_by(leaver):
            return ok("person_now_open", **said.facts, leaver=leaver, count=len(left), owed=left)
        return said

    def _lend_only_for(self, command: Command) -> None:
        """What somebody lends is for what they came for, and for nothing that is said instead."""
        if self.second.proved is None or command == self.second.word:
            return
        if command.name == "settle":
            card, which = self.at_home.card, command.value.partition(" ")[0]
            here = which in {card.entry.reference, card.entry.uuid} if card else self.job is None
        else:
            asked = self.question()
            here = asked is not None and command in {choice.command for choice in asked.choices}
        if not here:
            self.second = Second()

    def _proved(self, pin: str) -> Said:
        """The PIN of who showed their badge, or of who works here."""
        self.present, said = self.present.pin(pin, self.people, self.clock.now())
        if said.code != "approved" or self.job is None or self.job.finished:
            return said
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
        self._nameless = label if isinstance(meant, UnknownCode) else None
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
        machine = machine_of(self.store, picking)
        if machine is None:
            return no("no_job_for_papers", document=picking.name)
        if not self.ward().may(machine.act):
            return no("needs_role", act=machine.act, question="")
        if draft := draft_of(self.store, picking, machine):
            return self._go_on(draft)
        return self._begin(Start("picking", picking=picking), machine)

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
        self.keeping.begin(opened.job, machine)
        self.job = opened.job
        return opened.said

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
        open_item = self.job.pending
        with self.shelves.one_moment():
            step = self._machine().command(self.job, command, self.ward())
        if command.name == "reading" and open_item and step.said.tone is not Tone.NO:
            self._lost_by(open_item)
        return self._keep(step)

    def _lost_by(self, item: Pending) -> None:
        """A person put a separator back: the scanner that lost it is known for that from now on."""
        scans = self.store.drafts.evidence_of(item.evidence)
        for source in {scan.source for scan in scans if GS not in scan.text}:
            remember_lost(self.store, source)

    def _teach(self, text: str) -> Said:
        """A code is a product from now on; the one just refused in a job is scanned again with that."""
        known, last = Known.here(self.store, self.people), self._nameless
        said = teach(self.store, known, self.ward(), text, last)
        if said.tone is not Tone.OK or last is None or self.job is None or self.job.finished:
            return said
        if not known.taught(code_of(last)):
            return said
        self._nameless, self.second = None, Second()
        return self._scan_in_job(self.job, anything(last, known), last)

    def may_teach(self, code: str) -> bool:
        """Whether that code, which nobody was said to know, is what `teach` speaks of, can be taught, and by them."""
        label = self._nameless
        ours = label is not None and label.text[:SHOWN] == code and can_be_taught(label)
        return ours and self.ward().may(Act.TEACH_BARCODE)

    def _scan_in_job(self, job: Job, meant: Meaning, label: Label) -> Said:
        evidence = evidence_of(label)
        asked = self.question()
        taken, told = in_a_job(meant, label, asked.asks_for if asked else "")
        with self.shelves.one_moment():
            step = self._machine().scan(job, taken, told, evidence.id, self.ward())
        if step.said.code == "unknown_code" or (step.said.code == "unknown_on_dock" and taken is not meant):
            step = replace(step, said=told_of(meant, label))
        kept = () if step.said.code == "patient_label" else (replace(evidence, verdict=verdict_of(step.said)),)
        return self._keep(step, kept)

    def _keep(self, step: Step[Any], evidence: tuple[Evidence, ...] = ()) -> Said:
        """One SQLite transaction holds the scan, the line and the step; only then is it said (design 3).

        What a second person lends holds for one answer: until something changes that is not their own coming.
        """
        if step.job is not self.job:
            self.second = Second()
        if step.confirmed:
            if evidence:
                self.keeping.save(step.job, evidence, self.clock.now())
            return self._confirm(step.job)
        if step.proves:
            known = self.store.drafts.evidence_of(step.proves)
            evidence = (*evidence, *(replace(one, verdict=step.said.code) for one in known))
        if not step.job.finished and (evidence or step.job is not self.job):
            self.keeping.save(step.job, evidence, self.clock.now())
        self.job = step.job
        return self._begin(step.then) if step.then else step.said

    def _confirm(self, job: Job) -> Said:
        made = self.keeping.confirm(job, self.ward(), self.person.name)
        self.job = replace(job, closing=False, references=tuple(one.reference for one in made)) if made else None
        self.queued()
        return jobs.of(job).confirmed(job, made)


_CARD_WORDS = frozenset({"cards", "settle"})
_DESK_WORDS = frozenset({"pin", "stands", "withdraw", "release", "open", "resume", "drafts", *_CARD_WORDS, *LOOKING})
"""What the desk answers itself, also while a job is open."""
