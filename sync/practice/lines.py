"""Move lines: what lies in which lot, from where to where. Writing one on a done document moves stock (trap 3)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sync.practice import quants
from sync.practice.calls import Call, called
from sync.practice.errors import AccessError, UserError, ValidationError
from sync.practice.models import Model
from sync.practice.places import bypasses_reservation
from sync.practice.quants import Key
from sync.practice.records import Field, Record, computed, convert, flag, moment, number, one, related, text
from sync.practice.rights import ADMIN
from sync.practice.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sync.practice.moves import Moves

CLOSED = {"done", "cancel"}

_KEY_FIELDS = {"location_id", "lot_id", "package_id", "owner_id", "product_uom_id", "quantity"}
"""What a reservation or a booked quantity hangs on."""


def base_quantity(line: Record) -> Decimal:
    """The quantity in the product's own unit."""
    return convert(line.quantity, line.product_uom_id, line.product_id.uom_id)


def _expiry(line: Record) -> datetime | None:
    if line.db.release.major == 18 and line._expiration is not None:  # noqa: PLR2004  # it keeps what was sent
        return cast("datetime", line._expiration)
    if line.lot_id is not None and line.lot_id.expiration_date is not None:
        return cast("datetime", line.lot_id.expiration_date)
    kind = line.picking_id.picking_type_id if line.picking_id else None
    if kind is None or not kind.use_create_lots or line.product_id is None or not line.product_id.use_expiration_date:
        return cast("datetime | None", line._expiration)
    planned = line.picking_id.scheduled_date or line.create_date
    return cast("datetime", line._expiration or planned + timedelta(days=line.product_id.expiration_time))


def _removal(line: Record) -> datetime | None:
    if line.lot_id is not None and line.lot_id.removal_date is not None:
        return cast("datetime", line.lot_id.removal_date)
    expiry = line.expiration_date
    if expiry is None or line.product_id is None or not line.product_id.use_expiration_date:
        return None
    return cast("datetime", expiry - timedelta(days=line.product_id.removal_time))


class MoveLines(Model):
    name = "stock.move.line"
    label = "Product Moves (Stock Move Line)"
    own_fields: ClassVar[dict[str, Field]] = {
        "picking_id": one("stock.picking", "Transfer"),
        "move_id": one("stock.move", "Stock Operation"),
        "company_id": one("res.company", "Company"),
        "product_id": one("product.product", "Product"),
        "product_uom_id": one("uom.uom", "Unit", required=True),
        "quantity": number("Quantity", default=0),
        "quantity_product_uom": computed("float", base_quantity),
        "picked": flag("Picked"),
        "lot_id": one("stock.lot", "Lot/Serial Number"),
        "lot_name": text("Lot/Serial Number Name"),
        "package_id": one("stock.package", "Source Package"),
        "result_package_id": one("stock.package", "Destination Package"),
        "owner_id": one("res.partner", "From Owner"),
        "location_id": one("stock.location", "From", required=True),
        "location_dest_id": one("stock.location", "To", required=True),
        "location_usage": related("location_id.usage", "selection"),
        "location_dest_usage": related("location_dest_id.usage", "selection"),
        "date": moment("Date", default=lambda call: call.now.replace(microsecond=0)),
        "_expiration": moment(),
        "expiration_date": computed("datetime", _expiry, label="Expiration Date"),
        "removal_date": computed("datetime", _removal),
        "state": related("move_id.state", "selection"),
        "is_inventory": related("move_id.is_inventory", "boolean"),
        "reference": related("move_id.reference"),
        "origin": related("move_id.origin"),
        "tracking": related("product_id.tracking", "selection"),
        "picking_code": related("picking_id.picking_type_id.code", "selection"),
        "picking_type_id": related("picking_id.picking_type_id", "many2one", "stock.picking.type"),
    }

    def display_name(self, record: Record) -> str:
        return str(record.product_id.display_name) if record.product_id else ""

    # A date sent with a line is kept for the lot that validating will make; a known lot's own date is shown (trap 8).
    def _split(self, call: Call, values: Values) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        if "expiration_date" in values:
            values = values | {"_expiration": values["expiration_date"]}
        return super()._split(call, values)

    def create_one(self, call: Call, values: Values) -> Record:
        self.check_access(call, "create")
        self._writable(values)
        line = super().create_one(call, self._completed(call, values))
        if line.move_id is None and line.picking_id is not None:
            self._join_move(call, line)
        if line.state == "done":
            book(call, line)
        elif line.quantity_product_uom and reserves(line):
            quants.reserve(call, key_of(line), line.quantity_product_uom)
            _moves(call).refresh(call, line.move_id)
            _moves(call).recompute_state(call, [line.move_id])
        _moves(call).refresh(call, line.move_id)
        if line.state == "done":
            quants.refuse_doubled_serials(line.product_id, line.move_id.location_dest_id, _lots([line]))
        return line

    def write_all(self, call: Call, records: list[Record], values: Values) -> None:
        self.check_access(call, "write")
        if self.release.old_units and any(line.state == "done" for line in records):
            _refuse_bookkeeping(call)
        for line in records:
            self._write_one(call, line, values)

    def unlink_all(self, call: Call, records: list[Record]) -> None:
        if any(line.state in CLOSED for line in records):
            if self.release.old_units:
                raise UserError(
                    "You can not delete product moves if the picking is done. You can only correct the done quantities."
                )
            raise UserError(
                "Deleting product moves after the transfer is done?\n\nThat would be like going back in time to revert "
                "all operations triggered after this move. Who knows what the end result would be, So let's not do "
                "it.\n\nTry changing the “done” quantity to 0 instead."
            )
        for line in records:
            if line.quantity_product_uom and line.move_id is not None and reserves(line):
                quants.reserve(call, key_of(line), -line.quantity_product_uom)
        touched = [line.move_id for line in records if line.move_id is not None]
        super().unlink_all(call, records)
        for move in dict.fromkeys(touched):
            _moves(call).refresh(call, move)
            _moves(call).recompute_state(call, [move])

    def check(self, call: Call, record: Record) -> None:  # noqa: ARG002  # as everywhere
        if record.lot_id is not None and record.lot_id.product_id != record.product_id:
            raise ValidationError(
                f"This lot {record.lot_id.name} is incompatible with this product {record.product_id.display_name}"
            )
        if record.quantity < 0:
            raise ValidationError("You can not enter negative quantities.")

    @staticmethod
    def _completed(call: Call, values: Values) -> Values:
        """What Odoo fills in from the move, the picking and the product: the unit is the move's (contract 14.4)."""
        move = _named(call, "stock.move", values.get("move_id"))
        picking = _named(call, "stock.picking", values.get("picking_id"))
        product = _named(call, "product.product", values.get("product_id"))
        owner = move or picking
        filled: Values = {}
        if product is not None:
            filled["product_uom_id"] = (move.product_uom if move else product.uom_id).id
        if owner is not None:
            filled["location_id"] = owner.location_id.id
            filled["location_dest_id"] = owner.location_dest_id.id
            filled["company_id"] = owner.company_id.id if owner.company_id else None
        if move is not None:
            filled["picked"] = bool(move.picked)
        given = {name: value for name, value in values.items() if value not in {None, False} or name not in filled}
        return filled | given

    def _join_move(self, call: Call, line: Record) -> None:
        """A line of a picking belongs to a move of its product: one still short of goods first, else a new one."""
        picking = line.picking_id
        candidates = [move for move in picking.move_ids if move.product_id == line.product_id]
        candidates.sort(key=lambda move: not move.quantity < move.product_qty)
        if picking.state != "done" and candidates:
            move = candidates[0]
            picked = {"picked": True} if move.picked else {}
            call.put(line, move_id=move.id, **picked)
            return
        open_ = picking.state != "done"
        move = call.create(
            "stock.move", product_id=line.product_id.id, product_uom_qty=0 if open_ else line.quantity,
            product_uom=line.product_uom_id.id, location_id=picking.location_id.id,
            location_dest_id=picking.location_dest_id.id, picked=line.picked, picking_id=picking.id,
            state=picking.state, partner_id=picking.partner_id.id if picking.partner_id else None,
            **called(call, line.product_id.display_name),
        )  # fmt: skip
        call.put(line, move_id=move.id)

    def _write_one(self, call: Call, line: Record, values: Values) -> None:
        if values.get("product_id", line.product_id.id) != line.product_id.id and line.state not in {None, "draft"}:
            raise UserError("Changing the product is only allowed in 'Draft' state.")
        row, _ = self._split(call, values)
        stored = call.db.rows[self.name].get(line.id)
        if stored is None:
            raise call.missing(line)
        moved = any(name in _KEY_FIELDS | {"location_dest_id"} and stored.get(name) != row[name] for name in row)
        if moved and line.state == "done":
            book(call, line, undo=True)
        elif moved and line.product_id._stored and reserves(line):
            quants.reserve(call, key_of(line), -line.quantity_product_uom)
        old_move = line.move_id
        super().write_all(call, [line], values)
        if moved and line.state == "done":
            book(call, line)
        elif moved and line.product_id._stored and reserves(line):
            quants.reserve(call, key_of(line), line.quantity_product_uom)
        for move in dict.fromkeys([old_move, line.move_id]):
            _moves(call).refresh(call, move)
            if moved and move is not None:
                _moves(call).recompute_state(call, [move])


def _refuse_bookkeeping(call: Call) -> None:
    """Before 19 a done line drags its entry in the books along, which a stock user may not see."""
    if not call.superuser and ADMIN not in call.groups:
        raise AccessError(
            "You are not allowed to access 'Journal Entry' (account.move) records.\n\n"
            "This operation is allowed for the following groups:\n\t- Invoicing/Billing\n\n"
            "Contact your administrator to request access if necessary."
        )


def key_of(line: Record) -> Key:
    return Key(line.product_id, line.location_id, line.lot_id, line.package_id, line.owner_id)


def reserves(line: Record) -> bool:
    return bool(line.product_id._stored) and not bypasses_reservation(line.location_id)


def book(call: Call, line: Record, *, undo: bool = False) -> None:
    """Move the line's goods from its source to its destination, or back."""
    quantity = -line.quantity_product_uom if undo else line.quantity_product_uom
    free, age = quants.move_goods(call, key_of(line), -quantity)
    target = Key(line.product_id, line.location_dest_id, line.lot_id, line.result_package_id, line.owner_id)
    quants.move_goods(call, target, quantity, in_date=age)
    if free < 0:
        _free_reservations(call, line, abs(free))


def finish(call: Call, lines: Sequence[Record]) -> None:
    """What validating does to the picked lines: find or make their lots, then move the goods."""
    _refuse_bad_quantities(lines)
    wanted = [line for line in lines if line.quantity > 0 and line.product_id.tracking != "none" and not line.lot_id]
    _give_lots(call, [line for line in wanted if _must_have_lot(line)])
    model = call.models[MoveLines.name]
    empty = [line for line in lines if line.quantity == 0 and not line.is_inventory]
    if empty:
        model.unlink_all(call.sudo(), empty)
    for line in [line for line in lines if line not in empty]:
        if reserves(line):
            quants.reserve(call, key_of(line), -line.quantity_product_uom)
        book(call, line)
        call.put(line, date=call.now.replace(microsecond=0))


def _refuse_bad_quantities(lines: Sequence[Record]) -> None:
    if any(line.quantity < 0 for line in lines):
        raise UserError("No negative quantities allowed")


def _must_have_lot(line: Record) -> bool:
    kind = line.picking_id.picking_type_id if line.picking_id else None
    return kind is not None and (kind.use_create_lots or kind.use_existing_lots)


def _give_lots(call: Call, lines: list[Record]) -> None:
    bare = [line for line in lines if not line.picking_id.picking_type_id.use_create_lots or not line.lot_name]
    if bare:
        names = list(dict.fromkeys(line.product_id.display_name for line in bare))
        if call.release.major == 17:  # noqa: PLR2004
            raise UserError("You need to supply a Lot/Serial Number for product: \n - " + "\n - ".join(names))
        raise UserError("You need to supply a Lot/Serial Number for product:\n" + "\n".join(f"- {n}" for n in names))
    made: dict[tuple[Record, str], Record] = {}
    for line in lines:
        known = [
            lot for lot in call.db.find("stock.lot", "name", line.lot_name)
            if lot.product_id == line.product_id and not call.hidden(lot) and lot not in made.values()
        ]  # fmt: skip
        lot = known[0] if known else made.get((line.product_id, line.lot_name))
        if lot is None or (lot in made.values() and line.product_id.tracking == "serial"):
            expiry = {"expiration_date": line.expiration_date} if line.expiration_date else {}
            lot = call.create("stock.lot", name=line.lot_name, product_id=line.product_id.id, **expiry, **_owned(line))
            made[line.product_id, line.lot_name] = lot
        call.put(line, lot_id=lot.id)


def _owned(line: Record) -> dict[str, int]:
    """The company of a lot that validating makes: the line's, where a lot must have one."""
    wanted = line.db.fields["stock.lot"]["company_id"].required
    return {"company_id": line.company_id.id} if wanted and line.company_id else {}


def _free_reservations(call: Call, line: Record, short: Decimal) -> None:
    """Goods taken past a reservation: other documents lose theirs, without a word (contract 14.7)."""
    if bypasses_reservation(line.location_id):
        return
    others = [
        other
        for other in call.db.find(MoveLines.name, "location_id", line.location_id.id)
        if other != line and not other.picked and other.state not in CLOSED and key_of(other) == key_of(line)
    ]
    others.sort(key=lambda other: (other.picking_id != line.picking_id, -other.id))
    model = call.models[MoveLines.name]
    for other in others:
        if short <= 0:
            return
        taken = min(short, other.quantity_product_uom)
        if taken == other.quantity_product_uom:
            model.unlink_all(call.sudo(), [other])
        else:
            left = convert(other.quantity_product_uom - taken, other.product_id.uom_id, other.product_uom_id)
            model.write_all(call.sudo(), [other], {"quantity": left})
        short -= taken


def _lots(lines: Sequence[Record]) -> list[Record]:
    return [line.lot_id for line in lines if line.lot_id is not None]


def _named(call: Call, model: str, key: Any) -> Record | None:
    if isinstance(key, Record):
        return key
    return call.db.record(model, int(key)) if key and int(key) in call.db.rows[model] else None


def _moves(call: Call) -> Moves:
    return cast("Moves", call.models["stock.move"])


MODELS: Iterable[type[Model]] = (MoveLines,)
