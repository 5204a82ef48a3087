"""Odoo's values as ours."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from sync.odoo.wire.fields import amount, at_noon, day, moment


@pytest.mark.parametrize(
    ("sent", "meant"),
    [(10, "10"), (Decimal("10.0"), "10"), (Decimal("0.30000000000000004"), "0.3"), (False, "0"),
     (Decimal("-0.000000001"), "0"), (Decimal("2.50"), "2.5")],
)  # fmt: skip
def test_a_double_is_the_quantity_it_stands_for(sent: object, meant: str) -> None:
    assert str(abs(amount(sent))) == meant


def test_a_lot_of_local_midnight_is_that_day_at_the_site() -> None:
    """Contract 14.11: 23:00 UTC of the 29th is the 30th in Berlin."""
    at = datetime(2027, 6, 29, 22, tzinfo=UTC)

    assert day(at, ZoneInfo("Europe/Berlin")) == date(2027, 6, 30)
    assert day(at, ZoneInfo("UTC")) == date(2027, 6, 29)


def test_where_both_are_one_instant_a_lot_never_lasts_longer_than_its_label() -> None:
    """Decision 030: at exactly +12 the screen's midnight of the 30th is noon UTC of the 29th, as we write the 29th."""
    auckland = ZoneInfo("Pacific/Auckland")
    on_screen = datetime(2027, 6, 30, tzinfo=auckland)

    assert moment(at_noon(date(2027, 6, 29))) == on_screen
    assert day(on_screen.astimezone(UTC), auckland) == date(2027, 6, 29)
    assert day(datetime(2027, 12, 30, tzinfo=auckland).astimezone(UTC), auckland) == date(2027, 12, 30)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Honolulu"])
def test_a_day_we_wrote_reads_as_that_day_everywhere(zone: str) -> None:
    written = moment(at_noon(date(2027, 6, 30)))

    assert day(written, ZoneInfo(zone)) == date(2027, 6, 30)
