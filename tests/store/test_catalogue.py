"""What a scan is looked up in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sync.stock import Location, Lot, Picking, Quant, StockKey, StockRow, VendorCode
from sync.store import Store
from sync.store.codes import code14, folded
from tests.store.goods import (
    ACME,
    BIN,
    BOX,
    DELIVERY,
    EVERYTHING,
    GAUZE,
    GLOVE,
    LOT,
    MOVE,
    MOVE_LINE,
    NOON,
    ORDER_BELOW,
    PACK,
    PIECES,
    RECEIPTS,
    STOCK,
    STOCK_ROW,
    VENDOR_CODE,
    VENDORS,
)


def test_each_kind_comes_back_as_it_went_in(pulled: Store) -> None:
    catalogue = pulled.catalogue

    assert catalogue.product(1) == GAUZE
    assert catalogue.product(2) == GLOVE
    assert catalogue.packagings(1) == [BOX]
    assert catalogue.lot_by_id(41) == LOT
    assert catalogue.location(4) == BIN
    assert catalogue.picking_type(8) == RECEIPTS
    assert catalogue.partner(31) == ACME
    assert catalogue.picking(51) == DELIVERY
    assert catalogue.moves(51) == [MOVE]
    assert catalogue.move_lines(51) == [MOVE_LINE]
    assert catalogue.quants() == [Quant(STOCK_ROW.key, STOCK_ROW.quantity, STOCK_ROW.reserved)]
    assert catalogue.stock_rows(STOCK_ROW.key) == [STOCK_ROW]
    assert catalogue.package(91) == PACK
    assert catalogue.unit(1) == PIECES
    assert catalogue.reorder_points() == [ORDER_BELOW]
    assert catalogue.counts() == {name: len(rows) for name, rows in EVERYTHING.items()}


def test_an_empty_catalogue_knows_nothing_and_says_so(store: Store) -> None:
    catalogue = store.catalogue

    assert catalogue.product(1) is None
    assert catalogue.by_barcode("4006381333931") == []
    assert catalogue.by_code("GZ-1") == []
    assert catalogue.open_receipts() == []
    assert catalogue.children(3) == []
    assert catalogue.pulled_at() == {}
    assert set(catalogue.counts().values()) == {0}


@pytest.mark.parametrize("scanned", ["4006381333931", "04006381333931", " 4006381333931\r"])
def test_a_gtin_of_any_length_finds_its_product(pulled: Store, scanned: str) -> None:
    [hit] = pulled.catalogue.by_barcode(scanned)

    assert (hit.product, hit.packaging, hit.quantity) == (GAUZE, None, Decimal(1))


def test_a_packagings_barcode_means_its_quantity(pulled: Store) -> None:
    [hit] = pulled.catalogue.by_barcode("14006381333938")

    assert (hit.product, hit.packaging, hit.quantity) == (GAUZE, BOX, Decimal(10))


def test_one_barcode_of_two_products_finds_both(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(products=[GAUZE, replace(GLOVE, barcode="04006381333931")])
    pull.flip(NOON)

    assert {hit.product.id for hit in store.catalogue.by_barcode("4006381333931")} == {1, 2}


def test_goods_without_a_barcode_are_not_found_by_an_empty_scan(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(products=[replace(GAUZE, barcode="", code="")], locations=[replace(BIN, barcode="")])
    pull.flip(NOON)

    assert store.catalogue.by_barcode("  ") == []
    assert store.catalogue.by_code("") == []
    assert store.catalogue.location_by_barcode("") is None
    assert store.catalogue.pickings_by_origin(" ") == []


@pytest.mark.parametrize("rubbish", ["\ud800\udfff", "x" * 10_000, "\x00\x1d", "%", "' OR 1=1 --"])
def test_rubbish_is_looked_up_and_not_found(pulled: Store, rubbish: str) -> None:
    catalogue = pulled.catalogue

    assert catalogue.by_barcode(rubbish) == []
    assert catalogue.by_code(rubbish) == []
    assert catalogue.lot(1, rubbish) is None
    assert catalogue.near_lots(1, rubbish) == []
    assert catalogue.picking_by_name(rubbish) is None
    assert catalogue.pickings_by_origin(rubbish) == []
    assert catalogue.location_by_barcode(rubbish) is None
    assert catalogue.location_by_name(rubbish) is None


def test_a_number_with_a_wrong_check_digit_stays_what_it_is() -> None:
    assert code14("4006381333932") == "4006381333932"
    assert code14("96385074") == "00000096385074"
    assert code14("12345") == "12345"
    assert code14("４００６３８１３３３９３１") == "４００６３８１３３３９３１"


def test_ward_16_goods_are_found_by_their_vendors_code(pulled: Store) -> None:
    assert pulled.catalogue.by_code("ac-778") == [GAUZE]
    assert pulled.catalogue.by_code(" gz-1 ") == [GAUZE]


def test_ward_16_a_vendors_code_without_a_variant_finds_each_variant(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(products=[GAUZE, GLOVE], vendor_codes=[VENDOR_CODE, replace(VENDOR_CODE, product_id=2)])
    pull.flip(NOON)

    assert store.catalogue.by_code("AC-778") == [GAUZE, GLOVE]


def test_a_code_that_is_ours_and_a_vendors_names_the_product_once(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(products=[GAUZE], vendor_codes=[VendorCode(1, 1, 31, "GZ-1")])
    pull.flip(NOON)

    assert store.catalogue.by_code("GZ-1") == [GAUZE]


def test_a_lot_is_matched_exactly_and_of_two_alike_the_older_record_counts(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(lots=[replace(LOT, id=43), LOT, replace(LOT, id=42, product_id=2)])
    pull.flip(NOON)

    assert store.catalogue.lot(1, " A0I1 ") == LOT
    assert store.catalogue.lot(1, "a0i1") is None
    assert [lot.product_id for lot in store.catalogue.lots_named("A0I1")] == [1, 1, 2]


@pytest.mark.parametrize("misread", ["a0i1", "AOI1", "A011", "A0 I1"])
def test_ward_14_a_lot_that_only_looks_the_same_is_offered(pulled: Store, misread: str) -> None:
    assert pulled.catalogue.lot(1, misread) is None
    assert pulled.catalogue.near_lots(1, misread) == [LOT]
    assert pulled.catalogue.near_lots(2, misread) == []


def test_the_exact_lot_is_not_near_itself(pulled: Store) -> None:
    assert pulled.catalogue.near_lots(1, "A0I1") == []
    assert folded("A0I1") != folded("A0I2")


def test_lots_come_with_the_first_to_expire_first(store: Store) -> None:
    late, never = replace(LOT, id=1, expiry=LOT.expiry.replace(year=2030) if LOT.expiry else None), Lot(2, 1, "N")
    pull = store.catalogue.begin()
    pull.add(lots=[never, late, LOT])
    pull.flip(NOON)

    assert store.catalogue.lots_of(1) == [LOT, late, never]


def test_a_place_is_found_by_barcode_and_by_either_name(pulled: Store) -> None:
    assert pulled.catalogue.location_by_barcode("LOC-B1") == BIN
    assert pulled.catalogue.location_by_name("wh/stock/b1") == BIN
    assert pulled.catalogue.location_by_name("b1") == BIN


def test_a_name_two_places_have_names_neither(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(locations=[BIN, replace(BIN, id=9, complete_name="WH/ICU/B1", parent_path="1/9/")])
    pull.flip(NOON)

    assert store.catalogue.location_by_name("B1") is None
    assert store.catalogue.location_by_name("WH/ICU/B1") is not None


def test_below_a_place_lies_what_is_in_it_at_any_depth(store: Store) -> None:
    deep = Location(40, "T", "WH/Stock/B1/T", BIN.usage, "1/2/3/4/40/", 4)
    beside = Location(30, "Stock 30", "WH/Stock 30", BIN.usage, "1/2/30/", 2)
    pull = store.catalogue.begin()
    pull.add(locations=[STOCK, BIN, deep, beside, VENDORS])
    pull.flip(NOON)

    assert store.catalogue.children(3) == [BIN, deep]
    assert set(store.catalogue.locations({3, 40, 999})) == {3, 40}


def test_a_delivery_is_found_by_its_name_its_order_and_its_goods(pulled: Store) -> None:
    catalogue = pulled.catalogue

    assert catalogue.picking_by_name(" wh/in/00007 ") == DELIVERY
    assert catalogue.pickings_by_origin("p00012") == [DELIVERY]
    assert catalogue.pickings_by_origin("P0001") == []
    assert catalogue.open_receipts_with(1) == [DELIVERY]
    assert catalogue.open_receipts_with(2) == []


def test_a_delivery_for_two_orders_is_found_by_either(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(pickings=[replace(DELIVERY, origin="P00012, P00015")], picking_types=[RECEIPTS])
    pull.flip(NOON)

    assert len(store.catalogue.pickings_by_origin("P00015")) == 1


def test_only_open_deliveries_are_expected_the_oldest_first(store: Store) -> None:
    sooner = replace(DELIVERY, id=52, scheduled_at=NOON.replace(day=1))
    others = [replace(DELIVERY, id=53, state="done"), replace(DELIVERY, id=54, picking_type_id=9)]
    pull = store.catalogue.begin()
    pull.add(pickings=[DELIVERY, sooner, *others], picking_types=[RECEIPTS, replace(RECEIPTS, id=9, code="internal")])
    pull.flip(NOON)

    assert store.catalogue.open_receipts() == [sooner, DELIVERY]
    assert [kind.id for kind in store.catalogue.picking_types("incoming")] == [8]


def test_ward_2_stock_is_told_apart_by_all_five_parts_of_its_key(store: Store) -> None:
    keys = [StockKey(1, 4), StockKey(1, 4, 41), StockKey(1, 4, 41, 5), StockKey(1, 4, 41, None, 6), StockKey(1, 3, 41)]
    rows = [row_of(number, key, str(number)) for number, key in enumerate(keys, start=1)]
    pull = store.catalogue.begin()
    pull.add(stock_rows=rows, locations=[STOCK, BIN])
    pull.flip(NOON)

    assert {quant.key: quant.quantity for quant in store.catalogue.quants(product_id=1)} == {
        row.key: row.quantity for row in rows
    }
    assert len(store.catalogue.quants(product_id=1, location_path=BIN.parent_path)) == 4
    assert len(store.catalogue.quants(location_path=STOCK.parent_path)) == 5
    assert store.catalogue.quants(product_id=2) == []


def test_ward_7_several_rows_of_one_key_are_one_sum(store: Store) -> None:
    key = StockKey(1, 4, 41)
    pull = store.catalogue.begin()
    pull.add(
        stock_rows=[row_of(1, key, "5"), row_of(2, key, "3"), row_of(3, key, "-1"), row_of(4, StockKey(1, 4), "9")]
    )
    pull.flip(NOON)

    assert [quant.quantity for quant in store.catalogue.quants(product_id=1) if quant.key == key] == [7]
    assert [row.quantity for row in store.catalogue.stock_rows(key)] == [5, 3, -1]


def test_ward_8_a_place_under_count_says_by_whom(pulled: Store) -> None:
    [asked] = pulled.catalogue.counts_asked(date(2026, 11, 21), BIN.parent_path)

    assert (asked.key, asked.person, asked.counted) == (STOCK_ROW.key, "Ines", Decimal(11))
    assert pulled.catalogue.counts_asked(date(2026, 11, 21), VENDORS.parent_path) == []


def test_a_count_is_asked_for_when_its_day_has_come(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(stock_rows=[replace(STOCK_ROW, count_user_id=None, counted=None)])
    pull.flip(NOON)

    assert store.catalogue.counts_asked(date(2026, 12, 30)) == []
    assert [asked.person for asked in store.catalogue.counts_asked(date(2026, 12, 31))] == [""]


def test_ward_6_what_is_reserved_says_for_which_transfer(pulled: Store) -> None:
    to_icu = replace(DELIVERY, id=55, name="WH/INT/00012", picking_type_id=9, source_id=3, destination_id=7)
    held = replace(MOVE_LINE, id=72, picking_id=55, move_id=62, source_id=4, lot_id=41, quantity=Decimal(10))
    pull = pulled.catalogue.begin()
    pull.merge("picking_types", [replace(RECEIPTS, id=9, code="internal")])
    pull.merge("pickings", [to_icu])
    pull.merge("move_lines", [held])
    pull.flip(NOON)

    assert pulled.catalogue.reservations(1, STOCK.parent_path) == [(to_icu, held)]
    assert pulled.catalogue.open_transfers() == [to_icu]
    assert pulled.catalogue.open_receipts() == [DELIVERY]
    assert pulled.catalogue.receipt_by_name("wh/int/00012") is None
    assert pulled.catalogue.picking_by_name("wh/int/00012") == to_icu


def test_a_place_knows_below_what_odoo_orders(pulled: Store) -> None:
    assert pulled.catalogue.reorder_points(location_path=STOCK.parent_path) == [ORDER_BELOW]
    assert pulled.catalogue.reorder_points(product_id=2) == []


def test_a_quantity_never_becomes_a_float(store: Store) -> None:
    fine = Quant(StockKey(1, 4), Decimal("0.1000000000000000055511151231"), Decimal("1E+3"))
    pull = store.catalogue.begin()
    pull.add(stock_rows=[StockRow(1, 1, 4, fine.quantity, fine.reserved)])
    pull.flip(NOON)

    [quant] = store.catalogue.quants()

    assert quant == fine
    assert str(quant.quantity) == "0.1000000000000000055511151231"


def test_what_has_no_name_in_odoo_is_not_mixed_up(store: Store) -> None:
    pull = store.catalogue.begin()
    pull.add(pickings=[Picking(1, "WH/IN/1", "assigned", 8, 5, 3)])
    pull.flip(NOON)

    picking = store.catalogue.picking(1)

    assert picking is not None
    assert (picking.partner_id, picking.scheduled_at, picking.next_names) == (None, None, ())


def row_of(number: int, key: StockKey, quantity: str) -> StockRow:
    return StockRow(
        number,
        key.product_id,
        key.location_id,
        Decimal(quantity),
        lot_id=key.lot_id,
        package_id=key.package_id,
        owner_id=key.owner_id,
    )
