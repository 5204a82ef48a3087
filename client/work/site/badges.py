"""Badges Wardstock makes itself: a random number that means nothing else, printed on a card (decision 069)."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from client.work.site.staff import badge_to_keep
from sync.errors import WardstockError
from sync.store import Store
from sync.store.people import Colleague

_SIGNS: Final = "0123456789BCDFGHJKLNPRSTVX"
"""No vowel, so no word; no letter that stands elsewhere on a German or French keyboard."""
_LENGTH: Final = 13
"""Signs of 61 bits: nobody types somebody else's."""
_OURS: Final = re.compile(f"WSB[{_SIGNS}]{{{_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed for somebody. `new`: it becomes theirs when it is printed, and what they had ends."""

    name: str
    role: str
    badge: str
    new: bool


def is_ours(badge: str) -> bool:
    """Whether Wardstock made that badge: only then is it printed again. The hospital's own is not copied."""
    return _OURS.fullmatch(badge) is not None


def made(store: Store) -> str:
    """A new badge. It is nobody's until it is kept."""
    return badge_to_keep(store, "WSB" + "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)))


def card(store: Store, one: Colleague, *, anew: bool = False) -> Card:
    """Their badge once more where Wardstock made it, else a new one; with `anew` a new one in any case."""
    again = is_ours(one.badge) and not anew
    return Card(one.name, one.role, one.badge if again else made(store), new=not again)


def cards(store: Store, names: Sequence[str], *, anew: bool = False) -> list[Card]:
    """For these people; without names for all who have no badge.

    Raises WardstockError: person_unknown, badges_all_there (nobody lacks one), badge_of_others (it ends with a new one:
    `anew` says that this is meant).
    """
    if not names:
        lacking = [one for one in store.people.everyone() if not one.badge]
        if not lacking:
            raise WardstockError("badges_all_there")
        return [card(store, one) for one in lacking]
    return [card(store, _working(store, name, anew=anew), anew=anew) for name in dict.fromkeys(names)]


def _working(store: Store, name: str, *, anew: bool) -> Colleague:
    known = store.people.get(name)
    if known is None or known.removed_at:
        raise WardstockError("person_unknown", name=name)
    if known.badge and not is_ours(known.badge) and not anew:
        raise WardstockError("badge_of_others", name=known.name)
    return known


def keep(store: Store, printed: Sequence[Card], at: datetime, by: str) -> None:
    """They are theirs before they are on paper, and the journal says who printed them, those printed again too."""
    for one in printed:
        store.people.settle_badge(one.name, one.badge, at, by)
