"""What an answer means for the work (contract 1, design 4)."""

import json
from typing import Any

import pytest

from sync.odoo.wire import jsonrpc
from sync.odoo.wire.errors import Family, OdooError, from_load
from sync.odoo.wire.json2 import Json2

NAMED = [
    (401, "werkzeug.exceptions.Unauthorized", Family.AUTH),
    (403, "odoo.exceptions.AccessError", Family.RIGHTS),
    (403, "odoo.exceptions.AccessDenied", Family.AUTH),
    (422, "odoo.exceptions.UserError", Family.DATA),
    (422, "odoo.exceptions.ValidationError", Family.DATA),
    (404, "odoo.exceptions.MissingError", Family.DATA),
    (404, "werkzeug.exceptions.NotFound", Family.CONFIG),
    (422, "werkzeug.exceptions.UnprocessableEntity", Family.BUG),
    (400, "werkzeug.exceptions.BadRequest", Family.BUG),
    (500, "builtins.TypeError", Family.BUG),
    (500, "builtins.KeyError", Family.BUG),
    (500, "psycopg2.errors.SerializationFailure", Family.TRANSIENT_UNKNOWN),
    (500, "psycopg2.errors.DeadlockDetected", Family.TRANSIENT_UNKNOWN),
    (500, "psycopg2.OperationalError", Family.TRANSIENT_UNKNOWN),
    (422, "odoo.addons.stock_hold.errors.HeldError", Family.DATA),
    (500, "odoo.addons.stock_hold.errors.Oops", Family.BUG),
]

FOREIGN = [
    (200, "text/html", "<html>Sign in to the hospital wifi</html>", Family.CONFIG, "not_an_odoo"),
    (200, "application/json", "", Family.TRANSIENT_UNKNOWN, ""),
    (200, "application/json", '{"ids": [1', Family.TRANSIENT_UNKNOWN, ""),
    (302, "text/html", "", Family.CONFIG, "redirected"),
    (404, "text/html", "<!DOCTYPE html>", Family.CONFIG, "unknown_database"),
    (403, "text/html", "<html>blocked by policy</html>", Family.CONFIG, "not_an_odoo"),
    (429, "text/plain", "slow down", Family.TRANSIENT_UNKNOWN, ""),
    (500, "text/html", "<h1>Internal Server Error</h1>", Family.TRANSIENT_UNKNOWN, ""),
    (502, "text/html", "<h1>Bad gateway</h1>", Family.TRANSIENT_UNKNOWN, ""),
    (503, "text/plain", "", Family.TRANSIENT_UNKNOWN, ""),
    (504, "text/html", "<h1>Gateway timeout</h1>", Family.TRANSIENT_UNKNOWN, ""),
]

RPC = [
    ("odoo.exceptions.AccessDenied", "Access Denied", Family.AUTH, ""),
    ("odoo.http.SessionExpiredException", "Session expired", Family.AUTH, ""),
    ("odoo.exceptions.AccessDenied", "Too many login failures, please wait a bit before trying again.", Family.CONFIG,
     "login_cooldown"),
    ("odoo.exceptions.AccessError", "You are not allowed to modify", Family.RIGHTS, ""),
    ("odoo.exceptions.UserError", "You need to supply a Lot/Serial number", Family.DATA, ""),
    ("odoo.exceptions.ValidationError", "Reference must be unique", Family.DATA, ""),
    ("odoo.exceptions.MissingError", "Record does not exist or has been deleted.", Family.DATA, ""),
    ("odoo.exceptions.UserError", "Object stock.nope doesn't exist", Family.CONFIG, ""),
    ("builtins.AttributeError", "The method 'stock.picking.nope' does not exist", Family.CONFIG, ""),
    ("builtins.AttributeError", "The method 'nope' does not exist on the model 'stock.picking'", Family.CONFIG, ""),
    ("builtins.AttributeError", "'NoneType' object has no attribute 'lower'", Family.BUG, ""),
    ("builtins.ValueError", "Invalid field 'nope' on model 'stock.picking'", Family.BUG, ""),
    ("psycopg2.OperationalError", 'FATAL:  database "ward17" does not exist', Family.CONFIG, "unknown_database"),
    ("psycopg2.OperationalError", "FATAL:  Datenbank »ward17« existiert nicht", Family.CONFIG, "unknown_database"),
    ("psycopg2.OperationalError", "FATAL:  the database system is starting up", Family.TRANSIENT_UNKNOWN, ""),
    ("psycopg2.OperationalError", "Connection refused", Family.TRANSIENT_UNKNOWN, ""),
    ("psycopg2.errors.SerializationFailure", "could not serialize", Family.TRANSIENT_UNKNOWN, ""),
    ("psycopg2.errors.DeadlockDetected", "deadlock detected", Family.TRANSIENT_UNKNOWN, ""),
    ("psycopg2.pool.PoolError", "The Connection Pool Is Full", Family.TRANSIENT_UNKNOWN, ""),
    ("werkzeug.exceptions.NotFound", "404 Not Found", Family.CONFIG, ""),
    ("odoo.addons.stock_hold.errors.HeldError", "on hold", Family.DATA, ""),
    ("requests.exceptions.ConnectionError", "the carrier does not answer", Family.BUG, ""),
]  # fmt: skip
"""What /jsonrpc says in a 200: name, words, what it means."""

LOADS = [
    ("could not serialize access due to concurrent update", Family.TRANSIENT_UNKNOWN),
    ("You cannot change the UoM for a stock move that has been set to 'Done'.", Family.DATA),
    ("The combination of lot/serial number and product must be unique within a company", Family.DATA),
    ("This lot A1 is incompatible with this product [MED-0002] Syringe", Family.DATA),
    ("You are not allowed to create 'Lot/Serial' (stock.lot) records.", Family.RIGHTS),
    ("konnte den Zugriff nicht serialisieren", Family.UNRECOGNISED),
]


def error_of(status: int, content_type: str, text: str) -> OdooError:
    with pytest.raises(OdooError) as caught:
        Json2("ward", "key").answer(status, content_type, text)
    return caught.value


def rpc_error_of(status: int, content_type: str, text: str) -> OdooError:
    with pytest.raises(OdooError) as caught:
        jsonrpc.answer(status, content_type, text)
    return caught.value


@pytest.mark.parametrize(("status", "name", "family"), NAMED)
def test_odoos_own_errors_are_judged_by_their_name_first(status: int, name: str, family: Family) -> None:
    error = error_of(status, "application/json", f'{{"name": "{name}", "message": "why"}}')

    assert (error.family, error.message, error.status) == (family, "why", status)


@pytest.mark.parametrize(("status", "content_type", "text", "family", "code"), FOREIGN)
def test_an_answer_of_somebody_else_is_judged_by_who_it_was(
    status: int, content_type: str, text: str, family: Family, code: str
) -> None:
    error = error_of(status, content_type, text)

    assert error.family is family
    assert error.code == (code or f"odoo_{family}")


@pytest.mark.parametrize(("status", "content_type", "text", "family", "code"), FOREIGN)
def test_an_answer_of_somebody_else_means_the_same_to_an_older_odoo(
    status: int, content_type: str, text: str, family: Family, code: str
) -> None:
    error = rpc_error_of(status, content_type, text)

    assert (error.family, error.code) == (family, code or f"odoo_{family}")


@pytest.mark.parametrize(("name", "message", "family", "code"), RPC)
def test_the_errors_of_an_older_odoo_come_in_a_200(name: str, message: str, family: Family, code: str) -> None:
    data = {"name": name, "message": message, "arguments": [message], "context": {}, "debug": "Traceback"}
    body = {"jsonrpc": "2.0", "id": 1, "error": {"code": 200, "message": "Odoo Server Error", "data": data}}

    error = rpc_error_of(200, "application/json", json.dumps(body))

    assert (error.family, error.name, error.message) == (family, name, message)
    assert error.code == (code or f"odoo_{family}")


@pytest.mark.parametrize(
    "body",
    [
        {"status": "login"},
        [],
        None,
        True,
        {"result": [1]},
        {"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}},
        {"jsonrpc": "2.0", "error": "no"},
    ],
)
def test_json_that_an_older_odoo_did_not_write_is_none_of_its_answers(body: object) -> None:
    error = rpc_error_of(200, "application/json", json.dumps(body))

    assert (error.family, error.code) == (Family.CONFIG, "not_an_odoo")


def test_a_result_of_an_older_odoo_may_be_nothing_at_all() -> None:
    assert jsonrpc.answer(200, "application/json", '{"jsonrpc": "2.0", "id": 1}') is None


@pytest.mark.parametrize(("message", "family"), LOADS)
def test_a_load_that_answers_200_is_judged_by_its_words(message: str, family: Family) -> None:
    told: dict[str, Any] = {"type": "error", "message": message}

    assert from_load([told]).family is family


def test_numbers_are_read_as_they_were_written() -> None:
    said = '[{"quantity": 0.1}]'
    older = f'{{"jsonrpc": "2.0", "id": 1, "result": {said}}}'

    assert str(Json2("ward", "key").answer(200, "application/json", said)[0]["quantity"]) == "0.1"
    assert str(jsonrpc.answer(200, "application/json", older)[0]["quantity"]) == "0.1"


def test_no_key_is_shown_by_what_carries_it() -> None:
    modern, older = Json2("ward", "secret-key"), jsonrpc.JsonRpc("ward", 6, "secret-key")
    asked = [dialect.request("res.users", "context_get", None, {}, {}) for dialect in (modern, older)]

    assert "secret-key" not in repr([modern, older, *asked])
