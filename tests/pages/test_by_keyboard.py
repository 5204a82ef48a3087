"""Where what is typed goes: to the question, else it is the number of what was added last. No tap is needed for it."""

from decimal import Decimal

from PySide6.QtCore import Qt

from client.pages.drive import Hand, settle
from client.work.site.people import Role
from client.work.site.pin import hashed
from tests.pages.stage import CANNULA, PROPOFOL, SALINE, gs1, stock_up
from tests.pages.storeroom import Storeroom


def test_a_number_typed_behind_a_scan_is_how_many(storeroom: Storeroom) -> None:
    hand = Hand(storeroom.window)
    hand.scan("P00147")
    hand.scan(gs1(SALINE, "24H1907", "280331"))

    hand.write("40")

    assert storeroom.additions() == [("24H1907", Decimal(40))]
    assert hand.taps == 0


def test_a_number_typed_behind_an_answered_question_is_how_many(storeroom: Storeroom) -> None:
    hand = Hand(storeroom.window)
    hand.scan("P00147")
    hand.scan(gs1(CANNULA, "", "290131"))
    hand.write("A7")
    assert storeroom.additions() == [("A7", Decimal(1))]

    hand.write("12")

    assert storeroom.additions() == [("A7", Decimal(12))]


def test_a_number_typed_where_nothing_was_added_is_nothing(storeroom: Storeroom) -> None:
    hand = Hand(storeroom.window)
    hand.scan("P00147")

    hand.write("40")

    assert storeroom.additions() == []
    assert storeroom.on.shell._job._ask.asking is False


def test_enter_alone_answers_nothing(storeroom: Storeroom) -> None:
    hand = Hand(storeroom.window)
    hand.scan("P00147")
    hand.scan(gs1(CANNULA, "", "290131"))
    hand.write("A7")

    hand.write("")

    assert storeroom.on.desk.said.code == "added"


def test_a_date_that_does_not_agree_is_answered_by_scans_alone(storeroom: Storeroom) -> None:
    hand = Hand(storeroom.window)
    hand.scan("P00147")
    hand.scan(gs1(PROPOFOL, "7F220K", "270831", 5))

    hand.write("3")

    assert storeroom.additions() == []


def test_a_pin_asked_at_home_hears_the_keyboard(storeroom: Storeroom) -> None:
    on, hand = storeroom.on, Hand(storeroom.window)
    stock_up(on)
    on.store.people.add("Ana Sousa", Role.SUPERVISOR, on.clock.now(), "", badge="B-ANA-7", pin=hashed("4711"))
    hand.scan("B-ANA-7")
    on.press(f"look {gs1(PROPOFOL, '7F220K')}")
    hand.scan("WS!hold glass in it")
    assert on.desk.said.code == "pin_wanted"

    hand.write("4711")

    assert on.desk.said.code == "proved"


def test_who_types_on_the_look_up_page_searches_without_a_tap_into_the_field(storeroom: Storeroom) -> None:
    storeroom.on.shell.go("look")
    settle(150)

    storeroom.write("canu")
    storeroom.key(Qt.Key.Key_Backspace, "\b")
    storeroom.write("nula")

    assert storeroom.on.shell._look.property("text") == "cannula"
    assert storeroom.on.shell._look.property("title") == "1 found"


def test_escape_leads_away_from_the_look_up_page_and_writes_nothing(storeroom: Storeroom) -> None:
    storeroom.on.shell.go("look")
    settle(150)
    for key, sign in ((Qt.Key.Key_Backspace, "\b"), (Qt.Key.Key_Delete, "\x7f"), (Qt.Key.Key_Escape, "\x1b")):
        storeroom.key(key, sign)

    assert storeroom.on.shell._look.property("text") == ""
    assert storeroom.on.shell._page == "home"
