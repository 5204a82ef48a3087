"""One device at work behind a window: store, desk, view-models, key filter, threads, and the practice ward's."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from client.pages.around import Around
from client.pages.drive import picture, settle, type_scan, wait_for
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
    from client.barcode.serial_port import SerialPort
    from client.demo import Act
    from client.sound import Sound
    from client.work.job import Job
    from sync.practice.server import PracticeWard
    from sync.worker import Worker

HANDHELD: Final = (480, 800)
DESKTOP: Final = (1280, 800)
_BREATH: Final = 300
"""Milliseconds between two scans: the same code sooner would be a doubled trigger (design 13.6)."""
_PATIENCE: Final = 15


class _Told(QObject):
    """Carries the worker's reports from its thread to the window's."""

    told = Signal(object)


class _Port(QObject):
    """Carries what a serial scanner sends from its thread to the window's."""

    heard = Signal(object)
    framed = Signal(object)
    told = Signal(str, str)


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
    port: _Port = field(default_factory=_Port)
    reader: "SerialPort | None" = None

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
        self.listen()

    def listen(self) -> None:
        """To the scanner at a serial port, where this device has one (`wardstock scanner use`)."""
        scanner = scanner_of(self.store, "serial")
        if scanner.port:
            from client.barcode.serial_port import SerialPort  # noqa: PLC0415

            told = lambda state: self.port.told.emit(state, scanner.port)  # noqa: E731
            heard, framed = self.port.heard.emit, self.port.framed.emit
            self.reader = SerialPort(scanner, self.store.device.name(), heard, framed=framed, told=told)
            self.reader.start()

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
        self.shell.eye.end()
        if self.reader:
            self.reader.stop()
        if self.sound:
            self.sound.close()
        return self.worker.stop() if self.worker else True


@contextmanager
def station(engine: QQmlApplicationEngine, profile: Profile, *, practice: bool = False) -> Iterator[Station]:
    """A device put together, in its window. Raises WardstockError: not_enrolled, or why the store stays shut."""
    store = profile.open()
    enrolment = store.device.enrolment()
    if enrolment is None:
        store.close()
        raise WardstockError("not_enrolled")
    made: list[Station] = []
    wake, play = (lambda: made[0].wake()), (lambda tone: made[0].play(tone))  # noqa: PLW0108 - not made yet
    fetch = lambda: made[0].wake(fetch=True)  # noqa: E731
    policy = profile.policy()
    desk = Desk(store, at_the_desk(store, policy), policy, Clock(), wake, proved=not store.people.everyone())
    keep = lambda look: keep_look(look, profile.folder)  # noqa: E731
    label = lambda job: own_labels(job, profile.folder)  # noqa: E731
    around = Around(look=look_of(profile.folder), practice=practice, play=play, wake=fetch, label=label, keep=keep)
    shell, told = Shell(desk, around), _Told()
    told.told.connect(shell.heard)
    window = window_of(engine)
    fill(engine, shell)
    keys = Keys(window, store.device.name(), scanner_of(store, "wedge"))
    keys.scanned.connect(shell.scanned)
    keys.arrived.connect(shell.tested.typed)
    shell.tested.listening.connect(keys.listen_to)
    one = Station(store, desk, shell, window, keys, profile.folder, told)
    one.port.heard.connect(shell.scanned)
    one.port.framed.connect(shell.tested.framed)
    one.port.told.connect(shell.plugged)
    made.append(one)
    try:
        yield one
    finally:
        window.removeEventFilter(keys)
        if one.end():
            store.close()


def own_labels(job: "Job", folder: Path) -> str:
    """Where the labels for lots made in this job lie, ready to print; empty if there are none (ward 14, 29)."""
    from client import papers  # noqa: PLC0415 - only for goods that get a lot here
    from client.pages.sheet import save_pdf  # noqa: PLC0415

    blocks = papers.made_here(job)
    if not blocks:
        return ""
    path = folder / "labels" / f"{job.references[0].replace('/', '-')}.pdf"
    path.parent.mkdir(exist_ok=True)
    save_pdf(blocks, path)
    return str(path)


def practice_profile(folder: Path, stack: ExitStack) -> "tuple[Profile, PracticeWard]":
    """A device enrolled at a practice ward of its own, which lives as long as `stack`; its catalogue is pulled."""
    from client.enrol import Wish, join, look  # noqa: PLC0415 - the wire is not needed for the first frame
    from sync.connection import connect  # noqa: PLC0415
    from sync.practice.server import PracticeWard  # noqa: PLC0415
    from sync.pull import pull  # noqa: PLC0415

    ward = stack.enter_context(PracticeWard(0))
    profile, clock = Profile(folder), Clock()
    wish = Wish(ward.url, ward.database, ward.keys["storekeeper"], person="Pat Practice")
    store = profile.open_or_create()
    try:
        join(store, wish, look(wish, clock), clock)
        with connect(store, clock) as session:
            pull(store, session, clock)
    finally:
        store.close()
    return profile, ward


@contextmanager
def practice_station(engine: QQmlApplicationEngine) -> Iterator[Station]:
    """The practice ward and a device of its own, forgotten at the end: it never mixes with real data."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wardstock-practice-")))
        profile, _ward = practice_profile(folder, stack)
        with station(engine, profile, practice=True) as one:
            _print_labels(one.store, folder)
            yield one


def _print_labels(store: Store, folder: Path) -> None:
    """A sheet of labels to scan, of what this ward expects."""
    from datetime import date  # noqa: PLC0415

    from client import papers  # noqa: PLC0415
    from client.pages.sheet import save_pdf  # noqa: PLC0415

    path = folder / "practice-labels.pdf"
    blocks = [*papers.practice_sheet(store.catalogue, date.today()), papers.command_block()]  # noqa: DTZ011 - a day
    save_pdf(blocks, path)
    sys.stdout.write(f"Labels to scan: {path}\n")
    sys.stdout.flush()


def demonstrate(engine: QQmlApplicationEngine, shots: Path) -> int:
    """A whole shift through the real window, on a network that fails; 0 if Odoo has exactly what was scanned."""
    from client import demo  # noqa: PLC0415 - only for the demo

    shots.mkdir(parents=True, exist_ok=True)
    pictures: list[Path] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wardstock-demo-")))
        profile, ward = practice_profile(folder, stack)
        (folder / "look.json").write_text('{"theme": "light", "reduce_motion": true}', encoding="utf-8")
        with station(engine, profile, practice=True) as one:
            one.window.requestActivate()
            one.begin(silent=True)
            for act in demo.shift(one.desk.policy.day_of(one.desk.clock.now())):
                pictures += _play(one, ward, act, shots)
            summary = demo.summarise(one.store, ward, pictures)
    demo.write(summary, shots)
    return 0 if summary.clean else 1


def _play(one: Station, ward: "PracticeWard", act: "Act", shots: Path) -> Iterator[Path]:
    """One act: trouble, page, scans, waiting until all is sent, a picture in both sizes."""
    if act.trouble:
        act.trouble(ward)
    for text in act.scans:
        settle(_BREATH)
        type_scan(one.window, text)
    if act.answer and one.desk.said.code != act.answer:
        raise RuntimeError(f"{act.scans[-1]!r} was answered {one.desk.said.code}, not {act.answer}")
    if act.page:
        one.shell.go(act.page)
    if act.send:
        _send_all(one)
    settle(200)
    if act.picture:
        for size in (HANDHELD, DESKTOP):
            yield picture(one.window, size, shots / f"{act.picture}-{size[0]}.png")


def _send_all(one: Station) -> None:
    """Until nothing is unsent; whoever waits presses the button now and then."""
    for _ in range(_PATIENCE):
        one.wake(fetch=True)
        if wait_for(lambda: one.store.outbox.rows(newest=0) == [], seconds=2):
            break
    settle(300)
