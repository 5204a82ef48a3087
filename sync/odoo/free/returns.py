"""What goes back to a supplier names the move that received it, or the vendor is paid for it (contract 14.14)."""

from collections.abc import Mapping, Sequence

from sync.odoo.posting.goods import Good
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.fields import link
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.transaction import Kind, Transaction

Orders = Mapping[int, int | None]
"""The purchase line of each done receipt move, None where nobody ordered it."""


def orders_of(
    session: Session, acts: Sequence[tuple[Transaction, Mapping[int, Good]]]
) -> tuple[Orders, Mapping[str, Refused]]:
    """The moves the returns among them name, and by uuid who names one that did not receive those goods."""
    lines = [
        (act.uuid, line, goods[line.product_id])
        for act, goods in acts
        if act.kind is Kind.SUPPLIER_RETURN
        for line in act.lines
        if line.move_id
    ]
    if not lines:
        return {}, {}
    # Without the purchase module there is no such field.
    bought = session.call("stock.move", "fields_get", allfields=["purchase_line_id"])
    ids = sorted({line.move_id for _, line, _ in lines if line.move_id})
    rows = every(session, "stock.move", ["product_id", "state", *bought], [["id", "in", ids]])
    done = {row["id"]: row for row in rows if row["state"] == "done"}
    wrong = {
        uuid: Refused("not_received_there", line=line.number, product=good.name)
        for uuid, line, good in lines
        if line.move_id not in done or done[line.move_id]["product_id"][0] != line.product_id
    }
    return {id_: link(row.get("purchase_line_id")) for id_, row in done.items()}, wrong
