"""Moving, counting, transfers and looking up on the real window: by scanner alone, by touch, by keyboard."""

from decimal import Decimal

from PySide6.QtCore import Qt

from client.pages.drive import settle
from client.work.site.people import Role
from client.work.site.pin import hashed
from sync.transaction import Kind
from tests.pages.stage import CANNULA, SALINE, gs1, stock_up
from tests.pages.storeroom import Storeroom


def shown_by(storeroom: Storeroom) -> list[str]:
    """All texts of the next frame."""
    settle(200)
    return storeroom.texts()


def test_goods_are_moved_by_scanner_alone(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    for text in ("LOC-A411", gs1(CANNULA, "MX40312", "290131", 50), "LOC-ICU", "WS!confirm", "WS!home"):
        storeroom.scan(text)

    (entry,) = storeroom.on.store.outbox.rows()
    assert entry.transaction.kind is Kind.TRANSFER
    assert [(line.done, line.destination_id) for line in entry.transaction.lines] == [(Decimal(50), 20)]
    assert storeroom.on.shell._page == "home"


def test_a_shelf_scanned_at_home_asks_what_to_do_there(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.scan("LOC-ICU")
    assert "What do you want to do in WH/ICU?" in shown_by(storeroom)

    storeroom.tap("choice", 0)

    shown = shown_by(storeroom)
    assert "Move" in shown
    assert "WH/ICU" in shown
    assert "Scan the first item" in shown


def test_a_shelf_scanned_where_move_was_chosen_is_where_the_goods_are(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.on.shell.go("move")
    storeroom.scan("LOC-A411")

    shown = shown_by(storeroom)
    assert storeroom.on.shell._job.kind == "move"
    assert "WH/Stock/A4-11" in shown
    assert "Scan the first item" in shown


def test_from_and_to_stand_over_the_list_and_what_comes_next_below(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.scan("LOC-A411")
    storeroom.scan(gs1(CANNULA, "MX40312", "290131", 50))

    shown = shown_by(storeroom)
    assert {"From", "WH/Stock/A4-11", "To", "scan it last"} <= set(shown)
    assert "Scan the next item, or where it goes" in shown

    storeroom.scan("LOC-ICU")
    assert "WH/ICU" in shown_by(storeroom)


def test_a_wanted_transfer_is_opened_from_the_list_and_taken_as_planned(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.tap("tileMove")
    assert "What is moved?" in shown_by(storeroom)
    storeroom.tap("start", 0)
    assert "Take 10 Sodium chloride 0.9 % 500 ml" in shown_by(storeroom)

    storeroom.scan("LOC-A411")
    storeroom.tap("offer", 0)
    storeroom.on.shell._job.act()

    (entry,) = storeroom.on.store.outbox.rows()
    assert entry.transaction.kind is Kind.PLANNED_TRANSFER
    assert "Transfer: finished" in shown_by(storeroom)


def test_a_count_shows_what_was_found_and_nothing_of_the_book(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.tap("tileCount")
    storeroom.scan("LOC-A411")
    storeroom.scan(gs1(SALINE, "23K0882", "270228", 11))

    shown = shown_by(storeroom)
    assert "Scan all that lies here" in shown
    assert "11" in shown
    assert not {"12", "of 12", "80"} & set(shown)


def test_the_number_of_a_counted_line_is_typed_on_the_keypad(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.scan("WS!count")
    storeroom.scan("LOC-A411")
    storeroom.scan(gs1(SALINE, "23K0882", "270228"))
    storeroom.tap("line")
    for key in ("key1", "key2"):
        storeroom.tap(key)
    storeroom.on.shell._job.act()

    assert "12" in shown_by(storeroom)


def test_an_empty_shelf_is_said_and_not_guessed(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.scan("WS!count")
    storeroom.scan("LOC-A402")

    storeroom.tap("offer", 0)

    assert storeroom.on.desk.said.tone != "no"


def test_a_pin_is_typed_and_never_shown(storeroom: Storeroom) -> None:
    on = storeroom.on
    on.store.people.add(
        "Theo Rey", Role.SUPERVISOR, on.clock.now(), "Mira Lindqvist", badge="B-THEO-7", pin=hashed("4711")
    )
    storeroom.scan("P00147")
    storeroom.scan(gs1(CANNULA, "OLD1", "240131", 5))
    storeroom.scan("B-THEO-7")
    assert "Theo Rey: your PIN" in shown_by(storeroom)

    for key in ("key4", "key7", "key1", "key1"):
        storeroom.tap(key)

    assert "••••" in shown_by(storeroom)
    assert "4711" not in shown_by(storeroom)
    on.shell._job.act()
    assert on.desk.second.proved is not None


def test_a_product_nobody_waits_for_is_looked_up(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.on.press(f"look {SALINE.barcode}")

    shown = shown_by(storeroom)
    assert "Sodium chloride 0.9 % 500 ml" in shown
    assert "= 18" in shown
    assert "10 of these are reserved" in shown
    assert "Use first" in shown


def test_each_letter_narrows_what_is_found(storeroom: Storeroom) -> None:
    storeroom.tap("tileLook")
    storeroom.on.shell._look.type("nitr")
    assert "Nitrile gloves M, box of 100" in shown_by(storeroom)

    storeroom.tap("fact", 0)

    assert bool(storeroom.on.shell._look.property("looking"))


def test_numbers_of_a_shelf_under_count_stay_hidden_on_the_look_up_page(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.scan("WS!count")
    storeroom.scan("LOC-A411")
    storeroom.scan(gs1(SALINE, "23K0882", "270228", 11))
    storeroom.on.press("look LOC-A411")

    shown = shown_by(storeroom)
    assert "being counted" in shown
    assert not {"12", "80"} & set(shown)


def test_another_job_is_begun_and_the_first_waits_as_a_draft(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.scan("P00147")
    storeroom.scan(gs1(CANNULA, "MX40312", "290131", 50))
    storeroom.on.shell.back()
    storeroom.tap("tileMove")

    shown = shown_by(storeroom)
    assert "To do" in shown
    assert [draft.title for draft in storeroom.on.store.drafts.open_drafts()] == ["Halden Medical Supply"]


def test_escape_leaves_the_job_with_nothing_lost(storeroom: Storeroom) -> None:
    stock_up(storeroom.on)
    storeroom.scan("LOC-A411")
    storeroom.scan(gs1(CANNULA, "MX40312", "290131", 50))
    storeroom.key(Qt.Key.Key_Escape)

    assert storeroom.on.shell._page == "home"
    assert len(storeroom.on.store.drafts.open_drafts()) == 1
