"""Who works here, on the real window: badges, PINs, and a screen that locks by itself without losing anything."""

import pytest

from client.pages.drive import settle
from client.work.site.people import Role
from client.work.site.pin import hashed
from tests.pages.stage import CANNULA, gs1
from tests.pages.storeroom import Storeroom


@pytest.fixture
def staffed(storeroom: Storeroom) -> Storeroom:
    people, now = storeroom.on.store.people, storeroom.on.clock.now()
    people.add("Mira Lindqvist", Role.STOREKEEPER, now, "", badge="B-MIRA-1", pin=hashed("1111"))
    people.add("Theo Rey", Role.NURSE, now, "", badge="B-THEO-7", pin=hashed("4711"))
    return storeroom


def tries(on: Storeroom, pin: str) -> None:
    """Theo's name is tapped, and that PIN."""
    on.tap("colleague", 1)
    for digit in pin:
        on.tap(f"key{digit}")
    on.on.shell._people.act()


def begin(on: Storeroom) -> None:
    on.scan("P00147")
    on.scan(gs1(CANNULA, "MX40312", "290131", 50))


def test_a_badge_changes_who_works_here_and_the_draft_stays(staffed: Storeroom) -> None:
    begin(staffed)
    staffed.scan("B-THEO-7")

    assert staffed.on.desk.person.name == "Theo Rey"
    assert [add[0] for add in staffed.additions()] == ["MX40312"]


def test_without_a_badge_a_name_is_tapped_and_its_pin_typed(staffed: Storeroom) -> None:
    staffed.tap("person")
    settle(150)
    assert "Scan your badge" in staffed.texts()

    tries(staffed, "4711")

    assert staffed.on.desk.person.name == "Theo Rey"
    assert staffed.on.shell._page == "home"


def test_a_wrong_pin_leaves_the_desk_to_who_had_it(staffed: Storeroom) -> None:
    staffed.tap("person")
    settle(150)
    tries(staffed, "9999")
    settle(150)

    assert staffed.on.desk.person.name == "Mira Lindqvist"
    assert "Wrong PIN" in staffed.texts()

    for key in ("key4", "key7", "key1", "key1"):
        staffed.tap(key)
    staffed.on.shell._people.act()
    assert staffed.on.desk.person.name == "Theo Rey"


def test_a_badge_that_an_order_came_to_be_called_by_opens_no_delivery_on_a_locked_screen(staffed: Storeroom) -> None:
    staffed.on.store.people.add("Bo Lund", Role.NURSE, staffed.on.clock.now(), "", badge="P00155", pin="")
    staffed.on.shell._here.lock()

    staffed.scan("P00155")

    assert staffed.on.desk.person.name == "Bo Lund"
    assert staffed.on.desk.job is None


def test_escape_leads_from_a_pin_to_the_names_and_what_was_wrong_is_over_afterwards(staffed: Storeroom) -> None:
    staffed.on.shell._here.lock()
    settle(60)
    tries(staffed, "9999")
    settle(60)
    assert "Wrong PIN" in staffed.texts()

    staffed.on.shell.back()
    settle(60)
    assert "Locked: scan your badge" in staffed.texts()
    staffed.scan("B-MIRA-1")
    staffed.on.shell.go("people")
    settle(60)
    assert "Wrong PIN" not in staffed.texts()


def test_a_locked_screen_takes_no_scan_but_a_badge(staffed: Storeroom) -> None:
    begin(staffed)
    staffed.on.shell._here.lock()
    staffed.scan(gs1(CANNULA, "MX40312", "290131", 50))
    staffed.scan("WS!confirm")
    settle(150)

    assert {"Locked: scan your badge", "Scan your badge first. This scan was not taken"} <= set(staffed.texts())
    assert len(staffed.additions()) == 1
    assert staffed.on.store.outbox.rows() == []


def test_who_comes_back_to_a_locked_screen_goes_on_where_they_were(staffed: Storeroom) -> None:
    begin(staffed)
    staffed.on.shell._here.lock()
    staffed.scan("B-MIRA-1")

    assert staffed.on.shell._page == "job"
    assert staffed.on.desk.delivery is not None


def test_another_person_at_a_locked_screen_finds_the_job_among_the_drafts(staffed: Storeroom) -> None:
    begin(staffed)
    staffed.on.shell._here.lock()
    staffed.scan("B-THEO-7")

    assert staffed.on.shell._page == "home"
    assert staffed.on.desk.job is None
    assert [draft.person for draft in staffed.on.store.drafts.open_drafts()] == ["Mira Lindqvist"]


def test_no_button_leads_out_of_a_locked_screen(staffed: Storeroom) -> None:
    begin(staffed)
    staffed.on.shell._here.lock()
    for page in ("home", "receive", "move", "count", "look", "outbox"):
        staffed.on.shell.go(page)
        staffed.on.shell.back()

        assert staffed.on.shell._people.heard.property("title") == "Locked"

    assert staffed.on.shell._page == "people"


def test_who_goes_away_locks_the_screen_and_finds_the_job_again(staffed: Storeroom) -> None:
    begin(staffed)
    staffed.tap("person")
    settle(150)
    staffed.tap("lockNow")

    assert staffed.on.shell._people.is_locked
    staffed.scan("B-MIRA-1")
    assert staffed.on.shell._page == "job"


def test_from_who_works_here_it_is_one_press_to_entering_somebody(staffed: Storeroom) -> None:
    staffed.tap("person")
    settle(150)
    staffed.tap("changePeople")

    assert (staffed.on.shell._page, staffed.on.shell._settings.property("part")) == ("settings", "people")


def test_where_nobody_was_entered_nothing_locks(storeroom: Storeroom) -> None:
    begin(storeroom)
    storeroom.on.shell._here.lock()

    assert storeroom.on.shell._page == "job"


def test_after_some_minutes_without_a_scan_the_screen_locks(staffed: Storeroom) -> None:
    begin(staffed)
    staffed.on.shell.lock.watch()

    assert staffed.on.shell._here._idle.interval() == staffed.on.desk.policy.idle_lock_minutes * 60_000
    assert staffed.on.shell._here._idle.isActive()
    staffed.on.shell._here._idle.timeout.emit()
    assert staffed.on.shell._people.is_locked
