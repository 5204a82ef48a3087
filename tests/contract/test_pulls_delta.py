"""A device that pulls again and again knows what stands in Odoo, and asks little for it (design 6, contract 3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sync.clock import Clock
from sync.connection import connect
from sync.pull import PullReport, pull, pull_recent
from sync.stock import Picking
from sync.store import Store
from sync.store.catalogue import Catalogue
from sync.store.device import Enrolment
from tests.contract.conftest import ODOOS, Odoo, serving, unique
from tests.sync.acts import STAMP, line, post, receipt, session_with

pytestmark = pytest.mark.contract


@dataclass
class Device:
    """One device, pulled once; `calls` are the requests of its last pass."""

    store: Store
    calls: int = 0

    @property
    def catalogue(self) -> Catalogue:
        return self.store.catalogue

    def pulled(self) -> PullReport:
        clock = Clock()
        with connect(self.store, clock) as session:
            report = pull(self.store, session, clock)
            self.calls = session.sent
        assert (report.stopped, dict(report.facts)) == ("", {})
        return report

    def recent(self) -> PullReport:
        clock = Clock()
        with connect(self.store, clock) as session:
            report = pull_recent(self.store, session, clock)
            self.calls = session.sent
        assert (report.stopped, dict(report.facts)) == ("", {})
        return report


def device(odoo: Odoo, folder: Path, *places: int) -> Device:
    store = Store.open(folder / "wardstock.db", bytes(32))
    uid = odoo.ok("res.users", "context_get")["uid"]
    told = Enrolment(odoo.url, odoo.database, odoo.login(), uid, 1, datetime.now(UTC), location_ids=places)
    store.device.enrol(told, odoo.keys["storekeeper"])
    return Device(store)


@pytest.fixture(scope="module", params=ODOOS)
def odoo(request: pytest.FixtureRequest) -> Iterator[Odoo]:
    """Without what other tests left there: here all of it is pulled, for each test."""
    with serving(request.param) as server:
        yield server


@pytest.fixture(scope="module")
def known(odoo: Odoo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Device]:
    """A device that knows the whole server."""
    one = device(odoo, tmp_path_factory.mktemp("known"))
    one.pulled()
    yield one
    one.store.close()


@pytest.fixture
def ward(odoo: Odoo, tmp_path: Path) -> Iterator[tuple[Device, int]]:
    """A device that serves one place and what is below it, pulled once."""
    place = odoo.bin()
    one = device(odoo, tmp_path, place)
    one.pulled()
    yield one, place
    one.store.close()


def booked(odoo: Odoo, source: int, target: int, *lines: tuple[int, int | str, float]) -> int:
    """Goods moved and done."""
    told = odoo.document(*lines, kind=odoo.transfers, source=source, target=target)
    odoo.validate(told["ids"][0])
    return int(told["ids"][0])


def planned(odoo: Odoo, source: int, target: int, product: int, quantity: float) -> int:
    """A transfer somebody plans in Odoo, confirmed and reserved as far as goods are there."""
    move = {
        "product_id": product, "product_uom_qty": quantity, "product_uom": odoo.unit, "location_id": source,
        "location_dest_id": target, **odoo.named(),
    }  # fmt: skip
    head = {"picking_type_id": odoo.transfers, "location_id": source, "location_dest_id": target}
    made = odoo.ok("stock.picking", "create", "admin", vals_list=[{**head, "move_ids": [[0, 0, move]]}])[0]
    odoo.ok("stock.picking", "action_confirm", "admin", ids=[made])
    odoo.ok("stock.picking", "action_assign", "admin", ids=[made])
    return int(made)


def write(odoo: Odoo, model: str, key: int, **values: Any) -> None:
    """Some models call the argument by another name before 19."""
    odoo.ok(model, "write", "admin", ids=[key], **{"vals" if odoo.major >= 19 else "values": values})


def of(device: Device, picking: int) -> Picking:
    found = device.catalogue.picking(picking)
    assert found is not None
    return found


def held(device: Device, product: int, place: int) -> Decimal:
    quants = device.catalogue.quants(product_id=product)
    return sum((one.quantity for one in quants if one.key.location_id == place), Decimal(0))


def test_an_idle_pass_of_pickings_moves_stock_and_lots_is_five_requests(ward: tuple[Device, int]) -> None:
    idle, _ = ward
    idle.recent()

    report = idle.recent()

    assert idle.calls <= 5
    assert sum(report.came.values()) == 0


def test_what_was_seen_in_the_overlap_is_not_followed_up_again(odoo: Odoo, ward: tuple[Device, int]) -> None:
    device, place = ward
    towel = odoo.product("none")
    booked(odoo, odoo.vendors, place, (towel, "", 10))
    planned(odoo, place, odoo.stock, towel, 4)

    device.recent()
    busy = device.calls
    device.recent()

    assert busy > 5
    assert device.calls <= 5
    assert held(device, towel, place) == 10


def test_what_is_new_in_odoo_is_known_after_a_pass(odoo: Odoo, known: Device) -> None:
    gauze, code = odoo.product(barcode=unique("4711")), unique("box")
    odoo.box(gauze, 10, code)
    lot, expected = odoo.lot(gauze, "A1"), odoo.expected((gauze, 100))

    known.pulled()

    catalogue = known.catalogue
    assert [hit.product.id for hit in catalogue.by_barcode(code)] == [gauze]
    assert catalogue.lot(gauze, "A1") == catalogue.lot_by_id(lot)
    assert expected["id"] in {picking.id for picking in catalogue.open_receipts_with(gauze)}
    assert catalogue.partner(of(known, expected["id"]).partner_id or 0) is not None


def test_a_pass_after_a_posting_knows_the_new_product_lot_and_vendor(odoo: Odoo, known: Device) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    with session_with(odoo) as session:
        post(session, receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1")), STAMP)

    known.recent()

    catalogue = known.catalogue
    assert catalogue.product(gauze) is not None
    assert catalogue.lot(gauze, "A1") is not None
    assert held(known, gauze, odoo.stock) == 30
    [rest] = catalogue.open_receipts_with(gauze)
    assert (rest.backorder_id, [move.expected for move in catalogue.moves(rest.id)]) == (expected["id"], [Decimal(70)])
    assert catalogue.partner(rest.partner_id or 0) is not None


def test_a_demand_somebody_changed_is_seen_though_the_picking_was_not_written(
    odoo: Odoo, ward: tuple[Device, int]
) -> None:
    """Contract 3: the picking's own date does not move."""
    device, place = ward
    towel = odoo.product("none")
    booked(odoo, odoo.vendors, place, (towel, "", 10))
    picking = planned(odoo, place, odoo.stock, towel, 4)
    device.recent()
    [move] = device.catalogue.moves(picking)

    odoo.ok("stock.move", "write", "admin", ids=[move.id], vals={"product_uom_qty": 7})
    device.recent()

    assert [one.expected for one in device.catalogue.moves(picking)] == [7]


def test_ward_28_a_request_says_how_much_of_it_is_available(odoo: Odoo, ward: tuple[Device, int]) -> None:
    device, place = ward
    towel = odoo.product("none")
    booked(odoo, odoo.vendors, place, (towel, "", 4))
    partly, nothing = planned(odoo, place, odoo.stock, towel, 10), planned(odoo, place, odoo.stock, towel, 3)

    device.recent()

    told = {one.id: (one.state, device.catalogue.moves(one.id)) for one in device.catalogue.open_transfers()}
    assert {key: (state, moves[0].expected, moves[0].reserved) for key, (state, moves) in told.items()} == {
        partly: ("assigned", Decimal(10), Decimal(4)),
        nothing: ("confirmed", Decimal(3), Decimal(0)),
    }


def test_ward_6_a_reservation_names_lot_place_and_transfer_and_goes_when_it_is_given_up(
    odoo: Odoo, ward: tuple[Device, int]
) -> None:
    device, place = ward
    gauze = odoo.product()
    lot = odoo.lot(gauze, "A1")
    booked(odoo, odoo.vendors, place, (gauze, lot, 10))
    picking = planned(odoo, place, odoo.stock, gauze, 10)
    device.recent()
    path = odoo.row("stock.location", place, "parent_path")["parent_path"]

    [(transfer, line_)] = device.catalogue.reservations(gauze, path)
    assert (transfer.id, line_.lot_id, line_.source_id, line_.quantity) == (picking, lot, place, Decimal(10))
    assert [quant.reserved for quant in device.catalogue.quants(product_id=gauze)] == [10]

    odoo.ok("stock.picking", "do_unreserve", "admin", ids=[picking])
    device.recent()

    assert device.catalogue.reservations(gauze, path) == []
    assert [quant.reserved for quant in device.catalogue.quants(product_id=gauze)] == [0]


def test_a_transfer_that_was_cancelled_or_done_elsewhere_is_told_with_its_end(
    odoo: Odoo, ward: tuple[Device, int]
) -> None:
    device, place = ward
    towel = odoo.product("none")
    booked(odoo, odoo.vendors, place, (towel, "", 10))
    cancelled, done = planned(odoo, place, odoo.stock, towel, 4), planned(odoo, place, odoo.stock, towel, 5)
    device.recent()
    assert {one.id for one in device.catalogue.open_transfers()} == {cancelled, done}

    odoo.ok("stock.picking", "action_cancel", ids=[cancelled])
    odoo.validate(done)
    device.recent()

    assert device.catalogue.open_transfers() == []
    assert [(of(device, key).gone, of(device, key).state) for key in (cancelled, done)] == [
        (True, "cancel"),
        (True, "done"),
    ]
    assert device.catalogue.moves(cancelled) + device.catalogue.moves(done) == []
    assert held(device, towel, place) == 5


def test_stock_is_right_after_every_way_it_changes(odoo: Odoo, ward: tuple[Device, int]) -> None:
    device, place = ward
    gauze, towel, shelf = odoo.product(), odoo.product("none"), odoo.bin(place)
    lot = odoo.lot(gauze, "A1")
    booked(odoo, odoo.vendors, place, (gauze, lot, 30), (towel, "", 8))
    device.recent()
    booked(odoo, place, shelf, (gauze, lot, 12))
    device.recent()
    booked(odoo, place, odoo.stock, (towel, "", 8))
    device.recent()
    booked(odoo, shelf, odoo.stock, (gauze, lot, 20))
    device.recent()

    assert held(device, gauze, place) == odoo.on_hand(gauze, place) == 18
    assert held(device, gauze, shelf) == odoo.on_hand(gauze, shelf) == -8
    assert held(device, towel, place) == odoo.on_hand(towel, place) == 0
    assert {one.key.location_id for one in device.catalogue.quants(product_id=gauze)} == {place, shelf}


def test_ward_7_rows_that_odoo_merges_and_deletes_leave_the_sum_as_it_is(odoo: Odoo, ward: tuple[Device, int]) -> None:
    """Contract 14.1: whoever opens Physical Inventory merges rows and deletes empty ones, and writes none of them."""
    device, place = ward
    towel, gone = odoo.product("none"), odoo.product("none")
    booked(odoo, odoo.vendors, place, (towel, "", 10), (gone, "", 6))
    device.recent()
    booked(odoo, place, odoo.stock, (towel, "", 3), (gone, "", 6))
    odoo.ok("stock.quant", "action_view_inventory")
    device.recent()
    booked(odoo, odoo.vendors, place, (towel, "", 2))
    odoo.ok("stock.quant", "action_view_inventory")
    device.recent()

    assert held(device, towel, place) == odoo.on_hand(towel, place) == 9
    assert held(device, gone, place) == odoo.on_hand(gone, place) == 0


def test_ward_8_a_count_that_waits_is_told_with_who_entered_it(odoo: Odoo, ward: tuple[Device, int]) -> None:
    device, place = ward
    towel = odoo.product("none")
    booked(odoo, odoo.vendors, place, (towel, "", 10))
    [row] = odoo.rows("stock.quant", ["product_id", "=", towel], ["location_id", "=", place], fields=["quantity"])
    fields, inventory = [".id", "inventory_quantity"], {"inventory_mode": True}
    odoo.load("stock.quant", fields, [row["id"], "7"], **inventory)

    device.recent()

    today, path = datetime.now(UTC).date(), odoo.row("stock.location", place, "parent_path")["parent_path"]
    [asked] = device.catalogue.counts_asked(today, path)
    uid = odoo.ok("res.users", "context_get")["uid"]
    assert (asked.key.product_id, asked.counted) == (towel, Decimal(7))
    assert asked.person == odoo.ok("res.users", "read", ids=[uid], fields=["name"])[0]["name"]


def test_a_device_knows_stock_and_transfers_of_its_own_places_only(odoo: Odoo, ward: tuple[Device, int]) -> None:
    device, place = ward
    towel, elsewhere, shelf = odoo.product("none"), odoo.bin(), odoo.bin(place)
    booked(odoo, odoo.vendors, elsewhere, (towel, "", 50))
    booked(odoo, odoo.vendors, shelf, (towel, "", 5))
    theirs, ours = planned(odoo, elsewhere, odoo.stock, towel, 1), planned(odoo, elsewhere, place, towel, 2)

    device.recent()
    device.pulled()

    assert {one.key.location_id for one in device.catalogue.quants(product_id=towel)} == {shelf}
    assert {one.id for one in device.catalogue.open_transfers()} == {ours}
    assert device.catalogue.picking(theirs) is None
    assert device.catalogue.product(towel) is not None
    assert device.catalogue.location(elsewhere) is not None


def test_ward_34_what_was_deleted_is_gone_and_still_told(
    odoo: Odoo, ward: tuple[Device, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    device, _ = ward
    gauze = odoo.product()
    lot, code, shelf = odoo.lot(gauze, "A1"), unique("box"), odoo.bin()
    box = odoo.box(gauze, 10, code)
    device.pulled()
    assert device.catalogue.by_barcode(code) != []
    monkeypatch.setattr("sync.delta.whole.IDENTITIES_EVERY", timedelta(0))

    odoo.ok("product.uom" if odoo.major >= 19 else "product.packaging", "unlink", "admin", ids=[box])
    odoo.ok("stock.lot", "unlink", "admin", ids=[lot])
    odoo.ok("stock.location", "unlink", "admin", ids=[shelf])
    odoo.ok("product.product", "unlink", "admin", ids=[gauze])
    device.pulled()

    catalogue = device.catalogue
    product, place, last = catalogue.product(gauze), catalogue.location(shelf), catalogue.lot_by_id(lot)
    assert (product and (product.gone, product.active)) == (True, False)
    assert (place and (place.gone, place.active)) == (True, False)
    assert (last and (last.gone, last.name)) == (True, "A1")
    assert (catalogue.by_barcode(code), catalogue.lot(gauze, "A1")) == ([], None)


def test_what_is_archived_or_renamed_is_known_as_that(odoo: Odoo, ward: tuple[Device, int]) -> None:
    device, _ = ward
    gauze, shelf, name = odoo.product(), odoo.bin(), unique("renamed")
    device.pulled()

    odoo.ok("product.product", "write", "admin", ids=[gauze], vals={"active": False, "name": name})
    write(odoo, "stock.location", shelf, active=False)
    device.pulled()

    product, place = device.catalogue.product(gauze), device.catalogue.location(shelf)
    assert (product and (product.name, product.active, product.gone)) == (name, False, False)
    assert (place and (place.active, place.gone)) == (False, False)


def test_a_vendors_code_that_was_taken_away_leads_nowhere(odoo: Odoo, ward: tuple[Device, int]) -> None:
    device, _ = ward
    gauze, code = odoo.product(), unique("REF")
    template = odoo.row("product.product", gauze, "product_tmpl_id")["product_tmpl_id"][0]
    values = {"partner_id": odoo.vendor(), "product_tmpl_id": template, "product_code": code}
    [key] = odoo.ok("product.supplierinfo", "create", "admin", vals_list=[values])
    device.pulled()
    assert [one.id for one in device.catalogue.by_code(code)] == [gauze]

    odoo.ok("product.supplierinfo", "write", "admin", ids=[key], vals={"product_code": False})
    device.pulled()

    assert device.catalogue.by_code(code) == []


def test_a_unit_that_changed_changes_the_products_that_are_counted_in_it(odoo: Odoo, ward: tuple[Device, int]) -> None:
    device, _ = ward
    name, family = unique("vial"), {}
    if odoo.major < 19:
        family = {"category_id": odoo.ok("uom.category", "create", "admin", vals_list=[{"name": name}])[0]}
    [vial] = odoo.ok("uom.uom", "create", "admin", vals_list=[{"name": name, **family}])
    gauze = odoo.product("none", uom_id=vial, **({} if odoo.major >= 19 else {"uom_po_id": vial}))
    device.pulled()

    write(odoo, "uom.uom", vial, name=f"{name} 5 ml")
    device.pulled()

    product, unit = device.catalogue.product(gauze), device.catalogue.unit(vial)
    assert (product and product.uom_name, unit and unit.name) == (f"{name} 5 ml", f"{name} 5 ml")
