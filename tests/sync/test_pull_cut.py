"""A short pull after a push is cut, and what only its first half could tell is not lost."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from sync.connection import connect
from sync.odoo.errors import Family, OdooError
from sync.pull import PullReport, pull, pull_recent
from sync.store.catalogue_pull import Pull
from sync.store.marks import Mark
from tests.faults.conftest import Killed
from tests.sync.conftest import Ward


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


def _pull(ward: Ward) -> PullReport:
    with connect(ward.device.store, ward.device.clock) as session:
        return pull(ward.device.store, session, ward.device.clock)


def _recent(ward: Ward, cut_at: str = "") -> PullReport:
    with connect(ward.device.store, ward.device.clock) as session:
        call = session.call

        def cut(model: str, method: str, **named: Any) -> Any:
            if model == cut_at:
                raise OdooError(Family.TRANSIENT_UNKNOWN)
            return call(model, method, **named)

        session.call = cut  # type: ignore[method-assign]  # the network breaks at a call
        return pull_recent(ward.device.store, session, ward.device.clock)
