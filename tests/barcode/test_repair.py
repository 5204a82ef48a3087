"""A scanner that loses separators: seen, every way to put them back, and none believed without a person."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from client.barcode.gs1 import reread
from client.barcode.label import Element, Label, RawScan
from client.barcode.read import read
from client.barcode.repair import LONGEST, brackets, likeliest, readings
from client.barcode.scanner import UNKNOWN, Scanner
from client.parse import parse_json
from tests.bench.readings import cells

YEAR = 2026
GTIN = "09521234543213"
LOSES = Scanner(separator="")
GS = "\x1d"


def scanned(text: str, scanner: Scanner = UNKNOWN) -> Label:
    raw = RawScan.received(text, source="wedge", device="", scanned_at=datetime(2026, 11, 21, tzinfo=UTC))
    return read(raw, scanner)


def said(label: Label) -> list[str]:
    return [brackets(one.elements) for one in label.readings]


def test_a_date_inside_a_lot_comes_with_both_readings_the_likely_one_first() -> None:
    label = scanned(f"]d201{GTIN}10ABC17271231")

    assert said(label)[0] == f"(01){GTIN}(10)ABC(17)271231"
    assert f"(01){GTIN}(10)ABC17271231" in said(label)
    assert not any(one.sure for one in label.readings)
    assert "separator_doubt" in [one.code for one in label.problems]


def test_a_string_that_cannot_be_otherwise_is_read_without_its_separator() -> None:
    label = scanned(f"]d201{GTIN}10ABCDEFGH1234567890211712312717")  # 25 characters are no lot

    assert label.lot is None
    assert f"(01){GTIN}(10)ABCDEFGH1234567890(21)1712312717" in said(label)


def test_the_only_reading_is_not_sure_where_its_open_element_does_not_come_last() -> None:
    (only,) = readings(f"01{GTIN}10ABCDEFGHJKLMNPQRS17281130", YEAR)  # 24 characters are no lot

    assert brackets(only.elements) == f"(01){GTIN}(10)ABCDEFGHJKLMNPQRS(17)281130"
    assert not only.sure
    assert scanned(f"]d201{GTIN}10ABCDEFGHJKLMNPQRS17281130").lot is None


def test_the_only_reading_of_a_hospital_is_not_sure_where_gs1_knows_another() -> None:
    (only,) = readings(f"01{GTIN}1727123110AB91XY", YEAR)  # (91) is within a company

    assert brackets(only.elements) == f"(01){GTIN}(17)271231(10)AB91XY"
    assert not only.sure


def test_a_scanner_that_sends_no_symbology_id_is_heard_all_the_same() -> None:
    label = scanned(f"01{GTIN}10ABCDEFGH123456789021SERIAL77")

    assert (label.kind, label.gtin) == ("gs1", GTIN)
    assert f"(01){GTIN}(10)ABCDEFGH1234567890(21)SERIAL77" in said(label)


def test_an_unknown_scanner_is_believed_where_nothing_speaks_against_it() -> None:
    assert scanned(f"]d201{GTIN}1727123110ABC21").readings == ()
    assert scanned(f"]d201{GTIN}10AB21CD{GS}17271231").readings == ()


def test_what_a_lossy_scanner_sends_is_asked_about_where_it_can_be_read_twice() -> None:
    label = scanned(f"]d201{GTIN}1727123110ABC2112345", LOSES)

    assert {f"(01){GTIN}(17)271231(10)ABC(21)12345", f"(01){GTIN}(17)271231(10)ABC2112345"} <= set(said(label))
    assert "separator_doubt" in [one.code for one in label.problems]


def test_the_only_reading_with_one_open_element_last_needs_nobody() -> None:
    label = scanned(f"]d201{GTIN}1727123110KLM-77", LOSES)

    assert (label.lot, label.readings, label.valid) == ("KLM-77", (), True)
    assert "separator_doubt" not in [one.code for one in label.problems]


def test_a_fixed_element_whose_separator_was_lost_is_read_by_its_length() -> None:
    label = scanned(f"]d201{GTIN}7003271231120010KLM-X")

    assert (label.lot, label.valid) == ("KLM-X", True)
    assert [one.sure for one in label.readings] == [True]


def test_a_scanner_that_sends_separators_is_not_asked_about() -> None:
    label = scanned(f"]d201{GTIN}10ABC{GS}17271231", LOSES)

    assert (label.lot, label.readings) == ("ABC", ())


def test_a_wrong_check_digit_is_not_repaired() -> None:
    assert scanned("]d2010952123454321410ABC17271231").readings == ()


def test_a_lot_that_is_known_goes_first() -> None:
    found = readings(f"01{GTIN}17271231101234562112", YEAR)
    lots = {one.value for reading in found for one in reading.elements if one.ai == "10"}
    assert {"123456", "1234562112"} <= lots

    for lot in ("123456", "1234562112"):
        first = likeliest(found, YEAR, {lot})[0]
        assert Element("10", lot) in first.elements


def test_a_reading_says_what_a_label_with_separators_says() -> None:
    label = scanned(f"]d201{GTIN}10ABC17271231")
    whole = scanned(f"]d201{GTIN}10ABC{GS}17271231")

    again = reread(label, label.readings[0])

    assert (again.lot, again.expiry, again.gtin, again.valid) == (whole.lot, whole.expiry, whole.gtin, True)


def test_parse_prints_them() -> None:
    told = parse_json(f"]d201{GTIN}10ABC17271231")

    assert str(told["readings"]).count("17") >= 1


NAMES = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-", min_size=1, max_size=20)
ORDERS = st.permutations(["17", "10", "21"])


@given(ORDERS, NAMES, NAMES)
def test_what_was_printed_is_among_the_readings_or_there_are_too_many(order: list[str], lot: str, serial: str) -> None:
    values = {"17": "271231", "10": lot, "21": serial}
    printed = (Element("01", GTIN), *(Element(ai, values[ai]) for ai in order))

    found = readings("".join(one.ai + one.value for one in printed), YEAR)

    assert all("".join(one.ai + one.value for one in reading.elements) for reading in found)
    assert printed in [one.elements for one in found] or len(found) > 6


@given(NAMES)
def test_nothing_is_sure_that_can_be_read_twice(lot: str) -> None:
    found = readings(f"01{GTIN}17271231{'10'}{lot}", YEAR)

    assert (len(found) == 1 and found[0].elements[-1] == Element("10", lot)) or not any(one.sure for one in found)


@given(st.text(max_size=LONGEST + 5) | st.text("0123456789", max_size=LONGEST + 5))
def test_any_text_has_readings_that_say_that_text(text: str) -> None:
    assert all("".join(one.ai + one.value for one in reading.elements) == text for reading in readings(text, YEAR))


def test_of_labels_in_use_the_printed_reading_is_first_nearly_always() -> None:
    measured = list(cells())

    assert all(one.first >= 0.9 for one in measured)
    assert all(one.shown == 1 for one in measured)
    assert next(one for one in measured if one.order == "01 17 10" and not one.digits).unique >= 0.95
