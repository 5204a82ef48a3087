"""What goods a move gets before anybody picks them: from outside without asking, from stock what is free."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from sync.practice import lines, quants
from sync.practice.places import bypasses_reservation, put_away
from sync.practice.quants import Key
from sync.practice.records import Record, convert

if TYPE_CHECKING:
    from sync.practice.calls import Call
    from sync.practice.moves import Moves

_OPEN = {"confirmed", "waiting", "partially_available"}


def bypasses(move: Record) -> bool:
    return bypasses_reservation(move.location_id) or not move.product_id._stored


def assign(call: Call, move: Record) -> None:
    """Fill a move with lines as far as goods are there; one that is picked, or through, stays as it is."""
    if move.picked or move.state not in _OPEN:
        return
    missing = convert(move.product_uom_qty - move.quantity, move.product_uom, move.product_id.uom_id)
    if missing <= 0:
        _moves(call).set_state(call, move, "assigned")
    elif bypasses(move):
        _prefill(call, move, missing)
        _moves(call).set_state(call, move, "assigned")
    elif move.move_orig_ids:
        _reserve_arrived(call, move, missing)
    elif move.procure_method != "make_to_order":
        _reserve(call, move, missing)


def line_values(move: Record, quantity: Decimal = Decimal(0)) -> dict[str, Any]:
    """A new line of this move; `quantity` is in the product's unit and kept in the move's where that is exact."""
    base = move.product_id.uom_id
    in_unit = convert(quantity, base, move.product_uom)
    exact = convert(in_unit, move.product_uom, base) == quantity
    return {
        "move_id": move.id,
        "picking_id": move.picking_id.id if move.picking_id else None,
        "product_id": move.product_id.id,
        "location_id": move.location_id.id,
        "product_uom_id": (move.product_uom if exact else base).id,
        "quantity": in_unit if exact else quantity,
    }


def _prefill(call: Call, move: Record, missing: Decimal) -> None:
    kind = move.picking_type_id
    serial = move.product_id.tracking == "serial" and kind and (kind.use_create_lots or kind.use_existing_lots)
    portions = [Decimal(1)] * int(missing) if serial else [missing]
    place = put_away(move.product_id, move.location_dest_id)
    loose = [line for line in move.move_line_ids if not line.picked and line.lot_id is None]
    if loose and not serial:
        more = convert(missing, move.product_id.uom_id, loose[0].product_uom_id)
        call.sudo().write(loose[0], quantity=loose[0].quantity + more)
        return
    for portion in portions:
        call.sudo().create("stock.move.line", **line_values(move, portion), location_dest_id=place.id)


def _reserve(call: Call, move: Record, missing: Decimal) -> None:
    left = missing
    for quant in quants.reservable(move.product_id, move.location_id, move.date):
        taken = min(left, quant.quantity - quant.reserved_quantity)
        if taken <= 0:
            break
        left -= taken
        key = Key(move.product_id, quant.location_id, quant.lot_id, quant.package_id, quant.owner_id)
        _reserve_portions(call, move, key, taken)
    _tell(call, move, missing, left)


def _reserve_arrived(call: Call, move: Record, missing: Decimal) -> None:
    """The next step gets what the step before brought, lot by lot, as far as it still lies there."""
    left = missing
    for key, quantity in _arrived(move).items():
        taken = min(left, quantity, max(Decimal(0), quants.free_quantity(key)))
        if taken > 0:
            left -= taken
            _reserve_portions(call, move, key, taken)
    _tell(call, move, missing, left)


def _arrived(move: Record) -> dict[Key, Decimal]:
    """What the steps before have brought and no step has taken on."""
    brought: dict[Key, Decimal] = {}
    for line in (line for before in move.move_orig_ids if before.state == "done" for line in before.move_line_ids):
        key = Key(line.product_id, line.location_dest_id, line.lot_id, line.result_package_id, line.owner_id)
        brought[key] = brought.get(key, Decimal(0)) + line.quantity_product_uom
    onward = {after for before in move.move_orig_ids for after in before.move_dest_ids if after.state != "cancel"}
    for line in (line for after in onward | {move} for line in after.move_line_ids):
        key = lines.key_of(line)
        if key in brought:
            brought[key] -= line.quantity_product_uom
    return brought


def _tell(call: Call, move: Record, missing: Decimal, left: Decimal) -> None:
    if left < missing:
        _moves(call).refresh(call, move)
        _moves(call).set_state(call, move, "partially_available" if left else "assigned")


def _reserve_portions(call: Call, move: Record, key: Key, taken: Decimal) -> None:
    serial = move.product_id.tracking == "serial"
    for portion in [Decimal(1)] * int(taken) if serial else [taken]:
        _reserve_portion(call, move, key, portion)


def _reserve_portion(call: Call, move: Record, key: Key, portion: Decimal) -> None:
    known = [line for line in move.move_line_ids if lines.key_of(line) == key and move.product_id.tracking != "serial"]
    if known:
        more = convert(portion, move.product_id.uom_id, known[0].product_uom_id)
        call.sudo().write(known[0], quantity=known[0].quantity + more)
        return
    held = {
        "location_id": key.place.id,
        "lot_id": key.lot.id if key.lot else None,
        "package_id": key.package.id if key.package else None,
        "owner_id": key.owner.id if key.owner else None,
    }
    call.sudo().create("stock.move.line", **(line_values(move, portion) | held))


def _moves(call: Call) -> Moves:
    return cast("Moves", call.models["stock.move"])
