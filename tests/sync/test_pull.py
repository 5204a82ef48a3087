"""A pull brings everything or nothing, tells how far it is, and never asks the person to wait (design 6)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sync.connection import connect
from sync.errors import WardstockError
from sync.odoo.wire.errors import Family, OdooError
from sync.pull import PullReport, pull, pull_recent
from sync.store import Store
from sync.transaction import Status
from tests.contract.conftest import Odoo
from tests.contract.unplanned import called_by
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


def test_what_is_below_a_renamed_category_has_its_new_name_too(ward: Ward) -> None:
    """Odoo writes no date on the children: a policy that names them would never find them again."""
    above = ward.odoo.ok("product.category", "create", "admin", vals_list=[{"name": "Drugs"}])[0]
    below = ward.odoo.ok("product.category", "create", "admin", vals_list=[{"name": "Opioids", "parent_id": above}])[0]
    pulled(ward)
    ward.odoo.ok("product.category", "write", "admin", ids=[above], vals={"name": "Medicines"})

    pulled(ward)

    names = {one.id: one.name for one in ward.device.store.catalogue.categories()}
    assert (names[above], names[below]) == ("Medicines", "Medicines / Opioids")


def test_a_category_that_was_deleted_is_gone(ward: Ward) -> None:
    key = ward.odoo.ok("product.category", "create", "admin", vals_list=[{"name": "Drugs"}])[0]
    pulled(ward)
    ward.odoo.ok("product.category", "unlink", "admin", ids=[key])

    pulled(ward)

    assert key not in {one.id for one in ward.device.store.catalogue.categories()}


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
        told = pull_cut_at(ward, at)
        if not told.stopped:
            break
        assert ward.device.store.catalogue.counts() == before
        assert ward.device.store.catalogue.product(newer) is None
        assert ward.device.store.catalogue.picking(picking) is not None

    assert at > 10
    assert told.stopped == ""
    assert ward.device.store.catalogue.product(newer) is not None
    assert ward.device.store.catalogue.product(gauze) is not None


def pull_cut_at(ward: Ward, at: int) -> PullReport:
    with connect(ward.device.store, ward.device.clock) as session:
        call = session.call
        calls = iter(range(1, 1000))

        def counted(*arguments: object, **named: object) -> object:
            if next(calls) == at:
                raise OdooError(Family.TRANSIENT_UNKNOWN)
            return call(*arguments, **named)  # type: ignore[arg-type]  # the same as it was given

        session.call = counted  # type: ignore[method-assign]  # the network breaks at a call, not at a byte
        return pull(ward.device.store, session, ward.device.clock)


@pytest.mark.parametrize(
    ("said", "stopped"), [([], "pull_empty"), ({"status": "login"}, "not_an_odoo"), ([{"name": "x"}], "not_an_odoo")]
)
@pytest.mark.parametrize("model", ["stock.location", "stock.picking.type"])
def test_a_first_answer_without_places_is_not_believed(ward: Ward, model: str, said: object, stopped: str) -> None:
    expect(ward.odoo)
    instead = {f"/{model}/search_read": lambda: httpx2.Response(200, json=said, headers=JSON)}

    report = pulled_with(ward, instead)

    assert report.stopped == stopped
    assert set(ward.device.store.catalogue.counts().values()) == {0}
    assert pulled(ward).stopped == ""


@pytest.mark.parametrize(("said", "stopped"), [([], "pull_empty"), ({"status": "login"}, "not_an_odoo")])
@pytest.mark.parametrize("model", ["stock.location", "stock.picking.type"])
def test_a_hospital_without_places_is_not_believed_later_either(
    ward: Ward, model: str, said: object, stopped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, picking = expect(ward.odoo)
    pulled(ward)
    before = ward.device.store.catalogue.counts()
    monkeypatch.setattr("sync.delta.whole.IDENTITIES_EVERY", timedelta(0))

    report = pulled_with(ward, {f"/{model}/search": lambda: httpx2.Response(200, json=said, headers=JSON)})

    assert report.stopped == stopped
    assert ward.device.store.catalogue.counts() == before
    assert picking in {one.id for one in ward.device.store.catalogue.open_receipts()}
    assert pulled(ward).stopped == ""


def pulled_with(ward: Ward, instead: dict[str, Callable[[], httpx2.Response]]) -> PullReport:
    with session_with(ward.odoo, client=httpx2.Client(transport=Answers(instead))) as session:
        return pull(ward.device.store, session, ward.device.clock)


def asked(ward: Ward, model: str) -> tuple[PullReport, list[Any]]:
    """A pull, and the domains it asked of a model."""
    domains = list[Any]()
    with connect(ward.device.store, ward.device.clock) as session:
        call = session.call

        def listened(told: str, method: str, **named: Any) -> Any:
            if (told, method) == (model, "search_read"):
                domains.append(named["domain"])
            return call(told, method, **named)

        session.call = listened  # type: ignore[method-assign,assignment]  # it only listens
        return pull(ward.device.store, session, ward.device.clock), domains


def test_an_interrupted_first_pull_goes_on_where_it_was(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.odoo.wire.pages.PAGE", 5)
    goods = [ward.odoo.product("none") for _ in range(12)]
    cut = fail_at_page(ward, "product.product", 3)
    assert cut.stopped == "odoo_transient_unknown"
    assert ward.device.store.catalogue.product(goods[0]) is None
    ward.device.restart()

    report, domains = asked(ward, "product.product")

    begun = [term[2] for term in domains[0] if term[:2] == ["id", ">"]]
    assert report.stopped == ""
    assert begun[0] > 0
    assert all(ward.device.store.catalogue.product(one) for one in goods)
    assert report.counts["products"] == len(ward.odoo.ok("product.product", "search", domain=[["type", "=", "consu"]]))


def test_a_resumed_pull_holds_one_world_only(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was renamed, deleted or made between the two halves is as it is at the end of the second."""
    monkeypatch.setattr("sync.odoo.wire.pages.PAGE", 5)
    renamed, deleted, *_ = [ward.odoo.product("none") for _ in range(12)]
    lot = ward.odoo.lot(ward.odoo.product())
    fail_at_page(ward, "product.product", 5)
    ward.odoo.ok("product.product", "write", "admin", ids=[renamed], vals={"name": "Another name"})
    ward.odoo.ok("product.product", "unlink", "admin", ids=[deleted])
    ward.odoo.ok("stock.lot", "unlink", "admin", ids=[lot])
    _, picking = expect(ward.odoo)

    report = pulled(ward)

    catalogue = ward.device.store.catalogue
    product = catalogue.product(renamed)
    assert report.stopped == ""
    assert product is not None
    assert product.name == "Another name"
    assert (catalogue.by_code(str(deleted)), catalogue.lots_named(str(lot))) == ([], [])
    assert report.counts["products"] == len(ward.odoo.ok("product.product", "search", domain=[["type", "=", "consu"]]))
    assert report.counts["lots"] == ward.odoo.ok("stock.lot", "search_count", domain=[])
    assert picking in {one.id for one in catalogue.open_receipts()}


def test_after_an_interrupted_first_pull_a_push_shows_nobody_half_a_catalogue(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.odoo.wire.pages.PAGE", 5)
    gauze, picking = expect(ward.odoo)
    fail_at_page(ward, "product.product", 2)

    with connect(ward.device.store, ward.device.clock) as session:
        report = pull_recent(ward.device.store, session, ward.device.clock)

    assert report.stopped == ""
    assert ward.device.store.catalogue.product(gauze) is not None
    assert picking in {one.id for one in ward.device.store.catalogue.open_receipts()}
    assert ward.device.store.catalogue.counts()["locations"] > 0


def fail_at_page(ward: Ward, model: str, number: int) -> PullReport:
    """A pull that is cut at that page of a model."""
    with connect(ward.device.store, ward.device.clock) as session:
        call, pages = session.call, iter(range(1, 1000))

        def cut(told: str, method: str, **named: Any) -> Any:
            if (told, method) == (model, "search_read") and next(pages) == number:
                raise OdooError(Family.TRANSIENT_UNKNOWN)
            return call(told, method, **named)

        session.call = cut  # type: ignore[method-assign,assignment]  # the network breaks at a call
        return pull(ward.device.store, session, ward.device.clock)


def test_a_server_whose_clock_went_back_is_read_anew(ward: Ward) -> None:
    gauze, _ = expect(ward.odoo)
    pulled(ward)
    later = ward.device.store.catalogue.resume()
    for kind in ("products", "lots", "pickings", "moves", "move_lines", "stock_rows"):
        mark = later.mark(kind)
        assert mark.began_at is not None
        later.keep(kind, replace(mark, began_at=mark.began_at + timedelta(days=30)))
    later.flip(datetime.now(UTC))
    newer, picking = expect(ward.odoo)

    _, domains = asked(ward, "product.product")

    assert not any(term[0] == "write_date" for term in domains[0] if isinstance(term, list))
    assert ward.device.store.catalogue.product(newer) is not None
    assert ward.device.store.catalogue.product(gauze) is not None
    assert picking in {one.id for one in ward.device.store.catalogue.open_receipts()}


def test_a_device_that_followed_a_shift_knows_what_a_new_one_learns(ward: Ward, tmp_path: Path) -> None:
    """Each pass brings only what changed, and yet nothing is missing, and nothing is left over."""
    odoo = ward.odoo
    pulled(ward)
    for turn in range(4):
        gauze, picking = expect(odoo)
        lot, shelf = odoo.lot(gauze), odoo.bin()
        odoo.box(gauze, 10)
        odoo.validate(odoo.document((gauze, lot, 10), target=shelf)["ids"][0])
        odoo.validate(odoo.document((gauze, lot, 4), kind=odoo.transfers, source=shelf, target=odoo.stock)["ids"][0])
        if turn % 2:
            odoo.ok("stock.picking", "action_cancel", ids=[picking])
            odoo.ok("product.product", "write", "admin", ids=[gauze], vals={"active": False})
        with connect(ward.device.store, ward.device.clock) as session:
            assert (pull if turn == 1 else pull_recent)(ward.device.store, session, ward.device.clock).stopped == ""
    pulled(ward)

    newer = Store.open(tmp_path / "newer.db", bytes(32))
    enrolment, key = ward.device.store.device.enrolment(), ward.device.store.device.odoo_key()
    assert enrolment is not None
    newer.device.enrol(enrolment, key or "")
    with connect(newer, ward.device.clock) as session:
        assert pull(newer, session, ward.device.clock).stopped == ""
    ours, theirs = known_of(ward.device.store), known_of(newer)
    newer.close()

    assert {kind: ours[kind] ^ theirs[kind] for kind in ours} == {kind: set() for kind in ours}


def known_of(store: Store) -> dict[str, set[object]]:
    """All a device knows, by kind; names of vendors nobody names any more do no harm."""
    pull = store.catalogue.resume()
    kinds = ("products", "packagings", "lots", "locations", "picking_types", "pickings", "moves", "move_lines")
    return {
        kind: set(pull.all(kind))
        for kind in (*kinds, "stock_rows", "units", "categories", "reorder_points", "vendor_codes")
    }


class NoTime(httpx2.HTTPTransport):
    """A proxy on the way that takes the `Date` off each answer."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = super().handle_request(request)
        response.headers.pop("date", None)
        return response


def test_a_server_that_tells_no_time_is_read_as_a_whole_each_time(ward: Ward) -> None:
    def untold() -> PullReport:
        with session_with(ward.odoo, client=httpx2.Client(transport=NoTime())) as session:
            return pull(ward.device.store, session, ward.device.clock)

    gauze, first = expect(ward.odoo)
    untold()
    newer, second = expect(ward.odoo)
    ward.odoo.ok("stock.picking", "action_cancel", ids=[first])

    assert untold().stopped == ""

    catalogue = ward.device.store.catalogue
    expected = {one.id for one in catalogue.open_receipts()}
    assert (first in expected, second in expected) == (False, True)
    assert all(catalogue.product(one) for one in (gauze, newer))


class Fast(httpx2.HTTPTransport):
    """A way on which the server's `Date` is `ahead`; after the first page of products, `happens`."""

    def __init__(self, ahead: timedelta, happens: Callable[["Fast"], object] | None = None) -> None:
        super().__init__()
        self.ahead, self.happens = ahead, happens

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = super().handle_request(request)
        told = parsedate_to_datetime(response.headers["date"]) + self.ahead
        response.headers["date"] = format_datetime(told, usegmt=True)
        if self.happens and called_by(request) == "product.product.search_read":
            happens, self.happens = self.happens, None
            happens(self)
        return response


def names_over(ward: Ward, way: Fast, *goods: int) -> list[str]:
    """What the goods are called after a pull on that way."""
    with session_with(ward.odoo, client=httpx2.Client(transport=way)) as session:
        assert pull(ward.device.store, session, ward.device.clock).stopped == ""
    found = (ward.device.store.catalogue.product(one) for one in goods)
    return [one.name for one in found if one]


def test_what_odoo_dated_before_the_last_pull_and_showed_after_it_is_brought(ward: Ward) -> None:
    """Odoo dates a row when its transaction begins: by the server's clock of the last pull it is minutes old."""
    gauze, _ = expect(ward.odoo)
    ahead = timedelta(minutes=8)
    names_over(ward, Fast(ahead), gauze)
    ward.odoo.ok("product.product", "write", "admin", ids=[gauze], vals={"name": "Renamed"})

    assert names_over(ward, Fast(ahead), gauze) == ["Renamed"]


def test_what_is_written_behind_a_long_reading_is_not_lost(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows looks from when the first page was read, not the last (contract 3)."""
    monkeypatch.setattr("sync.odoo.wire.pages.PAGE", 5)
    goods = [ward.odoo.product("none") for _ in range(12)]
    first = ward.odoo.ok("product.product", "search", domain=[["type", "=", "consu"]], order="id", limit=1)[0]
    half_an_hour = timedelta(minutes=30)

    def renamed(way: Fast) -> None:
        ward.odoo.ok("product.product", "write", "admin", ids=[first], vals={"name": "Renamed"})
        way.ahead = half_an_hour

    names_over(ward, Fast(timedelta(0), renamed), *goods)

    assert names_over(ward, Fast(half_an_hour), first) == ["Renamed"]


def test_another_time_zone_reads_the_days_of_all_lots_anew(ward: Ward) -> None:
    lot = ward.odoo.lot(ward.odoo.product(), "A1", "2035-06-29 22:00:00")
    pulled(ward)
    utc = ward.device.store.catalogue.lot_by_id(lot)

    ward.device.store.device.settle_zone("Europe/Berlin")
    pulled(ward)

    local = ward.device.store.catalogue.lot_by_id(lot)
    assert utc is not None
    assert local is not None
    assert (utc.expiry, local.expiry) == (date(2035, 6, 29), date(2035, 6, 30))


def test_a_vendor_who_was_renamed_is_known_by_the_new_name_some_hours_later(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, picking = expect(ward.odoo)
    pulled(ward)
    partner = ward.odoo.row("stock.picking", picking, "partner_id")["partner_id"][0]
    ward.odoo.ok("res.partner", "write", "admin", ids=[partner], vals={"name": "Halden & Sons"})
    monkeypatch.setattr("sync.delta.whole.IDENTITIES_EVERY", timedelta(0))

    pulled(ward)

    vendor = ward.device.store.catalogue.partner(partner)
    assert vendor is not None
    assert vendor.name == "Halden & Sons"


def test_other_places_are_another_stock(ward: Ward) -> None:
    towel, here, there = ward.odoo.product("none"), ward.odoo.bin(), ward.odoo.bin()
    for place in (here, there):
        ward.odoo.validate(ward.odoo.document((towel, "", 5), target=place)["ids"][0])
    pulled(ward)
    catalogue, device = ward.device.store.catalogue, ward.device.store.device
    before = {one.key.location_id for one in catalogue.quants(product_id=towel)}

    enrolment, key = device.enrolment(), device.odoo_key()
    assert enrolment is not None
    device.enrol(replace(enrolment, location_ids=(there,)), key or "")
    pulled(ward)

    assert before == {here, there}
    assert {one.key.location_id for one in catalogue.quants(product_id=towel)} == {there}
    assert catalogue.open_receipts() == []


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
