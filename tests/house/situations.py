"""Which tests stand for which situation of the ward, and for which complaint of other apps' users.

`python -m tests.house.situations > docs/situations.md` writes the page from the names of the tests.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.end2end.paths import section

TESTS: Final = Path(__file__).parents[1]

WARD: Final[Mapping[int, str]] = {
    1: "Late movements against counts",
    2: "The stock key: product, place, lot, package, owner",
    3: "What has happened has happened: posted, warned, recounted",
    4: "Shelf, not parent",
    5: "Box and each",
    6: "Reserved for another",
    7: "Several rows of one key",
    8: "A second pending count",
    9: "The order is not on the device yet",
    10: "Already booked by someone else",
    11: "A colleague's half-done work on the same document",
    12: "One delivery, several orders",
    13: "Expiry settings",
    14: "Typed and missing lots",
    15: "The pack has a serial, Odoo tracks the lot",
    16: "An unknown barcode on the dock",
    17: "Damaged, expired on arrival, warm",
    18: "The delivery note",
    19: "Where Odoo puts it",
    20: "Several steps",
    21: "Close short cancels a purchase",
    22: "Implants with serial and batch",
    23: "Pallets",
    24: "Where use goes",
    25: "Return to the supplier",
    26: "Emergency: take now",
    27: "Two-sided transfers",
    28: "Requested, not yet sent",
    29: "Wrong lot posted, relabelling",
    30: "Controlled goods",
    31: "Recall and hold",
    32: "The end of a shift",
    33: "Who may what",
    34: "Rules and archives",
}
COMPLAINTS: Final[Mapping[int, str]] = {
    1: "A lost separator gives the wrong lot, in silence",
    2: "One unknown element rejects the whole code",
    3: "EAN-13 in Odoo, GTIN-14 on the label: not found",
    4: "A plain lot or product code is taken for GS1",
    5: "A scanned lot is booked on the wrong product",
    6: "The expiry is lost or overwritten; one lot with two dates",
    7: "Two symbols and several steps lose what was scanned",
    8: "Without a network the app is unusable",
    9: "Nobody can tell whether it was sent",
    10: "Errors are raw or hidden, or revert what was typed",
    11: "Counts: the stock moved meanwhile, uncounted lines block or wipe",
    12: "A blind count must be blind everywhere",
    13: "Scans doubled, dropped, or typed into fields",
    14: "Double tap on validate, a stale document",
    15: "A wrong scan cannot be corrected on the device",
}

_NAMED = re.compile(r"^def test_(ward|complaint)((?:_\d\d)+)_(\w+)", re.MULTILINE)
_SHIFT = re.compile(r"(ward|complaint)((?:_\d\d)+)_(\w+)")


def proofs() -> Iterator[tuple[str, int, str, str]]:
    """Each test with a number in its name: ward or complaint, the number, its sentence, its file."""
    for file in sorted(TESTS.rglob("test_*.py")):
        for kind, numbers, sentence in _NAMED.findall(file.read_text(encoding="utf-8")):
            yield from _each(kind, numbers, sentence, file)
    for file in sorted(TESTS.rglob("shifts/*.txt")):
        if named := _SHIFT.fullmatch(file.stem):
            yield from _each(named[1], named[2], named[3], file)


def _each(kind: str, numbers: str, sentence: str, file: Path) -> Iterator[tuple[str, int, str, str]]:
    for number in numbers.strip("_").split("_"):
        yield kind, int(number), sentence.replace("_", " "), file.relative_to(TESTS).as_posix()


def page() -> str:
    """The page, as it must stand in docs."""
    found = sorted(set(proofs()))
    lines = [
        "# Situations, and the tests that stand for them",
        "",
        "Written from the names of the tests by `python -m tests.house.situations`.",
        "",
        "## Situations of real work",
    ]
    lines += _listed("ward", WARD, found)
    lines += ["", "## Complaints of other apps' users"]
    lines += _listed("complaint", COMPLAINTS, found)
    lines += section()
    return "\n".join(lines) + "\n"


def _listed(kind: str, wanted: Mapping[int, str], found: list[tuple[str, int, str, str]]) -> Iterator[str]:
    for number, title in wanted.items():
        yield from ("", f"{number}. **{title}**")
        yield from (f"   - {sentence} (`{file}`)" for its, nth, sentence, file in found if (its, nth) == (kind, number))


if __name__ == "__main__":
    sys.stdout.write(page())
