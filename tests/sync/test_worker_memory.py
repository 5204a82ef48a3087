"""A device runs for weeks: a thousand passes must not grow what the worker holds."""

import gc
import tracemalloc
from collections.abc import Iterator

import httpx2
import pytest

from sync import transaction
from sync import worker as workers
from sync.clock import Clock
from sync.odoo.wire.session import Server, Session
from sync.pull import PullReport
from sync.store import Store, order
from sync.store.entries import entry_of
from sync.worker import SyncReport, Worker
from tests.sync.books import Books, books, confirm, transfer
from tests.sync.conftest import JSON, Ward, odoo_says

__all__ = ["books"]

PASSES = 1_000
WARM = 200
"""Passes after which nearly all that is kept once is there: statements, caches, compiled patterns."""
LEAST_LEAK = 100
"""Bytes a pass: less than a report somebody keeps; the driver's caches still fill with some forty."""

KEPT_FOR_PAGES = (entry_of, order._touched, order._asked, transaction._footprint_of, transaction.from_body)
"""What a page would read again, of 4,000 rows at most: bounded, and no leak."""

VERSION = {"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"}


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def answered(request: httpx2.Request) -> httpx2.Response:
    """An Odoo that tells its version, and nothing else."""
    if request.url.path == "/json/version":
        return httpx2.Response(200, json=VERSION, headers=JSON)
    return odoo_says(503, "psycopg2.OperationalError")


def connect(_store: Store, clock: Clock) -> Session:
    client = httpx2.Client(transport=httpx2.MockTransport(answered))
    return Session(Server("http://127.0.0.1:9", "ward", "key", 1, "ana"), client, clock)


def held() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def forget(_report: SyncReport) -> None:
    """Nobody keeps what the worker reports."""


def no_pull(*_asked: object) -> PullReport:
    return PullReport()


def test_a_thousand_passes_leave_nothing_behind(
    ward: Ward, books: Books, monkeypatch: pytest.MonkeyPatch, traced: None
) -> None:
    """Some post, some find the server down, some have nothing to do."""
    for name in ("pull", "pull_recent"):
        monkeypatch.setattr(workers, name, no_pull)
    monkeypatch.setattr(workers, "notices", lambda *_asked: ())
    device = ward.device
    at_work = Worker(device.store, device.clock, device.folder, forget, connect)

    def passes(number: int) -> int:
        for turn in range(number):
            if turn % 10 == 0:
                confirm(ward, transfer())
            at_work.cycle()
        for kept in (books.calls, books.sites, books.sent, books.booked):
            kept.clear()
        for bounded in KEPT_FOR_PAGES:
            bounded.cache_clear()
        return held()

    before = passes(WARM)
    after = passes(PASSES)

    assert len(device.store.outbox.rows(newest=PASSES)) == (WARM + PASSES) // 10, "or this test proves nothing"
    assert (after - before) / PASSES < LEAST_LEAK
