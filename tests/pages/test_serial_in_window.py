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
from client.pages.drive import wait_for
from client.pages.window import engine_of, use_fonts
from client.settings import Profile
from client.station import Station, station
from client.work.site.scanners import keep, scanner_of
from sync.keys import Place
from sync.store.device import Enrolment
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


def test_the_window_closes_its_port(one: Station) -> None:
    assert one.reader
    assert one.reader.stop()
