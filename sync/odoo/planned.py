"""A receipt on a planned picking: guarded lines, a slip, validate, read back (design 5, contract 4 and 14)."""

from collections.abc import Mapping, Sequence

from sync.errors import WardstockError
from sync.odoo import cards
from sync.odoo.errors import Family, OdooError, Refused
from sync.odoo.goods import Good, check_goods, known_goods
from sync.odoo.incoming import CLOSED, MOVE_FIELDS, OPEN, move_from
from sync.odoo.lines import Held, lines_away, lines_of
from sync.odoo.load import load, record_of, xid
from sync.odoo.lots import Name, settle_lots
from sync.odoo.pages import every
from sync.odoo.readback import lines_match, outcome
from sync.odoo.rows import columns, row
from sync.odoo.sending import Sending, Stamp
from sync.odoo.session import Session
from sync.odoo.slip import announce_validate, attach_slip, remove_slip, validate_may_be_under_way
from sync.odoo.spread import Part, spread
from sync.odoo.stone import WITHDRAWN, lay_stone, refuse_if_stoned
from sync.odoo.turn import end_turn, still_mine, take_turn
from sync.odoo.validate import picking_now, validate
from sync.stock import Move
from sync.transaction import Outcome, Transaction

SETTLES_IT = frozenset({Family.DATA, Family.BUG})
"""Errors after which the picking is looked at and cleaned: any other means "run it again" or "not its fault"."""


def post_planned(session: Session, sending: Sending) -> Outcome:
    """Book it, once, however often this runs. Raises `Refused` with nothing of ours left behind, or `OdooError`."""
    again = True
    try:
        done = _finished(session, sending)
        if done:
            return done
        refuse_if_stoned(session, sending.transaction)
        # Lines of an earlier run: a validate of that run may still be on its way (see `give_up`).
        again = bool(_mine(sending.transaction, _held(session, sending.transaction)))
        return _post(session, sending, again=again)
    except Refused as refused:
        return give_up(session, sending, refused, again=again)
    except OdooError as error:
        if error.family not in SETTLES_IT:
            raise
        return give_up(session, sending, error, again=again)


def withdraw(session: Session, sending: Sending) -> Outcome | None:
    """See `sync.odoo.postings.withdraw`."""
    try:
        return give_up(session, sending, Refused(WITHDRAWN))
    except Refused:
        return None


def clean_up(session: Session, transaction: Transaction) -> None:
    """Take our lines and slip off the picking again, as far as they are not done. Runs again harmlessly."""
    mine = _mine(transaction, _held_anywhere(session, transaction))
    open_ = [one.line.id for one in mine if one.state not in CLOSED]
    if open_:
        session.call("stock.move.line", "unlink", ids=open_)
    if not any(one.state == "done" for one in mine):
        remove_slip(session, transaction)
    end_turn(session, transaction, _picking_id(transaction))


def give_up(session: Session, sending: Sending, reason: WardstockError, *, again: bool = True) -> Outcome:
    """Take everything back and raise `Refused`; or the outcome, where the picking was closed in this moment.

    Without our lines a validate receives everything that is expected (contract 0.4). So where an earlier run may have
    one on its way (`again`), nothing is taken back yet: it stays unknown until no such call can arrive any more.
    """
    transaction = sending.transaction
    try:
        done = _finished(session, sending)
    except Refused:
        done = None
    if done:
        return done
    if again and validate_may_be_under_way(session, transaction):
        raise OdooError(Family.TRANSIENT_UNKNOWN, code="validate_under_way") from reason
    refused = _as_refusal(reason)
    lay_stone(session, sending, refused.code, refused.facts)
    clean_up(session, transaction)
    raise refused from reason


def _as_refusal(reason: WardstockError) -> Refused:
    if isinstance(reason, Refused):
        return reason
    if isinstance(reason, OdooError) and reason.family is Family.DATA:
        return Refused("odoo_refused", says=reason.message)
    return Refused(reason.code, **reason.facts)


def _finished(session: Session, sending: Sending) -> Outcome | None:
    """The outcome, if our lines are done; None while the picking is open. A picking others closed is a card (ward 10).

    That an external id of ours exists is not enough: where others validated a part in the same moment, our lines
    stand on a move that went to the backorder. Only lines that are done themselves count, there or here.
    """
    transaction, stamp = sending.transaction, sending.stamp
    picking = picking_now(session, _picking_id(transaction))
    if picking["state"] in OPEN:
        return None
    held = _held_anywhere(session, transaction)
    done = [one for one in _mine(transaction, held) if one.state == "done"]
    if not done:
        raise cards.closed_by_others(session, transaction, picking, held)
    end_turn(session, transaction, picking["id"])
    if done[0].line.picking_id != picking["id"]:
        picking = picking_now(session, done[0].line.picking_id)
    goods = known_goods(session, transaction)
    attach_slip(session, transaction, picking["id"], goods, stamp)
    return outcome(session, transaction, goods, picking, done, stamp.zone)


def _post(session: Session, sending: Sending, *, again: bool) -> Outcome:
    """Lines that stand from an earlier run were judged when they were loaded: what was archived since is no reason."""
    transaction, stamp = sending.transaction, sending.stamp
    picking_id = _picking_id(transaction)
    take_turn(session, transaction, picking_id)
    held = _held(session, transaction)
    moves = _open_moves(session, picking_id)
    goods = known_goods(session, transaction) if again else check_goods(session, transaction)
    cards.refuse_others(transaction, moves, held, goods)
    if not _mine(transaction, held):
        _load_lines(session, transaction, stamp, moves, held, goods)
    attach_slip(session, transaction, picking_id, goods, stamp)
    # A colleague at Odoo's screen takes no turn: look once more, as late as can be.
    held = _held(session, transaction)
    cards.refuse_others(transaction, moves, held, goods)
    here = [one for one in _mine(transaction, held) if one.line.picking_id == picking_id]
    if not lines_match(session, transaction, goods, here):
        raise Refused("lines_changed", picking=transaction.document.picking_name)
    announce_validate(session, transaction)
    if not still_mine(session, transaction, picking_id):
        raise OdooError(Family.TRANSIENT_UNKNOWN, code="other_device_first")
    validate(session, transaction, picking_id)
    done = _finished(session, sending)
    if done is None:
        raise OdooError(Family.TRANSIENT_UNKNOWN, code="picking_reopened")
    return done


def _load_lines(
    session: Session,
    transaction: Transaction,
    stamp: Stamp,
    moves: Sequence[Move],
    held: Sequence[Held],
    goods: Mapping[int, Good],
) -> None:
    """All lines in one call, through their moves: Odoo refuses to touch the unit of a done move (contract 4.2)."""
    lots = settle_lots(session, transaction, goods, stamp.zone)
    parts = spread(transaction, moves, (one for one in held if one.line.picked))
    fields = [".id", "product_uom/.id", "move_line_ids/picking_id/.id", *columns(transaction)]
    load(session, "stock.move", fields, _rows(transaction, parts, goods, lots))


def _rows(
    transaction: Transaction, parts: Sequence[Part], goods: Mapping[int, Good], lots: Mapping[Name, int]
) -> list[list[object]]:
    rows: list[list[object]] = []
    guarded: set[int] = set()
    for part in sorted(parts, key=lambda one: one.move.id):
        guard: list[object] = ["", ""] if part.move.id in guarded else [part.move.id, part.move.uom_id]
        guarded.add(part.move.id)
        told = row(transaction, part.line, part.quantity, part.xid, goods, lots)
        rows.append([*guard, _picking_id(transaction), *told])
    return rows


def _open_moves(session: Session, picking_id: int) -> tuple[Move, ...]:
    domain = [["picking_id", "=", picking_id], ["state", "not in", ["draft", *CLOSED]]]
    return tuple(move_from(found) for found in every(session, "stock.move", MOVE_FIELDS, domain))


def _held(session: Session, transaction: Transaction) -> tuple[Held, ...]:
    return lines_of(session, _picking_id(transaction))


def _held_anywhere(session: Session, transaction: Transaction) -> tuple[Held, ...]:
    """As `_held`, and ours wherever their moves went: to a backorder, when others validated a part meanwhile."""
    held = _held(session, transaction)
    here = {name for one in held for name in one.xids}
    names = (transaction.line_xid(line) for line in transaction.lines)
    found = (record_of(session, name) for name in names if xid(name) not in here)
    away = {one[1] for one in found if one and one[1]}
    return (*held, *lines_away(session, away)) if away else held


def _mine(transaction: Transaction, held: Sequence[Held]) -> list[Held]:
    return [one for one in held if one.of(transaction.uuid)]


def _picking_id(transaction: Transaction) -> int:
    if transaction.document.picking_id is None:
        raise ValueError(f"{transaction.uuid} names no picking")
    return transaction.document.picking_id
