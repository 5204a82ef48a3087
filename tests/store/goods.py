"""Values the store tests are made of: a few goods, a delivery, a transaction."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sync.stock import (
    Category,
    Evidence,
    Location,
    Lot,
    Move,
    MoveLine,
    Package,
    Packaging,
    Partner,
    Picking,
    PickingType,
    Product,
    ReorderPoint,
    StockRow,
    Tracking,
    Unit,
    Usage,
    User,
    VendorCode,
)
from sync.transaction import Document, Draft, Footprint, Kind, Line, Moment, Transaction, new_uuid, uuid_of

KEY = bytes(range(32))
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

GAUZE = Product(
    1, "Gauze", Tracking.LOT, 1, "Units", Decimal(1), "GZ-1", "4006381333931", use_expiration_date=True, category_id=7
)
GLOVE = Product(2, "Glove", Tracking.NONE, 1, "Units", Decimal("0.01"), "GL-2", "96385074")
BOX = Packaging(11, 1, "14006381333938", "Box of 10", Decimal(10))
VENDOR_CODE = VendorCode(21, 1, 31, "AC-778", "Gauze sterile")
LOT = Lot(41, 1, "A0I1", date(2027, 6, 30), datetime(2027, 6, 30, 12, tzinfo=UTC), ref="B7", company_id=1)
STOCK = Location(3, "Stock", "WH/Stock", Usage.INTERNAL, "1/2/3/", 2, "LOC-STOCK")
BIN = Location(4, "B1", "WH/Stock/B1", Usage.INTERNAL, "1/2/3/4/", 3, "LOC-B1")
VENDORS = Location(5, "Vendors", "Partners/Vendors", Usage.SUPPLIER, "6/5/")
RECEIPTS = PickingType(8, "Receipts", "incoming", 5, 3)
ACME = Partner(31, "Acme Medical")
DELIVERY = Picking(51, "WH/IN/00007", "assigned", 8, 5, 3, "P00012", 31, NOON, next_names=("WH/INT/3", "WH/INT/4"))
MOVE = Move(61, 51, 1, Decimal(40), 1, "Units", 3)
MOVE_LINE = MoveLine(71, 61, 51, 1, Decimal(40), False, 5, 4)
PACK = Package(91, "PACK0000091")
COUNTER = User(6, "Ines")
ORDER_BELOW = ReorderPoint(95, 1, 4, Decimal(10), Decimal(50))
DRESSINGS = Category(7, "Medical goods / Dressings", "6/7/")
PIECES = Unit(1, "Units", Decimal(1), Decimal(1))
STOCK_ROW = StockRow(
    81, 1, 4, Decimal("12.5"), Decimal(2), lot_id=41, count_due=date(2026, 12, 31), count_user_id=6, counted=Decimal(11)
)

EVERYTHING: dict[str, list[Any]] = {  # Any: one of each kind
    "units": [PIECES],
    "categories": [DRESSINGS],
    "products": [GAUZE, GLOVE],
    "packagings": [BOX],
    "vendor_codes": [VENDOR_CODE],
    "lots": [LOT],
    "locations": [STOCK, BIN, VENDORS],
    "picking_types": [RECEIPTS],
    "partners": [ACME],
    "packages": [PACK],
    "users": [COUNTER],
    "reorder_points": [ORDER_BELOW],
    "pickings": [DELIVERY],
    "moves": [MOVE],
    "move_lines": [MOVE_LINE],
    "stock_rows": [STOCK_ROW],
}


def draft_of(person: str = "Ana", uuid: str = "") -> Draft:
    """An open delivery with nothing in it."""
    return Draft(uuid or new_uuid(), "receipt", "{}", person, "Acme Medical", NOON, NOON, "WH/IN/00007")


def scan_of(text: str = "gauze", verdict: str = "added", parse: str = "{}") -> Evidence:
    """A scan that was answered."""
    return Evidence(new_uuid(), text.encode(), text, "]d2", "wedge", "WS", NOON, "gs1/1", parse, verdict)


def receipt_of(
    draft: Draft, *, picking_id: int | None = 51, product_id: int = 1, lines: int = 1, evidence: tuple[str, ...] = ()
) -> tuple[Transaction, Footprint]:
    """Ten of a product received on a picking, and what that touches."""
    first = Line(1, product_id, Decimal(10), 1, 5, 3, lot_name="A1", expiry=date(2027, 6, 30), evidence=evidence)
    transaction = Transaction(
        uuid=uuid_of(draft.uuid, str(picking_id)),
        kind=Kind.RECEIPT,
        reference=f"WS-TEST/{draft.uuid[:6]}",
        document=Document(8, 5, 3, picking_id, "WH/IN/00007", "P00012", 31),
        company_id=1,
        person=draft.person,
        device="WS-TEST",
        acted_at=Moment(NOON, 1000.25, "boot"),
        lines=tuple(replace(first, number=number) for number in range(1, lines + 1)),
    )
    return transaction, Footprint(picking_id, frozenset({(product_id, "1/2/3/")}))
