"""The scanner test and what is known of scanners, at the command line."""

import json
import os
import pty
import subprocess
import sys
import termios
import tty
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import cv2
import pytest
import zxingcpp

from client.barcode.acceptance import TRIALS
from client.barcode.scanner import Scanner
from client.settings import Profile
from client.work.site.scanners import scanner_of
from tests.end2end.conftest import Wardstock

GS = "\x1d"
GOOD = [f"]d2{trial.sent}" for trial in TRIALS]
ROOT = Path(__file__).parents[2]


def lines(scans: Sequence[str]) -> bytes:
    return "".join(f"{scan}\n" for scan in scans).encode()


def known(at_work: Wardstock, source: str) -> Scanner:
    store = Profile(at_work.folder).open()
    try:
        return scanner_of(store, source)
    finally:
        store.close()


def test_a_good_scanner_is_told_so_and_remembered(at_work: Wardstock) -> None:
    result = at_work("scanner-test", input=lines(GOOD))

    assert result.exit_code == 0
    assert result.stdout.splitlines()[-2:] == ["This scanner is set up well.", "This device remembers it."]
    assert known(at_work, "wedge").sends_symbology


def test_a_faulty_one_is_told_what_to_mend(at_work: Wardstock) -> None:
    result = at_work("scanner-test", input=lines([scan.removeprefix("]d2").replace(GS, "") for scan in GOOD]))

    assert result.exit_code == 1
    assert "swallows the separator" in result.stdout
    assert "transmit AIM code identifier" in result.stdout
    assert known(at_work, "wedge").loses_separators


def test_for_scripts_it_is_one_value(at_work: Wardstock) -> None:
    result = at_work("scanner-test", "--json", input=lines([scan.replace(GS, "|") for scan in GOOD]))

    told = json.loads(result.stdout)
    assert [fault["code"] for fault in told["faults"]] == ["separator_replaced"]
    assert told["scanner"]["separator"] == "|"
    assert told["kept"] is True


def test_what_a_scanner_cannot_read_is_left_out(at_work: Wardstock) -> None:
    assert at_work("scanner-test", input=lines([*GOOD[:3], "-", "-", "-"])).exit_code == 0


def test_nothing_scanned_is_nothing_learned(at_work: Wardstock) -> None:
    result = at_work("scanner-test", input=b"")

    assert result.exit_code == 1
    assert "Nothing was scanned." in result.stdout
    assert known(at_work, "wedge") == Scanner()


def test_a_machine_that_is_no_device_yet_can_test_too(wardstock: Wardstock) -> None:
    result = wardstock("scanner-test", input=lines(GOOD))

    assert result.exit_code == 0
    assert "wardstock enrol" in result.stdout


@pytest.mark.parametrize("name", ["sheet.png", "sheet.pdf"])
def test_the_six_codes_are_printed(wardstock: Wardstock, tmp_path: Path, name: str) -> None:
    sheet = tmp_path / name

    assert wardstock("scanner-test", "--print", str(sheet)).exit_code == 0

    if name.endswith("png"):
        found = {one.text for one in zxingcpp.read_barcodes(cv2.imread(str(sheet)), text_mode=zxingcpp.TextMode.Plain)}
        assert found == {trial.sent for trial in TRIALS}
    else:
        assert sheet.read_bytes().startswith(b"%PDF")


def test_another_kind_of_file_is_wrong_use(wardstock: Wardstock, tmp_path: Path) -> None:
    assert wardstock("scanner-test", "--print", str(tmp_path / "sheet.doc")).exit_code == 2


@contextmanager
def listening(at_work: Wardstock, *words: str, stdin: int) -> "Iterator[subprocess.Popen[str]]":
    command = [sys.executable, "-m", "client", "scanner-test", "--profile", str(at_work.folder), *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=stdin, stdout=pipe, stderr=pipe) as program:
        try:
            yield program
        finally:
            program.kill()


def test_a_terminal_tells_enter_and_separators_key_by_key(at_work: Wardstock) -> None:
    scanner, terminal = pty.openpty()
    with listening(at_work, stdin=terminal) as program:
        for scan in GOOD:
            assert program.stdout
            assert program.stdout.readline().startswith("Scan ")
            os.write(scanner, f"{scan}\r".encode())
        out, _ = program.communicate(timeout=60)
    os.close(scanner)
    os.close(terminal)

    assert "This scanner is set up well." in out
    assert program.returncode == 0


def test_ctrl_c_ends_the_test_and_the_terminal_is_as_it_was(at_work: Wardstock) -> None:
    scanner, terminal = pty.openpty()
    before = termios.tcgetattr(terminal)
    with listening(at_work, stdin=terminal) as program:
        assert program.stdout
        program.stdout.readline()
        os.write(scanner, b"\x03")
        out, _ = program.communicate(timeout=60)
    after = termios.tcgetattr(terminal)
    os.close(scanner)
    os.close(terminal)

    assert "Nothing was scanned." in out
    assert after == before


def test_a_scanner_at_a_port_is_tested_there_and_has_its_own_record(at_work: Wardstock, tmp_path: Path) -> None:
    scanner, computer = pty.openpty()
    tty.setraw(computer)
    with listening(at_work, "--port", os.ttyname(computer), stdin=subprocess.DEVNULL) as program:
        assert program.stdout
        assert program.stderr
        assert "is connected" in program.stderr.readline()
        for scan in GOOD:
            assert program.stdout.readline().startswith("Scan ")
            os.write(scanner, scan.encode() + b"\r\n")
        out, _ = program.communicate(timeout=60)
    for end in (scanner, computer):
        with suppress(OSError):
            os.close(end)

    assert "This scanner is set up well." in out
    assert known(at_work, "serial").sends_symbology
    assert known(at_work, "wedge") == Scanner()


def test_a_port_is_chosen_shown_and_forgotten(at_work: Wardstock) -> None:
    assert at_work("scanner", "show").stdout.startswith("No scanner was tested here yet")

    assert "/dev/ttyACM0" in at_work("scanner", "use", "/dev/ttyACM0", "--baud", "115200").stdout
    (shown,) = at_work.json("scanner", "show")
    assert (shown["source"], shown["port"], shown["baud"]) == ("serial", "/dev/ttyACM0", 115_200)
    assert at_work("scanner", "show").stdout.startswith("serial /dev/ttyACM0")

    at_work("scanner", "forget", "serial")
    assert at_work.json("scanner", "show") == []


def test_the_ports_of_this_machine_are_listed(wardstock: Wardstock) -> None:
    assert wardstock("scanner", "ports").exit_code == 0
    assert isinstance(wardstock.json("scanner", "ports"), list)
