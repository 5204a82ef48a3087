"""How far the pull of a kind has come: an interrupted one goes on there, and a later one begins there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from sync.store.values import from_json, json_of, maybe_moment_of, text_of

OVERLAP = timedelta(minutes=10)
"""Odoo sets a row's time when its transaction begins and shows it when that ends (contract 3)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A reading by id: of what was written since `since` (None: of all), as far as `last_id`, begun at `began_at`.

    `shape` says what it was read for (places, time zone, our way of reading): a reading for another is no beginning.
    `seen` are fingerprints by id of rows the next overlap will bring again.
    """

    shape: str = ""
    since: datetime | None = None
    began_at: datetime | None = None
    last_id: int = 0
    rows: int = 0
    complete: bool = False
    seen: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def cursor(self) -> datetime:
        """From when on the reading after this complete one looks. Raises ValueError where the server told no time."""
        if self.began_at is None:
            raise ValueError("a reading without a beginning")
        return self.began_at - OVERLAP

    def next(self) -> "Mark":
        """The beginning of the reading after this complete one. Without the server's time it reads all again."""
        return Mark(self.shape, self.cursor if self.began_at else None, seen=self.seen)

    def afresh(self) -> "Mark":
        """The beginning of a reading of all."""
        return Mark(self.shape)

    def began(self, at: datetime | None) -> "Mark":
        """With the server's time of its first page, unless that is known."""
        return self if self.began_at else replace(self, began_at=at)

    def to_text(self) -> str:
        """As it is stored."""
        times = {name: text_of(at) if (at := getattr(self, name)) else None for name in ("since", "began_at")}
        plain = {name: getattr(self, name) for name in ("shape", "last_id", "rows", "complete")}
        return json_of({**plain, **times, "seen": dict(self.seen)})

    @classmethod
    def from_text(cls, text: str) -> "Mark":
        """Read what `to_text` wrote."""
        raw = from_json(text)
        times = {name: maybe_moment_of(raw[name]) for name in ("since", "began_at")}
        return cls(**{**raw, **times})
