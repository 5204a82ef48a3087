"""What each kind of transaction becomes in Odoo: idempotent steps, run again from the first after any doubt."""

from collections.abc import Callable, Sequence

from sync.odoo.counts import posting as counts
from sync.odoo.free import posting as free
from sync.odoo.planned import posting as planned
from sync.odoo.posting.sending import Sending, Site
from sync.odoo.wire.errors import OdooError, Refused
from sync.odoo.wire.session import Session
from sync.transaction import COUNTS, FREE, PLANNED, Kind, Outcome, Transaction

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
    unplanned = [sending for sending in sendings if sending.transaction.kind in FREE]
    if unplanned:
        free.post(session, unplanned, site, settled)
    for sending in sendings:
        if sending.transaction.kind not in FREE:
            settled(sending.transaction.uuid, _one(session, sending, site))


def give_up(session: Session, sending: Sending, reason: OdooError) -> Outcome | Refused:
    """Remove what an unfinished posting left behind; its outcome, if it is done all the same."""
    try:
        if sending.transaction.kind in PLANNED:
            return planned.give_up(session, sending, reason)
        if sending.transaction.kind in COUNTS:
            return counts.give_up(session, sending, reason)
        return free.give_up(session, sending, reason)
    except Refused as refused:
        return refused


def withdraw(session: Session, sending: Sending) -> Outcome | None:
    """A person takes it back after it was sent (design 4): the outcome, if it is done all the same.

    Else everything of ours is taken back, the uuid can never be posted again, and the answer is None. Runs again
    harmlessly. Raises `OdooError`, a transient one (`validate_under_way`) while a posting may still be on its way.
    """
    if sending.transaction.kind in PLANNED:
        return planned.withdraw(session, sending)
    if sending.transaction.kind in COUNTS:
        return counts.withdraw(session, sending)
    return free.withdraw(session, sending)


def _one(session: Session, sending: Sending, site: Site) -> Outcome | Refused:
    try:
        if sending.transaction.kind in COUNTS:
            return counts.post_count(session, sending)
        return planned.post_planned(session, sending, site)
    except Refused as refused:
        return refused
