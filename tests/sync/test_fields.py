"""Odoo's values as ours."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from sync.odoo.fields import amount, at_noon, day, moment


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


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Honolulu"])
def test_a_day_we_wrote_reads_as_that_day_everywhere(zone: str) -> None:
    written = moment(at_noon(date(2027, 6, 30)))

    assert day(written, ZoneInfo(zone)) == date(2027, 6, 30)
