"""GS1 symbols: element strings, brackets typed by hand, retail numbers. What each says becomes a Label."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from client.barcode.association import association_problems, contradicted
from client.barcode.checks import check_digit_is_right, day_of
from client.barcode.element_string import Reading, read_bracketed, read_element_string
from client.barcode.label import Element, Label, Problem, RawScan, plain
from client.barcode.repair import separator_doubts

_GTIN_LENGTHS: Final = (8, 12, 13, 14)
_PERSON: Final = frozenset(str(ai) for ai in range(7250, 7260))  # birth, name, address of whom 8018 numbers


def retail(raw: RawScan, text: str) -> Label:
    """EAN and UPC, whose check digit the scanner has already seen: anything but a right number is a fault."""
    number, composite, data = text.partition("|]e0")
    gtin = number.zfill(14) if is_gtin(number) else None
    if gtin and composite:
        return replace(element_string(raw, data, ()), gtin=gtin)
    wrong_shape = len(number) not in _GTIN_LENGTHS or not (number.isascii() and number.isdigit())
    fault = Problem("not_a_gtin" if wrong_shape else "check_digit", facts=(("value", text),))
    return Label(kind="gtin", raw=raw, text=text, gtin=gtin, problems=() if gtin else (fault,))


def element_string(raw: RawScan, text: str, notes: tuple[Problem, ...]) -> Label:
    elements, problems = read_element_string(text, raw.scanned_at.year)
    doubts = separator_doubts(text, elements, raw.scanned_at.year)
    return _gs1(raw, text, (elements, problems), (*notes, *doubts))


def bracketed(raw: RawScan, text: str, notes: tuple[Problem, ...]) -> Label:
    elements, problems = read_bracketed(text, raw.scanned_at.year)
    if elements:
        return _gs1(raw, text, (elements, problems), notes)
    return plain(raw, text, *problems)


def if_clean(raw: RawScan, text: str, notes: tuple[Problem, ...]) -> Label:
    label = element_string(raw, text, notes)
    return label if label.valid else plain(raw, text)


def is_gtin(text: str) -> bool:
    """Whether this is a GTIN-8, -12, -13 or -14 with a right check digit."""
    return len(text) in _GTIN_LENGTHS and text.isascii() and text.isdigit() and check_digit_is_right(text)


def _gs1(raw: RawScan, text: str, reading: Reading, notes: tuple[Problem, ...]) -> Label:
    elements, problems = reading
    if _may_name_a_patient(elements, problems):
        return _patient(raw, damaged=bool(problems))
    if not elements:
        problems = [Problem("empty")]
    sound, year = _sound(elements, problems), raw.scanned_at.year
    return Label(
        kind="gs1",
        raw=raw,
        text=text,
        elements=tuple(elements),
        problems=(*problems, *notes, *association_problems(elements)),
        **_fields(sound, year),
    )


def _may_name_a_patient(elements: list[Element], problems: list[Problem]) -> bool:
    """8018 with any of 7250 to 7259, or 8018 on a damaged label, where such an element may hide unread."""
    ais = {element.ai for element in elements}
    return "8018" in ais and (bool(problems) or not ais.isdisjoint(_PERSON))


def _patient(raw: RawScan, *, damaged: bool) -> Label:
    """A patient's wristband: recognised so that it can be refused, and nothing of it kept (design 7)."""
    nothing = RawScan("", b"", raw.symbology, raw.source, raw.device, raw.scanned_at)
    problems = (Problem("patient"), Problem("damaged")) if damaged else (Problem("patient"),)
    return Label(kind="patient", raw=nothing, text="", problems=problems)


def _sound(elements: list[Element], problems: list[Problem]) -> dict[str, str]:
    """AI to value, without elements that have a fault or are said twice differently: a person decides those."""
    bad = {(problem.element, dict(problem.facts).get("value")) for problem in problems}
    unclear = contradicted(elements)
    return {e.ai: e.value for e in elements if e.ai not in unclear and (e.ai, e.value) not in bad}


# A **kwargs of Label fields of several types: spelling them as a TypedDict would repeat Label.
def _fields(sound: dict[str, str], year: int) -> dict[str, Any]:
    def day(ai: str) -> date | None:
        return day_of(sound[ai], year) if ai in sound else None

    return {
        "gtin": sound.get("01"),
        "content_gtin": sound.get("02"),
        "lot": sound.get("10"),
        "expiry": day("17") or (day_of(sound["7003"][:6], year) if "7003" in sound else None),
        "best_before": day("15"),
        "sell_by": day("16"),
        "production": day("11"),
        "serial": sound.get("21"),
        "quantity": _quantity(sound),
        "net_weight_kg": _net_weight(sound),
        "variant": sound.get("20"),
        "sscc": sound.get("00"),
    }


def _quantity(sound: dict[str, str]) -> Decimal | None:
    """01 with 30, or 02 with 37: how many of that item (design 13.6). 37 without 02 counts nothing we know."""
    counted = sound.get("37") if "02" in sound else sound.get("30")
    return Decimal(counted) if counted else None


def _net_weight(sound: dict[str, str]) -> Decimal | None:
    ai = next((ai for ai in sound if ai.startswith("310")), None)
    return Decimal(sound[ai]).scaleb(-int(ai[3])) if ai else None
