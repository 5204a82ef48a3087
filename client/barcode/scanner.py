"""What is known of one scanner: from its acceptance test, and from what it sent since (facts/scanning 4)."""

from dataclasses import dataclass
from datetime import datetime

from client.barcode.element_string import GS


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a scanner of this device sends what it reads. Times in seconds.

    `separator` is what arrives where a symbol has GS: GS itself, a substitute it was set to, "" where it is lost.
    `layout` is the keyboard layout its keys are typed through ("fr"), "" where they arrive as printed.
    `port` is the serial port it is plugged into, "" for one that types; `baud` its speed there.
    """

    source: str = "wedge"
    layout: str = ""
    separator: str = GS
    prefix: str = ""
    suffix: str = ""
    gap: float = 0.05
    sends_symbology: bool = False
    doubles: bool = False
    tested_at: datetime | None = None
    port: str = ""
    baud: int = 9600

    @property
    def loses_separators(self) -> bool:
        return not self.separator


UNKNOWN = Scanner()
"""A scanner nobody has tested: nothing is assumed of it."""
