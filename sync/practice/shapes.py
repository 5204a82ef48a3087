"""Which fields a model has on which Odoo. The models describe 19; here stands what 17 and 18 have instead."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sync.practice.records import Field, Record, choice, computed, linked, many, one, related, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sync.practice.releases import Release

_UNIT = "Unit of Measure"

_RETARGETED = {"stock.package": "stock.quant.package"}


def _ratio(unit: Record) -> Decimal:
    """How many of its reference unit a unit holds."""
    return Decimal(1) / Decimal(unit.factor)


def _old_type(product: Record) -> str:
    return str(product.detailed_type)


_BEFORE_19: Mapping[str, tuple[tuple[str, ...], Mapping[str, Field]]] = {
    # model: fields that are not there, fields that are there instead
    "res.users": (
        ("group_ids",),
        {
            "groups_id": linked("res.groups", "Groups"),
            "_groups": computed("many2many", lambda user: user.groups_id, "res.groups"),
        },
    ),
    "uom.uom": (
        ("sequence", "relative_factor", "relative_uom_id", "factor", "parent_path", "product_uom_ids", "rounding"),
        {
            "name": text(_UNIT, required=True),
            "category_id": one("uom.category", "Category", required=True),
            "uom_type": choice("Type", required=True, default="reference"),
            "factor": Field("float", "Ratio", required=True, default=1),
            "factor_inv": computed("float", _ratio, label="Bigger Ratio"),
            "ratio": computed("float", lambda unit: unit.factor if unit.uom_type == "smaller" else _ratio(unit)),
            "rounding": Field("float", "Rounding Precision", required=True, default=Decimal("0.01")),
            "_size": computed("float", _ratio),
        },
    ),
    "product.product": (
        ("uom_ids", "product_uom_ids"),
        {
            "packaging_ids": many("product.packaging", "product_id", "Product Packages"),
            "uom_id": one("uom.uom", _UNIT, required=True),
            "uom_po_id": related("uom_id", "many2one", "uom.uom"),
        },
    ),
    "product.template": ((), {"uom_po_id": related("uom_id", "many2one", "uom.uom")}),
    "product.supplierinfo": (
        ("product_uom_id",),
        {
            "product_uom": related("product_id.uom_id", "many2one", "uom.uom"),
            "price": Field("float", "Price", default=0),
            "delay": Field("integer", "Delivery Lead Time", default=1),
        },
    ),
    "stock.move": (
        ("inventory_name",),
        {"name": text("Description", required=True), "product_uom": one("uom.uom", "UoM", required=True)},
    ),
    "stock.picking": ((), {"move_ids_without_package": many("stock.move", "picking_id", "Stock move")}),
    "stock.move.line": (("removal_date",), {"product_uom_id": one("uom.uom", _UNIT, required=True)}),
    "purchase.order": ((), {"origin": text("Source Document")}),
    "purchase.order.line": (
        ("product_uom_id",),
        {"product_uom": one("uom.uom", _UNIT), "_unit": computed("many2one", lambda line: line.product_uom, "uom.uom")},
    ),
}

_ON_17: Mapping[str, tuple[tuple[str, ...], Mapping[str, Field]]] = {
    "res.users.apikeys": (("expiration_date",), {}),
    "product.product": (
        ("is_storable",),
        {
            "type": computed("selection", _old_type, label="Type"),
            "detailed_type": choice("Product Type", required=True, default="consu"),
            "_stored": computed("boolean", lambda product: product.detailed_type == "product"),
        },
    ),
    "product.template": (
        ("is_storable",),
        {"detailed_type": related("product_variant_id.detailed_type", "selection")},
    ),
    "stock.lot": ((), {"company_id": one("res.company", "Company", required=True)}),
    "stock.move": ((), {"location_dest_id": one("stock.location", "Destination Location", required=True)}),
    "stock.picking.type": (
        (),
        {
            "default_location_src_id": one("stock.location", "Default Source Location"),
            "default_location_dest_id": one("stock.location", "Default Destination Location"),
        },
    ),
}


def shaped(model: str, fields: Mapping[str, Field], release: Release) -> dict[str, Field]:
    """The fields of a model as this release has them."""
    shape = dict(fields)
    for applies, table in ((release.old_units, _BEFORE_19), (release.major == 17, _ON_17)):  # noqa: PLR2004
        gone, instead = table.get(model, ((), {})) if applies else ((), {})
        shape = {name: field for name, field in shape.items() if name not in gone} | dict(instead)
    if release.old_units:
        shape = {name: field.of(_RETARGETED.get(field.relation, field.relation)) for name, field in shape.items()}
    return shape
