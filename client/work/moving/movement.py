"""The state of goods on their way inside the house: from where, to where, why, and what of them waits."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from client.work.job import Job, Pending
from sync.stock import Location
from sync.transaction import Moment

FROM, TO = "from", "to"


@dataclass(frozen=True, slots=True)
class Visit:
    """A place somebody scanned or named: goods are taken there (`from`) or go there (`to`).

    `after` is the number of the last addition then, so that undo takes back what came last.
    """

    place_id: int
    name: str
    role: str
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement(Job):
    """Goods that go from shelf to shelf. `reason` is why they are used or thrown away, in the site's words."""

    visits: tuple[Visit, ...] = ()
    reason: str = ""

    @property
    def source_id(self) -> int:
        """Where the next item is taken from; 0: the item says it."""
        return self._last(FROM)

    @property
    def destination_id(self) -> int:
        """Where all of it goes; 0: nobody has said it."""
        return self._last(TO)

    @property
    def last_number(self) -> int:
        """Of the additions."""
        return max((add.number for add in self.additions), default=0)

    def _last(self, role: str) -> int:
        return next((visit.place_id for visit in reversed(self.visits) if visit.role == role), 0)

    def visited(self, place: Location, role: str) -> Self:
        """With one more place."""
        visit = Visit(place.id, place.complete_name, role, self.last_number)
        return replace(self, visits=(*self.visits, visit), closing=False)

    def back(self) -> Self:
        """Without the last place."""
        return replace(self, visits=self.visits[:-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Use(Movement):
    """Goods used up here (ward 24)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waste(Movement):
    """Goods thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WardReturn(Movement):
    """Goods that go back from a ward to the store."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item taken in a hurry that is not complete (ward 26): `why` is the code of what is still to be answered."""

    number: int
    item: Pending
    source_id: int
    why: str
    taken_at: datetime
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency(Movement):
    """Goods taken now and used; nothing is asked before it is over (ward 26)."""

    later: tuple[Waiting, ...] = ()

    @property
    def begun(self) -> bool:
        """Lines that wait are lines."""
        return bool(self.additions or self.pending or self.later)

    @property
    def last_number(self) -> int:
        """Of the additions and of what waits."""
        numbers = (*(add.number for add in self.additions), *(one.number for one in self.later))
        return max(numbers, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Later(Emergency):
    """What an emergency left to be completed. `opened` is the number of the line that is being answered.

    `completed` are lines as they waited before they were answered: taken back, they wait as they did. None in a draft
    that is older than this.
    """

    opened: int = 0
    completed: tuple[Waiting, ...] | None = None
    acted_at: Moment | None = None
    """When the goods were taken: a count may have come in between (ward 1)."""
