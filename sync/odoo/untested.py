"""What we rest on in an Odoo nobody tested: fields that may have another name there, a guard that may not hold."""

from collections.abc import Mapping

from sync.odoo.wire.errors import Family, OdooError, from_load
from sync.odoo.wire.fields import link
from sync.odoo.wire.load import ONCE
from sync.odoo.wire.session import Session

NEEDED: Mapping[str, str] = {
    "ir.attachment": "name res_model res_id datas description create_date write_date",
    "product.category": "complete_name parent_path",
    "product.product": "name default_code barcode tracking use_expiration_date expiration_time uom_id active type"
    " is_storable categ_id product_tmpl_id display_name company_id write_date",
    "product.supplierinfo": "partner_id product_id product_tmpl_id product_code product_name company_id write_date",
    "product.uom": "product_id uom_id barcode company_id write_date",
    "res.company": "name",
    "res.partner": "name active",
    "res.users": "name login active company_id company_ids",
    "stock.location": "name complete_name usage parent_path location_id barcode company_id active write_date",
    "stock.lot": "name product_id expiration_date use_date removal_date alert_date ref company_id write_date",
    "stock.move": "picking_id product_id product_qty product_uom_qty product_uom quantity location_id location_dest_id"
    " state move_dest_ids move_line_ids origin_returned_move_id to_refund company_id write_date",
    "stock.move.line": "picking_id move_id product_id product_uom_id quantity quantity_product_uom picked lot_id"
    " lot_name location_id location_dest_id location_usage location_dest_usage package_id result_package_id owner_id"
    " state date reference is_inventory company_id create_uid write_date",
    "stock.package": "name",
    "stock.picking": "name state origin note picking_type_id picking_type_code location_id location_dest_id partner_id"
    " scheduled_date date_done backorder_id company_id move_ids move_line_ids create_date write_date",
    "stock.picking.type": "name code barcode default_location_src_id default_location_dest_id create_backorder"
    " use_create_lots use_existing_lots company_id active write_date",
    "stock.quant": "product_id location_id lot_id package_id owner_id quantity reserved_quantity inventory_quantity"
    " inventory_quantity_set inventory_date user_id company_id write_uid write_date",
    "stock.warehouse.orderpoint": "product_id location_id product_min_qty product_max_qty active company_id write_date",
    "uom.uom": "name factor rounding parent_path active",
}
"""What postings and pulls read and write on the newest version tested, by model; modules a site may lack left out."""


def look_closely(session: Session) -> None:
    """Ask an untested Odoo whether all is there, before anything rests on it (contract 14.20).

    Raises `OdooError("version_unfit")` naming each field that is not: better than to fail later as a bug of ours.
    """
    if session.can.tested:
        return
    lacking = [f"{model}.{name}" for model in NEEDED for name in _lacking(session, model)]
    if lacking:
        raise OdooError(Family.CONFIG, code="version_unfit", name=session.version, message=", ".join(lacking))


def guard_holds(session: Session) -> bool:
    """Whether Odoo refuses to touch the unit of a done move, on which a planned receipt rests (contract 4.2, 14.20).

    Writes the unit a done move has already: refused, or nothing changes. Without any done move it is not proved, nor
    by any other failure.
    """
    done = session.call("stock.move", "search_read", domain=[["state", "=", "done"]], fields=["product_uom"], limit=1)
    if not done:
        return False
    row = [done[0]["id"], link(done[0]["product_uom"])]
    answer = session.call("stock.move", "load", context=ONCE, fields=[".id", "product_uom/.id"], data=[row])
    if answer["ids"]:
        return False
    refusal = from_load(answer["messages"])
    return refusal.family is Family.DATA and "done" in refusal.message.lower()


def _lacking(session: Session, model: str) -> list[str]:
    names = NEEDED[model].split()
    try:
        there = session.call(model, "fields_get", allfields=names, attributes=["type"])
    except OdooError as error:
        if error.family in {Family.CONFIG, Family.RIGHTS}:  # no such model, or not for us
            return ["*"]
        raise
    return [name for name in names if name not in there]
