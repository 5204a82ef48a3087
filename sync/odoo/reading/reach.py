"""What of Odoo concerns this device: one company, and stock and pickings at some places and below."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sync.stock import Usage

HELD = (Usage.INTERNAL, Usage.TRANSIT)
"""Where goods of ours lie; elsewhere Odoo only keeps the other half of each move."""

Domain = list[Any]
"""Odoo's search domain: its own nested lists."""


@dataclass(frozen=True, slots=True)
class Reach:
    """No company: what Odoo shows the user. No places: all where goods of the company lie."""

    company_id: int | None = None
    location_ids: tuple[int, ...] = ()

    def company(self) -> Domain:
        """Records of the company, or shared by all."""
        return [] if self.company_id is None else [["company_id", "in", [self.company_id, False]]]

    def lying(self) -> Domain:
        """What lies at one of the places."""
        at = [["location_id", "child_of", list(self.location_ids)]] if self.location_ids else []
        return [["location_id.usage", "in", list(HELD)], *at, *self.company()]

    def placed(self) -> Domain:
        """What is said about one of the places."""
        at = [["location_id", "child_of", list(self.location_ids)]] if self.location_ids else []
        return [*at, *self.company()]

    def moving(self) -> Domain:
        """What goes to or from one of the places."""
        return [*self._either(), *self.company()]

    def _either(self) -> Sequence[Any]:
        if not self.location_ids:
            return []
        ids = list(self.location_ids)
        return ["|", ["location_id", "child_of", ids], ["location_dest_id", "child_of", ids]]
