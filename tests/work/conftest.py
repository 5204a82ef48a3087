"""A small store with one expected delivery, and a desk to receive it at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from client.barcode.label import RawScan
from client.replay import Line, play
from client.work.answer import Said
from client.work.desk import Desk
from client.work.site.people import Person, Role
from client.work.site.policy import Policy
from sync.clock import Clock
from sync.stock import (
    Location,
    Lot,
    Move,
    MoveLine,
    Packaging,
    Partner,
    Picking,
    PickingType,
    Product,
    StockRow,
    Tracking,
    Usage,
)
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Transaction

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
KEY = bytes(range(32))


@dataclass(frozen=True)
class StoppedClock(Clock):
    """Stands still."""

    at: datetime = NOW

    def now(self) -> datetime:
        """Always the same."""
        return self.at


def gtin(body: int) -> str:
    """A GTIN-14 with its check digit."""
    digits = f"{body:013d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def product(
    id_: int, name: str, tracking: Tracking = Tracking.NONE, *, dated: bool = False, **other: object
) -> Product:
    """A product in whole units."""
    base = Product(id_, name, tracking, 1, "Units", Decimal(1), f"MED-{id_:04d}", gtin(4000000000 + id_))
    return replace(base, use_expiration_date=dated, **other)  # type: ignore[arg-type]  # fields of Product


SYRINGE = product(1, "Syringe 5 ml", Tracking.LOT, dated=True)
CANNULA = product(2, "IV cannula 20G", Tracking.LOT, dated=True)
PUMP = product(3, "Infusion pump", Tracking.SERIAL)
TOWEL = product(4, "Paper towel")
MASK = product(5, "Face mask")
GOWN = replace(product(6, "Patient gown"), active=False)
COTTON = replace(product(7, "Cotton wool"), uom_id=12, uom_name="kg", uom_rounding=Decimal("0.01"))
TWIN = replace(product(8, "Twin one"), barcode=gtin(4000000099))
OTHER_TWIN = replace(product(9, "Twin two"), barcode=gtin(4000000099))
BOX = Packaging(1, TOWEL.id, gtin(14000000004), "Box of 10", Decimal(10))

SUPPLIER, STOCK, BIN_A, BIN_B, LOSS = (
    Location(8, "Vendors", "Partners/Vendors", Usage.SUPPLIER, "7/8/", 7),
    Location(5, "Stock", "CS/Stock", Usage.INTERNAL, "4/5/", 4, "LOC-STOCK"),
    Location(19, "Shelf A", "CS/Stock/Shelf A", Usage.INTERNAL, "4/5/19/", 5, "LOC-A"),
    Location(20, "Shelf B", "CS/Stock/Shelf B", Usage.INTERNAL, "4/5/20/", 5, "LOC-B"),
    Location(30, "Loss", "Virtual/Loss", Usage.INVENTORY, "29/30/", 29, "LOC-LOSS"),
)
KNOWN_LOT = Lot(50, SYRINGE.id, "AB0123", date(2028, 3, 31))
PUMP_LOT = Lot(51, PUMP.id, "SN-STOCK")
MASK_LOT = Lot(52, CANNULA.id, "CANNULA-LOT", date(2028, 3, 31))
ORDER = Picking(100, "CS/IN/00007", "assigned", 1, 8, 5, "P00012", 11)
OTHER_ORDER = Picking(101, "CS/IN/00008", "assigned", 1, 8, 5, "P00013", 11)
MOVES = [
    Move(200, 100, SYRINGE.id, Decimal(100), 1, "Units", 5),
    Move(201, 100, PUMP.id, Decimal(2), 1, "Units", 5),
    Move(202, 100, TOWEL.id, Decimal(47), 1, "Units", 5),
    Move(203, 100, COTTON.id, Decimal(5), 12, "kg", 5),
    Move(204, 101, CANNULA.id, Decimal(50), 1, "Units", 5),
    Move(205, 101, TOWEL.id, Decimal(10), 1, "Units", 5),
]


def fill(store: Store, *, create_backorder: str = "ask") -> None:
    """What a pull would have brought."""
    pull = store.catalogue.begin()
    pull.add(products=[SYRINGE, CANNULA, PUMP, TOWEL, MASK, GOWN, COTTON, TWIN, OTHER_TWIN], packagings=[BOX])
    pull.add(lots=[KNOWN_LOT, PUMP_LOT, MASK_LOT], locations=[SUPPLIER, STOCK, BIN_A, BIN_B, LOSS])
    pull.add(picking_types=[PickingType(1, "Receipts", "incoming", 8, 5, create_backorder)])
    pull.add(partners=[Partner(11, "Halden Medical Supply")], pickings=[ORDER, OTHER_ORDER], moves=MOVES)
    pull.add(
        move_lines=[MoveLine(300, 200, 100, SYRINGE.id, Decimal(100), picked=False, source_id=8, destination_id=20)]
    )
    pull.add(stock_rows=[StockRow(1, PUMP.id, 19, Decimal(1), lot_id=PUMP_LOT.id)], vendor_codes=[])
    pull.flip(NOW - timedelta(minutes=20))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An enrolled device that has pulled."""
    store = Store.open(tmp_path / "wardstock.db", KEY)
    store.device.enrol(Enrolment("http://127.0.0.1:1", "ward", "storekeeper", 5, 1, NOW), "key")
    fill(store)
    yield store
    store.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    """A storekeeper at the desk."""
    return Desk(store, Person("Mira Lindqvist"), Policy(), StoppedClock())


@pytest.fixture
def supervisor(store: Store) -> Desk:
    """A supervisor at the same device."""
    return Desk(store, Person("Joana Adeyemi", Role.SUPERVISOR), Policy(), StoppedClock())


def say(desk: Desk, *lines: str) -> Said:
    """Scan each line, or press it where it begins with `!`; the last answer."""
    said = desk.said
    for number, text in enumerate(lines, start=1):
        line = Line(number, text.removeprefix("!"), is_command=text.startswith("!"))
        said = play(desk, line)
    return said


def label(of: Product, *, lot: str = "", expiry: str = "", serial: str = "", count: int = 0, extra: str = "") -> str:
    """A GS1 DataMatrix as a scanner sends it: fixed elements first, variable ones parted by GS."""
    variable = [f"10{lot}" if lot else "", f"21{serial}" if serial else "", f"30{count}" if count else "", extra]
    return f"]d201{of.barcode}" + (f"17{expiry}" if expiry else "") + "\x1d".join(part for part in variable if part)


def queued(desk: Desk) -> list[Transaction]:
    """What stands in the outbox, oldest first."""
    return [entry.transaction for entry in reversed(desk.store.outbox.rows())]


def raw(text: str) -> RawScan:
    """A scan now."""
    return RawScan.received(text, source="test", device="test", scanned_at=NOW)
