"""A store with goods on two shelves, and what tests of counting say in short."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from client.work.answer import Said
from client.work.counting.job import Count
from client.work.counting.view import CountView, view
from client.work.desk import Desk
from client.work.site.pin import Cost, hashed
from sync.stock import Location, Lot, Package, Partner, PickingType, Product, StockRow, Tracking, Usage, User
from sync.store import Store
from sync.transaction import Document, Kind, Line, Transaction, footprint, new_uuid
from tests.store.goods import draft_of
from tests.work.conftest import (
    BIN_A,
    CANNULA,
    KNOWN_LOT,
    LOSS,
    MASK,
    MASK_LOT,
    NOW,
    PUMP,
    PUMP_LOT,
    SYRINGE,
    TOWEL,
    StoppedClock,
    product,
    say,
)

BOOK = Decimal(137)
"""Of the known lot of syringes on shelf A: a number that turns up nowhere else."""
OTHER_LOT = Lot(60, SYRINGE.id, "ZZ9", date(2028, 1, 31))
OLD_LOT = Lot(61, SYRINGE.id, "OLD1", date(2026, 1, 31))
MORPHINE = replace(product(21, "Morphine", Tracking.NONE), category_id=7)
OWNER, PACKAGE, INES = Partner(31, "Acme Implants"), Package(91, "PACK91"), User(6, "Ines")
INSIDE = Location(40, "Bin A1", "CS/Stock/Shelf C/Bin A1", Usage.INTERNAL, "4/5/41/40/", 41, "LOC-C1")
SHELF_C = Location(41, "Shelf C", "CS/Stock/Shelf C", Usage.INTERNAL, "4/5/41/", 5, "LOC-C")
ROWS = (
    StockRow(1, PUMP.id, 19, Decimal(1), lot_id=PUMP_LOT.id),
    StockRow(2, SYRINGE.id, 19, BOOK, lot_id=KNOWN_LOT.id),
    StockRow(3, TOWEL.id, 20, Decimal(43)),
    StockRow(4, CANNULA.id, 20, Decimal(6), lot_id=MASK_LOT.id),
)
PIN = "4711"
CHEAP = Cost(1, 64, 1)


def stocked(store: Store, *rows: StockRow, products: Iterable[Product] = ()) -> None:
    """The store as pulled, with these rows of stock instead of `ROWS`."""
    pull = store.catalogue.begin()
    known = [SYRINGE, CANNULA, PUMP, TOWEL, MASK, MORPHINE, *products]
    pull.add(products=known, lots=[KNOWN_LOT, PUMP_LOT, MASK_LOT, OTHER_LOT, OLD_LOT])
    pull.add(picking_types=[PickingType(1, "Receipts", "incoming", 8, 5), PickingType(2, "Internal", "internal", 5, 5)])
    pull.add(partners=[OWNER], packages=[PACKAGE], users=[INES])
    pull.add(stock_rows=list(rows or ROWS))
    pull.flip(NOW - timedelta(minutes=10))
    for name, role in (("Mira Lindqvist", "storekeeper"), ("Cora Imani", "counter"), ("Joana Adeyemi", "supervisor")):
        badge = f"BADGE-{name.split()[0].upper()}"
        if not store.people.get(name):
            store.people.add(name, role, NOW, "", badge=badge, pin=hashed(PIN, CHEAP))


def at(desk: Desk, minutes: float) -> Desk:
    """The desk that long after nine."""
    desk.clock = StoppedClock(at=NOW + timedelta(minutes=minutes))
    return desk


def counting(desk: Desk) -> Count:
    """The open count."""
    assert isinstance(desk.job, Count)
    return desk.job


def shown(desk: Desk) -> CountView:
    """What the page shows."""
    return view(counting(desk), desk.ward())


def another(desk: Desk, name: str = "Cora") -> Said:
    """Somebody else takes the device."""
    return say(desk, f"BADGE-{name.upper()}")


def numbers(value: Any) -> set[Decimal]:  # Any: whatever a page may hand out
    """All numbers in it, however deep, and those written in its texts."""
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, int | Decimal):
        return {Decimal(value)}
    if isinstance(value, str):
        return {Decimal(word) for word in re.findall(r"\b\d+\b", value)}
    if is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, field.name) for field in fields(value)]
        return {number for part in parts for number in numbers(part)}
    if isinstance(value, dict):
        return {number for part in value.values() for number in numbers(part)}
    if isinstance(value, tuple | list | frozenset | set):
        return {number for part in value for number in numbers(part)}
    return set()


def used_here(desk: Desk, of: Product, done: int, *, lot: Lot | None = None, place: Location = BIN_A) -> None:
    """Somebody uses goods from a shelf, on this device, now."""
    moment = desk.clock.moment()
    line = Line(1, of.id, Decimal(done), of.uom_id, place.id, LOSS.id)
    line = replace(line, lot_name=lot.name if lot else "", lot_id=lot.id if lot else None)
    act = Transaction(
        new_uuid(), Kind.USE, desk.store.device.next_reference(), Document(2, place.id, LOSS.id), 1, "Nils", "WS",
        moment, (line,),
    )  # fmt: skip
    draft = new_uuid()
    desk.store.drafts.open(replace(draft_of(), uuid=draft))
    desk.store.outbox.confirm(draft, [(act, footprint(act, {place.id: place}))], moment.wall)
