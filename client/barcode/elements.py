"""What checked elements say of an item: the one way from GS1 elements, however they were written, to a Label."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from client.barcode.association import association_problems, contradicted
from client.barcode.checks import day_of
from client.barcode.element_string import Reading
from client.barcode.label import Kind, Label, Problem, RawScan
from client.barcode.patient import names_a_patient, patient

_NATIONAL: Final = tuple(str(ai) for ai in range(710, 718))  # national healthcare reimbursement numbers
_MEASURES: Final = frozenset({"31", "32", "33", "34", "35", "36", "39"})


def label_of(kind: Kind, raw: RawScan, text: str, reading: Reading, notes: tuple[Problem, ...] = ()) -> Label:
    """The Label of elements with their problems: sound values become its fields, a patient's are not kept at all."""
    elements, problems = reading
    if names_a_patient(elements, problems):
        return patient(raw, damaged=bool(problems))
    if not elements:
        problems = [Problem("empty")]
    return Label(
        kind=kind,
        raw=raw,
        text=text,
        elements=tuple(elements),
        problems=(*problems, *notes, *association_problems(elements)),
        **_fields(_sound(reading), raw.scanned_at.year),
    )


def decimal_of(ai: str, value: str) -> Decimal | None:
    """The number of a sound element that counts (30, 37), measures (31nn to 36nn) or prices (39nn), None of any other.

    The last digit of a measure's AI says its decimal places; a currency stands before the amount of 391n and 393n.
    """
    if ai in {"30", "37"}:
        return Decimal(value)
    if ai[:2] not in _MEASURES:
        return None
    return Decimal(value[3:] if ai[:3] in {"391", "393"} else value).scaleb(-int(ai[3]))


def _sound(reading: Reading) -> dict[str, str]:
    """AI to value, without elements that have a fault or are said twice differently: a person decides those."""
    elements, problems = reading
    bad = {(problem.element, dict(problem.facts).get("value")) for problem in problems}
    unclear = contradicted(elements)
    return {e.ai: e.value for e in elements if e.ai not in unclear and (e.ai, e.value) not in bad}


# A **kwargs of Label fields of several types: spelling them as a TypedDict would repeat Label.
def _fields(sound: dict[str, str], year: int) -> dict[str, Any]:
    def day(ai: str) -> date | None:
        return day_of(sound[ai][:6], year) if ai in sound else None

    return {
        "gtin": sound.get("01"),
        "content_gtin": sound.get("02"),
        "lot": sound.get("10"),
        "expiry": day("17") or day("7003"),
        "best_before": day("15"),
        "sell_by": day("16"),
        "production": day("11"),
        "serial": sound.get("21"),
        "quantity": _quantity(sound),
        "net_weight_kg": _net_weight(sound),
        "variant": sound.get("20"),
        "sscc": sound.get("00"),
        "other_numbers": tuple(sound[ai] for ai in _NATIONAL if ai in sound),
    }


def _quantity(sound: dict[str, str]) -> Decimal | None:
    """01 with 30, or 02 with 37: how many of that item (design 13.6). 37 without 02 counts nothing we know."""
    ai = "37" if "02" in sound else "30"
    return decimal_of(ai, sound[ai]) if ai in sound else None


def _net_weight(sound: dict[str, str]) -> Decimal | None:
    ai = next((ai for ai in sound if ai.startswith("310")), None)
    return decimal_of(ai, sound[ai]) if ai else None
