"""What the labels of a delivery say, and what is said of labels that are wrong."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from client.barcode.label import Element, Label, RawScan
from client.barcode.read import read

GS = "\x1d"
GTIN = "09521234543213"


def scanned(text: str, year: int = 2026) -> Label:
    return read(RawScan.received(text, source="test", device="", scanned_at=datetime(year, 11, 21, tzinfo=UTC)))


def codes(label: Label) -> list[tuple[str, str]]:
    return [(problem.code, problem.element) for problem in label.problems]


@pytest.mark.parametrize("symbology", ["]d2", "]d8", "]C1", "]Q3", "]e0", "]J1"])
def test_a_medicine_pack_says_product_lot_expiry_and_serial(symbology: str) -> None:
    label = scanned(f"{symbology}01{GTIN}17271231" + f"10ABC-7{GS}21S0001\r\n")

    assert (label.kind, label.valid) == ("gs1", True)
    assert (label.gtin, label.lot, label.expiry, label.serial) == (GTIN, "ABC-7", date(2027, 12, 31), "S0001")
    assert [element.ai for element in label.elements] == ["01", "17", "10", "21"]


def test_the_evidence_keeps_every_byte_received() -> None:
    label = scanned(f"]d201{GTIN}10Ä{GS}\r")

    assert label.raw.data == f"]d201{GTIN}10Ä{GS}\r".encode()
    assert label.raw.symbology == "]d2"


def test_fnc1_in_front_at_the_end_and_doubled_changes_nothing() -> None:
    assert scanned(f"]C1{GS}10A{GS}{GS}17271231{GS}").elements == (Element("10", "A"), Element("17", "271231"))


def test_bracketed_text_is_read_strictly() -> None:
    label = scanned(rf"(01){GTIN}(10)A B\(C")

    assert label.elements == (Element("01", GTIN), Element("10", "A B(C"))
    assert ("characters", "10") in codes(label)  # a space is kept and complained about, not dropped
    assert label.gtin == GTIN


def test_a_missing_bracket_keeps_what_came_before() -> None:
    label = scanned(f"(01){GTIN}(17)271231(10AB")

    assert (label.gtin, label.expiry) == (GTIN, date(2027, 12, 31))
    assert ("brackets", "") in codes(label)


def test_the_printed_caret_stands_for_the_separator() -> None:
    assert scanned(f"^01{GTIN}10A^21B").serial == "B"


@pytest.mark.parametrize(
    ("code", "gtin"),
    [
        ("96385074", "00000096385074"),
        ("036000291452", "00036000291452"),
        ("9521234543213", GTIN),
        (GTIN, GTIN),
        ("]E09521234543213", GTIN),
        ("]E496385074", "00000096385074"),
        ("]I1" + GTIN, GTIN),
    ],
)
def test_a_bare_product_number_becomes_fourteen_digits(code: str, gtin: str) -> None:
    label = scanned(code)

    assert (label.kind, label.gtin, label.elements, label.problems) == ("gtin", gtin, (), ())


def test_an_ean_the_scanner_announced_with_a_wrong_check_digit_is_said_to_be_wrong() -> None:
    label = scanned("]E09521234543214")

    assert (label.kind, label.gtin, label.valid, codes(label)) == ("gtin", None, False, [("check_digit", "")])


@pytest.mark.parametrize(
    "code",
    [
        "9521234543214",  # thirteen digits of some shelf: nobody said it is an EAN
        "WH/IN/00012",
        "P00042",
        "A-01-3",
        "01 SHELF",
        "0109521234543214",  # looks like GS1 with a wrong check digit
        f"01{GTIN}89XYZ",
        "10ABC",
        f"note{GS}of something",
        "(A) ward",
    ],
)
def test_without_evidence_a_code_stays_plain_and_whole(code: str) -> None:
    label = scanned(code)

    assert (label.kind, label.text, label.gtin, label.elements) == ("plain", code, None, ())


@pytest.mark.parametrize("code", [f"01{GTIN}17271231", f"02{GTIN}3712", "00095212345678901235"])
def test_gs1_without_symbology_id_is_read_behind_a_checked_number(code: str) -> None:
    label = scanned(code)

    assert (label.kind, label.valid) == ("gs1", True)


def test_gs1_in_a_symbol_that_does_not_say_so_is_read_and_noted() -> None:
    label = scanned(f"]d101{GTIN}10A{GS}17271231")

    assert (label.gtin, label.lot, label.valid) == (GTIN, "A", True)
    assert codes(label) == [("not_flagged", "")]


def test_complaint_02_an_unknown_element_costs_nothing_else() -> None:
    label = scanned(f"]d201{GTIN}89XYZ{GS}10A")

    assert (label.gtin, label.lot, label.valid) == (GTIN, "A", False)
    assert label.elements[1] == Element("", "89XYZ", known=False)


def test_an_unknown_element_of_reserved_length_ends_where_it_ends() -> None:
    label = scanned(f"]d201{GTIN}1927123110A")

    assert label.elements == (Element("01", GTIN), Element("19", "271231", known=False), Element("10", "A"))


@pytest.mark.parametrize(
    ("content", "code", "element"),
    [
        ("0109521234543214", "check_digit", "01"),
        ("17271331", "date", "17"),
        ("17000000", "date", "17"),
        ("17270229", "date", "17"),
        ("1727122A", "characters", "17"),
        ("172712", "too_short", "17"),
        ("10", "empty", "10"),
        ("10ABCDEFGHIJKLMNOPQRSTU", "too_long", "10"),
        ("10AB~C", "characters", "10"),
        ("70032712002359", "date", "7003"),
        ("70032712312460", "time", "7003"),
        ("8006095212345432130302", "code", "8006"),
        ("421999ABC", "code", "421"),
        ("80131987654Ad4X4bL5ttr2310c2X", "check_digit", "8013"),
        ("7023ABCD1", "company_prefix", "7023"),
        ("8007DE91100000000123456788", "check_digit", "8007"),
    ],
)
def test_a_faulty_element_is_said_and_the_rest_is_kept(content: str, code: str, element: str) -> None:
    label = scanned(f"]d2{content}{GS}240KEPT")

    assert (code, element) in codes(label)
    assert not label.valid
    assert label.elements[-1] == Element("240", "KEPT")
    assert (label.gtin, label.lot, label.expiry) == (None, None, None)


def test_day_zero_is_the_last_day_of_the_month() -> None:
    assert scanned("]d217280200").expiry == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("yymmdd", "year", "day"),
    [
        ("760101", 2026, date(2076, 1, 1)),
        ("770101", 2026, date(1977, 1, 1)),
        ("000101", 2049, date(2000, 1, 1)),
        ("000101", 2050, date(2100, 1, 1)),
        ("991231", 2026, date(1999, 12, 31)),
    ],
)
def test_the_century_is_the_one_nearest_to_the_scan(yymmdd: str, year: int, day: date) -> None:
    assert scanned(f"]d217{yymmdd}", year).expiry == day


def test_an_expiry_with_an_hour_is_an_expiry() -> None:
    assert scanned(f"]d201{GTIN}70032712312359").expiry == date(2027, 12, 31)


def test_best_before_and_production_are_never_an_expiry() -> None:
    label = scanned(f"]d201{GTIN}152712311126010116270101")

    assert label.expiry is None
    assert (label.best_before, label.production) == (date(2027, 12, 31), date(2026, 1, 1))


def test_thirty_counts_the_item_and_thirty_seven_what_is_inside() -> None:
    item, box = scanned(f"]d201{GTIN}300012"), scanned(f"]C102{GTIN}3724")

    assert (item.gtin, item.content_gtin, item.quantity) == (GTIN, None, Decimal(12))
    assert (box.gtin, box.content_gtin, box.quantity) == (None, GTIN, Decimal(24))


def test_a_count_of_nothing_known_is_no_quantity() -> None:
    assert scanned(f"]C101{GTIN}3724").quantity is None


def test_a_weight_is_a_weight_and_no_quantity() -> None:
    label = scanned(f"]C101{GTIN}3103001234")

    assert (label.net_weight_kg, label.quantity) == (Decimal("1.234"), None)


def test_a_lone_lot_is_valid_though_it_needs_a_product() -> None:
    label = scanned("]d210ABC")

    assert label.valid
    assert codes(label) == [("association", "10")]


def test_two_different_lots_on_one_label_are_no_lot() -> None:
    label = scanned(f"]d201{GTIN}10A{GS}10B{GS}17271231")

    assert (label.lot, label.expiry, label.valid) == (None, date(2027, 12, 31), True)
    assert ("association", "10") in codes(label)


def test_elements_that_exclude_each_other_are_said() -> None:
    assert ("association", "02") in codes(scanned(f"]d201{GTIN}02{GTIN}375"))


def test_a_lot_that_swallowed_a_date_is_doubted_not_split() -> None:
    label = scanned(f"01{GTIN}10ABC17271231")

    assert label.lot == "ABC17271231"
    assert codes(label) == [("separator_doubt", "10")]


@pytest.mark.parametrize("text", [f"(01){GTIN}(10)ABC17271231", f"]d201{GTIN}10ABC17271231{GS}21S"])
def test_a_lot_that_was_ended_properly_is_not_doubted(text: str) -> None:
    assert scanned(text).problems == ()


def test_caps_lock_shows_in_the_symbology_id() -> None:
    label = scanned(f"]D201{GTIN}10abC-7")

    assert (label.gtin, label.lot, label.valid) == (GTIN, "ABc-7", True)
    assert codes(label) == [("caps_lock", "")]


def test_capitals_under_caps_lock_may_come_from_a_scanner_that_sends_no_others() -> None:
    label = scanned(f"]D201{GTIN}10ABC")

    assert (label.lot, codes(label)) == ("ABC", [("caps_lock", "")])


def test_a_databar_behind_caps_lock_is_no_wrong_ean() -> None:
    label = scanned(f"]E001{GTIN}10abc")

    assert (label.kind, label.gtin, label.lot, codes(label)) == ("gs1", GTIN, "ABC", [("caps_lock", "")])


def test_a_composite_on_an_ean_belongs_to_its_product() -> None:
    label = scanned(f"]E09521234543213|]e010A{GS}17271231")

    assert (label.gtin, label.lot) == (GTIN, "A")


def test_a_command_barcode_is_a_command() -> None:
    label = scanned("]C0WS!confirm")

    assert (label.kind, label.command) == ("command", "confirm")


@pytest.mark.parametrize(
    "text",
    [
        f"]d28018952123456789012345{GS}7253DOE{GS}7254JANE",
        "(8018)952123456789012345(7250)19800101",
        "]d280189521234567890123457253DOE",  # the separator is lost: the name hides in the number
        "(8018)952123456789012345(7253DOE",
        f"]d28018952123453676760007{GS}917DOE1980",  # damaged: what says more of them may hide unread
    ],
)
def test_nothing_of_a_patient_is_kept(text: str) -> None:
    label = scanned(text)

    assert label.kind == "patient"
    assert (label.text, label.raw.text, label.raw.data, label.elements) == ("", "", b"", ())
    assert "DOE" not in repr(label)
    assert "1980" not in repr(label)
    assert "9521234" not in repr(label)


def test_a_product_number_that_looks_like_a_patients_together_with_its_neighbours_is_a_product() -> None:
    label = scanned(f"]d20109521801801029172712311000102{GS}217253")

    assert (label.kind, label.gtin, label.serial) == ("gs1", "09521801801029", "7253")


@pytest.mark.parametrize("text", ["]d27253DOE8018952123453676760006", "]d2998018952123453676760006X7253DOE"])
def test_a_patient_swallowed_by_a_sound_element_is_found(text: str) -> None:
    assert scanned(text).kind == "patient"


def test_a_symbology_that_does_not_exist_is_said() -> None:
    assert codes(scanned("]Y9ABC")) == [("symbology_unknown", "")]
