"""The app's own window in tests: no screen, the shipped font, and not one warning from QML."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from client.pages.drive import settle
from client.pages.keys import Keys
from client.pages.window import Look, use_fonts
from tests.pages.drawn import Seen, seen
from tests.pages.scenes import named
from tests.pages.stage import stage
from tests.pages.storeroom import Storeroom

Show = Callable[..., Seen]


@pytest.fixture
def show(qapp: QGuiApplication) -> Iterator[Show]:
    """`show("receive", 480, 800, theme="dark")`: a page of the gallery in the real window until the test ends."""
    use_fonts(qapp, shipped=True)
    with ExitStack() as stack:

        def open_scene(name: str, width: int, height: int, **look: object) -> Seen:
            chosen = Look(**{"theme": "light", "reduce_motion": True, **look})  # type: ignore[arg-type]  # fields of Look
            shell = stack.enter_context(named(name).open(chosen))
            return stack.enter_context(seen(shell, width, height))

        yield open_scene


@pytest.fixture
def storeroom(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Storeroom]:
    """The storeroom of the pictures, in a handheld's window that hears a scanner."""
    use_fonts(qapp, shipped=True)
    on = stage(tmp_path)
    with seen(on.shell, 480, 800) as page:
        keys = Keys(page.window, "test")
        keys.scanned.connect(on.shell.scanned)
        page.window.requestActivate()
        settle(30)
        yield Storeroom(on, page)
        page.window.removeEventFilter(keys)
    on.store.close()
