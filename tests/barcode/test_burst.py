"""Keys with times: what is heard as a scan, what as somebody typing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.barcode.burst import Burst, Doubled, Heard, Scan, Typed
from client.barcode.keyboards import Key
from client.barcode.scanner import Scanner

GS = "\x1d"


class Keyboard:
    """Feeds a burst; every key is held under its own character, so that what is given back can be read."""

    def __init__(self, scanner: Scanner | None = None) -> None:
        self.burst = Burst[str](scanner or Scanner())
        self.at = 100.0

    def keys(self, text: str, every: float, *, alt: bool = False) -> list[Heard[str]]:
        heard: list[Heard[str]] = []
        for key in text:
            self.at += every
            heard += self.burst.press(Key(key, code="alt" if alt else ""), self.at, key)
        return heard

    def silence(self) -> list[Heard[str]]:
        return list(self.burst.silence())


def typed(text: str) -> Typed[str]:
    return Typed(tuple(text))


@pytest.mark.parametrize("every", [0.0, 0.003, 0.02, 0.03])
@pytest.mark.parametrize("end", ["\r", "\n", "\t"])
def test_fast_keys_and_a_terminator_are_a_scan(every: float, end: str) -> None:
    assert Keyboard().keys(f"]d210ABC{GS}21X{end}", every) == [Scan(f"]d210ABC{GS}21X")]


def test_fast_keys_and_silence_are_a_scan() -> None:
    keyboard = Keyboard()

    assert keyboard.keys("4012345678901", 0.005) == []
    assert keyboard.silence() == [Scan("4012345678901")]


def test_slow_keys_are_given_back_one_by_one_as_the_next_arrives() -> None:
    keyboard = Keyboard()

    assert keyboard.keys("lot\r", 0.12) == [typed("l"), typed("o"), typed("t"), typed("\r")]
    assert keyboard.silence() == []


def test_a_fast_typist_is_no_scanner() -> None:
    keyboard = Keyboard()

    assert keyboard.keys("gauze swabs\r", 0.045) == [typed("gauze swabs\r")]


def test_two_keys_at_once_are_typing() -> None:
    keyboard = Keyboard()

    keyboard.keys("ab", 0.01)

    assert keyboard.silence() == [typed("ab")]


def test_an_enter_of_its_own_is_given_back_at_once() -> None:
    assert Keyboard().keys("\r", 0.5) == [typed("\r")]


@pytest.mark.parametrize("code", ["A12", "0042", "B-01"])
def test_a_bins_short_code_is_a_scan_when_an_enter_ends_it_in_haste(code: str) -> None:
    assert Keyboard().keys(code + "\r", 0.008) == [Scan(code)]


def test_a_short_code_without_enter_could_be_anybody() -> None:
    keyboard = Keyboard()

    keyboard.keys("0042", 0.008)

    assert keyboard.silence() == [typed("0042")]


def test_a_symbology_id_makes_a_short_or_slowish_code_a_scan() -> None:
    keyboard = Keyboard()

    keyboard.keys("]C00042", 0.045)

    assert keyboard.silence() == [Scan("]C00042")]


def test_a_key_held_down_is_no_scan() -> None:
    keyboard = Keyboard()

    keyboard.keys("xxxxxxxxxxxx", 0.025)

    assert keyboard.silence() == [typed("x" * 12)]


def test_a_number_of_equal_digits_is_a_scan_when_enter_ends_it() -> None:
    assert Keyboard().keys("11111111\r", 0.005) == [Scan("11111111")]


def test_the_prefix_and_suffix_of_a_site_are_taken_off() -> None:
    keyboard = Keyboard(Scanner(prefix="~", suffix="#"))

    assert keyboard.keys("~A1#~B2#", 0.045) == [Scan("A1"), Scan("B2")]


def test_a_prefix_alone_is_a_key_somebody_pressed() -> None:
    keyboard = Keyboard(Scanner(prefix="~"))

    keyboard.keys("~", 0.01)

    assert keyboard.silence() == [typed("~")]


def test_a_slow_scanner_is_heard_where_the_site_says_so() -> None:
    assert Keyboard(Scanner(gap=0.12)).keys("4012345678901\r", 0.07) == [Scan("4012345678901")]


def test_typing_just_before_a_scan_is_given_back_and_the_scan_is_whole() -> None:
    keyboard = Keyboard()
    keyboard.keys("q", 0.01)
    keyboard.at += 0.2

    assert keyboard.keys("4012345678901\r", 0.004) == [typed("q"), Scan("4012345678901")]


def test_alt_codes_are_characters() -> None:
    keyboard = Keyboard()
    keyboard.keys("]d210A", 0.003)
    for code in ("029", "050", "049"):
        keyboard.keys(code, 0.003, alt=True)
        keyboard.burst.code_up()

    assert keyboard.keys("\r", 0.003) == [Scan(f"]d210A{GS}21")]


def test_an_alt_code_by_hand_is_given_back_as_it_was_typed() -> None:
    keyboard = Keyboard()
    keyboard.keys("029", 0.04, alt=True)
    keyboard.burst.code_up()

    assert keyboard.silence() == [typed("029")]


def test_the_release_of_a_key_follows_its_press() -> None:
    keyboard = Keyboard()
    keyboard.keys("a", 0.01)

    assert keyboard.burst.keep("a is up")
    assert keyboard.silence() == [Typed(("a", "a is up"))]
    assert not keyboard.burst.keep("b is up")


def test_a_second_terminator_or_a_late_one_presses_nothing() -> None:
    keyboard = Keyboard()

    assert keyboard.keys("4012345678901\r\n", 0.004) == [Scan("4012345678901")]
    keyboard.at += 1
    keyboard.keys("4012345678902", 0.004)
    assert keyboard.silence() == [Scan("4012345678902")]
    assert keyboard.keys("\r", 0.2) == []
    assert keyboard.keys("\r", 0.2) == [typed("\r")]


@pytest.mark.parametrize(("pause", "heard"), [(0.09, Doubled("4012345678901")), (0.11, Scan("4012345678901"))])
def test_the_same_scan_within_a_tenth_of_a_second_is_a_doubled_trigger(pause: float, heard: Heard[str]) -> None:
    keyboard = Keyboard()
    keyboard.keys("4012345678901\r", 0.004)
    keyboard.at += pause - 0.004

    assert keyboard.keys("4012345678901\r", 0.004) == [heard]


def test_another_code_at_once_is_another_scan() -> None:
    keyboard = Keyboard()

    assert keyboard.keys("4012345678901\r4012345678902\r", 0.004) == [Scan("4012345678901"), Scan("4012345678902")]


def test_something_lying_on_the_keyboard_does_not_fill_the_memory() -> None:
    keyboard = Keyboard()

    heard = keyboard.keys("x" * 20_000, 0.001)

    assert [len(one.held) for one in heard if isinstance(one, Typed)] == [16_385]


def test_a_scanner_that_falters_in_the_middle_is_waited_for_once_its_scans_end_with_enter() -> None:
    keyboard = Keyboard()
    first = keyboard.keys("4012345678901\r", 0.004)
    keyboard.at += 1
    keyboard.keys("]d20109521234", 0.004)
    assert keyboard.burst.patience == pytest.approx(0.5)
    keyboard.at += 0.3

    assert first + keyboard.keys("54321310A\r", 0.004) == [Scan("4012345678901"), Scan("]d2010952123454321310A")]


def test_without_a_terminator_nobody_waits_so_long() -> None:
    keyboard = Keyboard()
    keyboard.keys("4012345678901", 0.004)

    assert keyboard.burst.patience == pytest.approx(0.1)


def test_hands_that_roll_over_three_keys_and_type_on_are_typing() -> None:
    keyboard = Keyboard()
    keyboard.keys("4012345678901\r", 0.004)
    keyboard.at += 1

    heard = keyboard.keys("abc", 0.005) + keyboard.keys("defgh", 0.3) + keyboard.silence()

    assert [key for one in heard if isinstance(one, Typed) for key in one.held] == list("abcdefgh")
    assert len([one for one in heard if isinstance(one, Scan)]) == 0


def test_a_key_pressed_by_hand_in_the_moment_before_a_scan_is_the_hands() -> None:
    keyboard = Keyboard()
    keyboard.keys("q", 0.01)
    keyboard.at += 0.03

    assert keyboard.keys("]d210ABC\r", 0.004) == [typed("q"), Scan("]d210ABC")]


def test_a_scan_tells_how_it_came() -> None:
    keyboard = Keyboard(Scanner(suffix="#"))
    heard = keyboard.keys("4012345678901\r", 0.01) + keyboard.keys("A12345\t", 0.02) + keyboard.keys("B12345#", 0.004)
    keyboard.keys("C12345", 0.004)
    heard += keyboard.silence()

    arrivals = [one.arrival for one in heard if isinstance(one, Scan) and one.arrival]
    assert [arrival.end for arrival in arrivals] == ["enter", "tab", "suffix", "silence"]
    assert [round(arrival.slowest, 3) for arrival in arrivals] == [0.01, 0.02, 0.004, 0.004]
    assert "".join(key.text for key in arrivals[0].keys) == "4012345678901"


def test_a_character_in_hex_is_one() -> None:
    keyboard = Keyboard()
    keyboard.keys("]d210A", 0.003)
    for key in (Key("", code="hex"), Key("1", code="hex"), Key("d", code="hex")):
        keyboard.at += 0.003
        keyboard.burst.press(key, keyboard.at, key.text)
    assert keyboard.burst.code_up() == GS

    assert keyboard.keys("21\r", 0.003) == [Scan(f"]d210A{GS}21")]


def test_once_told_of_a_layout_a_burst_reads_by_it() -> None:
    keyboard = Keyboard()
    keyboard.burst.use(Scanner(layout="de"))

    assert keyboard.keys("LAYZ 7\r", 0.004) == [Scan("LAZY 7")]


# Any keys at any times: letters, terminators, GS, Alt codes, pauses of hands and of scanners.
PRESSES = st.lists(
    st.tuples(
        st.sampled_from("abz019]d2+\r\t\x1d é"),
        st.floats(0, 0.01) | st.floats(0, 0.2) | st.floats(0.2, 1),
        st.sampled_from(["", "", "", "", "alt"]),
    ),
    max_size=60,
)
SCANNERS = st.sampled_from([Scanner(), Scanner(gap=0.12), Scanner(prefix="a", suffix="z"), Scanner(layout="de")])


@given(PRESSES, SCANNERS, st.sets(st.integers(0, 60)))
def test_whatever_is_pressed_whenever_nothing_typed_is_lost_or_turned_round(
    presses: list[tuple[str, float, str]], scanner: Scanner, silences: set[int]
) -> None:
    burst, at = Burst[int](scanner), 0.0
    heard: list[Heard[int]] = []
    for nth, (text, pause, code) in enumerate(presses):
        at += pause
        if nth in silences:
            heard += burst.silence()
        coded = code == "alt" and text.isdecimal()
        heard += burst.press(Key(text, code="alt" if coded else ""), at, nth)
        if coded and nth % 3 == 0:
            burst.code_up()
    heard += burst.silence()

    given_back = [number for one in heard if isinstance(one, Typed) for number in one.held]
    assert given_back == sorted(set(given_back))
    assert not burst.pending
    # What was not given back is in a scan, or is the Enter of one.
    in_scans = sum(len(one.arrival.keys) for one in heard if not isinstance(one, Typed) and one.arrival)
    gone = [presses[number] for number in range(len(presses)) if number not in set(given_back)]
    digits = len([1 for text, _, code in gone if code == "alt" and text.isdecimal()])
    characters = len([1 for text, _, code in gone if text not in "\r\t"]) - digits
    assert characters <= in_scans <= characters + digits


@given(
    st.text("ABCDEFGHIJ0123456789-/", min_size=6, max_size=60).filter(lambda text: len(set(text)) > 1),
    st.floats(0, 0.02),
    st.lists(st.tuples(st.sampled_from("abc \r"), st.floats(0.06, 1)), max_size=8),
    st.floats(0.26, 2),
)
def test_a_scan_at_scanner_speed_is_never_given_to_a_field(
    text: str, pace: float, before: list[tuple[str, float]], pause: float
) -> None:
    keyboard = Keyboard()
    for key, wait in before:
        keyboard.keys(key, wait)
    keyboard.at += pause

    heard = keyboard.keys(text + "\r", pace)

    assert heard[-1] == Scan(text)
    assert all(set(one.held) <= set("abc \r") for one in heard[:-1] if isinstance(one, Typed))
