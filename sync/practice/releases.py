"""What differs between the Odoos the ward can be: the semantics are those of 19, and this is the table of the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Release:
    """One major version of Odoo, as contract 15 and the servers themselves tell it. The defaults are 19's."""

    major: int
    version: str
    json_path: int = 200
    """What /json/version and /json/2 answer: 200 where they are served, 404 on 17, 303 to a login page on 18."""
    error_code: int = 200
    """Of an error by /jsonrpc; it means nothing, and is 0 since 19."""
    done_validates: bool = True
    """`button_validate` on a done picking is true; on 17 and the first 18 a UserError."""
    moves_are_named: bool = False
    """`stock.move.name` is required; `inventory_name` and its field are not there."""
    lots_have_company: bool = False
    """`stock.lot.company_id` is required, and `name` unique within it."""
    old_units: bool = False
    """Units hang in a `uom.category` by a factor the other way round; a packaging is a `product.packaging`."""
    keys_expire: bool = True
    user_applies_counts: bool = True
    """A stock user may apply a count; on 17 a UserError, or nothing at all where `load` asked for it."""
    applying_again_clears: bool = False
    """`action_apply_inventory` on what was applied sets the stock to nought (contract 0.1)."""
    list_always_tidies: bool = False
    """Opening Physical Inventory merges rows even where `stock.skip_quant_tasks` is set."""
    user_writes_places: bool = False
    last_step_stays: bool = False
    """A step that is cancelled takes the next with it only where that is followed by another."""
    picked_sticks: bool = False
    """A move stays picked when its picked lines are deleted."""

    @property
    def version_info(self) -> list[Any]:
        return [self.major, 0, 0, "final", 0, ""]

    @property
    def number(self) -> str:
        return f"{self.major}.0"


_19 = Release(19, "19.0", error_code=0, applying_again_clears=True)
_18 = Release(
    18,
    "18.0+e-20241109",
    json_path=303,
    done_validates=False,
    moves_are_named=True,
    old_units=True,
    list_always_tidies=True,
    user_writes_places=True,
    last_step_stays=True,
    picked_sticks=True,
)
_17 = Release(
    17,
    "17.0",
    json_path=404,
    done_validates=False,
    moves_are_named=True,
    lots_have_company=True,
    old_units=True,
    keys_expire=False,
    user_applies_counts=False,
)

RELEASES = {release.major: release for release in (_17, _18, _19)}


def release(major: int) -> Release:
    """The row of a version. A newer one than we know behaves as the newest of them and says its own number."""
    newest = RELEASES[max(RELEASES)]
    return RELEASES.get(major) or replace(newest, major=major, version=f"{major}.0")
