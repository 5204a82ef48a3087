"""What one scan does while a delivery is open."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from client.work.desk import Desk
from client.work.site.policy import Policy
from tests.work.conftest import (
    BIN_A,
    BOX,
    CANNULA,
    COTTON,
    GOWN,
    MASK,
    NOW,
    PUMP,
    SYRINGE,
    TOWEL,
    TWIN,
    StoppedClock,
    gtin,
    label,
    say,
)


def test_a_symbol_with_product_lot_and_expiry_makes_a_line_at_once(desk: Desk) -> None:
    said = say(desk, "P00012", label(SYRINGE, lot="L1", expiry="280331", count=30))

    assert (said.tone, said.code) == ("ok", "added")
    assert desk.delivery
    add = desk.delivery.additions[0]
    assert (add.quantity, add.lot_name, add.expiry) == (Decimal(30), "L1", date(2028, 3, 31))


def test_a_delivery_opens_by_picking_name_order_or_expected_product(desk: Desk) -> None:
    for code in ("CS/IN/00007", "p00012", label(SYRINGE)):
        desk.home()
        say(desk, code)
        assert desk.delivery
        assert desk.delivery.picking.name == "CS/IN/00007"


def test_a_product_scanned_at_home_is_the_first_item_of_its_delivery(desk: Desk) -> None:
    said = say(desk, label(SYRINGE, lot="L1", expiry="280331"))

    assert said.code == "added"


def test_a_product_that_two_deliveries_expect_asks_for_the_order(desk: Desk) -> None:
    said = say(desk, TOWEL.barcode)

    assert (said.tone, said.code) == ("ask", "which_papers")
    assert desk.delivery is None


def test_a_product_nobody_expects_is_named(desk: Desk) -> None:
    said = say(desk, MASK.barcode)

    assert said.code == "looked_up"
    assert said.facts["product"] == "Face mask"


def test_missing_parts_are_asked_for_one_at_a_time(desk: Desk) -> None:
    say(desk, "P00012")

    assert say(desk, label(SYRINGE)).code == "lot_missing"
    assert say(desk, "!lot L7").code == "expiry_missing"
    assert say(desk, "!expiry 06/2028").code == "added"
    assert desk.delivery
    assert desk.delivery.additions[0].expiry == date(2028, 6, 30)


def test_a_second_symbol_fills_in_lot_and_expiry(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE))

    assert say(desk, "]C11728033110L9").code == "added"


def test_the_lot_label_may_come_before_the_product_label(desk: Desk) -> None:
    say(desk, "P00012")

    assert say(desk, "]C11728033110L9").code == "product_missing"
    said = say(desk, label(SYRINGE))
    assert said.code == "added"
    assert said.facts["lot"] == "L9"


def test_a_plain_code_is_the_lot_when_the_lot_is_asked_for(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE, expiry="280331"))

    said = say(desk, "LOT-77")
    assert (said.code, said.facts["lot"]) == ("added", "LOT-77")


def test_another_product_during_a_question_is_not_added(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE))

    said = say(desk, label(TOWEL))
    assert (said.tone, said.code) == ("no", "answer_first")
    assert say(desk, "!lot L1", "!expiry 2028-03-31").code == "added"
    assert desk.delivery
    assert [add.product.id for add in desk.delivery.additions] == [SYRINGE.id]


def test_the_same_symbol_again_adds_its_own_quantity_again(desk: Desk) -> None:
    code = label(SYRINGE, lot="L1", expiry="280331", count=30)

    said = say(desk, "P00012", code, code)
    assert said.facts["total"] == Decimal(60)


def test_a_box_counts_its_pieces_and_is_shown_as_boxes(desk: Desk) -> None:
    """Ward 5."""
    said = say(desk, "P00012", BOX.barcode, "!qty 4")

    assert (said.facts["quantity"], said.facts["count"], said.facts["pack"]) == (Decimal(40), Decimal(4), "Box of 10")
    assert say(desk, TOWEL.barcode, "!qty 7").facts["total"] == Decimal(47)


def test_a_pack_nobody_recorded_is_asked_never_derived(desk: Desk) -> None:
    """Design 13.6: an indicator digit without a packaging record."""
    pack = "3" + TOWEL.barcode[1:13]
    pack = gtin(int(pack))

    said = say(desk, "P00012", f"]d201{pack}")
    assert (said.tone, said.code) == ("ask", "pack_size")
    said = say(desk, "!qty 12")
    assert (said.code, said.facts["total"]) == ("added", Decimal(12))


def test_a_fraction_of_whole_goods_is_refused_at_the_scan(desk: Desk) -> None:
    """Ward 5."""
    say(desk, "P00012", TOWEL.barcode)

    said = say(desk, "!qty 1.5")
    assert (said.tone, said.code) == ("no", "quantity_fraction")
    assert desk.delivery
    assert desk.delivery.received(TOWEL.id) == 1


def test_mass_counts_for_goods_measured_by_mass_only(desk: Desk) -> None:
    """Design 13.6."""
    said = say(desk, "P00012", f"]d201{COTTON.barcode}3102000250")
    assert said.facts["total"] == Decimal("2.50")

    said = say(desk, f"]d201{TOWEL.barcode}3102000250")
    assert said.facts["total"] == Decimal(1)


def test_how_many_of_this_lot_may_be_said_after_the_first_pack(desk: Desk) -> None:
    """Ward 15."""
    say(desk, "P00012", label(SYRINGE, lot="L1", expiry="280331"))
    view = desk.view()
    assert view
    assert view.hint == "more_of_this"

    assert say(desk, "!qty 100").facts["total"] == Decimal(100)


@pytest.mark.parametrize("lot", ["1", ".", "NA", "n/a", "XXX"])
def test_what_is_no_lot_is_refused(desk: Desk, lot: str) -> None:
    """Ward 14."""
    say(desk, "P00012", label(SYRINGE))

    said = say(desk, f"!lot {lot}")
    assert (said.tone, said.code) == ("no", "lot_is_no_lot")
    asked = desk.question()
    assert asked
    assert asked.code == "lot_missing"


@pytest.mark.parametrize("nearly", ["ab0123", "ABO123", "AB 0123", "AB0I23"])
def test_a_lot_that_nearly_is_a_known_one_is_asked_about(desk: Desk, nearly: str) -> None:
    """Ward 14."""
    said = say(desk, "P00012", label(SYRINGE, expiry="280331"), f"!lot {nearly}")
    assert (said.tone, said.code) == ("ask", "lot_nearly_known")

    assert say(desk, "!lot AB0123").code == "added"
    assert desk.delivery
    assert desk.delivery.additions[0].lot_id == 50


def test_goods_without_a_lot_get_a_marked_one_with_a_reason(desk: Desk) -> None:
    """Ward 14."""
    say(desk, "P00012", label(SYRINGE), "!make-lot label torn off", "!expiry 2028-03-31")

    assert desk.delivery
    add = desk.delivery.additions[0]
    assert add.lot_name.startswith("OWN-261121-")
    assert add.settled[0].choice == "make-lot label torn off"


def test_a_best_before_date_is_never_taken_as_expiry_in_silence(desk: Desk) -> None:
    """Ward 14."""
    said = say(desk, "P00012", f"]d201{SYRINGE.barcode}1528033110L1")
    assert (said.tone, said.code) == ("ask", "best_before_only")

    assert say(desk, "!expiry 2028-03-31").code == "added"


def test_a_known_lot_brings_its_own_date(desk: Desk) -> None:
    said = say(desk, "P00012", label(SYRINGE, lot="AB0123"))

    assert (said.code, said.facts["day"]) == ("added", date(2028, 3, 31))


def test_one_lot_with_two_dates_is_for_a_supervisor_to_change(desk: Desk) -> None:
    said = say(desk, "P00012", label(SYRINGE, lot="AB0123", expiry="280630"))
    assert (said.tone, said.code) == ("ask", "lot_two_dates")

    assert say(desk, "!use-label").code == "needs_role"
    said = say(desk, "!use-known")
    assert (said.code, said.facts["day"]) == ("added", date(2028, 3, 31))


def test_a_supervisor_may_say_that_the_label_is_right(supervisor: Desk) -> None:
    said = say(supervisor, "P00012", label(SYRINGE, lot="AB0123", expiry="280630"), "!use-label")

    assert (said.code, said.facts["day"]) == ("added", date(2028, 6, 30))


def test_two_dates_within_one_delivery_are_asked_about_too(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE, lot="L1", expiry="280331"))

    assert say(desk, label(SYRINGE, lot="L1", expiry="280430")).code == "lot_two_dates"


def test_a_lot_of_another_product_is_asked_about(desk: Desk) -> None:
    said = say(desk, "P00012", label(SYRINGE, lot="CANNULA-LOT", expiry="280331"))

    assert (said.tone, said.code, said.facts["other"]) == ("ask", "lot_of_another", CANNULA.name)
    assert say(desk, "!yes").code == "added"


def test_expired_goods_are_not_received_by_a_storekeeper(desk: Desk) -> None:
    said = say(desk, "P00012", label(SYRINGE, lot="OLD", expiry="261120"))
    assert (said.tone, said.code) == ("ask", "expired")

    assert say(desk, "!yes").code == "needs_role"
    assert say(desk, "!no").code == "set_aside"
    assert desk.delivery
    assert not desk.delivery.additions


def test_goods_may_be_used_through_their_expiry_day(desk: Desk) -> None:
    said = say(desk, "P00012", label(SYRINGE, lot="TODAY", expiry="261121"))

    assert said.code == "short_dated"


def test_the_day_is_the_day_at_the_site(desk: Desk) -> None:
    """Design 13.4: at 09:00 UTC it is already the next day fourteen hours east, from 10:00 UTC on."""
    desk.policy = Policy(time_zone="Pacific/Kiritimati")
    assert say(desk, "P00012", label(SYRINGE, lot="X9", expiry="261121"), "!no").code == "set_aside"

    desk.clock = StoppedClock(at=NOW + timedelta(hours=2))
    assert say(desk, label(SYRINGE, lot="X9", expiry="261121")).code == "expired"


def test_short_dated_goods_are_asked_about(desk: Desk) -> None:
    """Ward 13."""
    said = say(desk, "P00012", label(SYRINGE, lot="SOON", expiry="261231"))
    assert (said.tone, said.code, said.facts["days"]) == ("ask", "short_dated", 40)

    assert say(desk, "!yes").code == "added"


def test_a_date_on_goods_that_keep_none_is_only_evidence(desk: Desk) -> None:
    """Ward 13."""
    say(desk, "P00012", label(TOWEL, lot="L1", expiry="200101"))

    assert desk.delivery
    assert desk.delivery.additions[0].expiry is None


def test_a_little_too_much_is_asked_a_lot_is_for_a_supervisor(desk: Desk) -> None:
    """Ward 33."""
    say(desk, "P00012", label(SYRINGE, lot="L1", expiry="280331"))

    assert say(desk, "!qty 110").code == "too_much"
    assert say(desk, "!yes").facts["total"] == Decimal(110)
    assert say(desk, "!qty 150").code == "too_much"
    assert say(desk, "!yes").code == "needs_role"


def test_a_product_not_on_the_order_is_taken_in_beside_it(desk: Desk) -> None:
    said = say(desk, "P00012", MASK.barcode)
    assert (said.tone, said.code) == ("ask", "not_on_order")

    assert say(desk, "!yes").code == "added_beside"


def test_an_archived_product_is_refused(desk: Desk) -> None:
    """Ward 34."""
    assert say(desk, "P00012", GOWN.barcode).code == "product_archived"


def test_a_serial_is_one_piece_scanned_once(desk: Desk) -> None:
    """Ward 15."""
    said = say(desk, "P00012", label(PUMP, serial="SN1"), label(PUMP, serial="SN1"))
    assert (said.tone, said.code) == ("no", "serial_twice")

    assert say(desk, label(PUMP, serial="SN2"), "!qty 2").code == "serial_counts_one"
    assert desk.delivery
    assert desk.delivery.received(PUMP.id) == 2


def test_a_serial_that_is_in_stock_already_is_refused(desk: Desk) -> None:
    said = say(desk, "P00012", label(PUMP, serial="SN-STOCK"))

    assert (said.tone, said.code) == ("no", "serial_in_stock")
    assert said.facts["place"] == "CS/Stock/Shelf A"


def test_the_batch_of_a_serial_is_kept(desk: Desk) -> None:
    say(desk, "P00012", label(PUMP, serial="SN1", lot="BATCH-7"))

    assert desk.delivery
    assert (desk.delivery.additions[0].lot_name, desk.delivery.additions[0].batch) == ("SN1", "BATCH-7")


def test_the_same_pack_twice_is_a_double_read(desk: Desk) -> None:
    """Ward 15: the pack has a serial, Odoo tracks the lot."""
    code = label(SYRINGE, lot="L1", expiry="280331", serial="PACK1")

    said = say(desk, "P00012", code, code)
    assert (said.tone, said.code) == ("no", "pack_twice")


def test_a_pack_received_in_an_earlier_delivery_is_asked_about(desk: Desk) -> None:
    """Ward 15."""
    code = label(SYRINGE, lot="L1", expiry="280331", serial="PACK1")
    say(desk, "P00012", code, "!note none", "!confirm", "!yes", "!home")

    assert say(desk, "P00013", code, "!yes").code == "pack_seen_before"


def test_odoos_own_choice_of_shelf_is_the_default_and_a_scanned_bin_overrides(desk: Desk) -> None:
    """Ward 19."""
    said = say(desk, "P00012", label(SYRINGE, lot="L1", expiry="280331"))
    assert said.facts["place"] == "Shelf B"

    assert say(desk, "LOC-A").code == "put_in"
    assert desk.delivery
    assert desk.delivery.additions[0].destination_id == BIN_A.id


def test_goods_are_not_put_into_a_place_that_is_no_shelf(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode)

    assert say(desk, "LOC-LOSS").code == "not_a_shelf"


def test_one_code_for_two_products_is_a_choice(desk: Desk) -> None:
    said = say(desk, "P00012", TWIN.barcode)
    assert (said.tone, said.code) == ("ask", "several_products")

    assert say(desk, "!product 8").code == "not_on_order"


def test_the_order_itself_scanned_again_is_no_error(desk: Desk) -> None:
    assert say(desk, "P00012", "P00012").code == "already_open"
    assert say(desk, "P00013").code == "joined"


def test_a_command_barcode_does_what_a_finger_does(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode)

    assert say(desk, "WS!undo").code == "undone"


def test_home_can_be_scanned_from_within_a_delivery(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, "WS!home")

    assert desk.delivery is None
    assert say(desk, "P00012").code == "resumed"
