"""A pull brings everything or nothing, tells how far it is, and never asks the person to wait (design 6)."""

import httpx2
import pytest

from sync.connection import connect
from sync.errors import WardstockError
from sync.pull import PullReport, pull, pull_recent
from sync.store import Store
from sync.transaction import Status
from tests.contract.conftest import Odoo
from tests.sync.acts import line, receipt, session_with
from tests.sync.conftest import JSON, Answers, Ward


def pulled(ward: Ward) -> PullReport:
    with connect(ward.device.store, ward.device.clock) as session:
        return pull(ward.device.store, session, ward.device.clock)


def expect(odoo: Odoo, done: str = "100") -> tuple[int, int]:
    """A product and the picking it is expected on."""
    gauze = odoo.product()
    return gauze, odoo.expected((gauze, int(done)))["id"]


def test_after_a_pull_the_device_knows_the_delivery(ward: Ward) -> None:
    gauze, picking = expect(ward.odoo)

    report = pulled(ward)

    catalogue = ward.device.store.catalogue
    product, document = catalogue.product(gauze), catalogue.picking(picking)
    assert report.stopped == ""
    assert product is not None
    assert document is not None
    assert document in catalogue.open_receipts_with(gauze)
    assert [move.expected for move in catalogue.moves(picking)] == [100]
    assert catalogue.move_lines(picking)[0].destination_id == ward.odoo.stock
    assert catalogue.partner(document.partner_id or 0) is not None
    assert catalogue.picking_type(document.picking_type_id) is not None
    assert ward.device.store.device.last_pull_at() is not None


def test_each_kind_is_told_of_while_it_comes(ward: Ward) -> None:
    expect(ward.odoo)
    told: list[tuple[str, int, int | None]] = []

    with connect(ward.device.store, ward.device.clock) as session:
        report = pull(ward.device.store, session, ward.device.clock, lambda *progress: told.append(progress))

    last = {kind: rows for kind, rows, _ in told}
    assert last == {kind: rows for kind, rows in report.came.items() if rows}
    assert {"products", "locations", "pickings", "moves", "partners"} <= set(last)
    assert {total for kind, _, total in told if kind == "products"} == {report.counts["products"]}


def test_a_pull_cut_at_any_request_leaves_the_old_catalogue_as_it_was(ward: Ward) -> None:
    gauze, picking = expect(ward.odoo)
    pulled(ward)
    before = ward.device.store.catalogue.counts()
    newer, _ = expect(ward.odoo)

    for at in range(1, 40):
        ward.device.proxy.faults.forget()
        told = pull_cut_at(ward, at)
        if not told.stopped:
            break
        assert ward.device.store.catalogue.counts() == before
        assert ward.device.store.catalogue.product(newer) is None
        assert ward.device.store.catalogue.picking(picking) is not None

    assert told.stopped == ""
    assert ward.device.store.catalogue.product(newer) is not None
    assert ward.device.store.catalogue.product(gauze) is not None


def pull_cut_at(ward: Ward, at: int) -> PullReport:
    with connect(ward.device.store, ward.device.clock) as session:
        call = session.call
        calls = iter(range(1, 1000))

        def counted(*arguments: object, **named: object) -> object:
            if next(calls) == at:
                ward.device.proxy.fail_next("reset")
            return call(*arguments, **named)  # type: ignore[arg-type]  # the same as it was given

        session.call = counted  # type: ignore[method-assign]  # the network breaks at a call, not at a byte
        return pull(ward.device.store, session, ward.device.clock)


@pytest.mark.parametrize(
    ("said", "stopped"), [([], "pull_empty"), ({"status": "login"}, "not_an_odoo"), ([{"name": "x"}], "not_an_odoo")]
)
@pytest.mark.parametrize("model", ["stock.location", "stock.picking.type"])
def test_an_answer_without_places_leaves_the_old_catalogue_as_it_was(
    ward: Ward, model: str, said: object, stopped: str
) -> None:
    _, picking = expect(ward.odoo)
    pulled(ward)
    before = ward.device.store.catalogue.counts()
    instead = {f"/{model}/search_read": lambda: httpx2.Response(200, json=said, headers=JSON)}

    with session_with(ward.odoo, client=httpx2.Client(transport=Answers(instead))) as session:
        report = pull(ward.device.store, session, ward.device.clock)

    assert report.stopped == stopped
    assert ward.device.store.catalogue.counts() == before
    assert ward.device.store.catalogue.picking(picking) is not None
    assert pulled(ward).stopped == ""


def test_after_a_push_only_what_is_expected_is_asked_for(ward: Ward) -> None:
    gauze, picking = expect(ward.odoo)
    pulled(ward)
    act = receipt(ward.odoo, picking, line(ward.odoo, 1, gauze, "30", "A1"))
    ward.device.confirm(act)
    ward.push()

    with connect(ward.device.store, ward.device.clock) as session:
        report = pull_recent(ward.device.store, session, ward.device.clock)

    catalogue = ward.device.store.catalogue
    assert ward.device.status(act) is Status.DONE
    assert "products" not in report.came
    assert [quant.quantity for quant in catalogue.quants(product_id=gauze)] == [30]
    assert picking not in {found.id for found in catalogue.open_receipts()}
    rest = [found for found in catalogue.open_receipts() if found.backorder_id == picking]
    assert [move.expected for move in catalogue.moves(rest[0].id)] == [70]
    assert catalogue.product(gauze) is not None


def test_nobody_is_asked_before_the_device_is_enrolled(tmp_path_factory: pytest.TempPathFactory, ward: Ward) -> None:
    store = Store.open(tmp_path_factory.mktemp("new") / "wardstock.db", bytes(32))

    with pytest.raises(WardstockError) as caught:
        connect(store, ward.device.clock)
    store.close()

    assert caught.value.code == "not_enrolled"
