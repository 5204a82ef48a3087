"""The keyboard scanner: every key press of the window passes here before any page sees it (facts/platform 2)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtCore import Qt as _Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from client.barcode.burst import TERMINATORS, Burst, Heard, Scan, Typed
from client.barcode.keyboards import Key
from client.barcode.label import RawScan
from client.barcode.scanner import Scanner
from client.pages.accents import DEAD_KEYS, composed
from client.pages.pressed import Pressed

_KEY_EVENTS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
# The timer came this much later than asked for: the app was busy, and keys may still wait behind it.
_LATE: Final = 0.03


class Keys(QObject):
    """Tells scans from typing. `scanned` carries a RawScan; what was typed reaches its window a moment later.

    A scan's keys reach nobody else: a space clicks no button, an Enter presses none, Ctrl+] is no shortcut. `arrived`
    carries each Scan or Doubled with how it came, for who tests a scanner. `coming`: a key that may be part of a scan.
    """

    coming = Signal()
    scanned = Signal(object)
    arrived = Signal(object)

    def __init__(self, window: QWindow, device: str, scanner: Scanner | None = None) -> None:
        super().__init__()
        self._device = device
        self._window: QWindow | None = None
        self._giving_back = False
        self._swallowed: set[int] = set()  # keys whose press went into a burst and whose release is still to come
        self._dead: QKeyEvent | None = None  # a dead key that was given back and waits for its letter
        self._silence = QTimer(self, singleShot=True, timerType=_Qt.TimerType.PreciseTimer)
        self._silence.timeout.connect(self._on_silence)
        self._silence_due = 0.0
        self._platform = QGuiApplication.platformName()
        self._burst = Burst[QKeyEvent](scanner or Scanner())
        self._pressed_key = Pressed(self._platform, frozenset())
        self.listen_to(scanner or Scanner())
        # On the window, never on the application: there Qt would show us every event of every QML item, and making
        # a Python object for such an item writes past its end (PySide 6.11, docs/decisions/040-window-filter.md).
        window.installEventFilter(self)
        self._watched = window  # and its own Python object stays the one there is

    def listen_to(self, scanner: Scanner) -> None:
        """From now on the scanner is known to type so. What was pending is given back."""
        self._hear(self._burst.silence())
        self._burst.use(scanner)
        self._pressed_key = Pressed(self._platform, frozenset(scanner.prefix + scanner.suffix))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True for a key that is held back."""
        kind = event.type()
        if kind not in _KEY_EVENTS or self._giving_back or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWindow):
            return False
        if not watched.isActive() and QGuiApplication.focusWindow() is not None:
            return False  # another of ours has the keyboard; where none has it, keys come to the one under the pointer
        if kind == QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        if kind == QEvent.Type.KeyRelease:
            return self._released(event)
        return self._claims(event)

    def _claims(self, event: QKeyEvent) -> bool:
        """A key we hold back must not fire a shortcut first."""
        key = self._pressed_key.meant(event, pending=self._burst.pending)
        if key is None or (key.text in TERMINATORS and not self._burst.pending):
            return False
        event.accept()
        return True

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        if self._pressed_key.is_modifier(event):
            return False  # scanners send Shift and Control beside their characters
        if self._pressed_key.repeats_code(event):
            return self._burst.keep(_copy(event))
        key = self._pressed_key.meant(event, pending=self._burst.pending)
        if window is not self._window or key is None:
            self._hear(self._burst.silence())
            self._window = window
        if key is None:
            self._dead = None
            return False
        if self._pressed_key.ends_code(event):
            self._code_up()
            return self._hold(event)
        return self._take(key, event)

    def _take(self, key: Key, event: QKeyEvent) -> bool:
        held = _copy(event)
        heard = self._burst.press(key, _time_of(event), held)
        self._pressed_key.taken(key)
        self._await_silence()
        if heard and heard[-1] == Typed((held,)) and key.text in TERMINATORS:  # let it pass as it came
            self._hear(heard[:-1])
            self._dead = None
            return False
        self._swallowed.add(event.key())
        self._hear(heard)
        return True

    def _hold(self, event: QKeyEvent) -> bool:
        self._swallowed.add(event.key())
        return self._burst.keep(_copy(event))

    def _released(self, event: QKeyEvent) -> bool:
        if self._pressed_key.code_let_go(event):
            self._code_up()
        if event.key() not in self._swallowed:
            return False
        self._swallowed.discard(event.key())
        self._burst.keep(_copy(event))
        return True

    def _code_up(self) -> None:
        self._pressed_key.code_over(self._burst.code_up())

    def _await_silence(self) -> None:
        if self._burst.pending:
            self.coming.emit()
            patience = self._burst.patience
            self._silence_due = monotonic() + patience
            self._silence.start(round(patience * 1000))
        else:
            self._silence.stop()

    def _on_silence(self) -> None:
        if monotonic() > self._silence_due + _LATE:
            self._await_silence()
        else:
            self._hear(self._burst.silence())

    def _hear(self, heard: Iterable[Heard[QKeyEvent]]) -> None:
        for one in heard:
            if isinstance(one, Typed):
                self._give_back(one.held)
                continue
            self.arrived.emit(one)
            if isinstance(one, Scan):
                now = datetime.now(UTC)
                self.scanned.emit(RawScan.received(one.text, source="wedge", device=self._device, scanned_at=now))
        if not self._burst.pending:
            self._pressed_key.burst_over()

    def _give_back(self, held: tuple[QKeyEvent, ...]) -> None:
        window = self._window
        if window is None or not isValid(window):
            return
        self._giving_back = True
        try:
            for event in held:
                self._swallowed.discard(event.key())
                for one in self._with_its_accent(event):
                    QCoreApplication.sendEvent(window, one)
        finally:
            self._giving_back = False

    def _with_its_accent(self, event: QKeyEvent) -> tuple[QKeyEvent, ...]:
        """The event; a letter behind a dead key as one accented letter, or two where there is none such.

        On X11 alone: there the app does without the input method that would compose before we see a key
        (docs/decisions/042-dead-keys.md). Elsewhere the platform has composed already.
        """
        if self._platform != "xcb" or event.type() != QEvent.Type.KeyPress:
            return (event,)
        if event.key() in DEAD_KEYS:
            before, self._dead = self._dead, event
            return (_with_text(before, DEAD_KEYS[before.key()]),) if before else ()
        if self._dead is None or not event.text():
            return (event,)
        dead, self._dead = self._dead, None
        return tuple(_with_text(event, letter) for letter in composed(dead.key(), event.text()))


def _time_of(event: QKeyEvent) -> float:
    """When the key was pressed, in seconds: the platform's time where it says one, for the app may have been busy."""
    return event.timestamp() / 1000 or monotonic()


def _copy(event: QKeyEvent) -> QKeyEvent:
    return _with_text(event, event.text())


def _with_text(event: QKeyEvent, text: str) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        text,
        event.isAutoRepeat(),
        event.count(),
    )
