"""A label as `wardstock parse --json` prints it."""

from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from client.barcode.label import Element, Label, Problem, RawScan
from client.barcode.read import read
from client.words.label import problem_sentence

_NOT_SAID_BY_THE_LABEL: Final = {"kind", "raw", "text", "elements", "problems", "readings", "parser_version"}
_WHERE_THERE_IS_ONE: Final = {"device_id", "other_numbers"}
"""Fields of HIBC, IFA and ISBT symbols, and of national numbers: their keys are there only with a value."""


def parse_json(text: str) -> dict[str, object]:
    """What `text` says, read as a scanner would send it. Every key of "label" is there, null where it says nothing.

    `valid` speaks of format, character set, check digits and dates, never of rules between elements. "readings", best
    first, stands there only where a separator seems lost. A patient's label is not repeated, not even as "input".
    """
    label = read(RawScan.received(text, source="parse", device="", scanned_at=datetime.now(UTC)))
    told = {
        "input": "" if label.kind == "patient" else text,
        "kind": label.kind,
        "valid": label.valid,
        "elements": _pairs(label.elements),
        "label": _said(label),
        "problems": [_problem(problem) for problem in label.problems],
    }
    return told | ({"readings": [_pairs(one.elements) for one in label.readings]} if label.readings else {})


def _pairs(elements: tuple[Element, ...]) -> list[list[str]]:
    return [[element.ai, element.value] for element in elements]


def _said(label: Label) -> dict[str, object]:
    names = [field.name for field in fields(label) if field.name not in _NOT_SAID_BY_THE_LABEL]
    return {name: _text(value) for name in names if (value := getattr(label, name)) or name not in _WHERE_THERE_IS_ONE}


def _text(value: str | date | Decimal | tuple[str, ...] | None) -> str | list[str] | None:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value is None else str(value)


def _problem(problem: Problem) -> dict[str, str]:
    sentence = problem_sentence(problem.code, problem.element, dict(problem.facts))
    return {"code": problem.code, "element": problem.element, "text": sentence}
