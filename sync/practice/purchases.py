"""Purchase orders: read by the ward, followed by what was received."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, cast

from sync.practice.calls import Call, called
from sync.practice.models import Model
from sync.practice.public import on_records
from sync.practice.records import Field, Record, choice, computed, convert, many, moment, number, one, related, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sync.practice.pickings import Pickings


def _pickings(order: Record) -> list[Record]:
    found = {move.picking_id for line in order.order_line for move in line.move_ids if move.picking_id is not None}
    return sorted(found, key=lambda picking: picking.id)


def _receipt_status(order: Record) -> str | None:
    states = {picking.state for picking in _pickings(order) if picking.state != "cancel"}
    if not states:
        return None
    if states == {"done"}:
        return "full"
    return "partial" if "done" in states else "pending"


class Orders(Model):
    name = "purchase.order"
    label = "Purchase Order"
    order = "id desc"
    indexed = ("name",)
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text(
            "Order Reference", required=True, default=lambda call: f"P{len(call.db.rows[Orders.name]) + 1:05d}"
        ),
        "partner_id": one("res.partner", "Vendor", required=True),
        "partner_ref": text("Vendor Reference"),
        "origin": text("Source"),
        "state": choice("Status", default="draft"),
        "company_id": one("res.company", "Company", default=lambda call: call.company_id),
        "picking_type_id": one("stock.picking.type", "Deliver To"),
        "order_line": many("purchase.order.line", "order_id", "Order Lines"),
        "picking_ids": computed("many2many", _pickings, "stock.picking"),
        "incoming_picking_count": computed("integer", lambda order: len(_pickings(order))),
        "receipt_status": computed("selection", _receipt_status),
        "date_order": moment("Order Deadline", default=lambda call: call.now.replace(microsecond=0)),
        "date_approve": moment("Confirmation Date"),
        "date_planned": moment("Expected Arrival", default=lambda call: call.now.replace(microsecond=0)),
    }

    @on_records
    def button_confirm(self, call: Call, records: list[Record]) -> bool:
        """Confirm, and expect the goods: a receipt with one move for each line."""
        self.check_access(call, "write")
        for order in records:
            call.put(order, state="purchase", date_approve=call.now.replace(microsecond=0))
            _expect(call.sudo(), order)
        return True


def enter_unordered(call: Call, moves: list[Record]) -> None:
    """What came on an order's receipt without standing on the order is entered there, at quantity nought.

    Odoo does it with the rights of whoever validates, so for a stock user the whole validation fails.
    """
    for move in moves:
        order = move.picking_id.purchase_id
        if order is None or move.purchase_line_id is not None or move.location_id.usage not in {"supplier", "transit"}:
            continue
        known = [line for line in order.order_line if line.product_id == move.product_id]
        line = known[0] if known else call.create(
            "purchase.order.line", order_id=order.id, product_id=move.product_id.id, product_qty=0,
            **in_unit(call, move.product_uom),
        )  # fmt: skip
        call.put(move, purchase_line_id=line.id)


def _received(line: Record) -> Decimal:
    """Done in less what went back on a return that says it is to be refunded (contract 14.14)."""
    total = Decimal(0)
    for move in line.move_ids:
        if move.state != "done":
            continue
        quantity = convert(move.quantity, move.product_uom, line._unit)
        if move.location_dest_id.usage == "supplier":
            total -= quantity if move.to_refund or move.origin_returned_move_id is None else 0
        else:
            total += quantity
    return total


class OrderLines(Model):
    name = "purchase.order.line"
    label = "Purchase Order Line"
    order = "id"
    own_fields: ClassVar[dict[str, Field]] = {
        "order_id": one("purchase.order", "Order Reference", required=True),
        "product_id": one("product.product", "Product"),
        "product_qty": number("Quantity", default=1),
        "product_uom_id": one("uom.uom", "Unit"),
        "_unit": computed("many2one", lambda line: line.product_uom_id, "uom.uom"),
        "price_unit": Field("float", "Unit Price", default=0),
        "date_planned": related("order_id.date_planned", "datetime"),
        "name": related("product_id.display_name"),
        "partner_id": related("order_id.partner_id", "many2one", "res.partner"),
        "state": related("order_id.state", "selection"),
        "sequence": Field("integer", default=10),
        "move_ids": many("stock.move", "purchase_line_id"),
        "qty_received": computed("float", _received),
    }

    def create_one(self, call: Call, values: dict[str, object]) -> Record:
        line = super().create_one(call, values)
        if line._unit is None:
            call.put(line, **in_unit(call, line.product_id.uom_id))
        return line


def in_unit(call: Call, unit: Record) -> dict[str, int]:
    """The unit of an order's line, by the name the field has on this Odoo."""
    return {"product_uom" if call.release.old_units else "product_uom_id": unit.id}


def _expect(call: Call, order: Record) -> None:
    own = ["company_id", "=", order.company_id.id]
    kind = order.picking_type_id or call.search("stock.picking.type", ["code", "=", "incoming"], own)[0]
    picking = call.create(
        "stock.picking", picking_type_id=kind.id, partner_id=order.partner_id.id, origin=order.name,
        scheduled_date=order.date_planned, user_id=False,
    )  # fmt: skip
    for line in order.order_line:  # the goods are expected in their own unit, whatever they were ordered in
        base = line.product_id.uom_id
        call.create(
            "stock.move", picking_id=picking.id, product_id=line.product_id.id, product_uom=base.id,
            product_uom_qty=convert(line.product_qty, line._unit, base), purchase_line_id=line.id,
            origin=order.name, date=order.date_planned, **called(call, line.product_id.display_name),
        )  # fmt: skip
    cast("Pickings", call.models["stock.picking"]).action_confirm(call, [picking])


MODELS: Iterable[type[Model]] = (Orders, OrderLines)
