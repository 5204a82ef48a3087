"""Which move takes what of a line (ward 12, design 13.1)."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from sync.odoo.planned.spread import spread
from sync.odoo.reading.lines import Held
from sync.odoo.wire.errors import Refused
from sync.stock import Move, MoveLine
from sync.transaction import Document, Kind, Line, Moment, Transaction

GAUZE = 7
UUID = "4f2a0000-0000-4000-8000-000000000000"


def move(id_: int, expected: int, product: int = GAUZE) -> Move:
    return Move(id_, 1, product, Decimal(expected), 1, "Units", 8)


def act(*lines: Line) -> Transaction:
    at = Moment(datetime(2026, 11, 21, tzinfo=UTC), 1.0, "boot")
    return Transaction(UUID, Kind.RECEIPT, "WS/1", Document(1, 4, 8, 1), 1, "Sven", "WS", at, lines)


def of(number: int, done: int, move_id: int | None = None) -> Line:
    return Line(number, GAUZE, Decimal(done), 1, 4, 8, move_id=move_id)


def parts(act: Transaction, moves: list[Move], others: list[Held] | None = None) -> list[tuple[int, int, str]]:
    found = spread(act, moves, others or [])
    return [(part.move.id, int(part.quantity), part.xid.removeprefix(f"{UUID}-")) for part in found]


def picked(move_id: int, quantity: int) -> Held:
    line = MoveLine(1, move_id, 1, GAUZE, Decimal(quantity), True, 4, 8)
    return Held(line, "assigned", "Gauze", "", (), "Sara", None)


def test_a_line_that_fits_stays_whole() -> None:
    assert parts(act(of(1, 10)), [move(11, 10), move(12, 5)]) == [(11, 10, "1")]


def test_what_one_move_cannot_take_goes_to_its_sibling_under_a_part() -> None:
    assert parts(act(of(1, 13)), [move(11, 10), move(12, 5)]) == [(11, 10, "1"), (12, 3, "1-2")]


def test_the_move_the_person_worked_on_is_filled_first() -> None:
    assert parts(act(of(1, 7, move_id=12)), [move(11, 10), move(12, 5)]) == [(12, 5, "1"), (11, 2, "1-2")]


def test_more_than_all_expect_stays_on_the_first() -> None:
    assert parts(act(of(1, 20)), [move(11, 10), move(12, 5)]) == [(11, 15, "1"), (12, 5, "1-2")]


def test_two_lots_share_what_the_moves_expect() -> None:
    told = parts(act(of(1, 8), of(2, 6)), [move(11, 10), move(12, 5)])

    assert told == [(11, 8, "1"), (11, 2, "2"), (12, 4, "2-2")]


def test_what_another_device_picked_is_taken() -> None:
    assert parts(act(of(1, 6)), [move(11, 10), move(12, 5)], [picked(11, 7)]) == [(11, 3, "1"), (12, 3, "1-2")]


def test_a_product_nobody_expects_any_more_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        spread(act(of(1, 6)), [move(11, 10, product=99)], [])

    assert caught.value.code == "not_on_picking"
