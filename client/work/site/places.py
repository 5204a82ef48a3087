"""Which places a device serves, and whether others leave some of them out."""

from collections.abc import Iterable, Sequence

from sync.stock import Location, Usage
from sync.store.catalogue import Catalogue


def to_choose_from(catalogue: Catalogue) -> list[Location]:
    """All a device could serve: where goods lie, and what those places stand in. Known without Odoo."""
    return [place for usage in (Usage.INTERNAL, Usage.TRANSIT, Usage.VIEW) for place in catalogue.places_for(usage)]


def narrower(catalogue: Catalogue, before: Sequence[int], after: Iterable[int]) -> bool:
    """Whether something that was served is served no more. None chosen: all of the company."""
    chosen = set(after)
    if not chosen:
        return False
    return not before or not all(_within(catalogue, one, chosen) for one in before)


def _within(catalogue: Catalogue, location_id: int, chosen: set[int]) -> bool:
    place = catalogue.location(location_id)
    steps = {int(step) for step in place.parent_path.split("/") if step} if place else {location_id}
    return not steps.isdisjoint(chosen)
