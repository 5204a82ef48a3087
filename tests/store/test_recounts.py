"""A shelf in doubt is listed until a younger count of it is done."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from sync.clock import Clock
from sync.store import Store
from sync.transaction import (
    Difference,
    Document,
    Kind,
    Line,
    Outcome,
    Recount,
    Transaction,
    footprint,
    new_uuid,
)
from tests.store.goods import NOON, draft_of

SHELF = Recount("went_negative", 7, 8, lot_id=9, owner_id=4)


def act(kind: Kind, at: datetime, line: Line) -> Transaction:
    acted_at = replace(Clock().moment(), wall=at)
    document = Document(1, line.source_id, line.destination_id)
    return Transaction(new_uuid(), kind, "WS-7F3A/000001", document, 1, "Ana", "WS-7F3A", acted_at, (line,))


def use(at: datetime) -> Transaction:
    return act(Kind.USE, at, Line(1, 7, Decimal(3), 1, 8, 5, lot_id=9, owner_id=4))


def count(at: datetime, **more: object) -> Transaction:
    told = {"lot_id": 9, "owner_id": 4, "counted": Decimal(2), **more}
    return act(Kind.COUNT, at, replace(Line(1, 7, Decimal(0), 1, 8, 5), **told))  # type: ignore[arg-type]  # test values


def done(
    store: Store, one: Transaction, *recounts: Recount, now: datetime, differs: tuple[Difference, ...] = ()
) -> None:
    draft = draft_of()
    store.drafts.open(draft)
    store.outbox.confirm(draft.uuid, [(one, footprint(one, {}))], NOON)
    store.outbox.begin([one.uuid], now)
    store.outbox.mark_done(one.uuid, Outcome(1, "INT/1", recounts=recounts, differs=differs), now)


def hours(number: int) -> datetime:
    return NOON + timedelta(hours=number)


def test_what_went_below_zero_waits_to_be_counted(store: Store) -> None:
    used = use(hours(0))

    done(store, used, SHELF, now=hours(2))

    (doubt,) = store.recounts.open()
    assert (doubt.recount, doubt.raised_by, doubt.raised_at) == (SHELF, used.uuid, hours(0))


def test_a_younger_count_settles_it_and_an_older_one_does_not(store: Store) -> None:
    done(store, use(hours(3)), SHELF, now=hours(4))

    done(store, count(hours(2)), now=hours(5))
    still = store.recounts.open()
    done(store, count(hours(4)), now=hours(6))

    assert len(still) == 1
    assert store.recounts.open() == []


def test_a_doubt_of_a_day_the_clock_was_ahead_is_settled_by_a_count_after_it_was_set_back(store: Store) -> None:
    done(store, use(hours(900)), SHELF, now=hours(901))

    done(store, count(hours(2)), now=hours(3))

    assert store.recounts.open() == []


def test_a_count_of_the_same_goods_of_another_owner_settles_nothing(store: Store) -> None:
    done(store, use(hours(0)), SHELF, now=hours(1))

    done(store, count(hours(2), owner_id=None), now=hours(3))

    assert len(store.recounts.open()) == 1


def test_a_count_whose_word_does_not_stand_settles_nothing(store: Store) -> None:
    done(store, use(hours(0)), SHELF, now=hours(1))

    done(store, count(hours(2)), now=hours(3), differs=(Difference("count", "2", "Bo, WH/INT/7", 1),))

    assert len(store.recounts.open()) == 1


def test_what_may_be_counted_already_is_in_doubt_from_now_on(store: Store) -> None:
    late = replace(SHELF, why="older_than_count")
    done(store, use(hours(0)), late, now=hours(5))

    done(store, count(hours(4)), now=hours(6))

    assert [doubt.recount for doubt in store.recounts.open()] == [late]


def test_a_shelf_doubted_twice_is_listed_once_with_the_younger_reason(store: Store) -> None:
    late = replace(SHELF, why="older_than_count")
    done(store, use(hours(0)), SHELF, now=hours(1))
    done(store, use(hours(0)), late, now=hours(2))

    done(store, use(hours(0)), SHELF, now=hours(3))

    assert [doubt.recount.why for doubt in store.recounts.open()] == ["older_than_count"]
