"""Each act that nobody planned, as it stands in Odoo afterwards (design 5; ward 2, 24 to 29)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from sync.odoo.posting.sending import Photo
from sync.odoo.wire.errors import OdooError
from sync.transaction import Kind, Line, Transaction
from tests.contract.conftest import Odoo
from tests.contract.unplanned import act, code_of, cut, done, lies, package, place, post_all, refused, stocked, taken
from tests.sync.acts import STAMP, answer, blind, line, post, session_with

pytestmark = pytest.mark.contract

VALIDATE = "stock.picking.button_validate"


def test_a_transfer_moves_what_it_says_and_no_more(odoo: Odoo) -> None:
    gauze, shelf, ward = odoo.product(), place(odoo), place(odoo)
    stocked(odoo, gauze, shelf, 10, odoo.lot(gauze, "A1"))
    acted = act(odoo, taken(odoo, 1, gauze, "4", shelf, ward, lot="A1"))

    with session_with(odoo) as session:
        outcome = post(session, acted, STAMP)

    told = odoo.row("stock.picking", outcome.picking_id, "name", "state", "origin", "scheduled_date")
    assert (told["state"], told["name"]) == ("done", outcome.picking_name)
    assert told["origin"] == f"WS-7F3A/000001 · wardstock {acted.uuid}"
    assert (outcome.differs, outcome.recounts, outcome.robbed) == ((), (), ())
    assert lies(odoo, gauze) == {(shelf, "A1"): 6, (ward, "A1"): 4}


@pytest.mark.parametrize("kind", [Kind.USE, Kind.WASTE])
def test_what_is_used_or_wasted_leaves_the_house(odoo: Odoo, kind: Kind) -> None:
    """A transfer, never a `stock.scrap`: validating that again scraps again (contract 0.11)."""
    towel, shelf, gone = odoo.product("none"), place(odoo), place(odoo, "inventory")
    stocked(odoo, towel, shelf, 10)
    acted = act(odoo, taken(odoo, 1, towel, "3", shelf, gone), kind=kind, reason="expired <soon>")

    with session_with(odoo) as session:
        outcome = post(session, acted, STAMP)
        assert post(session, acted, STAMP) == outcome

    assert lies(odoo, towel) == {(shelf, ""): 7}
    assert "expired &lt;soon&gt;" in odoo.row("stock.picking", outcome.picking_id, "note")["note"]


def test_what_comes_back_from_a_patient_may_bring_its_lot(odoo: Odoo) -> None:
    gauze, shelf, used = odoo.product(), place(odoo), place(odoo, "customer")
    acted = act(odoo, taken(odoo, 1, gauze, "2", used, shelf, lot="R1"), kind=Kind.WARD_RETURN)

    with session_with(odoo) as session:
        outcome = post(session, acted, STAMP)

    assert outcome.differs == ()
    assert lies(odoo, gauze) == {(shelf, "R1"): 2}


def test_goods_on_their_way_lie_in_transit_until_they_arrive(odoo: Odoo) -> None:
    """Ward 27: what did not arrive stays on the way, with the name of the dispatch beside it."""
    gauze, store, ward, van = odoo.product(), place(odoo), place(odoo), place(odoo, "transit")
    stocked(odoo, gauze, store, 10, odoo.lot(gauze, "A1"))
    sent = act(odoo, taken(odoo, 1, gauze, "6", store, van, lot="A1"), kind=Kind.DISPATCH)

    with session_with(odoo) as session:
        dispatch = post(session, sent, STAMP)
        arrived = act(odoo, taken(odoo, 1, gauze, "4", van, ward, lot="A1"), kind=Kind.ARRIVAL, follows=sent.uuid,
                      origin=dispatch.picking_name)  # fmt: skip
        arrival = post(session, arrived, STAMP)

    assert lies(odoo, gauze) == {(store, "A1"): 4, (van, "A1"): 2, (ward, "A1"): 4}
    told = odoo.row("stock.picking", arrival.picking_id, "origin", "note")
    assert told["origin"].endswith(f" · {dispatch.picking_name}")
    assert sent.uuid in told["note"]
    assert arrival.recounts == ()


# -- what goods are told apart by (ward 2) -------------------------------------------------------------------------


def test_goods_of_an_owner_move_as_that_owners(odoo: Odoo) -> None:
    towel, shelf, ward, owner = odoo.product("none"), place(odoo), place(odoo), odoo.vendor()
    stocked(odoo, towel, shelf, 10, owner=owner)
    acted = act(odoo, taken(odoo, 1, towel, "4", shelf, ward, owner_id=owner))

    with session_with(odoo) as session:
        assert post(session, acted, STAMP).differs == ()

    assert quants(odoo, towel) == {(shelf, None, owner): 6, (ward, None, owner): 4}


@pytest.mark.parametrize("quantity", ["4", "10"])
def test_what_is_taken_out_of_a_package_lies_loose_afterwards(odoo: Odoo, quantity: str) -> None:
    """Also when it was all of it: Odoo empties the package and leaves it where it is, on 17, 18 and 19."""
    towel, shelf, ward, pallet = odoo.product("none"), place(odoo), place(odoo), package(odoo)
    stocked(odoo, towel, shelf, 10, package=pallet)
    acted = act(odoo, taken(odoo, 1, towel, quantity, shelf, ward, package_id=pallet))

    with session_with(odoo) as session:
        assert post(session, acted, STAMP).differs == ()

    left = {(shelf, pallet, None): 10 - Decimal(quantity)} if quantity != "10" else {}
    assert quants(odoo, towel) == left | {(ward, None, None): Decimal(quantity)}


# -- a wrong lot (ward 29) -----------------------------------------------------------------------------------------


def relabelled(odoo: Odoo, gauze: int, shelf: int, loss: int, done: str = "4", **more: Any) -> Transaction:
    out = taken(odoo, 1, gauze, done, shelf, loss, lot="A1")
    back = taken(odoo, 2, gauze, done, loss, shelf, lot="B1")
    return act(odoo, out, back, kind=Kind.LOT_CHANGE, **more)


def test_a_lot_change_happens_whole_and_once(odoo: Odoo) -> None:
    """One picking on 19, two linked ones before (contract 14.15)."""
    gauze, shelf, loss = odoo.product(), place(odoo), place(odoo, "inventory")
    stocked(odoo, gauze, shelf, 10, odoo.lot(gauze, "A1"))
    acted = relabelled(odoo, gauze, shelf, loss)

    with session_with(odoo) as session:
        outcome = post(session, acted, STAMP)
        again = post(session, acted, STAMP)

    assert outcome == again
    assert (outcome.differs, outcome.recounts) == ((), ())
    assert lies(odoo, gauze) == {(shelf, "A1"): 6, (shelf, "B1"): 4}
    assert len(outcome.more_names) == (0 if odoo.major >= 19 else 1)


def test_a_lot_change_that_was_cut_off_goes_on_where_it_was(odoo: Odoo) -> None:
    gauze, shelf, loss = odoo.product(), place(odoo), place(odoo, "inventory")
    stocked(odoo, gauze, shelf, 10, odoo.lot(gauze, "A1"))
    acted = relabelled(odoo, gauze, shelf, loss)

    with session_with(odoo, client=cut(VALIDATE)) as session, pytest.raises(OdooError):
        post(session, acted, STAMP)
    assert lies(odoo, gauze) == {(shelf, "A1"): 10}

    with session_with(odoo) as session:
        assert post(session, acted, STAMP).differs == ()
    assert lies(odoo, gauze) == {(shelf, "A1"): 6, (shelf, "B1"): 4}


def test_half_a_lot_change_done_by_hand_is_done_to_the_end(odoo: Odoo) -> None:
    gauze, shelf, loss = odoo.product(), place(odoo), place(odoo, "inventory")
    stocked(odoo, gauze, shelf, 10, odoo.lot(gauze, "A1"))
    acted = relabelled(odoo, gauze, shelf, loss)
    with session_with(odoo, client=cut(VALIDATE)) as session, pytest.raises(OdooError):
        post(session, acted, STAMP)

    first, *_ = odoo.rows("stock.picking", ["origin", "ilike", acted.uuid], fields=["name"])
    odoo.validate(first["id"], skip_backorder=True, skip_expired=True)
    with session_with(odoo) as session:
        outcome = post(session, acted, STAMP)

    assert outcome.differs == ()
    assert lies(odoo, gauze) == {(shelf, "A1"): 6, (shelf, "B1"): 4}


def test_half_a_lot_change_that_cannot_end_is_over_and_its_difference_told(odoo: Odoo) -> None:
    """What a person closed cannot be taken back, and must not be done again: done, and listed as different."""
    gauze, shelf, loss = odoo.product(), place(odoo), place(odoo, "inventory")
    stocked(odoo, gauze, shelf, 10, odoo.lot(gauze, "A1"))
    acted = relabelled(odoo, gauze, shelf, loss)
    with session_with(odoo, client=cut(VALIDATE)) as session, pytest.raises(OdooError):
        post(session, acted, STAMP)

    papers = odoo.rows("stock.picking", ["origin", "ilike", acted.uuid], fields=["name"])
    if len(papers) == 1:
        odoo.ok("stock.picking", "action_cancel", ids=[papers[0]["id"]])
    else:
        odoo.validate(papers[0]["id"], skip_backorder=True, skip_expired=True)
        odoo.ok("stock.picking", "action_cancel", ids=[papers[1]["id"]])
    with session_with(odoo) as session:
        end = post_all(session, [acted])[acted.uuid]

    if len(papers) == 1:
        assert code_of(end) == "refused_before"
        assert lies(odoo, gauze) == {(shelf, "A1"): 10}
    else:
        assert [(one.what, one.line, one.theirs) for one in done(end).differs] == [("line", 2, "")]
        assert lies(odoo, gauze) == {(shelf, "A1"): 6}


# -- back to the supplier (ward 25, contract 14.14) ----------------------------------------------------------------


def received(odoo: Odoo, product: int, quantity: int, lot: str) -> tuple[int, int]:
    """An order and the done move that received it."""
    order = odoo.expected((product, quantity))
    lots = odoo.rows("stock.lot", ["product_id", "=", product], ["name", "=", lot], fields=["name"])
    odoo.receive(order["id"], (product, lots[0]["id"] if lots else odoo.lot(product, lot), quantity))
    odoo.validate(order["id"], skip_backorder=True, skip_expired=True)
    return order["order"], order["moves"][product]["id"]


def ordered(odoo: Odoo, order: int) -> list[float]:
    rows = odoo.ok("purchase.order.line", "search_read", "admin", domain=[["order_id", "=", order]],
                   fields=["qty_received"], order="id")  # fmt: skip
    return [row["qty_received"] for row in rows]


def sent_back(odoo: Odoo, *lines: Line) -> Transaction:
    return act(odoo, *lines, kind=Kind.SUPPLIER_RETURN)


def test_what_goes_back_is_not_paid_for_and_goes_back_once(odoo: Odoo) -> None:
    gauze = odoo.product()
    order, move = received(odoo, gauze, 100, "A1")
    acted = sent_back(odoo, taken(odoo, 1, gauze, "20", odoo.stock, odoo.vendors, lot="A1", move_id=move))

    with session_with(odoo, client=cut(VALIDATE, after=True)) as session, pytest.raises(OdooError):
        post(session, acted, STAMP)
    with session_with(odoo) as session:
        outcome = post(session, acted, STAMP)

    assert outcome.differs == ()
    assert ordered(odoo, order) == [80]
    assert lies(odoo, gauze) == {(odoo.stock, "A1"): 80}
    moves = odoo.rows("stock.move", ["picking_id", "=", outcome.picking_id], fields=["to_refund", "state", "quantity"])
    assert [(one["to_refund"], one["state"], one["quantity"]) for one in moves] == [(True, "done", 20)]
    assert odoo.rows("stock.picking", ["backorder_id", "=", outcome.picking_id], fields=["name"]) == []


def test_lots_and_bins_of_one_order_go_back_on_one_move(odoo: Odoo) -> None:
    gauze, shelf = odoo.product(), place(odoo)
    order, move = received(odoo, gauze, 50, "A1")
    stocked(odoo, gauze, shelf, 5, odoo.lot(gauze, "B1"))
    lines = [
        taken(odoo, 1, gauze, "7", odoo.stock, odoo.vendors, lot="A1", move_id=move),
        taken(odoo, 2, gauze, "3", shelf, odoo.vendors, lot="B1", move_id=move),
    ]

    with session_with(odoo) as session:
        outcome = post(session, sent_back(odoo, *lines), STAMP)

    assert (outcome.differs, ordered(odoo, order)) == ((), [40])
    assert lies(odoo, gauze) == {(odoo.stock, "A1"): 43, (shelf, "B1"): 2}


def test_goods_of_two_orders_go_back_to_each_its_own(odoo: Odoo) -> None:
    """Odoo puts lines of one product on one move: two moves back make two documents."""
    gauze = odoo.product()
    (order_a, move_a), (order_b, move_b) = received(odoo, gauze, 10, "A1"), received(odoo, gauze, 10, "A1")
    lines = [
        taken(odoo, 1, gauze, "4", odoo.stock, odoo.vendors, lot="A1", move_id=move_a),
        taken(odoo, 2, gauze, "3", odoo.stock, odoo.vendors, lot="A1", move_id=move_b),
    ]

    with session_with(odoo) as session:
        outcome = post(session, sent_back(odoo, *lines), STAMP)

    assert outcome.differs == ()
    assert (ordered(odoo, order_a), ordered(odoo, order_b)) == ([6], [7])
    assert len(outcome.more_names) == 1


def test_goods_nobody_ordered_go_back_plainly(odoo: Odoo) -> None:
    gauze = odoo.product()
    with session_with(odoo) as session:
        found = post(session, blind(odoo, line(odoo, 1, gauze, "10", "A1")), STAMP)
        move = odoo.moves(found.picking_id)[gauze]["id"]
        named = taken(odoo, 1, gauze, "4", odoo.stock, odoo.vendors, lot="A1", move_id=move)
        plain = replace(named, number=1, done=Decimal(2), move_id=None)
        assert post(session, sent_back(odoo, named), STAMP).differs == ()
        assert post(session, sent_back(odoo, plain), STAMP).differs == ()

    assert lies(odoo, gauze) == {(odoo.stock, "A1"): 4}


def test_goods_do_not_go_back_to_a_move_that_never_received_them(odoo: Odoo) -> None:
    gauze, towel = odoo.product(), odoo.product("none")
    _, move = received(odoo, gauze, 10, "A1")
    stocked(odoo, towel, odoo.stock, 5)
    acted = sent_back(odoo, taken(odoo, 1, towel, "2", odoo.stock, odoo.vendors, move_id=move))

    with session_with(odoo) as session:
        ends = [post_all(session, [acted])[acted.uuid] for _ in range(2)]

    assert [code_of(end) for end in ends] == ["not_received_there", "refused_before"]
    assert lies(odoo, towel) == {(odoo.stock, ""): 5}


# -- pictures ------------------------------------------------------------------------------------------------------

BROKEN = Photo("p1", "broken.jpg", b"\xff\xd8 seal \xff\xd9")
WARM = Photo("p2", "warm.jpg", b"\xff\xd8 11 degrees \xff\xd9")


def pictures(odoo: Odoo, picking: int) -> list[str]:
    domain = [["res_model", "=", "stock.picking"], ["res_id", "=", picking]]
    return [row["name"] for row in odoo.rows("ir.attachment", *domain, fields=["name"])]


def test_pictures_hang_on_the_document_once(odoo: Odoo) -> None:
    towel = odoo.product("none")
    acted = blind(odoo, line(odoo, 1, towel, "4"))

    with session_with(odoo) as session:
        outcome = post(session, acted, STAMP, photos=(BROKEN, WARM))
        post(session, acted, STAMP, photos=(BROKEN, WARM))

    assert outcome.differs == ()
    assert pictures(odoo, outcome.picking_id) == ["broken.jpg", "warm.jpg"]


def test_what_is_refused_leaves_no_picture(odoo: Odoo) -> None:
    gauze = odoo.product()
    odoo.lot(gauze, "A1", "2034-01-01 12:00:00")
    acted = blind(odoo, line(odoo, 1, gauze, "4", "A1"))

    with session_with(odoo) as session:
        end = post_all(session, [acted], photos=[BROKEN])[acted.uuid]

    assert refused(end).code == "expiry_differs"
    stone = odoo.rows("stock.picking", ["origin", "ilike", acted.uuid], fields=["state"])
    assert [one["state"] for one in stone] == ["cancel"]
    assert pictures(odoo, stone[0]["id"]) == []


def test_a_picture_a_proxy_finds_too_large_does_not_refuse_the_booking(odoo: Odoo) -> None:
    towel = odoo.product("none")
    acted = blind(odoo, line(odoo, 1, towel, "4"))

    large = httpx2.Response(413, text="<html>413 Request Entity Too Large</html>")
    with session_with(odoo, client=cut("ir.attachment.load", answer=lambda: large)) as session:
        outcome = post(session, acted, STAMP, photos=(BROKEN,))

    assert [(one.what, one.ours, one.theirs) for one in outcome.differs] == [("photo", "broken.jpg", "too large")]
    assert odoo.on_hand(towel) == 4


def quants(odoo: Odoo, product: int) -> dict[tuple[int, int | None, int | None], Decimal]:
    """What lies where, by location, package and owner."""
    found: dict[tuple[int, int | None, int | None], Decimal] = {}
    names = ["location_id", "package_id", "owner_id", "quantity"]
    for row in odoo.rows("stock.quant", ["product_id", "=", product], ["location_id.usage", "=", "internal"],
                         fields=names):  # fmt: skip
        key = (row["location_id"][0], *(row[name][0] if row[name] else None for name in ("package_id", "owner_id")))
        found[key] = found.get(key, Decimal(0)) + Decimal(str(row["quantity"]))
    return {key: quantity for key, quantity in found.items() if quantity}


def test_a_lot_keeps_all_its_dates_when_the_label_decides(odoo: Odoo) -> None:
    """Also when goods leave a shelf: the day is compared before the lot is used."""
    gauze, shelf, ward = odoo.product(), place(odoo), place(odoo)
    lot = odoo.lot(gauze, "A1", "2034-06-30 12:00:00")
    stocked(odoo, gauze, shelf, 10, lot)
    one = taken(odoo, 1, gauze, "4", shelf, ward, lot="A1", expiry=date(2034, 7, 10))
    plain, decided = act(odoo, one), act(odoo, one, answers=(answer("lot_two_dates", "use-label", 1),))

    with session_with(odoo) as session:
        told = refused(post_all(session, [plain])[plain.uuid])
        outcome = post(session, decided, STAMP)

    assert (told.code, told.facts["theirs"]) == ("expiry_differs", "2034-06-30")
    assert outcome.differs == ()
    assert odoo.row("stock.lot", lot, "expiration_date")["expiration_date"] == "2034-07-10 12:00:00"


def test_acts_of_all_kinds_go_in_one_batch(odoo: Odoo) -> None:
    """What only some of them name (a package, an owner, a move to go back to) leaves the others as they are."""
    gauze, towel, shelf, ward = odoo.product(), odoo.product("none"), place(odoo), place(odoo)
    used, van, owner, pallet = place(odoo, "inventory"), place(odoo, "transit"), odoo.vendor(), package(odoo)
    order, move = received(odoo, gauze, 50, "A1")
    stocked(odoo, towel, shelf, 20, owner=owner)
    stocked(odoo, towel, shelf, 20, package=pallet)
    acts = [
        blind(odoo, line(odoo, 1, gauze, "5", "N1"), line(odoo, 2, towel, "2")),
        act(odoo, taken(odoo, 1, gauze, "4", odoo.stock, ward, lot="A1")),
        act(odoo, taken(odoo, 1, towel, "3", shelf, used, owner_id=owner), kind=Kind.USE),
        act(odoo, taken(odoo, 1, towel, "1", shelf, used, package_id=pallet), kind=Kind.WASTE),
        sent_back(odoo, taken(odoo, 1, gauze, "6", odoo.stock, odoo.vendors, lot="A1", move_id=move)),
        act(odoo, taken(odoo, 1, gauze, "7", odoo.stock, van, lot="A1"), kind=Kind.DISPATCH),
        relabelled(odoo, gauze, odoo.stock, used, "8"),
    ]

    with session_with(odoo) as session:
        told = post_all(session, acts)
        again = post_all(session, acts)

    assert [done(told[one.uuid]).differs for one in acts] == [()] * len(acts)
    assert again == told
    assert ordered(odoo, order) == [44]
    left = {(odoo.stock, "A1"): 25, (odoo.stock, "N1"): 5, (ward, "A1"): 4, (van, "A1"): 7, (odoo.stock, "B1"): 8}
    assert lies(odoo, gauze) == left
    assert quants(odoo, towel) == {(odoo.stock, None, None): 2, (shelf, None, owner): 17, (shelf, pallet, None): 19}
