"""What a test can let happen to the ward's server: keys, rights and databases that go, and a start anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx2
import pytest

from sync.practice.reception import Reception
from sync.practice.server import PracticeWard
from tests.contract.conftest import Odoo


@pytest.fixture(params=[17, 18, 19])
def house(request: pytest.FixtureRequest) -> Iterator[tuple[PracticeWard, Odoo]]:
    with (
        PracticeWard(version=request.param) as ward,
        httpx2.Client(timeout=10, trust_env=False, verify=False) as client,
    ):
        yield ward, Odoo(ward.url, ward.database, ward.keys, client, ward.logins)


def test_a_revoked_key_opens_nothing_and_a_new_one_does(house: tuple[PracticeWard, Odoo]) -> None:
    ward, odoo = house
    assert odoo.call("res.users", "context_get")[0] == 200

    ward.revoke("storekeeper")
    assert odoo.call("res.users", "context_get")[0] == 401
    ward.give_key("storekeeper", "another-key-000000")

    assert odoo.call("res.users", "context_get")[0] == 200


def test_rights_can_be_taken_and_given_back(house: tuple[PracticeWard, Odoo]) -> None:
    ward, odoo = house

    ward.set_groups("storekeeper")
    assert odoo.call("stock.picking", "search_read", domain=[])[0] == 403
    ward.set_groups("storekeeper", "stock.group_stock_user")

    assert odoo.call("stock.picking", "search_read", domain=[])[0] == 200


def test_a_renamed_database_is_not_found(house: tuple[PracticeWard, Odoo]) -> None:
    ward, odoo = house
    odoo.ok("res.users", "context_get")

    ward.rename_database("elsewhere")

    if odoo.major >= 19:
        headers = {"Authorization": f"bearer {odoo.keys['storekeeper']}", "X-Odoo-Database": odoo.database}
        assert odoo.client.post(f"{odoo.url}/json/2/res.users/context_get", json={}, headers=headers).status_code == 404
    else:
        assert odoo.call("res.users", "context_get")[1]["name"] == "psycopg2.OperationalError"


def test_a_restarted_ward_has_its_records(house: tuple[PracticeWard, Odoo]) -> None:
    ward, odoo = house
    product = odoo.product()

    ward.restart()

    assert odoo.row("product.product", product, "active")["active"] is True


def test_a_second_company_keeps_its_goods_to_itself(house: tuple[PracticeWard, Odoo]) -> None:
    _, odoo = house
    company = odoo.ok("res.company", "create", "admin", vals_list=[{"name": "Clinic"}])[0]
    only = {"allowed_company_ids": [company]}
    if odoo.major >= 18:
        house_of = {"name": "Clinic", "code": "CLI", "company_id": company}
        odoo.ok("stock.warehouse", "create", "admin", vals_list=[house_of], context=only)
    kinds = odoo.ok("stock.picking.type", "search_read", "admin", domain=[], fields=["company_id"], context=only)
    assert {kind["company_id"][0] for kind in kinds} == {company}

    place = odoo.ok(
        "stock.location", "search", "admin", domain=[["usage", "=", "internal"], ["company_id", "=", company]]
    )[0]
    status, told = odoo.call("stock.location", "read", ids=[place], fields=["name"])

    assert (status, told["name"]) == (403, "odoo.exceptions.AccessError")
    assert odoo.ok("stock.location", "search", domain=[["id", "=", place]]) == []


def test_without_a_door_it_answers_in_the_thread_that_asks() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    inside = Reception(version=18, now=lambda: at)

    reply = inside.work("GET", "/json/version", {}, b"")

    assert reply.status == 303
    assert {row["write_date"] for row in inside.ask("stock.lot")} == {"2026-01-02 03:04:05"}
