"""How an Odoo 19 speaks: version, keys, and its table of errors (contract 1)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from tests.contract.conftest import Odoo

pytestmark = pytest.mark.contract

JSON = {"Content-Type": "application/json"}


def raw(odoo: Odoo, path: str = "/json/2/res.users/context_get", body: bytes = b"{}", **headers: str) -> Any:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return odoo.client.post(odoo.url + path, content=body, headers=JSON | told)


def test_version_is_told_without_a_key(odoo: Odoo) -> None:
    response = odoo.client.get(f"{odoo.url}/json/version")

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    assert response.json()["version_info"][0] >= 19


def test_each_answer_tells_the_servers_clock_and_ends_the_connection(odoo: Odoo) -> None:
    response = raw(odoo, Authorization=f"bearer {odoo.keys['storekeeper']}", X_Odoo_Database=odoo.database)

    assert parsedate_to_datetime(response.headers["date"]).tzinfo is not None
    assert response.headers["connection"] == "close"


def test_who_am_i(odoo: Odoo) -> None:
    told = odoo.ok("res.users", "context_get")

    assert told["lang"] == "en_US"
    assert told["tz"] is False
    me = odoo.row("res.users", told["uid"], "login", "company_id", "company_ids")
    assert me["login"] == "storekeeper"
    assert me["company_id"][0] in me["company_ids"]


@pytest.mark.parametrize("header", ["bearer nonsense", "Bearer nonsense"])
def test_a_bad_key_is_401(odoo: Odoo, header: str) -> None:
    response = raw(odoo, Authorization=header, X_Odoo_Database=odoo.database)

    assert response.status_code == 401
    assert response.headers["www-authenticate"].strip() == "Bearer"
    assert response.json()["name"] == "werkzeug.exceptions.Unauthorized"
    assert response.json()["message"] == "Invalid apikey"
    assert response.json()["arguments"] == ["Invalid apikey", 401]


def test_no_key_is_401(odoo: Odoo) -> None:
    response = raw(odoo, X_Odoo_Database=odoo.database)

    assert response.status_code == 401
    assert response.json()["message"] == ("User not authenticated, use an API Key with a Bearer Authorization header.")


def test_an_unknown_database_is_a_page_not_json(odoo: Odoo) -> None:
    response = raw(odoo, Authorization=f"bearer {odoo.keys['storekeeper']}", X_Odoo_Database="nowhere")

    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "No database is selected" in response.text


def test_a_body_that_is_no_json_is_400(odoo: Odoo) -> None:
    key = odoo.keys["storekeeper"]

    response = raw(odoo, body=b"{bad", Authorization=f"bearer {key}", X_Odoo_Database=odoo.database)

    assert response.status_code == 400
    assert response.json()["name"] == "werkzeug.exceptions.BadRequest"
    assert response.json()["message"].startswith("could not parse the body as json: Expecting property name")


def test_another_content_type_is_415(odoo: Odoo) -> None:
    response = odoo.client.post(
        f"{odoo.url}/json/2/res.users/context_get",
        content=b"{}",
        headers={"Content-Type": "text/plain", "X-Odoo-Database": odoo.database,
                 "Authorization": f"bearer {odoo.keys['storekeeper']}"},
    )  # fmt: skip

    assert response.status_code == 415
    assert response.headers["content-type"].startswith("text/html")


def test_half_a_path_is_404(odoo: Odoo) -> None:
    response = raw(odoo, "/json/2/res.users", X_Odoo_Database=odoo.database)

    assert response.status_code == 404
    assert response.json()["message"] == "Did you mean POST /json/2/<model>/<method>?"


ERRORS: list[tuple[str, str, dict[str, Any], int, str, str]] = [
    ("no.model", "read", {}, 404, "werkzeug.exceptions.NotFound", "the model 'no.model' does not exist"),
    ("stock.picking", "nometh", {}, 404, "werkzeug.exceptions.NotFound",
     "The method 'stock.picking.nometh' does not exist"),
    ("stock.picking", "_compute_state", {"ids": [1]}, 403, "odoo.exceptions.AccessError",
     "Private methods (such as 'stock.picking._compute_state') cannot be called remotely."),
    ("stock.picking", "search_read", {"ids": [1], "domain": []}, 422, "werkzeug.exceptions.UnprocessableEntity",
     "cannot call stock.picking.search_read with ids"),
    ("stock.picking", "search", {}, 422, "werkzeug.exceptions.UnprocessableEntity",
     "missing a required argument: 'domain'"),
    ("stock.picking", "search_read", {"domainx": []}, 500, "builtins.TypeError",
     "BaseModel._read_format() got an unexpected keyword argument 'domainx'"),
    ("stock.picking", "search_read", {"domain": [], "fields": ["nofield"]}, 500, "builtins.ValueError",
     "Invalid field 'nofield' on 'stock.picking'"),
    ("stock.move", "read", {"ids": [1], "fields": ["name"]}, 500, "builtins.ValueError",
     "Invalid field 'name' on 'stock.move'"),
    ("stock.picking", "search_read", {"domain": [["nofield", "=", 1]]}, 500, "builtins.ValueError",
     "Invalid field stock.picking.nofield in condition ('nofield', '=', 1)"),
    ("stock.picking", "search_read", {"domain": [], "order": "nofield"}, 500, "builtins.ValueError",
     "Invalid field 'nofield' on model 'stock.picking'"),
    ("stock.picking", "search_read", {"domain": [], "order": "na;me"}, 422, "odoo.exceptions.UserError",
     ('Invalid "order" specified (na;me). A valid "order" specification is a comma-separated list of valid field names '
      "(optionally followed by asc/desc for the direction)")),
    ("stock.lot", "create", {"vals_list": [{"name": "X"}]}, 422, "odoo.exceptions.ValidationError",
     ("The operation cannot be completed: Missing required value for the field 'Product' (product_id).\n"
      "Model: 'Lot/Serial' (stock.lot)\n- create/update: a mandatory field is not set\n"
      "- delete: another model requires the record being deleted, you can archive it instead\n")),
    ("stock.lot", "create", {"vals_list": [{"nofield": "X"}]}, 500, "builtins.ValueError",
     "Invalid field 'nofield' in 'stock.lot'"),
    ("res.users", "has_group", {"group_ext_id": "stock.group_stock_user"}, 500, "builtins.ValueError",
     "Expected singleton: res.users()"),
    ("ir.model.data", "check_object_reference", {"module": "__wardstock__", "xml_id": "nope"}, 500,
     "builtins.ValueError", "External ID not found in the system: __wardstock__.nope"),
    ("stock.picking", "search_read", {"domain": [], "context": {"allowed_company_ids": [99]}}, 403,
     "odoo.exceptions.AccessError", "Access to unauthorized or invalid companies."),
]  # fmt: skip


@pytest.mark.parametrize(("model", "method", "body", "status", "name", "message"), ERRORS)
def test_the_error_table(
    odoo: Odoo, model: str, method: str, body: dict[str, Any], status: int, name: str, message: str
) -> None:
    told_status, told = odoo.call(model, method, **body)

    assert (told_status, told["name"], told["message"]) == (status, name, message)
    assert told["arguments"][0] == message
    assert {"name", "message", "arguments", "context", "debug"} == told.keys()


@pytest.mark.parametrize(("method", "more"), [("write", {"vals": {"note": "x"}}), ("button_validate", {})])
def test_a_method_on_a_record_that_is_gone_is_404(odoo: Odoo, method: str, more: dict[str, Any]) -> None:
    uid = odoo.ok("res.users", "context_get")["uid"]

    status, told = odoo.call("stock.picking", method, ids=[99999999], **more)

    assert (status, told["name"]) == (404, "odoo.exceptions.MissingError")
    assert told["message"] == (
        f"Record does not exist or has been deleted.\n(Record: stock.picking(99999999,), User: {uid})"
    )


def test_reading_a_record_that_is_gone_is_no_error(odoo: Odoo) -> None:
    assert odoo.ok("stock.picking", "read", ids=[99999999], fields=["name"]) == []
    assert odoo.ok("stock.picking", "read", fields=["name"]) == []


def test_validating_nothing_is_true(odoo: Odoo) -> None:
    assert odoo.ok("stock.picking", "button_validate") is True
