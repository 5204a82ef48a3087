"""Judged on Odoo's own figures just before posting: what is refused, what is booked with a consequence (ward 1–6)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sync.odoo.free import posting as free
from sync.odoo.posting.sending import Sending, Site
from sync.transaction import Kind, Recount, Transaction
from tests.contract.conftest import Odoo
from tests.contract.unplanned import (
    act,
    code_of,
    done,
    lies,
    package,
    place,
    post_all,
    refused,
    stocked,
    taken,
)
from tests.sync.acts import STAMP, answer, line, session_with

pytestmark = pytest.mark.contract

LONG_AGO = replace(STAMP, acted_at=STAMP.acted_at - timedelta(days=30))


def ends(odoo: Odoo, *acts: Transaction, site: Site | None = None) -> list[Any]:
    """Posted as one batch: the end of each."""
    with session_with(odoo) as session:
        told = post_all(session, acts, site)
    return [told[one.uuid] for one in acts]


def cancelled(odoo: Odoo, acted: Transaction) -> list[str]:
    return [row["state"] for row in odoo.rows("stock.picking", ["origin", "ilike", acted.uuid], fields=["state"])]


# -- more than lies there (ward 3) ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.USE, Kind.TRANSFER])
def test_what_has_happened_is_booked_below_zero_and_the_shelf_is_counted(odoo: Odoo, kind: Kind) -> None:
    gauze, shelf, away = odoo.product(), place(odoo), place(odoo)
    lot = odoo.lot(gauze, "A1")
    stocked(odoo, gauze, shelf, 3, lot)
    acted = act(odoo, taken(odoo, 1, gauze, "5", shelf, away, lot="A1"), kind=kind)

    first, again = [ends(odoo, acted)[0] for _ in range(2)]

    assert done(first).recounts == (Recount("went_negative", gauze, shelf, lot),)
    assert done(again).recounts == done(first).recounts
    assert lies(odoo, gauze) == {(shelf, "A1"): -2, (away, "A1"): 5}


def test_lines_of_one_act_draw_on_one_shelf_together(odoo: Odoo) -> None:
    towel, shelf, away = odoo.product("none"), place(odoo), place(odoo)
    stocked(odoo, towel, shelf, 5)
    acted = act(odoo, *[taken(odoo, number, towel, "3", shelf, away) for number in (1, 2)])

    strict = Site(strict=frozenset({shelf}))

    assert [code_of(end) for end in ends(odoo, acted, site=strict)] == ["too_little_stock"]
    assert cancelled(odoo, acted) == ["cancel"]


def test_acts_of_one_batch_draw_on_one_shelf_together(odoo: Odoo) -> None:
    """The earlier one gets it; who comes later in a strict place does not go below zero."""
    towel, shelf, away = odoo.product("none"), place(odoo), place(odoo)
    stocked(odoo, towel, shelf, 5)
    acts = [act(odoo, taken(odoo, 1, towel, "3", shelf, away)) for _ in range(2)]

    told = ends(odoo, *acts, site=Site(strict=frozenset({shelf})))

    assert [code_of(end) for end in told] == ["done", "too_little_stock"]
    assert refused(told[1]).facts["there"] == "2"
    assert lies(odoo, towel) == {(shelf, ""): 2, (away, ""): 3}


def test_a_strict_ward_is_strict_on_all_its_shelves(odoo: Odoo) -> None:
    ward = place(odoo)
    towel, shelf, away = odoo.product("none"), place(odoo, parent=ward), place(odoo)
    acted = act(odoo, taken(odoo, 1, towel, "1", shelf, away))

    assert [code_of(end) for end in ends(odoo, acted, site=Site(strict=frozenset({ward})))] == ["too_little_stock"]


def test_rows_of_one_shelf_are_summed(odoo: Odoo) -> None:
    """Contract 14.2: three rows that hold ten together are ten."""
    towel, shelf, away = odoo.product("none"), place(odoo), place(odoo)
    for _ in range(3):
        stocked(odoo, towel, shelf, 4)
    acted = act(odoo, taken(odoo, 1, towel, "10", shelf, away))

    assert done(ends(odoo, acted, site=Site(strict=frozenset({shelf})))[0]).recounts == ()


def test_what_odoo_keeps_no_book_of_cannot_run_out(odoo: Odoo) -> None:
    storable = {"detailed_type": "consu"} if odoo.major == 17 else {"is_storable": False}
    pen, shelf, away = odoo.product("none", **storable), place(odoo), place(odoo)
    acted = act(odoo, taken(odoo, 1, pen, "3", shelf, away))

    assert done(ends(odoo, acted, site=Site(strict=frozenset({shelf})))[0]).recounts == ()


# -- where the goods are not (ward 2, 4, 34) -----------------------------------------------------------------------


def test_nothing_is_taken_from_above_the_bin_it_lies_in(odoo: Odoo) -> None:
    """Ward 4: Odoo would leave −3 above and 10 below."""
    gauze, shelf, away = odoo.product(), place(odoo), place(odoo)
    lot, bins = odoo.lot(gauze, "A1"), [place(odoo, parent=shelf) for _ in range(2)]
    for bin_ in bins:
        stocked(odoo, gauze, bin_, 4, lot)
    acted = act(odoo, taken(odoo, 1, gauze, "3", shelf, away, lot="A1"))

    told = refused(ends(odoo, acted)[0])

    names = [odoo.row("stock.location", bin_, "complete_name")["complete_name"] for bin_ in bins]
    assert told.code == "goods_in_child"
    assert told.facts["lies"] == "; ".join(f"{name}: 4" for name in names)
    assert lies(odoo, gauze) == {(bin_, "A1"): 4 for bin_ in bins}


def test_what_lies_above_may_be_taken_from_above(odoo: Odoo) -> None:
    towel, shelf, away = odoo.product("none"), place(odoo), place(odoo)
    below = place(odoo, parent=shelf)
    stocked(odoo, towel, shelf, 5)
    stocked(odoo, towel, below, 5)

    assert code_of(ends(odoo, act(odoo, taken(odoo, 1, towel, "5", shelf, away)))[0]) == "done"
    assert lies(odoo, towel) == {(below, ""): 5, (away, ""): 5}


def test_goods_of_a_package_or_an_owner_are_asked_about(odoo: Odoo) -> None:
    """Ward 2: Odoo would leave −5 beside the untouched goods."""
    towel, shelf, away, owner = odoo.product("none"), place(odoo), place(odoo), odoo.vendor()
    pallet = package(odoo)
    stocked(odoo, towel, shelf, 12, package=pallet)
    stocked(odoo, towel, shelf, 3, owner=owner)
    acted = act(odoo, taken(odoo, 1, towel, "5", shelf, away))
    owned = act(odoo, taken(odoo, 1, towel, "3", shelf, away, owner_id=owner))

    told, whose = ends(odoo, acted, owned)

    names = [odoo.rows(model, ["id", "=", id_], fields=["name"])[0]["name"]
             for model, id_ in ((package_model(odoo), pallet), ("res.partner", owner))]  # fmt: skip
    assert refused(told).code == "package_or_owner"
    assert refused(told).facts["lies"] == f"12 in {names[0]}; 3 of {names[1]}"
    assert code_of(whose) == "done"


def test_a_lot_odoo_never_saw_cannot_leave_a_shelf(odoo: Odoo) -> None:
    gauze, shelf, away = odoo.product(), place(odoo), place(odoo)
    acted = act(odoo, taken(odoo, 1, gauze, "3", shelf, away, lot="NEVER"), kind=Kind.USE)

    assert [code_of(end) for end in ends(odoo, acted)] == ["lot_unknown"]
    assert odoo.rows("stock.lot", ["product_id", "=", gauze], fields=["name"]) == []


def test_a_serial_is_moved_from_where_it_lies(odoo: Odoo) -> None:
    implant, shelf, other, away = odoo.product("serial", expires=False), place(odoo), place(odoo), place(odoo)
    serial = odoo.load("stock.lot", *lot_row(odoo, implant, "S1"))["ids"][0]
    stocked(odoo, implant, shelf, 1, serial)
    wrong = act(odoo, taken(odoo, 1, implant, "1", other, away, lot="S1", expiry=None))
    right = act(odoo, taken(odoo, 1, implant, "1", shelf, away, lot="S1", expiry=None))

    told, fine = ends(odoo, wrong, right)

    assert refused(told).code == "serial_elsewhere"
    assert refused(told).facts["location"] == odoo.row("stock.location", shelf, "complete_name")["complete_name"]
    assert code_of(fine) == "done"


def test_a_serial_that_lies_somewhere_does_not_arrive_again(odoo: Odoo) -> None:
    implant, shelf, used = odoo.product("serial", expires=False), place(odoo), place(odoo, "customer")
    serial = odoo.load("stock.lot", *lot_row(odoo, implant, "S1"))["ids"][0]
    stocked(odoo, implant, shelf, 1, serial)
    acted = act(odoo, taken(odoo, 1, implant, "1", used, shelf, lot="S1", expiry=None), kind=Kind.WARD_RETURN)

    assert code_of(ends(odoo, acted)[0]) == "serial_in_stock"


@pytest.mark.parametrize("what", ["product", "location"])
def test_what_was_archived_is_refused_before_it_is_posted_and_not_after(odoo: Odoo, what: str) -> None:
    """Odoo takes both (contract 14.17); what stands already was judged when it was made."""
    towel, shelf, away = odoo.product("none"), place(odoo), place(odoo)
    stocked(odoo, towel, shelf, 5)
    before, after = [act(odoo, taken(odoo, 1, towel, "1", shelf, away)) for _ in range(2)]
    assert code_of(ends(odoo, before)[0]) == "done"

    model, id_ = ("product.product", towel) if what == "product" else ("stock.location", away)
    # Odoo archives only an empty place.
    assert code_of(ends(odoo, act(odoo, taken(odoo, 1, towel, "1", away, shelf)))[0]) == "done"
    told = odoo.ok(model, "load", "admin", fields=[".id", "active"], data=[[id_, "0"]], context={})
    assert told["ids"], told

    assert [code_of(end) for end in ends(odoo, before, after)] == ["done", f"{what}_archived"]


def test_what_vanished_is_refused_by_name(odoo: Odoo) -> None:
    towel, shelf = odoo.product("none"), place(odoo)
    stocked(odoo, towel, shelf, 5)
    nowhere = act(odoo, taken(odoo, 1, towel, "1", shelf, 999_999))
    nothing = act(odoo, taken(odoo, 1, 999_999, "1", shelf, odoo.stock))
    boxed = act(odoo, replace(taken(odoo, 1, towel, "1", shelf, odoo.stock), uom_id=999_999))

    codes = [code_of(end) for end in ends(odoo, nowhere, nothing, boxed)]

    assert codes == ["location_gone", "product_gone", "unit_changed"]


# -- held goods (ward 31) ------------------------------------------------------------------------------------------


def test_held_goods_move_to_quarantine_only_or_where_a_person_said_so(odoo: Odoo) -> None:
    gauze, shelf, away, cage = odoo.product(), place(odoo), place(odoo), place(odoo)
    corner = place(odoo, parent=cage)
    for name in ("A1", "B1"):
        stocked(odoo, gauze, shelf, 10, odoo.lot(gauze, name))
    site = Site(held={(gauze, "A1"): "recall 12/2026"}, quarantine=frozenset({cage}))
    one = taken(odoo, 1, gauze, "2", shelf, away, lot="A1")
    acts = [
        act(odoo, one),
        act(odoo, replace(one, destination_id=corner)),
        act(odoo, one, answers=(answer("goods_held", "move-anyway", 1),)),
        act(odoo, replace(one, lot_name="B1")),
    ]

    told = ends(odoo, *acts, site=site)

    assert [code_of(end) for end in told] == ["goods_held", "done", "done", "done"]
    assert refused(told[0]).facts["why"] == "recall 12/2026"


def test_a_hold_on_a_product_holds_all_its_lots_and_what_arrives(odoo: Odoo) -> None:
    gauze = odoo.product()
    acted = act(odoo, line(odoo, 1, gauze, "2", "A1"), kind=Kind.BLIND_RECEIPT)

    assert code_of(ends(odoo, acted, site=Site(held={(gauze, ""): "recall"}))[0]) == "goods_held"


# -- reserved for another (ward 6) ---------------------------------------------------------------------------------


def test_whose_goods_are_taken_is_named(odoo: Odoo) -> None:
    towel, shelf, away = odoo.product("none"), place(odoo), place(odoo)
    stocked(odoo, towel, shelf, 10)
    robbed = reserving(odoo, towel, shelf, away, 8)
    spare = act(odoo, taken(odoo, 1, towel, "2", shelf, away))
    robs = act(odoo, taken(odoo, 1, towel, "4", shelf, away))

    first, second, again = [*ends(odoo, spare), *ends(odoo, robs), *ends(odoo, robs)]

    assert (done(first).robbed, done(second).robbed, done(again).robbed) == ((), (robbed,), (robbed,))
    assert done(second).recounts == ()
    note = odoo.row("stock.picking", done(second).picking_id, "note")["note"]
    assert f"was reserved for {robbed}" in note


def reserving(odoo: Odoo, product: int, source: int, target: int, quantity: int) -> str:
    """The name of a person's transfer that has reserved so much."""
    values = {"product_id": product, "product_uom": odoo.unit, "product_uom_qty": quantity, "location_id": source,
              "location_dest_id": target} | ({} if odoo.major >= 19 else {"name": "for ICU"})  # fmt: skip
    header = {"picking_type_id": odoo.transfers, "location_id": source, "location_dest_id": target}
    picking = odoo._made("stock.picking", header | {"move_ids": [[0, 0, values]]})
    for method in ("action_confirm", "action_assign"):
        odoo.ok("stock.picking", method, "admin", ids=[picking])
    return str(odoo.row("stock.picking", picking, "name")["name"])


def package_model(odoo: Odoo) -> str:
    return "stock.package" if odoo.major >= 19 else "stock.quant.package"


def lot_row(odoo: Odoo, product: int, name: str) -> tuple[list[str], list[Any]]:
    fields, row = ["id", "product_id/.id", "name"], [f"__wardstock__.serial-{product}", product, name]
    if odoo.major == 17:
        return [*fields, "company_id/.id"], [*row, 1]
    return fields, row


def test_a_movement_older_than_a_count_raises_a_recount(odoo: Odoo) -> None:
    """Ward 1: the count knew of it, or did not; nobody can tell any more."""
    towel, shelf, away = odoo.product("none"), place(odoo), place(odoo)
    stocked(odoo, towel, shelf, 10)
    counted(odoo, towel, shelf, 8)
    acted = act(odoo, taken(odoo, 1, towel, "2", shelf, away))

    told: dict[str, Any] = {}
    with session_with(odoo) as session:
        free.post(session, [Sending(acted, LONG_AGO)], Site(), told.__setitem__)

    assert done(told[acted.uuid]).recounts == (Recount("older_than_count", towel, shelf),)


def counted(odoo: Odoo, product: int, where: int, quantity: int) -> None:
    """A manager counts and applies on Odoo's screen."""
    quant = odoo.rows("stock.quant", ["product_id", "=", product], ["location_id", "=", where], fields=["quantity"])
    ids, mode = [quant[0]["id"]], {"inventory_mode": True}
    odoo.ok("stock.quant", "write", "manager", ids=ids, vals={"inventory_quantity": quantity}, context=mode)
    odoo.ok("stock.quant", "action_apply_inventory", "manager", ids=ids)


def test_goods_that_only_pass_a_shelf_are_not_missing_there(odoo: Odoo) -> None:
    """From the store over the trolley to the ward, in one act; a strict place is no reason to refuse it either."""
    gauze, store, trolley, ward = odoo.product(), place(odoo), place(odoo), place(odoo)
    stocked(odoo, gauze, store, 10, odoo.lot(gauze, "A1"))
    lines = [
        taken(odoo, 1, gauze, "4", store, trolley, lot="A1"),
        taken(odoo, 2, gauze, "4", trolley, ward, lot="A1"),
    ]
    too_much = taken(odoo, 2, gauze, "5", trolley, ward, lot="A1")
    strict = Site(strict=frozenset({trolley}))

    with session_with(odoo) as session:
        whole, part = act(odoo, *lines), act(odoo, lines[0], too_much)
        outcome = done(post_all(session, [whole], strict)[whole.uuid])
        short = refused(post_all(session, [part], strict)[part.uuid])

    assert (outcome.differs, outcome.recounts) == ((), ())
    assert (short.code, short.facts["there"]) == ("too_little_stock", "4")
    assert lies(odoo, gauze) == {(store, "A1"): 6, (ward, "A1"): 4}
