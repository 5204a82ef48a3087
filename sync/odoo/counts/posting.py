"""What both kinds of counts share: one is posted whole and once, or all of it is taken back (design 4, 5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sync.odoo.counts import adjustment, count
from sync.odoo.posting.asks import refusal_of
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.stone import WITHDRAWN
from sync.odoo.wire.errors import Family, OdooError, Refused
from sync.odoo.wire.session import Session
from sync.transaction import Kind, Outcome


@dataclass(frozen=True, slots=True)
class _Way:
    """How a kind of count goes to Odoo, and back: `back` raises the refusal, or tells what could not be taken back."""

    there: Callable[[Session, Sending], Outcome]
    back: Callable[[Session, Sending, Refused], Outcome]


_WAYS: Mapping[Kind, _Way] = {
    Kind.COUNT: _Way(count.submit, count.take_back),
    Kind.ADJUSTMENT: _Way(adjustment.book, adjustment.take_back),
}


def post_count(session: Session, sending: Sending) -> Outcome:
    """Submit it for approval, or book its difference: once, however often this runs.

    Raises `Refused` with nothing of it left in Odoo, or `OdooError`.
    """
    try:
        return _way_of(sending).there(session, sending)
    except Refused as refused:
        return _way_of(sending).back(session, sending, refused)
    except OdooError as error:
        if error.family not in {Family.DATA, Family.BUG}:
            raise
        return give_up(session, sending, error)


def give_up(session: Session, sending: Sending, reason: OdooError) -> Outcome:
    """Take back what stands of it and raise `Refused`; or the outcome, where it holds all the same."""
    return _way_of(sending).back(session, sending, refusal_of(reason))


def withdraw(session: Session, sending: Sending) -> Outcome | None:
    """A person takes it back: the outcome, where it is booked, or people have applied some of it already."""
    try:
        return _way_of(sending).back(session, sending, Refused(WITHDRAWN))
    except Refused:
        return None


def _way_of(sending: Sending) -> _Way:
    return _WAYS[sending.transaction.kind]
