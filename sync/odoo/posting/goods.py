"""Products and places as Odoo has them now: what it would take though it is not true (design 5, ward 34)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sync.odoo.wire.errors import Refused
from sync.odoo.wire.fields import Row, text
from sync.odoo.wire.pages import EVEN_ARCHIVED, every
from sync.odoo.wire.session import Session
from sync.stock import Tracking, Usage
from sync.transaction import Line, Transaction


@dataclass(frozen=True, slots=True)
class Good:
    """A product as Odoo has it now, as far as a posting must know it."""

    id: int
    name: str
    tracking: Tracking
    keeps_expiry: bool
    uom_id: int
    uom_name: str = ""
    active: bool = True
    storable: bool = True
    """Odoo keeps a book of its stock; else there is nothing to be short of."""

    @property
    def tracked(self) -> bool:
        """Whether Odoo wants a lot or a serial on each line."""
        return self.tracking is not Tracking.NONE


@dataclass(frozen=True, slots=True)
class Spot:
    """A location as Odoo has it now. `path` is Odoo's: ids from the root down, each followed by a slash."""

    id: int
    name: str
    usage: Usage
    path: str
    active: bool = True

    @property
    def ours(self) -> bool:
        """Goods that lie here are ours; elsewhere Odoo only keeps the other half of each move."""
        return self.usage in {Usage.INTERNAL, Usage.TRANSIT}

    def within(self, places: Collection[int]) -> bool:
        """One of those locations, or below one."""
        return any(int(id_) in places for id_ in self.path.split("/") if id_)


def goods_of(session: Session, transactions: Iterable[Transaction]) -> Mapping[int, Good]:
    """The products of some transactions by id, archived ones too."""
    ids = sorted({line.product_id for transaction in transactions for line in transaction.lines})
    storable = "is_storable" if session.can.is_storable else "detailed_type"
    fields = ["display_name", "tracking", "use_expiration_date", "uom_id", "active", storable]
    rows = every(session, "product.product", fields, [["id", "in", ids], EVEN_ARCHIVED]) if ids else []
    return {row["id"]: _good(row, stored=row[storable] in {True, "product"}) for row in rows}


def spots_of(session: Session, transactions: Iterable[Transaction]) -> Mapping[int, Spot]:
    """The locations of some transactions by id, archived ones too."""
    ids = sorted({id_ for transaction in transactions for id_ in _spots(transaction)})
    fields = ["complete_name", "usage", "parent_path", "active"]
    return {
        row["id"]: _spot(row) for row in every(session, "stock.location", fields, [["id", "in", ids], EVEN_ARCHIVED])
    }


def known_goods(session: Session, transaction: Transaction) -> Mapping[int, Good]:
    """The products of a transaction, without judging: for what is done already."""
    return goods_of(session, [transaction])


def check_fit(transaction: Transaction, goods: Mapping[int, Good], spots: Mapping[int, Spot]) -> None:
    """Odoo takes what is archived, what has another unit now, and tracked goods without a lot (contract 14.17).

    Raises `Refused`: `product_gone`, `product_archived`, `location_gone`, `location_archived`, `unit_changed`,
    `lot_missing`, `serial_quantity`.
    """
    for line in transaction.lines:
        _check_product(line, goods.get(line.product_id))
    for id_ in sorted(_spots(transaction)):
        if id_ not in spots:
            raise Refused("location_gone", location_id=id_)
        if not spots[id_].active:
            raise Refused("location_archived", location=spots[id_].name, location_id=id_)
    for line in transaction.lines:
        _check_tracking(line, goods[line.product_id])


def _spots(transaction: Transaction) -> set[int]:
    of_lines = {id_ for line in transaction.lines for id_ in (line.source_id, line.destination_id)}
    return of_lines | {transaction.document.source_id, transaction.document.destination_id}


def _check_product(line: Line, good: Good | None) -> None:
    if good is None:
        raise Refused("product_gone", line=line.number, product_id=line.product_id)
    if not good.active:
        raise Refused("product_archived", line=line.number, product=good.name)
    if good.uom_id != line.uom_id:
        raise Refused("unit_changed", line=line.number, product=good.name, unit=good.uom_name)


def _check_tracking(line: Line, good: Good) -> None:
    if good.tracked and not line.lot_name:
        raise Refused("lot_missing", line=line.number, product=good.name)
    # A line of a count says what was found; what goes over it is judged there (ward 7).
    if good.tracking is Tracking.SERIAL and line.counted is None and line.done != 1:
        raise Refused("serial_quantity", line=line.number, product=good.name, lot=line.lot_name, done=str(line.done))


def _good(row: Row, *, stored: bool) -> Good:
    return Good(
        id=row["id"],
        name=text(row["display_name"]),
        tracking=Tracking(row["tracking"]),
        keeps_expiry=bool(row.get("use_expiration_date")),
        uom_id=row["uom_id"][0],
        uom_name=str(row["uom_id"][1]),
        active=row["active"],
        storable=stored,
    )


def _spot(row: Row) -> Spot:
    return Spot(
        id=row["id"],
        name=text(row["complete_name"]),
        usage=Usage(row["usage"]),
        path=text(row["parent_path"]),
        active=row["active"],
    )
