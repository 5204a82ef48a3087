"""Rules between the elements of one item: said, never a fault of one symbol, judged over all symbols together."""

from datetime import UTC, datetime

import pytest

from client.barcode.association import association_problems
from client.barcode.label import Label, RawScan
from client.barcode.read import read

GTIN, SSCC = "09521234543213", "952012345678912345"


def scanned(text: str) -> Label:
    return read(RawScan.received(text, source="test", device="", scanned_at=datetime(2026, 11, 21, tzinfo=UTC)))


def rules(label: Label) -> set[tuple[str, str]]:
    found = [one for one in label.problems if one.code == "association"]
    return {(one.element, dict(one.facts)["rule"]) for one in found}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("(10)ABC", ("10", "needs")),
        ("(17)271231", ("17", "needs")),
        (f"(02){GTIN}", ("02", "needs")),
        (f"(02){GTIN}(37)5", ("37", "needs")),
        ("(235)ABC", ("235", "needs")),
        (f"(01){GTIN}(250)A", ("250", "needs")),
        (f"(01){GTIN}(7250)19800101", ("7250", "needs")),
        (f"(01){GTIN}(3920)100", ("3920", "needs")),
        (f"(01){GTIN}(37)3", ("01", "excludes")),
        (f"(01){GTIN}(02){GTIN}", ("02", "excludes")),
        (f"(01){GTIN}(21)A(235)B", ("21", "excludes")),
        (f"(01){GTIN}(3102)000100(3103)001000", ("3102", "excludes")),
        ("(3940)1234(3941)9999", ("3940", "excludes")),
        (f"(01){GTIN}(422)276(426)276", ("422", "excludes")),
        (f"(01){GTIN}(17)271231(17)271130", ("17", "differs")),
        ("(400)A(400)B(400)A", ("400", "differs")),
        ("(253)1234567890128(8030)ABC", ("253", "serial")),
        ("(8003)01234567890128(8030)ABC", ("8003", "serial")),
        (f"https://id.gs1.org/01/{GTIN}?37=4", ("01", "excludes")),
    ],
)
def test_a_rule_that_is_broken_is_named_and_breaks_nothing(text: str, rule: tuple[str, str]) -> None:
    label = scanned(text)

    assert rule in rules(label)
    assert label.valid


@pytest.mark.parametrize(
    "text",
    [
        f"(01){GTIN}(17)271231(10)A(21)B(250)C(240)D(241)E(30)5(20)01(710)N",
        f"(01){GTIN}(10)A(10)A",
        f"(00){SSCC}(02){GTIN}(37)24(10)A",
        f"(01){GTIN}(3102)000100(3920)100",
        "(253)1234567890128X(8030)ABC",
        f"(01){GTIN}(7023)9521A",
    ],
)
def test_what_belongs_together_is_not_complained_about(text: str) -> None:
    assert (rules(scanned(text)), scanned(text).valid) == (set(), True)


def test_two_symbols_of_one_item_are_judged_together() -> None:
    first, second = scanned(f"]C101{GTIN}"), scanned("]C1172712311" + "0ABC")

    assert rules(second) == {("17", "needs"), ("10", "needs")}
    assert association_problems((*first.elements, *second.elements)) == []


def test_two_symbols_that_contradict_each_other_are_found_out() -> None:
    first, second = scanned(f"]C101{GTIN}" + "17271231"), scanned("]C1172711301" + "0ABC")

    [problem] = association_problems((*first.elements, *second.elements))
    assert (problem.element, dict(problem.facts)["rule"]) == ("17", "differs")
