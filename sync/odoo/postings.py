"""What each kind of transaction becomes in Odoo: idempotent steps, run again from the first after any doubt."""

from collections.abc import Callable, Mapping

from sync.odoo import blind, receipt
from sync.odoo.session import Session
from sync.odoo.slip import Stamp
from sync.transaction import Kind, Outcome, Transaction

_POST: Mapping[Kind, Callable[[Session, Transaction, Stamp], Outcome]] = {
    Kind.RECEIPT: receipt.post_receipt,
    Kind.BLIND_RECEIPT: blind.post_blind,
}
_CLEAN_UP: Mapping[Kind, Callable[[Session, Transaction], None]] = {
    Kind.RECEIPT: receipt.clean_up,
    Kind.BLIND_RECEIPT: blind.clean_up,
}
GUARDED = frozenset({Kind.RECEIPT})
"""Kinds that rest on the guard of contract 4.2: kept off a version where it is not proved (14.20)."""


def post(session: Session, transaction: Transaction, stamp: Stamp) -> Outcome:
    """Post it once, however often this is called, and read it back.

    Raises `Refused` when Odoo or the checks before it say no: nothing of it is left in Odoo. Raises `OdooError`
    otherwise; then it may have happened, and calling again finds out.
    """
    return _POST[transaction.kind](session, transaction, stamp)


def clean_up(session: Session, transaction: Transaction) -> None:
    """Remove what an unfinished posting left behind. What is done stays. Runs again harmlessly."""
    _CLEAN_UP[transaction.kind](session, transaction)
