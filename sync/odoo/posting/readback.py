"""What Odoo holds after a posting, compared with the body (design 4): a difference is listed, never re-posted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sync.odoo.posting.goods import Good
from sync.odoo.posting.lots import LOT_FIELDS, wanted_lots
from sync.odoo.reading.lines import Held
from sync.odoo.reading.pulls import lot_from
from sync.odoo.wire.pages import every
from sync.odoo.wire.session import Session
from sync.stock import Lot, MoveLine
from sync.transaction import Difference, Line, Transaction


class Place(NamedTuple):
    """What tells one line from another: lots by their exact name, because the body may not know the id."""

    product_id: int
    lot_name: str
    source_id: int
    destination_id: int
    package_id: int | None
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class _Expected:
    quantity: Decimal
    line: int


def lines_match(session: Session, transaction: Transaction, goods: Mapping[int, Good], mine: Sequence[Held]) -> bool:
    """Whether the picked lines in Odoo are the body's, before anything is validated."""
    picked = [held.line for held in mine if held.line.picked]
    return not lines_differ(transaction.lines, goods, picked, lots_of(session, picked, ZoneInfo("UTC")))


def differences(
    transaction: Transaction, goods: Mapping[int, Good], mine: Sequence[MoveLine], lots: Mapping[int, Lot]
) -> list[Difference]:
    """How what is done in Odoo differs from the body: its lines, and the days of their lots."""
    return [*lines_differ(transaction.lines, goods, mine, lots), *_days_differ(transaction, goods, lots)]


def lots_of(session: Session, mine: Iterable[MoveLine], zone: ZoneInfo) -> Mapping[int, Lot]:
    """The lots of some lines, by id."""
    ids = sorted({line.lot_id for line in mine if line.lot_id})
    if not ids:
        return {}
    return {row["id"]: lot_from(row, zone) for row in every(session, "stock.lot", LOT_FIELDS, [["id", "in", ids]])}


def lines_differ(
    body: Iterable[Line], goods: Mapping[int, Good], mine: Iterable[MoveLine], lots: Mapping[int, Lot]
) -> list[Difference]:
    """The two multisets of (product, lot, quantity, source, destination, package, owner) beside each other."""
    ours: dict[Place, _Expected] = {}
    for line in body:
        place = _ours(line, goods)
        before = ours.get(place, _Expected(Decimal(0), line.number))
        ours[place] = _Expected(before.quantity + line.done, before.line)
    theirs: dict[Place, Decimal] = {}
    for held in mine:
        place = _theirs(held, lots)
        theirs[place] = theirs.get(place, Decimal(0)) + held.quantity
    nothing = _Expected(Decimal(0), 0)
    return [
        Difference("line", _told(place, expected.quantity), _told(place, theirs.get(place, Decimal(0))), expected.line)
        for place in (*ours, *(place for place in theirs if place not in ours))
        if (expected := ours.get(place, nothing)).quantity != theirs.get(place, Decimal(0))
    ]


def _days_differ(transaction: Transaction, goods: Mapping[int, Good], lots: Mapping[int, Lot]) -> Iterable[Difference]:
    """A body without a day is content with Odoo's."""
    by_name = {(lot.product_id, lot.name): lot for lot in lots.values()}
    for name, want in wanted_lots(transaction, goods).items():
        lot = by_name.get(name)
        if lot and want.good.keeps_expiry and want.expiry not in {None, lot.expiry}:
            yield Difference("expiry", str(want.expiry), str(lot.expiry or ""), want.line)


def _ours(line: Line, goods: Mapping[int, Good]) -> Place:
    good = goods.get(line.product_id)
    name = line.lot_name if good is None or good.tracked else ""
    return Place(line.product_id, name, line.source_id, line.destination_id, line.package_id, line.owner_id)


def _theirs(line: MoveLine, lots: Mapping[int, Lot]) -> Place:
    lot = lots.get(line.lot_id or 0)
    name = lot.name if lot else line.lot_name
    return Place(line.product_id, name, line.source_id, line.destination_id, line.package_id, line.owner_id)


def _told(place: Place, quantity: Decimal) -> str:
    if not quantity:
        return ""
    lot = f" lot {place.lot_name}" if place.lot_name else ""
    return f"{quantity} of product {place.product_id}{lot}, {place.source_id} to {place.destination_id}"
