"""What a scene is: one state of one page, made by real scans and presses, looked at in every size and theme."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from client.pages.eyes import Eyes
from client.pages.setup import SetupPage
from client.pages.shell import Shell
from client.pages.unlock import UnlockPage
from client.pages.window import Look
from client.work.site.people import Role
from tests.pages.stage import Stage, stage

Page = Shell | SetupPage | UnlockPage
"""What the window shows: a device at work, being set up, or still shut."""
Opener = Callable[[Look], AbstractContextManager[Page]]


@dataclass(frozen=True)
class Scene:
    """One page in one state. `main`: one of those that are looked at mirrored, enlarged and in other languages too.

    `open` gives the shell as it then is, with this look, and clears up afterwards.
    """

    name: str
    open: Opener
    main: bool = False


def staged(
    act: Callable[[Stage], None],
    *,
    role: Role = Role.STOREKEEPER,
    practice: bool = False,
    eyes: Callable[[], Eyes] = Eyes,
) -> Opener:
    """A scene on the storeroom of `stage`, over a store of its own, after `act`."""

    @contextmanager
    def open_(look: Look) -> Iterator[Shell]:
        with tempfile.TemporaryDirectory() as folder:
            on = stage(Path(folder), role=role, look=look, practice=practice, eyes=eyes())
            try:
                act(on)
                yield on.shell
            finally:
                on.shell.eye.end()
                on.store.close()

    return open_
