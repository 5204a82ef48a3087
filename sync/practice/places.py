"""Places: locations, warehouses, kinds of operation, putaway, reorder points, packages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sync.practice.calls import Call
from sync.practice.models import Model
from sync.practice.records import Field, Record, choice, computed, flag, many, number, one, related, text
from sync.practice.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable


def _complete_name(place: Record) -> str:
    above = place.location_id
    return f"{above.complete_name}/{place.name}" if above and place.usage != "view" else str(place.name)


def _path(place: Record) -> str:
    return f"{_path(place.location_id) if place.location_id else ''}{place.id}/"


def _warehouse(place: Record) -> Record | None:
    above = set(ancestors(place))
    return next((w for w in place.db.all("stock.warehouse") if w.view_location_id in above), None)


class Locations(Model):
    name = "stock.location"
    label = "Inventory Locations"
    order = "complete_name, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Location Name", required=True),
        "complete_name": computed("char", _complete_name),
        "barcode": text("Barcode"),
        "usage": choice("Location Type", required=True, default="internal"),
        "location_id": one("stock.location", "Parent Location"),
        "child_ids": many("stock.location", "location_id"),
        "parent_path": computed("char", _path),
        "warehouse_id": computed("many2one", _warehouse, "stock.warehouse"),
        "company_id": one("res.company", "Company", default=lambda call: call.company_id),
        "active": flag("Active", default=True),
        "quant_ids": many("stock.quant", "location_id"),
    }

    def display_name(self, record: Record) -> str:
        return str(record.complete_name)


def ancestors(place: Record) -> list[Record]:
    """The location itself, then what it lies in, upwards."""
    line = [place]
    while line[-1].location_id is not None:
        line.append(line[-1].location_id)
    return line


def lies_in(place: Record, top: Record) -> bool:
    return top in ancestors(place)


def bypasses_reservation(place: Record) -> bool:
    """Where Odoo counts goods but never reserves them: outside the hospital, and where they are used up."""
    return place.usage in {"supplier", "customer", "inventory", "production"}


class Warehouses(Model):
    name = "stock.warehouse"
    label = "Warehouse"
    order = "sequence, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Warehouse", required=True),
        "code": text("Short Name", required=True),
        "sequence": Field("integer", default=10),
        "active": flag("Active", default=True),
        "company_id": one("res.company", "Company"),
        "view_location_id": one("stock.location", "View Location"),
        "lot_stock_id": one("stock.location", "Location Stock"),
        "in_type_id": one("stock.picking.type", "In Type"),
        "int_type_id": one("stock.picking.type", "Internal Type"),
        "out_type_id": one("stock.picking.type", "Out Type"),
        "reception_steps": choice("Incoming Shipments", default="one_step"),
        "delivery_steps": choice("Outgoing Shipments", default="ship_only"),
    }

    def create_one(self, call: Call, values: Values) -> Record:
        """One made by people comes with its stock and its kinds of operation."""
        if "view_location_id" in values:
            return super().create_one(call, values)
        self.check_access(call, "create")
        company = call.db.record("res.company", int(values.get("company_id") or call.company_id or 0))
        return open_warehouse(call.sudo(), company, str(values.get("name")), str(values.get("code")))


class PickingTypes(Model):
    name = "stock.picking.type"
    label = "Picking Type"
    order = "sequence, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Operation Type", required=True),
        "code": choice("Type of Operation", required=True),
        "barcode": text("Barcode"),
        "sequence": Field("integer", default=10),
        "sequence_code": text("Sequence Prefix"),
        "_next_number": Field("integer", default=1),
        "active": flag("Active", default=True),
        "warehouse_id": one("stock.warehouse", "Warehouse"),
        "company_id": one("res.company", "Company", default=lambda call: call.company_id),
        "default_location_src_id": one("stock.location", "Source Location"),
        "default_location_dest_id": one("stock.location", "Destination Location"),
        "use_create_lots": flag("Create New Lots/Serial Numbers"),
        "use_existing_lots": flag("Use Existing Lots/Serial Numbers"),
        "create_backorder": choice("Create Backorder", default="ask"),
        "reservation_method": choice("Reservation Method", default="at_confirm"),
        "return_picking_type_id": one("stock.picking.type", "Operation Type for Returns"),
    }

    def display_name(self, record: Record) -> str:
        return f"{record.warehouse_id.name}: {record.name}" if record.warehouse_id else str(record.name)


def next_name(call: Call, kind: Record) -> str:
    """The next document name of an operation type: CS/IN/00007."""
    number_now = kind._next_number
    call.sudo().put(kind, _next_number=number_now + 1)
    if kind.warehouse_id is None:
        return f"{kind.sequence_code}/{number_now:05d}"
    return f"{kind.warehouse_id.code}/{kind.sequence_code}/{number_now:05d}"


def open_warehouse(call: Call, company: Record, name: str, code: str) -> Record:
    """A warehouse with its stock, and what comes in, goes round and goes out."""
    own = {"company_id": company.id}
    vendors, customers = (
        call.search("stock.location", ["usage", "=", usage], ["company_id", "=", False])[0]
        for usage in ("supplier", "customer")
    )
    view = call.create("stock.location", name=code, usage="view", **own)
    stock = call.create("stock.location", name="Stock", barcode=f"LOC-{code}-STOCK", location_id=view.id, **own)
    warehouse = call.create(
        "stock.warehouse", name=name, code=code, view_location_id=view.id, lot_stock_id=stock.id, **own
    )
    kinds = {
        "in_type_id": ("Receipts", "incoming", "IN", vendors, stock, True, False),
        "int_type_id": ("Internal Transfers", "internal", "INT", stock, stock, False, True),
        "out_type_id": ("Delivery Orders", "outgoing", "OUT", stock, customers, False, True),
    }
    for field, (label, kind, letters, source, destination, new_lots, old_lots) in kinds.items():
        made = call.create(
            "stock.picking.type", name=label, code=kind, sequence_code=letters, barcode=f"{code}{letters}",
            warehouse_id=warehouse.id, default_location_src_id=source.id, default_location_dest_id=destination.id,
            use_create_lots=new_lots, use_existing_lots=old_lots, **own,
        )  # fmt: skip
        call.put(warehouse, **{field: made.id})
    return warehouse


def open_company(call: Call, company: Record) -> None:
    """What Odoo makes for a new company: places for its losses and its goods on the way, on 17 a warehouse too."""
    call.create("stock.location", name="Inventory adjustment", usage="inventory", company_id=company.id)
    call.create("stock.location", name="Inter-warehouse transit", usage="transit", company_id=company.id, active=False)
    if call.release.major == 17:  # noqa: PLR2004  # later ones leave that to people
        open_warehouse(call, company, str(company.name), str(company.name)[:5])


class PutawayRules(Model):
    name = "stock.putaway.rule"
    label = "Putaway Rule"
    own_fields: ClassVar[dict[str, Field]] = {
        "product_id": one("product.product", "Product"),
        "location_in_id": one("stock.location", "When product arrives in", required=True),
        "location_out_id": one("stock.location", "Store to sublocation", required=True),
        "sequence": Field("integer", default=10),
        "active": flag("Active", default=True),
        "company_id": one("res.company", "Company"),
    }

    def display_name(self, record: Record) -> str:
        return f"{self.name},{record.id}"


def put_away(product: Record, place: Record) -> Record:
    """Where goods that arrive in a place are to lie: the bin of the first rule for the product, else the place."""
    rules = product.db.find("stock.putaway.rule", "location_in_id", place.id)
    for rule in sorted(rules, key=lambda rule: (rule.product_id is None, rule.sequence, rule.id)):
        if rule.product_id in {None, product}:
            return rule.location_out_id  # type: ignore[no-any-return]  # a record's field has no static type
    return place


class OrderPoints(Model):
    name = "stock.warehouse.orderpoint"
    label = "Minimum Inventory Rule"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Name", required=True, default=lambda call: f"OP/{len(call.db.rows[OrderPoints.name]) + 1:05d}"),
        "product_id": one("product.product", "Product", required=True),
        "location_id": one("stock.location", "Location", required=True),
        "warehouse_id": related("location_id.warehouse_id", "many2one", "stock.warehouse"),
        "product_min_qty": number("Min Quantity", default=0),
        "product_max_qty": number("Max Quantity", default=0),
        "trigger": choice("Trigger", default="auto"),
        "active": flag("Active", default=True),
        "company_id": one("res.company", "Company"),
    }


def _package_place(package: Record) -> Record | None:
    return next((quant.location_id for quant in package.quant_ids if quant.quantity), None)


class Packages(Model):
    name = "stock.package"
    first = 19
    label = "Package"
    order = "name, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Package Reference", required=True),
        "location_id": computed("many2one", _package_place, "stock.location"),
        "quant_ids": many("stock.quant", "package_id"),
        "company_id": one("res.company", "Company"),
    }


class OldPackages(Packages):
    name = "stock.quant.package"
    label = "Packages"
    first, last = 17, 18


MODELS: Iterable[type[Model]] = (Locations, Warehouses, PickingTypes, PutawayRules, OrderPoints, Packages, OldPackages)
