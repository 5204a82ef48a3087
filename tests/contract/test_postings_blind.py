"""A receipt nobody planned, as Wardstock posts it (design 5, contract 4.5, 5 and 14)."""

import html
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sync.odoo import postings
from sync.odoo.posting.sending import Sending
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.transaction import Outcome, Transaction
from tests.contract.conftest import Odoo
from tests.sync.acts import STAMP, blind, line, post, session_with

pytestmark = pytest.mark.contract


def refusal(odoo: Odoo, transaction: Any) -> Refused:
    with session_with(odoo) as session, pytest.raises(Refused) as caught:
        post(session, transaction, STAMP)
    return caught.value


def pickings_of(odoo: Odoo, transaction: Transaction) -> list[dict[str, Any]]:
    return odoo.rows("stock.picking", ["origin", "ilike", transaction.uuid], fields=["name", "state", "note"])


def test_goods_beside_the_order_arrive_under_its_name(odoo: Odoo) -> None:
    gauze, towel = odoo.product(), odoo.product("none")
    act = blind(odoo, line(odoo, 1, gauze, "5", "A1"), line(odoo, 2, towel, "4"))

    with session_with(odoo) as session:
        outcome = post(session, act, STAMP)

    told = odoo.row("stock.picking", outcome.picking_id, "origin", "note", "scheduled_date", "state")
    assert outcome.differs == ()
    assert told["state"] == "done"
    assert told["origin"] == f"WS-7F3A/000001 · wardstock {act.uuid} · P00099"
    assert told["scheduled_date"] == "2026-11-21 12:00:00"
    assert [odoo.on_hand(gauze), odoo.on_hand(towel)] == [5, 4]


def test_the_note_is_for_people_and_programs_and_runs_nothing(odoo: Odoo) -> None:
    towel = odoo.product("none")
    act = blind(odoo, line(odoo, 1, towel, "4"))

    with session_with(odoo) as session:
        outcome = post(session, act, STAMP)

    note = odoo.row("stock.picking", outcome.picking_id, "note")["note"]
    assert "<b>" not in note
    read = html.unescape(note)
    assert "by Sven <b> on WS-7F3A" in read
    assert '"acted_at": "2026-11-21T12:00:00+00:00"' in read
    assert '"journal_head": "4f2a"' in read


def test_posting_again_changes_nothing_also_with_serials(odoo: Odoo) -> None:
    implant = odoo.product("serial", expires=False)
    act = blind(odoo, line(odoo, 1, implant, "1", "S1", expiry=None))

    with session_with(odoo) as session:
        first, second = post(session, act, STAMP), post(session, act, STAMP)

    assert first == second
    assert odoo.on_hand(implant) == 1


def test_a_clone_pushing_the_same_receipt_at_once_makes_it_once(odoo: Odoo) -> None:
    gauze = odoo.product()
    act = blind(odoo, line(odoo, 1, gauze, "5", "A1"))

    with ThreadPoolExecutor(3) as pool:
        outcomes = list(pool.map(lambda _copy: until_settled(odoo, act), range(3)))

    assert {outcome.picking_id for outcome in outcomes} == {outcomes[0].picking_id}
    assert all(outcome.differs == () for outcome in outcomes)
    assert odoo.on_hand(gauze) == 5
    assert len(pickings_of(odoo, act)) == 1


def test_what_odoo_refuses_is_cancelled_and_never_comes_back(odoo: Odoo) -> None:
    """Contract 14.13."""
    implant = odoo.product("serial", expires=False)
    act = blind(odoo, *[line(odoo, number, implant, "1", "S1", expiry=None) for number in (1, 2)])

    first, second = refusal(odoo, act), refusal(odoo, act)

    assert (first.code, second.code) == ("odoo_refused", "refused_before")
    assert [found["state"] for found in pickings_of(odoo, act)] == ["cancel"]
    assert odoo.on_hand(implant) == 0


def test_giving_up_leaves_what_is_done_alone(odoo: Odoo) -> None:
    towel = odoo.product("none")
    act = blind(odoo, line(odoo, 1, towel, "4"))

    with session_with(odoo) as session:
        outcome = post(session, act, STAMP)
        told = postings.give_up(session, Sending(act, STAMP), OdooError(Family.RIGHTS))

    assert told == outcome
    assert odoo.on_hand(towel) == 4


def until_settled(odoo: Odoo, act: Transaction) -> Outcome:
    """What a push does with a conflict: the same again."""
    with session_with(odoo) as session:
        for _ in range(20):
            try:
                return post(session, act, STAMP)
            except OdooError as error:
                if error.family is not Family.TRANSIENT_UNKNOWN:
                    raise
    raise AssertionError("never settled")
