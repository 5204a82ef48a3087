"""Rows of stock as people see and count them: what is submitted, what applying it does, what tidying up destroys."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sync.practice import quants
from sync.practice.calls import Call, called
from sync.practice.errors import UserError, ValidationError
from sync.practice.loading import load
from sync.practice.models import Model
from sync.practice.places import bypasses_reservation
from sync.practice.public import api_model, on_records
from sync.practice.records import Field, Record, computed, flag, moment, number, one, related
from sync.practice.rights import STOCK_MANAGER, STOCK_USER
from sync.practice.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sync.practice.moves import Moves

_KEY = ("product_id", "location_id", "lot_id", "package_id", "owner_id")
_COUNTED = {*_KEY, "inventory_quantity", "inventory_quantity_auto_apply", "inventory_diff_quantity", "inventory_date",
            "user_id", "inventory_quantity_set", "is_outdated", "id"}  # fmt: skip
"""What may be said of a row while counting."""

AUTO = "inventory_quantity_auto_apply"


def _available(quant: Record) -> Decimal:
    if bypasses_reservation(quant.location_id):
        return Decimal(quant.quantity)
    return Decimal(quant.quantity - quant.reserved_quantity)


def _is_outdated(quant: Record) -> bool:
    """Whether the row has moved since it was counted."""
    booked = quant.inventory_quantity - quant.inventory_diff_quantity
    return bool(quant.inventory_quantity_set and booked != quant.quantity)


class Quants(Model):
    name = "stock.quant"
    label = "Quants"
    order = "location_id, product_id, lot_id, id"
    own_fields: ClassVar[dict[str, Field]] = {
        "product_id": one("product.product", "Product", required=True),
        "product_tmpl_id": related("product_id.product_tmpl_id", "many2one", "product.template"),
        "product_uom_id": related("product_id.uom_id", "many2one", "uom.uom"),
        "tracking": related("product_id.tracking", "selection"),
        "location_id": one("stock.location", "Location", required=True),
        "warehouse_id": related("location_id.warehouse_id", "many2one", "stock.warehouse"),
        "company_id": related("location_id.company_id", "many2one", "res.company"),
        "lot_id": one("stock.lot", "Lot/Serial Number"),
        "package_id": one("stock.package", "Package"),
        "owner_id": one("res.partner", "Owner"),
        "quantity": number("Quantity", default=0),
        "reserved_quantity": number("Reserved Quantity", default=0),
        "available_quantity": computed("float", _available),
        "in_date": moment("Incoming Date", default=lambda call: call.now.replace(microsecond=0)),
        "expiration_date": related("lot_id.expiration_date", "datetime"),
        "removal_date": related("lot_id.removal_date", "datetime"),
        "_shown": moment(),
        "use_expiration_date": related("product_id.use_expiration_date", "boolean"),
        "inventory_quantity": number("Counted", default=0),
        "inventory_quantity_set": flag("Inventory Quantity Set"),
        "inventory_diff_quantity": number("Difference", default=0),
        "inventory_date": Field("date", "Scheduled", default=lambda call: date(call.now.year, 12, 31)),
        AUTO: computed("float", lambda quant: quant.quantity, label="Inventoried Quantity"),
        "is_outdated": computed("boolean", _is_outdated),
        "user_id": one("res.users", "Assigned To"),
    }

    def display_name(self, record: Record) -> str:
        parts = [record.location_id.display_name, record.lot_id.name if record.lot_id else record.product_id.name]
        return " - ".join(parts)

    # -- writing ---------------------------------------------------------------------------------------------------

    @api_model
    def load(self, call: Call, fields: list[str], data: list[list[Any]]) -> Values:
        """A file of stock is always one of counting."""
        return load(call.having(inventory_mode=True), self, fields, data)

    def create_one(self, call: Call, values: Values) -> Record:
        """While counting, the first row of the key is written instead, and a row of nought made where there is none."""
        if not (_is_counting(call) and {"inventory_quantity", AUTO} & values.keys()):
            quant = super().create_one(call, values)
            quants.refuse_doubled_serials(quant.product_id, quant.location_id, [quant.lot_id] if quant.lot_id else [])
            return quant
        self.check_access(call, "create")
        self._writable(values)
        if not values.keys() <= _COUNTED:
            raise UserError("Quant's creation is restricted, you can't do this operation.")
        apply = AUTO in values
        counted = Decimal(str(values.get(AUTO) or values.get("inventory_quantity") or 0))
        key = {name: values.get(name) or None for name in _KEY}
        quant = self._row(call, key) or super().create_one(call.sudo(), dict(key))
        if apply:
            self._apply_at_once(call, quant, counted)
        else:
            self._count(call, quant, counted)
            who = values.get("user_id") or call.user.id
            call.sudo().put(quant, user_id=who, inventory_date=call.now.date())
        return quant

    def write_all(self, call: Call, records: list[Record], values: Values) -> None:
        self.check_access(call, "write")
        if _is_counting(call) and set(_KEY) & values.keys():
            raise UserError("Quant's editing is restricted, you can't do this operation.")
        values = dict(values)
        counted, at_once = values.pop("inventory_quantity", None), values.pop(AUTO, None)
        if counted is not None:
            values.pop("inventory_diff_quantity", None)  # worked out anew, whatever was sent with it
        super().write_all(call, records, values)
        for quant in records:
            if counted is not None:
                self._count(call, quant, Decimal(str(counted)))
            elif "inventory_quantity_set" in values:
                told = quant.inventory_quantity - quant.quantity if values["inventory_quantity_set"] else 0
                call.put(quant, inventory_diff_quantity=Decimal(told))
            if at_once is not None and _is_counting(call):
                self._apply_at_once(call, quant, Decimal(str(at_once)))

    def unlink_all(self, call: Call, records: list[Record]) -> None:
        if not call.superuser and STOCK_MANAGER not in call.groups:
            raise UserError(
                "Quants are auto-deleted when appropriate. If you must manually delete them, please ask a stock "
                "manager to do it."
            )
        super().unlink_all(call.sudo(), records)

    def check(self, call: Call, record: Record) -> None:  # noqa: ARG002  # as everywhere
        if record.location_id.usage == "view":
            raise ValidationError(
                "You cannot take products from or deliver products to a location of type "
                f'"view" ({record.location_id.name}).'
            )

    # -- what people press -----------------------------------------------------------------------------------------

    @on_records
    def action_apply_inventory(self, call: Call, records: list[Record]) -> Values | None:
        """Book what was counted; where a row has moved since, nothing, and a question. Not safe to repeat on 19."""
        outdated = [quant.id for quant in records if quant.is_outdated]
        if outdated:
            context = call.context | {
                "default_quant_ids": [q.id for q in records],
                "default_quant_to_fix_ids": outdated,
            }
            return _asked("Conflict in Inventory Adjustment", "stock.inventory.conflict", context)
        bare = [quant.product_id.id for quant in records if self.release.old_units and _lacks_lot(quant)]
        if bare:
            context = call.context | {"default_quant_ids": [q.id for q in records], "default_product_ids": bare}
            return _asked("Tracked Products in Inventory Adjustment", "stock.track.confirmation", context)
        self._apply(call, records)
        return None

    @on_records
    def action_clear_inventory_quantity(self, call: Call, records: list[Record]) -> None:
        self.check_access(call, "write")
        for quant in records:
            _clear(call, quant)

    @on_records
    def action_set_inventory_quantity(self, call: Call, records: list[Record]) -> None:
        """Take the book's word for counted."""
        self.check_access(call, "write")
        for quant in records:
            self._count(call, quant, quant.quantity)
            call.put(quant, user_id=call.user.id)

    @api_model
    def action_view_inventory(self, call: Call) -> Values:
        """Open the list of stock, which tidies it up first."""
        self.check_access(call, "read")
        skip = any(row.value for row in call.db.all("ir.config_parameter") if row.key == "stock.skip_quant_tasks")
        if self.release.list_always_tidies or not skip:
            tidy(call)
        return {
            "name": "Physical Inventory",
            "type": "ir.actions.act_window",
            "res_model": self.name,
            "view_mode": "list",
            "context": call.context | {"no_at_date": True},
            "domain": [["location_id.usage", "in", ["internal", "transit"]]],
        }

    # -- parts -----------------------------------------------------------------------------------------------------

    def _row(self, call: Call, key: Values) -> Record | None:
        """The oldest row of exactly this key, as Odoo gathers them."""
        product, place, *more = (
            call.db.record(self.fields[name].relation, int(key[name])) if key[name] else None for name in _KEY
        )
        if product is None or place is None or not product.exists or not place.exists:
            return None
        rows = quants.rows_of(quants.Key(product, place, *more))
        return rows[0] if rows else None

    @staticmethod
    def _count(call: Call, quant: Record, counted: Decimal) -> None:
        """The difference is to the stock of this moment, and stays when that moves on."""
        call.sudo().put(
            quant, inventory_quantity=counted, inventory_quantity_set=True,
            inventory_diff_quantity=counted - quant.quantity,
        )  # fmt: skip

    def _apply_at_once(self, call: Call, quant: Record, counted: Decimal) -> None:
        if quant.quantity == counted:
            return
        if not self.release.user_applies_counts and STOCK_MANAGER not in call.groups and call.context.get("_loading"):
            return  # 17 says the row's id, and has booked nothing
        self._count(call, quant, counted)
        self._apply(call, [quant])

    def _apply(self, call: Call, records: Sequence[Record]) -> None:
        self.check_access(call, "write")
        if not self.release.user_applies_counts and STOCK_MANAGER not in call.groups:
            raise UserError("Only a stock manager can validate an inventory adjustment.")
        for quant in records:
            if self.release.applying_again_clears and not quant.inventory_quantity_set:
                self._count(call, quant, quant.inventory_quantity)
            _book(call.sudo(), quant)
            _clear(call.sudo(), quant)
            call.sudo().put(quant, inventory_date=date(call.now.year, 12, 31))


def tidy(call: Call) -> None:
    """Odoo's `_quant_tasks`: rows of one key become the first of them, and rows of nothing go (contract 14.1, 15).

    The merging is SQL: neither the time of writing of the row that stays moves, nor do the external ids of the others
    go; those of rows of nothing do.
    """
    db = call.db
    rows: dict[tuple[Any, ...], list[Record]] = {}
    for quant in db.all(Quants.name):
        rows.setdefault(tuple(getattr(quant, name) for name in _KEY), []).append(quant)
    for first, *others in rows.values():
        if not others:
            continue
        every = [first, *others]
        merged = {
            "quantity": sum((row.quantity for row in every), Decimal(0)),
            "reserved_quantity": max(Decimal(0), sum((row.reserved_quantity for row in every), Decimal(0))),
            "inventory_quantity": sum((row.inventory_quantity for row in every), Decimal(0)),
            "in_date": min(row.in_date for row in every),
        }
        db.put(Quants.name, first.id, db.rows[Quants.name][first.id] | merged)
        for row in others:
            db.put(Quants.name, row.id, None)
    empty = [
        quant
        for quant in db.all(Quants.name)
        if not quant.quantity and not quant.reserved_quantity and not quant.inventory_quantity and quant.user_id is None
    ]
    call.models[Quants.name].unlink_all(call.sudo(), empty)


def _is_counting(call: Call) -> bool:
    return bool(call.context.get("inventory_mode")) and STOCK_USER in call.groups


def _lacks_lot(quant: Record) -> bool:
    """Goods with lots that are counted without one, where none of them lay before."""
    if quant.product_id.tracking == "none" or quant.lot_id is not None or quant.quantity:
        return False
    return bool(quant.inventory_quantity)


def _clear(call: Call, quant: Record) -> None:
    call.put(
        quant, inventory_quantity=Decimal(0), inventory_diff_quantity=Decimal(0), inventory_quantity_set=False,
        user_id=None,
    )  # fmt: skip


def _book(call: Call, quant: Record) -> None:
    """A done move of the difference, between the shelf and the place of losses; of nothing where there is none."""
    difference = Decimal(quant.inventory_diff_quantity)
    loss = _place_of_losses(call, quant)
    source, target = (loss, quant.location_id) if difference > 0 else (quant.location_id, loss)
    who = quant.user_id.name if quant.user_id else call.user.name
    name = call.context.get("inventory_name") or f"Product Quantity Updated ({who})"
    told = {"inventory_name": name} if not call.release.moves_are_named else called(call, name)
    company = quant.company_id.id if quant.company_id else call.company_id
    move = call.having(inventory_mode=False).create(
        "stock.move", product_id=quant.product_id.id, product_uom=quant.product_id.uom_id.id,
        product_uom_qty=abs(difference), company_id=company, location_id=source.id, location_dest_id=target.id,
        is_inventory=True, state="confirmed", **told,
    )  # fmt: skip
    package = quant.package_id.id if quant.package_id else None
    call.create(
        "stock.move.line", move_id=move.id, product_id=quant.product_id.id, quantity=abs(difference),
        product_uom_id=quant.product_id.uom_id.id, location_id=source.id, location_dest_id=target.id, picked=True,
        lot_id=quant.lot_id.id if quant.lot_id else None, owner_id=quant.owner_id.id if quant.owner_id else None,
        company_id=company, **{"result_package_id" if difference > 0 else "package_id": package},
    )  # fmt: skip
    cast("Moves", call.models["stock.move"]).finish(call, [move], cancel_backorder=True)


def _place_of_losses(call: Call, quant: Record) -> Record:
    own = quant.company_id
    places = call.search(
        "stock.location", ["usage", "=", "inventory"], ["company_id", "in", [own.id if own else 0, False]]
    )
    named = [place for place in places if place.name == "Inventory adjustment"]
    return (named or places)[0]


def _asked(title: str, model: str, context: Values) -> Values:
    return {
        "name": title,
        "type": "ir.actions.act_window",
        "view_mode": "form",
        "views": [[False, "form"]],
        "res_model": model,
        "target": "new",
        "context": context,
    }


class Conflicts(Model):
    """The question what holds, where stock moved between counting and applying."""

    name = "stock.inventory.conflict"
    label = "Conflict in Inventory"
    of_companies = False
    own_fields: ClassVar[dict[str, Field]] = {
        "quant_ids": Field("many2many", "Quants", "stock.quant", default=()),
        "quant_to_fix_ids": Field("many2many", "Conflicts", "stock.quant", default=()),
    }

    @on_records
    def action_keep_counted_quantity(self, call: Call, records: list[Record]) -> Values | None:
        """The count holds."""
        found = [quant for record in records for quant in record.quant_ids]
        for quant in found:
            call.put(quant, inventory_diff_quantity=quant.inventory_quantity - quant.quantity)
        return _quants(call).action_apply_inventory(call, found)

    @on_records
    def action_keep_difference(self, call: Call, records: list[Record]) -> Values | None:
        """The difference found then is booked now."""
        found = [quant for record in records for quant in record.quant_ids]
        for quant in found:
            _quants(call)._count(call, quant, quant.quantity + quant.inventory_diff_quantity)
        return _quants(call).action_apply_inventory(call, found)


def _quants(call: Call) -> Quants:
    return cast("Quants", call.models[Quants.name])


MODELS: Iterable[type[Model]] = (Quants, Conflicts)
