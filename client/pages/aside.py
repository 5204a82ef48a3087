"""One thing at a time beside the window's thread: done there, and what came of it told here."""

from collections.abc import Callable
from threading import Thread
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from sync.errors import WardstockError

T = TypeVar("T")

_PATIENCE: Final = 2.0


class Aside(QObject):
    """`do` one thing; what runs before it ends first, in its own thread, and what that brings is forgotten."""

    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mark = object()
        self._thread: Thread | None = None
        self._ended.connect(self._on_end, Qt.ConnectionType.QueuedConnection)

    def do(
        self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[WardstockError], None], name: str
    ) -> None:
        """`work` in a thread of its own, then `then` or `failed` in this one. A bug in it is raised here."""
        mark = self._mark = object()
        thread = Thread(target=self._run, args=(mark, self._thread, work, then, failed), name=name, daemon=True)
        self._thread = thread
        thread.start()

    def forget(self) -> None:
        """Whatever runs: nobody waits for it any more."""
        self._mark = object()

    def end(self) -> bool:
        """Wait for what runs, which was cut before; False where it does not end within two seconds."""
        self.forget()
        if self._thread:
            self._thread.join(_PATIENCE)
        return self._thread is None or not self._thread.is_alive()

    def _run(
        self,
        mark: object,
        before: Thread | None,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[WardstockError], None],
    ) -> None:
        if before:
            before.join()
        if mark is not self._mark:
            return
        try:
            came = work()
        except WardstockError as error:
            trouble = error
            self._ended.emit(mark, lambda: failed(trouble))
        except Exception as error:  # noqa: BLE001 - it is raised in the window's thread, where bugs are heard
            bug = error
            self._ended.emit(mark, lambda: _raise(bug))
        else:
            self._ended.emit(mark, lambda: then(came))

    @Slot(object, object)
    def _on_end(self, mark: object, told: Callable[[], None]) -> None:
        if mark is self._mark:
            told()


def _raise(bug: Exception) -> None:
    raise bug
