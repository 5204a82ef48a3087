"""Values on their way: from JSON into the tables, and back as Odoo shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sync.practice.records import Field, Record, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

Values = dict[str, Any]
"""What a caller wants to store, by field: JSON values, ids, or lists of Odoo's commands."""

CREATE, UPDATE, DELETE, UNLINK, LINK, CLEAR, SET = range(7)
"""Odoo's commands for the records of a one2many or many2many."""


def call_value(record: Record, name: str) -> Any:
    return record.id if name == "id" else record.db.value(record, name)


def to_stored(own: Field, value: Any) -> Any:
    """A JSON value as the tables keep it."""
    if value is None or (value is False and own.kind != "boolean"):
        return False if own.kind == "boolean" else Decimal(0) if own.kind == "float" else None
    if own.kind == "many2one":
        return value.id if isinstance(value, Record) else int(value)
    if own.kind == "many2many":
        return linked_ids(value)
    if own.kind == "boolean":
        return bool(value)
    if own.kind == "float":
        exact = Decimal(str(value))
        return rounded(exact) if own.rounded else exact
    if own.kind == "datetime" and isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if own.kind == "html":
        return value if str(value).startswith("<") else f"<p>{value}</p>"
    return value


def to_wire(own: Field, value: Any, *, names: bool = True) -> Any:
    """A value as Odoo shows it in JSON: false for nothing, a pair for a many2one, ids for many."""
    if isinstance(value, Record):
        return [value.id, value.display_name] if names else value.id
    if isinstance(value, list):
        return [item.id if isinstance(item, Record) else item for item in value]
    if own.kind == "float":
        return float(value or 0)
    if own.kind == "integer":
        return value or 0
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return False if value is None else value


def linked_ids(value: Any, before: Sequence[int] = ()) -> tuple[int, ...]:
    """The ids a many2many has after these commands."""
    ids: list[int] = list(before)
    for item in value:
        if isinstance(item, int | Record):
            ids.append(item if isinstance(item, int) else item.id)
        elif item[0] == SET:
            ids = list(item[2])
        elif item[0] == LINK:
            ids.append(item[1])
        elif item[0] in {UNLINK, DELETE}:
            ids = [key for key in ids if key != item[1]]
        elif item[0] == CLEAR:
            ids = []
    return tuple(dict.fromkeys(ids))
