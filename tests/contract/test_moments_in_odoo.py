"""What people in Odoo do to our papers and around our calls, while counts and movements are judged by their moments."""

from dataclasses import replace

import pytest

from sync.odoo.counts.moments import OLDER
from sync.transaction import Kind, Outcome, Transaction
from tests.contract.conftest import Odoo
from tests.contract.counting import (
    ago,
    apply,
    count,
    done,
    end_of,
    lay,
    meanwhile,
    papers,
    refused,
    rows,
    says,
    use,
    waits,
)
from tests.sync.acts import session_with

pytestmark = pytest.mark.contract

EIGHT, NINE, NOW = ago(2), ago(1), ago(0)
BOTH = pytest.mark.parametrize("kind", [Kind.COUNT, Kind.ADJUSTMENT])


def copy_of(odoo: Odoo, act: Transaction, *lines: tuple[int, str, float], source: int, target: int) -> int:
    """Duplicate and Return in Odoo copy a transfer's note (and Duplicate its origin); a person validates the copy."""
    (ours,) = papers(odoo, act)
    made = odoo.document(*lines, kind=odoo.transfers, source=source, target=target, origin=ours["origin"])["ids"][0]
    odoo.ok("stock.picking", "write", ids=[made], vals={"note": ours["note"]})
    odoo.validate(made)
    return int(made)


def relocated(odoo: Odoo, product: int, quantity: float, source: int, target: int) -> None:
    """Relocate and Unpack in Odoo book inventory moves between two shelves."""
    move = {"product_id": product, "product_uom_qty": quantity, "product_uom": odoo.unit, "is_inventory": True,
            "location_id": source, "location_dest_id": target, **odoo.named()}  # fmt: skip
    head = {"picking_type_id": odoo.transfers, "location_id": source, "location_dest_id": target}
    picking = odoo._made("stock.picking", head | {"move_ids": [[0, 0, move]]})
    odoo.ok("stock.picking", "action_confirm", ids=[picking])
    (made,) = odoo.rows("stock.move", ["picking_id", "=", picking], fields=["quantity"])
    odoo.ok("stock.move", "write", ids=[made["id"]], vals={"quantity": quantity, "picked": True})
    odoo.validate(picking)


def settle(odoo: Odoo, kind: Kind, product: int, shelf: int) -> None:
    if kind is Kind.COUNT:
        apply(odoo, product, shelf)


@BOTH
def test_a_copy_a_person_made_of_our_transfer_counts_from_its_booking(odoo: Odoo, kind: Kind) -> None:
    gauze, shelf, other = odoo.product("none"), odoo.bin(), odoo.bin()
    lay(odoo, gauze, shelf, 20)
    early = use(odoo, gauze, "5", shelf)

    with session_with(odoo) as session:
        done(end_of(session, early, EIGHT))
        copy_of(odoo, early, (gauze, "", 5), source=shelf, target=other)
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "15", shelf), kind=kind), NINE))

    settle(odoo, kind, gauze, shelf)
    assert odoo.on_hand(gauze, shelf) == 10


@BOTH
def test_a_return_of_a_difference_is_a_movement_and_no_word(odoo: Odoo, kind: Kind) -> None:
    gauze, shelf, other = odoo.product("none"), odoo.bin(), odoo.bin()
    lay(odoo, gauze, shelf, 20)
    early = count(odoo, says(odoo, 1, gauze, "15", shelf), kind=Kind.ADJUSTMENT)

    with session_with(odoo) as session:
        done(end_of(session, early, EIGHT))
        copy_of(odoo, early, (gauze, "", 5), source=other, target=shelf)
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "15", shelf), kind=kind), NINE))

    settle(odoo, kind, gauze, shelf)
    assert odoo.on_hand(gauze, shelf) == 20


@BOTH
def test_goods_relocated_in_odoo_moved_and_nobody_counted_them(odoo: Odoo, kind: Kind) -> None:
    gauze, shelf, other = odoo.product("none"), odoo.bin(), odoo.bin()
    lay(odoo, gauze, other, 10)
    lay(odoo, gauze, shelf, 5)
    relocated(odoo, gauze, 10, other, shelf)

    with session_with(odoo) as session:
        both = count(odoo, says(odoo, 1, gauze, "4", shelf), says(odoo, 2, gauze, "9", other), kind=kind)
        outcome = done(end_of(session, both, NINE))

    if kind is Kind.COUNT:
        apply(odoo, gauze, shelf)
        apply(odoo, gauze, other)
    assert [odoo.on_hand(gauze, one) for one in (shelf, other)] == [14, -1]
    assert OLDER not in [one.why for one in outcome.recounts]


@pytest.mark.parametrize("call", ["stock.move.line.search_read", "stock.quant.load"])
@BOTH
def test_goods_that_move_while_a_count_is_on_its_way_are_neither_lost_nor_taken_twice(
    odoo: Odoo, kind: Kind, call: str
) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    call = "stock.picking.load" if (kind, call) == (Kind.ADJUSTMENT, "stock.quant.load") else call

    def nurse() -> None:
        with session_with(odoo) as other:
            done(end_of(other, use(odoo, gauze, "2", shelf), NOW))

    with session_with(odoo, client=meanwhile(call, nurse)) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "10", shelf), kind=kind), NINE))

    settle(odoo, kind, gauze, shelf)
    assert odoo.on_hand(gauze, shelf) == 8


@BOTH
def test_a_movement_of_ours_whose_note_a_person_emptied_has_no_known_time(odoo: Odoo, kind: Kind) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    early = use(odoo, gauze, "5", shelf)

    with session_with(odoo) as session:
        done(end_of(session, early, EIGHT))
        odoo.ok("stock.picking", "write", ids=[papers(odoo, early)[0]["id"]], vals={"note": "<p>seen</p>"})
        told = refused(end_of(session, count(odoo, says(odoo, 1, gauze, "5", shelf), kind=kind), NINE))

    assert told.code == "count_time_unsure"
    assert rows(odoo, gauze, shelf) == [(5, None)]


def test_two_nurses_submit_one_shelf_in_one_moment_and_it_is_counted_again(odoo: Odoo) -> None:
    """The later number takes the place of the other in Odoo: both hear of it, whoever was the later."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    first = count(odoo, says(odoo, 1, gauze, "7", shelf))
    second = replace(count(odoo, says(odoo, 1, gauze, "5", shelf)), person="Ada")
    ends: list[Outcome] = []

    def colleague() -> None:
        with session_with(odoo) as other:
            ends.append(done(end_of(other, second, NINE)))

    with session_with(odoo, client=meanwhile("stock.quant.load", colleague)) as session:
        ends.append(done(end_of(session, first, NINE)))

    assert waits(odoo, gauze, shelf) == [7]
    assert [[one.why for one in end.recounts] for end in ends] == [[OLDER], [OLDER]]


def test_another_lot_of_the_product_is_not_in_doubt(odoo: Odoo) -> None:
    gauze, shelf = odoo.product(expires=False), odoo.bin()
    for name in ("A1", "a1"):
        lay(odoo, gauze, shelf, 10, odoo.lot(gauze, name))

    with session_with(odoo) as session:
        line = says(odoo, 1, gauze, "8", shelf, "A1", expiry=None)
        done(end_of(session, count(odoo, line, kind=Kind.ADJUSTMENT), NINE))
        late = done(end_of(session, use(odoo, gauze, "1", shelf, lot_name="a1"), EIGHT))

    assert late.recounts == ()


@BOTH
def test_ward_2_what_lies_in_a_package_or_belongs_to_somebody_is_not_counted_as_loose_goods(
    odoo: Odoo, kind: Kind
) -> None:
    gauze, shelf, owner = odoo.product("none"), odoo.bin(), odoo.vendor()
    lay(odoo, gauze, shelf, 12, owner_id=owner)
    loose, theirs = says(odoo, 1, gauze, "12", shelf), says(odoo, 2, gauze, "0", shelf, owner_id=owner)

    with session_with(odoo) as session:
        told = refused(end_of(session, count(odoo, loose, kind=kind), NINE))
        done(end_of(session, count(odoo, loose, theirs, kind=kind), NINE))

    settle(odoo, kind, gauze, shelf)
    assert (told.code, told.facts["location"], told.facts["done"]) == ("package_or_owner", odoo.row(
        "stock.location", shelf, "complete_name")["complete_name"], "12")  # fmt: skip
    assert odoo.on_hand(gauze, shelf) == 12


@BOTH
def test_goods_in_lots_that_odoo_no_longer_follows_are_not_counted_beside_them(odoo: Odoo, kind: Kind) -> None:
    gauze, shelf = odoo.product(expires=False), odoo.bin()
    lay(odoo, gauze, shelf, 10, odoo.lot(gauze))
    odoo.ok("product.product", "write", "admin", ids=[gauze], vals={"tracking": "none"})

    with session_with(odoo) as session:
        told = refused(end_of(session, count(odoo, says(odoo, 1, gauze, "10", shelf), kind=kind), NINE))

    assert told.code == "quant_rows"
    assert odoo.on_hand(gauze, shelf) == 10


@pytest.mark.parametrize("counted", ["0", "10"])
@BOTH
def test_a_lot_renamed_in_odoo_is_not_counted_under_its_old_name(odoo: Odoo, kind: Kind, counted: str) -> None:
    gauze, shelf = odoo.product(expires=False), odoo.bin()
    lot = odoo.lot(gauze, "A1")
    lay(odoo, gauze, shelf, 10, lot)
    line = says(odoo, 1, gauze, counted, shelf, "A1", lot_id=lot, expiry=None)
    odoo.ok("stock.lot", "write", "admin", ids=[lot], vals={"name": "A1-0"})

    with session_with(odoo) as session:
        told = refused(end_of(session, count(odoo, line, kind=kind), NINE))

    assert told.code == "lot_renamed"
    assert odoo.on_hand(gauze, shelf) == 10


@BOTH
def test_what_was_booked_before_the_count_happened_before_it_though_a_fast_clock_says_later(
    odoo: Odoo, kind: Kind
) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, use(odoo, gauze, "5", shelf), ago(-0.05)))
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "5", shelf), kind=kind), ago(-0.02)))

    settle(odoo, kind, gauze, shelf)
    assert odoo.on_hand(gauze, shelf) == 5
