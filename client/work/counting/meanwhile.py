"""What this device knows of counts beside the open one: who counts where, what moved meanwhile, which shelves doubt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from client.work.counting.job import Count
from client.work.job import from_draft
from client.work.stock import Effect, effects
from sync.stock import Location
from sync.store import Store
from sync.store.recounts import Doubt
from sync.transaction import COUNTS, Draft

COUNT = "count"
"""What drafts of counts are called on disk."""

_NEAR = 200
"""More than this many acts on one shelf are not done while somebody counts it."""


def _place_of(draft: Draft) -> int | None:
    place = from_draft(draft, Count).place
    return place.id if place else None


@dataclass(frozen=True, slots=True)
class Moved:
    """What an act of this device did to one shelf, and when (UTC, this device's clock). `person` did it."""

    at: datetime
    effect: Effect
    person: str


class Counting:
    """Asked by the jobs. Cheap to make: it remembers nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def drafts(self) -> list[Draft]:
        """Counts that are open on this device, last changed first."""
        return sorted(self._store.drafts.of_job(COUNT), key=lambda draft: draft.changed_at, reverse=True)

    def draft_at(self, place: Location) -> Draft | None:
        """The open count of exactly that place, whatever it was called when it began."""
        return next((draft for draft in self.drafts() if _place_of(draft) == place.id), None)

    def under_way(self) -> frozenset[int]:
        """The places with an open count: how much should lie there is not told before it is finished."""
        return frozenset(place for draft in self.drafts() if (place := _place_of(draft)))

    def blind(self, place_id: int | None) -> bool:
        """Whether somebody counts there: then no answer of any job may say what the book has (complaint 12)."""
        return place_id in self.under_way()

    def within(self, place: Location) -> tuple[Location, str] | None:
        """What of a place is being counted, itself or a bin below it, and by whom."""
        counts = ((from_draft(draft, Count).place, draft.person) for draft in self.drafts())
        return next(((one, who) for one, who in counts if one and one.parent_path.startswith(place.parent_path)), None)

    def here(self, place: Location) -> str:
        """Who counts in that place on this device; empty: nobody (ward 8: a location under count says by whom)."""
        draft = self.draft_at(place)
        return draft.person if draft else ""

    def doubts(self) -> list[Doubt]:
        """Shelves a posting wants counted again (ward 1, 3), the oldest doubt first."""
        return self._store.recounts.open()

    def moved_since(self, place: Location, since: datetime) -> list[Moved]:
        """What this device brought to exactly that place or took from it after a moment, counts aside; oldest first."""
        return sorted(self._moved(place, since), key=lambda one: one.at)

    def _moved(self, place: Location, since: datetime) -> Iterator[Moved]:
        for entry in self._store.outbox.of_place(place.id, _NEAR):
            act = entry.transaction
            if act.kind in COUNTS or act.acted_at.wall <= since:
                continue
            for effect in effects(act):
                if effect.key.location_id == place.id:
                    yield Moved(act.acted_at.wall, effect, act.person)

    def counted_at(self, place: Location) -> datetime | None:
        """When this device last counted there; None where it is not known to have."""
        found = (entry.transaction for entry in self._store.outbox.of_place(place.id, _NEAR))
        return max((one.acted_at.wall for one in found if one.kind in COUNTS), default=None)
