"""What lies where, offline: Odoo at a time and this device since, never a bare number (design 6)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from client.work.stock import Effect, Shelves, total
from sync.stock import Lot, StockKey, StockRow
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import BIN_A, BIN_B, CANNULA, KNOWN_LOT, STOCK, SUPPLIER, SYRINGE, TOWEL, StoppedClock
from tests.work.stocked import (
    GONE_BY,
    ICU,
    PATIENTS,
    PULLED,
    SOON,
    TO_ICU,
    booked,
    did,
    line,
    pulled_again,
    stock,
)


@pytest.fixture
def shelves(store: Store) -> Shelves:
    stock(store)
    return Shelves(store, StoppedClock())


def figures(shelves: Shelves, lot_name: str = KNOWN_LOT.name) -> list[tuple[int, int, int, int]]:
    found = (one for one in shelves.of(SYRINGE.id) if one.lot_name == lot_name)
    return [(one.key.location_id, int(one.odoo), int(one.unsent), int(one.shown)) for one in found]


def test_twelve_in_odoo_three_of_yours_unsent_nine(store: Store, shelves: Shelves) -> None:
    did(store, Kind.USE, line(SYRINGE.id, "3", BIN_A, PATIENTS, lot_name=KNOWN_LOT.name, lot_id=KNOWN_LOT.id))

    (shelf,) = (one for one in shelves.of(SYRINGE.id, BIN_A.parent_path) if one.lot_name == KNOWN_LOT.name)
    assert [shelf.odoo, shelf.unsent, shelf.shown, shelf.reserved] == [12, -3, 9, 4]
    assert (shelf.as_of, shelf.expiry) == (PULLED, KNOWN_LOT.expiry)


def test_goods_on_their_way_here_lie_at_both_ends_as_they_should(store: Store, shelves: Shelves) -> None:
    did(store, Kind.TRANSFER, line(SYRINGE.id, "5", BIN_A, ICU, lot_name=KNOWN_LOT.name, lot_id=KNOWN_LOT.id))

    assert figures(shelves) == [(BIN_A.id, 12, -5, 7), (ICU.id, 0, 5, 5)]
    assert total(shelves.of(SYRINGE.id, STOCK.parent_path)) == 7 + 30 + 2


def test_what_odoo_booked_counts_until_its_figures_are_asked_for_again(store: Store, shelves: Shelves) -> None:
    used = did(store, Kind.USE, line(SYRINGE.id, "3", BIN_A, PATIENTS, lot_id=KNOWN_LOT.id))
    booked(store, used)
    assert figures(shelves) == [(BIN_A.id, 12, -3, 9)]

    pulled_again(store, [StockRow(2, SYRINGE.id, BIN_A.id, Decimal(9), Decimal(4), lot_id=KNOWN_LOT.id)])
    assert figures(shelves) == [(BIN_A.id, 9, 0, 9)]


def test_what_was_withdrawn_never_happened_and_what_was_refused_did(store: Store, shelves: Shelves) -> None:
    first = did(store, Kind.USE, line(SYRINGE.id, "3", BIN_A, PATIENTS, lot_id=KNOWN_LOT.id))
    second = did(store, Kind.USE, line(SYRINGE.id, "1", BIN_A, PATIENTS, lot_id=KNOWN_LOT.id))
    store.outbox.withdraw(first.uuid, "Joana", PULLED)
    store.outbox.mark_sending(second.uuid, PULLED)
    store.outbox.mark_refused(second.uuid, "goods_held", {}, PULLED)

    assert figures(shelves) == [(BIN_A.id, 12, -1, 11)]


def test_a_lot_received_here_lies_there_before_odoo_has_it_and_once_when_it_does(
    store: Store, shelves: Shelves
) -> None:
    day = date(2029, 1, 31)
    received = line(SYRINGE.id, "20", SUPPLIER, BIN_B, lot_name="NEW-1", expiry=day)
    did(store, Kind.BLIND_RECEIPT, received)
    (here,) = (lot for lot in shelves.first_expiring(SYRINGE.id) if lot.lot_name == "NEW-1")
    assert (int(here.shown), here.lot, here.expiry) == (20, None, day)

    pull = store.catalogue.begin()
    pull.merge("lots", [Lot(70, SYRINGE.id, "NEW-1", day)])
    pull.flip(PULLED)
    (shelf,) = (one for one in shelves.of(SYRINGE.id) if one.lot_name == "NEW-1")
    assert shelf.key == StockKey(SYRINGE.id, BIN_B.id, 70)


def test_a_count_applied_at_once_is_what_lies_there_and_one_for_approval_is_not(store: Store, shelves: Shelves) -> None:
    counted = line(SYRINGE.id, "0", BIN_A, BIN_A, lot_id=KNOWN_LOT.id, counted=Decimal(10), book=Decimal(12))
    did(store, Kind.COUNT, counted)
    assert figures(shelves) == [(BIN_A.id, 12, 0, 12)]

    did(store, Kind.ADJUSTMENT, counted)
    assert figures(shelves) == [(BIN_A.id, 12, -2, 10)]


def test_ward_26_a_line_to_complete_later_is_subtracted_already(store: Store) -> None:
    stock(store)
    later = [Effect(StockKey(SYRINGE.id, BIN_A.id), Decimal(-2)), Effect(StockKey(TOWEL.id, BIN_B.id), Decimal(-1))]
    shelves = Shelves(store, StoppedClock(), lambda: later)

    assert total(shelves.of(SYRINGE.id, BIN_A.parent_path)) == 10
    assert [one.unsent for one in shelves.at(BIN_B.parent_path) if one.key.product_id == TOWEL.id] == [-1]


def test_what_is_taken_meanwhile_counts_from_the_next_question_on(store: Store) -> None:
    stock(store)
    later = [Effect(StockKey(SYRINGE.id, BIN_A.id), Decimal(-2))]
    shelves, left = Shelves(store, StoppedClock(), lambda: later), list[int]()
    for _ in range(2):
        with shelves.one_moment():
            left.append(int(total(shelves.of(SYRINGE.id, BIN_A.parent_path))))
        later.append(Effect(StockKey(SYRINGE.id, BIN_A.id), Decimal(-3)))
    assert [*left, total(shelves.of(SYRINGE.id, BIN_A.parent_path))] == [10, 7, 4]


def test_a_lot_received_here_expires_when_odoo_says_once_odoo_has_it(store: Store, shelves: Shelves) -> None:
    label, odoo = date(2029, 1, 31), date(2026, 12, 1)
    did(store, Kind.BLIND_RECEIPT, line(SYRINGE.id, "20", SUPPLIER, BIN_B, lot_name="NEW-1", expiry=label))
    did(store, Kind.TRANSFER, line(TOWEL.id, "1", BIN_B, BIN_A))
    assert [shelves.touched_until(day) for day in (odoo, label)] == [[], [SYRINGE.id]]

    pull = store.catalogue.begin()
    pull.merge("lots", [Lot(70, SYRINGE.id, "NEW-1", odoo)])
    pull.flip(PULLED)
    assert shelves.touched_until(odoo) == [SYRINGE.id]


def test_the_first_to_expire_comes_first_also_where_it_has(shelves: Shelves) -> None:
    assert [lot.lot_name for lot in shelves.first_expiring(SYRINGE.id)] == [GONE_BY.name, SOON.name, KNOWN_LOT.name]
    assert [lot.lot_name for lot in shelves.first_expiring(SYRINGE.id, BIN_A.parent_path)] == [KNOWN_LOT.name]


def test_an_emptied_lot_is_not_proposed(store: Store, shelves: Shelves) -> None:
    did(store, Kind.USE, line(SYRINGE.id, "2", BIN_B, PATIENTS, lot_id=GONE_BY.id))

    assert [lot.lot_name for lot in shelves.first_expiring(SYRINGE.id)] == [SOON.name, KNOWN_LOT.name]


def test_ward_06_goods_reserved_for_another_name_him(shelves: Shelves) -> None:
    (held,) = shelves.reserved_for(SYRINGE.id, BIN_A.parent_path)

    assert (held.document, int(held.quantity), held.destination_id) == ("CS/INT/00012", 4, ICU.id)
    assert shelves.reserved_for(SYRINGE.id, BIN_A.parent_path, except_picking=TO_ICU.id) == ()
    assert shelves.reserved_for(SYRINGE.id, BIN_A.parent_path, lot_id=SOON.id) == ()
    assert shelves.reserved_for(SYRINGE.id, BIN_B.parent_path) == ()


def test_ward_02_a_package_and_an_owner_are_other_goods(store: Store, shelves: Shelves) -> None:
    pulled_again(store, [StockRow(9, CANNULA.id, BIN_A.id, Decimal(5), package_id=3, owner_id=8)])
    did(store, Kind.TRANSFER, line(CANNULA.id, "2", BIN_A, ICU, package_id=3, owner_id=8))

    there = {one.key: one.shown for one in shelves.of(CANNULA.id)}
    # Out of the package where it lay; loose, and still the owner's, where it went.
    assert there[StockKey(CANNULA.id, BIN_A.id, None, 3, 8)] == 3
    assert there[StockKey(CANNULA.id, ICU.id, None, None, 8)] == 2


def test_a_place_this_device_does_not_serve_is_not_said_to_be_empty(store: Store, shelves: Shelves) -> None:
    enrolment = store.device.enrolment()
    assert enrolment is not None
    store.device.enrol(replace(enrolment, location_ids=(STOCK.id,)), "key")
    did(store, Kind.TRANSFER, line(SYRINGE.id, "5", BIN_A, ICU, lot_id=KNOWN_LOT.id))

    assert (shelves.knows(BIN_A), shelves.knows(ICU)) == (True, False)
    assert [(one.key.location_id, one.as_of) for one in shelves.of(SYRINGE.id, ICU.parent_path)] == [(ICU.id, None)]


def test_what_goes_to_patients_lies_on_no_shelf(store: Store, shelves: Shelves) -> None:
    did(store, Kind.USE, line(TOWEL.id, "3", BIN_B, PATIENTS))

    assert {one.key.location_id for one in shelves.of(TOWEL.id)} == {BIN_B.id}
    assert shelves.at(PATIENTS.parent_path) == ()
