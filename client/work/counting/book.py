"""A count beside the book: what the device believed lay there when each thing was said, and what was not said."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from client.work.counting.job import NOTHING, Count, Goods, goods_of, says_none
from client.work.job import Addition
from client.work.stock import Effect, OnShelf
from client.work.ward import Ward
from sync.stock import Location, Product, Tracking
from sync.transaction import Moment

ELSEWHERE = "serial_lies_elsewhere"
"""The question whose answer says that a serial found here is not where the book has it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a count: `counted` base units lay there at `moment`. `book` None: nobody here knows Odoo's figure.

    `additions` are the scans behind it, the last one last. No `moment`: a draft of a time when none was kept.
    """

    goods: Goods
    product: Product
    counted: Decimal
    book: Decimal | None
    moment: Moment | None
    additions: tuple[Addition, ...]

    @property
    def difference(self) -> Decimal | None:
        """Base units too many, or missing where it is less than nothing."""
        return None if self.book is None else self.counted - self.book


def goods_on(shelf: OnShelf) -> Goods:
    """What lies on it."""
    key = shelf.key
    return Goods(key.product_id, key.location_id, shelf.lot_name, key.package_id, key.owner_id)


def goods_moved(effect: Effect) -> Goods:
    """What an act of this device brought or took."""
    key = effect.key
    return Goods(key.product_id, key.location_id, effect.lot_name, key.package_id, key.owner_id)


def lies_here(place: Location, ward: Ward) -> tuple[OnShelf, ...]:
    """What the device believes to lie in exactly that place, less than nothing too."""
    return tuple(one for one in ward.shelves.at(place.parent_path) if one.key.location_id == place.id and one.shown)


def book_of(goods: Goods, ward: Ward) -> Decimal | None:
    """Base units the device believes to lie there now, with its own unsent acts; None where Odoo's are not known."""
    place = ward.catalogue.location(goods.place_id)
    if place is None or not ward.shelves.knows(place):
        return None
    shelves = ward.shelves.of(goods.product_id, place.parent_path)
    return sum((shelf.shown for shelf in shelves if goods_on(shelf) == goods), NOTHING)


def statements(job: Count, ward: Ward) -> tuple[Statement, ...]:
    """All that the count says, one of each kind of goods. What nobody spoke of is not in it: that is not zero."""
    found = job.found()
    said = [_said(goods, group) for goods, group in found.items()]
    return (*said, *_none_of(job, found, ward), *_not_elsewhere(job, ward))


def uncounted(job: Count, ward: Ward) -> dict[Product, tuple[Goods, ...]]:
    """Goods the book has here, or that were found here before, of which this pass has said nothing yet."""
    if job.place is None:
        return {}
    spoken = set(job.found())
    none_left = {add.product.id for add in job.additions if says_none(add)}
    left: dict[Product, tuple[Goods, ...]] = {}
    for goods in _known_here(job, ward):
        product = ward.catalogue.product(goods.product_id)
        if product is None or goods in spoken or product.id in none_left or (job.scope and product.id not in job.scope):
            continue
        if _can_be_said(product, goods):
            left[product] = (*left.get(product, ()), goods)
    return left


def _known_here(job: Count, ward: Ward) -> tuple[Goods, ...]:
    """Goods the book has here, or that somebody found here before."""
    before = (goods_of(add) for one in job.passes for add in one.additions if add.quantity)
    lying = (goods_on(shelf) for shelf in (lies_here(job.place, ward) if job.place else ()))
    return tuple(dict.fromkeys((*before, *lying)))


def _can_be_said(product: Product, goods: Goods) -> bool:
    """A row without the lot Odoo follows cannot be counted, nor what is archived or not kept (contract 15)."""
    return product.active and product.is_storable and (product.tracking is Tracking.NONE or bool(goods.lot_name))


def _said(goods: Goods, group: tuple[Addition, ...]) -> Statement:
    last = group[-1]
    return Statement(goods, last.product, sum((add.quantity for add in group), NOTHING), last.book, last.moment, group)


def _none_of(job: Count, found: dict[Goods, tuple[Addition, ...]], ward: Ward) -> Iterator[Statement]:
    """Who says that none is there says so of each lot the book has."""
    for add in filter(says_none, job.additions):
        for goods in _known_here(job, ward):
            if goods.product_id == add.product.id and goods not in found and _can_be_said(add.product, goods):
                yield Statement(goods, add.product, NOTHING, _book_then(goods, add, ward), add.moment, (add,))


def _not_elsewhere(job: Count, ward: Ward) -> Iterator[Statement]:
    """A serial is in one place: found here, it is not where the book has it (contract 14, counts)."""
    for add in job.additions:
        if add.quantity and add.choice(ELSEWHERE):
            for shelf in ward.shelves.of(add.product.id):
                if shelf.lot_name == add.lot_name and shelf.shown > 0 and shelf.key.location_id != add.source_id:
                    goods = goods_on(shelf)
                    yield Statement(goods, add.product, NOTHING, _book_then(goods, add, ward), add.moment, (add,))


def _book_then(goods: Goods, add: Addition, ward: Ward) -> Decimal | None:
    """The book of goods nobody scanned, as it was when they were spoken of: without what this device did since."""
    place, book = ward.catalogue.location(goods.place_id), book_of(goods, ward)
    if place is None or book is None:
        return None
    since = (one.effect for one in ward.counting.moved_since(place, add.scanned_at))
    return book - sum((one.quantity for one in since if goods_moved(one) == goods), NOTHING)
