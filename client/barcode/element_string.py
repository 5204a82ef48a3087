"""GS1 element strings and their bracketed spelling, taken apart and checked one element at a time.

Whatever comes in, what can be read is kept: an unknown AI, a bad digit or a missing bracket never costs the rest.
"""

from typing import Final

from client.barcode.ai_table import Part, Rule, ai_at, predefined_length, rule_of
from client.barcode.checks import ALPHABETS, failed_check
from client.barcode.label import Element, Problem

GS: Final = "\x1d"

Reading = tuple[list[Element], list[Problem]]


def read_element_string(text: str, year: int) -> Reading:
    """The elements of a symbol's content. FNC1 in front, at the end or doubled is tolerated.

    Nothing behind an AI GS1 does not know can be told apart, so that element runs to the next separator.
    """
    elements: list[Element] = []
    start = 0
    while start < len(text):
        if text[start] == GS:
            start += 1
            continue
        ai = ai_at(text, start)
        end = _end_of_value(text, start + len(ai), rule_of(ai), ai)
        elements.append(Element(ai, text[start + len(ai) : end], rule_of(ai) is not None))
        start = end
    return elements, problems_of(elements, year)


def read_bracketed(text: str, year: int) -> Reading:
    r"""The elements of "(01)…(10)…", read strictly: nothing dropped, spaces kept, `\(` is a bracket of the value.

    Where the brackets stop making sense, reading stops, with the problem "brackets".
    """
    elements: list[Element] = []
    rest = text
    while rest:
        ai, closed, tail = rest[1:].partition(")")
        if rest[0] != "(" or not closed or not _could_be_ai(ai):
            return elements, [*problems_of(elements, year), Problem("brackets", facts=(("rest", rest[:20]),))]
        value, rest = _bracket_value(tail)
        elements.append(Element(ai, value, rule_of(ai) is not None))
    return elements, problems_of(elements, year)


def problems_of(elements: list[Element], year: int) -> list[Problem]:
    """What is wrong with each element by itself, at most one problem for each."""
    return [problem for element in elements if (problem := _problem_of(element, year))]


def _end_of_value(text: str, start: int, rule: Rule | None, ai: str) -> int:
    separator = text.find(GS, start)
    end = len(text) if separator < 0 else separator
    length = predefined_length(ai) if rule is None or rule.predefined else None
    return end if length is None else min(end, start + length)


def _could_be_ai(text: str) -> bool:
    return len(text) in (2, 3, 4) and text.isascii() and text.isdigit()


def _bracket_value(text: str) -> tuple[str, str]:
    end = text.find("(")
    while end > 0 and text[end - 1] == "\\":
        end = text.find("(", end + 1)
    value, rest = (text, "") if end < 0 else (text[:end], text[end:])
    return value.replace("\\(", "("), rest


def _problem_of(element: Element, year: int) -> Problem | None:
    rule = rule_of(element.ai)
    code = _fault(element.value, rule, year) if rule else "ai_unknown"
    return Problem(code, element.ai, (("value", element.value),)) if code else None


def _fault(value: str, rule: Rule, year: int) -> str | None:
    """What is wrong with the value first: its length, then part by part its characters and checks."""
    if not value:
        return "empty"
    if len(value) > rule.longest:
        return "too_long"
    for part in rule.parts:
        if not value and part.optional:
            return None
        piece, value = value[: part.longest], value[part.longest :]
        if code := _part_fault(piece, part, year):
            return code
    return None


def _part_fault(piece: str, part: Part, year: int) -> str | None:
    if not ALPHABETS[part.characters].issuperset(piece):
        return "characters"
    if len(piece) < part.shortest:
        return "too_short"
    for check in part.checks:
        if code := failed_check(check, piece, year):
            return code
    return None
