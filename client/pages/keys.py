"""The keyboard scanner: every key press of the window passes here before any page sees it (facts/platform 2)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from shiboken6 import isValid

from client.barcode.burst import TERMINATORS, Burst, Heard, Typed, WedgeRules
from client.barcode.burst import Scan as ScannedText
from client.barcode.element_string import GS
from client.barcode.label import RawScan

_KEY_EVENTS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_MODIFIER_KEYS: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)
_TERMINATOR_KEYS: Final[dict[int, str]] = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}
# EOT, FS, RS, US stand inside ISO 15434 symbols; as the first key they are a person's shortcut.
_SYMBOL_CONTROLS: Final = frozenset("\x04\x1c\x1e\x1f")
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_META: Final = Qt.KeyboardModifier.MetaModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
# The timer came this much later than asked for: the app was busy, and keys may still wait behind it.
_LATE: Final = 0.03


class Keys(QObject):
    """Tells scans from typing. `scanned` carries a RawScan; what was typed reaches its window a moment later.

    A scan's keys reach nobody else: a space clicks no button, an Enter presses none, Ctrl+] is no shortcut.
    """

    scanned = Signal(object)

    def __init__(self, window: QWindow, device: str, rules: WedgeRules | None = None) -> None:
        super().__init__()
        self._device = device
        self._rules = rules or WedgeRules()
        self._burst = Burst[QKeyEvent](self._rules)
        self._window: QWindow | None = None
        self._giving_back = False
        self._swallowed: set[int] = set()  # keys whose press went into a burst and whose release is still to come
        self._silence = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._silence.setInterval(round(self._rules.silence * 1000))
        self._silence.timeout.connect(self._on_silence)
        self._silence_due = 0.0
        self._site_controls = frozenset(self._rules.prefix + self._rules.suffix)
        # On the window, never on the application: there Qt would show us every event of every QML item, and making
        # a Python object for such an item writes past its end (PySide 6.11, docs/decisions/040-window-filter.md).
        window.installEventFilter(self)
        self._watched = window  # and its own Python object stays the one there is

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True for a key that is held back."""
        kind = event.type()
        if kind not in _KEY_EVENTS or self._giving_back or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWindow) or not watched.isActive():
            return False
        if kind == QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        if kind == QEvent.Type.KeyRelease:
            return self._released(event)
        return self._claims(event)

    def _claims(self, event: QKeyEvent) -> bool:
        """A key we hold back must not fire a shortcut first."""
        text = self._scanner_text(event)
        if text in TERMINATORS and not self._burst.pending:
            return False
        if text:
            event.accept()
        return bool(text)

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIER_KEYS:
            return False  # scanners send Shift and Control beside their characters
        text = self._scanner_text(event)
        if window is not self._window or not text:
            self._hear(self._burst.silence())
            self._window = window
        if not text:
            return False
        held = _copy(event)
        heard = self._burst.press(text, _time_of(event), held, alt=_is_alt_code(event))
        self._await_silence()
        if heard and heard[-1] == Typed((held,)):  # an Enter or Tab of its own: let it pass as it came
            self._hear(heard[:-1])
            return False
        self._swallowed.add(event.key())
        self._hear(heard)
        return True

    def _scanner_text(self, event: QKeyEvent) -> str:
        """The character a scanner may mean by this key, "" for keys and shortcuts no scanner sends."""
        modifiers, text = event.modifiers(), event.text()
        control, alt = bool(modifiers & _CONTROL), bool(modifiers & _ALT)
        if text == GS or (control and event.key() == Qt.Key.Key_BracketRight):
            return GS
        if event.key() in _TERMINATOR_KEYS:
            return "" if control or alt else _TERMINATOR_KEYS[event.key()]
        if _is_alt_code(event) or text in self._site_controls or (text in _SYMBOL_CONTROLS and self._burst.pending):
            return text
        # Control and Alt together are AltGr, which types characters on many layouts.
        return text if text.isprintable() and control == alt and not modifiers & _META else ""

    def _released(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Alt:
            self._burst.alt_up()
        if event.key() not in self._swallowed:
            return False
        self._swallowed.discard(event.key())
        self._burst.keep(_copy(event))
        return True

    def _await_silence(self) -> None:
        if self._burst.pending:
            self._silence_due = monotonic() + self._rules.silence
            self._silence.start()
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
            elif isinstance(one, ScannedText):
                now = datetime.now(UTC)
                self.scanned.emit(RawScan.received(one.text, source="wedge", device=self._device, scanned_at=now))

    def _give_back(self, held: tuple[QKeyEvent, ...]) -> None:
        window = self._window
        if window is None or not isValid(window):
            return
        self._giving_back = True
        try:
            for event in held:
                self._swallowed.discard(event.key())
                QCoreApplication.sendEvent(window, event)
        finally:
            self._giving_back = False


def _is_alt_code(event: QKeyEvent) -> bool:
    modifiers = event.modifiers()
    return bool(modifiers & _ALT) and bool(modifiers & _KEYPAD) and event.text().isdecimal() and event.text().isascii()


def _time_of(event: QKeyEvent) -> float:
    """When the key was pressed, in seconds: the platform's time where it says one, for the app may have been busy."""
    return event.timestamp() / 1000 or monotonic()


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
