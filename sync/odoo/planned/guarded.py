"""Lines on a planned picking, loaded through its moves: Odoo does not touch the unit of a done move (contract 4.2)."""

from collections.abc import Mapping, Sequence

from sync.odoo.planned.rows import columns, row
from sync.odoo.planned.spread import Part
from sync.odoo.posting.checks import Judged
from sync.odoo.posting.goods import Good
from sync.odoo.posting.lots import Name, lot_or_refused, make_lots
from sync.odoo.posting.sending import Sending
from sync.odoo.reading.incoming import CLOSED, MOVE_FIELDS, move_from
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.fields import label
from sync.odoo.wire.load import load
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.stock import Move
from sync.transaction import Transaction

WAITING = "waiting"
"""A move whose goods another move has to bring first."""


def open_moves(session: Session, picking_id: int) -> tuple[Move, ...]:
    """What the picking still expects."""
    domain = [["picking_id", "=", picking_id], ["state", "not in", ["draft", *CLOSED]]]
    return tuple(move_from(found) for found in every(session, "stock.move", MOVE_FIELDS, domain))


def refuse_too_early(session: Session, transaction: Transaction, moves: Sequence[Move]) -> None:
    """Raise `picking_not_ready` where goods of ours wait for an earlier step, with the names of what brings them."""
    wanted = {line.product_id for line in transaction.lines}
    ready = {move.product_id for move in moves if move.state != WAITING}
    waiting = [move.id for move in moves if move.state == WAITING and move.product_id in wanted - ready]
    if not waiting:
        return
    domain = [["move_dest_ids", "in", waiting], ["state", "not in", list(CLOSED)]]
    before = every(session, "stock.move", ["picking_id"], domain)
    names = dict.fromkeys(label(found["picking_id"]) for found in before if found["picking_id"])
    picking = transaction.document.picking_name
    raise Refused("picking_not_ready", picking=picking, state=WAITING, waits_for=", ".join(names))


def load_lines(
    session: Session,
    transaction: Transaction,
    goods: Mapping[int, Good],
    lots: Mapping[Name, int],
    parts: Sequence[Part],
    picking_id: int,
) -> None:
    """All lines in one call, or none."""
    fields = [".id", "product_uom/.id", "move_line_ids/picking_id/.id", *columns(transaction)]
    load(session, "stock.move", fields, _rows(transaction, parts, goods, lots, picking_id))


def lots_for(session: Session, sending: Sending, judged: Judged) -> Mapping[Name, int]:
    """The ids of the lots, made where they were missing. Raises the `Refused` of the first that cannot be."""
    company = sending.transaction.company_id
    made = make_lots(session, company, list(judged.wanted.values()), judged.there, sending.stamp.zone)
    return {name: lot_or_refused(made[name]) for name in judged.wanted}


def _rows(
    transaction: Transaction,
    parts: Sequence[Part],
    goods: Mapping[int, Good],
    lots: Mapping[Name, int],
    picking_id: int,
) -> list[list[object]]:
    rows: list[list[object]] = []
    guarded: set[int] = set()
    for part in sorted(parts, key=lambda one: one.move.id):
        guard: list[object] = ["", ""] if part.move.id in guarded else [part.move.id, part.move.uom_id]
        guarded.add(part.move.id)
        told = row(transaction, part.line, part.quantity, part.xid, goods, lots)
        rows.append([*guard, picking_id, *told])
    return rows
