"""Whatever a scanner sends: an answer, never a traceback, and what was right comes back as it was printed."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from client.barcode.burst import Burst, Heard, Scan, Typed
from client.barcode.checks import ALPHABETS, check_digit_is_right
from client.barcode.keyboards import Key
from client.barcode.label import Kind, Label, RawScan
from client.barcode.read import read
from client.barcode.scanner import UNKNOWN, Scanner
from client.parse import parse_json

GS = "\x1d"
GTIN = "09521234543213"
HEADS = [
    "", "]d2", "]C1", "]e0", "]E0", "]E4", "]I1", "]d1", "]D2", "]", "(", "^", "01", "8018", "(8018)", GS, f"01{GTIN}",
    f"]d201{GTIN}10", "https://a/01/", f"HTTP://a/01/{GTIN}/", f"https://a/01/{GTIN}?", "https://a/8018/", "+", "+A123",
    "*+", "=", "&", "=W0000", "[)>\x1e06\x1d", "[)>\x1e05\x1d", "-", "WS!",
]  # fmt: skip
PIECES = st.sampled_from(
    [
        "01", "10", "17", "21", "30", "8018", "7253", "3103", "4309", "8200", "(", ")", "\\(", GS, "^", "|", "~",
        "<GS>", "{GS}", "/", "%", "?", "&", "=", "#", "%1D", "$$", "$$+", "/$", "/S", "/16D", "9N", "1T", "8P", "D",
        "\x1e", "\x04", "271231",
    ]
)  # fmt: skip
SCANNERS = st.sampled_from([GS, "", "/", "%", "|", "10", "@@"]).map(lambda separator: Scanner(separator=separator))


def scanned(text: str, scanner: Scanner = UNKNOWN) -> Label:
    raw = RawScan.received(text, source="test", device="", scanned_at=datetime(2026, 11, 21, tzinfo=UTC))
    return read(raw, scanner)


@given(st.sampled_from(HEADS), st.text() | st.lists(PIECES | st.text("0123456789AB", max_size=9)).map("".join))
@example("]d2", "10٣٤")  # Arabic digits are digits to Python
@example("]d2", "²³")
@example("^", "²³")
@example("", "\ud800")
def test_any_text_gets_an_answer(head: str, tail: str) -> None:
    label = scanned(head + tail)

    assert label.kind in get_args(Kind)
    assert all(answer["text"] for answer in _problems(head + tail))


@given(st.sampled_from(HEADS), st.lists(PIECES | st.text("0123456789AB", max_size=9)).map("".join), SCANNERS)
def test_whatever_is_known_of_the_scanner_there_is_an_answer(head: str, tail: str, scanner: Scanner) -> None:
    label = scanned(head + tail, scanner)

    assert label.kind in get_args(Kind)
    assert all(gtin is None or (len(gtin) == 14 and gtin.isdigit()) for gtin in (label.gtin, label.content_gtin))
    assert all(reading.elements for reading in label.readings)


@given(st.sampled_from(HEADS), st.lists(PIECES | st.text("0123456789AB", max_size=9)).map("".join))
@example("=W0000", "")  # a donation number torn off in the middle takes the first digits of the wristband behind it
def test_nothing_is_read_of_a_patient_however_broken(head: str, tail: str) -> None:
    label = scanned(f"{head}8018952123453676760006{GS}7253ZZQFAMILY{GS}{tail}")

    assert label.kind == "patient"
    assert "ZZQ" not in repr(label)


@given(st.binary())
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert scanned(data.decode("utf-8", errors="surrogateescape")).kind


@pytest.mark.parametrize(
    "text", ["1" * 10_000, "]d210" + "A" * 9_995, "(" * 10_000, GS * 10_000, "]d2" + "89\x1d" * 3_300]
)
def test_ten_thousand_characters_are_answered_with_a_sentence(text: str) -> None:
    assert [problem["code"] for problem in _problems(text)] == ["scan_too_long"]


LOTS = st.text(sorted(ALPHABETS["X"]), min_size=1, max_size=20)
DAYS = st.dates(date(2000, 1, 1), date(2076, 12, 31))
GTINS = st.integers(0, 10**13 - 1).map(
    lambda body: next(g for d in range(10) if check_digit_is_right(g := f"{body:013}{d}"))
)


@given(GTINS, LOTS, DAYS, LOTS)
def test_what_was_printed_comes_back(gtin: str, lot: str, expiry: date, serial: str) -> None:
    label = scanned(f"]d201{gtin}10{lot}{GS}17{expiry:%y%m%d}21{serial}")

    assert (label.gtin, label.lot, label.expiry, label.serial) == (gtin, lot, expiry, serial)
    assert label.valid


@given(GTINS, LOTS.filter(lambda lot: "\\" not in lot), DAYS)
def test_brackets_and_separators_say_the_same(gtin: str, lot: str, expiry: date) -> None:
    bracketed = scanned(f"(01){gtin}(17){expiry:%y%m%d}(10){lot.replace('(', chr(92) + '(')}")

    assert bracketed.elements == scanned(f"]C101{gtin}17{expiry:%y%m%d}10{lot}").elements


@given(GTINS, st.integers(0, 13), st.integers(1, 9))
def test_one_misread_digit_is_never_taken_for_a_product(gtin: str, place: int, by: int) -> None:
    misread = gtin[:place] + str((int(gtin[place]) + by) % 10) + gtin[place + 1 :]

    assert scanned(f"]d201{misread}10A").gtin is None


@given(st.lists(st.tuples(st.characters(min_codepoint=32), st.floats(0, 0.3)), max_size=60))
def test_every_key_pressed_is_scanned_or_given_back_in_order(keys: list[tuple[str, float]]) -> None:
    burst, at = Burst[str](Scanner()), 0.0
    heard: list[Heard[str]] = []
    for key, pause in keys:
        at += pause
        heard += burst.press(Key(key), at, key)
    heard += burst.silence()

    came_out = "".join(key for one in heard for key in _pressed(one))
    assert came_out == "".join(key for key, _ in keys)


def _pressed(one: Heard[str]) -> tuple[str, ...]:
    if isinstance(one, Typed):
        return one.held
    assert isinstance(one, Scan), f"{one} was swallowed"
    assert one.arrival
    return tuple(key.text for key in one.arrival.keys)


def _problems(text: str) -> list[dict[str, str]]:
    problems = parse_json(text)["problems"]
    assert isinstance(problems, list)
    return problems
