"""Who may do what on an Odoo with stock and purchase (contract 12)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.conftest import CTX, Odoo, unique

pytestmark = pytest.mark.contract

RIGHTS = {
    # read, write, create, unlink: storekeeper, manager, plain
    "res.users": ("r", "r", "r"),
    "res.users.apikeys": ("r", "r", "r"),
    "res.company": ("r", "r", "r"),
    "ir.module.module": ("r", "r", "r"),
    "ir.model.data": ("", "", ""),
    "ir.config_parameter": ("", "", ""),
    "ir.attachment": ("rwcu", "rwcu", "rwcu"),
    "res.partner": ("r", "rwc", "r"),
    "product.product": ("r", "r", "r"),
    "product.template": ("r", "r", "r"),
    "product.supplierinfo": ("r", "r", "r"),
    "uom.uom": ("r", "r", "r"),
    "stock.lot": ("rwcu", "rwcu", ""),
    "stock.location": ("r", "rwcu", "r"),
    "stock.warehouse": ("r", "rwcu", "r"),
    "stock.warehouse.orderpoint": ("r", "rwcu", ""),
    "stock.picking.type": ("r", "rwcu", "r"),
    "stock.picking": ("rwcu", "rwcu", ""),
    "stock.move": ("rwc", "rwcu", ""),
    "stock.move.line": ("rwcu", "rwcu", "rwcu"),
    "stock.quant": ("rwc", "rwc", "r"),
    "purchase.order": ("r", "r", ""),
    "purchase.order.line": ("r", "r", ""),
}
SINCE_19 = {
    "product.uom": ("r", "r", "r"),
    "stock.package": ("rwcu", "rwcu", "r"),
}
BEFORE_19 = {
    "product.product": ("r", "rwcu", "r"),
    "product.template": ("r", "rwcu", "r"),
    "product.supplierinfo": ("r", "rwcu", "r"),
    "product.packaging": ("r", "rwcu", "r"),
    "uom.uom": ("r", "rwcu", "r"),
    "uom.category": ("r", "rwcu", "r"),
    "stock.quant.package": ("rwcu", "rwcu", "r"),
}
ON_18 = {"stock.location": ("rw", "rwcu", "r")}
"""There a stock user may write places, so also archive them."""

BY_VERSION = {17: RIGHTS | BEFORE_19, 18: RIGHTS | BEFORE_19 | ON_18, 19: RIGHTS | SINCE_19}

OPERATIONS = ("read", "write", "create", "unlink")


@pytest.mark.parametrize(("column", "role"), list(enumerate(("storekeeper", "manager", "plain"))))
def test_rights_by_model(odoo: Odoo, column: int, role: str) -> None:
    wanted = BY_VERSION[odoo.major]

    allowed = {model: "".join(word[0] for word in OPERATIONS if odoo.may(model, word, role)) for model in wanted}

    assert allowed == {model: row[column] for model, row in wanted.items()}


def test_groups(odoo: Odoo) -> None:
    assert odoo.member("stock.group_stock_user")
    assert not odoo.member("stock.group_stock_manager")
    assert not odoo.member("stock.no_such_group")


_SOME = ["Inventory/Administrator", "Inventory/User"]
_OTHERS = ["Purchase/Administrator", "Purchase/User"]
READERS = {
    17: [*_SOME, "Invoicing/Billing", *_OTHERS, "Technical/Show Accounting Features - Readonly"],
    18: [*_SOME, "Invoicing/Invoicing", *_OTHERS, "Technical/Show Accounting Features - Readonly"],
    19: ["Accounting/Invoicing", *_SOME, *_OTHERS, "Show Accounting Features - Readonly"],
}
"""Who reads transfers, as Odoo tells who does not."""


def test_a_plain_user_reads_no_transfers(odoo: Odoo) -> None:
    status, told = odoo.call("stock.picking", "search_read", "plain", domain=[])

    assert (status, told["name"]) == (403, "odoo.exceptions.AccessError")
    assert told["message"] == (
        "You are not allowed to access 'Transfer' (stock.picking) records.\n\n"
        "This operation is allowed for the following groups:\n"
        + "".join(f"\t- {group}\n" for group in READERS[odoo.major])
        + "\n"
        "Contact your administrator to request access if necessary."
    )


def test_a_plain_user_validates_nothing(odoo: Odoo) -> None:
    picking = odoo.expected((odoo.product("none"), 1))

    status, told = odoo.call("stock.picking", "button_validate", "plain", ids=[picking["id"]])

    assert (status, told["name"]) == (403, "odoo.exceptions.AccessError")


def test_a_plain_users_load_answers_instead_of_failing(odoo: Odoo) -> None:
    row = [f"__wardstock__.{unique('x')}", "X", odoo.product()]

    told = odoo.ok("stock.lot", "load", "plain", fields=["id", "name", "product_id/.id"], data=[row], context=CTX)

    assert told["ids"] is False
    assert told["messages"][0]["message"] == (
        "You are not allowed to create 'Lot/Serial' (stock.lot) records.\n\n"
        "This operation is allowed for the following groups:\n\t- Inventory/User\n\n"
        "Contact your administrator to request access if necessary."
    )


def test_a_stock_user_teaches_no_barcodes_and_moves_no_shelves(odoo: Odoo) -> None:
    product = odoo.product()
    box: dict[str, object] = {"product_id": product, "barcode": "1"}
    box |= {"uom_id": odoo.unit} if odoo.major >= 19 else {"name": "Box"}
    refused = [
        odoo.call("product.product", "write", ids=[product], vals={"barcode": unique("b")}),
        odoo.call("product.uom" if odoo.major >= 19 else "product.packaging", "create", vals_list=[box]),
        odoo.call("stock.location", "create", vals_list=[{"name": "x", "location_id": odoo.stock}]),
        odoo.call("ir.config_parameter", "search_read", domain=[]),
        odoo.call("ir.model.data", "search_read", domain=[]),
    ]

    assert [(status, told["name"]) for status, told in refused] == [(403, "odoo.exceptions.AccessError")] * 5
    assert "modify 'Product Variant' (product.product)" in refused[0][1]["message"]


def test_a_stock_user_deletes_no_transfer(odoo: Odoo) -> None:
    picking = odoo.expected((odoo.product("none"), 1))

    status, told = odoo.call("stock.picking", "unlink", ids=[picking["id"]])

    assert (status, told["name"]) == (403, "odoo.exceptions.AccessError")
    assert told["message"].startswith("You are not allowed to delete 'Stock Move' (stock.move) records.")
    assert odoo.row("stock.picking", picking["id"], "state")["state"] == "assigned"


def test_only_own_keys_are_seen(odoo: Odoo) -> None:
    rows = odoo.ok("res.users.apikeys", "search_read", domain=[])

    uid = odoo.ok("res.users", "context_get")["uid"]
    assert rows
    assert {row["user_id"][0] for row in rows} == {uid}
    assert [("expiration_date" in row, bool(row.get("expiration_date"))) for row in rows] == [
        (odoo.major >= 18, odoo.major >= 18) for _ in rows
    ]
    assert all("secret" not in row and "key" not in row for row in rows)


def test_modules_may_be_asked_for(odoo: Odoo) -> None:
    rows = odoo.rows("ir.module.module", ["name", "in", ["stock", "product_expiry"]], fields=["name", "state"])

    assert {row["name"]: row["state"] for row in rows} == {"stock": "installed", "product_expiry": "installed"}


FOREIGN: dict[str, Any] = {"allowed_company_ids": [9999]}
"""A company that is not the user's."""


def test_in_a_foreign_company_odoo_still_says_who_one_is(odoo: Odoo) -> None:
    assert odoo.ok("res.users", "context_get", context=FOREIGN)["uid"]
    assert odoo.member("stock.group_stock_user")
    assert odoo.member("stock.group_stock_user", **FOREIGN), "of the groups it says what it remembers"
    if odoo.major >= 18:
        assert odoo.ok("stock.picking", "has_access", ids=[], operation="write", context=FOREIGN) is True
    else:
        asked = {"operation": "write", "raise_exception": False, "context": FOREIGN}
        assert odoo.call("stock.picking", "check_access_rights", "storekeeper", **asked) == (200, True)
    assert odoo.ok("uom.uom", "search_read", domain=[], fields=["name"], limit=1, context=FOREIGN)


def test_in_a_foreign_company_odoo_may_refuse_to_look_for_the_groups(odoo: Odoo) -> None:
    """What it does not remember since a user was written: from 18 on that is refused, 17 looks behind the rules."""
    uid = odoo.ok("res.users", "context_get")["uid"]
    groups = "groups_id" if odoo.major < 19 else "group_ids"
    held = odoo.ok("res.users", "read", "admin", ids=[uid], fields=[groups])[0][groups]
    odoo.ok("res.users", "write", "admin", ids=[uid], vals={groups: [[6, 0, held]]})
    asked: dict[str, Any] = {"group_ext_id": "stock.group_stock_user", "context": FOREIGN}
    asked |= {"ids": [uid]} if odoo.major >= 18 else {}

    status, told = odoo.call("res.users", "has_group", "storekeeper", **asked)

    if odoo.major >= 18 and status != 200:
        assert (status, told["name"]) == (403, "odoo.exceptions.AccessError")
    else:
        assert (status, told) == (200, True)


@pytest.mark.parametrize("model", ["stock.picking", "stock.move", "stock.lot", "stock.location", "product.product"])
def test_in_a_foreign_company_odoo_shows_nothing_of_the_stock(odoo: Odoo, model: str) -> None:
    status, told = odoo.call(model, "search_read", domain=[], fields=["id"], limit=1, context=FOREIGN)

    assert (status, told["name"]) == (403, "odoo.exceptions.AccessError")
    assert told["message"] == "Access to unauthorized or invalid companies."


def test_in_a_foreign_company_a_load_answers_instead_of_failing(odoo: Odoo) -> None:
    row = [f"__wardstock__.{unique('x')}", unique("lot"), odoo.product()]

    told = odoo.ok("stock.lot", "load", fields=["id", "name", "product_id/.id"], data=[row], context=CTX | FOREIGN)

    assert told["ids"] is False
    assert [message["message"] for message in told["messages"]]
