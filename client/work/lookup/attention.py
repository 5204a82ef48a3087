"""What somebody should look at where this device works: what is held, expired, about to expire, or low.

Nothing of a shelf that is being counted (complaint 12).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import islice
from typing import Final

from client.work.lookup.pages import EVERYWHERE
from client.work.site.holds import products_of
from client.work.stock import OnShelf, total
from client.work.ward import Ward
from sync.stock import Product, ReorderPoint
from sync.store import Store

SOON: Final = 30
"""Days: what expires within them is shown."""


MOST: Final = 30
"""Of each kind so many are told: who has more looks at these first, and nobody waits for the rest."""


class Why(StrEnum):
    """Why it is shown, the most pressing first."""

    HELD = "held"
    EXPIRED = "expired"
    EXPIRING = "expiring"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Noticed:
    """Goods to look at: `shown` base units at `places`. `days` are left, less than nothing since it expired; `minimum`
    is what Odoo's reorder point wants, `reason` why it is held."""

    why: Why
    product: Product
    lot_name: str
    places: tuple[str, ...]
    shown: Decimal
    days: int = 0
    minimum: Decimal = Decimal(0)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sieve:
    """What by Odoo's figures may have to be looked at: products with a lot that expires soon, points that are low. True
    for one generation of the catalogue and one day: it is made once, and what this device did is added each time."""

    soon: tuple[int, ...]
    low: tuple[ReorderPoint, ...]


def sieve(ward: Ward) -> Sieve:
    """Two questions to the catalogue, whatever its size."""
    last = ward.today + timedelta(days=SOON)
    soon = [id_ for path in _paths(ward) for id_ in ward.catalogue.with_lots_until(last, path)]
    low = [point for path in _paths(ward) for point in ward.catalogue.points_below(path)]
    return Sieve(tuple(dict.fromkeys(soon)), tuple(low))


def noticed(store: Store, ward: Ward, known: Sieve) -> tuple[Noticed, ...]:
    """All of it, the most pressing first."""
    with ward.shelves.one_moment():
        found = [
            *(one for path in _paths(ward) for one in islice(_held(store, ward, path), MOST)),
            *(one for path in _paths(ward) for one in islice(_expiring(ward, known.soon, path), MOST)),
            *islice(_low(ward, known.low), MOST),
        ]
    held = {(one.product.id, one.lot_name) for one in found if one.why is Why.HELD}
    left = [one for one in found if one.why is Why.HELD or (one.product.id, one.lot_name) not in held]
    return tuple(sorted(left, key=lambda one: (list(Why).index(one.why), one.days, one.product.name, one.lot_name)))


def _paths(ward: Ward) -> tuple[str, ...]:
    """Of the places this device serves; everywhere where none is named."""
    places = (ward.catalogue.location(id_) for id_ in ward.here)
    return tuple(place.parent_path for place in places if place) or (EVERYWHERE,)


def _expiring(ward: Ward, soon: tuple[int, ...], path: str) -> Iterator[Noticed]:
    last = ward.today + timedelta(days=SOON)
    for product_id in dict.fromkeys((*soon, *sorted(ward.shelves.touched()))):
        product = ward.catalogue.product(product_id)
        for lot in ward.shelves.first_expiring(product_id, path) if product else ():
            if product and lot.expiry and lot.expiry <= last and (shelves := _told(ward, lot.shelves)):
                days = (lot.expiry - ward.today).days
                why = Why.EXPIRED if days < 0 else Why.EXPIRING
                yield Noticed(why, product, lot.lot_name, _names(ward, shelves), total(shelves), days)


def _held(store: Store, ward: Ward, path: str) -> Iterator[Noticed]:
    """Lots of the hold lists that lie here; what already lies in quarantine is where it should be."""
    products = {product.id: product for one in store.holds.all() for product in products_of(store, one.line)}
    for product in products.values():
        for lot in ward.shelves.first_expiring(product.id, path):
            hold = ward.holds.why(product.id, lot.lot_name)
            if hold and not hold.place and (shelves := _told(ward, lot.shelves)):
                yield Noticed(Why.HELD, product, lot.lot_name, _names(ward, shelves), total(shelves), reason=hold.why)


def _low(ward: Ward, low: tuple[ReorderPoint, ...]) -> Iterator[Noticed]:
    mine = (one for id_ in sorted(ward.shelves.touched()) for one in ward.catalogue.reorder_points(product_id=id_))
    for point in {one.id: one for one in (*low, *mine)}.values():
        product, place = ward.catalogue.product(point.product_id), ward.catalogue.location(point.location_id)
        if product is None or place is None or not place.parent_path.startswith(_paths(ward)):
            continue
        shelves = ward.shelves.of(product.id, place.parent_path)
        if total(shelves) < point.minimum and len(_told(ward, shelves)) == len(shelves):
            here = (place.complete_name,)
            yield Noticed(Why.LOW, product, "", here, total(shelves), minimum=point.minimum)


def _told(ward: Ward, shelves: tuple[OnShelf, ...]) -> tuple[OnShelf, ...]:
    counted = ward.counting.under_way()
    return tuple(one for one in shelves if one.key.location_id not in counted and one.shown > 0)


def _names(ward: Ward, shelves: tuple[OnShelf, ...]) -> tuple[str, ...]:
    places = (ward.catalogue.location(id_) for id_ in dict.fromkeys(one.key.location_id for one in shelves))
    return tuple(place.complete_name for place in places if place)
