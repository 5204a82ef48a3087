"""Goods: products, their units and packagings, vendor codes, lots with their dates."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from sync.practice.calls import Call
from sync.practice.errors import PythonError, UserError, ValidationError
from sync.practice.models import Model
from sync.practice.public import on_records
from sync.practice.records import (
    Field,
    Record,
    choice,
    computed,
    flag,
    linked,
    many,
    moment,
    number,
    one,
    related,
    text,
)
from sync.practice.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sync.practice.releases import Release


def _factor(unit: Record) -> Decimal:
    """How many of its root unit a unit holds, as 19 tells it."""
    return Decimal(unit.relative_factor * unit.relative_uom_id.factor if unit.relative_uom_id else unit.relative_factor)


def _unit_path(unit: Record) -> str:
    return f"{_unit_path(unit.relative_uom_id) if unit.relative_uom_id else ''}{unit.id}/"


class Units(Model):
    name = "uom.uom"
    of_companies = False
    label = "Product Unit of Measure"
    order = "sequence, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Unit Name", required=True),
        "sequence": Field("integer", default=100),
        "active": flag("Active", default=True),
        "relative_factor": Field("float", "Contains", default=1),
        "relative_uom_id": one("uom.uom", "Reference Unit"),
        "factor": computed("float", _factor),
        "parent_path": computed("char", _unit_path),
        "rounding": computed("float", lambda _: Decimal("0.01")),
        "product_uom_ids": many("product.uom", "uom_id"),
        "_size": computed("float", lambda unit: unit.factor),
    }


class UnitCategories(Model):
    """What holds units together before 19."""

    name = "uom.category"
    last = 18
    of_companies = False
    label = "Product UoM Categories"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Unit of Measure Category", required=True),
        "uom_ids": many("uom.uom", "category_id"),
    }


def _category_name(category: Record) -> str:
    above = category.parent_id
    return f"{above.complete_name} / {category.name}" if above else str(category.name)


def _category_path(category: Record) -> str:
    return f"{_category_path(category.parent_id) if category.parent_id else ''}{category.id}/"


class Categories(Model):
    name = "product.category"
    of_companies = False
    label = "Product Category"
    order = "complete_name, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Name", required=True),
        "complete_name": computed("char", _category_name),
        "parent_id": one("product.category", "Parent Category"),
        "parent_path": computed("char", _category_path),
    }

    def display_name(self, record: Record) -> str:
        return str(record.complete_name)


class Templates(Model):
    """In the practice ward each template has one variant, which holds the facts."""

    name = "product.template"
    label = "Product"
    order = "name, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Name", required=True),
        "product_variant_ids": many("product.product", "product_tmpl_id"),
        "product_variant_id": computed("many2one", lambda t: _first(t.product_variant_ids), "product.product"),
        "default_code": related("product_variant_id.default_code"),
        "barcode": related("product_variant_id.barcode"),
        "tracking": related("product_variant_id.tracking", "selection"),
        "type": related("product_variant_id.type", "selection"),
        "is_storable": related("product_variant_id.is_storable", "boolean"),
        "uom_id": related("product_variant_id.uom_id", "many2one", "uom.uom"),
        "use_expiration_date": related("product_variant_id.use_expiration_date", "boolean"),
        "active": flag("Active", default=True),
    }


def _first(records: list[Record]) -> Record | None:
    return records[0] if records else None


class Products(Model):
    name = "product.product"
    label = "Product Variant"
    order = "default_code, name, id"
    indexed = ("barcode", "default_code")
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Name", required=True),
        "default_code": text("Internal Reference"),
        "barcode": text("Barcode"),
        "active": flag("Active", default=True),
        "product_tmpl_id": one("product.template", "Product Template", required=True),
        "categ_id": one("product.category", "Product Category"),
        "type": choice("Product Type", default="consu"),
        "is_storable": flag("Track Inventory", default=True),
        "_stored": computed("boolean", lambda product: bool(product.is_storable)),
        "tracking": choice("Tracking", default="none"),
        "uom_id": one("uom.uom", "Unit", required=True),
        "uom_ids": linked("uom.uom", "Packagings"),
        "uom_name": related("uom_id.name"),
        "product_uom_ids": many("product.uom", "product_id"),
        "seller_ids": many("product.supplierinfo", "product_id"),
        "use_expiration_date": flag("Use Expiration Date"),
        "expiration_time": Field("integer", "Expiration Date", default=0),
        "use_time": Field("integer", "Best Before Date", default=0),
        "removal_time": Field("integer", "Removal Date", default=0),
        "alert_time": Field("integer", "Alert Date", default=0),
        "standard_price": Field("float", "Cost", default=0),
        "list_price": Field("float", "Sales Price", default=0),
        "weight": Field("float", "Weight", default=0),
        "company_id": one("res.company", "Company"),
        "stock_quant_ids": many("stock.quant", "product_id"),
        "orderpoint_ids": many("stock.warehouse.orderpoint", "product_id"),
        "qty_available": computed("float", lambda product: _on_hand(product.stock_quant_ids)),
    }

    def display_name(self, record: Record) -> str:
        return f"[{record.default_code}] {record.name}" if record.default_code else str(record.name)

    def create_one(self, call: Call, values: Values) -> Record:
        if "product_tmpl_id" not in values:
            values["product_tmpl_id"] = call.sudo().create("product.template", name=values.get("name")).id
        unit = next(unit for unit in call.db.all("uom.uom") if unit._size == 1)
        return super().create_one(call, {"uom_id": unit.id} | values)

    def write_all(self, call: Call, records: list[Record], values: Values) -> None:
        super().write_all(call, records, values)
        shared = {name: values[name] for name in ("name", "active") if name in values}
        for record in records if shared else ():
            call.sudo().put(record.product_tmpl_id, **shared)

    def check(self, call: Call, record: Record) -> None:
        if record.barcode and len(call.db.find(self.name, "barcode", record.barcode)) > 1:
            raise ValidationError(
                f'Barcode(s) already assigned:\n\n- Barcode "{record.barcode}" already assigned to product(s): '
                f"{record.display_name}"
            )


def _on_hand(quants: list[Record]) -> Decimal:
    return sum((quant.quantity for quant in quants if quant.location_id.usage in {"internal", "transit"}), Decimal(0))


class Packagings(Model):
    """The barcode of a product in a unit: a box of ten with a code of its own."""

    name = "product.uom"
    first = 19
    label = "Link between products and their UoMs"
    indexed = ("barcode",)
    own_fields: ClassVar[dict[str, Field]] = {
        "product_id": one("product.product", "Product", required=True),
        "uom_id": one("uom.uom", "Unit", required=True),
        "barcode": text("Barcode", required=True),
        "company_id": one("res.company", "Company"),
    }

    def display_name(self, record: Record) -> str:
        return f"{record.barcode} for: {record.product_id.display_name}"

    def check(self, call: Call, record: Record) -> None:
        if len(call.db.find(self.name, "barcode", record.barcode)) > 1:
            raise ValidationError("The operation cannot be completed: A barcode can only be assigned to one packaging.")


class OldPackagings(Model):
    """Before 19 a box is no unit: it has a name and holds so many of the product's own."""

    name = "product.packaging"
    last = 18
    label = "Product Packaging"
    order = "product_id, sequence, id"
    indexed = ("barcode",)
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Product Packaging", required=True),
        "sequence": Field("integer", "Sequence", default=1),
        "product_id": one("product.product", "Product", required=True),
        "qty": number("Contained Quantity", default=1),
        "barcode": text("Barcode"),
        "product_uom_id": related("product_id.uom_id", "many2one", "uom.uom"),
        "company_id": one("res.company", "Company"),
    }

    def check(self, call: Call, record: Record) -> None:
        if record.barcode and len(call.db.find(self.name, "barcode", record.barcode)) > 1:
            raise ValidationError("The operation cannot be completed: A barcode can only be assigned to one packaging.")


class VendorCodes(Model):
    name = "product.supplierinfo"
    label = "Supplier Pricelist"
    order = "sequence, min_qty desc, price, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "partner_id": one("res.partner", "Vendor", required=True),
        "product_id": one("product.product", "Product Variant"),
        "product_tmpl_id": one("product.template", "Product Template"),
        "product_code": text("Vendor Product Code"),
        "product_name": text("Vendor Product Name"),
        "product_uom_id": related("product_id.uom_id", "many2one", "uom.uom"),
        "sequence": Field("integer", default=1),
        "min_qty": number("Quantity", default=1),
        "price": Field("float", "Unit Price", default=0),
        "delay": Field("integer", "Lead Time", default=1),
        "company_id": one("res.company", "Company"),
    }

    def display_name(self, record: Record) -> str:
        return str(record.partner_id.name)

    def create_one(self, call: Call, values: Values) -> Record:
        product = _product(call, values)
        if product is not None and not values.get("product_tmpl_id"):
            values["product_tmpl_id"] = product.product_tmpl_id.id
        return super().create_one(call, values)


def _single_place(lot: Record) -> Record | None:
    places = {quant.location_id for quant in lot.quant_ids if quant.quantity > 0}
    return places.pop() if len(places) == 1 else None


class Lots(Model):
    name = "stock.lot"
    label = "Lot/Serial"
    order = "name, id"
    indexed = ("name",)
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Lot/Serial Number", required=True),
        "ref": text("Internal Reference"),
        "product_id": one("product.product", "Product", required=True),
        "product_uom_id": related("product_id.uom_id", "many2one", "uom.uom"),
        "company_id": one("res.company", "Company"),
        "use_expiration_date": related("product_id.use_expiration_date", "boolean"),
        "expiration_date": moment("Expiration Date"),
        "use_date": moment("Best before Date"),
        "removal_date": moment("Removal Date"),
        "alert_date": moment("Alert Date"),
        "note": Field("html", "Description"),
        "quant_ids": many("stock.quant", "lot_id"),
        "product_qty": computed("float", lambda lot: _on_hand(lot.quant_ids)),
        "location_id": computed("many2one", _single_place, "stock.location"),
    }

    @on_records
    def create_18(self, call: Call, records: list[Record]) -> None:  # noqa: ARG002  # as everywhere
        """The first 18 takes what a lot is to be made of for ids (contract 15)."""
        raise PythonError("TypeError", "StockLot.create() missing 1 required positional argument: 'vals_list'")

    def create_one(self, call: Call, values: Values) -> Record:
        """A lot made without a word on its expiry gets one invented (contract 14.10); an empty one stays empty."""
        product = _product(call, values)
        if product is not None and product.use_expiration_date and "expiration_date" not in values:
            values["expiration_date"] = call.now.replace(microsecond=0) + timedelta(days=product.expiration_time)
        if not values.get("company_id"):
            values["company_id"] = _company(call, product)
        lot = super().create_one(call, values)
        expiry = lot.expiration_date
        if expiry is not None and lot.product_id.use_expiration_date:
            call.sudo().put(lot, **_dates_before(lot.product_id, expiry, given=values))
        return lot

    def write_all(self, call: Call, records: list[Record], values: Values) -> None:
        """Changing the expiry moves the other dates of a lot on Odoo's screen, not those written with it."""
        self._keep_product(call, records, values)
        before = {lot.id: lot.expiration_date for lot in records}
        super().write_all(call, records, values)
        if "expiration_date" not in values:
            return
        for lot in records:
            self._shift(call, lot, before[lot.id], values)
            for quant in lot.quant_ids:  # a quant shows its lot's expiry, so it has changed too
                call.sudo().put(quant, _shown=lot.expiration_date)

    def check(self, call: Call, record: Record) -> None:
        twins = [lot for lot in call.db.find(self.name, "name", record.name) if _clash(self.release, lot, record)]
        if len([lot for lot in twins if lot == record or not call.hidden(lot)]) > 1:
            raise ValidationError(_twin(self.release, record))

    @staticmethod
    def _keep_product(call: Call, records: list[Record], values: Values) -> None:
        wanted = values.get("product_id")
        moved = [lot for lot in records if wanted and wanted != lot.product_id.id]
        if any(call.db.find("stock.move.line", "lot_id", lot.id) for lot in moved):
            raise UserError(
                "You are not allowed to change the product linked to a serial or lot number if some stock moves have "
                "already been created with that number. This would lead to inconsistencies in your stock."
            )

    @staticmethod
    def _shift(call: Call, lot: Record, before: datetime | None, values: Values) -> None:
        expiry = lot.expiration_date
        if expiry is None or not lot.product_id.use_expiration_date:
            return
        if before is None:
            call.sudo().put(lot, **_dates_before(lot.product_id, expiry, given=values))


def _twin(release: Release, lot: Record) -> str:
    if release.lots_have_company:
        return (
            "The combination of serial number and product must be unique across a company.\n"
            "Following combination contains duplicates:\n"
            f" - Product: {lot.product_id.display_name}, Serial Number: {lot.name}"
        )
    return (
        "The combination of lot/serial number and product must be unique within a company including when no "
        "company is defined.\nThe following combinations contain duplicates:\n"
        f" - Product: {lot.product_id.display_name}, Lot/Serial Number: {lot.name}"
    )


def _clash(release: Release, lot: Record, other: Record) -> bool:
    """A lot of no company is everybody's, so that it clashes with those of each."""
    if lot.product_id != other.product_id:
        return False
    same = lot.company_id == other.company_id
    return same or not (release.lots_have_company or (lot.company_id and other.company_id))


def _company(call: Call, product: Record | None) -> int | None:
    """17 puts a lot into the company at work; later ones into that of the product, mostly none."""
    if call.release.lots_have_company:
        return call.company_id
    return product.company_id.id if product is not None and product.company_id else None


def _product(call: Call, values: Values) -> Record | None:
    key = values.get("product_id")
    return call.db.record("product.product", int(key)) if key and key in call.db.rows["product.product"] else None


def _dates_before(product: Record, expiry: datetime, given: Values) -> dict[str, Any]:
    days = {"use_date": product.use_time, "removal_date": product.removal_time, "alert_date": product.alert_time}
    return {name: expiry - timedelta(days=early) for name, early in days.items() if not given.get(name)}


MODELS: Iterable[type[Model]] = (
    Units, UnitCategories, Categories, Templates, Products, Packagings, OldPackagings, VendorCodes, Lots,
)  # fmt: skip
