"""Codes, lot names and words in the form they are looked up by."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

_GTIN_LENGTHS = frozenset({8, 12, 13, 14})
_ALIKE = str.maketrans("oil", "011")
_WORD = re.compile(r"[^\W_]+")
_BEYOND = re.compile("[^\\x01-\u0148\u014a-\u017f]")

LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "œ": "oe", "Œ": "oe", "ł": "l", "Ł": "l",
     "đ": "d", "Đ": "d", "ı": "i"}
)  # fmt: skip
"""Letters that are no base letter with an accent: words goods are found by go without them, and those asked for too."""
SIGNS: Final = "-./_ "
"""What a code is written with and found without."""
_PLAIN = str.maketrans(dict(LETTERS))


def code14(text: str) -> str:
    """A GTIN-8, 12, 13 or 14 with a right check digit as 14 digits, anything else as it is (design 6)."""
    code = text.strip()
    if len(code) not in _GTIN_LENGTHS or not (code.isascii() and code.isdigit()):
        return code
    full = code.zfill(14)
    return full if _check_digit(full[:13]) == full[13] else code


@lru_cache(maxsize=4096)  # each scan is held against the lots of its draft
def folded(name: str) -> str:
    """What near-equal lot names share: case, spaces, O or 0, I, L or 1 do not count (ward 14)."""
    return "".join(name.casefold().split()).translate(_ALIKE)


def bare(code: str) -> str:
    """A code without its dashes and dots, as hurried people type it."""
    return "".join(letter for letter in code if letter not in SIGNS)


def words_of(text: str) -> list[str]:
    """The words of what somebody types into a search, as `found` has them but for case and accents."""
    return _WORD.findall(text.translate(_PLAIN))


def plain_words_of(text: str) -> list[str]:
    """The words of a text in plain letters exactly as `found` has them: without case and accents."""
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN).casefold())
    return _WORD.findall("".join(sign for sign in apart if not unicodedata.combining(sign)))


def in_plain_letters(text: str) -> bool:
    """Whether all its signs are Latin ones, of which `plain_words_of` and SQLite are sure to make the same."""
    return not _BEYOND.search(text)


def _check_digit(body: str) -> str:
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(body))
    return str(-total % 10)
