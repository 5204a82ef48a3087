"""What differs between the Odoos we serve, in one table: postings and pulls ask it, never for a version."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Facts of one major version of Odoo (contract 3, 14 and 15)."""

    major: int
    tested: bool = True
    """Run by the contract tests. Otherwise the guard is probed before planned postings (contract 14.20)."""
    json2: bool = True
    """Speaks /json/2; older ones /jsonrpc with the login and the key as password."""
    packaging_units: bool = True
    """Packagings are `product.uom` over `uom.uom`; older ones `product.packaging` with `qty` in base units."""
    unit_families: bool = True
    """Units hang together by `parent_path`; older ones by `category_id`, and `factor` is the other way round."""
    is_storable: bool = True
    """`product.product.is_storable`; on 17 `detailed_type == "product"`."""
    package_model: str = "stock.package"
    """Packages goods lie in; older ones `stock.quant.package`."""
    move_names: bool = False
    """`stock.move.name` is required."""
    lot_company: bool = False
    """`stock.lot.company_id` is required."""
    key_expiry: bool = True
    """API keys end (`res.users.apikeys.expiration_date`)."""
    lots_change_in_one: bool = True
    """Out of lot A and into lot B in one picking (contract 14.15)."""
    group_by_ids: bool = True
    """`has_group` wants the user's id."""
    picked_stays: bool = False
    """A move stays picked when its picked lines are removed; whoever validates then receives nothing of it."""


_ODOO_17 = Capabilities(
    17,
    json2=False,
    packaging_units=False,
    unit_families=False,
    is_storable=False,
    package_model="stock.quant.package",
    move_names=True,
    lot_company=True,
    key_expiry=False,
    lots_change_in_one=False,
    group_by_ids=False,
)
_ODOO_18 = Capabilities(
    18,
    json2=False,
    packaging_units=False,
    unit_families=False,
    package_model="stock.quant.package",
    move_names=True,
    lots_change_in_one=False,
    picked_stays=True,
)
_ODOO_19 = Capabilities(19)

_KNOWN: Mapping[int, Capabilities] = {one.major: one for one in (_ODOO_17, _ODOO_18, _ODOO_19)}

OLDEST = min(_KNOWN)
NEWEST = max(_KNOWN)


def of_version(number: tuple[int, int]) -> Capabilities | None:
    """What is known of that version (major, minor); None for one too old.

    One that is newer than all we tested is taken for the newest, untested: what it must keep is probed.
    """
    major, minor = number
    if major < OLDEST:
        return None
    known = _KNOWN[min(major, NEWEST)]
    if (major, minor) == (known.major, 0):
        return known
    return replace(known, major=major, tested=False)
