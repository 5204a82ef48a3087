"""What is found at an Odoo when a device enrols, and when its rights are doubted (design 8, contract 12 and 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sync.odoo.probe import probe, still_may
from sync.odoo.untested import guard_holds
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.session import Server, Session
from tests.contract.conftest import Odoo
from tests.sync.acts import STAMP, line, post, receipt, session_with

pytestmark = pytest.mark.contract


@pytest.fixture
def session(odoo: Odoo) -> Iterator[Session]:
    with session_with(odoo) as session:
        yield session


def home(odoo: Odoo, role: str = "storekeeper", company_id: int | None = 1) -> Server:
    return Server(odoo.url, odoo.database, odoo.keys[role], company_id, odoo.login(role))


def test_a_plain_stock_user_is_enough(odoo: Odoo, session: Session) -> None:
    facts = probe(session)

    assert facts.missing == ()
    assert (facts.version, facts.major, facts.tested) == (odoo.wire.version, odoo.major, True)
    assert (facts.login, facts.stock_user, facts.stock_manager) == (odoo.login(), True, False)
    assert facts.company_id == 1
    assert facts.guard_holds
    assert "product_expiry" in facts.modules


def test_a_key_ends_where_odoo_lets_keys_end(odoo: Odoo, session: Session) -> None:
    """Contract 15: on 17 none does."""
    ends = probe(session).key_expires_at

    assert (ends is not None) == (odoo.major >= 18)


def test_a_manager_is_known_as_one(odoo: Odoo) -> None:
    with session_with(odoo, "manager") as session:
        assert probe(session).stock_manager


def test_whoever_may_see_the_databases_is_told_them_before_any_key(odoo: Odoo) -> None:
    server = Server(odoo.url, "", "no-key-is-asked-for-here")
    with Session(server) as session:
        assert odoo.database in session.databases()


def test_a_user_without_stock_rights_is_told_so(odoo: Odoo) -> None:
    if "plain" not in odoo.keys:
        pytest.skip("WARDSTOCK_ODOO_PLAIN_KEY is not set: no user without stock rights on this server")
    with session_with(odoo, "plain") as session:
        assert probe(session).missing == ("no_stock_rights",)
        assert not still_may(session)


def test_the_only_company_of_a_user_need_not_be_named(odoo: Odoo) -> None:
    with Session(home(odoo, company_id=None)) as session:
        assert probe(session).company_id == 1


def test_a_company_of_others_is_refused_by_odoo(odoo: Odoo) -> None:
    with Session(home(odoo, company_id=9999)) as session, pytest.raises(OdooError) as caught:
        probe(session)

    assert caught.value.family is Family.RIGHTS


def test_a_device_in_a_foreign_company_has_lost_its_rights(odoo: Odoo) -> None:
    """Else a receipt would be blamed, and refused, for what is the device's."""
    with Session(home(odoo)) as session:
        assert still_may(session)
    with Session(replace(home(odoo), company_id=9999)) as session:
        assert not still_may(session)


def test_the_guard_is_proved_on_a_done_move_and_changes_nothing(odoo: Odoo, session: Session) -> None:
    """Contract 14.20."""
    towel = odoo.product("none")
    post(session, receipt(odoo, odoo.expected((towel, 5))["id"], line(odoo, 1, towel, "5")), STAMP)

    assert guard_holds(session) is True
    assert odoo.on_hand(towel) == 5
