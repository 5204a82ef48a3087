"""A refused transaction gives its place to what a person chose instead: once, in one step, in its turn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from sync.errors import WardstockError
from sync.store import Store
from sync.store.outbox import LEFT_IN_ODOO, Successor
from sync.transaction import Footprint, Outcome, Recount, Status, Transaction, uuid_of
from tests.store.goods import NOON, draft_of, receipt_of, scan_of

LATER = NOON + timedelta(minutes=5)
Confirm = Callable[..., Transaction]


def refuse(store: Store, uuid: str, code: str = "lot_unknown") -> None:
    store.outbox.mark_sending(uuid, NOON)
    store.outbox.mark_refused(uuid, code, {}, NOON)


def again(was: Transaction) -> tuple[Transaction, Footprint]:
    """The same act once more, under a uuid of its own."""
    return replace(was, uuid=uuid_of(was.uuid, "post-again"), reference="WS-TEST/2", corrects=was.uuid), FOOTPRINT


FOOTPRINT = Footprint(51, frozenset({(1, "1/2/3/")}))


def test_what_takes_its_place_is_queued_in_one_step_and_names_it(store: Store, confirmed: Confirm) -> None:
    was = confirmed()
    refuse(store, was.uuid)

    acted = store.outbox.replace(was.uuid, Successor("post-again", [again(was)]), "Sue", LATER)

    old, [new] = store.outbox.get(was.uuid), store.outbox.due(LATER)
    assert acted
    assert old is not None
    assert (old.status, old.settled_at) == (Status.WITHDRAWN, LATER)
    assert (new.uuid, new.transaction.corrects, new.draft) == (again(was)[0].uuid, was.uuid, old.draft)
    assert [one.event for one in store.journal.story(was.uuid)][-2:] == ["settled", "withdrawn"]
    assert store.journal.story(was.uuid)[-2].facts == {"choice": "post-again", "by": [new.uuid]}
    assert store.journal.story(was.uuid)[-2].person == "Sue"
    assert store.journal.verify().ok


def test_settling_twice_acts_once(store: Store, confirmed: Confirm) -> None:
    was = confirmed()
    refuse(store, was.uuid)

    first = store.outbox.replace(was.uuid, Successor("post-again", [again(was)]), "Sue", LATER)
    second = store.outbox.replace(was.uuid, Successor("post-again", [again(was)]), "Sue", LATER)

    assert (first, second) == (True, False)
    assert len(store.outbox.rows()) == 2


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_card_that_was_settled_is_not_settled_otherwise(store: Store, confirmed: Confirm, *, withdrawn: bool) -> None:
    was = confirmed()
    refuse(store, was.uuid)
    if withdrawn:
        store.outbox.withdraw(was.uuid, "Sue", LATER)
    else:
        store.outbox.replace(was.uuid, Successor("post-again", [again(was)]), "Sue", LATER)

    with pytest.raises(WardstockError, match="settled_already") as told:
        store.outbox.replace(was.uuid, Successor("really-more"), "Sue", LATER)

    assert told.value.facts["choice"] == ("withdraw" if withdrawn else "post-again")


@pytest.mark.parametrize("status", ["queued", "sending", "left"])
def test_only_what_left_nothing_in_odoo_can_be_replaced(store: Store, confirmed: Confirm, status: str) -> None:
    """What Odoo does not let us take back may still be booked there: a second one would double it."""
    was = confirmed()
    if status == "sending":
        store.outbox.mark_sending(was.uuid, NOON)
    if status == "left":
        refuse(store, was.uuid, LEFT_IN_ODOO)

    with pytest.raises(WardstockError, match="not_refused"):
        store.outbox.replace(was.uuid, Successor("post-again", [again(was)]), "Sue", LATER)

    assert len(store.outbox.rows()) == 1


def test_it_stands_in_the_line_where_the_refused_one_stood(store: Store, confirmed: Confirm) -> None:
    """What came in must be booked before what was taken from it: who waited behind the one waits behind the other."""
    was, later = confirmed(), confirmed()
    refuse(store, was.uuid)

    store.outbox.replace(was.uuid, Successor("post-again", [again(was)]), "Sue", LATER)

    new = again(was)[0].uuid
    waiting = store.outbox.get(later.uuid)
    assert [entry.uuid for entry in store.outbox.due(LATER)] == [new]
    assert waiting is not None
    assert waiting.waiting_behind == new
    store.outbox.mark_sending(new, LATER)
    store.outbox.mark_refused(new, "lot_unknown", {}, LATER)
    entry = store.outbox.get(new)
    assert entry is not None
    again_again = replace(entry.transaction, uuid=uuid_of(new, "post-again"), corrects=new)
    store.outbox.replace(new, Successor("post-again", [(again_again, entry.footprint)]), "Sue", LATER)
    assert [entry.uuid for entry in store.outbox.due(LATER)] == [again_again.uuid]


def test_a_draft_to_correct_it_in_takes_its_scans_along(store: Store) -> None:
    draft, scan = draft_of(), scan_of()
    store.drafts.open(draft, [scan])
    made = receipt_of(draft, evidence=(scan.id,))
    store.outbox.confirm(draft.uuid, [made], NOON)
    refuse(store, made[0].uuid)
    correction = draft_of("Sue")

    store.outbox.replace(made[0].uuid, Successor("correct", draft=correction), "Sue", LATER)

    assert store.drafts.open_drafts() == [correction]
    assert store.drafts.evidence(correction.uuid) == [scan]
    assert store.outbox.due(LATER) == []


def test_what_is_done_stays_done_and_is_corrected_once(store: Store, confirmed: Confirm) -> None:
    was = confirmed()
    store.outbox.mark_sending(was.uuid, NOON)
    store.outbox.mark_done(was.uuid, Outcome(51, "WH/IN/00007"), NOON)

    first = store.outbox.replace(was.uuid, Successor("correct", draft=draft_of("Sue")), "Sue", LATER)
    second = store.outbox.replace(was.uuid, Successor("correct", draft=draft_of("Sue")), "Sue", LATER)

    entry = store.outbox.get(was.uuid)
    assert (first, second, len(store.drafts.open_drafts())) == (True, False, 1)
    assert entry is not None
    assert entry.status is Status.DONE


def test_shelves_to_count_are_wanted_with_it(store: Store, confirmed: Confirm) -> None:
    was = confirmed()
    refuse(store, was.uuid)
    wanted = Recount("asked_for", 1, 3, 41)

    store.outbox.replace(was.uuid, Successor("recount", recounts=[wanted]), "Sue", LATER)

    [doubt] = store.recounts.open()
    assert (doubt.recount, doubt.raised_by, doubt.raised_at) == (wanted, was.uuid, LATER)


def test_what_somebody_sees_to_elsewhere_stays_a_card_and_is_said_once(store: Store, confirmed: Confirm) -> None:
    was = confirmed()
    refuse(store, was.uuid)

    first = store.outbox.take_up(was.uuid, "settle-in-odoo", "Sue", LATER)
    second = store.outbox.take_up(was.uuid, "settle-in-odoo", "Ana", LATER)

    entry = store.outbox.get(was.uuid)
    assert (first, second) == (True, False)
    assert entry is not None
    assert entry.status is Status.REFUSED
    assert [one.person for one in store.journal.story(was.uuid) if one.event == "taken_up"] == ["Sue"]


def test_only_a_card_is_taken_up(store: Store, confirmed: Confirm) -> None:
    with pytest.raises(WardstockError, match="not_refused"):
        store.outbox.take_up(confirmed().uuid, "settle-in-odoo", "Sue", LATER)
