"""Home: what was begun here, what there is to do, what Odoo refused. And what can be begun in one section."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.agenda import Task
from client.pages.band import Band
from client.pages.rows import Rows
from client.words import pages

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HomePage(QObject):
    """What can be scanned or pressed before any job is open; `choose` opens what the key of a task names."""

    changed = Signal()

    def __init__(self, choose: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self.heard = Band(self)
        self._drafts = Rows(Task, self)
        self._agenda = Rows(Task, self)
        self._begun_and_to_do: list[Task] = []
        self._look_at: list[Task] = []
        self._look_at_title = self._look_at_detail = ""
        self._expected = self._wanted = self._counts = 0
        self._today = self._refused_title = self._refused_detail = ""

    def show(self, drafts: list[Task], agenda: list[Task], open_: tuple[int, int, int], today: str) -> None:
        """What can be gone on with, the list of the day; how many deliveries, transfers and counts are `open_`."""
        self._drafts.show(drafts)
        self._begun_and_to_do = agenda
        self._agenda.show([*agenda, *self._look_at])
        (self._expected, self._wanted, self._counts), self._today = open_, today
        self.changed.emit()

    def show_noticed(self, tasks: list[Task], title: str, detail: str) -> None:
        """What somebody should look at: the most pressing for the list of the day, and all of it in a sentence."""
        self._look_at, self._look_at_title, self._look_at_detail = tasks, title, detail
        self._agenda.show([*self._begun_and_to_do, *tasks])
        self.changed.emit()

    @Property(str, notify=changed)
    def noticedTitle(self) -> str:
        return self._look_at_title if self._look_at_detail else ""

    @Property(str, notify=changed)
    def noticedDetail(self) -> str:
        return self._look_at_detail

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

    @Property(int, notify=changed)
    def wanted(self) -> int:
        return self._wanted

    @Property(int, notify=changed)
    def counts(self) -> int:
        return self._counts

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
class StartsPage(QObject):
    """What can be received, or moved, to begin by touch."""

    changed = Signal()

    def __init__(self, choose: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self.heard = Band(self)
        self._rows = Rows(Task, self)
        self._section = "receive"

    @property
    def section(self) -> str:
        """receive or move."""
        return self._section

    def show(self, section: str, tasks: list[Task]) -> None:
        """What can be opened or begun there, begun ones first."""
        self._section = section
        self._rows.show(tasks)
        self.changed.emit()

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    @Property(QObject, notify=changed)
    def rows(self) -> QObject:
        return self._rows

    @Property(str, notify=changed)
    def question(self) -> str:
        return pages.STARTS[self._section][0]

    @Property(str, notify=changed)
    def hint(self) -> str:
        return pages.STARTS[self._section][1]

    @Slot(str)
    def open(self, key: str) -> None:
        """A row was pressed."""
        self._choose(key)
