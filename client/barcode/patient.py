"""Labels of people: recognised so that they can be refused, and nothing of them kept (design 7).

GS1 numbers who receives a service by AI 8018; 7250 to 7259 say who that is: birth, sex, name, address.
"""

import re
from typing import Final
from urllib.parse import unquote

from client.barcode.checks import check_digit_is_right
from client.barcode.label import Element, Label, Problem, RawScan

RECIPIENT: Final = "8018"
PROVIDER: Final = "8017"
_PERSON: Final = frozenset(str(ai) for ai in range(7250, 7260))


def patient(raw: RawScan, *, damaged: bool) -> Label:
    """The label that is all that is left of a wristband: when and by what it was scanned."""
    nothing = RawScan("", b"", raw.symbology, raw.source, raw.device, raw.scanned_at)
    problems = (Problem("patient"), Problem("damaged")) if damaged else (Problem("patient"),)
    return Label(kind="patient", raw=nothing, text="", problems=problems)


def names_a_patient(elements: list[Element], problems: list[Problem]) -> bool:
    """8018 with any of 7250 to 7259, or 8018 on a damaged label, where such an element may hide unread."""
    ais = {element.ai for element in elements}
    return RECIPIENT in ais and (bool(problems) or not ais.isdisjoint(_PERSON))


def speaks_of_a_person(label: Label) -> bool:
    """Whether a label is nobody's goods: a patient's number alone, or what the second symbol of a wristband says.

    A provider (AI 8017) may have a name on the badge.
    """
    ais = {element.ai for element in label.elements}
    return label.kind == "patient" or RECIPIENT in ais or (PROVIDER not in ais and not ais.isdisjoint(_PERSON))


def hides_a_patient(text: str) -> bool:
    """Whether a text that was not read as a patient's label holds one all the same: without separators, brackets or
    symbology id, in a link, or broken. A number that looks like 8018 by chance mostly has a wrong check digit, and
    nothing of a person beside it.
    """
    said = unquote(text)
    return any(_is_recipient(said, found) for found in _NUMBER.finditer(said))


_NUMBER: Final = re.compile(r"8018(\W{0,6})(?=([0-9]{18}))")
_PERSON_AI: Final = re.compile(r"725[0-9]")


def _is_recipient(text: str, found: re.Match[str]) -> bool:
    between, number = found.groups()
    if not _PERSON_AI.search(f"{text[: found.start()]} {text[found.end() + len(number) :]}"):
        return False
    return bool(between) or found.start() == 0 or check_digit_is_right(number)
