"""A short pull after a push is cut, and what only its first half could tell is not lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import sleep
from typing import Any

import pytest

from sync.clock import Clock
from sync.connection import connect
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.session import Session
from sync.pull import PullReport, pull, pull_recent
from sync.store import Store
from sync.store.catalogue_pull import Pull
from sync.store.marks import Mark
from tests.contract.conftest import unique
from tests.faults.conftest import Killed
from tests.sync.conftest import Ward

A_SECOND = 1.1
"""Odoo tells whole ones."""


@pytest.fixture
def long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written before a pull is not asked for again by the next: the ten minutes are over."""
    monkeypatch.setattr("sync.store.marks.OVERLAP", timedelta(0))


def test_goods_that_left_while_a_short_pull_was_cut_do_not_stay_on_the_screen(ward: Ward) -> None:
    """Their row is deleted, which no date tells: only the done line does, and that was read before the cut."""
    towel, here, there = ward.odoo.product("none"), ward.odoo.bin(), ward.odoo.bin()
    ward.odoo.validate(ward.odoo.document((towel, "", 5), target=here)["ids"][0])
    _serve(ward, here)
    _pull(ward)
    ward.odoo.validate(ward.odoo.document((towel, "", 5), source=here, target=there)["ids"][0])
    ward.odoo.ok("stock.quant", "action_view_inventory", "manager")

    cut = _recent(ward, cut_at="stock.quant")
    whole = _recent(ward)

    assert (cut.stopped, whole.stopped) == ("odoo_transient_unknown", "")
    assert ward.device.store.catalogue.quants(product_id=towel) == []


def test_after_an_upgrade_a_short_pull_brings_what_the_first_release_did_not_know(ward: Ward) -> None:
    """It had pulled products, and no units to read a new one by."""
    into = ward.device.store.catalogue.begin()
    into.add(products=[], locations=[])
    into.flip(datetime.now(UTC))
    towel = ward.odoo.product("none")
    ward.odoo.validate(ward.odoo.document((towel, "", 5))["ids"][0])

    told = _recent(ward)

    assert told.stopped == ""
    assert [one.quantity for one in ward.device.store.catalogue.quants(product_id=towel)] == [5]


@pytest.mark.parametrize("kind", ["moves", "move_lines"])
def test_what_was_expected_on_a_cancelled_delivery_goes_with_it_although_the_device_died_in_between(
    ward: Ward, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = ward.odoo.expected((ward.odoo.product(), 10))["id"]
    _pull(ward)
    only = Pull.only

    def dying(into: Pull, name: str, *told: Any) -> None:
        if name == kind:
            raise Killed
        only(into, name, *told)

    ward.odoo.ok("stock.picking", "action_cancel", "admin", ids=[delivery])
    with monkeypatch.context() as now:
        now.setattr(Pull, "only", dying)
        with pytest.raises(Killed):
            _recent(ward)
    ward.device.restart()
    _recent(ward)

    assert ward.device.store.catalogue.moves(delivery) == []
    assert ward.device.store.catalogue.move_lines(delivery) == []


@pytest.mark.usefixtures("long_ago")
def test_a_unit_that_was_changed_before_the_line_was_cut_is_changed_for_its_goods_too(ward: Ward) -> None:
    unit = ward.odoo.unit_of(144)
    towel = ward.odoo.product("none", uom_id=unit)
    sleep(A_SECOND)
    _pull(ward)
    ward.odoo.ok("uom.uom", "write", "admin", ids=[unit], vals={"name": "Gross"})

    cut = _pull(ward, cut_at="product.product")
    _pull(ward)

    product = ward.device.store.catalogue.product(towel)
    assert cut.stopped == "odoo_transient_unknown"
    assert product is not None
    assert product.uom_name == "Gross"


@pytest.mark.usefixtures("long_ago")
def test_a_vendors_code_holds_for_a_variant_made_before_the_line_was_cut(ward: Ward) -> None:
    """The code names no variant, and was not written when another one was made."""
    towel, template, code = _coded(ward)
    sleep(A_SECOND)
    _pull(ward)
    other = ward.odoo.product("none", product_tmpl_id=template)

    cut = _pull(ward, cut_at="product.uom")
    _pull(ward)

    assert cut.stopped == "odoo_transient_unknown"
    assert {one.id for one in ward.device.store.catalogue.by_code(code)} == {towel, other}


@pytest.mark.usefixtures("long_ago")
def test_a_vendors_code_holds_for_a_variant_that_came_with_its_stock(ward: Ward) -> None:
    towel, template, code = _coded(ward)
    sleep(A_SECOND)
    _pull(ward)
    other = ward.odoo.product("none", product_tmpl_id=template)
    ward.odoo.validate(ward.odoo.document((other, "", 5))["ids"][0])

    _recent(ward)
    _pull(ward)

    assert {one.id for one in ward.device.store.catalogue.by_code(code)} == {towel, other}


@pytest.mark.parametrize("kind", ["pickings", "moves", "move_lines"])
def test_a_first_pull_that_dies_between_two_marks_is_no_end_of_all_pulls(
    ward: Ward, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Pull.keep

    def dying(into: Pull, name: str, mark: Mark) -> None:
        if name == kind and mark.complete:
            raise Killed
        keep(into, name, mark)

    with monkeypatch.context() as now:
        now.setattr(Pull, "keep", dying)
        with pytest.raises(Killed):
            _pull(ward)
    ward.device.restart()

    assert _pull(ward).stopped == ""
    assert ward.device.store.catalogue.counts()["moves"] > 0


def _serve(ward: Ward, place: int) -> None:
    device = ward.device.store.device
    enrolment = device.enrolment()
    assert enrolment is not None
    device.enrol(replace(enrolment, location_ids=(place,), enrolled_at=datetime.now(UTC)), device.odoo_key() or "")


def _coded(ward: Ward) -> tuple[int, int, str]:
    towel, code = ward.odoo.product("none"), unique("vendor-code")
    template = ward.odoo.row("product.product", towel, "product_tmpl_id")["product_tmpl_id"][0]
    partner = ward.odoo.ok("res.partner", "search", domain=[], limit=1)[0]
    told = {"partner_id": partner, "product_tmpl_id": template, "product_code": code}
    ward.odoo.ok("product.supplierinfo", "create", "admin", vals_list=[told])
    return towel, template, code


def _pull(ward: Ward, cut_at: str = "") -> PullReport:
    return _cut(ward, pull, cut_at)


def _recent(ward: Ward, cut_at: str = "") -> PullReport:
    return _cut(ward, pull_recent, cut_at)


def _cut(ward: Ward, bring: Callable[[Store, Session, Clock], PullReport], cut_at: str) -> PullReport:
    with connect(ward.device.store, ward.device.clock) as session:
        call = session.call

        def cut(model: str, method: str, **named: Any) -> Any:
            if model == cut_at:
                raise OdooError(Family.TRANSIENT_UNKNOWN)
            return call(model, method, **named)

        session.call = cut  # type: ignore[method-assign]  # the network breaks at a call
        return bring(ward.device.store, session, ward.device.clock)
