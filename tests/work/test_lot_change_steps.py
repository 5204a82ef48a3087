"""Another lot for goods in their bin: out of the old one, into the new one, never more or less (ward 29)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from client import papers
from client.work.lots.rules import LotChange
from client.work.site.people import Role
from client.work.site.policy import Policy
from sync.stock import Lot, StockRow
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import LOSS, NOW, PUMP, SYRINGE, TOWEL, label, queued, say
from tests.work.moves import CRATE
from tests.work.wants import A1, LATE, desk_of, want

OLD = label(SYRINGE, lot="S-LATE")
PACKED = Lot(96, SYRINGE.id, "PACKED", date(2028, 3, 31))
NEW = label(SYRINGE, lot="NEW-1", expiry="280131")


def test_ward_29_a_wrong_lot_becomes_the_right_one_in_one_act(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    assert say(desk, "LOC-A1", "!relabel").code == "relabel_here"
    assert say(desk, OLD, "!qty 3").code == "out_of_lot"
    assert say(desk, NEW).code == "into_lot"
    assert say(desk, "!confirm").code == "lot_change_finished"

    [change] = queued(desk)
    assert (change.kind, change.document.source_id, change.document.destination_id) == (Kind.LOT_CHANGE, A1.id, LOSS.id)
    out, back = change.lines
    assert (out.lot_name, out.lot_id, out.done, out.source_id, out.destination_id) == (
        "S-LATE",
        LATE.id,
        Decimal(3),
        A1.id,
        LOSS.id,
    )
    assert (back.lot_name, back.expiry, back.done, back.source_id, back.destination_id) == (
        "NEW-1", date(2028, 1, 31), Decimal(3), LOSS.id, A1.id,
    )  # fmt: skip
    kept = [store.drafts.evidence_of(line.evidence)[0].text for line in change.lines]
    assert ["S-LATE" in text for text in kept] == [True, False]


def test_the_new_label_is_printed(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, "LOC-A1", "!relabel", OLD, "!qty 3", NEW, "!confirm")

    assert isinstance(desk.job, LotChange)
    [block] = papers.new_labels(desk.job)
    [paper] = block.labels
    assert paper.detail == f"(01){SYRINGE.barcode}(17)280131(10)NEW-1"


@pytest.mark.parametrize(
    ("scans", "code"),
    [
        ([OLD], "out_of_lot"),
        ([label(SYRINGE)], "lot_to_take"),
        ([label(SYRINGE, lot="NEVER")], "lot_unknown_here"),
        ([TOWEL.barcode], "not_tracked"),
        ([label(PUMP, serial="SN-STOCK")], "reserved"),
        ([label(SYRINGE, lot="S-SOON")], "reserved"),
        ([OLD, OLD], "same_lot"),
        ([OLD, NEW], "into_lot"),
        ([OLD, NEW, NEW], "lot_unknown_here"),
        ([OLD, "PLAIN-2"], "expiry_missing"),
        ([OLD, "PLAIN-2", "!expiry 06/2028"], "into_lot"),
        ([OLD, "!new-lot TYPED"], "expiry_missing"),
        ([OLD, "!new-lot"], "lot_is_no_lot"),
        ([OLD, "!new-lot NA"], "lot_is_no_lot"),
        ([OLD, label(SYRINGE)], "new_lot_missing"),
        ([OLD, label(SYRINGE, lot="S-SOON")], "into_lot"),
        ([OLD, label(SYRINGE, lot="S-SOON", expiry="270131")], "lot_two_dates"),
        ([OLD, label(SYRINGE, lot="B", expiry="260131")], "move_expired"),
        ([OLD, label(SYRINGE, lot="B", expiry="280131", count=4)], "more_than_out"),
        ([OLD, TOWEL.barcode], "not_tracked"),
        ([OLD, label(PUMP, serial="SN-WARD")], "label_of_another"),
        ([OLD, "LOC-A2"], "new_label_first"),
        ([OLD, "!confirm"], "new_lot_wanted"),
        ([OLD, "!qty 5", NEW, "!qty 2"], "into_lot_partly"),
        ([OLD, NEW, "!undo 1", "!confirm"], "new_lot_without_old"),
        (["!new-lot X"], "old_label_first"),
        (["LOC-LOSS"], "not_a_shelf"),
        (["CS/INT/00020"], "another_order"),
        (["NOBODY-KNOWS"], "unknown_code"),
        (["!confirm"], "nothing_scanned"),
        (["!dance"], "unknown_command"),
    ],
)
def test_every_scan_has_its_answer(store: Store, scans: list[str], code: str) -> None:
    want(store)

    assert say(desk_of(store), "LOC-A1", "!relabel", *scans).code == code


def test_the_bin_comes_first_and_may_be_scanned_in_the_job(store: Store) -> None:
    want(store)
    desk = desk_of(store)

    assert say(desk, "!relabel").code == "relabel_opened"
    assert say(desk, OLD).code == "scan_bin_first"
    assert say(desk, "LOC-A1", OLD).code == "out_of_lot"


def test_uneven_lots_cannot_be_confirmed_by_any_answer(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, "LOC-A1", "!relabel", OLD, "!qty 3", NEW, "!qty 2", "!confirm")

    asked = desk.question()
    assert asked is not None
    assert [choice.command.name for choice in asked.choices] == ["no"]
    assert say(desk, "!yes").code == "not_a_choice"
    assert queued(desk) == []


def test_a_label_with_another_day_is_a_decision(store: Store) -> None:
    """S-SOON is known until the end of 2026; who may changes its day."""
    want(store)
    desk, supervisor = desk_of(store), desk_of(store, Role.SUPERVISOR, "Joana")
    other_day = label(SYRINGE, lot="S-SOON", expiry="270131")

    assert say(desk, "LOC-A1", "!relabel", OLD, other_day, "!use-label").code == "needs_role"
    assert say(desk, "!use-known").code == "into_lot"
    say(supervisor, "LOC-A1", "!relabel", OLD, other_day, "!use-label", "!confirm")

    [change] = queued(supervisor)
    assert change.lines[1].expiry == date(2027, 1, 31)
    assert [(one.question, one.choice, one.line) for one in change.answers] == [("lot_two_dates", "use-label", 2)]


def test_it_is_offered_where_the_site_has_a_place_for_it_and_to_who_may(store: Store) -> None:
    want(store)
    nowhere = desk_of(store)
    nowhere.policy = replace(Policy(), time_zone="UTC")

    assert say(nowhere, "!relabel").code == "relabel_not_mapped"
    assert say(desk_of(store, Role.NURSE, "Nils"), "!relabel").code == "needs_role"


def test_undo_leads_back_step_by_step_and_a_draft_goes_on(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, "LOC-A1", "!relabel", OLD)
    draft = desk.job.uuid if desk.job else ""
    before = desk.job
    say(desk, NEW, "!undo")
    assert before is not None
    assert desk.job is not None
    assert desk.job.additions == before.additions
    say(desk, "!home")

    assert desk.resume(draft).code == "resumed"
    assert say(desk, NEW, "!confirm").code == "lot_change_finished"


def test_ward_02_goods_in_a_crate_are_taken_out_of_it_knowingly(store: Store) -> None:
    """The new lot is booked loose: nobody finds that out from an empty crate."""
    want(store)
    pull = store.catalogue.resume()
    pull.merge("lots", [PACKED])
    pull.merge("stock_rows", [StockRow(97, SYRINGE.id, A1.id, Decimal(5), lot_id=PACKED.id, package_id=CRATE.id)])
    pull.flip(NOW - timedelta(minutes=4))
    desk = desk_of(store)

    said = say(desk, "LOC-A1", "!relabel", label(SYRINGE, lot="PACKED"))
    assert (said.code, said.facts["package"]) == ("out_of_package", CRATE.name)
    assert say(desk, "!no").code == "set_aside"
    assert say(desk, label(SYRINGE, lot="PACKED"), "!yes").code == "out_of_lot"
    say(desk, "!qty 2", NEW, "!confirm")

    [change] = queued(desk)
    assert [(line.lot_name, line.package_id) for line in change.lines] == [("PACKED", CRATE.id), ("NEW-1", None)]
    assert [(one.question, one.line) for one in change.answers] == [("out_of_package", 1)]
