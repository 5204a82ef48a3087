"""Papers: which kind, of what, how it will look, and to a printer or a file."""

import base64
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Property, QBuffer, QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtQml import QmlElement

from client import messages, troubles
from client import papers_wanted as wants
from client.barcode.label import RawScan
from client.barcode.read import read
from client.pages.approval import Proof
from client.pages.around import Around
from client.pages.ask import Ask
from client.pages.badge_sheet import BadgeSheet
from client.pages.item import Item, act, choice, head, note
from client.pages.printers import Printers
from client.pages.rows import Rows
from client.pages.sheet import Page, count_pages, label_pages, picture_of, save_pages
from client.pages.stop import Stop
from client.papers_wanted import FIELDS, Wanted
from client.words import papers_page as words
from client.words import window, written
from client.work.answer import Command, Said
from client.work.desk import Desk
from sync.errors import WardstockError

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_GLYPHS: Final = {
    "commands": "keys",
    "places": "shelf",
    "goods": "box",
    "badges": "person",
    "count": "count",
    "scanner": "scan",
    "practice": "practice",
}
SHOWN: Final = 4
"""So many pages are drawn to be looked at."""
_WIDE: Final = 620
"""Pixels of a page that is looked at: its symbols still decode."""
_CHOICES: Final = 6
_PAUSE: Final = 120
"""Milliseconds after a key before the page is drawn anew: nobody types against a drawing."""


@QmlElement
class PapersPage(QObject):
    """The kinds, and the open one with its fields, its preview and its printers."""

    changed = Signal()
    drawn = Signal()

    def __init__(
        self,
        desk: Desk | None,
        around: Around,
        proof: Proof,
        parent: QObject | None = None,
        printers: Printers | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._around, self._printers = desk, around, printers or Printers()
        self._wanted = Wanted("")
        self._told, self._where = ("", ""), ""
        self._names: tuple[str, ...] = ()
        self._printer = self._file = self._trouble = ""
        self._pages: Sequence[Page] = ()
        self._pictures: list[str] = []
        self._kinds, self._items, self._wrong = Rows(Item, self), Rows(Item, self), Rows(Item, self)
        self._badges = BadgeSheet(desk, proof) if desk else None
        self._asked_of = ""
        self._returns: Callable[[], None] | None = None
        self._ask = Ask(self._typed, self)
        self._ask.changed.connect(self.changed)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._draw)

    # ------------------------------------------------------------ coming and going

    def stop(self) -> Stop:
        """How the window comes here and goes."""
        return Stop(come=self.come, leave=self.leave, back=self.back, hears=self.hears, greets=self.greets)

    def come(self) -> None:
        """From the list of kinds; who practises wants the labels to practise with."""
        kinds = [kind for kind in FIELDS if kind != "practice" or self._around.practice]
        self._kinds.show([_row(kind) for kind in kinds])
        self._open("practice" if self._around.practice else "")

    def leave(self) -> None:
        """Badges are shown to nobody who comes next."""
        if self._wanted.kind == "badges":
            self._open("")

    def greets(self, said: Said) -> bool:
        """Who scanned their badge on an open kind came for it."""
        if self._wanted.kind:
            self._told, self._where = (str(said.tone), messages.title(said)), messages.detail(said)
            self.changed.emit()
        return self._wanted.kind != ""

    def refresh(self) -> None:
        """Somebody else stands here: badges are shown to who may print them."""
        if self._wanted.kind == "badges" and self._desk and self._desk.person.name != self._asked_of:
            self._open("badges")

    def back(self) -> bool:
        """Out of a kind."""
        was, returns = self._wanted.kind, self._returns
        self._open("")
        if returns:
            returns()
        return was != ""

    def hears(self, raw: RawScan) -> bool:
        """A place or goods where they are asked for; anything else is work."""
        fields = FIELDS.get(self._wanted.kind, ())
        if self._desk is None or not fields:
            return False
        label, catalogue = read(raw), self._desk.store.catalogue
        if "place" in fields and (place := catalogue.location_by_barcode(raw.text)):
            self._fill(place=place.complete_name)
            return True
        hits = catalogue.by_barcode(label.gtin or label.text) if "product" in fields else []
        if len({hit.product.id for hit in hits}) != 1:
            return False
        product, day = hits[0].product, label.expiry.isoformat() if label.expiry else ""
        self._fill(product=product.name, lot=label.lot or "", expiry=day, serial=label.serial or "")
        self._wanted = Wanted(self._wanted.kind, self._wanted.said, product.id)
        self._draw()
        return True

    def _open(self, kind: str) -> None:
        self._returns = None
        self._wanted = Wanted(kind, {"copies": "1"} if kind == "goods" else {})
        self._told, self._file = ("", ""), ""
        self._names = self._printers.names() if kind else ()
        self._printer = self._names[0] if self._names else ""
        if self._badges:
            self._badges.forget()
        self._ask.show(None)
        if kind == "badges":
            self._begin_badges()
        self._draw()

    # ------------------------------------------------------------ badges

    def badges(self, name: str, returns: Callable[[], None]) -> None:
        """For somebody, or for all who have none; who approves gave their PIN just now. Back from there `returns`."""
        self._open("badges")
        self._returns = returns
        if self._badges:
            self._badges.begin(name)
            self._draw()

    def _begin_badges(self) -> None:
        self._asked_of = self._desk.person.name if self._desk else ""
        if self._badges and self._badges.approval.may:
            self._badges.begin()
            if not self._badges.approval.by:
                self._ask.ask_pin(self._asked_of)

    def _typed(self, command: Command) -> None:
        """The PIN of who approves."""
        if self._badges is None:
            return
        why = self._badges.approval.prove(command.value)
        self._told = ("no", why) if why else ("", "")
        if not why:
            self._ask.show(None)
        else:
            self._ask.ask_pin(self._asked_of)
        self._draw()

    @Slot()
    def undo(self) -> None:
        """No PIN is given."""
        self._open("")

    # ------------------------------------------------------------ answers

    @Slot(str)
    def open(self, kind: str) -> None:
        """One of the kinds."""
        self._open(kind)

    @Slot(str, str)
    def write(self, name: str, text: str) -> None:
        """A field, as it is typed."""
        same = self._wanted.product_id if name != "product" else 0
        self._wanted = Wanted(self._wanted.kind, {**self._wanted.said, name: text}, same)
        self._told, self._file = ("", ""), ""
        self._soon.start()
        self.changed.emit()

    @Slot(str)
    def press(self, key: str) -> None:
        """A printer, one of several products, the file or its folder."""
        word, _, value = key.partition(" ")
        if word == "printer":
            self._printer = value
            self._show()
        elif word == "product" and self._desk and (product := self._desk.store.catalogue.product(int(value))):
            self._wanted = Wanted(self._wanted.kind, {**self._wanted.said, "product": product.name}, product.id)
            self._draw()
        elif word == "badge" and self._badges:
            self._badges.turn(value)
            self._told, self._file = ("", ""), ""
            self._draw()
        elif word == "save":
            self._save()
        elif word == "show":
            self._show_folder(Path(self._file).parent)

    @Slot()
    def act(self) -> None:
        """Print it, or where there is no printer save it; or the PIN is typed."""
        if self._ask.asking:
            self._ask.enter()
            return
        self._draw_now()
        if not self._pages:
            return
        if not self._printer:
            self._save()
            return
        self._try(lambda: self._printers.print(self._pages, self._printer, self._title), "printed")

    def _save(self) -> None:
        self._draw_now()
        if self._pages and self._around.papers and self._desk:
            folder = self._around.papers / "papers"
            path = folder / f"{self._title}-{self._desk.clock.now():%Y%m%d-%H%M%S}.pdf"

            def save() -> None:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                save_pages(self._pages, path)

            if self._try(save, "saved", file=path):
                self._file = str(path)
                self._show()

    def _show_folder(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._told = ("ask", words.say("no_folders", folder=folder))
            self.changed.emit()

    def _try(self, work: Callable[[], None], said: str, **facts: object) -> bool:
        try:
            self._keep_badges()
            work()
        except WardstockError as error:
            self._told = ("no", troubles.trouble(error.code, error.facts))
        except OSError as error:
            self._told = ("no", troubles.trouble("paper_not_written", {"file": facts.get("file"), "why": str(error)}))
        else:
            self._told = ("ok", words.say(said, printer=self._printer))
            self._where = str(facts.get("file", ""))
        self._show()
        return self._told[0] == "ok"

    def _keep_badges(self) -> None:
        """Before they are on paper: what is printed is somebody's badge, whatever the printer does."""
        if self._badges and self._wanted.kind == "badges":
            self._badges.keep()

    @property
    def _title(self) -> str:
        of = self._wanted.text("place") or self._wanted.text("product")
        return re.sub(r"[^\w.-]+", "-", f"{self._wanted.kind} {of}".strip()).strip("-")

    def _fill(self, **said: str) -> None:
        self._wanted = Wanted(self._wanted.kind, {**self._wanted.said, **said})
        self._told, self._file = ("", ""), ""
        self._draw()

    # ------------------------------------------------------------ what it will look like

    def _draw_now(self) -> None:
        if self._soon.isActive():
            self._draw()

    def _draw(self) -> None:
        """Check what was said, and draw the first pages."""
        self._soon.stop()
        self._trouble = ""
        try:
            self._pages = self._made()
        except WardstockError as error:
            self._pages = ()
            self._trouble = troubles.trouble(error.code, error.facts)
        self._pictures = [_data(page) for page in self._pages[:SHOWN]]
        self._show()
        self.drawn.emit()

    def _made(self) -> Sequence[Page]:
        if self._desk is None or not self._wanted.kind or self._wanted.lacks:
            return ()
        catalogue = self._desk.store.catalogue
        if self._wanted.kind == "badges":
            return self._badges.pages() if self._badges else ()
        if self._wanted.kind == "count":
            return count_pages(wants.count_sheet(catalogue, self._desk.shelves, self._wanted))
        return label_pages(wants.blocks(catalogue, self._wanted, self._today))

    def _show(self) -> None:
        self._items.show(self._listed())
        self._wrong.show([note(self._trouble, "no")] if self._trouble and not self._products() else [])
        self.changed.emit()

    def _listed(self) -> list[Item]:
        if not self._wanted.kind:
            return []
        if products := self._products():
            return products
        people = self._badges.items() if self._badges and self._wanted.kind == "badges" else []
        told = [note(text, "ask") for text in self._warnings()]
        if not self._pages:
            return [*told, *people]
        printers = [choice(f"printer {name}", name, chosen=name == self._printer) for name in self._names]
        return [
            *told,
            *people,
            *([head(words.say("printers"))] if printers else []),
            *printers,
            *([act("save", words.say("save"), "file")] if printers else []),
            *([act("show", words.say("show"), "file")] if self._file else []),
        ]

    def _products(self) -> list[Item]:
        """Those that begin like what was typed, where it is not one."""
        text = self._wanted.text("product")
        if self._desk is None or not text or self._pages or self._wanted.product_id:
            return []
        found = self._desk.store.catalogue.search(text, _CHOICES)
        rows = [act(f"product {one.id}", one.name, "box", detail=one.code) for one in found] if len(found) > 1 else []
        return [head(words.say("which")), *rows] if rows else []

    def _warnings(self) -> list[str]:
        if self._desk is None or not self._pages:
            return []
        found = wants.warned(self._desk.store.catalogue, self._wanted, self._today)
        return [words.say(one.code, lot=one.lot, day=written.day(one.day)) for one in found]

    @property
    def _today(self) -> date:
        return self._desk.policy.day_of(self._desk.clock.now()) if self._desk else date.min

    # ------------------------------------------------------------ what QML reads

    @Property(QObject, notify=changed)
    def kinds(self) -> QObject:
        return self._kinds

    @Property(QObject, notify=changed)
    def items(self) -> QObject:
        return self._items

    @Property(QObject, notify=changed)
    def wrong(self) -> QObject:
        """Why nothing can be printed: over the fields, in sight."""
        return self._wrong

    @Property(str, notify=changed)
    def kind(self) -> str:
        return self._wanted.kind

    @Property(str, notify=changed)
    def question(self) -> str:
        return self._question()[0]

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._question()[1]

    def _question(self) -> tuple[str, str]:
        if self._ask.asking and self._desk:
            return words.say("approve", name=self._desk.person.name), words.say("approve_why")
        return words.question(self._wanted.kind)

    @Property(Ask, notify=changed)
    def ask(self) -> Ask:
        return self._ask

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """A PIN is asked for before anything is shown."""
        return self._ask.asking

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # the stub knows types only
    def fields(self) -> list[str]:
        return list(FIELDS.get(self._wanted.kind, ()))

    @Slot(str, result=str)
    def label(self, name: str) -> str:
        """Over a field."""
        return words.field(name)

    @Slot(str, result=str)
    def said(self, name: str) -> str:
        """What stands in a field."""
        return self._wanted.said.get(name, "")

    @Property("QStringList", notify=drawn)  # type: ignore[arg-type]  # the stub knows types only
    def pictures(self) -> list[str]:
        return self._pictures

    @Property(str, notify=drawn)
    def more(self) -> str:
        hidden = len(self._pages) - SHOWN
        return words.more_pages(hidden) if hidden > 0 else ""

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return self._ask.typed.filled() if self._ask.asking else bool(self._pages)

    @Property(str, notify=changed)
    def mainText(self) -> str:
        if self._ask.asking:
            return words.say("go_on")
        return words.say("print", printer=self._printer) if self._printer else words.say("save")

    @Property(str, notify=changed)
    def missing(self) -> str:
        if self._ask.asking:
            return window.still_missing("pin")
        if self._wanted.kind == "badges":
            return self._no_badges()
        if lacks := self._lacks:
            return words.say(f"type_{lacks}")
        return words.say("which_missing" if self._products() else "mend")

    @property
    def _lacks(self) -> str:
        return self._wanted.lacks if self._wanted.kind else ""

    @Property(str, notify=changed)
    def sign(self) -> str:
        """Beside what is missing: the code where it may be scanned, none where that helps nobody."""
        return "keys" if self._ask.asking else "scan" if self._lacks else ""

    def _no_badges(self) -> str:
        able = self._badges is not None and self._badges.approval.may
        return words.say("nobody_chosen" if able else "nothing")

    @Property(bool, notify=changed)
    def printing(self) -> bool:
        """There is a printer."""
        return self._printer != ""

    @Property(str, notify=changed)
    def tone(self) -> str:
        return self._told[0]

    @Property(str, notify=changed)
    def told(self) -> str:
        return self._told[1]

    @Property(str, notify=changed)
    def where(self) -> str:
        """Which file was written last, with its folder."""
        return self._where if self._told[0] == "ok" else ""


def _row(kind: str) -> Item:
    name, detail = words.kind(kind)
    return Item(kind, "part", name, detail, _GLYPHS[kind])


def _data(page: Page) -> str:
    """A page as a picture QML can show."""
    image = picture_of(page).scaledToWidth(_WIDE, Qt.TransformationMode.SmoothTransformation)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants the name of the kind as bytes
    return "data:image/png;base64," + base64.b64encode(buffer.data().data()).decode()
