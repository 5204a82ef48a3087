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


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


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
