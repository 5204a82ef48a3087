"""Who works here is kept for good: names stay taken, tries of a PIN survive a restart, each change is signed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sync.errors import WardstockError
from sync.guesses import FREE_TRIES, WAITS
from sync.store import Store
from sync.store.people import Try
from tests.store.goods import KEY, NOON

SECOND = timedelta(seconds=1)


def refused(call: Any, *words: Any, **more: Any) -> str:  # Any: one of the methods of Staff
    with pytest.raises(WardstockError) as error:
        call(*words, **more)
    return error.value.code


def told(store: Store, name: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [(one.event, one.person, dict(one.facts)) for one in store.journal.story(name)]


def wrong(store: Store, times: int, name: str = "Ana") -> list[Try]:
    return [store.people.begin_try(name, NOON) for _ in range(times)]


@pytest.fixture
def staffed(store: Store) -> Store:
    store.people.add("Joana Adeyemi", "supervisor", NOON, "", badge="B-1001", pin="hash of Joana")
    store.people.add("Ana", "nurse", NOON, "Joana Adeyemi", badge="B-1002", pin="hash of Ana")
    return store


def test_a_person_is_found_by_name_and_badge(staffed: Store) -> None:
    found = staffed.people.get("  joana   ADEYEMI ")

    assert found is not None
    assert (found.name, found.role, found.badge, found.added_at) == ("Joana Adeyemi", "supervisor", "B-1001", NOON)
    assert staffed.people.by_badge("B-1001") == found
    assert [one.name for one in staffed.people.everyone()] == ["Ana", "Joana Adeyemi"]
    assert staffed.people.by_badge("B-9999") is None
    assert staffed.people.by_badge("") is None


def test_a_name_is_unique_whatever_its_case(staffed: Store) -> None:
    assert refused(staffed.people.add, "ANA ", "counter", NOON, "Joana Adeyemi") == "person_exists"
    assert [one.role for one in staffed.people.everyone()] == ["nurse", "supervisor"]


def test_one_name_written_with_two_kinds_of_accent_is_one_person(staffed: Store) -> None:
    """Else one person would be two, and approve what they did themselves."""
    staffed.people.add("Jos\u00e9 Sousa", "nurse", NOON, "")

    assert refused(staffed.people.add, "Jose\u0301 Sousa", "supervisor", NOON, "") == "person_exists"


def test_a_badge_belongs_to_one_person(staffed: Store) -> None:
    assert refused(staffed.people.add, "Bo", "nurse", NOON, "Joana Adeyemi", badge="B-1002") == "badge_taken"
    assert refused(staffed.people.settle_badge, "Joana Adeyemi", "B-1002", NOON, "x") == "badge_taken"
    assert staffed.people.get("Bo") is None


def test_many_may_be_without_a_badge(staffed: Store) -> None:
    staffed.people.add("Bo", "nurse", NOON, "Joana Adeyemi")
    staffed.people.settle_badge("Ana", "", NOON, "Joana Adeyemi")

    assert [one.badge for one in staffed.people.everyone()] == ["", "", "B-1001"]


def test_who_is_removed_stays_in_history_and_the_name_stays_taken(staffed: Store) -> None:
    staffed.people.remove("Ana", NOON, "Joana Adeyemi")

    known = staffed.people.get("Ana")
    assert known is not None
    assert (known.removed_at, known.badge, known.pin) == (NOON, "", "")
    assert staffed.people.by_badge("B-1002") is None
    assert [one.name for one in staffed.people.everyone()] == ["Joana Adeyemi"]
    assert [one.name for one in staffed.people.everyone(removed=True)] == ["Ana", "Joana Adeyemi"]
    assert refused(staffed.people.add, "Ana", "nurse", NOON, "Joana Adeyemi") == "person_was_here"
    for change in (staffed.people.settle_role, staffed.people.settle_badge, staffed.people.settle_pin):
        assert refused(change, "Ana", "nurse", NOON, "Joana Adeyemi") == "person_unknown"


def test_a_badge_of_somebody_removed_may_be_given_again(staffed: Store) -> None:
    staffed.people.remove("Ana", NOON, "Joana Adeyemi")

    staffed.people.add("Bo", "nurse", NOON, "Joana Adeyemi", badge="B-1002")

    found = staffed.people.by_badge("B-1002")
    assert found is not None
    assert found.name == "Bo"


def test_somebody_who_is_back_begins_without_the_old_badge_and_pin(staffed: Store) -> None:
    wrong(staffed, FREE_TRIES)
    staffed.people.remove("Ana", NOON, "Joana Adeyemi")

    staffed.people.add("ana", "counter", NOON, "Joana Adeyemi", again=True)

    known = staffed.people.get("Ana")
    assert known is not None
    assert (known.name, known.role, known.badge, known.pin, known.wrong) == ("Ana", "counter", "", "", 0)
    assert known.removed_at is None


def test_the_last_supervisor_stays(staffed: Store) -> None:
    """One without a PIN could not approve anything, and does not count."""
    staffed.people.add("Ines", "supervisor", NOON, "Joana Adeyemi")

    assert refused(staffed.people.remove, "Joana Adeyemi", NOON, "Ines") == "last_supervisor"
    assert refused(staffed.people.settle_role, "Joana Adeyemi", "nurse", NOON, "Ines") == "last_supervisor"

    staffed.people.settle_pin("Ines", "hash of Ines", NOON, "Joana Adeyemi")
    staffed.people.remove("Joana Adeyemi", NOON, "Ines")
    assert [one.name for one in staffed.people.everyone()] == ["Ana", "Ines"]


def test_the_journal_knows_who_changed_whom_and_no_pin(staffed: Store) -> None:
    staffed.people.settle_role("Ana", "counter", NOON, "Joana Adeyemi")
    staffed.people.settle_badge("Ana", "B-77", NOON, "Joana Adeyemi")
    staffed.people.settle_pin("Ana", "another hash", NOON, "Ana")
    staffed.people.remove("Ana", NOON, "Joana Adeyemi")

    assert told(staffed, "Ana") == [
        ("person_added", "Joana Adeyemi", {"role": "nurse", "badge": True, "pin": True}),
        ("person_role", "Joana Adeyemi", {"before": "nurse", "role": "counter"}),
        ("person_badge", "Joana Adeyemi", {"badge": True}),
        ("person_pin", "Ana", {}),
        ("person_removed", "Joana Adeyemi", {"role": "counter"}),
    ]
    assert staffed.journal.verify().ok


def test_five_wrong_pins_are_free_and_then_the_wait_grows(staffed: Store) -> None:
    tries = wrong(staffed, FREE_TRIES)

    assert [one.left for one in tries] == [4, 3, 2, 1, 0]
    assert [one.next_seconds for one in tries] == [0, 0, 0, 0, WAITS[0]]
    now, waited = NOON, []
    for _ in range(len(WAITS) + 1):
        seconds = staffed.people.begin_try("Ana", now).seconds
        assert staffed.people.begin_try("Ana", now + (seconds - 1) * SECOND).seconds == 1, "not one second less"
        now += seconds * SECOND
        waited.append(seconds)
        assert staffed.people.begin_try("Ana", now).pin == "hash of Ana"
    assert waited == [*WAITS, WAITS[-1]]


def test_a_try_while_waiting_makes_nothing_longer(staffed: Store) -> None:
    wrong(staffed, FREE_TRIES)

    assert [one.seconds for one in wrong(staffed, 20)] == [WAITS[0]] * 20
    assert staffed.people.begin_try("Ana", NOON + WAITS[0] * SECOND).seconds == 0


def test_the_wait_survives_a_restart(staffed: Store, path: Path) -> None:
    wrong(staffed, FREE_TRIES)
    staffed.close()

    again = Store.open(path, KEY)
    seconds = again.people.begin_try("Ana", NOON + SECOND).seconds
    again.close()

    assert seconds == WAITS[0] - 1


def test_one_persons_wrong_pins_make_nobody_else_wait(staffed: Store) -> None:
    wrong(staffed, FREE_TRIES)

    assert staffed.people.begin_try("Joana Adeyemi", NOON).seconds == 0


def test_a_right_pin_forgets_the_wrong_ones(staffed: Store) -> None:
    wrong(staffed, FREE_TRIES - 1)

    staffed.people.begin_try("Ana", NOON)
    staffed.people.proved("Ana")

    assert wrong(staffed, 1)[0].left == FREE_TRIES - 1


def test_another_pin_ends_the_wait(staffed: Store) -> None:
    wrong(staffed, FREE_TRIES)

    staffed.people.settle_pin("Ana", "another hash", NOON, "Joana Adeyemi")

    assert staffed.people.begin_try("Ana", NOON) == Try("another hash", 0, FREE_TRIES - 1, 0)


def test_a_clock_set_back_gives_no_free_try_and_no_endless_wait(staffed: Store) -> None:
    wrong(staffed, FREE_TRIES)
    earlier = NOON - timedelta(days=400)

    assert staffed.people.begin_try("Ana", earlier).seconds == WAITS[0]
    assert staffed.people.begin_try("Ana", earlier + WAITS[0] * SECOND).seconds == 0


def test_tries_beyond_the_free_ones_are_in_the_journal(staffed: Store) -> None:
    wrong(staffed, FREE_TRIES)
    staffed.people.begin_try("Ana", NOON + WAITS[0] * SECOND)

    assert told(staffed, "Ana")[1:] == [("pin_tried_again", "", {"wrong": FREE_TRIES})]


def test_a_stranger_has_no_try(staffed: Store) -> None:
    assert refused(staffed.people.begin_try, "Nobody", NOON) == "person_unknown"
