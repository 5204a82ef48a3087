"""When to try again: at once while it may be a hiccup, later and durably when it is not."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

WAITS = (timedelta(seconds=20), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
LONGEST_WAIT = max(WAITS)
TRIES_IN_PASS = 5


def next_try(attempts: int, now: datetime) -> datetime:
    """Wait 20 s, 1 min, 5 min, then every 15 min: wifi returns when the trolley leaves the lift.

    `attempts` is how many there were, from 1.
    """
    return now + WAITS[min(max(attempts, 1), len(WAITS)) - 1]


def pauses() -> Iterator[float]:
    """Seconds between tries of one pass, spread so that devices that met once do not meet again (contract 9)."""
    return (random.uniform(0.05, 0.5) for _ in range(TRIES_IN_PASS))  # noqa: S311  # jitter, no secret
