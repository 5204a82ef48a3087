"""From confirmed to settled: once, in order, and never rewritten."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from sync.errors import WardstockError
from sync.store import Store
from sync.store.entries import Decision
from sync.store.order import Order
from sync.store.outbox import Successor
from sync.transaction import Difference, Footprint, Line, Outcome, Status, Transaction, from_body, to_body
from tests.store.goods import KEY, NOON, draft_of, receipt_of, scan_of

LATER = NOON + timedelta(minutes=5)
POSTED = Outcome(51, "WH/IN/00007", "WH/IN/00008", ("WH/INT/1",), (Difference("quantity", "10", "9", 1),))
Confirm = Callable[..., Transaction]


def test_confirming_closes_the_draft_and_queues_it_in_one_step(store: Store) -> None:
    draft = draft_of()
    transaction, footprint = receipt_of(draft)
    store.drafts.open(draft)

    store.outbox.confirm(draft.uuid, [(transaction, footprint)], NOON)

    [entry] = store.outbox.due(NOON)
    assert entry.transaction == transaction
    assert (entry.status, entry.attempts, entry.first_sent_at) == (Status.QUEUED, 0, None)
    assert (entry.draft, entry.reference, entry.footprint) == (draft.uuid, transaction.reference, footprint)
    assert store.drafts.get(draft.uuid) is None
    assert [story.event for story in store.journal.story(transaction.uuid)] == ["confirmed"]
    assert entry.journal_head == store.journal.story(transaction.uuid)[0].hash


def test_a_double_tap_on_confirm_queues_once(store: Store) -> None:
    draft = draft_of()
    made = receipt_of(draft)
    store.drafts.open(draft)

    store.outbox.confirm(draft.uuid, [made], NOON)
    store.outbox.confirm(draft.uuid, [made], LATER)

    assert len(store.outbox.rows()) == 1
    assert len(store.journal.story(made[0].uuid)) == 1


def test_a_draft_that_was_dropped_cannot_be_confirmed_from_a_stale_screen(store: Store) -> None:
    draft = draft_of()
    store.drafts.open(draft)
    store.drafts.drop(draft.uuid, "Ana", NOON)

    with pytest.raises(WardstockError, match="draft_closed"):
        store.outbox.confirm(draft.uuid, [receipt_of(draft)], NOON)

    assert store.outbox.rows() == []


def test_ward_12_a_delivery_for_two_orders_becomes_two_transactions_or_none(store: Store) -> None:
    draft = draft_of()
    made = [receipt_of(draft, picking_id=51), receipt_of(draft, picking_id=52)]
    store.drafts.open(draft, [scan_of()])

    broken = (replace(made[1][0], uuid=None), made[1][1])  # type: ignore[arg-type]  # a bug in the second one
    with pytest.raises(dbapi2.IntegrityError):
        store.outbox.confirm(draft.uuid, [made[0], broken], NOON)
    assert store.drafts.get(draft.uuid) == draft
    assert store.outbox.rows() == []

    store.outbox.confirm(draft.uuid, made, NOON)
    assert [entry.transaction.document.picking_id for entry in store.outbox.rows()] == [52, 51]


def test_sending_is_on_disk_before_the_first_request(path: Path, store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid

    store.outbox.mark_sending(uuid, NOON)

    other = Store.open(path, KEY)
    entry = other.outbox.get(uuid)
    assert entry is not None
    assert (entry.status, entry.first_sent_at, entry.attempts) == (Status.SENDING, NOON, 1)
    other.close()


def test_a_lost_reply_stays_sending_and_is_due_again_when_its_time_comes(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)

    store.outbox.mark_unknown(uuid, LATER, "reply_lost", {"after": 60}, NOON)

    assert store.outbox.due(NOON) == []
    [entry] = store.outbox.due(LATER)
    assert (entry.status, entry.code, entry.facts) == (Status.SENDING, "reply_lost", {"after": 60})
    store.outbox.mark_sending(uuid, LATER)
    again = store.outbox.get(uuid)
    assert again is not None
    assert (again.first_sent_at, again.attempts) == (NOON, 2)


def test_a_process_that_died_while_sending_sends_again(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)

    assert [entry.uuid for entry in store.outbox.due(NOON)] == [uuid]


def test_what_surely_never_arrived_can_be_withdrawn_even_after_several_tries(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    for _ in range(3):
        store.outbox.mark_sending(uuid, NOON)
        store.outbox.mark_not_reached(uuid, LATER, NOON)

    entry = store.outbox.get(uuid)
    assert entry is not None
    assert (entry.status, entry.first_sent_at, entry.attempts, entry.not_before) == (Status.QUEUED, None, 3, LATER)
    store.outbox.withdraw(uuid, "Ana", NOON)

    assert store.outbox.due(LATER) == []


def test_an_attempt_that_may_have_arrived_is_not_forgotten_by_a_later_one_that_did_not(
    store: Store, confirmed: Confirm
) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)
    store.outbox.mark_unknown(uuid, NOON, "reply_lost", {}, NOON)
    store.outbox.mark_sending(uuid, LATER)
    store.outbox.mark_not_reached(uuid, LATER, LATER)

    entry = store.outbox.get(uuid)
    assert entry is not None
    assert entry.first_sent_at == NOON
    assert [found.uuid for found in store.outbox.due(LATER)] == [uuid]
    assert store.outbox.withdraw(uuid, "Ana", LATER) is Status.QUEUED
    assert [found.uuid for found in store.outbox.wishes(LATER)] == [uuid]


def test_what_odoo_made_of_it_is_kept_with_every_difference(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)

    store.outbox.mark_done(uuid, POSTED, LATER)

    entry = store.outbox.get(uuid)
    assert entry is not None
    assert (entry.status, entry.outcome, entry.settled_at, entry.code) == (Status.DONE, POSTED, LATER, "")
    assert store.outbox.due(LATER) == []


def test_only_done_does_not_wait_for_the_disk(store: Store, confirmed: Confirm) -> None:
    """A power cut takes it back to sending, which asks Odoo again; what was sent must never be queued again."""
    first, second = confirmed().uuid, confirmed().uuid
    told: list[str] = []
    store._database.connection.set_trace_callback(told.append)

    store.outbox.mark_sending(first, NOON)
    store.outbox.mark_done(first, POSTED, LATER)
    store.outbox.mark_sending(second, NOON)
    store.outbox.mark_refused(second, "picking_cancelled", {}, LATER)

    waits = [one.rpartition(" ")[2] for one in told if one.startswith("PRAGMA synchronous")]
    assert waits == ["FULL", "NORMAL", "FULL", "FULL"]


def test_a_refused_one_says_why_after_a_restart(path: Path, store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)
    facts = {"line": 1, "done": Decimal("2.50"), "expiry": date(2027, 6, 30), "message": "Lot ›A‹ unbekannt"}
    store.outbox.mark_refused(uuid, "lot_unknown", facts, LATER)
    store.close()

    again = Store.open(path, KEY)
    entry = again.outbox.get(uuid)

    assert entry is not None
    assert (entry.status, entry.code) == (Status.REFUSED, "lot_unknown")
    assert entry.facts == {"line": 1, "done": "2.50", "expiry": "2027-06-30", "message": "Lot ›A‹ unbekannt"}
    again.close()


def test_a_refused_one_can_be_withdrawn_and_a_second_tap_is_no_error(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)
    store.outbox.mark_refused(uuid, "lot_unknown", {}, NOON)

    store.outbox.withdraw(uuid, "Ana", LATER)
    store.outbox.withdraw(uuid, "Ana", LATER)

    assert [entry.event for entry in store.journal.story(uuid)] == ["confirmed", "sending", "refused", "withdrawn"]
    assert store.journal.story(uuid)[-1].person == "Ana"


def test_withdrawing_what_odoo_may_have_is_a_wish_that_the_next_pass_settles(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)

    assert store.outbox.withdraw(uuid, "Ana", LATER) is Status.SENDING
    assert store.outbox.withdraw(uuid, "Ben", LATER) is Status.SENDING, "a second tap is no error"

    assert store.outbox.due(LATER) == [], "nobody posts what somebody wants back"
    [wished] = store.outbox.wishes(LATER)
    assert wished.wish == Decision("Ana", LATER)
    store.outbox.mark_withdrawn(uuid, LATER)
    events = [(entry.event, entry.person) for entry in store.journal.story(uuid)]
    assert events[2:] == [("withdraw_wished", "Ana"), ("withdrawn", "Ana")]
    assert store.outbox.wishes(LATER) == []


def test_a_wish_that_comes_too_late_is_done_and_said(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)
    store.outbox.withdraw(uuid, "Ana", NOON)

    store.outbox.mark_done(uuid, POSTED, LATER)

    entry = store.outbox.get(uuid)
    assert entry is not None
    assert (entry.status, entry.code) == (Status.DONE, "withdraw_too_late")
    assert entry.facts == {"person": "Ana", "picking": "WH/IN/00007"}
    assert [one.event for one in store.journal.story(uuid)][-2:] == ["done", "withdraw_too_late"]
    with pytest.raises(WardstockError, match="withdraw_too_late"):
        store.outbox.withdraw(uuid, "Ana", LATER)


def test_a_wish_for_what_odoo_then_refuses_is_fulfilled_at_once(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)
    store.outbox.withdraw(uuid, "Ana", NOON)

    store.outbox.mark_refused(uuid, "lot_unknown", {}, LATER)

    entry = store.outbox.get(uuid)
    assert entry is not None
    assert entry.status is Status.WITHDRAWN
    assert [one.event for one in store.journal.story(uuid)][-2:] == ["refused", "withdrawn"]


def test_what_is_left_in_odoo_is_withdrawn_there_or_tried_again(store: Store, confirmed: Confirm) -> None:
    first, second = confirmed(picking_id=1, product_id=1), confirmed(picking_id=2, product_id=2)
    for one in (first, second):
        store.outbox.mark_sending(one.uuid, NOON)
        store.outbox.mark_refused(one.uuid, "left_in_odoo", {}, NOON)
    assert store.outbox.due(NOON) == []

    store.outbox.retry_now(first.uuid)

    assert store.outbox.withdraw(second.uuid, "Ana", NOON) is Status.QUEUED
    assert [entry.uuid for entry in store.outbox.due(NOON)] == [first.uuid]
    assert [entry.uuid for entry in store.outbox.wishes(NOON)] == [second.uuid]


def test_what_odoo_would_not_give_back_can_be_asked_back_once_more(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)
    store.outbox.withdraw(uuid, "Ana", NOON)
    store.outbox.mark_refused(uuid, "left_in_odoo", {}, NOON)
    assert store.outbox.wishes(NOON) == []

    assert store.outbox.withdraw(uuid, "Ben", LATER) is Status.QUEUED

    (wish,) = store.outbox.wishes(LATER)
    assert wish.wish is not None
    assert wish.wish.person == "Ben"


def test_a_refused_one_that_was_cleaned_up_is_not_tried_again(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)
    store.outbox.mark_refused(uuid, "lot_unknown", {}, NOON)

    store.outbox.retry_now(uuid)

    entry = store.outbox.get(uuid)
    assert entry is not None
    assert entry.status is Status.REFUSED


def test_a_batch_goes_out_in_one_step_without_what_somebody_took_back_meanwhile(
    store: Store, confirmed: Confirm
) -> None:
    batch = [confirmed(picking_id=number, product_id=number).uuid for number in range(1, 5)]
    store.outbox.withdraw(batch[0], "Ana", NOON)
    store.outbox.mark_sending(batch[1], NOON)
    store.outbox.withdraw(batch[1], "Ana", NOON)

    going = store.outbox.begin(batch, NOON)

    assert going == set(batch[2:])
    assert {entry.status for entry in store.outbox.of(batch[2:])} == {Status.SENDING}


def test_what_was_withdrawn_before_it_was_sent_owes_odoo_a_stone(store: Store, confirmed: Confirm) -> None:
    """A restored backup would still have it queued."""
    never_sent, refused, copied = (confirmed(picking_id=number, product_id=number).uuid for number in (1, 2, 3))
    store.outbox.mark_sending(refused, NOON)
    store.outbox.mark_refused(refused, "lot_unknown", {}, NOON)
    for uuid in (never_sent, refused, copied):
        store.outbox.withdraw(uuid, "Ana", NOON)

    assert [entry.uuid for entry in store.outbox.stones_owed(9)] == [never_sent, copied], "the refused one has its own"
    store.outbox.stone_laid(never_sent, LATER)
    store.outbox.stone_laid(copied, LATER, "WH/IN/00007")

    assert store.outbox.stones_owed(9) == []
    assert [store.journal.story(uuid)[-1].event for uuid in (never_sent, copied)] == ["stone_laid", "posted_by_copy"]


def test_a_stone_odoo_does_not_take_is_let_be_after_some_tries(store: Store, confirmed: Confirm) -> None:
    stubborn, other = (confirmed(picking_id=number, product_id=number).uuid for number in (1, 2))
    for uuid in (stubborn, other):
        store.outbox.withdraw(uuid, "Ana", NOON)

    store.outbox.stone_tried(stubborn)
    assert [entry.uuid for entry in store.outbox.stones_owed(1)] == [other], "it does not hold up the next"
    for _ in range(9):
        store.outbox.stone_tried(stubborn)

    assert [entry.uuid for entry in store.outbox.stones_owed(9)] == [other]


def test_a_supervisor_lets_one_go_that_waits_and_the_younger_still_wait_for_it(
    store: Store, confirmed: Confirm
) -> None:
    refused, waiting, younger = confirmed(), confirmed(picking_id=52), confirmed(picking_id=52)
    store.outbox.mark_sending(refused.uuid, NOON)
    store.outbox.mark_refused(refused.uuid, "lot_unknown", {}, NOON)

    store.outbox.release(waiting.uuid, "Sue", LATER)
    store.outbox.release(waiting.uuid, "Sue", LATER)

    assert [entry.uuid for entry in store.outbox.due(LATER)] == [waiting.uuid]
    [story] = [one for one in store.journal.story(waiting.uuid) if one.event == "released"]
    assert (story.person, story.facts) == ("Sue", {"behind": refused.uuid})
    behind = {entry.uuid: entry.waiting_behind for entry in store.outbox.rows()}
    assert behind[younger.uuid] == refused.uuid
    store.outbox.withdraw(refused.uuid, "Ana", LATER)
    assert {entry.uuid: entry.waiting_behind for entry in store.outbox.rows()}[younger.uuid] == waiting.uuid


def test_what_waits_for_nobody_cannot_be_released(store: Store, confirmed: Confirm) -> None:
    first = confirmed()

    with pytest.raises(WardstockError, match="not_waiting"):
        store.outbox.release(first.uuid, "Sue", NOON)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=3)])
def test_a_clock_set_back_does_not_hold_work_for_days(store: Store, confirmed: Confirm, back: timedelta) -> None:
    """Design 13.4: the time to try again was written by a clock that ran ahead."""
    uuid = confirmed().uuid
    store.outbox.mark_sending(uuid, NOON)
    store.outbox.mark_unknown(uuid, LATER, "reply_lost", {}, NOON)

    assert store.outbox.due(NOON) == []
    assert [entry.uuid for entry in store.outbox.due(NOON - back)] == [uuid]


def test_a_withdrawn_one_can_never_be_sent(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.withdraw(uuid, "Ana", NOON)

    with pytest.raises(ValueError, match="cannot go from withdrawn to sending"):
        store.outbox.mark_sending(uuid, NOON)


@pytest.mark.parametrize("move", ["done", "refused", "unknown", "not_reached"])
def test_nothing_is_said_of_odoo_before_anything_was_sent(store: Store, confirmed: Confirm, move: str) -> None:
    uuid = confirmed().uuid
    moves: dict[str, Callable[[], None]] = {
        "done": lambda: store.outbox.mark_done(uuid, POSTED, NOON),
        "refused": lambda: store.outbox.mark_refused(uuid, "x", {}, NOON),
        "unknown": lambda: store.outbox.mark_unknown(uuid, LATER, "x", {}, NOON),
        "not_reached": lambda: store.outbox.mark_not_reached(uuid, LATER, NOON),
    }

    with pytest.raises(ValueError, match="queued"):
        moves[move]()

    entry = store.outbox.get(uuid)
    assert entry is not None
    assert entry.status is Status.QUEUED


def test_a_person_can_end_the_wait_but_not_the_order(store: Store, confirmed: Confirm) -> None:
    first, second = confirmed(), confirmed()
    store.outbox.mark_sending(first.uuid, NOON)
    store.outbox.mark_not_reached(first.uuid, LATER, NOON)
    store.outbox.retry_now(second.uuid)
    assert store.outbox.due(NOON) == []

    store.outbox.retry_now(first.uuid)

    assert [entry.uuid for entry in store.outbox.due(NOON)] == [first.uuid]


def test_two_for_one_picking_keep_their_order_and_others_are_free(store: Store, confirmed: Confirm) -> None:
    first, second = confirmed(picking_id=51, product_id=1), confirmed(picking_id=51, product_id=2)
    other = confirmed(picking_id=52, product_id=3)

    assert [entry.uuid for entry in store.outbox.due(NOON)] == [first.uuid, other.uuid]
    behind = {entry.uuid: entry.waiting_behind for entry in store.outbox.rows()}
    assert behind == {first.uuid: None, second.uuid: first.uuid, other.uuid: None}


@pytest.mark.parametrize("seed", range(6))
def test_a_page_says_who_waits_for_whom_as_the_line_itself_does(store: Store, confirmed: Confirm, seed: int) -> None:
    chance, open_ = Random(seed), list[str]()
    for _ in range(40):
        open_.append(confirmed(picking_id=chance.choice((None, 51, 52, 53)), product_id=chance.randint(1, 4)).uuid)
        one = open_[chance.randrange(len(open_))]
        match chance.randrange(6):
            case 0:
                store.outbox.mark_sending(one, NOON)
                store.outbox.mark_done(one, Outcome(500, "WH/IN/00007"), NOON)
                open_.remove(one)
            case 1:
                store.outbox.mark_sending(one, NOON)
                store.outbox.mark_refused(one, "goods_held", {}, NOON)
                again = receipt_of(draft_of(), picking_id=chance.choice((51, 52)), product_id=chance.randint(1, 4))
                store.outbox.replace(one, Successor("again", [again]), "Ana", NOON)
                open_[open_.index(one)] = again[0].uuid
            case 2 if store.outbox.queue().entries[one].waiting_behind:
                store.outbox.release(one, "Joana", NOON)
        line = {uuid: entry.waiting_behind for uuid, entry in store.outbox.queue().entries.items()}
        for page in (store.outbox.rows(), store.outbox.shown(NOON, NOON + timedelta(days=1)), store.outbox.of(line)):
            assert {entry.uuid: entry.waiting_behind for entry in page if entry.uuid in line} == line
            assert all(entry.waiting_behind is None for entry in page if entry.uuid not in line)
        assert len(line) == len(open_)


def test_two_who_list_the_outbox_at_once_see_one_line(store: Store, confirmed: Confirm) -> None:
    for _ in range(300):
        confirmed(picking_id=51, product_id=1)
    line = {uuid: entry.waiting_behind for uuid, entry in store.outbox.queue().entries.items()}
    both, seen, before = Barrier(2), list[dict[str, str | None]](), sys.getswitchinterval()

    def look() -> None:
        both.wait()
        seen.append({entry.uuid: entry.waiting_behind for entry in store.outbox.rows()})

    at_once = [Thread(target=look) for _ in range(2)]
    sys.setswitchinterval(1e-6)
    try:
        for one in at_once:
            one.start()
        for one in at_once:
            one.join()
    finally:
        sys.setswitchinterval(before)

    assert seen == [line, line]


def test_a_refused_receipt_holds_back_the_same_goods_and_not_the_ward(store: Store, confirmed: Confirm) -> None:
    refused = confirmed(picking_id=51, product_id=1)
    same_goods, free = confirmed(picking_id=52, product_id=1), confirmed(picking_id=53, product_id=2)
    store.outbox.mark_sending(refused.uuid, NOON)
    store.outbox.mark_refused(refused.uuid, "lot_unknown", {}, NOON)

    assert [entry.uuid for entry in store.outbox.due(NOON)] == [free.uuid]

    store.outbox.withdraw(refused.uuid, "Ana", NOON)
    assert [entry.uuid for entry in store.outbox.due(NOON)] == [same_goods.uuid, free.uuid]


def test_one_that_waits_its_time_holds_back_what_comes_after_it(store: Store, confirmed: Confirm) -> None:
    first, second = confirmed(), confirmed()
    store.outbox.mark_sending(first.uuid, NOON)
    store.outbox.mark_unknown(first.uuid, LATER, "reply_lost", {}, NOON)

    assert store.outbox.due(NOON) == []

    store.outbox.mark_sending(first.uuid, LATER)
    store.outbox.mark_done(first.uuid, POSTED, LATER)
    assert [entry.uuid for entry in store.outbox.due(LATER)] == [second.uuid]


@pytest.mark.parametrize("then", ["1/9/8/", "1/9/8/12/"])
def test_a_shelf_that_was_put_elsewhere_in_odoo_is_the_same_shelf(then: str) -> None:
    before, after = Footprint(None, frozenset({(7, "1/5/8/")})), Footprint(None, frozenset({(7, then)}))
    order = Order()
    order.add("before", before)

    assert order.add("after", after) == "before"
    assert before.meets(after)
    assert not before.meets(Footprint(None, frozenset({(7, "1/5/9/")})))


def test_a_long_row_comes_free_one_after_the_other_without_looking_at_it_whole_each_time() -> None:
    same_shelf, order, links = Footprint(None, frozenset({(1, "1/5/")})), Order(), 2_000
    for number in range(links):
        order.add(str(number), same_shelf)
    looks = 0
    still_waits = order._still_waits

    def counted(place: int) -> bool:
        nonlocal looks
        looks += 1
        return still_waits(place)

    order._still_waits = counted  # type: ignore[method-assign]
    freed = [order.settle(str(number)) for number in range(links)]

    assert freed == [*([str(number + 1)] for number in range(links - 1)), []]
    assert looks < 2 * links


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    touched=st.lists(
        st.tuples(st.integers(1, 4), st.integers(1, 3), st.sampled_from(["1/", "1/2/", "1/3/", "1/2/4/"])), max_size=12
    )
)
def test_the_order_is_that_of_comparing_each_with_all_before_it(touched: list[tuple[int, int, str]]) -> None:
    footprints = [Footprint(picking, frozenset({(product, path)})) for picking, product, path in touched]

    order = Order()
    behind = [order.add(str(place), footprint) for place, footprint in enumerate(footprints)]

    for place, footprint in enumerate(footprints):
        met = [str(older) for older in range(place) if footprint.meets(footprints[older])]
        assert behind[place] == (met[0] if met else None)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    touched=st.lists(
        st.tuples(st.integers(1, 4), st.integers(1, 3), st.sampled_from(["1/", "1/2/", "1/3/", "1/2/4/"])), max_size=12
    ),
    released=st.sets(st.integers(0, 11)),
    data=st.data(),
)
def test_whatever_is_settled_first_just_those_come_free_that_nothing_older_holds(
    touched: list[tuple[int, int, str]], released: set[int], data: st.DataObject
) -> None:
    footprints = [Footprint(picking, frozenset({(product, path)})) for picking, product, path in touched]
    order, open_ = Order(), list(range(len(footprints)))
    for place, footprint in enumerate(footprints):
        order.add(str(place), footprint, released=place in released)

    def free() -> set[int]:
        held = {me for me in open_ if any(older < me and footprints[me].meets(footprints[older]) for older in open_)}
        return set(open_) - (held - released)

    while open_:
        before, settled = free(), data.draw(st.sampled_from(open_))
        open_.remove(settled)
        assert {int(one) for one in order.settle(str(settled))} & set(open_) == free() - before


def test_the_badge_counts_what_is_unsent_refused_and_done_today(store: Store, confirmed: Confirm) -> None:
    queued, sending = confirmed(picking_id=1, product_id=1), confirmed(picking_id=2, product_id=2)
    refused, done = confirmed(picking_id=3, product_id=3), confirmed(picking_id=4, product_id=4)
    for transaction in (sending, refused, done):
        store.outbox.mark_sending(transaction.uuid, NOON)
    store.outbox.mark_refused(refused.uuid, "x", {}, NOON)
    store.outbox.mark_done(done.uuid, POSTED, NOON)
    today = NOON.replace(hour=0)

    summary = store.outbox.summary(today, today + timedelta(days=1))

    assert (summary.unsent, summary.refused, summary.done_today) == (2, 1, 1)
    assert summary.oldest_unsent_at == NOON
    assert store.outbox.summary(today - timedelta(days=1), today).done_today == 0
    assert queued.uuid in {entry.uuid for entry in store.outbox.due(NOON)}


def test_an_empty_outbox_has_nothing_to_say(store: Store) -> None:
    summary = store.outbox.summary(NOON, LATER)

    assert (summary.unsent, summary.refused, summary.oldest_unsent_at, summary.done_today) == (0, 0, None, 0)
    assert store.outbox.rows() == store.outbox.due(NOON) == store.outbox.find("WS") == []
    assert store.outbox.get("none") is None


def test_a_transaction_is_found_by_reference_and_by_how_its_uuid_begins(store: Store, confirmed: Confirm) -> None:
    wanted, _ = confirmed(picking_id=1), confirmed(picking_id=2)

    assert [entry.uuid for entry in store.outbox.find(wanted.reference)] == [wanted.uuid]
    assert [entry.uuid for entry in store.outbox.find(wanted.uuid[:8].upper())] == [wanted.uuid]
    assert store.outbox.find("%") == []


def test_the_screen_never_loses_an_old_one_that_is_not_settled(store: Store, confirmed: Confirm) -> None:
    old = confirmed(picking_id=1, product_id=1)
    for number in range(2, 7):
        done = confirmed(picking_id=number, product_id=number)
        store.outbox.mark_sending(done.uuid, NOON)
        store.outbox.mark_done(done.uuid, POSTED, NOON)

    rows = store.outbox.rows(newest=3)

    assert [entry.seq for entry in rows] == [6, 5, 4, 1]
    assert rows[-1].uuid == old.uuid


def test_a_page_lists_what_is_open_and_what_was_settled_today_and_nothing_older(
    store: Store, confirmed: Confirm
) -> None:
    today = NOON.replace(hour=0)
    acts = [confirmed(picking_id=number, product_id=number) for number in range(1, 6)]
    late, done, before, withdrawn, refused = acts
    for act, at in ((done, NOON), (before, today - timedelta(seconds=1))):
        store.outbox.mark_sending(act.uuid, at)
        store.outbox.mark_done(act.uuid, POSTED, at)
    store.outbox.withdraw(withdrawn.uuid, "Ana", NOON)
    store.outbox.mark_sending(refused.uuid, NOON)
    store.outbox.mark_refused(refused.uuid, "x", {}, today - timedelta(days=3))

    shown = store.outbox.shown(today, today + timedelta(days=1))

    assert [entry.uuid for entry in shown] == [refused.uuid, withdrawn.uuid, done.uuid, late.uuid]


def test_a_picking_looks_expected_until_a_pull_after_it_was_done(store: Store, confirmed: Confirm) -> None:
    confirmed(picking_id=1, product_id=1)
    done, gone = confirmed(picking_id=2, product_id=2), confirmed(picking_id=3, product_id=3)
    confirmed(picking_id=None, product_id=4)
    store.outbox.mark_sending(done.uuid, NOON)
    store.outbox.mark_done(done.uuid, POSTED, NOON)
    store.outbox.withdraw(gone.uuid, "Ana", NOON)

    assert store.outbox.pickings_since(NOON - timedelta(minutes=1)) == {1, 2}
    assert store.outbox.pickings_since(LATER) == store.outbox.pickings_since(None) == {1}


def test_the_newest_act_on_a_picking_is_found_however_many_came_after(store: Store, confirmed: Confirm) -> None:
    first, other = confirmed(picking_id=51), confirmed(picking_id=52)
    again = confirmed(picking_id=51)

    assert [found.uuid for id_ in (51, 52) if (found := store.outbox.of_picking(id_))] == [again.uuid, other.uuid]

    store.outbox.withdraw(again.uuid, "Ana", NOON)

    assert (found := store.outbox.of_picking(51)) is not None
    assert found.uuid == first.uuid
    assert store.outbox.of_picking(53) is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE outbox SET body = '{}'",
        "UPDATE outbox SET uuid = 'other'",
        "UPDATE outbox SET footprint = '{}'",
        "DELETE FROM outbox",
        "UPDATE journal SET person = 'nobody'",
        "DELETE FROM journal WHERE seq = 2",
        "INSERT OR REPLACE INTO journal SELECT seq, at, event, subject, 'x', 'x', facts, hash, hash FROM journal",
    ],
)
def test_no_line_of_ours_can_rewrite_what_was_confirmed(store: Store, confirmed: Confirm, sql: str) -> None:
    before = confirmed()

    with pytest.raises(dbapi2.IntegrityError), store._database.write() as connection:
        connection.execute(sql)

    assert [entry.transaction for entry in store.outbox.rows()] == [before]
    assert store.journal.verify().ok


def test_a_settled_one_is_never_changed(store: Store, confirmed: Confirm) -> None:
    uuid = confirmed().uuid
    store.outbox.withdraw(uuid, "Ana", NOON)

    with pytest.raises(dbapi2.IntegrityError), store._database.write() as connection:
        connection.execute("UPDATE outbox SET status = 'queued'")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
QUANTITIES = st.decimals(min_value=0, max_value=10**12, places=6) | st.integers(0, 10**15).map(Decimal)
LINES = st.builds(
    Line,
    number=st.integers(1, 99),
    product_id=st.integers(1, 2**53),
    done=QUANTITIES,
    uom_id=st.integers(1, 99),
    source_id=st.just(5),
    destination_id=st.just(3),
    count=QUANTITIES,
    unit=TEXTS,
    lot_name=TEXTS,
    expiry=st.none() | st.dates(),
    serial=TEXTS,
    evidence=st.lists(TEXTS, max_size=2).map(tuple),
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lines=st.lists(LINES, max_size=4).map(tuple),
    reason=TEXTS,
    wall=st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_a_body_comes_back_from_disk_as_it_was_confirmed(
    store: Store, lines: tuple[Line, ...], reason: str, wall: datetime
) -> None:
    draft = draft_of()
    transaction, footprint = receipt_of(draft)
    transaction = replace(transaction, lines=lines, reason=reason, acted_at=replace(transaction.acted_at, wall=wall))
    store.drafts.open(draft)

    store.outbox.confirm(draft.uuid, [(transaction, footprint)], NOON)

    entry = store.outbox.get(transaction.uuid)
    assert entry is not None
    assert entry.transaction == transaction
    assert to_body(from_body(entry.body)) == entry.body
