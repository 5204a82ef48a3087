"""What is practised never reaches the real device, nor the other way round: not in use, not after a kill."""

import hashlib
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from client.app import run
from client.pages.drive import wait_for
from client.pages.here import Here
from client.pages.shell import Shell
from client.pages.window import engine_of
from client.practising import LEFT, PREFIX, _sweep, practice_folder, practice_station
from client.settings import Profile
from client.work.answer import Command
from sync.errors import WardstockError
from sync.practice.server import PracticeWard
from sync.transaction import Status
from tests.end2end.conftest import Wardstock

ROOT = Path(__file__).parents[2]
RECEIPT = ("P00002", "]d20104000000000068172812313060\x1d10REAL-1", "!confirm", "!yes")
IN_PRACTICE = """
import sys
from client.app import application
from client.pages.drive import settle
from client.pages.window import engine_of
from client.practising import practice_station
application(shipped_font=True)
with engine_of(theme="light") as engine, practice_station(engine) as one:
    print(one.folder, flush=True)
    training = one.shell._training
    training.choose("receive")
    for nth in range(4):
        training.tap(f"receive {nth}")
    print(one.store.outbox.rows()[0].status, flush=True)
    settle(60_000)
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where practice folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def real(at_work: Wardstock) -> Wardstock:
    """The hospital's own device: one receipt waits to be sent, to what stands for the hospital's Odoo."""
    at_work.replay(*RECEIPT)
    return at_work


def state_of(device: Wardstock) -> dict[str, str]:
    """Every file of a device, by what is in it."""
    files = (path for path in sorted(device.folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(device.folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def done_in(ward: PracticeWard) -> int:
    return len(ward.ask("stock.picking", ["state", "=", "done"]))


def queue_of(device: Wardstock) -> list[tuple[str, str]]:
    return [(one["origin"], one["status"]) for one in device.json("outbox", "list")]


def test_what_is_practised_stays_in_the_practice_ward(
    real: Wardstock, ward: PracticeWard, temporary: Path, qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, done, rested = state_of(real), done_in(ward), list[Here]()
    monkeypatch.setattr(Here, "rest", lambda here: rested.append(here))  # noqa: PLW0108 - a method

    with engine_of(theme="light") as engine, practice_station(engine) as one:
        one.begin(silent=True)
        assert one.shell._here._idle.isActive()  # from now on the screen locks by itself
        one.shell._training.choose("receive")
        for nth in range(4):
            one.shell._training.tap(f"receive {nth}")
        assert wait_for(lambda: one.store.outbox.rows()[0].status is Status.DONE, seconds=30)
        enrolment = one.store.device.enrolment()

    assert rested == [one.shell._here]
    assert enrolment
    assert enrolment.url != ward.url
    assert state_of(real) == before
    assert done_in(ward) == done
    assert list(temporary.iterdir()) == []
    assert queue_of(real) == [("P00002", "queued")]


def test_papers_saved_while_practising_are_still_there_afterwards(
    temporary: Path, qapp: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("client.practising.papers_of_practice", lambda: tmp_path / "Documents" / "Wardstock practice")

    with engine_of(theme="light") as engine, practice_station(engine) as one:
        one.shell.go("papers")
        one.shell._papers.press("save")
        told, where = one.shell._papers._told[0], Path(one.shell._papers._where)

    assert told == "ok"
    assert where.is_relative_to(tmp_path)
    assert where.read_bytes().startswith(b"%PDF")


def test_real_work_is_not_seen_in_the_practice_ward(real: Wardstock, temporary: Path, qapp: QGuiApplication) -> None:
    with engine_of(theme="light") as engine, practice_station(engine) as one:
        one.keys.coming.emit()
        assert one.store._database._gate._hurried_until > 0  # a pull of this station lets its scans pass
        assert one.store.outbox.rows() == []
        assert one.store.drafts.open_drafts() == []
        assert one.store.device.id() != real_id(real)
        assert one.store.device.odoo_key() not in {None, real_key(real)}


def test_use_and_waste_can_be_tried_at_every_place_whose_label_is_there(temporary: Path, qapp: QGuiApplication) -> None:
    with engine_of(theme="light") as engine, practice_station(engine) as one:
        for job in ("use", "waste"):
            for place in ("LOC-CS-A1", "LOC-CS-F1", "LOC-WARD3A", "LOC-WARD3B", "LOC-ICU", "LOC-THEATRE1"):
                one.desk.home()
                one.desk.command(Command(job))
                assert one.desk.typed(place).code == "taken_from", (job, place)


def real_id(real: Wardstock) -> str:
    store = Profile(real.folder).open()
    try:
        return store.device.id()
    finally:
        store.close()


def real_key(real: Wardstock) -> str | None:
    return (real.folder / "store.key").read_text(encoding="ascii")


@pytest.fixture
def killed(real: Wardstock, ward: PracticeWard, temporary: Path) -> Path:
    """Somebody practises beside the real device, confirms a delivery, and the process is killed in that moment."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    running = subprocess.Popen(
        [sys.executable, "-c", IN_PRACTICE], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout
    folder, status = Path(running.stdout.readline().strip()), running.stdout.readline().strip()
    running.send_signal(signal.SIGKILL)
    running.wait(30)
    running.stdout.close()
    assert status in {"queued", "sending"}
    return folder


def test_killed_in_the_middle_the_real_device_knows_nothing_of_it(
    killed: Path, real: Wardstock, ward: PracticeWard
) -> None:
    done = done_in(ward)
    assert queue_of(real) == [("P00002", "queued")]

    real("push")

    assert queue_of(real) == [("P00002", "done")]
    assert done_in(ward) == done + 1


def test_what_a_kill_left_says_that_it_is_practice_and_reaches_nobody(
    killed: Path, real: Wardstock, ward: PracticeWard, key_of: object
) -> None:
    left, done = Wardstock(killed), done_in(ward)

    assert Profile(killed).practice
    assert left("push").exit_code == 3
    key = killed.parent / "real.key"
    key.write_text(ward.keys["storekeeper"], encoding="ascii")
    joined = left("enrol", "--url", ward.url, "--database", ward.database, "--key-file", str(key))
    assert (joined.exit_code, "practice ward" in joined.output) == (2, True)
    assert done_in(ward) == done


def test_the_next_visit_begins_anew_beside_what_a_kill_left(
    killed: Path, temporary: Path, qapp: QGuiApplication
) -> None:
    with engine_of(theme="light") as engine, practice_station(engine) as one:
        assert one.folder != killed
        assert one.store.outbox.rows() == []


def test_a_folder_that_was_there_before_is_never_practised_in(real: Wardstock) -> None:
    before = state_of(real)

    with pytest.raises(WardstockError, match="not_a_practice_folder"):
        Profile(real.folder).for_practice()
    assert state_of(real) == before


def test_what_a_crash_left_is_cleared_away_after_a_day_and_nothing_else(temporary: Path) -> None:
    with ExitStack() as stack:
        here = practice_folder(stack)
        Profile(here).for_practice()
        old, strange = temporary / f"{PREFIX}old", temporary / f"{PREFIX}strange"
        for folder in (old, strange):
            folder.mkdir()
            (folder / "wardstock.db").write_bytes(b"")
        (old / "practice").touch()
        long_ago = (datetime.now(UTC) - 2 * LEFT).timestamp()
        for folder in (old, strange):
            for path in folder.iterdir():
                os.utime(path, (long_ago, long_ago))
        _sweep(temporary)

        assert {path.name for path in temporary.iterdir()} == {here.name, strange.name}


def test_a_visit_that_is_under_way_is_not_cleared_away(temporary: Path) -> None:
    young = temporary / f"{PREFIX}young"
    young.mkdir()
    (young / "practice").touch()
    moment = (datetime.now(UTC) - LEFT + timedelta(hours=1)).timestamp()
    os.utime(young / "practice", (moment, moment))

    _sweep(temporary)

    assert young.exists()


def test_from_the_device_to_the_practice_ward_and_back_at_one_tap_each(
    real: Wardstock, temporary: Path, qapp: QGuiApplication
) -> None:
    before = queue_of(real)
    visited: list[tuple[bool, str]] = []

    def look() -> None:
        """Whoever comes to a window notes what it is, and taps on: there, back, and out."""
        for window in qapp.topLevelWindows():
            shell = window.property("shell")
            if isinstance(shell, Shell) and window.isVisible() and shell not in seen_already:
                seen_already.append(shell)
                visited.append((shell._around.practice, shell._page))
                if len(visited) == 3:
                    window.close()
                elif shell._around.practice:
                    shell._training.leave()
                else:
                    shell.go("settings")
                    shell._settings.open("practice")

    seen_already: list[Shell] = []
    clock = QTimer()
    clock.timeout.connect(look)
    clock.start(300)
    code = run(Profile(real.folder))
    clock.stop()

    assert (code, visited) == (0, [(False, "home"), (True, "training"), (False, "home")])
    assert queue_of(real)[0][0] == before[0][0]
    assert list(temporary.iterdir()) == []
