"""Goods that go back on an order this device never received: Odoo is asked which move brought them (ward 25)."""

import pytest

from sync.odoo.wire.errors import OdooError
from sync.transaction import Kind, Transaction
from tests.contract.conftest import Odoo
from tests.contract.test_postings_free_kinds import VALIDATE, ordered, received
from tests.contract.unplanned import act, code_of, cut, done, lies, place, post_all, stocked, taken
from tests.sync.acts import STAMP, post, session_with

pytestmark = pytest.mark.contract


def expected(odoo: Odoo, product: int, quantity: int) -> tuple[str, int, int]:
    """An order's name, its id, its picking."""
    order = odoo.expected((product, quantity))
    return order["origin"], order["order"], order["id"]


def came(odoo: Odoo, picking: int, product: int, lot: str, quantity: int) -> None:
    """Somebody else received it, and kept the rest open."""
    lots = odoo.rows("stock.lot", ["product_id", "=", product], ["name", "=", lot], fields=["name"])
    odoo.receive(picking, (product, lots[0]["id"] if lots else odoo.lot(product, lot), quantity))
    odoo.validate(picking, skip_backorder=True, skip_expired=True)


def rest_of(odoo: Odoo, picking: int) -> int:
    return int(odoo.rows("stock.picking", ["backorder_id", "=", picking], fields=["name"])[0]["id"])


def back(odoo: Odoo, product: int, order: str, *lots: tuple[str, str]) -> Transaction:
    lines = [
        taken(odoo, number, product, quantity, odoo.stock, odoo.vendors, lot=lot)
        for number, (lot, quantity) in enumerate(lots, start=1)
    ]
    return act(odoo, *lines, kind=Kind.SUPPLIER_RETURN, origin=order)


def test_ward_25_an_order_alone_says_what_is_not_paid_for_and_it_goes_back_once(odoo: Odoo) -> None:
    gauze = odoo.product()
    name, order, picking = expected(odoo, gauze, 100)
    came(odoo, picking, gauze, "A1", 100)
    acted = back(odoo, gauze, name.lower(), ("A1", "20"))

    with session_with(odoo, client=cut(VALIDATE, after=True)) as session, pytest.raises(OdooError):
        post(session, acted, STAMP)
    with session_with(odoo) as session:
        outcome = post(session, acted, STAMP)

    assert (outcome.differs, ordered(odoo, order)) == ((), [80])
    assert lies(odoo, gauze) == {(odoo.stock, "A1"): 80}


def test_lots_that_came_with_two_deliveries_of_one_order_go_back_together(odoo: Odoo) -> None:
    gauze = odoo.product()
    name, order, picking = expected(odoo, gauze, 100)
    came(odoo, picking, gauze, "A1", 60)
    came(odoo, rest_of(odoo, picking), gauze, "B1", 40)

    with session_with(odoo) as session:
        outcome = post(session, back(odoo, gauze, name, ("A1", "10"), ("B1", "5")), STAMP)

    assert (outcome.differs, ordered(odoo, order)) == ((), [85])
    assert lies(odoo, gauze) == {(odoo.stock, "A1"): 50, (odoo.stock, "B1"): 35}


def test_no_more_goes_back_than_came_and_has_not_gone_back_yet(odoo: Odoo) -> None:
    gauze = odoo.product()
    name, order, picking = expected(odoo, gauze, 100)
    came(odoo, picking, gauze, "A1", 60)
    first, more, other = (back(odoo, gauze, name, one) for one in (("A1", "50"), ("A1", "11"), ("B1", "1")))
    odoo.lot(gauze, "B1")

    with session_with(odoo) as session:
        assert post(session, first, STAMP).differs == ()
        ends = post_all(session, [more, other])

    assert {code_of(end) for end in ends.values()} == {"not_received_there"}
    assert ordered(odoo, order) == [10]
    assert lies(odoo, gauze) == {(odoo.stock, "A1"): 10}


def test_two_devices_do_not_send_back_more_of_a_known_receipt_than_came(odoo: Odoo) -> None:
    """Each received and sends back offline, and knows only of its own (ward 25)."""
    gauze = odoo.product()
    order, move = received(odoo, gauze, 10, "A1")
    stocked(odoo, gauze, odoo.stock, 20, odoo.lot(gauze, "B1"))

    def of(quantity: str, lot: str = "A1") -> Transaction:
        return act(odoo, taken(odoo, 1, gauze, quantity, odoo.stock, odoo.vendors, lot=lot, move_id=move),
                   kind=Kind.SUPPLIER_RETURN)  # fmt: skip

    first, other, more, rest = of("6"), of("5"), of("5", "B1"), of("4", "B1")
    with session_with(odoo) as session:
        assert post(session, first, STAMP).differs == ()
        ends = post_all(session, [other, more])
        assert post(session, rest, STAMP).differs == ()

    assert {code_of(end) for end in ends.values()} == {"not_received_there"}
    assert ordered(odoo, order) == [0]
    assert lies(odoo, gauze) == {(odoo.stock, "A1"): 4, (odoo.stock, "B1"): 16}


@pytest.mark.parametrize("by_order", [False, True])
def test_of_two_returns_posted_together_the_second_finds_what_the_first_leaves(odoo: Odoo, by_order: bool) -> None:
    gauze, shelf = odoo.product(), place(odoo)
    stocked(odoo, gauze, shelf, 10, odoo.lot(gauze, "A1"))
    name, order, picking = expected(odoo, gauze, 10)
    came(odoo, picking, gauze, "A1", 10)
    move = None if by_order else odoo.moves(picking)[gauze]["id"]
    origin = name if by_order else ""
    first, second = (
        act(odoo, taken(odoo, 1, gauze, "6", at, odoo.vendors, lot="A1", move_id=move), kind=Kind.SUPPLIER_RETURN,
            origin=origin)
        for at in (odoo.stock, shelf)
    )  # fmt: skip

    with session_with(odoo) as session:
        ends = post_all(session, [first, second])

    assert (done(ends[first.uuid]).differs, code_of(ends[second.uuid])) == ((), "not_received_there")
    assert ordered(odoo, order) == [4]


def test_an_order_of_another_name_is_not_meant(odoo: Odoo) -> None:
    """P00012 is no part of P000123."""
    gauze = odoo.product()
    name, order, picking = expected(odoo, gauze, 10)
    came(odoo, picking, gauze, "A1", 10)
    short, unknown = back(odoo, gauze, name[:-1], ("A1", "1")), back(odoo, gauze, "no such order", ("A1", "1"))
    receipt = odoo.row("stock.picking", picking, "name")["name"]

    with session_with(odoo) as session:
        ends = post_all(session, [short, unknown])
        by_receipt = done(post_all(session, [acted := back(odoo, gauze, receipt, ("A1", "2"))])[acted.uuid])

    assert [code_of(ends[one.uuid]) for one in (short, unknown)] == ["not_received_there"] * 2
    assert (by_receipt.differs, ordered(odoo, order)) == ((), [8])
