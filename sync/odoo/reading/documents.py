"""Planned pickings with all that is on them, and what was written about them since (contract 3; ward 6, 11, 19, 28)."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sync.odoo.reading.incoming import (
    CLOSED,
    MOVE_FIELDS,
    OPEN,
    PICKING_FIELDS,
    move_from,
    next_names,
    others_picked,
    picking_from,
)
from sync.odoo.reading.lines import LINE_FIELDS, line_from, lines_where
from sync.odoo.reading.pulls import IDS_AT_ONCE
from sync.odoo.reading.reach import Domain, Reach
from sync.odoo.wire.fields import Row, link, moment, stamp
from sync.odoo.wire.pages import every, pages
from sync.odoo.wire.session import Session
from sync.stock import Move, MoveLine, Picking

PLANNED = ("incoming", "internal", "outgoing")
"""Kinds of pickings a ward works on; manufacturing and others are not ours."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Some pickings with everything on them. `closed` are done, cancelled or drafts again, and bare."""

    pickings: tuple[Picking, ...]
    moves: tuple[Move, ...]
    lines: tuple[MoveLine, ...]
    closed: tuple[Picking, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A row that was written: of which picking and product, in which state. `print` differs when anything did."""

    id: int
    written_at: datetime | None
    picking_id: int | None
    product_id: int | None
    state: str
    print: str


def open_pickings(session: Session, reach: Reach, own: Collection[str] = (), after: int = 0) -> Iterator[Documents]:
    """Open and requested pickings with an id above `after`, a page at a time.

    Picked lines of the transactions `own` (uuids) do not count as others'.
    """
    domain = [*_planned(reach), ["state", "in", list(OPEN)]]
    for rows in pages(session, "stock.picking", PICKING_FIELDS, domain, after=after):
        yield _with_goods(session, rows, own)


def these_pickings(
    session: Session, reach: Reach, ids: Iterable[int], own: Collection[str] = ()
) -> Iterator[Documents]:
    """Those pickings as they stand now, as far as they are visible and within reach."""
    wanted = sorted(set(ids))
    for first in range(0, len(wanted), IDS_AT_ONCE):
        some = ["id", "in", wanted[first : first + IDS_AT_ONCE]]
        yield _with_goods(session, every(session, "stock.picking", PICKING_FIELDS, [*_planned(reach), some]), own)


def open_ids(session: Session, reach: Reach) -> set[int]:
    """Ids of all open and requested pickings."""
    domain = [*_planned(reach), ["state", "in", list(OPEN)]]
    return set(session.call("stock.picking", "search", domain=domain, order="id"))


def pickings_written(session: Session, reach: Reach, since: datetime) -> Iterator[list[Written]]:
    """Pickings in any state. Moved by a change of state, not by one of a move's demand (contract 3)."""
    fields = tuple(name for name in PICKING_FIELDS if name != "backorder_id")
    return _written(session, "stock.picking", fields, _planned(reach), since)


def moves_written(session: Session, reach: Reach, since: datetime) -> Iterator[list[Written]]:
    """Moves of pickings. Written also when a line is made, changed or deleted: `quantity` is the lines' sum."""
    fields = ("picking_id", "product_id", "product_qty", "quantity", "product_uom", "location_dest_id", "state")
    return _written(session, "stock.move", fields, [["picking_id", "!=", False], *reach.moving()], since)


def lines_written(session: Session, reach: Reach, since: datetime) -> Iterator[list[Written]]:
    """Move lines, also those of no picking: whatever changes stock has one that is done."""
    return _written(session, "stock.move.line", LINE_FIELDS, reach.moving(), since)


def _planned(reach: Reach) -> Domain:
    return [["picking_type_code", "in", list(PLANNED)], *reach.moving()]


def _written(
    session: Session, model: str, fields: Sequence[str], domain: Domain, since: datetime
) -> Iterator[list[Written]]:
    asked = [*domain, ["write_date", ">=", stamp(since)]]
    for rows in pages(session, model, [*fields, "write_date"], asked, bare=True):
        yield [_told(row, row["id"] if model == "stock.picking" else None) for row in rows]


def _told(row: Row, picking_id: int | None) -> Written:
    told = json.dumps(row, sort_keys=True, default=str).encode()
    return Written(
        id=row["id"],
        written_at=moment(row["write_date"]),
        picking_id=picking_id or link(row.get("picking_id")),
        product_id=link(row.get("product_id")),
        state=str(row["state"]),
        print=hashlib.blake2b(told, digest_size=8).hexdigest(),
    )


def _with_goods(session: Session, rows: Sequence[Row], own: Collection[str]) -> Documents:
    ours = [row for row in rows if row["state"] in OPEN]
    ids = [row["id"] for row in ours]
    closed = tuple(picking_from(row) for row in rows if row["state"] not in OPEN)
    if not ids:
        return Documents((), (), (), closed)
    open_moves = [["picking_id", "in", ids], ["state", "not in", list(CLOSED)]]
    moves = every(session, "stock.move", MOVE_FIELDS, open_moves)
    lines = every(session, "stock.move.line", LINE_FIELDS, open_moves)
    theirs = _others(session, [row["id"] for row in lines if row["picked"]], own)
    held = tuple(line_from(row) for row in lines)
    reserved = _reserved(held)
    onward = next_names(session, moves)
    return Documents(
        pickings=tuple(picking_from(row, onward.get(row["id"], ())) for row in ours),
        moves=tuple(_move(row, theirs, reserved) for row in moves),
        lines=held,
        closed=closed,
    )


def _move(row: Row, theirs: Mapping[int, Decimal], reserved: Mapping[int, Decimal]) -> Move:
    return move_from(row, theirs.get(row["id"], Decimal(0)), reserved.get(row["id"], Decimal(0)))


def _others(session: Session, picked: Sequence[int], own: Collection[str]) -> dict[int, Decimal]:
    """Whose picked lines are is told by their external ids, which only picked ones are asked for."""
    return others_picked(lines_where(session, [["id", "in", list(picked)]]), own) if picked else {}


def _reserved(lines: Iterable[MoveLine]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for line in lines:
        if line.move_id:
            found[line.move_id] = found.get(line.move_id, Decimal(0)) + line.quantity
    return found
