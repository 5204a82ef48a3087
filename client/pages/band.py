"""The answer to the last scan, as the band shows it. It stays until the next."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from client import messages
from client.work.answer import READY, Said, Tone

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Band(QObject):
    """Colour, title and second line of what was said. `times` counts the same answer running."""

    changed = Signal()
    repeated = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said = READY
        self._times = 1

    def show(self, said: Said) -> None:
        """Say this from now on."""
        again = said.code == self._said.code and said.row == self._said.row and said.tone != "idle"
        self._times = self._times + 1 if again else 1
        self._said = said
        self.changed.emit()
        self.repeated.emit()

    @property
    def how(self) -> Tone:
        """Which of the four answers the last one was."""
        return self._said.tone

    @Property(str, notify=changed)
    def tone(self) -> str:
        return str(self._said.tone)

    @Property(str, notify=changed)
    def title(self) -> str:
        return messages.title(self._said)

    @Property(str, notify=changed)
    def detail(self) -> str:
        return messages.detail(self._said)

    @Property(int, notify=repeated)
    def times(self) -> int:
        return self._times
