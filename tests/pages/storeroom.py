"""A stage behind its real window, with a scanner, a finger and a keyboard."""

from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from client.pages.drive import settle, type_key, type_scan
from client.work.job import from_draft
from client.work.receiving.delivery import Delivery
from tests.pages.drawn import Seen
from tests.pages.stage import Stage

BREATH = 130
"""Milliseconds to the next scan: the same code sooner is a doubled trigger (design 13.6)."""


class Storeroom:
    """A stage with its window, a scanner, a finger and a keyboard."""

    def __init__(self, on: Stage, seen: Seen) -> None:
        self.on, self.seen, self.window = on, seen, seen.window

    def scan(self, text: str) -> None:
        settle(BREATH)
        type_scan(self.window, text)

    def tap(self, name: str, nth: int = 0) -> None:
        settle(20)
        item = [item for item in self.seen.drawn() if item.name == name][nth]
        middle = QPoint(round(item.x + item.width / 2), round(item.y + item.height / 2))
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        settle(20)

    def key(self, key: Qt.Key, text: str = "") -> None:
        if key == Qt.Key.Key_Return:
            settle(2 * BREATH)  # an Enter sooner would be the end of the scan before it
        type_key(self.window, key, text)
        settle(120)  # the key filter waits to see whether a scan follows

    def write(self, text: str) -> None:
        for letter in text:
            self.key(Qt.Key(ord(letter.upper())), letter)

    def texts(self) -> list[str]:
        return [item.text for item in self.seen.drawn() if item.text]

    def additions(self) -> list[tuple[str, Decimal]]:
        """What is on disk."""
        (draft,) = self.on.store.drafts.open_drafts()
        return [(add.lot_name, add.quantity) for add in from_draft(draft, Delivery).additions]
