"""Many at once: what is booked stays booked, and only the one in the way ends badly (design 4)."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

import pytest

from sync import push as passes
from sync.batches import MOST
from sync.odoo.posting.sending import Sending, Site
from sync.odoo.postings import Settled
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.session import Session
from sync.store import Store
from sync.store.database import Connection
from sync.store.outbox import Queue
from sync.store.photos import Photo
from sync.transaction import Draft, Footprint, Kind, Outcome, Status, new_uuid
from tests.faults.conftest import KEY, Killed
from tests.sync.acts import session_with
from tests.sync.books import Books, books, confirm, no, once, transfer
from tests.sync.conftest import Ward

__all__ = ["books"]

SHELF = Footprint(None, frozenset({(1, "1/5/")}))


def status(ward: Ward, uuid: str) -> Status:
    entry = ward.device.store.outbox.get(uuid)
    assert entry is not None
    return entry.status


def test_what_is_free_of_each_other_goes_fifty_at_a_time(ward: Ward, books: Books) -> None:
    uuids = confirm(ward, *(transfer() for _ in range(120)))

    report = ward.push()

    assert [len(call) for call in books.calls] == [MOST, MOST, 20]
    assert [uuid for call in books.calls for uuid in call] == list(report.done) == uuids
    assert {status(ward, uuid) for uuid in uuids} == {Status.DONE}


def test_all_of_a_batch_is_on_disk_as_sending_before_its_first_request(ward: Ward, books: Books) -> None:
    first, *others = confirm(ward, *(transfer() for _ in range(60)))
    seen: list[set[Status]] = []

    def look(uuids: Sequence[str]) -> None:
        other = Store.open(ward.device.folder / "wardstock.db", KEY)
        seen.append({entry.status for entry in other.outbox.of(uuids)})
        seen.append({entry.status for entry in other.outbox.of(others[-1:])})
        other.close()

    books.trouble = once(look)
    ward.push()

    assert seen == [{Status.SENDING}, {Status.QUEUED}]
    assert status(ward, first) is Status.DONE


def test_planned_deliveries_and_lot_changes_go_alone_in_their_place(ward: Ward, books: Books) -> None:
    acts = [transfer(), transfer(Kind.RECEIPT, 51), transfer(), transfer(Kind.LOT_CHANGE), transfer(Kind.RECEIPT, 52)]
    one, receipt, two, change, other = confirm(ward, *acts)

    ward.push()

    assert books.calls == [[one, two], [receipt], [change], [other]]


def test_what_waited_behind_a_batch_follows_as_the_next_one(ward: Ward, books: Books) -> None:
    chain = confirm(ward, *(transfer() for _ in range(3)), where=SHELF)
    free = confirm(ward, *(transfer() for _ in range(3)))

    report = ward.push()

    assert books.calls == [[chain[0], *free], [chain[1]], [chain[2]]]
    assert set(report.done) == {*chain, *free}


def test_new_work_of_the_meantime_goes_in_the_same_pass(ward: Ward, books: Books) -> None:
    [first] = confirm(ward, transfer())
    late: list[str] = []
    books.trouble = once(lambda _uuids: late.extend(confirm(ward, transfer())))

    ward.push()

    assert books.calls == [[first], late]


def test_after_a_hiccup_the_same_batch_goes_again(ward: Ward, books: Books) -> None:
    uuids = confirm(ward, *(transfer() for _ in range(4)))
    books.after = once(no(Family.TRANSIENT_UNKNOWN))

    report = ward.push()

    assert books.calls == [uuids, uuids]
    assert report.done == tuple(uuids)
    assert len(ward.device.pauses) == 1


def test_what_was_told_before_the_line_was_cut_does_not_go_again(
    ward: Ward, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    uuids = confirm(ward, *(transfer() for _ in range(4)))
    real = books.post

    def cut_in_the_middle(session: Session, sendings: Sequence[Sending], site: Site, settled: Settled) -> None:
        real(session, sendings[:2], site, settled)
        monkeypatch.setattr(passes, "post", real)
        raise OdooError(Family.TRANSIENT_UNKNOWN, name="ReadTimeout")

    monkeypatch.setattr(passes, "post", cut_in_the_middle)
    first = ward.push()

    assert (first.done, first.unsent) == (tuple(uuids[:2]), tuple(uuids[2:]))
    assert [status(ward, uuid) for uuid in uuids] == ["done", "done", "sending", "sending"]
    ward.device.wait()
    assert ward.push().done == tuple(uuids[2:])
    assert books.calls == [uuids[:2], uuids[2:]]


@pytest.mark.parametrize("at", range(1, 9))
def test_a_crash_at_any_commit_of_a_batch_loses_nothing_and_books_nothing_twice(
    ward: Ward, books: Books, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """The process dies before the commit number `at`: what Odoo was told and the store was not, is asked again."""
    uuids = confirm(ward, *(transfer() for _ in range(5)))
    books.refuses = {uuids[1]: "lot_unknown"}
    commits = 0
    write = ward.device.store._database.write

    def dies(*, durable: bool = True) -> AbstractContextManager[Connection]:
        nonlocal commits
        commits += 1
        if commits == at:
            raise Killed
        return write(durable=durable)

    monkeypatch.setattr(ward.device.store._database, "write", dies)
    with pytest.raises(Killed):
        ward.push()
    ward.device.restart()
    ward.device.wait()
    ward.push()

    assert [status(ward, uuid) for uuid in uuids] == ["done", "refused", "done", "done", "done"]
    assert books.booked == dict.fromkeys([uuids[0], *uuids[2:]], 1)
    assert ward.device.store.journal.verify().ok


@pytest.mark.parametrize("family", [Family.DATA, Family.BUG, Family.UNRECOGNISED])
def test_a_no_to_one_of_a_batch_does_not_touch_the_others(ward: Ward, books: Books, family: Family) -> None:
    """It was not cleaned up, so it is in doubt; after some tries a person has to look."""
    *good, bad = confirm(ward, *(transfer() for _ in range(5)))
    books.trouble = no(family, of=bad)

    report = ward.push()

    assert (report.done, report.unsent) == (tuple(good), (bad,))
    assert [len(call) for call in books.calls] == [5, 1, 1, 1, 1, 1]
    for _ in range(5):
        ward.device.wait()
        report = ward.push()
    entry = ward.device.store.outbox.get(bad)
    assert entry is not None
    assert (report.refused, entry.code) == ((bad,), "left_in_odoo")


@pytest.mark.logs_warnings
def test_only_the_one_we_stumble_over_is_marked(ward: Ward, books: Books) -> None:
    first, bad, last = confirm(ward, *(transfer() for _ in range(3)))

    def stumble(uuids: Sequence[str]) -> None:
        if bad in uuids:
            raise KeyError("an answer nobody foresaw")

    books.trouble = stumble
    report = ward.push()

    assert (report.done, report.unsent, report.stopped) == ((first, last), (bad,), "")
    entry = ward.device.store.outbox.get(bad)
    assert entry is not None
    assert (entry.status, entry.code, entry.facts["name"]) == (Status.SENDING, "own_bug", "KeyError")


def test_a_right_missing_for_one_of_a_batch_refuses_that_one(ward: Ward, books: Books) -> None:
    first, bad, last = confirm(ward, *(transfer() for _ in range(3)))
    books.trouble = no(Family.RIGHTS, of=bad)

    report = ward.push()

    assert (report.done, report.refused) == ((first, last), (bad,))


def test_rights_lost_in_a_batch_stop_the_pass_and_blame_nobody(
    ward: Ward, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    uuids = confirm(ward, *(transfer() for _ in range(60)))
    monkeypatch.setattr(passes, "still_may", lambda _session: False)
    books.after = once(no(Family.RIGHTS))

    report = ward.push()

    assert (report.stopped, report.refused, len(books.calls)) == ("rights_lost", (), 1)
    assert [status(ward, uuid) for uuid in uuids[:50]] == ["sending"] * 50, "it was said after something was sent"
    monkeypatch.setattr(passes, "still_may", lambda _session: True)
    assert set(ward.push().done) == set(uuids)


@pytest.mark.parametrize("family", [Family.AUTH, Family.CONFIG])
@pytest.mark.parametrize("when", ["trouble", "after"])
def test_a_key_or_a_server_that_fails_under_a_batch_blames_nobody(
    ward: Ward, books: Books, family: Family, when: str
) -> None:
    uuids = confirm(ward, *(transfer() for _ in range(60)))
    setattr(books, when, once(no(family)))

    report = ward.push()

    assert (report.stopped, report.refused, report.done) == (f"odoo_{family}", (), ())
    assert report.unsent == tuple(uuids[:50])
    last = ward.device.store.device.last_pass("push")
    assert last is not None
    assert last.code == f"odoo_{family}"
    assert ward.push().done == tuple(uuids), "nothing waits for its time"
    assert set(books.booked.values()) == {1}


def test_what_keeps_a_batch_from_ending_does_so_only_some_times(ward: Ward, books: Books) -> None:
    """A picking that makes the server fall over must not hold fifty others for ever."""
    *good, bad = confirm(ward, *(transfer() for _ in range(5)))
    books.trouble = no(Family.TRANSIENT_UNKNOWN, of=bad, name="ReadTimeout")

    for _ in range(3):
        assert ward.push().done == ()
        ward.device.wait()
    report = ward.push()

    assert (report.done, report.unsent) == (tuple(good), (bad,))


def test_what_a_supervisor_let_go_is_sent_alone_before_what_it_waited_for(ward: Ward, books: Books) -> None:
    stuck, waits, after = confirm(ward, *(transfer() for _ in range(3)), where=SHELF)
    books.refuses = {stuck: "lot_unknown"}
    ward.push()
    free = confirm(ward, transfer())
    ward.device.store.outbox.release(waits, "Sue", ward.device.clock.now())

    report = ward.push()

    assert books.calls == [[stuck], [waits], free]
    assert set(report.done) == {waits, *free}
    assert status(ward, after) is Status.QUEUED


def test_what_is_taken_back_while_another_batch_is_on_its_way_is_not_sent(ward: Ward, books: Books) -> None:
    uuids = confirm(ward, *(transfer() for _ in range(60)))
    outbox = ward.device.store.outbox
    books.trouble = once(lambda _uuids: outbox.withdraw(uuids[-1], "Ana", ward.device.clock.now()))

    report = ward.push()

    assert set(report.done) == set(uuids[:-1])
    assert status(ward, uuids[-1]) is Status.WITHDRAWN


def test_the_site_and_the_pictures_go_with_it(ward: Ward, books: Books) -> None:
    store, now, draft = ward.device.store, ward.device.clock.now(), new_uuid()
    store.drafts.open(Draft(draft, "transfer", "{}", "Sven", "a shelf", now, now))
    store.photos.add(draft, Photo("p1", "dent.jpg", b"\xff\xd8"))
    store.outbox.confirm(draft, [(transfer(photos=("p1",)), Footprint())], now)
    site = Site(strict=frozenset({7}))

    with session_with(ward.odoo) as session:
        passes.push(store, session, ward.device.clock, site=site)

    assert books.sites == [site]
    [photo] = books.sent[0].photos
    assert (photo.id, photo.name, photo.data) == ("p1", "dent.jpg", b"\xff\xd8")


def test_a_thousand_in_one_row_are_looked_up_twice_and_not_each_time(
    ward: Ward, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Days of unsent work on one shelf must not take the square of their number."""
    outbox = ward.device.store.outbox
    uuids = confirm(ward, *(transfer() for _ in range(300)), where=SHELF)
    looks, queue = [0], outbox.queue

    def counted() -> Queue:
        looks[0] += 1
        return queue()

    monkeypatch.setattr(outbox, "queue", counted)
    report = ward.push()

    assert report.done == tuple(uuids)
    assert looks[0] <= 4


def test_an_outcome_told_for_each_is_kept_for_each(ward: Ward, books: Books) -> None:
    uuids = confirm(ward, *(transfer() for _ in range(3)))

    ward.push()

    told = [entry.outcome for entry in ward.device.store.outbox.of(uuids)]
    assert told == [Outcome(1, f"WH/OUT/{uuid[:4]}") for uuid in uuids]
