"""A ward with goods on its shelves, and acts of this device on them: what look-up, holds and recall are tried on."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sync.stock import Location, Lot, Move, MoveLine, Picking, PickingType, ReorderPoint, StockRow, Usage
from sync.store import Store
from sync.transaction import (
    Document,
    Draft,
    Kind,
    Line,
    Moment,
    Outcome,
    Transaction,
    footprint,
    new_uuid,
    uuid_of,
)
from tests.work.conftest import BIN_A, BIN_B, CANNULA, KNOWN_LOT, NOW, PUMP, PUMP_LOT, STOCK, SYRINGE, TOWEL

PULLED = NOW - timedelta(minutes=20)
SOON = Lot(60, SYRINGE.id, "AB0200", date(2026, 12, 5), ref="BATCH-7")
GONE_BY = Lot(61, SYRINGE.id, "AB0100", date(2026, 11, 1))
ICU = Location(40, "ICU", "CS/ICU", Usage.INTERNAL, "4/40/", 4, "LOC-ICU")
QUARANTINE = Location(41, "Quarantine", "CS/Quarantine", Usage.INTERNAL, "4/41/", 4, "LOC-Q")
PATIENTS = Location(42, "Patients", "Virtual/Patients", Usage.CUSTOMER, "29/42/", 29)
TO_ICU = Picking(110, "CS/INT/00012", "assigned", 2, 5, 40, "Round 7")
STOCK_ROWS = [
    StockRow(1, PUMP.id, BIN_A.id, Decimal(1), lot_id=PUMP_LOT.id),
    StockRow(2, SYRINGE.id, BIN_A.id, Decimal(12), Decimal(4), lot_id=KNOWN_LOT.id),
    StockRow(3, SYRINGE.id, BIN_B.id, Decimal(30), lot_id=SOON.id),
    StockRow(4, SYRINGE.id, BIN_B.id, Decimal(2), lot_id=GONE_BY.id),
    StockRow(5, TOWEL.id, BIN_B.id, Decimal(40)),
]


def stock(store: Store, *more: StockRow) -> None:
    """What a pull brings of goods that lie there."""
    pull = store.catalogue.begin()
    pull.merge("lots", [SOON, GONE_BY])
    pull.merge("locations", [ICU, QUARANTINE, PATIENTS])
    pull.merge("picking_types", [PickingType(2, "Internal", "internal", 5, 40)])
    pull.merge("pickings", [TO_ICU])
    pull.merge("moves", [Move(210, 110, SYRINGE.id, Decimal(10), 1, "Units", 40, reserved=Decimal(4), source_id=5)])
    reserved = MoveLine(
        310, 210, 110, SYRINGE.id, Decimal(4), picked=False, source_id=BIN_A.id, destination_id=40, lot_id=KNOWN_LOT.id
    )
    pull.merge("move_lines", [reserved])
    points = [
        ReorderPoint(1, TOWEL.id, BIN_B.id, Decimal(50), Decimal(100)),
        ReorderPoint(2, CANNULA.id, STOCK.id, Decimal(20), Decimal(90)),
        ReorderPoint(3, SYRINGE.id, STOCK.id, Decimal(10), Decimal(90)),
    ]
    pull.merge("reorder_points", points)
    pull.merge("stock_rows", [*STOCK_ROWS, *more])
    pull.flip(PULLED)


def line(product_id: int, done: str, source: Location, destination: Location, **more: Any) -> Line:
    """Base units of a product from one place to another."""
    return Line(1, product_id, Decimal(done), 1, source.id, destination.id, **more)


def did(store: Store, kind: Kind, *lines: Line, person: str = "Mira Lindqvist") -> Transaction:
    """This device confirmed that."""
    draft = Draft(new_uuid(), "test", "{}", person, "", NOW, NOW)
    store.drafts.open(draft)
    made = Transaction(
        uuid=uuid_of(draft.uuid, "test"),
        kind=kind,
        reference=store.device.next_reference(),
        document=Document(2, lines[0].source_id, lines[0].destination_id),
        company_id=1,
        person=person,
        device=store.device.name(),
        acted_at=Moment(NOW, 100.0, "boot"),
        lines=tuple(lines),
    )
    places = {id_: place for one in lines for id_ in (one.source_id, one.destination_id) if (place := _at(store, id_))}
    store.outbox.confirm(draft.uuid, [(made, footprint(made, places))], NOW)
    return made


def booked(store: Store, transaction: Transaction, picking: str = "CS/INT/00099") -> None:
    """Odoo has it now."""
    store.outbox.mark_sending(transaction.uuid, NOW)
    store.outbox.mark_done(transaction.uuid, Outcome(500, picking), NOW)


def pulled_again(store: Store, rows: Sequence[StockRow], minutes: int = 10) -> None:
    """A later pull brought these rows."""
    pull = store.catalogue.begin()
    pull.merge("stock_rows", list(rows))
    pull.flip(NOW + timedelta(minutes=minutes))


def _at(store: Store, location_id: int) -> Location | None:
    return store.catalogue.location(location_id)
