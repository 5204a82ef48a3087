"""Each refusal of `sync.choices`, made to happen on a real wire, with what Odoo must hold after each way out."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import httpx2

from sync.odoo import postings
from sync.odoo.posting.lots import lot_xid
from sync.odoo.posting.sending import Sending
from sync.store.holds import By, HoldLine
from sync.transaction import Document, Kind
from tests.contract.conftest import Odoo, unique
from tests.contract.counting import colleague_counts, count, lay, says
from tests.contract.planning import wanted
from tests.contract.test_postings_count import without_merging
from tests.contract.test_postings_receipt import half_done
from tests.contract.test_postings_trouble import hidden
from tests.contract.unplanned import Cut, act, cut, package, place, stocked, taken
from tests.end2end.cards_bench import Bench, Case
from tests.sync.acts import STAMP, line, post, receipt, session_with

GAUZE = "A1"


# -- others were there ---------------------------------------------------------------------------------------------


def already_done(b: Bench) -> Case:
    """Sixty came here; a colleague has booked forty of the hundred, and closed it."""
    gauze = b.odoo.product()
    order = b.odoo.expected((gauze, 100))
    with session_with(b.odoo, "manager") as session:
        post(session, receipt(b.odoo, order["id"], line(b.odoo, 1, gauze, "40", GAUZE)), STAMP)
    entry = b.refused(receipt(b.odoo, order["id"], line(b.odoo, 1, gauze, "60", GAUZE)))
    at = (b.odoo.stock, GAUZE)
    return Case(entry, gauze, {"withdraw": {at: 40}, "post-difference": {at: 60}, "really-more": {at: 100}})


def picked_by_person(b: Bench) -> Case:
    gauze, towel = b.odoo.product(), b.odoo.product("none")
    order = b.odoo.expected((gauze, 100), (towel, 20))
    half_done(b.odoo, order["id"], towel, 6)
    entry = b.refused(receipt(b.odoo, order["id"], line(b.odoo, 1, gauze, "30", GAUZE)))
    return again(
        b, Case(entry, gauze, {}, fix=lambda: put_down(b.odoo, order["id"], towel)), {(b.odoo.stock, GAUZE): 30}
    )


def taken_by_device(b: Bench) -> Case:
    """Another device has put sixty of another lot there: forty of ours find room, twenty are too many."""
    gauze = b.odoo.product()
    order = b.odoo.expected((gauze, 100))
    theirs = b.odoo.lot(gauze, "B1")
    b.odoo.receive(order["id"], (gauze, theirs, 60), xids=[f"{unique('other-device')}-1"])
    entry = b.refused(receipt(b.odoo, order["id"], line(b.odoo, 1, gauze, "60", GAUZE)))
    ours, others = (b.odoo.stock, GAUZE), (b.odoo.stock, "B1")
    return Case(entry, gauze, {"withdraw": {}, "post-difference": {ours: 60, others: 60}, "really-more": {ours: 60}})


def lines_changed(b: Bench) -> Case:
    gauze = b.odoo.product()
    order = b.odoo.expected((gauze, 100))
    acted = receipt(b.odoo, order["id"], line(b.odoo, 1, gauze, "30", GAUZE))
    lot = b.odoo.lot(gauze, GAUZE)
    b.odoo.receive(order["id"], (gauze, lot, 25), xids=[acted.line_xid(acted.lines[0])])
    return again(b, Case(b.refused(acted), gauze, {}), {(b.odoo.stock, GAUZE): 30})


# -- the document --------------------------------------------------------------------------------------------------


def picking_cancelled(b: Bench) -> Case:
    gauze = b.odoo.product()
    order = b.odoo.expected((gauze, 100))
    b.odoo.ok("stock.picking", "action_cancel", "manager", ids=[order["id"]])
    entry = b.refused(receipt(b.odoo, order["id"], line(b.odoo, 1, gauze, "30", GAUZE)))
    return Case(entry, gauze, {"withdraw": {}, "without-order": {(b.odoo.stock, GAUZE): 30}})


def picking_gone(b: Bench) -> Case:
    gauze = b.odoo.product()
    order = b.odoo.expected((gauze, 100))
    acted = receipt(b.odoo, order["id"], line(b.odoo, 1, gauze, "30", GAUZE))
    b.odoo.ok("stock.picking", "action_cancel", "admin", ids=[order["id"]])
    b.odoo.ok("stock.picking", "unlink", "admin", ids=[order["id"]])
    return Case(b.refused(acted), gauze, {"withdraw": {}, "without-order": {(b.odoo.stock, GAUZE): 30}})


def refused_before(b: Bench) -> Case:
    """A copy of this device was told to take it back."""
    gauze = b.odoo.product()
    acted = receipt(b.odoo, b.odoo.expected((gauze, 100))["id"], line(b.odoo, 1, gauze, "30", GAUZE))
    with b.session() as session:
        assert postings.withdraw(session, Sending(acted, STAMP)) is None
    return again(b, Case(b.refused(acted), gauze, {}), {(b.odoo.stock, GAUZE): 30})


def picking_not_ready(b: Bench) -> Case:
    """The goods are still on the dock."""
    towel, dock, store = b.odoo.product("none"), b.odoo.bin(), b.odoo.bin()
    first = wanted(b.odoo, towel, 10, b.odoo.vendors, dock, b.odoo.receipts)
    ordered: dict[str, Any] = {"move_orig_ids": [[4, first.move, 0]], "procure_method": "make_to_order"}
    second = wanted(b.odoo, towel, 10, dock, store, **ordered)
    told = taken(b.odoo, 1, towel, "10", dock, store)
    entry = b.refused(planned(b.odoo, second.id, dock, store, told))

    def arrives() -> None:
        with session_with(b.odoo) as session:
            post(session, receipt(b.odoo, first.id, line(b.odoo, 1, towel, "10", destination_id=dock)), STAMP)

    return again(b, Case(entry, towel, {}, fix=arrives), {(store, ""): 10})


def not_on_picking(b: Bench) -> Case:
    gauze, towel = b.odoo.product(), b.odoo.product("none")
    order = b.odoo.expected((gauze, 100))
    both = (line(b.odoo, 1, towel, "3"), line(b.odoo, 2, gauze, "30", GAUZE))
    entry = b.refused(receipt(b.odoo, order["id"], *both))
    came: dict[tuple[int, str], int] = {(b.odoo.stock, ""): 3}
    # The towels are taken in beside the order; the gauze on it.
    finish = ("!yes", "!confirm", "!yes")
    return Case(entry, towel, {"withdraw": {}, "without-order": came, "correct": came}, corrected=finish)


def not_received_there(b: Bench) -> Case:
    gauze, towel = b.odoo.product(), b.odoo.product("none")
    order = b.odoo.expected((gauze, 10))
    with session_with(b.odoo) as session:
        post(session, receipt(b.odoo, order["id"], line(b.odoo, 1, gauze, "10", GAUZE)), STAMP)
    move = b.odoo.moves(order["id"])[gauze]["id"]
    stocked(b.odoo, towel, b.odoo.stock, 5)
    back = taken(b.odoo, 1, towel, "2", b.odoo.stock, b.odoo.vendors, move_id=move)
    entry = b.refused(act(b.odoo, back, kind=Kind.SUPPLIER_RETURN))
    # This device received no towels: they go back without an order.
    ends = {"withdraw": {(b.odoo.stock, ""): 5}, "correct": {(b.odoo.stock, ""): 3}}
    return Case(entry, towel, ends, corrected=("!yes", "!confirm", "!reason wrong goods"))


# -- goods and places ----------------------------------------------------------------------------------------------


def product_gone(b: Bench) -> Case:
    """A rule hides it for a while. The practice ward has no rules: there nothing has that number yet."""
    if b.has_rules:
        towel = b.odoo.product("none")
        acted = act(b.odoo, line(b.odoo, 1, towel, "3"), kind=Kind.BLIND_RECEIPT)
        entry = b.refused(acted, while_=hidden(b.odoo, "product.product", towel))
        return again(b, Case(entry, towel, {}), {(b.odoo.stock, ""): 3})
    hidden_id = b.odoo.product("none") + 1
    entry = b.refused(act(b.odoo, line(b.odoo, 1, hidden_id, "3"), kind=Kind.BLIND_RECEIPT))

    def appears() -> None:
        assert b.odoo.product("none") == hidden_id

    return again(b, Case(entry, hidden_id, {}, fix=appears), {(b.odoo.stock, ""): 3})


def product_archived(b: Bench) -> Case:
    towel = b.odoo.product("none")
    acted = act(b.odoo, line(b.odoo, 1, towel, "3"), kind=Kind.BLIND_RECEIPT)
    archive(b.odoo, "product.product", towel)
    fix = lambda: archive(b.odoo, "product.product", towel, active=True)  # noqa: E731
    return again(b, Case(b.refused(acted), towel, {}, fix=fix), {(b.odoo.stock, ""): 3})


def unit_changed(b: Bench) -> Case:
    """Counted in a unit that is not the product's any more; opened again, it is counted in the one it has now."""
    towel = b.odoo.product("none")
    order = b.odoo.expected((towel, 10))
    other = b.odoo.rows("uom.uom", ["id", "!=", b.odoo.unit], fields=["name"])[0]["id"]
    entry = b.refused(receipt(b.odoo, order["id"], replace(line(b.odoo, 1, towel, "3"), uom_id=other)))
    came: dict[tuple[int, str], int] = {(b.odoo.stock, ""): 10}
    return Case(entry, towel, {"withdraw": {}, "correct": came}, corrected=("!qty 10 of 1", "!confirm"))


def location_gone(b: Bench) -> Case:
    towel, shelf = b.odoo.product("none"), b.odoo.bin()
    entry = b.refused(act(b.odoo, line(b.odoo, 1, towel, "3", destination_id=999_999), kind=Kind.BLIND_RECEIPT))
    return Case(entry, towel, {"withdraw": {}, "choose-shelf": {(shelf, ""): 3}}, {"choose-shelf": b.name(shelf)})


def location_archived(b: Bench) -> Case:
    towel, shelf, other = b.odoo.product("none"), b.odoo.bin(), b.odoo.bin()
    archive(b.odoo, "stock.location", shelf)
    entry = b.refused(act(b.odoo, line(b.odoo, 1, towel, "3", destination_id=shelf), kind=Kind.BLIND_RECEIPT))
    fix = lambda: archive(b.odoo, "stock.location", shelf, active=True)  # noqa: E731
    ends = {"withdraw": {}, "choose-shelf": {(other, ""): 3}, "settle-in-odoo": {(shelf, ""): 3}}
    return Case(entry, towel, ends, {"choose-shelf": b.name(other)}, fix)


def goods_held(b: Bench) -> Case:
    gauze, shelf, ward = b.odoo.product(), place(b.odoo), place(b.odoo)
    for lot in (GAUZE, "B1"):
        stocked(b.odoo, gauze, shelf, 10, b.odoo.lot(gauze, lot))
    hold = HoldLine(By.ID, str(gauze), "recall 12/2026", date(2026, 11, 21), GAUZE)
    b.store.holds.bring(unique("recalls"), [hold], b.clock.now(), "Joana", b.clock.now())
    lines = [taken(b.odoo, number, gauze, "2", shelf, ward, lot=lot) for number, lot in ((1, GAUZE), (2, "B1"))]
    entry = b.refused(act(b.odoo, *lines, kind=Kind.USE))
    left, used = {(shelf, GAUZE): 8, (shelf, "B1"): 8}, {(ward, "B1"): 2}
    ends = {
        "withdraw": {(shelf, GAUZE): 10, (shelf, "B1"): 10},
        "to-quarantine": {**left, **used, (b.cage, GAUZE): 2},
        "move-anyway": {**left, **used, (ward, GAUZE): 2},
    }
    return Case(entry, gauze, ends)


def too_little_stock(b: Bench) -> Case:
    towel, ward = b.odoo.product("none"), place(b.odoo)
    stocked(b.odoo, towel, b.safe, 5)
    entry = b.refused(act(b.odoo, taken(b.odoo, 1, towel, "8", b.safe, ward)))
    ends = {"withdraw": {(b.safe, ""): 5}, "recount": {(b.safe, ""): 2, (ward, ""): 8}, "correct": {(ward, ""): 5}}
    fewer = ("!qty 5 of 1", "!confirm")
    return Case(entry, towel, ends, fix=lambda: stocked(b.odoo, towel, b.safe, 5), corrected=fewer)


def goods_in_child(b: Bench) -> Case:
    """Four lie in the bin that is chosen; what is more is asked about again."""
    gauze, shelf, ward = b.odoo.product(), place(b.odoo), place(b.odoo)
    below = place(b.odoo, parent=shelf)
    stocked(b.odoo, gauze, below, 4, b.odoo.lot(gauze, GAUZE))
    entry = b.refused(act(b.odoo, taken(b.odoo, 1, gauze, "3", shelf, ward, lot=GAUZE)))
    ends = {"withdraw": {(below, GAUZE): 4}, "choose-shelf": {(below, GAUZE): 1, (ward, GAUZE): 3}}
    return Case(entry, gauze, ends, {"choose-shelf": b.name(below)})


def package_or_owner(b: Bench) -> Case:
    towel, shelf, ward = b.odoo.product("none"), place(b.odoo), place(b.odoo)
    pallet = package(b.odoo)
    stocked(b.odoo, towel, shelf, 12, package=pallet)
    entry = b.refused(act(b.odoo, taken(b.odoo, 1, towel, "5", shelf, ward)))
    ends = {"withdraw": {(shelf, ""): 12}, "choose-owner": {(shelf, ""): 7, (ward, ""): 5}}
    model = "stock.package" if b.odoo.major >= 19 else "stock.quant.package"
    return Case(entry, towel, ends, {"choose-owner": str(b.odoo.row(model, pallet, "name")["name"])})


# -- lots ----------------------------------------------------------------------------------------------------------


def lot_missing(b: Bench) -> Case:
    return chosen_lot(b, "", "GOOD")


def lot_unknown(b: Bench) -> Case:
    return chosen_lot(b, "NEVER SEEN", "GOOD")


def lot_renamed(b: Bench) -> Case:
    """The lot this device knew has another name since; its external id stays its own."""
    gauze = b.odoo.product()
    row: dict[str, Any] = {"id": f"__wardstock__.{lot_xid(1, gauze, 'OLD')}", "product_id/.id": gauze, "name": "OLD"}
    row |= {"expiration_date": "2035-06-30 12:00:00"} | ({} if b.odoo.major >= 18 else {"company_id/.id": 1})
    lot = b.odoo.load("stock.lot", list(row), list(row.values()))["ids"][0]
    b.odoo.ok("stock.lot", "write", "admin", ids=[lot], vals={"name": "NEW"})
    entry = b.refused(act(b.odoo, line(b.odoo, 1, gauze, "3", "OLD"), kind=Kind.BLIND_RECEIPT))
    ends = {"withdraw": {}, "choose-lot": {(b.odoo.stock, "NEW"): 3}}
    return Case(entry, gauze, ends, {"choose-lot": "NEW"})


def expiry_missing(b: Bench) -> Case:
    gauze, lot = b.odoo.product(), unique("L")
    order = b.odoo.expected((gauze, 10))
    entry = b.refused(receipt(b.odoo, order["id"], line(b.odoo, 1, gauze, "10", lot, expiry=None)))
    came = {(b.odoo.stock, lot): 10}
    finish = ("!expiry 2035-06-30", "!confirm")
    return Case(entry, gauze, {"withdraw": {}, "correct": came}, corrected=finish)


def expiry_differs(b: Bench) -> Case:
    gauze = b.odoo.product()
    b.odoo.lot(gauze, GAUZE, "2034-01-31 12:00:00")
    entry = b.refused(act(b.odoo, line(b.odoo, 1, gauze, "3", GAUZE), kind=Kind.BLIND_RECEIPT))
    came = {(b.odoo.stock, GAUZE): 3}
    return Case(entry, gauze, {"withdraw": {}, "use-label": came, "keep-odoo": came})


def serial_quantity(b: Bench) -> Case:
    pump, name = b.odoo.product("serial", expires=False), unique("S")
    order = b.odoo.expected((pump, 2))
    entry = b.refused(receipt(b.odoo, order["id"], line(b.odoo, 1, pump, "2", name, expiry=None)))
    finish = ("!qty 1 of 1", "!confirm", "!yes")
    return Case(entry, pump, {"withdraw": {}, "correct": {(b.odoo.stock, name): 1}}, corrected=finish)


def serial_in_stock(b: Bench) -> Case:
    """It lies on a shelf where nobody can see it: it was never put back there."""
    pump, shelf = b.odoo.product("serial", expires=False), place(b.odoo)
    stocked(b.odoo, pump, shelf, 1, serial(b.odoo, pump, "S1"))
    entry = b.refused(act(b.odoo, line(b.odoo, 1, pump, "1", "S1", expiry=None), kind=Kind.BLIND_RECEIPT))
    here = {(shelf, "S1"): 1}
    ends = {"withdraw": here, "choose-lot": {**here, (b.odoo.stock, "S2"): 1}, "recount": {(b.odoo.stock, "S1"): 1}}
    gone = act(b.odoo, taken(b.odoo, 1, pump, "1", shelf, b.loss, lot="S1", expiry=None))

    def nothing_there() -> None:
        with session_with(b.odoo) as session:
            post(session, gone, STAMP)

    return Case(entry, pump, ends, {"choose-lot": "S2"}, nothing_there)


def serial_elsewhere(b: Bench) -> Case:
    pump, shelf, other, ward = b.odoo.product("serial", expires=False), place(b.odoo), place(b.odoo), place(b.odoo)
    stocked(b.odoo, pump, shelf, 1, serial(b.odoo, pump, "S1"))
    stocked(b.odoo, pump, other, 1, serial(b.odoo, pump, "S2"))
    entry = b.refused(act(b.odoo, taken(b.odoo, 1, pump, "1", other, ward, lot="S1", expiry=None)))
    ends = {
        "withdraw": {(shelf, "S1"): 1, (other, "S2"): 1},
        "choose-shelf": {(ward, "S1"): 1, (other, "S2"): 1},
        "choose-lot": {(shelf, "S1"): 1, (ward, "S2"): 1},
    }
    return Case(entry, pump, ends, {"choose-shelf": b.name(shelf), "choose-lot": "S2"})


# -- counts --------------------------------------------------------------------------------------------------------
# Counts for approval change nothing in stock until people in Odoo apply them; `test_cards` looks at what waits there.


def count_pending(b: Bench) -> Case:
    towel, shelf = b.odoo.product("none"), b.odoo.bin()
    lay(b.odoo, towel, shelf, 10)
    colleague_counts(b.odoo, towel, shelf, 12)
    entry = b.refused(count(b.odoo, says(b.odoo, 1, towel, "7", shelf)))
    same = {(shelf, ""): 10}
    return Case(entry, towel, {"withdraw": same, "recount": same, "keep-ours": same})


def count_time_unsure(b: Bench) -> Case:
    """Goods moved, and the note that says when was emptied in Odoo. The other line of that count has no such doubt."""
    gauze, towel, shelf = b.odoo.product("none"), b.odoo.product("none"), b.odoo.bin()
    for goods in (gauze, towel):
        lay(b.odoo, goods, shelf, 10)
    used = act(b.odoo, taken(b.odoo, 1, gauze, "5", shelf, b.loss), kind=Kind.USE)
    with session_with(b.odoo) as session:
        done = post(session, used, replace(STAMP, acted_at=b.clock.now()))
    b.odoo.ok("stock.picking", "write", ids=[done.picking_id], vals={"note": "<p>seen</p>"})
    moment = replace(b.clock.moment(), wall=b.clock.now().replace(year=2025))
    two = (says(b.odoo, 1, gauze, "5", shelf), says(b.odoo, 2, towel, "9", shelf))
    acted = count(b.odoo, *two, acted_at=replace(moment, boot_id="another boot"))
    entry = b.refused(acted)
    return Case(entry, gauze, {"withdraw": {(shelf, ""): 5}, "recount": {(shelf, ""): 5}})


def count_overtaken(b: Bench) -> Case:
    """Somebody counted and applied while ours was on its way."""
    towel, shelf = b.odoo.product("none"), b.odoo.bin()
    lay(b.odoo, towel, shelf, 10)
    b.pull()
    acted = b.confirm(count(b.odoo, says(b.odoo, 1, towel, "12", shelf), kind=Kind.ADJUSTMENT))
    b.push(cut("stock.picking.button_validate"))
    colleague_applies(b.odoo, towel, shelf, 11)
    b.push()
    entry = b.entry(acted.uuid)
    assert entry.status == "refused", (entry.status, entry.code)
    b.pull()
    return Case(entry, towel, {"withdraw": {(shelf, ""): 11}, "recount": {(shelf, ""): 11}})


def counted_twice(b: Bench) -> Case:
    towel, shelf = b.odoo.product("none"), b.odoo.bin()
    lay(b.odoo, towel, shelf, 10)
    twice = [says(b.odoo, number, towel, str(number), shelf) for number in (1, 2)]
    same = {(shelf, ""): 10}
    # Both heaps were meant: three lie there.
    finish = ("!confirm", "!waive", "!reason not known")
    ends = {"withdraw": same, "recount": same, "correct": same}
    return Case(b.refused(count(b.odoo, *twice)), towel, ends, corrected=finish)


def quant_rows(b: Bench) -> Case:
    """Rows Odoo was told not to merge."""
    towel, shelf = b.odoo.product("none"), b.odoo.bin()
    for quantity in (5, 3):
        lay(b.odoo, towel, shelf, quantity)
    entry = b.refused(count(b.odoo, says(b.odoo, 1, towel, "7", shelf)), while_=without_merging(b.odoo))
    return again(b, Case(entry, towel, {}), {(shelf, ""): 8}, {(shelf, ""): 8})


def not_for_counts(b: Bench) -> Case:
    """Somebody scanned the vendor's place for a shelf."""
    towel, shelf = b.odoo.product("none"), b.odoo.bin()
    lay(b.odoo, towel, shelf, 10)
    entry = b.refused(count(b.odoo, says(b.odoo, 1, towel, "7", b.odoo.vendors), kind=Kind.ADJUSTMENT))
    ends = {"withdraw": {(shelf, ""): 10}, "choose-shelf": {(shelf, ""): 7}}
    return Case(entry, towel, ends, {"choose-shelf": b.name(shelf)})


# -- Odoo's own no -------------------------------------------------------------------------------------------------

VALIDATE: Final = "stock.picking.button_validate"


def odoo_asks(b: Bench) -> Case:
    wizard = {"type": "ir.actions.act_window", "name": "Quality Check", "res_model": "quality.check.wizard"}
    return said_no(b, lambda: cut(VALIDATE, answer=lambda: answered(b.odoo, wizard)))


def odoo_refused(b: Bench) -> Case:
    """Its own words are quoted; nobody knows better what to change."""
    towel = b.odoo.product("none")
    order = b.odoo.expected((towel, 3))
    no = error_of(b.odoo, 422, "odoo.exceptions.UserError")
    acted = receipt(b.odoo, order["id"], line(b.odoo, 1, towel, "3"))
    entry = b.refused(acted, client=lambda: cut(VALIDATE, answer=lambda: no))
    came: dict[tuple[int, str], int] = {(b.odoo.stock, ""): 3}
    ends = {"withdraw": {}, "correct": came, "settle-in-odoo": came}
    return Case(entry, towel, ends, corrected=("!confirm",))


def odoo_rights(b: Bench) -> Case:
    return said_no(b, lambda: cut(VALIDATE, answer=lambda: error_of(b.odoo, 403, "odoo.exceptions.AccessError")))


def odoo_bug(b: Bench) -> Case:
    return said_no(b, lambda: cut(VALIDATE, answer=lambda: error_of(b.odoo, 500, "builtins.TypeError")))


def odoo_unrecognised(b: Bench) -> Case:
    """The wire calls it `odoo_refused` by now; a card of another version may still stand in the store."""
    towel, shelf, ward = b.odoo.product("none"), place(b.odoo), place(b.odoo)
    stocked(b.odoo, towel, shelf, 10)
    b.pull()
    acted = b.confirm(act(b.odoo, taken(b.odoo, 1, towel, "3", shelf, ward)))
    b.store.outbox.mark_sending(acted.uuid, b.clock.now())
    b.store.outbox.mark_refused(acted.uuid, "odoo_unrecognised", {"message": "Zut alors."}, b.clock.now())
    return again(b, Case(b.entry(acted.uuid), towel, {}), {(shelf, ""): 7, (ward, ""): 3}, {(shelf, ""): 10})


def left_in_odoo(b: Bench) -> Case:
    """Odoo says no, and no again when our part is to be taken back."""
    towel, shelf, ward = b.odoo.product("none"), place(b.odoo), place(b.odoo)
    stocked(b.odoo, towel, shelf, 10)

    def no() -> httpx2.Response:
        return error_of(b.odoo, 422, "odoo.exceptions.UserError")

    def both() -> httpx2.Client:
        inner = Cut("stock.picking.action_cancel", answer=no)
        return httpx2.Client(transport=Cut(VALIDATE, answer=no, inner=inner), timeout=60)  # type: ignore[arg-type]  # a way too

    acted = act(b.odoo, taken(b.odoo, 1, towel, "3", shelf, ward))
    entry = b.refused(acted, client=both, passes=8)
    assert entry.code == "left_in_odoo", entry.code
    before, after = {(shelf, ""): 10}, {(shelf, ""): 7, (ward, ""): 3}
    ends = {"withdraw": before, "settle-in-odoo": after, "call-support": after}
    return Case(entry, towel, ends)


REFUSALS_MADE: Final[dict[str, Callable[[Bench], Case]]] = {
    made.__name__: made
    for made in (
        already_done, picked_by_person, taken_by_device, lines_changed, picking_cancelled, picking_gone, refused_before,
        picking_not_ready, not_on_picking, not_received_there, product_gone, product_archived, unit_changed,
        location_gone, location_archived, goods_held, too_little_stock, goods_in_child, package_or_owner, lot_missing,
        lot_unknown, lot_renamed, expiry_missing, expiry_differs, serial_quantity, serial_in_stock, serial_elsewhere,
        count_pending, count_time_unsure, count_overtaken, counted_twice, quant_rows, not_for_counts, odoo_asks,
        odoo_refused, odoo_rights, odoo_bug, odoo_unrecognised, left_in_odoo,
    )
}  # fmt: skip


# -- what they are made of -----------------------------------------------------------------------------------------


def again(
    b: Bench, case: Case, after: dict[tuple[int, str], int], before: dict[tuple[int, str], int] | None = None
) -> Case:
    """Nothing of it but when it is sent again; what stood in the way is gone then."""
    ends = {"withdraw": before or {}, **dict.fromkeys(("post-again", "settle-in-odoo", "call-support"), after)}
    return replace(case, lies=ends)


def chosen_lot(b: Bench, wrong: str, right: str) -> Case:
    """Goods left a shelf, and the lot that was written down cannot be."""
    gauze, shelf, ward = b.odoo.product(), place(b.odoo), place(b.odoo)
    stocked(b.odoo, gauze, shelf, 10, b.odoo.lot(gauze, right))
    entry = b.refused(act(b.odoo, taken(b.odoo, 1, gauze, "3", shelf, ward, lot=wrong), kind=Kind.USE))
    ends = {"withdraw": {(shelf, right): 10}, "choose-lot": {(shelf, right): 7, (ward, right): 3}}
    return Case(entry, gauze, ends, {"choose-lot": right})


def said_no(b: Bench, client: Callable[[], httpx2.Client]) -> Case:
    """Three towels to the ward, and Odoo's no."""
    towel, shelf, ward = b.odoo.product("none"), place(b.odoo), place(b.odoo)
    stocked(b.odoo, towel, shelf, 10)
    entry = b.refused(act(b.odoo, taken(b.odoo, 1, towel, "3", shelf, ward)), client=client, passes=4)
    return again(b, Case(entry, towel, {}), {(shelf, ""): 7, (ward, ""): 3}, {(shelf, ""): 10})


def planned(odoo: Odoo, picking: int, source: int, target: int, *lines: Any) -> Any:
    name = odoo.row("stock.picking", picking, "name")["name"]
    document = Document(odoo.transfers, source, target, picking_id=picking, picking_name=name)
    return replace(act(odoo, *lines), kind=Kind.PLANNED_TRANSFER, document=document)


def archive(odoo: Odoo, model: str, id_: int, *, active: bool = False) -> None:
    odoo.ok(model, "write", "admin", ids=[id_], vals={"active": active})


def put_down(odoo: Odoo, picking: int, product: int) -> None:
    """The colleague takes back what they had begun."""
    domain = [["picking_id", "=", picking], ["product_id", "=", product], ["picked", "=", True]]
    ids = [row["id"] for row in odoo.rows("stock.move.line", *domain, fields=["quantity"])]
    odoo.ok("stock.move.line", "unlink", "manager", ids=ids)


def serial(odoo: Odoo, product: int, name: str) -> int:
    fields, row = ["id", "product_id/.id", "name"], [f"__wardstock__.{unique('serial')}", product, name]
    more: tuple[list[str], list[Any]] = ([], []) if odoo.major >= 18 else (["company_id/.id"], [1])
    return int(odoo.load("stock.lot", [*fields, *more[0]], [*row, *more[1]])["ids"][0])


def colleague_applies(odoo: Odoo, product: int, shelf: int, counted: int) -> None:
    time.sleep(1.1)  # Odoo's times are whole seconds
    colleague_counts(odoo, product, shelf, counted)
    domain = [["product_id", "=", product], ["location_id", "=", shelf], ["inventory_quantity_set", "=", True]]
    ids = [row["id"] for row in odoo.rows("stock.quant", *domain, fields=["quantity"])]
    odoo.ok("stock.quant", "action_apply_inventory", "manager", ids=ids)


def answered(odoo: Odoo, told: object) -> httpx2.Response:
    if odoo.major >= 19:
        return httpx2.Response(200, json=told)
    return httpx2.Response(200, json={"jsonrpc": "2.0", "id": 1, "result": told})


def error_of(odoo: Odoo, status: int, name: str) -> httpx2.Response:
    no = {"name": name, "message": "Not today.", "debug": "", "arguments": [], "context": {}}
    if odoo.major >= 19:
        return httpx2.Response(status, json=no)
    told = {"code": 200, "message": "Odoo Server Error", "data": no}
    return httpx2.Response(200, json={"jsonrpc": "2.0", "id": 1, "error": told})
