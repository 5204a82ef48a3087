"""Look-up: what is what, what is where, how old that is, and who waits for it (design 6, 7)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from client.barcode.read import read
from client.work.lookup.pages import LookUp, LotPage, PapersPage, PlacePage, ProductPage, ReferencePage, Several
from client.work.meaning import Known, LotMeant, anything
from client.work.site.holds import Holds
from client.work.site.people import People
from client.work.site.policy import Policy
from client.work.stock import Shelves
from sync.stock import Lot, StockRow
from sync.store import Store
from sync.store.holds import By, HoldLine
from sync.transaction import Kind, Outcome, Recount, Status
from tests.work.conftest import (
    BIN_A,
    BIN_B,
    BOX,
    CANNULA,
    KNOWN_LOT,
    NOW,
    ORDER,
    PUMP,
    PUMP_LOT,
    STOCK,
    SUPPLIER,
    SYRINGE,
    TOWEL,
    StoppedClock,
    label,
    raw,
)
from tests.work.stocked import (
    GONE_BY,
    ICU,
    PATIENTS,
    PULLED,
    QUARANTINE,
    SOON,
    STOCK_ROWS,
    TO_ICU,
    booked,
    did,
    line,
    pulled_again,
    stock,
)

TODAY = date(2026, 11, 21)


@pytest.fixture
def look(store: Store) -> LookUp:
    stock(store)
    shelves = Shelves(store, StoppedClock())
    return LookUp(store, shelves, Holds(store, shelves, frozenset({QUARANTINE.id})))


def scanned(look: LookUp, text: str) -> object:
    """What scanning that at home shows."""
    told = read(raw(text))
    return look.page(anything(told, Known.here(look.store, People(look.store.people, Policy()))), told)


def test_a_product_shows_where_it_lies_and_what_of_that_is_unsent(look: LookUp) -> None:
    did(look.store, Kind.USE, line(SYRINGE.id, "3", BIN_A, PATIENTS, lot_name=KNOWN_LOT.name, lot_id=KNOWN_LOT.id))

    page = scanned(look, SYRINGE.barcode)
    assert isinstance(page, ProductPage)
    told = [(one.place, one.shelf.lot_name, int(one.shelf.odoo), int(one.shelf.unsent)) for one in page.shelves]
    assert told == [
        ("CS/Stock/Shelf A", "AB0123", 12, -3),
        ("CS/Stock/Shelf B", "AB0100", 2, 0),
        ("CS/Stock/Shelf B", "AB0200", 30, 0),
    ]
    assert page.as_of == PULLED
    assert [row.here.lot_name for row in page.lots] == [GONE_BY.name, SOON.name, KNOWN_LOT.name]


def test_a_product_shows_for_whom_it_is_kept_what_comes_and_what_this_device_did(look: LookUp) -> None:
    used = did(look.store, Kind.USE, line(SYRINGE.id, "3", BIN_A, PATIENTS, lot_name=KNOWN_LOT.name))

    page = look.product(SYRINGE)
    assert [(one.document, int(one.quantity)) for one in page.reserved] == [("CS/INT/00012", 4)]
    under_way = [(one.picking.name, int(one.move.expected), int(one.move.reserved)) for one in page.under_way]
    assert under_way == [("CS/IN/00007", 100, 0), ("CS/INT/00012", 10, 4)]
    (moved,) = page.movements
    assert (moved.reference, moved.kind, moved.status) == (used.reference, Kind.USE, Status.QUEUED)
    assert (moved.source, moved.destination, moved.person) == ("CS/Stock/Shelf A", "Virtual/Patients", "Mira Lindqvist")
    assert [int(point.minimum) for point in page.reorder] == [10]


def test_each_lot_of_a_product_says_whether_it_is_held(look: LookUp) -> None:
    look.store.holds.bring("vendor", [HoldLine(By.CODE, SYRINGE.code, "r", TODAY, SOON.name)], NOW, "Joana", NOW)

    page = look.product(SYRINGE)
    assert {row.here.lot_name for row in page.lots if row.held} == {SOON.name}
    assert page.held is None


@pytest.mark.parametrize("text", [KNOWN_LOT.name, label(SYRINGE, lot=KNOWN_LOT.name), f"]d210{KNOWN_LOT.name}"])
def test_a_lot_by_its_name_its_label_or_a_label_without_product(look: LookUp, text: str) -> None:
    page = scanned(look, text)

    assert isinstance(page, LotPage)
    assert (page.product, page.lot, page.as_of) == (SYRINGE, KNOWN_LOT, PULLED)
    assert [int(one.shelf.shown) for one in page.shelves] == [12]
    assert [one.document for one in page.reserved] == ["CS/INT/00012"]


def test_a_serial_by_its_label(look: LookUp) -> None:
    page = scanned(look, label(PUMP, serial=PUMP_LOT.name))

    assert isinstance(page, LotPage)
    assert (page.lot, [one.place for one in page.shelves]) == (PUMP_LOT, [BIN_A.complete_name])


def test_a_lot_odoo_does_not_have_is_looked_up_all_the_same(look: LookUp) -> None:
    did(look.store, Kind.BLIND_RECEIPT, line(SYRINGE.id, "20", SUPPLIER, BIN_B, lot_name="NEW-1"))

    page = scanned(look, label(SYRINGE, lot="NEW-1"))
    assert isinstance(page, LotPage)
    assert (page.lot, [int(one.shelf.unsent) for one in page.shelves]) == (None, [20])
    assert [one.kind for one in page.movements] == [Kind.BLIND_RECEIPT]


def test_a_lot_name_of_two_products_asks_which(look: LookUp) -> None:
    other = Lot(80, CANNULA.id, KNOWN_LOT.name)
    pull = look.store.catalogue.begin()
    pull.merge("lots", [other])
    pull.flip(PULLED)

    expected = Several((LotMeant(other, CANNULA), LotMeant(KNOWN_LOT, SYRINGE)))
    assert scanned(look, KNOWN_LOT.name) == scanned(look, f"]d210{KNOWN_LOT.name}") == expected


def test_a_place_shows_all_that_lies_there_and_what_is_in_doubt(look: LookUp) -> None:
    used = did(look.store, Kind.USE, line(TOWEL.id, "45", BIN_B, PATIENTS))
    look.store.outbox.mark_sending(used.uuid, PULLED)
    doubt = Recount("went_negative", TOWEL.id, BIN_B.id)
    look.store.outbox.mark_done(used.uuid, Outcome(500, "CS/OUT/1", recounts=(doubt,)), NOW)

    page = scanned(look, "LOC-B")
    assert isinstance(page, PlacePage)
    assert [(one.product.name, int(one.shelf.shown)) for one in page.shelves] == [
        ("Paper towel", -5),
        ("Syringe 5 ml", 2),
        ("Syringe 5 ml", 30),
    ]
    assert ([one.recount for one in page.doubts], page.known) == ([doubt], True)
    assert [(one.document, one.status) for one in page.movements] == [("CS/OUT/1", Status.DONE)]


def test_a_place_not_served_says_that_odoos_stock_of_it_is_not_here(look: LookUp) -> None:
    enrolment = look.store.device.enrolment()
    assert enrolment is not None
    look.store.device.enrol(replace(enrolment, location_ids=(STOCK.id,)), "key")

    assert (look.place(ICU).known, look.place(BIN_A).known) == (False, True)


def test_papers_show_what_odoo_expects_and_what_this_device_sent_for_them(look: LookUp) -> None:
    page = scanned(look, ORDER.name)

    assert isinstance(page, PapersPage)
    assert [(product and product.name, int(move.expected)) for move, product in page.moves][:2] == [
        ("Syringe 5 ml", 100),
        ("Infusion pump", 2),
    ]
    assert (page.picking, page.entries) == (ORDER, ())


def test_a_number_of_this_device_shows_what_it_did_and_odoos_name_for_it(look: LookUp) -> None:
    used = did(look.store, Kind.USE, line(TOWEL.id, "3", BIN_B, PATIENTS))
    booked(look.store, used, "CS/OUT/00041")

    page = scanned(look, used.reference)
    assert isinstance(page, ReferencePage)
    assert [(one.product, int(one.done), one.document) for one in page.movements] == [
        ("Paper towel", 3, "CS/OUT/00041")
    ]


@pytest.mark.parametrize("text", ["NOBODY-KNOWS", "WS!confirm"])
def test_what_is_nothing_to_look_up_shows_nothing(look: LookUp, text: str) -> None:
    assert scanned(look, text) is None


def test_what_expires_soon_or_has_the_first_first(look: LookUp) -> None:
    found = look.expiring(STOCK, TODAY, 30)
    assert [(one.here.lot_name, one.days_left) for one in found] == [(GONE_BY.name, -20), (SOON.name, 14)]
    assert [one.here.lot_name for one in look.expiring(STOCK, TODAY, 13)] == [GONE_BY.name]
    assert look.expiring(BIN_A, TODAY, 30) == ()

    did(look.store, Kind.WASTE, line(SYRINGE.id, "2", BIN_B, PATIENTS, lot_name=GONE_BY.name, lot_id=GONE_BY.id))
    assert [one.here.lot_name for one in look.expiring(STOCK, TODAY, 30)] == [SOON.name]


def test_what_is_low_by_odoos_reorder_points_and_what_comes(look: LookUp) -> None:
    pulled_again(look.store, [*STOCK_ROWS, StockRow(8, CANNULA.id, BIN_A.id, Decimal(19))])

    told = [(one.product.name, int(one.shown), int(one.minimum), int(one.coming)) for one in look.low(STOCK)]
    assert told == [("IV cannula 20G", 19, 20, 50), ("Paper towel", 40, 50, 0)]

    did(look.store, Kind.USE, line(SYRINGE.id, "35", BIN_B, PATIENTS, lot_name=SOON.name, lot_id=SOON.id))
    assert ("Syringe 5 ml", 9) in [(one.product.name, int(one.shown)) for one in look.low(STOCK)]


def test_a_transfer_within_the_place_is_nothing_that_comes(look: LookUp) -> None:
    assert [int(one.coming) for one in look.low(STOCK) if one.product == SYRINGE] == []
    assert TO_ICU.name not in {one.picking.name for one in look.product(TOWEL).under_way}
    assert look.product(TOWEL).packagings == (BOX,)
