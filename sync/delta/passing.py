"""What all kinds of records share in one pass: where they go, where each left off, how many came."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sync.odoo.reading.reach import Reach
from sync.odoo.wire.session import Session
from sync.store.catalogue_pull import Pull
from sync.store.marks import OVERLAP, Mark

READING = 1
"""Counts up when more is read of a record than before: then all are read again."""

Tell = Callable[[str, int, int | None], None]
"""Told of progress: the kind of record, how many of it are in, and how many there are where that is known."""


@dataclass
class Passing:
    """One pass. Each kind goes on from its mark: the one an interrupted pass left, else that of the last pull."""

    into: Pull
    session: Session
    reach: Reach
    tell: Tell
    came: dict[str, int] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)

    def mark(self, kind: str, shape: str = "") -> Mark:
        """Where to go on. A reading for other places, or from a time the server has not reached, is no beginning."""
        mark, wanted = self.into.mark(kind), shape or shape_of("")
        return Mark(wanted) if mark.shape != wanted or self.ahead(mark) else mark

    def ahead(self, mark: Mark) -> bool:
        """Whether the server's clock went back since: what is written now would never be seen."""
        now = self.now()
        return bool(mark.began_at and now and mark.began_at > now + OVERLAP)

    def now(self) -> datetime | None:
        """The server's time as of its last answer."""
        told = self.session.server_time
        return told.at if told else None

    def count(self, kind: str, rows: int) -> None:
        """So many more of a kind are in."""
        self.came[kind] = self.came.get(kind, 0) + rows
        if rows:
            self.tell(kind, self.came[kind], self.expected.get(kind))


def shape_of(about: str) -> str:
    """What a mark says of how its kind was read: one of another shape is no beginning."""
    return f"{READING}|{about}"
