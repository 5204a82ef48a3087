"""The desk a person works at: where a scan or a word goes, to whom the desk belongs, and what it shows.

The window, the replay of a file and the tests drive this one object. What lies on the desk is its `worktop`.
"""

from collections.abc import Callable
from dataclasses import replace

from client.barcode.label import Label, RawScan
from client.barcode.patient import hides_a_patient
from client.barcode.read import read
from client.work import from_home, jobs
from client.work.answer import READY, Choice, Command, Question, Said, Tone, no, ok
from client.work.beside import Word, beside
from client.work.cards import shown
from client.work.cards.card import Card, card_of
from client.work.home import Home
from client.work.job import Job
from client.work.lookup.attention import Attention, Noticed
from client.work.lookup.looking import WORDS as LOOKING
from client.work.lookup.looking import Looking
from client.work.lookup.pages import Page
from client.work.lookup.recall import RecallPage
from client.work.meaning import CommandMeant, Known, Meaning, PersonMeant, ProductMeant, UnknownCode, anything, code_of
from client.work.present import Present, Second
from client.work.receiving.delivery import Delivery
from client.work.receiving.view import ReceiptView, view
from client.work.shift_end import ShiftEnd, shift_end
from client.work.site.people import Act, People, Person, same_person
from client.work.site.policy import Policy
from client.work.site.scanners import scanner_of
from client.work.teaching import SHOWN, can_be_taught, teach
from client.work.views import View, view_of
from client.work.ward import Ward
from client.work.worktop import Worktop
from sync.clock import Clock
from sync.store import Store
from sync.store.outbox import Entry


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
        self.store = store
        self.worktop = Worktop(store, Present(person, proved), policy, clock, queued)
        self.shelves = self.worktop.shelves
        self.said = READY
        self._attention = Attention(store)
        self._nameless: Label | None = None

    # ---------------------------------------------------------------- what comes in

    def scan(self, raw: RawScan) -> Said:
        """Answer one scan. When this returns an accepted scan, its line and its evidence are on disk."""
        label = read(raw, scanner_of(self.store, raw.source))
        meant = self._meant(label)
        if isinstance(meant, ProductMeant) and meant.taught:
            self.store.taught.overrule(code_of(label), meant.product.name, self.person.name, self.clock.now())
        return self._say(self._scanned(meant, label))

    def typed(self, text: str) -> Said:
        """A code, or the name of goods, a place or papers, typed or chosen where nothing can be scanned."""
        return self.scan(RawScan.received(text, source="typed", device="typed", scanned_at=self.clock.now()))

    def command(self, command: Command) -> Said:
        """Answer what a finger pressed, or a hand typed; a patient's label among it is not repeated, nor kept."""
        if hides_a_patient(f"{command.name} {command.value}"):
            self.said = no("patient_label")
            return self.said
        if command.name != "pin":
            self.worktop.present = replace(self.worktop.present, said=command)
            self._lend_only_for(command)
        return self._say(self._obeyed(command))

    def _meant(self, label: Label) -> Meaning:
        meant = anything(label, Known.here(self.store, self.people))
        self._nameless = label if isinstance(meant, UnknownCode) else None
        return meant

    def _scanned(self, meant: Meaning, label: Label) -> Said:
        """A badge is to the people, a word to whoever has it, all else to the open job, or home."""
        if isinstance(meant, PersonMeant):
            return self._shown_badge(meant.person)
        if isinstance(meant, CommandMeant) and meant.command.name == "photo":
            return no("unknown_command", command="photo")  # it would name a file
        if isinstance(meant, CommandMeant) and not self._has_word(meant.command):
            return self.command(meant.command)
        if self.job and not self.job.finished:
            return self.worktop.scan(self.job, meant, label)
        return from_home.scanned(self.worktop, meant, label)

    def _obeyed(self, command: Command) -> Said:
        match command.name:
            case "home":
                return self.home()
            case "photo" if self.job and not self.job.finished:
                return self.worktop.photographed(self.job, command.value)
            case "pin":
                return self._proved(command.value)
            case "stands":
                return self._stands(command.value)
            case "withdraw":
                return self.withdraw(command.value)
            case "release":
                return self._sent_on(shown.release(self.store, self.ward(), command.value))
            case "shift-end":
                return self.shift_end().told_of(command.value or self.person.name)
            case "teach":
                return self._teach(command.value)
        if self._has_word(command):
            return self.worktop.command(command)
        if command.name == "look" and command.value:
            return self._look(command.value)
        return from_home.told(self.worktop, command)

    def _has_word(self, command: Command) -> bool:
        """The open job answers it: all but the words that begin another job or belong to the desk."""
        if self.job is None or command.name == "home":
            return False
        own = not self.job.finished and command.name in self.worktop.machine().commands
        return own or (command.name not in _DESK_WORDS and not jobs.begun_by(command.name))

    def _say(self, said: Said) -> Said:
        self.worktop.present, self.said = self.worktop.present.after(said, self.policy)
        return self.said

    def _look(self, text: str) -> Said:
        label = read(RawScan.received(text, source="look", device="look", scanned_at=self.clock.now()))
        meant = self._meant(label)
        if isinstance(meant, UnknownCode) and self._names_goods(text):
            self._nameless = None
            return from_home.told(self.worktop, Command("search", text))
        return from_home.looked_at(self.worktop, meant, label)

    def _names_goods(self, text: str) -> bool:
        """Whether names of goods begin so. The beginning of a code does not count: a scan may be cut short."""
        parts = text.casefold().split()
        names = (one.name.casefold().split() for one in self.store.catalogue.search(text))
        return any(all(any(word.startswith(part) for word in name) for part in parts) for name in names)

    # ---------------------------------------------------------------- what opens

    def resume(self, draft_uuid: str) -> Said:
        """Go on where a draft was left, with what the last pull says is expected; somebody else's is theirs no more.

        Raises WardstockError("draft_gone").
        """
        self.said = self.worktop.resume(draft_uuid)
        return self.said

    def open_picking(self, picking_id: int) -> Said:
        """Open a planned picking in the job of its kind: its draft where one is open, a new one else."""
        picking = self.store.catalogue.picking(picking_id)
        self.said = self.worktop.open(picking) if picking and not picking.gone else no("picking_gone")
        return self.said

    def home(self) -> Said:
        """Leave the job; its draft stays open on disk. A draft nothing was scanned into is not kept."""
        return self.worktop.home()

    def leave(self) -> None:
        """Nobody is at the desk any more: what was asked or lent is over, the open job waits as a draft."""
        self.home()
        self.worktop.present = Present(self.person, proved=False)

    # ---------------------------------------------------------------- people

    def take(self, name: str, pin: str) -> Said:
        """Somebody takes the desk by name and PIN, where no badge is at hand."""
        leaver = self.person.name
        self.worktop.present, said = self.worktop.present.takes(name, pin, self.people, self.clock.now())
        self.said = self._now_theirs(leaver, said)
        return self.said

    def others(self) -> tuple[str, ...]:
        """Who else works at this device, by name."""
        return tuple(one.name for one in self.people.everyone() if not same_person(one.name, self.person.name))

    def badge(self, person: Person) -> Said:
        """A badge where nothing else is heard: it says who, and nothing that a code like it may mean besides."""
        return self._say(self._shown_badge(person))

    def _shown_badge(self, person: Person) -> Said:
        """Where a second person is waited for, it is them, and their PIN proves it; else the desk is theirs now."""
        leaver = self.person.name
        self.worktop.present, said = self.worktop.present.badge(person, self.question())
        return self._now_theirs(leaver, said)

    def _now_theirs(self, leaver: str, said: Said) -> Said:
        """Who takes the desk hears what the one before leaves open (ward 32), and is not asked how that one ends."""
        if said.code != "person_now" or leaver == self.person.name:
            return said
        if self.job and self.job.closing:
            self.worktop.job = replace(self.job, closing=False, current=0)
        if left := self.shift_end().of(leaver):
            return ok("person_now_open", **said.facts, leaver=leaver, count=len(left), owed=left)
        return said

    def _stands(self, name: str) -> Said:
        """A second person without their badge at hand."""
        self.worktop.present, said = self.worktop.present.named(name, self.people, self.question())
        return said

    def _proved(self, pin: str) -> Said:
        """The PIN of who showed their badge, or of who works here."""
        self.worktop.present, said = self.worktop.present.pin(pin, self.people, self.clock.now())
        if said.code != "approved" or self.job is None or self.job.finished:
            return said
        return self.worktop.witnessed(self.job)

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
            self.worktop.alone()

    # ---------------------------------------------------------------- what was confirmed

    def withdraw(self, uuid: str) -> Said:
        """Take back a transaction: at once, or as a wish where Odoo may have it."""
        return self._sent_on(shown.withdraw(self.store, self.ward(), uuid, self.person.name))

    def ways(self, entry: Entry) -> tuple[Choice, ...]:
        """What may be done with a transaction, each with the right it needs."""
        return shown.ways(self.store, self.ward(), entry, self.person.name)

    def card(self, entry: Entry) -> Card | None:
        """What a person who stands here may do about a refused transaction; None: nobody has to do anything."""
        return card_of(self.store, self.ward(), entry)

    def shift_end(self) -> ShiftEnd:
        """All that is open on this device, whoever's (ward 32)."""
        return shift_end(self.store, self.policy, self.clock.now())

    def _sent_on(self, said: Said) -> Said:
        if said.tone is Tone.OK:
            self.worktop.queued()
        return said

    # ---------------------------------------------------------------- codes nobody knows

    def may_teach(self, code: str) -> bool:
        """Whether that code, which nobody was said to know, is what `teach` speaks of, can be taught, and by them."""
        label = self._nameless
        ours = label is not None and label.text[:SHOWN] == code and can_be_taught(label)
        return ours and self.ward().may(Act.TEACH_BARCODE)

    def _teach(self, text: str) -> Said:
        """A code is a product from now on; the one just refused in a job is scanned again with that."""
        known, last = Known.here(self.store, self.people), self._nameless
        said = teach(self.store, known, self.ward(), text, last)
        if said.tone is not Tone.OK or last is None or self.job is None or self.job.finished:
            return said
        if not known.taught(code_of(last)):
            return said
        self._nameless = None
        self.worktop.alone()
        return self.worktop.scan(self.job, anything(last, known), last)

    # ---------------------------------------------------------------- what is shown

    def question(self) -> Question | None:
        """What must be answered now."""
        return self.worktop.question()

    def beside(self) -> tuple[Word, ...]:
        """What may be said in the open job beside scanning and answering."""
        return beside(self.job, self.ward()) if self.job else ()

    def page(self) -> View | None:
        """What a page shows of the open job."""
        return view_of(self.job, self.ward()) if self.job else None

    def view(self) -> ReceiptView | None:
        """What a page shows of the open delivery."""
        return view(self.delivery, self.ward()) if self.delivery else None

    def looked_at(self) -> Page | RecallPage | None:
        """All there is to show of what somebody looks at, at home."""
        return Looking(self.store, self.ward()).page(self.at_home.looked) if self.job is None else None

    def noticed(self) -> tuple[Noticed, ...]:
        """What somebody should look at here: held, expired, expiring, low. The same object while nothing changed."""
        return self._attention.noticed(self.ward())

    # ---------------------------------------------------------------- how it stands

    def ward(self) -> Ward:
        """What a step may look at now."""
        return self.worktop.ward()

    @property
    def policy(self) -> Policy:
        """What the site decided."""
        return self.worktop.premises.policy

    @policy.setter
    def policy(self, policy: Policy) -> None:
        self.worktop.premises.policy = policy

    @property
    def people(self) -> People:
        """Who works at this device."""
        return self.worktop.premises.people

    @property
    def person(self) -> Person:
        """Who works here."""
        return self.worktop.present.person

    @person.setter
    def person(self, person: Person) -> None:
        self.worktop.present = replace(self.worktop.present, person=person)

    @property
    def proved(self) -> bool:
        """Whether they gave their PIN since their badge was scanned."""
        return self.worktop.present.proved

    @property
    def second(self) -> Second:
        """Who stands by them."""
        return self.worktop.present.second

    @second.setter
    def second(self, second: Second) -> None:
        self.worktop.present = replace(self.worktop.present, second=second)

    @property
    def clock(self) -> Clock:
        """The device's clock."""
        return self.worktop.clock

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self.worktop.clock = clock

    @property
    def job(self) -> Job | None:
        """The open job, or the one just finished."""
        return self.worktop.job

    @property
    def delivery(self) -> Delivery | None:
        """The open delivery, where the job is one."""
        return self.job if isinstance(self.job, Delivery) else None

    @property
    def at_home(self) -> Home:
        """What was scanned last while no job was open."""
        return self.worktop.at_home


_DESK_WORDS = frozenset(
    {"pin", "stands", "withdraw", "release", "open", "resume", "drafts", "cards", "settle", *LOOKING}
)
"""What the desk answers itself, also while a job is open."""
