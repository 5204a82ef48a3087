"""Somebody else at Odoo's screen, while a shift is worked at the device."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.contract.conftest import Odoo


@dataclass(frozen=True)
class Colleague:
    """Goods, places and orders by the names of the hospital; `-` is no lot."""

    odoo: Odoo
    ids: Mapping[str, int]
    lot: Callable[[str, str], int]
    named: Callable[[str], str]

    def booked(self, order: str, goods: str, lot: str, count: str) -> None:
        """Receives that much of it and finishes it; Odoo keeps the rest open on papers of its own."""
        self.picked(order, goods, lot, count)
        context = {"skip_backorder": True, "skip_expired": True}
        self.odoo.ok("stock.picking", "button_validate", "manager", ids=[self.ids[order]], context=context)

    def picked(self, order: str, goods: str, lot: str, count: str) -> None:
        """Picks some of it, and leaves that."""
        product, picking = self.ids[goods], self.ids[order]
        line = {
            "move_id": self.odoo.moves(picking)[product]["id"], "picking_id": picking, "product_id": product,
            "product_uom_id": self.odoo.unit, "quantity": int(count), "picked": True,
            "location_id": self.odoo.vendors, "location_dest_id": self.odoo.stock, **self._lot(goods, lot),
        }  # fmt: skip
        self.odoo.ok("stock.move.line", "create", "manager", vals_list=[line])

    def put_down(self, order: str, goods: str) -> None:
        """Takes back what was picked."""
        mine = [["picking_id", "=", self.ids[order]], ["product_id", "=", self.ids[goods]], ["picked", "=", True]]
        rows = self.odoo.rows("stock.move.line", *mine, fields=["quantity"])
        self.odoo.ok("stock.move.line", "unlink", "manager", ids=[row["id"] for row in rows])

    def cancelled(self, order: str) -> None:
        """Cancels its papers."""
        self.odoo.ok("stock.picking", "action_cancel", "manager", ids=[self.ids[order]])

    def moved(self, goods: str, source: str, target: str, lot: str, count: str) -> None:
        """Moves goods."""
        lot_id = self.lot(goods, lot) if lot != "-" else ""
        line = (self.ids[goods], lot_id, int(count))
        made = self.odoo.document(line, kind=self.odoo.transfers, source=self.ids[source], target=self.ids[target])
        self.odoo.validate(made["ids"][0], skip_backorder=True, skip_expired=True)

    def counted(self, goods: str, place: str, lot: str, count: str) -> None:
        """Counts; the number waits to be applied."""
        told = {"product_id": self.ids[goods], "location_id": self.ids[place], "inventory_quantity": int(count)}
        context = {"inventory_mode": True}
        values = [told | self._lot(goods, lot)]
        self.odoo.ok("stock.quant", "create", "manager", vals_list=values, context=context)

    def asked(self, goods: str, place: str, lot: str) -> None:
        """Wants that counted today."""
        mine = [["product_id", "=", self.ids[goods]], ["location_id", "=", self.ids[place]]]
        mine += [["lot_id", "=", self.lot(goods, lot)]] if lot != "-" else []
        rows = self.odoo.rows("stock.quant", *mine, fields=["quantity"])
        today = {"inventory_date": datetime.now(UTC).date().isoformat()}
        self.odoo.ok("stock.quant", "write", "manager", ids=[row["id"] for row in rows], vals=today)

    def made_lot(self, goods: str, lot: str) -> None:
        """Makes a lot before its goods come."""
        self.lot(goods, lot)

    def renamed(self, goods: str, lot: str, name: str) -> None:
        """Calls a lot otherwise."""
        vals = {"name": self.named(name)}
        self.odoo.ok("stock.lot", "write", "admin", ids=[self.lot(goods, lot)], vals=vals)

    def archived(self, place: str) -> None:
        """Takes a shelf out of use."""
        self.odoo.ok("stock.location", "write", "admin", ids=[self.ids[place]], vals={"active": False})

    def packed(self, goods: str, place: str, lot: str, count: str, package: str) -> None:
        """Puts what lies there into a package."""
        where, lot_id = self.ids[place], self.lot(goods, lot) if lot != "-" else ""
        header: dict[str, Any] = {"move_line_ids/result_package_id/.id": self.ids[package]}
        line = (self.ids[goods], lot_id, int(count))
        made = self.odoo.document(line, kind=self.odoo.transfers, source=where, target=where, **header)
        self.odoo.validate(made["ids"][0], skip_backorder=True, skip_expired=True)

    def _lot(self, goods: str, lot: str) -> dict[str, Any]:
        return {"lot_id": self.lot(goods, lot)} if lot != "-" else {}
