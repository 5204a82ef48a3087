"""When something was done, whatever the device's clock, or the server's, says meanwhile (design 13.4)."""

import html
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx2
import pytest

from client import troubles
from sync.clock import Clock, Offset
from sync.odoo.posting.slip import machine_of
from sync.odoo.wire.session import Session
from sync.push import PushReport, push
from sync.transaction import Status, Transaction
from sync.watch import Notice, notices
from tests.sync.acts import blind, line, session_with
from tests.sync.conftest import Ward, odoo_says


@dataclass
class Watch(httpx2.BaseTransport):
    """The network; the server's `Date` is that far off."""

    off: timedelta = timedelta(0)
    says: datetime | None = None
    inner: httpx2.HTTPTransport = field(default_factory=httpx2.HTTPTransport)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = self.inner.handle_request(request)
        response.headers["date"] = format_datetime(self.says or datetime.now(UTC) + self.off, usegmt=True)
        return response

    def close(self) -> None:
        self.inner.close()


@dataclass(frozen=True)
class Set(Clock):
    """A clock whose wall was set, and whose boot has run that much longer."""

    wall_off: timedelta = timedelta(0)
    later: timedelta = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.wall_off + self.later

    def seconds(self) -> float:
        return super().seconds() + self.later.total_seconds()


def passed(ward: Ward, clock: Clock, network: Watch | None = None) -> tuple[PushReport, tuple[Notice, ...]]:
    """One pass with that clock over that network, and what a person is told of it."""
    client = httpx2.Client(transport=network or Watch())
    with session_with(ward.odoo, client=client) as session:
        session.clock = clock
        session._line._clock = clock
        return push(ward.device.store, session, clock, pause=lambda _seconds: None), told(ward, session, clock)


def told(ward: Ward, session: Session, clock: Clock) -> tuple[Notice, ...]:
    return tuple(one for one in notices(ward.device.store, session, clock) if "clock" in one.code)


def act(ward: Ward, clock: Clock) -> Transaction:
    """Somebody receives five, now."""
    made = blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1"), acted_at=clock.moment())
    ward.device.confirm(made)
    return made


def document(ward: Ward, made: Transaction) -> dict[str, Any]:
    outcome = ward.device.entry(made).outcome
    assert outcome is not None
    return ward.odoo.row("stock.picking", outcome.picking_id, "scheduled_date", "note")


def is_about_now(ward: Ward, made: Transaction) -> bool:
    booked = datetime.fromisoformat(document(ward, made)["scheduled_date"] + "+00:00")
    return abs(booked - datetime.now(UTC)) < timedelta(minutes=4)


@pytest.mark.parametrize("off", [timedelta(days=-3), timedelta(days=400), timedelta(minutes=-20)])
def test_a_clock_set_between_the_act_and_its_posting_moves_nothing(ward: Ward, off: timedelta) -> None:
    before, after = act(ward, Set()), act(ward, Set(wall_off=off))

    report, notes = passed(ward, Set(wall_off=off))

    assert set(report.done) == {before.uuid, after.uuid}
    assert is_about_now(ward, before)
    assert is_about_now(ward, after)
    assert [one.code for one in notes] == ["device_clock_wrong"]
    assert passed(ward, Set(wall_off=off))[1] == (), "said once"


def test_a_clock_set_back_by_days_does_not_hold_back_what_waits_to_be_tried_again(ward: Ward) -> None:
    made = act(ward, Set())
    ward.push({"stock.picking/load": lambda: odoo_says(500, "psycopg2.errors.SerializationFailure")})
    assert ward.device.status(made) is Status.SENDING

    report, _ = passed(ward, Set(wall_off=timedelta(days=-3)))

    assert report.done == (made.uuid,)


def test_a_proxy_whose_date_leaps_is_not_believed_and_said_once(ward: Ward) -> None:
    passed(ward, Set())
    first = act(ward, Set())
    report, _ = passed(ward, Set())
    assert report.done == (first.uuid,)

    made = act(ward, Set())
    report, notes = passed(ward, Set(), Watch(off=timedelta(hours=5)))

    assert report.done == (made.uuid,)
    assert is_about_now(ward, made)
    [note] = notes
    assert note.code == "server_clock_odd"
    assert "not believed" in troubles.trouble(note.code, note.facts)
    act(ward, Set())
    assert passed(ward, Set(), Watch(off=timedelta(hours=5)))[1] == (), "said once"
    act(ward, Set())
    assert passed(ward, Set())[1] == ()


def test_an_answer_that_comes_late_does_not_turn_round_what_was_done_one_after_the_other(ward: Ward) -> None:
    moments = Set().moment(), Set().moment()
    first, second = (
        blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1"), acted_at=at) for at in moments
    )
    ward.device.confirm(first)
    passed(ward, Set())
    ward.device.confirm(second)

    passed(ward, Set(), Watch(off=timedelta(seconds=-1)))

    told = [machine_of(document(ward, one)["note"])["acted_at"] for one in (first, second)]
    assert told == sorted(told)


@pytest.mark.parametrize(("measured", "kept"), [(99.0, 100.0), (100.5, 100.5), (97.0, 97.0)])
def test_of_answers_that_say_the_same_the_one_that_says_most_is_kept(measured: float, kept: float) -> None:
    """An answer can be late, never early; more than its whole seconds and its way make up is another time."""
    assert Offset(100.0).after(measured, 5.0) == Offset(kept)


def test_a_server_that_keeps_to_its_new_time_is_believed_in_the_end(ward: Ward) -> None:
    act(ward, Set())
    passed(ward, Set())
    act(ward, Set())
    passed(ward, Set(), Watch(off=timedelta(hours=5)))
    act(ward, Set())

    _, notes = passed(ward, Set(later=timedelta(minutes=11)), Watch(off=timedelta(hours=5, minutes=11)))

    assert [one.code for one in notes] == ["device_clock_wrong"]
    assert "time unsure" not in document(ward, act_done(ward))["note"]


def act_done(ward: Ward) -> Transaction:
    entries = [entry for entry in ward.device.store.outbox.rows() if entry.status is Status.DONE]
    return entries[0].transaction


@pytest.mark.parametrize(
    "says", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)], ids=["of 1970", "of 2099"]
)
def test_a_date_no_server_can_tell_leaves_the_time_unsure_and_says_so(ward: Ward, says: datetime) -> None:
    made = act(ward, Set())

    report, notes = passed(ward, Set(), Watch(says=says))

    assert report.done == (made.uuid,)
    assert is_about_now(ward, made), "the device's own clock is the better witness"
    assert "(time unsure)" in html.unescape(document(ward, made)["note"])
    assert [one.code for one in notes] == ["server_clock_odd"]
