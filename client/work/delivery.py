"""The state of a receiving job: the order, what is expected of it, what of that came."""

from dataclasses import dataclass
from decimal import Decimal

from client.work.job import Job
from sync.stock import Picking, Product


@dataclass(frozen=True, slots=True)
class Expected:
    """One open move of the delivery. `expected` is what Odoo still waits for, in base units (contract 14.5).

    `destination_id` is where Odoo's own pre-filled line puts it, which an explicit destination bypasses (ward 19).
    """

    move_id: int
    product: Product
    expected: Decimal
    uom_id: int
    destination_id: int
    destination_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Job):
    """One delivery against one picking."""

    picking: Picking
    partner_name: str
    expected: tuple[Expected, ...]
    create_backorder: str = "ask"

    @property
    def close_short(self) -> bool:
        """A person decided that the rest will not come (ward 21)."""
        return any(answer.choice in {"close-short", "rest-cancelled-by-odoo"} for answer in self.answers)

    def received(self, product_id: int) -> Decimal:
        """Base units scanned so far for the order, without unexpected goods."""
        mine = (add.quantity for add in self.additions if add.product.id == product_id and not add.unexpected)
        return sum(mine, Decimal(0))

    def ordered(self, product_id: int) -> Decimal:
        """Base units Odoo waits for, over all moves of the product."""
        return sum((move.expected for move in self.expected if move.product.id == product_id), Decimal(0))

    def moves_of(self, product_id: int) -> tuple[Expected, ...]:
        """The product's open moves, oldest first."""
        return tuple(move for move in self.expected if move.product.id == product_id)

    def short(self) -> tuple[Expected, ...]:
        """Moves of products of which less came than was ordered."""
        return tuple(move for move in self.expected if self.received(move.product.id) < self.ordered(move.product.id))
