"""What each kind of transaction becomes in Odoo: idempotent steps, run again from the first after any doubt."""

from collections.abc import Callable, Mapping

from sync.odoo import blind, receipt
from sync.odoo.errors import OdooError
from sync.odoo.session import Session
from sync.odoo.slip import Stamp
from sync.transaction import Kind, Outcome, Transaction

_POST: Mapping[Kind, Callable[[Session, Transaction, Stamp], Outcome]] = {
    Kind.RECEIPT: receipt.post_receipt,
    Kind.BLIND_RECEIPT: blind.post_blind,
}
_GIVE_UP: Mapping[Kind, Callable[[Session, Transaction, Stamp, OdooError], Outcome]] = {
    Kind.RECEIPT: receipt.give_up,
    Kind.BLIND_RECEIPT: blind.give_up,
}
GUARDED = frozenset({Kind.RECEIPT})
"""Kinds that rest on the guard of contract 4.2: kept off a version where it is not proved (14.20)."""


def post(session: Session, transaction: Transaction, stamp: Stamp) -> Outcome:
    """Post it once, however often this is called, and read it back.

    Raises `Refused` when Odoo or the checks before it say no: nothing of it is left in Odoo. Raises `OdooError`
    otherwise; then it may have happened, and calling again finds out.
    """
    return _POST[transaction.kind](session, transaction, stamp)


def give_up(session: Session, transaction: Transaction, stamp: Stamp, reason: OdooError) -> Outcome:
    """Remove what an unfinished posting left behind and raise `Refused`; its outcome, if it is done all the same."""
    return _GIVE_UP[transaction.kind](session, transaction, stamp, reason)
