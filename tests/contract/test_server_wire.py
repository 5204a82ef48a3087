"""How an Odoo speaks: version, keys, and its table of errors (contract 1)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from tests.contract.conftest import Odoo

pytestmark = pytest.mark.contract

JSON = {"Content-Type": "application/json"}

NO_JSON_PATH = {17: 404, 18: 303}
"""What an Odoo without JSON-2 answers on its paths: nothing there, or a page to log in."""


def raw(odoo: Odoo, path: str = "/json/2/res.users/context_get", body: bytes = b"{}", **headers: str) -> Any:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return odoo.client.post(odoo.url + path, content=body, headers=JSON | told)


@pytest.fixture
def json2(odoo: Odoo) -> Odoo:
    """A server that serves JSON-2; of an older one it is held that it does not, and that is all of the test."""
    if odoo.major in NO_JSON_PATH:
        response = raw(odoo, Authorization=f"bearer {odoo.keys['storekeeper']}")
        assert response.status_code == NO_JSON_PATH[odoo.major]
        assert response.headers["content-type"].startswith("text/html")
        pytest.skip("this Odoo has no JSON-2, as was just seen")
    return odoo


def test_version_is_told_without_a_key(odoo: Odoo) -> None:
    response = odoo.client.get(f"{odoo.url}/json/version", follow_redirects=False)

    if odoo.major in NO_JSON_PATH:
        assert response.status_code == NO_JSON_PATH[odoo.major]
        assert response.headers["content-type"].startswith("text/html")
        return
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    assert response.json()["version_info"][0] == odoo.major


def test_each_answer_tells_the_servers_clock_and_ends_the_connection(json2: Odoo) -> None:
    response = raw(json2, Authorization=f"bearer {json2.keys['storekeeper']}", X_Odoo_Database=json2.database)

    assert parsedate_to_datetime(response.headers["date"]).tzinfo is not None
    assert response.headers["connection"] == "close"


def test_who_am_i(odoo: Odoo) -> None:
    told = odoo.ok("res.users", "context_get")

    assert told["lang"] == "en_US"
    me = odoo.row("res.users", told["uid"], "login", "company_id", "company_ids")
    assert me["login"] == "storekeeper"
    assert me["company_id"][0] in me["company_ids"]


@pytest.mark.parametrize("header", ["bearer nonsense", "Bearer nonsense"])
def test_a_bad_key_is_401(json2: Odoo, header: str) -> None:
    response = raw(json2, Authorization=header, X_Odoo_Database=json2.database)

    assert response.status_code == 401
    assert response.headers["www-authenticate"].strip() == "Bearer"
    assert response.json()["name"] == "werkzeug.exceptions.Unauthorized"
    assert response.json()["message"] == "Invalid apikey"
    assert response.json()["arguments"] == ["Invalid apikey", 401]


def test_no_key_is_401(json2: Odoo) -> None:
    response = raw(json2, X_Odoo_Database=json2.database)

    assert response.status_code == 401
    assert response.json()["message"] == ("User not authenticated, use an API Key with a Bearer Authorization header.")


def test_an_unknown_database_is_a_page_not_json(json2: Odoo) -> None:
    response = raw(json2, Authorization=f"bearer {json2.keys['storekeeper']}", X_Odoo_Database="nowhere")

    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "No database is selected" in response.text


def test_a_body_that_is_no_json_is_400(json2: Odoo) -> None:
    key = json2.keys["storekeeper"]

    response = raw(json2, body=b"{bad", Authorization=f"bearer {key}", X_Odoo_Database=json2.database)

    assert response.status_code == 400
    assert response.json()["name"] == "werkzeug.exceptions.BadRequest"
    assert response.json()["message"].startswith("could not parse the body as json: Expecting property name")


def test_another_content_type_is_415(json2: Odoo) -> None:
    response = json2.client.post(
        f"{json2.url}/json/2/res.users/context_get",
        content=b"{}",
        headers={"Content-Type": "text/plain", "X-Odoo-Database": json2.database,
                 "Authorization": f"bearer {json2.keys['storekeeper']}"},
    )  # fmt: skip

    assert response.status_code == 415
    assert response.headers["content-type"].startswith("text/html")


def test_half_a_path_is_404(json2: Odoo) -> None:
    response = raw(json2, "/json/2/res.users", X_Odoo_Database=json2.database)

    assert response.status_code == 404
    assert response.json()["message"] == "Did you mean POST /json/2/<model>/<method>?"


Told = tuple[int, str, str]
"""Status, name and message."""

ACCESS, USER, VALIDATION = (f"odoo.exceptions.{name}Error" for name in ("Access", "User", "Validation"))
ATTRIBUTE, TYPE, VALUE = (f"builtins.{name}Error" for name in ("Attribute", "Type", "Value"))
NOT_FOUND, UNPROCESSABLE = (f"werkzeug.exceptions.{name}" for name in ("NotFound", "UnprocessableEntity"))

NO_PRODUCT = (
    "The operation cannot be completed: Missing required value for the field 'Product' (product_id).\n"
    "Model: 'Lot/Serial' (stock.lot)\n- create/update: a mandatory field is not set\n"
    "- delete: another model requires the record being deleted, you can archive it instead\n"
)
NO_PRODUCT_OLD = (
    "The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n"
    "- Delete: another model requires the record being deleted. If possible, archive it instead.\n\n"
    "Model: Lot/Serial (stock.lot)\nField: Product (product_id)\n"
)
BAD_ORDER = (
    'Invalid "order" specified (na;me). A valid "order" specification is a comma-separated list of valid field names '
    "(optionally followed by asc/desc for the direction)"
)
LOT_CREATE_18 = "StockLot.create() missing 1 required positional argument: 'vals_list'"
"""The first 18 loses what a lot is to be made of: lots are made by load (contract 15)."""

ERRORS: list[tuple[str, str, dict[str, Any], Told, dict[int, Told]]] = [
    # model, method, body, what 19 answers, what older ones answer instead
    ("no.model", "read", {}, (404, NOT_FOUND, "the model 'no.model' does not exist"),
     dict.fromkeys((17, 18), (422, USER, "Object no.model doesn't exist"))),
    ("stock.picking", "nometh", {}, (404, NOT_FOUND, "The method 'stock.picking.nometh' does not exist"),
     {17: (500, ATTRIBUTE, "The method 'stock.picking.nometh' does not exist"),
      18: (500, ATTRIBUTE, "The method 'nometh' does not exist on the model 'stock.picking'")}),
    ("stock.picking", "_compute_state", {"ids": [1]},
     (403, ACCESS, "Private methods (such as 'stock.picking._compute_state') cannot be called remotely."),
     {18: (403, ACCESS, "Private methods (such as _compute_state) cannot be called remotely.")}),
    ("stock.picking", "search", {}, (422, UNPROCESSABLE, "missing a required argument: 'domain'"),
     dict.fromkeys((17, 18), (500, TYPE, "BaseModel.search() missing 1 required positional argument: 'domain'"))),
    ("stock.picking", "search_read", {"domainx": []},
     (500, TYPE, "BaseModel._read_format() got an unexpected keyword argument 'domainx'"), {}),
    ("stock.picking", "search_read", {"domain": [], "fields": ["nofield"]},
     (500, VALUE, "Invalid field 'nofield' on 'stock.picking'"),
     dict.fromkeys((17, 18), (500, VALUE, "Invalid field 'nofield' on model 'stock.picking'"))),
    ("stock.picking", "search_read", {"domain": [["nofield", "=", 1]]},
     (500, VALUE, "Invalid field stock.picking.nofield in condition ('nofield', '=', 1)"),
     dict.fromkeys((17, 18), (500, VALUE, "Invalid field stock.picking.nofield in leaf ('nofield', '=', 1)"))),
    ("stock.picking", "search_read", {"domain": [], "order": "nofield"},
     (500, VALUE, "Invalid field 'nofield' on model 'stock.picking'"), {}),
    ("stock.picking", "search_read", {"domain": [], "order": "na;me"}, (422, USER, BAD_ORDER), {}),
    ("stock.lot", "create", {"vals_list": [{"name": "X"}]}, (422, VALIDATION, NO_PRODUCT),
     {17: (422, VALIDATION, NO_PRODUCT_OLD), 18: (500, TYPE, LOT_CREATE_18)}),
    ("stock.lot", "create", {"vals_list": [{"nofield": "X"}]},
     (500, VALUE, "Invalid field 'nofield' in 'stock.lot'"),
     {17: (500, VALUE, "Invalid field 'nofield' on model 'stock.lot'"), 18: (500, TYPE, LOT_CREATE_18)}),
    ("ir.model.data", "check_object_reference", {"module": "__wardstock__", "xml_id": "nope"},
     (500, VALUE, "External ID not found in the system: __wardstock__.nope"), {}),
    ("stock.picking", "search_read", {"domain": [], "context": {"allowed_company_ids": [99]}},
     (403, ACCESS, "Access to unauthorized or invalid companies."), {}),
]  # fmt: skip


@pytest.mark.parametrize(("model", "method", "body", "newest", "older"), ERRORS)
def test_the_error_table(
    odoo: Odoo, model: str, method: str, body: dict[str, Any], newest: Told, older: dict[int, Told]
) -> None:
    told_status, told = odoo.call(model, method, **body)

    assert (told_status, told["name"], told["message"]) == older.get(odoo.major, newest)
    assert told["arguments"][0] == told["message"]
    assert {"name", "message", "arguments", "context", "debug"} == told.keys()


def test_a_method_of_the_model_takes_no_ids(json2: Odoo) -> None:
    told_status, told = json2.call("stock.picking", "search_read", ids=[1], domain=[])

    assert (told_status, told["name"]) == (422, UNPROCESSABLE)
    assert told["message"] == "cannot call stock.picking.search_read with ids"


NAMED = {17: 200, 18: 200, 19: 500}


def test_before_19_a_move_has_a_name(odoo: Odoo) -> None:
    status, told = odoo.call("stock.move", "read", ids=[1], fields=["name"])

    assert status == NAMED[odoo.major]
    if status == 500:
        assert (told["name"], told["message"]) == (VALUE, "Invalid field 'name' on 'stock.move'")


def test_whose_groups_are_meant_is_said_from_18_on(odoo: Odoo) -> None:
    status, told = odoo.call("res.users", "has_group", ids=[], group_ext_id="stock.group_stock_user")

    if odoo.major == 17:  # its has_group knows only oneself, and takes the ids for the group
        assert (status, told["name"]) == (500, TYPE)
        assert odoo.ok("res.users", "has_group", group_ext_id="stock.group_stock_user") is True
        return
    assert (status, told["name"], told["message"]) == (500, VALUE, "Expected singleton: res.users()")


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
    assert odoo.ok("stock.picking", "read", ids=[], fields=["name"]) == []


def test_validating_nothing_is_true(odoo: Odoo) -> None:
    assert odoo.ok("stock.picking", "button_validate", ids=[]) is True
