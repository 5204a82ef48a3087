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


Counted = frozenset[int]
"""Places where somebody counts."""


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
    for one generation of the catalogue, one day and the places served: made once; what this device did is added each
    time."""

    soon: tuple[int, ...]
    low: tuple[ReorderPoint, ...]


def sieve(ward: Ward) -> Sieve:
    """Two questions to the catalogue, whatever its size."""
    last = ward.today + timedelta(days=SOON)
    soon = [id_ for path in _paths(ward) for id_ in ward.catalogue.with_lots_until(last, path)]
    low = [point for path in _paths(ward) for point in ward.catalogue.points_below(path)]
    return Sieve(tuple(dict.fromkeys(soon)), tuple(low))


def noticed(store: Store, ward: Ward, known: Sieve, counted: Counted) -> tuple[Noticed, ...]:
    """All of it but what lies where somebody counts, the most pressing first. What it costs goes with what may have to
    be told, not with the outbox."""
    paths = _paths(ward)
    with ward.shelves.one_moment():
        found = [
            *(one for path in paths for one in islice(_held(store, ward, path, counted), MOST)),
            *(one for path in paths for one in islice(_expiring(ward, known.soon, path, counted), MOST)),
            *islice(_low(ward, known.low, paths, counted), MOST),
        ]
    held = {(one.product.id, one.lot_name) for one in found if one.why is Why.HELD}
    left = [one for one in found if one.why is Why.HELD or (one.product.id, one.lot_name) not in held]
    return tuple(sorted(left, key=lambda one: (list(Why).index(one.why), one.days, one.product.name, one.lot_name)))


class Attention:
    """What is noticed, asked again only where something changed that it rests on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sieve: tuple[object, Sieve] | None = None
        self._noticed: tuple[object, tuple[Noticed, ...]] | None = None

    def noticed(self, ward: Ward) -> tuple[Noticed, ...]:
        """What is to be looked at now: the same object while nothing changed."""
        key, counted = (ward.catalogue.generation(), ward.today, ward.here), ward.counting.under_way()
        stands = (key, ward.policy, ward.shelves.moved(), self._store.holds.all(), counted)
        if self._noticed is None or self._noticed[0] != stands:
            if self._sieve is None or self._sieve[0] != key:
                self._sieve = (key, sieve(ward))
            self._noticed = (stands, noticed(self._store, ward, self._sieve[1], counted))
        return self._noticed[1]


def _paths(ward: Ward) -> tuple[str, ...]:
    """Of the places this device serves; everywhere where none is named."""
    places = (ward.catalogue.location(id_) for id_ in ward.here)
    return tuple(place.parent_path for place in places if place) or (EVERYWHERE,)


def _expiring(ward: Ward, soon: tuple[int, ...], path: str, counted: Counted) -> Iterator[Noticed]:
    last = ward.today + timedelta(days=SOON)
    for product_id in dict.fromkeys((*soon, *ward.shelves.touched_until(last))):
        product = ward.catalogue.product(product_id)
        for lot in ward.shelves.first_expiring(product_id, path) if product else ():
            if product and lot.expiry and lot.expiry <= last and (shelves := _told(lot.shelves, counted)):
                days = (lot.expiry - ward.today).days
                why = Why.EXPIRED if days < 0 else Why.EXPIRING
                yield Noticed(why, product, lot.lot_name, _names(ward, shelves), total(shelves), days)


def _held(store: Store, ward: Ward, path: str, counted: Counted) -> Iterator[Noticed]:
    """Lots of the hold lists that lie here; what already lies in quarantine is where it should be."""
    products = {product.id: product for one in store.holds.all() for product in products_of(store, one.line)}
    for product in products.values():
        for lot in ward.shelves.first_expiring(product.id, path):
            hold = ward.holds.why(product.id, lot.lot_name)
            if hold and not hold.place and (shelves := _told(lot.shelves, counted)):
                yield Noticed(Why.HELD, product, lot.lot_name, _names(ward, shelves), total(shelves), reason=hold.why)


def _low(ward: Ward, low: tuple[ReorderPoint, ...], paths: tuple[str, ...], counted: Counted) -> Iterator[Noticed]:
    mine = ward.catalogue.reorder_points_of(ward.shelves.touched())
    points = {one.id: one for one in (*low, *mine)}.values()
    places = ward.catalogue.locations(frozenset(point.location_id for point in points))
    for point in points:
        place = places.get(point.location_id)
        if place is None or not place.parent_path.startswith(paths):
            continue
        shelves = ward.shelves.of(point.product_id, place.parent_path)
        if total(shelves) >= point.minimum or len(_told(shelves, counted)) < len(shelves):
            continue
        if product := ward.catalogue.product(point.product_id):
            here = (place.complete_name,)
            yield Noticed(Why.LOW, product, "", here, total(shelves), minimum=point.minimum)


def _told(shelves: tuple[OnShelf, ...], counted: Counted) -> tuple[OnShelf, ...]:
    return tuple(one for one in shelves if one.key.location_id not in counted and one.shown > 0)


def _names(ward: Ward, shelves: tuple[OnShelf, ...]) -> tuple[str, ...]:
    places = (ward.catalogue.location(id_) for id_ in dict.fromkeys(one.key.location_id for one in shelves))
    return tuple(place.complete_name for place in places if place)
