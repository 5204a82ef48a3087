"""A separator the scanner did not send: seen and said here, never repaired without a person."""

import re
from typing import Final

from client.barcode.checks import day_of
from client.barcode.element_string import GS
from client.barcode.label import Element, Problem

_VARIABLE: Final = ("10", "21")
# A dated element inside a lot or serial, at the end or before the next lot or serial.
_DATE_INSIDE: Final = re.compile(r"(?<=.)(?:11|15|17)(?=(\d{6})(?:$|(?:10|21).))")
# Labels in use carry dates of these years around now; a lot of digits meets one by chance in fewer than 1 of 5,000.
_YEARS_BACK, _YEARS_AHEAD = 5, 10


def separator_doubts(text: str, elements: list[Element], year: int) -> list[Problem]:
    """A "separator_doubt" for each lot or serial that seems to have swallowed a date.

    `010952…10ABC17271231` without separator is one legal lot `ABC17271231` and nothing else can be proved
    (facts/scanning 3.5); a symbol with separators elsewhere came through a scanner that sends them.
    """
    if GS in text:
        return []
    return [
        Problem("separator_doubt", element.ai, (("value", element.value),))
        for element in elements
        if element.ai in _VARIABLE and any(_is_near(date[1], year) for date in _DATE_INSIDE.finditer(element.value))
    ]


def _is_near(yymmdd: str, year: int) -> bool:
    day = day_of(yymmdd, year)
    return day is not None and year - _YEARS_BACK <= day.year <= year + _YEARS_AHEAD
