"""A scanner at a serial port: a pseudo-terminal stands in for the cable."""

import os
import pty
import tty
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, Queue

import pytest
from serial.tools.list_ports_common import ListPortInfo

from client.barcode.label import RawScan
from client.barcode.scanner import Scanner
from client.barcode.serial_port import Port, SerialPort, State, ports, scan_of

CODE = b"]d2010952123454321310A\x1d21B"


class Cable:
    """The scanner's end. The port's name stays the same over a plug pulled and put back."""

    def __init__(self, folder: Path) -> None:
        self.port = folder / "ttyACM0"
        self._ends: list[int] = []
        self.plug()

    def plug(self) -> None:
        scanner, computer = pty.openpty()
        tty.setraw(computer)
        self._ends = [scanner, computer]
        self.port.unlink(missing_ok=True)
        self.port.symlink_to(os.ttyname(computer))

    def pull(self) -> None:
        for end in self._ends:
            os.close(end)
        self._ends = []
        self.port.unlink()

    def send(self, data: bytes) -> None:
        os.write(self._ends[0], data)


class Bench:
    """A port being read, and what came out of it."""

    def __init__(self, port: Path, scanner: Scanner) -> None:
        self.scans: Queue[RawScan] = Queue()
        self.states: Queue[State] = Queue()
        self.reader = SerialPort(scanner, "trolley-1", self.scans.put, told=self.states.put)
        self.reader.start()

    def scan(self) -> RawScan:
        return self.scans.get(timeout=20)

    def state(self) -> State:
        return self.states.get(timeout=20)


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    cable = Cable(tmp_path)
    yield cable
    if cable.port.exists():
        cable.pull()


@pytest.fixture
def bench(cable: Cable) -> Iterator[Bench]:
    with ExitStack() as stack:
        bench = Bench(cable.port, Scanner(source="serial", port=str(cable.port), prefix="\x02", suffix="\x03"))
        stack.callback(bench.reader.stop)
        assert bench.state() == "open"
        yield bench


def test_a_scan_is_its_text_and_every_byte_as_it_came(cable: Cable, bench: Bench) -> None:
    cable.send(b"\x02" + CODE + b"\x03\r")

    raw = bench.scan()
    assert (raw.symbology, raw.text) == ("]d2", "010952123454321310A\x1d21B")
    assert raw.data == b"\x02" + CODE + b"\x03"
    assert (raw.source, raw.device) == ("serial", "trolley-1")


def test_two_scans_in_one_write_are_two(cable: Cable, bench: Bench) -> None:
    cable.send(CODE + b"\r\n4012345678901\r\n")

    assert [bench.scan().text, bench.scan().text] == ["010952123454321310A\x1d21B", "4012345678901"]


def test_a_scanner_without_terminator_is_heard_after_a_silence(cable: Cable, bench: Bench) -> None:
    cable.send(CODE)

    assert bench.scan().text == "010952123454321310A\x1d21B"


def test_half_a_scan_is_told_and_never_taken(cable: Cable, bench: Bench) -> None:
    cable.send(CODE + b"\r")
    bench.scan()
    cable.send(CODE[:12])
    assert bench.state() == "half"

    cable.send(b"4012345678901\r")
    assert bench.scan().text == "4012345678901"


def test_garbage_is_text_that_means_nothing_and_harms_nothing(cable: Cable, bench: Bench) -> None:
    cable.send(bytes(range(14, 256)) + b"\r" + CODE + b"\r")

    assert bench.scan().data == bytes(range(14, 256))
    assert bench.scan().symbology == "]d2"


def test_a_scanner_unplugged_and_plugged_in_again_is_heard_again(cable: Cable, bench: Bench) -> None:
    cable.send(CODE + b"\r")
    bench.scan()
    cable.send(CODE[:12])
    cable.pull()
    assert bench.state() in {"half", "lost"}

    cable.plug()
    while bench.state() != "open":
        pass
    cable.send(b"4012345678901\r")

    assert bench.scan().text == "4012345678901"


def test_a_port_that_is_not_there_is_tried_until_it_is(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "ttyACM0", Scanner(source="serial", port=str(tmp_path / "ttyACM0")))
    try:
        assert bench.state() == "lost"
        cable = Cable(tmp_path)
        assert bench.state() == "open"
        cable.send(CODE + b"\r")
        assert bench.scan().symbology == "]d2"
        cable.pull()
    finally:
        assert bench.reader.stop()


def test_it_stops_within_a_second_while_it_waits_for_the_port(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "none", Scanner(source="serial", port=str(tmp_path / "none")))
    assert bench.state() == "lost"

    assert bench.reader.stop()


def test_it_stops_within_a_second_while_it_reads(bench: Bench) -> None:
    assert bench.reader.stop()
    with pytest.raises(Empty):
        bench.scans.get_nowait()


def test_text_that_is_not_utf_8_is_latin_1() -> None:
    assert scan_of(b"Gr\xf6\xdfe 12", Scanner(source="serial"), "d").text == "Größe 12"


def test_the_ports_of_a_machine_stand_in_the_order_of_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [ListPortInfo("/dev/ttyUSB1"), ListPortInfo("/dev/ttyACM0")]
    there[1].description = "Scanner"
    monkeypatch.setattr("client.barcode.serial_port.list_ports.comports", lambda: there)

    assert ports() == [Port("/dev/ttyACM0", "Scanner"), Port("/dev/ttyUSB1", "n/a")]
