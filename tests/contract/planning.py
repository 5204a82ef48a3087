"""What tests of planned transfers say in short: goods that are asked for, step after step, and what is reserved."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sync.odoo.wire.fields import amount
from sync.transaction import Document, Kind, Line, Transaction
from tests.contract.conftest import Odoo, unique
from tests.sync.acts import _signed


@dataclass
class Wanted:
    """A picking that asks for goods of one product from a place to another."""

    odoo: Odoo
    id: int
    move: int
    product: int
    source: int
    target: int

    @property
    def state(self) -> str:
        return str(self.odoo.row("stock.picking", self.id, "state")["state"])

    @property
    def name(self) -> str:
        return str(self.odoo.row("stock.picking", self.id, "name")["name"])

    def reserved(self) -> Decimal:
        """Units of the product that are promised, wherever they lie in the hospital."""
        domain = [["product_id", "=", self.product], ["location_id.usage", "=", "internal"]]
        rows = self.odoo.rows("stock.quant", *domain, fields=["reserved_quantity"])
        return sum((amount(row["reserved_quantity"]) for row in rows), Decimal(0))

    def rest(self) -> Decimal:
        """What its open backorders ask for."""
        domain = [["picking_id.backorder_id", "=", self.id], ["state", "not in", ["done", "cancel"]]]
        rows = self.odoo.rows("stock.move", *domain, fields=["product_uom_qty"])
        return sum((amount(row["product_uom_qty"]) for row in rows), Decimal(0))


def wanted(odoo: Odoo, product: int, quantity: int, source: int, target: int, kind: int = 0, **move: Any) -> Wanted:
    """Confirmed and reserved, as Odoo's rules or a person would."""
    kind = kind or odoo.transfers
    asked = {
        "product_id": product, "product_uom_qty": quantity, "product_uom": odoo.unit, "location_id": source,
        "location_dest_id": target, **odoo.named(), **move,
    }  # fmt: skip
    values = {"picking_type_id": kind, "location_id": source, "location_dest_id": target, "move_ids": [[0, 0, asked]]}
    picking = odoo._made("stock.picking", values)
    odoo.ok("stock.picking", "action_confirm", "admin", ids=[picking])
    odoo.ok("stock.picking", "action_assign", "admin", ids=[picking])
    return Wanted(odoo, picking, odoo.moves(picking)[product]["id"], product, source, target)


def send(want: Wanted, *lines: Line, **more: Any) -> Transaction:
    """What a storekeeper took for it."""
    kind = want.odoo.row("stock.picking", want.id, "picking_type_id")["picking_type_id"][0]
    document = Document(kind, want.source, want.target, picking_id=want.id, picking_name=want.name)
    return _signed(Kind.PLANNED_TRANSFER, document, lines, more)


def took(want: Wanted, number: int, done: str, lot: str = "", shelf: int = 0, **more: Any) -> Line:
    """A line of it: from a shelf, or from the picking's own source."""
    told: dict[str, Any] = {"lot_name": lot} | more
    return Line(number, want.product, Decimal(done), want.odoo.unit, shelf or want.source, want.target, **told)


def lay(odoo: Odoo, product: int, shelf: int, quantity: int, lot: int | None = None, **more: int) -> None:
    """Goods that lie there, nobody moved them; `package_id` and `owner_id` as ids."""
    told = {"product_id": product, "location_id": shelf, "quantity": quantity, **more}
    odoo._made("stock.quant", told | ({"lot_id": lot} if lot else {}))


def shelf_with(odoo: Odoo, product: int, lot: str, quantity: int, parent: int) -> int:
    """A bin below a place, with goods of a lot in it."""
    shelf = odoo.bin(parent)
    lay(odoo, product, shelf, quantity, odoo.lot(product, lot))
    return shelf


def kind_like(odoo: Odoo, kind: int, **changes: Any) -> int:
    """A type of operation like that one, with other settings."""
    fields = ["code", "warehouse_id", "default_location_src_id", "default_location_dest_id"]
    like = odoo.row("stock.picking.type", kind, *fields)
    told = {name: like[name][0] if isinstance(like[name], list) else like[name] for name in fields if like[name]}
    name = unique("kind")
    told |= {"name": name, "sequence_code": name[-6:], "company_id": 1}
    return odoo._made("stock.picking.type", told | changes)
