"""Days as people type them from a pack."""

import re
from calendar import monthrange
from datetime import date

_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),
    re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[/.](?P<short>\d{2})"),
)


def typed_day(text: str) -> date | None:
    """2027-06-30, 30.06.2027, 06/2027 or 06/27; a month alone is its last day (ward 14). None for anything else.

    06/07/2027 is nobody's day and everybody's: month first or day first cannot be told, so it is not read.
    """
    for form in _FORMS:
        if found := form.fullmatch(text.strip()):
            return _day(found.groupdict())
    return None


def _day(parts: dict[str, str | None]) -> date | None:
    year, month = int(parts.get("year") or f"20{parts['short']}"), int(parts["month"] or 0)
    try:
        last = monthrange(year, month)[1]
        day = date(year, month, int(parts.get("day") or last))
    except ValueError:
        return None
    return day if _EARLIEST <= day <= _LATEST else None


_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)
"""Outside of this a typed year is a slip of the finger."""
