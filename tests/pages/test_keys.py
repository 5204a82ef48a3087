"""The keyboard scanner and the person at the same keyboard, in a real window without a screen."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from client.barcode.burst import Doubled, Scan
from client.barcode.scanner import Scanner
from client.pages.keys import Keys

if TYPE_CHECKING:
    from client.barcode.label import RawScan

PAGE = b"""
import QtQuick
import QtQuick.Controls.Basic

ApplicationWindow {
    width: 480; height: 320; visible: true
    property int clicks: 0
    property int shortcuts: 0
    Column {
        TextField { objectName: "lot"; onAccepted: clicks += 1 }
        Button { objectName: "confirm"; text: "Confirm"; onClicked: clicks += 1; Keys.onReturnPressed: clicked() }
    }
    Shortcut { sequences: ["Ctrl+]", "A", "Ctrl+S"]; onActivated: shortcuts += 1 }
}
"""
GS = "\x1d"
SLOWER_THAN_A_SCANNER = 150  # ms between keys, and until what was held back has been given back


class Desk:
    """A window with a field and a button, a scanner, and a pair of hands."""

    def __init__(self, qtbot: QtBot, window: QQuickWindow, keys: Keys) -> None:
        self.qtbot, self.window, self.keys = qtbot, window, keys
        self.scans: list[RawScan] = []
        self.clock = 1_000  # ms, the platform's time of the next key; no test waits for the machine to be fast
        keys.scanned.connect(self.scans.append)

    def focus(self, name: str) -> QObject:
        item = self.window.findChild(QObject, name)
        assert item is not None
        item.forceActiveFocus()  # type: ignore[attr-defined]  # a QQuickItem; findChild promises only QObject
        return item

    def scan(self, text: str, end: str = "\r") -> None:
        for character in text + end:
            self.key(character)

    def key(self, character: str, *, repeat: bool = False) -> None:
        """As a platform sends it: Ctrl+] for GS, press and release, and no pause at all."""
        code = {GS: Qt.Key.Key_BracketRight, "\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, " ": Qt.Key.Key_Space}
        key = code.get(character, Qt.Key.Key_A if character.isalpha() else Qt.Key.Key_0)
        modifier = Qt.KeyboardModifier.ControlModifier if character == GS else Qt.KeyboardModifier.NoModifier
        self.send(key, modifier, character, repeat=repeat)

    def send(self, key: Qt.Key, modifier: Qt.KeyboardModifier, text: str, *, repeat: bool = False) -> None:
        self.clock += 2
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifier, text, repeat)
            event.setTimestamp(self.clock)
            QCoreApplication.sendEvent(self.window, event)

    def click(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Through Qt's own door, where shortcuts are looked up first."""
        QTest.keyClick(self.window, key, modifier)

    def type_slowly(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.click(key)
            self.qtbot.wait(SLOWER_THAN_A_SCANNER)

    def texts(self) -> list[str]:
        return [scan.symbology + scan.text for scan in self.scans]

    def count(self, name: str) -> int:
        return int(self.window.property(name))


@pytest.fixture
def desk(qtbot: QtBot, qapp: QGuiApplication, request: pytest.FixtureRequest) -> Iterator[Desk]:
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(PAGE, QUrl())
    window = component.create()
    assert isinstance(window, QQuickWindow), component.errorString()
    keys = Keys(window, device="trolley-1", scanner=getattr(request, "param", Scanner()))
    window.requestActivate()
    qtbot.waitUntil(window.isActive)
    yield Desk(qtbot, window, keys)
    window.removeEventFilter(keys)
    keys.deleteLater()
    window.close()
    window.deleteLater()
    component.deleteLater()
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def label(number: int) -> str:
    """60 characters with a separator, ending in doubled digits such as fast scanners make look like repeats."""
    return f"]d201095212345432131727123110LOT{number:04}{GS}21SERIAL{number:013}"[:60].ljust(60, "0")


def test_a_hundred_fast_scans_arrive_exactly(desk: Desk) -> None:
    labels = [label(number) for number in range(100)]

    for text in labels:
        desk.scan(text)

    assert {len(text) for text in labels} == {60}
    assert desk.texts() == labels
    assert {(scan.source, scan.device) for scan in desk.scans} == {("wedge", "trolley-1")}


def test_a_scan_is_known_to_come_before_it_has_come(desk: Desk) -> None:
    told: list[int] = []
    desk.keys.coming.connect(lambda: told.append(len(desk.scans)))
    desk.scan("0417304261550011")
    assert len(told) > 3
    assert set(told) == {0}


def test_typing_by_hand_reaches_the_field(desk: Desk) -> None:
    field = desk.focus("lot")

    desk.type_slowly(Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_Backspace, Qt.Key.Key_2)

    desk.qtbot.waitUntil(lambda: field.property("text") == "ab 2")
    assert desk.scans == []


def test_two_keys_rolled_over_each_other_are_typing_in_their_order(desk: Desk) -> None:
    field = desk.focus("lot")

    desk.key("a")
    desk.key("b")

    desk.qtbot.waitUntil(lambda: field.property("text") == "ab")
    assert desk.scans == []


def test_enter_by_hand_accepts_the_field_at_once(desk: Desk) -> None:
    desk.focus("lot")
    desk.type_slowly(Qt.Key.Key_A)

    desk.click(Qt.Key.Key_Return)

    assert desk.count("clicks") == 1


def test_complaint_13_a_scan_does_not_land_in_the_focused_field_nor_accept_it(desk: Desk) -> None:
    field = desk.focus("lot")

    desk.scan(label(1))
    desk.qtbot.wait(SLOWER_THAN_A_SCANNER)

    assert desk.texts() == [label(1)]
    assert field.property("text") == ""
    assert desk.count("clicks") == 0


def test_a_scan_with_spaces_clicks_no_focused_button(desk: Desk) -> None:
    desk.focus("confirm")

    for bin_name in ("SHELF B 12", "SHELF B 13", "SHELF B 14"):
        desk.scan(bin_name)
    desk.qtbot.wait(SLOWER_THAN_A_SCANNER)

    assert desk.texts() == ["SHELF B 12", "SHELF B 13", "SHELF B 14"]
    assert desk.count("clicks") == 0


def test_a_space_by_hand_clicks_the_focused_button(desk: Desk) -> None:
    desk.focus("confirm")

    desk.click(Qt.Key.Key_Space)

    desk.qtbot.waitUntil(lambda: desk.count("clicks") == 1)


def test_a_return_and_a_line_feed_after_a_scan_press_no_button(desk: Desk) -> None:
    desk.focus("confirm")

    desk.scan("4012345678901", end="\r\r")

    assert desk.texts() == ["4012345678901"]
    assert desk.count("clicks") == 0


def test_a_scanner_without_terminator_is_heard_after_a_silence(desk: Desk) -> None:
    with desk.qtbot.waitSignal(desk.keys.scanned):
        desk.scan("]d20109521234543213", end="")

    assert desk.texts() == ["]d20109521234543213"]


def test_an_app_that_was_busy_does_not_cut_a_scan_in_two(desk: Desk) -> None:
    desk.scan(label(1)[:30], end="")
    desk.keys._silence_due -= 1  # the timer came late, and the rest of the keys still wait behind it
    desk.keys._on_silence()
    desk.scan(label(1)[30:])

    assert desk.texts() == [label(1)]


def test_keys_flagged_as_repeats_are_not_dropped(desk: Desk) -> None:
    for character in "0040063813339311\r":
        desk.key(character, repeat=True)

    assert desk.texts() == ["0040063813339311"]


@pytest.mark.parametrize("desk", [Scanner(gap=1.0)], indirect=True)
def test_no_shortcut_of_the_app_steals_a_separator_or_a_letter_from_a_scan(desk: Desk) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_A):
        desk.click(key)
    desk.click(Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)  # arrives without the text 0x1D
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_7, Qt.Key.Key_Return):
        desk.click(key)

    assert desk.texts() == [f"10a{GS}217"]
    assert desk.count("shortcuts") == 0


def test_shortcuts_by_hand_still_work(desk: Desk) -> None:
    desk.click(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert desk.count("shortcuts") == 1


def test_a_separator_typed_as_alt_029_is_a_separator(desk: Desk) -> None:
    alt_keypad = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier

    for character in "]d210ABC":
        desk.key(character)
    desk.send(Qt.Key.Key_Alt, Qt.KeyboardModifier.NoModifier, "")
    for digit in "029":
        desk.send(Qt.Key.Key_0, alt_keypad, digit)
    desk.send(Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier, "")
    desk.scan("2142")

    assert desk.texts() == [f"]d210ABC{GS}2142"]


def test_complaint_13_a_doubled_trigger_is_one_scan_and_a_second_pull_is_a_second(desk: Desk) -> None:
    desk.scan("4012345678901")
    desk.scan("4012345678901")
    desk.clock += 400
    desk.scan("4012345678901")

    assert desk.texts() == ["4012345678901", "4012345678901"]


def test_keys_of_a_window_that_has_closed_are_let_go(desk: Desk, qtbot: QtBot) -> None:
    other = QWindow()
    other.show()
    other.requestActivate()
    qtbot.waitUntil(other.isActive)
    QTest.keyClick(other, Qt.Key.Key_A)

    shiboken6.delete(other)
    qtbot.wait(SLOWER_THAN_A_SCANNER)

    assert desk.scans == []


class Foreign:
    """The desk on X11, with keys as they come there: scan code, text, and what the platform says beside."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.shift = Qt.KeyboardModifier.ShiftModifier

    def press(
        self,
        key: int,
        text: str,
        position: int,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        every: int = 2,
    ) -> None:
        self.desk.clock += every
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifier, position + 8, 0, 0, text)
            event.setTimestamp(self.desk.clock)
            QCoreApplication.sendEvent(self.desk.window, event)

    def let_go(self, key: Qt.Key) -> None:
        event = QKeyEvent(QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier, "")
        QCoreApplication.sendEvent(self.desk.window, event)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return, "\r", 28)


@pytest.fixture
def x11(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Foreign:
    monkeypatch.setattr(desk.keys, "_platform", "xcb")
    desk.keys.listen_to(Scanner())
    return Foreign(desk)


def test_a_us_scanner_on_a_french_keyboard_is_read_by_its_keys(x11: Foreign) -> None:
    for text, position in (("$", 27), ("d", 32), ("é", 3), ("&", 2), ("à", 11), ("Q", 30), ("&", 2)):
        shifted = x11.shift if text == "Q" else Qt.KeyboardModifier.NoModifier
        x11.press(ord(text.upper()), text, position, shifted)
    x11.press(Qt.Key.Key_Dollar, "$", 27, Qt.KeyboardModifier.ControlModifier)
    for text, position in (("é", 3), ("&", 2), ("'", 5)):
        x11.press(ord(text.upper()), text, position)
    x11.enter()

    assert x11.desk.texts() == [f"]d210A1{GS}214"]


def test_dead_keys_of_a_scan_reach_no_field(x11: Foreign) -> None:
    field = x11.desk.focus("lot")
    x11.press(Qt.Key.Key_Dead_Grave, "", 13, x11.shift)
    for text, position in (("A", 30), ("1", 2), ("2", 3), ("3", 4), ("B", 48), ("J", 36), ("C", 46), ("5", 6),
                           ("D", 32), ("6", 7), ("E", 18), ("7", 8), ("1", 2), ("G", 34)):  # fmt: skip
        x11.press(ord(text), text, position, x11.shift if text.isalpha() else Qt.KeyboardModifier.NoModifier)
    x11.enter()
    x11.desk.qtbot.wait(SLOWER_THAN_A_SCANNER)

    assert x11.desk.texts() == ["+A123BJC5D6E71G"]
    assert field.property("text") == ""


@pytest.mark.parametrize(("letter", "field_text"), [("e", "ê"), (" ", "^"), ("x", "^x"), ("E", "Ê")])
def test_a_dead_key_by_hand_gives_the_letter_its_accent(x11: Foreign, letter: str, field_text: str) -> None:
    field = x11.desk.focus("lot")

    x11.press(Qt.Key.Key_Dead_Circumflex, "", 26)
    x11.desk.qtbot.wait(SLOWER_THAN_A_SCANNER)
    x11.press(ord(letter.upper()), letter, 18, every=200)

    x11.desk.qtbot.waitUntil(lambda: field.property("text") == field_text)


def test_accents_typed_fast_stay_in_their_order(x11: Foreign) -> None:
    field = x11.desk.focus("lot")

    for key, text, position in ((Qt.Key.Key_F, "f", 33), (Qt.Key.Key_Dead_Circumflex, "", 26), (Qt.Key.Key_E, "e", 18)):
        x11.press(key, text, position, every=35)
    x11.desk.qtbot.wait(SLOWER_THAN_A_SCANNER)

    assert field.property("text") == "fê"


def test_a_backspace_behind_a_dead_key_forgets_it(x11: Foreign) -> None:
    field = x11.desk.focus("lot")

    x11.press(Qt.Key.Key_Dead_Circumflex, "", 26)
    x11.desk.qtbot.wait(SLOWER_THAN_A_SCANNER)
    x11.press(Qt.Key.Key_Backspace, "\b", 14, every=200)
    x11.press(Qt.Key.Key_E, "e", 18, every=200)
    x11.desk.qtbot.wait(SLOWER_THAN_A_SCANNER)

    assert field.property("text") == "e"


def scan_with_code(x11: Foreign, *presses: tuple[int, str, Qt.KeyboardModifier], end: Qt.Key) -> None:
    for character in "]d210ABC":
        x11.desk.key(character)
    for key, text, modifier in presses:
        x11.desk.send(Qt.Key(key), modifier, text)
    x11.let_go(end)
    x11.desk.scan("2142")


ALT_KEYPAD = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    "presses",
    [
        pytest.param([(Qt.Key.Key_0, "0"), (Qt.Key.Key_2, "2"), (Qt.Key.Key_9, "9")], id="029"),
        pytest.param([(Qt.Key.Key_2, "2"), (Qt.Key.Key_9, "9")], id="29"),
        pytest.param([(Qt.Key.Key_Insert, ""), (Qt.Key.Key_Down, ""), (Qt.Key.Key_PageUp, "")], id="numlock-off"),
    ],
)
def test_alt_and_digits_of_the_keypad_are_a_separator(desk: Desk, presses: list[tuple[Qt.Key, str]]) -> None:
    scan_with_code(Foreign(desk), *((key, text, ALT_KEYPAD) for key, text in presses), end=Qt.Key.Key_Alt)

    assert desk.texts() == [f"]d210ABC{GS}2142"]


def test_what_windows_makes_of_alt_and_digits_is_not_counted_twice(desk: Desk) -> None:
    for character in "]d210ABC":
        desk.key(character)
    for digit in "029":
        desk.send(Qt.Key.Key_0, ALT_KEYPAD, digit)
    Foreign(desk).let_go(Qt.Key.Key_Alt)
    desk.send(Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, GS)
    desk.scan("2142")

    assert desk.texts() == [f"]d210ABC{GS}2142"]


def test_nor_does_it_reach_a_field(desk: Desk) -> None:
    field = desk.focus("lot")
    for character in "]d210ABC":
        desk.key(character)
    for digit in "0126":
        desk.send(Qt.Key.Key_0, ALT_KEYPAD, digit)
    Foreign(desk).let_go(Qt.Key.Key_Alt)
    desk.send(Qt.Key.Key_AsciiTilde, Qt.KeyboardModifier.NoModifier, "~")
    desk.scan("2142")

    assert desk.texts() == ["]d210ABC~2142"]
    assert field.property("text") == ""


def test_control_shift_u_and_digits_are_a_separator(desk: Desk) -> None:
    presses = [
        (Qt.Key.Key_U, "\x15", CONTROL_SHIFT),
        (Qt.Key.Key_1, "1", CONTROL_SHIFT),
        (Qt.Key.Key_D, "\x04", CONTROL_SHIFT),
    ]
    scan_with_code(Foreign(desk), *presses, end=Qt.Key.Key_Control)

    assert desk.texts() == [f"]d210ABC{GS}2142"]


def test_and_so_they_are_ended_by_a_space(desk: Desk) -> None:
    desk.focus("confirm")
    plain = Qt.KeyboardModifier.NoModifier
    for character in "]d210ABC":
        desk.key(character)
    for key, text, modifier in (
        (Qt.Key.Key_U, "\x15", CONTROL_SHIFT),
        (Qt.Key.Key_1, "1", plain),
        (Qt.Key.Key_D, "d", plain),
    ):
        desk.send(key, modifier, text)
    desk.send(Qt.Key.Key_Space, plain, " ")
    desk.scan("2142")

    assert desk.texts() == [f"]d210ABC{GS}2142"]
    assert desk.count("clicks") == 0


def test_enter_as_control_m_ends_a_scan(desk: Desk) -> None:
    for character in "]d210ABC":
        desk.key(character)
    desk.send(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier, "\r")

    assert desk.texts() == ["]d210ABC"]


def test_a_number_from_the_keypad_is_one_whether_numlock_is_on_or_off(x11: Foreign) -> None:
    keypad = Qt.KeyboardModifier.KeypadModifier
    for position in (82, 82, 79, 81, 80, 75):
        x11.press(Qt.Key.Key_Down, "", position, keypad)
    x11.enter()
    x11.desk.clock += 500
    for digit, position in zip("001325", (82, 82, 79, 81, 80, 76), strict=True):
        x11.press(ord(digit), digit, position, keypad)
    x11.enter()

    assert x11.desk.texts() == ["001324", "001325"]


def test_how_a_scan_came_is_told_beside_it(desk: Desk) -> None:
    came: list[object] = []
    desk.keys.arrived.connect(came.append)

    desk.scan("4012345678901")
    desk.scan("4012345678901")

    assert came == [Scan("4012345678901"), Doubled("4012345678901")]
    assert desk.texts() == ["4012345678901"]
