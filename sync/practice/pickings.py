"""Documents of transfer, and validating them: wizards, backorders, short closing."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sync.practice import house, lines, purchases, validating
from sync.practice.calls import Call
from sync.practice.errors import BrokenConstraint, UserError, ValidationError
from sync.practice.models import Model
from sync.practice.moves import Moves
from sync.practice.places import bypasses_reservation, lies_in, next_name
from sync.practice.public import on_records
from sync.practice.records import Field, Record, choice, computed, flag, many, moment, one, related, text
from sync.practice.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sync.practice.releases import Release

_IMPORTANCE = {"assigned": 4, "waiting": 3, "partially_available": 2, "confirmed": 1}


def _first_lot(picking: Record) -> Record | None:
    return next((line.lot_id for line in picking.move_line_ids if line.lot_id is not None), None)


def _order(picking: Record) -> Record | None:
    return next(
        (move.purchase_line_id.order_id for move in picking.move_ids if move.purchase_line_id is not None), None
    )


class Pickings(Model):
    name = "stock.picking"
    label = "Transfer"
    order = "priority desc, scheduled_date asc, id desc"
    indexed = ("name", "state")
    own_fields: ClassVar[dict[str, Field]] = {
        "name": text("Reference", default="/"),
        "origin": text("Source Document"),
        "note": Field("html", "Notes"),
        "state": choice("Status", default="draft"),
        "priority": choice("Priority", default="0"),
        "move_type": choice("Shipping Policy", default="direct"),
        "scheduled_date": moment("Scheduled Date", default=lambda call: call.now.replace(microsecond=0)),
        "date_deadline": moment("Deadline"),
        "date_done": moment("Date of Transfer"),
        "picking_type_id": one("stock.picking.type", "Operation Type", required=True),
        "picking_type_code": related("picking_type_id.code", "selection"),
        "use_create_lots": related("picking_type_id.use_create_lots", "boolean"),
        "use_existing_lots": related("picking_type_id.use_existing_lots", "boolean"),
        "location_id": one("stock.location", "Source Location", required=True),
        "location_dest_id": one("stock.location", "Destination Location", required=True),
        "partner_id": one("res.partner", "Contact"),
        "owner_id": one("res.partner", "Assign Owner"),
        "user_id": one("res.users", "Responsible", default=lambda call: call.user),
        "company_id": one("res.company", "Company"),
        "backorder_id": one("stock.picking", "Back Order of"),
        "backorder_ids": many("stock.picking", "backorder_id", "Back Orders"),
        "return_id": one("stock.picking", "Return of"),
        "return_ids": many("stock.picking", "return_id"),
        "move_ids": many("stock.move", "picking_id", "Stock Moves"),
        "move_line_ids": many("stock.move.line", "picking_id", "Operations"),
        "product_id": computed(
            "many2one", lambda p: p.move_ids[0].product_id if p.move_ids else None, "product.product"
        ),
        "lot_id": computed("many2one", _first_lot, "stock.lot"),
        "purchase_id": computed("many2one", _order, "purchase.order"),
        "is_locked": flag("Is Locked", default=True),
        "printed": flag("Printed"),
        "has_tracking": computed("boolean", lambda p: any(move.has_tracking != "none" for move in p.move_ids)),
    }

    # -- create, write, delete -------------------------------------------------------------------------------------

    def create_one(self, call: Call, values: Values) -> Record:
        self.check_access(call, "create")
        kind = _named(call, "stock.picking.type", values.get("picking_type_id"))
        filled: Values = {}
        if kind is not None:
            if values.get("name") in {None, False, "/"}:
                values["name"] = next_name(call, kind)
            filled = {
                "location_id": kind.default_location_src_id.id if kind.default_location_src_id else None,
                "location_dest_id": kind.default_location_dest_id.id if kind.default_location_dest_id else None,
                "company_id": kind.company_id.id if kind.company_id else None,
            }
        planned = values.pop("scheduled_date", None)
        picking = super().create_one(call, filled | {name: v for name, v in values.items() if v is not None})
        if planned:
            self.write_all(call, [picking], {"scheduled_date": planned})
        self._confirm_new_moves(call, picking)
        return picking

    def write_all(self, call: Call, records: list[Record], values: Values) -> None:
        self.check_access(call, "write")
        if values.get("picking_type_id") and any(picking.state in lines.CLOSED for picking in records):
            raise UserError("Changing the operation type of this record is forbidden at this point.")
        if values.get("scheduled_date") and any(picking.state in lines.CLOSED for picking in records):
            raise UserError("You cannot change the Scheduled Date on a done or cancelled transfer.")
        super().write_all(call, records, values)
        for picking in records:
            if values.get("scheduled_date"):
                for move in picking.move_ids:
                    call.put(move, date=picking.scheduled_date)
            moved = {name: values[name] for name in ("location_id", "location_dest_id", "partner_id") if name in values}
            if moved:
                call.write(picking.move_ids, **moved)
            if values.get("move_ids"):
                self._confirm_new_moves(call, picking)
            self.refresh(call, picking)

    def unlink_all(self, call: Call, records: list[Record]) -> None:
        self.check_access(call, "unlink")
        for picking in records:
            self._moves(call).cancel(call, picking.move_ids)
            self._moves(call).unlink_all(call, list(picking.move_ids))
        super().unlink_all(call, records)

    def check(self, call: Call, record: Record) -> None:
        twins = [
            other for other in call.db.find(self.name, "name", record.name) if other.company_id == record.company_id
        ]
        if len(twins) > 1:
            raise _name_taken(self.release)

    # -- what people press -----------------------------------------------------------------------------------------

    @on_records
    def action_confirm(self, call: Call, records: list[Record]) -> bool:
        for picking in records:
            self._moves(call).confirm(call, picking.move_ids)
        return True

    @on_records
    def action_assign(self, call: Call, records: list[Record]) -> bool:
        self.action_confirm(call, [picking for picking in records if picking.state == "draft"])
        moves = [move for p in records for move in p.move_ids if move.state not in {"draft", "cancel", "done"}]
        if not moves:
            raise UserError("Nothing to check the availability for.")
        self._moves(call).assign(call, moves)
        return True

    @on_records
    def do_unreserve(self, call: Call, records: list[Record]) -> None:
        for picking in records:
            for move in picking.move_ids:
                self._moves(call).unreserve(call, move)

    @on_records
    def action_cancel(self, call: Call, records: list[Record]) -> bool:
        """Cancel what is not done. On a cancelled picking it does nothing and says true."""
        for picking in records:
            self._moves(call).cancel(call, picking.move_ids)
            call.put(picking, is_locked=True)
            if not picking.move_ids:
                call.put(picking, state="cancel")
        return True

    @on_records
    def message_post(
        self, call: Call, records: list[Record], *, body: str = "", message_type: str = "notification", **_other: Any
    ) -> int | list[int]:
        message = call.sudo().create(
            "mail.message", model=self.name, res_id=records[0].id, body=f"<p>{html.escape(body)}</p>",
            message_type=message_type, date=call.now, author_id=call.user.id,
        )  # fmt: skip
        return message.id if self.release.old_units else [message.id]

    @on_records
    def button_validate(self, call: Call, records: list[Record]) -> Any:
        """True when done (or done before); a wizard's action when Odoo asks something and has done nothing.

        With nothing picked it receives everything expected (trap 4). Context: skip_backorder,
        picking_ids_not_to_backorder, skip_expired, as on the real server (contract 4.3).
        """
        todo = [picking for picking in records if picking.state != "done"]
        self.action_confirm(call, [picking for picking in todo if picking.state == "draft"])
        validating.refuse_empty(records if not self.release.done_validates else todo, self.release)
        validating.refuse_without_lots(todo)
        for picking in todo:
            validating.pick_all_if_nothing_is(call, picking)
        if asked := validating.wizard(call, todo):
            return asked
        short = set(call.context.get("picking_ids_not_to_backorder") or ())
        for picking in todo:
            mode = picking.picking_type_id.create_backorder
            closing = mode == "never" or (picking.id in short and mode != "always")
            self._finish(call, picking, cancel_backorder=closing)
        return True

    # -- parts -----------------------------------------------------------------------------------------------------

    def refresh(self, call: Call, picking: Record) -> None:
        """The stored state and date that follow from the moves."""
        moves = picking.move_ids
        if not moves:
            return
        call.put(picking, state=_state(picking, moves))
        dates = [move.date for move in moves if move.state not in lines.CLOSED]
        if dates:
            call.put(picking, scheduled_date=min(dates))

    @staticmethod
    def _moves(call: Call) -> Moves:
        return cast("Moves", call.models["stock.move"])

    def _confirm_new_moves(self, call: Call, picking: Record) -> None:
        fresh = [move for move in picking.move_ids if move.state == "draft" and move.quantity]
        self._moves(call).confirm(call, fresh)

    def _finish(self, call: Call, picking: Record, *, cancel_backorder: bool) -> None:
        moves = [move for move in picking.move_ids if move.state not in lines.CLOSED]
        done = self._moves(call).finish(call, moves, cancel_backorder=cancel_backorder)
        if not cancel_backorder and done:
            self._make_backorder(call, picking)
        if not self.release.old_units:
            purchases.enter_unordered(call, done)
        call.put(picking, date_done=call.now.replace(microsecond=0), priority="0")
        self.refresh(call, picking)
        if picking.picking_type_code in {"incoming", "internal"}:
            self._serve_the_waiting(call, done)

    def _make_backorder(self, call: Call, picking: Record) -> None:
        rest = [move for move in picking.move_ids if move.state not in lines.CLOSED]
        if not rest:
            return
        self._moves(call).recompute_state(call, rest)
        row = call.db.rows[self.name][picking.id]
        copied = ("origin", "note", "move_type", "priority", "picking_type_id", "location_id", "location_dest_id",
                  "partner_id", "owner_id", "company_id", "date_deadline")  # fmt: skip
        backorder = call.create(
            self.name, **{name: row.get(name) for name in copied}, backorder_id=picking.id, user_id=False
        )
        call.write([line for move in rest for line in move.move_line_ids], picking_id=backorder.id)
        call.write(rest, picking_id=backorder.id, picked=False)
        self.refresh(call, backorder)
        house.note(call, picking, f"The backorder {backorder.name} has been created.")
        if backorder.picking_type_id.reservation_method == "at_confirm":
            self.action_assign(call, [backorder])

    def _serve_the_waiting(self, call: Call, done: list[Record]) -> None:
        """Goods have arrived: documents that wait for them at this place get their share."""
        for move in done:
            waiting = [
                other
                for other in call.db.find("stock.move", "product_id", move.product_id.id)
                if other.state in {"confirmed", "partially_available"}
                and not bypasses_reservation(other.location_id)
                and lies_in(move.location_dest_id, other.location_id)
                and other.picking_type_id is not None
                and other.picking_type_id.reservation_method == "at_confirm"
            ]
            self._moves(call).assign(call.sudo(), waiting)


def _name_taken(release: Release) -> ValidationError:
    said = "The operation cannot be completed: Reference must be unique per company!"
    if not release.old_units:
        return ValidationError(said)
    both = ", " if release.major == 17 else " and "  # noqa: PLR2004
    fields, labels = both.join(("company_id", "name")), both.join(("Company", "Reference"))
    return BrokenConstraint(
        said, f"The values for the fields '{fields}' already exist (they are probably '{labels}' in the current model)."
    )


def _state(picking: Record, moves: list[Record]) -> str:
    states = [move.state for move in moves]
    if "draft" in states:
        return "draft"
    if all(state == "cancel" for state in states):
        return "cancel"
    if all(state in lines.CLOSED for state in states):
        return "done"
    if bypasses_reservation(picking.location_id):
        return "assigned"
    return _relevant_state(moves)


def _relevant_state(moves: list[Record]) -> str:
    """One state for a document from those of its moves, when it ships as soon as possible."""
    todo = [
        move for move in moves
        if move.state not in lines.CLOSED and not (move.state == "assigned" and not move.product_uom_qty)
    ]  # fmt: skip
    todo.sort(key=lambda move: (_IMPORTANCE.get(move.state, 0), move.product_uom_qty))
    if not todo:
        return "assigned"
    if todo[0].state != "assigned" and any(move.state in {"assigned", "partially_available"} for move in todo):
        return "assigned"
    last = todo[-1]
    if last.state == "confirmed" and not last.product_uom_qty:
        return "assigned"
    return "assigned" if last.state == "partially_available" else str(last.state)


def _named(call: Call, model: str, key: Any) -> Record | None:
    return call.db.record(model, int(key)) if key and int(key) in call.db.rows[model] else None


MODELS: Iterable[type[Model]] = (Pickings,)
