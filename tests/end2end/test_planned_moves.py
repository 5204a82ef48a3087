"""What the shifts of planned moves leave in Odoo beside the goods: papers, names, what the vendor is paid for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.transaction import Kind
from tests.contract.conftest import REAL, Odoo, serving
from tests.end2end.hospital import Device, Hospital

SHIFTS = Path(__file__).parent / "shifts"


@pytest.fixture(scope="module", params=["practice", "practice-17", REAL])
def odoo(request: pytest.FixtureRequest) -> Iterator[Odoo]:
    with serving(request.param) as server:
        yield server


def worked(odoo: Odoo, folder: Path, shift: str) -> tuple[Hospital, dict[Kind, list[str]]]:
    """The hospital after that shift on a good line, and the documents of each kind of act in Odoo."""
    hospital = Hospital(odoo)
    text = (SHIFTS / f"{shift}.txt").read_text(encoding="utf-8")
    hospital.prepared(text)
    with Device(hospital, folder) as device:
        assert device.work(text) == []
        assert device.reconciled().findings == ()
        made: dict[Kind, list[str]] = {}
        for entry in reversed(device.store.outbox.rows()):
            assert entry.outcome is not None
            assert entry.outcome.differs == ()
            names = [entry.outcome.picking_name, *entry.outcome.more_names]
            made.setdefault(entry.transaction.kind, []).extend(names)
    return hospital, made


def paid(odoo: Odoo, order: str) -> list[float]:
    """What the vendor of an order is paid for."""
    domain = [["order_id.name", "=", order]]
    rows = odoo.ok("purchase.order.line", "search_read", "admin", domain=domain, fields=["qty_received"], order="id")
    return [row["qty_received"] for row in rows]


def test_ward_25_the_vendor_is_not_paid_for_what_went_back(odoo: Odoo, tmp_path: Path) -> None:
    hospital, made = worked(odoo, tmp_path, "ward_25_supplier_return")

    assert paid(odoo, hospital.codes["order"]) == [14, 10]
    assert len(made[Kind.SUPPLIER_RETURN]) == 2


def test_ward_27_an_arrival_names_its_dispatch(odoo: Odoo, tmp_path: Path) -> None:
    _, made = worked(odoo, tmp_path, "ward_27_arrival")

    [dispatch], arrivals = made[Kind.DISPATCH], made[Kind.ARRIVAL]
    rows = odoo.rows("stock.picking", ["name", "in", arrivals], fields=["origin", "note"])
    assert len(rows) == 2
    assert all(row["origin"].endswith(f" · {dispatch}") for row in rows)


def test_ward_28_the_rest_of_a_request_stays_requested(odoo: Odoo, tmp_path: Path) -> None:
    hospital, made = worked(odoo, tmp_path, "ward_28_planned_transfer")

    assert made[Kind.PLANNED_TRANSFER] == [hospital.codes["r1"], hospital.codes["r2"]]
    domain = [["backorder_id", "in", [hospital.ids["r1"], hospital.ids["r2"]]]]
    moves = [
        row["product_uom_qty"]
        for picking in odoo.rows("stock.picking", *domain, fields=["name"])
        for row in odoo.rows("stock.move", ["picking_id", "=", picking["id"]], fields=["product_uom_qty"])
    ]
    assert sorted(moves) == [2, 6]


def test_ward_29_a_lot_change_is_one_paper_or_two_linked_ones(odoo: Odoo, tmp_path: Path) -> None:
    """Two before 19 (contract 14.15)."""
    _, made = worked(odoo, tmp_path, "ward_29_lot_change")

    names = made[Kind.LOT_CHANGE]
    origins = {row["origin"] for row in odoo.rows("stock.picking", ["name", "in", names], fields=["origin"])}
    assert (len(names), len(origins)) == (1 if odoo.major >= 19 else 2, 1)
