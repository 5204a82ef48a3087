"""A device that is shut is opened in its window: before it goes to work, or before the first of its data is kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtQml import QQmlApplicationEngine

from client.pages.unlock import UnlockPage
from client.pages.window import fill, look_of, window_of
from client.settings import Profile, Wants
from sync.errors import WardstockError


def at_hand(profile: Profile) -> Profile | UnlockPage:
    """The device with its key at hand, or the page that has to be answered first. A new one has nothing to open yet."""
    if not profile.database.exists() or profile.held:
        return profile
    look = look_of(profile.folder)
    try:
        if profile.wants() is Wants.PASSPHRASE:
            return UnlockPage(profile, look)
        return replace(profile, held=profile.key.load())
    except WardstockError as error:
        return UnlockPage(profile, look, error)


@contextmanager
def asked(engine: QQmlApplicationEngine, page: UnlockPage, opened: Callable[[Profile], None]) -> Iterator[None]:
    """The page stands before whatever the window shows, until this ends; `opened` is told the profile to go on with.

    Leaving it closes the window.
    """
    page.opened.connect(opened)
    page.left.connect(window_of(engine).close)
    fill(engine, page)
    try:
        yield
    finally:
        window_of(engine).setProperty("unlock", None)
        page.end()
