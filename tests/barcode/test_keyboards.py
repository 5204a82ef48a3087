"""Keys pressed for one keyboard and typed on another: what was meant is read from the keys, but only on evidence."""

import ctypes
import ctypes.util
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.barcode.keyboards import Key, Spelled, coded, on, position_of, spelled, typed, types, undone
from client.barcode.layouts import LAYOUTS, POSITIONS

GS = "\x1d"
GTIN = "0109521234543213"


def pressed(text: str, computer: str, scanner: str = "us") -> list[Key]:
    """The keys a scanner of one country presses for a text, with what a computer of another types."""
    return [_pressed(character, computer, scanner) for character in text]


def _pressed(character: str, computer: str, scanner: str) -> Key:
    if character == GS:
        return Key(LAYOUTS[computer][0][POSITIONS.index(27)], 27, control=True)
    if character == " ":
        return Key(" ", 57)
    level = next(level for level, row in enumerate(LAYOUTS[scanner]) if character in row)
    place = LAYOUTS[scanner][level].index(character)
    here = LAYOUTS[computer]
    text = here[level][place] if level < 2 or here[level][place] != "·" else here[0][place]
    return Key(text, POSITIONS[place], shift=level == 1, altgr=level == 2)


def told_nothing(keys: Sequence[Key]) -> list[Key]:
    """The same on a platform that tells no keys."""
    return [Key(key.text, None, control=key.control) for key in keys]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "text",
    [
        f"]d2{GTIN}10AZQYW-/{GS}21x",
        f"]C110aZ(y)={GS}21+7_?",
        "]E02000000000008",
        "https://id.gs1.org/01/09521234543213",
    ],
)
def test_what_says_so_itself_is_read_on_every_keyboard(layout: str, text: str) -> None:
    assert spelled(pressed(text, layout)).text == text


@pytest.mark.parametrize("layout", ["fr", "be", "cz"])
@pytest.mark.parametrize("text", [f"{GTIN}1729063010AZ{GS}21q", "4006381333931", "+A123BJC5D6E71G", "WS!confirm"])
def test_without_aim_id_a_check_digit_or_a_command_is_evidence(layout: str, text: str) -> None:
    assert spelled(pressed(text, layout)) == Spelled(text, crossed=True)


def test_facts_4_3_as_measured() -> None:
    keys = pressed(f"]d20109521{GS}", "fr")

    assert "".join(key.text for key in keys) == "$déà&àç(é&$"
    assert spelled(keys).text == f"]d20109521{GS}"


@pytest.mark.parametrize(("text", "layout"), [("0042", "fr"), ("A12-B", "fr"), ("A-12/3", "de")])
def test_a_shelf_code_no_symbol_could_hold_is_read_as_keys(text: str, layout: str) -> None:
    keys = pressed(text, layout)

    assert not typed(keys).isascii() or layout == "de"
    assert spelled(keys, crossed=layout == "de").text == text


def test_a_code_that_proves_nothing_is_taken_as_typed() -> None:
    assert spelled(pressed("YARD 7", "de")) == Spelled("ZARD 7")


def test_and_as_keys_once_a_scan_before_it_was_proof() -> None:
    assert spelled(pressed("YARD 7", "de"), crossed=True).text == "YARD 7"


def test_digits_that_lie_alike_prove_nothing_and_characters_no_symbol_holds_do() -> None:
    alike, odd = pressed(f"{GTIN}10LAZY", "de"), pressed(f'{GTIN}10LAZY"', "de")

    assert spelled(alike) == Spelled(f"{GTIN}10LAYZ", crossed=None)
    assert spelled(alike, crossed=True).text == f"{GTIN}10LAZY"
    assert spelled(odd) == Spelled(f'{GTIN}10LAZY"', crossed=True)


@pytest.mark.parametrize("layout", ["us", "fr", "de", "es"])
def test_a_scanner_set_like_its_computer_is_left_alone(layout: str) -> None:
    text = f"]d2{GTIN}10azqyw-/7"

    assert spelled(pressed(text, layout, layout)).text == text


@pytest.mark.parametrize("country", ["fr", "de", "es", "it", "se"])
def test_a_scanner_set_to_another_country_says_so_by_its_aim_id(country: str) -> None:
    text = f"]d2{GTIN}1728123110M7"

    assert spelled(pressed(text, "us", country)) == Spelled(text, crossed=True)


def test_a_dead_key_that_typed_nothing_is_read_by_its_place() -> None:
    keys = [Key("", 13, shift=True), *pressed("A123BJC5D6E71G", "de")]

    assert spelled(keys) == Spelled("+A123BJC5D6E71G", crossed=True)


def test_a_layout_that_is_known_needs_no_evidence() -> None:
    assert spelled(pressed("LAZY", "de"), layout="de").text == "LAZY"
    assert spelled(told_nothing(pressed("LAZY", "de")), layout="de").text == "LAZY"


def test_the_sites_prefix_is_evidence() -> None:
    assert spelled(pressed("!Q1", "fr"), prefix="!").text == "!Q1"


@pytest.mark.parametrize("layout", ["fr", "es", "it", "gb"])
def test_where_no_keys_are_told_the_characters_are_undone(layout: str) -> None:
    text = f"]d2{GTIN}10M2{GS}21X7"

    assert spelled(told_nothing(pressed(text, layout))).text == text


def test_where_several_keyboards_explain_it_differently_it_is_left_as_typed() -> None:
    keys = told_nothing(pressed(f"]d2{GTIN}10YZ", "de"))

    assert spelled(keys).text == typed(keys)


def test_a_dead_key_and_a_letter_that_became_one_are_two_again() -> None:
    assert undone([Key("À")], "de") == "+A"
    assert undone([Key("ê")], "fr") == "[e"


@given(st.sampled_from(sorted(set(LAYOUTS) - {"us"})), st.text(LAYOUTS["us"][0] + LAYOUTS["us"][1], max_size=40))
def test_through_any_keyboard_and_back(layout: str, text: str) -> None:
    keys = pressed(text, layout)

    assert (on(keys, "us") or "") == text
    assert types(keys, layout)
    twins = {
        one for row in LAYOUTS[layout][:2] for one in row if (LAYOUTS[layout][0] + LAYOUTS[layout][1]).count(one) > 1
    }
    if not twins & set(typed(keys)) and layout not in {"cz", "hu"}:
        assert undone(keys, layout) == text


@given(
    st.lists(
        st.builds(
            Key, st.text(max_size=2), st.none() | st.integers(0, 300), st.booleans(), st.booleans(), st.booleans()
        ),
        max_size=30,
    )
)
def test_no_keys_whatever_are_an_error(keys: list[Key]) -> None:
    assert isinstance(spelled(keys).text, str)
    assert all(isinstance(undone(keys, layout), str) for layout in LAYOUTS)


@pytest.mark.parametrize(
    ("digits", "code", "character"),
    [
        ("029", "alt", GS), ("29", "alt", GS), ("0029", "alt", GS), ("065", "alt", "A"), ("65", "alt", "A"),
        ("0233", "alt", "é"), ("130", "alt", "é"), ("1d", "hex", GS), ("1D", "hex", GS), ("e9", "hex", "é"),
    ],
)  # fmt: skip
def test_a_number_typed_is_its_character(digits: str, code: str, character: str) -> None:
    assert coded(digits, code) == character  # type: ignore[arg-type]  # the two words of Code


@pytest.mark.parametrize(
    ("platform", "scan", "virtual", "position"),
    [
        ("xcb", 35, 0, 27), ("wayland", 35, 0, 27), ("windows", 27, 0xDD, 27), ("cocoa", 0, 30, 27),
        ("cocoa", 0, 0, 30), ("xcb", 0, 0, None), ("windows", 0x11D, 0, None), ("offscreen", 35, 0, None),
        ("cocoa", 0, 200, None),
    ],
)  # fmt: skip
def test_each_platform_counts_keys_in_its_own_way(platform: str, scan: int, virtual: int, position: int | None) -> None:
    assert position_of(platform, scan, virtual) == position


def test_the_keypad_has_its_digits_whatever_numlock_says() -> None:
    keys = [Key("", position) for position in (82, 79, 80, 81, 75, 76, 77, 71, 72, 73)]

    assert on(keys, "us") == "0123456789"


# ---------------------------------------------------------------- the tables against the machine's own

DEAD = {
    0xFE50: "`", 0xFE51: "´", 0xFE52: "^", 0xFE53: "~", 0xFE57: "¨", 0xFE5B: "¸", 0xFE5A: "ˇ", 0xFE58: "°",
}  # fmt: skip


class Names(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("rules", "model", "layout", "variant", "options")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_tables_are_what_this_machines_keyboards_are(layout: str) -> None:
    found = ctypes.util.find_library("xkbcommon")
    if not found:
        pytest.skip("libxkbcommon is not installed")
    xkb = ctypes.CDLL(found)
    xkb.xkb_context_new.restype = xkb.xkb_keymap_new_from_names.restype = ctypes.c_void_p
    context = ctypes.c_void_p(xkb.xkb_context_new(0))
    names = Names(b"evdev", b"pc105", layout.encode(), b"", b"")
    keymap = ctypes.c_void_p(xkb.xkb_keymap_new_from_names(context, ctypes.byref(names), 0))
    if keymap.value is None:
        pytest.skip("xkeyboard-config is not installed")

    there = ["".join(_character(xkb, keymap, position, level) for position in POSITIONS) for level in (0, 1)]
    xkb.xkb_keymap_unref(keymap)
    xkb.xkb_context_unref(context)

    assert tuple(there) == LAYOUTS[layout][:2]


def _character(xkb: ctypes.CDLL, keymap: ctypes.c_void_p, position: int, level: int) -> str:
    symbols = ctypes.POINTER(ctypes.c_uint32)()
    if xkb.xkb_keymap_key_get_syms_by_level(keymap, position + 8, 0, level, ctypes.byref(symbols)) != 1:
        return "·"
    return DEAD.get(symbols[0]) or chr(xkb.xkb_keysym_to_utf32(symbols[0]))
