"""Whose turn it is at a planned picking: two devices that check and validate in one moment would both find room.

Odoo has no lock a stock user may hold. An attachment with the picking in its external id can exist only once, so
whoever made it is at the picking; the others come back. docs/decisions/030-posting-a-receipt.md
"""

from dataclasses import dataclass
from datetime import timedelta

from sync.odoo.posting.slip import Runs, now, recent, runs_of, slip_name
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.fields import Row, moment
from sync.odoo.wire.load import load, xid
from sync.odoo.wire.pages import Domain, every
from sync.odoo.wire.session import Session
from sync.transaction import Transaction

STALE = timedelta(minutes=10)
"""Longer than any posting takes: whoever holds a turn so long has died or is asleep. Half of it is its owner's own
time: the other half keeps others away while the last call is under way."""

FRESH = timedelta(minutes=1)
"""How old the word that a posting is on its way may be when it goes: whoever takes back counts from that word."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that is ours. `before`: the runs of the same posting that may still be on their way."""

    id: int
    before: Runs


def take_turn(session: Session, transaction: Transaction, picking_id: int) -> Turn:
    """Hold the picking, or raise a transient error while another transaction does. Runs again harmlessly.

    A turn of our own that has grown old is taken anew: others may be about to take it away.
    """
    mine = _file(transaction)
    found, slip = _held(session, transaction, picking_id)
    if found and found["name"] == mine and _older(session, found["create_date"], STALE / 2):
        end_turn(session, found["id"])
        found, slip = _held(session, transaction, picking_id)
    if found and found["name"] == mine:
        return Turn(found["id"], recent(session, runs_of(slip and slip["description"])))
    if found and _older(session, found["create_date"], STALE):
        end_turn(session, found["id"])
    raise OdooError(Family.TRANSIENT_UNKNOWN, code="other_device_first")


def may_validate(session: Session, transaction: Transaction, picking_id: int, run: str) -> bool:
    """Whether the turn is ours and young, and the slip says that this run goes out. Ask right before; one call.

    A copy of this device that takes the transaction back lays a stone, ends the turn and then reads the slip: either
    it sees this run there and waits, or we see the turn gone.
    """
    names = [_file(transaction), slip_name(transaction)]
    fields = ["name", "create_date", "description"]
    domain = [["name", "in", names], *_on(picking_id)]
    rows = {row["name"]: row for row in every(session, "ir.attachment", fields, domain)}
    if len(rows) < len(names):
        return False
    turn, slip = (rows[name] for name in names)
    said_at = runs_of(slip["description"]).get(run)
    fresh = said_at is not None and now(session) - said_at <= FRESH
    return fresh and not _older(session, turn["create_date"], STALE / 2)


def end_turn(session: Session, turn_id: int) -> None:
    """Let others at the picking. Runs again harmlessly: who comes second finds nothing, and that is as well."""
    try:
        session.call("ir.attachment", "unlink", ids=[turn_id])
    except OdooError as error:
        if error.name != "odoo.exceptions.MissingError":
            raise


def leave(session: Session, transaction: Transaction, picking_id: int) -> None:
    """End the turn of this transaction, whichever copy of the device took it."""
    for row in every(session, "ir.attachment", ["name"], [["name", "=", _file(transaction)], *_on(picking_id)]):
        end_turn(session, row["id"])


def _file(transaction: Transaction) -> str:
    return f"wardstock-turn-{transaction.uuid}"


def _on(picking_id: int) -> Domain:
    return [["res_model", "=", "stock.picking"], ["res_id", "=", picking_id]]


def _held(session: Session, transaction: Transaction, picking_id: int) -> tuple[Row | None, Row | None]:
    """The turn there is at the picking, made by us if there was none, and our slip; None for what is not there."""
    row = [xid(f"turn-{picking_id}"), _file(transaction), "stock.picking", picking_id]
    held = load(session, "ir.attachment", ["id", "name", "res_model", "res_id"], [row])
    slip = slip_name(transaction)
    domain = ["|", ["id", "in", held], "&", ["name", "=", slip], "&", *_on(picking_id)]
    rows = every(session, "ir.attachment", ["name", "create_date", "description"], domain)
    turn = next((row for row in rows if row["id"] in held), None)
    return turn, next((row for row in rows if row["name"] == slip), None)


def _older(session: Session, since: object, age: timedelta) -> bool:
    """By the server's clock alone: both moments are its own."""
    then = moment(since)
    return then is not None and now(session) - then > age
