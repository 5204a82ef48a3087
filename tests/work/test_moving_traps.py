"""Goods are where they are: nothing is lost, doubled, mistaken or let through by the order things are said in."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from client.work.desk import Desk
from client.work.site.holds import line_for
from client.work.site.people import Role
from sync.stock import Move, MoveLine, Picking, StockRow
from sync.store import Store
from sync.transaction import Kind, Transaction
from tests.work.conftest import BIN_B, COTTON, NOW, STOCK, SYRINGE, TOWEL, label, queued, say
from tests.work.moves import A1, CRATE, LATE, LENDER, MORPHINE, ROAD, SOON, WARD, at, furnish
from tests.work.test_supplier_return_steps import received
from tests.work.wants import ROUND, desk_of, want


def keys(act: Transaction, product_id: int) -> list[tuple[Decimal, int | None, int | None]]:
    """How much of whose goods of a product."""
    return [(one.done, one.package_id, one.owner_id) for one in act.lines if one.product_id == product_id]


def agree(desk: Desk) -> None:
    """Whatever is asked, yes."""
    while desk.question():
        assert say(desk, "!yes").tone != "no"


def lies_anew(store: Store, *rows: StockRow) -> None:
    """A later pull says what lies there."""
    pull = store.catalogue.resume()
    pull.merge("stock_rows", list(rows))
    pull.flip(NOW - timedelta(minutes=4))


# -------------------------------------------------------------------- whole bins, packages, owners


def test_ward_02_a_whole_bin_is_loose_goods_and_packages_and_every_owners(store: Store) -> None:
    furnish(store)
    desk = at(store)
    say(desk, "LOC-A2", "!move", "!all", "LOC-B", "!confirm")

    assert keys(queued(desk)[-1], COTTON.id) == [(Decimal("2.5"), None, None), (Decimal(3), None, LENDER.id)]


def test_ward_02_loose_towels_and_a_crate_of_them_leave_the_bin_together(store: Store) -> None:
    furnish(store)
    desk = at(store)
    said = say(desk, WARD.barcode, "!move", "!all")
    assert said.facts["names"] == "Syringe 5 ml S-OLD, Syringe 5 ml S-REMOVE"

    towels = [one for one in desk.job.additions if one.product == TOWEL] if desk.job else []
    assert [(one.quantity, one.package_id) for one in towels] == [(Decimal(6), None), (Decimal(4), CRATE.id)]


def test_ward_03_what_is_taken_of_one_owner_leaves_the_others_goods_there(store: Store) -> None:
    furnish(store)
    desk = at(store)
    say(desk, "LOC-A2", "!move", label(COTTON), "!whose 0/0", "!qty 2.5")
    said = say(desk, label(COTTON), "!whose 0/71", "!qty 3")

    assert (said.code, said.facts["lies"]) == ("move_changed", None)


@pytest.mark.parametrize("opened", [("CS/INT/00020",), ("LOC-A1", "!relabel"), ("LOC-A1", "!supplier-return P00012")])
def test_ward_02_another_lot_of_a_line_is_not_in_the_package_of_the_first(
    store: Store, opened: tuple[str, ...]
) -> None:
    want(store)
    received(store)
    crate = StockRow(10, SYRINGE.id, A1.id, Decimal(10), lot_id=SOON.id, package_id=CRATE.id)
    lies_anew(store, crate)
    desk = desk_of(store, Role.SUPERVISOR, "Joana")
    say(desk, *opened, label(SYRINGE, lot="S-SOON"))
    agree(desk)
    say(desk, "!fix 1", "!lot S-LATE")
    agree(desk)

    [add] = desk.job.additions if desk.job else ()
    assert (add.lot_name, add.package_id) == ("S-LATE", None)


def test_ward_06_what_is_set_aside_in_a_crate_is_not_taken_twice(store: Store) -> None:
    want(store)
    aside = MoveLine(321, 221, 120, TOWEL.id, Decimal(5), picked=False, source_id=A1.id, destination_id=41)
    crate = replace(aside, id=323, quantity=Decimal(3), package_id=CRATE.id)
    pull = store.catalogue.resume()
    pull.merge("move_lines", [aside, crate])
    pull.merge("stock_rows", [StockRow(99, TOWEL.id, A1.id, Decimal(3), Decimal(3), package_id=CRATE.id)])
    pull.flip(NOW - timedelta(minutes=4))
    desk = desk_of(store)
    say(desk, ROUND.name, "LOC-A1", TOWEL.barcode, f"!whose {CRATE.id}/0", "!qty 3", "!all", "!confirm", "!yes")

    assert sorted(keys(queued(desk)[-1], TOWEL.id)) == [(Decimal(3), CRATE.id, None), (Decimal(5), None, None)]


# -------------------------------------------------------------------- from and to


def test_a_planned_transfer_puts_nothing_where_it_was_taken(store: Store) -> None:
    want(store)
    inside = replace(ROUND, destination_id=STOCK.id)
    pull = store.catalogue.resume()
    pull.merge("pickings", [inside])
    pull.flip(NOW - timedelta(minutes=4))
    desk = desk_of(store)
    assert say(desk, ROUND.name, "LOC-A1", TOWEL.barcode).code == "taken"

    assert say(desk, "LOC-A1").code == "lies_there_already"


def test_a_bin_that_is_to_be_filled_is_not_filled_from_itself(store: Store) -> None:
    want(store)
    filled = Picking(140, "CS/INT/00040", "assigned", 2, STOCK.id, BIN_B.id)
    pull = store.catalogue.resume()
    pull.merge("pickings", [filled])
    pull.merge("moves", [Move(240, 140, TOWEL.id, Decimal(4), 1, "Units", BIN_B.id, source_id=STOCK.id)])
    pull.merge("stock_rows", [StockRow(98, TOWEL.id, BIN_B.id, Decimal(3))])
    pull.flip(NOW - timedelta(minutes=4))
    desk = desk_of(store)

    assert say(desk, filled.name, "LOC-B", TOWEL.barcode).code == "lies_there_already"


# -------------------------------------------------------------------- two lots, one answer


def test_ward_31_who_agreed_to_one_held_lot_did_not_agree_to_another(store: Store) -> None:
    furnish(store)
    boss = at(store, Role.SUPERVISOR, name="Joana")
    say(boss, "LOC-A1", "!move", label(SYRINGE, lot="S-SOON"), label(SYRINGE, lot="S-LATE"), "LOC-ICU")
    hold(store, SOON.name)
    hold(store, LATE.name)
    assert say(boss, "!confirm").code == "held_now"
    again = say(boss, "!yes")

    assert (again.code, again.facts["lot"]) == ("held_now", "S-LATE")


def hold(store: Store, lot: str) -> None:
    store.holds.hold(line_for(SYRINGE, "recalled", NOW.date(), lot), "Joana Adeyemi", NOW)


# -------------------------------------------------------------------- back to the supplier


def test_ward_25_another_lot_of_a_line_goes_back_on_its_own_receipt(store: Store) -> None:
    want(store)
    received(store)
    desk = desk_of(store, Role.SUPERVISOR, "Joana")
    say(desk, "!supplier-return P00012", label(SYRINGE, lot="AB0123"))
    say(desk, "!fix 1", "!lot S-LATE")

    asked = desk.question()
    assert asked is not None
    assert asked.code in {"not_in_that_receipt", "lot_not_here"}
    say(desk, "!yes")
    asked = desk.question()
    assert asked is None or asked.code == "not_in_that_receipt"
    if asked:
        say(desk, "!yes")
    [add] = desk.job.additions if desk.job else ()
    assert (add.lot_name, add.picking_id) == ("S-LATE", 0)


# -------------------------------------------------------------------- on the way


def test_ward_02_goods_of_two_owners_arrive_as_theirs(store: Store) -> None:
    furnish(store)
    desk = at(store)
    say(desk, "LOC-A2", "!move", label(COTTON), "!whose 0/0", "!qty 2", label(COTTON), "!whose 0/71", "!qty 3")
    say(desk, "LOC-CLINIC", "!confirm")
    nurse = at(store, Role.NURSE, name="Nils")
    say(nurse, "!arrive")
    assert say(nurse, label(COTTON)).code == "whose_goods"
    say(nurse, "!whose 0/71", "!qty 3", label(COTTON), "!whose 0/0", "!qty 2")
    assert say(nurse, "!confirm").code == "arrival_finished"

    assert sorted(keys(queued(nurse)[-1], COTTON.id)) == [(Decimal(2), None, None), (Decimal(3), None, LENDER.id)]


def test_ward_27_goods_put_into_a_transit_place_by_hand_are_sent_by_somebody(store: Store) -> None:
    furnish(store)
    desk = at(store)
    say(desk, "LOC-A1", "!move", TOWEL.barcode, ROAD.barcode, "!confirm")

    [sent] = queued(desk)
    opened = say(at(store, Role.NURSE, name="Nils"), f"!arrive {sent.reference}")
    assert (sent.kind, opened.code, opened.facts["sender"]) == (Kind.DISPATCH, "arrival_opened", "Mira Lindqvist")


def test_ward_30_a_new_label_leaves_as_many_as_there_were(store: Store) -> None:
    want(store)
    desk = desk_of(store, Role.SUPERVISOR, "Joana")
    say(desk, WARD.barcode, "!relabel", label(MORPHINE, lot="M-1"), "!qty 2", "!new-lot M-2", "!expiry 2028-01-01")

    assert say(desk, "!confirm").facts["balances"] == "Morphine 10 mg, Ward 3A: 10 → 10"


def test_ward_25_two_drafts_do_not_send_back_what_came_once(store: Store) -> None:
    want(store)
    received(store)
    lies_anew(store, StockRow(97, SYRINGE.id, BIN_B.id, Decimal(40), lot_id=50))
    desk = desk_of(store)
    say(desk, "!supplier-return P00012", label(SYRINGE, lot="AB0123"), "!qty 20")
    first = desk.job.uuid if desk.job else ""
    say(
        desk, "!home", "!supplier-return P00012", label(SYRINGE, lot="AB0123"), "!qty 15", "!confirm", "!reason expired"
    )
    desk.resume(first)

    assert say(desk, "!confirm").code == "more_going_back"
    say(desk, "!no", "!qty 5 of 1", "!confirm")
    assert say(desk, "!reason expired").code == "return_finished"


def test_ward_02_goods_out_of_a_crate_are_loose_at_the_new_label(store: Store) -> None:
    want(store)
    lies_anew(store, StockRow(10, SYRINGE.id, A1.id, Decimal(10), lot_id=SOON.id, package_id=CRATE.id))
    desk = desk_of(store, Role.SUPERVISOR, "Joana")
    say(desk, "LOC-A1", "!relabel", label(SYRINGE, lot="S-SOON"))
    agree(desk)
    say(desk, "!new-lot B-1", "!expiry 2028-01-01", "!confirm")

    assert [(one.lot_name, one.package_id) for one in queued(desk)[-1].lines] == [("S-SOON", CRATE.id), ("B-1", None)]


def test_ward_27_what_was_sent_once_does_not_arrive_twice_in_silence(store: Store) -> None:
    furnish(store)
    say(at(store), "LOC-A1", "!move", TOWEL.barcode, "!qty 5", "LOC-CLINIC", "!confirm")
    nurse = at(store, Role.NURSE, name="Nils")
    say(nurse, "!arrive", TOWEL.barcode, "!qty 5")
    first = nurse.job.uuid if nurse.job else ""
    say(nurse, "!home", "!arrive", TOWEL.barcode, "!qty 5", "!confirm")
    nurse.resume(first)

    asked = say(nurse, "!confirm")
    assert (asked.code, asked.facts["over"]) == ("too_much_now", 5)
    assert say(nurse, "!yes").code == "arrival_finished"
