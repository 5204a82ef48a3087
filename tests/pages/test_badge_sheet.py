"""Badges printed from the window: a card scans as its person, and nobody sees one without a supervisor's PIN."""

import pytest
import zxingcpp
from PySide6.QtGui import QGuiApplication

from client.pages.drive import settle
from client.pages.papers_page import PapersPage
from client.pages.printers import Printers
from client.pages.sheet import badge_pages, picture_of
from client.papers import PaperLabel, badge_label
from client.work.site.badges import Card, cards, is_ours
from client.work.site.people import Role
from client.work.site.pin import hashed
from tests.pages.reader import read_off
from tests.pages.storeroom import Storeroom
from tests.pages.test_papers_page import Tray

BOSS, PIN = "Mira Lindqvist", "839201"


@pytest.fixture
def staffed(storeroom: Storeroom) -> Storeroom:
    """The supervisor stands at the desk, with a badge of the hospital; two have none."""
    people, now = storeroom.on.store.people, storeroom.on.clock.now()
    people.add(BOSS, Role.SUPERVISOR, now, "", badge="B-MIRA-1", pin=hashed(PIN))
    for name in ("Theo Rey", "Ana Sousa"):
        people.add(name, Role.NURSE, now, BOSS)
    storeroom.scan("B-MIRA-1")
    return storeroom


def opened(on: Storeroom, *printers: str) -> tuple[PapersPage, Tray]:
    page, tray = on.on.shell._papers, Tray(*printers)
    page._printers = Printers(lambda: tray.names, tray.take)
    on.on.shell.go("papers")
    settle(100)
    on.tap("kind badges")
    return page, tray


def type_pin(on: Storeroom, pin: str = PIN) -> None:
    for digit in pin:
        on.tap(f"key{digit}")
    on.tap("main")
    settle(60)


def badge_of(on: Storeroom, name: str) -> str:
    return on.on.store.people.get(name).badge  # type: ignore[union-attr]  # they are there


def test_a_printed_badge_switches_to_its_person(staffed: Storeroom) -> None:
    page, tray = opened(staffed, "Store")
    type_pin(staffed)
    page.act()
    ((_, printed),) = tray.printed

    assert printed == {badge_of(staffed, "Theo Rey"), badge_of(staffed, "Ana Sousa")}
    staffed.scan(badge_of(staffed, "Ana Sousa"))
    assert staffed.on.desk.person.name == "Ana Sousa"


def test_nothing_is_shown_before_the_pin_and_nothing_is_kept_before_it_is_printed(staffed: Storeroom) -> None:
    page, tray = opened(staffed, "Store")
    assert page._pictures == []
    type_pin(staffed, "000111")
    assert "Wrong PIN." in staffed.texts()
    assert page._pictures == []

    type_pin(staffed)
    assert len(page._pictures) == 1
    staffed.on.shell.back()
    assert (badge_of(staffed, "Theo Rey"), tray.printed) == ("", [])


def test_who_may_not_give_badges_prints_none(staffed: Storeroom) -> None:
    staffed.on.store.people.settle_badge("Theo Rey", "B-THEO-7", staffed.on.clock.now(), BOSS)
    staffed.scan("B-THEO-7")
    page, tray = opened(staffed, "Store")
    page.act()

    assert any("Takes a supervisor" in text for text in staffed.texts())
    assert (page._pictures, tray.printed) == ([], [])


def test_another_badge_at_the_desk_hides_what_the_supervisor_saw(staffed: Storeroom) -> None:
    staffed.on.store.people.settle_badge("Theo Rey", "B-THEO-7", staffed.on.clock.now(), BOSS)
    page, tray = opened(staffed, "Store")
    type_pin(staffed)
    staffed.scan("B-THEO-7")
    settle(60)
    page.act()

    assert (page._pictures, tray.printed) == ([], [])


def test_the_hospitals_badge_ends_only_where_a_new_one_is_chosen(staffed: Storeroom) -> None:
    page, _ = opened(staffed, "Store")
    type_pin(staffed)
    page.act()
    assert badge_of(staffed, BOSS) == "B-MIRA-1"

    staffed.tap(f"way badge {BOSS}")
    page.act()
    assert is_ours(badge_of(staffed, BOSS))


def test_a_jammed_printer_costs_nobody_a_badge(staffed: Storeroom) -> None:
    page, tray = opened(staffed, "broken", "Store")
    type_pin(staffed)
    page.act()
    kept = badge_of(staffed, "Theo Rey")
    page.press("printer Store")
    page.act()

    assert is_ours(kept)
    assert kept in tray.printed[0][1]


def test_one_badge_is_printed_from_the_person_with_the_pin_once(staffed: Storeroom) -> None:
    staffed.on.shell.go("settings")
    settle(100)
    staffed.on.shell._settings.open("people")
    staffed.on.shell._settings.press("who Theo Rey")
    settle(60)
    staffed.tap("act print")
    type_pin(staffed)

    assert staffed.on.shell.property("page") == "papers"
    assert [one.name for one in staffed.on.shell._papers._badges.chosen] == ["Theo Rey"]  # type: ignore[union-attr]
    assert len(staffed.on.shell._papers._pictures) == 1


def test_ten_cards_stand_on_a_page_and_all_are_read(staffed: Storeroom) -> None:
    for nth in range(11):
        name = f"Anneliese Oberhuber-Zwingenberger {nth}"
        staffed.on.store.people.add(name, Role.NURSE, staffed.on.clock.now(), BOSS)
    wanted: list[Card] = cards(staffed.on.store, [])
    labels: list[PaperLabel] = [badge_label(one) for one in wanted]
    pages = badge_pages(labels)

    assert [len(read_off(picture_of(page))) for page in pages] == [10, 3]
    assert {text for page in pages for text in read_off(picture_of(page))} == {one.badge for one in wanted}


def test_a_badge_is_read_as_it_is_printed_where_a_smaller_copy_of_the_page_reads_otherwise(
    qapp: QGuiApplication,
) -> None:
    badges = ["WSB0R2F37XLRRJH7", "WSB3009H8HS52NS7"]
    labels = [badge_label(Card("Theo Rey", Role.NURSE, one, new=True)) for one in badges]
    (page,) = badge_pages(labels)
    picture = picture_of(page)

    once = zxingcpp.read_barcodes(picture)
    assert len(once) > len(badges), "the decoder has learnt better: this test shows nothing any more"
    assert read_off(picture) == set(badges)
