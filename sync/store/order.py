"""Who waits behind whom: transactions whose footprints meet keep the order they were confirmed in (design 4)."""

from collections import defaultdict, deque
from functools import lru_cache

from sync.transaction import Footprint, steps_of

_Key = tuple[object, ...]
"""Something two footprints can share: a picking, a product at a place, a product anywhere under a place."""


class Order:
    """The unfinished transactions, added oldest first. Its work grows with their number, not with the square of it.

    Each is written under the keys it touches; what it may meet stands under the keys it asks for, and only that.
    """

    def __init__(self) -> None:
        self._at: dict[_Key, deque[int]] = defaultdict(deque)
        self._uuids: list[str] = []
        self._asks: list[frozenset[_Key]] = []
        self._place: dict[str, int] = {}
        self._settled: set[int] = set()
        self._behind: dict[int, list[int]] = defaultdict(list)

    def add(self, uuid: str, footprint: Footprint, *, released: bool = False) -> str | None:
        """Line up behind the others; answers the oldest that must be settled first.

        Who was released waits for nobody, but the younger ones still wait for it.
        """
        me = len(self._uuids)
        self._uuids.append(uuid)
        self._place[uuid] = me
        self._asks.append(frozenset() if released else _asked(footprint))
        met = [line for key in self._asks[me] if (line := self._unsettled(key))]
        if met:
            # Filed under the youngest of them: then one is looked at again seldom, not after each of a long row.
            self._behind[max(line[-1] for line in met)].append(me)
        for key in _touched(footprint):
            self._at[key].append(me)
        return self._uuids[min(line[0] for line in met)] if met else None

    def settle(self, uuid: str) -> list[str]:
        """It is done or withdrawn; answers those that nothing holds back any more."""
        gone = self._place[uuid]
        self._settled.add(gone)
        return [self._uuids[place] for place in self._behind.pop(gone, ()) if not self._still_waits(place)]

    def _still_waits(self, place: int) -> bool:
        older = min((line[0] for key in self._asks[place] if (line := self._unsettled(key))), default=place)
        if older >= place:
            return False
        self._behind[older].append(place)
        return True

    def _unsettled(self, key: _Key) -> deque[int] | None:
        line = self._at.get(key)
        while line and line[0] in self._settled:
            line.popleft()
        while line and line[-1] in self._settled:
            line.pop()
        return line or None


@lru_cache(maxsize=4_000)  # a page that lists the outbox has all of it lined up each time
def _touched(footprint: Footprint) -> frozenset[_Key]:
    keys: set[_Key] = {("picking", footprint.picking_id)} if footprint.picking_id is not None else set()
    for product_id, path in footprint.places:
        keys.add(("at", product_id, steps_of(path)[-1]))
        keys.update(("under", product_id, place) for place in steps_of(path))
    return frozenset(keys)


@lru_cache(maxsize=4_000)
def _asked(footprint: Footprint) -> frozenset[_Key]:
    keys: set[_Key] = {("picking", footprint.picking_id)} if footprint.picking_id is not None else set()
    for product_id, path in footprint.places:
        keys.add(("under", product_id, steps_of(path)[-1]))
        keys.update(("at", product_id, place) for place in steps_of(path))
    return frozenset(keys)
