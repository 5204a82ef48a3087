"""Undo, finishing, resuming, and what stands in the outbox afterwards."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest

from client.work.desk import Desk
from client.work.site.people import Person, Role
from client.work.site.policy import Policy
from sync.stock import Move
from sync.store import Store
from sync.transaction import Kind, from_body, to_body
from tests.work.conftest import (
    BIN_A,
    BOX,
    CANNULA,
    COTTON,
    KEY,
    MASK,
    MOVES,
    PUMP,
    SYRINGE,
    TOWEL,
    StoppedClock,
    fill,
    label,
    queued,
    say,
)
from tests.work.receiving import pulled

ONE_LOT = label(SYRINGE, lot="L1", expiry="280331", count=60)


def test_undo_takes_back_the_last_scan_then_the_one_before(desk: Desk) -> None:
    say(desk, "P00012", ONE_LOT, TOWEL.barcode)

    assert say(desk, "!undo").facts["product"] == TOWEL.name
    assert say(desk, "!undo").facts["product"] == SYRINGE.name
    assert say(desk, "!undo").code == "nothing_to_undo"


def test_any_line_can_be_taken_back(desk: Desk) -> None:
    say(desk, "P00012", ONE_LOT, TOWEL.barcode)

    assert say(desk, "!undo 1").facts["product"] == SYRINGE.name
    assert desk.delivery
    assert [add.product.id for add in desk.delivery.additions] == [TOWEL.id]


def test_undo_takes_back_an_open_question_first(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, label(SYRINGE), "!undo")

    assert desk.question() is None
    assert desk.delivery
    assert len(desk.delivery.additions) == 1


def test_an_unfinished_delivery_is_resumed_where_it_was(desk: Desk) -> None:
    say(desk, "P00012", ONE_LOT, label(SYRINGE))
    again = Desk(desk.store, desk.person, desk.policy, desk.clock)

    assert say(again, "P00012").code == "resumed"
    asked = again.question()
    assert asked
    assert asked.code == "lot_missing"
    assert say(again, "!lot L2", "!expiry 2028-03-31").code == "added"


def test_a_draft_nothing_was_scanned_into_is_not_kept(desk: Desk) -> None:
    say(desk, "P00012", "!home")

    assert desk.store.drafts.open_drafts() == []


def test_what_is_short_is_announced_before_finishing(desk: Desk) -> None:
    """Ward 21."""
    said = say(desk, "P00012", ONE_LOT, "!note none", "!confirm")
    assert (said.tone, said.code, said.facts["short"]) == ("ask", "short", 4)

    assert say(desk, "!yes").code == "confirmed"
    assert queued(desk)[0].close_short is False


def test_only_a_supervisor_closes_short(desk: Desk, supervisor: Desk) -> None:
    """Ward 21."""
    say(desk, "P00012", ONE_LOT)
    assert say(desk, "!note none", "!close-short").code == "needs_role"

    say(supervisor, "P00012", "!yes")
    assert say(supervisor, "!close-short").code == "confirmed"
    assert queued(desk)[0].close_short is True


def test_where_odoo_never_makes_a_backorder_the_loss_is_announced(store: Store, desk: Desk, supervisor: Desk) -> None:
    """Ward 21: the picking type cancels the rest by itself."""
    fill(store, create_backorder="never")
    assert say(desk, "P00012", ONE_LOT, "!note none", "!confirm").code == "short_never"
    assert say(desk, "!yes").code == "needs_role"

    assert say(supervisor, "P00012", "!yes", "!note none", "!confirm", "!yes").code == "confirmed"
    assert queued(supervisor)[0].close_short is True


def test_a_second_tap_on_finish_queues_nothing_more(desk: Desk) -> None:
    say(desk, "P00012", ONE_LOT, "!note none", "!confirm", "!yes")

    assert say(desk, "!note none", "!confirm").code == "already_confirmed"
    assert len(queued(desk)) == 1


def test_an_open_question_comes_before_finishing(desk: Desk) -> None:
    assert say(desk, "P00012", ONE_LOT, label(SYRINGE), "!note none", "!confirm").code == "answer_first"


def test_the_body_says_what_was_scanned_in_base_units(desk: Desk) -> None:
    """Design 13.3."""
    say(desk, "P00012", ONE_LOT, BOX.barcode, "!qty 4", "LOC-A", "!note none", "!confirm", "!yes")

    sent = queued(desk)[0]
    syringe, towel = sent.lines
    assert (sent.kind, sent.person, sent.document.picking_id) == (Kind.RECEIPT, "Mira Lindqvist", 100)
    assert (syringe.done, syringe.lot_name, syringe.expiry, syringe.move_id) == (
        Decimal(60),
        "L1",
        date(2028, 3, 31),
        200,
    )
    assert (syringe.source_id, syringe.destination_id) == (8, 20)
    assert (towel.done, towel.unit, towel.count, towel.destination_id) == (
        Decimal(40),
        "Box of 10",
        Decimal(4),
        BIN_A.id,
    )
    assert from_body(to_body(sent)) == sent


def test_scans_of_one_lot_become_one_line_with_all_their_evidence(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE, lot="L1", expiry="280331"), label(SYRINGE, lot="L1", expiry="280331"))
    say(desk, label(SYRINGE, lot="L2", expiry="280331"), "!note none", "!confirm", "!yes")

    first, second = queued(desk)[0].lines
    assert (first.done, len(first.evidence), second.done, second.number) == (Decimal(2), 2, Decimal(1), 2)
    assert {proof.text for proof in desk.store.drafts.evidence_of(first.evidence)} == {
        ONE_LOT[3:].replace("3060", "").strip("\x1d")
    }


def test_goods_beside_the_order_are_a_receipt_of_their_own_naming_it(desk: Desk) -> None:
    say(desk, "P00012", ONE_LOT, MASK.barcode, "!yes", "!note none", "!confirm", "!yes")

    planned, blind = queued(desk)
    assert (planned.kind, blind.kind) == (Kind.RECEIPT, Kind.BLIND_RECEIPT)
    assert (blind.document.picking_id, blind.document.origin, blind.document.partner_id) == (None, "P00012", 11)
    assert blind.uuid != planned.uuid
    assert blind.answers[0].question == "not_on_order"


def test_a_lot_fills_the_older_move_first_and_what_is_over_goes_on_the_last(store: Store, desk: Desk) -> None:
    """Ward 12."""
    pull = store.catalogue.begin()
    pull.add(moves=[*MOVES, Move(206, 100, TOWEL.id, Decimal(20), 1, "Units", 5)])
    pull.flip(desk.clock.now())

    say(desk, "P00012", TOWEL.barcode, "!qty 70", "!yes", "!note none", "!confirm", "!yes")
    assert [(line.move_id, line.done) for line in queued(desk)[0].lines] == [(202, Decimal(47)), (206, Decimal(23))]


def test_what_a_colleague_picked_in_odoo_is_not_expected_again(store: Store, desk: Desk) -> None:
    """Ward 11."""
    pull = store.catalogue.begin()
    pull.add(moves=[replace(MOVES[0], others_picked=Decimal(60))])
    pull.flip(desk.clock.now())

    say(desk, "P00012")
    assert desk.delivery
    assert desk.delivery.ordered(SYRINGE.id) == 40


def test_a_cloned_draft_makes_the_same_transaction(desk: Desk, tmp_path: Path) -> None:
    """Design 13.1."""
    say(desk, "P00012", ONE_LOT)
    desk.store.checkpoint()
    copytree(tmp_path, tmp_path.with_name("clone"))
    clone = Store.open(tmp_path.with_name("clone") / "wardstock.db", KEY)
    try:
        twin = Desk(clone, desk.person, desk.policy, desk.clock)
        say(twin, "P00012", "!note none", "!confirm", "!yes")
        say(desk, "!note none", "!confirm", "!yes")
        assert queued(twin)[0].uuid == queued(desk)[0].uuid
    finally:
        clone.close()


def test_a_patients_label_is_refused_and_leaves_no_trace(desk: Desk) -> None:
    """Design 7."""
    say(desk, "P00012")
    assert desk.delivery
    said = say(desk, "]d28018952123453676760006\x1d725019700101")

    assert said.code == "patient_label"
    assert desk.store.drafts.evidence(desk.delivery.uuid) == []


def test_texts_that_meant_nothing_go_when_the_draft_closes(desk: Desk) -> None:
    """Design 7."""
    say(desk, "P00012", "rubbish-77", TOWEL.barcode)
    assert desk.delivery
    uuid = desk.delivery.uuid
    assert [proof.text for proof in desk.store.drafts.evidence(uuid)] == ["rubbish-77", TOWEL.barcode]

    say(desk, "!note none", "!confirm", "!yes")
    assert [proof.text for proof in desk.store.drafts.evidence(uuid)] == [TOWEL.barcode]


def test_a_truncated_symbol_is_not_a_product(desk: Desk) -> None:
    say(desk, "P00012")

    assert say(desk, label(SYRINGE)[:12]).tone == "no"


def test_a_wrong_check_digit_is_a_misread(desk: Desk) -> None:
    digit = str((int(SYRINGE.barcode[-1]) + 1) % 10)

    assert say(desk, "P00012", f"]d201{SYRINGE.barcode[:-1]}{digit}10L1").code == "misread"


@pytest.mark.parametrize("text", ["12,5", "0.25"])
def test_a_comma_is_a_decimal_point(desk: Desk, text: str) -> None:
    said = say(desk, "P00012", COTTON.barcode, f"!qty {text}")

    assert said.tone in {"ok", "ask"}


@pytest.mark.parametrize("text", ["-1", "1e9", "inf", "", "4711000000000", "0"])
def test_what_is_no_quantity_changes_nothing(desk: Desk, text: str) -> None:
    say(desk, "P00012", label(PUMP, serial="S1"))

    assert say(desk, f"!qty {text}").tone == "no"
    assert desk.delivery
    assert desk.delivery.received(PUMP.id) == 1


def test_a_delivery_finished_here_is_not_opened_a_second_time(desk: Desk) -> None:
    """It would be received twice by two people who both mean well."""
    say(desk, "P00012", ONE_LOT, "!note none", "!confirm", "!yes", "!home")

    assert say(desk, "P00012").code == "finished_here"
    assert desk.delivery is None


def test_a_late_pack_does_not_slip_into_another_delivery(desk: Desk) -> None:
    say(desk, "P00012", ONE_LOT, "!note none", "!confirm", "!yes")

    assert say(desk, label(CANNULA, lot="C1", expiry="280331")).code == "already_confirmed"
    assert say(desk, "P00013").code == "opened"


def test_complaint_12_who_closes_short_sees_what_is_missing_and_nobody_after(store: Store) -> None:
    blind = Policy(blind_receiving=True, ask_delivery_note=True)
    desk = Desk(store, Person("Joana Adeyemi", Role.SUPERVISOR), blind, StoppedClock())
    assert say(desk, "P00012", TOWEL.barcode, "!close-short").code == "delivery_note"
    say(desk, "!note none")
    assert say(desk, "!no").code == "ready"

    view = desk.view()
    assert view is not None
    assert {row.expected for section in view.sections for row in section.rows} == {Decimal(0)}


def test_a_delivery_of_which_only_papers_were_noted_can_be_left_for_good(desk: Desk) -> None:
    say(desk, "P00012", "!note LS-1", "!home")
    assert len(desk.store.drafts.open_drafts()) == 1

    assert say(desk, "P00012", "!undo").code == "undone_papers"
    say(desk, "!home")
    assert desk.store.drafts.open_drafts() == []


def test_ward_33_more_than_an_order_that_shrank_is_agreed_to_again(store: Store) -> None:
    """48 of 47 was within the tolerance; 48 of 5 is not."""
    desk = Desk(store, Person("Mira Lindqvist"), Policy(over_receipt_percent=Decimal(10)), StoppedClock())
    assert say(desk, "P00012", TOWEL.barcode, "!qty 48", "!yes").code == "changed"
    pulled(store, moves=[replace(MOVES[2], expected=Decimal(5))])

    assert say(desk, "!confirm").code == "too_much_now"
    assert say(desk, "!yes").code == "needs_role"
