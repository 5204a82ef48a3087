"""The lines of a picking as they stand in Odoo now: whose they are, picked or not, done or not (contract 4.2, 14.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.fields import Row, amount, label, link, moment, owner, text
from sync.odoo.wire.load import record_of, xid
from sync.odoo.wire.pages import Domain, every, records
from sync.odoo.wire.session import Session
from sync.stock import MoveLine
from sync.transaction import Line, Transaction

LINE_FIELDS = (
    "move_id", "picking_id", "product_id", "quantity_product_uom", "picked", "state", "location_id",
    "location_dest_id", "lot_id", "lot_name", "package_id", "owner_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A move line, who wrote it last and when, and its external ids (none unless a program made it)."""

    line: MoveLine
    state: str
    product_name: str
    lot_label: str
    xids: tuple[str, ...]
    person: str
    written_at: datetime | None

    def of(self, uuid: str) -> bool:
        """Made by that transaction, on any device."""
        return any(name.startswith(xid(f"{uuid}-")) for name in self.xids)

    @property
    def by_device(self) -> bool:
        """Made by some Wardstock device, and not by a person in Odoo."""
        return any(name.startswith(xid("")) for name in self.xids)

    def told(self) -> str:
        """For a card: what and how much, in words of Odoo."""
        lot = f" {self.lot_label}" if self.lot_label else ""
        return f"{self.product_name}{lot}: {self.line.quantity}"


def lines_where(session: Session, domain: Domain) -> tuple[Held, ...]:
    """Lines of a domain, with whose they are."""
    rows = every(session, "stock.move.line", LINE_FIELDS, domain)
    owners = _owners(session, [row["id"] for row in rows])
    # A line that went between the two questions is nobody's any more.
    return tuple(_held(row, owners[row["id"]]) for row in rows if row["id"] in owners)


def lines_of(session: Session, picking_id: int) -> tuple[Held, ...]:
    """Lines that stand on a picking."""
    return lines_where(session, [["picking_id", "=", picking_id]])


def mine_of(transaction: Transaction, held: Iterable[Held]) -> list[Held]:
    """Those that are ours, whichever copy of the device made them."""
    return [one for one in held if one.of(transaction.uuid)]


def ours_anywhere(session: Session, transaction: Transaction, picking_id: int) -> tuple[Held, ...]:
    """Lines on a picking and on its backorder; where none is ours, also those of wherever ours went.

    When others validate a part in between, our move goes to a backorder and takes along what we had put on it. All
    of ours were loaded in one call, so they stand on one picking, or nowhere.
    """
    domain = ["|", ["picking_id", "=", picking_id], ["picking_id.backorder_id", "=", picking_id]]
    held = lines_where(session, domain)
    if mine_of(transaction, held):
        return held
    away = sorted({id_ for line in transaction.lines if (id_ := _record(session, transaction, line))})
    if not away:
        return held
    pickings = sorted({one.line.picking_id for one in lines_where(session, [["id", "in", away]])})
    return (*held, *lines_where(session, [["picking_id", "in", pickings]]))


def _record(session: Session, transaction: Transaction, line: Line) -> int | None:
    """Raises an error of rights for one that is there but hidden: nobody could say what became of it."""
    found = record_of(session, transaction.line_xid(line))
    if found and found[1] is None:
        told = f"our lines on {transaction.document.picking_name} are no longer visible to this user"
        raise OdooError(Family.RIGHTS, message=told)
    return found[1] if found else None


def take_off(session: Session, transaction: Transaction, held: Sequence[Held]) -> None:
    """Remove our lines among those of a picking, unless they are done. Runs again harmlessly.

    A line that goes meanwhile is a transient error.
    """
    mine = [one for one in mine_of(transaction, held) if one.state not in {"done", "cancel"}]
    if not mine:
        return
    try:
        if session.can.picked_stays:
            others = {one.line.move_id for one in held if one.line.picked and one not in mine}
            _unpick(session, sorted({one.line.move_id for one in mine if one.line.move_id} - others))
        session.call("stock.move.line", "unlink", ids=[one.line.id for one in mine])
    except OdooError as error:
        raise _moving(error) from error


def _unpick(session: Session, move_ids: Sequence[int]) -> None:
    if move_ids:
        session.call("stock.move", "write", ids=list(move_ids), vals={"picked": False})


def _moving(error: OdooError) -> OdooError:
    """Somebody removed a line between two of our questions: that is theirs to do, and no answer for us."""
    if error.name != "odoo.exceptions.MissingError":
        return error
    return OdooError(Family.TRANSIENT_UNKNOWN, code="lines_moving", message=error.message)


def _owners(session: Session, ids: Sequence[int]) -> dict[int, Row]:
    if not ids:
        return {}
    try:
        rows = records(session.call("stock.move.line", "get_metadata", ids=list(ids)))
    except OdooError as error:
        raise _moving(error) from error
    return {row["id"]: row for row in rows}


def _held(row: Row, owner: Row) -> Held:
    return Held(
        line=line_from(row),
        state=text(row["state"]),
        product_name=label(row["product_id"]),
        lot_label=label(row["lot_id"]) or text(row["lot_name"]),
        xids=tuple(found["xmlid"] for found in owner["xmlids"]),
        person=label(owner["write_uid"]),
        written_at=moment(owner["write_date"]),
    )


def line_from(row: Row) -> MoveLine:
    return MoveLine(
        id=row["id"],
        move_id=link(row["move_id"]),
        picking_id=link(row["picking_id"]) or 0,
        product_id=owner(row["product_id"]),
        quantity=amount(row["quantity_product_uom"]),
        picked=row["picked"],
        source_id=owner(row["location_id"]),
        destination_id=owner(row["location_dest_id"]),
        lot_id=link(row["lot_id"]),
        lot_name=text(row["lot_name"]),
        package_id=link(row["package_id"]),
        owner_id=link(row["owner_id"]),
    )
