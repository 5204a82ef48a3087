"""What differs is counted again by somebody else, who knows neither number; two that agree decide."""

from decimal import Decimal

import pytest

from client import messages
from client.work.desk import Desk
from sync.stock import StockRow
from sync.transaction import Kind
from tests.work.conftest import CANNULA, KNOWN_LOT, ORDER, PUMP, SYRINGE, TOWEL, label, queued, say
from tests.work.counts import BOOK, OTHER_LOT, ROWS, another, at, counting, shown, stocked, used_here


def syringes(count: int, lot: str = "AB0123") -> str:
    return label(SYRINGE, lot=lot, count=count)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Mira found 130 of the 137, and leaves them to somebody else."""
    stocked(desk.store)
    say(desk, "!count LOC-A", label(PUMP, serial="SN-STOCK"), syringes(130), "!confirm", "!recount")
    return at(desk, 5)


def test_it_waits_for_somebody_else_as_a_draft(desk: Desk) -> None:
    assert desk.said.code == "waits_for_recount"
    assert say(desk, "!home").code == "ready"
    assert [draft.document for draft in desk.store.drafts.open_drafts()] == ["CS/Stock/Shelf A"]
    assert not queued(desk)


def test_what_agreed_is_not_counted_again(desk: Desk) -> None:
    assert [row.name for row in shown(desk).rows] == ["Infusion pump"]
    assert shown(desk).again == ("Syringe 5 ml",)
    assert shown(desk).not_by == ("Mira Lindqvist",)


def test_two_who_agree_decide_and_both_numbers_are_kept(desk: Desk) -> None:
    another(desk)
    assert say(desk, syringes(130), "!confirm").code == "count_reason"
    assert say(desk, "!reason used, not scanned").code == "count_submitted"

    (made,) = queued(desk)
    (line,) = [line for line in made.lines if line.product_id == SYRINGE.id]
    assert (made.kind, made.person, made.reason) == (Kind.COUNT, "Cora Imani", "used, not scanned")
    assert (line.counted, line.book) == (Decimal(130), BOOK)
    assert [(one.choice, one.person, one.line) for one in made.answers if one.question == "counted_before"] == [
        ("130", "Mira Lindqvist", line.number)
    ]


def test_a_second_count_that_agrees_with_the_book_decides_too(desk: Desk) -> None:
    another(desk)

    assert say(desk, syringes(137), "!confirm").code == "count_submitted"
    (made,) = queued(desk)
    assert {line.lot_name: line.counted for line in made.lines}["AB0123"] == BOOK


def test_who_comes_to_count_again_is_asked_nothing_before_they_have_counted(desk: Desk) -> None:
    assert say(desk, "!confirm").code == "recount_by_another"
    another(desk)

    assert desk.said.code == "person_now_open"
    assert desk.question() is None


def test_three_different_numbers_ask_for_one_more_by_anyone_but_the_last(desk: Desk) -> None:
    another(desk)
    assert say(desk, syringes(120), "!confirm").code == "count_differs"
    say(desk, "!recount")
    assert say(desk, syringes(130)).code == "recount_by_another"

    say(desk, "BADGE-MIRA")
    assert say(desk, syringes(130), "!confirm").code == "count_reason"
    say(desk, "!reason miscounted before")

    kept = [(one.choice, one.person) for one in queued(desk)[0].answers if one.question == "counted_before"]
    assert kept == [("130", "Mira Lindqvist"), ("120", "Cora Imani")]


@pytest.mark.parametrize("scan", [syringes(5), TOWEL.barcode, "!zero MED-0001", SYRINGE.barcode])
def test_who_counted_first_does_not_count_again(desk: Desk, scan: str) -> None:
    assert say(desk, scan).code == "recount_by_another"
    assert counting(desk).fresh == ()


def test_who_counted_first_cannot_finish_it_but_a_supervisor_can_waive_the_second_count(desk: Desk) -> None:
    assert say(desk, "!confirm").code == "recount_by_another"
    assert say(desk, "!no").code == "ready"
    say(desk, "!confirm")
    assert say(desk, "!waive").code == "needs_role"
    say(desk, "BADGE-JOANA", "!pin 4711")
    assert say(desk, "!waive").code == "count_reason"
    assert say(desk, "!reason not known").code == "count_submitted"

    (made,) = queued(desk)
    assert {line.lot_name: line.counted for line in made.lines}["AB0123"] == 130


def test_who_counted_first_does_not_finish_what_another_counted(desk: Desk) -> None:
    another(desk)
    say(desk, syringes(130), "BADGE-MIRA")

    assert say(desk, "!confirm").code == "recount_by_another"
    assert not queued(desk)


def test_another_lot_of_the_same_goods_belongs_to_the_second_count(desk: Desk) -> None:
    another(desk)
    say(desk, syringes(130), syringes(7, "ZZ9"))

    assert say(desk, "!confirm").code == "count_differs"


def test_a_lot_found_before_that_is_not_found_again_is_asked_about(desk: Desk) -> None:
    stocked(desk.store)
    say(desk, "!home", "!count LOC-B", syringes(4, "ZZ9"), TOWEL.barcode, "!qty 43")
    say(desk, label(CANNULA, lot="CANNULA-LOT", count=6), "!confirm", "!recount")
    another(desk)

    asked = say(desk, "!zero MED-0001", "!undo", "!confirm")
    assert (asked.code, asked.facts["lots"]) == ("not_counted", "ZZ9")
    assert say(desk, "!not-there").code == "count_submitted"
    (made,) = queued(desk)
    assert {line.lot_name: (line.counted, line.book) for line in made.lines}["ZZ9"] == (Decimal(0), Decimal(0))


def test_none_said_of_a_lot_only_the_first_one_saw_is_a_line_too(desk: Desk) -> None:
    say(desk, "!home", "!count LOC-B", syringes(4, "ZZ9"), TOWEL.barcode, "!qty 43")
    say(desk, label(CANNULA, lot="CANNULA-LOT", count=6), "!confirm", "!recount")
    another(desk)

    assert say(desk, "!zero MED-0001", "!confirm").code == "count_submitted"
    assert {line.lot_name: line.counted for line in queued(desk)[0].lines}["ZZ9"] == 0


def test_another_day_goes_on_with_it_after_a_restart(desk: Desk) -> None:
    desk = Desk(desk.store, desk.person, desk.policy, desk.clock)
    another(desk)

    assert say(desk, "!count LOC-A", "!yes").code == "count_these_again"
    assert say(desk, syringes(130), "!confirm", "!reason lost somewhere").code == "count_submitted"


def test_who_counted_first_is_told_that_it_waits_for_somebody_else(desk: Desk) -> None:
    say(desk, "!home")

    assert say(desk, "!count LOC-A").code == "waits_for_recount"


def test_ward_01_goods_used_between_two_counts_do_not_make_them_differ(desk: Desk) -> None:
    used_here(desk, SYRINGE, 10, lot=KNOWN_LOT)
    another(at(desk, 10))

    assert say(desk, syringes(120), "!confirm").code == "count_reason"
    say(desk, "!reason used, not scanned")
    _, first, second = queued(desk)
    (line,) = second.lines
    assert [one.product_id for one in first.lines] == [PUMP.id]
    assert (line.counted, line.book, second.acted_at.wall) == (Decimal(120), Decimal(127), desk.clock.now())


def test_the_second_count_is_undone_line_by_line_and_the_first_stays_hidden(desk: Desk) -> None:
    another(desk)
    say(desk, syringes(130), "!undo")

    assert counting(desk).fresh == ()
    assert len(counting(desk).passes) == 1


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (TOWEL.barcode, "not_in_recount"),
        (label(PUMP, serial="SN-STOCK"), "not_in_recount"),
        (syringes(1), "counted"),
        (SYRINGE.barcode, "count_lot"),
        ("LOC-A", "counting_already"),
        ("LOC-B", "finish_this_bin"),
        (ORDER.name, "papers_in_count"),
        ("who-knows", "unknown_code"),
        ("!confirm", "not_counted"),
        ("!recount", "nothing_asked"),
        ("!waive", "nothing_asked"),
        ("!empty", "not_empty"),
        ("!qty 3", "item_before_qty"),
    ],
)
def test_every_scan_in_a_second_count_has_an_answer(desk: Desk, scan: str, code: str) -> None:
    another(desk)

    assert say(desk, scan).code == code
    assert not queued(desk)


def test_two_lots_mixed_up_are_both_counted_again(desk: Desk) -> None:
    stocked(desk.store, *ROWS, StockRow(9, SYRINGE.id, 20, Decimal(20), lot_id=OTHER_LOT.id))
    say(desk, "!home", "!count LOC-B", TOWEL.barcode, "!qty 43", label(CANNULA, lot="CANNULA-LOT", count=6))
    say(desk, syringes(18, "ZZ9"), syringes(2), "!confirm", "!recount")

    another(desk)
    say(desk, syringes(18, "ZZ9"), syringes(2))

    assert say(desk, "!confirm").code == "count_reason"


def test_the_list_of_drafts_says_that_a_bin_waits_for_a_second_count(desk: Desk) -> None:
    say(desk, "!home", "P00012", label(TOWEL), "!home", "!drafts")
    asked = desk.question()

    assert asked is not None
    told = {choice.facts["document"]: messages.choice_detail(choice) for choice in asked.choices if choice.facts}
    assert told["CS/Stock/Shelf A"] == "CS/Stock/Shelf A · counted by Mira Lindqvist, waits for a second count"
    assert "second count" not in told["CS/IN/00007"]
