"""By keyboard, and for who hears the page instead of seeing it: all is reached, named, in order, and nothing traps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from client.pages.drive import settle
from client.pages.window import use_fonts
from tests.pages.checks import Sheet, ring_trouble
from tests.pages.drawn import Drawn, Seen, seen
from tests.pages.scenes import SCENES
from tests.pages.scenes.scene import Scene
from tests.pages.test_every_page import DESK, HANDHELD, LOOK

MOST = 90
"""Stops of one page; who needs more is in a trap."""
MAIN = tuple(scene for scene in SCENES if scene.main)
PAGES = [
    *(pytest.param(scene, HANDHELD, id=scene.name) for scene in SCENES),
    *(pytest.param(scene, DESK, id=f"{scene.name}-desk") for scene in MAIN),
]
LIST, SILENT = 0x21, 0
OF_A_KEYBOARD = ("key", "lettersOf", "year", "month", "day", "number")


@dataclass
class Round:
    """Once through a page with the Tab key, and through each list with the arrow keys."""

    page: Seen
    size: tuple[int, int]

    def stops(self) -> Iterator[tuple[Drawn, str]]:
        """Each stop, and what is wrong with how it is shown."""
        first = ""
        for _ in range(MOST):
            stop, trouble = self._press(Qt.Key.Key_Tab)
            if first == (first := first or _told(stop)) == _told(stop):
                return
            yield stop, trouble
            yield from self._along(stop)
        raise AssertionError(f"Tab never came back to {first}")

    def _along(self, stop: Drawn) -> Iterator[tuple[Drawn, str]]:
        while True:
            row, trouble = self._press(Qt.Key.Key_Down)
            if _told(row) == _told(stop):
                return
            yield row, trouble
            stop = row

    def _press(self, key: Qt.Key) -> tuple[Drawn, str]:
        QTest.keyClick(self.page.window, key)
        settle(1)
        items = self.page.drawn()
        at = max((nth for nth, item in enumerate(items) if item.focused), default=0)
        return items[at], ring_trouble(Sheet(items, *self.size), at)


def _told(item: Drawn) -> str:
    return f"{item.name}: {item.says}"


@pytest.mark.parametrize(("scene", "size"), PAGES)
def test_all_that_can_be_pressed_has_a_name_and_is_reached_by_the_keyboard(
    qapp: QGuiApplication, scene: Scene, size: tuple[int, int]
) -> None:
    use_fonts(qapp, shipped=True)
    with scene.open(LOOK) as shell, seen(shell, *size) as page:
        page.window.requestActivate()
        sheet = Sheet(page.laid_out(), *size)
        wanted = {_told(item) for nth, item in enumerate(sheet.items) if item.pressable and _needed(sheet, nth)}
        stops = list(Round(page, size).stops())

    assert _nameless(sheet.items) == []
    assert wanted - {_told(stop) for stop, _ in stops} == set()
    assert [f"{_told(stop)}: {trouble}" for stop, trouble in stops if trouble] == []


def _needed(sheet: Sheet, nth: int) -> bool:
    """In sight and working; a field that is typed into need not be pressed, nor a key the keyboard has."""
    item = sheet.items[nth]
    return item.enabled and sheet.shown(nth) and not item.name.startswith(OF_A_KEYBOARD)


def _nameless(items: Sequence[Drawn]) -> list[str]:
    """What the keyboard stops at or a finger presses and who hears the page is told nothing of; drawings that talk."""
    stops = [item for item in items if item.pressable or item.stop]
    # A button is one by its kind, without a word in QML.
    mute = [
        item for item in stops if (item.role == SILENT and not item.pressable) or not (item.says or item.role == LIST)
    ]
    return [item.name or item.kind for item in (*mute, *(item for item in items if item.icon and not item.ignored))]
