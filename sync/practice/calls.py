"""One call: who asks, what they see, and what they change, until it is kept or undone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sync.practice.errors import AccessError, MissingError
from sync.practice.records import Database, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from sync.practice.models import Model
    from sync.practice.releases import Release


@dataclass(frozen=True)
class Call:
    """One request: who asks, with which context, when, and since when the data may have moved under it."""

    db: Database
    models: Mapping[str, Model]
    release: Release
    user: Record
    context: dict[str, Any]
    now: datetime
    snapshot: int
    superuser: bool = False
    groups: set[str] = field(default_factory=set)

    @property
    def company_id(self) -> int | None:
        """The company at work: the first the context allows, else the user's own."""
        allowed = self.context.get("allowed_company_ids") or ()
        own = self.user.company_id
        return int(allowed[0]) if allowed else own.id if own is not None else None

    def sudo(self) -> Call:
        return replace(self, superuser=True)

    def having(self, **context: Any) -> Call:
        return replace(self, context=self.context | context)

    def browse(self, model: str, ids: Iterable[int]) -> list[Record]:
        return [Record(self.db, model, key) for key in ids]

    def search(self, model: str, *domain: Any) -> list[Record]:
        return self.models[model].found(self, list(domain))

    def create(self, model: str, /, **values: Any) -> Record:
        return self.models[model].create_one(self, values)

    def write(self, records: Record | Sequence[Record], /, **values: Any) -> None:
        several = [records] if isinstance(records, Record) else list(records)
        if several:
            self.models[several[0].table].write_all(self, several, values)

    def put(self, record: Record, /, **changes: Any) -> None:
        """Store values as they are, without the model's rules; nothing happens where nothing changes."""
        row = self.db.rows[record.table].get(record.id)
        if row is None:
            raise self.missing(record)
        if all(row.get(name) == value for name, value in changes.items()):
            return
        self.db.refuse_conflict(record.table, record.id, self.snapshot)
        stamp = {"write_date": self.now, "write_uid": self.user.id}
        self.db.put(record.table, record.id, row | changes | stamp)

    def hidden(self, record: Record) -> bool:
        """Whether another call committed this record after ours began: PostgreSQL would not show it to us yet."""
        return self.db.changed_since(record.table, record.id, self.snapshot)

    def visible(self, model: str) -> Callable[[Record], bool] | None:
        """Whether a record is of a company at work, or of none; None where there is nothing to tell apart."""
        if self.superuser or len(self.db.rows["res.company"]) == 1 or model not in _OF_A_COMPANY:
            return None
        companies = set(self.context.get("allowed_company_ids") or [own.id for own in self.user.company_ids])

        def passes(record: Record) -> bool:
            own = record.company_id
            return own is None or own.id in companies

        return passes

    def refuse_foreign(self, records: Sequence[Record], operation: str) -> None:
        """Raise AccessError for a record of a company that is not at work."""
        visible = self.visible(records[0].table) if records else None
        foreign = [record for record in records if visible and record.exists and not visible(record)]
        if foreign:
            label = self.models[foreign[0].table].label
            raise AccessError(
                "Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n"
                f"Sorry, {self.user.name} (id={self.user.id}) doesn't have '{operation}' access to:\n"
                + "\n".join(f"- {label} ({one.table}: {one.id})" for one in foreign)
            )

    def refuse_foreign_company(self) -> None:
        """Raise AccessError where the caller names a company that is not the user's."""
        own = {company.id for company in self.user.company_ids}
        if not set(self.context.get("allowed_company_ids") or ()) <= own:
            raise AccessError("Access to unauthorized or invalid companies.")

    def missing(self, record: Record) -> MissingError:
        return MissingError(
            f"Record does not exist or has been deleted.\n(Record: {record.table}({record.id},), User: {self.user.id})"
        )


_OF_A_COMPANY = frozenset({
    "stock.picking", "stock.move", "stock.move.line", "stock.quant", "stock.lot", "stock.location", "stock.warehouse",
    "stock.picking.type", "stock.warehouse.orderpoint", "product.product", "purchase.order", "stock.package",
    "stock.quant.package", "stock.putaway.rule",
})  # fmt: skip
"""Models whose records only their company sees."""


def called(call: Call, name: str) -> dict[str, str]:
    """The name of a move that Odoo makes itself, where a move has one."""
    return {"name": name} if call.release.moves_are_named else {}


def remember(call: Call, external: str, record: Record, *, noupdate: bool) -> None:
    """Give the record an external id. Two calls at once that want the same one cannot both have it."""
    module, _, name = external.partition(".")
    call.db.ghosts.pop(external, None)
    for known in call.db.find("ir.model.data", "complete_name", external):
        call.db.refuse_conflict("ir.model.data", known.id, call.snapshot)
        call.sudo().put(known, model=record.table, res_id=record.id, _target=(record.table, record.id))
        return
    call.sudo().create(
        "ir.model.data", module=module, name=name, complete_name=external, model=record.table, res_id=record.id,
        _target=(record.table, record.id), noupdate=noupdate,
    )  # fmt: skip


def recall(call: Call, external: str) -> Record | None:
    """The entry of an external id, whether or not its record still exists."""
    for known in call.db.find("ir.model.data", "complete_name", external):
        call.db.refuse_conflict("ir.model.data", known.id, call.snapshot)
        return known
    return None
