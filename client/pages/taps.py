"""A double tap acts once: what a finger meant for one button is not given to the next one in its place."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QMouseEvent, QTouchEvent, QWindow

AGAIN: Final = 400
"""Milliseconds from one press to the next within which they are one double tap."""
NEAR: Final = 40
"""Pixels: a glove does not land twice on the same one."""

_BEGINS: Final = {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}
_FOLLOWS: Final = {QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseMove, QEvent.Type.TouchUpdate}
_ENDS: Final = {QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}


class Taps(QObject):
    """On one window. Two presses without an answer in between are two: so digits are typed twice."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at, self._where = 0, QPointF()
        self._answered = self._swallows = False

    def watch(self, window: QWindow) -> None:
        """Listen to all that is pressed there."""
        window.installEventFilter(self)
        self._window = window  # its own Python object stays the one there is (docs/decisions/040-window-filter.md)

    def answered(self) -> None:
        """The last press was acted on, and something else may stand there now."""
        self._answered = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Swallow the second press of a double tap, with all that belongs to it."""
        if not isinstance(event, QMouseEvent | QTouchEvent):
            return False
        if event.type() in _BEGINS:
            return self._begins(event)
        swallowed = self._swallows and event.type() in _FOLLOWS | _ENDS
        if event.type() in _ENDS:
            self._swallows = False
        return swallowed

    def _begins(self, event: QMouseEvent | QTouchEvent) -> bool:
        where, at = event.points()[0].position(), int(event.timestamp())
        near = (where - self._where).manhattanLength() < NEAR
        self._swallows = self._answered and bool(at) and at - self._at < AGAIN and near
        if not self._swallows:
            self._at, self._where, self._answered = at, where, False
        return self._swallows
