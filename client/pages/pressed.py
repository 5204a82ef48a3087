"""What a key event of Qt may mean, had a scanner sent it."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from client.barcode.element_string import GS
from client.barcode.keyboards import Code, Key, position_of, typed
from client.pages.accents import DEAD_KEYS

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
# The keypad where NumLock is off.
_KEYPAD_DIGITS: Final[dict[int, str]] = {
    Qt.Key.Key_Insert: "0", Qt.Key.Key_End: "1", Qt.Key.Key_Down: "2", Qt.Key.Key_PageDown: "3", Qt.Key.Key_Left: "4",
    Qt.Key.Key_Clear: "5", Qt.Key.Key_Right: "6", Qt.Key.Key_Home: "7", Qt.Key.Key_Up: "8", Qt.Key.Key_PageUp: "9",
}  # fmt: skip
# EOT, FS, RS, US stand inside ISO 15434 symbols; Ctrl+M, J and I are how some scanners press Enter and Tab. As the
# first key they are a person's shortcut.
_SYMBOL_CONTROLS: Final = frozenset("\x04\x1c\x1e\x1f\r\n\t")
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_META: Final = Qt.KeyboardModifier.MetaModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_GROUP: Final = Qt.KeyboardModifier.GroupSwitchModifier
_X11_ALTGR: Final = 0x80  # Mod5 in the native modifiers
_HEX_ENDS: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_HEX: Final = frozenset("0123456789abcdefABCDEF")


class Pressed:
    """One keyboard's events as keys. It remembers whether a character is being typed by its number."""

    def __init__(self, platform: str, site_controls: frozenset[str]) -> None:
        self._platform = platform
        self._site_controls = site_controls
        self._in_hex = False
        self._coded = ""  # what the last number came to: Windows types it a second time

    def meant(self, event: QKeyEvent, *, pending: bool) -> Key | None:
        """The key a scanner may mean, None for keys and shortcuts no scanner sends."""
        code = self._code_of(event)
        if code:
            return Key(self._digit(event), code=code)
        modifiers, text = event.modifiers(), event.text()
        altgr = self._has_altgr(event)
        control, alt = bool(modifiers & _CONTROL) and not altgr, bool(modifiers & _ALT) and not altgr
        position = position_of(self._platform, event.nativeScanCode(), event.nativeVirtualKey())
        if self.ends_code(event):
            return Key("", position)
        if event.key() in _TERMINATOR_KEYS:
            return None if control or alt else Key(_TERMINATOR_KEYS[event.key()], position)
        key = Key(text, position, bool(modifiers & _SHIFT), altgr, control)
        if text == GS or control:
            return self._control(key, event, pending=pending) if not alt else None
        if event.key() in DEAD_KEYS or (event.key() in _KEYPAD_DIGITS and modifiers & _KEYPAD and not alt):
            return Key("", position, bool(modifiers & _SHIFT), altgr)
        if text in self._site_controls or (text in _SYMBOL_CONTROLS and pending):
            return key
        return key if text and text.isprintable() and not alt and not modifiers & _META else None

    def _control(self, key: Key, event: QKeyEvent, *, pending: bool) -> Key | None:
        character = GS if event.key() == Qt.Key.Key_BracketRight else typed([key])
        if character == GS or character in self._site_controls or (character in _SYMBOL_CONTROLS and pending):
            return Key(character, key.position, control=True)
        return None

    def _has_altgr(self, event: QKeyEvent) -> bool:
        """AltGr types characters on many layouts; Windows has it as Control and Alt together."""
        modifiers = event.modifiers()
        if modifiers & _CONTROL and modifiers & _ALT:
            return True
        return bool(modifiers & _GROUP) or (self._platform == "xcb" and bool(event.nativeModifiers() & _X11_ALTGR))

    def _code_of(self, event: QKeyEvent) -> Code:
        """Whether the key is a digit of a character typed by its number (facts/scanning 4.1), or begins one."""
        modifiers = event.modifiers()
        if modifiers & _ALT and not modifiers & _CONTROL and modifiers & _KEYPAD and self._digit(event):
            return "alt"
        begins = event.key() == Qt.Key.Key_U and modifiers & _CONTROL and modifiers & _SHIFT
        return "hex" if begins or (self._in_hex and self._digit(event)) else ""

    def _digit(self, event: QKeyEvent) -> str:
        if event.key() in _KEYPAD_DIGITS and event.modifiers() & _KEYPAD:
            return _KEYPAD_DIGITS[event.key()]
        character = chr(event.key()) if event.key() < 0x80 else ""  # noqa: PLR2004 - the text may be a control
        found = event.text() if event.text() in _HEX else character
        return found if (found in _HEX if self._in_hex else found.isdecimal()) else ""

    @staticmethod
    def is_modifier(event: QKeyEvent) -> bool:
        return event.key() in _MODIFIER_KEYS

    def taken(self, key: Key) -> None:
        """The burst has that key."""
        self._in_hex = key.code == "hex"
        self._coded = ""

    def ends_code(self, event: QKeyEvent) -> bool:
        """A space or Enter behind Ctrl+Shift+U and digits is the end of the number, no character."""
        return self._in_hex and event.key() in _HEX_ENDS

    def code_let_go(self, event: QKeyEvent) -> bool:
        """The key that was held over the digits went up."""
        return event.type() == QEvent.Type.KeyRelease and (
            event.key() == Qt.Key.Key_Alt or (self._in_hex and event.key() in {Qt.Key.Key_Control, Qt.Key.Key_Shift})
        )

    def code_over(self, text: str) -> None:
        """That is what the number came to, "" where there was none."""
        self._in_hex, self._coded = False, text or self._coded

    def repeats_code(self, event: QKeyEvent) -> bool:
        """Windows itself makes a character of Alt and digits, and sends it as a key that stands on no keyboard."""
        mine = bool(self._coded) and event.text() == self._coded and not event.nativeScanCode()
        if mine:
            self._coded = ""
        return mine

    def burst_over(self) -> None:
        self._in_hex, self._coded = False, ""
