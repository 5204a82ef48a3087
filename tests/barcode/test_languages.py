"""HIBC, PPN and ISBT 128: what their standards print as examples, every form of date, and one misread character."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from client.barcode.hibc import ALPHABET, check_character, link_character, primary_check
from client.barcode.isbt128 import donation_check
from client.barcode.label import Label, RawScan
from client.barcode.ppn import ntin_of, ppn_check, pzn_is_right
from client.barcode.read import read
from client.barcode.scanner import Scanner
from client.parse import parse_json

GS, RS, EOT = "\x1d", "\x1e", "\x04"


def scanned(text: str, scanner: Scanner | None = None) -> Label:
    raw = RawScan.received(text, source="test", device="", scanned_at=datetime(2026, 11, 21, tzinfo=UTC))
    return read(raw, scanner) if scanner else read(raw)


def hibc_of(text: str) -> str:
    return text + check_character(text)


def problems(label: Label) -> list[tuple[str, str]]:
    return [(one.code, one.element) for one in label.problems if one.breaks]


# ---------------------------------------------------------------- HIBC


@pytest.mark.parametrize("text", ["+A123BJC5D6E71G", "*+A123BJC5D6E71G*", "]A0+A123BJC5D6E71G", "]C0+A123BJC5D6E71G"])
def test_the_primary_example_of_the_standard_names_its_device(text: str) -> None:
    label = scanned(text)

    assert (label.kind, label.valid, label.device_id) == ("hibc", True, "A123BJC5D6E71")
    assert label.quantity is None  # what is in a pack of that unit of measure nobody said
    assert primary_check(label) == "G"


def test_the_secondary_example_of_the_standard_repeats_the_primary_one_s_check_character() -> None:
    label = scanned("*+$$52001510X3GD*")

    assert (label.valid, label.lot, label.expiry) == (True, "10X3", date(2020, 1, 15))
    assert (link_character(label.elements), label.device_id) == ("G", None)


def test_the_joined_example_of_the_standard_says_both() -> None:
    label = scanned("+A99912345/$$52001510X33")

    assert (label.valid, label.device_id, label.lot) == (True, "A99912345", "10X3")
    assert label.expiry == date(2020, 1, 15)


@pytest.mark.parametrize(
    ("run", "day"),
    [
        ("$$09053C001", date(2005, 9, 30)),
        ("$$12053C001", date(2005, 12, 31)),
        ("$$20928053C001", date(2005, 9, 28)),
        ("$$30509283C001", date(2005, 9, 28)),
        ("$$4050928223C001", date(2005, 9, 28)),
        ("$$5052713C001", date(2005, 9, 28)),
        ("$$605271223C001", date(2005, 9, 28)),
        ("$$73C001", None),
        ("052713C001", date(2005, 9, 28)),
        ("$3C001", None),
    ],
)
def test_every_form_of_date_is_read(run: str, day: date | None) -> None:
    label = scanned(hibc_of(f"+{run}L"))

    assert (label.kind, label.valid, label.lot, label.expiry) == ("hibc", True, "3C001", day)


@pytest.mark.parametrize(
    ("run", "count"),
    [("$$82409053C001", 24), ("$$90010020928053C001", 100), ("$$82473C001", 24), ("$$73C001/Q500", 500)],
)
def test_a_quantity_is_read_in_front_of_the_date_and_behind_the_lot(run: str, count: int) -> None:
    label = scanned(hibc_of(f"+{run}L"))

    assert (label.quantity, label.lot) == (Decimal(count), "3C001")


def test_a_serial_stands_behind_a_plus_or_beside_a_lot() -> None:
    assert scanned(hibc_of("+$$+09050001L")).serial == "0001"
    assert scanned(hibc_of("+$+0001L")).serial == "0001"
    both = scanned(hibc_of("+A123X1/$$3270928LOT1/S77/16D20260102"))
    assert (both.lot, both.serial, both.production, both.expiry) == (
        "LOT1",
        "77",
        date(2026, 1, 2),
        date(2027, 9, 28),
    )


def test_two_days_that_differ_are_neither_of_them() -> None:
    label = scanned(hibc_of("+A123X1/$$3270928LOT1/14D20271231"))

    assert (label.expiry, label.lot) == (None, "LOT1")
    assert [dict(one.facts)["rule"] for one in label.problems if one.code == "association"] == ["differs"]


@pytest.mark.parametrize("run", ["$$31302993C001", "$$53663C001"[:7] + "3C001", "$$2023026LOT", "$$427092824LOT"])
def test_a_day_that_does_not_exist_is_said_and_the_rest_kept(run: str) -> None:
    label = scanned(hibc_of(f"+{run}L"))

    assert ("date", "EXP") in problems(label)
    assert label.expiry is None
    assert label.lot


def test_what_the_standard_does_not_know_is_kept() -> None:
    label = scanned(hibc_of("+A123X1/$$3270928LOT1/ZZ9"))

    assert (label.valid, label.lot) == (True, "LOT1")
    assert [one.value for one in label.elements if not one.known] == ["ZZ9"]


def test_a_check_character_that_is_a_space_is_kept_by_print_as_underscore() -> None:
    text = next(text for n in ALPHABET[:36] if (text := hibc_of(f"+A123X{n}1")).endswith(" "))

    assert scanned(text).valid
    assert scanned(text[:-1] + "_").device_id == scanned(text).device_id


@pytest.mark.parametrize("text", ["+", "++", "+491701234567", "+1-800-5550100", "+A", "+$", "+a b", "*+*", "+ÄBC123"])
def test_what_only_begins_with_a_plus_is_plain(text: str) -> None:
    assert scanned(text).kind == "plain"


PARTS = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=18)
LABELERS = st.from_regex(r"[A-Z][A-Z0-9]{3}", fullmatch=True)
DAYS = st.dates(date(2000, 1, 1), date(2070, 12, 31))
FORMS: list[Callable[[date], str]] = [
    lambda day: f"2{day:%m%d%y}",
    lambda day: f"3{day:%y%m%d}",
    lambda day: f"4{day:%y%m%d}23",
    lambda day: f"5{day:%y%j}",
    lambda day: f"6{day:%y%j}00",
]


@given(LABELERS, PARTS, st.integers(0, 9), PARTS, DAYS, st.sampled_from(FORMS), PARTS)
def test_what_was_printed_as_hibc_comes_back(
    labeler: str, number: str, unit: int, lot: str, day: date, form: Callable[[date], str], serial: str
) -> None:
    label = scanned(hibc_of(f"+{labeler}{number}{unit}/$${form(day)}{lot}/S{serial}"))

    assert (label.kind, label.valid, label.device_id) == ("hibc", True, f"{labeler}{number}{unit}")
    assert (label.lot, label.expiry, label.serial) == (lot, day, serial)


@given(LABELERS, PARTS, st.sampled_from(["", "/$$3270928LOT1", "/$$7LOT/S9"]), st.data())
def test_one_misread_character_of_hibc_is_never_taken_for_another_item(
    labeler: str, number: str, rest: str, data: st.DataObject
) -> None:
    text = hibc_of(f"+{labeler}{number}1{rest}")
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda one: one != text[place]))

    label = scanned(text[:place] + other + text[place + 1 :])

    assert label.kind != "hibc" or not label.valid
    assert (label.device_id, label.lot, label.expiry, label.serial) == (None, None, None, None)


@given(st.sampled_from(["+", "*+", "]A0+", "+$$", "+$", "+$$+", "+A123X1/", "+27123"]), st.text() | st.text(ALPHABET))
@example("+$$", "²³")
@example("+", "\ud800")
def test_anything_behind_a_plus_gets_an_answer(head: str, tail: str) -> None:
    assert all(one["text"] for one in _told(head + tail))


# ---------------------------------------------------------------- PPN


def envelope(*fields: str, record: str = "06") -> str:
    return f"[)>{RS}{record}{GS}{GS.join(fields)}{RS}{EOT}"


def test_a_pharmacy_product_number_names_its_pzn_and_ntin() -> None:
    label = scanned("]d1" + envelope("9N110375286414", "1T12345ABCD", "D150617", "SABC123"))

    assert (label.kind, label.valid, label.device_id) == ("ppn", True, "110375286414")
    assert label.other_numbers == ("03752864", "04150037528643")
    assert (label.lot, label.serial, label.expiry) == ("12345ABCD", "ABC123", date(2015, 6, 17))


def test_a_gtin_beside_the_number_the_price_and_what_is_unknown_are_kept() -> None:
    label = scanned(envelope("9N110375286414", "8P04150037528643", "D270600", "16D20260101", "27Q12.5", "5K9", "Q3"))

    assert (label.gtin, label.expiry, label.production) == ("04150037528643", date(2027, 6, 30), date(2026, 1, 1))
    assert (label.quantity, label.valid) == (Decimal(3), True)
    assert {"27Q", "5K"} <= {one.ai for one in label.elements}


def test_the_same_number_twice_is_no_contradiction_another_is() -> None:
    assert scanned(envelope("9N110375286414", "8P04150037528643", "8P04150037528643")).gtin == "04150037528643"
    assert scanned(envelope("9N110375286414", "8P04150037528643", "8P09521234543213")).gtin is None


def test_format_05_of_the_envelope_is_gs1() -> None:
    label = scanned(envelope("0104150037528643", "10ABC", record="05"))

    assert (label.kind, label.gtin, label.lot) == ("gs1", "04150037528643", "ABC")


def test_lost_separators_leave_the_number_and_nothing_else() -> None:
    label = scanned("[)>069N1103752864141T123D150617")

    assert (label.device_id, label.lot, problems(label)) == ("110375286414", None, [("separator_lost", "")])


def test_a_separator_the_scanner_replaces_is_put_back() -> None:
    text = envelope("9N110375286414", "1T123").replace(GS, "#")

    assert scanned(text, Scanner(separator="#")).lot == "123"


def test_a_pzn_in_code_39_is_the_same_product() -> None:
    label = scanned("]A0-03752864")

    assert (label.kind, label.device_id, label.other_numbers[0]) == ("ppn", "110375286414", "03752864")
    assert scanned("-03752865").kind == "plain"


@pytest.mark.parametrize("text", ["[)>", "[)>" + RS, envelope("1PABC", "Q5"), envelope(""), "-", "-1234567"])
def test_another_trade_s_envelope_is_plain(text: str) -> None:
    assert scanned(text).kind == "plain"


PZNS = st.integers(0, 9_999_999).flatmap(
    lambda body: st.sampled_from([n for d in range(10) if pzn_is_right(n := f"{body:07}{d}")] or ["03752864"])
)


@given(PZNS, PARTS, DAYS, PARTS)
def test_what_was_printed_as_ppn_comes_back(pzn: str, lot: str, day: date, serial: str) -> None:
    number = f"11{pzn}{ppn_check('11' + pzn)}"
    label = scanned(envelope(f"S{serial}", f"D{day:%y%m%d}", f"9N{number}", f"1T{lot}"))

    assert (label.device_id, label.other_numbers) == (number, (pzn, ntin_of(pzn)))
    assert (label.lot, label.expiry, label.serial) == (lot, day, serial)


@given(PZNS, st.integers(0, 11), st.integers(1, 9))
def test_one_misread_digit_of_a_ppn_is_never_taken_for_a_product(pzn: str, place: int, by: int) -> None:
    number = f"11{pzn}{ppn_check('11' + pzn)}"
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    label = scanned(envelope(f"9N{wrong}", "1TX"))

    assert (label.device_id, label.valid) == (None, False)


@given(
    st.sampled_from(["[)>", "[)>" + RS + "06" + GS, "[)>06", "-", "[)>" + RS + "05"]),
    st.text() | st.text("9N1TDS80" + GS + RS),
)
@example("-", "٣٣٣٣٣٣٣٣")
@example("[)>" + RS + "06" + GS, "9N11" + "٣" * 10)
def test_anything_in_an_envelope_gets_an_answer(head: str, tail: str) -> None:
    assert all(one["text"] for one in _told(head + tail))


# ---------------------------------------------------------------- ISBT 128

UDI = "=+06000=/A9999XYZ100T0476=,000025=A99971712345600=>019032=}017032&,1000000000000XYZ123"


def test_the_example_of_the_tissue_standard_fills_device_and_production_identifiers() -> None:
    label = scanned("]d1" + UDI)

    assert (label.kind, label.valid, label.device_id) == ("isbt128", True, "A9999XYZ100T0476")
    assert (label.lot, label.serial) == ("000000000000XYZ123", "A999717123456000025")  # donation and division
    assert (label.expiry, label.production) == (date(2019, 2, 1), date(2017, 2, 1))


def test_a_message_that_lost_a_part_says_so() -> None:
    assert problems(scanned(UDI.replace("=>019032", ""))) == [("incomplete", "=+")]


def test_the_flags_of_a_donation_are_no_part_of_its_number() -> None:
    assert scanned("=A99991712345600").serial == "A999917123456"
    assert scanned("=G12341765432170").serial == "G123417654321"  # 70: check character 10, appendix A
    assert problems(scanned("=G12341765432171")) == [("check_character", "=")]


def test_two_codes_side_by_side_come_as_one() -> None:
    label = scanned("]C0=A99991712345600=<S12954A0&>0190322359")

    assert (label.serial, label.other_numbers) == ("A999917123456A0", ("S12954A0", "S1295"))
    assert label.expiry == date(2019, 2, 1)


def test_a_whole_donation_has_no_division_in_its_name() -> None:
    assert scanned("=A99991712345600=<E0398V00").serial == "A999917123456"
    assert scanned("=A99991712345600=<T1295003").serial == "A999917123456003"


def test_a_blood_bag_names_its_maker_and_lot() -> None:
    assert scanned("=)1XX1234567").device_id == "1XX1234567"
    assert scanned("&)Abc1234567").lot == "Abc1234567"


@pytest.mark.parametrize("text", ["=#0119991231", "&#0103123", UDI + "&#0103123", "=A99991712345600&z=#0119991231"])
def test_a_patient_in_isbt_is_refused_and_nothing_kept(text: str) -> None:
    label = scanned(text)

    assert (label.kind, label.text, label.raw.data, label.elements) == ("patient", "", b"", ())


def test_what_icccba_has_not_defined_is_kept() -> None:
    label = scanned("=A99991712345600&z12")

    assert (label.serial, label.valid) == ("A999917123456", True)
    assert [one.value for one in label.elements if not one.known] == ["&z12"]


@pytest.mark.parametrize("text", ["=", "&", "==", "&&", "=SUM(A1)", "&amp;", "=O99991712345600", "&ZZZ"])
def test_what_only_begins_with_the_sign_is_plain(text: str) -> None:
    assert scanned(text).kind == "plain"


def test_a_day_that_does_not_exist_fills_nothing() -> None:
    assert problems(scanned("=>019366")) == [("date", "=>")]
    assert scanned("=>020366").expiry == date(2020, 12, 31)
    assert scanned("=]202702").expiry == date(2027, 2, 28)
    assert problems(scanned("&>0190322460")) == [("date", "&>")]


@given(st.from_regex(r"[A-NP-Z1-9][0-9]{12}", fullmatch=True), DAYS, st.from_regex(r"[A-Z0-9]{6}", fullmatch=True))
def test_what_was_printed_as_isbt_comes_back(donation: str, day: date, division: str) -> None:
    flags = 60 + donation_check(donation)
    label = scanned(f"=+04000=/A9999XYZ100T0476=,{division}={donation}{flags}=>{day.year % 1000:03d}{day:%j}")

    assert (label.valid, label.expiry) == (True, day)
    assert label.serial == donation + (division if set(division) != {"0"} else "")


@given(st.from_regex(r"[A-NP-Z][0-9]{12}", fullmatch=True), st.integers(1, 12), st.integers(1, 9))
def test_one_misread_digit_of_a_checked_donation_is_caught(donation: str, place: int, by: int) -> None:
    wrong = donation[:place] + str((int(donation[place]) + by) % 10) + donation[place + 1 :]

    assert scanned(f"={wrong}{60 + donation_check(donation)}").serial is None


@given(
    st.sampled_from(["=", "&", "=A", "=+", "&,1", "=/", "=>", "=A99991712345600"]), st.text() | st.text("=&,#>0123AZ")
)
@example("=A", "٣" * 14 + "00")
@example("=>", "²²²²²²")
@example("=]", "²²²²²²")
def test_anything_behind_the_sign_gets_an_answer(head: str, tail: str) -> None:
    assert all(one["text"] for one in _told(head + tail))


def _told(text: str) -> list[dict[str, str]]:
    told = parse_json(text)["problems"]
    assert isinstance(told, list)
    return told
