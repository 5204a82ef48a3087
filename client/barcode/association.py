"""Rules between the elements of one item: which AI needs or forbids which. Never a fault of the symbol alone.

GS1 asks them of all symbols on an item together, and hospital labels spread theirs over two (facts/scanning 3.4).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from client.barcode.ai_table import rule_of
from client.barcode.label import Element, Problem


def association_problems(elements: Sequence[Element]) -> list[Problem]:
    """An "association" problem for each AI said twice differently, lacking a companion, or beside one it excludes.

    `elements` are those of one symbol, or of all symbols of one item together: only the latter can be held against it.
    """
    ais = dict.fromkeys(element.ai for element in elements if element.known)
    present = _by_pattern(ais)
    return [
        *_contradictions(elements),
        *(problem for ai in ais for problem in _company_problems(ai, present)),
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


def _company_problems(ai: str, present: Mapping[str, Sequence[str]]) -> list[Problem]:
    rule = rule_of(ai)
    if rule is None:
        return []
    missing = [group for group in rule.needs if not any(set(choice.split("+")) <= present.keys() for choice in group)]
    excluded = sorted({other for pattern in rule.forbids for other in present.get(pattern, ())} - {ai})
    return [
        *(Problem("association", ai, (("rule", "needs"), ("others", " / ".join(group)))) for group in missing),
        *(Problem("association", ai, (("rule", "excludes"), ("others", other))) for other in excluded),
    ]


def _by_pattern(ais: Iterable[str]) -> dict[str, list[str]]:
    """The AIs present, by themselves and by the patterns rules name them with: 3102 is also 310n and 31nn."""
    found: dict[str, list[str]] = {}
    for ai in ais:
        for open_digits in range(3):
            found.setdefault(ai[: len(ai) - open_digits] + "n" * open_digits, []).append(ai)
    return found
