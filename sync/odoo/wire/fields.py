"""Odoo's JSON values as ours: false is nothing, a many2one is a pair, times are UTC text, numbers come as Decimal."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
"""One record as Odoo sends it: its fields decide what is in it."""

STAMP = "%Y-%m-%d %H:%M:%S"
NOON = time(12)
_STEP = Decimal("0.000001")


def text(value: object) -> str:
    """A char field; Odoo says false for an empty one."""
    return value if isinstance(value, str) else ""


def link(value: Any) -> int | None:
    """The id of a many2one, read with its name or bare."""
    return owner(value) if value else None


def owner(value: Any) -> int:
    """The id of a many2one that is never empty."""
    return int(value[0] if isinstance(value, list) else value)


def label(value: Any) -> str:
    """The name of a many2one."""
    return str(value[1]) if value else ""


def amount(value: Any) -> Decimal:
    """A quantity. Odoo keeps doubles: what is below a millionth is not a quantity but their noise."""
    exact = Decimal(str(value or 0)).quantize(_STEP)
    whole = exact.to_integral_value()
    return whole if exact == whole else exact.normalize()


def moment(value: object) -> datetime | None:
    """A datetime field, UTC."""
    # Ten thousand lots bring four each: `strptime` takes sixty times as long.
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else None


def day(at: datetime | None, zone: ZoneInfo) -> date | None:
    """The day of an instant at the site: a lot made on Odoo's screen is local midnight (contract 14.11).

    Noon UTC is how we write a day; from +12 hours on it would read as the next one. Where the zone is at exactly +12
    (Auckland in winter) noon UTC is local midnight too: the two are one instant, and a lot made on Odoo's screen
    reads as the day before. Never later than the label says (decision 030).
    """
    if at is None:
        return None
    return at.date() if at.time() == NOON else at.astimezone(zone).date()


def at_noon(expiry: date) -> str:
    """An expiry day as it is written: 12:00 UTC (design 13.4)."""
    return datetime.combine(expiry, NOON).strftime(STAMP)


def stamp(at: datetime) -> str:
    """An instant as Odoo reads it."""
    return at.astimezone(UTC).strftime(STAMP)
