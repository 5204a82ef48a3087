"""The fifteen complaints of other apps' users, each on the screen: what they lost is here, what misled them is not."""

from datetime import date
from decimal import Decimal

import pytest

from client.pages.drive import Hand, settle
from sync.odoo.wire.errors import Family
from sync.push import PushReport
from sync.stock import Lot, Product, Tracking
from sync.transaction import Outcome
from sync.worker import SyncReport
from tests.pages.stage import CANNULA, GLOVES, GS, PROPOFOL, SALINE, gs1, stock_up
from tests.pages.storeroom import Storeroom


@pytest.fixture
def hand(storeroom: Storeroom) -> Hand:
    return Hand(storeroom.window)


def shown(storeroom: Storeroom) -> str:
    """All that stands on the screen, in the order it is drawn."""
    return "\n".join(storeroom.texts())


def test_complaint_01_a_lost_separator_is_asked_about_on_the_screen(storeroom: Storeroom, hand: Hand) -> None:
    hand.scan("P00147")
    hand.scan(f"01{PROPOFOL.barcode}107F220K17270630")

    assert storeroom.additions() == []
    assert "7F220K" in shown(storeroom)
    assert storeroom.on.desk.said.tone == "ask"

    storeroom.tap("choice", 0)
    assert storeroom.additions() == [("7F220K", Decimal(1))]
    assert "Lot 7F220K · 2027-06-30" in shown(storeroom)


def test_complaint_02_an_element_nobody_knows_costs_nothing_on_the_screen(storeroom: Storeroom, hand: Hand) -> None:
    hand.scan("P00147")
    hand.scan(f"]d201{CANNULA.barcode}1729013110MX40312{GS}714999{GS}7230EM12345")

    assert storeroom.additions() == [("MX40312", Decimal(1))]
    assert "Lot MX40312 · 2029-01-31" in shown(storeroom)


def test_complaint_03_a_gtin_14_is_the_product_with_its_ean_13(storeroom: Storeroom, hand: Hand) -> None:
    short = "4006381333931"
    pull = storeroom.on.store.catalogue.begin()
    pull.merge("products", [Product(70, "Pen", Tracking.NONE, 1, "Units", Decimal(1), "PEN", short, False)])
    pull.flip(storeroom.on.clock.now())
    hand.scan("P00147")
    hand.scan(f"]d2010{short}")

    assert "Pen" in shown(storeroom)
    assert storeroom.on.desk.said.code == "not_on_order"


def test_complaint_04_a_lot_that_reads_as_gs1_is_the_lot(storeroom: Storeroom, hand: Hand) -> None:
    pull = storeroom.on.store.catalogue.begin()
    pull.merge("lots", [Lot(90, PROPOFOL.id, "10D9T", date(2027, 6, 30))])
    pull.flip(storeroom.on.clock.now())
    hand.scan("P00147")
    hand.scan("10D9T")

    assert storeroom.additions() == [("10D9T", Decimal(1))]
    assert "Propofol 10 mg/ml, 20 ml vial" in shown(storeroom)


def test_complaint_05_a_lot_of_two_products_is_never_the_first(storeroom: Storeroom, hand: Hand) -> None:
    pull = storeroom.on.store.catalogue.begin()
    pull.merge("lots", [Lot(91, PROPOFOL.id, "TWICE", None), Lot(92, SALINE.id, "TWICE", None)])
    pull.flip(storeroom.on.clock.now())
    hand.scan("P00147")
    hand.scan("TWICE")

    assert storeroom.additions() == []
    assert {PROPOFOL.name, SALINE.name} <= {name for name in (PROPOFOL.name, SALINE.name) if name in shown(storeroom)}
    assert storeroom.on.desk.said.tone in {"ask", "no"}


def test_complaint_06_two_dates_of_one_lot_stand_side_by_side(storeroom: Storeroom, hand: Hand) -> None:
    hand.scan("P00147")
    hand.scan(gs1(PROPOFOL, "7F220K", "270831", 5))

    assert storeroom.additions() == []
    assert "31 Aug 2027" in shown(storeroom)
    assert "30 Jun 2027" in shown(storeroom)


def test_complaint_07_the_second_symbol_completes_what_the_first_began(storeroom: Storeroom, hand: Hand) -> None:
    hand.scan("P00147")
    hand.scan(gs1(CANNULA))
    hand.scan("]C11729013110MX40312")

    assert storeroom.additions() == [("MX40312", Decimal(1))]
    assert "Lot MX40312 · 2029-01-31" in shown(storeroom)


def test_complaint_08_without_a_network_the_day_goes_on_and_says_so_once(storeroom: Storeroom, hand: Hand) -> None:
    storeroom.on.shell.heard(SyncReport(push=PushReport(stopped=f"odoo_{Family.NOT_REACHED}")))
    for text in ("P00147", gs1(CANNULA, "MX40312", "290131", 200), "WS!confirm", "WS!yes"):
        hand.scan(text)

    assert len(storeroom.on.store.outbox.rows()) == 1
    assert "1 unsent" in shown(storeroom)
    assert storeroom.on.desk.said.code == "confirmed"


def test_complaint_09_every_page_says_what_is_unsent_and_each_transaction_what_became_of_it(
    storeroom: Storeroom, hand: Hand
) -> None:
    for text in ("P00147", gs1(CANNULA, "MX40312", "290131", 200), "WS!confirm", "WS!yes"):
        hand.scan(text)
    for page in ("home", "look", "receive", "move", "people", "outbox"):
        storeroom.on.shell.go(page)
        assert "1 unsent" in shown(storeroom), page

    (entry,) = storeroom.on.store.outbox.rows()
    now = storeroom.on.clock.now()
    storeroom.on.store.outbox.mark_sending(entry.uuid, now)
    storeroom.on.store.outbox.mark_done(entry.uuid, Outcome(231, "WH/IN/00231"), now)
    storeroom.on.shell.heard(SyncReport(push=PushReport()))
    assert "1 unsent" not in shown(storeroom)
    storeroom.tap("tabDone")
    assert "WH/IN/00231" in shown(storeroom)


def test_complaint_10_a_refusal_is_a_sentence_with_ways_out_on_the_screen(storeroom: Storeroom, hand: Hand) -> None:
    for text in ("P00147", gs1(CANNULA, "MX40312", "290131", 200), "WS!confirm", "WS!yes"):
        hand.scan(text)
    (entry,) = storeroom.on.store.outbox.rows()
    now = storeroom.on.clock.now()
    storeroom.on.store.outbox.mark_sending(entry.uuid, now)
    raw = {"message": "psycopg2.errors.SerializationFailure: Traceback (most recent call last)"}
    storeroom.on.store.outbox.mark_refused(entry.uuid, "picking_cancelled", raw, now)
    storeroom.on.shell.refresh()
    hand.scan("WS!cards")

    told = shown(storeroom)
    assert "Traceback" not in told
    assert "psycopg2" not in told
    assert len([item for item in storeroom.seen.drawn() if item.name == "choice"]) >= 2


def test_complaint_11_what_was_not_counted_is_asked_and_never_zero(storeroom: Storeroom, hand: Hand) -> None:
    stock_up(storeroom.on)
    for text in ("WS!count", "LOC-A411", gs1(SALINE, "23K0882", "270228", 12), "WS!confirm"):
        hand.scan(text)

    assert storeroom.on.desk.said.code == "not_counted"
    assert CANNULA.name in shown(storeroom)
    assert storeroom.on.store.outbox.rows() == []


def test_complaint_12_no_page_has_the_books_number_while_a_shelf_is_counted(storeroom: Storeroom, hand: Hand) -> None:
    stock_up(storeroom.on)
    for text in ("WS!count", "LOC-A411", gs1(SALINE, "23K0882", "270228", 11)):
        hand.scan(text)

    numbers = {"12", "of 12", "80", "of 80"}
    assert not numbers & set(storeroom.texts())
    for page in ("look", "outbox", "home"):
        storeroom.on.shell.go(page)
        assert not numbers & set(storeroom.texts()), page


def test_complaint_13_a_scan_is_one_scan_whatever_has_the_focus(storeroom: Storeroom, hand: Hand) -> None:
    hand.scan("P00147")
    hand.scan(gs1(CANNULA, "", "290131"))
    field = [item for item in storeroom.seen.drawn() if item.focused]
    assert field

    hand.scan(gs1(SALINE, "24H1907", "280331", 40))

    assert storeroom.on.shell._job._ask.typed.property("text") == ""
    assert storeroom.additions() == []
    assert storeroom.on.desk.said.code == "answer_first"


def test_complaint_14_a_double_tap_on_finish_sends_once(storeroom: Storeroom, hand: Hand) -> None:
    for text in ("P00147", gs1(CANNULA, "MX40312", "290131", 200), "WS!confirm"):
        hand.scan(text)
    settle(60)
    keep = next(item for item in storeroom.seen.drawn() if item.name == "choice")
    hand.tap(keep.x + keep.width / 2, keep.y + keep.height / 2)
    hand.tap(keep.x + keep.width / 2, keep.y + keep.height / 2)
    hand.scan("WS!yes")
    hand.scan("WS!confirm")

    assert len(storeroom.on.store.outbox.rows()) == 1


def test_complaint_15_a_wrong_scan_is_taken_back_and_put_right_where_it_stands(
    storeroom: Storeroom, hand: Hand
) -> None:
    hand.scan("P00147")
    hand.scan(gs1(GLOVES, "WRONG", "300531", 10))
    hand.scan("WS!undo")
    hand.scan(gs1(GLOVES, "RIGHT", "300531", 10))
    hand.write("12")

    assert storeroom.additions() == [("RIGHT", Decimal(12))]
    assert "Lot RIGHT · 2030-05-31" in shown(storeroom)
    assert "WRONG" not in shown(storeroom)
