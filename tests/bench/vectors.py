"""Our reader against the official GS1 engine's verdicts, where its vectors are at hand; no speed.

`python -m tests.bench.vectors [FILE]` names each disagreement. The project carries rows of its own in tests/barcode.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from client.parse import parse_json

BESIDE_THE_CHECKOUT: Final = Path(__file__).parents[2].parent / "shared" / "gs1" / "vectors.json"
_FORMS: Final = frozenset({"bracketed", "scan_data", "digital_link"})
_BAD_DIGIT_OR_DAY: Final = ("check digit", "parity", "date", "illegal month", "illegal day")


@dataclass(frozen=True, slots=True)
class Row:
    """One input, the engine's verdict on it, and our answer."""

    text: str
    verdict: dict[str, Any]  # a row of the vectors file
    ours: dict[str, Any]  # what `wardstock parse --json` prints

    @property
    def agrees(self) -> bool:
        return bool(self.ours["valid"]) is (self.verdict["error_class"] != "syntax")

    @property
    def both_valid(self) -> bool:
        return self.agrees and bool(self.ours["valid"]) and self.ours["kind"] != "patient"

    @property
    def same_elements(self) -> bool:
        theirs = self.verdict.get("ai") or self.verdict.get("ai_syntax")
        return theirs is None or bool(self.ours["elements"] == theirs)

    @property
    def is_association(self) -> bool:
        return bool(self.verdict["error_class"] == "association")

    @property
    def association_named(self) -> bool:
        return any(problem["code"] == "association" for problem in self.ours["problems"])

    @property
    def has_a_bad_digit_or_day(self) -> bool:
        error = str(self.verdict.get("error") or "").lower()
        return self.verdict["error_class"] == "syntax" and any(word in error for word in _BAD_DIGIT_OR_DAY)


def line() -> str:
    """The figures, for people."""
    if not BESIDE_THE_CHECKOUT.exists():
        return "GS1 vectors: not beside this checkout"
    return _told(list(rows(BESIDE_THE_CHECKOUT)))


def rows(file: Path) -> Iterator[Row]:
    """The rows that speak of GS1 data, in the forms a scanner or a keyboard delivers."""
    for verdict in json.loads(file.read_text())["vectors"]:
        plain_data = verdict["valid"] and not verdict["is_gs1_ai_data"]
        if verdict["form"] in _FORMS and not plain_data:
            yield Row(verdict["input"], verdict, parse_json(verdict["input"]))


def _told(all_: list[Row]) -> str:
    valid, named = [row for row in all_ if row.both_valid], [row for row in all_ if row.is_association]
    bad = [row for row in all_ if row.has_a_bad_digit_or_day]
    return (
        f"GS1 vectors: verdict {_of(all_, [row.agrees for row in all_])}, "
        f"elements {_of(valid, [row.same_elements for row in valid])}, "
        f"association named {_of(named, [row.association_named for row in named])}, "
        f"bad digits and days caught {_of(bad, [not row.ours['valid'] for row in bad])}"
    )


def _of(all_: list[Row], right: list[bool]) -> str:
    return f"{sum(right)} of {len(all_)} ({100 * sum(right) / max(1, len(all_)):.1f} %)"


def _differences(all_: list[Row]) -> Iterator[str]:
    for row in all_:
        if not row.agrees:
            yield f"verdict   {row.text!r}: {row.verdict.get('error') or 'valid'}; ours {row.ours['problems']}"
        elif row.both_valid and not row.same_elements:
            yield f"elements  {row.text!r}: {row.verdict.get('ai')}; ours {row.ours['elements']}"
        elif row.is_association and not row.association_named:
            yield f"rule      {row.text!r}: {row.verdict.get('error')}"


if __name__ == "__main__":
    read_ = list(rows(Path(sys.argv[1]) if sys.argv[1:] else BESIDE_THE_CHECKOUT))
    sys.stdout.write("\n".join([*_differences(read_), _told(read_)]) + "\n")
