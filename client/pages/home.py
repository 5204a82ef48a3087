"""Home: what was begun here, what is expected, what Odoo refused. And the list of deliveries to choose from."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.band import Band
from client.pages.rows import Rows

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Task:
    """A draft or an expected delivery, as a row. `share` is below zero where no ring is drawn."""

    key: str
    name: str
    detail: str
    number: str
    unit: str
    share: float = -1.0
    glyph: str = "receive"
    head: str = ""
    head_detail: str = ""


@QmlElement
class HomePage(QObject):
    """Keys of drafts begin with `draft:`, of deliveries with `picking:`; `choose` opens what a key names."""

    changed = Signal()

    def __init__(self, choose: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self.heard = Band(self)
        self._drafts = Rows(Task, self)
        self._agenda = Rows(Task, self)
        self._expected = 0
        self._today = self._refused_title = self._refused_detail = ""

    def show(self, drafts: list[Task], agenda: list[Task], expected: int, today: str) -> None:
        """What can be gone on with, the list of the day, how many deliveries are expected."""
        self._drafts.show(drafts)
        self._agenda.show(agenda)
        self._expected, self._today = expected, today
        self.changed.emit()

    def show_refused(self, title: str, detail: str) -> None:
        """What Odoo refused, or nothing."""
        self._refused_title, self._refused_detail = title, detail
        self.changed.emit()

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    @Property(QObject, notify=changed)
    def drafts(self) -> QObject:
        return self._drafts

    @Property(QObject, notify=changed)
    def agenda(self) -> QObject:
        return self._agenda

    @Property(int, notify=changed)
    def expected(self) -> int:
        return self._expected

    @Property(str, notify=changed)
    def today(self) -> str:
        return self._today

    @Property(str, notify=changed)
    def refusedTitle(self) -> str:
        return self._refused_title

    @Property(str, notify=changed)
    def refusedDetail(self) -> str:
        return self._refused_detail

    @Slot(str)
    def open(self, key: str) -> None:
        """A draft or a delivery was pressed."""
        self._choose(key)


@QmlElement
class DeliveriesPage(QObject):
    """Expected deliveries, to begin a receipt by touch."""

    changed = Signal()

    def __init__(self, choose: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self.heard = Band(self)
        self._rows = Rows(Task, self)

    def show(self, deliveries: list[Task]) -> None:
        """What can be opened, begun ones first."""
        self._rows.show(deliveries)

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    @Property(QObject, notify=changed)
    def rows(self) -> QObject:
        return self._rows

    @Slot(str)
    def open(self, key: str) -> None:
        """A delivery was pressed."""
        self._choose(key)
