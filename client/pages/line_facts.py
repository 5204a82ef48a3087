"""One line of the open job, with its accepted scans: beside the list, or on the handheld over it."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.jobs.of import section_of
from client.pages.jobs.shown import Line, Shown
from client.pages.rows import Rows
from client.words import pages, receive_page
from client.words.written import number

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1


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
    fixed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._can_undo = False
        self._row: Line | None = None
        self._said = ""
        self._raw = ""
        self._steps = 0
        self._scans = Rows(ScanRow, self)
        self._job = "receive"

    def show(self, row: Line | None, said: str, raw: str, scans: list[ScanRow], job: Shown | None) -> None:
        """Show this row; `said` is the tone of the answer that touched it just now, empty for another's."""
        steps, can_undo = (job.steps, job.can_undo and not job.question) if job else (0, False)
        self._job = section_of(job.job) if job else "receive"
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
        return number(self._row.expected) if self._row and self._row.expected else ""

    @Property(str, notify=changed)
    def received(self) -> str:
        return number(self._row.done) if self._row else ""

    @Property(str, notify=changed)
    def orderedLabel(self) -> str:
        return pages.FACTS[self._job][0]

    @Property(str, notify=changed)
    def doneLabel(self) -> str:
        return pages.FACTS[self._job][1]

    @Property(str, notify=changed)
    def toCome(self) -> str:
        return number(max(self._row.expected - self._row.done, self._row.done * 0)) if self._row else ""

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

    @property
    def row(self) -> Line | None:
        """The line itself."""
        return self._row

    @Slot(str)
    def fix(self, number: str) -> None:
        """Something about that one scan is to be changed."""
        self.fixed.emit(number)

    @Slot(str)
    def undo(self, number: str) -> None:
        """Take back that one scan."""
        self.undone.emit(number)
