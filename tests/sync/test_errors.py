"""What an answer means for the work (contract 1, design 4)."""

from typing import Any

import pytest

from sync.odoo.errors import Family, OdooError, from_load
from sync.odoo.json2 import answer

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
        answer(status, content_type, text)
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


def test_a_database_that_is_unknown_on_17_is_no_hiccup() -> None:
    body = '{"name": "psycopg2.OperationalError", "message": "database \\"ward\\" does not exist"}'

    assert error_of(500, "application/json", body).family is Family.CONFIG


@pytest.mark.parametrize(("message", "family"), LOADS)
def test_a_load_that_answers_200_is_judged_by_its_words(message: str, family: Family) -> None:
    told: dict[str, Any] = {"type": "error", "message": message}

    assert from_load([told]).family is family


def test_numbers_are_read_as_they_were_written() -> None:
    assert str(answer(200, "application/json", '[{"quantity": 0.1}]')[0]["quantity"]) == "0.1"
