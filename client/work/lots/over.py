"""A lot that may not be used any more: expired, or past the day it should have been removed (ward 13)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sync.stock import Lot


@dataclass(frozen=True, slots=True)
class Over:
    """Since when. Not `expired`: it is past its removal date, and said in other words."""

    since: date
    expired: bool


def over(expiry: date | None, lot: Lot | None, today: date, day_of: Callable[[datetime], date]) -> Over | None:
    """Usable through its expiry day; removed from its removal day on. `day_of` is the day at the site. None: usable."""
    if expiry and expiry < today:
        return Over(expiry, expired=True)
    removal = day_of(lot.removal_at) if lot and lot.removal_at else None
    return Over(removal, expired=False) if removal and removal != expiry and removal <= today else None
