"""Rules between the elements of one item: which AI needs or forbids which. Never a fault of the symbol alone.

GS1 asks them of all symbols on an item together, and hospital labels spread theirs over two (facts/scanning 3.4).
"""

from collections.abc import Iterator, Sequence
from typing import Final

from client.barcode.ai_table import rule_of
from client.barcode.label import Element, Problem


def association_problems(elements: Sequence[Element]) -> list[Problem]:
    """An "association" problem for each AI said twice differently, lacking a companion, or beside one it excludes.

    `elements` are those of one symbol, or of all symbols of one item together: only the latter can be held against it.
    """
    ais = dict.fromkeys(element.ai for element in elements if element.known)
    return [
        *_contradictions(elements),
        *(problem for ai in ais for problem in _company_problems(ai, set(ais))),
        *(_unserialised(elements) if "8030" in ais else ()),
    ]


def contradicted(elements: Sequence[Element]) -> frozenset[str]:
    """AIs that stand on the symbol with two different values."""
    first: dict[str, str] = {}
    return frozenset(element.ai for element in elements if first.setdefault(element.ai, element.value) != element.value)


def _contradictions(elements: Sequence[Element]) -> list[Problem]:
    return [Problem("association", ai, (("rule", "differs"),)) for ai in sorted(contradicted(elements)) if ai]


# How long the number is before its optional serial: a digital signature (8030) is of one thing, not of its kind.
_WITHOUT_SERIAL: Final = {"253": 13, "255": 13, "8003": 14}


def _unserialised(elements: Sequence[Element]) -> Iterator[Problem]:
    for element in elements:
        if len(element.value) == _WITHOUT_SERIAL.get(element.ai):
            yield Problem("association", element.ai, (("rule", "serial"),))


def _company_problems(ai: str, present: set[str]) -> list[Problem]:
    rule = rule_of(ai)
    if rule is None:
        return []
    missing = [group for group in rule.needs if not any(_all_present(choice, present) for choice in group)]
    excluded = sorted(other for other in present - {ai} if any(_matches(other, pattern) for pattern in rule.forbids))
    return [
        *(Problem("association", ai, (("rule", "needs"), ("others", " / ".join(group)))) for group in missing),
        *(Problem("association", ai, (("rule", "excludes"), ("others", other))) for other in excluded),
    ]


def _all_present(choice: str, present: set[str]) -> bool:
    return all(any(_matches(ai, pattern) for ai in present) for pattern in choice.split("+"))


def _matches(ai: str, pattern: str) -> bool:
    return len(ai) == len(pattern) and all(want in ("n", digit) for want, digit in zip(pattern, ai, strict=True))
