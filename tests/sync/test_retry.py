"""Waiting for the network: soon at first, then rarely, never at the same moment as the others."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.retry import next_try, pauses

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [(1, timedelta(seconds=20)), (2, timedelta(minutes=1)), (3, timedelta(minutes=5)), (4, timedelta(minutes=15)),
     (400, timedelta(minutes=15))],
)  # fmt: skip
def test_the_waits_grow_to_a_quarter_of_an_hour(attempts: int, wait: timedelta) -> None:
    assert next_try(attempts, NOW) == NOW + wait


def test_a_pass_tries_five_times_again_within_half_a_second_each() -> None:
    waits = list(pauses())

    assert len(waits) == 5
    assert all(0.05 <= wait <= 0.5 for wait in waits)
    assert len(set(waits)) == 5
