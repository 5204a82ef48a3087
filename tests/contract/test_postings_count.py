"""A count for approval, as Wardstock posts it (design 5, ward 2, 4, 7, 8; contract 6, 14 and 15)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest

from sync.odoo import postings
from sync.odoo.counts import count as counting
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.slip import machine_of
from sync.odoo.wire.errors import Family, OdooError
from sync.transaction import from_body
from tests.contract.conftest import Odoo
from tests.contract.counting import (
    ago,
    apply,
    colleague_counts,
    count,
    done,
    end_of,
    lay,
    open_the_list,
    papers,
    refused,
    rows,
    says,
    use,
    waits,
)
from tests.contract.unplanned import cut, package
from tests.sync.acts import answer, session_with

pytestmark = pytest.mark.contract

NOW = ago(0.5)


def test_a_count_waits_until_a_person_applies_it(odoo: Odoo) -> None:
    gauze, towel, shelf = odoo.product("none"), odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    lay(odoo, towel, shelf, 10)
    act = count(odoo, says(odoo, 1, gauze, "12", shelf), says(odoo, 2, towel, "0", shelf))

    with session_with(odoo) as session:
        outcome = done(end_of(session, act, NOW))

    assert (outcome.differs, outcome.recounts) == ((), ())
    assert rows(odoo, gauze, shelf) == [(10, 12)]
    assert rows(odoo, towel, shelf) == [(10, 0)]
    apply(odoo, gauze, shelf)
    apply(odoo, towel, shelf)
    assert [odoo.on_hand(gauze), odoo.on_hand(towel)] == [12, 0]


def test_a_count_is_found_in_odoo_and_back(odoo: Odoo) -> None:
    """One step either way: the outcome names a transfer, its note and slip hold the transaction."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    act = count(odoo, says(odoo, 1, gauze, "3", shelf))

    with session_with(odoo) as session:
        outcome = done(end_of(session, act, NOW))

    (sheet,) = papers(odoo, act)
    slips = odoo.rows(
        "ir.attachment", ["res_id", "=", sheet["id"]], ["res_model", "=", "stock.picking"], fields=["name"]
    )
    assert (sheet["id"], sheet["name"], sheet["state"]) == (outcome.picking_id, outcome.picking_name, "cancel")
    assert "Count for approval" in sheet["note"]
    assert from_body(json.dumps(machine_of(sheet["note"])["body"])) == act
    assert [slip["name"] for slip in slips] == [f"wardstock-{act.uuid}.txt"]


def test_the_same_count_again_changes_nothing(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act = count(odoo, says(odoo, 1, gauze, "12", shelf))

    with session_with(odoo) as session:
        first = end_of(session, act, NOW)
        lay(odoo, gauze, shelf, 5)
        second = end_of(session, act, NOW)

    assert first == second
    assert waits(odoo, gauze, shelf) == [12]
    assert len(papers(odoo, act)) == 1


@pytest.mark.parametrize("counted", ["0", "12"])
def test_a_late_retry_after_a_manager_applied_it_changes_no_stock(odoo: Odoo, counted: str) -> None:
    """Contract 14.1: the row goes with its external id when the list is opened; the sheet remembers."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 5)
    act = count(odoo, says(odoo, 1, gauze, counted, shelf))
    with session_with(odoo) as session:
        done(end_of(session, act, NOW))
        apply(odoo, gauze, shelf)
        if counted == "12":
            done(end_of(session, use(odoo, gauze, "12", shelf), ago(0)))
        open_the_list(odoo)
        lay(odoo, gauze, shelf, 7)

        outcome = done(end_of(session, act, NOW))

    assert outcome.differs == ()
    assert rows(odoo, gauze, shelf) == [(7, None)]


def test_a_run_that_died_before_its_slip_does_not_count_again(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 5)
    act = count(odoo, says(odoo, 1, gauze, "0", shelf))
    with session_with(odoo, client=cut("ir.attachment.load")) as session, pytest.raises(Exception, match="unknown"):
        end_of(session, act, NOW)
    apply(odoo, gauze, shelf)
    open_the_list(odoo)
    lay(odoo, gauze, shelf, 7)

    with session_with(odoo) as session:
        outcome = done(end_of(session, act, NOW))

    # Nobody can tell any more whose word was applied there: it is not said again, and the shelf is counted anew.
    assert rows(odoo, gauze, shelf) == [(7, None)]
    assert [one.why for one in outcome.recounts] == ["older_than_count"]


def test_a_number_a_manager_put_aside_is_not_written_again(odoo: Odoo) -> None:
    """The device died before it knew; once it was there, never again (contract 15)."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    row = lay(odoo, gauze, shelf, 5)
    act = count(odoo, says(odoo, 1, gauze, "4", shelf))
    with session_with(odoo, client=cut("ir.attachment.load")) as session, pytest.raises(Exception, match="unknown"):
        end_of(session, act, NOW)
    odoo.ok("stock.quant", "action_clear_inventory_quantity", "manager", ids=[row])

    with session_with(odoo) as session:
        outcome = done(end_of(session, act, NOW))

    assert rows(odoo, gauze, shelf) == [(5, None)]
    assert [(one.what, one.ours, one.theirs) for one in outcome.differs] == [("count", "4", "")]


def test_nothing_found_where_odoo_has_nothing_makes_no_row_but_is_remembered(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    act = count(odoo, says(odoo, 1, gauze, "0", shelf))

    with session_with(odoo) as session:
        done(end_of(session, act, NOW))
        lay(odoo, gauze, shelf, 5)
        again = done(end_of(session, act, NOW))

    assert rows(odoo, gauze, shelf) == [(5, None)]
    assert again.picking_name == papers(odoo, act)[0]["name"]


def test_ward_07_rows_of_one_key_are_made_one_before_they_are_counted(odoo: Odoo) -> None:
    """Ward 7: rows 5, 3, -1 and a count of 7 would end at 9."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    for quantity in (5, 3, -1):
        lay(odoo, gauze, shelf, quantity)

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "7", shelf)), NOW))

    assert rows(odoo, gauze, shelf) == [(7, 7)]
    apply(odoo, gauze, shelf)
    assert odoo.on_hand(gauze) == 7


def test_rows_that_odoo_does_not_merge_are_a_card(odoo: Odoo) -> None:
    """18 merges them whatever an administrator has set."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    for quantity in (5, 3):
        lay(odoo, gauze, shelf, quantity)
    act = count(odoo, says(odoo, 1, gauze, "7", shelf))

    with without_merging(odoo), session_with(odoo) as session:
        end = end_of(session, act, NOW)

    if odoo.major == 18:
        assert (done(end).differs, rows(odoo, gauze, shelf)) == ((), [(8, 7)])
        return
    assert (refused(end).code, refused(end).facts["rows"]) == ("quant_rows", 2)
    assert waits(odoo, gauze, shelf) == []


def test_what_was_refused_is_never_counted_by_a_copy(odoo: Odoo) -> None:
    """Though what stood in the way is gone."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    colleague_counts(odoo, gauze, shelf, 9)
    act = count(odoo, says(odoo, 1, gauze, "7", shelf))
    with session_with(odoo) as session:
        refused(end_of(session, act, NOW))
        apply(odoo, gauze, shelf)

        card = refused(end_of(session, act, ago(0)))

    assert (card.code, card.facts["why"]) == ("refused_before", "count_pending")
    assert waits(odoo, gauze, shelf) == []


def test_a_colleagues_other_number_is_a_card_that_names_them(odoo: Odoo) -> None:
    """Ward 8."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    colleague_counts(odoo, gauze, shelf, 9)
    act = count(odoo, says(odoo, 1, gauze, "12", shelf))

    with session_with(odoo) as session:
        card = refused(end_of(session, act, NOW))

    who = odoo.rows("res.users", ["login", "=", odoo.login("manager")], fields=["name"])[0]["name"]
    assert (card.code, card.facts["person"], card.facts["theirs"], card.facts["ours"]) == (
        "count_pending",
        who,
        "9",
        "12",
    )
    assert card.facts["at"]
    assert waits(odoo, gauze, shelf) == [9]


def test_a_colleagues_same_number_is_no_quarrel(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    colleague_counts(odoo, gauze, shelf, 9)

    with session_with(odoo) as session:
        outcome = done(end_of(session, count(odoo, says(odoo, 1, gauze, "9", shelf)), NOW))

    assert outcome.differs == ()
    assert waits(odoo, gauze, shelf) == [9]


def test_a_person_asked_may_put_the_colleagues_number_aside(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    colleague_counts(odoo, gauze, shelf, 9)
    act = count(odoo, says(odoo, 1, gauze, "12", shelf), answers=(answer("count_pending", "keep-ours"),))

    with session_with(odoo) as session:
        done(end_of(session, act, NOW))

    assert waits(odoo, gauze, shelf) == [12]


def test_ones_own_second_count_takes_the_place_of_the_first(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "9", shelf)), ago(2)))
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "11", shelf)), ago(1)))

    assert waits(odoo, gauze, shelf) == [11]


def test_another_nurses_count_waits_for_a_decision_unless_it_is_corrected_by_name(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    first = replace(count(odoo, says(odoo, 1, gauze, "9", shelf)), person="Ana")
    second = count(odoo, says(odoo, 1, gauze, "11", shelf))
    third = count(odoo, says(odoo, 1, gauze, "11", shelf), corrects=first.uuid)

    with session_with(odoo) as session:
        done(end_of(session, first, ago(2)))
        card = refused(end_of(session, second, ago(1)))
        done(end_of(session, third, ago(1)))

    assert (card.code, card.facts["person"]) == ("count_pending", "Ana")
    assert waits(odoo, gauze, shelf) == [11]


def test_goods_in_a_package_or_of_an_owner_are_counted_there(odoo: Odoo) -> None:
    """Ward 2: counting 12 where 12 lie in a pallet made 24."""
    gauze, shelf, pack, owner = odoo.product("none"), odoo.bin(), package(odoo), odoo.vendor()
    lay(odoo, gauze, shelf, 12, package_id=pack)
    lay(odoo, gauze, shelf, 5, owner_id=owner)
    act = count(
        odoo,
        says(odoo, 1, gauze, "11", shelf, package_id=pack),
        says(odoo, 2, gauze, "5", shelf, owner_id=owner),
    )

    with session_with(odoo) as session:
        done(end_of(session, act, NOW))

    assert sorted(rows(odoo, gauze, shelf)) == [(5, 5), (12, 11)]
    apply(odoo, gauze, shelf)
    assert odoo.on_hand(gauze) == 16


def test_a_shelf_with_bins_that_hold_the_goods_is_not_counted(odoo: Odoo) -> None:
    """Ward 4."""
    gauze, towel, rack = odoo.product("none"), odoo.product("none"), odoo.bin()
    shelf = odoo.bin(rack)
    lay(odoo, gauze, shelf, 10)
    bad, good = (count(odoo, says(odoo, 1, product, "4", rack)) for product in (gauze, towel))

    with session_with(odoo) as session:
        card = refused(end_of(session, bad, NOW))
        done(end_of(session, good, NOW))

    assert card.code == "goods_in_child"
    assert "10" in str(card.facts["lies"])
    assert waits(odoo, gauze, rack) == []
    assert waits(odoo, towel, rack) == [4]


def test_found_goods_of_a_lot_that_odoo_does_not_know_bring_it(odoo: Odoo) -> None:
    gauze, shelf = odoo.product(), odoo.bin()

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "4", shelf, "N1")), NOW))

    lots = odoo.rows("stock.lot", ["product_id", "=", gauze], fields=["name", "expiration_date"])
    assert [(lot["name"], lot["expiration_date"]) for lot in lots] == [("N1", "2035-06-30 12:00:00")]
    assert waits(odoo, gauze, shelf) == [4]


def test_a_tracked_product_without_its_lot_is_not_counted(odoo: Odoo) -> None:
    gauze, shelf = odoo.product(), odoo.bin()

    with session_with(odoo) as session:
        card = refused(end_of(session, count(odoo, says(odoo, 1, gauze, "4", shelf)), NOW))

    assert card.code == "lot_missing"
    assert rows(odoo, gauze, shelf) == []


def test_a_serial_is_one_piece_in_one_place(odoo: Odoo) -> None:
    pump, here, there = odoo.product("serial", expires=False), odoo.bin(), odoo.bin()
    serial = odoo.row("stock.lot", odoo.lot(pump), "name")
    lay(odoo, pump, there, 1, serial["id"])
    found = says(odoo, 1, pump, "1", here, serial["name"], expiry=None)
    missed = says(odoo, 2, pump, "0", there, serial["name"], expiry=None)

    with session_with(odoo) as session:
        two = refused(end_of(session, count(odoo, replace(found, counted=Decimal(2))), NOW))
        twice = refused(end_of(session, count(odoo, found), NOW))
        moved = done(end_of(session, count(odoo, found, missed), NOW))

    assert [two.code, twice.code, moved.differs] == ["serial_quantity", "serial_elsewhere", ()]
    assert (waits(odoo, pump, here), waits(odoo, pump, there)) == ([1], [0])


def test_one_shelf_is_not_counted_twice_in_one_count(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    act = count(odoo, says(odoo, 1, gauze, "4", shelf), says(odoo, 2, gauze, "5", shelf))

    with session_with(odoo) as session:
        assert refused(end_of(session, act, NOW)).code == "counted_twice"


def test_one_bad_line_keeps_all_of_a_count_back(odoo: Odoo) -> None:
    gauze, towel, shelf = odoo.product("none"), odoo.product("none"), odoo.bin()
    lay(odoo, towel, shelf, 10)
    colleague_counts(odoo, towel, shelf, 9)
    act = count(odoo, says(odoo, 1, gauze, "4", shelf), says(odoo, 2, towel, "5", shelf))

    with session_with(odoo) as session:
        refused(end_of(session, act, NOW))

    assert (rows(odoo, gauze, shelf), waits(odoo, towel, shelf)) == ([], [9])


def test_a_count_taken_back_waits_no_more_and_never_comes_again(odoo: Odoo) -> None:
    gauze, towel, shelf = odoo.product("none"), odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    lay(odoo, towel, shelf, 10)
    act = count(odoo, says(odoo, 1, gauze, "4", shelf), says(odoo, 2, towel, "5", shelf))
    with session_with(odoo, client=cut("ir.attachment.load")) as session, pytest.raises(Exception, match="unknown"):
        end_of(session, act, NOW)
    colleague_counts(odoo, towel, shelf, 9)

    with session_with(odoo) as session:
        for _ in range(2):
            assert postings.withdraw(session, Sending(act, NOW)) is None
        card = refused(end_of(session, act, NOW))

    assert (card.code, card.facts["why"]) == ("refused_before", "withdrawn")
    assert (waits(odoo, gauze, shelf), waits(odoo, towel, shelf)) == ([], [9])


def test_a_taking_back_that_was_cut_after_its_stone_is_ended_by_the_next_run(odoo: Odoo) -> None:
    """A refusal is a card only when nothing of it is left: a number that still waits would be applied by somebody."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act = count(odoo, says(odoo, 1, gauze, "4", shelf))
    with session_with(odoo, client=cut("ir.attachment.load")) as session, pytest.raises(OdooError):
        end_of(session, act, NOW)
    reason = OdooError(Family.RIGHTS, message="You may not.")
    cleared = cut("stock.quant.action_clear_inventory_quantity")
    with session_with(odoo, client=cleared) as session, pytest.raises(OdooError):
        postings.give_up(session, Sending(act, NOW), reason)
    left = waits(odoo, gauze, shelf)

    with session_with(odoo) as session:
        card = refused(end_of(session, act, NOW))

    assert (left, card.code) == ([4], "refused_before")
    assert waits(odoo, gauze, shelf) == []


def test_a_load_that_arrives_after_the_count_was_taken_back_writes_nothing(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act = count(odoo, says(odoo, 1, gauze, "4", shelf))
    with session_with(odoo) as session:
        assert postings.withdraw(session, Sending(act, NOW)) is None

    row = [f"__wardstock__.{act.uuid}-1", gauze, shelf, "", "", "", "4"]
    told = odoo.load("stock.quant", counting._COLUMNS, row, inventory_mode=True)

    assert told["ids"] is False
    assert waits(odoo, gauze, shelf) == []


def test_what_was_applied_cannot_be_taken_back(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act = count(odoo, says(odoo, 1, gauze, "4", shelf))
    with session_with(odoo, client=cut("ir.attachment.load")) as session, pytest.raises(Exception, match="unknown"):
        end_of(session, act, NOW)
    apply(odoo, gauze, shelf)

    with session_with(odoo) as session:
        outcome = postings.withdraw(session, Sending(act, NOW))

    assert outcome is not None
    assert outcome.differs == ()
    assert odoo.on_hand(gauze) == 4


def test_a_count_at_no_known_time_holds_only_where_nothing_moved(odoo: Odoo) -> None:
    """Design 13.4: the clock was never compared since the device was started."""
    gauze, towel, shelf = odoo.product("none"), odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    lay(odoo, towel, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, use(odoo, gauze, "2", shelf), ago(3)))
        moved = refused(end_of(session, count(odoo, says(odoo, 1, gauze, "8", shelf)), ago(1, unsure=True)))
        still = done(end_of(session, count(odoo, says(odoo, 1, towel, "8", shelf)), ago(1, unsure=True)))

    assert moved.code == "count_time_unsure"
    assert still.differs == ()
    assert (waits(odoo, gauze, shelf), waits(odoo, towel, shelf)) == ([], [8])


@contextmanager
def without_merging(odoo: Odoo) -> Iterator[None]:
    """An administrator has told Odoo to leave its rows alone; theirs goes again."""
    made = odoo._made("ir.config_parameter", {"key": "stock.skip_quant_tasks", "value": "1"})
    try:
        yield
    finally:
        odoo.ok("ir.config_parameter", "unlink", "admin", ids=[made])
