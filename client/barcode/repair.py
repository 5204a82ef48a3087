"""Separators the scanner did not send: seen and said here, all ways to put them back, never one without a person.

`010952…10ABC17271231` without separator is one legal lot `ABC17271231` and nothing else can be proved. What helps is
which elements labels carry, which lots are known, and which days are plausible (facts/scanning 3.5).
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from heapq import nsmallest
from operator import itemgetter
from typing import Final

from client.barcode.ai_table import ai_at, rule_of
from client.barcode.association import association_problems
from client.barcode.checks import day_of
from client.barcode.element_string import GS, problems_of
from client.barcode.label import Element, Problem, Repaired

_VARIABLE: Final = ("10", "21")
# A dated element inside a lot or serial, at the end or before the next lot or serial.
_DATE_INSIDE: Final = re.compile(r"(?<=.)(?:11|15|17)(?=(\d{6})(?:$|(?:10|21).))")
# Labels in use carry dates of these years around now; a lot of digits meets one by chance in fewer than 1 of 5,000.
_YEARS_BACK, _YEARS_AHEAD = 5, 10

LONGEST: Final = 120
"""Nothing longer was printed on a pack without a separator that arrived."""
SHOWN: Final = 6
"""How many readings a person is shown at most: nobody compares more with a label."""
_KEPT: Final = 16
_CHECKS: Final = 2000  # values looked at, so that no text takes longer than a scan may

_ON_PACKS: Final = "00 01 02 10 11 12 13 15 16 17 20 21 22 30 37 240 241 250 251 400 422 7003"
_NATIONAL: Final = "710 711 712 713 714 715 716 717"
_HEALTHCARE: Final = frozenset(f"{_ON_PACKS} {_NATIONAL}".split())
"""What packs in a hospital carry. Other elements are looked for only where these alone cannot be read."""

_COSTS: Final = {"01": 0.0, "17": -6.0, "10": -3.0, "21": -0.5, "11": 0.5, "02": 1.0, "37": 1.5, "30": 3.0, "15": 1.0}
_UNUSUAL, _RARE = 4.0, 8.0
_NOT_NOW: Final = 9.0  # a day no label in use carries
_KNOWN_LOT: Final = -8.0


def separator_doubts(text: str, elements: list[Element], year: int) -> list[Problem]:
    """A "separator_doubt" for each lot or serial that seems to have swallowed a date.

    A symbol with separators elsewhere came through a scanner that sends them.
    """
    if GS in text:
        return []
    return [
        Problem("separator_doubt", element.ai, (("value", element.value),))
        for element in elements
        if element.ai in _VARIABLE and any(_is_near(date[1], year) for date in _DATE_INSIDE.finditer(element.value))
    ]


def swallows(elements: list[Element]) -> bool:
    """Whether an element of open length stands there: through a scanner that loses separators, it may hold others."""
    return any(_is_open(element.ai) for element in elements)


def readings(text: str, year: int) -> tuple[Repaired, ...]:
    """Every legal way to cut a text without separators into elements, likeliest first, no AI twice.

    The only one there is, also with all AIs of GS1, is `sure` where its one element of open length comes last. None
    where the text is too long, has separators, or is no GS1; of very many the likeliest are given.
    """
    if GS in text or not text or len(text) > LONGEST:
        return ()
    found = _Search(text, year, _HEALTHCARE).whole()
    if not found:
        return tuple(Repaired(one) for one in _Search(text, year, None).whole())
    if len(found) == 1 and _one_open_last(found[0]) and len(_Search(text, year, None).whole()) == 1:
        return (Repaired(found[0], sure=True),)
    return tuple(Repaired(one) for one in found)


def likeliest(found: Collection[Repaired], year: int, lots: Collection[str]) -> tuple[Repaired, ...]:
    """The same readings, those with a lot known for that product first."""
    return tuple(sorted(found, key=lambda one: _cost_of(one.elements, year, lots)))


def brackets(elements: Iterable[Element]) -> str:
    """As print has it: (17)271231(10)ABC."""
    return "".join(f"({one.ai}){one.value}" for one in elements)


_cost = itemgetter(0)
_Tail = tuple[float, tuple[Element, ...]]
"""What can stand from some place to the end of the text, and its cost."""


class _Search:
    """All readings of one text, from its end: what can follow each place is found once."""

    def __init__(self, text: str, year: int, allowed: frozenset[str] | None) -> None:
        self._text, self._year, self._allowed = text, year, allowed
        self._tails: dict[int, list[_Tail]] = {len(text): [(0.0, ())]}
        self._left = _CHECKS

    def whole(self) -> list[tuple[Element, ...]]:
        for start in range(len(self._text) - 1, -1, -1):
            self._tails[start] = nsmallest(_KEPT, self._from(start), key=_cost)
        found = [elements for _, elements in self._tails[0]] if self._left > 0 else []
        return sorted(found, key=lambda one: _cost_of(one, self._year, ()))

    def _from(self, start: int) -> Iterator[_Tail]:
        for element in self._elements(start):
            own = _element_cost(element.ai, element.value, self._year)
            for cost, tail in self._tails[start + len(element.ai) + len(element.value)]:
                if all(other.ai != element.ai for other in tail):
                    yield own + cost, (element, *tail)

    def _elements(self, start: int) -> Iterator[Element]:
        """Those that can begin there and leave something readable behind them."""
        ai = ai_at(self._text, start)
        rule = rule_of(ai)
        if rule is None or (self._allowed is not None and ai not in self._allowed):
            return
        begin = start + len(ai)
        for end in range(begin + max(1, _shortest(ai)), min(begin + rule.longest, len(self._text)) + 1):
            if not self._tails.get(end) or self._left <= 0:
                continue
            self._left -= 1
            element = Element(ai, self._text[begin:end])
            if not problems_of([element], self._year):
                yield element


@cache
def _shortest(ai: str) -> int:
    rule = rule_of(ai)
    return sum(part.shortest for part in rule.parts if not part.optional) if rule else 0


@cache
def _is_open(ai: str) -> bool:
    """Of a length nobody can know: it ends at a separator or not at all."""
    rule = rule_of(ai)
    return rule is None or rule.longest != _shortest(ai)


def _one_open_last(elements: tuple[Element, ...]) -> bool:
    open_ = [one for one in elements if _is_open(one.ai)]
    return not open_ or (len(open_) == 1 and open_[0] is elements[-1])


def _cost_of(elements: tuple[Element, ...], year: int, lots: Collection[str]) -> float:
    """The lower, the likelier: usual elements, plausible days, lots of a usual length or known ones."""
    cost = sum(_element_cost(one.ai, one.value, year) for one in elements)
    if any(one.ai == "10" and one.value in lots for one in elements):
        cost += _KNOWN_LOT
    if elements and elements[0].ai in {"00", "01", "02"}:
        cost += 3.0 * len(association_problems(list(elements)))
    return cost


@cache
def _usual(ai: str) -> float:
    return _COSTS.get(ai, _UNUSUAL if ai in _HEALTHCARE else _RARE)


@lru_cache(maxsize=4096)
def _element_cost(ai: str, value: str, year: int) -> float:
    if ai in {"11", "12", "13", "15", "16", "17"}:
        return _usual(ai) if _is_near(value, year) else _usual(ai) + _NOT_NOW
    return _usual(ai) + (_name_cost(value) if ai in _VARIABLE else 0.0)


def _name_cost(value: str) -> float:
    """Lots and serials are rarely of one or two characters, and rarely near the twenty GS1 allows."""
    return (1.5 * max(0, 4 - len(value))) + (0.4 * max(0, len(value) - 10))


def _is_near(yymmdd: str, year: int) -> bool:
    day = day_of(yymmdd, year)
    return day is not None and year - _YEARS_BACK <= day.year <= year + _YEARS_AHEAD
