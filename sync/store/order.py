"""Who waits behind whom: transactions whose footprints meet keep the order they were confirmed in (design 4)."""

from collections import defaultdict

from sync.transaction import Footprint


class Order:
    """The unfinished transactions met so far, oldest first."""

    def __init__(self) -> None:
        self._by_picking: dict[int, list[int]] = defaultdict(list)
        self._by_product: dict[int, list[int]] = defaultdict(list)
        self._older: list[tuple[str, Footprint]] = []

    def add(self, uuid: str, footprint: Footprint) -> str | None:
        """Line up behind the others; answers the oldest that must be settled first."""
        behind = self._first_that_meets(footprint)
        place = len(self._older)
        self._older.append((uuid, footprint))
        if footprint.picking_id is not None:
            self._by_picking[footprint.picking_id].append(place)
        for product_id in {product_id for product_id, _ in footprint.places}:
            self._by_product[product_id].append(place)
        return behind

    def _first_that_meets(self, footprint: Footprint) -> str | None:
        # Only what shares the picking or a product can meet: days of unsent work must not take quadratic time.
        near = set() if footprint.picking_id is None else set(self._by_picking[footprint.picking_id])
        for product_id, _ in footprint.places:
            near.update(self._by_product[product_id])
        older = (self._older[place] for place in sorted(near))
        return next((uuid for uuid, theirs in older if footprint.meets(theirs)), None)
