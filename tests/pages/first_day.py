"""A bare device before its first day, against the practice ward: what the first start's scenes and tests press."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from client.barcode.label import RawScan
from client.beginning import Beginning
from client.pages.around import Around
from client.pages.drive import wait_for
from client.pages.setup import SetupPage
from client.pages.window import Look
from client.settings import Profile
from client.work.site.invitation import Invitation, text_of
from sync.clock import Clock
from sync.keys.places import Place
from sync.practice.server import PracticeWard

PATIENCE = 20


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
