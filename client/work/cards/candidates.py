"""What a person may choose among to settle a card: lots, shelves, packages, owners, by Odoo or by the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sync.stock import Location, Quant
from sync.store.catalogue import Catalogue
from sync.transaction import Line


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several. `value` is what says it; `quantity` base units lie there by Odoo, None where nobody knows."""

    value: str
    quantity: Decimal | None = None
    location_id: int | None = None
    package_id: int | None = None
    owner_id: int | None = None


LOOSE = "loose"
"""What says: in no package, and nobody else's."""


def chosen(among: Iterable[Candidate], value: str) -> Candidate | None:
    """The one that is meant; case does not count."""
    return next((one for one in among if one.value.casefold() == value.strip().casefold()), None)


def lots_there(catalogue: Catalogue, line: Line) -> tuple[Candidate, ...]:
    """Lots of the product: those on the line's shelf first, first to expire first."""
    place = catalogue.location(line.source_id)
    path = place.parent_path if place else ""
    here = _by_lot(catalogue.quants(product_id=line.product_id, location_path=path) if path else ())
    lots = [lot for lot in catalogue.lots_of(line.product_id) if lot.name != line.lot_name]
    lots.sort(key=lambda lot: (here.get(lot.id, Decimal(0)) <= 0, lot.expiry is None, lot.expiry, lot.name))
    return tuple(Candidate(lot.name, here.get(lot.id)) for lot in lots)


def shelves_there(catalogue: Catalogue, facts: Mapping[str, Any], line: Line | None) -> tuple[Candidate, ...]:
    """Where Odoo said that the goods lie; else where the device last knew them."""
    told = [(one["location_id"], Decimal(str(one["quantity"]))) for one in facts.get("found", ())]
    if not told and line:
        known = catalogue.quants(product_id=line.product_id)
        told = [
            (quant.key.location_id, quant.quantity)
            for quant in known
            if quant.quantity > 0 and _fits(catalogue, quant, line) and quant.key.location_id != line.source_id
        ]
    sums: dict[int, Decimal] = {}
    for location_id, quantity in told:
        sums[location_id] = sums.get(location_id, Decimal(0)) + quantity
    places = ((catalogue.location(location_id), quantity) for location_id, quantity in sums.items())
    return tuple(Candidate(place.complete_name, quantity, place.id) for place, quantity in places if place)


def owners_there(catalogue: Catalogue, facts: Mapping[str, Any]) -> tuple[Candidate, ...]:
    """Packages and owners under which Odoo has the goods in that place."""
    return tuple(
        Candidate(
            _whose(catalogue, one["package_id"], one["owner_id"]),
            Decimal(str(one["quantity"])),
            one["location_id"],
            one["package_id"],
            one["owner_id"],
        )
        for one in facts.get("found", ())
    )


def place_named(catalogue: Catalogue, text: str) -> Location | None:
    """A place by its barcode, its whole name, or its own."""
    return catalogue.location_by_barcode(text) or catalogue.location_by_name(text) if text else None


def _whose(catalogue: Catalogue, package_id: int | None, owner_id: int | None) -> str:
    """ "PACK0001", "of Acme", "PACK0001 of Acme", or `LOOSE`."""
    package = catalogue.package(package_id) if package_id else None
    owner = catalogue.partner(owner_id) if owner_id else None
    parts = [package.name if package else f"#{package_id}"] if package_id else []
    parts += [f"of {owner.name if owner else f'#{owner_id}'}"] if owner_id else []
    return " ".join(parts) or LOOSE


def _by_lot(quants: Iterable[Quant]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for quant in quants:
        lot_id = quant.key.lot_id or 0
        found[lot_id] = found.get(lot_id, Decimal(0)) + quant.quantity
    return found


def _fits(catalogue: Catalogue, quant: Quant, line: Line) -> bool:
    """The line's lot, or any where it names none."""
    if not line.lot_name:
        return True
    lot = catalogue.lot_by_id(quant.key.lot_id) if quant.key.lot_id else None
    return lot is not None and lot.name == line.lot_name
