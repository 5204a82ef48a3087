"""Which transactions go to Odoo in one stride (design 4)."""

from collections.abc import Iterable

from sync.odoo.postings import together
from sync.store.entries import Entry

MOST = 50
"""How many at once: a `button_validate` of more would keep others waiting in Odoo (contract 9)."""
_TRIES_TOGETHER = 3
"""Then each goes alone: what keeps a whole batch from ending must not do so for ever."""


def batches(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Entries that are due at the same time, in batches of what may be posted together; the oldest of each in order.

    What was released meets an older one that is unfinished, so it goes alone.
    """
    made: list[list[Entry]] = []
    filling: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        kind = None if entry.released or entry.attempts >= _TRIES_TOGETHER else together(entry.transaction)
        batch = filling.get(kind) if kind else None
        if batch is None or len(batch) >= MOST:
            batch = []
            made.append(batch)
        if kind:
            filling[kind] = batch
        batch.append(entry)
    return made
