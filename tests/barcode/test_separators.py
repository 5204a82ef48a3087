"""What arrives where a symbol has a separator: scanners and keyboards that cannot send GS send something else."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from client.barcode.label import Label, RawScan
from client.barcode.read import read
from client.barcode.scanner import UNKNOWN, Scanner

GS = "\x1d"
GTIN = "09521234543213"
SUBSTITUTES = ["|", "~", "^", "{GS}", "<GS>", "\\u001d", "\u241d"]


def scanned(text: str, scanner: Scanner = UNKNOWN) -> Label:
    raw = RawScan.received(text, source="test", device="", scanned_at=datetime(2026, 11, 21, tzinfo=UTC))
    return read(raw, scanner)


def codes(label: Label) -> list[str]:
    return [problem.code for problem in label.problems]


@pytest.mark.parametrize("substitute", SUBSTITUTES)
@pytest.mark.parametrize("symbology", ["]d2", "]C1", ""])
def test_what_can_be_nothing_else_is_read_as_the_separator_and_said(symbology: str, substitute: str) -> None:
    label = scanned(f"{symbology}01{GTIN}10AB-7{substitute}17271231{substitute}21S9")

    assert (label.kind, label.lot, label.serial, label.expiry) == ("gs1", "AB-7", "S9", date(2027, 12, 31))
    assert codes(label) == ["separator_replaced"]
    assert dict(label.problems[0].facts) == {"value": substitute}


@pytest.mark.parametrize("substitute", SUBSTITUTES)
def test_the_second_symbol_of_a_pack_may_have_one_too(substitute: str) -> None:
    label = scanned(f"10AB{substitute}17271231")

    assert (label.lot, label.expiry) == ("AB", date(2027, 12, 31))


@pytest.mark.parametrize("separator", ["/", "%", "#", "@@"])
def test_what_may_stand_in_a_lot_is_a_separator_only_where_the_scanner_is_known_to_send_it(separator: str) -> None:
    text = f"]d201{GTIN}10AB{separator}17271231"

    assert scanned(text).expiry is None
    told = scanned(text, replace(UNKNOWN, separator=separator))
    assert (told.lot, told.expiry, codes(told)) == ("AB", date(2027, 12, 31), [])


@pytest.mark.parametrize("code", ["WH/IN/00012", "01/02/03", "10/AB", "21B/3", "10A/B"])
def test_a_scanner_that_sends_a_slash_still_reads_papers_and_shelves(code: str) -> None:
    label = scanned(code, replace(UNKNOWN, separator="/"))

    assert (label.kind, label.text) == ("plain", code)


@pytest.mark.parametrize("code", ["A|B", "10~", "10^3", "shelf 10|21", "17|B", "01|02"])
def test_a_substitute_alone_makes_no_gs1(code: str) -> None:
    assert (scanned(code).kind, scanned(code).text) == ("plain", code)


def test_a_stray_character_does_not_become_a_separator() -> None:
    label = scanned(f"]d201{GTIN}10AB~C")

    assert [element.value for element in label.elements] == [GTIN, "AB~C"]
    assert "characters" in codes(label)


def test_a_symbol_with_real_separators_has_no_substitutes() -> None:
    label = scanned(f"]d201{GTIN}10AB~17{GS}17271231")

    assert "characters" in codes(label)
    assert label.expiry == date(2027, 12, 31)


def test_a_damaged_symbol_is_taken_apart_at_its_substitutes_all_the_same() -> None:
    label = scanned(f"]d20109521234543214~10AB~17271231~21S{GTIN}")

    assert [element.ai for element in label.elements if element.ai] == ["01", "10", "17", "21"]
