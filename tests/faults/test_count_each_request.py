"""Whatever happens before or after any request of a count, Odoo's own tidying too: it is there once, and we know it."""

from collections.abc import Callable

import pytest

from sync.practice.faults import FaultName
from sync.transaction import Kind, Status, Transaction
from tests.contract.conftest import Odoo
from tests.contract.counting import apply, count, lay, open_the_list, papers, rows, says, waits
from tests.faults.conftest import Handheld, Killed

CALLS = {Kind.COUNT: 24, Kind.ADJUSTMENT: 30}
"""A pass with one count takes fewer; that none is left out is checked."""

KINDS = list(CALLS)


class Shelf:
    """A shelf with goods to count: gauze in three rows, a towel too many, tape that is gone."""

    def __init__(self, odoo: Odoo, kind: Kind) -> None:
        self.odoo, self.place = odoo, odoo.bin()
        self.gauze, self.towel, self.tape = (odoo.product("none") for _ in range(3))
        for quantity in (5, 3, -1):
            lay(odoo, self.gauze, self.place, quantity)
        lay(odoo, self.towel, self.place, 10)
        lay(odoo, self.tape, self.place, 4)
        told = ((1, self.gauze, "6"), (2, self.towel, "12"), (3, self.tape, "0"))
        self.act: Transaction = count(odoo, *(says(odoo, *one, self.place) for one in told), kind=kind)

    def is_counted_once(self, device: Handheld) -> None:
        entry = device.entry(self.act)
        assert entry.status is Status.DONE, entry
        assert entry.outcome is not None
        assert (entry.outcome.differs, entry.outcome.recounts) == ((), ())
        products = (self.gauze, self.towel, self.tape)
        if self.act.kind is Kind.COUNT:
            assert [waits(self.odoo, product, self.place) for product in products] == [[6], [12], [0]]
            assert rows(self.odoo, self.gauze, self.place) == [(7, 6)]
            for product in products:
                apply(self.odoo, product, self.place)
        assert [self.odoo.on_hand(product, self.place) for product in products] == [6, 12, 0]
        assert len(papers(self.odoo, self.act)) == (1 if self.act.kind is Kind.COUNT else 2)


@pytest.mark.parametrize("kind", KINDS)
def test_a_pass_takes_fewer_requests_than_these_tests_break(odoo: Odoo, handheld: Handheld, kind: Kind) -> None:
    shelf = Shelf(odoo, kind)
    handheld.confirm(shelf.act)

    handheld.push()

    shelf.is_counted_once(handheld)
    assert handheld.calls < CALLS[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("fault", "begin", "step"), [("reply_lost", 1, 1), ("http_500", 2, 4), ("serialization", 3, 4)]
)
def test_a_fault_at_any_request_is_an_ordinary_case_of_not_knowing(
    odoo: Odoo, handheld: Handheld, kind: Kind, fault: FaultName, begin: int, step: int
) -> None:
    for at in range(begin, CALLS[kind], step):
        shelf = Shelf(odoo, kind)
        handheld.confirm(shelf.act)

        handheld.push_with(fault, at)
        handheld.proxy.answer_again()
        handheld.wait()
        handheld.push()

        shelf.is_counted_once(handheld)


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_that_dies_around_any_request_is_ended_by_the_next(
    odoo: Odoo, handheld: Handheld, kind: Kind
) -> None:
    def dies(at: int) -> Callable[[int], None]:
        def at_that(number: int) -> None:
            if number == at:
                raise Killed

        return at_that

    for at in range(1, CALLS[kind], 2):
        shelf = Shelf(odoo, kind)
        handheld.confirm(shelf.act)

        try:
            handheld.push(after=dies(at)) if at % 4 == 1 else handheld.push(before=dies(at))
        except Killed:
            handheld.restart()
        handheld.push()

        shelf.is_counted_once(handheld)


@pytest.mark.parametrize("kind", KINDS)
def test_odoo_tidies_its_rows_before_each_request(odoo: Odoo, handheld: Handheld, kind: Kind) -> None:
    """`_quant_tasks` between any two steps (contract 14.1, 15)."""
    shelf = Shelf(odoo, kind)
    handheld.confirm(shelf.act)

    handheld.push(before=lambda _number: open_the_list(odoo))

    shelf.is_counted_once(handheld)


@pytest.mark.parametrize("kind", KINDS)
def test_odoo_tidies_its_rows_between_any_two_requests(odoo: Odoo, handheld: Handheld, kind: Kind) -> None:
    for at in range(1, CALLS[kind], 2):
        shelf = Shelf(odoo, kind)
        handheld.confirm(shelf.act)

        handheld.push(before=lambda number, at=at: open_the_list(odoo) if number == at else None)  # type: ignore[misc]

        shelf.is_counted_once(handheld)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_deleted_while_a_reply_is_lost_do_not_bring_the_count_again(
    odoo: Odoo, handheld: Handheld, kind: Kind
) -> None:
    """Counted, applied, emptied, tidied away, and 7 moved in: a retry changes no stock (contract 14.1)."""
    shelf, place = Shelf(odoo, kind), odoo.bin()
    lay(odoo, shelf.tape, place, 4)
    act = count(odoo, says(odoo, 1, shelf.tape, "0", place), kind=kind)
    handheld.confirm(act)
    handheld.push(after=lambda number: handheld.proxy.fail_next("refused") if is_written(odoo, act) else None)
    handheld.proxy.answer_again()
    if kind is Kind.COUNT:
        apply(odoo, shelf.tape, place)
    open_the_list(odoo)
    lay(odoo, shelf.tape, place, 7)

    handheld.wait()
    handheld.push()

    assert handheld.status(act) is Status.DONE
    assert rows(odoo, shelf.tape, place) == [(7, None)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_of_the_device_counts_the_same_once(
    odoo: Odoo, handheld: Handheld, clone_of: Callable[[Handheld], Handheld], kind: Kind
) -> None:
    shelf = Shelf(odoo, kind)
    handheld.confirm(shelf.act)
    copy = clone_of(handheld)

    handheld.push()
    copy.push()

    assert handheld.entry(shelf.act).outcome == copy.entry(shelf.act).outcome
    shelf.is_counted_once(handheld)


def is_written(odoo: Odoo, act: Transaction) -> bool:
    """Whether its number stands on a row, or its difference is booked."""
    if act.kind is Kind.COUNT:
        (line,) = act.lines
        return bool(waits(odoo, line.product_id, line.source_id))
    return any(paper["state"] == "done" for paper in papers(odoo, act))
