"""A hand on the real window, for the demo, tests and measures: a scanner's keystrokes, and pictures."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickWindow

GS = "\x1d"
_KEYS = {GS: Qt.Key.Key_BracketRight, "\r": Qt.Key.Key_Return}
_PACE = 2
"""Milliseconds from key to key."""


def type_scan(window: QQuickWindow, text: str) -> None:
    """What a keyboard scanner sends: each character, a separator as Ctrl+], Enter. Answered when this returns."""
    began = _now()
    for nth, letter in enumerate(f"{text}\r"):
        key = _KEYS.get(letter) or Qt.Key(ord(letter.upper()))
        _press(window, key, letter, began + _PACE * nth)


def type_key(window: QQuickWindow, key: Qt.Key, text: str = "") -> None:
    """One key of a person at a keyboard; `text` is what it writes."""
    _press(window, key, text, _now())


def _now() -> int:
    # One clock for all keys, as a platform has: a busy machine is not a slow hand.
    return round(monotonic() * 1000)


def _press(window: QQuickWindow, key: Qt.Key, text: str, at: int) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier if text == GS else Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, modifiers, text)
        event.setTimestamp(at)
        QCoreApplication.sendEvent(window, event)


def settle(milliseconds: int = 30) -> None:
    """Let the event loop run: layout, timers, reports of other threads."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(true: Callable[[], bool], seconds: float) -> bool:
    """Run the event loop until it is true, or give up."""
    until = monotonic() + seconds
    while not true():
        if monotonic() > until:
            return False
        settle()
    return True


def picture(window: QQuickWindow, size: tuple[int, int], path: Path) -> Path:
    """The window at that size, as a PNG."""
    window.resize(*size)
    settle(80)
    if not window.grabWindow().save(str(path)):
        raise OSError(f"{path} could not be written")
    return path
