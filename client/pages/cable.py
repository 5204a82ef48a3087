"""A scanner at a serial port, as the window hears it: what its thread reads crosses over as a queued signal."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from client.work.site.scanners import scanner_of
from sync.store import Store

if TYPE_CHECKING:
    from client.barcode.serial_port import SerialPort


class Cable(QObject):
    """`heard` is a scan, `framed` what came as it came, `told` the state of the port and its name."""

    heard = Signal(object)
    framed = Signal(object)
    told = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader: SerialPort | None = None

    def listen(self, store: Store, device: str) -> None:
        """From now on at the port this device knows; at none where it knows none."""
        self.stop()
        scanner = scanner_of(store, "serial")
        if scanner.port:
            from client.barcode.serial_port import SerialPort  # noqa: PLC0415 - only where there is one

            told = lambda state: self.told.emit(state, scanner.port)  # noqa: E731
            self._reader = SerialPort(scanner, device, self.heard.emit, framed=self.framed.emit, told=told)
            self._reader.start()

    def stop(self) -> bool:
        """Whether nothing reads any more; what was at a port that is left is not lost, it is given up."""
        reader, self._reader = self._reader, None
        if reader is None:
            return True
        ended = reader.stop()
        self.told.emit("open", reader.port)
        return ended
