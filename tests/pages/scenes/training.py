"""The practice ward's guide: its three exercises, each at every step, done by tapped labels against the ward itself."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from client.pages.around import Around
from client.pages.shell import Shell
from client.pages.window import Look
from client.practising import practice_folder, practice_profile
from client.settings import Profile, at_the_desk
from client.work.desk import Desk
from sync.clock import Clock
from sync.connection import connect
from sync.practice.server import PracticeWard
from sync.push import push
from sync.store import Store
from tests.pages.scenes.scene import Opener, Scene


@dataclass
class Pupil:
    """Somebody at the practice ward, and the ward itself."""

    store: Store
    desk: Desk
    shell: Shell
    ward: PracticeWard

    def tap(self, times: int = 1) -> None:
        """The label that is next, on the screen."""
        for _ in range(times):
            page = self.shell._training
            assert page._chosen
            page.tap(f"{page._chosen.exercise} {page._progress.number - 1}")

    def choose(self, exercise: str) -> None:
        self.shell._training.choose(exercise)

    def send(self) -> None:
        """What the sync thread does."""
        with connect(self.store, self.desk.clock) as session:
            push(self.store, session, self.desk.clock)
        self.shell.refresh()


@contextmanager
def pupil(look: Look | None = None) -> Iterator[Pupil]:
    """A practice ward and a device of its own, as the app opens them."""
    with ExitStack() as stack:
        profile, ward = practice_profile(practice_folder(stack), stack)
        store = profile.open()
        stack.callback(store.close)
        desk = Desk(store, at_the_desk(store, profile.policy()), profile.policy(), Clock())
        around = Around(look=look or Look(reduce_motion=True), practice=True, folder=profile.folder)
        shell = Shell(desk, around)
        stack.callback(shell.eye.end)
        yield Pupil(store, desk, shell, ward)


@cache
def _pulled() -> Path:
    """A practice device's folder, made once: the pictures need the catalogue, not the ward."""
    folder = Path(tempfile.mkdtemp(prefix="wardstock-scenes-"))
    with ExitStack() as stack:
        practice_profile(folder, stack)
    return folder


def led(act: Callable[[Shell], None]) -> Opener:
    """A scene in the practice ward, after `act`."""

    @contextmanager
    def open_(look: Look) -> Iterator[Shell]:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(_pulled(), folder, dirs_exist_ok=True)
            profile = Profile(Path(folder))
            store = profile.open()
            desk = Desk(store, at_the_desk(store, profile.policy()), profile.policy(), Clock())
            shell = Shell(desk, Around(look=look, practice=True, folder=profile.folder))
            try:
                shell.go("training")
                act(shell)
                yield shell
            finally:
                shell.eye.end()
                store.close()

    return open_


def _taps(exercise: str, times: int) -> Callable[[Shell], None]:
    def act(shell: Shell) -> None:
        shell._training.choose(exercise)
        for nth in range(times):
            shell._training.tap(f"{exercise} {nth}")

    return act


def _shown(shell: Shell) -> None:
    _taps("receive", 2)(shell)
    shell._training.fold()


def _asked(shell: Shell) -> None:
    _taps("receive", 2)(shell)
    shell._training.tap("receive 3")


def _leaving(shell: Shell) -> None:
    _shown(shell)
    shell._training.leave()


SCENES = (
    Scene("training", led(lambda _shell: None), main=True),
    Scene("training-receive", led(_taps("receive", 0)), main=True),
    Scene("training-scanned", led(_taps("receive", 2))),
    Scene("training-shown", led(_shown)),
    Scene("training-asked", led(_asked)),
    Scene("training-leaving", led(_leaving), main=True),
    Scene("training-sending", led(_taps("receive", 4))),
    Scene("training-move", led(_taps("move", 3))),
    Scene("training-count", led(_taps("count", 2))),
)
