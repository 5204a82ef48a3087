"""Ways a count could have said what nobody counted, or nothing of what somebody did."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from client.work.desk import Desk
from client.work.site.people import Act, Person, Role
from client.work.site.policy import Policy, Tolerance
from sync.stock import StockRow
from sync.transaction import Kind
from tests.work.conftest import (
    BIN_A,
    BIN_B,
    KNOWN_LOT,
    LOSS,
    NOW,
    PUMP,
    PUMP_LOT,
    STOCK,
    SUPPLIER,
    SYRINGE,
    TOWEL,
    label,
    queued,
    say,
)
from tests.work.counts import BOOK, OTHER_LOT, OWNER, another, at, counting, numbers, shown, stocked, used_here

PUMP_HERE = label(PUMP, serial="SN-STOCK")


def syringes(count: int, lot: str = "AB0123") -> str:
    return label(SYRINGE, lot=lot, count=count)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    stocked(desk.store)
    return desk


def unserved(desk: Desk) -> None:
    """Odoo's stock of shelf A is not on this device."""
    stocked(desk.store, StockRow(3, TOWEL.id, 20, Decimal(43)))
    known = desk.store.device.enrolment()
    assert known
    desk.store.device.enrol(replace(known, location_ids=(20,)), "key")


def archived(desk: Desk) -> None:
    """Shelf A is archived in Odoo."""
    pull = desk.store.catalogue.begin()
    pull.add(locations=[SUPPLIER, STOCK, replace(BIN_A, active=False), BIN_B, LOSS])
    pull.flip(NOW + timedelta(minutes=1))


# ---------------------------------------------------------------- what is not known is not empty


@pytest.mark.parametrize("scan", ["!empty", "!zero MED-0001"])
def test_a_shelf_whose_stock_is_not_known_here_is_not_empty_as_in_odoo(desk: Desk, scan: str) -> None:
    unserved(desk)

    assert say(desk, "!count LOC-A", scan, "!confirm").code in {"empty_unknown", "nothing_scanned"}
    assert say(desk, "!zero MED-0001 lot AB0123", "!confirm").code == "count_submitted"
    (line,) = queued(desk)[0].lines
    assert (line.lot_name, line.counted, line.book) == ("AB0123", Decimal(0), None)


def test_an_empty_shelf_nobody_knows_the_stock_of_leaves_no_draft(desk: Desk) -> None:
    unserved(desk)

    assert say(desk, "!count LOC-A", "!empty").code == "empty_unknown"
    say(desk, "!home")
    assert not desk.store.drafts.open_drafts()


# ---------------------------------------------------------------- the second count


def test_a_second_count_with_nothing_left_to_count_ends_as_the_book_says(desk: Desk) -> None:
    say(desk, "!count LOC-B", "!zero MED-0004", "!none-there", "!confirm")
    say(desk, "!none-there", "!recount")
    stocked(desk.store, StockRow(1, PUMP.id, 19, Decimal(1), lot_id=PUMP_LOT.id))
    another(at(desk, 5))

    assert say(desk, "!confirm").code == "empty_as_known"
    assert not queued(desk)
    say(desk, "!home")
    assert not desk.store.drafts.open_drafts()


@pytest.mark.parametrize("undo", ["!undo", "!undo 1"])
def test_what_was_settled_before_a_second_count_cannot_be_taken_back_in_it(desk: Desk, undo: str) -> None:
    say(desk, "!count LOC-A", PUMP_HERE, syringes(130), "!confirm", "!recount")
    another(at(desk, 5))

    assert say(desk, undo).code == ("nothing_to_undo" if undo == "!undo" else "counted_for_good")
    say(desk, syringes(130), "!confirm", "!reason used, not scanned")
    assert {line.product_id for act in queued(desk) for line in act.lines} == {PUMP.id, SYRINGE.id}


def test_the_badge_of_somebody_else_is_enough_where_somebody_else_is_asked_for(desk: Desk) -> None:
    say(desk, "!count LOC-A", PUMP_HERE, syringes(130), "!confirm", "!recount")

    assert say(desk, "!confirm").code == "recount_by_another"
    assert say(desk, "BADGE-CORA").code == "person_now_open"
    assert say(desk, syringes(130), "!confirm").code == "count_reason"


def test_another_spelling_of_a_name_is_no_other_person(desk: Desk) -> None:
    desk.person = Person("Ann Berg")
    say(desk, "!count LOC-A", PUMP_HERE, syringes(130), "!confirm", "!recount")

    desk.person = Person("ann  BERG ")

    assert say(desk, syringes(130)).code == "recount_by_another"


def test_the_leeway_of_a_supervisor_is_given_to_who_proved_to_be_one(desk: Desk) -> None:
    desk.policy = Policy(count_tolerance={Role.SUPERVISOR: Tolerance(Decimal(10))}, apply_counts=True)

    assert say(desk, "BADGE-JOANA", "!count LOC-A", PUMP_HERE, syringes(130), "!confirm").code == "count_differs"
    assert say(desk, "!waive").code == "pin_wanted"
    assert say(desk, "!pin 4711").code == "proved"
    assert say(desk, "!confirm").code == "count_applied"


@pytest.mark.parametrize("word", ["apply-at-once", "keep-ours", "waive-recount"])
def test_a_reason_in_own_words_decides_nothing_else(desk: Desk, word: str) -> None:
    say(desk, "!count LOC-A", PUMP_HERE, syringes(130), "!confirm", "!recount")
    another(at(desk, 5))
    say(desk, syringes(130), "!confirm", f"!reason {word}")

    assert {(act.kind, act.reason) for act in queued(desk)} == {(Kind.COUNT, word)}


# ---------------------------------------------------------------- places


def test_ward_34_a_shelf_that_was_archived_is_counted_no_further(desk: Desk) -> None:
    say(desk, "!count LOC-A", PUMP_HERE, syringes(137))
    archived(desk)

    assert say(desk, syringes(1)).code == "count_place_gone"
    assert say(desk, "!confirm").code == "count_place_gone"
    assert not queued(desk)
    assert len(counting(desk).additions) == 2


def test_a_shelf_that_was_renamed_is_still_the_one_being_counted(desk: Desk) -> None:
    say(desk, "!count LOC-A", syringes(137), "!home")
    pull = desk.store.catalogue.begin()
    pull.add(locations=[SUPPLIER, STOCK, replace(BIN_A, complete_name="CS/Stock/Cold shelf"), BIN_B, LOSS])
    pull.flip(NOW + timedelta(minutes=1))

    assert say(desk, "!count LOC-A").code == "count_resumed"
    assert len(desk.store.drafts.open_drafts()) == 1


# ---------------------------------------------------------------- after `not there`


def test_a_serial_said_not_to_be_there_is_found_after_all(desk: Desk) -> None:
    say(desk, "!count LOC-A", syringes(137), "!confirm", "!not-there", "!no")

    assert say(desk, PUMP_HERE).code == "counted"
    assert say(desk, PUMP_HERE).code == "serial_counted"
    assert say(desk, "!confirm").code == "count_submitted"
    assert {line.lot_name: line.counted for line in queued(desk)[0].lines} == {"AB0123": BOOK, "SN-STOCK": 1}


def test_ward_02_whose_it_is_is_asked_again_after_none_of_anothers_was_there(desk: Desk) -> None:
    rows = [StockRow(1, SYRINGE.id, 19, Decimal(5), lot_id=OTHER_LOT.id)]
    rows += [StockRow(9, SYRINGE.id, 19, Decimal(12), lot_id=OTHER_LOT.id, owner_id=OWNER.id)]
    stocked(desk.store, *rows)
    say(desk, "!count LOC-A", syringes(4, "ZZ9"), "!whose 0/0", "!confirm", "!not-there", "!no")

    assert say(desk, syringes(1, "ZZ9")).code == "count_whose"


def test_ward_01_none_is_said_of_its_moment_too(desk: Desk) -> None:
    desk.policy = Policy(count_tolerance={Role.STOREKEEPER: Tolerance(Decimal(1000))})
    say(desk, "!count LOC-A", PUMP_HERE, "!zero MED-0001")
    used_here(at(desk, 5), SYRINGE, 3, lot=KNOWN_LOT)
    at(desk, 8)

    assert say(desk, "!confirm").code == "moved_meanwhile"
    assert say(desk, "!yes").code == "count_submitted"
    lines = {line.lot_name: (line.counted, line.book) for act in queued(desk)[1:] for line in act.lines}
    assert lines["AB0123"] == (Decimal(0), BOOK)
    assert shown(desk).finished


# ---------------------------------------------------------------- people


def test_ward_33_who_stood_by_for_finishing_stands_by_to_its_last_question(desk: Desk) -> None:
    desk.policy = Policy(two_people=frozenset({Act.COUNT}), count_tolerance=dict.fromkeys(Role, Tolerance(BOOK)))
    say(desk, "!count LOC-A", "BADGE-CORA", "!pin 4711", "!count LOC-A", PUMP_HERE)

    assert say(desk, "!confirm", "BADGE-CORA", "!pin 4711", "!confirm").code == "not_counted"
    assert say(desk, "!not-there").code == "count_submitted"
    assert [one.person for one in queued(desk)[0].answers if one.question == "two_people"] == ["Cora Imani"]


def test_somebody_elses_count_is_taken_over_by_who_says_the_word_if_they_may(desk: Desk) -> None:
    desk.policy = Policy(may={Act.TAKE_OVER: frozenset({Role.STOREKEEPER, Role.SUPERVISOR})})
    say(desk, "!count LOC-A", PUMP_HERE, "!home")
    desk.store.people.add("Nils Holm", "storekeeper", NOW, "", badge="BADGE-NILS")

    assert say(desk, "BADGE-NILS", "!count LOC-A").code == "take_over"
    assert say(desk, "BADGE-CORA", "!yes").code == "needs_role"
    assert desk.store.drafts.open_drafts()[0].person == "Mira Lindqvist"


def test_a_count_that_was_finished_meanwhile_cannot_be_taken_over(desk: Desk) -> None:
    say(desk, "!count LOC-A", PUMP_HERE, "!home", "BADGE-CORA", "!count LOC-A")
    desk.store.drafts.drop(desk.store.drafts.open_drafts()[0].uuid, "Mira Lindqvist", NOW)

    assert say(desk, "!yes").code == "no_such_draft"
    assert desk.question() is None


@pytest.mark.parametrize("back", ["!no", "!undo", PUMP_HERE, "!confirm"])
def test_complaint_12_who_looks_again_until_it_agrees_leaves_the_numbers_they_said(desk: Desk, back: str) -> None:
    say(desk, "!count LOC-A", PUMP_HERE, syringes(130), "!confirm", back, "!qty 136 of 2", "!confirm")
    desk = Desk(desk.store, desk.person, desk.policy, desk.clock)

    say(desk, "!count LOC-A", "!confirm", "!no", "!qty 137 of 2")
    assert say(desk, "!confirm").code == "count_submitted"

    kept = [(one.choice, one.person) for one in queued(desk)[0].answers if one.question == "counted_before"]
    assert kept == [("130", "Mira Lindqvist"), ("136", "Mira Lindqvist")]
    assert not {130, 136} & numbers(shown(desk))
