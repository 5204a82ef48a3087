"""Badges change who works, PINs lend a right, and a job goes from hand to hand without losing a scan."""

import pytest

from client.work.desk import Desk
from client.work.site.people import Role
from client.work.site.pin import Cost, hashed
from sync.store import Store
from tests.work.conftest import BOX, NOW, SYRINGE, TOWEL, label, say

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
LONG_AGO = label(SYRINGE, lot="OLD", expiry="261120")


@pytest.fixture(autouse=True)
def staff(store: Store) -> None:
    for name, role in (("Mira Lindqvist", "storekeeper"), ("Nils Berg", "nurse"), ("Joana Adeyemi", "supervisor")):
        store.people.add(name, role, NOW, "", badge=f"BADGE-{name.split()[0]}", pin=hashed("4711", CHEAP))


def test_a_badge_changes_who_works_and_the_open_job_stays(desk: Desk) -> None:
    say(desk, "P00012", BOX.barcode)

    assert say(desk, "BADGE-Nils").code == "person_now_open"
    assert (desk.person.name, desk.person.role) == ("Nils Berg", Role.NURSE)
    assert desk.job is not None
    assert len(desk.job.additions) == 1
    assert say(desk, BOX.barcode).code == "added"


def test_what_one_may_not_a_supervisor_lends_by_badge_and_pin_for_one_answer(desk: Desk) -> None:
    assert say(desk, "P00012", LONG_AGO).code == "expired"
    assert say(desk, "!yes").code == "needs_role"

    assert say(desk, "BADGE-Joana").code == "pin_wanted"
    assert say(desk, "!yes").code == "needs_role"
    assert say(desk, "!pin 1234").code == "pin_wrong"
    assert say(desk, "!pin 4711").code == "approved"
    assert say(desk, "!yes").code == "added"

    assert desk.person.name == "Mira Lindqvist"
    assert desk.job is not None
    (answer,) = [one for one in desk.job.additions[0].settled if one.question == "expired"]
    assert answer.person == "Joana Adeyemi"
    assert say(desk, LONG_AGO, "!yes").code == "needs_role"


def test_nobody_stands_by_themselves(desk: Desk) -> None:
    say(desk, "P00012", LONG_AGO)

    assert say(desk, "BADGE-Mira").code == "same_person"


def test_a_supervisors_badge_alone_is_no_supervisor(desk: Desk) -> None:
    """A badge only says who (design 8); found on the floor, it must not close an order."""
    say(desk, "P00012", BOX.barcode, "BADGE-Joana")

    assert say(desk, "!close-short").code == "pin_wanted"
    assert say(desk, "!pin 0000").code == "pin_wrong"
    assert say(desk, "!pin 4711").code == "proved"
    assert say(desk, "!close-short").code == "confirmed"
    assert say(desk, "BADGE-Mira", "BADGE-Joana").code == "person_now"
    assert not desk.proved


def test_a_badge_that_is_also_an_articles_code_is_the_article(store: Store, desk: Desk) -> None:
    """Peers 4: what the ward knows as goods wins."""
    store.people.add("Twice Known", "nurse", NOW, "", badge=TOWEL.barcode)

    assert say(desk, "P00012", TOWEL.barcode).code == "added"


def test_what_somebody_else_began_is_taken_over_after_a_word(desk: Desk) -> None:
    say(desk, "P00012", BOX.barcode, "!home", "BADGE-Nils")

    assert say(desk, "P00012").code == "take_over"
    assert say(desk, "!no").code == "ready"
    assert desk.question() is None
    assert say(desk, "P00012", "!yes").code == "resumed"
    assert desk.job is not None
    assert desk.job.person == "Nils Berg"
    assert "taken_over" in [told.event for told in desk.store.journal.story(desk.job.uuid)]


def test_several_jobs_are_open_at_once_and_listed(desk: Desk) -> None:
    say(desk, "P00012", BOX.barcode, "!home", "P00013", TOWEL.barcode, "!home")

    assert say(desk, "!drafts").code == "which_draft"
    asked = desk.question()
    assert asked is not None
    assert len(asked.choices) == 3
    assert say(desk, "!resume CS/IN/00007").code == "resumed"
    assert say(desk, "!resume 2").code == "resumed"
    assert say(desk, "!resume CS/IN/00009").code == "no_such_draft"


def test_a_pin_is_not_repeated_by_a_replay(desk: Desk) -> None:
    from client.replay import lines, replay  # noqa: PLC0415

    (answered,) = replay(desk, lines("!pin 4711"))
    assert "4711" not in str(answered)
