"""The checks GS1 asks of an element's value: check digits, dates, code lists. Each returns whether the value is right.

Rules: GS1 General Specifications as spelled out by the GS1 Barcode Syntax Tests (July 2026). Values have already been
checked for length and characters. Not checked: the inside of North American coupons (8110, 8112).
"""

# ruff: noqa: PLR2004 - the numbers are the standard's own and stand beside their names
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Final

from client.barcode.code_lists import COUNTRY_LETTERS, COUNTRY_NUMBERS, CURRENCIES, PACKAGE_TYPES


def failed_check(name: str, value: str, year: int) -> str | None:
    """The problem code of a check that fails, else None. `year` is the year of the scan."""
    if name in _DATES:
        return None if _DATES[name](value, year) else "date"
    code, is_right = _CHECKS[name]
    return None if is_right(value) else code


def check_digit_is_right(digits: str) -> bool:
    """The GS1 modulo 10 check digit, last of `digits`: weights 3 and 1 from the right."""
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(digits[-2::-1]))
    return (total + int(digits[-1])) % 10 == 0


def day_of(yymmdd: str, year: int) -> date | None:
    """The day of a six-digit GS1 date read in `year`; day 00 is the last day of the month. None when there is none.

    Century: 51 to 99 years ahead is the past century, 50 to 99 back the next (GS1 General Specifications 7.12).
    """
    month, day = int(yymmdd[2:4]), int(yymmdd[4:6])
    full_year = _full_year(int(yymmdd[:2]), year)
    if not 1 <= month <= 12 or day > (last := monthrange(full_year, month)[1]):
        return None
    return date(full_year, month, day or last)


def _full_year(two_digits: int, year: int) -> int:
    ahead = two_digits - year % 100
    century = year - year % 100
    if ahead >= 51:
        return century - 100 + two_digits
    return century + two_digits if ahead > -50 else century + 100 + two_digits


def _full_date(value: str, _year: int) -> bool:
    year, month, day = int(value[:4]), int(value[4:6]), int(value[6:])
    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


_DATES: Final[dict[str, Callable[[str, int], bool]]] = {
    "yymmd0": lambda value, year: day_of(value, year) is not None,
    "yymmdd": lambda value, year: value[4:] != "00" and day_of(value, year) is not None,
    "yyyymmdd": _full_date,
}

_CSET_82: Final = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_CSET_32: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PRIMES: Final = tuple(n for n in range(2, 510) if all(n % divisor for divisor in range(2, n)))
ALPHABETS: Final = {
    "N": frozenset("0123456789"),
    "X": frozenset(_CSET_82),
    "Y": frozenset("#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "Z": frozenset("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz="),
}


def _check_pair(value: str) -> bool:
    """The two check characters of a Global Model Number and its like: primes from the right, modulo 1021."""
    body, pair = value[:-2], value[-2:]
    weighed = sum(_CSET_82.index(character) * prime for character, prime in zip(reversed(body), _PRIMES, strict=False))
    high, low = divmod(weighed % 1021, 32)
    return pair == _CSET_32[high] + _CSET_32[low]


def _base64url(value: str) -> bool:
    """At most two characters of padding, and those only to fill a group of three (GS1 Barcode Syntax Tests, cset64)."""
    pads = len(value) - len(value.rstrip("="))
    return "=" not in value.rstrip("=") and pads <= 2 and (not pads or len(value) % 3 == 0)


def _iban(value: str) -> bool:
    if not (10 < len(value) <= 34 and value[:2] in COUNTRY_LETTERS and value.isalnum() and value.upper() == value):
        return False
    return int("".join(str(int(character, 36)) for character in value[4:] + value[:4])) % 97 == 1


def _percent_encoded(value: str) -> bool:
    return all(len(code) >= 2 and set(code[:2]) <= set("0123456789abcdefABCDEF") for code in value.split("%")[1:])


def _piece_of_total(value: str) -> bool:
    half = len(value) // 2
    return 1 <= int(value[:half]) <= int(value[half:])


def _position_in_sequence(value: str) -> bool:
    position, _, end = value.partition("/")
    if not (position.isdigit() and end.isdigit()) or position[0] == "0" or end[0] == "0":
        return False
    return int(position) <= int(end)


# Which digits a company prefix must begin with: at least four (GS1 Barcode Syntax Tests, gcppos1).
def _company_prefix(value: str) -> bool:
    return len(value) >= 4 and value[:4].isdigit()


_CHECKS: Final[dict[str, tuple[str, Callable[[str], bool]]]] = {
    "csum": ("check_digit", check_digit_is_right),
    "csumalpha": ("check_digit", _check_pair),
    "iban": ("check_digit", _iban),
    "gcppos1": ("company_prefix", _company_prefix),
    "gcppos2": ("company_prefix", lambda value: _company_prefix(value[1:])),
    "hhmi": ("time", lambda value: value[:2] <= "23" and value[2:] <= "59"),
    "hh": ("time", lambda value: value <= "23"),
    "mi": ("time", lambda value: value <= "59"),
    "ss": ("time", lambda value: value <= "59"),
    "iso3166": ("code", COUNTRY_NUMBERS.__contains__),
    "iso3166999": ("code", lambda value: value == "999" or value in COUNTRY_NUMBERS),
    "iso3166alpha2": ("code", COUNTRY_LETTERS.__contains__),
    "iso4217": ("code", CURRENCIES.__contains__),
    "iso5218": ("code", lambda value: value in {"0", "1", "2", "9"}),
    "packagetype": ("code", PACKAGE_TYPES.__contains__),
    "mediatype": ("code", lambda value: "01" <= value <= "10" or value >= "80"),
    "yesno": ("code", lambda value: value in {"0", "1"}),
    "winding": ("code", lambda value: value in {"0", "1", "9"}),
    "importeridx": ("code", lambda value: value in ALPHABETS["Z"] - {"="}),
    "hyphen": ("code", lambda value: set(value) == {"-"}),
    "zero": ("code", lambda value: set(value) == {"0"}),
    "nonzero": ("code", lambda value: set(value) != {"0"}),
    "nozeroprefix": ("code", lambda value: not value.startswith("0")),
    "hasnondigit": ("code", lambda value: not value.isdigit()),
    "pcenc": ("code", _percent_encoded),
    "pieceoftotal": ("code", _piece_of_total),
    "posinseqslash": ("code", _position_in_sequence),
    "latitude": ("code", lambda value: int(value) <= 1_800_000_000),
    "longitude": ("code", lambda value: int(value) <= 3_600_000_000),
    "cset64": ("characters", _base64url),
    "couponcode": ("code", str.isdigit),
    "couponposoffer": ("code", str.isdigit),
}
