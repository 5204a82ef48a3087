"""The state of a planned transfer: what Odoo wants moved, what it set aside for that, what was taken so far."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Self

from client.work.job import Addition, Job
from sync.stock import Picking, Product

NOTHING = Decimal(0)
SHORT = frozenset({"sent_short", "sent_short_never"})
"""What is asked about the rest."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """What Odoo reserved for a move: so many base units of one lot in one bin (ward 6)."""

    quantity: Decimal
    source_id: int
    source_name: str
    lot_name: str = ""
    lot_id: int | None = None
    expiry: date | None = None
    package_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One open move, in base units. `asked` is its demand, `others` what people or other devices picked of it in Odoo.

    `waits` says that an earlier step has to bring the goods first (ward 20).
    """

    move_id: int
    product: Product
    asked: Decimal
    uom_id: int
    source_id: int
    destination_id: int
    destination_name: str
    others: Decimal = NOTHING
    waits: bool = False
    set_aside: tuple[SetAside, ...] = ()

    @property
    def expected(self) -> Decimal:
        """What is left to be moved."""
        return max(self.asked - self.others, NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned(Job):
    """One planned picking, internal or outgoing, being worked off.

    `shelf_id` is the bin the person stands at, 0 before one was scanned; `shelves` are all that were scanned, which is
    what "take all of it as planned" asks for.
    """

    picking: Picking
    wanted: tuple[Wanted, ...]
    create_backorder: str = "ask"
    shelf_id: int = 0
    shelves: tuple[int, ...] = ()

    @property
    def papers_id(self) -> int | None:
        """Its picking."""
        return self.picking.id

    @property
    def close_short(self) -> bool:
        """A person decided that the rest is not needed (ward 21)."""
        return any(answer.choice in {"close-request", "rest-cancelled-by-odoo"} for answer in self.answers)

    def without_the_rest(self) -> Self:
        """The same with nothing said of what is short: a paper beside it has no rest."""
        kept = tuple(answer for answer in self.answers if answer.question not in SHORT)
        return replace(self, answers=kept)

    @property
    def requested(self) -> bool:
        """Odoo has not got it all: it may be sent as far as goods are there (ward 28)."""
        return self.picking.state in {"waiting", "confirmed"}

    def moves_of(self, product_id: int) -> tuple[Wanted, ...]:
        """The product's open moves, oldest first."""
        return tuple(move for move in self.wanted if move.product.id == product_id)

    def asked_of(self, product_id: int) -> Decimal:
        """Base units still to be moved, over all moves of the product."""
        return sum((move.expected for move in self.moves_of(product_id)), NOTHING)

    def sent_of(self, product_id: int) -> Decimal:
        """Base units taken so far for the transfer, without goods beside it."""
        mine = (add.quantity for add in self.additions if add.product.id == product_id and not add.unexpected)
        return sum(mine, NOTHING)

    def short(self) -> tuple[Wanted, ...]:
        """Moves of products of which less was taken than is wanted."""
        return tuple(move for move in self.wanted if self.sent_of(move.product.id) < self.asked_of(move.product.id))

    def set_aside_of(self, product_id: int) -> tuple[SetAside, ...]:
        """What Odoo reserved of a product, over all moves, in the order of its moves."""
        return tuple(one for move in self.moves_of(product_id) for one in move.set_aside)

    def left_of(self, product_id: int) -> Iterator[tuple[SetAside, Decimal]]:
        """Each reservation of a product with what was not taken of it yet: of its own package and owner first."""
        taken = {a.number: a.quantity for a in self.additions if a.product.id == product_id and not a.unexpected}
        aside = self.set_aside_of(product_id)
        left = [one.quantity for one in aside]
        for key in (_goods, _shelf):
            for add in (add for add in self.additions if add.number in taken):
                for place in (place for place, one in enumerate(aside) if key(one) == key(add)):
                    used = min(taken[add.number], left[place])
                    taken[add.number] -= used
                    left[place] -= used
        yield from zip(aside, left, strict=True)


def _goods(one: Addition | SetAside) -> tuple[object, ...]:
    return (*_shelf(one), one.package_id, one.owner_id)


def _shelf(one: Addition | SetAside) -> tuple[object, ...]:
    return (one.lot_name, one.source_id)
