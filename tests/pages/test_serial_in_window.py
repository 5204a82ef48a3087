"""A scanner at a serial port and the window it belongs to: a pseudo-terminal stands in for the cable."""

import os
import pty
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from client.barcode.acceptance import TRIALS
from client.barcode.scanner import Scanner
from client.barcode.serial_port import Port, SerialPort, State
from client.pages import scanner_test
from client.pages.drive import settle, wait_for
from client.pages.window import engine_of, use_fonts
from client.settings import Profile
from client.station import Station, station
from client.work.site.scanners import keep, scanner_of
from sync.keys import Place
from sync.store.device import Enrolment
from tests.pages.first_day import first_day, newcomer, shared_ward
from tests.pages.stage import NOW, fill


@pytest.fixture
def cable() -> Iterator[tuple[int, str]]:
    scanner, computer = pty.openpty()
    tty.setraw(computer)
    yield scanner, os.ttyname(computer)
    os.close(scanner)
    os.close(computer)


@pytest.fixture
def one(tmp_path: Path, cable: tuple[int, str], qapp: QGuiApplication) -> Iterator[Station]:
    use_fonts(qapp, shipped=True)
    profile = Profile(tmp_path / "device", Place.FILE)
    store = profile.open_or_create()
    store.device.enrol(Enrolment("http://127.0.0.1", "ward", "ml", 2, 1, NOW, company_name="Main store"), "key")
    fill(store)
    keep(store, Scanner(source="serial", port=cable[1]))
    store.close()
    with engine_of(theme="light") as engine, station(engine, profile) as made:
        made.listen()
        yield made


def test_what_a_serial_scanner_reads_opens_the_delivery(one: Station, cable: tuple[int, str]) -> None:
    os.write(cable[0], b"P00147\r")

    assert wait_for(lambda: one.desk.job is not None, seconds=20)
    assert one.shell.property("page") == "job"


def test_in_the_scanner_test_its_codes_are_judged_and_its_record_kept(one: Station, cable: tuple[int, str]) -> None:
    one.shell.go("scanner")
    for trial in TRIALS:
        os.write(cable[0], b"]d2" + trial.sent.encode() + b"\r")

    assert wait_for(lambda: bool(one.shell.tested.property("done")), seconds=20)
    assert scanner_of(one.store, "serial").sends_symbology
    assert one.desk.job is None


def test_the_window_closes_its_port(one: Station, cable: tuple[int, str]) -> None:
    assert one.cable.stop()

    os.write(cable[0], b"P00147\r")
    settle(300)
    assert one.desk.job is None


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What became of each port: what arrives before it is open is nobody's."""
    told: list[str] = []
    tell = SerialPort._tell

    def overheard(port: SerialPort, state: State) -> None:
        tell(port, state)
        told.append(state)

    monkeypatch.setattr(SerialPort, "_tell", overheard)
    return told


def test_another_port_is_heard_at_once(one: Station, cable: tuple[int, str], states: list[str]) -> None:
    """It was chosen in the settings, or beside the scanner test."""
    one.shell.go("settings")
    one.shell._settings.open("scanner")
    one.shell._settings.press("port ")
    os.write(cable[0], b"P00147\r")
    settle(300)
    assert one.desk.job is None

    one.shell.go("scanner")
    states.clear()
    one.shell.tested.press(f"port {cable[1]}")
    assert wait_for(lambda: "open" in states, seconds=20)
    for trial in TRIALS:
        os.write(cable[0], b"]d2" + trial.sent.encode() + b"\r")

    assert wait_for(lambda: bool(one.shell.tested.property("done")), seconds=20)


def test_a_serial_scanner_is_chosen_and_tested_before_the_first_start_ends(
    tmp_path: Path,
    cable: tuple[int, str],
    qapp: QGuiApplication,
    monkeypatch: pytest.MonkeyPatch,
    states: list[str],
) -> None:
    use_fonts(qapp, shipped=True)
    monkeypatch.setattr(scanner_test, "ports", lambda: [Port(cable[1], "")])
    profile = Profile(tmp_path / "new", Place.FILE)
    with first_day(tmp_path / "new", shared_ward()) as day:
        day.belongs()
    with newcomer(tmp_path / "new") as one:
        assert one.reads("Go on")
        one.press("Go on")
        one.tap("choosePort")
        one.tap(f"way port {cable[1]}")
        assert wait_for(lambda: "open" in states, seconds=20)
        for trial in TRIALS:
            os.write(cable[0], b"]d2" + trial.sent.encode() + b"\r")
        assert wait_for(lambda: bool(one.page.tested.property("done")), seconds=20)

    store = profile.open()
    kept = scanner_of(store, "serial")
    store.close()
    assert (kept.port, kept.sends_symbology) == (cable[1], True)


def test_a_machine_without_ports_says_so_and_looks_again(
    tmp_path: Path, qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[Port] = []
    monkeypatch.setattr(scanner_test, "ports", lambda: there)
    with first_day(tmp_path / "new", shared_ward()) as day:
        day.belongs()
        day.page.act()
        test = day.page.tested
        test.choosePort()
        assert any(row.name == "This machine has no serial port with anything plugged in." for row in test._ports._rows)  # type: ignore[attr-defined]

        there.append(Port("/dev/ttyACM7", ""))
        test.press("look")
        assert test._ports._rows[0].key == "port /dev/ttyACM7"
        day.page.back()
        assert (test.property("choosing"), day.page.property("step")) == (False, "scanner")
