"""Several orders in one delivery: joined by a scan, filled oldest first, chosen by a person (ward 12)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest

from client import messages
from client.work.desk import Desk
from client.work.job import from_draft
from client.work.receiving.delivery import Delivery
from sync.stock import Move, Partner, Picking
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import (
    CANNULA,
    COTTON,
    MOVES,
    NOW,
    ORDER,
    OTHER_ORDER,
    PUMP,
    SYRINGE,
    TOWEL,
    label,
    queued,
    say,
)
from tests.work.receiving import choices, pulled, quantities

STRANGER = Picking(110, "CS/IN/00011", "assigned", 1, 8, 5, "P00020", 12)


def test_ward_12_another_order_of_the_vendor_joins_the_delivery(desk: Desk) -> None:
    assert say(desk, "P00012", "P00013").code == "joined"

    view = desk.view()
    assert view is not None
    assert [(section.order, len(section.rows)) for section in view.sections] == [("P00012", 4), ("P00013", 2)]
    assert say(desk, "CS/IN/00008").code == "already_open"


def test_ward_12_it_joins_typed_too_and_an_unknown_one_is_said(desk: Desk) -> None:
    assert say(desk, "P00012", "!join CS/IN/00008").code == "joined"
    assert say(desk, "!join P99999").code == "no_such_order"


def test_ward_12_another_vendors_order_is_refused_with_what_to_do(store: Store, desk: Desk) -> None:
    pulled(
        store,
        partners=[Partner(12, "Else Ltd")],
        pickings=[STRANGER],
        moves=[Move(250, 110, TOWEL.id, Decimal(5), 1, "Units", 5)],
    )

    said = say(desk, "P00012", "P00020")

    assert (said.code, said.facts["partner"]) == ("another_vendor", "Else Ltd")
    assert desk.delivery is not None
    assert not desk.delivery.joined


def test_ward_12_a_scan_goes_to_the_oldest_open_move_over_all_orders(store: Store, desk: Desk) -> None:
    """P00013 is due a day before P00012: its ten towels are laid there first."""
    dated = [replace(ORDER, scheduled_at=NOW), replace(OTHER_ORDER, scheduled_at=NOW - timedelta(days=1))]
    pulled(store, pickings=dated)

    said = say(desk, "P00012", "P00013", TOWEL.barcode)
    assert said.facts["order"] == "P00013"
    say(desk, "!qty 30", "!note none", "!confirm", "!yes")

    booked = {one.document.picking_id: [line.done for line in one.lines] for one in queued(desk)}
    assert booked == {100: [20], 101: [10]}


def test_ward_12_each_picking_is_a_transaction_and_the_first_carries_what_was_said(desk: Desk) -> None:
    say(desk, "P00012", "P00013", TOWEL.barcode, "!qty 57", label(CANNULA, lot="C1", expiry="280331"))
    assert say(desk, "!note LS-1", "!confirm", "!yes").code == "confirmed"

    first, second = queued(desk)
    assert (first.document.picking_id, second.document.picking_id) == (100, 101)
    assert {one.delivery_note for one in (first, second)} == {"LS-1"}
    assert first.uuid != second.uuid
    assert [line.number for line in second.lines] == [1, 2]


def test_ward_12_the_person_chooses_the_order(desk: Desk) -> None:
    say(desk, "P00012", "P00013", TOWEL.barcode, "!qty 8")
    assert say(desk, "!for P00013").code == "meant_for"
    say(desk, "!note none", "!confirm", "!yes")

    assert [(one.document.picking_id, int(one.lines[0].done)) for one in queued(desk)] == [(101, 8)]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("!for P00099", "not_of_this_delivery"),
        ("!for CS/IN/00008", "meant_for"),
    ],
)
def test_ward_12_only_an_order_of_the_delivery_can_be_meant(desk: Desk, command: str, code: str) -> None:
    assert say(desk, "P00012", "P00013", TOWEL.barcode, command).code == code


def test_ward_12_goods_are_not_meant_for_an_order_that_does_not_have_them(desk: Desk) -> None:
    assert say(desk, "P00012", "P00013", label(CANNULA, lot="C1", expiry="280331"), "!for P00012").code == (
        "not_on_that_order"
    )
    assert say(desk, "P00012", "!for P00013").code == "item_before_order"


def test_ward_12_goods_of_another_order_of_the_vendor_offer_to_join_it(desk: Desk) -> None:
    asked = say(desk, "P00012", label(CANNULA, lot="C1", expiry="280331"))
    assert (asked.code, choices(desk)[0]) == ("not_on_order", "join_order")

    assert say(desk, "!join CS/IN/00008").code == "added"
    assert desk.delivery is not None
    assert not desk.delivery.additions[0].unexpected


def test_ward_12_a_joined_order_opens_the_same_draft_again(desk: Desk) -> None:
    say(desk, "P00012", "P00013", TOWEL.barcode, "!home")

    assert say(desk, "P00013").code == "resumed"
    assert quantities(desk) == ["1"]


def test_ward_12_an_order_begun_in_another_delivery_does_not_join(desk: Desk) -> None:
    say(desk, "P00013", TOWEL.barcode, "!home")

    assert say(desk, "P00012", "P00013").code == "begun_here"


def test_ward_12_an_order_sent_from_here_does_not_join(desk: Desk) -> None:
    say(desk, "P00013", TOWEL.barcode, "!note none", "!confirm", "!yes", "!home")

    assert say(desk, "P00012", "P00013").code == "finished_here"


def test_a_draft_of_the_first_release_still_opens(desk: Desk) -> None:
    """Design 13.2: it knew one picking, and called itself a delivery."""
    say(desk, "P00012", TOWEL.barcode)
    [draft] = desk.store.drafts.open_drafts()
    job = msgspec.json.decode(draft.state)["job"]
    first = {"uuid", "picking", "partner_name", "expected", "opened_at", "person", "next_number"}
    old = {name: value for name, value in job.items() if name in first}
    old["additions"] = [msgspec.json.decode(line) for line in draft.lines.values()]
    for move in old["expected"]:
        del move["picking_id"]
    state = msgspec.json.encode({"schema": 1, "delivery": old}).decode()

    again = from_draft(replace(draft, state=state, lines={}), Delivery)

    assert [share.move.move_id for share in again.shares()] == [202]
    assert again.orders[0].picking == ORDER


def test_what_is_over_goes_on_the_last_order(desk: Desk) -> None:
    say(desk, "P00012", "P00013", TOWEL.barcode, "!qty 60", "!yes", "!note none", "!confirm", "!yes")

    sent = queued(desk)
    assert [(one.kind, int(one.lines[0].done)) for one in sent] == [(Kind.RECEIPT, 47), (Kind.RECEIPT, 13)]
    assert MOVES[2].expected + MOVES[5].expected == 57
    assert SYRINGE.id not in {line.product_id for one in sent for line in one.lines}


def test_ward_33_more_than_one_order_wants_is_not_hidden_by_meaning_it_for_that_one(desk: Desk) -> None:
    say(desk, "P00012", "P00013", TOWEL.barcode, "!qty 57")
    assert say(desk, "!for P00012").code == "more_than_that_order"
    say(desk, "!qty 47", "!for P00012")
    say(desk, "!qty 57", "!note none", "!confirm", "!yes")

    assert {one.document.picking_id: int(one.lines[0].done) for one in queued(desk)} == {100: 47, 101: 10}


# -------------------------------------------------------------------- an order of which nothing came


ALL_OF_THE_FIRST = (
    label(SYRINGE, lot="L1", expiry="280331"), "!qty 100", label(PUMP, serial="SN1"), label(PUMP, serial="SN2"),
    label(TOWEL), "!qty 47", label(COTTON), "!qty 5",
)  # fmt: skip


def test_ward_21_closing_short_says_which_order_stays_open_all_the_same(supervisor: Desk) -> None:
    said = say(supervisor, "P00012", "P00013", TOWEL.barcode, "!note none", "!confirm")
    asked = supervisor.question()
    assert asked is not None
    assert (said.code, messages.question_hint(asked).endswith("Nothing came of P00013: it stays open.")) == (
        "short",
        True,
    )
    [close] = [choice for choice in asked.choices if choice.code == "close_short"]
    assert messages.choice_detail(close) == "The rest is cancelled in Odoo. Nothing came of P00013: it stays open."

    assert say(supervisor, "!close-short").code == "confirmed"
    assert [(one.document.origin, one.close_short) for one in queued(supervisor)] == [("P00012", True)]


def test_ward_21_where_only_an_order_without_goods_is_left_nothing_can_be_closed(supervisor: Desk) -> None:
    assert say(supervisor, "P00012", "P00013", *ALL_OF_THE_FIRST, "!note none", "!confirm").code == "short"
    assert choices(supervisor) == ["keep_rest_open", "go_on_scanning"]

    said = say(supervisor, "!close-short")
    assert (said.code, said.facts["order"]) == ("nothing_to_close", "P00013")
    assert say(supervisor, "!yes").code == "confirmed"
    assert [one.close_short for one in queued(supervisor)] == [False]
