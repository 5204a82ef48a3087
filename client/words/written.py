"""How facts are written: a number, a day, an age, and a sentence with its facts filled in."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def number(value: Decimal) -> str:
    """A quantity without trailing zeros or exponent: 12, 0.5."""
    return f"{value.normalize():f}" if value else "0"


def written(value: object) -> object:
    """A fact as it stands in a sentence: quantities plainly, days as on a label."""
    if isinstance(value, Decimal):
        return number(value)
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


def fill(template: str, facts: Mapping[str, object]) -> str:
    """A template with its facts; a fact nobody gave reads as nothing, for stored facts may be older than sentences."""
    return template.format_map(Facts({name: written(value) for name, value in facts.items()})).strip()


class Facts(dict[str, object]):
    """What is filled in: nothing, where nobody gave it."""

    def __missing__(self, name: str) -> str:
        return ""


def counted(facts: Mapping[str, object]) -> Mapping[str, object]:
    """The same facts, with a number of lines in words: 1 line, 3 lines."""
    lines = facts.get("lines")
    return facts if lines is None else {**facts, "lines": f"{lines} line{'' if lines == 1 else 's'}"}


def month(day: date) -> str:
    """Jun 2027: where a person decides, months are words."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def whole_day(day: date) -> str:
    """30 Jun 2027."""
    return f"{day.day} {month(day)}"


def today(now: datetime) -> str:
    """Sat 21 Nov, 09:58; `now` in the site's time zone."""
    return f"{_WEEKDAYS[now.weekday()]} {now.day} {_MONTHS[now.month - 1]}, {now:%H:%M}"


def short_day(moment: datetime) -> str:
    """A time of another day: 20 Nov 16:05."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment:%H:%M}"


def age(past: timedelta) -> str:
    """How long ago, in the two largest units: 3 d 4 h, 5 h 12 min, 7 min."""
    minutes = int(past.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"
