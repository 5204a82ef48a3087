"""Rows of pickings and moves as values of `sync.stock` (contract 3, 4; ward 11, 20, 28)."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from sync.odoo.reading.lines import Held
from sync.odoo.wire.fields import Row, amount, label, link, moment, owner, text
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.stock import Move, Picking

OPEN = ("assigned", "confirmed", "waiting")
CLOSED = ("done", "cancel")

PICKING_FIELDS = (
    "name", "state", "picking_type_id", "location_id", "location_dest_id", "origin", "partner_id", "scheduled_date",
    "backorder_id", "company_id",
)  # fmt: skip
MOVE_FIELDS = (
    "picking_id", "product_id", "product_qty", "product_uom", "location_id", "location_dest_id", "state",
    "move_dest_ids",
)  # fmt: skip


def picking_from(row: Row, next_names: tuple[str, ...] = ()) -> Picking:
    """A row of `stock.picking`."""
    return Picking(
        id=row["id"],
        name=text(row["name"]),
        state=text(row["state"]),
        picking_type_id=row["picking_type_id"][0],
        source_id=row["location_id"][0],
        destination_id=row["location_dest_id"][0],
        origin=text(row["origin"]),
        partner_id=link(row["partner_id"]),
        scheduled_at=moment(row["scheduled_date"]),
        backorder_id=link(row["backorder_id"]),
        company_id=link(row["company_id"]),
        next_names=next_names,
    )


def move_from(row: Row, others_picked: Decimal = Decimal(0), reserved: Decimal = Decimal(0)) -> Move:
    """A row of `stock.move`; `product_qty` is its demand in the product's unit."""
    return Move(
        id=row["id"],
        picking_id=row["picking_id"][0],
        product_id=row["product_id"][0],
        expected=amount(row["product_qty"]),
        uom_id=row["product_uom"][0],
        uom_name=label(row["product_uom"]),
        destination_id=row["location_dest_id"][0],
        state=text(row["state"]),
        others_picked=others_picked,
        reserved=reserved,
        source_id=link(row.get("location_id")),
    )


def others_picked(held: Iterable[Held], own: Collection[str]) -> dict[int, Decimal]:
    """Base units on picked lines by move, without those of our own transactions (contract 14.5)."""
    found: dict[int, Decimal] = {}
    for one in held:
        if one.line.picked and one.line.move_id and not any(one.of(uuid) for uuid in own):
            found[one.line.move_id] = found.get(one.line.move_id, Decimal(0)) + one.line.quantity
    return found


def next_names(session: Session, moves: Sequence[Row]) -> dict[int, tuple[str, ...]]:
    """Names of the pickings the goods go to after this one, by picking, as far as Odoo has made them (ward 20)."""
    names: dict[int, dict[str, None]] = {}
    ahead = _onward((owner(row["picking_id"]), row) for row in moves)
    seen: dict[int, set[int]] = {}
    while ahead:
        for id_, pickings in ahead.items():
            seen.setdefault(id_, set()).update(pickings)
        rows = every(session, "stock.move", ["picking_id", "move_dest_ids"], [["id", "in", sorted(ahead)]])
        for row in rows:
            for picking in sorted(ahead[row["id"]]):
                names.setdefault(picking, {}).update({label(row["picking_id"]): None} if row["picking_id"] else {})
        further = _onward((picking, row) for row in rows for picking in ahead[row["id"]])
        ahead = {id_: new for id_, all_ in further.items() if (new := all_ - seen.get(id_, set()))}
    return {picking: tuple(found) for picking, found in names.items()}


def _onward(moves: Iterable[tuple[int, Row]]) -> dict[int, set[int]]:
    """For each move that follows, the pickings it follows on."""
    found: dict[int, set[int]] = {}
    for picking, row in moves:
        for id_ in row["move_dest_ids"]:
            found.setdefault(id_, set()).add(picking)
    return found
