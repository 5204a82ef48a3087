"""Whatever happens to any one request of a pass, and however often: Odoo has the receipt once, and we know it."""

from collections.abc import Callable

import pytest

from sync.practice.faults import FaultName
from sync.transaction import Status, Transaction
from tests.contract.conftest import Odoo
from tests.faults.conftest import Handheld, Killed, slips
from tests.sync.acts import blind, line, receipt

CALLS = 32
"""A pass with one receipt takes fewer; that none is left out is checked."""

Delivery = tuple[int, Transaction]
Make = Callable[[Odoo], Delivery]


def planned(odoo: Odoo) -> Delivery:
    gauze = odoo.product()
    expected = odoo.expected((gauze, 100))
    return gauze, receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", "A1"), line(odoo, 2, gauze, "12", "A2"))


def unplanned(odoo: Odoo) -> Delivery:
    gauze = odoo.product()
    return gauze, blind(odoo, line(odoo, 1, gauze, "30", "A1"), line(odoo, 2, gauze, "12", "A2"))


def is_there_once(odoo: Odoo, device: Handheld, product: int, act: Transaction) -> None:
    entry = device.entry(act)
    assert entry.status is Status.DONE
    assert entry.outcome is not None
    assert entry.outcome.differs == ()
    assert odoo.on_hand(product) == 42
    lots = odoo.rows("stock.lot", ["product_id", "=", product], fields=["name", "expiration_date"])
    assert [(lot["name"], lot["expiration_date"]) for lot in lots] == [
        ("A1", "2035-06-30 12:00:00"),
        ("A2", "2035-06-30 12:00:00"),
    ]
    assert len(slips(odoo, entry.outcome.picking_id)) == (1 if act.document.picking_id else 0)


@pytest.mark.parametrize("make", [planned, unplanned])
def test_a_pass_takes_fewer_requests_than_these_tests_break(odoo: Odoo, handheld: Handheld, make: Make) -> None:
    product, act = make(odoo)
    handheld.confirm(act)

    handheld.push()

    is_there_once(odoo, handheld, product, act)
    assert handheld.calls < CALLS


@pytest.mark.parametrize(
    ("fault", "make", "ats"),
    [
        ("reply_lost", planned, range(1, CALLS)),
        ("reply_lost", unplanned, range(1, CALLS)),
        ("reset", planned, range(1, CALLS, 3)),
        ("cut_midway", planned, range(2, CALLS, 3)),
        ("http_500", planned, range(3, CALLS, 3)),
        ("http_500", unplanned, range(1, CALLS, 3)),
        ("serialization", planned, range(2, CALLS, 3)),
    ],
)
def test_a_fault_at_any_request_is_an_ordinary_case_of_not_knowing(
    odoo: Odoo, handheld: Handheld, make: Make, fault: FaultName, ats: range
) -> None:
    for at in ats:
        product, act = make(odoo)
        handheld.confirm(act)

        handheld.push_with(fault, at)
        handheld.proxy.answer_again()
        handheld.wait()
        handheld.push()

        is_there_once(odoo, handheld, product, act)


@pytest.mark.parametrize("make", [planned, unplanned])
def test_a_server_that_goes_away_at_any_request_is_asked_again_when_it_is_back(
    odoo: Odoo, handheld: Handheld, make: Make
) -> None:
    for at in range(1, CALLS, 3):
        product, act = make(odoo)
        handheld.confirm(act)

        told = handheld.push_with("refused", at)
        handheld.proxy.answer_again()

        if told.stopped:
            entry = handheld.entry(act)
            # The first request only asks for the version: nothing was sent, it can still be taken back.
            assert entry.status is (Status.QUEUED if at <= 2 else Status.SENDING)
            assert (entry.first_sent_at is None) is (at <= 2)
        handheld.wait()
        handheld.push()
        is_there_once(odoo, handheld, product, act)


@pytest.mark.parametrize("make", [planned, unplanned])
def test_a_process_that_dies_around_any_request_is_ended_by_the_next(
    odoo: Odoo, handheld: Handheld, make: Make
) -> None:
    for at in range(1, CALLS, 2):
        product, act = make(odoo)
        handheld.confirm(act)

        dies_at(handheld, at, answered=bool(at % 4 == 1))
        handheld.restart()
        handheld.push()

        is_there_once(odoo, handheld, product, act)


def test_a_process_that_dies_before_it_writes_done_finds_out(
    odoo: Odoo, handheld: Handheld, monkeypatch: pytest.MonkeyPatch
) -> None:
    product, act = planned(odoo)
    handheld.confirm(act)

    def dies(*_told: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(handheld.store.outbox, "mark_done", dies)
        with pytest.raises(Killed):
            handheld.push()
    handheld.restart()
    assert handheld.status(act) is Status.SENDING
    handheld.push()

    is_there_once(odoo, handheld, product, act)


def test_a_slow_server_is_not_asked_again_at_once_and_books_once(odoo: Odoo, handheld: Handheld) -> None:
    product, act = planned(odoo)
    handheld.confirm(act)
    handheld.seconds = 2
    handheld.proxy.fail_next("slow", method="stock.picking/button_validate", seconds=3)

    first = handheld.push()
    handheld.proxy.answer_again()
    handheld.seconds = 30
    handheld.wait()
    handheld.push()

    assert first.unsent == (act.uuid,)
    assert handheld.pauses == []
    is_there_once(odoo, handheld, product, act)


def test_a_copy_of_the_device_posts_the_same_receipt_and_odoo_has_it_once(
    odoo: Odoo, handheld: Handheld, clone_of: Callable[[Handheld], Handheld]
) -> None:
    deliveries = [planned(odoo), unplanned(odoo)]
    handheld.confirm(*(act for _, act in deliveries))
    copy = clone_of(handheld)

    handheld.push()
    copy.push()

    for product, act in deliveries:
        is_there_once(odoo, handheld, product, act)
        is_there_once(odoo, copy, product, act)
        assert handheld.entry(act).outcome == copy.entry(act).outcome


def test_a_delivery_in_two_parts_survives_cuts_at_random(odoo: Odoo, handheld: Handheld) -> None:
    for round_ in range(4):
        gauze = odoo.product()
        expected = odoo.expected((gauze, 100))
        first = receipt(odoo, expected["id"], line(odoo, 1, gauze, "30", f"A{round_}"))
        handheld.confirm(first)
        pushed_through_chaos(handheld, first, seed=round_)
        outcome = handheld.entry(first).outcome
        assert outcome is not None

        rest = odoo.rows("stock.picking", ["name", "=", outcome.backorder_name], fields=["name"])[0]["id"]
        second = receipt(odoo, rest, line(odoo, 1, gauze, "70", f"B{round_}"))
        handheld.confirm(second)
        pushed_through_chaos(handheld, second, seed=100 + round_)

        assert odoo.on_hand(gauze) == 100
        found = handheld.entry(second).outcome
        assert found is not None
        assert (found.backorder_name, found.differs) == ("", ())


def dies_at(device: Handheld, at: int, *, answered: bool) -> None:
    """The process dies before it sends a request, or after the answer came."""

    def dies(number: int) -> None:
        if number == at:
            raise Killed

    try:
        device.push(after=dies) if answered else device.push(before=dies)
    except Killed:
        return


def pushed_through_chaos(device: Handheld, act: Transaction, seed: int) -> None:
    """Passes until it is done; one call in eight is cut before, while or after it runs."""
    device.proxy.chaos(seed, 0.125)
    for _ in range(50):
        device.push()
        device.wait()
        if device.status(act) is Status.DONE:
            device.proxy.chaos(seed, 0)
            return
    raise AssertionError(f"not done: {device.entry(act)}")


def test_nothing_is_sent_where_there_is_no_network(odoo: Odoo, handheld: Handheld) -> None:
    """Design 4: what never left can be taken back without asking Odoo."""
    _, act = unplanned(odoo)
    handheld.confirm(act)
    handheld.proxy.fail_next("refused")

    told = handheld.push()
    handheld.proxy.answer_again()

    entry = handheld.entry(act)
    assert told.stopped == "odoo_not_reached"
    assert (entry.status, entry.first_sent_at, entry.attempts) == (Status.QUEUED, None, 0)
    handheld.store.outbox.withdraw(act.uuid, "Sven", handheld.clock.now())
    assert handheld.status(act) is Status.WITHDRAWN
