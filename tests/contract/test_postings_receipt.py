"""A receipt on a planned picking, as Wardstock posts it (design 5, contract 4 and 14)."""

import base64
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from sync.odoo.wire.errors import Refused
from tests.contract.conftest import Odoo, unique
from tests.sync.acts import EXPIRY, STAMP, answer, line, post, receipt, session_with

pytestmark = pytest.mark.contract


def slips(odoo: Odoo, picking: int) -> list[dict[str, Any]]:
    domain = [["res_model", "=", "stock.picking"], ["res_id", "=", picking]]
    return odoo.rows("ir.attachment", *domain, fields=["name"])


def lot_days(odoo: Odoo, product: int) -> dict[str, str]:
    rows = odoo.rows("stock.lot", ["product_id", "=", product], fields=["name", "expiration_date"])
    return {row["name"]: row["expiration_date"] for row in rows}


def refusal(odoo: Odoo, transaction: Any) -> Refused:
    with session_with(odoo) as session, pytest.raises(Refused) as caught:
        post(session, transaction, STAMP)
    return caught.value


def test_two_lots_of_a_delivery_arrive_with_their_days_and_the_rest_waits_on_a_backorder(odoo: Odoo) -> None:
    gauze, towel = odoo.product(), odoo.product("none")
    expected = odoo.expected((gauze, 100), (towel, 20))
    act = receipt(
        odoo,
        expected["id"],
        line(odoo, 1, gauze, "30", "A1"),
        line(odoo, 2, gauze, "20", "A2", expiry=date(2036, 1, 31)),
        line(odoo, 3, towel, "8"),
    )

    with session_with(odoo) as session:
        outcome = post(session, act, STAMP)

    assert outcome.differs == ()
    assert outcome.backorder_name
    assert odoo.row("stock.picking", expected["id"], "state")["state"] == "done"
    assert [odoo.on_hand(gauze), odoo.on_hand(towel)] == [50, 8]
    assert lot_days(odoo, gauze) == {"A1": "2035-06-30 12:00:00", "A2": "2036-01-31 12:00:00"}


def test_posting_again_changes_nothing_and_tells_the_same(odoo: Odoo) -> None:
    gauze = odoo.product()
    act = receipt(odoo, odoo.expected((gauze, 100))["id"], line(odoo, 1, gauze, "30", "A1"))

    with session_with(odoo) as session:
        first, second = post(session, act, STAMP), post(session, act, STAMP)

    assert first == second
    assert odoo.on_hand(gauze) == 30
    assert len(slips(odoo, first.picking_id)) == 1


def test_the_slip_names_the_uuid_the_person_and_the_journal(odoo: Odoo) -> None:
    gauze = odoo.product()
    act = receipt(odoo, odoo.expected((gauze, 100))["id"], line(odoo, 1, gauze, "30", "A1"))

    with session_with(odoo) as session:
        outcome = post(session, act, STAMP)

    attached = slips(odoo, outcome.picking_id)[0]
    assert act.uuid in attached["name"]
    text = base64.b64decode(odoo.row("ir.attachment", attached["id"], "datas")["datas"]).decode()
    assert "by Sven <b> on WS-7F3A" in text
    machine = json.loads(text.rpartition("---\n")[2])
    assert machine["wardstock"] == act.uuid
    assert machine["journal_head"] == "4f2a"
    assert datetime.fromisoformat(machine["acted_at"]) == STAMP.acted_at


def test_47_pieces_on_a_move_in_boxes_of_ten_are_47_pieces(odoo: Odoo) -> None:
    """Ward 5."""
    gauze = odoo.product()
    picking = odoo.expected((gauze, 10), unit=odoo.unit_of(10))["id"]

    with session_with(odoo) as session:
        outcome = post(session, receipt(odoo, picking, line(odoo, 1, gauze, "47", "A1")), STAMP)

    assert outcome.differs == ()
    assert odoo.on_hand(gauze) == 47


def test_more_than_one_move_expects_goes_to_its_sibling(odoo: Odoo) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 10), (gauze, 15))

    with session_with(odoo) as session:
        outcome = post(session, receipt(odoo, expected["id"], line(odoo, 1, gauze, "25", "A1")), STAMP)

    assert (outcome.differs, outcome.backorder_name) == ((), "")
    assert odoo.on_hand(gauze) == 25


def test_closing_short_leaves_no_backorder(odoo: Odoo) -> None:
    gauze = odoo.product()
    act = receipt(odoo, odoo.expected((gauze, 100))["id"], line(odoo, 1, gauze, "30", "A1"), close_short=True)

    with session_with(odoo) as session:
        outcome = post(session, act, STAMP)

    assert (outcome.backorder_name, outcome.differs) == ("", ())


def test_the_serial_of_a_batch_carries_it(odoo: Odoo) -> None:
    """Ward 22."""
    implant = odoo.product("serial", expires=False)
    act = receipt(odoo, odoo.expected((implant, 2))["id"], line(odoo, 1, implant, "1", "S1", batch="B7", expiry=None))

    with session_with(odoo) as session:
        post(session, act, STAMP)

    assert odoo.rows("stock.lot", ["product_id", "=", implant], fields=["ref"])[0]["ref"] == "B7"


def test_a_serial_that_lies_somewhere_is_refused_before_anything_is_posted(odoo: Odoo) -> None:
    implant = odoo.product("serial", expires=False)
    expected = odoo.expected((implant, 2))
    with session_with(odoo) as session:
        post(session, receipt(odoo, expected["id"], line(odoo, 1, implant, "1", "S1", expiry=None)), STAMP)
    again = odoo.expected((implant, 1))

    refused = refusal(odoo, receipt(odoo, again["id"], line(odoo, 1, implant, "1", "S1", expiry=None)))

    assert refused.code == "serial_in_stock"
    assert refused.facts["lot"] == "S1"
    assert refused.facts["location"]


def test_a_lot_of_another_day_is_a_persons_decision(odoo: Odoo) -> None:
    gauze = odoo.product()
    odoo.lot(gauze, "A1", "2034-01-01 12:00:00")
    expected = odoo.expected((gauze, 100))

    refused = refusal(odoo, receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1")))

    assert refused.code == "expiry_differs"
    assert (refused.facts["ours"], refused.facts["theirs"]) == ("2035-06-30", "2034-01-01")
    assert not any(found["picked"] for found in odoo.lines(expected["id"]))
    assert slips(odoo, expected["id"]) == []


def test_the_labels_day_moves_all_four_dates_alike(odoo: Odoo) -> None:
    gauze = odoo.product(use_time=10, removal_time=5)
    lot = odoo.lot(gauze, "A1", "2034-06-30 12:00:00")
    expected = odoo.expected((gauze, 100))
    agreed = answer("lot_two_dates", "use-label", 1)
    act = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"), answers=(agreed,))

    with session_with(odoo) as session:
        outcome = post(session, act, STAMP)

    dates = odoo.row("stock.lot", lot, "expiration_date", "use_date", "removal_date", "alert_date")
    assert outcome.differs == ()
    assert dates["expiration_date"] == "2035-06-30 12:00:00"
    assert dates["use_date"] == "2035-06-20 12:00:00"
    assert dates["removal_date"] == "2035-06-25 12:00:00"
    assert dates["alert_date"] == "2035-05-31 12:00:00"


def test_no_lot_is_loaded_without_a_day_where_odoo_would_invent_one(odoo: Odoo) -> None:
    """Ward 13."""
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))

    refused = refusal(odoo, receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1", expiry=None)))

    assert refused.code == "expiry_missing"
    assert lot_days(odoo, gauze) == {}


def test_tracked_goods_without_a_lot_are_refused(odoo: Odoo) -> None:
    gauze = odoo.product()

    refused = refusal(odoo, receipt(odoo, odoo.expected((gauze, 100))["id"], line(odoo, 1, gauze, "30")))

    assert refused.code == "lot_missing"


def test_archived_goods_and_places_are_refused(odoo: Odoo) -> None:
    """Ward 34: Odoo itself would take them."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    expected = odoo.expected((gauze, 100))
    odoo.ok("stock.location", "write", "admin", ids=[shelf], vals={"active": False})

    place = refusal(odoo, receipt(odoo, expected["id"], line(odoo, 1, gauze, "3", destination_id=shelf)))
    odoo.ok("product.product", "write", "admin", ids=[gauze], vals={"active": False})
    product = refusal(odoo, receipt(odoo, expected["id"], line(odoo, 1, gauze, "3")))

    assert (place.code, product.code) == ("location_archived", "product_archived")


def test_what_odoo_refuses_is_cleaned_up_and_told_in_its_words(odoo: Odoo) -> None:
    implant = odoo.product("serial", expires=False)
    expected = odoo.expected((implant, 3))
    twice = [line(odoo, number, implant, "1", "S1", expiry=None) for number in (1, 2)]

    refused = refusal(odoo, receipt(odoo, expected["id"], *twice))

    assert refused.code == "odoo_refused"
    assert "S1" in str(refused.facts["says"])
    assert odoo.row("stock.picking", expected["id"], "state")["state"] == "assigned"
    assert not any(found["picked"] for found in odoo.lines(expected["id"]))
    assert slips(odoo, expected["id"]) == []
    assert odoo.on_hand(implant) == 0


def test_ward_11_a_colleagues_half_done_work_stops_us_and_is_named(odoo: Odoo) -> None:
    """Ward 11."""
    gauze, towel = odoo.product(), odoo.product("none")
    expected = odoo.expected((gauze, 100), (towel, 20))
    half_done(odoo, expected["id"], towel, 6)

    refused = refusal(odoo, receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1")))

    assert refused.code == "picked_by_person"
    assert refused.facts["person"]
    assert ": 6" in str(refused.facts["lines"])
    assert [odoo.on_hand(gauze), odoo.on_hand(towel)] == [0, 0]


def test_a_picking_others_closed_is_a_card_with_all_they_did(odoo: Odoo) -> None:
    """Ward 10: never replayed on the backorder without a person."""
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    with session_with(odoo, "manager") as session:
        theirs = post(session, receipt(odoo, expected["id"], line(odoo, 1, gauze, "40", "A1")), STAMP)

    refused = refusal(odoo, receipt(odoo, expected["id"], line(odoo, 1, gauze, "60", "A1")))

    assert refused.code == "already_done"
    assert refused.facts["backorder"] == theirs.backorder_name
    assert refused.facts["fits_backorder"] is True
    assert "A1: 40" in str(refused.facts["lines"])
    assert refused.facts["person"]
    assert refused.facts["at"]
    assert odoo.on_hand(gauze) == 40


def test_more_than_the_backorder_holds_does_not_fit_it(odoo: Odoo) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    with session_with(odoo, "manager") as session:
        post(session, receipt(odoo, expected["id"], line(odoo, 1, gauze, "40", "A1")), STAMP)

    refused = refusal(odoo, receipt(odoo, expected["id"], line(odoo, 1, gauze, "61", "A1")))

    assert refused.facts["fits_backorder"] is False


def test_a_cancelled_picking_is_a_card(odoo: Odoo) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    odoo.ok("stock.picking", "action_cancel", "manager", ids=[expected["id"]])

    refused = refusal(odoo, receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1")))

    assert refused.code == "picking_cancelled"
    assert refused.facts["person"]


def test_two_devices_share_a_picking_while_the_sum_fits(odoo: Odoo) -> None:
    """Contract 14.5: 60 and 60 of 100 would be 120 in silence; 60 and 40 are right."""
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    lot = odoo.lot(gauze, "A1", "2035-06-30 12:00:00")
    odoo.receive(expected["id"], (gauze, lot, 60), xids=[f"{unique('other-device')}-1"])

    too_much = refusal(odoo, receipt(odoo, expected["id"], line(odoo, 1, gauze, "60", "A1")))
    with session_with(odoo) as session:
        outcome = post(session, receipt(odoo, expected["id"], line(odoo, 1, gauze, "40", "A1")), STAMP)

    assert too_much.code == "taken_by_device"
    assert (too_much.facts["ours"], too_much.facts["theirs"], too_much.facts["expected"]) == ("60", "60", "100")
    assert (outcome.differs, outcome.backorder_name) == ((), "")
    assert odoo.on_hand(gauze) == 100


def test_lines_a_person_changed_in_odoo_are_not_posted(odoo: Odoo) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    act = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"))
    lot = odoo.lot(gauze, "A1", "2035-06-30 12:00:00")
    odoo.receive(expected["id"], (gauze, lot, 25), xids=[act.line_xid(act.lines[0])])

    refused = refusal(odoo, act)

    assert refused.code == "lines_changed"
    assert odoo.on_hand(gauze) == 0


def test_a_picking_that_is_gone_is_a_card(odoo: Odoo) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    act = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"))
    odoo.ok("stock.picking", "action_cancel", "admin", ids=[expected["id"]])
    odoo.ok("stock.picking", "unlink", "admin", ids=[expected["id"]])

    assert refusal(odoo, act).code == "picking_gone"


def test_goods_of_another_order_are_not_on_this_picking(odoo: Odoo) -> None:
    gauze, towel = odoo.product(), odoo.product("none")

    refused = refusal(odoo, receipt(odoo, odoo.expected((gauze, 100))["id"], line(odoo, 1, towel, "3")))

    assert refused.code == "not_on_picking"


def test_owner_and_day_stand_on_the_line_that_was_posted(odoo: Odoo) -> None:
    """Ward 2: consigned goods are their owner's."""
    gauze, owner = odoo.product(), odoo.vendor()
    act = receipt(odoo, odoo.expected((gauze, 100))["id"], line(odoo, 1, gauze, "30", "A1", owner_id=owner))

    with session_with(odoo) as session:
        outcome = post(session, act, STAMP)

    rows = odoo.rows("stock.quant", ["product_id", "=", gauze], ["owner_id", "=", owner], fields=["quantity"])
    assert outcome.differs == ()
    assert [Decimal(str(row["quantity"])) for row in rows if row["quantity"] > 0] == [30]
    assert EXPIRY.isoformat() in lot_days(odoo, gauze)["A1"]


def half_done(odoo: Odoo, picking: int, product: int, quantity: int) -> None:
    """A colleague picks some on Odoo's screen and goes for coffee."""
    move = odoo.moves(picking)[product]
    values = {
        "move_id": move["id"], "picking_id": picking, "product_id": product, "product_uom_id": odoo.unit,
        "quantity": quantity, "picked": True, "location_id": odoo.vendors, "location_dest_id": odoo.stock,
    }  # fmt: skip
    odoo.ok("stock.move.line", "create", "manager", vals_list=[values])
