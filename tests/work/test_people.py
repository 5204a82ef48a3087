"""A badge says who, a PIN approves, and what they may do is what the site says of their role (design 8)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from client.work.site.people import Act, People, Person, Role, badge_of
from client.work.site.pin import Cost, hashed
from client.work.site.policy import Policy
from sync.store import Store
from tests.work.conftest import KEY, NOW

CHEAP = Cost(1, 64, 1)
GSRN = "801740123450000000017"
PROVIDER = GSRN + "3"
"""A provider's number with its check digit."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "wardstock.db", KEY)
    store.people.add("Joana Adeyemi", "supervisor", NOW, "", badge="B-1001", pin=hashed("4711", CHEAP))
    store.people.add("Mira Lindqvist", "nurse", NOW, "Joana Adeyemi", badge=badge_of(PROVIDER))
    yield store
    store.close()


@pytest.fixture
def people(store: Store) -> People:
    return People(store.people, Policy(), CHEAP)


def test_a_badge_says_who(people: People) -> None:
    found = people.by_badge("B-1001")

    assert found == people.by_name("joana adeyemi")
    assert found is not None
    assert (found.name, found.role) == ("Joana Adeyemi", Role.SUPERVISOR)
    assert people.by_badge("B-1002") is None


@pytest.mark.parametrize("scanned", ["B-1001", "]A0B-1001", "  B-1001\r\n", "]Q1B-1001"])
def test_a_badge_is_known_however_the_scanner_sends_it(people: People, scanned: str) -> None:
    found = people.by_badge(scanned)

    assert found is not None
    assert found.name == "Joana Adeyemi"


@pytest.mark.parametrize("scanned", [PROVIDER, f"]d2{PROVIDER}", f"]C1{PROVIDER}", f"(8017){PROVIDER[4:]}"])
def test_a_providers_gs1_number_is_one_badge_in_every_symbol(people: People, scanned: str) -> None:
    found = people.by_badge(scanned)

    assert found is not None
    assert found.name == "Mira Lindqvist"


@pytest.mark.parametrize("scanned", ["", "   ", "WS!confirm", f"]d28018{PROVIDER[4:]}", f"8018{PROVIDER[4:]}"])
def test_a_command_or_a_patients_number_is_nobodys_badge(people: People, scanned: str) -> None:
    assert badge_of(scanned) == ""
    assert people.by_badge(scanned) is None


def test_a_pin_approves(people: People) -> None:
    proof = people.verify("Joana Adeyemi", "4711", NOW)

    assert proof.ok
    assert proof.person == Person("Joana Adeyemi", Role.SUPERVISOR, Policy().acts_of(Role.SUPERVISOR))


def test_a_wrong_pin_says_how_many_tries_are_left_then_how_long_to_wait(people: People) -> None:
    proofs = [people.verify("Joana Adeyemi", "0815", NOW) for _ in range(6)]

    assert [(one.code, one.left, one.seconds) for one in proofs] == [
        ("pin_wrong", 4, 0),
        ("pin_wrong", 3, 0),
        ("pin_wrong", 2, 0),
        ("pin_wrong", 1, 0),
        ("pin_wrong", 0, 30),
        ("pin_wait", 0, 30),
    ]
    assert not any(one.ok for one in proofs)


def test_while_waiting_the_right_pin_is_no_answer_either(people: People) -> None:
    for _ in range(5):
        people.verify("Joana Adeyemi", "0815", NOW)

    assert people.verify("Joana Adeyemi", "4711", NOW + timedelta(seconds=29)).code == "pin_wait"
    assert people.verify("Joana Adeyemi", "4711", NOW + timedelta(seconds=30)).ok


def test_switching_off_while_a_pin_is_looked_at_gives_no_try_back(store: Store, people: People) -> None:
    for _ in range(5):
        store.people.begin_try("Joana Adeyemi", NOW)  # and nobody is told what came of it

    assert people.verify("Joana Adeyemi", "4711", NOW).code == "pin_wait"


def test_a_right_pin_in_time_forgets_the_wrong_ones(people: People) -> None:
    for _ in range(4):
        people.verify("Joana Adeyemi", "0815", NOW)
    people.verify("Joana Adeyemi", "4711", NOW)

    assert people.verify("Joana Adeyemi", "0815", NOW).left == 4


def test_who_has_no_pin_cannot_approve(people: People) -> None:
    assert people.verify("Mira Lindqvist", "", NOW).code == "pin_none"
    assert people.verify("Nobody", "4711", NOW).code == "person_unknown"


def test_who_was_removed_neither_badges_in_nor_approves(store: Store, people: People) -> None:
    store.people.add("Ines", "supervisor", NOW, "", badge="B-7", pin=hashed("2580", CHEAP))
    store.people.remove("Ines", NOW, "Joana Adeyemi")

    assert people.by_badge("B-7") is None
    assert people.by_name("Ines") is None
    assert people.verify("Ines", "2580", NOW).code == "person_unknown"
    assert [one.name for one in people.everyone()] == ["Joana Adeyemi", "Mira Lindqvist"]


def test_everyone_comes_with_what_the_site_lets_their_role_do(store: Store) -> None:
    policy = Policy(may={Act.CLOSE_SHORT: frozenset({Role.NURSE})})

    joana, mira = People(store.people, policy, CHEAP).everyone()

    assert mira.may(Act.CLOSE_SHORT)
    assert not joana.may(Act.CLOSE_SHORT)
