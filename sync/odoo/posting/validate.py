"""Closing a picking: `button_validate`, and what its answers mean (contract 4.3)."""

from collections.abc import Sequence

from sync.odoo.posting.asks import asked
from sync.odoo.reading.incoming import PICKING_FIELDS
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.fields import Row, text
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.transaction import Transaction


def picking_now(session: Session, picking_id: int) -> Row:
    """The picking as it stands. Raises `Refused("picking_gone")` where it is deleted or no longer visible."""
    return _one(every(session, "stock.picking", _FIELDS, [["id", "=", picking_id]]), picking_id)


def family(session: Session, picking_id: int) -> tuple[Row, Sequence[Row]]:
    """As `picking_now`, with the pickings that took over what was left of it."""
    domain = ["|", ["id", "=", picking_id], ["backorder_id", "=", picking_id]]
    rows = every(session, "stock.picking", _FIELDS, domain)
    return _one(rows, picking_id), [row for row in rows if row["id"] != picking_id]


def validate(session: Session, transaction: Transaction, picking_id: int) -> Row:
    """As `validated`, for a picking that leaves no backorder."""
    return validated(session, transaction, picking_id)[0]


def validated(session: Session, transaction: Transaction, picking_id: int) -> tuple[Row, Sequence[Row]]:
    """The picking, done, and its backorders. Our lines must be known to be there: without a picked line Odoo receives
    all (contract 0.4).

    The expiry was judged at the scan, so Odoo's wizard is skipped (design 5). Any other question of Odoo, or a
    picking left open, raises `Refused("odoo_asks")` with its words. Runs again harmlessly.
    """
    context: dict[str, object] = {"skip_backorder": True, "skip_expired": True}
    if transaction.close_short:
        context["picking_ids_not_to_backorder"] = [picking_id]
    answer = session.call("stock.picking", "button_validate", ids=[picking_id], context=context)
    picking, backorders = family(session, picking_id)
    if picking["state"] == "done":
        return picking, backorders
    raise Refused("odoo_asks", picking=text(picking["name"]), **asked(answer, text(picking["state"])))


_FIELDS = (*PICKING_FIELDS, "date_done")


def _one(rows: Sequence[Row], picking_id: int) -> Row:
    found = next((row for row in rows if row["id"] == picking_id), None)
    if found is None:
        raise Refused("picking_gone", picking_id=picking_id)
    return found
