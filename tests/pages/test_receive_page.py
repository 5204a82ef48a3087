"""Receiving on the real window: keystrokes of a scanner, fingers, and a keyboard; what is shown is on disk."""

from decimal import Decimal

from PySide6.QtCore import Qt

from sync.transaction import Outcome, Status
from sync.worker import SyncReport
from tests.pages.stage import CANNULA, GLOVES, PLASTER, PROPOFOL, PUMP, SALINE, gs1
from tests.pages.storeroom import Storeroom


def test_a_scan_of_an_order_opens_it_and_a_scan_of_goods_makes_a_line(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    storeroom.scan(gs1(CANNULA, "MX40312", "290131", 100))

    assert storeroom.additions() == [("MX40312", Decimal(100))]
    shown = storeroom.texts()
    assert "+100 IV cannula 20G, sterile" in shown
    assert "Lot MX40312 · 2029-01-31" in shown
    assert "100" in shown


def test_the_band_and_the_line_are_there_before_the_next_event(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    storeroom.on.scan(gs1(SALINE, "24H1907", "280331", 40))

    assert "+40 Sodium chloride 0.9 % 500 ml" in storeroom.texts()


def test_a_scan_repaints_one_line_and_resets_nothing(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    storeroom.scan(gs1(CANNULA, "MX40312", "290131", 100))
    lines = storeroom.on.shell._job._lines
    changed: list[int] = []
    resets: list[int] = []
    lines.dataChanged.connect(lambda first, last: changed.extend(range(first.row(), last.row() + 1)))
    lines.modelReset.connect(lambda: resets.append(1))

    storeroom.scan(gs1(CANNULA, "MX40312", "290131", 50))

    assert changed == [0]
    assert resets == []


def test_a_date_is_typed_with_a_finger(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    storeroom.scan(gs1(CANNULA, "MX77"))

    for key in ("key2", "key9", "key0", "key8"):
        storeroom.tap(key)
    assert "Use 31 Aug 2029" in storeroom.texts()
    storeroom.on.shell._job.act()

    assert storeroom.additions() == [("MX77", Decimal(1))]


def test_a_date_is_typed_with_a_keyboard(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    storeroom.scan(gs1(CANNULA, "MX77"))

    storeroom.write("290815")
    storeroom.key(Qt.Key.Key_Return, "\r")

    assert storeroom.additions() == [("MX77", Decimal(1))]
    assert "Lot MX77 · 2029-08-15" in storeroom.texts()


def test_a_lot_is_typed_with_a_keyboard(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    storeroom.scan(gs1(CANNULA, "", "290131"))

    storeroom.write("a7")
    storeroom.key(Qt.Key.Key_Return, "\r")

    assert storeroom.additions() == [("a7", Decimal(1))]


def test_a_question_is_answered_with_a_finger(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    storeroom.scan(gs1(PROPOFOL, "7F220K", "270831", 5))

    storeroom.tap("choice", 1)

    assert storeroom.additions() == [("7F220K", Decimal(5))]
    assert "Lot 7F220K · 2027-06-30" in storeroom.texts()


def test_another_item_during_a_question_is_not_added(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    storeroom.scan(gs1(PROPOFOL, "7F220K", "270831", 5))

    storeroom.scan(gs1(SALINE, "24H1907", "280331", 40))

    assert storeroom.additions() == []
    assert "Answer first" in storeroom.texts()


def test_how_many_is_changed_by_touching_the_line_just_added(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    storeroom.scan(gs1(GLOVES, "B8C24F1", "300531", 1))

    storeroom.tap("line", 2)
    storeroom.tap("key3")
    storeroom.tap("key0")
    storeroom.on.shell._job.act()

    assert storeroom.additions() == [("B8C24F1", Decimal(30))]


def test_the_whole_delivery_by_scanner_alone(storeroom: Storeroom) -> None:
    for text in ("P00147", gs1(CANNULA, "MX40312", "290131", 200), "WS!note none", "WS!confirm", "WS!yes", "WS!home"):
        storeroom.scan(text)

    assert storeroom.on.shell._page == "home"
    (entry,) = storeroom.on.store.outbox.rows()
    assert [line.done for line in entry.transaction.lines] == [Decimal(200)]
    assert storeroom.on.store.drafts.open_drafts() == []


def test_the_whole_delivery_by_touch_alone(storeroom: Storeroom) -> None:
    storeroom.on.receive_some()
    storeroom.on.shell.back()

    storeroom.tap("draft")
    assert storeroom.on.shell._page == "job"
    storeroom.on.shell._job.act()
    storeroom.tap("choice", 0)

    assert len(storeroom.on.store.outbox.rows()) == 1
    assert "This delivery is finished" in storeroom.texts()


def finished(storeroom: Storeroom) -> str:
    """A delivery is finished and its page stands there; its transaction."""
    for text in ("P00147", gs1(CANNULA, "MX40312", "290131", 200), "WS!note none", "WS!confirm", "WS!yes"):
        storeroom.scan(text)
    (entry,) = storeroom.on.store.outbox.rows()
    return entry.uuid


def test_who_waits_at_a_finished_delivery_reads_odoos_number_as_soon_as_it_is_there(storeroom: Storeroom) -> None:
    store, now = storeroom.on.store, storeroom.on.clock.now()
    uuid = finished(storeroom)
    store.outbox.mark_sending(uuid, now)
    storeroom.on.shell.heard(SyncReport(uuid=uuid, status=Status.SENDING))
    assert "Delivery finished" in storeroom.texts()

    store.outbox.mark_done(uuid, Outcome(231, "WH/IN/00231", "WH/IN/00244"), now)
    storeroom.on.shell.heard(SyncReport(uuid=uuid, status=Status.DONE))

    assert {"Odoo has it", "WH/IN/00231 in Odoo, the rest waits as WH/IN/00244"} <= set(storeroom.texts())
    assert not [text for text in storeroom.texts() if "waits to be sent" in text or "goes to Odoo by itself" in text]


def test_over_its_lines_stands_how_far_a_delivery_is_and_that_all_of_it_came(storeroom: Storeroom) -> None:
    storeroom.scan("P00155")
    for text in (
        gs1(PUMP, serial="SN-1"),
        gs1(PUMP, serial="SN-2"),
        gs1(PLASTER, "PL-1", "290131", 400),
        gs1(GLOVES, "G-1", "290131", 9),
    ):
        storeroom.scan(text)
    assert "3 of 3 begun" in storeroom.texts()

    storeroom.scan(gs1(GLOVES, "G-1", "290131", 1))
    assert "All complete" in storeroom.texts()


def test_what_is_to_come_is_told_of_the_item_that_is_spoken_of(storeroom: Storeroom) -> None:
    storeroom.on.receive_some()
    assert "50 Units to come, then 2 lines. How many of it? Press its line" in storeroom.texts()

    storeroom.scan(gs1(SALINE, "24H1908", "280331", 1))
    storeroom.scan("WS!yes")
    storeroom.on.press("refuse damaged")

    assert "3 lines to come" in storeroom.texts()


def test_who_comes_back_to_a_delivery_odoo_has_is_not_told_that_it_waits(storeroom: Storeroom) -> None:
    uuid = finished(storeroom)
    storeroom.on.shell.go("outbox")
    store, now = storeroom.on.store, storeroom.on.clock.now()
    store.outbox.mark_sending(uuid, now)
    store.outbox.mark_done(uuid, Outcome(231, "WH/IN/00231"), now)
    storeroom.on.shell.heard(SyncReport(uuid=uuid, status=Status.DONE))

    storeroom.on.shell.go("receive")

    assert "WH/IN/00231 in Odoo" in storeroom.texts()
    assert not [text for text in storeroom.texts() if "goes to Odoo by itself" in text]


def test_who_waits_at_a_finished_delivery_reads_that_odoo_refused_it(storeroom: Storeroom) -> None:
    uuid = finished(storeroom)
    storeroom.on.store.outbox.mark_sending(uuid, storeroom.on.clock.now())
    storeroom.on.store.outbox.mark_refused(uuid, "lot_unknown", {}, storeroom.on.clock.now())
    storeroom.on.shell.heard(SyncReport(uuid=uuid, status=Status.REFUSED))

    assert "Odoo refused it" in storeroom.texts()


def test_a_delivery_is_chosen_from_the_list_without_a_scan(storeroom: Storeroom) -> None:
    storeroom.tap("tileReceive")
    assert "Which delivery?" in storeroom.texts()

    storeroom.tap("start", 1)

    assert "P00155 · WH/IN/00240" in storeroom.texts()


def test_the_keyboard_reaches_the_receive_tile(storeroom: Storeroom) -> None:
    for _ in range(12):
        storeroom.key(Qt.Key.Key_Tab, "\t")
        if any(item.name == "tileReceive" and item.focused for item in storeroom.seen.drawn()):
            break
    storeroom.key(Qt.Key.Key_Return, "\r")

    assert storeroom.on.shell._page == "starts"


def test_any_scan_of_the_draft_can_be_taken_back(storeroom: Storeroom) -> None:
    storeroom.window.resize(1280, 800)
    storeroom.on.receive_some()

    storeroom.tap("undoScan", 1)

    assert storeroom.additions() == [("24H1907", Decimal(40)), ("MX40312", Decimal(50))]


def test_going_home_keeps_the_draft_and_escape_is_back(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    storeroom.scan(gs1(CANNULA, "MX40312", "290131", 100))

    storeroom.key(Qt.Key.Key_Escape)

    assert "Go on where you were" in storeroom.texts()
    assert storeroom.additions() == [("MX40312", Decimal(100))]


def test_rubbish_is_refused_in_words(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")

    for text in ("\x1d\x1d]]", "(01)(01)", "9" * 3000, "01" + "4" * 14):
        storeroom.scan(text)

    assert storeroom.on.desk.said.tone == "no"
    assert storeroom.additions() == []
