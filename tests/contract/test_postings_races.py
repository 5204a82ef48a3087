"""Others at the same picking in the same moment: whatever happens between two of our calls, nothing is booked twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from sync.odoo import postings
from sync.odoo.planned.turn import end_turn, leave, may_validate, take_turn
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.slip import attach_slip, now
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.session import Session
from sync.transaction import Outcome, Transaction
from tests.contract.conftest import Odoo
from tests.contract.counting import meanwhile
from tests.contract.test_postings_receipt import half_done
from tests.contract.unplanned import called_by
from tests.sync.acts import STAMP, line, post, receipt, session_with

pytestmark = pytest.mark.contract

CALLS = 28
"""A receipt of one lot takes fewer."""


class Meanwhile(httpx2.BaseTransport):
    """A network on which somebody acts just before our k-th call."""

    def __init__(self, before: int, act: Callable[[], object]) -> None:
        self._inner = httpx2.HTTPTransport(verify=False)
        self._before = before
        self._act = act
        self.calls = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.calls += 1
        if self.calls == self._before:
            self._act()
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def ending(odoo: Odoo, act: Transaction, before: int, meanwhile: Callable[[], object]) -> str:
    """ "done" or the code of the card."""
    with session_with(odoo, client=httpx2.Client(transport=Meanwhile(before, meanwhile), timeout=60)) as session:
        try:
            outcome = settled(session, act)
        except Refused as refused:
            return refused.code
    assert outcome.differs == ()
    return "done"


def settled(session: Session, act: Transaction) -> Outcome:
    """What a push does with a conflict: the same again."""
    for _ in range(20):
        try:
            return post(session, act, STAMP)
        except OdooError as error:
            if error.family is not Family.TRANSIENT_UNKNOWN:
                raise
    raise AssertionError("never settled")


def open_lines(odoo: Odoo, product: int) -> list[dict[str, Any]]:
    """Picked lines still waiting to be booked by whoever validates next."""
    domain = [["product_id", "=", product], ["picked", "=", True], ["state", "not in", ["done", "cancel"]]]
    return odoo.rows("stock.move.line", *domain, fields=["quantity"])


@pytest.mark.parametrize("before", range(1, CALLS))
def test_a_colleague_validates_another_part_in_between(odoo: Odoo, before: int) -> None:
    """Our move goes to the backorder then, and takes along what we had put on it."""
    gauze, towel = odoo.product(), odoo.product("none")
    expected = odoo.expected((gauze, 100), (towel, 20))
    act = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"))

    told = ending(odoo, act, before, lambda: validate_towels(odoo, expected["id"], towel))

    assert told in {"done", "already_done"}
    assert odoo.on_hand(gauze) == (30 if told == "done" else 0)
    assert open_lines(odoo, gauze) == []


@pytest.mark.parametrize("before", range(1, CALLS))
def test_a_colleague_cancels_in_between(odoo: Odoo, before: int) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    act = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"))

    told = ending(odoo, act, before, lambda: cancel(odoo, expected["id"]))

    assert told in {"done", "picking_cancelled"}
    assert odoo.on_hand(gauze) == (30 if told == "done" else 0)


def test_ward_11_what_a_colleague_picks_while_our_lines_are_loaded_is_not_booked_with_them(odoo: Odoo) -> None:
    """A person at Odoo's screen takes no turn: their lines are looked for once more, as late as can be."""
    gauze, towel = odoo.product(), odoo.product("none")
    expected = odoo.expected((gauze, 100), (towel, 20))
    act = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"))
    picks = meanwhile("stock.move.load", lambda: half_done(odoo, expected["id"], towel, 6))

    with session_with(odoo, client=picks) as session, pytest.raises(Refused) as told:
        post(session, act, STAMP)

    assert told.value.code == "picked_by_person"
    assert [odoo.on_hand(gauze), odoo.on_hand(towel)] == [0, 0]
    assert open_lines(odoo, gauze) == []


@pytest.mark.parametrize("before", range(1, CALLS))
def test_a_copy_of_the_device_takes_it_back_in_between(odoo: Odoo, before: int) -> None:
    """A supervisor withdraws on one copy while the other sends: both end with the same story."""
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    act = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"))
    taken_back: list[str] = []

    told = ending(odoo, act, before, lambda: taken_back.append(withdrawn(odoo, act)))
    after = withdrawn(odoo, act)

    assert (told, after) in {("done", "done"), ("refused_before", "withdrawn")}
    assert set(taken_back) <= ({"withdrawn"} if told == "refused_before" else {"done", "validate_under_way"})
    assert odoo.on_hand(gauze) == (30 if told == "done" else 0)
    assert open_lines(odoo, gauze) == []


def test_two_devices_at_once_never_book_more_than_fits(odoo: Odoo) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    odoo.lot(gauze, "A1", "2035-06-30 12:00:00")
    acts = [receipt(odoo, expected["id"], line(odoo, 1, gauze, "60", "A1")) for _ in range(2)]

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda act: ending(odoo, act, 0, lambda: None), acts))

    assert set(told) <= {"done", "taken_by_device", "already_done"}
    assert odoo.on_hand(gauze) == 60 * told.count("done")
    assert odoo.on_hand(gauze) <= 100
    assert open_lines(odoo, gauze) == []


def test_a_clone_pushing_the_same_receipt_at_once_makes_it_once(odoo: Odoo) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    act = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"), line(odoo, 2, gauze, "5", "A2"))

    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(lambda _copy: ending(odoo, act, 0, lambda: None), range(3)))

    assert told == ["done"] * 3
    assert odoo.on_hand(gauze) == 35
    assert len(odoo.rows("stock.lot", ["product_id", "=", gauze], fields=["name"])) == 2


def withdrawn(odoo: Odoo, act: Transaction) -> str:
    """What a wish to withdraw comes to."""
    with session_with(odoo) as session:
        try:
            return "withdrawn" if postings.withdraw(session, Sending(act, STAMP)) is None else "done"
        except OdooError as error:
            return error.code


def validate_towels(odoo: Odoo, picking: int, towel: int) -> None:
    domain = [["picking_id", "=", picking], ["product_id", "=", towel], ["picked", "=", False]]
    ids = [row["id"] for row in odoo.rows("stock.move.line", *domain, fields=["state"])]
    if ids:
        odoo.ok("stock.move.line", "write", "manager", ids=ids, vals={"picked": True})
    if odoo.row("stock.picking", picking, "state")["state"] != "done":  # where Odoo may refuse to do it again
        odoo.ok("stock.picking", "button_validate", "manager", ids=[picking], context={"skip_backorder": True})


def cancel(odoo: Odoo, picking: int) -> None:
    odoo.call("stock.picking", "action_cancel", "manager", ids=[picking])


def test_a_device_waits_while_another_is_at_the_picking(odoo: Odoo) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    first, second = (receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1")) for _ in range(2))

    with session_with(odoo, "manager") as theirs, session_with(odoo) as ours:
        turn = take_turn(theirs, first, expected["id"])
        with pytest.raises(OdooError) as waiting:
            post(ours, second, STAMP)
        end_turn(theirs, turn.id)
        outcome = post(ours, second, STAMP)

    assert (waiting.value.family, waiting.value.code) == (Family.TRANSIENT_UNKNOWN, "other_device_first")
    assert outcome.differs == ()
    assert odoo.on_hand(gauze) == 30


def test_the_turn_of_a_device_that_died_is_taken_away(odoo: Odoo, monkeypatch: pytest.MonkeyPatch) -> None:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    first, second = (receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1")) for _ in range(2))

    with session_with(odoo, "manager") as theirs, session_with(odoo) as ours:
        take_turn(theirs, first, expected["id"])
        with monkeypatch.context() as later:
            later.setattr("sync.odoo.planned.turn.STALE", timedelta(seconds=-2))
            with pytest.raises(OdooError):
                take_turn(ours, second, expected["id"])
        outcome = settled(ours, second)

    assert outcome.differs == ()
    assert [row["name"] for row in turns(odoo, expected["id"])] == [f"wardstock-{second.uuid}.txt"]


def test_an_old_turn_of_our_own_is_taken_anew(odoo: Odoo, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else its owner wakes up, goes on, and another takes it away meanwhile: both would validate."""
    expected = odoo.expected((odoo.product(), 100))
    act = receipt(odoo, expected["id"])

    with session_with(odoo) as ours:
        take_turn(ours, act, expected["id"])
        young = turns(odoo, expected["id"])
        take_turn(ours, act, expected["id"])
        assert turns(odoo, expected["id"]) == young
        monkeypatch.setattr("sync.odoo.planned.turn.STALE", timedelta(seconds=-2))
        take_turn(ours, act, expected["id"])

    anew = turns(odoo, expected["id"])
    assert [row["name"] for row in anew] == [row["name"] for row in young]
    assert [row["id"] for row in anew] > [row["id"] for row in young]


def test_a_turn_is_ours_until_it_is_old_or_taken_away(odoo: Odoo, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = odoo.expected((odoo.product(), 100))
    picking = expected["id"]
    first, second = (receipt(odoo, picking) for _ in range(2))

    with session_with(odoo, "manager") as theirs, session_with(odoo) as ours:
        announced(ours, first, picking, "run")
        announced(theirs, second, picking, "run")
        assert not may_validate(ours, first, picking, "run")
        take_turn(ours, first, picking)
        assert may_validate(ours, first, picking, "run")
        assert not may_validate(theirs, second, picking, "run")
        with monkeypatch.context() as later:
            later.setattr("sync.odoo.planned.turn.STALE", timedelta(seconds=-2))
            assert not may_validate(ours, first, picking, "run")
            with pytest.raises(OdooError):
                take_turn(theirs, second, picking)
        take_turn(theirs, second, picking)
        assert may_validate(theirs, second, picking, "run")
        assert not may_validate(ours, first, picking, "run")


def test_only_the_run_that_said_so_last_may_validate(odoo: Odoo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of this device has the same turn: what tells them apart is the word on the slip."""
    expected = odoo.expected((odoo.product(), 100))
    picking = expected["id"]
    act = receipt(odoo, picking)

    with session_with(odoo) as ours, session_with(odoo) as copy:
        take_turn(ours, act, picking)
        announced(ours, act, picking, "ours")
        assert list(take_turn(copy, act, picking).before) == ["ours"]
        assert may_validate(ours, act, picking, "ours")
        announced(copy, act, picking, "copy")
        assert not may_validate(ours, act, picking, "ours")
        assert may_validate(copy, act, picking, "copy")
        with monkeypatch.context() as later:
            later.setattr("sync.odoo.planned.turn.FRESH", timedelta(seconds=-2))
            assert not may_validate(copy, act, picking, "copy")
        leave(ours, act, picking)
        assert not may_validate(copy, act, picking, "copy")


def test_two_devices_that_take_the_same_dead_turn_away_are_not_refused(
    odoo: Odoo, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = odoo.expected((odoo.product(), 100))
    picking = expected["id"]
    first, second = (receipt(odoo, picking) for _ in range(2))

    class Other(httpx2.HTTPTransport):
        """The other one was a moment faster."""

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if called_by(request) == "ir.attachment.unlink":
                odoo.ok("ir.attachment", "unlink", ids=[row["id"] for row in turns(odoo, picking)])
            return super().handle_request(request)

    with session_with(odoo, "manager") as theirs:
        take_turn(theirs, first, picking)
    monkeypatch.setattr("sync.odoo.planned.turn.STALE", timedelta(seconds=-2))
    network = httpx2.Client(transport=Other(), timeout=60)
    with session_with(odoo, client=network) as ours, pytest.raises(OdooError) as told:
        take_turn(ours, second, picking)

    assert (told.value.family, told.value.code) == (Family.TRANSIENT_UNKNOWN, "other_device_first")


def announced(session: Session, act: Transaction, picking: int, run: str) -> None:
    attach_slip(session, Sending(act, STAMP), picking, {}, runs={run: now(session)})


def turns(odoo: Odoo, picking: int) -> list[dict[str, Any]]:
    """What hangs on the picking: the turn, and the slip once it is posted."""
    return odoo.rows("ir.attachment", ["res_model", "=", "stock.picking"], ["res_id", "=", picking], fields=["name"])
