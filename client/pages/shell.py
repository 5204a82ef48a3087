"""What stands around every page: where am I, who am I, what is unsent. And the way a scan takes to its page."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from client import messages, troubles
from client.barcode.label import RawScan
from client.pages.agenda import STARTS, Agenda
from client.pages.eyes import Eyes, known_here
from client.pages.home import HomePage, StartsPage
from client.pages.job import ASKS_PIN, JobPage
from client.pages.look import LookPage
from client.pages.looked import Teller
from client.pages.outbox import OutboxPage
from client.pages.people import PeoplePage
from client.pages.scanner_test import ScannerPage
from client.pages.shown import answering, section_of, shown
from client.pages.sight import Sight
from client.pages.teach import TeachPage
from client.pages.transaction import Names
from client.pages.window import Look
from client.words import outbox, pages, rights, scanner, window, written
from client.work.answer import READY, Command, Said, Tone, no
from client.work.desk import Desk
from client.work.job import Job
from client.work.site.people import Act, same_person
from sync.clock import Clock
from sync.errors import WardstockError
from sync.stock import Product
from sync.store.journal import Entry as Event
from sync.store.outbox import Entry, Summary

if TYPE_CHECKING:
    from sync.worker import SyncReport

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_IN_JOB = "job"
_TAKES_DESK = frozenset({"person_now", "person_now_open", "proved"})
_PRINTED = frozenset({"confirmed", "lot_change_finished"})
"""What may have made lots here, whose labels are printed."""
_OFFLINE = frozenset({"unreachable", "odoo_not_reached", "odoo_transient_unknown", "pass_running", "abandoned"})
"""Ordinary: no network, or somebody else is at it. Nobody has to do anything."""


@dataclass(frozen=True)
class Around:
    """What the shell may ask for: a tone, the worker, the practice ward, labels for lots made here (their file), a look
    to be kept, eyes."""

    look: Look = field(default_factory=Look)
    practice: bool = False
    play: Callable[[str], None] = lambda _tone: None
    wake: Callable[[], None] = lambda: None
    practise: Callable[[], None] = lambda: None
    label: Callable[[Job], str] = lambda _job: ""
    keep: Callable[[Look], None] = lambda _look: None
    eyes: Eyes = field(default_factory=Eyes)
    enrol_command: str = ""


@QmlElement
class Shell(QObject):
    """The window's own view-model. Without a desk the device is not enrolled and only the start page is shown."""

    changed = Signal()
    moved = Signal()

    def __init__(self, desk: Desk | None, around: Around, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._around = desk, around
        self._zone = ZoneInfo(desk.policy.time_zone if desk else "UTC")
        self._page = "home" if desk else "start"
        self._confirmed: frozenset[int] = frozenset()
        self._summary = Summary(0, 0, None, 0)
        self._online, self._trouble, self._tried, self._pulled_at = False, "", False, ""
        self._notice = ""
        names = Names(self._product_name, self._story, self._hour, self._may_withdraw)
        self._home = HomePage(self._open, self)
        self._starts = StartsPage(self._open, self)
        self._job = JobPage(self._say, self._hour, self._raw_text, self)
        self._people = PeoplePage(self._take, self)
        self._left = ("", "")  # who was here when the screen was locked, and the draft they had open
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)
        self._look = LookPage(self._found, self._say, self)
        self._outbox = OutboxPage(names, self._withdraw, self.syncNow, self)
        self._teach = TeachPage(self._found, self._say, self._may_teach, self)
        device = desk.store.device.name() if desk else ""
        self._sight = Sight(around.eyes, self.scanned, self._tell, known_here(desk), device, self)
        self._scanner = ScannerPage(desk.store if desk else None, desk.clock if desk else Clock(), around.play, self)
        if desk:
            self.refresh()

    # ------------------------------------------------------------ a scan, a press, and their answer

    @Slot(object)
    def scanned(self, raw: RawScan) -> None:
        """One scan: on disk, then on screen and in the ear, within this call."""
        if self._desk and not self._scanner.is_open:
            desk = self._desk
            self._answer(lambda: self._arriving(desk, self._heard(desk, raw)))

    def _heard(self, desk: Desk, raw: RawScan) -> Said:
        """A locked screen takes badges only."""
        if self._people.is_locked and desk.people.by_badge(raw.text) is None:
            return no("locked")
        return desk.scan(raw)

    def _say(self, command: Command) -> None:
        if self._desk:
            desk = self._desk
            self._answer(lambda: desk.command(command))

    def _tell(self, said: Said) -> None:
        """What was found out before anything was scanned: a picture without a code."""
        if self._desk:
            self._answer(lambda: said)

    def _open(self, key: str) -> None:
        """What the key of a task names: a draft, papers, or words to say."""
        kind, _, value = key.partition(":")
        if kind == "say":
            self._say(Command.parse(value))
        elif kind == "count":
            self._say(Command("count"))
            self._say(Command("take", value))
        elif self._desk:
            desk = self._desk
            self._answer(lambda: desk.resume(value) if kind == "draft" else desk.open_picking(int(value)))

    @property
    def _at(self) -> Desk:
        if self._desk is None:
            raise ValueError("nobody works on a device that is not enrolled")
        return self._desk

    def _answer(self, act: Callable[[], Said]) -> None:
        """What the world does in between (a full disk, a draft finished elsewhere) is an answer too."""
        desk = self._at
        try:
            said = act()
        except WardstockError as error:
            said = no("trouble", trouble=troubles.trouble(error.code, error.facts))
        if self._around.look.sound:
            self._around.play(said.tone)
        self._idle.start(desk.policy.idle_lock_minutes * 60_000)
        if said.code in _PRINTED and desk.job and (labels := self._around.label(desk.job)):
            said = replace(said, facts={**said.facts, "labels": labels})
        self._show(desk, said)
        self._sight.answered(said, asked=desk.question() is not None)
        self._teach.answered(said)
        if desk.job is None or desk.job.finished:
            self.refresh()

    def _take(self, name: str, pin: str) -> None:
        desk = self._at
        self._answer(lambda: self._arriving(desk, desk.take(name, pin)))

    @Slot()
    def lock(self) -> None:
        """Nobody was here for a while: only a badge or a PIN goes on. The open job waits on disk (ward 33)."""
        desk = self._desk
        if desk is None or self._people.is_locked or not (everyone := desk.people.everyone()):
            return
        self._left = (desk.person.name, desk.job.uuid if desk.job and not desk.job.finished and desk.job.begun else "")
        desk.leave()
        self._sight.close()
        self._people.show(everyone, "", locked=True)
        self._people.heard.show(READY)
        self._go("people")

    def _arriving(self, desk: Desk, said: Said) -> Said:
        """Who comes back to a locked screen finds the job as they left it; for anybody else it waits as a draft."""
        if self._page != "people" or said.code not in _TAKES_DESK:
            return said
        (person, draft), self._left = self._left, ("", "")
        self._people.open()
        self._go("home")
        if draft and same_person(person, desk.person.name) and desk.store.drafts.get(draft):
            return desk.resume(draft)
        return said

    def _show(self, desk: Desk, said: Said) -> None:
        """The open job, else the question asked at home, else home."""
        if self._page == "people" and (self._people.is_locked or said.code != "pin_wanted"):
            self._people.heard.show(said)
            return
        if desk.job and (view := desk.page()):
            self._job.show(shown(view, desk.job.uuid), said)
            self._go(_IN_JOB)
            return
        self._home.heard.show(said)
        self._starts.heard.show(said)
        self._look.heard.show(said)
        asked = desk.question()
        if asked or said.code in ASKS_PIN:
            self._job.show(answering(asked), said)
            self._go(_IN_JOB)
        elif looked := desk.looked_at():
            self._look.show(Teller(self._hour).page(looked))
            self._go("look")
        elif self._page in {_IN_JOB, "outbox"} or said.code == READY.code:
            self._go("home")

    # ------------------------------------------------------------ what the worker and the clock say

    @Slot(object)
    def heard(self, report: "SyncReport") -> None:
        """The worker tried: whether Odoo answered, and what a person should know about it."""
        stopped, facts = _stopped(report)
        if not report.running:
            self._online = not stopped
            self._trouble = "" if stopped in _OFFLINE else troubles.trouble(stopped, facts) if stopped else ""
            # Said once by the worker, so it stays until somebody has pressed the badge.
            self._notice = " ".join(troubles.trouble(one.code, one.facts) for one in report.notices) or self._notice
            self._tried = True
        if not report.running or report.uuid:
            self.refresh()

    @Slot(str, str)
    def plugged(self, state: str, port: str) -> None:
        """The scanner at that port came, went, or sent half a code."""
        sentence, lost = scanner.STATES[state].format(port=port), scanner.STATES["lost"].format(port=port)
        if state == "half" and not self._scanner.is_open:
            self._tell(no("trouble", trouble=sentence))
        elif state == "lost" or self._notice == lost:
            self._notice = sentence if state == "lost" else ""
            self.changed.emit()

    def refresh(self) -> None:
        """Read badge, home and outbox again."""
        if self._desk is None:
            return
        store, now = self._desk.store, self._desk.clock.now()
        begins = datetime.combine(now.astimezone(self._zone).date(), datetime.min.time(), self._zone)
        ends = begins + timedelta(days=1)
        self._summary = store.outbox.summary(begins, ends)
        pulled = store.device.last_pull_at()
        self._pulled_at = self._hour(pulled) if pulled else ""
        # Until the next pull they still look expected.
        self._confirmed = store.outbox.pickings_since(store.catalogue.pulled_at().get("pickings"))
        self._refresh_home(now)
        sent = store.device.last_push_at()
        self._outbox.refresh(store.outbox.shown(begins, ends), self._hour(sent) if sent else "")
        self.changed.emit()

    def _refresh_home(self, now: datetime) -> None:
        agenda = self._agenda()
        open_ = (len(agenda.deliveries()), len(agenda.transfers()), len(agenda.counts()))
        self._home.show(agenda.drafts(), agenda.today(), open_, written.today(now.astimezone(self._zone)))
        self._starts.show(self._starts.section, agenda.to_begin(self._starts.section))
        refused = self._summary.refused
        self._home.show_refused(*(window.refused_count(refused) if refused else ("", "")))

    def _agenda(self) -> Agenda:
        return Agenda(self._at, self._hour, self._confirmed)

    # ------------------------------------------------------------ words for ids and times

    def _hour(self, moment: datetime) -> str:
        local = moment.astimezone(self._zone)
        today = self._at.clock.now().astimezone(self._zone).date()
        return f"{local:%H:%M}" if local.date() == today else written.short_day(local)

    def _found(self, text: str, most: int) -> Sequence[Product]:
        return self._desk.store.catalogue.search(text, most) if self._desk else ()

    def _product_name(self, product_id: int) -> str:
        product = self._desk.store.catalogue.product(product_id) if self._desk else None
        return product.name if product else window.product_gone()

    def _story(self, uuid: str) -> Sequence[Event]:
        return self._desk.store.journal.story(uuid) if self._desk else []

    def _raw_text(self, evidence: tuple[str, ...]) -> str:
        if self._desk is None:
            return ""
        scans = self._desk.store.drafts.evidence_of(evidence)
        return "\n".join(outbox.symbol(scan.symbology, _elements(scan.parse), scan.text) for scan in scans)

    def _withdraw(self, uuid: str) -> None:
        try:
            said = self._at.withdraw(uuid)
            self._trouble = messages.detail(said) if said.tone == Tone.NO else self._trouble
        except WardstockError as error:
            self._trouble = troubles.trouble(error.code, error.facts)
        self.refresh()

    def _may_withdraw(self, entry: Entry) -> bool:
        return self._desk is not None and self._desk.may_withdraw(entry)

    # ------------------------------------------------------------ what QML reads

    @Property(HomePage, notify=changed)
    def home(self) -> HomePage:
        return self._home

    @Property(StartsPage, notify=changed)
    def starts(self) -> StartsPage:
        return self._starts

    @Property(JobPage, notify=changed)
    def job(self) -> JobPage:
        return self._job

    @Property(PeoplePage, notify=changed)
    def people(self) -> PeoplePage:
        return self._people

    @Property(LookPage, notify=changed)
    def look(self) -> LookPage:
        return self._look

    @Property(OutboxPage, notify=changed)
    def outbox(self) -> OutboxPage:
        return self._outbox

    @Property(TeachPage, notify=changed)
    def teach(self) -> TeachPage:
        return self._teach

    def _may_teach(self) -> bool:
        return self._desk is not None and self._desk.ward().may(Act.TEACH_BARCODE)

    @Property(Sight, notify=changed)
    def sight(self) -> Sight:
        return self._sight

    @Property(ScannerPage, notify=changed)
    def scannerTest(self) -> ScannerPage:
        return self._scanner

    @property
    def tested(self) -> ScannerPage:
        """The scanner test, for who puts the window together."""
        return self._scanner

    @property
    def eye(self) -> Sight:
        """The camera and the pictures, for who puts the window together."""
        return self._sight

    @Property(str, notify=moved)
    def page(self) -> str:
        return self._page

    @Property(str, notify=moved)
    def title(self) -> str:
        named = {_IN_JOB: self._job.kind, "starts": self._starts.section}
        return pages.title_of(named[self._page]) if self._page in named else window.page_title(self._page)

    @Property(str, notify=moved)
    def section(self) -> str:
        """Which entry of the rail it belongs to."""
        return (
            self._starts.section
            if self._page == "starts"
            else section_of(self._job.kind)
            if self._page == _IN_JOB
            else self._page
        )

    @Property(str, notify=moved)
    def place(self) -> str:
        if self._desk is None:
            return window.not_connected()
        enrolment = self._desk.store.device.enrolment()
        company = enrolment.company_name if enrolment else ""
        return company or self._desk.store.device.name()

    @Property(str, notify=changed)
    def person(self) -> str:
        return self._desk.person.name if self._desk else ""

    @Property(str, notify=changed)
    def initials(self) -> str:
        words = self._desk.person.name.split() if self._desk else []
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @Property(str, notify=changed)
    def role(self) -> str:
        return rights.role(self._desk.person.role) if self._desk else ""

    @Property(int, notify=changed)
    def unsent(self) -> int:
        return self._summary.unsent

    @Property(int, notify=changed)
    def refused(self) -> int:
        return self._summary.refused

    @Property(str, notify=changed)
    def since(self) -> str:
        oldest = self._summary.oldest_unsent_at
        return self._hour(oldest) if oldest else ""

    @Property(bool, notify=changed)
    def online(self) -> bool:
        return self._online

    @Property(str, notify=changed)
    def trouble(self) -> str:
        return self._trouble or self._notice

    @Property(bool, notify=changed)
    def tried(self) -> bool:
        return self._tried

    @Property(str, notify=changed)
    def lastSync(self) -> str:
        return self._pulled_at

    @Property(bool, notify=changed)
    def practice(self) -> bool:
        return self._around.practice

    @Property(str, notify=changed)
    def theme(self) -> str:
        return self._around.look.theme

    @Property(bool, notify=changed)
    def sound(self) -> bool:
        """Answers are heard too."""
        return self._around.look.sound

    @Property(float, notify=changed)
    def textScale(self) -> float:
        return self._around.look.text_scale

    @Property(bool, notify=changed)
    def mirrored(self) -> bool:
        return self._around.look.mirrored

    @Property(bool, notify=changed)
    def reduceMotion(self) -> bool:
        return self._around.look.reduce_motion

    @Property(str, notify=changed)
    def enrolCommand(self) -> str:
        return self._around.enrol_command

    # ------------------------------------------------------------ where a finger goes

    @Slot(str)
    def go(self, page: str) -> None:
        """To a page. "receive", "move" and "count" are the open job of that kind, or how one is begun."""
        if self._desk is None or self._people.is_locked:
            return
        self._sight.close()
        self._scanner.close()
        if page == "home":
            self._say(Command("home"))
        elif self._desk.job and page == section_of(self._job.kind):
            self._go(_IN_JOB)
        elif page == "count":
            self._say(Command("count"))
        elif page == "people":
            self._people.show(self._desk.people.everyone(), self._desk.person.name, locked=False)
            self._go(page)
        elif page == "look":
            self._look.clear()
            self._go(page)
        elif page == "scanner":
            self._scanner.begin()
            self._go(page)
        elif page in STARTS:
            self._starts.show(page, self._agenda().to_begin(page))
            self._go("starts")
        else:
            self._go(page)

    @Slot()
    def back(self) -> None:
        """One level up. A job stays open on disk."""
        if self._sight.back() or self._teach.close():
            return
        if self._page == "outbox" and self._outbox.back():
            return
        self._scanner.close()
        if self._page == "outbox" and self._desk and self._desk.job:
            self._go(_IN_JOB)
        elif self._page not in {"home", "start"}:
            self.go("home")

    def _go(self, page: str) -> None:
        if page != self._page:
            self._page = page
            if page == "outbox":
                self.refresh()
        self.moved.emit()

    @Slot()
    def syncNow(self) -> None:
        """Try to reach Odoo now."""
        self._notice = ""
        self._around.wake()

    @Slot()
    def turnSound(self) -> None:
        """On or off, and kept; a tone says that it is on."""
        look = replace(self._around.look, sound=not self._around.look.sound)
        self._around.keep(look)
        self._around = replace(self._around, look=look)
        if look.sound:
            self._around.play(Tone.OK)
        self.changed.emit()

    @Slot()
    def practise(self) -> None:
        """To the practice ward."""
        self._around.practise()


def _stopped(report: "SyncReport") -> tuple[str, Mapping[str, object]]:
    for part in (report.push, report.pull):
        if part and part.stopped:
            return part.stopped, part.facts
    return "", {}


def _elements(parse: str) -> list[tuple[str, str]]:
    return [(ai, value) for ai, value in json.loads(parse).get("elements", ())]
