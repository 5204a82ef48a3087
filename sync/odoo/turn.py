"""Whose turn it is at a planned picking: two devices that check and validate in one moment would both find room.

Odoo has no lock a stock user may hold. An attachment with the picking in its external id can exist only once, so
whoever made it is at the picking; the others come back. docs/decisions/030-posting-a-receipt.md
"""

from datetime import timedelta

from sync.odoo.errors import Family, OdooError
from sync.odoo.fields import moment
from sync.odoo.load import load, record_of, xid
from sync.odoo.pages import every
from sync.odoo.session import Session
from sync.transaction import Transaction

STALE = timedelta(minutes=10)
"""Longer than any posting takes: whoever holds a turn so long has died or is asleep."""


def take_turn(session: Session, transaction: Transaction, picking_id: int) -> None:
    """Hold the picking, or raise a transient error while another transaction does. Runs again harmlessly."""
    name = _file(transaction)
    row = [xid(_name(picking_id)), name, "stock.picking", picking_id]
    held = load(session, "ir.attachment", ["id", "name", "res_model", "res_id"], [row])
    for found in every(session, "ir.attachment", ["name", "create_date"], [["id", "in", held]]):
        if found["name"] == name:
            return
        since, told = moment(found["create_date"]), session.server_time
        if since and told and told.at - since > STALE:
            session.call("ir.attachment", "unlink", ids=held)
    raise OdooError(Family.TRANSIENT_UNKNOWN, code="other_device_first")


def end_turn(session: Session, transaction: Transaction, picking_id: int) -> None:
    """Let others at the picking. Runs again harmlessly."""
    found = record_of(session, _name(picking_id))
    if not found or not found[1]:
        return
    domain = [["id", "=", found[1]], ["name", "=", _file(transaction)]]
    mine = [row["id"] for row in every(session, "ir.attachment", ["name"], domain)]
    if mine:
        session.call("ir.attachment", "unlink", ids=mine)


def _name(picking_id: int) -> str:
    return f"turn-{picking_id}"


def _file(transaction: Transaction) -> str:
    return f"wardstock-turn-{transaction.uuid}"
