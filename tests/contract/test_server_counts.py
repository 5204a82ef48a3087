"""Counts in Odoo's own list of stock: submitted, applied, cleared; what tidying up does to them (contract 6, 14)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.contract.conftest import Odoo, unique

pytestmark = pytest.mark.contract

SKIP = {"skip_backorder": True, "skip_expired": True}
PACKAGE = {17: "stock.quant.package", 18: "stock.quant.package", 19: "stock.package"}
COUNT = ["id", "product_id/.id", "location_id/.id", "lot_id/.id", "package_id/.id", "owner_id/.id",
         "inventory_quantity"]  # fmt: skip
ROW = ["quantity", "inventory_quantity", "inventory_quantity_set", "inventory_diff_quantity", "is_outdated", "user_id",
       "inventory_date"]  # fmt: skip


def lay(odoo: Odoo, product: int, shelf: int, quantity: float, **more: int) -> int:
    """A row of stock that nobody moved there: one more, even where the key has one."""
    values = {"product_id": product, "location_id": shelf, "quantity": quantity, **more}
    return int(odoo.ok("stock.quant", "create", "admin", vals_list=[values])[0])


def count(odoo: Odoo, product: int, shelf: int, counted: object, xid: str = "", **more: object) -> dict[str, Any]:
    """Submit a count by load; more: lot, package, owner."""
    key = [more.get(name, "") for name in ("lot", "package", "owner")]
    return odoo.load("stock.quant", COUNT, [f"__wardstock__.{xid or unique('c')}", product, shelf, *key, counted],
                     inventory_mode=True)  # fmt: skip


def rows(odoo: Odoo, product: int, shelf: int) -> list[float]:
    found = odoo.rows("stock.quant", ["product_id", "=", product], ["location_id", "=", shelf], fields=["quantity"])
    return [row["quantity"] for row in found]


def apply(odoo: Odoo, *quants: int, role: str = "manager") -> Any:
    return odoo.ok("stock.quant", "action_apply_inventory", role, ids=list(quants))


def reference(odoo: Odoo, xid: str) -> Any:
    return odoo.call("ir.model.data", "check_object_reference", module="__wardstock__", xml_id=xid)


def test_a_count_is_submitted_on_the_row_of_its_key(odoo: Odoo) -> None:
    product, shelf, xid = odoo.product("none"), odoo.bin(), unique("c")
    quant = lay(odoo, product, shelf, 10)

    told = [count(odoo, product, shelf, "7", xid) for _ in range(2)]

    assert told[0] == told[1] == {"ids": [quant], "messages": [], "nextrow": 0}
    row = odoo.row("stock.quant", quant, *ROW)
    assert (row["quantity"], row["inventory_quantity"], row["inventory_quantity_set"]) == (10.0, 7.0, True)
    assert (row["inventory_diff_quantity"], row["is_outdated"]) == (-3.0, False)
    assert row["user_id"][0] == odoo.ok("res.users", "context_get")["uid"]
    assert row["inventory_date"] == datetime.now(UTC).date().isoformat()


def test_a_count_where_nothing_lies_makes_a_row_of_nothing(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()

    quant = count(odoo, product, shelf, "12")["ids"][0]

    row = odoo.row("stock.quant", quant, *ROW)
    assert (row["quantity"], row["inventory_quantity"], row["inventory_diff_quantity"]) == (0.0, 12.0, 12.0)


def test_nought_is_a_count_too(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)

    count(odoo, product, shelf, "0")

    row = odoo.row("stock.quant", quant, *ROW)
    assert (row["inventory_quantity"], row["inventory_quantity_set"], row["inventory_diff_quantity"]) == (
        0.0,
        True,
        -10.0,
    )


def test_the_key_of_a_count_has_lot_package_and_owner(odoo: Odoo) -> None:
    product, shelf = odoo.product(), odoo.bin()
    lot, owner = odoo.lot(product), odoo.vendor()
    package = odoo.ok(PACKAGE[odoo.major], "create", "admin", vals_list=[{"name": unique("P")}])[0]
    bare, kept = lay(odoo, product, shelf, 5, lot_id=lot), lay(odoo, product, shelf, 6, lot_id=lot, package_id=package)
    owned = lay(odoo, product, shelf, 7, lot_id=lot, owner_id=owner)

    assert count(odoo, product, shelf, "1", lot=lot)["ids"] == [bare]
    assert count(odoo, product, shelf, "2", lot=lot, package=package)["ids"] == [kept]
    assert count(odoo, product, shelf, "3", lot=lot, owner=owner)["ids"] == [owned]


def test_a_second_count_replaces_the_first_without_a_word(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)
    count(odoo, product, shelf, "7")

    told = odoo.ok(
        "stock.quant", "create", "manager", context={"inventory_mode": True},
        vals_list=[{"product_id": product, "location_id": shelf, "inventory_quantity": 8}],
    )  # fmt: skip

    assert told == [quant]
    row = odoo.row("stock.quant", quant, "inventory_quantity", "user_id")
    assert row["inventory_quantity"] == 8.0
    assert row["user_id"][0] == odoo.ok("res.users", "context_get", "manager")["uid"]


def test_the_book_cannot_be_written_while_counting(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    values = {"product_id": product, "location_id": shelf, "inventory_quantity": 3, "quantity": 3}

    status, told = odoo.call("stock.quant", "create", context={"inventory_mode": True}, vals_list=[values])

    assert (status, told["name"]) == (422, "odoo.exceptions.UserError")
    assert told["message"] == "Quant's creation is restricted, you can't do this operation."


def test_a_view_holds_nothing(odoo: Odoo) -> None:
    view = odoo.rows("stock.location", ["usage", "=", "view"], fields=["name"])[0]

    told = count(odoo, odoo.product("none"), view["id"], "3")

    assert told["ids"] is False
    assert told["messages"][0]["message"] == (
        f'You cannot take products from or deliver products to a location of type "view" ({view["name"]}).'
    )


def test_applying_books_the_difference_as_a_move_without_a_document(odoo: Odoo) -> None:
    product, shelf = odoo.product(), odoo.bin()
    lot = odoo.lot(product)
    quant = lay(odoo, product, shelf, 10, lot_id=lot)
    count(odoo, product, shelf, "7", lot=lot)

    assert apply(odoo, quant) in (None, True)

    assert rows(odoo, product, shelf) == [7.0]
    row = odoo.row("stock.quant", quant, *ROW)
    assert (row["inventory_quantity"], row["inventory_quantity_set"], row["inventory_diff_quantity"]) == (
        0.0,
        False,
        0.0,
    )
    assert row["user_id"] is False
    fields = ["quantity", "state", "picking_id", "location_id", "location_dest_usage", "lot_id", "is_inventory",
              "reference"]  # fmt: skip
    line = odoo.rows("stock.move.line", ["product_id", "=", product], ["is_inventory", "=", True], fields=fields)
    assert [(one["quantity"], one["state"], one["picking_id"]) for one in line] == [(3.0, "done", False)]
    assert (line[0]["location_id"][0], line[0]["location_dest_usage"], line[0]["lot_id"][0]) == (
        shelf,
        "inventory",
        lot,
    )
    assert line[0]["reference"].startswith("Product Quantity Updated")


def test_more_than_the_book_comes_from_the_place_of_losses(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)
    count(odoo, product, shelf, "12")

    apply(odoo, quant)

    assert rows(odoo, product, shelf) == [12.0]
    line = odoo.rows(
        "stock.move.line", ["product_id", "=", product], fields=["quantity", "location_usage", "location_dest_id"]
    )
    assert [(one["quantity"], one["location_usage"], one["location_dest_id"][0]) for one in line] == [
        (2.0, "inventory", shelf)
    ]


def test_no_difference_is_booked_as_nothing(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)
    count(odoo, product, shelf, "10")

    apply(odoo, quant)

    assert rows(odoo, product, shelf) == [10.0]
    lines = odoo.rows("stock.move.line", ["product_id", "=", product], fields=["quantity", "state"])
    assert [(line["quantity"], line["state"]) for line in lines] == [(0.0, "done")]


AGAIN = {17: 7.0, 18: 7.0, 19: 0.0}
"""What lies there when a count of seven is applied twice: on 19 nothing (contract 0.1)."""


def test_applying_again(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)
    count(odoo, product, shelf, "7")
    apply(odoo, quant)

    apply(odoo, quant)

    assert sum(rows(odoo, product, shelf)) == AGAIN[odoo.major]


def test_a_count_that_was_applied_is_not_submitted_again(odoo: Odoo) -> None:
    product, shelf, xid = odoo.product("none"), odoo.bin(), unique("c")
    quant = lay(odoo, product, shelf, 10)
    count(odoo, product, shelf, "7", xid)
    apply(odoo, quant)

    assert count(odoo, product, shelf, "7", xid)["ids"] == [quant]

    assert odoo.row("stock.quant", quant, "inventory_quantity_set")["inventory_quantity_set"] is False


USER_APPLIES = {17: False, 18: True, 19: True}


def test_who_may_apply(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)
    count(odoo, product, shelf, "7")

    status, told = odoo.call("stock.quant", "action_apply_inventory", ids=[quant])

    if USER_APPLIES[odoo.major]:
        assert status == 200
        assert rows(odoo, product, shelf) == [7.0]
    else:
        assert (status, told["name"]) == (422, "odoo.exceptions.UserError")
        assert told["message"] == "Only a stock manager can validate an inventory adjustment."
        assert rows(odoo, product, shelf) == [10.0]


def test_what_moved_since_the_count_is_asked_about(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)
    count(odoo, product, shelf, "7")
    odoo.validate(
        odoo.document((product, "", 2), kind=odoo.transfers, source=shelf, target=odoo.bin())["ids"][0], **SKIP
    )

    told = apply(odoo, quant)

    assert told["res_model"] == "stock.inventory.conflict"
    assert told["context"]["default_quant_to_fix_ids"] == [quant]
    row = odoo.row("stock.quant", quant, *ROW)
    assert (row["quantity"], row["is_outdated"], row["inventory_diff_quantity"]) == (8.0, True, -3.0)


@pytest.mark.parametrize(("method", "left"), [("action_keep_counted_quantity", 7.0), ("action_keep_difference", 5.0)])
def test_a_manager_settles_the_conflict(odoo: Odoo, method: str, left: float) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)
    count(odoo, product, shelf, "7")
    odoo.validate(
        odoo.document((product, "", 2), kind=odoo.transfers, source=shelf, target=odoo.bin())["ids"][0], **SKIP
    )
    wizard = {"quant_ids": [[6, 0, [quant]]], "quant_to_fix_ids": [[6, 0, [quant]]]}

    refused = odoo.call("stock.inventory.conflict", "create", vals_list=[wizard])
    key = odoo.ok("stock.inventory.conflict", "create", "manager", vals_list=[wizard])[0]
    odoo.ok("stock.inventory.conflict", method, "manager", ids=[key])

    assert (refused[0], refused[1]["name"]) == (403, "odoo.exceptions.AccessError")
    assert rows(odoo, product, shelf) == [left]


def test_a_submitted_count_can_be_cleared(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)
    count(odoo, product, shelf, "7")

    for _ in range(2):
        assert odoo.ok("stock.quant", "action_clear_inventory_quantity", ids=[quant]) is None

    row = odoo.row("stock.quant", quant, *ROW)
    assert (row["inventory_quantity"], row["inventory_quantity_set"], row["inventory_diff_quantity"]) == (
        0.0,
        False,
        0.0,
    )
    assert row["user_id"] is False
    assert (
        odoo.ok("stock.quant", "search_count", domain=[["id", "=", quant], ["inventory_quantity_set", "=", True]]) == 0
    )


def test_a_count_sets_one_row_of_many(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    first = lay(odoo, product, shelf, 5)
    for more in (3, -1):
        lay(odoo, product, shelf, more)

    assert count(odoo, product, shelf, "7")["ids"] == [first]
    apply(odoo, first)

    assert sum(rows(odoo, product, shelf)) == 9


def test_opening_the_list_merges_rows_into_the_first(odoo: Odoo) -> None:
    product, shelf, xid = odoo.product("none"), odoo.bin(), unique("c")
    first, second = lay(odoo, product, shelf, 5), lay(odoo, product, shelf, 3)
    written = odoo.row("stock.quant", first, "write_date")["write_date"]

    told = odoo.ok("stock.quant", "action_view_inventory")

    assert told["res_model"] == "stock.quant"
    assert rows(odoo, product, shelf) == [8.0]
    assert odoo.row("stock.quant", first, "write_date")["write_date"] == written
    assert odoo.ok("stock.quant", "read", ids=[second], fields=["quantity"]) == []
    assert count(odoo, product, shelf, "8", xid)["ids"] == [first]


def test_a_count_on_the_row_that_stays_is_kept(odoo: Odoo) -> None:
    product, shelf, xid = odoo.product("none"), odoo.bin(), unique("c")
    quant = count(odoo, product, shelf, "7", xid)["ids"][0]
    lay(odoo, product, shelf, 5)

    odoo.ok("stock.quant", "action_view_inventory")

    row = odoo.row("stock.quant", quant, "quantity", "inventory_quantity", "inventory_quantity_set")
    assert (row["quantity"], row["inventory_quantity"], row["inventory_quantity_set"]) == (5.0, 7.0, True)
    assert reference(odoo, xid) == (200, ["stock.quant", quant])


def test_a_row_merged_away_leaves_its_name_behind(odoo: Odoo) -> None:
    product, shelf, xid = odoo.product("none"), odoo.bin(), unique("c")
    first, second = lay(odoo, product, shelf, 5), lay(odoo, product, shelf, 3)
    odoo.ok("stock.quant", "write", "admin", ids=[first], vals={"in_date": "2035-01-01 00:00:00"})
    assert count(odoo, product, shelf, "7", xid)["ids"] == [second]  # the oldest goods first, not the lowest id

    odoo.ok("stock.quant", "action_view_inventory")

    row = odoo.row("stock.quant", first, "quantity", "inventory_quantity", "inventory_quantity_set")
    assert (row["quantity"], row["inventory_quantity"], row["inventory_quantity_set"]) == (8.0, 7.0, False)
    assert reference(odoo, xid) == (200, ["stock.quant", False])


def test_a_row_of_nothing_goes_with_its_name(odoo: Odoo) -> None:
    product, shelf, xid = odoo.product("none"), odoo.bin(), unique("c")
    quant = count(odoo, product, shelf, "3", xid)["ids"][0]
    odoo.ok("stock.quant", "action_view_inventory")
    assert reference(odoo, xid) == (200, ["stock.quant", quant])  # somebody counts it
    odoo.ok("stock.quant", "action_clear_inventory_quantity", ids=[quant])

    odoo.ok("stock.quant", "action_view_inventory")

    status, told = reference(odoo, xid)
    assert (status, told["name"]) == (500, "builtins.ValueError")
    assert odoo.ok("stock.quant", "search_count", domain=[["id", "=", quant]]) == 0


def test_a_used_up_row_is_made_again_by_a_late_retry(odoo: Odoo) -> None:
    """Why a count is asked for by its name before it is sent again (contract 14.1)."""
    product, shelf, xid = odoo.product("none"), odoo.bin(), unique("c")
    quant = count(odoo, product, shelf, "12", xid)["ids"][0]
    apply(odoo, quant)
    odoo.validate(
        odoo.document((product, "", 12), kind=odoo.transfers, source=shelf, target=odoo.bin())["ids"][0], **SKIP
    )
    odoo.ok("stock.quant", "action_view_inventory")
    assert rows(odoo, product, shelf) == []

    again = count(odoo, product, shelf, "12", xid)["ids"]

    assert again
    assert again != [quant]


def test_one_bad_row_of_counts_and_none_is_taken(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)
    view = odoo.rows("stock.location", ["usage", "=", "view"], fields=["name"])[0]["id"]
    data = [[f"__wardstock__.{unique('c')}", product, place, "", "", "", "7"] for place in (shelf, view)]

    told = odoo.load("stock.quant", COUNT, *data, inventory_mode=True)

    assert told["ids"] is False
    assert [entry["record"] for entry in told["messages"]] == [0, 1]
    assert odoo.row("stock.quant", quant, "inventory_quantity_set")["inventory_quantity_set"] is False


AUTO = ["id", "product_id/.id", "location_id/.id", "inventory_quantity_auto_apply"]
AT_ONCE = {17: [10.0], 18: [7.0], 19: [7.0]}
"""What lies there after a stock user's count with "apply at once": on 17 an id is told and nothing is done."""


def test_a_count_applied_at_once_by_a_stock_user(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, product, shelf, 10)

    told = odoo.load("stock.quant", AUTO, [f"__wardstock__.{unique('c')}", product, shelf, "7"], inventory_mode=True)

    assert told["ids"]
    assert [quantity for quantity in rows(odoo, product, shelf) if quantity] == AT_ONCE[odoo.major]


def test_a_stock_user_deletes_no_row(odoo: Odoo) -> None:
    quant = lay(odoo, odoo.product("none"), odoo.bin(), 10)

    status, told = odoo.call("stock.quant", "unlink", ids=[quant])

    assert status == 403 or (status, told["name"]) == (422, "odoo.exceptions.UserError")
    assert odoo.row("stock.quant", quant, "quantity")["quantity"] == 10.0


def test_a_colleague_counts_by_the_rows_id(odoo: Odoo) -> None:
    product, shelf = odoo.product("none"), odoo.bin()
    quant = lay(odoo, product, shelf, 10)

    told = odoo.load("stock.quant", [".id", "inventory_quantity"], [quant, "7"], inventory_mode=True)

    assert told["ids"] == [quant]
    row = odoo.row("stock.quant", quant, *ROW)
    assert (row["inventory_quantity"], row["inventory_quantity_set"], row["inventory_diff_quantity"]) == (
        7.0,
        True,
        -3.0,
    )
