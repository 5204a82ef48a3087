"""A recall on one page: where the lot is, who had it, where somebody looked, what is put aside (ward 31)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from client.work.lookup.pages import LookUp
from client.work.lookup.recall import Recalling
from client.work.site.holds import Holds
from client.work.site.plan import SitePlan
from client.work.site.policy import Place, Policy
from client.work.stock import Shelves
from sync.stock import StockRow
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import BIN_A, BIN_B, KEY, KNOWN_LOT, NOW, STOCK, SUPPLIER, SYRINGE, TOWEL, StoppedClock
from tests.work.stocked import ICU, PATIENTS, PULLED, QUARANTINE, SOON, STOCK_ROWS, did, line, pulled_again, stock

POLICY = Policy(places={"CS/Stock": Place(quarantine="CS/Quarantine")})
LOT = {"lot_name": SOON.name, "lot_id": SOON.id}


def recalling_at(store: Store) -> Recalling:
    plan = SitePlan.of(POLICY, store.catalogue)
    shelves = Shelves(store, StoppedClock())
    return Recalling(LookUp(store, shelves, Holds(store, shelves, plan.quarantines)), plan)


@pytest.fixture
def recalling(store: Store) -> Recalling:
    stock(store)
    return recalling_at(store)


def test_ward_31_where_is_it_by_odoo_and_by_this_device(recalling: Recalling, store: Store) -> None:
    did(store, Kind.TRANSFER, line(SYRINGE.id, "5", BIN_B, ICU, **LOT))

    page = recalling.begin(SYRINGE, SOON.name, "Joana", NOW)
    assert [(one.location.name, int(one.shown)) for one in page.places] == [("ICU", 5), ("Shelf B", 25)]
    assert (page.left, page.as_of, page.partial) == (page.places, PULLED, False)


def test_ward_31_who_received_it_and_who_used_it_as_far_as_this_device_knows(
    recalling: Recalling, store: Store
) -> None:
    did(store, Kind.BLIND_RECEIPT, line(SYRINGE.id, "30", SUPPLIER, BIN_B, **LOT), person="Mira Lindqvist")
    did(store, Kind.USE, line(SYRINGE.id, "2", BIN_B, PATIENTS, **LOT), person="Nils Aho")
    did(store, Kind.TRANSFER, line(SYRINGE.id, "5", BIN_B, ICU, **LOT), person="Nils Aho")
    did(store, Kind.USE, line(SYRINGE.id, "1", BIN_A, PATIENTS, lot_name=KNOWN_LOT.name), person="Somebody Else")

    page = recalling.begin(SYRINGE, SOON.name, "Joana", NOW)
    assert [(one.person, int(one.done)) for one in page.received] == [("Mira Lindqvist", 30)]
    assert [(one.person, int(one.done), one.destination) for one in page.used] == [("Nils Aho", 2, "Virtual/Patients")]
    assert [(one.person, one.destination) for one in page.moved] == [("Nils Aho", "CS/ICU")]


def test_of_a_recalled_lot_no_movement_is_left_out(recalling: Recalling, store: Store) -> None:
    for _ in range(60):
        did(store, Kind.USE, line(SYRINGE.id, "1", BIN_B, PATIENTS, **LOT))

    assert len(recalling.begin(SYRINGE, SOON.name, "Joana", NOW).used) == 60


def test_each_place_is_ticked_found_so_many_or_none_and_that_outlives_the_device_being_switched_off(
    recalling: Recalling, store: Store
) -> None:
    did(store, Kind.TRANSFER, line(SYRINGE.id, "5", BIN_B, ICU, **LOT))
    page = recalling.begin(SYRINGE, SOON.name, "Joana", NOW)
    page = recalling.tick(page.recall.uuid, ICU, Decimal(0), "Nils", NOW)
    assert [one.location.name for one in page.left] == ["Shelf B"]
    path = store._database.path
    store.close()

    again = Store.open(path, KEY)
    try:
        page = recalling_at(again).begin(SYRINGE, SOON.name, "Otto", NOW)
        ticked = {one.location.name: one.tick and (int(one.tick.found), one.tick.person) for one in page.places}
        assert ticked == {"ICU": (0, "Nils"), "Shelf B": None}
    finally:
        again.close()


def test_a_place_where_nothing_should_be_can_be_looked_at_too(recalling: Recalling) -> None:
    page = recalling.begin(SYRINGE, SOON.name, "Joana", NOW)
    page = recalling.tick(page.recall.uuid, BIN_A, Decimal(3), "Nils", NOW)

    told = [(one.location.name, int(one.shown), one.tick is not None) for one in page.places]
    assert told == [("Shelf A", 0, True), ("Shelf B", 30, False)]
    page = recalling.untick(page.recall.uuid, BIN_A, "Nils", NOW)
    assert [one.location.name for one in page.places] == ["Shelf B"]


def test_what_is_there_or_what_was_found_is_prepared_for_quarantine(recalling: Recalling, store: Store) -> None:
    page = recalling.begin(SYRINGE, SOON.name, "Joana", NOW)
    (move,) = recalling.to_quarantine(page)
    assert (move.kind, move.source, move.destination, move.lot_name, int(move.quantity)) == (
        "move",
        BIN_B,
        QUARANTINE,
        SOON.name,
        30,
    )

    page = recalling.tick(page.recall.uuid, BIN_B, Decimal(28), "Nils", NOW)
    page = recalling.tick(page.recall.uuid, BIN_A, Decimal(2), "Nils", NOW)
    found = [(one.source.name, int(one.quantity)) for one in recalling.to_quarantine(page)]
    assert found == [("Shelf A", 2), ("Shelf B", 28)]

    page = recalling.tick(page.recall.uuid, BIN_B, Decimal(0), "Nils", NOW)
    page = recalling.tick(page.recall.uuid, BIN_A, Decimal(0), "Nils", NOW)
    assert recalling.to_quarantine(page) == ()


def test_what_lies_in_quarantine_stays_and_a_place_without_one_is_left_to_people(
    recalling: Recalling, store: Store
) -> None:
    aside = StockRow(9, SYRINGE.id, QUARANTINE.id, Decimal(3), lot_id=SOON.id)
    pulled_again(store, [*STOCK_ROWS, aside, StockRow(10, SYRINGE.id, ICU.id, Decimal(7), lot_id=SOON.id)])

    page = recalling.begin(SYRINGE, SOON.name, "Joana", NOW)
    assert {one.location.name: one.in_quarantine for one in page.places} == {
        "ICU": False,
        "Quarantine": True,
        "Shelf B": False,
    }
    assert [one.source.name for one in recalling.to_quarantine(page)] == ["Shelf B"]


def test_all_lots_of_a_product_are_put_aside_lot_by_lot(recalling: Recalling) -> None:
    page = recalling.begin(SYRINGE, "", "Joana", NOW)

    told = [(one.source.name, one.lot_name, int(one.quantity)) for one in recalling.to_quarantine(page)]
    assert told == [("Shelf A", "AB0123", 12), ("Shelf B", "AB0100", 2), ("Shelf B", "AB0200", 30)]


def test_goods_without_lots_too(recalling: Recalling) -> None:
    page = recalling.begin(TOWEL, "", "Joana", NOW)
    page = recalling.tick(page.recall.uuid, BIN_B, Decimal(38), "Nils", NOW)

    assert [(one.lot_name, int(one.quantity)) for one in recalling.to_quarantine(page)] == [("", 38)]


def test_a_recalled_lot_is_put_on_hold_for_every_job_at_once(recalling: Recalling) -> None:
    recalling.hold(SYRINGE, SOON.name, "particles", "Joana", NOW, date(2026, 11, 21))

    held = recalling.begin(SYRINGE, SOON.name, "Joana", NOW).held
    assert held is not None
    assert (held.reason, held.source) == ("particles", "ward")


def test_where_the_device_knows_only_its_own_places_it_says_so(recalling: Recalling, store: Store) -> None:
    enrolment = store.device.enrolment()
    assert enrolment is not None
    store.device.enrol(replace(enrolment, location_ids=(STOCK.id,)), "key")

    assert recalling.begin(SYRINGE, SOON.name, "Joana", NOW).partial
