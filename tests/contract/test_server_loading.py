"""load(): external ids, rows inside rows, and how it says no (contract 0, 4, 7)."""

from __future__ import annotations

import pytest

from tests.contract.conftest import CTX, Odoo, unique

pytestmark = pytest.mark.contract

LOT = ["id", "product_id/.id", "name"]

UNKNOWN_COLUMN = {
    17: (500, "builtins.KeyError", "nofield"),
    18: (500, "builtins.ValueError", "Invalid field name 'nofield'"),
    19: (500, "builtins.ValueError", "Invalid field name 'nofield'"),
}

NO_PRODUCT = "Missing required value for the field 'Product' (product_id)"


def test_one_bad_row_means_nothing_and_is_named(odoo: Odoo) -> None:
    product, other = odoo.product(), odoo.product()
    twin = odoo.lot(product, "twin")
    rows = [[f"__wardstock__.{unique('lot')}", key, name] for key, name in
            ((other, "good"), (product, "twin"), (other, "fine"))]  # fmt: skip

    told = odoo.load("stock.lot", LOT, *rows)

    assert told["ids"] is False
    assert [(entry["record"], entry["rows"]) for entry in told["messages"]] == [
        (0, {"from": 0, "to": 0}),
        (1, {"from": 1, "to": 1}),
    ]
    assert told["messages"][0]["message"] == told["messages"][1]["message"]
    assert odoo.rows("stock.lot", ["product_id", "in", [product, other]], fields=["name"]) == [
        {"id": twin, "name": "twin"}
    ]


def test_some_present_the_others_are_made(odoo: Odoo) -> None:
    product = odoo.product()
    rows = [[f"__wardstock__.{unique('lot')}", product, name] for name in ("a", "b", "c")]
    first = odoo.load("stock.lot", LOT, rows[1])["ids"]

    ids = odoo.load("stock.lot", LOT, *rows)["ids"]

    assert ids[1:2] == first
    assert len(set(ids)) == 3


def test_a_json_boolean_crashes_load(odoo: Odoo) -> None:
    picking = odoo.expected((odoo.product("none"), 1))
    move = next(iter(picking["moves"].values()))
    row = [move["id"], move["product_uom"][0], picking["id"], move["product_id"][0], 1, True]
    fields = [".id", "product_uom/.id", "move_line_ids/picking_id/.id", "move_line_ids/product_id/.id",
              "move_line_ids/quantity", "move_line_ids/picked"]  # fmt: skip

    status, told = odoo.call("stock.move", "load", fields=fields, data=[row], context=CTX)

    assert (status, told["name"]) == (500, "builtins.AttributeError")
    assert "'bool' object has no attribute 'lower'" in told["message"]


def test_numbers_may_be_text_but_not_german(odoo: Odoo) -> None:
    product = odoo.product("none")
    picking = odoo.expected((product, 10))

    told = odoo.receive(picking["id"], (product, "", "2,5"))

    assert told["ids"] is False
    assert "'2,5' does not seem to be a number for field" in told["messages"][0]["message"]
    assert odoo.receive(picking["id"], (product, "", "2.5"))["ids"]


def test_an_external_id_belongs_to_one_model(odoo: Odoo) -> None:
    xid = f"__wardstock__.{unique('x')}"
    odoo.load("stock.lot", LOT, [xid, odoo.product(), "A"])

    told = odoo.load("ir.attachment", ["id", "name"], [xid, "a.txt"])

    assert told["ids"] is False
    assert (
        f"For external id {xid} when trying to create/update a record of model ir.attachment"
        in (told["messages"][0]["message"])
    )


def test_update_mode_needs_an_id(odoo: Odoo) -> None:
    told = odoo.load("stock.lot", ["product_id/.id", "name"], [odoo.product(), "A"])

    assert told["ids"] is False
    assert told["messages"][0]["message"] == (
        "Cannot update a record without specifying its id or xml_id"
        if odoo.major >= 19
        else "Unknown error during import: <class 'KeyError'>: 'record'"
    )


def test_what_is_missing_is_said_with_its_field(odoo: Odoo) -> None:
    told = odoo.load("stock.lot", ["id", "name"], [f"__wardstock__.{unique('lot')}", "A"])

    assert told["ids"] is False
    assert told["messages"][0]["message"].startswith(NO_PRODUCT)
    assert [entry["field"] for entry in told["messages"]] == ["product_id"]


def test_an_unknown_database_id_is_said(odoo: Odoo) -> None:
    told = odoo.load("stock.move", [".id", "product_uom/.id"], [99999999, odoo.unit])

    assert told["ids"] is False
    assert any(entry["message"] == "Unknown database identifier '99999999'" for entry in told["messages"])


def test_an_unknown_column_is_an_error(odoo: Odoo) -> None:
    status, told = odoo.call("stock.lot", "load", fields=["id", "nofield"], data=[["x.y", "1"]], context=CTX)

    assert (status, told["name"], told["message"]) == UNKNOWN_COLUMN[odoo.major]


def test_who_has_an_external_id_can_be_asked(odoo: Odoo) -> None:
    name = unique("lot")
    lot = odoo.load("stock.lot", LOT, [f"__wardstock__.{name}", odoo.product(), "A"])["ids"][0]

    told = odoo.ok("ir.model.data", "check_object_reference", module="__wardstock__", xml_id=name)

    assert told == ["stock.lot", lot]
    meta = odoo.ok("stock.lot", "get_metadata", ids=[lot])[0]
    assert meta["xmlid"] == f"__wardstock__.{name}"
    assert meta["xmlids"] == [{"xmlid": f"__wardstock__.{name}", "noupdate": True}]
    assert meta["noupdate"] is True
    assert meta["create_uid"] == meta["write_uid"]


def test_the_id_of_a_deleted_record_can_be_used_again(odoo: Odoo) -> None:
    name = unique("att")
    row = [f"__wardstock__.{name}", "a.txt", "eA=="]
    first = odoo.load("ir.attachment", ["id", "name", "datas"], row)["ids"][0]
    odoo.ok("ir.attachment", "unlink", ids=[first])

    second = odoo.load("ir.attachment", ["id", "name", "datas"], row)["ids"][0]

    assert second != first


def test_a_slip_is_attached_once(odoo: Odoo) -> None:
    picking = odoo.expected((odoo.product("none"), 1))["id"]
    row = [f"__wardstock__.{unique('slip')}", "slip.txt", "stock.picking", picking, "aGVsbG8="]
    fields = ["id", "name", "res_model", "res_id", "datas"]

    first = odoo.load("ir.attachment", fields, row)
    again = odoo.load("ir.attachment", fields, row)

    assert first["ids"] == again["ids"]
    found = odoo.rows("ir.attachment", ["res_model", "=", "stock.picking"], ["res_id", "=", picking], fields=["datas"])
    assert [row["datas"] for row in found] == ["aGVsbG8="]


def test_the_default_context_writes_again(odoo: Odoo) -> None:
    product, xid = odoo.product(), f"__wardstock__.{unique('lot')}"
    fields = ["id", "product_id/.id", "name"]
    lot = odoo.ok("stock.lot", "load", fields=fields, data=[[xid, product, "A"]])["ids"][0]

    again = odoo.ok("stock.lot", "load", fields=fields, data=[[xid, product, "B"]])["ids"]

    assert again == [lot]
    assert odoo.row("stock.lot", lot, "name")["name"] == "B"
