"""Checked again just before posting: what Odoo would take though it is not true (design 5, ward 34, contract 14.17)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.odoo.errors import Refused
from sync.odoo.fields import Row, text
from sync.odoo.pages import EVEN_ARCHIVED, every
from sync.odoo.session import Session
from sync.stock import Tracking
from sync.transaction import Line, Transaction


@dataclass(frozen=True, slots=True)
class Good:
    """A product as Odoo has it now, as far as a posting must know it."""

    id: int
    name: str
    tracking: Tracking
    keeps_expiry: bool
    uom_id: int

    @property
    def tracked(self) -> bool:
        """Whether Odoo wants a lot or a serial on each line."""
        return self.tracking is not Tracking.NONE


def check_goods(session: Session, transaction: Transaction) -> Mapping[int, Good]:
    """The products of a transaction, by id, fit to be posted.

    Raises `Refused`: `product_gone`, `product_archived`, `location_gone`, `location_archived`, `unit_changed`,
    `lot_missing`, `serial_quantity`.
    """
    found = _rows(session, transaction)
    for line in transaction.lines:
        _check_product(line, found.get(line.product_id))
    _check_places(session, transaction)
    goods = {id_: _good(row) for id_, row in found.items()}
    for line in transaction.lines:
        _check_tracking(line, goods[line.product_id])
    return goods


def known_goods(session: Session, transaction: Transaction) -> Mapping[int, Good]:
    """As `check_goods`, without judging: for what is done already."""
    return {id_: _good(row) for id_, row in _rows(session, transaction).items()}


def _rows(session: Session, transaction: Transaction) -> dict[int, Row]:
    ids = sorted({line.product_id for line in transaction.lines})
    fields = ["display_name", "tracking", "use_expiration_date", "uom_id", "active"]
    rows = every(session, "product.product", fields, [["id", "in", ids], EVEN_ARCHIVED])
    return {row["id"]: row for row in rows}


def _check_product(line: Line, row: Row | None) -> None:
    if row is None:
        raise Refused("product_gone", line=line.number, product_id=line.product_id)
    if not row["active"]:
        raise Refused("product_archived", line=line.number, product=text(row["display_name"]))
    if row["uom_id"][0] != line.uom_id:
        raise Refused("unit_changed", line=line.number, product=text(row["display_name"]), unit=str(row["uom_id"][1]))


def _check_places(session: Session, transaction: Transaction) -> None:
    document = transaction.document
    wanted = {document.source_id, document.destination_id}
    wanted |= {id_ for line in transaction.lines for id_ in (line.source_id, line.destination_id)}
    rows = every(session, "stock.location", ["complete_name", "active"], [["id", "in", sorted(wanted)], EVEN_ARCHIVED])
    for id_ in sorted(wanted - {row["id"] for row in rows}):
        raise Refused("location_gone", location_id=id_)
    for row in rows:
        if not row["active"]:
            raise Refused("location_archived", location=text(row["complete_name"]))


def _check_tracking(line: Line, good: Good) -> None:
    if good.tracked and not line.lot_name:
        raise Refused("lot_missing", line=line.number, product=good.name)
    if good.tracking is Tracking.SERIAL and line.done != 1:
        raise Refused("serial_quantity", line=line.number, product=good.name, lot=line.lot_name, done=str(line.done))


def _good(row: Row) -> Good:
    return Good(
        id=row["id"],
        name=text(row["display_name"]),
        tracking=Tracking(row["tracking"]),
        keeps_expiry=bool(row.get("use_expiration_date")),
        uom_id=row["uom_id"][0],
    )
