"""How long somebody waits who guessed wrong: a PIN, a passphrase."""

from datetime import datetime, timedelta
from math import ceil
from typing import Final

FREE_TRIES: Final = 5
"""So many wrong ones cost no wait."""
WAITS: Final = (30, 60, 300, 900, 3600)
"""Seconds after the fifth wrong one, the sixth, …; the last one from then on."""


def wait_after(wrong: int) -> int:
    """Seconds to be waited after so many wrong ones in a row."""
    return WAITS[min(wrong - FREE_TRIES, len(WAITS) - 1)] if wrong >= FREE_TRIES else 0


def to_wait(wrong: int, wrong_at: datetime | None, now: datetime) -> int:
    """Seconds still to be waited; never more than the wait itself, whatever the clock of the device did meanwhile."""
    wait = wait_after(wrong)
    if not wait or wrong_at is None:
        return 0
    left = wrong_at + timedelta(seconds=wait) - now
    return min(max(ceil(left.total_seconds()), 0), wait)
