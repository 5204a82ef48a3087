"""What time it is, in the parts a body keeps: wall clock, seconds of this boot, and which boot (design 13.4)."""

import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sync.transaction import Moment

_LINUX_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def _boot_id() -> str:
    """The kernel's name for this boot; elsewhere one per process, which only makes a known offset shorter-lived."""
    if _LINUX_BOOT_ID.exists():
        return _LINUX_BOOT_ID.read_text(encoding="ascii").strip()
    return str(uuid.uuid4())


def _seconds_of_boot() -> float:
    # A handheld sleeps in a pocket: CLOCK_BOOTTIME counts that time, CLOCK_MONOTONIC does not.
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


@dataclass(frozen=True)
class Clock:
    """The device's clock. Tests give their own; nothing else asks the system for the time."""

    boot_id: str = field(default_factory=_boot_id)

    def now(self) -> datetime:
        """Wall clock, UTC."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """Seconds of this boot; never jumps."""
        return _seconds_of_boot()

    def moment(self) -> Moment:
        """The parts of `acted_at` for what a person does now."""
        return Moment(self.now(), self.seconds(), self.boot_id)
