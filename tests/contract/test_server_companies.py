"""Two companies in one Odoo: what each sees of the other, and lots of the same name (contract 14.12)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.conftest import CTX, Odoo, unique

pytestmark = pytest.mark.contract

CLINIC = "Wardstock Clinic"


@pytest.fixture(scope="module")
def clinic(odoo: Odoo) -> int:
    """A second company, the administrator's alone; made once on each server."""
    known = odoo.ok("res.company", "search", "admin", domain=[["name", "=", CLINIC]])
    company = int(known[0] if known else odoo.ok("res.company", "create", "admin", vals_list=[{"name": CLINIC}])[0])
    if not odoo.ok("stock.warehouse", "search", "admin", domain=[], context=there(company)):
        assert odoo.major >= 18  # 17 opens one with the company
        house = {"name": CLINIC, "code": "CLI", "company_id": company}
        odoo.ok("stock.warehouse", "create", "admin", vals_list=[house], context=there(company))
    return company


def there(clinic: int) -> dict[str, Any]:
    return {"allowed_company_ids": [clinic]}


def shelf_of(odoo: Odoo, clinic: int) -> int:
    domain = [["company_id", "=", clinic], ["usage", "=", "internal"]]
    return int(odoo.ok("stock.location", "search", "admin", domain=domain, limit=1, context=there(clinic))[0])


def test_a_warehouse_comes_with_its_kinds_of_operation(odoo: Odoo, clinic: int) -> None:
    kinds = odoo.ok("stock.picking.type", "search_read", "admin", domain=[], fields=["code", "company_id"],
                    context=there(clinic))  # fmt: skip

    assert {kind["company_id"][0] for kind in kinds} == {clinic}
    assert {"incoming", "internal", "outgoing"} <= {kind["code"] for kind in kinds}


def test_one_company_does_not_see_the_others_places(odoo: Odoo, clinic: int) -> None:
    shelf = shelf_of(odoo, clinic)

    assert odoo.ok("stock.location", "search", domain=[["id", "=", shelf]]) == []
    status, told = odoo.call("stock.location", "read", ids=[shelf], fields=["name"])

    assert (status, told["name"]) == (403, "odoo.exceptions.AccessError")
    assert "torekeeper" in told["message"]


LOT_COMPANY = {17: True, 18: False, 19: False}
"""Whether a lot made without a word on it belongs to a company."""


def test_a_lot_of_one_name_in_two_companies(odoo: Odoo, clinic: int) -> None:
    product = odoo.product()
    fields = ["id", "product_id/.id", "name", "company_id/.id"]

    def made(company: int) -> Any:
        row = [f"__wardstock__.{unique('lot')}", product, "A1", company]
        return odoo.ok("stock.lot", "load", "admin", fields=fields, data=[row], context=CTX | there(company))

    assert made(1)["ids"]
    assert made(clinic)["ids"]
    assert made(1)["ids"] is False
    both = {"allowed_company_ids": [1, clinic]}
    lots = odoo.ok("stock.lot", "search_read", "admin", domain=[["product_id", "=", product]], fields=["company_id"],
                   context=both)  # fmt: skip
    assert sorted(lot["company_id"][0] for lot in lots) == sorted([1, clinic])
    assert odoo.ok("stock.lot", "search_count", domain=[["product_id", "=", product]]) == 1


def test_a_lot_without_a_word_on_its_company(odoo: Odoo, clinic: int) -> None:
    row = [f"__wardstock__.{unique('lot')}", odoo.product(), "A1"]

    lot = odoo.ok("stock.lot", "load", "admin", fields=["id", "product_id/.id", "name"], data=[row],
                  context=CTX | there(clinic))["ids"][0]  # fmt: skip

    told = odoo.ok("stock.lot", "read", "admin", ids=[lot], fields=["company_id"], context=there(clinic))[0]
    assert told["company_id"] == ([clinic, CLINIC] if LOT_COMPANY[odoo.major] else False)


def test_who_one_is_may_be_read_in_a_company_that_is_not_ones_own(odoo: Odoo) -> None:
    foreign = {"allowed_company_ids": [9999]}
    uid = odoo.ok("res.users", "context_get")["uid"]

    assert (
        odoo.ok("res.users", "read", ids=[uid], fields=["name", "login"], context=foreign)[0]["login"] == odoo.login()
    )
