"""A transfer somebody asked for, as Wardstock posts it: other lots, reservations, steps, the rest (ward 6, 20, 28)."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import httpx2
import pytest

from sync.odoo import postings
from sync.odoo.posting.sending import Photo, Sending
from sync.odoo.wire.errors import Refused
from sync.transaction import Recount, Transaction
from tests.contract.conftest import Odoo
from tests.contract.planning import kind_like, lay, send, shelf_with, took, wanted
from tests.contract.test_postings_races import ending, open_lines
from tests.contract.unplanned import called_by
from tests.sync.acts import STAMP, line, post, receipt, session_with

pytestmark = pytest.mark.contract


def refusal(odoo: Odoo, act: Transaction) -> Refused:
    with session_with(odoo) as session, pytest.raises(Refused) as caught:
        post(session, act, STAMP)
    return caught.value


def test_a_part_of_what_was_asked_for_is_sent_and_the_rest_stays_reserved(odoo: Odoo) -> None:
    gauze, store, ward = odoo.product(), odoo.bin(), odoo.bin()
    shelf = shelf_with(odoo, gauze, "A", 10, store)
    want = wanted(odoo, gauze, 10, store, ward)

    with session_with(odoo) as session:
        outcome = post(session, send(want, took(want, 1, "4", "A", shelf)), STAMP)

    assert (outcome.picking_name, outcome.differs, outcome.recounts) == (want.name, (), ())
    assert outcome.backorder_name
    assert [odoo.on_hand(gauze, shelf), odoo.on_hand(gauze, ward)] == [6, 4]
    assert [want.rest(), want.reserved()] == [6, 6]


def test_another_lot_than_the_reserved_one_may_be_taken(odoo: Odoo) -> None:
    """Ward 28: Odoo lets go of what was not used."""
    gauze, store, ward = odoo.product(), odoo.bin(), odoo.bin()
    first = shelf_with(odoo, gauze, "A", 10, store)
    want = wanted(odoo, gauze, 10, store, ward)
    second = shelf_with(odoo, gauze, "B", 10, store)

    with session_with(odoo) as session:
        outcome = post(session, send(want, took(want, 1, "10", "B", second)), STAMP)

    assert (outcome.differs, outcome.backorder_name, outcome.robbed) == ((), "", ())
    assert [odoo.on_hand(gauze, place) for place in (first, second, ward)] == [10, 0, 10]
    assert want.reserved() == 0


def test_requested_and_only_partly_available_is_sent_as_far_as_it_was_found(odoo: Odoo) -> None:
    """Ward 28: "requested, 4 of 10 available"."""
    gauze, store, ward = odoo.product(), odoo.bin(), odoo.bin()
    shelf = shelf_with(odoo, gauze, "A", 4, store)
    want = wanted(odoo, gauze, 10, store, ward)

    with session_with(odoo) as session:
        outcome = post(session, send(want, took(want, 1, "4", "A", shelf)), STAMP)

    assert (outcome.differs, outcome.recounts) == ((), ())
    assert [odoo.on_hand(gauze, shelf), odoo.on_hand(gauze, ward), want.reserved()] == [0, 4, 0]
    assert want.rest() == 6


def test_what_odoo_believes_is_not_there_was_found_all_the_same(odoo: Odoo) -> None:
    """Ward 3: it is booked, and its shelf is to be counted."""
    gauze, store, ward = odoo.product(), odoo.bin(), odoo.bin()
    shelf = odoo.bin(store)
    lot = odoo.lot(gauze, "A")
    want = wanted(odoo, gauze, 10, store, ward)
    act = send(want, took(want, 1, "3", "A", shelf))

    with session_with(odoo) as session:
        first, again = post(session, act, STAMP), post(session, act, STAMP)

    assert first.recounts == (Recount("went_negative", gauze, shelf, lot),)
    assert again == first
    assert [odoo.on_hand(gauze, shelf), odoo.on_hand(gauze, ward)] == [-3, 3]


def test_a_shelf_below_zero_is_to_be_counted_also_when_the_device_died_after_the_load(odoo: Odoo) -> None:
    """What the first run foresaw died with it."""
    towel, store, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    want = wanted(odoo, towel, 10, store, ward)
    act = send(want, took(want, 1, "3"))
    half_loaded(odoo, act)

    with session_with(odoo) as session:
        outcome = post(session, act, STAMP)

    assert (outcome.differs, outcome.recounts) == ((), (Recount("went_negative", towel, store),))


def test_what_a_copy_loads_while_it_is_taken_back_is_taken_off_too(odoo: Odoo) -> None:
    """The copy sees its turn gone and leaves: its lines must not wait there for whoever validates next."""
    towel, store, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    lay(odoo, towel, store, 10)
    want = wanted(odoo, towel, 10, store, ward)
    act = send(want, took(want, 1, "3"))

    class Meanwhile(httpx2.HTTPTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if called_by(request) == "stock.picking.action_cancel":  # of the stone
                half_loaded(odoo, act)
            return super().handle_request(request)

    with session_with(odoo, client=httpx2.Client(transport=Meanwhile(), timeout=60)) as session:
        assert postings.withdraw(session, Sending(act, STAMP)) is None

    assert open_lines(odoo, towel) == []
    assert want.reserved() == 10


def test_goods_of_an_owner_in_a_shelf_are_sent_as_his(odoo: Odoo) -> None:
    gauze, owner, store, ward = odoo.product("none"), odoo.vendor(), odoo.bin(), odoo.bin()
    lay(odoo, gauze, store, 5, owner_id=owner)
    want = wanted(odoo, gauze, 5, store, ward)

    refused = refusal(odoo, send(want, took(want, 1, "5")))
    with session_with(odoo) as session:
        outcome = post(session, send(want, took(want, 1, "5", owner_id=owner)), STAMP)

    assert refused.code == "package_or_owner"
    assert (outcome.differs, outcome.recounts) == ((), ())
    rows = odoo.rows("stock.quant", ["product_id", "=", gauze], ["location_id", "=", ward], fields=["owner_id"])
    assert [row["owner_id"][0] for row in rows] == [owner]


def test_the_picking_whose_goods_were_taken_is_named(odoo: Odoo) -> None:
    """Ward 6."""
    gauze, store, ward, other = odoo.product("none"), odoo.bin(), odoo.bin(), odoo.bin()
    lay(odoo, gauze, store, 10)
    theirs = wanted(odoo, gauze, 10, store, other)
    want = wanted(odoo, gauze, 4, store, ward)
    act = send(want, took(want, 1, "4"))

    with session_with(odoo) as session:
        first, again = post(session, act, STAMP), post(session, act, STAMP)

    assert first.robbed == again.robbed == (theirs.name,)
    assert [odoo.on_hand(gauze, store), odoo.on_hand(gauze, ward)] == [6, 4]


def test_goods_leave_to_a_customer_as_they_were_asked_for(odoo: Odoo) -> None:
    gauze, store = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, store, 10)
    customers = odoo.rows("stock.location", ["usage", "=", "customer"], fields=["name"])[0]["id"]
    out = odoo.rows("stock.picking.type", ["code", "=", "outgoing"], fields=["name"])[0]["id"]
    want = wanted(odoo, gauze, 6, store, customers, out)

    with session_with(odoo) as session:
        outcome = post(session, send(want, took(want, 1, "6")), STAMP)

    assert (outcome.differs, outcome.backorder_name, want.state) == ((), "", "done")
    assert odoo.on_hand(gauze) == 4


def test_ward_20_a_second_step_waits_for_the_first_and_says_so(odoo: Odoo) -> None:
    """Ward 20: from the dock to the store, from the store to the shelf."""
    gauze, dock, store = odoo.product("none"), odoo.bin(), odoo.bin()
    first = wanted(odoo, gauze, 10, odoo.vendors, dock, odoo.receipts)
    second = wanted(odoo, gauze, 10, dock, store, move_orig_ids=[[4, first.move, 0]], procure_method="make_to_order")
    come = receipt(odoo, first.id, line(odoo, 1, gauze, "10", destination_id=dock))

    assert second.state == "waiting"
    early = refusal(odoo, send(second, took(second, 1, "10")))
    with session_with(odoo) as session:
        arrived = post(session, come, STAMP)
        put_away = post(session, send(second, took(second, 1, "10")), STAMP)

    assert (early.code, early.facts["state"], early.facts["waits_for"]) == ("picking_not_ready", "waiting", first.name)
    assert arrived.next_names == (second.name,)
    assert (put_away.differs, put_away.backorder_name) == ((), "")
    assert [odoo.on_hand(gauze, dock), odoo.on_hand(gauze, store)] == [0, 10]


def test_what_a_person_photographed_hangs_on_the_picking_once(odoo: Odoo) -> None:
    gauze, store, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    lay(odoo, gauze, store, 10)
    want = wanted(odoo, gauze, 10, store, ward)
    act = send(want, took(want, 1, "10"))
    photos = (Photo("p1", "torn box.jpg", b"\xff\xd8 a picture"),)

    with session_with(odoo) as session:
        ends = [post(session, act, STAMP, photos=photos) for _ in range(2)]

    domain = [["res_model", "=", "stock.picking"], ["res_id", "=", want.id]]
    names = [row["name"] for row in odoo.rows("ir.attachment", *domain, fields=["name"])]
    assert ends[0] == ends[1]
    assert sorted(names) == ["torn box.jpg", f"wardstock-{act.uuid}.txt"]


def test_what_is_refused_leaves_the_reservation_as_it_was(odoo: Odoo) -> None:
    gauze, store, ward = odoo.product(), odoo.bin(), odoo.bin()
    shelf = shelf_with(odoo, gauze, "A", 10, store)
    want = wanted(odoo, gauze, 10, store, ward)

    refused = refusal(odoo, send(want, took(want, 1, "4", "never seen", shelf)))

    assert refused.code == "lot_unknown"
    assert want.state == "assigned"
    assert want.reserved() == 10
    assert [found["picked"] for found in odoo.lines(want.id)] == [False]


def test_half_a_transfer_is_taken_back_and_a_colleague_can_send_it(odoo: Odoo) -> None:
    """On 18 a move stays picked when its picked line goes: then the colleague would send nothing."""
    gauze, store, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    lay(odoo, gauze, store, 10)
    want = wanted(odoo, gauze, 10, store, ward)
    act = send(want, took(want, 1, "4"))
    half_loaded(odoo, act)

    with session_with(odoo) as session:
        assert postings.withdraw(session, Sending(act, STAMP)) is None
    odoo.validate(want.id, skip_backorder=True)

    assert want.state == "done"
    assert [odoo.on_hand(gauze, store), odoo.on_hand(gauze, ward)] == [0, 10]


@pytest.mark.parametrize("always", ["always", "never", "ask"])
def test_ward_21_the_rest_becomes_what_the_type_of_operation_says(odoo: Odoo, always: str) -> None:
    """Ward 21."""
    gauze, store, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    lay(odoo, gauze, store, 20)
    kind = kind_like(odoo, odoo.transfers, create_backorder=always)
    whole, short = (wanted(odoo, gauze, 10, store, ward, kind) for _ in range(2))

    with session_with(odoo) as session:
        rest = post(session, send(whole, took(whole, 1, "4")), STAMP)
        closed = post(session, send(short, took(short, 1, "4"), close_short=True), STAMP)

    assert bool(rest.backorder_name) is (always != "never")
    assert bool(closed.backorder_name) is (always == "always")
    assert [found.what for found in closed.differs] == (["backorder"] if always == "always" else [])
    assert odoo.on_hand(gauze, ward) == 8


def test_two_devices_and_a_person_at_one_transfer_send_no_more_than_was_asked(odoo: Odoo) -> None:
    gauze, store, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    lay(odoo, gauze, store, 100)
    want = wanted(odoo, gauze, 10, store, ward)
    acts = [send(want, took(want, 1, "6")) for _ in range(2)]

    with ThreadPoolExecutor(3) as pool:
        devices = [pool.submit(ending, odoo, act, 0, lambda: None) for act in acts]
        pool.submit(odoo.call, "stock.picking", "button_validate", "manager", ids=[want.id]).result()
        told = [device.result() for device in devices]

    assert set(told) <= {"done", "taken_by_device", "already_done"}
    # The person sent all ten, or what a device had picked by then.
    assert odoo.on_hand(gauze, ward) == (6 * told.count("done") or 10) <= 10
    assert open_lines(odoo, gauze) == []


def test_a_person_who_sends_it_meanwhile_is_named(odoo: Odoo) -> None:
    gauze, store, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    lay(odoo, gauze, store, 10)
    want = wanted(odoo, gauze, 10, store, ward)
    odoo.ok("stock.picking", "button_validate", "manager", ids=[want.id], context={"skip_backorder": True})

    refused = refusal(odoo, send(want, took(want, 1, "4")))

    assert (refused.code, refused.facts["fits_backorder"]) == ("already_done", False)
    assert refused.facts["person"]
    assert odoo.on_hand(gauze, ward) == Decimal(10)


def half_loaded(odoo: Odoo, act: Transaction) -> None:
    """The device died after the load."""
    document, taken = act.document, act.lines[0]
    move = odoo.moves(document.picking_id or 0)[taken.product_id]
    names = ["id", "picking_id/.id", "product_id/.id", "product_uom_id/.id", "quantity", "picked", "location_id/.id",
             "location_dest_id/.id"]  # fmt: skip
    row = [
        move["id"], move["product_uom"][0], f"__wardstock__.{act.line_xid(taken)}", document.picking_id,
        taken.product_id, odoo.unit, str(taken.done), "1", taken.source_id, taken.destination_id,
    ]  # fmt: skip
    told = odoo.load("stock.move", [".id", "product_uom/.id", *(f"move_line_ids/{name}" for name in names)], row)
    assert told["ids"], told
