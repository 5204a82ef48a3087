"""Many free postings in as few calls as one, each once: lost replies, bad rows, a bad one among good ones."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import httpx2
import pytest

from sync.odoo import postings
from sync.odoo.free import posting as free
from sync.odoo.posting.sending import Sending, Site
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.transaction import Kind, Outcome, Transaction
from tests.contract.conftest import Odoo
from tests.contract.unplanned import (
    Cut,
    Ends,
    act,
    called_by,
    code_of,
    cut,
    done,
    lies,
    place,
    post_all,
    refused,
    stocked,
    taken,
)
from tests.sync.acts import STAMP, blind, line, session_with

pytestmark = pytest.mark.contract

LOAD, VALIDATE = "stock.picking.load", "stock.picking.button_validate"


class Ward:
    """A shelf with a hundred towels, and acts that take one each to a place of their own kind."""

    def __init__(self, odoo: Odoo) -> None:
        self.odoo = odoo
        self.towel, self.shelf, self.away = odoo.product("none"), place(odoo), place(odoo)
        stocked(odoo, self.towel, self.shelf, 100)

    def act(self, done: str = "1", **more: Any) -> Transaction:
        return act(self.odoo, taken(self.odoo, 1, self.towel, done, self.shelf, self.away), **more)

    def acts(self, count: int) -> list[Transaction]:
        return [self.act() for _ in range(count)]

    def bad_at_load(self) -> Transaction:
        """Its operation type is gone."""
        one = self.act()
        return replace(one, document=replace(one.document, picking_type_id=999_999))

    def bad_at_validate(self) -> Transaction:
        """One serial on two lines: Odoo says so only when it validates (contract 4.4)."""
        implant = self.odoo.product("serial", expires=False)
        return blind(self.odoo, *[line(self.odoo, number, implant, "1", "S1", expiry=None) for number in (1, 2)])

    @property
    def moved(self) -> int:
        return int(lies(self.odoo, self.towel).get((self.away, ""), 0))

    def papers(self, *acts: Transaction) -> list[str]:
        """States of all that stands in Odoo for some acts."""
        rows = [self.odoo.rows("stock.picking", ["origin", "ilike", one.uuid], fields=["state"]) for one in acts]
        return [row["state"] for some in rows for row in some]

    def post(self, *acts: Transaction, client: httpx2.Client | None = None) -> list[Outcome | Refused]:
        with session_with(self.odoo, client=client) as session:
            told = post_all(session, acts)
        return [told[one.uuid] for one in acts]

    def stumbles(self, *acts: Transaction, client: httpx2.Client) -> tuple[OdooError, Ends]:
        """A posting that ends in an error: which, and what was settled before it."""
        told: Ends = {}
        with session_with(self.odoo, client=client) as session, pytest.raises(OdooError) as caught:
            free.post(session, [Sending(one, STAMP) for one in acts], Site(), told.__setitem__)
        return caught.value, told


@pytest.fixture
def ward(odoo: Odoo) -> Ward:
    return Ward(odoo)


def says(odoo: Odoo, status: int, name: str, message: str = "because") -> Callable[[], httpx2.Response]:
    """An error as that Odoo writes it."""
    told: dict[str, Any] = {"name": name, "message": message, "arguments": [], "context": {}, "debug": ""}
    if odoo.major >= 19:
        return lambda: httpx2.Response(status, json=told)
    error = {"code": 200, "message": "Odoo Server Error", "data": told}
    return lambda: httpx2.Response(200, json={"jsonrpc": "2.0", "id": None, "error": error})


def answers(odoo: Odoo, value: Any) -> Callable[[], httpx2.Response]:
    """A result as that Odoo writes it."""
    return lambda: httpx2.Response(200, json=value if odoo.major >= 19 else {"jsonrpc": "2.0", "result": value})


# -- as few calls as for one ---------------------------------------------------------------------------------------


def test_twenty_acts_take_as_many_calls_as_one(ward: Ward) -> None:
    calls = []
    for count in (1, 20):
        way = Cut("nothing")
        ends = ward.post(*ward.acts(count), client=httpx2.Client(transport=way, timeout=60))
        assert [done(end).differs for end in ends] == [()] * count
        calls.append([call for call in way.seen if call])  # without the first greeting

    assert calls[0] == calls[1]
    assert len(calls[0]) <= 16
    assert ward.moved == 21


def test_each_is_told_its_own_document(ward: Ward) -> None:
    acts = ward.acts(5)

    ends = [done(end) for end in ward.post(*acts)]

    origins = [ward.odoo.row("stock.picking", end.picking_id, "origin")["origin"] for end in ends]
    assert [one.uuid in origin for one, origin in zip(acts, origins, strict=True)] == [True] * 5


def test_posting_a_batch_again_changes_nothing(ward: Ward) -> None:
    acts = ward.acts(5)

    first, again = ward.post(*acts), ward.post(*acts)

    assert first == again
    assert (ward.moved, ward.papers(*acts)) == (5, ["done"] * 5)


def test_what_stands_half_done_is_done_once(ward: Ward) -> None:
    finished, loaded, new = ward.acts(2), ward.acts(2), ward.acts(2)
    ward.post(*finished)
    ward.stumbles(*loaded, client=cut(VALIDATE))
    assert ward.papers(*loaded) == ["assigned"] * 2

    ends = ward.post(new[0], loaded[0], finished[0], finished[1], loaded[1], new[1])

    assert [done(end).differs for end in ends] == [()] * 6
    assert (ward.moved, ward.papers(*finished, *loaded, *new)) == (6, ["done"] * 6)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("call", [LOAD, VALIDATE, "stock.move.line.search_read", "stock.picking.search_read"])
def test_a_lost_call_settles_nothing_and_the_same_batch_runs_again(ward: Ward, call: str, after: bool) -> None:
    acts = ward.acts(3)

    error, told = ward.stumbles(*acts, client=cut(call, after=after))
    ends = ward.post(*acts)

    assert (error.family, told) == (Family.TRANSIENT_UNKNOWN, {})
    assert [done(end).differs for end in ends] == [()] * 3
    assert (ward.moved, ward.papers(*acts)) == (3, ["done"] * 3)


def test_a_conflict_in_a_load_is_no_refusal(ward: Ward) -> None:
    """Contract 0.9: it comes with HTTP 200."""
    acts = ward.acts(3)
    conflict = {"ids": False, "messages": [{"type": "error", "record": 0, "message": "could not serialize access"}]}

    error, told = ward.stumbles(*acts, client=cut(LOAD, answer=answers(ward.odoo, conflict)))

    assert (error.family, told) == (Family.TRANSIENT_UNKNOWN, {})
    assert [code_of(end) for end in ward.post(*acts)] == ["done"] * 3


def test_copies_of_a_device_push_the_same_batch_at_once(ward: Ward) -> None:
    acts = ward.acts(4)

    with ThreadPoolExecutor(3) as pool:
        ends = list(pool.map(lambda _copy: until_settled(ward, acts), range(3)))

    names = {tuple(done(told[one.uuid]).picking_name for one in acts) for told in ends}
    assert len(names) == 1
    assert (ward.moved, ward.papers(*acts)) == (4, ["done"] * 4)


def until_settled(ward: Ward, acts: list[Transaction]) -> Ends:
    """What a push does with a conflict: the same again."""
    for _ in range(30):
        told: Ends = {}
        try:
            with session_with(ward.odoo) as session:
                free.post(session, [Sending(one, STAMP) for one in acts], Site(), told.__setitem__)
        except OdooError as error:
            assert error.family is Family.TRANSIENT_UNKNOWN, error  # noqa: PT017
        else:
            return told
    raise AssertionError("never settled")


# -- one that Odoo will not have -----------------------------------------------------------------------------------


def test_a_bad_row_is_refused_and_the_others_go_on_together(ward: Ward) -> None:
    acts = [ward.act(), ward.bad_at_load(), ward.act(), ward.act()]
    way = Cut("nothing")

    ends = ward.post(*acts, client=httpx2.Client(transport=way, timeout=60))

    assert [code_of(end) for end in ends] == ["done", "odoo_refused", "done", "done"]
    assert way.seen.count(VALIDATE) == 1
    assert (ward.moved, ward.papers(*acts)) == (3, ["done"] * 3)


def test_all_bad_rows_are_refused_each_for_itself(ward: Ward) -> None:
    acts = [ward.bad_at_load(), ward.act(), ward.bad_at_load()]

    assert [code_of(end) for end in ward.post(*acts)] == ["odoo_refused", "done", "odoo_refused"]


def test_words_nobody_knows_are_no_verdict_on_the_batch(ward: Ward) -> None:
    """Contract 14.19: it may be a conflict in the server's language."""
    acts = ward.acts(3)
    unknown = {"ids": False, "messages": [{"type": "error", "record": 1, "message": "Zugriff nicht möglich"}]}

    ends = ward.post(*acts, client=cut(LOAD, answer=answers(ward.odoo, unknown), times=2))

    assert [code_of(end) for end in ends] == ["done"] * 3
    assert (ward.moved, ward.papers(*acts)) == (3, ["done"] * 3)


def test_a_batch_too_large_for_a_proxy_goes_in_parts(ward: Ward) -> None:
    """Many a proxy takes one megabyte, and each note holds a whole body."""
    acts = ward.acts(5)

    class Narrow(Cut):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            several = request.read().count(b"wardstock ") > 2  # once in each origin
            if called_by(request) == LOAD and several:
                return httpx2.Response(413, text="<html>413 Request Entity Too Large</html>")
            return super().handle_request(request)

    ends = ward.post(*acts, client=httpx2.Client(transport=Narrow("nothing"), timeout=60))

    assert [code_of(end) for end in ends] == ["done"] * 5
    assert (ward.moved, ward.papers(*acts)) == (5, ["done"] * 5)


def test_a_bad_one_among_good_ones_is_taken_back_alone(ward: Ward) -> None:
    """A batch that is validated with it is rolled back whole (contract 8)."""
    acts = [ward.act(), ward.bad_at_validate(), ward.act()]

    ends = ward.post(*acts)
    again = ward.post(*acts)

    assert [code_of(end) for end in ends] == ["done", "odoo_refused", "done"]
    assert [code_of(end) for end in again] == ["done", "refused_before", "done"]
    assert refused(again[1]).facts["why"] == "odoo_refused"
    assert (ward.moved, ward.papers(*acts)) == (2, ["done", "cancel", "done"])


def test_goods_of_a_refused_one_are_reserved_no_longer(ward: Ward) -> None:
    error, _ = ward.stumbles(one := ward.act("40"), client=cut(VALIDATE))
    assert error.family is Family.TRANSIENT_UNKNOWN
    assert reserved(ward) == 40

    with session_with(ward.odoo) as session:
        told = postings.give_up(session, Sending(one, STAMP), OdooError(Family.RIGHTS, message="not yours"))

    assert (code_of(told), reserved(ward), ward.papers(one)) == ("odoo_rights", 0, ["cancel"])


def reserved(ward: Ward) -> float:
    domain = [["product_id", "=", ward.towel], ["location_id", "=", ward.shelf]]
    return sum(
        float(row["reserved_quantity"]) for row in ward.odoo.rows("stock.quant", *domain, fields=["reserved_quantity"])
    )


def test_lost_rights_blame_nobody_and_hold_up_nobody_else(ward: Ward) -> None:
    """The batch is refused once, then the first one alone: the others are done, and the caller is told."""
    acts = ward.acts(3)
    no = says(ward.odoo, 403, "odoo.exceptions.AccessError")

    error, told = ward.stumbles(*acts, client=cut(VALIDATE, answer=no, times=2))

    assert error.family is Family.RIGHTS
    assert {uuid: code_of(end) for uuid, end in told.items()} == {one.uuid: "done" for one in acts[1:]}
    assert [code_of(end) for end in ward.post(*acts)] == ["done"] * 3
    assert ward.moved == 3


def test_what_odoo_asks_becomes_a_card_that_quotes_it(ward: Ward) -> None:
    wizard = {"type": "ir.actions.act_window", "name": "Quality Check", "res_model": "quality.check.wizard"}

    ends = ward.post(one := ward.act(), client=cut(VALIDATE, answer=answers(ward.odoo, wizard)))

    told = refused(ends[0])
    assert (told.code, told.facts["asks"]) == ("odoo_asks", "Quality Check")
    assert ward.papers(one) == ["cancel"]


def test_a_new_lot_of_two_acts_is_made_once_and_has_one_day(odoo: Odoo) -> None:
    gauze = odoo.product()
    first, second = [blind(odoo, line(odoo, 1, gauze, "5", "N1")) for _ in range(2)]
    third = blind(odoo, line(odoo, 1, gauze, "5", "N1", expiry=date(2031, 1, 1)))

    with session_with(odoo) as session:
        told = post_all(session, [first, second, third])

    assert [code_of(told[one.uuid]) for one in (first, second, third)] == ["done", "done", "expiry_differs"]
    lots = odoo.rows("stock.lot", ["product_id", "=", gauze], fields=["name", "expiration_date"])
    assert [(lot["name"], lot["expiration_date"]) for lot in lots] == [("N1", "2035-06-30 12:00:00")]
    assert odoo.on_hand(gauze) == 10


# -- what people do in Odoo meanwhile ------------------------------------------------------------------------------


def loaded(ward: Ward) -> tuple[Transaction, int]:
    """One that stands in Odoo, not validated yet: a device that was cut off there."""
    one = ward.act()
    ward.stumbles(one, client=cut(VALIDATE))
    return one, ward.odoo.rows("stock.picking", ["origin", "ilike", one.uuid], fields=["name"])[0]["id"]


def test_a_copy_made_in_odoo_is_not_taken_for_ours(ward: Ward) -> None:
    one = ward.act()
    first = done(ward.post(one)[0])
    names = ["origin", "note", "picking_type_id", "location_id", "location_dest_id"]
    told = ward.odoo.row("stock.picking", first.picking_id, *names)
    ward.odoo._made(
        "stock.picking", {name: told[name][0] if isinstance(told[name], list) else told[name] for name in names}
    )

    assert ward.post(one) == [first]
    assert sorted(ward.papers(one)) == ["done", "draft"]


def test_an_origin_changed_in_odoo_does_not_hide_what_is_done(ward: Ward) -> None:
    """Then it is new by origin; neither is it booked again, nor refused for what came later."""
    one = ward.act()
    first = done(ward.post(one)[0])
    ward.odoo.ok("stock.picking", "write", ids=[first.picking_id], vals={"origin": "see delivery 4711"})

    assert ward.post(one) == [first]
    ward.odoo.ok("product.product", "write", "admin", ids=[ward.towel], vals={"active": False})
    assert ward.post(one) == [first]
    assert ward.moved == 1


def test_what_a_person_validated_is_done(ward: Ward) -> None:
    one, picking = loaded(ward)
    ward.odoo.validate(picking, skip_backorder=True)

    assert (code_of(ward.post(one)[0]), ward.moved) == ("done", 1)


def test_what_a_person_cancelled_stays_cancelled(ward: Ward) -> None:
    one, picking = loaded(ward)
    ward.odoo.ok("stock.picking", "action_cancel", ids=[picking])
    other = ward.act()

    ends = ward.post(one, other)

    assert [code_of(end) for end in ends] == ["refused_before", "done"]
    assert ward.moved == 1


def test_lines_a_person_changed_are_not_validated(ward: Ward) -> None:
    one, picking = loaded(ward)
    row = ward.odoo.lines(picking)[0]["id"]
    ward.odoo.ok("stock.move.line", "write", ids=[row], vals={"quantity": 7})
    other = ward.act()

    ends = ward.post(one, other)

    assert [code_of(end) for end in ends] == ["lines_changed", "done"]
    assert (ward.moved, ward.papers(one)) == (1, ["cancel"])
    assert refused(ward.post(one)[0]).facts["why"] == "lines_changed"


def test_what_stands_is_not_refused_for_what_came_later(ward: Ward) -> None:
    one, _ = loaded(ward)
    ward.odoo.ok("product.product", "write", "admin", ids=[ward.towel], vals={"active": False})

    assert (code_of(ward.post(one)[0]), ward.moved) == ("done", 1)


# -- given up and taken back ---------------------------------------------------------------------------------------


def withdrawn(ward: Ward, one: Transaction) -> Outcome | None:
    with session_with(ward.odoo) as session:
        return postings.withdraw(session, Sending(one, STAMP))


def test_taking_back_is_repeatable_and_final(ward: Ward) -> None:
    never_sent, (standing, _) = ward.act(), loaded(ward)

    for one in (never_sent, standing):
        assert [withdrawn(ward, one), withdrawn(ward, one)] == [None, None]
        told = refused(ward.post(one)[0])
        assert (told.code, told.facts["why"]) == ("refused_before", "withdrawn")
    assert (ward.moved, ward.papers(never_sent, standing)) == (0, ["cancel", "cancel"])


def test_what_is_done_cannot_be_taken_back(ward: Ward) -> None:
    one = ward.act()
    outcome = ward.post(one)[0]

    assert [withdrawn(ward, one), withdrawn(ward, one)] == [outcome, outcome]
    assert ward.moved == 1


def test_a_validate_that_wins_over_the_taking_back_is_told(ward: Ward) -> None:
    """Our cancel comes when the validate of the lost call is through: it is done, and said so."""
    one, picking = loaded(ward)

    class Late(Cut):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if self.times and b"action_cancel" in request.url.raw_path + request.read():
                self.times = 0
                ward.odoo.validate(picking, skip_backorder=True)
            return super().handle_request(request)

    client = httpx2.Client(transport=Late("nothing"), timeout=60)
    with session_with(ward.odoo, client=client) as session:
        outcome = postings.withdraw(session, Sending(one, STAMP))

    assert outcome is not None
    assert (outcome.differs, ward.moved) == ((), 1)


def test_both_directions_between_two_places_go_in_one_batch(ward: Ward) -> None:
    """A transfer there and a return back touch the same shelf: here they are judged and posted in order."""
    there = ward.act("30")
    back = act(ward.odoo, taken(ward.odoo, 1, ward.towel, "10", ward.away, ward.shelf), kind=Kind.WARD_RETURN)

    ward.post(there)
    ends = ward.post(ward.act("5"), back)

    assert [code_of(end) for end in ends] == ["done", "done"]
    assert lies(ward.odoo, ward.towel) == {(ward.shelf, ""): 75, (ward.away, ""): 25}


@pytest.mark.parametrize("others", [0, 2])
def test_what_another_copy_takes_back_before_our_validate_is_no_question_of_odoo(ward: Ward, others: int) -> None:
    one, _ = loaded(ward)

    class Slow(Cut):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if self.times and called_by(request) == VALIDATE:
                self.times = 0
                assert withdrawn(ward, one) is None
            return super().handle_request(request)

    ends = ward.post(one, *ward.acts(others), client=httpx2.Client(transport=Slow("nothing"), timeout=60))

    assert [code_of(end) for end in ends] == ["refused_before", *["done"] * others]
    assert refused(ends[0]).facts["why"] == "withdrawn"
    assert (ward.moved, ward.papers(one)) == (others, ["cancel"])
