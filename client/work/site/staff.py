"""Who is entered at a device, and who may approve that: rules the `people` command and the window share (design 8)."""

from datetime import datetime
from typing import Final

from client.work.site.people import Act, Role, badge_of
from client.work.site.pin import hashed, why_not
from client.work.site.policy import Policy
from sync.errors import WardstockError
from sync.store import Store
from sync.store.people import Colleague

SHORTEST_BADGE: Final = 4


def managers(store: Store, policy: Policy) -> list[Colleague]:
    """Who can approve a change of people: the role may, and there is a PIN."""
    here = store.people.everyone()
    return [one for one in here if one.pin and policy.person(one.name, Role(one.role)).may(Act.MANAGE_PEOPLE)]


def nobody_manages(store: Store, policy: Policy, wanted: str) -> None:
    """Raises WardstockError("supervised") where a first supervisor is wanted, and there is one already."""
    if wanted and (there := managers(store, policy)):
        raise WardstockError("supervised", name=there[0].name)


def badge_to_keep(store: Store, text: str) -> str:
    """As it is kept. Raises WardstockError: badge_unfit, or badge_is_known where the device knows that code already."""
    badge, known = badge_of(text), store.catalogue
    if len(badge) < SHORTEST_BADGE:
        raise WardstockError("badge_unfit", shortest=SHORTEST_BADGE)
    plain = text.strip()
    goods = [hit.product.name for hit in known.by_barcode(plain)] + [one.name for one in known.by_code(plain)]
    place, closed = known.location_by_barcode(plain), known.closed_picking(plain)
    papers = [known.picking_by_name(plain), *known.pickings_of_order(plain), closed]
    names = [*goods, *([place.complete_name] if place else []), *(one.name for one in papers if one)]
    if names:  # local data wins over a badge: it would never be read as one
        raise WardstockError("badge_is_known", name=names[0])
    return badge


def pin_to_keep(pin: str) -> str:
    """The hash of a new PIN. Raises WardstockError: pin_not_digits, pin_too_easy."""
    if code := why_not(pin):
        raise WardstockError(code)
    return hashed(pin)


def enter(
    store: Store,
    policy: Policy,
    name: str,
    role: Role,
    at: datetime,
    by: str,
    *,
    badge: str = "",
    pin: str = "",
    again: bool = False,
) -> None:
    """Somebody new, approved by `by`. The first manages people, has a PIN, and needs nobody's word: `by` is empty then.

    `badge` and `pin` as `badge_to_keep` and `pin_to_keep` answered them. Raises WardstockError: no_supervisor, and
    what `Staff.add` raises.
    """
    if not by and (managers(store, policy) or not pin or not policy.person(name, role).may(Act.MANAGE_PEOPLE)):
        raise WardstockError("no_supervisor")
    store.people.add(name, role, at, by, badge=badge, pin=pin, again=again)
