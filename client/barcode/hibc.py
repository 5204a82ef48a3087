"""HIBC supplier labels: primary, secondary and joined, taken apart and checked.

Rules: ANSI/HIBC 2.6 (Supplier Labeling Standard), 2.1 primary, 2.2 secondary and joined data, Appendix B check and link
character, Appendix E date and quantity flags; `/S`, `/Q`, `/14D`, `/16D` its additional data. Older lot forms
(`$`, `$+`, five-digit Julian day) are read as well. What `$$8`, `$$9` and `/Q` count are base units, as AI 30 does.
"""

# ruff: noqa: PLR2004 - the lengths are the standard's own and stand beside their names
import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from client.barcode.checks import day_of
from client.barcode.label import Element, Label, Problem, RawScan
from client.barcode.pieces import Piece, broken, label_of, piece, unknown

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
"""In the order of their values in the check character."""

_PRIMARY: Final = re.compile(r"([A-Z][A-Z0-9]{3})([A-Z0-9]{1,18})([0-9])")
_SECONDARY: Final = re.compile(r"(\$\$\+|\$\$|\$\+|\$|(?=\d{5}))([^/]*)((?:/.*)?)")
_ADDED: Final = re.compile(r"(14D|16D|S|Q)(.*)")
_LONGEST: Final = 18  # a lot or serial


def check_character(text: str) -> str:
    """The modulo 43 character of everything from the "+" on. ValueError when `text` has a character HIBC has not."""
    return ALPHABET[sum(ALPHABET.index(character) for character in text) % len(ALPHABET)]


def forms(device_id: str) -> tuple[str, ...]:
    """A primary identifier as people enter it for a barcode: as a database has it, as the symbol, as printed."""
    symbol = f"+{device_id}{check_character('+' + device_id)}"
    return device_id, f"+{device_id}", symbol, f"*{symbol}*"


def hibc(raw: RawScan, text: str) -> Label | None:
    """What a text beginning with "+" (or "*+", as printed) says as HIBC; None where it has not the shape of one.

    With a wrong check character nothing of it is believed: the label has its pieces and says nothing.
    """
    symbol, notes = _as_encoded(text)
    if len(symbol) < 4 or symbol[0] != "+" or not set(symbol) <= set(ALPHABET):
        return None
    if not (pieces := _pieces(symbol[1:-1], raw.scanned_at.year)):
        return None
    if check_character(symbol[:-1]) == symbol[-1]:
        return label_of("hibc", raw, text, (*pieces, piece("CHECK", symbol[-1])), *notes)
    if symbol[1].isdigit():  # a Julian day has no mark of its own: any number with a plus in front looks like one
        return None
    said_nothing = (Piece(one.element) for one in pieces)
    return label_of("hibc", raw, text, (*said_nothing, broken("CHECK", symbol[-1], "check_character")), *notes)


def _as_encoded(text: str) -> tuple[str, tuple[Problem, ...]]:
    """As the symbol has it: without the asterisks of print, a space where print has "_"; HIBC has capitals only."""
    symbol = text[1:] if text.startswith("*+") else text
    symbol = symbol[:-1] if symbol.endswith("*") else symbol
    symbol = symbol[:-2] + symbol[-2:].replace("_", " ")
    if symbol.isascii() and symbol != symbol.upper():
        return symbol.upper(), (Problem("caps_lock"),)
    return symbol, ()


def _pieces(body: str, year: int) -> list[Piece]:
    """The pieces between "+" and check character; none where it is neither primary, secondary nor joined."""
    first, slash, rest = body.partition("/")
    if found := _PRIMARY.fullmatch(first):
        return [*_product(*found.groups()), *(_secondary(rest, year) if slash else ())]
    if len(body) > 1 and (body[0] == "$" or body[:5].isdigit()):
        return [*_secondary(body[:-1], year), piece("LINK", body[-1])]
    return []


def _product(labeler: str, number: str, unit: str) -> Iterator[Piece]:
    yield piece("LIC", labeler, device_id=labeler + number + unit)
    yield piece("PCN", number)
    yield piece("UM", unit)


def _secondary(text: str, year: int) -> Iterator[Piece]:
    """Quantity, date, lot or serial in one run, then what is added behind "/"."""
    head, *added = text.split("/")
    if not _ADDED.fullmatch(head) and (found := _SECONDARY.fullmatch(head)):
        yield from _run(found[1], found[2], year)
    else:
        added = [head, *added]
    for one in added:
        yield from _added(one)


def _run(flag: str, rest: str, year: int) -> Iterator[Piece]:
    if flag.startswith("$$"):
        rest, quantity = _quantity(rest)
        yield from quantity
        rest, expiry = _expiry(rest, year)
        yield from expiry
    elif not flag:
        yield _day("EXP", rest[:5], _julian(rest[:5], year))
        rest = rest[5:]
    if rest:
        yield _name(rest, "SN" if flag.endswith("+") else "LOT")


def _quantity(rest: str) -> tuple[str, list[Piece]]:
    length = {"8": 2, "9": 5}.get(rest[:1], 0)
    if not length:
        return rest, []
    return rest[1 + length :], [_count(rest[1 : 1 + length], length)]


def _count(digits: str, length: int = 0) -> Piece:
    if not digits.isdigit() or len(digits) < length:
        return broken("QTY", digits, "characters" if digits else "empty")
    return piece("QTY", digits, quantity=Decimal(digits))


def _expiry(rest: str, year: int) -> tuple[str, list[Piece]]:
    """The day behind its flag: 0 and 1 are the first digit of a month themselves, 7 is no day (Appendix E)."""
    flag = rest[:1]
    if flag in {"0", "1"}:
        return rest[4:], [_day("EXP", rest[:4], _of_month(rest[:4], year))]
    if flag in _DAYS:
        length, read = _DAYS[flag]
        return rest[1 + length :], [_day("EXP", rest[1 : 1 + length], read(rest[1 : 1 + length], year))]
    return rest.removeprefix("7"), []


def _day(name: str, digits: str, day: date | None) -> Piece:
    field = {"EXP": "expiry", "MFD": "production"}[name]
    return piece(name, digits, **{field: day}) if day else broken(name, digits, "date")


def _name(value: str, name: str) -> Piece:
    if len(value) > _LONGEST:
        return broken(name, value, "too_long")
    return piece(name, value, **{{"SN": "serial", "LOT": "lot"}[name]: value})


def _added(text: str) -> Iterator[Piece]:
    found = _ADDED.fullmatch(text)
    if found is None or not found[2]:
        yield unknown("", text)
    elif found[1] == "S":
        yield _name(found[2], "SN")
    elif found[1] == "Q":
        yield _count(found[2])
    else:
        yield _day("EXP" if found[1] == "14D" else "MFD", found[2], _full(found[2]))


def _full(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if _digits(digits, 8) else None
    except ValueError:
        return None


def _of_month(mmyy: str, year: int) -> date | None:
    """The last day of a month."""
    return day_of(mmyy[2:] + mmyy[:2] + "00", year) if _digits(mmyy, 4) else None


def _of_day(yymmdd: str, year: int) -> date | None:
    return day_of(yymmdd, year) if _digits(yymmdd, 6) and yymmdd[4:] != "00" else None


def _american(mmddyy: str, year: int) -> date | None:
    return _of_day(mmddyy[4:] + mmddyy[:4], year)


def _with_hour(digits: str, year: int) -> date | None:
    """The day of an hour, which is Greenwich time: kept in the element, and no part of the day."""
    return _of_day(digits[:6], year) if _digits(digits, 8) and digits[6:] <= "23" else None


def _julian(yyjjj: str, year: int) -> date | None:
    """The day of a year, of the same century window as other days."""
    if not _digits(yyjjj, 5) or (first := day_of(yyjjj[:2] + "0101", year)) is None:
        return None
    day = int(yyjjj[2:])
    days = 365 + (monthrange(first.year, 2)[1] == 29)
    return first + timedelta(days=day - 1) if 1 <= day <= days else None


def _julian_hour(digits: str, year: int) -> date | None:
    return _julian(digits[:5], year) if _digits(digits, 7) and digits[5:] <= "23" else None


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isdigit()


_DAYS: Final = {
    "2": (6, _american),
    "3": (6, _of_day),
    "4": (8, _with_hour),
    "5": (5, _julian),
    "6": (7, _julian_hour),
}


def link_character(elements: tuple[Element, ...]) -> str:
    """What a secondary symbol repeats of its primary one: that one's check character. "" where it is not one."""
    return next((one.value for one in elements if one.ai == "LINK"), "")


def primary_check(label: Label) -> str:
    """The check character of a primary symbol that stands alone, which the secondary one must repeat; else ""."""
    names = [one.ai for one in label.elements]
    return label.elements[-1].value if label.kind == "hibc" and names == ["LIC", "PCN", "UM", "CHECK"] else ""
