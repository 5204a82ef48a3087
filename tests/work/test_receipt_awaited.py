"""An order that is not on the device yet: received all the same, bound when it comes (ward 9)."""

from dataclasses import replace
from decimal import Decimal

from client.work.desk import Desk
from sync.stock import Move, Partner, Picking
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import MASK, SYRINGE, TOWEL, label, queued, say
from tests.work.receiving import choices, pulled

PHONED = Picking(120, "CS/IN/00012", "assigned", 1, 8, 5, "P00099", 11)
CAME = [Move(260, 120, TOWEL.id, Decimal(30), 1, "Units", 19)]


def test_ward_09_an_unknown_order_is_waited_for_and_received_without_expectation(desk: Desk) -> None:
    assert say(desk, "!receive P00099").code == "awaiting"
    assert say(desk, TOWEL.barcode, "!qty 500").code == "changed"

    view = desk.view()
    assert view is not None
    assert (view.waiting, view.document, int(view.sections[0].rows[0].expected)) == (True, "P00099", 0)


def test_ward_09_its_number_can_be_scanned_after_receive(desk: Desk) -> None:
    assert say(desk, "!receive").code == "scan_the_order"
    assert say(desk, "P00099").code == "awaiting"


def test_ward_09_an_order_that_is_here_is_opened_by_its_number(desk: Desk) -> None:
    assert say(desk, "!receive P00012").code == "opened"
    say(desk, TOWEL.barcode, "!home")
    assert say(desk, "!receive p00012").code == "resumed"


def test_ward_09_finishing_before_it_comes_is_said_and_nothing_is_sent(desk: Desk) -> None:
    say(desk, "!receive P00099", TOWEL.barcode, "!note none")

    assert say(desk, "!confirm").code == "order_not_here"
    assert choices(desk) == ["wait_for_order", "no_order"]
    assert say(desk, "!no-order").code == "needs_role"
    assert say(desk, "!wait").code == "waits_for_order"
    assert queued(desk) == []


def test_ward_09_who_may_says_that_there_is_no_order_and_purchasing_is_told(supervisor: Desk) -> None:
    say(supervisor, "!receive P00099", TOWEL.barcode, "!note none", "!confirm")
    assert say(supervisor, "!no-order").code == "confirmed"

    [blind] = queued(supervisor)
    assert (blind.kind, blind.reason, blind.document.origin) == (Kind.BLIND_RECEIPT, "no order", "P00099")
    assert blind.document.picking_id is None


def test_ward_09_it_binds_to_its_picking_at_the_next_scan_after_a_pull(store: Store, desk: Desk) -> None:
    say(desk, "!receive P00099", TOWEL.barcode, "!qty 20")
    pulled(store, pickings=[PHONED], moves=CAME)

    said = say(desk, TOWEL.barcode)
    assert (said.code, said.facts["total"], said.facts["ordered"]) == ("added", 21, 30)
    say(desk, "!note none", "!confirm", "!yes")

    [receipt] = queued(desk)
    assert (receipt.kind, receipt.document.picking_id, receipt.lines[0].move_id) == (Kind.RECEIPT, 120, 260)
    assert receipt.lines[0].destination_id == 19


def test_ward_09_it_binds_when_it_is_resumed_and_what_is_not_on_it_goes_beside(store: Store, desk: Desk) -> None:
    say(desk, "!receive P00099", TOWEL.barcode, MASK.barcode, "!home")
    pulled(store, pickings=[PHONED], moves=CAME)

    assert say(desk, "P00099").code == "resumed_changed"
    say(desk, "!note none", "!confirm", "!yes")
    assert [one.kind for one in queued(desk)] == [Kind.RECEIPT, Kind.BLIND_RECEIPT]


def test_ward_09_more_than_the_order_that_came_is_asked_about(store: Store, desk: Desk) -> None:
    say(desk, "!receive P00099", TOWEL.barcode, "!qty 32", "!note none", "!home")
    pulled(store, pickings=[PHONED], moves=CAME)

    assert say(desk, "CS/IN/00012").code == "order_came"
    assert say(desk, "!confirm").code == "too_much_now"


def test_ward_09_lots_and_days_are_judged_without_an_order_too(desk: Desk) -> None:
    assert say(desk, "!receive P00099", label(SYRINGE)).code == "lot_missing"
    assert say(desk, "!lot L1", "!expiry 2020-01-31").code == "expired"


def test_an_empty_or_endless_number_is_no_order(desk: Desk) -> None:
    assert say(desk, "!receive " + "9" * 61).code == "no_such_order"


def test_ward_09_papers_that_expect_nothing_yet_are_not_bound_and_nothing_is_lost(store: Store, desk: Desk) -> None:
    say(desk, "!receive P00099", TOWEL.barcode)
    pulled(store, pickings=[PHONED])
    say(desk, TOWEL.barcode, "!note none")
    assert say(desk, "!confirm").code == "order_not_here"

    pulled(store, moves=CAME)
    say(desk, "!confirm", "!yes")
    assert [int(line.done) for one in queued(desk) for line in one.lines] == [2]


def test_ward_09_of_papers_of_two_vendors_it_binds_to_those_that_expect_the_goods(store: Store, desk: Desk) -> None:
    say(desk, "!receive P00099", MASK.barcode)
    others = [replace(PHONED, id=121, name="CS/IN/00014", partner_id=12)]
    wanted = Move(261, 121, MASK.id, Decimal(5), 1, "Units", 5)
    pulled(store, partners=[Partner(12, "Else Ltd")], pickings=[PHONED, *others], moves=[*CAME, wanted])
    say(desk, MASK.barcode)

    assert desk.delivery is not None
    assert (desk.delivery.names, desk.delivery.partner_name) == ("CS/IN/00014", "Else Ltd")
