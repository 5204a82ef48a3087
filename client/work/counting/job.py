"""The state of a count: one place, what was found in it, and what was found before by those who counted first."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from client.work.job import Addition, Job
from sync.stock import Location, Product, Tracking

NOTHING = Decimal(0)


class Goods(NamedTuple):
    """What is told apart on a shelf (design 13.5), with the lot's name: one Odoo does not have yet has no id."""

    product_id: int
    place_id: int
    lot_name: str = ""
    package_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """A count that somebody else is to repeat: of which products, by whom, until when (UTC), and what they found."""

    products: tuple[int, ...]
    people: tuple[str, ...]
    finished_at: datetime
    additions: tuple[Addition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Job):
    """One place counted, or a choice of places while `place` is None: those `below` one, or those of `products`.

    `products` are all that is counted there; empty: everything. `passes` are earlier counts of what differed; their
    additions are set aside, so that who counts again does not see them. `emptied`: somebody said that nothing is left.
    """

    place: Location | None = None
    below: Location | None = None
    products: tuple[Product, ...] = ()
    passes: tuple[Pass, ...] = ()
    emptied: bool = False
    looks: tuple[Pass, ...] = ()
    """What somebody had counted when they were told that it differs; they may look again, and say another number."""

    @property
    def begun(self) -> bool:
        """Something was counted: worth keeping when a person leaves."""
        return bool(self.additions or self.pending or self.passes or self.emptied)

    @property
    def again(self) -> frozenset[int]:
        """Products that are counted once more; empty in the first pass."""
        return frozenset(self.passes[-1].products) if self.passes else frozenset()

    @property
    def scope(self) -> frozenset[int]:
        """Products that are counted now; empty: all."""
        return self.again or frozenset(product.id for product in self.products)

    @property
    def fresh(self) -> tuple[Addition, ...]:
        """What was counted in this pass."""
        return tuple(add for add in self.additions if not self.passes or add.product.id in self.again)

    def found(self) -> dict[Goods, tuple[Addition, ...]]:
        """What was said of each kind of goods, in the order it was first said."""
        groups: dict[Goods, tuple[Addition, ...]] = {}
        for add in self.additions:
            if not says_none(add):
                goods = goods_of(add)
                groups[goods] = (*groups.get(goods, ()), add)
        return groups

    def counted(self, goods: Goods) -> Decimal:
        """Base units found of it so far."""
        return sum((add.quantity for add in self.additions if goods_of(add) == goods), NOTHING)


def goods_of(add: Addition) -> Goods:
    """What an addition counted."""
    return Goods(add.product.id, add.source_id, add.lot_name, add.package_id, add.owner_id)


def says_none(add: Addition) -> bool:
    """Whether it says of goods in lots that no other lot of them is there."""
    return not add.quantity and not add.lot_name and add.product.tracking is not Tracking.NONE
