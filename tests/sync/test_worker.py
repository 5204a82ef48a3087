"""The one thread that talks to Odoo (design 6)."""

import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.alone import alone
from sync.clock import Clock
from sync.connection import connect
from sync.errors import WardstockError
from sync.odoo.session import Server, Session
from sync.store import Store
from sync.transaction import Status, Transaction
from sync.worker import SyncReport, Worker
from tests.sync.acts import line, receipt
from tests.sync.conftest import Ward, odoo_says

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
