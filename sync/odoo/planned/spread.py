"""Which move each line of a receipt goes to: the one the person worked on, then its siblings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sync.odoo.reading.lines import Held
from sync.odoo.wire.errors import Refused
from sync.stock import Move
from sync.transaction import Line, Transaction


@dataclass(frozen=True, slots=True)
class Part:
    """A line, or the part of it that one move takes; `quantity` in base units. `xid` is the same on each try."""

    line: Line
    move: Move
    quantity: Decimal
    xid: str


def spread(transaction: Transaction, moves: Sequence[Move], others: Iterable[Held]) -> tuple[Part, ...]:
    """Parts of all lines. What is more than all moves of a product expect stays on the first of them.

    Raises `Refused("not_on_picking")` for a product nobody expects there any more.
    """
    left = _left(moves, others)
    return tuple(part for line in transaction.lines for part in _parts(transaction, line, moves, left))


def _left(moves: Sequence[Move], others: Iterable[Held]) -> dict[int, Decimal]:
    left = {move.id: move.expected for move in moves}
    for held in others:
        if held.line.move_id in left:
            left[held.line.move_id] -= held.line.quantity
    return left


def _parts(transaction: Transaction, line: Line, moves: Sequence[Move], left: dict[int, Decimal]) -> Iterator[Part]:
    mine = sorted((move for move in moves if move.product_id == line.product_id), key=lambda one: one.id)
    mine.sort(key=lambda move: move.id != line.move_id)
    if not mine:
        raise Refused("not_on_picking", line=line.number, product_id=line.product_id)
    taken = _taken(line.done, mine, left)
    for number, (move, quantity) in enumerate(taken, start=1):
        left[move.id] -= quantity
        name = transaction.line_xid(line)
        yield Part(line, move, quantity, name if number == 1 else f"{name}-{number}")


def _taken(done: Decimal, mine: Sequence[Move], left: dict[int, Decimal]) -> list[tuple[Move, Decimal]]:
    taken: dict[int, Decimal] = {}
    rest = done
    for move in mine:
        fits = min(rest, max(left[move.id], Decimal(0)))
        if fits:
            taken[move.id] = fits
            rest -= fits
    if rest:
        taken[mine[0].id] = taken.get(mine[0].id, Decimal(0)) + rest
    return [(move, taken[move.id]) for move in mine if move.id in taken]
