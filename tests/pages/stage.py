"""A storeroom on a fresh store, with its pages: what the pictures of the look show, made by real scans."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from client.barcode.burst import Arrival
from client.barcode.burst import Scan as BurstScan
from client.barcode.keyboards import Key
from client.barcode.label import RawScan
from client.pages.around import Around
from client.pages.eyes import Eyes
from client.pages.shell import Shell
from client.pages.window import Look
from client.work.answer import Command, Said
from client.work.desk import Desk
from client.work.site.people import Person, Role
from client.work.site.policy import Destination, Place, Policy
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
    ReorderPoint,
    StockRow,
    Tracking,
    Usage,
)
from sync.store import Store
from sync.store.device import Enrolment
from sync.store.holds import By, HoldLine

NOW = datetime(2026, 11, 21, 9, 42, tzinfo=UTC)
GS = "\x1d"


@dataclass(frozen=True)
class WardClock(Clock):
    """Goes on only when told."""

    hands: list[datetime] = field(default_factory=lambda: [NOW])

    def now(self) -> datetime:
        return self.hands[0]

    def on(self, minutes: int) -> None:
        """Time passes."""
        self.hands[0] += timedelta(minutes=minutes)


def gtin(body: int) -> str:
    digits = f"{body:013d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)


def _product(id_: int, name: str, unit: str, tracking: Tracking = Tracking.LOT) -> Product:
    dated = tracking is Tracking.LOT
    return Product(id_, name, tracking, 1, unit, Decimal(1), f"MED-{id_:04d}", gtin(730426155000 + id_), dated)


CANNULA = _product(1, "IV cannula 20G, sterile", "Units")
SALINE = _product(2, "Sodium chloride 0.9 % 500 ml", "Units")
GLOVES = _product(3, "Nitrile gloves M, box of 100", "Units")
PROPOFOL = _product(4, "Propofol 10 mg/ml, 20 ml vial", "Units")
PUMP = _product(5, "Infusion pump", "Units", Tracking.SERIAL)
PLASTER = _product(6, "Adhesive wound dressing, 8 × 10 cm, sterile, hypoallergenic", "Units")
BOX = Packaging(1, CANNULA.id, gtin(1730426155001), "Box of 50", Decimal(50))


def gs1(product: Product, lot: str = "", expiry: str = "", quantity: int = 0, serial: str = "") -> str:
    """What a scanner sends of a GS1 DataMatrix."""
    text = f"01{product.barcode}"
    text += f"17{expiry}" if expiry else ""
    text += f"30{quantity}{GS}" if quantity else ""
    text += f"21{serial}{GS}" if serial else ""
    text += f"10{lot}" if lot else ""
    return f"]d2{text.rstrip(GS)}"


@dataclass
class Stage:
    """The shell over a real desk and store. `scan` is what the key filter's signal does."""

    store: Store
    desk: Desk
    shell: Shell
    clock: WardClock

    def scan(self, text: str) -> Said:
        raw = RawScan.received(text, source="wedge", device="test", scanned_at=self.clock.now())
        self.shell.scanned(raw)
        return self.desk.said

    def trial_scan(self, text: str, *, slowest: float = 0.004) -> None:
        """What the key filter's other signal does: a scan with how it came."""
        keys = tuple(Key(character, control=character == GS) for character in text)
        self.shell.tested.typed(BurstScan(text, Arrival(keys, "enter", slowest)))

    def press(self, command: str) -> Said:
        self.shell._say(Command.parse(command))
        return self.desk.said

    def receive_some(self) -> None:
        """To the state of the first picture: 150 of 200 cannulas, 40 of 40 bags."""
        self.scan("P00147")
        self.scan(gs1(SALINE, "24H1907", "280331", 40))
        self.clock.on(9)
        self.scan(gs1(CANNULA, "MX40312", "290131", 100))
        self.clock.on(1)
        self.scan(gs1(CANNULA, "MX40312", "290131", 50))


def stage(
    folder: Path,
    *,
    role: Role = Role.STOREKEEPER,
    look: Look | None = None,
    practice: bool = False,
    eyes: Eyes | None = None,
) -> Stage:
    store = Store.open(folder / "wardstock.db", bytes(range(32)))
    enrolment = Enrolment("http://127.0.0.1", "ward", "ml", 2, 1, NOW, company_name="Main store")
    store.device.enrol(enrolment, "key")
    fill(store)
    clock = WardClock()
    store.device.passed("pull", NOW - timedelta(minutes=2))
    used = Place(use={"": Destination("Virtual Locations/Patients")})
    policy = Policy(places={"WH/ICU": used})
    desk = Desk(store, Person("Mira Lindqvist", role), policy, clock)
    around = Around(look=look or Look(reduce_motion=True), practice=practice, eyes=eyes or Eyes(), folder=folder)
    shell = Shell(desk, around)
    return Stage(store, desk, shell, clock)


def fill(store: Store) -> None:
    """The goods, places and deliveries of the pictures."""
    pull = store.catalogue.begin()
    pull.add(products=[CANNULA, SALINE, GLOVES, PROPOFOL, PUMP, PLASTER])
    pull.add(packagings=[BOX])
    pull.add(lots=[Lot(1, PROPOFOL.id, "7F220K", date(2027, 6, 30))])
    pull.add(locations=list(_LOCATIONS))
    pull.add(picking_types=[PickingType(1, "Receipts", "incoming", 8, 5)])
    pull.add(partners=[Partner(1, "Halden Medical Supply"), Partner(2, "Orbis Pharma")])
    pull.add(pickings=list(_PICKINGS))
    pull.add(moves=_moves())
    pull.flip(NOW)


def stock_up(on: Stage) -> None:
    """A ward beside the store, goods on the shelves, a request of the ward: what is moved, used and counted."""
    pull = on.store.catalogue.begin()
    pull.merge("locations", list(_WARD))
    pull.merge("picking_types", [PickingType(2, "Internal Transfers", "internal", 5, 20)])
    pull.merge(
        "lots",
        [
            Lot(2, SALINE.id, "23K0882", date(2027, 2, 28)),
            Lot(3, SALINE.id, "24H1907", date(2028, 3, 31)),
            _CANNULA_LOT,
        ],
    )
    rows = ((1, SALINE, 11, 12, 2), (2, SALINE, 11, 6, 3), (3, PROPOFOL, 13, 25, 1), (4, CANNULA, 11, 80, 4))
    pull.merge("stock_rows", [StockRow(id_, p.id, at, Decimal(n), lot_id=lot) for id_, p, at, n, lot in rows])
    pull.merge("pickings", [Picking(405, "WH/INT/00405", "assigned", 2, 5, 20, "ICU", None, NOW)])
    pull.merge("moves", [Move(90, 405, SALINE.id, Decimal(10), 1, "Units", 20, reserved=Decimal(10), source_id=5)])
    line = MoveLine(91, 90, 405, SALINE.id, Decimal(10), picked=False, source_id=11, destination_id=20, lot_id=2)
    pull.merge("move_lines", [line])
    pull.flip(NOW)
    on.shell.refresh()


def needs_looking_at(on: Stage) -> None:
    """A lot that has expired, one that soon will, one on hold, and too few gloves."""
    stock_up(on)
    pull = on.store.catalogue.begin()
    pull.merge(
        "lots", [Lot(7, SALINE.id, "22A0001", date(2026, 11, 10)), Lot(8, CANNULA.id, "MX30007", date(2026, 12, 9))]
    )
    rows = ((7, SALINE, 11, 4, 7), (8, CANNULA, 11, 30, 8), (9, GLOVES, 12, 6, None))
    pull.merge("stock_rows", [StockRow(id_, p.id, at, Decimal(n), lot_id=lot) for id_, p, at, n, lot in rows])
    pull.merge("reorder_points", [ReorderPoint(1, GLOVES.id, 12, Decimal(20), Decimal(60))])
    pull.flip(NOW)
    held = HoldLine(By.ID, str(PROPOFOL.id), "Recall notice", date(2026, 11, 20), "7F220K")
    on.store.holds.hold(held, "Joana Adeyemi", NOW)
    on.shell.refresh()


_CANNULA_LOT = Lot(4, CANNULA.id, "MX40312", date(2029, 1, 31))
_WARD = (
    Location(1, "Virtual Locations", "Virtual Locations", Usage.VIEW, "1/"),
    Location(14, "Inventory adjustment", "Virtual Locations/Inventory adjustment", Usage.INVENTORY, "1/14/", 1),
    Location(15, "Patients", "Virtual Locations/Patients", Usage.CUSTOMER, "1/15/", 1),
    Location(20, "ICU", "WH/ICU", Usage.INTERNAL, "4/20/", 4, "LOC-ICU"),
)
_LOCATIONS = (
    Location(8, "Vendors", "Partners/Vendors", Usage.SUPPLIER, "7/8/", 7),
    Location(5, "Stock", "WH/Stock", Usage.INTERNAL, "4/5/", 4, "LOC-STOCK"),
    Location(11, "A4-11", "WH/Stock/A4-11", Usage.INTERNAL, "4/5/11/", 5, "LOC-A411"),
    Location(12, "A4-02", "WH/Stock/A4-02", Usage.INTERNAL, "4/5/12/", 5, "LOC-A402"),
    Location(13, "C1-07", "WH/Stock/C1-07", Usage.INTERNAL, "4/5/13/", 5, "LOC-C107"),
)
_PICKINGS = (
    Picking(231, "WH/IN/00231", "assigned", 1, 8, 5, "P00147", 1, NOW),
    Picking(240, "WH/IN/00240", "assigned", 1, 8, 5, "P00155", 2, NOW + timedelta(hours=3)),
)


def _moves() -> list[Move]:
    first = ((CANNULA, 200, 11), (SALINE, 40, 11), (GLOVES, 30, 12), (PROPOFOL, 25, 13))
    second = ((PUMP, 2, 5), (PLASTER, 400, 5), (GLOVES, 10, 12))
    expected = [(231, *one) for one in first] + [(240, *one) for one in second]
    return [
        Move(nth, picking, product.id, Decimal(number), 1, "Units", place)
        for nth, (picking, product, number, place) in enumerate(expected, 1)
    ]
