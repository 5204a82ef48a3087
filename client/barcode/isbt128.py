"""ISBT 128: blood, tissue and cells, and the supplies they come in. Taken apart by the identifier of each structure.

Rules: ISBT 128 Standard Technical Specification (ICCBBA ST-001) table 2 and section 2.4; the UDI of devices with human
tissue by ST-017: `=/` is the device identifier, `&,1` the lot, donation number and product division together name one
piece. Names behind the codes stand in ICCBBA's licensed tables and are not looked up.
"""

# ruff: noqa: PLR2004 - the lengths are the standard's own and stand beside their names
import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from client.barcode.label import Label, Problem, RawScan
from client.barcode.patient import patient
from client.barcode.pieces import Piece, broken, label_of, piece, unknown

MARKS: Final = ("=", "&")

_DONATION: Final = re.compile(r"=([A-NP-Z1-9][A-NP-Z0-9]{2}[0-9]{10})([0-9A-HJ-NPR-Y]{2})")
_NEXT: Final = re.compile(r"[=&]")
_CHECKED_FLAGS: Final = range(60, 97)  # flags that are a check character plus 60 (ST-001 table 3)
_VALUES: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OF_A_PATIENT: Final = ("=#", "&#")  # date of birth, number


def isbt128(raw: RawScan, text: str) -> Label | None:
    """What a text beginning with "=" or "&" says as ISBT 128; None where no structure of it begins there.

    Where a structure breaks off, or none ICCBBA has defined begins, the rest is kept as one unknown piece. A patient's
    label is refused and nothing of it kept.
    """
    pieces = list(_pieces(text))
    if not pieces or not pieces[0].element.ai:
        return None
    if any(mark in text for mark in _OF_A_PATIENT):  # wherever it stands: what broke off in front may hide it
        return patient(raw, damaged=False)
    label = label_of("isbt128", raw, text, pieces, *_miscounted(pieces))
    return replace(label, serial=_one_piece(label)) if label.serial else label


def division_of(label: Label) -> str:
    """Which part of a donation it is, where the symbol says so; "" for a whole one, and in other languages."""
    if label.kind != "isbt128":
        return ""
    parts = {one.ai: one.value for one in label.elements}
    found = parts.get("=,") or _division_in_code(parts.get("=<", ""))
    return "" if set(found) <= {"0"} else found


def donation_check(number: str) -> int:
    """ISO/IEC 7064 modulo 37-2 over the thirteen characters of a donation number (ST-001 appendix A)."""
    total = sum(_VALUES.index(one) << place for place, one in enumerate(reversed(number), 1))
    return (38 - total % 37) % 37


def _one_piece(label: Label) -> str:
    """Donation and division: the one is told apart from all others by both (ST-017 3.2)."""
    return f"{label.serial}{division_of(label)}"


def _division_in_code(code: str) -> str:
    """The last two characters of a product code of blood and cells, the last three of tissue (ST-001 2.4.3)."""
    if len(code) != 8:
        return ""
    return code[5:] if code[0] in "MNRTVW" else code[6:]


def _pieces(text: str) -> Iterator[Piece]:
    start = 0
    while start < len(text):
        identifier, length = _identified(text, start)
        if not identifier:
            yield unknown("", text[start:])
            return
        begin = start + (1 if identifier == "=" else len(identifier))
        following = _NEXT.search(text, begin)
        limit = following.start() if following else len(text)
        end = min(begin + length, len(text)) if length and identifier not in _UP_TO else limit
        yield _read(identifier, text[begin:end], length)
        start = end


def _identified(text: str, start: int) -> tuple[str, int]:
    """The identifier there and how long its content is, 0 where that is open; "" where none begins."""
    if _DONATION.match(text, start):
        return "=", 15
    for size in (3, 2):
        if (identifier := text[start : start + size]) in _LENGTHS:
            return identifier, _LENGTHS[identifier]
    return "", 0


def _read(identifier: str, content: str, length: int) -> Piece:
    if identifier in _UP_TO and len(content) > length:
        return broken(identifier, content, "too_long")
    if len(content) < (1 if identifier in _UP_TO or not length else length):
        return broken(identifier, content, "too_short")
    if not (content.isascii() and content.isprintable()):
        return broken(identifier, content, "characters")
    return _READ[identifier](identifier, content) if identifier in _READ else piece(identifier, content)


def _donation(identifier: str, content: str) -> Piece:
    """Thirteen characters are the number, two are flags and no part of it."""
    number, flags = content[:13], content[13:]
    if flags.isdigit() and int(flags) in _CHECKED_FLAGS and int(flags) - 60 != donation_check(number):
        return broken(identifier, content, "check_character")
    return piece(identifier, content, serial=number)


def _device(identifier: str, content: str) -> Piece:
    """Who made it, how they call it, and what it is by ICCBBA's list: the last five characters."""
    return piece(identifier, content, device_id=content)


def _product(identifier: str, content: str) -> Piece:
    return piece(identifier, content, other_numbers=(content, content[:5]))


def _supply(identifier: str, content: str) -> Piece:
    """A blood container or another supply: maker and catalogue number."""
    return piece(identifier, content, device_id=content)


def _lot(identifier: str, content: str) -> Piece:
    return piece(identifier, content, lot=content)


def _day(field: str) -> Callable[[str, str], Piece]:
    def read(identifier: str, content: str) -> Piece:
        day = _ordinal(content[:6]) if _time_is_right(content[6:]) else None
        return piece(identifier, content, **{field: day}) if day else broken(identifier, content, "date")

    return read


def _ordinal(cyyjjj: str) -> date | None:
    """The three last digits of the year and the day in it; years from 900 on are of the century before."""
    if not (cyyjjj.isascii() and cyyjjj.isdigit()):
        return None
    year = (1000 if cyyjjj[0] == "9" else 2000) + int(cyyjjj[:3])
    number, days = int(cyyjjj[3:]), 365 + (monthrange(year, 2)[1] == 29)
    return date(year, 1, 1) + timedelta(days=number - 1) if 1 <= number <= days else None


def _time_is_right(hhmm: str) -> bool:
    return not hhmm or (hhmm.isascii() and hhmm.isdigit() and hhmm[:2] <= "23" and hhmm[2:] <= "59")


def _month(identifier: str, content: str) -> Piece:
    """YYYYMM: its last day."""
    year, month = (int(content[:4]), int(content[4:])) if content.isascii() and content.isdigit() else (0, 0)
    if not (year and 1 <= month <= 12):
        return broken(identifier, content, "date")
    return piece(identifier, content, expiry=date(year, month, monthrange(year, month)[1]))


def _miscounted(pieces: list[Piece]) -> tuple[Problem, ...]:
    """A compound message says in front how many structures follow (ST-001 2.4.23)."""
    head = pieces[0].element
    if head.ai != "=+" or pieces[0].fault or head.value[:2] == f"{len(pieces) - 1:02d}":
        return ()
    return (Problem("incomplete", "=+", (("value", head.value),)),)


_LENGTHS: Final = {
    "=%": 4,
    "=<": 8,
    "=>": 6,
    "&>": 10,
    "=*": 6,
    "&*": 10,
    "=}": 6,
    "&}": 10,
    "&(": 5,
    "={": 18,
    "=\\": 18,
    "&\\": 18,
    "&{": 18,
    "=[": 18,
    '="': 18,
    "=)": 10,
    "&)": 10,
    "=;": 21,
    "='": 11,
    "=-": 10,
    "&-": 10,
    "=+": 5,
    "=#": 10,
    "&#": 0,
    "=]": 6,
    '&"': 18,
    "=$": 16,
    "&$": 0,
    "&%": 0,
    "=(": 16,
    "=,": 6,
    "&+": 11,
    "=/": 16,
    "&,1": 18,
    "&,2": 18,
    "&,3": 19,
    "&,4": 40,
    "&:": 19,
    "&/": 15,
}
"""How long the content behind each identifier is, 0 where that varies."""

_UP_TO: Final = frozenset({"&,1", "&,2"})
"""Those whose content may be shorter."""

_READ: Final[dict[str, Callable[[str, str], Piece]]] = {
    "=": _donation,
    "=/": _device,
    "=<": _product,
    "=)": _supply,
    "=-": _supply,
    "&,1": _lot,
    "&)": _lot,
    "&-": _lot,
    "=>": _day("expiry"),
    "&>": _day("expiry"),
    "=]": _month,
    "=}": _day("production"),
    "&}": _day("production"),
}
