"""What is made of frozen values is made again only of those that changed: a long list costs a scan one row, not all."""

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

G = TypeVar("G")
M = TypeVar("M")


class Remade(Generic[G, M]):
    """What `make` makes of each value, which must tell all `make` looks at. Keeps what was asked for last, no more.

    Values are tuples of frozen things: equal ones give the same, and what is the very same is not looked into.
    """

    def __init__(self, make: Callable[[G], M]) -> None:
        self._make = make
        self._kept: dict[Hashable, tuple[G, M]] = {}

    def of_each(self, values: Iterable[tuple[Hashable, G]]) -> list[M]:
        """What is made of each, in their order. Each comes with a key that names it from one time to the next."""
        before, now = self._kept, dict[Hashable, tuple[G, M]]()
        all_made: list[M] = []
        for key, value in values:
            was = before.get(key)
            made = was[1] if was and (was[0] is value or was[0] == value) else self._make(value)
            now[key] = (value, made)  # by this very value it is known again at once
            all_made.append(made)
        self._kept = now
        return all_made

    def of(self, value: G) -> M:
        """What is made of this one alone."""
        was = self._kept.get("")
        made = was[1] if was and (was[0] is value or was[0] == value) else self._make(value)
        self._kept = {"": (value, made)}  # by this very value it is known again at once
        return made
