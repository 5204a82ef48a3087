"""A bare device before its first day, against the practice ward: what the first start's scenes and tests press."""

import atexit
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from client.app import application
from client.barcode.label import RawScan
from client.beginning import Beginning
from client.pages.around import Around
from client.pages.drive import settle, type_key, type_scan, wait_for
from client.pages.setup import SetupPage
from client.pages.window import Look, engine_of, window_of
from client.setting_up import first_start
from client.settings import Profile
from client.work.site.invitation import Invitation, text_of
from sync.clock import Clock
from sync.keys.places import Place
from sync.practice.server import PracticeWard
from tests.pages.drawn import PROBE, Seen

PATIENCE = 20
BREATH = 260
"""Milliseconds to the next scan or key: an Enter sooner would be the end of the scan before it."""


@dataclass
class FirstDay:
    """The first start over a folder of its own. `scan` is what the key filter's signal does."""

    page: SetupPage
    on: Beginning
    ward: PracticeWard

    def scan(self, text: str) -> None:
        self.page.scanned(RawScan.received(text, source="wedge", device="set-up", scanned_at=datetime.now(UTC)))

    def sheet(self, **more: object) -> str:
        """The text of a sheet that leads to the practice ward."""
        said = {"url": self.ward.url, "database": self.ward.database, **more}
        return text_of(Invitation(**said))  # type: ignore[arg-type]  # fields of Invitation

    def settles(self, step: str = "", fact: str = "", way: str = "") -> None:
        """What runs aside has ended, and this is shown."""
        page = self.page

        def there() -> bool:
            shown = {row.key for row in page._face.facts} | {row.key for row in page._face.ways}
            return not page._face.doing and step in {"", page._step} and {fact, way} - {""} <= shown

        assert wait_for(there, PATIENCE), (page._step, page._face)

    def asked(self, role: str = "storekeeper") -> None:
        """To what was found at the practice ward."""
        self.scan(self.sheet())
        self.page.act()
        self.scan(self.ward.keys[role])
        self.page.act()
        self.settles("test")

    def belongs(self) -> None:
        """To the first pull, which has ended."""
        self.asked()
        for _ in range(3):
            self.page.act()
        self.settles("fetch")


@contextmanager
def first_day(folder: Path, ward: PracticeWard, look: Look | None = None) -> Iterator[FirstDay]:
    """A bare device, its store's key in a file; what runs is cut at the end."""
    profile = Profile(folder, Place.FILE)
    on = Beginning(profile, Clock(), zone="Europe/Lisbon")
    if profile.database.exists():
        on.resume(profile.open())
    page = SetupPage(on, Around(look=look or Look(theme="light", reduce_motion=True)))
    page.begin()
    try:
        yield FirstDay(page, on, ward)
    finally:
        assert page.end()
        on.close()


@cache
def shared_ward() -> PracticeWard:
    """One for all pictures: nothing is posted there."""
    ward = PracticeWard(0)
    atexit.register(ward.close)
    return ward


class Newcomer:
    """Somebody in front of a bare device's real window: a scanner, a keyboard, a finger. No other way in."""

    def __init__(self, page: SetupPage, look: Seen) -> None:
        self.page, self.look = page, look

    def scan(self, text: str) -> None:
        settle(BREATH)
        type_scan(self.look.window, text)
        settle(30)

    def write(self, text: str) -> None:
        for letter in text:
            type_key(self.look.window, Qt.Key(ord(letter.upper())), letter)
            settle(90)  # the key filter waits to see whether a scan follows

    def press(self, says: str) -> None:
        """By keyboard: Tab to what says so, then Enter; not so soon that it might be the end of a scan."""
        settle(BREATH)
        for _ in range(40):
            settle(20)
            if any(item.focused and item.pressable and says in item.says for item in self.look.drawn()):
                type_key(self.look.window, Qt.Key.Key_Return, "\r")
                settle(60)
                return
            type_key(self.look.window, Qt.Key.Key_Tab, "\t")
        raise AssertionError(f"Tab never comes to {says!r}: {self.texts()}")

    def tap(self, name: str, nth: int = 0) -> None:
        settle(20)
        item = [item for item in self.look.drawn() if item.name == name][nth]
        middle = QPoint(round(item.x + item.width / 2), round(item.y + item.height / 2))
        QTest.mouseClick(self.look.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        settle(40)

    def texts(self) -> list[str]:
        """What can be read on the page."""
        return [item.text for item in self.look.drawn() if item.text]

    def reads(self, text: str) -> bool:
        """Whether that comes to stand on the page."""
        return wait_for(lambda: any(text in one for one in self.texts()), PATIENCE)


@contextmanager
def newcomer(folder: Path, *, finished: Callable[[], None] = lambda: None) -> Iterator[Newcomer]:
    """A bare device in its real window, or one that was left half-way."""
    with engine_of(theme="light", width=480, height=800) as engine:
        profile = Profile(folder, Place.FILE)
        with first_start(engine, profile, practise=lambda: None, finished=finished) as page:
            engine.setInitialProperties({})
            engine.loadData(PROBE)
            window_of(engine).requestActivate()
            settle(120)
            yield Newcomer(page, Seen(window_of(engine), engine.rootObjects()[1]))


def condemned(folder: Path, sheet: str) -> None:
    """What a process does that is killed in the middle of its first pull."""
    app = application(shipped_font=True)
    with newcomer(folder) as one:
        one.scan(sheet)
        for says in ("Yes, connect", "Go on", "Serve all places", "Write them down"):
            assert wait_for(lambda: not one.page._face.doing, PATIENCE)
            one.press(says)
        wait_for(lambda: False, PATIENCE)
    app.quit()


if __name__ == "__main__":
    condemned(Path(sys.argv[1]), sys.argv[2])
