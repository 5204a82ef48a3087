"""A count left and taken up again: after a restart, after a pull, by another person."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from client.work.desk import Desk
from sync.stock import StockRow
from tests.work.conftest import BIN_A, BIN_B, KNOWN_LOT, LOSS, NOW, PUMP, STOCK, SUPPLIER, SYRINGE, TOWEL, label, say
from tests.work.conftest import queued as sent
from tests.work.counts import BOOK, ROWS, at, counting, stocked


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk that was started again in the middle of a bin."""
    stocked(desk.store)
    say(desk, "!count LOC-A", label(SYRINGE, lot="AB0123", count=130), TOWEL.barcode, "!zero", SYRINGE.barcode)
    return Desk(desk.store, desk.person, desk.policy, desk.clock)


def test_everything_is_there_after_a_restart(desk: Desk) -> None:
    assert say(desk, "!count LOC-A").code == "count_resumed"

    assert [add.quantity for add in counting(desk).additions] == [130, 0]
    assert desk.question()
    assert say(desk, "!lot AB0123").facts["total"] == 131


def test_several_bins_are_open_at_once_each_a_draft(desk: Desk) -> None:
    say(desk, "!count LOC-B", TOWEL.barcode, "!home")

    assert {draft.document for draft in desk.store.drafts.open_drafts()} == {"CS/Stock/Shelf A", "CS/Stock/Shelf B"}
    assert say(desk, "!resume Shelf B").code == "count_resumed"
    assert counting(desk).place == BIN_B


def test_a_pull_in_between_changes_the_book_of_later_scans_only(desk: Desk) -> None:
    say(desk, "!count LOC-A", "!no")
    stocked(desk.store, ROWS[0], StockRow(2, SYRINGE.id, 19, Decimal(140), lot_id=KNOWN_LOT.id), *ROWS[2:])

    say(at(desk, 30), label(SYRINGE, lot="AB0123", count=10))

    assert [add.book for add in counting(desk).additions if add.product.id == SYRINGE.id] == [BOOK, 140]
    say(desk, label(PUMP, serial="SN-STOCK"), "!confirm")
    assert {line.lot_name: (line.counted, line.book) for act in sent(desk) for line in act.lines}["AB0123"] == (
        Decimal(140),
        Decimal(140),
    )


def test_a_shelf_that_is_archived_meanwhile_is_said_and_the_scans_stay(desk: Desk) -> None:
    pull = desk.store.catalogue.begin()
    pull.add(locations=[SUPPLIER, STOCK, replace(BIN_A, active=False), BIN_B, LOSS])
    pull.flip(NOW + timedelta(minutes=1))

    assert say(desk, "!resume Shelf A").code == "count_place_gone"
    assert len(counting(desk).additions) == 2


def test_goods_that_are_archived_meanwhile_are_named(desk: Desk) -> None:
    say(desk, "!count LOC-A", "!no", "!home")
    stocked(desk.store, products=[replace(SYRINGE, active=False)])

    said = say(desk, "!count LOC-A")
    assert (said.code, said.facts["product"]) == ("resumed_stale", "Syringe 5 ml")


def test_who_goes_on_is_named_at_each_of_their_scans(desk: Desk) -> None:
    say(desk, "BADGE-CORA", "!count LOC-A", "!yes", "!no", label(SYRINGE, lot="AB0123", count=7))

    assert [add.person for add in counting(desk).additions] == ["Mira Lindqvist", "Mira Lindqvist", "Cora Imani"]


def test_both_who_counted_the_goods_leave_the_second_count_to_a_third(desk: Desk) -> None:
    say(desk, "BADGE-CORA", "!count LOC-A", "!yes", "!no", label(SYRINGE, lot="AB0123", count=3))
    say(desk, label(PUMP, serial="SN-STOCK"), "!confirm", "!recount")

    assert counting(desk).passes[0].people == ("Cora Imani", "Mira Lindqvist")
    assert say(desk, "BADGE-MIRA", label(SYRINGE, lot="AB0123")).code == "recount_by_another"
