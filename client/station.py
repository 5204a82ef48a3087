"""One device at work behind a window: store, desk, view-models, key filter, threads."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from client import logbook
from client.pages.around import Around
from client.pages.cable import Cable
from client.pages.keys import Keys
from client.pages.shell import Shell
from client.pages.window import fill, keep_look, look_of, window_of
from client.settings import Profile, at_the_desk
from client.work.desk import Desk
from client.work.site.scanners import scanner_of
from sync.clock import Clock
from sync.errors import WardstockError
from sync.store import Store

if TYPE_CHECKING:
    from client.sound import Sound
    from client.work.job import Job
    from sync.worker import Worker


_ROWS_OF_A_SCAN = 10_000


class _Told(QObject):
    """Carries the worker's reports from its thread to the window's."""

    told = Signal(object)


def settled() -> None:
    """What is here now stays: Python's search for garbage leaves it out, or now and then a scan waits 80 ms for it.

    Nor does it search because one scan into a long delivery shortly holds some thousand rows.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ROWS_OF_A_SCAN)


@dataclass
class Station:
    """One device at work behind one window. `begin` what needs heavy libraries once the window is there."""

    store: Store
    desk: Desk
    shell: Shell
    window: QQuickWindow
    keys: Keys
    folder: Path
    told: _Told
    sound: "Sound | None" = None
    worker: "Worker | None" = None
    cable: Cable = field(default_factory=Cable)

    def begin(self, *, silent: bool = False) -> None:
        """Start the sync thread and the sound: after the first frame, which must not wait for them."""
        from client.sound import Sound  # noqa: PLC0415
        from client.work.site.holds import site_now  # noqa: PLC0415
        from sync.worker import Worker  # noqa: PLC0415

        if self.worker is not None:
            return
        self.sound = None if silent else Sound()
        site = lambda: site_now(self.store, self.desk.policy, self.desk.clock)  # noqa: E731
        self.worker = Worker(self.store, self.desk.clock, self.folder, self.told.told.emit, site=site)
        self.worker.start()
        self.shell.lock.watch()
        self.listen()
        settled()

    def listen(self) -> None:
        """To the scanner at a serial port, where this device has one (`wardstock scanner use`)."""
        self.cable.listen(self.store, self.store.device.name())

    def play(self, tone: str) -> None:
        """The tone of an answer, if there is a sound card."""
        if self.sound:
            self.sound.play(tone)

    def wake(self, *, fetch: bool = False) -> None:
        """There is something to send, or somebody asked."""
        if self.worker:
            self.worker.wake(fetch=fetch)

    def end(self) -> bool:
        """Stop both threads; False where the sync thread still holds the store."""
        self.shell.lock.rest()
        self.shell.eye.end()
        self.shell.aside.end()
        self.cable.stop()
        if self.sound:
            self.sound.close()
        return self.worker.stop() if self.worker else True


@contextmanager
def station(
    engine: QQmlApplicationEngine,
    profile: Profile,
    *,
    practise: Callable[[], None] = lambda: None,
    leave_practice: Callable[[], None] = lambda: None,
    reopen: Callable[[], None] = lambda: None,
    papers: Path | None = None,
) -> Iterator[Station]:
    """A device put together, in its window; `practise` and `leave_practice` go to the practice ward and back.

    `reopen` closes the window and opens it anew: in another language. Papers are written in `papers`, else in the
    device's own folder.

    Raises WardstockError: not_enrolled (also while the first start is not at its end), or why the store stays shut.
    """
    store = profile.open()
    enrolment = store.device.enrolment()
    if enrolment is None or store.set_up.draft():
        store.close()
        raise WardstockError("not_enrolled")
    made: list[Station] = []
    wake, play = (lambda: made[0].wake()), (lambda tone: made[0].play(tone))  # noqa: PLW0108 - not made yet
    fetch = lambda: made[0].wake(fetch=True)  # noqa: E731
    policy = profile.policy()
    desk = Desk(store, at_the_desk(store, policy), policy, Clock(), wake, proved=not store.people.everyone())
    keep = lambda look: keep_look(look, profile.folder)  # noqa: E731
    label = lambda job: own_labels(job, papers or profile.folder)  # noqa: E731
    around = Around(
        look=look_of(profile.folder), practice=profile.practice, folder=profile.folder, play=play, wake=fetch,
        elsewhere=papers, label=label, keep=keep, practise=practise, leave_practice=leave_practice, reopen=reopen,
    )  # fmt: skip
    shell, told = Shell(desk, around), _Told()
    told.told.connect(shell.heard)
    window = window_of(engine)
    fill(engine, shell)
    keys = Keys(window, store.device.name(), scanner_of(store, "wedge"))
    keys.coming.connect(store.hurry)
    keys.scanned.connect(shell.scanned)
    keys.arrived.connect(shell.tested.typed)
    shell.tested.listening.connect(keys.listen_to)
    one = Station(store, desk, shell, window, keys, profile.folder, told)
    one.cable.heard.connect(shell.scanned)
    one.cable.framed.connect(shell.tested.framed)
    one.cable.told.connect(shell.plugged)
    shell.tested.plugged.connect(one.listen)
    made.append(one)
    with logbook.kept(profile.folder):
        try:
            yield one
        finally:
            window.removeEventFilter(keys)
            if one.end():
                store.close()


def own_labels(job: "Job", folder: Path) -> str:
    """Where the labels for lots made in this job lie, ready to print; empty if there are none (ward 14, 29).

    Raises OSError where they cannot be written.
    """
    from client import papers  # noqa: PLC0415 - only for goods that get a lot here
    from client.pages.sheet import save_pdf  # noqa: PLC0415

    blocks = papers.made_here(job)
    if not blocks:
        return ""
    path = folder / "labels" / f"{job.references[0].replace('/', '-')}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    save_pdf(blocks, path)
    return str(path)
