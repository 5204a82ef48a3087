"""Why a receipt is not posted when other people were at the same picking, with all a card must say (ward 10, 11)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sync.odoo.posting.goods import Good
from sync.odoo.reading.incoming import CLOSED, MOVE_FIELDS, OPEN, move_from
from sync.odoo.reading.lines import Held, lines_of
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.fields import Row, label, moment, text
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.stock import Move
from sync.transaction import Transaction


def refuse_others(
    transaction: Transaction, moves: Sequence[Move], held: Iterable[Held], goods: Mapping[int, Good]
) -> None:
    """Raise `picked_by_person` for a colleague's half-done work: validating would take it along (ward 11).

    Lines of other devices stop us only where the sum would be more than is expected (design 5): `taken_by_device`.
    """
    others = [one for one in held if _counts(one) and not one.of(transaction.uuid)]
    persons = [one for one in others if not one.by_device]
    if persons:
        raise _who("picked_by_person", transaction, persons)
    for product_id in sorted({line.product_id for line in transaction.lines}):
        theirs = [one for one in others if one.line.product_id == product_id]
        if theirs:
            _check_sum(transaction, goods[product_id], moves, theirs)


def closed_by_others(
    session: Session, transaction: Transaction, picking: Row, backorders: Sequence[Row], held: Sequence[Held]
) -> Refused:
    """The card for a picking that is done without us, cancelled, or not ready. Never replayed by itself (ward 10)."""
    name = text(picking["name"])
    if picking["state"] == "done":
        return _already_done(session, transaction, picking, backorders, held)
    if picking["state"] == "cancel":
        owner = session.call("stock.picking", "get_metadata", ids=[picking["id"]])[0]
        when = _time(moment(owner["write_date"]))
        return Refused("picking_cancelled", picking=name, person=label(owner["write_uid"]), at=when)
    return Refused("picking_not_ready", picking=name, state=text(picking["state"]))


def _already_done(
    session: Session, transaction: Transaction, picking: Row, backorders: Sequence[Row], held: Sequence[Held]
) -> Refused:
    here = [one for one in held if one.line.picking_id == picking["id"]]
    theirs = [one for one in here if one.state == "done" and not one.of(transaction.uuid)]
    backorder = next((row for row in backorders if row["state"] in OPEN), None)
    return Refused(
        "already_done",
        picking=text(picking["name"]),
        person=theirs[0].person if theirs else "",
        at=_time(moment(picking["date_done"])),
        lines=_told(theirs),
        booked=_booked(theirs),
        backorder=text(backorder["name"]) if backorder else "",
        backorder_id=backorder["id"] if backorder else None,
        fits_backorder=backorder is not None and _fits(session, transaction, backorder["id"]),
    )


def _fits(session: Session, transaction: Transaction, picking_id: int) -> bool:
    """Whether all of ours would find room on the backorder: a person may then post it there."""
    domain = [["picking_id", "=", picking_id], ["state", "not in", list(CLOSED)]]
    left: dict[int, Decimal] = {}
    for row in every(session, "stock.move", MOVE_FIELDS, domain):
        move = move_from(row)
        left[move.product_id] = left.get(move.product_id, Decimal(0)) + move.expected
    for one in lines_of(session, picking_id):
        if _counts(one):
            left[one.line.product_id] = left.get(one.line.product_id, Decimal(0)) - one.line.quantity
    for line in transaction.lines:
        left[line.product_id] = left.get(line.product_id, Decimal(0)) - line.done
    return all(left[line.product_id] >= 0 for line in transaction.lines)


def _check_sum(transaction: Transaction, good: Good, moves: Sequence[Move], theirs: Sequence[Held]) -> None:
    ours = sum((line.done for line in transaction.lines if line.product_id == good.id), Decimal(0))
    expected = sum((move.expected for move in moves if move.product_id == good.id), Decimal(0))
    taken = sum((one.line.quantity for one in theirs), Decimal(0))
    if ours + taken > expected:
        numbers = {
            "product": good.name,
            "product_id": good.id,
            "ours": str(ours),
            "theirs": str(taken),
            "expected": str(expected),
        }
        raise _who("taken_by_device", transaction, theirs, **numbers)


def _counts(one: Held) -> bool:
    return one.line.picked and one.line.quantity > 0 and one.state not in CLOSED


def _who(code: str, transaction: Transaction, theirs: Sequence[Held], /, **more: object) -> Refused:
    last = max(theirs, key=lambda one: one.line.id)
    picking = transaction.document.picking_name
    at, booked = _time(last.written_at), _booked(theirs)
    return Refused(code, picking=picking, person=last.person, at=at, lines=_told(theirs), booked=booked, **more)


def _booked(held: Iterable[Held]) -> list[dict[str, object]]:
    """What a program subtracts, where a person says that only the difference is to be posted."""
    return [
        {"product_id": one.line.product_id, "lot": one.lot_label, "quantity": f"{one.line.quantity:f}"} for one in held
    ]


def _told(held: Iterable[Held]) -> str:
    return "; ".join(one.told() for one in held)


def _time(at: datetime | None) -> str:
    return at.isoformat() if at else ""
