"""A label as `wardstock parse --json` prints it."""

from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from client.barcode.label import Label, Problem, RawScan
from client.barcode.read import read
from client.words.label import problem_sentence

_NOT_SAID_BY_THE_LABEL: Final = {
    "kind",
    "raw",
    "text",
    "elements",
    "problems",
    "device_id",
    "other_numbers",
    "readings",
    "parser_version",
}


def parse_json(text: str) -> dict[str, object]:
    """What `text` says, read as a scanner would send it. Every key of "label" is there, null where it says nothing.

    `valid` speaks of format, character set, check digits and dates, never of rules between elements. A patient's
    label is not repeated, not even as "input".
    """
    label = read(RawScan.received(text, source="parse", device="", scanned_at=datetime.now(UTC)))
    return {
        "input": "" if label.kind == "patient" else text,
        "kind": label.kind,
        "valid": label.valid,
        "elements": [[element.ai, element.value] for element in label.elements],
        "label": _said(label),
        "problems": [_problem(problem) for problem in label.problems],
    }


def _said(label: Label) -> dict[str, str | None]:
    names = [field.name for field in fields(label) if field.name not in _NOT_SAID_BY_THE_LABEL]
    return {name: _text(getattr(label, name)) for name in names}


def _text(value: str | date | Decimal | None) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return None if value is None else str(value)


def _problem(problem: Problem) -> dict[str, str]:
    sentence = problem_sentence(problem.code, problem.element, dict(problem.facts))
    return {"code": problem.code, "element": problem.element, "text": sentence}
