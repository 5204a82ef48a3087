"""What Odoo looks at before it validates documents: nothing to move, no lots, and the questions it asks people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sync.practice import lines
from sync.practice.errors import UserError
from sync.practice.records import Record, convert

if TYPE_CHECKING:
    from sync.practice.calls import Call
    from sync.practice.releases import Release
    from sync.practice.values import Values

BACKORDER_VIEW, EXPIRY_VIEW = 905, 1077
"""Ids of the forms a wizard names; only the shape of the answer matters."""


def pick_all_if_nothing_is(call: Call, picking: Record) -> None:
    """A move into a place of loss counts as quantity but not as picked, as in Odoo."""
    moves = picking.move_ids
    picked = any(move.picked and move.location_dest_usage != "inventory" for move in moves)
    if not picked and any(move.quantity for move in moves):
        call.write([move for move in moves if move.state not in lines.CLOSED], picked=True)


def wizard(call: Call, pickings: list[Record]) -> Values | None:
    context = {"button_validate_picking_ids": [p.id for p in pickings]} | call.context
    if not call.context.get("skip_backorder"):
        unfinished = [picking for picking in pickings if _is_unfinished(picking)]
        if unfinished:
            links = [[4, picking.id] for picking in unfinished]
            asked = {"default_show_transfers": len(pickings) > 1, "default_pick_ids": links}
            return _action("Create Backorder?", "stock.backorder.confirmation", BACKORDER_VIEW, context | asked)
    if not call.context.get("skip_expired"):
        expired = [line for picking in pickings for line in picking.move_line_ids if _is_expired(call, line)]
        if expired:
            found = dict.fromkeys(line.picking_id.id for line in expired)
            lots = dict.fromkeys(line.lot_id.id for line in expired if line.lot_id)
            asked = {"default_picking_ids": [[6, 0, list(found)]], "default_lot_ids": [[6, 0, list(lots)]]}
            return _action("Confirmation", "expiry.picking.confirmation", EXPIRY_VIEW, context | asked)
    return None


_NOTHING = {
    True: "You cannot validate a transfer if no quantities are reserved. To force the transfer, encode quantities.",
    False: "Transfer trouble alert! Validating a zero quantity transfer? You're not moving invisible goods around "
    "are you?\nSet some quantities and let's get moving!",
}
"""What Odoo says to nothing at all, by whether it is one before 19."""


def refuse_empty(pickings: list[Record], release: Release) -> None:
    """What is done has nothing to move either, where Odoo still asks it (contract 15)."""
    for picking in pickings:
        if not picking.move_ids and not picking.move_line_ids:
            raise UserError("You can’t validate an empty transfer. Please add some products to move before proceeding.")
    for picking in pickings:
        open_ = [move for move in picking.move_ids if move.state not in lines.CLOSED]
        picked = [] if release.old_units else [move for move in open_ if move.picked]
        if all(not move.quantity for move in picked or open_) and len(pickings) == 1:
            raise UserError(_NOTHING[release.old_units])


def refuse_without_lots(pickings: list[Record]) -> None:
    """Odoo's first look at the picked lines; lines.finish looks again at those that were picked for them."""
    bare: dict[str, None] = {}
    names: list[str] = []
    for picking in pickings:
        if not (picking.use_create_lots or picking.use_existing_lots):
            continue
        for line in picking.move_line_ids:
            if (
                line.product_id.tracking != "none"
                and line.picked
                and line.quantity
                and not line.lot_id
                and not line.lot_name
            ):
                bare[line.product_id.display_name] = None
                names.append(picking.name)
    if bare and len(pickings) == 1:
        raise UserError(f"You need to supply a Lot/Serial number for products {', '.join(bare)}.")
    if bare:
        documents, products = list(dict.fromkeys(names)), list(bare)
        raise UserError(f"Transfers {documents}: You need to supply a Lot/Serial number for products {products}.")


def _is_unfinished(picking: Record) -> bool:
    if picking.picking_type_id.create_backorder != "ask":
        return False
    return any(
        (move.product_uom_qty and not move.picked) or _picked_quantity(move) < move.product_uom_qty
        for move in picking.move_ids
        if move.state != "cancel"
    )


def _picked_quantity(move: Record) -> Any:
    counted = [line for line in move.move_line_ids if line.picked] if move.picked else list(move.move_line_ids)
    return sum(convert(line.quantity, line.product_uom_id, move.product_uom, rounding=False) for line in counted)


def _is_expired(call: Call, line: Record) -> bool:
    lot = line.lot_id
    if lot is not None and lot.expiration_date is not None and lot.expiration_date <= call.now:
        return True
    return not call.release.old_units and line.removal_date is not None and line.removal_date <= call.now


def _action(title: str, model: str, view: int, context: Values) -> Values:
    return {
        "name": title,
        "type": "ir.actions.act_window",
        "view_mode": "form",
        "res_model": model,
        "views": [[view, "form"]],
        "view_id": view,
        "target": "new",
        "context": context,
    }
