"""A second person lends a right or stands by: for what they came for, as somebody else, and only while they may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from client.replay import lines, replay
from client.work.desk import Desk
from client.work.site.people import Act, Role
from client.work.site.pin import Cost, hashed
from sync.store import Store
from tests.work.conftest import BOX, CANNULA, NOW, SYRINGE, TOWEL, label, queued, say
from tests.work.moves import MORPHINE, POLICY, WARD, at, furnish

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
DRUG = label(MORPHINE, lot="M-1", expiry="270630")
LONG_AGO = label(SYRINGE, lot="OLD", expiry="261120")
ALSO_LONG_AGO = label(CANNULA, lot="OLDER", expiry="261120")


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    furnish(store)
    for name, role in (("Mira Lindqvist", "storekeeper"), ("Nils Berg", "nurse"), ("Joana Adeyemi", "supervisor")):
        store.people.add(name, role, NOW, "", badge=f"BADGE-{name.split()[0]}", pin=hashed("4711", CHEAP))


@pytest.fixture
def mira(store: Store) -> Desk:
    return at(store)


def two(store: Store, *acts: Act, role: Role = Role.STOREKEEPER, name: str = "Mira Lindqvist") -> Desk:
    return at(store, role, replace(POLICY, two_people=frozenset(acts)), name)


def test_ward_30_a_witness_is_another_person_and_lends_no_right(mira: Desk) -> None:
    say(mira, "!use", WARD.barcode, DRUG, "!confirm")
    assert say(mira, "BADGE-Mira").code == "same_person"
    assert say(mira, "BADGE-Joana", "!pin 4711").code == "move_confirmed"
    assert [one.witness for one in queued(mira)] == ["Joana Adeyemi"]

    assert mira.second.proved is None
    assert say(mira, "P00012", LONG_AGO, "!yes").code == "needs_role"


def test_ward_30_ones_own_pin_is_no_witness(mira: Desk) -> None:
    say(mira, "!use", WARD.barcode, DRUG, "!confirm")

    assert say(mira, "!pin 4711").code == "proved"
    assert mira.question() is not None
    assert queued(mira) == []


def test_ward_30_goods_taken_in_a_hurry_want_a_witness_too(mira: Desk) -> None:
    assert say(mira, "!take-now", WARD.barcode, DRUG, "!confirm").code == "witness"


def test_ward_33_what_is_lent_to_one_job_is_not_for_another(mira: Desk) -> None:
    say(mira, "P00012", LONG_AGO, "!home", "P00013", ALSO_LONG_AGO)
    assert say(mira, "BADGE-Joana", "!pin 4711").code == "approved"

    assert say(mira, "!home", "P00012").code == "resumed"
    assert say(mira, "!yes").code == "needs_role"


def test_ward_33_what_is_lent_to_one_answer_is_not_for_another_word(mira: Desk) -> None:
    say(mira, "P00012", LONG_AGO, "BADGE-Joana", "!pin 4711")

    say(mira, "!drafts no such")
    assert say(mira, "!yes").code == "needs_role"


def test_ward_33_what_is_lent_is_not_for_taking_back(mira: Desk) -> None:
    say(mira, "P00012", BOX.barcode, "!note none", "!confirm", "!yes")
    [entry] = mira.store.outbox.rows()
    mira.store.outbox.mark_sending(entry.uuid, NOW)
    say(mira, "P00013", ALSO_LONG_AGO, "BADGE-Joana", "!pin 4711")

    assert mira.withdraw(entry.uuid).code == "needs_role"


def test_ward_33_who_was_removed_meanwhile_lends_nothing(mira: Desk, store: Store) -> None:
    store.people.add("Olga Boss", "supervisor", NOW, "", badge="BADGE-Olga", pin=hashed("4711", CHEAP))
    say(mira, "P00012", LONG_AGO, "BADGE-Olga", "!pin 4711")
    store.people.remove("Olga Boss", NOW, "Joana Adeyemi")

    assert say(mira, "!yes").code == "needs_role"


def test_ward_33_who_was_removed_meanwhile_finishes_nothing_and_the_scans_stay(mira: Desk, store: Store) -> None:
    say(mira, "P00012", BOX.barcode)
    store.people.remove("Mira Lindqvist", NOW, "Joana Adeyemi")

    assert say(mira, "!confirm").code == "needs_role"
    assert say(mira, "BADGE-Nils", "!confirm").code == "short"


def test_ward_33_another_role_holds_at_once(store: Store) -> None:
    joana = at(store, Role.SUPERVISOR, name="Joana Adeyemi")
    store.people.add("Olga Boss", "supervisor", NOW, "", pin=hashed("4711", CHEAP))
    store.people.settle_role("Joana Adeyemi", "nurse", NOW, "Olga Boss")

    assert say(joana, "P00012", LONG_AGO, "!yes").code == "needs_role"


def test_ward_33_where_the_site_says_two_a_supervisor_needs_another(store: Store) -> None:
    store.people.add("Olga Boss", "supervisor", NOW, "", badge="BADGE-Olga", pin=hashed("4711", CHEAP))
    joana = two(store, Act.ACCEPT_EXPIRED, role=Role.SUPERVISOR, name="Joana Adeyemi")

    assert say(joana, "P00012", LONG_AGO, "!yes").code == "needs_role"
    assert say(joana, "BADGE-Joana").code == "same_person"
    assert say(joana, "BADGE-Olga", "!pin 4711", "!yes").code == "added"
    assert joana.job is not None
    assert [one.person for one in joana.job.additions[0].settled if one.question == "expired"] == ["Olga Boss"]


def test_ward_33_a_name_written_otherwise_is_no_second_person_at_the_desk(store: Store) -> None:
    same = two(store, Act.ACCEPT_EXPIRED, role=Role.SUPERVISOR, name="joana  ADEYEMI")

    say(same, "P00012", LONG_AGO)
    assert say(same, "BADGE-Joana").code == "same_person"
    assert say(same, "!pin 4711", "!yes").code == "needs_role"


def test_ward_33_a_job_nobody_may_do_alone_is_begun_and_finished_by_two(store: Store) -> None:
    mira = two(store, Act.USE)

    assert say(mira, "!use").code == "needs_role"
    assert say(mira, "BADGE-Mira").code == "same_person"
    assert say(mira, "BADGE-Nils").code == "pin_wanted"
    assert say(mira, "!pin 4711").code == "approved"
    assert mira.person.name == "Mira Lindqvist"
    assert say(mira, "!use", WARD.barcode, DRUG, "!confirm").code == "needs_role"
    assert say(mira, "BADGE-Nils", "!pin 4711", "!confirm").code == "witness"
    assert say(mira, "BADGE-Joana", "!pin 4711").code == "move_confirmed"
    [act] = queued(mira)
    assert (act.person, act.witness) == ("Mira Lindqvist", "Joana Adeyemi")
    assert [(one.choice, one.person) for one in act.answers if one.question == "two_people"] == [("use", "Nils Berg")]


def test_ward_33_what_somebody_came_for_is_not_lent_to_another_word(store: Store) -> None:
    mira = two(store, Act.USE, Act.WASTE)
    say(mira, "!use", "BADGE-Nils", "!pin 4711")

    assert say(mira, "!waste").code == "needs_role"
    assert say(mira, "!use").code == "needs_role"


def test_a_pin_in_a_command_barcode_proves_and_is_never_evidence(mira: Desk, store: Store) -> None:
    say(mira, "P00012", LONG_AGO, "BADGE-Joana")

    (answered,) = replay(mira, lines("WS!pin 4711"))

    assert answered.code == "approved"
    assert "4711" not in str(answered)
    assert mira.job is not None
    assert all("4711" not in one.text for one in store.drafts.evidence(mira.job.uuid))


def test_ward_33_what_one_was_refused_is_not_the_next_persons_word(store: Store) -> None:
    desk = two(store, Act.WITHDRAW)
    say(desk, "P00012", BOX.barcode, "!note none", "!confirm", "!yes")
    assert say(desk, f"!withdraw {store.outbox.rows()[0].uuid}").code == "needs_role"

    assert desk.take("Nils Berg", "4711").code == "person_now_open"
    assert say(desk, "BADGE-Joana").code == "person_now"


# -------------------------------------------------------------------- nobody can tell what is controlled


def upgraded(store: Store) -> None:
    """A device that pulled before it knew of categories, and has not pulled since."""
    pull = store.catalogue.resume()
    pull.remove("categories", [7])
    pull.flip(NOW - timedelta(minutes=1))


def test_ward_30_goods_of_an_unknown_category_are_asked_about_and_a_witness_may_sign(mira: Desk) -> None:
    upgraded(mira.store)

    assert say(mira, "!use", WARD.barcode, DRUG, "!confirm").code == "witness_unsure"
    assert say(mira, "BADGE-Joana", "!pin 4711").code == "move_confirmed"
    assert [one.witness for one in queued(mira)] == ["Joana Adeyemi"]


def test_ward_30_who_says_that_none_of_it_is_controlled_signs_for_it(mira: Desk) -> None:
    upgraded(mira.store)
    say(mira, "!use", WARD.barcode, label(TOWEL), "!whose 0/0", "!confirm")
    asked = mira.question()

    assert asked is not None
    assert (asked.code, asked.asks_for) == ("witness_unsure", "witness")
    assert say(mira, "!yes").code == "move_confirmed"
    [act] = queued(mira)
    told = [(one.choice, one.person) for one in act.answers if one.question == "witness_unsure"]
    assert (act.witness, told) == ("", [("none-is-controlled", "Mira Lindqvist")])


def test_ward_30_a_category_made_since_the_last_pull_is_not_taken_for_uncontrolled(mira: Desk) -> None:
    pull = mira.store.catalogue.resume()
    pull.merge("products", [replace(TOWEL, category_id=99)])
    pull.flip(NOW - timedelta(minutes=1))

    assert say(mira, "!use", WARD.barcode, label(TOWEL), "!whose 0/0", "!confirm").code == "witness_unsure"


def test_ward_30_where_nothing_is_controlled_nobody_is_asked(store: Store) -> None:
    furnish(store)
    upgraded(store)

    desk = at(store, policy=replace(POLICY, controlled=()))
    assert say(desk, "!use", WARD.barcode, label(TOWEL), "!whose 0/0", "!confirm").code == "move_confirmed"
