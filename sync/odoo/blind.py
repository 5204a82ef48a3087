"""A receipt nobody planned: its own picking under the transaction's uuid (design 5, contract 4.5, 5 and 14)."""

from collections.abc import Mapping

from sync.odoo.errors import Family, OdooError, Refused
from sync.odoo.fields import stamp as odoo_time
from sync.odoo.fields import text
from sync.odoo.goods import Good, check_goods, known_goods
from sync.odoo.lines import lines_of
from sync.odoo.load import load, record_of, xid
from sync.odoo.lots import Name, settle_lots
from sync.odoo.readback import lines_match, outcome
from sync.odoo.rows import columns, row
from sync.odoo.sending import Stamp
from sync.odoo.session import Session
from sync.odoo.slip import note_html
from sync.odoo.validate import picking_now, validate
from sync.transaction import Line, Outcome, Transaction

_COLUMNS = (
    "id", "origin", "note", "scheduled_date", "partner_id/.id", "picking_type_id/.id", "location_id/.id",
    "location_dest_id/.id",
)  # fmt: skip


def post_blind(session: Session, transaction: Transaction, stamp: Stamp) -> Outcome:
    """Book it, once, however often this runs. Raises `Refused` with our picking cancelled, or `OdooError`."""
    try:
        return _post(session, transaction, stamp)
    except Refused:
        clean_up(session, transaction)
        raise
    except OdooError as error:
        if error.family not in {Family.DATA, Family.BUG}:
            raise
        return give_up(session, transaction, stamp, error)


def give_up(session: Session, transaction: Transaction, stamp: Stamp, reason: OdooError) -> Outcome:
    """Cancel our picking and raise `Refused`; or the outcome, if it is done all the same.

    A validate that arrives late finds the picking cancelled, and Odoo refuses it.
    """
    done = _finished(session, transaction, stamp)
    if done:
        return done
    clean_up(session, transaction)
    if reason.family is Family.DATA:
        raise Refused("odoo_refused", says=reason.message) from reason
    raise Refused(reason.code, **reason.facts) from reason


def clean_up(session: Session, transaction: Transaction) -> None:
    """Cancel our picking unless it is done: it cannot come back under that uuid (contract 14.13). Repeatable."""
    picking_id = _picking_id(session, transaction)
    if picking_id and picking_now(session, picking_id)["state"] not in {"done", "cancel"}:
        session.call("stock.picking", "action_cancel", ids=[picking_id])


def _finished(session: Session, transaction: Transaction, stamp: Stamp) -> Outcome | None:
    picking_id = _picking_id(session, transaction)
    if picking_id is None:
        return None
    picking = picking_now(session, picking_id)
    if picking["state"] == "cancel":
        raise Refused("cancelled_before", picking=text(picking["name"]))
    if picking["state"] != "done":
        return None
    goods = known_goods(session, transaction)
    return outcome(session, transaction, goods, picking, lines_of(session, picking_id), stamp.zone)


def _post(session: Session, transaction: Transaction, stamp: Stamp) -> Outcome:
    done = _finished(session, transaction, stamp)
    if done:
        return done
    picking_id = _picking_id(session, transaction)
    goods = check_goods(session, transaction)
    if picking_id is None:
        lots = settle_lots(session, transaction, goods, stamp.zone)
        picking_id = load(session, "stock.picking", *_rows(transaction, goods, lots, stamp))[0]
    if picking_now(session, picking_id)["state"] == "cancel":
        raise Refused("cancelled_before", picking=str(picking_id))
    if not lines_match(session, transaction, goods, lines_of(session, picking_id)):
        raise Refused("lines_changed", picking=text(picking_now(session, picking_id)["name"]))
    picking = validate(session, transaction, picking_id)
    return outcome(session, transaction, goods, picking, lines_of(session, picking_id), stamp.zone)


def _picking_id(session: Session, transaction: Transaction) -> int | None:
    found = record_of(session, transaction.uuid)
    if found is None:
        return None
    if found[1] is None:
        raise Refused("picking_gone", picking_id=0)
    return found[1]


def _rows(
    transaction: Transaction, goods: Mapping[int, Good], lots: Mapping[Name, int], stamp: Stamp
) -> tuple[list[str], list[list[object]]]:
    document = transaction.document
    head: list[object] = [
        xid(transaction.uuid),
        _origin(transaction),
        note_html(transaction, stamp),
        odoo_time(stamp.acted_at),
        document.partner_id or "",
        document.picking_type_id,
        document.source_id,
        document.destination_id,
    ]
    blank: list[object] = [""] * len(head)

    def told(line: Line) -> list[object]:
        return row(transaction, line, line.done, transaction.line_xid(line), goods, lots)

    first, *others = transaction.lines
    rows = [[*head, *told(first)], *([*blank, *told(line)] for line in others)]
    return [*_COLUMNS, *columns(transaction)], rows


def _origin(transaction: Transaction) -> str:
    """What people search for: our reference, the uuid, the order it came with (contract 10)."""
    parts = [transaction.reference, f"wardstock {transaction.uuid}", transaction.document.origin]
    return " · ".join(part for part in parts if part)
