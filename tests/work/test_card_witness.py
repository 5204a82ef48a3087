"""A witness saw what was done, not what a card makes of it; and nobody approves their own work (ward 30, 33)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from client.work.desk import Desk
from client.work.site.people import Act, Role
from client.work.site.pin import Cost, hashed
from sync.store import Store
from sync.store.entries import Entry
from sync.transaction import Kind, Line
from tests.work.conftest import NOW, SYRINGE, say
from tests.work.moves import MORPHINE, MORPHINES, POLICY, USED, WARD, at, furnish
from tests.work.test_cards import act, follow, refuse, settle

OTTO = "Otto Berg"


@pytest.fixture
def boss(store: Store) -> Desk:
    furnish(store)
    for name, role in (("Joana Adeyemi", "supervisor"), (OTTO, "supervisor"), ("Mira Lindqvist", "storekeeper")):
        store.people.add(name, role, NOW, "", badge=f"BADGE-{name.split()[0]}", pin=hashed("4711", Cost(1, 8, 1)))
    return at(store, Role.SUPERVISOR, name="Joana Adeyemi")


def used(desk: Desk, code: str, product: int = MORPHINE.id, **facts: object) -> Entry:
    """Ten ampoules used before a witness, which Odoo refused."""
    line = Line(1, product, Decimal(10), 1, WARD.id, USED.id, lot_name="M-X" if product == MORPHINE.id else "X")
    done = act(line, kind=Kind.USE, witness="Nils Berg")
    return refuse(desk.store, code, {"line": 1, **facts}, done)


def stands_by(desk: Desk, badge: str) -> list[str]:
    return [say(desk, badge).code, say(desk, "!pin 4711").code]


def test_ward_30_another_lot_of_controlled_goods_wants_a_new_witness(boss: Desk) -> None:
    entry = used(boss, "lot_unknown")
    say(boss, f"!cards {entry.reference}")
    assert settle(boss, entry, f"choose-lot {MORPHINES.name}") == "witness_for_card"
    assert follow(boss, entry) == []

    assert stands_by(boss, "BADGE-Otto") == ["pin_wanted", "approved"]
    assert settle(boss, entry, f"choose-lot {MORPHINES.name}") == "settled"
    assert [one.witness for one in follow(boss, entry)] == [OTTO]
    assert boss.person.name == "Joana Adeyemi"


def test_ward_30_who_did_it_is_no_witness_of_what_the_card_makes_of_it(boss: Desk) -> None:
    entry = used(boss, "lot_unknown")
    say(boss, f"!cards {entry.reference}", f"!settle {entry.reference} choose-lot {MORPHINES.name}")
    stands_by(boss, "BADGE-Mira")

    assert settle(boss, entry, f"choose-lot {MORPHINES.name}") == "witness_for_card"


def test_ward_30_what_was_seen_and_is_only_sent_again_keeps_its_witness(boss: Desk) -> None:
    entry = used(boss, "period_locked")
    assert settle(boss, entry, "post-again") == "settled"

    assert [one.witness for one in follow(boss, entry)] == ["Nils Berg"]


def test_other_goods_are_settled_without_a_witness(boss: Desk) -> None:
    entry = used(boss, "lot_unknown", SYRINGE.id)

    assert settle(boss, entry, "choose-lot S-LATE") == "settled"


def test_ward_33_where_two_are_wanted_nobody_approves_what_they_did_themselves(store: Store, boss: Desk) -> None:
    joana = at(store, Role.SUPERVISOR, replace(POLICY, two_people=frozenset({Act.WITHDRAW})), "Joana Adeyemi")
    entry = refuse(store, "period_locked", {}, act(person=OTTO))
    say(joana, f"!cards {entry.reference}")
    assert settle(joana, entry, "withdraw") == "needs_role"
    stands_by(joana, "BADGE-Otto")

    assert settle(joana, entry, "withdraw") == "needs_role"
