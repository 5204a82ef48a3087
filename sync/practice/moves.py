"""Stock moves: what a document asks for, and how far it has got."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sync.practice import lines, quants, reserving
from sync.practice.calls import Call
from sync.practice.errors import UserError
from sync.practice.models import Model
from sync.practice.records import (
    Field,
    Record,
    choice,
    computed,
    convert,
    flag,
    linked,
    many,
    moment,
    number,
    one,
    related,
    rounded,
    text,
)
from sync.practice.values import Values, linked_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sync.practice.pickings import Pickings


_CHAIN = {"move_orig_ids": "move_dest_ids", "move_dest_ids": "move_orig_ids"}
"""The steps before and after a move, and the way back."""


def is_ours(place: Record) -> bool:
    """Whether goods there count among what the house owns."""
    return place.usage == "internal" or (place.usage == "transit" and place.company_id is not None)


def _lots(move: Record) -> list[Record]:
    return list(dict.fromkeys(line.lot_id for line in move.move_line_ids if line.lot_id is not None))


def _own_name(move: Record) -> str | None:
    return cast("str | None", move.name if "name" in move.db.fields[move.table] else move.inventory_name)


def _reference(move: Record) -> str | None:
    return cast("str | None", move.picking_id.name if move.picking_id else _own_name(move))


class Moves(Model):
    name = "stock.move"
    label = "Stock Move"
    order = "sequence, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "sequence": Field("integer", "Sequence", default=10),
        "picking_id": one("stock.picking", "Transfer"),
        "picking_type_id": one("stock.picking.type", "Operation Type"),
        "picking_code": related("picking_type_id.code", "selection"),
        "product_id": one("product.product", "Product", required=True),
        "product_uom": one("uom.uom", "Unit", required=True),
        "product_uom_qty": number("Demand", default=0),
        "product_qty": computed(
            "float", lambda move: convert(move.product_uom_qty, move.product_uom, move.product_id.uom_id)
        ),
        "quantity": number("Quantity", default=0),
        "picked": flag("Picked"),
        "state": choice("Status", default="draft"),
        "location_id": one("stock.location", "Source Location", required=True),
        "location_dest_id": one("stock.location", "Intermediate Location", required=True),
        "location_usage": related("location_id.usage", "selection"),
        "location_dest_usage": related("location_dest_id.usage", "selection"),
        "partner_id": one("res.partner", "Destination Address"),
        "company_id": one("res.company", "Company"),
        "move_line_ids": many("stock.move.line", "move_id"),
        "lot_ids": computed("many2many", _lots, "stock.lot"),
        "purchase_line_id": one("purchase.order.line", "Purchase Order Line"),
        "origin_returned_move_id": one("stock.move", "Origin return move"),
        "to_refund": flag("Update quantities on SO/PO"),
        "origin": text("Source Document"),
        "reference": computed("char", _reference),
        "date": moment("Date Scheduled", default=lambda call: call.now.replace(microsecond=0)),
        "date_deadline": moment("Deadline"),
        "procure_method": choice("Supply Method", default="make_to_stock"),
        "is_inventory": flag("Inventory"),
        "inventory_name": text("Inventory Name"),
        "additional": flag(),
        "move_orig_ids": linked("stock.move", "Original Move"),
        "move_dest_ids": linked("stock.move", "Destination Moves"),
        "has_tracking": related("product_id.tracking", "selection"),
        "warehouse_id": one("stock.warehouse", "Warehouse"),
        "description_picking": computed("text", lambda move: move.product_id.display_name),
    }

    def display_name(self, record: Record) -> str:
        places = f"{record.location_id.name}>{record.location_dest_id.name}"
        source = f"{record.picking_id.origin}/" if record.picking_id and record.picking_id.origin else ""
        code = f"{record.product_id.default_code}: " if record.product_id.default_code else ""
        return f"{source}{code}{places}"

    def create_one(self, call: Call, values: Values) -> Record:
        picking = _named(call, "stock.picking", values.get("picking_id"))
        product = _named(call, "product.product", values.get("product_id"))
        filled: Values = {}
        if product is not None:
            filled["product_uom"] = product.uom_id.id
        if picking is not None:
            filled |= _from_picking(picking)
            if picking.state == "done" and values.get("state") != "done":
                values["state"] = "done"
        if values.get("state") == "done":
            values["picked"] = True
        wanted = values.pop("quantity", None)
        chain = {name: values.pop(name) for name in _CHAIN if values.get(name)}
        move = super().create_one(call, filled | {name: value for name, value in values.items() if value is not None})
        self._chain(call, move, chain)
        if wanted:
            self.set_quantity(call, move, Decimal(str(wanted)))
        self._tell_picking(call, move.picking_id)
        return move

    def write_all(self, call: Call, records: list[Record], values: Values) -> None:
        """The guard of contract 4.2: the unit of a done move cannot be written, so a load on it changes nothing."""
        self.check_access(call, "write")
        if "quantity" in values and any(move.state == "cancel" for move in records):
            raise UserError("You cannot change a cancelled stock move, create a new line instead.")
        if "product_uom" in values and any(move.state == "done" for move in records):
            raise UserError("You cannot change the UoM for a stock move that has been set to 'Done'.")
        values = dict(values)
        wanted = values.pop("quantity", None)
        reassign = self._before_demand(call, records, values) if "product_uom_qty" in values else []
        before = {move.picking_id for move in records}
        chain = {name: values.pop(name) for name in _CHAIN if name in values}
        super().write_all(call, records, values)
        for move in records:
            self._chain(call, move, chain)
            if "picked" in values:
                call.write(move.move_line_ids, picked=values["picked"])
                call.put(move, picked=bool(values["picked"]))
            if wanted is not None:
                self.set_quantity(call, move, Decimal(str(wanted)))
            self.refresh(call, move)
        if "product_uom_qty" in values:
            self.recompute_state(call, [move for move in records if move not in reassign])
        self.assign(call, reassign)
        for picking in before | {move.picking_id for move in records}:
            self._tell_picking(call, picking)

    def unlink_all(self, call: Call, records: list[Record]) -> None:
        self.check_access(call, "unlink")
        pickings = {move.picking_id for move in records}
        for move in records:
            call.models["stock.move.line"].unlink_all(call.sudo(), list(move.move_line_ids))
        super().unlink_all(call, records)
        for picking in pickings:
            self._tell_picking(call, picking)

    # -- how a move lives ------------------------------------------------------------------------------------------

    def confirm(self, call: Call, moves: Sequence[Record]) -> None:
        drafts = [move for move in moves if move.state == "draft"]
        for move in drafts:
            self.set_state(call, move, "waiting" if move.move_orig_ids else "confirmed")
        self.assign(call, [move for move in drafts if reserving.bypasses(move) or _at_confirm(move)])

    def assign(self, call: Call, moves: Sequence[Record]) -> None:
        """Fill moves with lines, as far as there are goods for them."""
        for move in moves:
            reserving.assign(call, move)

    def cancel(self, call: Call, moves: Sequence[Record]) -> None:
        if any(move.state == "done" and not self._may_stay_done(move) for move in moves):
            raise UserError(
                "You cannot cancel a stock move that has been set to 'Done'. Create a return in order to reverse the "
                "moves which took place."
            )
        for move in moves:
            if move.state not in lines.CLOSED:
                call.write(move.move_line_ids, picked=False)
                call.put(move, picked=False)
                self.unreserve(call, move)
                self.set_state(call, move, "cancel")
                self._leave_chain(call, move)

    def unreserve(self, call: Call, move: Record) -> None:
        loose = [line for line in move.move_line_ids if not line.picked]
        if loose and not move.picked:
            call.models["stock.move.line"].unlink_all(call.sudo(), loose)

    def finish(self, call: Call, moves: Sequence[Record], *, cancel_backorder: bool) -> list[Record]:
        """Move the goods of the picked moves; the rest becomes backorder moves, or is cancelled."""
        self.confirm(call, moves)
        todo = [move for move in moves if move.state not in lines.CLOSED]
        for move in todo:
            if move.picked:
                unpicked = [line for line in move.move_line_ids if not line.picked]
                call.models["stock.move.line"].unlink_all(call.sudo(), unpicked)
            empty = (move.quantity <= 0 or not move.picked) and not move.is_inventory
            if empty and (move.product_uom_qty == 0 or cancel_backorder):
                self.cancel(call, [move])
        done = [
            move for move in todo if move.state != "cancel" and move.picked and (move.quantity > 0 or move.is_inventory)
        ]
        if not cancel_backorder:
            for move in done:
                self._split_off(call, move)
        lines.finish(call, [line for move in done for line in move.move_line_ids])
        for move in done:
            call.put(move, date=call.now.replace(microsecond=0))
            self.set_state(call, move, "done")
            self._refuse_mixed(move)
            quants.refuse_doubled_serials(move.product_id, move.location_dest_id, _lots(move))
        self.assign(call.sudo(), list(dict.fromkeys(after for move in done for after in move.move_dest_ids)))
        return done

    def recompute_state(self, call: Call, moves: Sequence[Record | None]) -> None:
        for move in moves:
            if move is None or move.state in lines.CLOSED or (move.state == "draft" and not move.quantity):
                continue
            if move.quantity >= move.product_uom_qty:
                self.set_state(call, move, "assigned")
            elif move.quantity:
                self.set_state(call, move, "partially_available")
            else:
                waits = any(before.state not in lines.CLOSED for before in move.move_orig_ids)
                self.set_state(call, move, "waiting" if waits else "confirmed")

    def set_state(self, call: Call, move: Record, state: str) -> None:
        call.put(move, state=state)
        if state == "done":
            call.put(move, picked=True)
        self._tell_picking(call, move.picking_id)

    def refresh(self, call: Call, move: Record | None) -> None:
        """The stored sums of a move's lines: quantity in the move's unit, and whether something is picked."""
        if move is None or not move.exists:
            return
        own = move.move_line_ids
        quantity = sum(
            (convert(line.quantity, line.product_uom_id, move.product_uom, rounding=False) for line in own), Decimal(0)
        )
        before = bool(move.picked) if call.release.picked_sticks or not own else False
        picked = move.state == "done" or before or any(line.picked for line in own)
        call.put(move, quantity=rounded(quantity), picked=picked)

    def set_quantity(self, call: Call, move: Record, wanted: Decimal) -> None:
        """Write the done quantity of a move: more goes onto its first line, less is taken from its last."""
        model = call.models["stock.move.line"]
        own = list(move.move_line_ids)
        difference = wanted - move.quantity
        if difference > 0 and own:
            model.write_all(call, [own[0]], {"quantity": own[0].quantity + difference})
        elif difference > 0:
            model.create_one(call, reserving.line_values(move) | {"quantity": difference})
        for line in reversed(own) if difference < 0 else ():
            taken = min(line.quantity, -difference)
            difference += taken
            if taken == line.quantity and line.state not in lines.CLOSED:
                model.unlink_all(call, [line])
            elif taken:
                model.write_all(call, [line], {"quantity": line.quantity - taken})

    def _may_stay_done(self, move: Record) -> bool:
        """19 takes what was used up for no mistake to cancel, and leaves it done."""
        return not self.release.old_units and move.location_dest_usage == "inventory"

    # -- parts -----------------------------------------------------------------------------------------------------

    def _refuse_mixed(self, move: Record) -> None:
        """The books of an Odoo before 19 cannot take goods in and out of the house in one move (contract 14.15)."""
        into = [line for line in move.move_line_ids if not is_ours(line.location_id) and is_ours(line.location_dest_id)]
        out = [line for line in move.move_line_ids if is_ours(line.location_id) and not is_ours(line.location_dest_id)]
        if self.release.old_units and into and out:
            raise UserError(
                "The move lines are not in a consistent state: some are entering and other are leaving the company."
            )

    def _goes_along(self, step: Record) -> bool:
        """The first 18 looks one step too far, and leaves the last of a chain waiting for ever."""
        onward = {after.location_id for after in step.move_dest_ids}
        return not self.release.last_step_stays or onward == {step.location_dest_id}

    def _leave_chain(self, call: Call, move: Record) -> None:
        """A step that is cancelled takes the next with it, unless another still leads there."""
        after = move.move_dest_ids
        if all(other.state == "cancel" for step in after for other in step.move_orig_ids):
            self.cancel(call, [step for step in after if step.state not in lines.CLOSED and self._goes_along(step)])
        self._tie(call, move, [], "move_orig_ids", "move_dest_ids")
        call.put(move, procure_method="make_to_stock")

    def _chain(self, call: Call, move: Record, chain: Values) -> None:
        for name, value in chain.items():
            known = [step.id for step in getattr(move, name)]
            ids = linked_ids(value, known)
            self._tie(call, move, call.browse(self.name, ids), name, _CHAIN[name])

    @staticmethod
    def _tie(call: Call, move: Record, others: Sequence[Record], name: str, back: str) -> None:
        """Steps are tied both ways."""
        before = set(getattr(move, name))
        for other in before | set(others):
            kept = [step.id for step in getattr(other, back) if step != move]
            call.put(other, **{back: tuple([*kept, move.id] if other in others else kept)})
        call.put(move, **{name: tuple(other.id for other in others)})

    def _before_demand(self, call: Call, moves: Sequence[Record], values: Values) -> list[Record]:
        """Changing the demand of a receipt fills its lines again."""
        demand = Decimal(str(values["product_uom_qty"]))
        incoming = []
        for move in moves:
            if move.state in {"draft", "done", "cancel"}:
                continue
            if move.quantity > demand:
                self.unreserve(call, move)
            elif move.state == "assigned":
                self.set_state(call, move, "partially_available")
            if move.location_id.usage == "supplier":
                incoming.append(move)
        return incoming

    def _split_off(self, call: Call, move: Record) -> None:
        """The part not done becomes a move of its own, in the move's unit where that divides exactly."""
        missing = convert(move.product_uom_qty - move.quantity, move.product_uom, move.product_id.uom_id)
        if missing <= 0:
            return
        base = move.product_id.uom_id
        in_unit = convert(missing, base, move.product_uom)
        exact = convert(in_unit, move.product_uom, base) == missing
        row = call.db.rows[self.name][move.id]
        copied = {
            name: row[name]
            for name in ("picking_id", "picking_type_id", "product_id", "location_id", "location_dest_id", "partner_id",
                         "company_id", "purchase_line_id", "origin", "date", "date_deadline", "sequence",
                         "warehouse_id",
                         "origin_returned_move_id", "to_refund", "name", "procure_method")
            if row.get(name) is not None
        }  # fmt: skip
        unit = move.product_uom if exact else base
        rest = call.sudo().create(
            self.name, **copied, product_uom=unit.id, product_uom_qty=in_unit if exact else missing, state="draft"
        )
        call.put(move, product_uom_qty=move.product_uom_qty - in_unit)
        self._tie(call, rest, move.move_orig_ids, "move_orig_ids", "move_dest_ids")
        onward = [after for after in move.move_dest_ids if after.state not in lines.CLOSED]
        self._tie(call, rest, onward, "move_dest_ids", "move_orig_ids")
        self.confirm(call, [rest])

    @staticmethod
    def _tell_picking(call: Call, picking: Record | None) -> None:
        if picking is not None and picking.exists:
            cast("Pickings", call.models["stock.picking"]).refresh(call, picking)


def _at_confirm(move: Record) -> bool:
    return move.picking_type_id is not None and move.picking_type_id.reservation_method == "at_confirm"


def _from_picking(picking: Record) -> Values:
    return {
        "picking_type_id": picking.picking_type_id.id,
        "location_id": picking.location_id.id,
        "location_dest_id": picking.location_dest_id.id,
        "company_id": picking.company_id.id if picking.company_id else None,
        "date": picking.scheduled_date,
        "partner_id": picking.partner_id.id if picking.partner_id else None,
    }


def _named(call: Call, model: str, key: Any) -> Record | None:
    return call.db.record(model, int(key)) if key and int(key) in call.db.rows[model] else None


MODELS: Iterable[type[Model]] = (Moves,)
