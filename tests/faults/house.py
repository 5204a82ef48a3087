"""The house the schedules play in: a few goods on a few shelves, and how each kind of act is made there."""

from __future__ import annotations

import copy
import shutil
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from sync.stock import Location, Usage
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Document, Kind, Line, Moment, Transaction
from tests.contract.conftest import Odoo, unique
from tests.faults.indoors import MORNING, URL, Indoors, seen_by

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = bytes(range(32))
EXPIRY = date(2035, 6, 30)
LOTS = ("A1", "A2")
OPENING = 40
NEW_MOVES = 18


class Site:
    """Goods, shelves and what is planned for them, made on a server under names of its own.

    Each shelf holds `OPENING` of each lot and of the untracked goods.
    """

    def __init__(self, odoo: Odoo, *, goods: int = 1, orders: int = 3, requests: int = 2, received: int = 2) -> None:
        self.gauzes = [odoo.product() for _ in range(goods)]
        self.towels = [odoo.product("none") for _ in range(goods)]
        self.lots: tuple[str, ...] = LOTS
        self.unit, self.stock, self.vendors = odoo.unit, odoo.stock, odoo.vendors
        self.receipts, self.transfers = odoo.receipts, odoo.transfers
        self.shelves = [odoo.bin() for _ in range(3)]
        self.used = _made(odoo, "Used", "inventory")
        self.adjustment = _made(odoo, "Adjustment", "inventory")
        self.transit = _made(odoo, "On the way", "transit")
        self.places = self._places(odoo)
        self._fill(odoo)
        self.orders = [self._order(odoo, number) for number in range(orders)]
        self.requests = [self._request(odoo, number) for number in range(requests)]
        self.deliveries = _deliveries(odoo)
        self.received = [self._received(odoo, number) for number in range(received)]
        planned = [*self.orders, *self.requests]
        self.order_names = {key: odoo.row("stock.picking", key, "name")["name"] for key in planned}

    @property
    def products(self) -> list[int]:
        return [*self.gauzes, *self.towels]

    def _places(self, odoo: Odoo) -> dict[int, Location]:
        """Where goods count: internal and transit."""
        names = ["name", "complete_name", "usage", "parent_path"]
        rows = odoo.rows("stock.location", ["usage", "in", ["internal", "transit"]], fields=names)
        return {
            row["id"]: Location(row["id"], row["name"], row["complete_name"], Usage(row["usage"]), row["parent_path"])
            for row in rows
        }

    def _fill(self, odoo: Odoo) -> None:
        lots = {gauze: [odoo.lot(gauze, name) for name in LOTS] for gauze in self.gauzes}
        for shelf in self.shelves:
            lines = [(gauze, lot, OPENING) for gauze, its in lots.items() for lot in its]
            made = odoo.document(*lines, *((towel, "", OPENING) for towel in self.towels), target=shelf)
            odoo.validate(made["ids"][0], skip_backorder=True)

    def _order(self, odoo: Odoo, number: int) -> int:
        place = number % len(self.gauzes)
        return int(odoo.expected((self.gauzes[place], 60), (self.towels[place], 30))["id"])

    def _request(self, odoo: Odoo, number: int) -> int:
        """A planned transfer, confirmed: a ward asks for gauze."""
        source, target, gauze = self.shelves[0], self.shelves[2], self.gauzes[number % len(self.gauzes)]
        move = {"product_id": gauze, "product_uom_qty": 20, "product_uom": self.unit, "location_id": source,
                "location_dest_id": target, **odoo.named()}  # fmt: skip
        head = {"picking_type_id": self.transfers, "location_id": source, "location_dest_id": target}
        moves = "move_ids" if odoo.major >= NEW_MOVES else "move_ids_without_package"
        request = odoo.ok("stock.picking", "create", "admin", vals_list=[{**head, moves: [[0, 0, move]]}])[0]
        odoo.ok("stock.picking", "action_confirm", "admin", ids=[request])
        odoo.ok("stock.picking", "action_assign", "admin", ids=[request])
        return int(request)

    def _received(self, odoo: Odoo, number: int) -> tuple[int, int]:
        """Gauze that was ordered and came: it, and the move that received it."""
        gauze = self.gauzes[number % len(self.gauzes)]
        order = odoo.expected((gauze, 30))
        lot = odoo.rows("stock.lot", ["product_id", "=", gauze], ["name", "=", LOTS[0]], fields=["name"])[0]["id"]
        odoo.receive(order["id"], (gauze, lot, 30, self.shelves[1]))
        odoo.validate(order["id"], skip_backorder=True)
        return gauze, order["moves"][gauze]["id"]


class House(Site):
    """A site indoors, to copy for each schedule; ids in it are the same in all copies."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ward = folder, Indoors()
        super().__init__(self.odoo_of(self.ward))
        self.gauze, self.towel = self.gauzes[0], self.towels[0]
        self._make_device()

    @staticmethod
    def odoo_of(ward: Indoors) -> Odoo:
        return seen_by(ward)

    def with_shelves(self, number: int) -> House:
        """The same house for people who use only some of its shelves, and only one lot."""
        some = copy.copy(self)
        some.shelves, some.lots = self.shelves[:number], LOTS[:1]
        return some

    def new_device(self, folder: Path) -> None:
        """An enrolled device's file that has seen nothing yet."""
        folder.mkdir(exist_ok=True)
        shutil.copy(self.folder / "wardstock.db", folder / "wardstock.db")

    def _make_device(self) -> None:
        store = Store.open(self.folder / "wardstock.db", KEY)
        told = Enrolment(URL, self.ward.database, "storekeeper", 5, 1, MORNING, timezone="Europe/Berlin")
        store.device.enrol(told, self.ward.keys["storekeeper"])
        store.checkpoint()
        store.close()


def _deliveries(odoo: Odoo) -> int:
    return int(odoo.rows("stock.picking.type", ["code", "=", "outgoing"], fields=["name"])[0]["id"])


def _made(odoo: Odoo, name: str, usage: str) -> int:
    facts = {"name": unique(name), "usage": usage, "company_id": 1}
    return int(odoo.ok("stock.location", "create", "admin", vals_list=[facts])[0])


# -- acts --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signed:
    """What every body holds besides its kind and lines. `order` numbers what is planned."""

    uuid: str
    reference: str
    device: str
    acted_at: Moment
    order: int = 0


def receipt(house: Site, signed: Signed, dice: Random) -> Transaction:
    """A part of an order, never more than it expects by itself."""
    number = signed.order % len(house.orders)
    order, place = house.orders[number], number % len(house.gauzes)
    gauze, towel = house.gauzes[place], house.towels[place]
    lines = [_line(house, 1, gauze, house.vendors, house.stock, dice, LOTS[0])]
    if dice.random() < 0.4:
        lines.append(_line(house, 2, gauze, house.vendors, house.shelves[0], dice, LOTS[1]))
    if dice.random() < 0.4:
        lines.append(_line(house, 3, towel, house.vendors, house.stock, dice))
    document = Document(
        house.receipts,
        house.vendors,
        house.stock,
        picking_id=order,
        picking_name=house.order_names[order],
    )
    return _act(Kind.RECEIPT, document, lines, signed)


def blind_receipt(house: Site, signed: Signed, dice: Random) -> Transaction:
    return _free(house, Kind.BLIND_RECEIPT, house.receipts, house.vendors, dice.choice(house.shelves), signed, dice)


def transfer(house: Site, signed: Signed, dice: Random) -> Transaction:
    source, target = dice.sample(house.shelves, 2)
    return _free(house, Kind.TRANSFER, house.transfers, source, target, signed, dice)


def use(house: Site, signed: Signed, dice: Random) -> Transaction:
    return _free(house, Kind.USE, house.transfers, dice.choice(house.shelves), house.used, signed, dice)


def waste(house: Site, signed: Signed, dice: Random) -> Transaction:
    return _free(house, Kind.WASTE, house.transfers, dice.choice(house.shelves), house.used, signed, dice)


def ward_return(house: Site, signed: Signed, dice: Random) -> Transaction:
    source, target = dice.sample(house.shelves, 2)
    return _free(house, Kind.WARD_RETURN, house.transfers, source, target, signed, dice)


def supplier_return(house: Site, signed: Signed, dice: Random) -> Transaction:
    """Some of what was received, back to whom it came from, so that it is not paid (ward 25)."""
    gauze, move = house.received[signed.order % len(house.received)]
    made = _line(house, 1, gauze, house.shelves[1], house.vendors, dice, LOTS[0])
    back = replace(made, done=Decimal(dice.randint(1, 3)), move_id=move)
    return _act(Kind.SUPPLIER_RETURN, Document(house.deliveries, house.shelves[1], house.vendors), [back], signed)


def lot_change(house: Site, signed: Signed, dice: Random) -> Transaction:
    """Out of one lot, into another, in the same bin (ward 29)."""
    shelf, done = dice.choice(house.shelves), Decimal(dice.randint(1, 5))
    gauze = dice.choice(house.gauzes)
    out = replace(_line(house, 1, gauze, shelf, house.used, dice, LOTS[0]), done=done)
    back = replace(_line(house, 2, gauze, house.used, shelf, dice, LOTS[1]), done=done)
    return _act(Kind.LOT_CHANGE, Document(house.transfers, shelf, house.used), [out, back], signed)


def dispatch(house: Site, signed: Signed, dice: Random) -> Transaction:
    return _free(house, Kind.DISPATCH, house.transfers, dice.choice(house.shelves), house.transit, signed, dice)


def arrival(house: Site, signed: Signed, dice: Random) -> Transaction:
    return _free(house, Kind.ARRIVAL, house.transfers, house.transit, dice.choice(house.shelves), signed, dice)


def planned_transfer(house: Site, signed: Signed, dice: Random) -> Transaction:
    """A part of what a ward asked for."""
    number = signed.order % len(house.requests)
    request, gauze = house.requests[number], house.gauzes[number % len(house.gauzes)]
    source, target = house.shelves[0], house.shelves[2]
    made = [_line(house, 1, gauze, source, target, dice, dice.choice(house.lots))]
    name = house.order_names[request]
    document = Document(house.transfers, source, target, picking_id=request, picking_name=name)
    return _act(Kind.PLANNED_TRANSFER, document, made, signed)


def count(house: Site, signed: Signed, dice: Random) -> Transaction:
    return _count(house, Kind.COUNT, signed, dice)


def adjustment(house: Site, signed: Signed, dice: Random) -> Transaction:
    return _count(house, Kind.ADJUSTMENT, signed, dice)


ACTS: dict[Kind, Callable[[Site, Signed, Random], Transaction]] = {
    Kind.RECEIPT: receipt,
    Kind.BLIND_RECEIPT: blind_receipt,
    Kind.TRANSFER: transfer,
    Kind.USE: use,
    Kind.WASTE: waste,
    Kind.WARD_RETURN: ward_return,
    Kind.SUPPLIER_RETURN: supplier_return,
    Kind.LOT_CHANGE: lot_change,
    Kind.DISPATCH: dispatch,
    Kind.ARRIVAL: arrival,
    Kind.PLANNED_TRANSFER: planned_transfer,
    Kind.COUNT: count,
    Kind.ADJUSTMENT: adjustment,
}


def _count(house: Site, kind: Kind, signed: Signed, dice: Random) -> Transaction:
    """What a person says lies on a shelf: a lot of a gauze, towels, or two of them: one too many, one missing."""
    shelf = dice.choice(house.shelves)
    lines: list[Line] = []
    for number, product in enumerate(dice.sample(house.products, dice.randint(1, 2)), start=1):
        lot = dice.choice(house.lots) if product in house.gauzes else ""
        line = _line(house, number, product, shelf, house.adjustment, dice, lot)
        lines.append(replace(line, done=Decimal(0), counted=Decimal(dice.randint(0, 60)), book=Decimal(OPENING)))
    return _act(kind, Document(house.transfers, shelf, house.adjustment), lines, signed)


def _free(house: Site, kind: Kind, paper: int, source: int, target: int, signed: Signed, dice: Random) -> Transaction:
    made = [_line(house, 1, dice.choice(house.gauzes), source, target, dice, dice.choice(house.lots))]
    if dice.random() < 0.4:
        made.append(_line(house, 2, dice.choice(house.towels), source, target, dice))
    return _act(kind, Document(paper, source, target), made, signed)


def _line(house: Site, number: int, product: int, source: int, target: int, dice: Random, lot: str = "") -> Line:
    done, told = Decimal(dice.randint(1, 9)), {"lot_name": lot, "expiry": EXPIRY} if lot else {}
    return Line(number, product, done, house.unit, source, target, **told)  # type: ignore[arg-type]  # as named


def _act(kind: Kind, document: Document, lines: list[Line], signed: Signed, **more: Any) -> Transaction:
    return Transaction(
        uuid=signed.uuid,
        kind=kind,
        reference=signed.reference,
        document=document,
        company_id=1,
        person="Sven",
        device=signed.device,
        acted_at=signed.acted_at,
        lines=tuple(lines),
        reason="spilled" if kind is Kind.WASTE else "",
        **more,
    )
