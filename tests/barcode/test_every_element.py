"""Every element GS1 knows: printed soundly it comes back, printed wrong it is caught, and it costs no other."""

from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from client.barcode.ai_table import Part, known_ais, rule_of
from client.barcode.checks import ALPHABETS, check_digit_is_right, failed_check
from client.barcode.label import Label, RawScan
from client.barcode.read import read

GS = "\x1d"
GTIN = "09521234543213"
YEAR = 2026
SOUND = {
    "yymmd0": "271200", "yymmdd": "271231", "yyyymmdd": "19801231", "iso3166": "276", "iso3166999": "999",
    "iso3166alpha2": "DE", "iso4217": "978", "iso5218": "1", "hhmi": "2359", "hh": "23", "mi": "59", "ss": "59",
    "yesno": "1", "winding": "1", "hyphen": "-", "zero": "0", "mediatype": "01", "pieceoftotal": "0102",
    "posinseqslash": "1/3", "packagetype": "AA", "latitude": "0272800000", "longitude": "1805000000",
    "importeridx": "1", "iban": "DE89370400440532013000", "couponcode": "106141410012342501106501013",
    "couponposoffer": "001234561234560123456", "csumalpha": "1987654Ad4X4bL5ttr2310c2K",
}  # fmt: skip
ELEMENTS = [ai for ai in known_ais() if ai != "8018"]
DATED = [ai for ai in ELEMENTS if (rule := rule_of(ai)) and rule.parts[0].checks[:1] in {("yymmd0",), ("yymmdd",)}]


def scanned(text: str) -> Label:
    return read(RawScan.received(text, source="test", device="", scanned_at=datetime(YEAR, 11, 21, tzinfo=UTC)))


def faults(label: Label) -> list[str]:
    return [problem.element for problem in label.problems if problem.breaks]


def predefined(ai: str) -> bool:
    rule = rule_of(ai)
    return rule is not None and rule.predefined


def piece(part: Part, body: str) -> str:
    """What a part may hold, made of `body` where its checks leave a choice."""
    if known := next((SOUND[check] for check in part.checks if check in SOUND), ""):
        return known
    text = (body * part.longest)[: part.longest]
    if any(check.startswith("gcppos") for check in part.checks):
        text = ("1" + "9521" if "gcppos2" in part.checks else "9521") + text
    text = text[: part.longest]
    if "csum" in part.checks:
        text = next(done for digit in "0123456789" if check_digit_is_right(done := text[:-1] + digit))
    return text


def sound(ai: str, body: str = "1", *, whole: bool = True) -> str:
    """A value of that AI, with its optional parts or without."""
    rule = rule_of(ai)
    assert rule
    value = "".join(piece(part, body) for part in rule.parts if whole or not part.optional)
    assert all(failed_check(check, piece(part, body), YEAR) is None for part in rule.parts for check in part.checks)
    return value


@pytest.mark.parametrize("whole", [True, False])
def test_an_element_printed_soundly_comes_back_and_ends_where_it_ends(whole: bool) -> None:
    for ai in ELEMENTS:
        value = sound(ai, whole=whole)

        label = scanned(f"]d2{ai}{value}{'' if predefined(ai) else GS}99KEPT")

        assert [(element.ai, element.value) for element in label.elements] == [(ai, value), ("99", "KEPT")]
        assert faults(label) == []
        assert scanned(f"({ai}){value}(99)KEPT").elements == label.elements


def test_an_element_too_long_is_caught_and_costs_its_neighbours_nothing() -> None:
    for ai in ELEMENTS:
        rule = rule_of(ai)
        assert rule

        label = scanned(f"(01){GTIN}({ai}){'0' * (rule.longest + 1)}(99)KEPT")

        assert ai in faults(label)
        assert label.elements[-1].value == "KEPT"


NUMBERED = [ai for ai in ELEMENTS if (rule := rule_of(ai)) and any("csum" in part.checks for part in rule.parts)]


@given(st.sampled_from(NUMBERED), st.integers(0, 17), st.integers(1, 9))
def test_a_number_with_one_wrong_digit_is_never_right(ai: str, place: int, by: int) -> None:
    rule = rule_of(ai)
    assert rule
    part = next(part for part in rule.parts if "csum" in part.checks)
    assume(place < part.longest)
    value = sound(ai, whole=False)
    at = sum(one.longest for one in rule.parts[: rule.parts.index(part)]) + place
    misread = value[:at] + str((int(value[at]) + by) % 10) + value[at + 1 :]

    assert ai in faults(scanned(f"({ai}){misread}"))


@pytest.mark.parametrize("day", ["271301", "270001", "270230", "270132", "000000", "27123A", "2712", "991131"])
def test_a_day_that_does_not_exist_is_no_day(day: str) -> None:
    for ai in DATED:
        label = scanned(f"({ai}){day}{sound(ai, whole=False)[6:]}")

        assert ai in faults(label)
        assert label.expiry is None


def test_a_letter_in_a_number_is_caught() -> None:
    numbers = [ai for ai in ELEMENTS if (rule := rule_of(ai)) and rule.parts[0].characters == "N"]

    assert [ai for ai in numbers if ai not in faults(scanned(f"({ai})A{sound(ai)[1:]}"))] == []


@given(st.lists(st.sampled_from(ELEMENTS), min_size=1, max_size=8, unique=True), st.sampled_from("123456789"))
def test_any_sound_elements_together_come_back_in_order(ais: list[str], digit: str) -> None:
    printed = [(ai, sound(ai, digit)) for ai in ais]

    label = scanned("]C1" + "".join(f"{ai}{value}{'' if predefined(ai) else GS}" for ai, value in printed))

    assert [(element.ai, element.value) for element in label.elements] == printed
    assert faults(label) == []


@given(st.sampled_from(ELEMENTS), st.text(sorted(ALPHABETS["X"]), max_size=95))
def test_whatever_stands_in_an_element_the_next_one_is_read(ai: str, value: str) -> None:
    label = scanned(f"({ai}){value.replace('(', chr(92) + '(')}(99)KEPT") if not value.endswith("\\") else None

    assert label is None or label.kind == "patient" or label.elements[-1].value == "KEPT"
