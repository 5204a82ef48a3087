"""The practice ward behind a window: a hospital and a device of their own, made for one visit and forgotten after it.

Nothing of it can reach a real profile: it has another folder with another key, its Odoo is a thread of this process,
and its folder says of itself that it is practice, whoever opens it (design 9).
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QStandardPaths
from PySide6.QtQml import QQmlApplicationEngine

from client.pages.drive import Hand, picture, settle, wait_for
from client.pages.window import Look, keep_look
from client.settings import Profile
from client.station import Station, station
from sync.clock import Clock

if TYPE_CHECKING:
    from client.demo import Act, Hands
    from sync.practice.server import PracticeWard

HANDHELD: Final = (480, 800)
DESKTOP: Final = (1280, 800)
_BREATH: Final = 300
"""Milliseconds between two scans: the same code sooner would be a doubled trigger (design 13.6)."""
_PATIENCE: Final = 15
PREFIX: Final = "wardstock-practice-"
LEFT: Final = timedelta(days=1)
"""A practice folder nobody touched for so long was left by a crash."""

_USED: Final = {"use": {"to": "LOC-CONSUMED", "loss": True}, "waste": {"to": "LOC-WASTE", "loss": True}}
_WARDS: Final = ("LOC-WARD3A", "LOC-WARD3B", "LOC-ICU", "LOC-THEATRE1", "LOC-AMB7")
POLICY: Final = {
    "schema": 2,
    "places": {"CS": {**_USED, "quarantine": "CS/Stock/Quarantine"}, **dict.fromkeys(_WARDS, _USED)},
}
"""What the practice ward's site decided: whatever the pages offer can be tried."""


@contextmanager
def practice_station(
    engine: QQmlApplicationEngine, look: Look | None = None, leave: Callable[[], None] = lambda: None
) -> Iterator[Station]:
    """The practice ward and a device of its own, forgotten at the end. `leave` goes back to where somebody came from.

    It looks as the device does (`look`), and what is changed in it is not kept. Papers saved in it stay.
    """
    with ExitStack() as stack:
        profile, _ward = practice_profile(practice_folder(stack), stack)
        keep_look(look or Look(), profile.folder)
        with station(engine, profile, leave_practice=leave, papers=papers_of_practice()) as one:
            one.shell.go("training")
            yield one


def papers_of_practice() -> Path:
    """Where papers saved in the practice ward stay when it is left: they were made to be printed, or shown."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "Wardstock practice"


def practice_folder(stack: ExitStack) -> Path:
    """A new folder that says it is practice, gone when `stack` ends; what a crash left behind goes first."""
    _sweep(Path(tempfile.gettempdir()))
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=PREFIX)))


def practice_profile(folder: Path, stack: ExitStack) -> "tuple[Profile, PracticeWard]":
    """A device enrolled at a practice ward of its own, which lives as long as `stack`; its catalogue is pulled.

    Raises WardstockError("not_a_practice_folder") where a device was before.
    """
    from client.enrol import Wish, join, look  # noqa: PLC0415 - the wire is not needed for the first frame
    from sync.connection import connect  # noqa: PLC0415
    from sync.practice.server import PracticeWard  # noqa: PLC0415
    from sync.pull import pull  # noqa: PLC0415

    profile, clock = Profile(folder).for_practice(), Clock()
    ward = stack.enter_context(PracticeWard(0))
    wish = Wish(ward.url, ward.database, ward.keys["storekeeper"], person="Pat Practice")
    store = profile.open_or_create()
    try:
        join(store, wish, look(wish, clock), clock)
        with connect(store, clock) as session:
            pull(store, session, clock)
    finally:
        store.close()
    (folder / "policy.json").write_text(json.dumps(POLICY), encoding="utf-8")
    return profile, ward


def _sweep(temporary: Path) -> None:
    for folder in temporary.glob(f"{PREFIX}*"):
        if Profile(folder).practice and _untouched(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _untouched(folder: Path) -> bool:
    try:
        newest = max(path.stat().st_mtime for path in folder.iterdir())
    except (OSError, ValueError):
        return False  # somebody else is at it, or it is not ours
    return datetime.now(UTC) - datetime.fromtimestamp(newest, UTC) > LEFT


def demonstrate(engine: QQmlApplicationEngine, shots: Path) -> int:
    """A whole shift through the real window, on a network that fails; 0 if Odoo has exactly what was scanned."""
    from client import demo  # noqa: PLC0415 - only for the demo

    shots.mkdir(parents=True, exist_ok=True)
    pictures: list[Path] = []
    with ExitStack() as stack:
        profile, ward = practice_profile(practice_folder(stack), stack)
        keep_look(Look(theme="light", reduce_motion=True), profile.folder)
        with station(engine, profile) as one:
            _enter(one, *demo.SUPERVISOR)
            one.window.requestActivate()
            one.begin(silent=True)
            play = _Play(one, ward, shots)
            for act in demo.shift(one.desk.policy.day_of(one.desk.clock.now())):
                pictures += play.act(act)
            summary = demo.summarise(one.store, ward, pictures, play.jobs)
    demo.write(summary, shots)
    return 0 if summary.clean else 1


def _enter(one: Station, name: str, badge: str, pin: str) -> None:
    """Somebody who may more works here too."""
    from client.work.site.pin import hashed  # noqa: PLC0415 - only for the demo

    one.store.people.add(name, "supervisor", one.desk.clock.now(), "", badge=badge, pin=hashed(pin))


class _Play:
    """One hand at that window, and what each job asked of it."""

    def __init__(self, one: Station, ward: "PracticeWard", shots: Path) -> None:
        self._one, self._ward, self._shots = one, ward, shots
        self._hand = Hand(one.window)
        self.jobs: dict[str, Hands] = {}

    def act(self, act: "Act") -> Iterator[Path]:
        """One act: trouble, scans, keys, a tap, a page, waiting until all is sent, a picture in both sizes."""
        one, before = self._one, self._spent()
        if act.trouble:
            act.trouble(self._ward)
        for text in act.scans:
            settle(_BREATH)
            self._hand.scan(text)
        if act.typed:
            self._hand.write(act.typed)
        if act.way:
            self._tap(act.way)
        if act.answer and one.desk.said.code != act.answer:
            raise RuntimeError(f"{act.scans or act.way!r} was answered {one.desk.said.code}, not {act.answer}")
        if act.job:
            self._count(act.job, before)
        if act.page:
            one.shell.go(act.page)
        if act.send:
            _send_all(one)
        settle(200)
        if act.picture:
            for size in (HANDHELD, DESKTOP):
                yield picture(one.window, size, self._shots / f"{act.picture}-{size[0]}.png")

    def _tap(self, way: str) -> None:
        """On the way whose word ends so."""
        page: Any = self._one.shell.job  # Any: to a type checker a Property of Qt is no value
        self._hand.taps += 1
        page.ask.answer(next(said for said in page.ask.choices.all_of("command") if said.endswith(way)))

    def _spent(self) -> "Hands":
        from client.demo import Hands  # noqa: PLC0415 - only for the demo

        return Hands(len(self._one.store.outbox.rows(newest=10_000)), *self._hand.spent)

    def _count(self, job: str, before: "Hands") -> None:
        from client.demo import Hands  # noqa: PLC0415 - only for the demo

        was, now = self.jobs.get(job, Hands(0, 0, 0, 0)), self._spent()
        names = [one.name for one in fields(Hands)]
        sums = (getattr(was, name) + getattr(now, name) - getattr(before, name) for name in names)
        self.jobs[job] = Hands(*sums)


def _send_all(one: Station) -> None:
    """Until nothing is unsent; whoever waits presses the button now and then."""
    for _ in range(_PATIENCE):
        one.wake(fetch=True)
        if wait_for(lambda: one.store.outbox.rows(newest=0) == [], seconds=2):
            break
    settle(300)
