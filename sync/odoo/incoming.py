"""What is expected: open incoming pickings with their moves and lines (contract 3, 4; ward 11, 19, 20)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sync.odoo.fields import Row, amount, label, link, moment, text
from sync.odoo.lines import Held, lines_where
from sync.odoo.pages import every, pages
from sync.odoo.session import Session
from sync.stock import Move, MoveLine, Picking

OPEN = ("assigned", "confirmed", "waiting")
CLOSED = ("done", "cancel")

PICKING_FIELDS = (
    "name", "state", "picking_type_id", "location_id", "location_dest_id", "origin", "partner_id", "scheduled_date",
    "backorder_id", "company_id",
)  # fmt: skip
MOVE_FIELDS = (
    "picking_id", "product_id", "product_qty", "product_uom", "location_dest_id", "state", "move_dest_ids",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Incoming:
    """Some pickings with everything on them."""

    pickings: tuple[Picking, ...]
    moves: tuple[Move, ...]
    lines: tuple[MoveLine, ...]


def incoming(session: Session, own: Collection[str] = ()) -> Iterator[Incoming]:
    """Open receipts a page at a time. Picked lines of the transactions `own` (uuids) do not count as others'."""
    domain = [["picking_type_code", "=", "incoming"], ["state", "in", list(OPEN)]]
    for rows in pages(session, "stock.picking", PICKING_FIELDS, domain):
        yield _with_goods(session, rows, own)


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


def move_from(row: Row, others_picked: Decimal = Decimal(0)) -> Move:
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
    found: dict[int, tuple[str, ...]] = {}
    for picking_id in {row["picking_id"][0] for row in moves if row["move_dest_ids"]}:
        onward = [id_ for row in moves if row["picking_id"][0] == picking_id for id_ in row["move_dest_ids"]]
        found[picking_id] = _chain(session, onward)
    return found


def _chain(session: Session, move_ids: Sequence[int]) -> tuple[str, ...]:
    names: list[str] = []
    seen: set[int] = set()
    ahead = set(move_ids)
    while ahead - seen:
        rows = every(session, "stock.move", ["picking_id", "move_dest_ids"], [["id", "in", sorted(ahead - seen)]])
        seen |= ahead
        names.extend(label(row["picking_id"]) for row in rows if row["picking_id"])
        ahead = {id_ for row in rows for id_ in row["move_dest_ids"]}
    return tuple(dict.fromkeys(names))


def _with_goods(session: Session, rows: Sequence[Row], own: Collection[str]) -> Incoming:
    ids = [row["id"] for row in rows]
    moves = every(session, "stock.move", MOVE_FIELDS, [["picking_id", "in", ids], ["state", "not in", list(CLOSED)]])
    held = lines_where(session, [["picking_id", "in", ids]])
    theirs: Mapping[int, Decimal] = others_picked(held, own)
    onward = next_names(session, moves)
    return Incoming(
        pickings=tuple(picking_from(row, onward.get(row["id"], ())) for row in rows),
        moves=tuple(move_from(row, theirs.get(row["id"], Decimal(0))) for row in moves),
        lines=tuple(one.line for one in held),
    )
