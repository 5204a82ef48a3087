"""The paper of a count in Odoo: a transfer whose note says what was counted and what became of each line.

A count for approval has no document of its own in Odoo, and its rows may be merged or deleted there with their
external ids (contract 14.1). So a cancelled transfer without lines stands for it, found by people under its reference.
"""

import html
import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from sync.odoo.posting.sending import Sending
from sync.odoo.posting.slip import note_html, origin_of
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.fields import Row, text
from sync.odoo.wire.fields import stamp as odoo_time
from sync.odoo.wire.load import load, record_of, xid
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.transaction import Line, Transaction

FOR_APPROVAL = "Count for approval"
AT_ONCE = "Count at once"
"""How the notes of counts applied by us begin: what Odoo is searched for."""
DIFFERS = f"{AT_ONCE}: the difference is booked"
AGREES = f"{AT_ONCE}: agrees with the book"

Figures = Mapping[int, Decimal]
"""By body line: what was submitted, or what was booked more or less. A line that is not here did not count."""

HEAD = ("id", "origin", "note", "scheduled_date", "picking_type_id/.id", "location_id/.id", "location_dest_id/.id")
"""The columns of a picking of a count, those of `head`."""

_FIGURES = re.compile(r"<pre[^>]*>figures (\{[^<]*\})</pre>")


def head(sending: Sending, name: str, heading: str, figures: Figures, *, back: bool = False) -> list[object]:
    """One picking under an external id. `back`: from the adjustment location to the shelf."""
    document = sending.transaction.document
    ends = [document.source_id, document.destination_id]
    return [
        xid(name),
        origin_of(sending.transaction),
        _note(sending, heading, figures),
        odoo_time(sending.stamp.acted_at),
        document.picking_type_id,
        *(reversed(ends) if back else ends),
    ]


def lay_sheet(session: Session, sending: Sending, name: str, heading: str, figures: Figures) -> Row:
    """The empty, cancelled transfer that says so, and what the last run made of the count. Runs again harmlessly."""
    told = head(sending, name, heading, figures)
    sheet_id = load(session, "stock.picking", HEAD, [told])[0]
    sheet = paper(session, sheet_id)
    if sheet["state"] != "cancel":
        session.call("stock.picking", "action_cancel", ids=[sheet_id])
    if figures_of(text(sheet["note"])) != figures:
        session.call("stock.picking", "write", ids=[sheet_id], vals={"note": told[HEAD.index("note")]})
        sheet = paper(session, sheet_id)
    return sheet


def paper(session: Session, picking_id: int) -> Row:
    """A picking with its note. Raises `Refused("picking_gone")` where it is deleted or no longer visible."""
    fields = ["name", "state", "note", "create_date", "date_done"]
    rows = every(session, "stock.picking", fields, [["id", "=", picking_id]])
    if not rows:
        raise Refused("picking_gone", picking_id=picking_id)
    return rows[0]


def sheet_name(transaction: Transaction) -> str:
    """The external id of the sheet of a count for approval; the stone is under the uuid itself."""
    return f"sheet-{transaction.uuid}"


def sheet_of(session: Session, transaction: Transaction) -> Row | None:
    """The sheet of a count for approval, if one was laid."""
    found = record_of(session, sheet_name(transaction))
    return paper(session, found[1] or 0) if found else None


def figures_of(note: str) -> Figures | None:
    """What the note says of each line; None where a person changed it."""
    found = _FIGURES.search(note)
    try:
        told = json.loads(html.unescape(found[1])) if found else None
        return {int(number): Decimal(figure) for number, figure in told.items()} if told is not None else None
    except (ValueError, TypeError, AttributeError, InvalidOperation):
        return None


def _note(sending: Sending, heading: str, figures: Figures) -> str:
    told = json.dumps({str(number): f"{figure:f}" for number, figure in figures.items()}, sort_keys=True)
    said = [heading, *(_said(line, figures) for line in sending.transaction.lines)]
    counted = f"<p>{'<br/>'.join(html.escape(one) for one in said)}</p>"
    return f"{counted}<pre>figures {html.escape(told)}</pre>{note_html(sending.transaction, sending.stamp)}"


def _said(line: Line, figures: Figures) -> str:
    lot = f" lot {line.lot_name}" if line.lot_name else ""
    became = f"{figures[line.number]:f}" if line.number in figures else "left out"
    return f"{line.number}. product {line.product_id}{lot}, counted {line.counted}: {became}"
