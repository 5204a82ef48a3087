"""Lots: made once by load, never twice, and the dates Odoo invents and keeps (contract 4.1, 14)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.contract.conftest import Odoo, unique

pytestmark = pytest.mark.contract

FIELDS = ["id", "product_id/.id", "name", "expiration_date"]
DATES = ["expiration_date", "use_date", "removal_date", "alert_date"]
NOON = "2035-06-30 12:00:00"

TWIN = dict.fromkeys((18, 19), "The combination of lot/serial number and product must be unique within a company") | {
    17: "The combination of serial number and product must be unique across a company."
}


def test_a_repeated_load_answers_the_same_lot(odoo: Odoo) -> None:
    product, xid = odoo.product(), f"__wardstock__.{unique('lot')}"

    first = odoo.load("stock.lot", FIELDS, [xid, product, "A1", NOON])
    again = odoo.load("stock.lot", FIELDS, [xid, product, "A1", NOON])

    assert first == {"ids": first["ids"], "messages": [], "nextrow": 0}
    assert again == first
    assert odoo.ok("stock.lot", "search_count", domain=[["product_id", "=", product]]) == 1


def test_noupdate_ignores_another_body_in_silence(odoo: Odoo) -> None:
    product, xid = odoo.product(), f"__wardstock__.{unique('lot')}"
    lot = odoo.load("stock.lot", FIELDS, [xid, product, "A1", NOON])["ids"][0]

    odoo.load("stock.lot", FIELDS, [xid, product, "B2", "2036-01-31 12:00:00"])

    assert odoo.row("stock.lot", lot, "name", "expiration_date") == {
        "id": lot, "name": "A1", "expiration_date": NOON,
    }  # fmt: skip


def test_a_lot_that_exists_without_our_id_must_be_looked_up(odoo: Odoo) -> None:
    product = odoo.product()
    odoo.lot(product, "A1")

    told = odoo.load("stock.lot", FIELDS, [f"__wardstock__.{unique('lot')}", product, "A1", NOON])

    assert told["ids"] is False
    assert told["messages"][0]["message"].startswith(TWIN[odoo.major])
    assert told["messages"][0]["record"] == 0
    assert told["messages"][0]["type"] == "error"


def test_dates_of_a_lot_follow_from_its_expiry(odoo: Odoo) -> None:
    lot = odoo.lot(odoo.product(alert_time=30, removal_time=10, use_time=20), expiry=NOON)

    assert odoo.row("stock.lot", lot, *DATES) == {
        "id": lot,
        "expiration_date": NOON,
        "use_date": "2035-06-10 12:00:00",
        "removal_date": "2035-06-20 12:00:00",
        "alert_date": "2035-05-31 12:00:00",
    }


def test_a_lot_without_a_word_on_its_date_gets_one_invented(odoo: Odoo) -> None:
    product = odoo.product(expiration_time=100)
    row = [f"__wardstock__.{unique('lot')}", product, "A1"]

    lot = odoo.load("stock.lot", ["id", "product_id/.id", "name"], row)["ids"][0]

    invented = datetime.fromisoformat(odoo.row("stock.lot", lot, "expiration_date")["expiration_date"])
    made = datetime.fromisoformat(odoo.row("stock.lot", lot, "create_date")["create_date"])
    assert abs(invented - made - timedelta(days=100)) < timedelta(seconds=5)


def test_an_empty_date_stays_empty(odoo: Odoo) -> None:
    lot = odoo.lot(odoo.product(), expiry="")

    assert odoo.row("stock.lot", lot, *DATES) == {
        "id": lot, "expiration_date": False, "use_date": False, "removal_date": False, "alert_date": False,
    }  # fmt: skip


def test_a_product_without_expiry_keeps_the_date_but_none_of_the_others(odoo: Odoo) -> None:
    lot = odoo.lot(odoo.product(expires=False), expiry=NOON)

    assert odoo.row("stock.lot", lot, *DATES) == {
        "id": lot, "expiration_date": NOON, "use_date": False, "removal_date": False, "alert_date": False,
    }  # fmt: skip


def test_writing_the_expiry_leaves_the_other_dates(odoo: Odoo) -> None:
    lot = odoo.lot(odoo.product(), expiry=NOON)

    odoo.ok("stock.lot", "write", ids=[lot], vals={"expiration_date": "2035-07-30 12:00:00"})

    told = odoo.row("stock.lot", lot, *DATES)
    assert told["expiration_date"] == "2035-07-30 12:00:00"
    assert told["removal_date"] == NOON


def test_load_reads_times_in_the_zone_of_the_context(odoo: Odoo) -> None:
    product = odoo.product()
    row = [f"__wardstock__.{unique('lot')}", product, "A1", "2035-01-31 12:00:00"]

    lot = odoo.load("stock.lot", FIELDS, row, tz="Europe/Berlin")["ids"][0]

    assert odoo.row("stock.lot", lot, "expiration_date")["expiration_date"] == "2035-01-31 11:00:00"


def test_case_and_spaces_make_other_lots(odoo: Odoo) -> None:
    product = odoo.product()

    lots = {odoo.lot(product, name) for name in ("caseX1", "CASEX1", "caseX1 ")}

    assert len(lots) == 3


def test_the_batch_of_a_serial_goes_to_ref(odoo: Odoo) -> None:
    product = odoo.product("serial")
    row = [f"__wardstock__.{unique('lot')}", product, "S1", NOON, "BATCH-7"]

    lot = odoo.load("stock.lot", [*FIELDS, "ref"], row)["ids"][0]

    assert odoo.row("stock.lot", lot, "ref", "name")["ref"] == "BATCH-7"


def test_several_at_once_make_one_lot(odoo: Odoo) -> None:
    product, xid = odoo.product(), f"__wardstock__.{unique('lot')}"
    asked: dict[str, Any] = {
        "fields": FIELDS,
        "data": [[xid, product, "A1", NOON]],
        "context": {"mode": "update", "noupdate": True, "tz": "UTC"},
    }

    replies = odoo.together(4, "stock.lot", "load", **asked)

    assert {status for status, _ in replies} == {200}
    made = {told["ids"][0] for _, told in replies if told["ids"]}
    assert len(made) == 1
    refused = [told["messages"][0]["message"] for _, told in replies if not told["ids"]]
    assert all(("could not serialize access" in text) or ("must be unique" in text) for text in refused)
    assert odoo.ok("stock.lot", "load", **asked)["ids"] == list(made)
    assert odoo.ok("stock.lot", "search_count", domain=[["product_id", "=", product]]) == 1


def test_an_unknown_product_is_named(odoo: Odoo) -> None:
    told = odoo.load("stock.lot", FIELDS, [f"__wardstock__.{unique('lot')}", 99999999, "A1", NOON])

    assert told["ids"] is False
    assert told["messages"][0]["message"] == "No matching record found for database id '99999999' in field 'Product'"
    assert told["messages"][0]["field"] == "product_id"


def test_a_bad_date_is_named(odoo: Odoo) -> None:
    told = odoo.load("stock.lot", FIELDS, [f"__wardstock__.{unique('lot')}", odoo.product(), "A1", "30.06.2035"])

    assert told["ids"] is False
    assert told["messages"][0]["message"] == (
        "'30.06.2035' does not seem to be a valid datetime for field 'Expiration Date'"
    )
