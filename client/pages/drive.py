"""A hand on the real window, for the demo, tests and measures: a scanner's keystrokes, and pictures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtQuick import QQuickWindow

GS = "\x1d"
_KEYS = {GS: Qt.Key.Key_BracketRight, "\r": Qt.Key.Key_Return}
_NO_MODIFIER, _NO_BUTTON = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
_PACE = 2
"""Milliseconds from key to key of a scanner."""


_PAUSE = 300
"""Milliseconds between two scans, and two keys of a person: sooner it would be a doubled trigger, or a scanner."""


def _now() -> int:
    # One clock for all keys, as a platform has: a busy machine is not a slow hand.
    return round(monotonic() * 1000)


@dataclass
class Hand:
    """One person's scanner and keyboard at a window, and what they did. The keys say a time of their own: a hand that
    never waits is still no doubled trigger (design 13.6)."""

    window: QQuickWindow
    scans: int = 0
    keys: int = 0
    taps: int = 0
    _at: int = field(default_factory=_now)

    @property
    def spent(self) -> tuple[int, int, int]:
        """Scans, keys, taps so far."""
        return self.scans, self.keys, self.taps

    def scan(self, text: str) -> None:
        """As `type_scan`."""
        self.scans += 1
        self._at += _PAUSE
        self._at = _scanned(self.window, text, self._at)

    def write(self, text: str) -> None:
        """Letters and digits of a person, and Enter: the answer is given when this returns."""
        for letter in text:
            self.key(_KEYS.get(letter) or Qt.Key(ord(letter.upper())), letter)
        self.key(Qt.Key.Key_Return, "\r")

    def key(self, key: Qt.Key, text: str = "") -> None:
        """One key; `text` is what it writes. A letter reaches its field with the next key, or a moment later."""
        self.keys += 1
        self._at += _PAUSE
        _press(self.window, key, text, self._at)

    def tap(self, x: float, y: float) -> None:
        """A finger there."""
        self.taps += 1
        at, left = QPointF(x, y), Qt.MouseButton.LeftButton
        for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, _NO_BUTTON)):
            QCoreApplication.sendEvent(self.window, QMouseEvent(kind, at, at, left, held, _NO_MODIFIER))

    def roll(self, x: float, y: float, down: int) -> None:
        """A finger moves the list there by so many pixels; what is below comes up."""
        at, by = QPointF(x, y), QPoint(0, -down)
        no_phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, at, by, by, _NO_BUTTON, _NO_MODIFIER, no_phase, False)
        QCoreApplication.sendEvent(self.window, event)


def type_scan(window: QQuickWindow, text: str) -> None:
    """What a keyboard scanner sends: each character, a separator as Ctrl+], Enter. Answered when this returns."""
    _scanned(window, text, _now())


def _scanned(window: QQuickWindow, text: str, at: int) -> int:
    for letter in f"{text}\r":
        key = _KEYS.get(letter) or Qt.Key(ord(letter.upper()))
        _press(window, key, letter, at)
        at += _PACE
    return at


def type_key(window: QQuickWindow, key: Qt.Key, text: str = "") -> None:
    """One key of a person at a keyboard; `text` is what it writes."""
    _press(window, key, text, _now())


def _press(window: QQuickWindow, key: Qt.Key, text: str, at: int) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier if text == GS else _NO_MODIFIER
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
