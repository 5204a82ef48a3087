"""IFA codes: the Pharmacy Product Number in its ISO 15434 envelope, and the German PZN alone in Code 39.

Rules: IFA Coding System, PPN code specification 2.x (data identifiers, check digits of PPN and PZN); NTIN by the
securPharm coding rules: 04150, the PZN, a check digit. Format 05 of the envelope is GS1's and read as that.
"""

# ruff: noqa: PLR2004 - the lengths are the standard's own and stand beside their names
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from client.barcode.checks import check_digit_is_right, day_of
from client.barcode.element_string import GS
from client.barcode.gs1 import element_string, is_gtin
from client.barcode.label import Label, RawScan
from client.barcode.pieces import Piece, broken, label_of, piece, unknown

ENVELOPE: Final = "[)>"
RS: Final = "\x1e"
EOT: Final = "\x04"

_IDENTIFIER: Final = re.compile(r"(\d{0,3}[A-Z])(.*)", re.DOTALL)
_PZN: Final = re.compile(r"-?(\d{8})")
_PPN_AHEAD: Final = re.compile(r"9N(11\d{10})")
_GERMANY: Final = "11"  # the registration agency of PZN
_LONGEST: Final = 20  # a lot or serial


def ppn_check(body: str) -> str:
    """The two check digits of a PPN: ASCII values, weighed 2, 3, 4 … from the left, modulo 97."""
    return f"{sum(ord(one) * weight for weight, one in enumerate(body, 2)) % 97:02d}"


def pzn_is_right(pzn: str) -> bool:
    """The check digit of a PZN of eight digits: weights 1 to 7, modulo 11; a remainder of 10 is never given out."""
    return sum(int(digit) * weight for weight, digit in enumerate(pzn[:7], 1)) % 11 == int(pzn[7])


def ntin_of(pzn: str) -> str:
    """The GTIN-14 that GS1 Germany keeps for a PZN."""
    body = "04150" + pzn
    return next(body + digit for digit in "0123456789" if check_digit_is_right(body + digit))


def ifa(raw: RawScan, text: str) -> Label | None:
    """What an envelope beginning "[)>" says, or a PZN as Code 39 has it ("-03752864"); None where it is neither."""
    if text.startswith(ENVELOPE):
        return _envelope(raw, text)
    found = _PZN.fullmatch(text) if text.isascii() and text.startswith("-") else None
    return label_of("ppn", raw, text, _pzn(found[1])) if found and pzn_is_right(found[1]) else None


def _envelope(raw: RawScan, text: str) -> Label | None:
    """The first record of format 06, or of format 05, which holds element strings of GS1."""
    content = text[len(ENVELOPE) :].rstrip(EOT + RS + GS)
    for record in content.split(RS):
        head, body = record[:2], record[2:].strip(GS)
        if head == "05" and body:
            return element_string(raw, body, ())
        if head == "06" and (pieces := list(_record(body, raw.scanned_at.year))):
            return label_of("ppn", raw, text, pieces)
    return None


def _record(body: str, year: int) -> Iterator[Piece]:
    """Its fields; none where it names no product of IFA's: other trades use the same envelope."""
    fields = [one for one in body.split(GS) if one]
    if GS not in body and (found := _PPN_AHEAD.match(body)) and len(body) > len(found[0]):
        # The separators were lost: the number in front has a length of its own, nothing behind it has.
        fields = [found[0], body[len(found[0]) :]]
        yield from _field(fields[0], year)
        yield broken("", fields[1], "separator_lost")
    elif any(one.startswith(("9N", "8P")) for one in fields):
        for one in fields:
            yield from _field(one, year)


def _field(text: str, year: int) -> Iterator[Piece]:
    found = _IDENTIFIER.fullmatch(text)
    if found is None:
        yield unknown("", text)
    elif found[1] == "9N":
        yield from _ppn(found[2])
    elif found[1] in _FIELDS:
        yield _FIELDS[found[1]](found[2], year)
    else:
        yield unknown(found[1], found[2])


def _ppn(value: str) -> Iterator[Piece]:
    """The registration agency, the national number, two check digits; agency 11 has an eight-digit PZN inside."""
    if not 5 <= len(value) <= 28 or not _plain(value):
        yield broken("9N", value, "too_short" if len(value) < 5 else "too_long" if len(value) > 28 else "characters")
    elif ppn_check(value[:-2]) != value[-2:] or (value.startswith(_GERMANY) and not _names_a_pzn(value)):
        yield broken("9N", value, "check_digit")
    elif value.startswith(_GERMANY):
        yield piece("9N", value, device_id=value, other_numbers=(value[2:10], ntin_of(value[2:10])))
    else:
        yield piece("9N", value, device_id=value)


def _names_a_pzn(value: str) -> bool:
    return len(value) == 12 and value.isdigit() and pzn_is_right(value[2:10])


def _pzn(pzn: str) -> Iterator[Piece]:
    body = _GERMANY + pzn
    yield piece("PZN", pzn, device_id=body + ppn_check(body), other_numbers=(pzn, ntin_of(pzn)))


def _plain(value: str) -> bool:
    return value.isascii() and all(one.isupper() or one.isdigit() or one in ".-_" for one in value)


def _name(identifier: str, field: str) -> Callable[[str, int], Piece]:
    def read(value: str, _year: int) -> Piece:
        if not value or len(value) > _LONGEST:
            return broken(identifier, value, "too_long" if value else "empty")
        if not (value.isascii() and value.isprintable()):
            return broken(identifier, value, "characters")
        return piece(identifier, value, **{field: value})

    return read


def _expiry(value: str, year: int) -> Piece:
    """YYMMDD; day 00 is the last of the month."""
    day = day_of(value, year) if _digits(value, 6) else None
    return piece("D", value, expiry=day) if day else broken("D", value, "date")


def _made(value: str, _year: int) -> Piece:
    try:
        day = date(int(value[:4]), int(value[4:6]), int(value[6:])) if _digits(value, 8) else None
    except ValueError:
        day = None
    return piece("16D", value, production=day) if day else broken("16D", value, "date")


def _gtin(value: str, _year: int) -> Piece:
    if not is_gtin(value):
        return broken("8P", value, "check_digit" if _digits(value, 14) else "not_a_gtin")
    return piece("8P", value, gtin=value.zfill(14))


def _count(value: str, _year: int) -> Piece:
    if not 1 <= len(value) <= 8 or not _digits(value, len(value)):
        return broken("Q", value, "characters" if value else "empty")
    return piece("Q", value, quantity=Decimal(value))


def _kept(identifier: str) -> Callable[[str, int], Piece]:
    return lambda value, _year: piece(identifier, value)


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


_FIELDS: Final[dict[str, Callable[[str, int], Piece]]] = {
    "1T": _name("1T", "lot"),
    "S": _name("S", "serial"),
    "D": _expiry,
    "16D": _made,
    "8P": _gtin,
    "Q": _count,
    "27Q": _kept("27Q"),  # the price
    "33L": _kept("33L"),  # an address on the net
}
