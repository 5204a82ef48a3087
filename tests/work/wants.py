"""Transfers Odoo wants in the ward of `moves`: set aside, requested, waiting for a step before; two of one product."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from client.work.desk import Desk
from client.work.site.people import Person, Role
from sync.stock import Move, MoveLine, Picking, PickingType, StockRow
from sync.store import Store
from tests.work.conftest import LOSS, NOW, PUMP, STOCK, SYRINGE, TOWEL, StoppedClock
from tests.work.moves import A1, A2, ICU, LATE, POLICY, PUMP_1, SOON, WARD, furnish

SITE = replace(POLICY, relabel=LOSS.complete_name)
ROUND = Picking(120, "CS/INT/00020", "assigned", 2, STOCK.id, ICU.id, "Round 8")
ASKED = Picking(121, "CS/INT/00021", "confirmed", 2, STOCK.id, WARD.id, "Phone")
STEP_TWO = Picking(122, "CS/INT/00022", "waiting", 2, STOCK.id, ICU.id, "P00012")
MOVES = (
    Move(220, 120, SYRINGE.id, Decimal(10), 1, "Units", ICU.id, reserved=Decimal(10), source_id=STOCK.id),
    Move(221, 120, TOWEL.id, Decimal(8), 1, "Units", ICU.id, reserved=Decimal(8), source_id=STOCK.id),
    Move(222, 120, PUMP.id, Decimal(1), 1, "Units", ICU.id, reserved=Decimal(1), source_id=STOCK.id),
    Move(223, 121, SYRINGE.id, Decimal(40), 1, "Units", WARD.id, "confirmed", source_id=STOCK.id),
    Move(224, 121, SYRINGE.id, Decimal(5), 1, "Units", WARD.id, "confirmed", source_id=STOCK.id),
    Move(225, 122, TOWEL.id, Decimal(4), 1, "Units", ICU.id, "waiting", source_id=STOCK.id),
)


def _line(id_: int, move: int, product: int, quantity: int, lot: int | None) -> MoveLine:
    return MoveLine(id_, move, 120, product, Decimal(quantity), picked=False, source_id=A1.id, destination_id=ICU.id,
                    lot_id=lot)  # fmt: skip


SET_ASIDE = (
    _line(320, 220, SYRINGE.id, 10, SOON.id),
    _line(321, 221, TOWEL.id, 8, None),
    _line(322, 222, PUMP.id, 1, PUMP_1.id),
)
RESERVED = (
    StockRow(10, SYRINGE.id, A1.id, Decimal(10), Decimal(10), lot_id=SOON.id),
    StockRow(16, TOWEL.id, A1.id, Decimal(30), Decimal(8)),
    StockRow(20, PUMP.id, A1.id, Decimal(1), Decimal(1), lot_id=PUMP_1.id),
)


def want(store: Store, *moves: Move, minutes: int = 5) -> None:
    """A pull brings the goods, and what is wanted of them; `moves` stand for others of the same number."""
    furnish(store)
    pull = store.catalogue.resume()
    pull.merge("picking_types", [PickingType(9, "Deliveries", "outgoing", STOCK.id, 8)])
    pull.merge("pickings", [ROUND, ASKED, STEP_TWO])
    pull.merge("moves", list({move.id: move for move in (*MOVES, *moves)}.values()))
    pull.merge("move_lines", list(SET_ASIDE))
    pull.merge("stock_rows", list(RESERVED))
    pull.flip(NOW - timedelta(minutes=minutes))


def desk_of(store: Store, role: Role = Role.STOREKEEPER, name: str = "Mira Lindqvist") -> Desk:
    """Somebody of that role at the device."""
    return Desk(store, Person(name, role), SITE, StoppedClock())


__all__ = ["A1", "A2", "ASKED", "ICU", "LATE", "ROUND", "SITE", "SOON", "STEP_TWO", "WARD", "desk_of", "want"]
