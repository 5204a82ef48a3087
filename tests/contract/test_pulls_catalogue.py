"""What the device knows after a pull, compared with what stands in Odoo (design 6, contract 3)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from sync.odoo.reading import documents, pulls
from sync.odoo.reading.documents import Documents
from sync.odoo.reading.pulls import Source
from sync.odoo.reading.reach import Reach
from sync.odoo.wire.pages import pages
from sync.odoo.wire.session import Session
from sync.stock import StockKey, Tracking, Usage
from tests.contract.conftest import Odoo, unique
from tests.sync.acts import STAMP, ZONE, line, post, receipt, session_with

pytestmark = pytest.mark.contract

T = TypeVar("T")


@pytest.fixture
def session(odoo: Odoo) -> Iterator[Session]:
    with session_with(odoo) as session:
        yield session


ALL = Reach(1)


def these(session: Session, source: Source[T], *ids: int, by: str = "id") -> list[T]:
    return [one for page in source.these(session, ids, by) for one in page.records]


def arriving(session: Session, picking: int, own: tuple[str, ...] = ()) -> Documents:
    """One picking, as a page of open ones brings it."""
    [found] = documents.these_pickings(session, ALL, [picking], own)
    return found


def test_a_product_comes_with_how_it_is_followed_and_counted(odoo: Odoo, session: Session) -> None:
    gauze = odoo.product(barcode=unique("4711"))
    code = odoo.row("product.product", gauze, "default_code", "barcode")

    [product] = these(session, pulls.products(session, ALL, pulls.units(session)), gauze)

    assert (product.code, product.barcode) == (code["default_code"], code["barcode"])
    assert (product.tracking, product.use_expiration_date, product.expiration_days) == (Tracking.LOT, True, 365)
    assert (product.uom_id, product.uom_rounding, product.active) == (odoo.unit, Decimal(1), True)


def test_a_category_says_what_it_belongs_to(odoo: Odoo, session: Session) -> None:
    drugs, strong = unique("Drugs"), unique("Strong")
    above = odoo.ok("product.category", "create", "admin", vals_list=[{"name": drugs}])[0]
    below = odoo.ok("product.category", "create", "admin", vals_list=[{"name": strong, "parent_id": above}])[0]
    morphine = odoo.product(categ_id=below)

    [product] = these(session, pulls.products(session, ALL, pulls.units(session)), morphine)
    first, second = these(session, pulls.categories(), above, below)

    assert product.category_id == second.id
    assert (first.name, first.parent_path) == (drugs, f"{above}/")
    assert (second.name, second.parent_path) == (f"{drugs} / {strong}", f"{above}/{below}/")


def test_archived_goods_are_known_as_archived(odoo: Odoo, session: Session) -> None:
    gauze = odoo.product()
    odoo.ok("product.product", "write", "admin", ids=[gauze], vals={"active": False})

    [product] = these(session, pulls.products(session, ALL, pulls.units(session)), gauze)

    assert product.active is False


def test_a_box_knows_how_many_are_in_it(odoo: Odoo, session: Session) -> None:
    gauze, code = odoo.product(), unique("box")
    odoo.box(gauze, 10, code)

    found = these(session, pulls.packagings(session, ALL, pulls.units(session)), gauze, by="product_id")

    assert [(one.product_id, one.barcode, one.quantity) for one in found] == [(gauze, code, Decimal(10))]


def test_a_vendors_code_leads_to_the_product(odoo: Odoo, session: Session) -> None:
    """Ward 16."""
    gauze, vendor, code = odoo.product(), odoo.vendor(), unique("REF")
    template = odoo.row("product.product", gauze, "product_tmpl_id")["product_tmpl_id"][0]
    values = {"partner_id": vendor, "product_id": gauze, "product_tmpl_id": template, "product_code": code}
    odoo.ok("product.supplierinfo", "create", "admin", vals_list=[values])

    found = these(session, pulls.vendor_codes(session, ALL), template, by="product_tmpl_id")

    assert [(one.product_id, one.partner_id) for one in found] == [(gauze, vendor)]
    assert [one.code for one in found] == [code]
    assert [one.id for one in these(session, pulls.partners(), vendor)] == [vendor]


def test_a_lot_comes_with_its_day_at_the_site(odoo: Odoo, session: Session) -> None:
    gauze = odoo.product()
    midnight = odoo.lot(gauze, "A1", "2035-06-29 22:00:00")

    [lot] = these(session, pulls.lots(ALL, ZONE), midnight)

    assert (lot.product_id, lot.name, lot.expiry) == (gauze, "A1", date(2035, 6, 30))
    assert lot.alert_at is not None


def test_a_bin_knows_what_it_lies_in(odoo: Odoo, session: Session) -> None:
    shelf = odoo.bin()

    [place] = these(session, pulls.locations(ALL), shelf)

    assert (place.usage, place.parent_id, place.active) == (Usage.INTERNAL, odoo.stock, True)
    assert place.parent_path.endswith(f"/{odoo.stock}/{shelf}/")


def test_a_receipts_type_says_where_goods_come_from_and_what_becomes_of_the_rest(odoo: Odoo, session: Session) -> None:
    [kind] = these(session, pulls.picking_types(session, ALL), odoo.receipts)

    assert (kind.code, kind.source_id, kind.destination_id) == ("incoming", odoo.vendors, odoo.stock)
    assert kind.create_backorder == "ask"


def test_an_expected_delivery_comes_with_its_moves_in_base_units(odoo: Odoo, session: Session) -> None:
    gauze, towel = odoo.product(), odoo.product("none")
    expected = odoo.expected((gauze, 100), (towel, 20))

    found = arriving(session, expected["id"])

    picking = found.pickings[0]
    assert (picking.origin, picking.state) == (expected["origin"], "assigned")
    assert [one.id for one in these(session, pulls.partners(), picking.partner_id or 0)] == [picking.partner_id]
    assert {move.product_id: move.expected for move in found.moves} == {gauze: 100, towel: 20}
    assert {one.product_id: (one.picked, one.destination_id) for one in found.lines} == {
        gauze: (False, odoo.stock),
        towel: (False, odoo.stock),
    }


def test_what_others_picked_is_not_left_to_receive(odoo: Odoo, session: Session) -> None:
    """Contract 14.5."""
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    name = unique("other-device")
    odoo.receive(expected["id"], (gauze, odoo.lot(gauze, "A1"), 60), xids=[f"{name}-1"])

    theirs, ours = arriving(session, expected["id"]), arriving(session, expected["id"], (name,))

    assert [move.others_picked for move in theirs.moves] == [60]
    assert [move.others_picked for move in ours.moves] == [0]


def test_a_closed_delivery_is_expected_no_more_and_its_rest_is(odoo: Odoo, session: Session) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    outcome = post(session, receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1")), STAMP)
    backorder = odoo.rows("stock.picking", ["name", "=", outcome.backorder_name], fields=["name"])[0]["id"]

    over = arriving(session, expected["id"])
    assert (over.pickings, [one.state for one in over.closed]) == ((), ["done"])
    rest = arriving(session, backorder)
    assert rest.pickings[0].backorder_id == expected["id"]
    assert [move.expected for move in rest.moves] == [70]


def test_stock_is_summed_by_all_five_parts_of_its_key(odoo: Odoo, session: Session) -> None:
    """Ward 2."""
    gauze, owner = odoo.product(), odoo.vendor()
    lines = [line(odoo, 1, gauze, "30", "A1"), line(odoo, 2, gauze, "5", "A2")]
    post(session, receipt(odoo, odoo.expected((gauze, 100))["id"], *lines), STAMP)
    owned = line(odoo, 1, gauze, "12", "A1", owner_id=owner)
    post(session, receipt(odoo, odoo.expected((gauze, 100))["id"], owned), STAMP)
    lots = {row["name"]: row["id"] for row in odoo.rows("stock.lot", ["product_id", "=", gauze], fields=["name"])}

    found = {one.key: one.quantity for one in these(session, pulls.stock_rows(ALL), gauze, by="product_id")}

    assert found == {
        StockKey(gauze, odoo.stock, lots["A1"]): 30,
        StockKey(gauze, odoo.stock, lots["A2"]): 5,
        StockKey(gauze, odoo.stock, lots["A1"], owner_id=owner): 12,
    }


def test_each_kind_is_read_to_its_end(odoo: Odoo, session: Session) -> None:
    """Also the kinds no test here makes records of: their fields exist on each Odoo."""
    gauze = odoo.product()
    odoo.lot(gauze)
    known = pulls.units(session)
    sources: list[Source[Any]] = [
        pulls.products(session, ALL, known), pulls.packagings(session, ALL, known), pulls.vendor_codes(session, ALL),
        pulls.lots(ALL, ZONE), pulls.locations(ALL), pulls.picking_types(session, ALL), pulls.reorder_points(ALL),
        pulls.stock_rows(ALL), pulls.partners(), pulls.packages(session), pulls.users(), pulls.categories(),
    ]  # fmt: skip

    for source in sources:
        before = source.ids(session)
        found = {one.id for page in source.pages(session) for one in page.records}
        after = source.ids(session)  # others may work on this server
        assert before & after <= found <= before | after
        assert source.count(session) >= len(before & after)


def test_a_place_says_below_what_it_is_filled_up(odoo: Odoo, session: Session) -> None:
    towel, shelf = odoo.product("none"), odoo.bin()
    told = {"product_id": towel, "location_id": shelf, "product_min_qty": 5, "product_max_qty": 20}
    key = odoo.ok("stock.warehouse.orderpoint", "create", "manager", vals_list=[told])[0]

    [point] = these(session, pulls.reorder_points(Reach(1, (odoo.stock,))), key)

    assert (point.product_id, point.location_id, point.minimum, point.maximum) == (
        towel,
        shelf,
        Decimal(5),
        Decimal(20),
    )
    assert these(session, pulls.reorder_points(Reach(1, (odoo.bin(),))), key) == []


def test_pieces_have_the_step_one_and_a_dozen_is_twelve(odoo: Odoo, session: Session) -> None:
    """Factors stand the other way round before 19 (contract 15)."""
    units = pulls.units(session)
    dozen = next(unit for unit in units.values() if unit.name.startswith("Dozen"))

    assert units[odoo.unit].rounding == 1
    assert round(dozen.factor / units[odoo.unit].factor) == 12


def test_pages_skip_nothing_and_repeat_nothing(odoo: Odoo, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.odoo.wire.pages.PAGE", 7)

    found = list(pages(session, "stock.location", ["name"]))

    ids = [row["id"] for page in found for row in page]
    assert ids == sorted(set(ids))
    assert set(ids) == set(odoo.ok("stock.location", "search", domain=[]))
    assert all(len(page) <= 7 for page in found)


def test_a_receipt_in_two_steps_names_what_follows(odoo: Odoo, session: Session) -> None:
    """Ward 20. The practice ward receives in one step only: there nothing follows."""
    warehouse = two_step_warehouse(odoo)
    towel = odoo.product("none")
    picking = expected_in(odoo, warehouse, towel)
    place = odoo.row("stock.picking", picking, "location_dest_id")["location_dest_id"][0]

    outcome = post(session, receipt(odoo, picking, line(odoo, 1, towel, "5", destination_id=place)), STAMP)

    assert outcome.differs == ()
    assert len(outcome.next_names) == 1


def two_step_warehouse(odoo: Odoo) -> dict[str, Any]:
    if odoo.database == "practice":
        pytest.skip("the practice ward receives in one step")
    values = {"name": unique("two-step"), "code": unique("W")[-5:], "reception_steps": "two_steps"}
    key = odoo.ok("stock.warehouse", "create", "admin", vals_list=[values])[0]
    return {"id": key, **odoo.ok("stock.warehouse", "read", "admin", ids=[key], fields=["in_type_id"])[0]}


def expected_in(odoo: Odoo, warehouse: dict[str, Any], product: int) -> int:
    line = [0, 0, {"product_id": product, "product_qty": 5, "price_unit": 1}]
    values = {"partner_id": odoo.vendor(), "picking_type_id": warehouse["in_type_id"][0], "order_line": [line]}
    order = odoo.ok("purchase.order", "create", "admin", vals_list=[values])[0]
    odoo.ok("purchase.order", "button_confirm", "admin", ids=[order])
    return int(odoo.ok("purchase.order", "read", "admin", ids=[order], fields=["picking_ids"])[0]["picking_ids"][0])
