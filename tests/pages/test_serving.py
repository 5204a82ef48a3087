"""Other places for a device, chosen in the window: who may, what it means at once, and when it is refused."""

import pytest

from client.pages.drive import settle
from client.work.site.people import Role
from client.work.site.pin import hashed
from tests.pages.stage import stock_up
from tests.pages.storeroom import Storeroom

BOSS, PIN = "Mira Lindqvist", "839201"
STOCK, A411, ICU = 5, 11, 20


def opened(on: Storeroom) -> Storeroom:
    on.on.shell.go("settings")
    settle(150)
    on.on.shell._settings.open("places")
    settle(80)
    return on


@pytest.fixture
def ward(storeroom: Storeroom) -> Storeroom:
    """A device that serves the store alone, whose stock was fetched."""
    stock_up(storeroom.on)
    storeroom.on.store.device.serve((STOCK,), storeroom.on.clock.now(), "", narrower=True)
    storeroom.on.store.device.fetched((STOCK,))
    return storeroom


def served(on: Storeroom) -> tuple[int, ...]:
    enrolment = on.on.store.device.enrolment()
    assert enrolment
    return enrolment.location_ids


def knows(on: Storeroom, id_: int) -> bool:
    place = on.on.store.catalogue.location(id_)
    assert place
    return on.on.desk.shelves.knows(place)


def test_a_ward_is_added_by_its_label_and_known_once_it_is_fetched(ward: Storeroom) -> None:
    opened(ward)
    ward.tap("act choose")
    ward.scan("LOC-ICU")
    assert "WH/ICU is ticked" in ward.texts()
    ward.tap("main")
    settle(60)

    assert set(served(ward)) == {STOCK, ICU}
    assert "Kept. It is fetched as soon as Odoo is reached." in ward.texts()
    assert (knows(ward, A411), knows(ward, ICU)) == (True, False)

    ward.on.store.device.fetched(served(ward))
    assert knows(ward, ICU)


def test_what_waits_is_told_until_it_is_fetched(ward: Storeroom) -> None:
    opened(ward)
    assert not any("Others were chosen" in text for text in ward.texts())
    ward.on.store.device.serve((STOCK, ICU), ward.on.clock.now(), "", narrower=False)
    ward.on.shell._settings.refresh()
    settle(60)

    assert any("Others were chosen" in text for text in ward.texts())


def test_while_work_is_open_places_are_added_and_none_is_left_out(ward: Storeroom) -> None:
    ward.on.receive_some()
    ward.on.press("home")
    opened(ward)
    assert any("Open on this device: 1." in text for text in ward.texts())
    page = ward.on.shell._settings
    page.press("choose")
    page._serving.page.toggle(str(STOCK))  # type: ignore[union-attr]  # there is a desk
    page._serving.page.toggle(str(ICU))  # type: ignore[union-attr]
    page.act()
    settle(60)
    assert any("none left out" in text for text in ward.texts())
    assert served(ward) == (STOCK,)
    assert page.property("choosing")

    page._serving.page.toggle(str(STOCK))  # type: ignore[union-attr]
    page.act()
    assert set(served(ward)) == {STOCK, ICU}
    assert len(ward.on.store.drafts.open_drafts()) == 1


def test_the_place_above_another_leaves_nothing_out(ward: Storeroom) -> None:
    ward.on.store.device.serve((A411,), ward.on.clock.now(), "", narrower=True)
    ward.on.receive_some()
    ward.on.press("home")
    opened(ward)
    ward.tap("act choose")
    ward.scan("LOC-STOCK")
    ward.tap("main")

    assert served(ward) == (STOCK,)


def test_where_people_are_entered_it_takes_who_may_and_their_pin(ward: Storeroom) -> None:
    people, now = ward.on.store.people, ward.on.clock.now()
    people.add(BOSS, Role.SUPERVISOR, now, "", badge="B-MIRA-1", pin=hashed(PIN))
    people.add("Theo Rey", Role.NURSE, now, BOSS, badge="B-THEO-7", pin=hashed("471100"))
    ward.scan("B-THEO-7")
    opened(ward)
    ward.on.shell._settings.press("choose")
    assert not ward.on.shell._settings.property("choosing")

    ward.scan("B-MIRA-1")
    opened(ward)
    ward.tap("act choose")
    for pin in ("000111", PIN):
        assert not ward.on.shell._settings.property("choosing")
        for digit in pin:
            ward.tap(f"key{digit}")
        ward.tap("main")
    assert ward.on.shell._settings.property("choosing")
    ward.scan("LOC-ICU")
    ward.tap("main")

    assert set(served(ward)) == {STOCK, ICU}
    (told,) = [one for one in ward.on.store.journal.story(ward.on.store.device.id()) if one.person == BOSS]
    assert told.event == "places_chosen"


def test_leaving_the_choice_changes_nothing(ward: Storeroom) -> None:
    opened(ward)
    ward.tap("act choose")
    ward.scan("LOC-ICU")
    ward.tap("undo")

    assert served(ward) == (STOCK,)
    assert ward.on.shell.property("page") == "settings"


THEO = "B-THEO-7"


@pytest.fixture
def staffed(ward: Storeroom) -> Storeroom:
    """Two supervisors and a nurse; Mira, a supervisor, is here."""
    people, now = ward.on.store.people, ward.on.clock.now()
    people.add("Ada Boss", Role.SUPERVISOR, now, "", badge="B-ADA-1", pin=hashed("111222"))
    people.add(BOSS, Role.SUPERVISOR, now, "Ada Boss", badge="B-MIRA-1", pin=hashed(PIN))
    people.add("Theo Rey", Role.NURSE, now, BOSS, badge=THEO, pin=hashed("471100"))
    ward.scan("B-MIRA-1")
    return ward


def typed(on: Storeroom) -> None:
    for digit in PIN:
        on.tap(f"key{digit}")


def locked_and_taken(on: Storeroom) -> None:
    """Mira goes away, the screen locks, Theo comes and goes to the settings."""
    on.on.shell._here.lock()
    settle(60)
    on.scan(THEO)
    on.on.shell.go("settings")
    settle(100)


def test_what_a_supervisor_approved_is_not_open_to_who_comes_after_the_lock(staffed: Storeroom) -> None:
    page = staffed.on.shell._settings
    opened(staffed)
    staffed.tap("act choose")
    typed(staffed)
    staffed.tap("main")
    assert page.property("choosing")
    locked_and_taken(staffed)

    assert not page.property("choosing")
    page._serving.page.toggle(str(ICU))  # type: ignore[union-attr]  # there is a desk
    page._serving.keep()  # type: ignore[union-attr]
    assert served(staffed) == (STOCK,)


def test_who_was_about_to_be_entered_is_not_entered_by_who_comes_after_the_lock(staffed: Storeroom) -> None:
    page = staffed.on.shell._settings
    staffed.on.shell.go("settings")
    settle(150)
    page.open("people")
    settle(60)
    page.press("add")
    page._enlist.choose(BOSS)  # type: ignore[union-attr]  # there is a desk
    settle(150)
    typed(staffed)
    page._enlist.act()  # type: ignore[union-attr]
    assert page._enlist.is_open  # type: ignore[union-attr]
    locked_and_taken(staffed)

    assert not page._enlist.is_open  # type: ignore[union-attr]


def test_a_question_a_supervisor_opened_is_not_answered_by_who_scans_a_badge_next(staffed: Storeroom) -> None:
    page = staffed.on.shell._settings
    staffed.on.shell.go("settings")
    settle(150)
    page.open("people")
    page.press("who Ada Boss")
    page.press("remove")
    settle(60)
    typed(staffed)
    staffed.tap("main")
    assert page.property("question") == "Does Ada Boss work here no more?"
    staffed.scan(THEO)
    page.act()

    assert {one.name for one in staffed.on.store.people.everyone()} == {"Ada Boss", BOSS, "Theo Rey"}


def test_who_is_no_supervisor_any_more_chooses_no_places(staffed: Storeroom) -> None:
    staffed.on.store.people.settle_role(BOSS, Role.NURSE, staffed.on.clock.now(), "Ada Boss")
    opened(staffed)
    assert [item.locked for item in staffed.on.shell._settings._items._rows if item.key == "choose"] == [True]  # type: ignore[attr-defined]

    staffed.on.shell._settings.press("choose")
    assert not staffed.on.shell._settings._ask.asking
