"""Documents of our own: blind receipts and transfers by load with an external id (contract 4.5, 5, 14)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.contract.conftest import CTX, NOTHING_TO_MOVE, Odoo, unique

pytestmark = pytest.mark.contract

SKIP = {"skip_backorder": True, "skip_expired": True}

VALIDATES_AGAIN = {17: {False}, 18: {False, True}, 19: {True}}
"""Whether validating what is done is true; 18 changed its mind in 2025 (contract 15)."""

NAME_TAKEN = {
    17: "The values for the fields 'company_id, name' already exist",
    18: "The values for the fields 'company_id and name' already exist",
    19: "Reference must be unique per company!",
}
NOTHING_THERE = dict.fromkeys((17, 18), NOTHING_TO_MOVE) | {
    19: "You can’t validate an empty transfer. Please add some products to move before proceeding."
}


def stocked(odoo: Odoo, product: int, place: int, quantity: float, lot: int | str = "") -> None:
    picking = odoo.document((product, lot, quantity), target=place)["ids"][0]
    odoo.validate(picking, **SKIP)


def test_a_blind_receipt_is_made_once_and_received_once(odoo: Odoo) -> None:
    product, towel, xid = odoo.product(), odoo.product("none"), unique("doc")
    lot, vendor = odoo.lot(product), odoo.vendor()
    header: dict[str, Any] = {"origin": f"DN 77 · wardstock {xid}", "note": "Nora, D07", "partner_id/.id": vendor}

    told = [odoo.document((product, lot, 12), (towel, "", 5), xid=xid, **header) for _ in range(2)]

    assert told[0]["ids"] == told[1]["ids"]
    assert told[0]["messages"] == []
    picking = told[0]["ids"][0]
    row = odoo.row("stock.picking", picking, "state", "origin", "note", "partner_id", "user_id", "backorder_ids")
    assert row["state"] == "assigned"
    assert row["origin"] == header["origin"]
    assert row["note"] == "<p>Nora, D07</p>"
    assert row["partner_id"][0] == vendor
    moves = odoo.moves(picking)
    assert [(m["product_uom_qty"], m["quantity"], m["picked"], m["state"]) for m in moves.values()] == [
        (0.0, 12.0, True, "confirmed"), (0.0, 5.0, True, "confirmed"),
    ]  # fmt: skip

    assert odoo.validate(picking, **SKIP) is True
    assert odoo.validate_again(picking, **SKIP) in VALIDATES_AGAIN[odoo.major]
    assert odoo.document((product, lot, 12), (towel, "", 5), xid=xid, **header)["ids"] == [picking]

    assert odoo.row("stock.picking", picking, "state")["state"] == "done"
    assert odoo.on_hand(product, lot=lot) == 12
    assert odoo.on_hand(towel) == 5


def test_two_lines_of_one_product_share_a_move(odoo: Odoo) -> None:
    product = odoo.product()
    lots = [odoo.lot(product), odoo.lot(product)]

    picking = odoo.document((product, lots[0], 3), (product, lots[1], 4))["ids"][0]

    assert [m["quantity"] for m in odoo.moves(picking).values()] == [7.0]
    assert len(odoo.lines(picking)) == 2
    odoo.validate(picking, **SKIP)
    assert odoo.on_hand(product, lot=lots[1]) == 4


def test_many_documents_in_one_load(odoo: Odoo) -> None:
    product = odoo.product("none")
    fields = ["id", "picking_type_id/.id", "location_id/.id", "location_dest_id/.id", "move_line_ids/product_id/.id",
              "move_line_ids/quantity", "move_line_ids/picked", "move_line_ids/location_id/.id",
              "move_line_ids/location_dest_id/.id"]  # fmt: skip
    rows = [[f"__wardstock__.{unique('d')}", odoo.receipts, odoo.vendors, odoo.stock, product, 2, "1", odoo.vendors,
             odoo.stock] for _ in range(3)]  # fmt: skip

    ids = odoo.load("stock.picking", fields, *rows)["ids"]

    assert len(set(ids)) == 3
    assert odoo.ok("stock.picking", "button_validate", ids=ids, context=SKIP) is True
    assert odoo.on_hand(product) == 6


def test_the_name_of_a_document_is_unique(odoo: Odoo) -> None:
    product, name = odoo.product("none"), unique("WS")
    assert odoo.document((product, "", 1), name=name)["ids"]

    told = odoo.document((product, "", 1), name=name)

    assert told["ids"] is False
    assert NAME_TAKEN[odoo.major] in told["messages"][0]["message"]


def test_a_planned_day_survives_validating(odoo: Odoo) -> None:
    product = odoo.product("none")
    picking = odoo.document((product, "", 1), scheduled_date="2024-05-06 07:08:09")["ids"][0]
    assert odoo.row("stock.picking", picking, "scheduled_date")["scheduled_date"] == "2024-05-06 07:08:09"

    odoo.validate(picking, **SKIP)

    assert odoo.row("stock.picking", picking, "scheduled_date")["scheduled_date"] == "2024-05-06 07:08:09"
    line = odoo.row("stock.move.line", odoo.lines(picking)[0]["id"], "date")
    done = odoo.row("stock.picking", picking, "date_done")["date_done"]
    apart = datetime.fromisoformat(line["date"]) - datetime.fromisoformat(done)
    assert abs(apart) < timedelta(seconds=5)


def test_a_cancelled_document_comes_back_cancelled(odoo: Odoo) -> None:
    product, xid = odoo.product("none"), unique("doc")
    picking = odoo.document((product, "", 4), xid=xid)["ids"][0]
    odoo.ok("stock.picking", "action_cancel", ids=[picking])

    assert odoo.document((product, "", 4), xid=xid)["ids"] == [picking]

    assert odoo.row("stock.picking", picking, "state")["state"] == "cancel"
    assert odoo.lines(picking) == []


def test_several_making_one_document_at_once(odoo: Odoo) -> None:
    product, xid = odoo.product("none"), unique("doc")
    fields = ["id", "picking_type_id/.id", "location_id/.id", "location_dest_id/.id", "move_line_ids/product_id/.id",
              "move_line_ids/quantity", "move_line_ids/picked"]  # fmt: skip
    row = [f"__wardstock__.{xid}", odoo.receipts, odoo.vendors, odoo.stock, product, 2, "1"]

    replies = odoo.together(3, "stock.picking", "load", fields=fields, data=[row], context=CTX)

    made = {told["ids"][0] for _, told in replies if told["ids"]}
    assert len(made) == 1
    again = odoo.load("stock.picking", fields, row)["ids"]
    assert again == list(made)
    assert odoo.ok("stock.move.line", "search_count", domain=[["product_id", "=", product]]) == 1


def test_a_document_without_lines_cannot_be_validated(odoo: Odoo) -> None:
    fields = ["id", "picking_type_id/.id", "location_id/.id", "location_dest_id/.id"]
    row = [f"__wardstock__.{unique('d')}", odoo.receipts, odoo.vendors, odoo.stock]
    picking = odoo.load("stock.picking", fields, row)["ids"][0]
    assert odoo.row("stock.picking", picking, "state")["state"] == "draft"

    status, told = odoo.call("stock.picking", "button_validate", ids=[picking])

    assert (status, told["name"]) == (422, "odoo.exceptions.UserError")
    assert told["message"] == (
        "You can’t validate an empty transfer. Please add some products to move before proceeding."
    )


def test_lines_two_levels_deep_lose_their_picking(odoo: Odoo) -> None:
    product = odoo.product("none")
    line = [0, 0, {"product_id": product, "quantity": 3, "picked": True}]
    move = {"product_id": product, "product_uom_qty": 3, "location_id": odoo.vendors, "location_dest_id": odoo.stock,
            "move_line_ids": [line], **odoo.named()}  # fmt: skip
    values = {"picking_type_id": odoo.receipts, "location_id": odoo.vendors, "location_dest_id": odoo.stock,
              "move_ids": [[0, 0, move]]}  # fmt: skip

    picking = odoo.ok("stock.picking", "create", vals_list=[values])[0]

    assert odoo.lines(picking) == []
    assert odoo.moves(picking)[product]["quantity"] == 3.0


def test_a_transfer_moves_a_lot_from_shelf_to_shelf(odoo: Odoo) -> None:
    product, shelf, ward = odoo.product(), odoo.bin(), odoo.bin()
    lot = odoo.lot(product)
    stocked(odoo, product, shelf, 10, lot)

    picking = odoo.document((product, lot, 4), kind=odoo.transfers, source=shelf, target=ward)["ids"][0]

    assert odoo.row("stock.picking", picking, "state")["state"] == "assigned"
    held = odoo.rows("stock.quant", ["product_id", "=", product], ["location_id", "=", shelf],
                     fields=["quantity", "reserved_quantity", "available_quantity"])  # fmt: skip
    assert [(q["quantity"], q["reserved_quantity"], q["available_quantity"]) for q in held] == [(10.0, 4.0, 6.0)]
    odoo.validate(picking, **SKIP)
    assert odoo.on_hand(product, shelf) == 6
    assert odoo.on_hand(product, ward) == 4
    held = odoo.rows("stock.quant", ["product_id", "=", product], ["location_id", "=", shelf],
                     fields=["reserved_quantity"])  # fmt: skip
    assert [q["reserved_quantity"] for q in held] == [0.0]


def test_too_little_stock_is_not_refused(odoo: Odoo) -> None:
    product, shelf, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    stocked(odoo, product, shelf, 3)

    picking = odoo.document((product, "", 12), kind=odoo.transfers, source=shelf, target=ward)["ids"][0]

    assert odoo.validate(picking, **SKIP) is True
    assert odoo.on_hand(product, shelf) == -9
    assert odoo.on_hand(product, ward) == 12


def test_taking_from_the_parent_of_a_shelf(odoo: Odoo) -> None:
    product, shelf, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    inner = odoo.bin(shelf)
    stocked(odoo, product, inner, 10)

    picking = odoo.document((product, "", 3), kind=odoo.transfers, source=shelf, target=ward)["ids"][0]
    odoo.validate(picking, **SKIP)

    assert odoo.on_hand(product, shelf) == -3
    assert odoo.on_hand(product, inner) == 10


def test_taking_what_another_has_reserved_shortens_the_other(odoo: Odoo) -> None:
    product, shelf, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    stocked(odoo, product, shelf, 10)
    values = {"picking_type_id": odoo.transfers, "location_id": shelf, "location_dest_id": ward,
              "move_ids": [[0, 0, {"product_id": product, "product_uom_qty": 10, "location_id": shelf,
                                   "location_dest_id": ward, **odoo.named()}]]}  # fmt: skip
    planned = odoo.ok("stock.picking", "create", vals_list=[values])[0]
    odoo.ok("stock.picking", "action_confirm", ids=[planned])
    odoo.ok("stock.picking", "action_assign", ids=[planned])
    assert odoo.moves(planned)[product]["quantity"] == 10.0
    assert odoo.row("stock.picking", planned, "state")["state"] == "assigned"

    mine = odoo.document((product, "", 4), kind=odoo.transfers, source=shelf, target=ward)["ids"][0]
    odoo.validate(mine, **SKIP)

    told = odoo.moves(planned)[product]
    assert (told["quantity"], told["state"]) == (6.0, "partially_available")


def test_a_waiting_transfer_is_served_by_what_arrives(odoo: Odoo) -> None:
    product, shelf, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    values = {"picking_type_id": odoo.transfers, "location_id": shelf, "location_dest_id": ward,
              "move_ids": [[0, 0, {"product_id": product, "product_uom_qty": 10, "location_id": shelf,
                                   "location_dest_id": ward, **odoo.named()}]]}  # fmt: skip
    planned = odoo.ok("stock.picking", "create", vals_list=[values])[0]
    odoo.ok("stock.picking", "action_confirm", ids=[planned])
    assert odoo.row("stock.picking", planned, "state")["state"] == "confirmed"

    stocked(odoo, product, shelf, 4)

    told = odoo.moves(planned)[product]
    assert (told["quantity"], told["state"]) == (4.0, "partially_available")
    assert odoo.row("stock.picking", planned, "state")["state"] == "assigned"


def test_an_expired_lot_is_asked_about_before_it_moves(odoo: Odoo) -> None:
    product, shelf, ward = odoo.product(), odoo.bin(), odoo.bin()
    old = odoo.lot(product, expiry="2020-01-31 12:00:00")
    stocked(odoo, product, shelf, 5, old)
    picking = odoo.document((product, old, 2), kind=odoo.transfers, source=shelf, target=ward)["ids"][0]

    told = odoo.validate(picking)

    assert told["res_model"] == "expiry.picking.confirmation"
    assert odoo.on_hand(product, ward) == 0
    assert odoo.validate(picking, skip_expired=True) is True
    assert odoo.on_hand(product, ward) == 2


def test_a_transfer_of_a_tracked_product_needs_its_lot(odoo: Odoo) -> None:
    product, shelf, ward = odoo.product(), odoo.bin(), odoo.bin()
    stocked(odoo, product, shelf, 5, odoo.lot(product))
    picking = odoo.document((product, "", 2), kind=odoo.transfers, source=shelf, target=ward)["ids"][0]

    status, told = odoo.call("stock.picking", "button_validate", ids=[picking], context=SKIP)

    assert (status, told["name"]) == (422, "odoo.exceptions.UserError")
    assert told["message"].startswith("You need to supply a Lot/Serial number for products")


def test_goods_without_a_lot_are_taken_for_a_lot_that_is_short(odoo: Odoo) -> None:
    product, shelf, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    stocked(odoo, product, shelf, 5)
    odoo.ok("product.product", "write", "admin", ids=[product], vals={"tracking": "lot"})
    lot = odoo.lot(product)

    picking = odoo.document((product, lot, 3), kind=odoo.transfers, source=shelf, target=ward)["ids"][0]
    odoo.validate(picking, **SKIP)

    assert odoo.on_hand(product, shelf) == 2
    assert odoo.on_hand(product, ward, lot) == 3


def test_a_return_to_the_vendor_lowers_what_was_received_only_when_told(odoo: Odoo) -> None:
    product = odoo.product("none")
    picking = odoo.expected((product, 100))
    odoo.receive(picking["id"], (product, "", 100))
    odoo.validate(picking["id"], **SKIP)
    bought = odoo.rows("purchase.order.line", ["order_id", "=", picking["order"]], fields=["qty_received"])[0]["id"]
    out = odoo.rows("stock.picking.type", ["code", "=", "outgoing"], fields=["name"])[0]["id"]

    plain = odoo.document((product, "", 5), kind=out, source=odoo.stock, target=odoo.vendors)["ids"][0]
    odoo.validate(plain, **SKIP)
    assert odoo.row("purchase.order.line", bought, "qty_received")["qty_received"] == 100.0

    fields = ["id", "picking_type_id/.id", "location_id/.id", "location_dest_id/.id", "move_ids/product_id/.id",
              "move_ids/product_uom_qty", "move_ids/quantity", "move_ids/picked", "move_ids/location_id/.id",
              "move_ids/location_dest_id/.id", "move_ids/purchase_line_id/.id", "move_ids/to_refund",
              "move_ids/origin_returned_move_id/.id"]  # fmt: skip
    row = [f"__wardstock__.{unique('r')}", out, odoo.stock, odoo.vendors, product, 20, 20, "1", odoo.stock,
           odoo.vendors, bought, "1", picking["moves"][product]["id"]]  # fmt: skip
    named = odoo.named()
    told = odoo.load("stock.picking", [*fields, *(f"move_ids/{name}" for name in named)], [*row, *named.values()])
    assert told["ids"], told
    odoo.validate(told["ids"][0], **SKIP)

    assert odoo.row("purchase.order.line", bought, "qty_received")["qty_received"] == 80.0
    assert odoo.on_hand(product) == 75


def test_a_message_on_a_document_is_plain_text(odoo: Odoo) -> None:
    picking = odoo.document((odoo.product("none"), "", 1))["ids"][0]

    told = odoo.ok(
        "stock.picking", "message_post", ids=[picking], body="<b>Nora</b>", message_type="comment",
        subtype_xmlid="mail.mt_note",
    )  # fmt: skip

    assert isinstance(told if odoo.major < 19 else told[0], int)
