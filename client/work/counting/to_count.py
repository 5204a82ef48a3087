"""What there is to count: places Odoo asks for, shelves a posting doubts, bins below a place, shelves of a product.

Names of places and goods only; no number of any of them (blind in the data, complaint 12).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from client.work.ward import Ward
from sync.stock import CountAsked, Location, Product, Usage


@dataclass(frozen=True, slots=True)
class ToCount:
    """A place to count, or some products in it. `why` is a code: asked, went_negative, older_than_count, asked_for.

    `due` and `person` are Odoo's: by when, and who is to count. `waits_for` counted there already: their number
    waits for approval.
    """

    place: Location
    products: tuple[Product, ...]
    why: str
    due: date | None = None
    person: str = ""
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """A place without places below it. `counted_at`: when this device last counted it, `person` who is counting it."""

    place: Location
    counted_at: datetime | None
    person: str


def to_count(ward: Ward, below: Location | None = None) -> tuple[ToCount, ...]:
    """All of it, at a place and below where told: Odoo's list by place, then the doubts of postings."""
    path = below.parent_path if below else None
    return (*_asked(ward, path), *_doubted(ward, path))


def asked_at(ward: Ward, place: Location) -> tuple[Product, ...]:
    """The products Odoo or a posting wants counted in exactly that place."""
    mine = (one for one in to_count(ward, place) if one.place.id == place.id)
    return tuple(dict.fromkeys(product for one in mine for product in one.products))


def _asked(ward: Ward, path: str | None) -> Iterable[ToCount]:
    by_place: dict[int, list[CountAsked]] = {}
    for one in ward.catalogue.counts_asked(ward.today, path):
        by_place.setdefault(one.key.location_id, []).append(one)
    for location_id, rows in by_place.items():
        place = ward.catalogue.location(location_id)
        open_ = [row for row in rows if row.counted is None]
        if place and open_:
            yield ToCount(
                place,
                _products(ward, (row.key.product_id for row in open_)),
                "asked",
                min((row.due for row in open_ if row.due), default=None),
                _people(open_),
                _people(row for row in rows if row.counted is not None),
            )


def _doubted(ward: Ward, path: str | None) -> Iterable[ToCount]:
    doubts: dict[tuple[int, str], list[int]] = {}
    for one in ward.counting.doubts():
        doubts.setdefault((one.recount.location_id, one.recount.why), []).append(one.recount.product_id)
    for (location_id, why), products in doubts.items():
        place = ward.catalogue.location(location_id)
        if place and place.parent_path.startswith(path or ""):
            yield ToCount(place, _products(ward, products), why)


def bins_below(ward: Ward, place: Location) -> tuple[Bin, ...]:
    """The leaf bins below a place, in the order of their paths; none where it is a bin itself (ward 4)."""
    below = [one for one in ward.catalogue.children(place.id) if fit(one)]
    above = {one.parent_id for one in below}
    leaves = (one for one in below if one.id not in above)
    return tuple(Bin(one, ward.counting.counted_at(one), ward.counting.here(one)) for one in leaves)


def shelves_of(ward: Ward, product: Product) -> tuple[Location, ...]:
    """Where the device believes some of it to lie; where the book is wrong, it is not the whole truth."""
    ids = dict.fromkeys(one.key.location_id for one in ward.shelves.of(product.id) if one.shown)
    return tuple(place for id_ in ids if (place := ward.catalogue.location(id_)) and fit(place))


def fit(place: Location) -> bool:
    """Whether goods are counted in such a place."""
    return place.active and not place.gone and place.usage is Usage.INTERNAL


def _products(ward: Ward, ids: Iterable[int]) -> tuple[Product, ...]:
    found = (ward.catalogue.product(id_) for id_ in dict.fromkeys(ids))
    return tuple(product for product in found if product)


def _people(rows: Iterable[CountAsked]) -> str:
    return ", ".join(dict.fromkeys(row.person for row in rows if row.person))
