"""A ward to move goods in: shelves with lots, a ward that uses up, a quarantine, a clinic over the road."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from client.work.desk import Desk
from client.work.site.people import Person, Role
from client.work.site.policy import Destination, Place, Policy, Route
from sync.stock import (
    Category,
    Location,
    Lot,
    MoveLine,
    Package,
    Partner,
    Picking,
    PickingType,
    StockRow,
    Usage,
)
from sync.store import Store
from tests.work.conftest import CANNULA, COTTON, NOW, PUMP, SYRINGE, TOWEL, StoppedClock, product

MORPHINE = product(30, "Morphine 10 mg", SYRINGE.tracking, dated=True, category_id=7)
VIEW = Location(4, "CS", "CS", Usage.VIEW, "4/", None, "LOC-CS")
A1 = Location(21, "A1", "CS/Stock/Shelf A/A1", Usage.INTERNAL, "4/5/19/21/", 19, "LOC-A1")
A2 = Location(22, "A2", "CS/Stock/Shelf A/A2", Usage.INTERNAL, "4/5/19/22/", 19, "LOC-A2")
WARD = Location(40, "Ward 3A", "CS/Ward 3A", Usage.INTERNAL, "4/40/", 4, "LOC-WARD3A")
ICU = Location(41, "ICU", "CS/ICU", Usage.INTERNAL, "4/41/", 4, "LOC-ICU")
QUARANTINE = Location(42, "Quarantine", "CS/Stock/Quarantine", Usage.INTERNAL, "4/5/42/", 5, "LOC-Q")
CLINIC = Location(43, "Clinic", "CL/Clinic", Usage.INTERNAL, "44/43/", 44, "LOC-CLINIC")
ROAD = Location(45, "On the way", "On the way", Usage.TRANSIT, "45/", None, "LOC-ROAD")
USED = Location(46, "Used", "Virtual/Used", Usage.CUSTOMER, "29/46/", 29, "LOC-USED")
OPERATED = Location(47, "Theatre use", "Virtual/Theatre use", Usage.CUSTOMER, "29/47/", 29)
GARBAGE = Location(48, "Waste", "Virtual/Waste", Usage.INVENTORY, "29/48/", 29)
OLD_BIN = Location(49, "Old bin", "CS/Stock/Old bin", Usage.INTERNAL, "4/5/49/", 5, "LOC-OLD", active=False)

SOON = Lot(60, SYRINGE.id, "S-SOON", date(2026, 12, 31))
LATE = Lot(61, SYRINGE.id, "S-LATE", date(2028, 3, 31))
GONE_OFF = Lot(62, SYRINGE.id, "S-OLD", date(2026, 10, 31))
REMOVE = Lot(63, SYRINGE.id, "S-REMOVE", date(2027, 1, 31), removal_at=datetime(2026, 11, 1, 12, tzinfo=UTC))
CANNULAS = Lot(52, CANNULA.id, "CANNULA-LOT", date(2028, 3, 31))
PUMP_1 = Lot(51, PUMP.id, "SN-STOCK")
PUMP_2 = Lot(53, PUMP.id, "SN-WARD")
PUMP_3 = Lot(54, PUMP.id, "SN-GONE")
MORPHINES = Lot(64, MORPHINE.id, "M-1", date(2027, 6, 30))
CRATE = Package(70, "PACK0007")
LENDER = Partner(71, "OrthoTech Ltd")
TO_ICU = Picking(110, "CS/INT/00012", "assigned", 2, 22, 41)

ROWS = (
    StockRow(10, SYRINGE.id, A1.id, Decimal(10), lot_id=SOON.id),
    StockRow(11, SYRINGE.id, A1.id, Decimal(20), lot_id=LATE.id),
    StockRow(12, SYRINGE.id, WARD.id, Decimal(4), lot_id=LATE.id),
    StockRow(13, SYRINGE.id, WARD.id, Decimal(2), lot_id=GONE_OFF.id),
    StockRow(14, SYRINGE.id, WARD.id, Decimal(3), lot_id=REMOVE.id),
    StockRow(15, CANNULA.id, A2.id, Decimal(10), Decimal(10), lot_id=CANNULAS.id),
    StockRow(16, TOWEL.id, A1.id, Decimal(30)),
    StockRow(17, TOWEL.id, A2.id, Decimal(20)),
    StockRow(18, TOWEL.id, WARD.id, Decimal(6)),
    StockRow(19, TOWEL.id, WARD.id, Decimal(4), package_id=CRATE.id),
    StockRow(20, PUMP.id, A1.id, Decimal(1), lot_id=PUMP_1.id),
    StockRow(21, PUMP.id, WARD.id, Decimal(1), lot_id=PUMP_2.id),
    StockRow(22, COTTON.id, A2.id, Decimal("2.5")),
    StockRow(23, COTTON.id, A2.id, Decimal(3), owner_id=LENDER.id),
    StockRow(24, MORPHINE.id, WARD.id, Decimal(10), lot_id=MORPHINES.id),
)
POLICY = Policy(
    places={
        "CS/Ward 3A": Place(use={"": Destination("Virtual/Used")}, waste={
            "broken": Destination("Virtual/Waste", loss=True), "expired": Destination("Virtual/Waste", loss=True),
        }),
        "CS/ICU": Place(use={"patient": Destination("Virtual/Used"), "theatre": Destination("Virtual/Theatre use")}),
        "CS/Stock": Place(quarantine="CS/Stock/Quarantine"),
        "CL/Clinic": Place(strict=True),
    },
    transit=(Route("CS", "CL/Clinic", "On the way"),),
    controlled=("Controlled",),
)  # fmt: skip


def furnish(store: Store) -> None:
    """A second pull brings the shelves, their goods, and a planned transfer that reserves all cannulas."""
    pull = store.catalogue.resume()
    pull.merge("products", [MORPHINE])
    pull.merge("categories", [Category(7, "Controlled", "7/")])
    pull.merge("locations", [VIEW, A1, A2, WARD, ICU, QUARANTINE, CLINIC, ROAD, USED, OPERATED, GARBAGE, OLD_BIN])
    pull.merge("lots", [SOON, LATE, GONE_OFF, REMOVE, PUMP_2, PUMP_3, MORPHINES])
    pull.merge("packages", [CRATE])
    pull.merge("partners", [LENDER])
    pull.merge(
        "picking_types", [PickingType(2, "Internal", "internal", 5, 5), PickingType(3, "Clinic", "internal", 43, 43)]
    )
    pull.merge("pickings", [TO_ICU])
    reserved = MoveLine(310, 210, TO_ICU.id, CANNULA.id, Decimal(10), picked=False, source_id=A2.id,
                        destination_id=ICU.id, lot_id=CANNULAS.id, lot_name="CANNULA-LOT")  # fmt: skip
    pull.merge("move_lines", [reserved])
    pull.remove("stock_rows", [1])
    pull.merge("stock_rows", list(ROWS))
    pull.flip(NOW - timedelta(minutes=10))


def at(store: Store, role: Role = Role.STOREKEEPER, policy: Policy = POLICY, name: str = "Mira Lindqvist") -> Desk:
    """Somebody of that role at the device."""
    return Desk(store, Person(name, role), policy, StoppedClock())
