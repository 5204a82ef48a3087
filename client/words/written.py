"""How facts are written: a number, a day, an age, and a sentence with its facts filled in.

How each is written in a language stands in its catalogue. What is stored, sent or printed for machines is never written
by these.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from client.words.tongue import Sentences, tr, trn

_MONTHS: Final = Sentences(
    dict(enumerate(("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1)),
    context="month",
)
_WEEKDAYS: Final = Sentences(
    dict(enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))),
    context="weekday",
)

_NOTHING_APART: Final = "\u2068\u2069"


def number(value: Decimal) -> str:
    """A quantity without trailing zeros or exponent: 12, 0.5, in German 0,5."""
    return f"{value.normalize():f}".replace(".", tr(".", "decimal sign")) if value else "0"


def day(of: date) -> str:
    """As on a label: 2027-06-30, in German 30.06.2027."""
    return tr("{year:04}-{month:02}-{day:02}", "day").format(year=of.year, month=of.month, day=of.day)


def written(value: object) -> object:
    """A fact as it stands in a sentence: quantities plainly, days as on a label."""
    if isinstance(value, Decimal):
        return number(value)
    return day(value) if isinstance(value, date) and not isinstance(value, datetime) else value


def fill(template: str, facts: Mapping[str, object]) -> str:
    """A template with its facts; a fact nobody gave reads as nothing, for stored facts may be older than sentences."""
    told = template.format_map(Facts({name: written(value) for name, value in facts.items()}))
    return told.replace(_NOTHING_APART, "").strip()


class Facts(dict[str, object]):
    """What is filled in: nothing, where nobody gave it."""

    def __missing__(self, name: str) -> str:
        return ""


def lines(count: int) -> str:
    """1 line, 3 lines."""
    return trn("{count} line", "{count} lines", count).format(count=count)


def products(count: int) -> str:
    """1 product, 3 products: a product may stand on lines of several orders."""
    return trn("{count} product", "{count} products", count).format(count=count)


_COUNTED: Final = {"lines": lines, "short": products}


def counted(facts: Mapping[str, object]) -> Mapping[str, object]:
    """The same facts, with numbers in words: 1 line, 3 lines; of what is `short`, 1 product, 3 products."""
    told = {name: said(int(str(facts[name]))) for name, said in _COUNTED.items() if name in facts}
    return {**facts, **told}


def month(of: date) -> str:
    """Jun 2027: where a person decides, months are words."""
    return tr("{month} {year}", "month").format(month=_MONTHS[of.month], year=of.year)


def whole_day(of: date) -> str:
    """30 Jun 2027."""
    return tr("{day} {month} {year}", "day").format(day=of.day, month=_MONTHS[of.month], year=of.year)


def today(now: datetime) -> str:
    """Sat 21 Nov, 09:58; `now` in the site's time zone."""
    facts = {"weekday": _WEEKDAYS[now.weekday()], "day": now.day, "month": _MONTHS[now.month], "time": f"{now:%H:%M}"}
    return tr("{weekday} {day} {month}, {time}", "moment").format(**facts)


def short_day(moment: datetime) -> str:
    """A time of another day: 20 Nov 16:05."""
    facts = {"day": moment.day, "month": _MONTHS[moment.month], "time": f"{moment:%H:%M}"}
    return tr("{day} {month} {time}", "moment").format(**facts)


def age(past: timedelta) -> str:
    """How long ago, in the two largest units: 3 d 4 h, 5 h 12 min, 7 min."""
    minutes = int(past.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return tr("{days} d {hours} h").format(days=days, hours=hours)
    told = tr("{hours} h {minutes} min") if hours else tr("{minutes} min")
    return told.format(hours=hours, minutes=rest)
