"""Others finished or cancelled the papers of a draft meanwhile: nothing is sent again without a person (ward 10)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from client import messages
from client.work.desk import Desk
from sync.stock import Lot, Move
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import NOW, ORDER, SYRINGE, TOWEL, label, queued, say
from tests.work.receiving import choices, pulled, quantities

DONE = replace(ORDER, state="done")
BACKORDER = replace(ORDER, id=130, name="CS/IN/00013", backorder_id=ORDER.id)
LEFT = [
    Move(270, 130, SYRINGE.id, Decimal(40), 1, "Units", 5),
    Move(271, 130, TOWEL.id, Decimal(47), 1, "Units", 5),
]
EIGHTY = (label(SYRINGE, lot="L1", expiry="280331"), "!qty 80")


def begun(desk: Desk, *more: str) -> None:
    say(desk, "P00012", *EIGHTY, *more, "!note none", "!home")


def resumed(desk: Desk) -> str:
    [draft] = desk.store.drafts.open_drafts()
    return desk.resume(draft.uuid).code


def test_ward_10_what_odoo_has_stands_beside_what_was_scanned(store: Store, desk: Desk) -> None:
    begun(desk)
    pulled(store, closed=[DONE], pickings=[BACKORDER], moves=LEFT, lots=[Lot(90, SYRINGE.id, "L1")])

    assert resumed(desk) == "resumed_closed"
    asked = desk.question()
    assert asked is not None
    assert (asked.code, choices(desk)) == ("booked_elsewhere", ["same_goods", "only_difference", "really_more"])
    told = messages.question_hint(asked)
    assert "80 / 60" in told
    assert "L1" in told
    assert BACKORDER.name in told


def test_ward_10_the_question_comes_at_the_next_scan_too_and_nothing_is_added(store: Store, desk: Desk) -> None:
    say(desk, "P00012", *EIGHTY)
    pulled(store, closed=[DONE], pickings=[BACKORDER], moves=LEFT)

    assert say(desk, TOWEL.barcode).code == "answer_first"
    assert say(desk, "!confirm").code == "answer_first"
    assert quantities(desk) == ["80"]


def test_ward_10_the_same_goods_are_not_sent(store: Store, desk: Desk) -> None:
    begun(desk)
    pulled(store, closed=[DONE], pickings=[BACKORDER], moves=LEFT)
    resumed(desk)

    assert say(desk, "!same-goods").code == "same_goods_dropped"
    assert say(desk, "!confirm").code == "nothing_scanned"
    assert queued(desk) == []


def test_ward_10_only_the_difference_goes_on_the_backorder(store: Store, desk: Desk) -> None:
    begun(desk, TOWEL.barcode)
    pulled(store, closed=[DONE], pickings=[BACKORDER], moves=LEFT)
    resumed(desk)

    assert say(desk, "!difference").code == "difference_left"
    assert quantities(desk) == ["20", "1"]
    say(desk, "!confirm", "!yes")
    [sent] = queued(desk)
    assert (sent.kind, sent.document.picking_id) == (Kind.RECEIPT, 130)
    assert [(line.move_id, int(line.done)) for line in sent.lines] == [(270, 20), (271, 1)]


def test_ward_10_really_more_is_beside_the_order_and_by_role(store: Store, desk: Desk, supervisor: Desk) -> None:
    begun(desk)
    pulled(store, closed=[DONE])
    resumed(desk)
    assert choices(desk) == ["same_goods", "really_more"]
    assert say(desk, "!really-more").code == "needs_role"

    [draft] = store.drafts.open_drafts()
    supervisor.resume(draft.uuid)
    assert say(supervisor, "!really-more").code == "more_beside"
    assert say(supervisor, "!confirm").code == "confirmed"
    [sent] = queued(supervisor)
    assert (sent.kind, sent.document.origin, int(sent.lines[0].done)) == (Kind.BLIND_RECEIPT, "P00012", 80)


def test_ward_10_goods_of_a_cancelled_order_are_flagged_for_purchasing(store: Store, supervisor: Desk) -> None:
    begun(supervisor)
    pulled(store, closed=[replace(ORDER, state="cancel")])
    resumed(supervisor)

    asked = supervisor.question()
    assert asked is not None
    assert asked.code == "order_cancelled"
    say(supervisor, "!really-more", "!confirm")
    assert queued(supervisor)[0].reason == "no order"


def test_ward_10_only_the_order_that_was_booked_is_asked_about(store: Store, desk: Desk) -> None:
    say(desk, "P00012", "P00013", *EIGHTY, TOWEL.barcode, "!for P00013", "!note none", "!home")
    pulled(store, closed=[DONE])
    resumed(desk)

    say(desk, "!same-goods")
    assert quantities(desk) == ["1"]
    assert say(desk, "!confirm", "!yes").code == "confirmed"
    assert [one.document.picking_id for one in queued(desk)] == [101]


@pytest.mark.parametrize("command", ["!same-goods", "!difference", "!really-more"])
def test_the_ways_out_answer_nothing_where_nothing_is_booked(desk: Desk, command: str) -> None:
    assert say(desk, "P00012", *EIGHTY, command).code == "nothing_asked"


def test_after_the_same_goods_nothing_is_left_of_a_draft_without_any(store: Store, desk: Desk) -> None:
    say(desk, "P00012", *EIGHTY)
    pulled(store, closed=[DONE])

    assert say(desk, "!same-goods").code == "same_goods_dropped"
    say(desk, "!home")
    assert desk.store.drafts.open_drafts() == []


def test_ward_33_more_on_papers_that_are_finished_is_not_received_beside_them_by_anybody(
    store: Store, desk: Desk
) -> None:
    say(desk, "P00012", *EIGHTY)
    pulled(store, closed=[DONE])
    say(desk, "!same-goods")

    assert say(desk, TOWEL.barcode).code == "not_on_order"
    assert say(desk, "!yes").code == "needs_role"


def refused(desk: Desk) -> str:
    [entry] = desk.store.outbox.rows()
    desk.store.outbox.mark_sending(entry.uuid, NOW)
    desk.store.outbox.mark_refused(entry.uuid, "odoo_refused", {"says": "no"}, NOW)
    return entry.reference


def test_ward_10_a_refused_receipt_put_right_after_others_booked_it_is_asked_about(store: Store, desk: Desk) -> None:
    """Nothing of it may come beside the finished papers in silence: they may be the same goods."""
    say(desk, "P00012", *EIGHTY, "!confirm", "!yes", "!home")
    reference = refused(desk)
    pulled(store, closed=[DONE])

    assert say(desk, f"!settle {reference} correct").code == "correcting"
    assert say(desk, "!confirm").code == "answer_first"
    assert choices(desk) == ["same_goods", "really_more"]
    assert say(desk, "!really-more").code == "needs_role"


def test_what_was_refused_at_the_door_stands_in_the_receipt_put_right_too(desk: Desk) -> None:
    say(desk, "P00012", *EIGHTY, "!refuse 3 wet", "!confirm", "!yes", "!home")
    say(desk, f"!settle {refused(desk)} correct", "!confirm", "!yes")

    told = [[one.choice for one in sent.answers if one.question == "refused_at_the_door"] for sent in queued(desk)]
    assert told[0] == told[1] == ["3 Units Syringe 5 ml, lot L1: wet"]
