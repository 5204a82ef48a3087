"""What goes back to a supplier names the move that received it, or the vendor is paid for it (contract 14.14).

A device knows that move of what it received itself. Of other receipts a person names the order, and Odoo is asked
which of its moves brought the goods. Either way no more goes back than came and has not gone back yet: another device
may have sent the same goods back since.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    """The moves the returns among them go back to, and by uuid who names one that did not receive those goods, or not
    that many: of two that are posted together the second finds what the first leaves."""
    back = [(act, goods) for act, goods in acts if act.kind is Kind.SUPPLIER_RETURN]
    if not back:
        return Orders(), {}
    # Without the purchase module there is no such field.
    bought = session.call("stock.move", "fields_get", allfields=["purchase_line_id"])
    known, wrong = _named(session, back, list(bought))
    left = _left_on(session, known.lines)
    going: list[_Going] = []
    for act, goods in back:
        no = wrong.get(act.uuid) or _too_much(act, goods, left, going)
        told = no or _by_order(session, act, goods, list(bought), going)
        if isinstance(told, Refused):
            wrong[act.uuid] = told
            continue
        if told:
            known = Orders({**known.lines, **told.lines}, {**known.moves, **told.moves})
        moves = ((known.move_of(act, line), line) for line in act.lines)
        going += [(move, _goods(line, goods), line.done) for move, line in moves if move]
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


def _left_on(session: Session, ids: Collection[int]) -> Mapping[int, Decimal]:
    """Base units that each of those moves brought and that have not gone back yet.

    Whatever its lot: one that was put right since goes back on the move that brought it all the same.
    """
    left = dict.fromkeys(ids, Decimal(0))
    for move, _, quantity in _came(session, ids):
        left[move] += quantity
    for move, _, quantity in _gone_back(session, ids):
        left[move] -= quantity
    return left


def _too_much(
    act: Transaction, goods: Mapping[int, Good], left: Mapping[int, Decimal], going: Sequence["_Going"]
) -> Refused | None:
    """Of lines that name their move."""
    for line in act.lines:
        if line.move_id is None:
            continue
        mine = sum((one.done for one in act.lines if one.move_id == line.move_id), Decimal(0))
        theirs = sum((quantity for move, _, quantity in going if move == line.move_id), Decimal(0))
        if mine + theirs > left[line.move_id]:
            return Refused("not_received_there", line=line.number, product=goods[line.product_id].name)
    return None


# -------------------------------------------------------------------- found by the order


def _by_order(
    session: Session,
    act: Transaction,
    goods: Mapping[int, Good],
    bought: Sequence[str],
    going: Sequence["_Going"],
) -> Orders | Refused | None:
    """Lines of an act that names only its order: of all that was received on it, the move that brought that lot.

    One move for each product: what the vendor is paid by is the order's line, and that is the same for its backorders.
    """
    lines = [line for line in act.lines if line.move_id is None]
    if not act.document.origin or not lines:
        return None
    moves = _received_on(session, act, lines, bought)
    ids = [row["id"] for row in moves]
    came = list(_came(session, ids))
    gone = [*_gone_back(session, ids), *(one for one in going if one[0] in ids)]
    for line in lines:
        mine = sum((one.done for one in lines if _goods(one, goods) == _goods(line, goods)), Decimal(0))
        if mine > _of(came, _goods(line, goods)) - _of(gone, _goods(line, goods)):
            return Refused("not_received_there", line=line.number, product=goods[line.product_id].name)
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


_Going = tuple[int, _Goods, Decimal]
"""Goods that came with a receipt move, or go back on it: the move, what, base units."""


def _of(some: Iterable[_Going], goods: _Goods) -> Decimal:
    return sum((quantity for _, what, quantity in some if what == goods), Decimal(0))


def _came(session: Session, moves: Collection[int]) -> Iterator[_Going]:
    """By each line of these moves that is done."""
    domain = [["move_id", "in", sorted(moves)], ["state", "=", "done"]]
    for row in every(session, "stock.move.line", LINE_FIELDS, domain) if moves else []:
        goods = (row["product_id"][0], label(row["lot_id"]) if row["lot_id"] else "")
        yield row["move_id"][0], goods, amount(row["quantity_product_uom"])


def _gone_back(session: Session, moves: Collection[int]) -> Iterator[_Going]:
    """What was returned of them before, by anybody; the move is the one that brought it."""
    domain = [["origin_returned_move_id", "in", sorted(moves)], ["state", "=", "done"]]
    rows = every(session, "stock.move", ["origin_returned_move_id"], domain) if moves else []
    brought = {row["id"]: row["origin_returned_move_id"][0] for row in rows}
    for move, goods, quantity in _came(session, brought):
        yield brought[move], goods, quantity
