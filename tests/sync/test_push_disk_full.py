"""The device's disk is full while Odoo has already booked: nothing is blamed, and the next pass finds it done there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlcipher3 import dbapi2

from client import troubles
from sync import push as passes
from sync.odoo.posting.sending import Sending, Site
from sync.odoo.postings import Settled
from sync.odoo.wire.session import Session
from sync.store.database import Connection, Database
from sync.transaction import Difference, Status
from tests.sync.acts import blind, line
from tests.sync.books import Books, books, confirm, transfer
from tests.sync.conftest import Ward

__all__ = ["books"]


def disk_full() -> dbapi2.OperationalError:
    """As the driver raises it when a commit finds no room."""
    error = dbapi2.OperationalError("database or disk is full")
    error.sqlite_errorcode = dbapi2.SQLITE_FULL
    return error


def full_from(monkeypatch: pytest.MonkeyPatch, number: int) -> list[int]:
    """No commit from this number on has room; answers a counter of commits tried."""
    write, tried = Database.write, [0]

    @contextmanager
    def no_room(self: Database, *, durable: bool = True) -> Iterator[Connection]:
        with write(self, durable=durable) as connection:
            yield connection
            tried[0] += 1
            if tried[0] >= number:
                raise disk_full()

    monkeypatch.setattr(Database, "write", no_room)
    return tried


@pytest.mark.parametrize("at", range(1, 8))
def test_whatever_cannot_be_noted_is_found_done_in_odoo_by_the_next_pass(ward: Ward, at: int) -> None:
    acts = [blind(ward.odoo, line(ward.odoo, 1, ward.odoo.product(), "5", "A1")) for _ in range(3)]
    ward.device.confirm(*acts)

    with pytest.MonkeyPatch.context() as full:
        tried = full_from(full, at)
        stopped = ward.push()
    told = [ward.device.entry(act) for act in acts]

    assert tried[0] >= at, "or this test proves nothing"
    assert (stopped.stopped, stopped.refused) == ("store_disk_full", ())
    assert all(entry.code == "" and entry.status is not Status.REFUSED for entry in told), "nobody is blamed"
    assert "disk is full" in troubles.trouble(stopped.stopped, stopped.facts)
    assert set(ward.push().done) | {entry.uuid for entry in told if entry.status is Status.DONE} == {
        act.uuid for act in acts
    }
    assert [ward.odoo.on_hand(act.lines[0].product_id) for act in acts] == [5, 5, 5]
    assert ward.device.store.journal.verify().ok


def test_a_file_that_may_not_grow_stops_the_pass_and_keeps_what_was_done_before(
    ward: Ward, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real thing: SQLite itself finds no page for what Odoo answered."""
    small, large = confirm(ward, transfer(), transfer())
    essay = (Difference("quantity", "10", "9" * 200_000, 1),)

    def post(session: Session, sendings: Sequence[Sending], site: Site, settled: Settled) -> None:
        books.post(session, sendings, site, lambda uuid, end: settled(uuid, wordy(uuid, end)))

    def wordy(uuid: str, end):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202  # as of `Settled`
        return replace(end, differs=essay) if uuid == large else end

    monkeypatch.setattr(passes, "post", post)
    file = ward.device.store._database.connection
    (pages,) = file.execute("PRAGMA page_count").fetchone()
    file.execute(f"PRAGMA max_page_count = {pages + 4}")
    report = ward.push()

    assert (report.stopped, report.done) == ("store_disk_full", (small,))
    assert [entry.status for entry in ward.device.store.outbox.of([small, large])] == [Status.DONE, Status.SENDING]
    file.execute("PRAGMA max_page_count = 1000000")
    assert ward.push().done == (large,)
    assert books.booked == {small: 1, large: 1}
    assert ward.device.store.journal.verify().ok
