"""A bare device in its window until it can go to work: the first start put together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QTimeZone
from PySide6.QtQml import QQmlApplicationEngine

from client.beginning import Beginning, is_zone
from client.pages.around import Around
from client.pages.cable import Cable
from client.pages.keys import Keys
from client.pages.setup import SetupPage
from client.pages.window import fill, keep_look, look_of, window_of
from client.settings import Profile
from client.sound import Sound
from sync.clock import Clock

DEVICE: Final = "set-up"
"""What scans name as their device before it has a name. None of them is kept."""


@contextmanager
def first_start(
    engine: QQmlApplicationEngine, profile: Profile, *, practise: Callable[[], None], finished: Callable[[], None]
) -> Iterator[SetupPage]:
    """The first start in its window, at the step where an earlier one was left; `finished` is told at its end.

    Raises WardstockError: why the store of an earlier one stays shut.
    """
    on = Beginning(profile, Clock(), zone=system_zone())
    if profile.database.exists():
        on.resume(profile.open())
    sound = Sound()
    around = Around(
        look=look_of(profile.folder),
        play=sound.play,
        practise=practise,
        folder=profile.folder,
        keep=lambda look: keep_look(look, profile.folder),
    )
    page = SetupPage(on, around)
    window = window_of(engine)
    keys = Keys(window, DEVICE)
    keys.scanned.connect(page.scanned)
    keys.arrived.connect(page.arrived)
    page.listening.connect(keys.listen_to)
    cable = Cable()
    cable.heard.connect(page.scanned)
    cable.framed.connect(page.framed)
    page.plugged.connect(lambda: _listen(on, cable))
    _listen(on, cable)  # an earlier run may have chosen a port
    page.finished.connect(lambda: _over(on, finished))
    page.begin()
    fill(engine, page)
    try:
        yield page
    finally:
        window.removeEventFilter(keys)
        cable.stop()
        window.setProperty("setup", None)
        sound.close()
        if page.end():
            on.close()


def _listen(on: Beginning, cable: Cable) -> None:
    if on.store:
        cable.listen(on.store, DEVICE)


def _over(on: Beginning, finished: Callable[[], None]) -> None:
    on.over()
    finished()


def system_zone() -> str:
    """The time zone of this machine by its IANA name, "" where it has none the site's rules could name."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    return name if is_zone(name) else ""
