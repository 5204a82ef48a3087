"""The practice ward itself: the same hospital each day, calls that are all or nothing, and races like PostgreSQL's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sync.practice import json2, remote, seed
from sync.practice.server import PracticeWard
from tests.practice.conftest import Ask


def test_the_hospital_has_goods_of_each_kind(ward: PracticeWard) -> None:
    products = ward.ask("product.product")

    assert len(products) >= 40
    assert {product["tracking"] for product in products} == {"lot", "serial", "none"}
    assert any(not product["barcode"] for product in products)
    assert {12, 13, 14} <= {len(product["barcode"]) for product in products if product["barcode"]}
    assert len(ward.ask("product.uom")) >= 20
    assert all(row["product_code"] for row in ward.ask("product.supplierinfo") if row["product_id"][0] < 30)


@pytest.mark.parametrize("model", ["product.product", "product.uom"])
def test_each_gtin_has_its_check_digit(ward: PracticeWard, model: str) -> None:
    codes = [row["barcode"] for row in ward.ask(model) if row["barcode"] and row["barcode"].isdigit()]

    def total(code: str) -> int:
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code)))

    assert [code for code in codes if total(code) % 10] == []
    assert len(set(codes)) == len(codes)


def test_no_barcode_means_two_things(ward: PracticeWard) -> None:
    everything = [row["barcode"] for model in ("product.product", "product.uom", "stock.location")
                  for row in ward.ask(model) if row["barcode"]]  # fmt: skip

    normal = [code.zfill(14) if code.isdigit() else code for code in everything]
    assert len(set(normal)) == len(normal)


def test_deliveries_are_expected_and_some_have_a_bin(ward: PracticeWard) -> None:
    expected = ward.pickings(state="assigned")

    assert len(expected) >= 6
    assert {picking["picking_type_code"] for picking in expected} == {"incoming"}
    lines = ward.ask("stock.move.line")
    assert not any(line["picked"] for line in lines)
    assert any(line["location_dest_id"][1] == "CS/Stock/Shelf A/A1" for line in lines)


def test_some_stock_is_expired_and_dates_count_from_today(ward: PracticeWard) -> None:
    lots = ward.ask("stock.lot", ["name", "=", "MED-0001-L4"])

    expiry = datetime.fromisoformat(lots[0]["expiration_date"]).date()
    assert expiry == datetime.now(UTC).date() - timedelta(days=5)
    assert ward.stock_of("MED-0001", lot="MED-0001-L4") == 10
    assert ward.stock_of("MED-0001", location="LOC-CS-A1") == 200
    assert ward.stock_of("MED-0001", location="CS/Stock/Shelf A") == 200
    assert ward.stock_of("MED-0001") == Decimal(330)


def test_two_wards_are_the_same_but_apart(ward: PracticeWard, ask: Ask) -> None:
    with PracticeWard() as other:
        assert [row["name"] for row in other.ask("stock.lot")] == [row["name"] for row in ward.ask("stock.lot")]
        ask("stock.lot", "create", vals_list=[{"name": "Q", "product_id": 1}])

        assert len(other.ask("stock.lot", ["name", "=", "Q"])) == 0
        assert len(ward.ask("stock.lot", ["name", "=", "Q"])) == 1


def test_a_call_that_fails_leaves_nothing(ward: PracticeWard, ask: Ask) -> None:
    before = {model: ward.ask(model) for model in ("stock.move.line", "stock.quant", "stock.move", "stock.picking")}
    vals = {"picking_id": 1, "product_id": 1, "quantity": 5, "picked": True}
    response = ask("stock.move.line", "create", vals_list=[vals, vals | {"quantity": -1}])

    assert response.status_code == 422
    assert {model: ward.ask(model) for model in before} == before


def test_calls_are_remembered_in_order(ward: PracticeWard, ask: Ask) -> None:
    ask("res.users", "context_get")
    ask("stock.picking", "search_count", domain=[])

    assert ward.calls == [("res.users", "context_get"), ("stock.picking", "search_count")]


@pytest.fixture
def hospital() -> remote.Ward:
    hospital = remote.Ward()
    seed.fill(hospital)
    return hospital


def owner_of(hospital: remote.Ward, key: str) -> int:
    owner = hospital.owner_of(key)
    assert owner is not None
    return owner


LOT: dict[str, Any] = {
    "fields": ["id", "product_id/.id", "name"],
    "data": [["__wardstock__.race", 1, "R1"]],
    "context": {"mode": "update", "noupdate": True},
}


def test_who_began_before_the_other_committed_cannot_serialize(hospital: remote.Ward) -> None:
    key = seed.KEYS["storekeeper"]
    early = hospital.call(owner_of(hospital, key), LOT["context"])
    first = json2.answer(hospital, key, "stock.lot", "load", LOT).content

    with hospital.db.transaction():
        late = hospital.models["stock.lot"].load(early, LOT["fields"], LOT["data"])

    assert late["ids"] is False
    assert late["messages"][0]["message"] == "could not serialize access due to concurrent update"
    assert json2.answer(hospital, key, "stock.lot", "load", LOT).content == first


def test_a_bug_is_shown_as_odoo_shows_one_and_logged(
    hospital: remote.Ward, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: object) -> None:
        raise KeyError("oops")

    broken.remote = "model"  # type: ignore[attr-defined]  # as @api_model does
    monkeypatch.setattr(hospital.models["stock.lot"], "search_count", broken)

    answer = json2.answer(hospital, seed.KEYS["storekeeper"], "stock.lot", "search_count", {})

    assert (answer.status, answer.content["name"]) == (500, "builtins.KeyError")
    assert "stock.lot.search_count failed" in caplog.text


def test_a_key_that_has_run_out_is_no_key(hospital: remote.Ward) -> None:
    key = seed.KEYS["storekeeper"]
    known = hospital.db.find("res.users.apikeys", "_secret", key)[0]
    hospital.call(1, superuser=True).put(known, expiration_date=datetime.now(UTC) - timedelta(days=1))

    answer = json2.answer(hospital, key, "res.users", "context_get", {})

    assert (answer.status, answer.content["message"]) == (401, "Invalid apikey")
