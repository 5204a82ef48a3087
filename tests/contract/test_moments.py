"""Late movements against counts, in every order of two devices (ward 1)."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest

from sync.odoo import postings
from sync.odoo.counts.moments import OLDER, older_than_counts
from sync.odoo.posting.sending import Sending
from sync.odoo.wire.errors import OdooError
from sync.transaction import Kind, Outcome, Transaction
from tests.contract.conftest import Odoo
from tests.contract.counting import (
    Meanwhile,
    ago,
    apply,
    colleague_counts,
    count,
    done,
    end_of,
    lay,
    meanwhile,
    open_the_list,
    rows,
    says,
    use,
    waits,
)
from tests.contract.test_postings_adjustment import wait_a_second
from tests.contract.unplanned import Cut, cut
from tests.sync.acts import blind, line, receipt, session_with

pytestmark = pytest.mark.contract

VALIDATE = "stock.picking.button_validate"

EIGHT, NINE = ago(2), ago(1)
"""A nurse takes 5 of 10 at eight, offline; a colleague counts 5 at nine."""


def whys(outcome: Outcome) -> list[str]:
    return [one.why for one in outcome.recounts]


def test_ward_1_the_use_is_posted_first_then_the_count_for_approval(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, use(odoo, gauze, "5", shelf), EIGHT))
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "5", shelf)), NINE))

    assert rows(odoo, gauze, shelf) == [(5, 5)]
    apply(odoo, gauze, shelf)
    assert odoo.on_hand(gauze) == 5


def test_ward_1_the_count_for_approval_is_posted_first_then_the_use(odoo: Odoo) -> None:
    """Odoo itself asks the manager: the stock moved since that count was submitted. Nothing is set to zero."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "5", shelf)), NINE))
        done(end_of(session, use(odoo, gauze, "5", shelf), EIGHT))

    asked = apply(odoo, gauze, shelf)
    assert asked["res_model"] == "stock.inventory.conflict"
    assert rows(odoo, gauze, shelf) == [(5, 5)]


def test_ward_1_the_count_was_applied_by_a_manager_before_the_use_comes(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "5", shelf)), NINE))
        apply(odoo, gauze, shelf)
        late = done(end_of(session, use(odoo, gauze, "5", shelf), EIGHT))

    assert whys(late) == [OLDER]
    assert (late.recounts[0].product_id, late.recounts[0].location_id) == (gauze, shelf)


def test_ward_1_the_use_is_posted_first_then_the_count_at_once(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        first = done(end_of(session, use(odoo, gauze, "5", shelf), EIGHT))
        second = done(end_of(session, count(odoo, says(odoo, 1, gauze, "5", shelf), kind=Kind.ADJUSTMENT), NINE))

    assert odoo.on_hand(gauze) == 5
    assert (whys(first), whys(second)) == ([], [])


def test_ward_1_the_count_at_once_is_posted_first_then_the_use(odoo: Odoo) -> None:
    """What has happened is booked (ward 3); that somebody must look is said."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "5", shelf), kind=Kind.ADJUSTMENT), NINE))
        late = done(end_of(session, use(odoo, gauze, "5", shelf), EIGHT))

    assert whys(late) == [OLDER]


def test_ward_1_a_count_that_agreed_is_a_word_too(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "10", shelf), kind=Kind.ADJUSTMENT), NINE))
        late = done(end_of(session, use(odoo, gauze, "5", shelf), EIGHT))

    assert whys(late) == [OLDER]


@pytest.mark.parametrize("counted", ["12", "10"])
def test_ward_1_a_use_after_a_count_that_was_posted_late_puts_nothing_in_doubt(odoo: Odoo, counted: str) -> None:
    """Counted at eight and booked when the network came back: what was taken at nine is younger all the same."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, counted, shelf), kind=Kind.ADJUSTMENT), EIGHT))
        late = done(end_of(session, use(odoo, gauze, "5", shelf), NINE))

    assert whys(late) == []
    assert odoo.on_hand(gauze) == int(counted) - 5


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.ADJUSTMENT])
def test_what_moved_after_the_count_is_added_to_it(odoo: Odoo, kind: Kind) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, use(odoo, gauze, "2", shelf), ago(0.5)))
        arrived = line(odoo, 1, gauze, "7", destination_id=shelf)
        done(end_of(session, blind(odoo, arrived), ago(0.4)))
        outcome = done(end_of(session, count(odoo, says(odoo, 1, gauze, "6", shelf), kind=kind), NINE))

    if kind is Kind.COUNT:
        assert waits(odoo, gauze, shelf) == [11]
        apply(odoo, gauze, shelf)
    assert odoo.on_hand(gauze) == 11
    assert outcome.recounts == ()


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.ADJUSTMENT])
def test_what_a_person_in_odoo_moved_counts_from_its_booking(odoo: Odoo, kind: Kind) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    told = odoo.document((gauze, "", 3), kind=odoo.transfers, source=shelf)
    odoo.validate(told["ids"][0])

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "10", shelf), kind=kind), NINE))

    if kind is Kind.COUNT:
        assert waits(odoo, gauze, shelf) == [7]
        apply(odoo, gauze, shelf)
    assert odoo.on_hand(gauze, shelf) == 7


def test_a_receipt_on_an_order_counts_from_its_slip(odoo: Odoo) -> None:
    """Its picking has no note of ours: the slip says when, the lines' external ids whose they are."""
    gauze = odoo.product()
    shelf = odoo.bin()
    expected = odoo.expected((gauze, 30))
    early = receipt(odoo, expected["id"], line(odoo, 1, gauze, "20", "A1", destination_id=shelf))

    with session_with(odoo) as session:
        done(end_of(session, early, EIGHT))
        outcome = done(end_of(session, count(odoo, says(odoo, 1, gauze, "18", shelf, "A1")), NINE))

    assert waits(odoo, gauze, shelf) == [18]
    assert outcome.differs == ()


def test_the_older_of_two_counts_comes_late_and_the_younger_stands(odoo: Odoo) -> None:
    """Its word is old: nothing is posted, the line says whose word stands."""
    for kind in (Kind.COUNT, Kind.ADJUSTMENT):
        gauze, towel, shelf = odoo.product("none"), odoo.product("none"), odoo.bin()
        lay(odoo, gauze, shelf, 10)
        lay(odoo, towel, shelf, 10)
        young = count(odoo, says(odoo, 1, gauze, "8", shelf), kind=Kind.ADJUSTMENT)
        old = count(odoo, says(odoo, 1, gauze, "9", shelf), says(odoo, 2, towel, "10", shelf), kind=kind)
        with session_with(odoo) as session:
            stands = done(end_of(session, young, NINE))
            first = done(end_of(session, old, EIGHT))
            second = done(end_of(session, old, EIGHT))

        assert odoo.on_hand(gauze) == 8
        assert waits(odoo, gauze, shelf) == []
        assert first == second
        (left_out,) = first.differs
        assert (left_out.what, left_out.line, left_out.ours) == ("count", 1, "9")
        assert stands.picking_name in left_out.theirs
        assert first.recounts == ()


def test_the_older_of_two_counts_comes_first_and_the_younger_stands(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "9", shelf), kind=Kind.ADJUSTMENT), EIGHT))
        outcome = done(end_of(session, count(odoo, says(odoo, 1, gauze, "8", shelf), kind=Kind.ADJUSTMENT), NINE))

    assert odoo.on_hand(gauze) == 8
    assert (outcome.differs, outcome.recounts) == ((), ())


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.ADJUSTMENT])
def test_a_count_applied_in_odoo_since_leaves_ours_out_and_asks_for_another(odoo: Odoo, kind: Kind) -> None:
    """When it was counted nobody knows: only when it was booked."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    colleague_counts(odoo, gauze, shelf, 10)
    apply(odoo, gauze, shelf)

    with session_with(odoo) as session:
        outcome = done(end_of(session, count(odoo, says(odoo, 1, gauze, "8", shelf), kind=kind), NINE))

    assert [one.what for one in outcome.differs] == ["count"]
    assert whys(outcome) == [OLDER]
    assert rows(odoo, gauze, shelf) == [(10, None)]


def test_other_shelves_lots_and_owners_are_not_in_doubt(odoo: Odoo) -> None:
    gauze, shelf, other, owner = odoo.product("none"), odoo.bin(), odoo.bin(), odoo.vendor()
    lay(odoo, gauze, shelf, 10)
    lay(odoo, gauze, other, 10)
    act = count(odoo, says(odoo, 1, gauze, "8", other), says(odoo, 2, gauze, "3", shelf, owner_id=owner),
                kind=Kind.ADJUSTMENT)  # fmt: skip

    with session_with(odoo) as session:
        done(end_of(session, act, NINE))
        late = done(end_of(session, use(odoo, gauze, "5", shelf), EIGHT))

    assert late.recounts == ()


def test_goods_that_arrive_late_on_a_counted_shelf_put_it_in_doubt(odoo: Odoo) -> None:
    gauze, shelf = odoo.product(), odoo.bin()

    with session_with(odoo) as session:
        act = count(odoo, says(odoo, 1, gauze, "4", shelf, "A1"), kind=Kind.ADJUSTMENT)
        done(end_of(session, act, NINE))
        late = done(end_of(session, blind(odoo, line(odoo, 1, gauze, "7", "A1", destination_id=shelf)), EIGHT))

    lot = odoo.rows("stock.lot", ["product_id", "=", gauze], fields=["name"])[0]["id"]
    assert [(one.why, one.location_id, one.lot_id) for one in late.recounts] == [(OLDER, shelf, lot)]


def test_fifty_movements_are_compared_with_counts_in_two_questions(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    acts = [use(odoo, gauze, "1", shelf) for _ in range(50)]
    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "60", shelf), kind=Kind.ADJUSTMENT), NINE))
        before = session.sent
        told = older_than_counts(session, [Sending(act, EIGHT) for act in acts])
        questions = session.sent - before
        young = older_than_counts(session, [Sending(act, ago(0)) for act in acts])

    assert questions == 2
    assert [[one.why for one in told[act.uuid]] for act in acts] == [[OLDER]] * 50
    assert [young[act.uuid] for act in acts] == [()] * 50


@pytest.mark.parametrize("call", ["stock.picking.load", "stock.picking.button_validate"])
def test_an_older_use_that_is_booked_while_the_count_is_on_its_way_puts_it_in_doubt(odoo: Odoo, call: str) -> None:
    """The nurse's device saw no count yet, the count no use: one of them must say so."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    ends: list[Outcome] = []

    def nurse() -> None:
        with session_with(odoo) as other:
            ends.append(done(end_of(other, use(odoo, gauze, "5", shelf), EIGHT)))

    with session_with(odoo, client=meanwhile(call, nurse)) as session:
        act = count(odoo, says(odoo, 1, gauze, "5", shelf), kind=Kind.ADJUSTMENT)
        ends.append(done(end_of(session, act, NINE)))

    assert OLDER in [why for end in ends for why in whys(end)]


def a_number_set_right_and_cut(odoo: Odoo, gauze: int, shelf: int) -> Transaction:
    """A count of 8 where 10 lay; 3 are used before it, so it waits as 5; then the line is cut, the sheet unwritten."""
    lay(odoo, gauze, shelf, 10)
    act = count(odoo, says(odoo, 1, gauze, "8", shelf))

    def fall() -> None:
        raise httpx2.ReadError("cut")

    def nurse() -> None:
        with session_with(odoo) as other:
            done(end_of(other, use(odoo, gauze, "3", shelf), ago(0.5)))

    both = httpx2.Client(transport=Meanwhile("stock.picking.write", fall, Meanwhile("stock.quant.load", nurse)))
    with session_with(odoo, client=both) as session, pytest.raises(OdooError):
        end_of(session, act, NINE)
    return act


def test_a_number_that_was_set_right_is_ours_although_the_line_was_cut_before_the_sheet_said_so(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    act = a_number_set_right_and_cut(odoo, gauze, shelf)
    before = waits(odoo, gauze, shelf)
    with session_with(odoo) as session:
        outcome = done(end_of(session, act, NINE))

    assert (before, waits(odoo, gauze, shelf)) == ([5], [5])
    assert (outcome.differs, outcome.recounts) == ((), ())


def test_a_number_set_right_before_the_cut_is_ours_although_more_has_moved_since(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    act = a_number_set_right_and_cut(odoo, gauze, shelf)
    before = waits(odoo, gauze, shelf)
    with session_with(odoo) as session:
        done(end_of(session, use(odoo, gauze, "1", shelf), ago(0.4)))
        outcome = done(end_of(session, act, NINE))

    assert (before, waits(odoo, gauze, shelf)) == ([5], [4])
    assert (outcome.differs, outcome.recounts) == ((), ())


def test_a_count_keeps_its_moment_when_a_later_run_measures_the_clock_a_little_otherwise(odoo: Odoo) -> None:
    """A use in the same second is younger than the count in one run, and would be older in the next."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act, used = count(odoo, says(odoo, 1, gauze, "8", shelf)), ago(0.5)
    early, late = (replace(used, acted_at=used.acted_at + timedelta(seconds=off)) for off in (-0.4, 0.4))

    with session_with(odoo) as session:
        done(end_of(session, use(odoo, gauze, "3", shelf), used))
    for stamp, call in ((early, "ir.attachment.load"), (late, "stock.picking.write")):
        with session_with(odoo, client=cut(call)) as session, suppress(OdooError):
            end_of(session, act, stamp)
    with session_with(odoo) as session:
        outcome = done(end_of(session, act, early))

    assert waits(odoo, gauze, shelf) == [5]
    apply(odoo, gauze, shelf)
    assert odoo.on_hand(gauze) == 5
    assert (outcome.differs, outcome.recounts) == ((), ())


@pytest.mark.parametrize("wanted_back", [False, True])
def test_a_count_at_once_keeps_its_moment_too(odoo: Odoo, wanted_back: bool) -> None:
    """A use is booked right before it, then the line is cut: the use is younger, whichever run asks."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act, used = count(odoo, says(odoo, 1, gauze, "8", shelf), kind=Kind.ADJUSTMENT), ago(0.5)
    early, late = (replace(used, acted_at=used.acted_at + timedelta(seconds=off)) for off in (-0.4, 0.4))

    def is_used() -> None:
        wait_a_second(odoo)
        with session_with(odoo) as session:
            done(end_of(session, use(odoo, gauze, "3", shelf), used))

    way = Meanwhile(VALIDATE, is_used, Cut(VALIDATE, after=True))
    with session_with(odoo, client=httpx2.Client(transport=way, timeout=60)) as session, pytest.raises(OdooError):
        end_of(session, act, early)
    with session_with(odoo) as session:
        outcome = postings.withdraw(session, Sending(act, late)) if wanted_back else done(end_of(session, act, late))

    assert odoo.on_hand(gauze) == 5
    assert outcome
    assert (outcome.differs, outcome.recounts) == ((), ())


def test_two_counts_at_once_of_one_shelf_in_one_moment_put_it_in_doubt(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    first, second = (count(odoo, says(odoo, 1, gauze, "5", shelf), kind=Kind.ADJUSTMENT) for _ in range(2))
    ends: list[Outcome] = []

    def colleague() -> None:
        with session_with(odoo) as other:
            ends.append(done(end_of(other, second, NINE)))

    with session_with(odoo, client=meanwhile("stock.picking.load", colleague)) as session:
        ends.append(done(end_of(session, first, EIGHT)))

    assert [whys(end) for end in ends] == [[], [OLDER]]


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.ADJUSTMENT])
def test_more_has_gone_since_than_was_found(odoo: Odoo, kind: Kind) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, use(odoo, gauze, "5", shelf), ago(0.5)))
        outcome = done(end_of(session, count(odoo, says(odoo, 1, gauze, "3", shelf), kind=kind), NINE))

    assert whys(outcome) == ["went_negative"]
    open_the_list(odoo)
