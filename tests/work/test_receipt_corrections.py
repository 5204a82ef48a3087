"""A wrong scan is corrected on the device, all that is left is taken at once, nothing scanned is lost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from client.work.desk import Desk
from client.work.site.policy import Policy
from sync.stock import Move
from sync.store import Store
from tests.work.conftest import BIN_A, BOX, COTTON, MASK, PUMP, SYRINGE, TOWEL, label, queued, say
from tests.work.receiving import choices, pulled, quantities

GOOD = label(SYRINGE, lot="L1", expiry="280331")


def lots(desk: Desk) -> list[tuple[str, date | None]]:
    assert desk.delivery is not None
    return [(add.lot_name, add.expiry) for add in desk.delivery.additions]


def test_complaint_15_quantity_lot_day_and_place_of_any_line_are_changed(desk: Desk) -> None:
    say(desk, "P00012", GOOD, "!qty 10", TOWEL.barcode)

    said = say(desk, "!fix 1")
    assert (said.code, said.facts["lot"], said.row) == ("fixing", "L1", f"order:{SYRINGE.id}")
    assert say(desk, "!qty 12").code == "changed"
    assert say(desk, "!lot L2").code == "corrected"
    assert say(desk, "!expiry 06/2029").code == "corrected"
    assert say(desk, "LOC-A").code == "put_in"

    say(desk, "!note none", "!confirm", "!yes")
    line = queued(desk)[0].lines[0]
    assert (int(line.done), line.lot_name, line.expiry, line.destination_id) == (12, "L2", date(2029, 6, 30), BIN_A.id)
    told = [answer.choice for answer in queued(desk)[0].answers if answer.question == "corrected"]
    assert told == ["lot L1 → L2", "expiry 2028-03-31 → 2029-06-30"]


def test_complaint_15_the_item_just_scanned_needs_no_number(desk: Desk) -> None:
    assert say(desk, "P00012", GOOD, "!lot AB0123").code == "corrected"
    assert lots(desk) == [("AB0123", date(2028, 3, 31))]


def test_a_corrected_line_is_judged_as_if_it_had_just_come(desk: Desk) -> None:
    say(desk, "P00012", GOOD)

    assert say(desk, "!expiry 2020-01-31").code == "expired"
    assert say(desk, "!no").code == "left_as_it_was"
    assert lots(desk) == [("L1", date(2028, 3, 31))]
    assert say(desk, "!fix 1", "!lot NA").code == "lot_is_no_lot"
    assert lots(desk) == [("L1", date(2028, 3, 31))]


def test_a_serial_is_corrected_and_stays_one_of_its_kind(desk: Desk) -> None:
    say(desk, "P00012", label(PUMP, serial="S1"), label(PUMP, serial="S2"))

    assert say(desk, "!serial S1").code == "serial_twice"
    assert say(desk, "!serial S3").code == "corrected"
    assert [name for name, _ in lots(desk)] == ["S1", "S3"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("!fix 7",), "no_such_line"),
        (("!fix",), "no_such_line"),
        ((TOWEL.barcode, "!lot L1"), "lot_not_asked"),
        ((label(SYRINGE), "!fix 1"), "answer_first"),
        (("!lot L1",), "lot_not_asked"),
        (("!expiry 2029-01-31",), "expiry_not_asked"),
    ],
)
def test_what_cannot_be_corrected_is_said(desk: Desk, lines: tuple[str, ...], code: str) -> None:
    assert say(desk, "P00012", *lines).code == code


def test_complaint_07_a_later_step_never_loses_what_was_scanned(desk: Desk) -> None:
    say(desk, "P00012", GOOD, "!qty 30", "!fix 1", TOWEL.barcode, label(SYRINGE), "!no", "!undo")

    assert quantities(desk) == ["30"]


def test_ward_15_all_that_is_left_of_the_lot_just_scanned(desk: Desk) -> None:
    assert say(desk, "P00012", GOOD, "!all").facts["quantity"] == 100
    assert say(desk, "!all").code == "nothing_left"


@pytest.mark.parametrize(("ordered", "content", "count"), [(47, 10, 47), (47, 12, 47), (40, 10, 4)])
def test_ward_05_all_in_boxes_stays_in_boxes_where_they_divide(
    store: Store, desk: Desk, ordered: int, content: int, count: int
) -> None:
    towels = Move(202, 100, TOWEL.id, Decimal(ordered), 1, "Units", 5)
    pulled(store, packagings=[replace(BOX, quantity=Decimal(content))], moves=[towels])
    say(desk, "P00012", BOX.barcode, "!all", "!note none", "!confirm", "!yes")

    [line] = queued(desk)[0].lines
    assert (str(line.done), str(line.count)) == (str(ordered), str(count))


def test_all_of_everything_that_is_not_followed(desk: Desk) -> None:
    assert say(desk, "P00012", "!all").code == "all_untracked"

    assert desk.delivery is not None
    assert {add.product.id: add.quantity for add in desk.delivery.additions} == {TOWEL.id: 47, COTTON.id: 5}
    assert say(desk, "!all").code == "nothing_untracked"


def test_all_of_a_serial_is_one_piece(desk: Desk) -> None:
    assert say(desk, "P00012", label(PUMP, serial="S1"), "!all").code == "serial_counts_one"
    assert quantities(desk) == ["1"]


def test_goods_beside_the_order_have_no_rest(desk: Desk) -> None:
    assert say(desk, "P00012", MASK.barcode, "!yes", "!all").code == "nothing_left"


def test_who_receives_blind_is_told_no_expected_quantity(store: Store, desk: Desk) -> None:
    """Design 7: hidden in the data, not only on the screen."""
    blind = Desk(store, desk.person, Policy(blind_receiving=True), desk.clock)
    said = say(blind, "P00012", GOOD, "!qty 40")

    view = blind.view()
    assert view is not None
    assert {row.expected for section in view.sections for row in section.rows} == {Decimal(0)}
    assert (view.hint, view.hint_facts, said.facts["ordered"]) == ("scan_next", {}, 0)
    assert say(blind, "!all").code == "count_it"


def test_who_receives_blind_counts_again_and_never_hears_by_how_much(store: Store, desk: Desk) -> None:
    blind = Desk(store, desk.person, Policy(blind_receiving=True), desk.clock)

    said = say(blind, "P00012", TOWEL.barcode, "!qty 50")
    assert (said.code, "ordered" in said.facts, "over" in said.facts) == ("too_much_blind", False, False)
    assert choices(blind) == ["take_more", "set_aside"]
    say(blind, "!yes", "!note none")
    assert say(blind, "!confirm").code == "confirmed"
    assert queued(blind)[0].close_short is False


def test_how_many_of_another_line_is_not_said_of_the_open_item(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, label(SYRINGE))

    assert say(desk, "!qty 7 of 1").code == "answer_first"
    say(desk, "!lot L1", "!expiry 2028-03-31")
    assert quantities(desk) == ["1", "1"]
