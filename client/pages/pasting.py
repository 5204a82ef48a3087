"""Pictures that were copied somewhere else, and the Ctrl+V that means them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, QUrl
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow

from client.pages.pictures import bytes_of


def copied() -> Sequence[QUrl] | bytes:
    """The files, or the picture; no files where there is neither."""
    board = QGuiApplication.clipboard()
    if _has_files(board.mimeData()):
        return board.mimeData().urls()
    return bytes_of(board.image()) if board.mimeData().hasImage() else ()


class Pasting(QObject):
    """A picture is pasted wherever the focus is: a text field would take Ctrl+V, and write its file's name."""

    def __init__(self, window: QWindow, paste: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._paste = paste
        window.installEventFilter(self)
        self._window = window  # its own Python object stays the one there is (docs/decisions/040-window-filter.md)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """True for the Ctrl+V that pasted a picture."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        here = QGuiApplication.clipboard().mimeData()
        if not event.matches(QKeySequence.StandardKey.Paste) or not (here.hasImage() or _has_files(here)):
            return False
        self._paste()
        return True


def _has_files(here: QMimeData) -> bool:
    return here.hasUrls() and any(url.isLocalFile() for url in here.urls())
