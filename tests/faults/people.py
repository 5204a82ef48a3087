"""What people do in Odoo while devices work: as a manager at the screen, never asking us first."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.faults.town import Town

Does = "Callable[[Town, Random], str]"
OPEN = ["draft", "waiting", "confirmed", "assigned"]


def validates_an_order(town: Town, dice: Random) -> str:
    """Also what a device has on it in that moment, and everything expected where nothing is picked."""
    order = _an_order(town, dice)
    _call(town, "stock.picking", "button_validate", ids=[order], context={"skip_backorder": True})
    return f"validates order {order}"


def cancels_an_order(town: Town, dice: Random) -> str:
    order = _an_order(town, dice)
    _call(town, "stock.picking", "action_cancel", ids=[order])
    return f"cancels order {order}"


def picks_some_herself(town: Town, dice: Random) -> str:
    """Her picked lines stand on the order; nobody may validate them for her (ward 11)."""
    order = _an_order(town, dice)
    lines = town.ward.ask("stock.move.line", ["picking_id", "=", order], ["picked", "=", False], ["lot_id", "=", False])
    for line in lines[:1]:
        tracked = line["product_id"][0] == town.house.gauze
        told: dict[str, Any] = {"quantity": 2, "picked": True} | ({"lot_name": "HERS"} if tracked else {})
        _call(town, "stock.move.line", "write", ids=[line["id"]], vals=told)
    return f"picks 2 on order {order}"


def edits_a_line_of_ours(town: Town, dice: Random) -> str:
    """Before it is done, or after: then Odoo moves stock at once (contract 0.3)."""
    found = [(uuid, row) for uuid, rows in _lines(town).items() for row in rows]
    if not found:
        return "finds no line to edit"
    uuid, row = dice.choice(found)
    town.excused.add(uuid)
    town.touched.add(uuid)
    _call(town, "stock.move.line", "write", ids=[row["id"]], vals={"quantity": dice.randint(1, 9)})
    return f"edits a line of {uuid[:8]}"


def removes_a_line_of_ours(town: Town, dice: Random) -> str:
    found = [(uuid, row) for uuid, rows in _lines(town).items() for row in rows if row["state"] != "done"]
    if not found:
        return "finds no line to remove"
    uuid, row = dice.choice(found)
    town.excused.add(uuid)
    town.touched.add(uuid)
    _call(town, "stock.move.line", "unlink", ids=[row["id"]])
    return f"removes a line of {uuid[:8]}"


def cancels_a_document_of_ours(town: Town, dice: Random) -> str:
    found = [
        row for row in town.ward.ask("stock.picking", ["state", "in", OPEN]) if "wardstock" in (row["origin"] or "")
    ]
    if not found:
        return "finds no document of ours"
    picking = dice.choice(found)
    town.excused |= {uuid for uuid in town.acts if uuid in picking["origin"]}
    _call(town, "stock.picking", "action_cancel", ids=[picking["id"]])
    return f"cancels {picking['name']}"


def validates_a_document_of_ours(town: Town, dice: Random) -> str:
    found = [
        row for row in town.ward.ask("stock.picking", ["state", "in", OPEN]) if "wardstock" in (row["origin"] or "")
    ]
    if not found:
        return "finds no document of ours"
    picking = dice.choice(found)
    _call(town, "stock.picking", "button_validate", ids=[picking["id"]], context={"skip_expired": True})
    return f"validates {picking['name']}"


def moves_goods_herself(town: Town, dice: Random) -> str:
    house, odoo = town.house, town.odoo
    source, target = dice.sample(house.shelves, 2)
    made = odoo.document((house.towel, "", dice.randint(1, 5)), kind=house.transfers, source=source, target=target)
    _call(town, "stock.picking", "button_validate", ids=[made["ids"][0]], context={"skip_backorder": True})
    return "moves towels"


def opens_physical_inventory(town: Town, dice: Random) -> str:
    """Odoo then deletes rows of nothing and merges rows of one key, with their external ids (contract 14.1)."""
    _call(town, "stock.quant", "action_view_inventory")
    return "opens Physical Inventory"


def archives_the_towels(town: Town, dice: Random) -> str:
    """For a while."""
    towel = town.house.towel
    towels = town.ward.ask("product.product", ["id", "=", towel], ["active", "in", [True, False]])
    town.excused |= {uuid for uuid, act in town.acts.items() if any(line.product_id == towel for line in act.lines)}
    town.archives = True
    _call(town, "product.product", "write", "admin", ids=[towel], vals={"active": not towels[0]["active"]})
    return "archives the towels" if towels[0]["active"] else "takes the towels up again"


def changes_an_expiry(town: Town, dice: Random) -> str:
    lots = town.ward.ask("stock.lot", ["product_id", "=", town.house.gauze])
    lot = dice.choice(lots)
    town.excused |= {uuid for uuid, act in town.acts.items() if any(line.lot_name == lot["name"] for line in act.lines)}
    town.expiries.add(lot["name"])
    _call(town, "stock.lot", "write", ids=[lot["id"]], vals={"expiration_date": "2034-01-31 12:00:00"})
    return f"changes the expiry of {lot['name']}"


PEOPLE: tuple[Callable[[Town, Random], str], ...] = (
    validates_an_order,
    cancels_an_order,
    picks_some_herself,
    edits_a_line_of_ours,
    removes_a_line_of_ours,
    cancels_a_document_of_ours,
    validates_a_document_of_ours,
    moves_goods_herself,
    opens_physical_inventory,
    archives_the_towels,
    changes_an_expiry,
)


def _an_order(town: Town, dice: Random) -> int:
    order = dice.choice(town.orders)
    town.excused |= {uuid for uuid, act in town.acts.items() if act.document.picking_id == order}
    town.taken.add(order)
    return order


def _lines(town: Town) -> dict[str, list[dict[str, Any]]]:
    return town.our_lines("draft", "confirmed", "waiting", "assigned", "partially_available", "done")


def _call(town: Town, model: str, method: str, role: str = "manager", **body: Any) -> None:
    """Whatever Odoo answers her."""
    town.odoo.call(model, method, role, **body)
