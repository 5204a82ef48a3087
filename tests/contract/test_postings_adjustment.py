"""A count applied at once, as a difference document (design 5, ward 1, 2, 8; contract 14.1, 14.2, 14.3)."""

from dataclasses import replace
from decimal import Decimal
from itertools import count as count_from
from typing import Any

import httpx2
import pytest

from sync.odoo import postings
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.slip import machine_of
from sync.odoo.wire.errors import OdooError
from sync.transaction import Kind, Line, Transaction
from tests.contract.conftest import Odoo, unique
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
    says,
    use,
    waits,
)
from tests.contract.test_postings_free_late import Late
from tests.contract.unplanned import cut, lies, package
from tests.sync.acts import answer, session_with

pytestmark = pytest.mark.contract

NOW = ago(0.5)


def applied(odoo: Odoo, *lines: Line, **more: Any) -> Transaction:
    return count(odoo, *lines, kind=Kind.ADJUSTMENT, **more)


def test_what_is_too_many_and_what_is_missing_is_booked_at_once(odoo: Odoo) -> None:
    gauze, towel, tape, shelf = odoo.product("none"), odoo.product("none"), odoo.product("none"), odoo.bin()
    for product in (gauze, towel, tape):
        lay(odoo, product, shelf, 10)
    act = applied(
        odoo, says(odoo, 1, gauze, "12", shelf), says(odoo, 2, towel, "7", shelf), says(odoo, 3, tape, "10", shelf)
    )

    with session_with(odoo) as session:
        outcome = done(end_of(session, act, NOW))

    assert [odoo.on_hand(product, shelf) for product in (gauze, towel, tape)] == [12, 7, 10]
    assert (outcome.differs, outcome.recounts) == ((), ())
    found = papers(odoo, act)
    assert [outcome.picking_name, *outcome.more_names] == [paper["name"] for paper in found]
    assert {paper["state"] for paper in found} == {"done"}
    assert all(machine_of(paper["note"])["wardstock"] == act.uuid for paper in found)


def test_both_ways_with_lots_of_one_product(odoo: Odoo) -> None:
    """17 and 18 refuse it in one transfer (contract 14.15); a lot nobody knew is made."""
    gauze, shelf = odoo.product(), odoo.bin()
    lot = odoo.row("stock.lot", odoo.lot(gauze), "name")
    lay(odoo, gauze, shelf, 10, lot["id"])
    act = applied(odoo, says(odoo, 1, gauze, "7", shelf, lot["name"]), says(odoo, 2, gauze, "4", shelf, "N1"))

    with session_with(odoo) as session:
        outcome = done(end_of(session, act, NOW))

    assert lies(odoo, gauze) == {(shelf, lot["name"]): Decimal(7), (shelf, "N1"): Decimal(4)}
    assert outcome.differs == ()


def test_packages_and_owners_keep_their_goods(odoo: Odoo) -> None:
    """Ward 2: nothing beside the pallet, nothing without its owner."""
    gauze, shelf, pack, owner = odoo.product("none"), odoo.bin(), package(odoo), odoo.vendor()
    lay(odoo, gauze, shelf, 12, package_id=pack)
    lay(odoo, gauze, shelf, 5, owner_id=owner)
    act = applied(
        odoo,
        says(odoo, 1, gauze, "15", shelf, package_id=pack),
        says(odoo, 2, gauze, "2", shelf, owner_id=owner),
    )

    with session_with(odoo) as session:
        done(end_of(session, act, NOW))

    domain = [["product_id", "=", gauze], ["location_id", "=", shelf], ["quantity", "!=", 0]]
    found = odoo.rows("stock.quant", *domain, fields=["package_id", "owner_id", "quantity"])
    assert sorted((row["quantity"], (row["package_id"] or [0])[0], (row["owner_id"] or [0])[0]) for row in found) == [
        (2, 0, owner),
        (15, pack, 0),
    ]


def test_several_rows_of_one_key_are_summed(odoo: Odoo) -> None:
    """Contract 14.2: 8 rows and a count of 32 ended at 56."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    for quantity in (5, 3, -1):
        lay(odoo, gauze, shelf, quantity)

    with session_with(odoo) as session:
        done(end_of(session, applied(odoo, says(odoo, 1, gauze, "9", shelf)), NOW))

    assert odoo.on_hand(gauze, shelf) == 9


def test_a_count_that_agrees_moves_nothing_and_is_remembered(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "10", shelf))

    with session_with(odoo) as session:
        first = done(end_of(session, act, NOW))
        lay(odoo, gauze, shelf, 5)
        second = done(end_of(session, act, NOW))

    (paper,) = papers(odoo, act)
    assert first == second
    assert (paper["state"], first.picking_name) == ("cancel", paper["name"])
    assert "agrees with the book" in paper["note"]
    assert odoo.on_hand(gauze, shelf) == 15


def test_a_late_retry_after_a_manager_applied_another_count_changes_no_stock(odoo: Odoo) -> None:
    """Issue-proof of contract 14.1: the document outlives merging and deleting of rows."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "0", shelf))
    with session_with(odoo) as session:
        first = done(end_of(session, act, NOW))
        open_the_list(odoo)
        colleague_counts(odoo, gauze, shelf, 7)
        apply(odoo, gauze, shelf)

        second = done(end_of(session, act, NOW))

    # What was applied in the second our papers were done in may have been before them: that is a doubt, no difference.
    assert replace(second, recounts=()) == first
    assert odoo.on_hand(gauze, shelf) == 7


def test_the_difference_is_never_worked_out_again(odoo: Odoo) -> None:
    """The device died between load and validate; a nurse took two meanwhile: the same difference is still true."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf))
    dies_before(odoo, "stock.picking.button_validate", act)
    with session_with(odoo) as session:
        done(end_of(session, use(odoo, gauze, "2", shelf), ago(0)))

        outcome = done(end_of(session, act, NOW))

    assert odoo.on_hand(gauze, shelf) == 10
    assert (outcome.differs, len(papers(odoo, act))) == ((), 1)


def test_papers_that_stand_are_not_booked_over_a_word_spoken_since(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf))
    dies_before(odoo, "stock.picking.button_validate", act)
    wait_a_second(odoo)
    colleague_counts(odoo, gauze, shelf, 11)
    apply(odoo, gauze, shelf)

    with session_with(odoo) as session:
        card = refused(end_of(session, act, NOW))
        again = refused(end_of(session, act, NOW))

    assert (card.code, again.code) == ("count_overtaken", "refused_before")
    assert odoo.on_hand(gauze, shelf) == 11
    assert {paper["state"] for paper in papers(odoo, act)} == {"cancel"}


def test_papers_somebody_changed_are_not_booked(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf))
    dies_before(odoo, "stock.picking.button_validate", act)
    picking = papers(odoo, act)[0]["id"]
    odoo.ok("stock.move.line", "write", ids=[odoo.lines(picking)[0]["id"]], vals={"quantity": 9})

    with session_with(odoo) as session:
        card = refused(end_of(session, act, NOW))

    assert card.code == "lines_changed"
    assert odoo.on_hand(gauze, shelf) == 10


def test_a_colleagues_count_that_waits_is_a_card_whatever_it_says(odoo: Odoo) -> None:
    """Applied after ours it would be applied to another book."""
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    colleague_counts(odoo, gauze, shelf, 12)
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf))
    asked = applied(odoo, says(odoo, 1, gauze, "12", shelf), answers=(answer("count_pending", "keep-ours"),))

    with session_with(odoo) as session:
        card = refused(end_of(session, act, NOW))
        left = waits(odoo, gauze, shelf)
        done(end_of(session, asked, NOW))

    assert (card.code, card.facts["theirs"], left) == ("count_pending", "12", [12])
    assert waits(odoo, gauze, shelf) == []
    assert odoo.on_hand(gauze, shelf) == 12


def test_ones_own_count_that_waits_gives_way(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)

    with session_with(odoo) as session:
        done(end_of(session, count(odoo, says(odoo, 1, gauze, "9", shelf)), ago(2)))
        done(end_of(session, applied(odoo, says(odoo, 1, gauze, "8", shelf)), ago(1)))

    assert waits(odoo, gauze, shelf) == []
    assert odoo.on_hand(gauze, shelf) == 8


def test_a_difference_goes_to_no_shelf(odoo: Odoo) -> None:
    gauze, shelf, ward = odoo.product("none"), odoo.bin(), odoo.bin()
    act = applied(odoo, replace(says(odoo, 1, gauze, "4", shelf), destination_id=ward))
    wrong = replace(act, document=replace(act.document, destination_id=ward))

    with session_with(odoo) as session:
        card = refused(end_of(session, wrong, NOW))

    assert card.code == "not_for_counts"
    assert lies(odoo, gauze) == {}


@pytest.mark.parametrize("call", ["stock.picking.load", "stock.picking.button_validate"])
def test_a_lost_reply_does_not_count_twice(odoo: Odoo, call: str) -> None:
    gauze, towel, shelf = odoo.product("none"), odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    lay(odoo, towel, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf), says(odoo, 2, towel, "7", shelf))
    with session_with(odoo, client=cut(call, after=True, times=1)) as session, pytest.raises(OdooError):
        end_of(session, act, NOW)

    with session_with(odoo) as session:
        outcome = done(end_of(session, act, NOW))

    assert [odoo.on_hand(gauze, shelf), odoo.on_hand(towel, shelf)] == [12, 7]
    assert (outcome.differs, outcome.recounts) == ((), ())


def test_what_was_taken_back_is_never_booked(odoo: Odoo) -> None:
    gauze, towel, shelf = odoo.product("none"), odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    lay(odoo, towel, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf), says(odoo, 2, towel, "7", shelf))
    dies_before(odoo, "stock.picking.button_validate", act)

    with session_with(odoo) as session:
        for _ in range(2):
            assert postings.withdraw(session, Sending(act, NOW)) is None
        card = refused(end_of(session, act, NOW))

    assert (card.code, {paper["state"] for paper in papers(odoo, act)}) == ("refused_before", {"cancel"})
    assert [odoo.on_hand(gauze, shelf), odoo.on_hand(towel, shelf)] == [10, 10]


@pytest.mark.parametrize("after", range(4, 16, 2))
def test_a_validate_that_arrives_while_both_papers_are_taken_back_books_all_of_it_or_nothing(
    odoo: Odoo, after: int
) -> None:
    """Of a run that was given up. Of two papers Odoo validates the open one without a word."""
    gauze, towel, shelf = odoo.product("none"), odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    lay(odoo, towel, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf), says(odoo, 2, towel, "7", shelf))
    dies_before(odoo, "stock.picking.button_validate", act)
    ids, calls = [paper["id"] for paper in papers(odoo, act)], count_from()

    class Busy(httpx2.HTTPTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if next(calls) == after:
                context = {"skip_backorder": True, "skip_expired": True}
                odoo.call("stock.picking", "button_validate", ids=ids, context=context)
            return super().handle_request(request)

    with session_with(odoo, client=httpx2.Client(transport=Busy(), timeout=60)) as session:
        end = postings.withdraw(session, Sending(act, NOW))

    assert len(ids) == 2
    assert end is None or end.differs == ()
    assert [odoo.on_hand(gauze, shelf), odoo.on_hand(towel, shelf)] == ([10, 10] if end is None else [12, 7])
    assert {paper["state"] for paper in papers(odoo, act)} == ({"cancel"} if end is None else {"done"})


def test_a_load_that_arrives_after_the_count_was_refused_leaves_no_half_for_others(odoo: Odoo) -> None:
    gauze, towel, shelf = odoo.product("none"), odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    lay(odoo, towel, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf), says(odoo, 2, towel, "7", shelf))
    late = Late()
    with session_with(odoo, client=httpx2.Client(transport=late, timeout=60)) as session:
        with pytest.raises(OdooError):
            end_of(session, act, NOW)
        odoo.ok("product.product", "write", "admin", ids=[towel], vals={"active": False})
        card = refused(end_of(session, act, NOW))
    with httpx2.HTTPTransport(verify=False) as wire:
        for request in late.kept:
            wire.handle_request(request).read()

    assert (card.code, len(late.kept)) == ("product_archived", 1)
    assert {paper["state"] for paper in papers(odoo, act)} == {"cancel"}


def test_half_of_it_cancelled_by_a_person_is_taken_back_whole(odoo: Odoo) -> None:
    gauze, towel, shelf = odoo.product("none"), odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    lay(odoo, towel, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf), says(odoo, 2, towel, "7", shelf))
    dies_before(odoo, "stock.picking.button_validate", act)
    first = papers(odoo, act)[0]
    odoo.ok("stock.picking", "action_cancel", "manager", ids=[first["id"]])

    with session_with(odoo) as session:
        card = refused(end_of(session, act, NOW))

    assert (card.code, card.facts["picking"]) == ("refused_before", first["name"])
    assert {paper["state"] for paper in papers(odoo, act)} == {"cancel"}
    assert [odoo.on_hand(gauze, shelf), odoo.on_hand(towel, shelf)] == [10, 10]


def test_what_is_booked_cannot_be_taken_back(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf))

    with session_with(odoo) as session:
        first = done(end_of(session, act, NOW))
        late = postings.withdraw(session, Sending(act, NOW))

    assert late == first
    assert odoo.on_hand(gauze, shelf) == 12


def test_odoos_own_no_leaves_nothing(odoo: Odoo) -> None:
    gauze, shelf = odoo.product("none"), odoo.bin()
    lay(odoo, gauze, shelf, 10)
    act = applied(odoo, says(odoo, 1, gauze, "12", shelf))
    no = {"name": "odoo.exceptions.UserError", "message": "Not today.", "debug": "", "arguments": [], "context": {}}
    enveloped = {"jsonrpc": "2.0", "id": 1, "error": {"code": 200, "message": "Odoo Server Error", "data": no}}
    said = httpx2.Response(422, json=no) if odoo.major >= 19 else httpx2.Response(200, json=enveloped)
    with session_with(odoo, client=cut("stock.picking.button_validate", answer=lambda: said)) as session:
        card = refused(end_of(session, act, NOW))

    assert (card.code, card.facts["says"]) == ("odoo_refused", "Not today.")
    assert odoo.on_hand(gauze, shelf) == 10
    assert {paper["state"] for paper in papers(odoo, act)} == {"cancel"}


def dies_before(odoo: Odoo, call: str, act: Transaction) -> None:
    """A device posts it and is gone before that call."""
    with session_with(odoo, client=cut(call)) as session, pytest.raises(OdooError):
        end_of(session, act, NOW)


def wait_a_second(odoo: Odoo) -> None:
    """Odoo's times have no fractions: until its clock shows another second."""

    def now() -> str:
        made = odoo._made("res.partner", {"name": unique("tick")})
        return str(odoo.row("res.partner", made, "create_date")["create_date"])

    begin = now()
    while now() == begin:
        pass
