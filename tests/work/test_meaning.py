"""Scan anything: each code has one meaning here, or the list of those it may have (complaints 3, 4, 5, 15)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from client.barcode.read import read
from client.work.answer import Command
from client.work.meaning import (
    ClosedPicking,
    CommandMeant,
    Known,
    LocationMeant,
    LotMeant,
    Meaning,
    PatientMeant,
    PersonMeant,
    PickingsMeant,
    ProductMeant,
    ReferenceMeant,
    RestOfLabel,
    SeveralLots,
    SeveralProducts,
    SeveralThings,
    SsccMeant,
    UnknownCode,
    UnknownLevel,
    anything,
)
from client.work.site.people import People, badge_of
from client.work.site.policy import Policy
from sync.stock import Location, Lot, Product, Usage, VendorCode
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import (
    BIN_A,
    BOX,
    CANNULA,
    GOWN,
    KNOWN_LOT,
    NOW,
    ORDER,
    PUMP,
    PUMP_LOT,
    SYRINGE,
    TOWEL,
    gtin,
    label,
    raw,
)
from tests.work.stocked import ICU, PATIENTS, PULLED, TO_ICU, did, line, stock

Scan = Callable[[str], Meaning]
SHARED = Lot(80, CANNULA.id, KNOWN_LOT.name)


@pytest.fixture
def scan(store: Store) -> Scan:
    stock(store)
    store.people.add("Nils Aho", "nurse", NOW, "", badge="B-0007")
    known = Known.here(store, People(store.people, Policy()))
    return lambda text: anything(read(raw(text)), known)


def pulled(store: Store, **came: list[object]) -> None:
    pull = store.catalogue.begin()
    for kind, values in came.items():
        pull.merge(kind, values)
    pull.flip(PULLED)


def products(meant: Meaning) -> list[int]:
    if isinstance(meant, ProductMeant | UnknownLevel):
        return [meant.product.id]
    return [one.id for one in meant.products] if isinstance(meant, SeveralProducts) else []


@pytest.mark.parametrize(
    ("text", "product"),
    [
        (SYRINGE.barcode, SYRINGE),
        (SYRINGE.barcode[1:], SYRINGE),
        (f"]E0{SYRINGE.barcode[1:]}", SYRINGE),
        (label(SYRINGE, lot="L1", expiry="280331"), SYRINGE),
        ("MED-0001", SYRINGE),
        ("med-0001", SYRINGE),
        (BOX.barcode, TOWEL),
    ],
)
def test_complaint_03_goods_are_meant_by_any_of_their_codes_of_whatever_length(
    scan: Scan, text: str, product: Product
) -> None:
    assert products(scan(text)) == [product.id]


def test_a_packagings_barcode_brings_its_packaging(scan: Scan) -> None:
    assert scan(BOX.barcode) == ProductMeant(TOWEL, BOX)


def test_ward_34_archived_goods_are_told_as_archived_and_a_usable_twin_goes_before_them(
    scan: Scan, store: Store
) -> None:
    """Ward 34."""
    meant = scan(GOWN.barcode)
    assert isinstance(meant, ProductMeant)
    assert not meant.product.active

    pulled(store, products=[replace(SYRINGE, id=60, name="Gown, new", barcode=GOWN.barcode, code="")])
    assert products(scan(GOWN.barcode)) == [60]


def test_a_code_of_two_products_is_a_list(scan: Scan) -> None:
    assert products(scan(gtin(4000000099))) == [8, 9]


def test_a_vendors_code_of_two_products_is_a_list(scan: Scan, store: Store) -> None:
    codes = [VendorCode(1, SYRINGE.id, 11, "V-1"), VendorCode(2, CANNULA.id, 11, "V-1"), VendorCode(3, 4, 11, "V-2")]
    pulled(store, vendor_codes=list(codes))

    assert (products(scan("v-1")), products(scan("V-2"))) == ([1, 2], [TOWEL.id])


def test_a_place_by_its_barcode_or_its_typed_name(scan: Scan) -> None:
    assert [scan(text) for text in ("LOC-A", "cs/stock/shelf a", "Shelf A")] == [LocationMeant(BIN_A)] * 3


def test_a_place_that_is_archived_is_told_as_such(scan: Scan, store: Store) -> None:
    pulled(store, locations=[replace(ICU, active=False)])

    meant = scan("LOC-ICU")
    assert isinstance(meant, LocationMeant)
    assert not meant.location.active


@pytest.mark.parametrize("text", ["CS/IN/00007", "cs/in/00007", "P00012"])
def test_papers_by_their_own_name_or_their_orders(scan: Scan, text: str) -> None:
    assert scan(text) == PickingsMeant((ORDER,))


def test_papers_of_any_kind(scan: Scan) -> None:
    assert [scan("CS/INT/00012"), scan("round 7")] == [PickingsMeant((TO_ICU,))] * 2


def test_an_order_of_several_deliveries_is_a_list(scan: Scan, store: Store) -> None:
    rest = replace(ORDER, id=120, name="CS/IN/00020", backorder_id=100)
    pulled(store, pickings=[rest])

    assert scan("P00012") == PickingsMeant((ORDER, rest))


def test_papers_that_are_done_are_told_as_done(scan: Scan, store: Store) -> None:
    pull = store.catalogue.begin()
    pull.retire("pickings", [replace(ORDER, state="done")])
    pull.flip(PULLED)

    meant = scan("CS/IN/00007")
    assert isinstance(meant, ClosedPicking)
    assert (meant.picking.state, meant.picking.gone) == ("done", True)


def test_a_lot_by_its_plain_name(scan: Scan) -> None:
    assert scan(KNOWN_LOT.name) == LotMeant(KNOWN_LOT, SYRINGE)
    assert scan(PUMP_LOT.name) == LotMeant(PUMP_LOT, PUMP)


def test_complaint_05_a_lot_name_of_two_products_is_a_list_and_never_the_first(scan: Scan, store: Store) -> None:
    pulled(store, lots=[SHARED])

    assert scan(KNOWN_LOT.name) == SeveralLots((LotMeant(SHARED, CANNULA), LotMeant(KNOWN_LOT, SYRINGE)))


def test_of_a_lot_that_is_twice_in_odoo_the_lower_id_is_meant(scan: Scan, store: Store) -> None:
    """Design 13.7."""
    pulled(store, lots=[replace(KNOWN_LOT, id=90)])

    assert scan(KNOWN_LOT.name) == LotMeant(KNOWN_LOT, SYRINGE)


@pytest.mark.parametrize("written", ["10D9T", "3700000000370", "37000000", "17280331"])
def test_complaint_04_a_plain_code_known_here_is_not_taken_apart_as_gs1(scan: Scan, store: Store, written: str) -> None:
    pulled(store, products=[replace(SYRINGE, id=61, name="Plainly coded", barcode=written, code="")])

    assert products(scan(written)) == [61]


def test_complaint_04_a_lots_name_that_reads_as_gs1_is_the_lot(scan: Scan, store: Store) -> None:
    lot = Lot(81, CANNULA.id, "10ABC")
    pulled(store, lots=[lot])

    assert scan("10ABC") == LotMeant(lot, CANNULA)


def test_what_the_symbol_itself_says_outranks_what_is_known_here(scan: Scan, store: Store) -> None:
    pulled(store, lots=[Lot(81, CANNULA.id, "10ABC")])

    assert scan("]d210ABC") == RestOfLabel()


def test_a_badge_is_a_person(scan: Scan) -> None:
    meant = scan("B-0007")
    assert isinstance(meant, PersonMeant)
    assert meant.person.name == "Nils Aho"


def test_a_providers_number_in_a_gs1_symbol_is_a_badge(scan: Scan, store: Store) -> None:
    number = gtin(400000000777).zfill(18)[:17]
    text = f"]d28017{number}{_check(number)}"
    store.people.add("Ines Roth", "supervisor", NOW, "", badge=badge_of(text))

    meant = scan(text)
    assert isinstance(meant, PersonMeant)
    assert meant.person.name == "Ines Roth"


def test_a_number_of_this_device_leads_to_its_transaction_however_it_is_written(scan: Scan, store: Store) -> None:
    used = did(store, Kind.USE, line(TOWEL.id, "1", BIN_A, PATIENTS))
    device = store.device.name()

    for text in (used.reference, used.reference.lower(), f"{device}-1", f"{device} 000001"):
        meant = scan(text)
        assert isinstance(meant, ReferenceMeant)
        assert [entry.uuid for entry in meant.entries] == [used.uuid]


@pytest.mark.parametrize("number", ["WS-0000/000009", "WS-0000AB/000009"], ids=["of an older one", "of one like this"])
def test_a_number_another_device_gave_is_told_as_such(scan: Scan, number: str) -> None:
    assert scan(number) == ReferenceMeant(number, ())


def test_ward_23_a_shipping_unit_is_evidence_and_its_content_counts_where_it_is_named(scan: Scan) -> None:
    """Ward 23: 00 alone is evidence; 02 and 37 beside it are the goods."""
    assert scan("]C100340123450000000017") == SsccMeant("340123450000000017")
    assert products(scan(f"]C100340123450000000017\x1d02{TOWEL.barcode}3724")) == [TOWEL.id]


def test_a_pack_whose_size_nobody_recorded_is_asked_about(scan: Scan) -> None:
    unknown = "2" + SYRINGE.barcode[1:13]
    assert scan(unknown + _check(unknown)) == UnknownLevel(SYRINGE, unknown + _check(unknown))


def test_goods_of_variable_measure_are_numbered_by_themselves(scan: Scan) -> None:
    weighed = "9" + SYRINGE.barcode[1:13]
    assert scan(weighed + _check(weighed)) == UnknownCode(weighed + _check(weighed))


def test_a_wristband_is_refused_whatever_is_known_here(scan: Scan) -> None:
    number = "40000000000000001"
    assert scan(f"]d28018{number}{_check(number)}") == PatientMeant()


def test_a_command_acts_wherever_it_is_scanned(scan: Scan) -> None:
    assert scan("WS!confirm") == CommandMeant(Command("confirm"))


@pytest.mark.parametrize("text", ["NOBODY-KNOWS", "4006381333931", "", "   ", "WS-12/3", "\x00", "%_", "'; --"])
def test_what_nobody_knows_is_said_to_be_unknown(scan: Scan, text: str) -> None:
    assert isinstance(scan(text), UnknownCode)


def test_a_shelf_and_a_product_with_one_barcode_are_both_offered(scan: Scan, store: Store) -> None:
    pulled(store, products=[replace(SYRINGE, id=62, name="Twin of a shelf", barcode="LOC-A", code="")])

    meant = scan("LOC-A")
    assert isinstance(meant, SeveralThings)
    assert {type(one) for one in meant.meanings} == {ProductMeant, LocationMeant}


def test_a_lot_called_as_a_shelf_is_offered_beside_it_and_a_barcode_goes_before_both(scan: Scan, store: Store) -> None:
    lot = Lot(82, CANNULA.id, "Shelf A")
    pulled(store, lots=[lot])
    assert scan("Shelf A") == SeveralThings((LotMeant(lot, CANNULA), LocationMeant(BIN_A)))

    bin_ = Location(50, "Bin 9", "CS/Bin 9", Usage.INTERNAL, "4/50/", 4, "Shelf A")
    pulled(store, locations=[bin_])
    assert scan("Shelf A") == LocationMeant(bin_)


def _check(number: str) -> str:
    digits = [int(digit) for digit in reversed(number)]
    return str(-sum(digit * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits)) % 10)
