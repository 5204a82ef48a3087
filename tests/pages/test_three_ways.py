"""A receipt, a move and a count: by scanner alone, by touch alone, by keyboard alone."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest

from client.pages.drive import settle, type_key
from sync.transaction import Kind, Transaction
from tests.pages.drawn import Drawn
from tests.pages.stage import CANNULA, GLOVES, PROPOFOL, SALINE, gs1, stock_up
from tests.pages.storeroom import Storeroom

FURTHEST = 60
"""So many keys away is out of reach."""


class Finger:
    """Touches what it sees; letters come from the platform's own keyboard on the glass."""

    def __init__(self, room: Storeroom) -> None:
        self.room = room

    def press(self, name: str, says: str = "") -> None:
        settle(60)
        item = next(one for one in self.room.seen.drawn() if one.name == name and says in one.says)
        middle = QPoint(round(item.x + item.width / 2), round(item.y + item.height / 2))
        QTest.mouseClick(self.room.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        settle(60)

    def write(self, text: str) -> None:
        """Into the field that is asked for, then on."""
        written = QInputMethodEvent()
        written.setCommitString(text)
        QCoreApplication.sendEvent(QGuiApplication.focusObject(), written)
        self.press("main")

    def number(self, digits: str) -> None:
        """On the large keys of the page, then on."""
        for digit in digits:
            self.press(f"key{digit}")
        self.press("main")


class Keyboard:
    """Tab from stop to stop, arrows within a list, Enter; no pointer."""

    def __init__(self, room: Storeroom) -> None:
        self.room = room

    def press(self, name: str, says: str = "") -> None:
        settle(60)
        for _ in range(FURTHEST):
            if self._at(name, says):
                return self._key(Qt.Key.Key_Return, "\r")
            self._key(Qt.Key.Key_Tab, "\t")
        raise AssertionError(f"Tab does not reach {name} {says}")

    def _at(self, name: str, says: str) -> bool:
        """It has the focus, or another row of the same list does and it is reached by arrows."""
        before = ""
        while (at := self._held()).name == name and says not in at.says and at.says != before:
            before = at.says
            self._key(Qt.Key.Key_Down)
        return at.name == name and says in at.says

    def _held(self) -> Drawn:
        return [item for item in self.room.seen.drawn() if item.focused][-1]

    def _key(self, key: Qt.Key, text: str = "") -> None:
        type_key(self.room.window, key, text)
        settle(20)

    def write(self, text: str) -> None:
        """Into the field that is asked for, and Enter."""
        settle(60)
        self.room.write(text)
        self._key(Qt.Key.Key_Return, "\r")
        settle(60)

    number = write


HANDS: tuple[Callable[[Storeroom], Finger | Keyboard], ...] = (Finger, Keyboard)
by_hand = pytest.mark.parametrize("hand_of", HANDS, ids=["touch", "keyboard"])


def saved(room: Storeroom) -> Transaction:
    """The one transaction that was confirmed."""
    (entry,) = room.on.store.outbox.rows()
    return entry.transaction


def test_a_receipt_by_scanner_alone(storeroom: Storeroom) -> None:
    for text in ("P00147", gs1(CANNULA, "MX40312", "290131", 200), "WS!note none", "WS!confirm", "WS!yes", "WS!home"):
        storeroom.scan(text)

    assert [line.done for line in saved(storeroom).lines] == [Decimal(200)]


def test_a_move_by_scanner_alone(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    for text in ("LOC-A411", gs1(CANNULA, "MX40312", "290131", 50), "LOC-ICU", "WS!confirm", "WS!home"):
        storeroom.scan(text)

    assert saved(storeroom).kind is Kind.TRANSFER


def test_a_count_by_scanner_alone(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    lots = (gs1(SALINE, "23K0882", "270228", 12), gs1(SALINE, "24H1907", "280331", 6))
    for text in ("WS!count", "LOC-A411", *lots, gs1(CANNULA, "MX40312", "290131", 80), "WS!confirm", "WS!home"):
        storeroom.scan(text)

    assert saved(storeroom).kind is Kind.COUNT


@by_hand
def test_a_receipt_by_hand(storeroom: Storeroom, hand_of: Callable[[Storeroom], Finger | Keyboard]) -> None:
    hand = hand_of(storeroom)
    hand.press("tileReceive")
    hand.press("start", "Halden")
    hand.press("more")
    hand.press("choice", "Type instead")
    hand.write(GLOVES.barcode)
    hand.write("B8C24F1")
    hand.number("300531")
    hand.press("line", GLOVES.name)
    hand.number("30")
    hand.press("main")
    hand.press("choice")

    assert [(line.lot_name, line.done) for line in saved(storeroom).lines] == [("B8C24F1", Decimal(30))]


@by_hand
def test_a_move_by_hand(storeroom: Storeroom, hand_of: Callable[[Storeroom], Finger | Keyboard]) -> None:
    stock_up(storeroom.on)
    hand = hand_of(storeroom)
    hand.press("tileMove")
    hand.press("start", "WH/INT/00405")
    hand.press("more")
    hand.press("choice", "Type instead")
    hand.write("LOC-A411")
    hand.press("more")
    hand.press("choice", "All as planned")
    hand.press("main")

    assert saved(storeroom).kind is Kind.PLANNED_TRANSFER


@by_hand
def test_a_count_by_hand(storeroom: Storeroom, hand_of: Callable[[Storeroom], Finger | Keyboard]) -> None:
    stock_up(storeroom.on)
    hand = hand_of(storeroom)
    hand.press("tileCount")
    hand.press("more")
    hand.press("choice", "Find the place")
    hand.write("LOC-C107")
    hand.press("more")
    hand.press("choice", "Type instead")
    hand.write(PROPOFOL.barcode)
    hand.write("7F220K")
    hand.press("line", PROPOFOL.name)
    hand.number("25")
    hand.press("main")

    assert saved(storeroom).kind is Kind.COUNT
