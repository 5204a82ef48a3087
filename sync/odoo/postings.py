"""What each kind of transaction becomes in Odoo: idempotent steps, run again from the first after any doubt."""

from collections.abc import Callable, Sequence

from sync.odoo import blind, receipt
from sync.odoo.errors import OdooError, Refused
from sync.odoo.sending import Sending, Site
from sync.odoo.session import Session
from sync.transaction import FREE, PLANNED, Kind, Outcome, Transaction

GUARDED = PLANNED
"""Kinds that rest on the guard of contract 4.2: kept off a version where it is not proved (14.20)."""

Settled = Callable[[str, Outcome | Refused], None]
"""Told of each transaction whose end is known, by its uuid, as soon as it is."""


def together(transaction: Transaction) -> tuple[object, ...] | None:
    """Transactions with the same answer may be posted in one batch; None: alone (design 4)."""
    if transaction.kind in FREE - {Kind.LOT_CHANGE}:
        return ("free", transaction.company_id)
    return None


def post(session: Session, sendings: Sequence[Sending], site: Site, settled: Settled) -> None:
    """Post each once, however often this is called, and read it back.

    `sendings` are free of each other (their footprints do not meet) and agree in `together`. `settled` gets an
    `Outcome`, or a `Refused`: then nothing of it is left in Odoo, and its uuid can never be posted again. Raises
    `OdooError` otherwise; what is not settled by then may have happened, and calling again finds out.
    """
    for sending in sendings:
        settled(sending.transaction.uuid, _one(session, sending))


def give_up(session: Session, sending: Sending, reason: OdooError) -> Outcome | Refused:
    """Remove what an unfinished posting left behind; its outcome, if it is done all the same."""
    give_up_on = receipt.give_up if sending.transaction.kind in PLANNED else blind.give_up
    try:
        return give_up_on(session, sending.transaction, sending.stamp, reason)
    except Refused as refused:
        return refused


def _one(session: Session, sending: Sending) -> Outcome | Refused:
    post_it = receipt.post_receipt if sending.transaction.kind in PLANNED else blind.post_blind
    try:
        return post_it(session, sending.transaction, sending.stamp)
    except Refused as refused:
        return refused
