"""The pickings that a transaction nobody planned makes of itself, and the rows that load them (contract 5)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest

from sync.odoo.free.returns import Orders
from sync.odoo.posting.goods import Good
from sync.odoo.posting.lots import Name
from sync.odoo.posting.sending import Sending
from sync.odoo.posting.slip import note_html, origin_of
from sync.odoo.wire.capabilities import Capabilities
from sync.odoo.wire.fields import stamp as odoo_time
from sync.odoo.wire.load import xid
from sync.transaction import Kind, Line, Transaction

_HEAD = (
    "id", "origin", "note", "scheduled_date", "partner_id/.id", "picking_type_id/.id", "location_id/.id",
    "location_dest_id/.id",
)  # fmt: skip
Record = Mapping[str, object]
"""A line or a move as it is loaded: its columns and what stands in them."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One picking of a transaction. `name` is its external id without the module, the uuid for the first."""

    sending: Sending
    name: str
    lines: tuple[Line, ...]
    source_id: int
    destination_id: int


@dataclass(frozen=True, slots=True)
class Filling:
    """What the lines of a transaction need from Odoo. `orders` are purchase lines by the move that received them."""

    goods: Mapping[int, Good]
    lots: Mapping[Name, int]
    robbed: tuple[str, ...] = ()
    orders: Orders = field(default_factory=Orders)


def papers_of(can: Capabilities, sending: Sending) -> tuple[Paper, ...]:
    """One; two for a lot change where Odoo wants in and out apart (contract 14.15).

    Odoo puts lines of one product on one move: goods of one product received by two moves go back on two papers.
    """
    act = sending.transaction
    if act.kind is Kind.LOT_CHANGE and not can.lots_change_in_one:
        return out_and_in(sending)
    parts = _apart(act.lines) if act.kind is Kind.SUPPLIER_RETURN else [act.lines]
    return tuple(
        Paper(sending, f"{act.uuid}-{number}" if number else act.uuid, part, act.document.source_id,
              act.document.destination_id)
        for number, part in _numbered(parts)
    )  # fmt: skip


def out_and_in(sending: Sending) -> tuple[Paper, ...]:
    """The two of a lot change."""
    act = sending.transaction
    out = tuple(line for line in act.lines if line.destination_id == act.document.destination_id)
    back = tuple(line for line in act.lines if line not in out)
    return (
        Paper(sending, act.uuid, out, act.document.source_id, act.document.destination_id),
        Paper(sending, name_of_in(act), back, act.document.destination_id, act.document.source_id),
    )


def name_of_in(act: Transaction) -> str:
    """The external id of the second paper of a lot change."""
    return f"{act.uuid}-in"


def loading(
    can: Capabilities, papers: Sequence[Paper], filled: Mapping[str, Filling]
) -> tuple[list[str], list[list[list[object]]]]:
    """Columns and, for each paper, its rows; `filled` by uuid. One call makes them all, or none (contract 7)."""
    fillings = [filled[paper.sending.transaction.uuid] for paper in papers]
    moves = [list(_moves(can, paper, filling)) for paper, filling in zip(papers, fillings, strict=True)]
    lines = [[_line(one, line, filling) for line in one.lines] for one, filling in zip(papers, fillings, strict=True)]
    of_moves = _columns(move for some in moves for move in some)
    of_lines = _columns(line for some in lines for line in some)
    records = [
        _rows(_head(paper, filling), _told(of_moves, own), _told(of_lines, its), [""] * len(of_moves))
        for paper, filling, own, its in zip(papers, fillings, moves, lines, strict=True)
    ]
    fields = [*_HEAD, *(f"move_ids/{name}" for name in of_moves), *(f"move_line_ids/{name}" for name in of_lines)]
    return fields, records


def _columns(records: Iterable[Record]) -> list[str]:
    """All that any of them names, each once: a blank says nothing."""
    return list(dict.fromkeys(name for record in records for name in record))


def _told(columns: Sequence[str], records: Iterable[Record]) -> list[list[object]]:
    return [[record.get(name, "") for name in columns] for record in records]


def _rows(
    head: list[object], moves: list[list[object]], lines: list[list[object]], no_move: Sequence[object]
) -> list[list[object]]:
    """The head stands in the first row; moves and lines beside each other. There are never more moves than lines."""
    no_head: list[object] = [""] * len(head)
    nothing: list[object] = []
    return [
        [*(no_head if number else head), *(move or no_move), *line]
        for number, (move, line) in enumerate(zip_longest(moves, lines, fillvalue=nothing))
    ]


def _numbered(parts: Sequence[Sequence[Line]]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The first part is the uuid's; the others are named by their first line, with a word no line has."""
    for place, part in enumerate(parts):
        yield (f"part-{part[0].number}" if place else ""), tuple(part)


def _apart(lines: Sequence[Line]) -> list[list[Line]]:
    """As few groups as can be in which each product goes back to one move only."""
    groups: list[list[Line]] = []
    for line in lines:
        for group in groups:
            if all(line.product_id != other.product_id or line.move_id == other.move_id for other in group):
                group.append(line)
                break
        else:
            groups.append([line])
    return groups


def _head(paper: Paper, filling: Filling) -> list[object]:
    act, stamp = paper.sending.transaction, paper.sending.stamp
    return [
        xid(paper.name),
        origin_of(act),
        note_html(act, stamp, robbed=filling.robbed),
        odoo_time(stamp.acted_at),
        act.document.partner_id or "",
        act.document.picking_type_id,
        paper.source_id,
        paper.destination_id,
    ]


def _line(paper: Paper, line: Line, filling: Filling) -> Record:
    """Its unit always stands there: without it 50 pieces on a move in boxes become 500 (contract 14.4)."""
    tracked = filling.goods[line.product_id].tracked
    told: dict[str, object] = {
        "id": xid(paper.sending.transaction.line_xid(line)),
        "product_id/.id": line.product_id,
        "lot_id/.id": filling.lots[(line.product_id, line.lot_name)] if tracked else "",
        "product_uom_id/.id": line.uom_id,
        "quantity": line.done,
        "picked": "1",
        "location_id/.id": line.source_id,
        "location_dest_id/.id": line.destination_id,
    }
    keyed = {"package_id/.id": line.package_id, "owner_id/.id": line.owner_id}
    return told | {name: id_ for name, id_ in keyed.items() if id_}


def _moves(can: Capabilities, paper: Paper, filling: Filling) -> Iterator[Record]:
    """One move for each product that goes back to where it was received. Lines stand on the picking (contract 0.6)."""
    act = paper.sending.transaction
    for product_id, lines in _by_product(paper.lines).items():
        first = lines[0]
        move_id = filling.orders.move_of(act, first)
        if move_id is None or move_id not in filling.orders.lines:
            continue
        told: dict[str, object] = {
            "id": xid(f"{act.uuid}-move-{first.number}"),
            "product_id/.id": product_id,
            "product_uom/.id": first.uom_id,
            "product_uom_qty": sum((line.done for line in lines), Decimal(0)),
            "location_id/.id": first.source_id,
            "location_dest_id/.id": first.destination_id,
            "origin_returned_move_id/.id": move_id,
            "to_refund": "1",
        }
        order = filling.orders.lines[move_id]
        # Without the purchase module there is no such column.
        ordered = {"purchase_line_id/.id": order} if order else {}
        named = {"name": act.reference} if can.move_names else {}
        yield told | ordered | named


def _by_product(lines: Iterable[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(line.product_id, []).append(line)
    return found
