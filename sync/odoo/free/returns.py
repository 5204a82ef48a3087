"""What goes back to a supplier names the move that received it, or the vendor is paid for it (contract 14.14).

A device knows that move of what it received itself. Of other receipts a person names the order, and Odoo is asked
which of its moves brought the goods, and how much of them has not gone back yet.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sync.odoo.posting.goods import Good
from sync.odoo.reading.lines import LINE_FIELDS
from sync.odoo.wire.errors import Refused
from sync.odoo.wire.fields import Row, amount, label, link, text
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.transaction import Kind, Line, Transaction

Acts = Sequence[tuple[Transaction, Mapping[int, Good]]]


@dataclass(frozen=True, slots=True)
class Orders:
    """The purchase line of each done receipt move, None where nobody ordered it.

    `moves` is, by uuid and product, the move that received what an act names by its order only.
    """

    lines: Mapping[int, int | None] = field(default_factory=dict)
    moves: Mapping[tuple[str, int], int] = field(default_factory=dict)

    def move_of(self, act: Transaction, line: Line) -> int | None:
        """The receipt move a line goes back to; None where nobody says on what it came."""
        return line.move_id or self.moves.get((act.uuid, line.product_id))


def orders_of(session: Session, acts: Acts) -> tuple[Orders, Mapping[str, Refused]]:
    """The moves the returns among them go back to, and by uuid who names one that did not receive those goods."""
    back = [(act, goods) for act, goods in acts if act.kind is Kind.SUPPLIER_RETURN]
    if not back:
        return Orders(), {}
    # Without the purchase module there is no such field.
    bought = session.call("stock.move", "fields_get", allfields=["purchase_line_id"])
    known, wrong = _named(session, back, list(bought))
    for act, goods in back:
        if act.uuid not in wrong and (told := _by_order(session, act, goods, list(bought))):
            if isinstance(told, Refused):
                wrong[act.uuid] = told
            else:
                known = Orders({**known.lines, **told.lines}, {**known.moves, **told.moves})
    return known, wrong


def _named(session: Session, acts: Acts, bought: Sequence[str]) -> tuple[Orders, dict[str, Refused]]:
    """Lines that name their move."""
    lines = [(act.uuid, line, goods[line.product_id]) for act, goods in acts for line in act.lines if line.move_id]
    if not lines:
        return Orders(), {}
    ids = sorted({line.move_id for _, line, _ in lines if line.move_id})
    rows = every(session, "stock.move", ["product_id", "state", *bought], [["id", "in", ids]])
    done = {row["id"]: row for row in rows if row["state"] == "done"}
    wrong = {
        uuid: Refused("not_received_there", line=line.number, product=good.name)
        for uuid, line, good in lines
        if line.move_id not in done or done[line.move_id]["product_id"][0] != line.product_id
    }
    return Orders({id_: link(row.get("purchase_line_id")) for id_, row in done.items()}), wrong


# -------------------------------------------------------------------- found by the order


def _by_order(
    session: Session, act: Transaction, goods: Mapping[int, Good], bought: Sequence[str]
) -> Orders | Refused | None:
    """Lines of an act that names only its order: of all that was received on it, the move that brought that lot.

    One move for each product: what the vendor is paid by is the order's line, and that is the same for its backorders.
    """
    lines = [line for line in act.lines if line.move_id is None]
    if not act.document.origin or not lines:
        return None
    moves = _received_on(session, act, lines, bought)
    came = list(_came(session, moves))
    gone = _gone_back(session, moves)
    for line in lines:
        good = goods[line.product_id]
        mine = sum((one.done for one in lines if _goods(one, goods) == _goods(line, goods)), Decimal(0))
        left = sum((quantity for _, what, quantity in came if what == _goods(line, goods)), Decimal(0))
        if mine > left - gone.get(_goods(line, goods), Decimal(0)):
            return Refused("not_received_there", line=line.number, product=good.name)
    firsts = {line.product_id: line for line in reversed(lines)}
    found = {
        (act.uuid, product_id): next(move for move, what, _ in came if what == _goods(line, goods))
        for product_id, line in firsts.items()
    }
    return Orders({row["id"]: link(row.get("purchase_line_id")) for row in moves}, found)


def _received_on(session: Session, act: Transaction, lines: Sequence[Line], bought: Sequence[str]) -> list[Row]:
    """The done moves of those products on receipts of that order, or on the receipt of that name, oldest first."""
    order = act.document.origin.strip()
    domain = ["|", ["origin", "ilike", order], ["name", "=ilike", order]]
    incoming = [["picking_type_code", "=", "incoming"], ["state", "=", "done"], *domain]
    pickings = [row for row in every(session, "stock.picking", ["name", "origin"], incoming) if _is_of(row, order)]
    products = sorted({line.product_id for line in lines})
    where = [["picking_id", "in", [row["id"] for row in pickings]], ["product_id", "in", products]]
    fields = ["product_id", "state", *bought]
    return every(session, "stock.move", fields, [*where, ["state", "=", "done"]]) if pickings else []


def _is_of(picking: Row, order: str) -> bool:
    """A picking may serve several orders; ours also bear our own reference."""
    names = {text(picking["name"]), *_SEVERAL.split(text(picking["origin"]))}
    return order.casefold() in {name.strip().casefold() for name in names}


_SEVERAL = re.compile(r"[,·]")

_Goods = tuple[int, str]
"""A product, and its lot by name; no lot where Odoo follows none."""


def _goods(line: Line, goods: Mapping[int, Good]) -> _Goods:
    return line.product_id, line.lot_name if goods[line.product_id].tracked else ""


def _came(session: Session, moves: Iterable[Row]) -> Iterator[tuple[int, _Goods, Decimal]]:
    """Move, goods and base units of each line that received some."""
    ids = [row["id"] for row in moves]
    domain = [["move_id", "in", ids], ["state", "=", "done"]]
    for row in every(session, "stock.move.line", LINE_FIELDS, domain) if ids else []:
        goods = (row["product_id"][0], label(row["lot_id"]) if row["lot_id"] else "")
        yield row["move_id"][0], goods, amount(row["quantity_product_uom"])


def _gone_back(session: Session, moves: Iterable[Row]) -> Mapping[_Goods, Decimal]:
    """What was returned of it before, by anybody."""
    ids = [row["id"] for row in moves]
    domain = [["origin_returned_move_id", "in", ids], ["state", "=", "done"]]
    back = every(session, "stock.move", ["product_id"], domain) if ids else []
    gone: dict[_Goods, Decimal] = {}
    for _, goods, quantity in _came(session, back):
        gone[goods] = gone.get(goods, Decimal(0)) + quantity
    return gone
