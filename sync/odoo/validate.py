"""Closing a picking: `button_validate`, and what its answers mean (contract 4.3)."""

from sync.odoo.errors import Refused
from sync.odoo.fields import Row, text
from sync.odoo.incoming import PICKING_FIELDS
from sync.odoo.pages import every
from sync.odoo.session import Session
from sync.transaction import Transaction


def picking_now(session: Session, picking_id: int) -> Row:
    """The picking as it stands. Raises `Refused("picking_gone")` where it is deleted or no longer visible."""
    rows = every(session, "stock.picking", [*PICKING_FIELDS, "date_done"], [["id", "=", picking_id]])
    if not rows:
        raise Refused("picking_gone", picking_id=picking_id)
    return rows[0]


def validate(session: Session, transaction: Transaction, picking_id: int) -> Row:
    """The picking, done. Our lines must be known to be there: without a picked line Odoo receives all (contract 0.4).

    The expiry was judged at the scan, so Odoo's wizard is skipped (design 5). Any other question of Odoo, or a
    picking left open, raises `Refused("odoo_asks")` with its words. Runs again harmlessly.
    """
    context: dict[str, object] = {"skip_backorder": True, "skip_expired": True}
    if transaction.close_short:
        context["picking_ids_not_to_backorder"] = [picking_id]
    answer = session.call("stock.picking", "button_validate", ids=[picking_id], context=context)
    picking = picking_now(session, picking_id)
    if picking["state"] == "done":
        return picking
    asked = answer if isinstance(answer, dict) else {}
    raise Refused(
        "odoo_asks",
        picking=text(picking["name"]),
        asks=text(asked.get("name")) or text(asked.get("res_model")) or text(picking["state"]),
    )
