"""The same ward for every test: no screen, no real profile, nothing swept under a skip or into a log."""

import atexit
import logging
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from client.work.site import pin
from sync.keys import ring, sealed
from sync.store.database import Database
from tests import new_files

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

MEMORY = Path("/dev/shm")  # noqa: S108 - thousands of durable writes: no test asks whether the disk kept them
ROOM = 3 << 30
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ["TMPDIR"] = str(MEMORY)
HOME = Path(tempfile.mkdtemp(prefix="wardstock-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

_OF_THE_SESSION = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"}
NO_REASON = re.compile(r"(Skipped:?)?\s*(unconditional skip|got empty parameter set.*)?\s*")


TESTS = Path(__file__).parent
WHOLE = (
    "barcode/test_harmed.py",
    "contract",
    "end2end",
    "faults",
    "pages/test_every_page.py",
    "pages/test_first_start.py",
    "pages/test_languages.py",
    "pages/test_reached.py",
    "pages/test_three_ways.py",
    "pages/test_told.py",
    "work/test_every_job.py",
    "xserver",
)
"""What lives through a whole hospital, shift, job or page: watching each line costs most here (decision 011)."""


PARTS = {"whole": True, "not whole": False}


def _is_whole(path: Path) -> bool:
    return str(path).startswith(tuple(str(TESTS / part) for part in WHOLE))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Each process of a part would read and import the files of the other one too, only to leave them out."""
    part = PARTS.get(config.option.markexpr)
    if part is None or collection_path.suffix != ".py" or not collection_path.name.startswith("test_"):
        return None
    return True if part is not _is_whole(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _is_whole(item.path):
            item.add_marker("whole")


@pytest.fixture(scope="session")
def qapp_cls() -> "type[QGuiApplication]":
    """The application all tests of a process share: there can be one."""
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - most tests need no Qt

    return QGuiApplication


def _scrub_environment() -> None:
    """Nothing of this machine's user reaches a test, except the real Odoo the contract tests were pointed at."""
    for name in list(os.environ):
        if name.startswith("WARDSTOCK_") and not name.startswith("WARDSTOCK_ODOO_"):
            del os.environ[name]
        if name.startswith(("XDG_", "QT_", "QML")) or name in _OF_THE_SESSION:
            del os.environ[name]
    runtime = HOME / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.update(
        HOME=str(HOME),
        XDG_RUNTIME_DIR=str(runtime),
        QT_QPA_PLATFORM="offscreen",
        QT_QUICK_BACKEND="software",
        LC_ALL="C.UTF-8",
    )


def _hear_interrupts() -> None:
    """Started in the background, a process ignores Ctrl+C and so would those that tests start and then interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


_scrub_environment()  # before anything imports Qt
_hear_interrupts()


@pytest.fixture(autouse=True)
def the_keyring_of_this_person_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes it; a test about keyrings plugs in its own (tests/keys/fake_ring.py)."""
    monkeypatch.setattr(ring, "rings", list)


@pytest.fixture(autouse=True)
def a_secret_costs_little_to_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PIN and a passphrase take 64 MiB each time; work/test_pin.py and keys/test_sealed.py say that they do."""
    monkeypatch.setattr(sealed, "COST", sealed.Cost(passes=1, memory_kib=64, lanes=1))
    monkeypatch.setattr(pin, "_hasher", lambda _: PasswordHasher(1, 64, 1))


@pytest.fixture(autouse=True)
def a_new_store_is_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one just built: thousands begin empty, and building takes longer than most tests. Not so in tests/store."""
    monkeypatch.setattr(Database, "_bring_up_to_date", new_files.up_to_date)


@pytest.fixture(autouse=True)
def nothing_is_logged_as_a_warning(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log is a finding. A test about one asks for `caplog` itself or is marked `logs_warnings`."""
    yield
    if request.node.get_closest_marker("logs_warnings") or _asks_for_caplog(request.node):
        return
    records = [record for phase in ("setup", "call") for record in caplog.get_records(phase)]
    told = [f"{record.name}: {record.getMessage()}" for record in records if record.levelno >= logging.WARNING]
    if told:
        pytest.fail("logged as a warning or worse:\n" + "\n".join(told))


def _asks_for_caplog(item: pytest.Item) -> bool:
    code = getattr(getattr(item, "function", None), "__code__", None)
    return code is not None and "caplog" in code.co_varnames[: code.co_argcount]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skip or an expected failure that does not say why counts as a failure."""
    report = yield
    if _unexplained(report):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: a skip or xfail needs its reason"
    return report


def _unexplained(report: pytest.TestReport) -> bool:
    if hasattr(report, "wasxfail"):
        return not report.wasxfail.removeprefix("reason: ").strip()
    if not report.skipped or not isinstance(report.longrepr, tuple):
        return False
    return NO_REASON.fullmatch(report.longrepr[2]) is not None
