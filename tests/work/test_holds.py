"""What must not move, at each scan and before each posting (ward 22, 31)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from client.work.site.holds import QUARANTINE as BY_PLACE
from client.work.site.holds import Hold, Holds, line_for, products_of
from client.work.stock import Shelves
from sync.stock import Lot, Product, StockRow, Tracking
from sync.store import Store
from sync.store.holds import By, HoldLine
from sync.transaction import Kind
from tests.work.conftest import (
    BIN_A,
    BIN_B,
    BOX,
    CANNULA,
    KNOWN_LOT,
    NOW,
    PUMP,
    PUMP_LOT,
    SUPPLIER,
    SYRINGE,
    TOWEL,
    StoppedClock,
    gtin,
)
from tests.work.stocked import PATIENTS, PULLED, QUARANTINE, SOON, STOCK_ROWS, did, line, pulled_again, stock

DAY = date(2026, 11, 20)


@pytest.fixture
def holds(store: Store) -> Holds:
    stock(store)
    return Holds(store, Shelves(store, StoppedClock()), frozenset({QUARANTINE.id}))


def listed(store: Store, *lines: HoldLine, source: str = "vendor", hours: int = 0) -> None:
    store.holds.bring(source, lines, NOW - timedelta(hours=hours), "Joana", NOW)


def lot_of(product: Product, name: str, reason: str = "particles") -> HoldLine:
    return HoldLine(By.CODE, product.code, reason, DAY, name)


def test_ward_31_a_listed_lot_is_held_and_says_why_and_since_when(store: Store, holds: Holds) -> None:
    listed(store, lot_of(SYRINGE, KNOWN_LOT.name))

    assert holds.why(SYRINGE.id, KNOWN_LOT.name) == Hold("particles", "vendor", DAY, KNOWN_LOT.name)
    assert holds.why(SYRINGE.id, f" {KNOWN_LOT.name} ") == Hold("particles", "vendor", DAY, KNOWN_LOT.name)
    assert holds.why(SYRINGE.id, SOON.name) is None
    assert holds.why(SYRINGE.id, "") is None
    assert holds.why(CANNULA.id, KNOWN_LOT.name) is None


def test_a_product_held_with_all_its_lots_is_held_before_its_lot_is_known(store: Store, holds: Holds) -> None:
    listed(store, HoldLine(By.GTIN, SYRINGE.barcode, "sterility", DAY))

    assert holds.why(SYRINGE.id, "") == Hold("sterility", "vendor", DAY)
    assert holds.why(SYRINGE.id, "ANY-OTHER") == Hold("sterility", "vendor", DAY)


def test_a_recall_that_names_the_case_holds_what_is_in_it(store: Store, holds: Holds) -> None:
    listed(store, HoldLine(By.GTIN, BOX.barcode, "sterility", DAY))

    assert holds.why(TOWEL.id, "") == Hold("sterility", "vendor", DAY)


def test_a_number_not_known_here_is_kept_and_holds_the_product_when_it_arrives(store: Store, holds: Holds) -> None:
    new = Product(77, "New stent", Tracking.LOT, 1, "Units", Decimal(1), "ST-77", gtin(4000000077))
    wanted = HoldLine(By.GTIN, new.barcode[1:], "recall", DAY)
    listed(store, wanted)
    did(store, Kind.BLIND_RECEIPT, line(77, "1", SUPPLIER, BIN_A, lot_name="L1"))
    assert (products_of(store, wanted), holds.site().held) == ([], {})

    pull = store.catalogue.begin()
    pull.merge("products", [new])
    pull.flip(PULLED)

    assert holds.why(77, "L1") == Hold("recall", "vendor", DAY)
    assert holds.site().held == {(77, "L1"): "recall (vendor)"}


@pytest.mark.parametrize("written", ["AB0123", "ABO123", "ab 0l23"])
def test_ward_14_a_lot_that_only_looks_the_same_is_asked_about(store: Store, holds: Holds, written: str) -> None:
    """Nobody passes it over because a list or a label was misread, and nobody takes it for the same (design 13.7)."""
    listed(store, lot_of(SYRINGE, written))

    hold = holds.why(SYRINGE.id, KNOWN_LOT.name)
    assert hold == Hold("particles", "vendor", DAY, written, near=written != KNOWN_LOT.name)


def test_what_is_held_for_sure_goes_before_what_looks_the_same(store: Store, holds: Holds) -> None:
    listed(store, lot_of(SYRINGE, "ABO123", "near"), lot_of(SYRINGE, "AB0123", "sure"))

    hold = holds.why(SYRINGE.id, "AB0123")
    assert (hold and hold.reason, hold and hold.near) == ("sure", False)


def test_goods_nobody_follows_by_lot_are_asked_about_when_some_lots_are_held(store: Store, holds: Holds) -> None:
    listed(store, lot_of(TOWEL, "T-1"))

    asked = holds.why(TOWEL.id, "")
    assert asked == Hold("particles", "vendor", DAY, "T-1", near=True)
    assert holds.why(TOWEL.id, "T-2") is None


def test_ward_22_a_batch_on_the_list_holds_the_serials_made_in_it(store: Store, holds: Holds) -> None:
    pull = store.catalogue.begin()
    pull.merge("lots", [Lot(PUMP_LOT.id, PUMP.id, PUMP_LOT.name, ref="B-2026-11")])
    pull.flip(PULLED)
    listed(store, lot_of(PUMP, "B-2026-11"))

    assert holds.why(PUMP.id, PUMP_LOT.name) == Hold("particles", "vendor", DAY, "B-2026-11")
    assert holds.why(PUMP.id, "SN-NEW", "B-2026-11") == Hold("particles", "vendor", DAY, "B-2026-11")
    assert holds.why(PUMP.id, "SN-NEW", "B-2026-12") is None
    near = holds.why(PUMP.id, "SN-NEW", "B-2O26-11")
    assert near is not None
    assert near.near


def test_a_lot_of_which_some_lies_in_quarantine_is_held_everywhere(store: Store, holds: Holds) -> None:
    aside = StockRow(9, SYRINGE.id, QUARANTINE.id, Decimal(1), lot_id=SOON.id)
    pulled_again(store, [*STOCK_ROWS, aside])

    hold = holds.why(SYRINGE.id, SOON.name)
    assert hold is not None
    assert (hold.source, hold.place, hold.why) == (BY_PLACE, QUARANTINE.complete_name, "CS/Quarantine (quarantine)")
    assert holds.why(SYRINGE.id, KNOWN_LOT.name) is None


def test_a_lot_this_device_puts_aside_is_held_here_at_once_and_its_own_way_there_is_not_refused(
    store: Store, holds: Holds
) -> None:
    moved = line(SYRINGE.id, "1", BIN_B, QUARANTINE, lot_name=SOON.name, lot_id=SOON.id)
    did(store, Kind.TRANSFER, moved)

    hold = holds.why(SYRINGE.id, SOON.name)
    assert hold is not None
    assert hold.source == BY_PLACE
    site = holds.site()
    assert (dict(site.held), site.quarantine) == ({}, frozenset({QUARANTINE.id}))


def test_untracked_goods_in_quarantine_hold_nothing_else(store: Store, holds: Holds) -> None:
    pulled_again(store, [StockRow(9, TOWEL.id, QUARANTINE.id, Decimal(1))])

    assert holds.why(TOWEL.id, "") is None


def test_before_a_posting_all_that_is_on_its_way_is_judged_again(store: Store, holds: Holds) -> None:
    """The list came after the scan: near-equal names and batches too, for a person to say."""
    known = line(SYRINGE.id, "1", BIN_A, PATIENTS, lot_name=KNOWN_LOT.name)
    arriving = line(SYRINGE.id, "1", SUPPLIER, BIN_A, lot_name="ABO200")
    implant = line(PUMP.id, "1", SUPPLIER, BIN_A, lot_name="SN-9", batch="B-9")
    did(store, Kind.USE, known)
    did(store, Kind.BLIND_RECEIPT, arriving, implant)

    listed(store, lot_of(SYRINGE, "AB0123"), lot_of(SYRINGE, "AB0200"), lot_of(PUMP, "B-9"))

    assert holds.site(frozenset({3})).held == {
        (SYRINGE.id, "AB0123"): "particles (vendor)",
        (SYRINGE.id, "ABO200"): "AB0200: particles (vendor)",
        (PUMP.id, "SN-9"): "particles (vendor)",
    }
    assert holds.site(frozenset({3})).strict == {3}


def test_a_persons_hold_is_of_that_product_alone(store: Store, holds: Holds) -> None:
    store.holds.hold(line_for(CANNULA, "bent", DAY, "C-1"), "Joana", NOW)

    assert holds.why(CANNULA.id, "C-1") == Hold("bent", "ward", DAY, "C-1")
    assert holds.why(SYRINGE.id, "C-1") is None


def test_the_age_of_the_holds_is_that_of_the_oldest_list(store: Store, holds: Holds) -> None:
    assert holds.as_of() is None
    store.holds.hold(line_for(CANNULA, "bent", DAY), "Joana", NOW)
    assert holds.as_of() is None

    listed(store, hours=30)
    listed(store, source="authority", hours=2)
    assert holds.as_of() == NOW - timedelta(hours=30)


def test_a_product_nobody_knows_is_not_held(holds: Holds) -> None:
    assert holds.why(4711, "L1") is None
