"""A scanner at a serial port (RS-232, USB-COM, Bluetooth SPP): one thread that reads, and opens it again and again."""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Final, Literal

import serial
from serial.tools import list_ports

from client.barcode.framing import Frame, Framing, text_of
from client.barcode.label import RawScan
from client.barcode.scanner import Scanner

log = logging.getLogger(__name__)

State = Literal["open", "lost", "half"]
"""Of the port: it was opened; it is gone or cannot be opened; half a scan came, which nobody gets."""

_TICK: Final = 0.05
_WAITS: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds between tries to open it: a plug pulled by a trolley is back soon, one in a drawer is not."""


@dataclass(frozen=True, slots=True)
class Port:
    """A serial port of this machine, and what is plugged in there."""

    name: str
    what: str


def ports() -> list[Port]:
    """Those there are now, by name."""
    found = (Port(one.device, one.description or "") for one in list_ports.comports())
    return sorted(found, key=lambda port: port.name)


class SerialPort:
    """Reads until stopped. `heard`, `framed` and `told` are called in its own thread.

    A scan's bytes are kept as they came, also where its text is without the site's prefix and suffix.
    """

    def __init__(
        self,
        scanner: Scanner,
        device: str,
        heard: Callable[[RawScan], None],
        *,
        framed: Callable[[Frame], None] = lambda _frame: None,
        told: Callable[[State], None] = lambda _state: None,
    ) -> None:
        self._scanner, self._device = scanner, device
        self._heard, self._framed, self._told = heard, framed, told
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scanner", daemon=True)
        self._was: State | None = None

    @property
    def port(self) -> str:
        """Where it reads."""
        return self._scanner.port

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> bool:
        """Whether the thread has ended, which takes it less than a second."""
        self._stop.set()
        if self._thread.ident:
            self._thread.join(timeout=1)
        return not self._thread.is_alive()

    def _run(self) -> None:
        failed = 0
        while not self._stop.is_set():
            try:
                with serial.Serial(self._scanner.port, self._scanner.baud, timeout=_TICK, exclusive=True) as port:
                    failed = 0
                    self._tell("open")
                    self._read(port)
            except (serial.SerialException, OSError) as error:
                log.info("scanner at %s: %s", self._scanner.port, error)
                self._tell("lost")
            if not self._stop.wait(_WAITS[min(failed, len(_WAITS) - 1)]):
                failed += 1

    def _read(self, port: serial.Serial) -> None:
        framing = Framing()
        try:
            while not self._stop.is_set():
                data = port.read(max(1, port.in_waiting))
                self._take(framing.feed(data, monotonic()) if data else framing.idle(monotonic()))
        finally:
            self._take(framing.broken())

    def _take(self, frames: Iterable[Frame]) -> None:
        for frame in frames:
            self._framed(frame)
            if frame.kind == "half":
                self._told("half")
            elif frame.kind == "scan":
                self._heard(scan_of(frame.data, self._scanner, self._device))

    def _tell(self, state: State) -> None:
        if state != self._was:
            self._was = state
            self._told(state)


def scan_of(data: bytes, scanner: Scanner, device: str) -> RawScan:
    """The scan of these bytes."""
    text = text_of(data).removeprefix(scanner.prefix).removesuffix(scanner.suffix)
    raw = RawScan.received(text, source=scanner.source, device=device, scanned_at=datetime.now(UTC))
    return replace(raw, data=data)
