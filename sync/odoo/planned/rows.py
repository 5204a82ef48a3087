"""Move lines as rows of a `load`: base unit, lot, places, package and owner where goods have them (contract 14.3)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sync.odoo.posting.goods import Good
from sync.odoo.posting.lots import Name
from sync.odoo.wire.load import xid
from sync.transaction import Line, Transaction

_BASE = (
    "id", "product_id/.id", "lot_id/.id", "product_uom_id/.id", "quantity", "picked", "location_id/.id",
    "location_dest_id/.id",
)  # fmt: skip


def columns(transaction: Transaction) -> list[str]:
    """Names of the columns of `row`, below `move_line_ids`."""
    return [f"move_line_ids/{name}" for name in (*_BASE, *_optional(transaction.lines))]


def row(
    transaction: Transaction,
    line: Line,
    quantity: Decimal,
    name: str,
    goods: Mapping[int, Good],
    lots: Mapping[Name, int],
) -> list[object]:
    """One line. Its unit always stands there: without it 50 pieces on a move in boxes become 500 (contract 14.4)."""
    lot_id = lots[(line.product_id, line.lot_name)] if goods[line.product_id].tracked else ""
    told = [
        xid(name),
        line.product_id,
        lot_id,
        line.uom_id,
        quantity,
        "1",
        line.source_id,
        line.destination_id,
    ]
    values = {"package_id/.id": line.package_id, "owner_id/.id": line.owner_id}
    return [*told, *(values[column] or "" for column in _optional(transaction.lines))]


def _optional(lines: Sequence[Line]) -> list[str]:
    packed = ["package_id/.id"] if any(line.package_id for line in lines) else []
    owned = ["owner_id/.id"] if any(line.owner_id for line in lines) else []
    return [*packed, *owned]
