"""Where somebody is in the window, and the way a scan or a press takes to its page.

A page is a view-model of its own; the shell keeps them, opens one at a time, and shows each answer on the page it
belongs to. What the day holds is `today.py`, sending `news.py`, person and lock `here.py`, look and sound `manner.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client import troubles
from client.barcode.label import RawScan
from client.barcode.read import COMMAND_PREFIX
from client.pages.agenda import STARTS
from client.pages.approval import Proof
from client.pages.around import Around
from client.pages.beside import Spoken
from client.pages.eyes import known_here
from client.pages.here import TAKES_DESK, Here
from client.pages.home import HomePage, StartsPage
from client.pages.job import ASKS_PIN, JobPage
from client.pages.jobs.of import answering, section_of, shown
from client.pages.look import LookPage
from client.pages.looked import Teller
from client.pages.manner import Manner
from client.pages.news import News
from client.pages.outbox import OutboxPage
from client.pages.papers_page import PapersPage
from client.pages.people import PeoplePage
from client.pages.scanner_test import ScannerPage
from client.pages.settings_page import SettingsPage
from client.pages.sight import Sight
from client.pages.stop import Stop
from client.pages.taps import Taps
from client.pages.teach import TeachPage
from client.pages.telling import Telling
from client.pages.today import Today
from client.pages.training import TrainingPage
from client.words import pages, scanner, window
from client.work.answer import READY, Command, Said, no
from client.work.desk import Desk
from client.work.job import Job
from sync.errors import WardstockError

if TYPE_CHECKING:
    from sync.worker import SyncReport

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_IN_JOB: Final = "job"
_SAID: Final = frozenset({"home", "count"})
"""Pages the desk itself opens, told their name."""
_OF_THE_DEVICE: Final = frozenset({"settings", "papers"})
"""Pages that change what a device is: a PIN given on one holds on the other."""
_PRINTED: Final = frozenset({"confirmed", "lot_change_finished"})
"""What may have made lots here, whose labels are printed."""


@QmlElement
class Shell(QObject):
    """The window's own view-model, over the desk of a device that knows its Odoo."""

    changed = Signal()
    moved = Signal()
    answered = Signal()

    def __init__(self, desk: Desk, around: Around, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._around = desk, around
        self._page = "home"
        self._asked_from = "home"  # where to go back to, once the question asked there is answered
        self._telling = telling = Telling(desk)
        self._manner = Manner(around, self)
        self._news = News(telling, around.wake, self)
        self._home = HomePage(self._open, self)
        self._starts = StartsPage(self._open, self)
        self._job = JobPage(Spoken(self._say, telling.meant, telling.others), telling.hour, telling.raw, self)
        self._people = PeoplePage(self._take, self)
        self._here = Here(desk, self._people, self)
        self._teller = teller = Teller(telling.hour, desk.policy.day_of, lambda: desk.policy.day_of(desk.clock.now()))
        look_at = lambda: teller.noticed(telling.noticed(), telling.searches())  # noqa: E731
        self._look = LookPage(telling.found, self._say, look_at, self)
        self._outbox = OutboxPage(telling, self._settle, self._news.syncNow, self._open, self)
        self._today = Today(desk, telling, self._home, self._starts, self._outbox)
        self._teach = TeachPage(telling.found, self._say, desk.may_teach, self)
        device = desk.store.device.name()
        self._sight = Sight(around.eyes, self.scanned, self._tell, known_here(desk), device, self)
        self._proof = proof = Proof()
        self._scanner = ScannerPage(desk.store, desk.clock, around.play, self)
        self._settings = SettingsPage(desk, around, self._manner, self._news, self.go, self._print_badge, proof, self)
        self._settings.plugged.connect(self._scanner.plugged)
        self._papers = PapersPage(desk, around, proof, self)
        self._training = TrainingPage(desk, around, self.scanned, self.go, self)
        self.changed.connect(self._training.refresh)
        self._job.pictureWanted.connect(lambda: self._sight.photograph(self._photo))
        self._job.left.connect(lambda: self._go(self._asked_from))
        self.taps = Taps(self)
        for stands_elsewhere in (self.answered, self.moved, self._job.posed):
            stands_elsewhere.connect(self.taps.answered)
        self._here.locked.connect(self._locked)
        self._people.locking.connect(self._here.lock)
        self._people.changing.connect(self._change_people)
        self._here.changed.connect(self._settings.refresh)
        self._here.changed.connect(self._papers.refresh)
        self._here.taken.connect(lambda: self._go("home"))
        self._stops = self._all_stops()
        self.refresh()

    # ------------------------------------------------------------ the pages

    def _all_stops(self) -> dict[str, Stop]:
        """Every page by its name. A new one is a line here, a property below, a `PageSlot` in Frame.qml, and its title
        in `words/window.py`."""
        return {
            "home": Stop(),
            _IN_JOB: Stop(back=self._job.back),
            "starts": Stop(),
            "look": Stop(come=self._look.clear, hears=self._looks_up),
            "people": Stop(come=self._here.stands, back=self._people.back),
            "outbox": Stop(come=self._to_outbox, back=self._outbox.back),
            "scanner": Stop(come=self._scanner.begin, leave=self._scanner.close, back=self._scanner.back),
            "settings": self._settings.stop(),
            "papers": self._papers.stop(),
            "training": self._training.stop(),
        }

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

    @Property(Sight, notify=changed)
    def sight(self) -> Sight:
        return self._sight

    @Property(ScannerPage, notify=changed)
    def scannerTest(self) -> ScannerPage:
        return self._scanner

    @Property(SettingsPage, notify=changed)
    def settings(self) -> SettingsPage:
        return self._settings

    @Property(PapersPage, notify=changed)
    def papers(self) -> PapersPage:
        return self._papers

    @Property(TrainingPage, notify=changed)
    def training(self) -> TrainingPage:
        return self._training

    @Property(News, notify=changed)
    def news(self) -> News:
        return self._news

    @Property(Here, notify=changed)
    def here(self) -> Here:
        return self._here

    @Property(Manner, notify=changed)
    def manner(self) -> Manner:
        return self._manner

    @property
    def tested(self) -> ScannerPage:
        """The scanner test, for who puts the window together."""
        return self._scanner

    @property
    def aside(self) -> SettingsPage:
        """What may write a file beside the window, for who puts the window together."""
        return self._settings

    @property
    def lock(self) -> Here:
        """What locks the screen when nobody was here for a while."""
        return self._here

    @property
    def eye(self) -> Sight:
        """The camera and the pictures, for who puts the window together."""
        return self._sight

    # ------------------------------------------------------------ where somebody is

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
        within = {_IN_JOB: section_of(self._job.kind), "starts": self._starts.section}
        return within.get(self._page, self._page)

    @Property(str, notify=moved)
    def place(self) -> str:
        return self._telling.place

    @Slot(str)
    def go(self, page: str) -> None:
        """To a page. "receive", "move" and "count" are the open job of that kind, or how one is begun."""
        if self._here.is_locked:
            self._people.heard.show(no("locked_here"))
            return
        self._sight.close()
        self._training.stay()
        self._desk.store.hurry()
        self._asked_from = "home"
        self._stops[self._page].leave()
        if page != "home" and self._desk.job and page == section_of(self._job.kind):
            self._go(_IN_JOB)
        elif page in _SAID:
            self._say(Command(page))
        elif page in STARTS:
            self._today.begin(page)
            self._go("starts")
        else:
            self._stops[page].come()
            self._go(page)

    def _change_people(self, name: str = "") -> None:
        self.go("settings")
        self._settings.open("people")
        if name:
            self._settings.press(f"who {name}")

    @Slot()
    def back(self) -> None:
        """One level up. A job stays open on disk."""
        if self._sight.back() or self._teach.close() or self._training.back() or self._stops[self._page].back():
            return
        self._stops[self._page].leave()
        if self._page == "outbox" and self._desk.job:
            self._go(_IN_JOB)
        elif self._page != "home":
            self.go("home")

    def _go(self, page: str) -> None:
        self._page = page
        self._teach.stands(page)
        if page not in _OF_THE_DEVICE:
            self._proof.forget()
        self._tell_sent()
        self.moved.emit()

    def _to_outbox(self) -> None:
        self._outbox.heard.show(READY)  # what was said elsewhere is not of it
        self._today.fill_outbox()

    def _locked(self) -> None:
        """Whatever was open and approved is left: who comes next approves for themselves."""
        self._sight.close()
        self._teach.forget()
        self._stops[self._page].leave()
        self._go("people")

    # ------------------------------------------------------------ a scan, a press, and their answer

    @Slot(object)
    def scanned(self, raw: RawScan) -> None:
        """One scan: on disk, then on screen and in the ear, within this call."""
        desk = self._desk
        if not self._scanner.is_open:
            if self._stops[self._page].hears(raw):
                return
            self._answer(lambda: self._onward(desk, self._arriving(desk, self._here.heard(raw.text) or desk.scan(raw))))

    def _say(self, command: Command) -> None:
        if self._here.is_locked:
            self._people.heard.show(no("locked_here"))
            return
        if self._page != _IN_JOB and self._job.wants_value(command):
            self._asked_from = self._page
            self._job.show(answering(self._desk.question()), READY)
            self._go(_IN_JOB)
            self._job.say(command)
        else:
            desk = self._desk
            self._answer(lambda: self._told(desk, command))

    @staticmethod
    def _told(desk: Desk, command: Command) -> Said:
        """A word; a code that was typed; or a shelf looked up, which is scanned before anything is moved from it."""
        if command.name == "scan":
            return desk.typed(command.value)
        if command.name == "move" and command.value:
            return _from_there(desk, desk.typed(command.value))
        return desk.command(command)

    def _looks_up(self, raw: RawScan) -> bool:
        """On the look-up page a scan begins nothing; a badge, a command, a place to tick off do what they always do."""
        desk = self._desk
        if raw.text.startswith(COMMAND_PREFIX) or desk.people.by_badge(raw.text) or desk.at_home.looked.recall:
            return False
        self._say(Command("look", f"{raw.symbology}{raw.text}"))
        return True

    def _print_badge(self, name: str) -> None:
        """Of somebody, or of all who have none: back from there leads to who was open."""
        self.go("papers")
        self._papers.badges(name, lambda: self._change_people(name))

    def _photo(self, path: Path) -> None:
        self._say(Command("photo", str(path)))

    def _tell(self, said: Said) -> None:
        """What was found out before anything was scanned: a picture without a code."""
        self._answer(lambda: said)

    def _take(self, name: str, pin: str) -> None:
        desk = self._desk
        self._answer(lambda: self._arriving(desk, desk.take(name, pin)))

    def _arriving(self, desk: Desk, said: Said) -> Said:
        return self._here.arriving(desk, said) if self._page == "people" else said

    def _onward(self, desk: Desk, said: Said) -> Said:
        """Who chose Move and scans the shelf, as they are asked to, has said what they want to do there."""
        chosen = self._page == "starts" and self._starts.section == "move"
        return _from_there(desk, said) if chosen else said

    def _open(self, key: str) -> None:
        """What the key of a task names: a draft, papers, or words to say."""
        kind, _, value = key.partition(":")
        if kind == "say":
            self._say(Command.parse(value))
        elif kind == "count":
            self._say(Command("count"))
            self._say(Command("take", value))
        elif kind == "draft":
            self._say(Command("resume", value))
        else:
            desk = self._desk
            self._answer(lambda: desk.open_picking(int(value)))

    def _answer(self, act: Callable[[], Said]) -> None:
        """What the world does in between (a full disk, a draft finished elsewhere) is an answer too."""
        desk = self._desk
        desk.store.hurry()
        try:
            said = act()
        except WardstockError as error:
            said = no("trouble", trouble=troubles.trouble(error.code, error.facts))
        self._manner.play(said.tone)
        self._here.stirred()
        if said.code in _PRINTED and desk.job:
            said = replace(said, facts={**said.facts, **self._labels(desk.job)})
        self._show(desk, said)
        self.answered.emit()
        self._sight.answered(said, asked=desk.question() is not None)
        self._teach.answered(said)
        self._training.answered(said)
        if desk.job is None or desk.job.finished:
            self.refresh()

    def _labels(self, job: Job) -> dict[str, str]:
        """Where the labels of its own lots lie; the job is done, whether they could be written or not."""
        try:
            return {"labels": self._around.label(job)}
        except OSError as error:
            return {"labels": "", "unprinted": error.strerror or str(error)}

    def _show(self, desk: Desk, said: Said) -> None:
        """The open job, else the question asked at home, else home."""
        if self._page == "people" and (self._here.is_locked or said.code != "pin_wanted"):
            self._people.heard.show(said)
            return
        stays = said.code in TAKES_DESK and self._stops[self._page].greets(said)
        if desk.job and (view := desk.page()):
            self._job.show(replace(shown(view, desk.job.uuid), beside=desk.beside()), said)
            if not stays:
                self._go(_IN_JOB)
            return
        if stays:
            return
        for band in (self._home.heard, self._starts.heard, self._look.heard, self._outbox.heard):
            band.show(said)
        asked = desk.question()
        if asked or said.code in ASKS_PIN:
            self._job.show(answering(asked), said)
            self._go(_IN_JOB)
        elif looked := desk.looked_at():
            self._look.show(self._teller.page(looked))
            self._go("look")
        elif self._page in {_IN_JOB, "outbox"} or said.code == READY.code:
            self._go("outbox" if self._page == "outbox" and said.code != READY.code else self._asked_from)
            self._asked_from = "home"

    def _settle(self, reference: str, command: Command) -> None:
        """A way out was pressed in the outbox: done, or the card asks on until it is, and then the outbox again."""
        self._asked_from = "outbox"
        if command.name == "settle":
            self._desk.command(Command("cards", reference))
        self._say(command)

    # ------------------------------------------------------------ what changes by itself

    @Slot(object)
    def heard(self, report: "SyncReport") -> None:
        """The worker tried, or settled one transaction."""
        self._news.heard(report)
        if not report.running or report.uuid:
            self.refresh()

    @Slot(str, str)
    def plugged(self, state: str, port: str) -> None:
        """The scanner at that port came, went, or sent half a code."""
        if state != "half":
            self._news.plugged(state, port)
        elif not self._scanner.is_open:
            self._tell(no("trouble", trouble=scanner.STATES[state].format(port=port)))

    def refresh(self) -> None:
        """Read badge, home and outbox again."""
        self._news.show(self._today.read(), self._desk.store.device.last_pull_at())
        if self._page == "outbox":
            self._today.fill_outbox()
        self._tell_sent()
        self._here.changed.emit()
        self.changed.emit()

    def _tell_sent(self) -> None:
        if self._page == _IN_JOB and (sent := self._telling.sent_off()):
            self._job.sent_off(sent)


def _from_there(desk: Desk, said: Said) -> Said:
    """A shelf was said to move something from it: what to do there is not asked."""
    return desk.command(Command("move")) if said.code == "what_here" else said
