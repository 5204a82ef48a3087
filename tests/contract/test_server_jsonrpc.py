"""The older envelope, on each Odoo: who one is, what is answered to nothing, and errors inside a 200 (contract 1)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from tests.contract.conftest import Odoo, unique

pytestmark = pytest.mark.contract


def posted(odoo: Odoo, body: bytes, kind: str = "application/json") -> Any:
    return odoo.client.post(f"{odoo.url}/jsonrpc", content=body, headers={"Content-Type": kind})


def execute(odoo: Odoo, model: str, method: str, *args: Any, **named: Any) -> dict[str, Any]:
    """The whole answer of one execute_kw of the storekeeper."""
    who = (odoo.database, odoo.wire.uid("storekeeper"), odoo.keys["storekeeper"])
    told: dict[str, Any] = odoo.wire.rpc("object", "execute_kw", *who, model, method, list(args), named)
    return told


def test_the_version_is_told_without_a_key(odoo: Odoo) -> None:
    told = odoo.wire.rpc("common", "version")["result"]

    assert told["server_version_info"][0] == odoo.major
    assert told["server_serie"] == f"{odoo.major}.0"
    assert told["server_version"].startswith(f"{odoo.major}.0")
    assert told["protocol_version"] == 1


def test_each_answer_tells_the_servers_clock_and_ends_the_connection(odoo: Odoo) -> None:
    response = posted(
        odoo, b'{"jsonrpc": "2.0", "id": 1, "params": {"service": "common", "method": "version", "args": []}}'
    )

    assert response.headers["content-type"].startswith("application/json")
    assert parsedate_to_datetime(response.headers["date"]).tzinfo is not None
    assert response.headers["connection"] == "close"
    assert {"jsonrpc", "id", "result"} == response.json().keys()


def test_a_key_signs_in_as_its_owner_and_as_nobody_else(odoo: Odoo) -> None:
    def signed_in(login: str, key: str) -> Any:
        return odoo.wire.rpc("common", "authenticate", odoo.database, login, key, {})["result"]

    uid = odoo.wire.uid("storekeeper")
    assert signed_in(odoo.login(), odoo.keys["storekeeper"]) == uid
    assert signed_in(odoo.login(), "nonsense") is False
    assert signed_in("nobody", odoo.keys["storekeeper"]) is False
    assert signed_in(odoo.login("manager"), odoo.keys["storekeeper"]) is False


def test_a_bad_key_is_access_denied(odoo: Odoo) -> None:
    who = (odoo.database, odoo.wire.uid("storekeeper"), "nonsense")

    error = odoo.wire.rpc("object", "execute_kw", *who, "res.users", "context_get", [])["error"]

    assert (error["code"], error["message"]) == (0 if odoo.major >= 19 else 200, "Odoo Server Error")
    assert error["data"]["name"] == "odoo.exceptions.AccessDenied"
    assert (error["data"]["message"], error["data"]["arguments"]) == ("Access Denied", ["Access Denied"])


@pytest.mark.parametrize(
    ("service", "args"), [("common", ["authenticate", "x", "y", {}]), ("object", ["execute_kw", 1, "y", "m", "n", []])]
)
def test_an_unknown_database_is_postgresqls_error(odoo: Odoo, service: str, args: list[Any]) -> None:
    method, *more = args

    error = odoo.wire.rpc(service, method, "nowhere", *more)["error"]

    assert error["data"]["name"] == "psycopg2.OperationalError"
    assert 'database "nowhere" does not exist' in error["data"]["message"]


def test_what_returned_nothing_has_no_result(odoo: Odoo) -> None:
    assert execute(odoo, "stock.picking", "do_unreserve", []).keys() == {"jsonrpc", "id"}


def test_one_made_of_a_bare_dict_is_one_id(odoo: Odoo) -> None:
    values = {"name": unique("a.txt")}

    one = execute(odoo, "ir.attachment", "create", values)["result"]
    several = execute(odoo, "ir.attachment", "create", [values])["result"]

    assert isinstance(one, int)
    assert len(several) == 1


def test_the_context_is_one_of_the_named_arguments(odoo: Odoo) -> None:
    told = execute(odoo, "stock.picking", "search_read", [], ["id"], 0, 1, context={"allowed_company_ids": [99]})

    assert told["error"]["data"]["name"] == "odoo.exceptions.AccessError"


NONSENSE: list[tuple[tuple[Any, ...], str, str]] = [
    (("object", "nometh", "res.users", "context_get", []), "builtins.NameError", "Method not available nometh"),
    (("nosvc", "nometh"), "builtins.KeyError", "nosvc"),
    (("common", "nometh"), "builtins.Exception", "Method not found: nometh"),
]


@pytest.mark.parametrize(("asked", "name", "message"), NONSENSE)
def test_what_is_not_there_is_a_bug(odoo: Odoo, asked: tuple[Any, ...], name: str, message: str) -> None:
    service, method, *more = asked
    who = (odoo.database, odoo.wire.uid("storekeeper"), odoo.keys["storekeeper"]) if service == "object" else ()

    data = odoo.wire.rpc(service, method, *who, *more)["error"]["data"]

    assert (data["name"], data["message"]) == (name, message)


@pytest.mark.parametrize(("body", "said"), [(b"{bad", "Invalid JSON data"), (b"[]", "Invalid JSON-RPC data")])
def test_a_body_that_is_none_is_400(odoo: Odoo, body: bytes, said: str) -> None:
    response = posted(odoo, body)

    assert response.status_code == 400
    assert said in response.text


def test_another_content_type_is_400_or_415(odoo: Odoo) -> None:
    assert posted(odoo, b"{}", "text/plain").status_code in {400, 415}


def test_no_request_in_the_body_is_an_error_inside_200(odoo: Odoo) -> None:
    response = posted(odoo, b"{}")

    assert response.status_code == 200
    assert (response.json()["id"], response.json()["error"]["data"]["name"]) == (None, "builtins.TypeError")


def test_ids_stand_first(odoo: Odoo) -> None:
    assert execute(odoo, "stock.picking", "read")["error"]["data"]["name"] == "builtins.IndexError"
    assert execute(odoo, "stock.picking", "read", [99999999], ["name"])["result"] == []
