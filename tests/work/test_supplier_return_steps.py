"""Goods go back on the order they came with, no more than came, with a reason (ward 25)."""

from decimal import Decimal

import pytest

from client.work.desk import Desk
from client.work.site.people import Role
from sync.store import Store
from sync.transaction import Document, Draft, Kind, Line, Moment, Outcome, Transaction, footprint, new_uuid, uuid_of
from tests.work.conftest import BIN_B, NOW, PUMP, STOCK, SUPPLIER, SYRINGE, TOWEL, label, queued, say
from tests.work.wants import A1, SOON, desk_of, want

PACK = label(SYRINGE, lot="AB0123")


def received(store: Store, order: str = "P00012", move: int = 200, picking: int = 100) -> Transaction:
    """Twenty of a lot and five towels came on an order, here."""
    draft = Draft(new_uuid(), "test", "{}", "Mira Lindqvist", "", NOW, NOW)
    store.drafts.open(draft)
    lines = (
        Line(
            1,
            SYRINGE.id,
            Decimal(20),
            1,
            SUPPLIER.id,
            BIN_B.id,
            move_id=move,
            move_uom_id=1,
            lot_name="AB0123",
            lot_id=50,
        ),
        Line(2, TOWEL.id, Decimal(5), 1, SUPPLIER.id, BIN_B.id, move_id=move + 2, move_uom_id=1),
    )
    made = Transaction(
        uuid=uuid_of(draft.uuid, "test"),
        kind=Kind.RECEIPT,
        reference=store.device.next_reference(),
        document=Document(1, SUPPLIER.id, STOCK.id, picking, f"CS/IN/{picking:05d}", order, 11),
        company_id=1,
        person="Mira Lindqvist",
        device=store.device.name(),
        acted_at=Moment(NOW, 100.0, "boot"),
        lines=lines,
    )
    store.outbox.confirm(draft.uuid, [(made, footprint(made, {}))], NOW)
    return made


def home(store: Store) -> Desk:
    want(store)
    received(store)
    return desk_of(store)


def test_ward_25_what_goes_back_names_the_move_that_received_it(store: Store) -> None:
    desk = home(store)
    assert say(desk, "!supplier-return P00012").code == "return_of_order"
    assert say(desk, PACK, "!qty 12").code == "goes_back"
    assert say(desk, "!confirm").code == "return_reason"
    assert say(desk, "!reason damaged").code == "return_finished"

    receipt, back = queued(desk)
    [line] = back.lines
    assert (back.kind, back.reason, back.document.partner_id) == (Kind.SUPPLIER_RETURN, "damaged", 11)
    assert (back.document.origin, back.document.picking_type_id) == ("P00012", 9)
    assert (line.move_id, line.done, line.source_id, line.destination_id) == (200, Decimal(12), BIN_B.id, SUPPLIER.id)
    assert [(one.question, one.choice) for one in back.answers] == [("received_by", f"{receipt.uuid}-1")]


def test_an_order_that_does_not_fit_loses_nothing_that_was_scanned(store: Store) -> None:
    want(store)
    received(store)
    boss = desk_of(store, Role.SUPERVISOR, "Joana Adeyemi")
    say(boss, "!supplier-return", PACK, "!qty 20", "!confirm", "!reason damaged", "!home")

    assert say(boss, "!supplier-return", "LOC-B", PACK, "!yes").code == "no_receipt_known"
    assert say(boss, "!order P00012").code == "more_than_received"
    asked = boss.question()
    assert (asked.code if asked else "") == "no_receipt_known"


def test_no_more_goes_back_than_came_over_several_returns(store: Store) -> None:
    desk = home(store)
    say(desk, "!supplier-return", PACK, "!qty 12", "!confirm", "!reason damaged", "!home")
    said = say(desk, "!supplier-return", PACK, "!qty 9")

    assert (said.code, said.facts["left"]) == ("more_than_received", 8)
    assert say(desk, "!qty 8").code == "goes_back"
    assert say(desk, PACK).code == "more_than_received"


@pytest.mark.parametrize(
    ("scans", "code"),
    [
        ([PACK], "goes_back"),
        ([TOWEL.barcode], "which_bin"),
        (["LOC-B", TOWEL.barcode], "goes_back"),
        ([TOWEL.barcode, "LOC-B"], "goes_back"),
        (["LOC-B"], "return_from"),
        (["LOC-LOSS"], "not_a_shelf"),
        ([label(SYRINGE)], "which_bin"),
        (["LOC-B", label(SYRINGE)], "lot_to_take"),
        ([label(SYRINGE, lot="NEVER")], "which_bin"),
        (["LOC-B", label(SYRINGE, lot="NEVER")], "lot_unknown_here"),
        ([label(SYRINGE, lot="S-SOON")], "no_receipt_known"),
        ([label(SYRINGE, lot="S-SOON"), "!yes"], "needs_role"),
        ([label(SYRINGE, lot="S-SOON"), "!order P00077"], "reserved"),
        ([label(SYRINGE, lot="S-SOON"), "!no"], "set_aside"),
        ([label(PUMP, serial="SN-STOCK")], "no_receipt_known"),
        (["P00012"], "return_of_order"),
        (["CS/IN/00007"], "return_of_order"),
        (["!order P00077"], "return_of_unknown_order"),
        (["!order"], "order_wanted"),
        (["!receipt x"], "nothing_asked"),
        (["CS/INT/00020"], "return_of_unknown_order"),
        (["NOBODY-KNOWS"], "unknown_code"),
        (["!reason"], "reason_wanted"),
        (["!reason torn"], "return_reason_is"),
        (["!confirm"], "nothing_scanned"),
        (["!undo"], "nothing_to_undo"),
        ([PACK, "!undo"], "undone"),
        ([PACK, "!confirm", "!no"], "ready"),
        (["!dance"], "unknown_command"),
    ],
)
def test_every_scan_has_its_answer(store: Store, scans: list[str], code: str) -> None:
    assert say(home(store), "!supplier-return", *scans).code == code


def test_goods_of_two_orders_are_asked_about_and_go_back_apart(store: Store) -> None:
    desk = home(store)
    other = received(store, "P00013", 210, 101)

    assert say(desk, "!supplier-return", PACK).code == "which_receipt"
    assert say(desk, f"!receipt {other.uuid}-1").code == "goes_back"
    assert say(desk, PACK).code == "which_receipt"
    say(desk, f"!receipt {queued(desk)[0].uuid}-1", "!confirm", "!reason recalled")

    backs = [one for one in queued(desk) if one.kind is Kind.SUPPLIER_RETURN]
    assert sorted((one.document.origin, one.lines[0].move_id) for one in backs) == [("P00012", 200), ("P00013", 210)]


def test_an_order_others_received_is_left_to_odoo(store: Store) -> None:
    want(store)
    supervisor = desk_of(store, Role.SUPERVISOR, "Joana")
    say(supervisor, "!supplier-return P00077", label(SYRINGE, lot="S-SOON"), "!yes", "!confirm", "!reason recalled")

    [back] = queued(supervisor)
    assert (back.document.origin, back.lines[0].move_id, back.lines[0].lot_id) == ("P00077", None, SOON.id)
    assert back.lines[0].source_id == A1.id


def test_without_an_order_a_supervisor_may_and_nobody_is_refunded(store: Store) -> None:
    want(store)
    supervisor = desk_of(store, Role.SUPERVISOR, "Joana")

    assert say(supervisor, "!supplier-return", label(SYRINGE, lot="S-SOON"), "!yes").code == "reserved"
    assert say(supervisor, "!yes").code == "goes_back_unpaid"
    say(supervisor, "!confirm", "!reason recalled")
    assert queued(supervisor)[0].document.origin == ""


def test_what_others_had_closed_leaves_the_move_to_odoo(store: Store) -> None:
    """It was booked on the order's next papers, whose moves have other numbers."""
    want(store)
    receipt = received(store)
    store.outbox.mark_sending(receipt.uuid, NOW)
    store.outbox.mark_done(receipt.uuid, Outcome(777, "CS/IN/00777"), NOW)
    desk = desk_of(store)

    say(desk, "!supplier-return CS/IN/00777", "LOC-B", PACK, "!confirm", "!reason damaged")

    back = queued(desk)[-1]
    assert (back.document.origin, back.lines[0].move_id) == ("P00012", None)


def test_who_may_not_sends_nothing_back(store: Store) -> None:
    home(store)

    assert say(desk_of(store, Role.NURSE, "Nils"), "!supplier-return").code == "needs_role"


def test_a_draft_goes_on_where_it_was(store: Store) -> None:
    desk = home(store)
    say(desk, "!supplier-return", PACK, "!qty 3")
    draft = desk.job.uuid if desk.job else ""
    say(desk, "!home")

    assert desk.resume(draft).code == "resumed"
    assert say(desk, PACK, "!confirm", "!reason damaged").code == "return_finished"
    assert queued(desk)[-1].lines[0].done == 4
