"""Whose turn it is at a planned picking: two devices that check and validate in one moment would both find room.

Odoo has no lock a stock user may hold. An attachment with the picking in its external id can exist only once, so
whoever made it is at the picking; the others come back. docs/decisions/030-posting-a-receipt.md
"""

from datetime import timedelta

from sync.odoo.errors import Family, OdooError
from sync.odoo.fields import Row, moment
from sync.odoo.load import load, record_of, xid
from sync.odoo.pages import every
from sync.odoo.session import Session
from sync.transaction import Transaction

STALE = timedelta(minutes=10)
"""Longer than any posting takes: whoever holds a turn so long has died or is asleep. Half of it is its owner's own
time: the other half keeps others away while the last call is under way."""


def take_turn(session: Session, transaction: Transaction, picking_id: int) -> None:
    """Hold the picking, or raise a transient error while another transaction does. Runs again harmlessly.

    A turn of our own that has grown old is taken anew: others may be about to take it away.
    """
    mine = _file(transaction)
    found = _held(session, mine, picking_id)
    if found and found["name"] == mine and _older(session, found, STALE / 2):
        _take_away(session, [found["id"]])
        found = _held(session, mine, picking_id)
    if found and found["name"] == mine:
        return
    if found and _older(session, found, STALE):
        _take_away(session, [found["id"]])
    raise OdooError(Family.TRANSIENT_UNKNOWN, code="other_device_first")


def still_mine(session: Session, transaction: Transaction, picking_id: int) -> bool:
    """Whether the turn is ours and young enough to validate in it. Ask right before that; one call to Odoo."""
    domain = [["name", "=", _file(transaction)], ["res_model", "=", "stock.picking"], ["res_id", "=", picking_id]]
    turns = every(session, "ir.attachment", ["create_date"], domain)
    return any(not _older(session, turn, STALE / 2) for turn in turns)


def end_turn(session: Session, transaction: Transaction, picking_id: int) -> None:
    """Let others at the picking. Runs again harmlessly."""
    found = record_of(session, _name(picking_id))
    if not found or not found[1]:
        return
    domain = [["id", "=", found[1]], ["name", "=", _file(transaction)]]
    mine = [row["id"] for row in every(session, "ir.attachment", ["name"], domain)]
    if mine:
        _take_away(session, mine)


def _name(picking_id: int) -> str:
    return f"turn-{picking_id}"


def _file(transaction: Transaction) -> str:
    return f"wardstock-turn-{transaction.uuid}"


def _held(session: Session, mine: str, picking_id: int) -> Row | None:
    """The turn there is at the picking, made by us if there was none; None if it ended in that moment."""
    row = [xid(_name(picking_id)), mine, "stock.picking", picking_id]
    held = load(session, "ir.attachment", ["id", "name", "res_model", "res_id"], [row])
    return next(iter(every(session, "ir.attachment", ["name", "create_date"], [["id", "in", held]])), None)


def _take_away(session: Session, ids: list[int]) -> None:
    """Several may take the same turn away at once: whoever comes second finds nothing, and that is as well."""
    try:
        session.call("ir.attachment", "unlink", ids=ids)
    except OdooError as error:
        if error.name != "odoo.exceptions.MissingError":
            raise


def _older(session: Session, turn: Row, age: timedelta) -> bool:
    """By the server's clock alone: both moments are its own."""
    since, told = moment(turn["create_date"]), session.server_time
    return since is not None and told is not None and told.at - since > age
