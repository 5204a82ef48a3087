"""Settings: what this device is, how it looks and sounds, its scanner, its people, its keys, and what support gets."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtQml import QmlElement

from client import language, messages, troubles
from client.barcode.label import RawScan
from client.pages import settings_parts as parts
from client.pages.approval import Proof
from client.pages.around import Around
from client.pages.aside import Aside
from client.pages.ask import Ask
from client.pages.crew import Crew
from client.pages.enlist import EnlistPage
from client.pages.item import Item
from client.pages.manner import Manner
from client.pages.news import News
from client.pages.places import PlacesPage
from client.pages.rows import Rows
from client.pages.serving import Serving
from client.pages.stop import Stop
from client.pages.telling import Telling
from client.settings import Profile
from client.words import settings as words
from client.words import window
from client.work.answer import Command, Said
from client.work.desk import Desk
from client.work.site.scanners import keep, scanner_of
from sync.errors import WardstockError

if TYPE_CHECKING:
    from sync.store import Store

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_GLYPHS: Final = {
    "manner": "sound",
    "scanner": "scan",
    "people": "person",
    "papers": "print",
    "sync": "outbox",
    "places": "shelf",
    "key": "lock",
    "support": "file",
    "about": "question",
    "practice": "practice",
    "training": "practice",
}
_ELSEWHERE: Final = frozenset({"papers", "training"})
"""Parts that are pages of their own."""
_FIRST: Final = "manner"
"""Open where there is room beside the list: half a window is not left empty."""


@QmlElement
class SettingsPage(QObject):
    """A list of parts, and the part that is open. `go` leads to another page of the window.

    `plugged`: another serial port was chosen, and is listened at from now on.
    """

    changed = Signal()
    opened = Signal()
    plugged = Signal()

    def __init__(
        self,
        desk: Desk | None,
        around: Around,
        manner: Manner,
        news: News,
        go: Callable[[str], None],
        print_badge: Callable[[str], None],
        proof: Proof,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._around, self._manner, self._news, self._go = desk, around, manner, news, go
        self._proof = proof
        self._part, self._here, self._wide, self._nth = "", False, False, 0
        self._whose = ""
        self._told = ("", "", "")
        self._made, self._writing, self._note = "", False, ""
        self._ports: tuple[str, ...] = ()
        self._parts, self._items = Rows(Item, self), Rows(Item, self)
        self._ask = Ask(self._typed, self)
        self._ask.changed.connect(self.changed)
        self._crew = Crew(desk, self._ask_pin, self._tell, print_badge, proof) if desk else None
        self._serving = Serving(desk, self._ask_pin, self._tell, around.wake, self, proof) if desk else None
        if self._serving:
            self._serving.page.changed.connect(self.changed)
        self._enlist = self._new_enlist()
        self._aside = Aside(self)
        for source in (manner.changed, news.changed):
            source.connect(self.refresh)

    # ------------------------------------------------------------ coming and going

    def stop(self) -> Stop:
        """How the window comes here and goes."""
        return Stop(come=self.come, leave=self.leave, back=self.back, hears=self.hears, greets=self.greets)

    def come(self) -> None:
        """From the list of parts."""
        self._part, self._told, self._here = _FIRST if self._wide else "", ("", "", ""), True
        self._parts.show([_row(key) for key in self._keys()])
        self.refresh()
        self.opened.emit()

    def leave(self) -> None:
        """What was begun is left."""
        self._here = False
        self._forget()

    def _forget(self) -> None:
        if self._enlist:
            gone, self._enlist = self._enlist, self._new_enlist()
            gone.deleteLater()
        for visit in (self._crew, self._serving):
            if visit:
                visit.leave()
        self._ask.show(None)
        self.changed.emit()

    def back(self) -> bool:
        """One step out of a part."""
        if self._enlist and self._enlist.back():
            return True
        if (visit := self._visit) and visit.back():
            self.refresh()
            return True
        if self._wide:  # the list stands beside the part: there is nothing to go back to
            return False
        was, self._part, self._told = self._part, "", ("", "", "")
        self.refresh()
        return was != ""

    def hears(self, raw: RawScan) -> bool:
        """A badge for somebody; anything else is work."""
        if self._enlist and self._enlist.is_open:
            self._enlist.heard(raw.text)
            return True
        taken = (visit := self._visit) is not None and visit.hears(raw)
        if taken:
            self.refresh()
        return taken

    def greets(self, said: Said) -> bool:
        """Who scanned their badge on an open part came for it: it stays open, as they may see it."""
        if self._part:
            self._tell(str(said.tone), messages.title(said), messages.detail(said))
        return self._part != ""

    def refresh(self) -> None:
        """Read the open part again, while it is seen. What was open for one is not for who comes next."""
        if self._desk and self._whose != (whose := self._desk.person.name):
            self._whose = whose
            self._proof.forget()
            self._forget()
        if self._here:
            self._items.show(self._of(self._part))
            self.changed.emit()

    def _keys(self) -> list[str]:
        here = ["manner", "scanner", "people", "papers", "sync", "places", "key", "support", "about"]
        if self._around.practice:
            return ["training", *(key for key in here if key not in {"key", "places"})]
        return [*here[:4], "practice", *here[4:]]

    def _of(self, part: str) -> list[Item]:
        if self._desk is None or self._around.folder is None:
            return []
        if part == "people" and self._crew:
            return self._crew.items()
        changes = self._serving.items() if part == "places" and self._serving else []
        seen = parts.Seen(
            self._desk,
            Profile(self._around.folder),
            self._manner,
            Telling(self._desk),
            self._ports,
            self._made,
            self._writing,
            self._note,
        )
        show = {
            "manner": parts.manner, "scanner": parts.scanner, "sync": parts.sync, "places": parts.places,
            "key": parts.key, "support": parts.for_support, "about": parts.about,
        }.get(part)  # fmt: skip
        return [*show(seen), *changes] if show else []

    @property
    def _visit(self) -> Crew | Serving | None:
        """What asks for a PIN before it changes anything, in the open part."""
        return self._crew if self._part == "people" else self._serving if self._part == "places" else None

    # ------------------------------------------------------------ a press

    @Slot(str)
    def open(self, part: str) -> None:
        """One of the parts; some are pages of their own, or another window."""
        self._told, self._note = ("", "", ""), ""
        self._forget()
        if part in _ELSEWHERE:
            self._go(part)
        elif part == "practice":
            self._around.practise()
        else:
            self._part = part
            self._ports = _ports() if part == "scanner" else ()
            self.refresh()
            self.opened.emit()

    @Slot(str)
    def press(self, key: str) -> None:
        """One of the items of the open part."""
        self._told = ("", "", "")
        if self._part == "people" and self._crew:
            self._press_crew(self._crew, key)
        elif self._part == "places" and self._serving:
            self._serving.press(key)
        else:
            word, _, value = key.partition(" ")
            self._press(word, value)
        self.refresh()

    def _press_crew(self, crew: Crew, key: str) -> None:
        if key != "add":
            crew.press(key)
        elif self._enlist:
            self._enlist.begin(crew.approved_by)

    def _press(self, word: str, value: str) -> None:
        if word == "sound":
            self._manner.turnSound()
        elif word == "theme":
            self._manner.settle(theme=value)
        elif word == "text":
            self._manner.settle(text_scale=int(value) / 100)
        elif word == "motion":
            self._manner.settle(reduce_motion=not self._manner.look.reduce_motion)
        elif word == "language":
            self._speak(value)
        elif word == "go":
            self._go(value)
        elif word == "sync":
            self._news.syncNow()
        elif word == "bundle":
            self._write_bundle()
        elif word == "show":
            self._show_folder(Path(self._made).parent)
        elif self._desk:
            self._press_scanner(self._desk.store, word, value)

    def _press_scanner(self, store: "Store", word: str, value: str) -> None:
        if word == "forget":
            store.device.forget_scanner(value)
            self._tell("ok", words.name("forgotten"))
        elif word == "port":
            keep(store, replace(scanner_of(store, "serial"), port=value))
            self.plugged.emit()

    def _speak(self, chosen: str) -> None:
        if self._around.folder:
            language.choose(self._around.folder, chosen)
            language.settle(self._around.folder)
            self._around.reopen()

    # ------------------------------------------------------------ people

    def _new_enlist(self) -> EnlistPage | None:
        """A new one for each visit: who approved once approves no more."""
        if self._desk is None:
            return None
        made = EnlistPage(self._desk.store, self._desk.policy, self._desk.clock, self)
        made.entered.connect(self._entered)
        return made

    def _entered(self, name: str) -> None:
        if self._enlist:
            self._proof.by = self._enlist.by
        self._tell("ok", words.crew("added", name=name))
        self.refresh()

    def _ask_pin(self, name: str) -> None:
        if name:
            self._ask.ask_pin(name)
        else:
            self._ask.show(None)

    def _typed(self, command: Command) -> None:
        if visit := self._visit:
            visit.typed(command.value)
            self.refresh()

    @Slot()
    def act(self) -> None:
        """The one main action: the PIN is typed, the places are chosen, or somebody works here no more."""
        if self._ask.asking:
            self._ask.enter()
        elif self._serving and self._serving.choosing:
            self._serving.keep()
            self.refresh()
        elif self._crew:
            self._crew.press("yes")
            self.refresh()

    @Slot()
    def undo(self) -> None:
        """What is asked is not wanted."""
        self.back()

    def _tell(self, tone: str, title: str, detail: str = "") -> None:
        self._told = (tone, title, detail)
        self.changed.emit()

    # ------------------------------------------------------------ the bundle for support

    def _write_bundle(self) -> None:
        """Beside the window: Odoo is asked, and people go on."""
        from client import support  # noqa: PLC0415 - the wire, which no window waits for

        desk, folder, papers = self._desk, self._around.folder, self._around.papers
        if desk is None or folder is None or papers is None or self._writing:
            return
        self._writing, self._made = True, ""
        profile = Profile(folder)

        def write() -> Path:
            texts = support.bundle(desk.store, profile, desk.clock)
            return support.write(texts, support.place_for(desk.store, papers, desk.clock))

        self._aside.do(write, lambda made: self._bundled(str(made)), self._failed, "support")

    def _bundled(self, made: str) -> None:
        self._made, self._writing = made, False
        self.refresh()
        if self._part == "support":
            self.opened.emit()  # where it lies is said at the top

    def _show_folder(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._tell("ask", words.name("no_folders", folder=folder))

    def _failed(self, error: WardstockError) -> None:
        self._bundled("")
        self._tell("no", troubles.trouble(error.code, error.facts))

    def end(self) -> None:
        """Nothing runs any more when this returns."""
        self._aside.end()

    # ------------------------------------------------------------ what QML reads

    @Property(QObject, notify=changed)
    def parts(self) -> QObject:
        return self._parts

    @Property(EnlistPage, notify=changed)
    def enlist(self) -> EnlistPage | None:
        return self._enlist

    @Property(QObject, notify=changed)
    def items(self) -> QObject:
        return self._items

    @Property(str, notify=changed)
    def part(self) -> str:
        return self._part

    @Property(int, notify=changed)
    def nth(self) -> int:
        """Where the open part stands in the list, or the one that was open last."""
        keys = self._keys()
        self._nth = keys.index(self._part) if self._part in keys else self._nth
        return self._nth

    def _is_wide(self) -> bool:
        return self._wide

    def _set_wide(self, wide: bool) -> None:
        self._wide = wide
        if wide and self._here and not self._part:
            self.open(_FIRST)
        self.changed.emit()

    wide = Property(bool, _is_wide, _set_wide, notify=changed)
    """The window has room for a part beside the list."""

    @Property(str, notify=changed)
    def question(self) -> str:
        return self._question()[0]

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._question()[1]

    def _question(self) -> tuple[str, str]:
        asked = visit.question() if (visit := self._visit) else ("", "")
        if asked[0]:
            return asked
        if self._part == "support" and self._made:
            return words.question("support_done")
        return words.question("manner_practised" if self._part == "manner" and self._around.practice else self._part)

    @Property(Ask, notify=changed)
    def ask(self) -> Ask:
        return self._ask

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """Something must be answered before anything is changed."""
        return bool((visit := self._visit) and visit.asked)

    @Property(PlacesPage, notify=changed)
    def places(self) -> PlacesPage | None:
        return self._serving.page if self._serving else None

    @Property(bool, notify=changed)
    def choosing(self) -> bool:
        """Other places are chosen."""
        return bool(self._serving and self._serving.choosing)

    @Property(str, notify=changed)
    def mainText(self) -> str:
        if self._serving and self._serving.choosing:
            return words.serving("serve" if self._serving.page.ticked else "serve_all")
        asked = visit.asked if (visit := self._visit) else ""
        if asked in {"", "badge"}:
            return ""
        return words.crew("remove") if asked == "remove" else words.crew("go_on")

    @Property(str, notify=changed)
    def missing(self) -> str:
        return window.still_missing("pin")

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return self._ask.typed.filled() if self._ask.asking else True

    @Property(str, notify=changed)
    def tone(self) -> str:
        return self._told[0]

    @Property(str, notify=changed)
    def told(self) -> str:
        return self._told[1]

    @Property(str, notify=changed)
    def toldMore(self) -> str:
        return self._told[2]


def _row(key: str) -> Item:
    name, detail = words.part(key)
    return Item(key, "part", name, detail, _GLYPHS[key])


def _ports() -> tuple[str, ...]:
    from client.barcode.serial_port import ports  # noqa: PLC0415 - asked of the machine only when somebody looks

    return tuple(port.name for port in ports())
