"""Who works here: a badge, or a name and its PIN. Also what stands on the screen while it is locked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.ask import Ask
from client.pages.band import Band
from client.pages.rows import Rows
from client.words import rights, window
from client.work.answer import Command
from client.work.site.people import Person

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may take the desk. `here`: they have it."""

    key: str
    name: str
    role: str
    here: bool


@QmlElement
class PeoplePage(QObject):
    """`take` is told a name and a PIN; a badge needs neither, it is scanned.

    `locking`: who works here goes away. `changing`: somebody is to be entered or changed.
    """

    changed = Signal()
    locking = Signal()
    changing = Signal()

    def __init__(self, take: Callable[[str, str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self.heard = Band(self)
        self._ask = Ask(self._typed, self)
        self._ask.changed.connect(self.changed)
        self._people = Rows(Colleague, self)
        self._wanted = ""
        self._locked = False

    @property
    def is_locked(self) -> bool:
        """Only a badge or a PIN is heard."""
        return self._locked

    def show(self, people: Sequence[Person], here: str, *, locked: bool) -> None:
        """Everybody who works at this device."""
        self._wanted, self._locked = "", locked
        self._people.show([Colleague(one.name, one.name, rights.role(one.role), one.name == here) for one in people])
        self._ask.show(None)
        self.changed.emit()

    def open(self) -> None:
        """Somebody has shown who they are."""
        self._locked = False
        self._ask.show(None)
        self.changed.emit()

    def _typed(self, command: Command) -> None:
        if command.name == "pin":
            self._take(self._wanted, command.value)
            if self._ask.asking:
                self._ask.ask_pin(self._wanted)  # it was not theirs: the next try begins anew

    @Slot(str)
    def choose(self, name: str) -> None:
        """A name was pressed: their PIN is asked for."""
        self._wanted = name
        self._ask.ask_pin(name)

    @Slot()
    def act(self) -> None:
        """The PIN is typed."""
        self._ask.enter()

    def back(self) -> bool:
        """From a PIN to the names."""
        was = self._ask.asking
        if was:
            self.undo()
        return was

    @Slot()
    def undo(self) -> None:
        """Another name."""
        self._ask.show(None)
        self.changed.emit()

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    @Property(Ask, notify=changed)
    def ask(self) -> Ask:
        return self._ask

    @Property(QObject, notify=changed)
    def people(self) -> QObject:
        return self._people

    @Property(bool, notify=changed)
    def alone(self) -> bool:
        """Nobody was entered yet."""
        return self._people.rowCount() == 0

    @Property(bool, notify=changed)
    def locked(self) -> bool:
        return self._locked

    @Property(str, notify=changed)
    def question(self) -> str:
        return self._ask.words()[0] if self._ask.asking else window.whose_desk(locked=self._locked)[0]

    @Property(str, notify=changed)
    def hint(self) -> str:
        return window.pin_hint() if self._ask.asking else window.whose_desk(locked=self._locked)[1]

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return self._ask.typed.filled()

    @Property(str, notify=changed)
    def mainText(self) -> str:
        return window.take_the_desk(self._wanted)
