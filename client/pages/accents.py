"""A dead key and the letter behind it: `^` and `e` are `ê`."""

import unicodedata
from typing import Final

from PySide6.QtCore import Qt

from client.barcode.keyboards import SPACING

_JOINING: Final[dict[int, str]] = {
    Qt.Key.Key_Dead_Grave: "\u0300",
    Qt.Key.Key_Dead_Acute: "\u0301",
    Qt.Key.Key_Dead_Circumflex: "\u0302",
    Qt.Key.Key_Dead_Tilde: "\u0303",
    Qt.Key.Key_Dead_Macron: "\u0304",
    Qt.Key.Key_Dead_Breve: "\u0306",
    Qt.Key.Key_Dead_Abovedot: "\u0307",
    Qt.Key.Key_Dead_Diaeresis: "\u0308",
    Qt.Key.Key_Dead_Abovering: "\u030a",
    Qt.Key.Key_Dead_Doubleacute: "\u030b",
    Qt.Key.Key_Dead_Caron: "\u030c",
    Qt.Key.Key_Dead_Cedilla: "\u0327",
    Qt.Key.Key_Dead_Ogonek: "\u0328",
}
_ALONE: Final = {**SPACING, "\u0304": "¯", "\u0306": "˘", "\u0307": "˙", "\u030b": "˝", "\u0328": "˛"}

DEAD_KEYS: Final = {key: _ALONE[joining] for key, joining in _JOINING.items()}
"""Each with the accent it writes alone."""


def composed(dead: int, text: str) -> tuple[str, ...]:
    """The letter with that dead key's accent; the accent alone behind a space; both where no such letter exists."""
    if text == " ":
        return (DEAD_KEYS[dead],)
    joined = unicodedata.normalize("NFC", text + _JOINING[dead])
    return (joined,) if len(joined) == len(text) else (DEAD_KEYS[dead], text)
