"""Still pictures, read one after the other in a thread of their own."""

from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal, Slot

from client.pages.eyes import Eyes, Known, Still


class Stills(QObject):
    """`read` brings what a picture has, once the next is being looked at."""

    read = Signal(object)
    _looked = Signal(object)

    def __init__(self, eyes: Eyes, known: Known, parent: QObject) -> None:
        super().__init__(parent)
        self._eyes, self._known = eyes, known
        self._waiting: list[tuple[Path | bytes, str]] = []
        self._thread: Thread | None = None
        self._looked.connect(self._on_still, Qt.ConnectionType.QueuedConnection)

    def add(self, source: Path | bytes, name: str) -> None:
        """Read that too."""
        self._waiting.append((source, name))
        if self._thread is None:
            self._look_on()

    @property
    def reading(self) -> bool:
        """A picture is looked at."""
        return bool(self._waiting)

    @property
    def name(self) -> str:
        """Of the picture that is looked at; empty where it has none."""
        return self._waiting[0][1] if self._waiting else ""

    def end(self) -> None:
        """Wait until no thread has a picture."""
        if self._thread:
            self._thread.join()

    def _look_on(self) -> None:
        source, _ = self._waiting[0]
        self._thread = Thread(target=self._look, args=(source,), name="still")
        self._thread.start()

    def _look(self, source: Path | bytes) -> None:
        self._looked.emit(self._eyes.still(source, self._known))

    @Slot(object)
    def _on_still(self, still: Still) -> None:
        if self._thread:
            self._thread.join()
        self._thread = None
        del self._waiting[0]
        if self._waiting:
            self._look_on()
        self.read.emit(still)
