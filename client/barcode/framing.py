"""Bytes from a port with times: where a scan ends, and which came whole. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from client.barcode.burst import DOUBLE_WITHIN

Kind = Literal["scan", "doubled", "half"]
IDLE: Final = 0.1
"""Seconds without a byte after which a scanner without terminator has said all."""
_FALTER: Final = 0.5
_TERMINATORS: Final = (0x0D, 0x0A)
_LONGEST: Final = 16_384  # whatever sends more is no scanner


@dataclass(frozen=True, slots=True)
class Frame:
    """What came between two ends, terminator left out. A half one never ended, though its scanner ends its scans.

    Half a symbol can read as a shorter lot that is no lot: it is told, not taken.
    """

    data: bytes
    kind: Kind = "scan"
    slowest: float = 0.0
    ended: bool = True


class Framing:
    """Feed what was read with its time in seconds; call `idle` when nothing was."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._ends = False  # this scanner ends its scans with CR or LF
        self._began_at = self._last_at = self._slowest = 0.0
        self._last, self._last_end = b"", float("-inf")

    def feed(self, data: bytes, at: float) -> list[Frame]:
        """The frames these bytes complete."""
        return list(self._feed(data, at))

    def _feed(self, data: bytes, at: float) -> Iterator[Frame]:
        yield from self.idle(at)
        for byte in data:
            if byte in _TERMINATORS:
                yield from self._cut(at, ended=True)
                continue
            if len(self._buffer) >= _LONGEST:
                yield from self._cut(at, ended=True)
            if self._buffer:
                self._slowest = max(self._slowest, at - self._last_at)
            else:
                self._began_at, self._slowest = at, 0.0
            self._buffer.append(byte)
            self._last_at = at

    def idle(self, at: float) -> list[Frame]:
        """Nothing came until now: a scan without terminator has ended, one that should have had one is half."""
        patience = _FALTER if self._ends else IDLE
        return self._cut(at, ended=False) if self._buffer and at - self._last_at >= patience else []

    def broken(self) -> list[Frame]:
        """The port is gone: what had begun is half."""
        data, self._buffer = bytes(self._buffer), bytearray()
        return [Frame(data, "half", self._slowest, ended=False)] if data else []

    def _cut(self, at: float, *, ended: bool) -> list[Frame]:
        data, self._buffer = bytes(self._buffer), bytearray()
        if not data:
            return []
        if self._ends and not ended:
            return [Frame(data, "half", self._slowest, ended=False)]
        self._ends = ended
        doubled = data == self._last and self._began_at - self._last_end < DOUBLE_WITHIN
        self._last, self._last_end = data, at if ended else self._last_at
        return [Frame(data, "doubled" if doubled else "scan", self._slowest, ended=ended)]


def text_of(data: bytes) -> str:
    """UTF-8, and where it is not, Latin 1, which every byte is."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")
