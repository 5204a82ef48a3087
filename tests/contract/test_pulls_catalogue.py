"""What the device knows after a pull, compared with what stands in Odoo (design 6, contract 3)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from sync.odoo import pulls
from sync.odoo.incoming import Incoming, incoming
from sync.odoo.pages import pages
from sync.odoo.session import Session
from sync.stock import StockKey, Tracking, Usage
from tests.contract.conftest import Odoo, unique
from tests.sync.acts import STAMP, ZONE, line, post, receipt, session_with

pytestmark = pytest.mark.contract

T = TypeVar("T")


@pytest.fixture
def session(odoo: Odoo) -> Iterator[Session]:
    with session_with(odoo) as session:
        yield session


def by_id(pages: Iterator[tuple[T, ...]]) -> dict[int, T]:
    return {one.id: one for page in pages for one in page}  # type: ignore[attr-defined]  # all kinds have one


def arriving(session: Session, picking: int, own: tuple[str, ...] = ()) -> Incoming:
    """The part of the open receipts that is about one picking."""
    found = list(incoming(session, own))
    return Incoming(
        tuple(one for page in found for one in page.pickings if one.id == picking),
        tuple(one for page in found for one in page.moves if one.picking_id == picking),
        tuple(one for page in found for one in page.lines if one.picking_id == picking),
    )


def test_a_product_comes_with_how_it_is_followed_and_counted(odoo: Odoo, session: Session) -> None:
    gauze = odoo.product(barcode=unique("4711"))
    code = odoo.row("product.product", gauze, "default_code", "barcode")

    product = by_id(pulls.products(session, pulls.units(session)))[gauze]

    assert (product.code, product.barcode) == (code["default_code"], code["barcode"])
    assert (product.tracking, product.use_expiration_date, product.expiration_days) == (Tracking.LOT, True, 365)
    assert (product.uom_id, product.uom_rounding, product.active) == (odoo.unit, Decimal(1), True)


def test_archived_goods_are_known_as_archived(odoo: Odoo, session: Session) -> None:
    gauze = odoo.product()
    odoo.ok("product.product", "write", "admin", ids=[gauze], vals={"active": False})

    assert by_id(pulls.products(session, pulls.units(session)))[gauze].active is False


def test_a_box_knows_how_many_are_in_it(odoo: Odoo, session: Session) -> None:
    gauze, code = odoo.product(), unique("box")
    odoo.box(gauze, 10, code)

    found = by_id(pulls.packagings(session, pulls.units(session)))

    packaging = next(one for one in found.values() if one.barcode == code)
    assert packaging.product_id == gauze
    assert packaging.quantity == 10


def test_a_vendors_code_leads_to_the_product(odoo: Odoo, session: Session) -> None:
    """Ward 16."""
    gauze, vendor, code = odoo.product(), odoo.vendor(), unique("REF")
    template = odoo.row("product.product", gauze, "product_tmpl_id")["product_tmpl_id"][0]
    values = {"partner_id": vendor, "product_id": gauze, "product_tmpl_id": template, "product_code": code}
    odoo.ok("product.supplierinfo", "create", "admin", vals_list=[values])

    found = [one for page in pulls.vendor_codes(session) for one in page if one.code == code]

    assert [(one.product_id, one.partner_id) for one in found] == [(gauze, vendor)]
    assert vendor in by_id(pulls.partners(session))


def test_a_lot_comes_with_its_day_at_the_site(odoo: Odoo, session: Session) -> None:
    gauze = odoo.product()
    midnight = odoo.lot(gauze, "A1", "2035-06-29 22:00:00")

    lot = by_id(pulls.lots(session, ZONE))[midnight]

    assert (lot.product_id, lot.name, lot.expiry) == (gauze, "A1", date(2035, 6, 30))
    assert lot.alert_at is not None


def test_a_bin_knows_what_it_lies_in(odoo: Odoo, session: Session) -> None:
    shelf = odoo.bin()

    place = by_id(pulls.locations(session))[shelf]

    assert (place.usage, place.parent_id, place.active) == (Usage.INTERNAL, odoo.stock, True)
    assert place.parent_path.endswith(f"/{odoo.stock}/{shelf}/")


def test_a_receipts_type_says_where_goods_come_from_and_what_becomes_of_the_rest(odoo: Odoo, session: Session) -> None:
    kind = by_id(pulls.picking_types(session))[odoo.receipts]

    assert (kind.code, kind.source_id, kind.destination_id) == ("incoming", odoo.vendors, odoo.stock)
    assert kind.create_backorder == "ask"


def test_an_expected_delivery_comes_with_its_moves_in_base_units(odoo: Odoo, session: Session) -> None:
    gauze, towel = odoo.product(), odoo.product("none")
    expected = odoo.expected((gauze, 100), (towel, 20))

    found = arriving(session, expected["id"])

    picking = found.pickings[0]
    assert (picking.origin, picking.state) == (expected["origin"], "assigned")
    assert picking.partner_id in by_id(pulls.partners(session, [picking.partner_id or 0]))
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

    assert arriving(session, expected["id"]).pickings == ()
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

    found = {one.key: one.quantity for one in pulls.quants(session, [gauze])}

    assert found == {
        StockKey(gauze, odoo.stock, lots["A1"]): 30,
        StockKey(gauze, odoo.stock, lots["A2"]): 5,
        StockKey(gauze, odoo.stock, lots["A1"], owner_id=owner): 12,
    }


def test_pages_skip_nothing_and_repeat_nothing(odoo: Odoo, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.odoo.pages.PAGE", 7)

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
