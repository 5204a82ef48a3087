"""Which of Odoo's operation types an act that nobody planned is booked under."""

from sync.stock import Location, PickingType
from sync.store.catalogue import Catalogue


def type_for(catalogue: Catalogue, code: str, place: Location | None) -> PickingType | None:
    """The type of that code (incoming, internal, outgoing) of the place's warehouse, else the first there is."""
    types = catalogue.picking_types(code)
    if not types or place is None:
        return types[0] if types else None
    return max(types, key=lambda one: (_in_common(catalogue, one, place, code), -one.id))


def _in_common(catalogue: Catalogue, kind: PickingType, place: Location, code: str) -> int:
    """How many steps from the root its own place and this one share."""
    own_id = kind.destination_id if code == "incoming" else kind.source_id
    own = catalogue.location(own_id) if own_id else None
    steps, there = (one.parent_path.split("/") if one else [] for one in (own, place))
    return next((n for n, pair in enumerate(zip(steps, there, strict=False)) if pair[0] != pair[1]), len(steps))
