"""The receiving page: what the job shows of its delivery, row by row. It decides nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.ask import Ask
from client.pages.band import Band
from client.pages.rows import Rows
from client.words import receive_page, window, written
from client.work.answer import Command, Said, Tone
from client.work.receiving.view import ReceiptView, Row, Scanned, Section

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_TINTED = {Tone.OK, Tone.ASK, Tone.NO}


@dataclass(frozen=True, slots=True)
class Line:
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
    tone: str
    chosen: bool
    badge: str = ""
    badge_glyph: str = ""
    badge_tone: str = ""


@dataclass(frozen=True, slots=True)
class ScanRow:
    """One accepted scan of the chosen line. `number` is what was added, with its sign."""

    key: str
    at: str
    number: str
    lot: str
    expiry: str


@QmlElement
class LineFacts(QObject):
    """The line whose details are open on the desktop."""

    changed = Signal()
    undone = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._can_undo = False
        self._row: Row | None = None
        self._said = ""
        self._raw = ""
        self._steps = 0
        self._scans = Rows(ScanRow, self)

    def show(self, row: Row | None, said: str, steps: int, raw: str, scans: list[ScanRow], *, can_undo: bool) -> None:
        """Show this row; `said` is the tone of the answer that touched it just now, empty for another's."""
        self._row, self._said, self._steps, self._raw, self._can_undo = row, said, steps, raw, can_undo
        self._scans.show(scans)
        self.changed.emit()

    @Property(str, notify=changed)
    def key(self) -> str:
        return self._row.key if self._row else ""

    @Property(str, notify=changed)
    def name(self) -> str:
        return self._row.name if self._row else ""

    @Property(str, notify=changed)
    def code(self) -> str:
        return receive_page.line_code(self._row.code, self._row.unit) if self._row else ""

    @Property(str, notify=changed)
    def ordered(self) -> str:
        return written.number(self._row.expected) if self._row and self._row.expected else ""

    @Property(str, notify=changed)
    def received(self) -> str:
        return written.number(self._row.done) if self._row else ""

    @Property(str, notify=changed)
    def toCome(self) -> str:
        return written.number(max(self._row.expected - self._row.done, self._row.done * 0)) if self._row else ""

    @Property(str, notify=changed)
    def badge(self) -> str:
        return receive_page.line_badge(self._said) if self._said else ""

    @Property(str, notify=changed)
    def badgeTone(self) -> str:
        return self._said

    @Property(str, notify=changed)
    def putIn(self) -> str:
        return receive_page.put_in(self._row.place) if self._row and self._row.place else ""

    @Property(str, notify=changed)
    def then(self) -> str:
        return receive_page.steps_to_go(self._steps) if self._steps else ""

    @Property(str, notify=changed)
    def raw(self) -> str:
        return self._raw

    @Property(QObject, notify=changed)
    def scans(self) -> QObject:
        return self._scans

    @Property(bool, notify=changed)
    def canUndo(self) -> bool:
        return self._can_undo

    @Slot(str)
    def undo(self, number: str) -> None:
        """Take back that one scan."""
        self.undone.emit(number)


@QmlElement
class ReceivePage(QObject):
    """One delivery. `say` hands a command to the job, `raw` reads a scan's own text back from its evidence."""

    changed = Signal()
    touched = Signal(int)

    def __init__(
        self,
        say: Callable[[Command], None],
        hour: Callable[[datetime], str],
        raw: Callable[[tuple[str, ...]], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._say, self._hour, self._raw = say, hour, raw
        self._view: ReceiptView | None = None
        self._said: Said | None = None
        self._chosen = ""
        self.heard = Band(self)
        self._ask = Ask(say, self)
        self._ask.changed.connect(self.changed)
        self._lines = Rows(Line, self)
        self._line = LineFacts(self)
        self._line.undone.connect(lambda number: say(Command("undo", number)))

    def show(self, view: ReceiptView, said: Said) -> None:
        """Show the delivery as it is after that answer: the band, the one row it touched, the question."""
        if self._view is None or self._view.document != view.document:
            self._chosen = ""
        self._view, self._said = view, said
        self._chosen = said.row or self._chosen
        self.heard.show(said)
        self._ask.show(view.question)
        self._show_lines()
        self.changed.emit()
        if said.row:
            self.touched.emit(self._lines.row_of(said.row))

    def _show_lines(self) -> None:
        sections = self._view.sections if self._view else ()
        self._lines.show([line for section in sections for line in self._section(section)])
        rows = [row for section in sections for row in section.rows]
        chosen = next((row for row in rows if row.key == self._chosen), rows[0] if rows else None)
        self._show_chosen(chosen)

    def _section(self, section: Section) -> Iterator[Line]:
        rows = len(section.rows)
        head, detail = receive_page.section(section.order, section.document, section.begun, rows, beside=section.beside)
        for nth, row in enumerate(section.rows):
            yield self._line_of(row, *((head, detail) if nth == 0 else ("", "")))

    def _line_of(self, row: Row, head: str, head_detail: str) -> Line:
        detail, second = receive_page.line_detail(row.lots, row.place, serial=row.serial)
        over = row.done - row.expected if row.expected and row.done > row.expected else None
        return Line(
            key=row.key,
            head=head,
            head_detail=head_detail,
            name=row.name,
            detail=detail,
            second=second,
            number=written.number(row.done),
            unit=receive_page.of_expected(row.expected) if row.expected else row.unit,
            share=min(float(row.done / row.expected), 1.0) if row.expected else float(bool(row.done)),
            tone=self._tone_of(row.key),
            chosen=row.key == self._chosen,
            badge=receive_page.too_many(over, row.unit) if over else "",
            badge_glyph="warning" if over else "",
            badge_tone="ask" if over else "",
        )

    def _tone_of(self, key: str) -> str:
        return str(self._said.tone) if self._said and self._said.row == key and self._said.tone in _TINTED else ""

    def _show_chosen(self, row: Row | None) -> None:
        scans = row.scans if row else ()
        raw = self._raw(scans[0].evidence) if scans else ""
        steps = self._view.steps_to_go if self._view else 0
        said = self._tone_of(row.key) if row else ""
        told = [self._scan_row(scan) for scan in scans]
        can_undo = bool(self._view and self._view.can_undo and not self._view.question)
        self._line.show(row, said, steps, raw, told, can_undo=can_undo)

    def _scan_row(self, scan: Scanned) -> ScanRow:
        at, day = self._hour(scan.scanned_at), scan.expiry
        return ScanRow(str(scan.number), at, f"+{written.number(scan.quantity)}", scan.lot, _day(day))

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

    @Property(str, notify=changed)
    def vendor(self) -> str:
        return (self._view.partner or self._view.document) if self._view else ""

    @Property(str, notify=changed)
    def note(self) -> str:
        return ", ".join(self._view.references) if self._view else ""

    @Property(str, notify=changed)
    def question(self) -> str:
        return self._ask.words()[0] if self._ask.asking else self._next()[0]

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._ask.words()[1] if self._ask.asking else self._next()[1]

    def _next(self) -> tuple[str, str]:
        if self._view is None:
            return receive_page.next_step("scan_anything", {})
        if self._view.finished:
            return receive_page.finished(self._view.references, self._view.steps_to_go)
        return receive_page.next_step(self._view.hint, self._view.hint_facts)

    def _is_finished(self) -> bool:
        return bool(self._view and self._view.finished)

    def _has_action(self) -> bool:
        """A question with choices alone has no main action."""
        return not self._ask.asking or self._ask.typed.asks

    @Property(bool, notify=changed)
    def acting(self) -> bool:
        return self._has_action()

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        if self._ask.asking:
            return self._ask.typed.filled()
        return bool(self._view and (self._view.can_act or self._view.finished))

    @Property(str, notify=changed)
    def mainText(self) -> str:
        if self._ask.asking:
            entry = self._ask.typed
            return window.use_typed(entry.day or entry.command().value, entry.command().name)
        return receive_page.action(self._view.action) if self._view else ""

    @Property(str, notify=changed)
    def missing(self) -> str:
        if self._ask.asking:
            return window.still_missing(self._ask.typed.command().name)
        return receive_page.action(self._view.action) if self._view else ""

    @Property(str, notify=changed)
    def mainGlyph(self) -> str:
        return "home" if self._is_finished() else "check"

    @Property(bool, notify=changed)
    def canUndo(self) -> bool:
        return bool(self._view and self._view.can_undo) and not self._ask.code.startswith("short")

    @Property(str, notify=changed)
    def undoText(self) -> str:
        return window.undo(self._ask.code, whole=not self._has_action())

    # ------------------------------------------------------------ what a finger does

    @Slot(str)
    def choose(self, key: str) -> None:
        """A line was pressed: its details open; the line just added asks how many."""
        again = bool(self._said and self._said.row == key and self._said.tone == Tone.OK)
        self._chosen = key
        self._show_lines()
        if again:
            self.changeQuantity()

    @Slot()
    def changeQuantity(self) -> None:
        """Ask how many of the item added last (ward 15: "how many of this lot?")."""
        last = self._last()
        if last is None or self._ask.asking:
            return
        row, scan = last
        self._ask.ask_quantity(row.name, scan.unit, written.number(scan.count), scan.number)

    def _last(self) -> tuple[Row, Scanned] | None:
        if self._view is None or self._view.finished:
            return None
        scanned = [(row, scan) for section in self._view.sections for row in section.rows for scan in row.scans]
        return max(scanned, key=lambda pair: pair[1].number, default=None)

    @Slot()
    def undo(self) -> None:
        """Take back the last scan; a number about to be changed is only left as it was."""
        if self._ask.code == "how_many":
            self._ask.show(self._view.question if self._view else None)
        else:
            self._say(Command("undo"))

    @Slot()
    def act(self) -> None:
        """The main action: the typed answer, finish, or go on to the next delivery."""
        if self._ask.asking:
            self._ask.enter()
        else:
            self._say(Command("home" if self._is_finished() else "confirm"))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
