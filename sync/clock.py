"""What time it is, in the parts a body keeps: wall clock, seconds of this boot, and which boot (design 13.4)."""

import time
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.transaction import Moment

LEAP = timedelta(minutes=5)
"""Two clocks that are further apart do not show the same time."""
_TOO_LITTLE = timedelta(seconds=2)
"""An answer tells whole seconds and takes its time to come: what it says may be so much less than is true."""
_BELIEVED_AFTER = timedelta(minutes=10)
_BORN = datetime(2026, 1, 1, tzinfo=UTC)
"""No server ever answered this program before."""
_ONE_YEAR = timedelta(days=366)

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


@dataclass(frozen=True, slots=True)
class Offset:
    """What, added to a boot's seconds, makes the server's time, in seconds since 1970 (design 13.4).

    Within one boot neither clock leaps, so another offset is somebody's mistake: a proxy with a `Date` of its own,
    or a server that was wrong before. `other` is such a one, first told at `since` of the boot's seconds.
    """

    seconds: float
    other: float | None = None
    since: float = 0.0

    def after(self, measured: float, seconds: float) -> "Offset":
        """What holds after one more measurement at `seconds` of the boot.

        An answer can be late, never early: of those that say the same, the one that says most is nearest, and what
        a device did one after the other stays in that order. Another offset is believed when it was told for ten
        minutes and nothing contradicted it.
        """
        if _near(measured, self.seconds):
            late = 0 <= self.seconds - measured <= _TOO_LITTLE.total_seconds()
            return Offset(self.seconds if late else measured)
        if self.other is None or not _near(measured, self.other):
            return replace(self, other=measured, since=seconds)
        return Offset(measured) if seconds - self.since >= _BELIEVED_AFTER.total_seconds() else self


def absurd(at: datetime, wall: datetime, last_known: datetime | None) -> bool:
    """Whether no server can have told that time, first thing in a boot: before this program was made or the server
    last answered, or more than a year after. Where the device's own clock says the same, two witnesses agree."""
    if abs(at - wall) <= LEAP:
        return False
    if at < max(_BORN, last_known or _BORN) - LEAP:
        return True
    newest = max(wall, last_known or wall)
    return newest >= _BORN and at > newest + _ONE_YEAR


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= LEAP.total_seconds()
