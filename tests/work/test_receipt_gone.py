"""A record that was changed, archived, merged or taken away in Odoo never breaks a draft: it is said (ward 34)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from client.work.desk import Desk
from sync.store import Store
from tests.work.conftest import ORDER, SYRINGE, TOWEL, label, queued, say

L1 = label(SYRINGE, lot="L1", expiry="280331")


def pulled(store: Store, *, gone: tuple[str, int] | None = None, closed: str = "", **merged: list[Any]) -> None:
    pull = store.catalogue.resume()
    for kind, values in merged.items():
        pull.merge(kind, values)
    if gone:
        pull.remove(gone[0], [gone[1]])
    if closed:
        pull.retire("pickings", [replace(ORDER, state=closed)])
        pull.only("moves", "picking_id", [ORDER.id], ())
    pull.flip(max(store.catalogue.pulled_at().values()))


def begun(desk: Desk) -> str:
    say(desk, "P00012", L1, "!qty 40", "!home")
    [draft] = desk.store.drafts.open_drafts()
    return draft.uuid


def scans(desk: Desk) -> list[Decimal]:
    assert desk.delivery is not None
    return [add.quantity for add in desk.delivery.additions]


@pytest.mark.parametrize("state", ["done", "cancel"])
def test_ward_34_a_delivery_finished_in_odoo_is_resumed_and_said(store: Store, desk: Desk, state: str) -> None:
    draft = begun(desk)
    pulled(store, closed=state)

    said = desk.resume(draft)

    assert (said.code, said.facts["document"]) == ("resumed_closed", ORDER.name)
    assert scans(desk) == [40]
    assert desk.delivery is not None
    assert len(desk.delivery.expected) > 0
    assert desk.open_picking(ORDER.id).code == "picking_gone"


def test_ward_34_a_delivery_no_longer_visible_is_resumed_and_said(store: Store, desk: Desk) -> None:
    draft = begun(desk)
    pulled(store, gone=("pickings", ORDER.id))

    assert desk.resume(draft).code == "resumed_gone"
    assert scans(desk) == [40]


@pytest.mark.parametrize("changed", [{"active": False}, {"uom_id": 12, "uom_name": "kg"}])
def test_ward_34_goods_that_changed_in_odoo_are_named(store: Store, desk: Desk, changed: dict[str, Any]) -> None:
    draft = begun(desk)
    pulled(store, products=[replace(SYRINGE, **changed)])

    said = desk.resume(draft)

    assert (said.code, said.facts["product"]) == ("resumed_stale", SYRINGE.name)
    assert scans(desk) == [40]


def test_ward_34_goods_no_longer_visible_stay_in_the_draft_and_can_be_sent(store: Store, desk: Desk) -> None:
    draft = begun(desk)
    pulled(store, gone=("products", SYRINGE.id))

    assert desk.resume(draft).code == "resumed_stale"
    assert scans(desk) == [40]
    assert say(desk, TOWEL.barcode).code == "added"
    say(desk, "!note none", "!confirm", "!yes")
    assert [line.product_id for made in queued(desk) for line in made.lines] == [SYRINGE.id, TOWEL.id]
