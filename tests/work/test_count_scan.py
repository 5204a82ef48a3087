"""Counting what lies in a bin: each scan adds, zero is said, and whose, which lot, which day is asked where it must."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from client.work.desk import Desk
from client.work.site.holds import line_for
from client.work.site.policy import Policy
from sync.stock import StockRow, Tracking
from tests.work.conftest import (
    BOX,
    CANNULA,
    COTTON,
    GOWN,
    KNOWN_LOT,
    MASK,
    NOW,
    ORDER,
    PUMP,
    SYRINGE,
    TOWEL,
    label,
    product,
    queued,
    say,
)
from tests.work.counts import OLD_LOT, OTHER_LOT, OWNER, PACKAGE, ROWS, counting, shown, stocked

SERVICE = replace(product(22, "Repair", Tracking.NONE), is_storable=False)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    stocked(desk.store, products=[COTTON, GOWN, SERVICE])
    say(desk, "!count LOC-A")
    return desk


def found(desk: Desk) -> dict[tuple[str, str, str], Decimal]:
    """What the page says was found: product, lot, package and owner."""
    return {(row.name, row.lot, row.apart): row.counted for row in shown(desk).rows}


def test_product_lot_and_quantity_in_one_symbol_are_counted_at_once_and_again(desk: Desk) -> None:
    said = say(desk, label(SYRINGE, lot="AB0123", count=10), label(SYRINGE, lot="AB0123", count=10))

    assert (said.code, said.facts["total"]) == ("counted", 20)
    assert found(desk) == {("Syringe 5 ml", "AB0123", ""): Decimal(20)}


def test_a_quantity_is_said_of_goods_without_lot(desk: Desk) -> None:
    assert say(desk, TOWEL.barcode, "!qty 41").code == "counted_changed"
    assert found(desk) == {("Paper towel", "", ""): Decimal(41)}


def test_a_box_counts_what_is_in_it(desk: Desk) -> None:
    say(desk, BOX.barcode, TOWEL.barcode)

    assert found(desk) == {("Paper towel", "", ""): Decimal(11)}


def test_the_lot_is_asked_and_scanned_or_typed(desk: Desk) -> None:
    assert say(desk, SYRINGE.barcode).code == "count_lot"
    assert say(desk, "AB0123").code == "counted"
    assert say(desk, SYRINGE.barcode, "!lot ZZ9").code == "counted"


def test_a_new_lot_is_welcome_with_its_day(desk: Desk) -> None:
    assert say(desk, label(SYRINGE, lot="NEW7")).code == "expiry_missing"
    assert say(desk, "!expiry 06/2028").code == "counted"
    assert say(desk, label(SYRINGE, lot="NEW7")).code == "counted"
    assert {add.expiry for add in counting(desk).additions} == {date(2028, 6, 30)}


def test_a_best_before_date_is_not_taken_for_the_expiry_in_silence(desk: Desk) -> None:
    code = f"]d201{SYRINGE.barcode}15280630" + "10NEW8"

    assert say(desk, code).code == "best_before_only"
    assert say(desk, "!expiry 2028-06-30").code == "counted"


def test_goods_nobody_expected_here_are_counted_like_all_others(desk: Desk) -> None:
    assert say(desk, label(CANNULA, lot="CANNULA-LOT")).code == "counted"
    assert say(desk, MASK.barcode).code == "counted"


def test_zero_is_said_of_the_label_on_the_shelf(desk: Desk) -> None:
    assert say(desk, TOWEL.barcode, "!zero").code == "counted_zero"
    assert found(desk) == {("Paper towel", "", ""): Decimal(0)}


@pytest.mark.parametrize("text", ["MED-0001 lot AB0123", f"{SYRINGE.barcode} lot AB0123"])
def test_zero_is_said_of_a_lot_by_its_code(desk: Desk, text: str) -> None:
    assert say(desk, f"!zero {text}").code == "counted_zero"


def test_zero_typed_as_a_quantity_is_a_word_too(desk: Desk) -> None:
    assert say(desk, TOWEL.barcode, "!qty 0").code == "counted_zero"


def test_none_of_a_product_is_said_without_naming_its_lots(desk: Desk) -> None:
    said = say(desk, "!zero MED-0001")

    assert said.code == "counted_none"
    assert "AB0123" not in str(said)


def test_none_is_answered_alike_whatever_the_book_has(desk: Desk) -> None:
    """What the answer says must not tell whether the book has some (complaint 12)."""
    there, not_there = say(desk, "!zero MED-0001"), say(desk, "!zero MED-0002")

    assert there.code == not_there.code
    assert {**there.facts, "product": ""} == {**not_there.facts, "product": ""}


def test_what_was_counted_is_not_said_to_be_zero(desk: Desk) -> None:
    say(desk, label(SYRINGE, lot="AB0123"), label(SYRINGE, lot="AB0123"))

    assert say(desk, "!zero").code == "counted_not_zero"
    assert say(desk, "!zero MED-0001 lot AB0123").code == "counted_not_zero"
    assert found(desk) == {("Syringe 5 ml", "AB0123", ""): Decimal(2)}


@pytest.mark.parametrize(("text", "code"), [("!zero", "item_before_zero"), ("!zero NO-SUCH", "unknown_code")])
def test_zero_of_nothing_is_asked_back(desk: Desk, text: str, code: str) -> None:
    assert say(desk, text).code == code


def test_a_bin_with_something_in_it_is_not_empty(desk: Desk) -> None:
    assert say(desk, TOWEL.barcode, "!empty").code == "not_empty"


def test_a_serial_is_one_piece_and_counted_once(desk: Desk) -> None:
    assert say(desk, label(PUMP, serial="SN-STOCK")).code == "counted"
    assert say(desk, label(PUMP, serial="SN-STOCK")).code == "serial_counted"
    assert say(desk, "!qty 2").code in {"item_before_qty", "serial_counts_one"}


def test_a_serial_known_elsewhere_is_said_and_counted_as_missing_there(desk: Desk) -> None:
    say(desk, "!home", "!count LOC-B")

    asked = say(desk, label(PUMP, serial="SN-STOCK"))
    assert (asked.code, asked.facts["lies"]) == ("serial_lies_elsewhere", "CS/Stock/Shelf A")
    assert say(desk, "!yes").code == "counted"

    say(
        desk, TOWEL.barcode, "!qty 43", label(CANNULA, lot="CANNULA-LOT", count=6), "!confirm", "!recount", "BADGE-CORA"
    )
    say(desk, label(PUMP, serial="SN-STOCK"), "!yes", "!confirm", "!reason moved")
    (made,) = queued(desk)
    pumps = {line.source_id: line.counted for line in made.lines if line.product_id == PUMP.id}
    assert pumps == {20: 1, 19: 0}


def test_ward_02_one_owners_goods_are_counted_as_theirs(desk: Desk) -> None:
    rows = (StockRow(9, SYRINGE.id, 19, Decimal(12), lot_id=OTHER_LOT.id, owner_id=OWNER.id),)
    stocked(desk.store, *ROWS, *rows)

    say(desk, label(SYRINGE, lot="ZZ9", count=12))

    assert found(desk) == {("Syringe 5 ml", "ZZ9", "Acme Implants"): Decimal(12)}


def test_ward_02_two_owners_in_a_bin_are_asked_about_and_the_next_pack_is_the_same_ones(desk: Desk) -> None:
    rows = (
        StockRow(9, SYRINGE.id, 19, Decimal(12), lot_id=OTHER_LOT.id, owner_id=OWNER.id),
        StockRow(10, SYRINGE.id, 19, Decimal(5), lot_id=OTHER_LOT.id, package_id=PACKAGE.id),
    )
    stocked(desk.store, *ROWS, *rows)

    asked = say(desk, label(SYRINGE, lot="ZZ9"))

    assert asked.code == "count_whose"
    assert "12" not in str(desk.question())
    assert say(desk, "!whose 0/31", label(SYRINGE, lot="ZZ9")).code == "counted"
    say(desk, label(SYRINGE, lot="AB0123"))
    assert say(desk, label(SYRINGE, lot="ZZ9")).code == "count_whose"
    say(desk, "!whose 91/0")
    assert found(desk)["Syringe 5 ml", "ZZ9", "Acme Implants"] == 2
    assert found(desk)["Syringe 5 ml", "ZZ9", "PACK91"] == 1


def test_goods_that_expired_are_counted_and_said_to_be_put_aside(desk: Desk) -> None:
    assert say(desk, label(SYRINGE, lot=OLD_LOT.name)).code == "counted_expired"
    assert found(desk) == {("Syringe 5 ml", "OLD1", ""): Decimal(1)}


def test_ward_31_goods_on_hold_are_counted_and_said_to_be_put_aside(desk: Desk) -> None:
    desk.store.holds.hold(line_for(SYRINGE, "recalled", NOW.date(), "AB0123"), "Joana", NOW)

    said = say(desk, label(SYRINGE, lot="AB0123"))

    assert said.code == "counted_held"
    assert "recalled" in str(said.facts["why"])


def test_a_lot_with_another_day_on_its_label_is_asked_about_and_keeps_the_known_one(desk: Desk) -> None:
    assert say(desk, label(SYRINGE, lot="AB0123", expiry="270101")).code == "lot_two_dates"
    assert say(desk, "!use-known").code == "counted"
    assert counting(desk).additions[0].expiry == KNOWN_LOT.expiry


def test_undo_gives_back_exactly_the_state_before(desk: Desk) -> None:
    say(desk, label(SYRINGE, lot="AB0123"))
    before = counting(desk)

    say(desk, TOWEL.barcode, "!undo")

    after = counting(desk)
    assert replace(after, next_number=0, current=0) == replace(before, next_number=0, current=0)


def test_any_line_is_taken_back_by_its_number_and_a_zero_too(desk: Desk) -> None:
    say(desk, label(SYRINGE, lot="AB0123"), TOWEL.barcode, "!zero")

    assert say(desk, "!undo 1").code == "undone"
    assert say(desk, "!undo").code == "undone"
    assert found(desk) == {}


def test_a_zero_becomes_a_number_again(desk: Desk) -> None:
    assert say(desk, TOWEL.barcode, "!zero", "!qty 5").code == "counted_changed"
    assert found(desk) == {("Paper towel", "", ""): Decimal(5)}


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (GOWN.barcode, "product_archived"),
        (SERVICE.barcode, "not_kept_in_stock"),
        (label(SYRINGE, lot="N/A"), "count_lot"),
        (label(SYRINGE, lot="AB0I23"), "lot_nearly_known"),
        (label(SYRINGE, lot="CANNULA-LOT"), "lot_of_another"),
        (f"]d201{SYRINGE.barcode}10AB0123\x1d3000", "quantity"),
        ("]d210AB0123", "product_missing"),
        ("LOC-A", "counting_already"),
        (ORDER.name, "papers_in_count"),
        ("what-is-this", "unknown_code"),
        ("LOC-LOSS", ""),
        ("!yes", "nothing_asked"),
        ("!not-there", "nothing_asked"),
        ("!none-there", "nothing_asked"),
        ("!waive", "nothing_asked"),
        ("!reason lost", "nothing_asked"),
        ("!again", "nothing_asked"),
        ("!whose 0/0", "nothing_asked"),
        ("!lot X1", "lot_not_asked"),
        ("!expiry 2028-01-01", "expiry_not_asked"),
        ("!take 1", "not_in_the_list"),
        ("!here", "nothing_asked"),
    ],
)
def test_every_scan_in_a_bin_has_an_answer(desk: Desk, scan: str, code: str) -> None:
    assert say(desk, scan).code.startswith(code)
    assert not queued(desk)


@pytest.mark.parametrize("scan", [TOWEL.barcode, "LOC-B", "!confirm", "!zero MED-0001", "!empty"])
def test_while_something_is_asked_another_scan_waits_and_nothing_is_lost(desk: Desk, scan: str) -> None:
    say(desk, SYRINGE.barcode)

    assert say(desk, scan).code in {"answer_first", "answer_first_then_place", "not_empty"}
    assert counting(desk).pending
    assert not counting(desk).additions


def test_another_shelf_waits_until_this_one_is_finished(desk: Desk) -> None:
    assert say(desk, TOWEL.barcode, "LOC-B").code == "finish_this_bin"
    assert counting(desk).additions


def test_a_shelf_scanned_by_mistake_is_left_for_the_right_one(desk: Desk) -> None:
    assert say(desk, "LOC-B").facts["place"] == "Shelf B"
    assert [draft.document for draft in desk.store.drafts.open_drafts()] == ["CS/Stock/Shelf B"]


def test_goods_measured_in_parts_are_counted_in_steps_of_their_unit(desk: Desk) -> None:
    assert say(desk, COTTON.barcode, "!qty 2.25").code == "counted_changed"
    assert say(desk, "!qty 2.255").code == "quantity_fraction"


def test_the_policy_of_a_site_changes_nothing_about_being_blind(desk: Desk) -> None:
    desk.policy = Policy(apply_counts=True)

    assert say(desk, label(SYRINGE, lot="AB0123")).facts["total"] == 1
