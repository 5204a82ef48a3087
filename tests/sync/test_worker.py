"""The one thread that talks to Odoo (design 6)."""

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from client import troubles
from sync import push as passes
from sync import worker as workers
from sync.alone import alone
from sync.clock import Clock
from sync.connection import connect
from sync.errors import WardstockError
from sync.odoo.wire.session import Server, Session
from sync.route import route
from sync.store import Store
from sync.transaction import Status, Transaction
from sync.worker import SyncReport, Worker
from tests.sync.acts import blind, line, receipt
from tests.sync.conftest import JSON, Answers, Ward, odoo_says

Answer = Callable[[], httpx2.Response]

A_LONG_TIME = 30.0
"""Only how long a broken test would hang."""


class Told:
    """What the worker reported, and a way to wait for it."""

    def __init__(self) -> None:
        self.reports: list[SyncReport] = []
        self._changed = threading.Condition()

    def __call__(self, report: SyncReport) -> None:
        with self._changed:
            self.reports.append(report)
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[SyncReport], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(wanted, self.reports)), A_LONG_TIME)


@pytest.fixture
def told() -> Told:
    return Told()


def worker(ward: Ward, told: Told) -> Worker:
    return Worker(ward.device.store, ward.device.clock, ward.device.folder, told)


def a_receipt(ward: Ward) -> Transaction:
    gauze = ward.odoo.product()
    return receipt(ward.odoo, ward.odoo.expected((gauze, 100))["id"], line(ward.odoo, 1, gauze, "30", "A1"))


def test_a_cycle_posts_what_is_due_and_brings_the_catalogue(ward: Ward, told: Told) -> None:
    act = a_receipt(ward)
    ward.device.confirm(act)

    report = worker(ward, told).cycle()

    assert report.push is not None
    assert report.push.done == (act.uuid,)
    assert report.pull is not None
    assert report.pull.stopped == ""
    assert (act.uuid, Status.DONE) in {(one.uuid, one.status) for one in told.reports}
    assert told.reports[-1] == report


def test_a_fresh_catalogue_is_not_pulled_again(ward: Ward, told: Told) -> None:
    the_worker = worker(ward, told)
    the_worker.cycle()

    assert the_worker.cycle().pull is None
    the_worker.wake(fetch=True)
    assert the_worker.cycle().pull is not None


def test_losing_the_network_is_no_error(ward: Ward, told: Told) -> None:
    act = a_receipt(ward)
    ward.device.confirm(act)
    ward.device.proxy.fail_next("refused")

    report = worker(ward, told).cycle()
    ward.device.proxy.answer_again()

    assert report.push is not None
    assert report.push.stopped == "odoo_not_reached"
    assert ward.device.status(act) is Status.QUEUED


def test_a_finger_does_not_wait_for_the_time_of_a_retry(ward: Ward, told: Told) -> None:
    act = a_receipt(ward)
    ward.device.confirm(act)
    ward.push({"stock.move/load": lambda: odoo_says(500, "psycopg2.errors.SerializationFailure")})
    the_worker = worker(ward, told)

    by_itself = the_worker.cycle().push
    the_worker.wake(fetch=True)
    asked = the_worker.cycle().push

    assert by_itself is not None
    assert asked is not None
    assert (by_itself.done, asked.done) == ((), (act.uuid,))


def test_new_work_wakes_the_thread(ward: Ward, told: Told) -> None:
    the_worker = worker(ward, told)
    the_worker.start()
    told.wait_for(lambda report: report.push is not None)

    act = a_receipt(ward)
    ward.device.confirm(act)
    the_worker.wake()
    told.wait_for(lambda report: report.push is not None and act.uuid in report.push.done)

    assert the_worker.stop() is True
    assert ward.device.status(act) is Status.DONE


def test_the_app_can_close_while_a_server_keeps_silent(ward: Ward, told: Told) -> None:
    """The receipt stays where it is: the next start finds out."""
    act = a_receipt(ward)
    ward.device.confirm(act)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server(f"http://127.0.0.1:{silent.getsockname()[1]}", "ward", "key")

        def connect(_store: Store, clock: Clock) -> Session:
            return Session(server, clock=clock)

        the_worker = Worker(ward.device.store, ward.device.clock, ward.device.folder, told, connect)
        the_worker.start()
        connection, _ = silent.accept()
        with connection:
            connection.recv(1)
            assert the_worker.stop() is True

    assert ward.device.status(act) is Status.QUEUED


def test_a_second_process_leaves_the_pass_to_the_first(ward: Ward, told: Told) -> None:
    with alone(ward.device.folder):
        report = worker(ward, told).cycle()

    assert report.push is not None
    assert report.push.stopped == "pass_running"
    after = worker(ward, told).cycle()
    assert after.push is not None
    assert after.push.stopped == ""


def test_one_pass_at_a_time_on_one_profile(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(WardstockError) as caught, alone(tmp_path):
        pass

    assert caught.value.code == "pass_running"
    with alone(tmp_path):
        pass


@pytest.mark.logs_warnings
def test_a_bug_in_a_pass_is_told_and_the_thread_goes_on(ward: Ward, told: Told) -> None:
    """A dead thread would leave work unsent in silence."""
    act = a_receipt(ward)
    ward.device.confirm(act)
    broken = iter([True])

    def connect_once_wrong(store: Store, clock: Clock) -> Session:
        if next(broken, False):
            raise KeyError("nobody thought of this")
        return connect(store, clock)

    device = ward.device
    at_work = Worker(device.store, device.clock, device.folder, told, connect_once_wrong)
    at_work.start()
    try:
        told.wait_for(lambda report: bool(report.push and report.push.stopped == "own_bug"))
        at_work.wake()
        told.wait_for(lambda report: bool(report.push and act.uuid in report.push.done))
    finally:
        assert at_work.stop()


# ---------------------------------------------------------------- what stops a pass is said once, and blames nobody


def worker_through(ward: Ward, told: Told, transport: httpx2.BaseTransport, **more: Any) -> Worker:
    """A worker whose network is this."""

    def way(store: Store, clock: Clock) -> Session:
        enrolment = store.device.enrolment()
        assert enrolment is not None
        key = ward.odoo.keys["storekeeper"]
        server = Server(ward.odoo.url, enrolment.database, key, enrolment.company_id, enrolment.login)
        return Session(server, httpx2.Client(transport=transport), clock)

    device = ward.device
    return Worker(device.store, device.clock, device.folder, told, way, **more)


def page(status: int, text: str = "<html>Sign in to the wifi</html>", **headers: str) -> Answer:
    return lambda: httpx2.Response(status, text=text, headers={"content-type": "text/html", **headers})


def wrong_certificate() -> httpx2.Response:
    raise httpx2.ConnectError("TLS") from ssl.SSLCertVerificationError("certificate has expired")


TROUBLES: list[tuple[str, str, Answer]] = [
    ("odoo_auth", "", lambda: odoo_says(401, "werkzeug.exceptions.Unauthorized")),
    ("odoo_auth", "stock.picking/load", lambda: odoo_says(401, "werkzeug.exceptions.Unauthorized")),
    ("not_an_odoo", "", page(200)),
    ("not_an_odoo", "stock.picking/load", page(200)),
    ("redirected", "", page(302, location="https://portal.test/")),
    ("unknown_database", "stock.picking/load", page(404)),
    ("certificate_refused", "", wrong_certificate),
    ("certificate_refused", "stock.picking/load", wrong_certificate),
    ("odoo_transient_unknown", "", page(502)),
]


@pytest.mark.parametrize(("code", "where", "answer"), TROUBLES, ids=lambda value: value if value else None)
def test_trouble_with_the_server_is_said_once_and_blames_no_transaction(
    ward: Ward, told: Told, code: str, where: str, answer: Answer
) -> None:
    acts = [blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1")) for _ in range(2)]
    ward.device.confirm(*acts)
    broken = worker_through(ward, told, Answers({where: answer}))
    journal_before = len(ward.device.store.journal.story(acts[0].uuid))

    first, second, third = broken.cycle(), broken.cycle(), broken.cycle()

    assert [(one.stopped, one.again) for one in (first, second, third)] == [(code, False), (code, True), (code, True)]
    last = ward.device.store.device.last_pass("push")
    assert last is not None
    assert (last.code, last.succeeded_at) == (code, None)
    assert troubles.trouble(last.code, last.facts) != code, "a sentence, not a code"
    assert all(ward.device.status(act) in {Status.QUEUED, Status.SENDING} for act in acts)
    assert len(ward.device.store.journal.story(acts[0].uuid)) <= journal_before + 2, "not a line in each minute"
    assert ward.device.store.journal.verify().ok

    ward.device.wait()
    well = worker(ward, told).cycle()

    assert well.push is not None
    assert set(well.push.done) == {act.uuid for act in acts}
    assert [ward.odoo.on_hand(act.lines[0].product_id) for act in acts] == [5, 5]


def test_a_second_trouble_is_said_although_the_first_was(ward: Ward, told: Told) -> None:
    ward.device.confirm(a_receipt(ward))
    answers = {"": page(200)}
    broken = worker_through(ward, told, Answers(answers))

    assert (broken.cycle().again, broken.cycle().again) == (False, True)
    answers[""] = page(502)

    assert (broken.cycle().again, broken.cycle().again) == (False, True)


def test_on_a_version_whose_guard_is_unproven_all_else_goes_on(
    ward: Ward, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Contract 14.20: planned work is kept off there, and the catalogue does not grow old for it."""
    planned, free = a_receipt(ward), blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1"))
    ward.device.confirm(planned, free)
    monkeypatch.setattr(passes, "guard_holds", lambda _session: False)
    future = {"version_info": [20, 0, 0, "final", 0, ""], "version": "20.0"}
    answer = {"/json/version": lambda: httpx2.Response(200, json=future, headers=JSON)}

    report = worker_through(ward, told, Answers(answer)).cycle()

    assert report.push is not None
    assert (report.push.done, report.stopped) == ((free.uuid,), "guard_unproven")
    assert ward.device.entry(planned).first_sent_at is None
    assert report.pull is not None
    assert report.pull.stopped == ""


# ---------------------------------------------------------------- what wakes it


def test_the_networks_return_wakes_the_thread(ward: Ward, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trolley leaves the lift: another way out than before, long before the minute is over."""
    monkeypatch.setattr(workers, "GLANCE_EVERY", timedelta(milliseconds=5))
    monkeypatch.setattr(workers, "LOOK_EVERY", timedelta(hours=1))
    monkeypatch.setattr(workers, "next_try", lambda _failures, now: now + timedelta(hours=1))
    act = a_receipt(ward)
    ward.device.confirm(act)
    ward.device.proxy.fail_next("refused")
    addresses = ["10.0.0.7"]
    device = ward.device
    at_work = Worker(device.store, device.clock, device.folder, told, route=lambda: addresses[-1])
    at_work.start()
    try:
        told.wait_for(lambda report: report.stopped == "odoo_not_reached")
        ward.device.proxy.answer_again()
        addresses.append("")
        addresses.append("10.0.0.8")
        told.wait_for(lambda report: bool(report.push and act.uuid in report.push.done))
    finally:
        assert at_work.stop()


def test_this_machine_knows_its_way_out_without_sending_anything() -> None:
    assert all(address.count(".") == 3 or ":" in address for address in route().split())


def test_a_store_that_cannot_be_read_does_not_end_the_thread(
    ward: Ward, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LOOK_EVERY", timedelta(0))
    outbox = ward.device.store.outbox

    def damaged(_now: datetime) -> None:
        raise WardstockError("store_damaged", file="wardstock.db")

    monkeypatch.setattr(outbox, "soonest", damaged)
    monkeypatch.setattr(outbox, "due", damaged)
    at_work = worker(ward, told)
    at_work.start()
    try:
        told.wait_for(lambda report: report.stopped == "store_damaged" and report.again)
    finally:
        assert at_work.stop()


# ---------------------------------------------------------------- clocks and keys


def test_a_clock_set_back_does_not_hold_the_pull_for_days(ward: Ward, told: Told) -> None:
    worker(ward, told).cycle()
    ward.device.shift = -timedelta(days=3)

    assert worker(ward, told).cycle().pull is not None


def test_a_wrong_device_clock_is_told_once_and_corrected(ward: Ward, told: Told) -> None:
    ward.device.shift = timedelta(hours=3)
    act = blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1"), acted_at=ward.device.clock.moment())
    ward.device.confirm(act)
    at_work = worker(ward, told)

    first, second = at_work.cycle(), at_work.cycle()

    [notice] = first.notices
    assert notice.code == "device_clock_wrong"
    assert "clock of this device is wrong" in troubles.trouble(notice.code, notice.facts)
    assert second.notices == ()
    outcome = ward.device.entry(act).outcome
    assert outcome is not None
    booked = ward.odoo.row("stock.picking", outcome.picking_id, "scheduled_date")["scheduled_date"]
    assert abs(datetime.fromisoformat(booked + "+00:00") - datetime.now(UTC)) < timedelta(minutes=5)


def keys_end(*days: str) -> Answer:
    rows = [{"id": 1 + place, "name": "device", "expiration_date": day} for place, day in enumerate(days)]
    return lambda: httpx2.Response(200, json=rows, headers=JSON)


def test_a_key_near_its_end_is_said_once_a_day_and_no_more_after_a_new_one(ward: Ward, told: Told) -> None:
    ends = datetime.now(UTC) + timedelta(days=10)
    answers = {"res.users.apikeys/search_read": keys_end(f"{ends:%Y-%m-%d %H:%M:%S}")}
    at_work = worker_through(ward, told, Answers(answers))

    def said() -> list[str]:
        at_work.wake(fetch=True)
        return [troubles.trouble(one.code, one.facts) for one in at_work.cycle().notices]

    [sentence] = said()
    assert f"{ends:%Y-%m-%d}" in sentence
    assert said() == []
    at_work._clock = ward.device.clock.__class__(by=timedelta(days=1))  # type: ignore[call-arg]  # `Later`
    assert len([one for one in said() if "key" in one]) == 1, "the next day it is said again"
    ward.device.store.device.renew_key("a new one", datetime.now(UTC))
    answers["res.users.apikeys/search_read"] = keys_end("2099-01-01 00:00:00")
    assert said() == []


def test_a_key_that_ends_in_a_month_is_no_news(ward: Ward, told: Told) -> None:
    ends = datetime.now(UTC) + timedelta(days=30)
    answers = {"res.users.apikeys/search_read": keys_end(f"{ends:%Y-%m-%d %H:%M:%S}")}

    assert worker_through(ward, told, Answers(answers)).cycle().notices == ()
