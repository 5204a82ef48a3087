"""A receipt or transfer on a planned picking: guarded lines, a slip, validate, read back (design 5, contract 4, 14)."""

import uuid as uuids
from collections.abc import Mapping, Sequence
from contextlib import suppress

from sync.errors import WardstockError
from sync.odoo.planned import cards
from sync.odoo.planned.finished import done_before, outcome_of
from sync.odoo.planned.guarded import load_lines, lots_for, open_moves, refuse_too_early
from sync.odoo.planned.spread import spread
from sync.odoo.planned.turn import end_turn, leave, may_validate, take_turn
from sync.odoo.posting.asks import refusal_of
from sync.odoo.posting.checks import Judged, judge
from sync.odoo.posting.goods import Good, known_goods
from sync.odoo.posting.readback import lines_match
from sync.odoo.posting.sending import Sending, Site
from sync.odoo.posting.slip import Runs, attach_slip, may_be_under_way, now, remove_slip, slip_on, unsay
from sync.odoo.posting.stone import WITHDRAWN, lay_stone, refuse_if_stoned
from sync.odoo.posting.validate import family, picking_now, validated
from sync.odoo.reading.incoming import OPEN
from sync.odoo.reading.lines import Held, lines_of, mine_of, ours_anywhere, take_off
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.session import Session
from sync.stock import Move
from sync.transaction import Kind, Outcome, Transaction

SETTLES_IT = frozenset({Family.DATA, Family.BUG})
"""Errors after which the picking is looked at and cleaned: any other means "run it again" or "not its fault"."""


def post_planned(session: Session, sending: Sending, site: Site) -> Outcome:
    """Book it, once, however often this runs.

    Raises `Refused` with nothing of ours left behind and a stone laid, or `OdooError`.
    """
    run = uuids.uuid4().hex[:8]
    try:
        return _post(session, sending, site, run)
    except Refused as refused:
        return _end(session, sending, refused, run)
    except OdooError as error:
        if error.family is Family.RIGHTS:
            with suppress(OdooError):  # it may be all rights that are gone
                unsay(session, sending.transaction, _picking_id(sending.transaction), run)
        if error.family not in SETTLES_IT:
            raise
        return _end(session, sending, error, run)


def withdraw(session: Session, sending: Sending) -> Outcome | None:
    """See `sync.odoo.postings.withdraw`."""
    try:
        return give_up(session, sending, Refused(WITHDRAWN))
    except Refused:
        return None


def give_up(session: Session, sending: Sending, reason: WardstockError, run: str = "") -> Outcome:
    """Take everything back and raise `Refused`; or the outcome, if it is done all the same.

    Without our lines a validate receives everything that is expected (contract 0.4). So where a posting other than
    `run` may be on its way, nothing is taken back yet: it stays unknown until no such call can arrive any more. A copy
    of this device that posts in this moment sees the stone or its turn gone, or we see its word on the slip.
    """
    transaction = sending.transaction
    picking_id = _picking_id(transaction)
    held = ours_anywhere(session, transaction, picking_id)
    done = _done(transaction, held)
    if done:
        return done_before(session, sending, done)
    _hold_off(session, transaction, run, reason)
    refused = refusal_of(reason)
    lay_stone(session, sending, refused.code, refused.facts)
    leave(session, transaction, picking_id)
    _hold_off(session, transaction, run, reason)
    # A copy that loaded in between has seen its turn gone, and left its lines to us.
    now_held = {one.line.id: one for one in (*held, *lines_of(session, picking_id))}
    take_off(session, transaction, list(now_held.values()))
    remove_slip(session, transaction)
    raise refused from reason


def _hold_off(session: Session, transaction: Transaction, run: str, reason: WardstockError) -> None:
    if may_be_under_way(session, transaction, _picking_id(transaction), run):
        raise OdooError(Family.TRANSIENT_UNKNOWN, code="validate_under_way") from reason


def _post(session: Session, sending: Sending, site: Site, run: str) -> Outcome:
    transaction = sending.transaction
    picking_id = _picking_id(transaction)
    if picking_now(session, picking_id)["state"] not in OPEN:
        raise Refused("picking_not_ready")  # `_end` finds out who closed it
    turn = take_turn(session, transaction, picking_id)
    refuse_if_stoned(session, transaction)
    judged = _put_lines(session, sending, site, run, turn.before)
    found = validated(session, transaction, picking_id)
    held = ours_anywhere(session, transaction, picking_id)
    done = _done(transaction, held)
    if not done:
        raise Refused("picking_not_ready")
    end_turn(session, turn.id)
    if done[0].line.picking_id != picking_id:
        return done_before(session, sending, done)
    return outcome_of(session, sending, judged.goods, found, done, judged.recounts, judged.robbed)


def _end(session: Session, sending: Sending, reason: WardstockError, run: str) -> Outcome:
    """Give up, where nothing of ours is done: that a picking is closed says more than what we stumbled over there."""
    transaction = sending.transaction
    try:
        picking, backorders = family(session, _picking_id(transaction))
    except Refused as gone:
        return give_up(session, sending, gone, run)
    if picking["state"] in OPEN:
        return give_up(session, sending, reason, run)
    held = ours_anywhere(session, transaction, picking["id"])
    done = _done(transaction, held)
    if done:
        return done_before(session, sending, done)
    return give_up(session, sending, cards.closed_by_others(session, transaction, picking, backorders, held), run)


def _put_lines(session: Session, sending: Sending, site: Site, run: str, before: Runs) -> Judged:
    """Our lines on the picking, and nothing in the way of a validate. What was judged of them.

    Lines that stand from an earlier run were judged when they were loaded: what was archived since is no reason.
    """
    transaction = sending.transaction
    picking_id = _picking_id(transaction)
    held, moves = lines_of(session, picking_id), open_moves(session, picking_id)
    stand = bool(mine_of(transaction, held))
    judged = _judged_before(session, transaction) if stand else _judged(session, sending, site)
    _clear(session, transaction, moves, held, judged.goods, stand=stand)
    if not stand:
        refuse_too_early(session, transaction, moves)
    parts = spread(transaction, moves, (one for one in held if one.line.picked))
    lots = {} if stand else lots_for(session, sending, judged)
    # From here on whoever takes this back waits for us: also for a load that arrives late.
    runs = {**before, run: now(session)}
    attach_slip(session, sending, picking_id, judged.goods, runs=runs, robbed=judged.robbed)
    if not stand:
        load_lines(session, transaction, judged.goods, lots, parts, picking_id)
    # A colleague at Odoo's screen takes no turn: look once more, as late as can be.
    _clear(session, transaction, moves, lines_of(session, picking_id), judged.goods, stand=True)
    if not may_validate(session, transaction, picking_id, run):
        unsay(session, transaction, picking_id, run)
        raise OdooError(Family.TRANSIENT_UNKNOWN, code="other_device_first")
    return judged


def _judged(session: Session, sending: Sending, site: Site) -> Judged:
    told = judge(session, [sending], site)[sending.transaction.uuid]
    if isinstance(told, Refused):
        raise told
    return told


def _judged_before(session: Session, transaction: Transaction) -> Judged:
    """Of what an earlier run loaded, as far as its slip remembers."""
    if transaction.kind is Kind.RECEIPT:
        return Judged(known_goods(session, transaction), {}, {})
    slip = slip_on(session, transaction, _picking_id(transaction)) or {}
    return Judged(known_goods(session, transaction), {}, {}, robbed=tuple(slip.get("robbed", ())))


def _clear(
    session: Session,
    transaction: Transaction,
    moves: Sequence[Move],
    held: Sequence[Held],
    goods: Mapping[int, Good],
    *,
    stand: bool,
) -> None:
    """Nobody else's work is in the way, and ours is as we loaded it, where it does `stand`."""
    cards.refuse_others(transaction, moves, held, goods)
    if stand and not lines_match(session, transaction, goods, mine_of(transaction, held)):
        raise Refused("lines_changed", picking=transaction.document.picking_name)


def _done(transaction: Transaction, held: Sequence[Held]) -> list[Held]:
    """An external id of ours is no proof: only lines that are done themselves count, there or on a backorder."""
    return [one for one in mine_of(transaction, held) if one.state == "done"]


def _picking_id(transaction: Transaction) -> int:
    if transaction.document.picking_id is None:
        raise ValueError(f"{transaction.uuid} names no picking")
    return transaction.document.picking_id
