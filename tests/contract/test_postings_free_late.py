"""Free postings of more than one paper, calls that come late, and what a rule hides: never half, never twice."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import count

import httpx2
import pytest

from sync.odoo.free import posting as free
from sync.odoo.posting.sending import Sending, Site
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.session import Session
from sync.transaction import Kind, Transaction
from tests.contract.conftest import Odoo
from tests.contract.test_postings_free_batch import says
from tests.contract.test_postings_free_kinds import received, relabelled, sent_back
from tests.contract.test_postings_trouble import hidden
from tests.contract.unplanned import act, called_by, code_of, cut, done, lies, place, post_all, refused, stocked, taken
from tests.sync.acts import STAMP, post, session_with

pytestmark = pytest.mark.contract

LOAD, VALIDATE = "stock.picking.load", "stock.picking.button_validate"
UNASKED = {"skip_backorder": True, "skip_expired": True}


@dataclass
class Late(httpx2.BaseTransport):
    """A way on which the first loads of pickings are kept back: nobody answers, they arrive when all is over."""

    times: int = 1
    kept: list[httpx2.Request] = field(default_factory=list)
    inner: httpx2.HTTPTransport = field(default_factory=httpx2.HTTPTransport)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if called_by(request) != LOAD or len(self.kept) >= self.times:
            return self.inner.handle_request(request)
        request.read()
        self.kept.append(request)
        raise httpx2.ReadTimeout("nothing came back")

    def close(self) -> None:
        self.inner.close()


def two_papers(odoo: Odoo) -> tuple[int, Transaction]:
    """Goods that go back to the two orders that brought them: two pickings of one act, on each Odoo."""
    gauze = odoo.product()
    (_, first), (_, second) = received(odoo, gauze, 10, "A1"), received(odoo, gauze, 10, "B1")
    lines = [
        taken(odoo, number, gauze, "4", odoo.stock, odoo.vendors, lot=lot, move_id=move)
        for number, lot, move in ((1, "A1", first), (2, "B1", second))
    ]
    return gauze, sent_back(odoo, *lines)


def lot_change(odoo: Odoo) -> tuple[int, Transaction]:
    gauze, shelf, loss = odoo.product(), place(odoo), place(odoo, "inventory")
    stocked(odoo, gauze, shelf, 10, odoo.lot(gauze, "A1"))
    return gauze, relabelled(odoo, gauze, shelf, loss)


def open_papers(odoo: Odoo, one: Transaction) -> list[str]:
    """Pickings of it that somebody could still validate."""
    domain = [["origin", "ilike", one.uuid], ["state", "not in", ["done", "cancel"]]]
    return [row["state"] for row in odoo.rows("stock.picking", *domain, fields=["state"])]


@pytest.mark.parametrize("made", [two_papers, lot_change])
def test_a_load_that_arrives_after_it_was_taken_back_leaves_no_half_for_others(
    odoo: Odoo, made: Callable[[Odoo], tuple[int, Transaction]]
) -> None:
    gauze, one = made(odoo)
    before = lies(odoo, gauze)
    late = Late()
    with session_with(odoo, client=httpx2.Client(transport=late, timeout=60)) as session:
        with pytest.raises(OdooError):
            post(session, one, STAMP)
        assert free.withdraw(session, Sending(one, STAMP)) is None
    with httpx2.HTTPTransport(verify=False) as wire:
        for request in late.kept:
            wire.handle_request(request).read()

    assert open_papers(odoo, one) == []
    with session_with(odoo) as session, pytest.raises(Refused) as told:
        post(session, one, STAMP)
    assert told.value.code == "refused_before"
    assert open_papers(odoo, one) == []
    assert lies(odoo, gauze) == before


def test_an_act_cut_between_its_two_papers_goes_on(odoo: Odoo) -> None:
    """A proxy lets only one of them through at once, and the line breaks between them."""
    gauze, one = two_papers(odoo)
    answers = iter([httpx2.Response(413), None, httpx2.Response(502)])

    class Narrow(httpx2.HTTPTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            told = next(answers, None) if called_by(request) == LOAD else None
            return told or super().handle_request(request)

    with session_with(odoo, client=httpx2.Client(transport=Narrow(), timeout=60)) as session:
        with pytest.raises(OdooError):
            post(session, one, STAMP)
        assert post(session, one, STAMP).differs == ()

    assert lies(odoo, gauze) == {(odoo.stock, "A1"): 6, (odoo.stock, "B1"): 6}


def test_days_that_cannot_both_be_refuse_one_act_and_not_the_pass(odoo: Odoo) -> None:
    """The lot says no day, the first act one, the second none, the third another."""
    gauze = odoo.product()
    lot = odoo.lot(gauze, "A1")
    odoo.ok("stock.lot", "write", "admin", ids=[lot], vals={"expiration_date": False})
    days = (date(2035, 6, 30), None, date(2036, 1, 31))
    acts = [
        act(odoo, taken(odoo, 1, gauze, "5", odoo.vendors, place(odoo), lot="A1", expiry=day), kind=Kind.BLIND_RECEIPT)
        for day in days
    ]

    with session_with(odoo) as session:
        told = post_all(session, acts)

    assert [code_of(told[one.uuid]) for one in acts] == ["done", "done", "expiry_differs"]
    assert odoo.on_hand(gauze) == Decimal(10)


def test_what_is_done_and_hidden_by_a_rule_is_never_called_refused(odoo: Odoo) -> None:
    towel, store, ward = odoo.product("none"), place(odoo), place(odoo)
    stocked(odoo, towel, store, 10)
    one = act(odoo, taken(odoo, 1, towel, "4", store, ward))
    with session_with(odoo) as session:
        first = post(session, one, STAMP)

    with hidden(odoo, "stock.picking", first.picking_id), session_with(odoo) as session:
        with pytest.raises(OdooError) as told:
            post(session, one, STAMP)
        with pytest.raises(OdooError):
            free.withdraw(session, Sending(one, STAMP))
    assert told.value.family is Family.RIGHTS
    with session_with(odoo) as session:
        assert post(session, one, STAMP) == first


def test_goods_hidden_since_do_not_keep_what_is_done_from_its_end(odoo: Odoo) -> None:
    gauze, store, ward = odoo.product(), place(odoo), place(odoo)
    stocked(odoo, gauze, store, 10, odoo.lot(gauze, "A1"))
    one = act(odoo, taken(odoo, 1, gauze, "4", store, ward, lot="A1"))
    with session_with(odoo, client=cut(VALIDATE, after=True)) as session, pytest.raises(OdooError):
        post(session, one, STAMP)

    with hidden(odoo, "product.product", gauze), session_with(odoo) as session:
        assert post(session, one, STAMP).picking_name


@pytest.mark.parametrize("made", [two_papers, lot_change])
@pytest.mark.parametrize("after", range(5))
def test_a_copy_that_sends_while_it_is_refused_here_books_all_of_it_or_nothing(
    odoo: Odoo, made: Callable[[Odoo], tuple[int, Transaction]], after: int
) -> None:
    """Only this device knows that the goods are held. The copy loads before our stones, and validates some calls on."""
    gauze, one = made(odoo)
    before = lies(odoo, gauze)
    calls = count()

    class Meanwhile(httpx2.HTTPTransport):
        begun = False

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if called_by(request) == LOAD and not self.begun:
                self.begun = True
                with session_with(odoo, client=cut(VALIDATE)) as copy, pytest.raises(OdooError):
                    post(copy, one, STAMP)
            if self.begun and next(calls) == after:
                papers = odoo.rows("stock.picking", ["origin", "ilike", one.uuid], fields=["state"])
                odoo.call("stock.picking", "button_validate", ids=[row["id"] for row in papers], context=UNASKED)
            return super().handle_request(request)

    with session_with(odoo, client=httpx2.Client(transport=Meanwhile(), timeout=60)) as session:
        end = post_all(session, [one], Site(held={(gauze, ""): "recalled"}))[one.uuid]

    assert open_papers(odoo, one) == []
    if code_of(end) == "done":
        assert done(end).differs == ()
    else:
        assert lies(odoo, gauze) == before


def test_a_lot_odoo_will_not_change_keeps_nobody_else_waiting(odoo: Odoo) -> None:
    """Its day is to be written down; Odoo says no, to that act alone."""
    gauze, towel = odoo.product(), odoo.product("none")
    lot = odoo.lot(gauze, "A1")
    odoo.ok("stock.lot", "write", "admin", ids=[lot], vals={"expiration_date": False})
    dated = act(odoo, taken(odoo, 1, gauze, "5", odoo.vendors, odoo.stock, lot="A1"), kind=Kind.BLIND_RECEIPT)
    other = act(odoo, taken(odoo, 1, towel, "5", odoo.vendors, odoo.stock), kind=Kind.BLIND_RECEIPT)

    no = says(odoo, 422, "odoo.exceptions.UserError", "this lot is under review")
    with session_with(odoo, client=cut("stock.lot.write", answer=no)) as session:
        told = post_all(session, [dated, other])

    assert [code_of(told[one.uuid]) for one in (dated, other)] == ["odoo_refused", "done"]
    assert refused(told[dated.uuid]).facts["says"] == "this lot is under review"
    assert [odoo.on_hand(gauze), odoo.on_hand(towel)] == [0, 5]


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_lot_change_loaded_before_the_night_of_the_upgrade_ends_whole(
    odoo: Odoo, monkeypatch: pytest.MonkeyPatch, *, taken_back: bool
) -> None:
    """On two papers then, where it would be one today: both are seen."""
    gauze, one = lot_change(odoo)
    before = lies(odoo, gauze)
    with session_with(odoo, client=cut(VALIDATE)) as session, monkeypatch.context() as older:
        can = replace(session.can, lots_change_in_one=False)
        older.setattr(Session, "can", property(lambda _self: can))
        with pytest.raises(OdooError):
            post(session, one, STAMP)

    with session_with(odoo) as session:
        if taken_back:
            assert free.withdraw(session, Sending(one, STAMP)) is None
        else:
            outcome = post(session, one, STAMP)
            assert (outcome.differs, len(outcome.more_names)) == ((), 1)

    assert open_papers(odoo, one) == []
    assert sorted(lies(odoo, gauze).values()) == ([4, 6] if not taken_back else list(before.values()))
