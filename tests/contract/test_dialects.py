"""One session on every Odoo: the same calls, the same errors, whatever is spoken there (contract 1 and 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from sync.odoo.probe import STOCK_MANAGER, STOCK_USER
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.load import load, look_up
from sync.odoo.wire.session import Server, Session
from tests.contract.conftest import Odoo, unique
from tests.sync.acts import session_with

pytestmark = pytest.mark.contract


@pytest.fixture
def session(odoo: Odoo) -> Iterator[Session]:
    with session_with(odoo) as session:
        yield session


def home(odoo: Odoo) -> Server:
    return Server(odoo.url, odoo.database, odoo.keys["storekeeper"], 1, odoo.login())


def error_of(session: Session, model: str, method: str, **more: Any) -> OdooError:
    with pytest.raises(OdooError) as caught:
        session.call(model, method, **more)
    return caught.value


def test_the_server_says_which_it_is(odoo: Odoo, session: Session) -> None:
    assert (session.version, session.can.major) == (odoo.wire.version, odoo.major)
    assert session.can.tested
    assert session.can.json2 == (odoo.major >= 19)


def test_the_servers_clock_comes_with_each_answer(session: Session) -> None:
    session.call("res.users", "context_get")

    assert session.server_time is not None


def test_who_we_are_is_the_same_on_each(odoo: Odoo, session: Session) -> None:
    uid = session.call("res.users", "context_get")["uid"]

    me = session.call("res.users", "read", ids=[uid], fields=["login"])
    assert me == [{"id": uid, "login": odoo.login()}]
    assert session.has_group(uid, STOCK_USER)
    assert not session.has_group(uid, STOCK_MANAGER)


def test_a_user_the_device_knows_already_need_not_sign_in(odoo: Odoo, session: Session) -> None:
    uid = session.call("res.users", "context_get")["uid"]
    known = replace(home(odoo), login="", user_id=uid, older=not session.can.json2)

    with Session(known) as again:
        assert again.call("res.users", "context_get")["uid"] == uid


def test_whoever_is_asked_first_the_same_answers(odoo: Odoo, session: Session) -> None:
    with Session(replace(home(odoo), older=session.can.json2)) as other:
        assert (other.version, other.can) == (session.version, session.can)


def test_numbers_go_as_text_where_they_are_loaded_and_come_as_they_are_read(odoo: Odoo, session: Session) -> None:
    product, bin_ = odoo.product("none"), odoo.bin()
    header = {
        "id": f"__wardstock__.{unique('doc')}",
        "picking_type_id/.id": odoo.receipts,
        "location_id/.id": odoo.vendors,
        "location_dest_id/.id": bin_,
    }
    columns = [*header, "move_line_ids/product_id/.id", "move_line_ids/quantity", "move_line_ids/picked"]
    row = [*header.values(), product, Decimal("2.00"), "1"]
    picking = load(session, "stock.picking", columns, [row])

    session.call("stock.picking", "button_validate", ids=picking)

    rows = session.call("stock.quant", "search_read", domain=[["location_id", "=", bin_]], fields=["quantity"])
    assert [row["quantity"] for row in rows] == [Decimal("2.0")]
    assert type(rows[0]["quantity"]) is Decimal


def test_a_record_is_made_once_under_its_external_id(odoo: Odoo, session: Session) -> None:
    row: dict[str, Any] = {"id": f"__wardstock__.{unique('lot')}", "name": "A1"}
    row |= {"product_id/.id": odoo.product(), "company_id/.id": 1}

    first = load(session, "stock.lot", list(row), [list(row.values())])
    second = load(session, "stock.lot", list(row), [list(row.values())])

    assert first == second
    assert look_up(session, *row["id"].split(".")) == ("stock.lot", first[0])
    assert look_up(session, "__wardstock__", unique("nothing")) is None


def test_a_method_of_records_may_be_called_on_none_of_them(session: Session) -> None:
    assert session.call("stock.lot", "read", ids=[], fields=["name"]) == []


def test_what_is_made_comes_back_as_ids(odoo: Odoo) -> None:
    with session_with(odoo, "admin") as session:
        made = session.call("res.partner", "create", vals_list=[{"name": unique("a")}, {"name": unique("b")}])

    assert len(made) == 2
    assert all(isinstance(one, int) for one in made)


WRONG: list[tuple[str, str, dict[str, Any], Family]] = [
    ("no.model", "search", {"domain": []}, Family.CONFIG),
    ("stock.picking", "no_method", {"ids": [1]}, Family.CONFIG),
    ("stock.picking", "_compute_state", {"ids": [1]}, Family.RIGHTS),
    ("stock.picking", "button_validate", {"ids": [99999999]}, Family.DATA),
    ("stock.picking", "search_read", {"domain": [["nofield", "=", 1]]}, Family.BUG),
    ("stock.picking", "read", {"ids": [1], "fields": ["nofield"]}, Family.BUG),
    ("product.product", "write", {"ids": [1], "vals": {"name": "x"}}, Family.RIGHTS),
    ("ir.config_parameter", "search_read", {"domain": []}, Family.RIGHTS),
    ("stock.picking", "search_count", {"domain": [], "context": {"allowed_company_ids": [99]}}, Family.RIGHTS),
    ("stock.picking", "search_read", {"domain": [], "order": "na;me"}, Family.DATA),
]


@pytest.mark.parametrize(("model", "method", "more", "family"), WRONG)
def test_each_error_means_the_same_on_each_version(
    session: Session, model: str, method: str, more: dict[str, Any], family: Family
) -> None:
    error = error_of(session, model, method, **more)

    assert error.family is family
    assert session.sent == 1


def test_a_wrong_key_is_a_matter_of_the_key(odoo: Odoo) -> None:
    with Session(replace(home(odoo), key="nobodys-key")) as session:
        error = error_of(session, "res.users", "context_get")

    assert error.family is Family.AUTH
    assert "nobodys-key" not in f"{error} {error.facts}"


def test_a_wrong_key_of_a_known_user_is_a_matter_of_the_key(odoo: Odoo, session: Session) -> None:
    uid = session.call("res.users", "context_get")["uid"]

    with Session(replace(home(odoo), key="nobodys-key", user_id=uid)) as stranger:
        error = error_of(stranger, "res.users", "context_get")

    assert error.family is Family.AUTH
    session.call("res.users", "context_get")  # one wrong key does not shut the door for the right one


def test_a_database_that_is_gone_is_said_as_such(odoo: Odoo, session: Session) -> None:
    uid = session.call("res.users", "context_get")["uid"]

    for known in (None, uid):
        with Session(replace(home(odoo), database="nowhere", user_id=known)) as elsewhere:
            error = error_of(elsewhere, "res.users", "context_get")
        assert (error.family, error.code) == (Family.CONFIG, "unknown_database")
