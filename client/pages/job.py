"""The page of the open job, whichever it is: what was heard, what comes next, the lines, the one main action.

It decides nothing; `shown` has its words.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client import messages
from client.pages.ask import Ask, Field, Own
from client.pages.band import Band
from client.pages.beside import STAND, Beside, Spoken, wants_value
from client.pages.jobs.shown import Line, Offer, Part, Shown
from client.pages.line_facts import LineFacts, ScanRow
from client.pages.rows import Rows
from client.words import pages, receive_page, window
from client.words.tongue import spoken
from client.words.written import day, number
from client.work.answer import Command, Question, Said, Tone
from client.work.heard import Heard
from client.work.remade import Remade

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_NOT_ADDED = frozenset({"fixing", "turned_away", "put_aside", "put_in", "undone", "undone_aside", "undone_refusal"})
"""Answers about a line that added nothing to it: pressed again, it opens."""
_OF_ODOO = frozenset({"in_odoo", "odoo_differs", "odoo_refused"})
_NAMELESS = "nameless:"
_TINTED = {Tone.OK, Tone.ASK, Tone.NO}
ASKS_PIN = {"pin_wanted", "pin_wrong", "pin_wait"}
_NOT_KEPT = {"patient_label"}
"""Refusals after which nothing of what was typed stays on the screen."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One row of the list. `head` stands on the first row of a section; `share` is how full the ring is."""

    key: str
    head: str
    head_detail: str
    name: str
    detail: str
    second: str
    number: str
    unit: str
    share: float
    mark: str
    tone: str
    chosen: bool
    badge: str = ""
    badge_glyph: str = ""
    badge_tone: str = ""


class _Told(NamedTuple):
    """All that a row of the list is made of, and the language it is said in."""

    line: Line
    head: str
    head_detail: str
    tone: str
    chosen: bool
    language: str


@dataclass(frozen=True, slots=True)
class CellRow:
    """One step of the strip above the list."""

    key: str
    label: str
    text: str
    open: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be pressed instead of scanning, as a row."""

    key: str
    command: str
    title: str
    below: str
    picture: str


@QmlElement
class JobPage(QObject):
    """One job. `desk` answers what is said, `hour` writes a time, `raw` reads a scan's own text from its evidence."""

    changed = Signal()
    touched = Signal(int)
    pictureWanted = Signal()
    left = Signal()
    posed = Signal()

    def __init__(
        self,
        desk: Spoken,
        hour: Callable[[datetime], str],
        raw: Callable[[tuple[str, ...]], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._hour, self._raw = desk, hour, raw
        self._job: Shown | None = None
        self._said: Said | None = None
        self._chosen = ""
        self._opened = self._sent = False
        self.heard = Band(self)
        self._ask = Ask(self._say, self, lambda text: desk.find("place", text, "scan", ""))
        self._ask.changed.connect(self.changed)
        self._ask.opened.connect(self.posed)
        self._beside = Beside(desk, self._ask, self.pictureWanted.emit)
        self._lines = Rows(LineRow, self)
        self._rows = Remade(_line_row)
        self._cells = Rows(CellRow, self)
        self._offers = Rows(Offered, self)
        self._line = LineFacts(self)
        self._line.undone.connect(lambda which: self._say(Command("undo", which)))
        self._line.fixed.connect(self.change)

    def _say(self, command: Command) -> None:
        if command.name == STAND:
            self._beside.stand()
        elif self.wants_value(command):
            self._beside.value(command)
        else:
            self._desk.say(command)

    @staticmethod
    def wants_value(command: Command) -> bool:
        """A way out of a card that needs a lot, a shelf or an owner said with it."""
        return wants_value(command)

    def say(self, command: Command) -> None:
        """As if it had been pressed here."""
        self._say(command)

    def show(self, job: Shown, said: Said) -> None:
        """Show the job as it is after that answer: the band, the one row it touched, the question."""
        if self._job is None or self._job.key != job.key:
            self._chosen = ""
        self._job, self._said, self._opened, self._sent = job, said, False, False
        self._chosen = said.row or self._chosen
        self.heard.show(said)
        if self._refused(job, said):
            self._ask.typed.again()
        else:
            self._ask.show(job.question, self._beside.second(job.question))
        if said.code in ASKS_PIN:
            self._ask.ask_pin(str(said.facts.get("person", "")))
        self._cells.show([CellRow(cell.label, cell.label, cell.text, cell.open) for cell in job.cells])
        self._offers.show([_offered(offer) for offer in job.offers] if not self._ask.asking else [])
        self._show_lines()
        self.changed.emit()
        if said.row:
            self.touched.emit(self._lines.row_of(said.row))

    def _refused(self, job: Shown, said: Said) -> bool:
        """What was typed where the page itself asks was not taken: it stays to be mended."""
        kept = self._ask.entering and self._ask.code != "pin" and said.code not in _NOT_KEPT
        return kept and self._ask.own and said.tone is Tone.NO and job.question == self._ask.below

    def sent_off(self, said: Said) -> None:
        """What Odoo made of the finished job is known: nothing waits any more. It stands where the job's own answer
        stood; a later one is left alone.
        """
        was = self._said
        if not self._is_finished() or was is None or was == said:
            return
        self._sent = True
        if was.code in _OF_ODOO or "reference" in was.facts:
            self._said = said
            self.heard.show(said)
        self.changed.emit()

    def _show_lines(self) -> None:
        parts = self._job.parts if self._job else ()
        self._lines.show(self._rows.of_each((told.line.key, told) for part in parts for told in self._part(part)))
        lines = [line for part in parts for line in part.lines]
        chosen = next((line for line in lines if line.key == self._chosen), lines[0] if lines else None)
        self._show_chosen(chosen)

    def _part(self, part: Part) -> Iterator[_Told]:
        language = spoken()
        for nth, line in enumerate(part.lines):
            head = (part.head, part.detail) if nth == 0 else ("", "")
            yield _Told(line, *head, self._tone_of(line.key), line.key == self._chosen, language)

    def _tone_of(self, key: str) -> str:
        return str(self._said.tone) if self._said and self._said.row == key and self._said.tone in _TINTED else ""

    def _show_chosen(self, row: Line | None) -> None:
        scans = row.scans if row else ()
        raw = self._raw(scans[0].evidence) if scans else ""
        said = self._tone_of(row.key) if row else ""
        told = [self._scan_row(scan) for scan in scans]
        self._line.show(row, said, raw, told, self._job)

    def _scan_row(self, scan: Heard) -> ScanRow:
        at, day = self._hour(scan.scanned_at), scan.expiry
        sign = "+" if scan.quantity > 0 else ""
        return ScanRow(str(scan.number), at, f"{sign}{number(scan.quantity)}", scan.lot, _day(day))

    # ------------------------------------------------------------ what QML reads

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    @Property(Ask, notify=changed)
    def ask(self) -> Ask:
        return self._ask

    @Property(LineFacts, notify=changed)
    def line(self) -> LineFacts:
        return self._line

    @Property(QObject, notify=changed)
    def lines(self) -> QObject:
        return self._lines

    @Property(QObject, notify=changed)
    def cells(self) -> QObject:
        return self._cells

    @Property(QObject, notify=changed)
    def offers(self) -> QObject:
        return self._offers

    @Property(bool, notify=changed)
    def offering(self) -> bool:
        return self._offers.rowCount() > 0

    @property
    def kind(self) -> str:
        """Which job it is, or "answer"; empty before any."""
        return self._job.job if self._job else ""

    @Property(str, notify=changed)
    def job(self) -> str:
        return self.kind

    @Property(str, notify=changed)
    def progress(self) -> str:
        done, of = self._job.progress if self._job else (0, 0)
        return pages.bins_counted(done, of) if of > 1 else ""

    @Property(float, notify=changed)
    def share(self) -> float:
        done, of = self._job.progress if self._job else (0, 0)
        return done / of if of else 0.0

    @Property(bool, notify=changed)
    def blind(self) -> bool:
        return bool(self._job and self._job.blind)

    @Property(str, notify=changed)
    def whose(self) -> str:
        return self._job.whose if self._job else ""

    @Property(str, notify=changed)
    def note(self) -> str:
        return self._job.note if self._job else ""

    @Property(str, notify=changed)
    def question(self) -> str:
        return self._ask.words()[0] if self._ask.asking else self._next()[0]

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._ask.words()[1] if self._ask.asking else self._next()[1]

    def _next(self) -> tuple[str, str]:
        if self._job and self._sent:
            return self._job.next[0], ""
        return self._job.next if self._job else receive_page.next_step("scan_anything", {})

    def _is_finished(self) -> bool:
        return bool(self._job and self._job.finished)

    def _has_action(self) -> bool:
        """A question with choices alone has no main action."""
        return self._ask.typed.asks if self._ask.asking else bool(self._job and self._job.action)

    @Property(bool, notify=changed)
    def acting(self) -> bool:
        return self._has_action()

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        if self._ask.asking:
            return self._ask.ready
        return bool(self._job and (self._job.can_act or self._job.finished))

    @Property(str, notify=changed)
    def mainText(self) -> str:
        if self._ask.asking:
            entry, meant = self._ask.typed, self._ask.meant
            return window.use_typed(
                entry.day or (meant.title if meant else entry.command().value), entry.command().name
            )
        return self._job.action if self._job else ""

    @Property(str, notify=changed)
    def missing(self) -> str:
        if self._ask.asking:
            return window.still_missing("several" if self._ask.choosing else self._ask.typed.command().name)
        return self._job.action if self._job else ""

    @Property(str, notify=changed)
    def mainGlyph(self) -> str:
        return "home" if self._is_finished() else "check"

    @Property(bool, notify=changed)
    def canUndo(self) -> bool:
        """What the page asked itself, and a line that is open, can always be left."""
        if self._ask.own or self._is_opened():
            return True
        return bool(self._job and self._job.can_undo) and not self._ask.code.startswith("short")

    @Property(bool, notify=changed)
    def hasMore(self) -> bool:
        return bool(self._job and self._job.beside) and not self._ask.asking

    @Property(str, notify=changed)
    def undoText(self) -> str:
        if self._is_opened():
            return window.undo("line", whole=False)
        return window.undo("own" if self._ask.own else self._ask.code, whole=not self._has_action())

    # ------------------------------------------------------------ what a finger does

    @Slot(str)
    def choose(self, key: str) -> None:
        """A line was pressed: its details open, beside the list or over it; the line just added asks how many."""
        again = bool(self._said and self._said.row == key and self._said.tone == Tone.OK)
        again = again and bool(self._said and self._said.code not in _NOT_ADDED)
        line = self._line_of(key)
        self._chosen, self._opened = key, not again
        self._show_lines()
        self.changed.emit()
        if key.startswith(_NAMELESS) and line:
            self._beside.name(int(key.removeprefix(_NAMELESS)), line.name)
        elif again:
            self.changeQuantity()

    def _line_of(self, key: str) -> Line | None:
        parts = self._job.parts if self._job else ()
        return next((line for part in parts for line in part.lines if line.key == key), None)

    def _is_opened(self) -> bool:
        return self._opened and not self._ask.asking and bool(self._line.row)

    @Property(bool, notify=changed)
    def opened(self) -> bool:
        """The details of one line fill the page of a handheld."""
        return self._is_opened()

    @Slot(result=bool)
    def back(self) -> bool:
        """From what the page asked itself, or from a line, to the list; False when the list is shown already."""
        if self._ask.own:
            asked = self._job.question if self._job else None
            self._ask.show(asked, self._beside.second(asked))
            if not asked and self.kind == "answer":
                self.left.emit()
            return True
        was, self._opened = self._opened, False
        self.changed.emit()
        return was

    @Slot()
    def more(self) -> None:
        """What can be said beside scanning."""
        self._beside.open(self._job.beside if self._job else ())

    @Slot(str)
    def change(self, number_: str) -> None:
        """One accepted scan is spoken of from now on, and what may be changed of it is shown."""
        self._say(Command("fix", number_))
        if self._job and self._said and self._said.code == "fixing":
            self._beside.open_item(self._job.beside, str(self._said.facts.get("product", "")))

    @Slot()
    def changeQuantity(self) -> None:
        """Ask how many of the item added last (ward 15: "how many of this lot?")."""
        last = self._last()
        if last is None or self._ask.asking:
            return
        name, count, unit, after = last
        asked = Question("how_many", {"product": name}, (), "qty")
        many = Field("qty", "number", window.field_label("qty"), after, unit, number(count))
        self._ask.pose(Own("how_many", messages.question(asked), messages.question_hint(asked), typed=many))

    @Slot(str, result=bool)
    def typed(self, keys: str) -> bool:
        """A digit while nothing is asked begins the number of what was added last; False for all other keys."""
        if not (keys.isascii() and keys.isdigit()) or self._ask.asking or self._last() is None:
            return False
        self.changeQuantity()
        return self._ask.typed.type(keys)

    def _last(self) -> tuple[str, Decimal, str, str] | None:
        """What was scanned last: its name, how many, of what, and what says that it is meant."""
        if self._job is None or self._job.finished:
            return None
        lines = [line for part in self._job.parts for line in part.lines]
        for line in lines:
            if line.said:
                return line.name, *line.said, ""
        scanned = [(line, scan) for line in lines for scan in line.scans]
        last, scan = max(scanned, key=lambda pair: pair[1].number, default=(None, None))
        return (last.name, scan.count, scan.unit, f" of {scan.number}") if last and scan else None

    @Slot()
    def undo(self) -> None:
        """Take back the last scan; what the page asked itself is only left."""
        if not self.back():
            self._say(Command("undo"))

    @Slot(str)
    def offer(self, command: str) -> None:
        """Something was pressed instead of scanned."""
        self._say(Command.parse(command))

    @Slot()
    def act(self) -> None:
        """The main action: the typed answer, finish, or go on to the next delivery."""
        if self._ask.asking:
            self._ask.enter()
        else:
            self._say(Command("home" if self._is_finished() else "confirm"))


def _line_row(told: _Told) -> LineRow:
    line = told.line
    return LineRow(
        key=line.key,
        head=told.head,
        head_detail=told.head_detail,
        name=line.name,
        detail=line.detail,
        second=line.second,
        number=number(line.done),
        unit=receive_page.of_expected(line.expected) if line.expected else line.unit,
        share=min(float(line.done / line.expected), 1.0) if line.expected else float(bool(line.done or line.scans)),
        mark=line.mark,
        tone=told.tone,
        chosen=told.chosen,
        badge=line.badge,
        badge_glyph=line.badge_glyph,
        badge_tone=line.badge_tone,
    )


def _day(of: date | None) -> str:
    return day(of) if of else ""


def _offered(offer: Offer) -> Offered:
    command = f"{offer.command.name} {offer.command.value}".strip()
    return Offered(command, command, offer.title, offer.below, offer.glyph)
