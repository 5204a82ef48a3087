"""Which characters a scanner meant by the keys it pressed, whatever keyboard the computer takes it for. Pure.

A scanner set to a US keyboard on a computer set to another: `]d201` arrives as `$déà&`. The keys themselves are right,
so where the platform tells them they are read again as on a US keyboard (facts/scanning 4.3), but only on evidence.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from client.barcode.aim import split_aim
from client.barcode.checks import ALPHABETS, check_digit_is_right
from client.barcode.element_string import GS
from client.barcode.layouts import LAYOUTS, POSITIONS

Code = Literal["", "alt", "hex"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key as it was pressed. `text` is what it types here, "" for a dead key or where the platform said nothing.

    `position` is its scan code of set 1, None where the platform does not tell. A `code` key is a digit of a character
    typed by its number: Alt and digits of the keypad, or Ctrl+Shift+U and digits.
    """

    text: str
    position: int | None = None
    shift: bool = False
    altgr: bool = False
    control: bool = False
    code: Code = ""


@dataclass(frozen=True, slots=True)
class Spelled:
    """What was meant. `crossed`: the symbol itself proves that the keyboards differ (True) or do not (False)."""

    text: str
    crossed: bool | None = None


def spelled(keys: Sequence[Key], *, layout: str = "", prefix: str = "", crossed: bool = False) -> Spelled:
    """The characters of a scan. `layout` is the computer's, where the scanner's record knows that they differ.

    Otherwise the text as typed stands, unless only that of a US keyboard makes sense, or with an AIM id of one other;
    with `crossed`, an earlier scan was proved to be such, and what proves nothing is taken for one too.
    """
    as_typed, as_us = typed(keys), on(keys, "us")
    if layout:
        return Spelled(undone(keys, layout) if as_us is None else as_us)
    of_typed, of_us = speaks_for_itself(as_typed, prefix), as_us is not None and speaks_for_itself(as_us, prefix)
    if as_us is not None and of_us and (not of_typed or _is_odder(as_typed, as_us, keys)):
        return Spelled(as_us, crossed=True)
    if of_typed:
        # Both make sense where digits lie alike and letters do not: then only an earlier scan can tell.
        return Spelled(as_us if as_us and of_us and crossed else as_typed, crossed=None if of_us else False)
    found = {text for text in _elsewhere(keys) if speaks_for_itself(text)}
    if len(found) == 1:
        return Spelled(found.pop(), crossed=True)
    return Spelled(as_us if as_us is not None and (crossed or _is_lame(as_typed, as_us, keys)) else as_typed)


def _elsewhere(keys: Sequence[Key]) -> Iterator[str]:
    """With an AIM id: on a computer that tells no keys what a US scanner sent, on one that does another country's.

    Keyboards that differ in "y" and "z" alone explain the same text: what only some of them make of it is no answer.
    """
    for layout in _OTHERS:
        read = undone if on(keys[:1], layout) is None else _on
        if read(keys[:1], layout).startswith("]"):
            yield read(keys, layout)


def typed(keys: Sequence[Key]) -> str:
    """The characters as this computer has them."""
    return "".join(_control(key) if key.control else key.text for key in keys)


def on(keys: Sequence[Key], layout: str) -> str | None:
    """The characters on that keyboard; None where the platform did not tell which keys were pressed."""
    return None if all(key.position is None for key in keys) else _on(keys, layout)


def _on(keys: Sequence[Key], layout: str) -> str:
    return "".join(_control(key) if key.control else _at(key, layout) for key in keys)


def undone(keys: Sequence[Key], layout: str) -> str:
    """From the characters alone: what a US keyboard has where this layout has them."""
    table = _UNDO.get(layout, {})
    return "".join(_control(key) if key.control else _undone(key.text, table) for key in keys)


def types(keys: Sequence[Key], layout: str) -> bool:
    """Whether a computer set to that layout types what was typed. Dead keys, which type nothing, say nothing."""
    return all(_at(key, layout) == key.text for key in keys if key.text and not key.control)


def _undone(text: str, table: dict[str, str]) -> str:
    if text in table:
        return table[text]
    # A dead key and a letter have become one character: "À" of "`" and "A". The dead key came first.
    apart = unicodedata.normalize("NFD", text)
    before = [table.get(SPACING.get(accent, ""), "") for accent in apart[1:]]
    return "".join(before) + table.get(apart[:1], apart[:1])


def _at(key: Key, layout: str) -> str:
    if key.position is None:
        return key.text  # typed by its number, which is the same everywhere
    if key.position in _KEYPAD:
        return _KEYPAD[key.position]
    levels = _BY_POSITION[layout].get(key.position)
    if not levels:
        return key.text
    return levels[2] if key.altgr and levels[2] != "·" else levels[key.shift]


def _control(key: Key) -> str:
    """A control character, as a US keyboard's key and Ctrl make it; GS where nothing tells the key.

    On a French keyboard Ctrl+] arrives as Ctrl and "$" (facts/scanning 4.3). GS is what symbols hold.
    """
    if key.text and not key.text.isprintable():
        return key.text
    levels = _BY_POSITION["us"].get(key.position or 0)
    characters = levels[:2] if levels else key.text.upper()
    found = (chr(ord(character) & 0x1F) for character in characters if character in _CONTROLS)
    return next(found, GS)


_CONTROLS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz[\\]^_")


def coded(digits: str, code: Code) -> str:
    """The character of a number typed with Alt as Windows has it (0: code page 1252, none: 437), or in hex."""
    number = int(digits, 16 if code == "hex" else 10)
    if code == "hex":
        return chr(number) if number < 0xD800 else "\ufffd"  # noqa: PLR2004 - where surrogates begin
    number %= 256
    page = "cp1252" if digits.startswith("0") else "cp437"
    return bytes([number]).decode(page, errors="replace")


def speaks_for_itself(text: str, prefix: str = "") -> bool:
    """Whether a text shows that it was read as it was meant, by what no other keyboard makes of it by chance.

    The site's prefix, an AIM id, a command of Wardstock, an address, the envelope of ISO 15434, a product number with
    its check digit (alone or behind its AI), a HIBC number with its check character.
    """
    if prefix and text.startswith(prefix) and text != prefix:
        return True
    symbology, content = split_aim(text)
    if symbology:
        return bool(content)
    if text.startswith(_BEGINNINGS) or _GTIN.fullmatch(text):
        return not text.isdigit() or check_digit_is_right(text)
    number = _LEADING_NUMBER.match(text)
    return bool(number and check_digit_is_right(number[1] or number[2])) or _is_hibc(text)


_BEGINNINGS: Final = ("WS!", "http://", "https://", "HTTP://", "HTTPS://", "[)>\x1e")
_GTIN: Final = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_LEADING_NUMBER: Final = re.compile(r"\x1d?(?:0[12]([0-9]{14})|00([0-9]{18}))")
_HIBC: Final = re.compile(r"\+[A-Z][0-9A-Z\-. $/+%]{4,}")
_HIBC_VALUES: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


def _is_hibc(text: str) -> bool:
    """Modulo 43 over all characters before the last (facts/scanning 3.6)."""
    values = [_HIBC_VALUES.index(character) for character in text] if _HIBC.fullmatch(text) else [1, 0]
    return sum(values[:-1]) % 43 == values[-1]


def _is_odder(as_typed: str, as_us: str, keys: Sequence[Key]) -> bool:
    """Whether one holds what symbols seldom or never do and the other does not."""
    return _lacks_some(keys) or _oddness(as_typed) > _oddness(as_us)


def _oddness(text: str) -> int:
    return 0 if set(split_aim(text)[1]) <= _IN_SYMBOLS else 1 if text.isascii() else 2


_IN_SYMBOLS: Final = ALPHABETS["X"] | {GS}


def _lacks_some(keys: Sequence[Key]) -> bool:
    """A dead key typed nothing."""
    return any(not key.text and not key.control for key in keys)


def _is_lame(as_typed: str, as_us: str, keys: Sequence[Key]) -> bool:
    """Whether what was typed cannot be all of a symbol.

    `àà'é` for "0042", `Q&é)B` for "A12-B": what it is on a US keyboard then reads like any code printed on a shelf.
    """
    return _lacks_some(keys) or (not as_typed.isascii() and bool(_SHELF_CODE.fullmatch(as_us)))


# Code 39, with a digit; a separator may stand between.
_SHELF_CODE: Final = re.compile(r"(?=.*[0-9])[0-9A-Z\-. $/+%\x1d]+")

SPACING: Final = {
    "\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0308": "¨", "\u0327": "¸", "\u030a": "°",
    "\u030c": "ˇ",
}  # fmt: skip
"""The accent of a dead key for itself, by the one that joins a letter."""


def _positions(rows: tuple[str, str, str]) -> dict[int, str]:
    plain, shifted, third = rows
    keys = {position: "".join(levels) for position, *levels in zip(POSITIONS, plain, shifted, third, strict=True)}
    return {**keys, _SPACE: "   "}


def _undo_table(layout: str) -> dict[str, str]:
    """By character, what a US keyboard has there: a US scanner never presses AltGr."""
    here, us = _BY_POSITION[layout], _BY_POSITION["us"]
    table: dict[str, str] = {}
    for level in (0, 1):
        for position, levels in here.items():
            table.setdefault(levels[level], us[position][level])
    return table


_SPACE: Final = 57
_BY_POSITION: Final = {name: _positions(rows) for name, rows in LAYOUTS.items()}
_OTHERS: Final = tuple(name for name in LAYOUTS if name != "us")
_UNDO: Final = {name: _undo_table(name) for name in _OTHERS}
_KEYPAD: Final = dict(zip((*range(71, 84), 55), "789-456+1230.*", strict=True))

# Apple's own numbers of the same keys, from 0 (kVK_ANSI_A) on; `·` is none of them.
_APPLE: Final = "asdfhgzxcv<bqweryt123465=97-80]ou[ip·lj'k;\\,/nm.· `"
_APPLE_POSITIONS: Final = {
    number: position
    for number, character in enumerate(_APPLE)
    for position, levels in _BY_POSITION["us"].items()
    if levels[0] == character
}
_X11_OFFSET, _MAIN_BLOCK = 8, 88


def position_of(platform: str, scan_code: int, virtual_key: int) -> int | None:
    """The key's position from what Qt tells on that platform; None where it tells nothing."""
    if platform == "cocoa":
        return _APPLE_POSITIONS.get(virtual_key)
    position = scan_code - _X11_OFFSET if platform in {"xcb", "wayland"} else scan_code
    return position if platform in _TELLING and 0 < position <= _MAIN_BLOCK else None


_TELLING: Final = frozenset({"xcb", "wayland", "windows"})
