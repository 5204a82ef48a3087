"""Odoo's load(): rows of text become records, with external ids and records inside records (contract 4, 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sync.practice.calls import Call, recall, remember
from sync.practice.errors import (
    BrokenConstraint,
    OdooError,
    PythonError,
    SerializationFailure,
    UserError,
    ValidationError,
)
from sync.practice.models import Model
from sync.practice.values import CREATE, LINK, UPDATE, Values

if TYPE_CHECKING:
    from sync.practice.records import Field, Record

Path = list[str]
Cells = dict[str, Any]

_REFERENCES = {"id", ".id", ""}
_TRUE, _FALSE = {"1", "true", "yes"}, {"", "0", "false", "no"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the load: where its rows are, what names it, what it is to hold."""

    info: Values
    external: str | None
    values: Values


def load(call: Call, model: Model, fields: list[str], data: list[list[Any]]) -> Values:
    """{ids, messages, nextrow}: all of it or, with `ids: false`, nothing of it. Answers rather than raises."""
    module = str(call.context.get("module", "__import__"))
    call = call.having(_import_current_module=module, _loading=model.name)
    savepoint = call.db.savepoint()
    paths = [_path(name) for name in fields]
    messages: list[Values] = []
    entries = [_entry(call, model, number, cells, info, messages)
               for number, (cells, info) in enumerate(_extract(call, model, paths, data))]  # fmt: skip
    ids = _store(call, model, entries, messages)
    failed = any(message["type"] == "error" for message in messages)
    if failed:
        call.db.undo_to(savepoint)
    return {"ids": False if failed else ids, "messages": messages, "nextrow": 0}


# -- rows to cells ------------------------------------------------------------------------------------------------


def _path(name: str) -> Path:
    """`lot_id/.id` and `lot_id.id` both mean the database id of the lot."""
    return re.sub(r"([^/]):id", r"\1/id", re.sub(r"([^/])\.id", r"\1/.id", name)).split("/")


def _extract(call: Call, model: Model, paths: list[Path], rows: list[list[Any]]) -> list[tuple[Cells, Values]]:
    """Rows that hold nothing but cells of a one2many continue the record above them."""
    for path in paths:
        if path[0] not in {"", ".id"} and path[0] not in model.shown:
            if model.release.major == 17:  # noqa: PLR2004  # it stumbles over it
                raise PythonError("KeyError", path[0])
            raise PythonError("ValueError", f"Invalid field name {path[0]!r}")
    inner = [index for index, path in enumerate(paths) if _kind(model, path) == "one2many"]
    outer = [index for index in range(len(paths)) if index not in inner]
    records: list[tuple[Cells, Values]] = []
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and _any(rows[end], inner) and not _any(rows[end], outer):
            end += 1
        cells = _cells(call, model, paths, rows[start:end])
        records.append((cells, {"rows": {"from": start, "to": end - 1}}))
        start = end
    return records


def _cells(call: Call, model: Model, paths: list[Path], span: list[list[Any]]) -> Cells:
    cells: Cells = {}
    for path, value in zip(paths, span[0], strict=False):
        if _kind(model, path) not in {"many2one", "one2many", "many2many"}:
            cells[path[0]] = value
    for name in dict.fromkeys(path[0] for path in paths if _kind(model, path) in {"many2one", "one2many", "many2many"}):
        columns = [index for index, path in enumerate(paths) if path[0] == name]
        subpaths = [paths[index][1:] or [""] for index in columns]
        subrows = [[row[index] for index in columns] for row in span if _any(row, columns)]
        relation = call.models[model.fields[name].relation]
        cells[name] = [sub for sub, _ in _extract(call, relation, subpaths, subrows)]
    return cells


def _kind(model: Model, path: Path) -> str:
    own = model.fields.get(path[0])
    return own.kind if own is not None and path[0] not in _REFERENCES else ""


def _any(row: list[Any], columns: list[int]) -> bool:
    return any(row[index] for index in columns if index < len(row))


# -- cells to values ----------------------------------------------------------------------------------------------


def _entry(call: Call, model: Model, number: int, cells: Cells, info: Values, messages: list[Values]) -> Entry:
    values: Values = {}
    info = info | {"record": number}
    key = _database_id(call, model, cells, info, messages)
    for name, value in cells.items():
        if name in _REFERENCES:
            continue
        try:
            values[name] = _converted(call, model.fields[name], value)
        except _Unreadable as error:
            message = error.message.replace("%(field)s", model.fields[name].label or name)
            messages.append(_logged(info, name, message, error.more))
    external = cells.get("id") or None
    if external is None and key is not None:
        values["id"] = key
    if external is not None and "." not in external:
        external = f"{call.context['_import_current_module']}.{external}"
    return Entry(info, external, values)


def _database_id(call: Call, model: Model, cells: Cells, info: Values, messages: list[Values]) -> int | None:
    if not cells.get(".id"):
        return None
    model.check_access(call, "read")
    key = int(cells[".id"])
    if key in call.db.rows[model.name]:
        return key
    messages.append(info | {"type": "error", "field": ".id", "message": f"Unknown database identifier '{key}'"})
    return None


class _Unreadable(Exception):
    """A cell that cannot become a value of its field."""

    def __init__(self, message: str, more: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.more = more


def _logged(info: Values, name: str, message: str, more: Any) -> Values:
    entry = info | {"type": "error", "field": name, "message": message}
    return entry | ({"moreinfo": more} if more else {}) | {"field_name": message.rpartition("'")[0].rpartition("'")[2]}


def _converted(call: Call, own: Field, value: Any) -> Any:
    if not value:
        return False
    if own.kind == "many2one":
        return _reference(call, own, value[0])
    if own.kind == "one2many":
        return [command for record in value for command in _commands(call, own, record)]
    if own.kind == "many2many":
        subfield, named = next(iter(value[0].items()))
        return [_referred(call, own, subfield, part) for part in str(named).split(",")]
    return _scalar(call, own, value)


def _scalar(call: Call, own: Field, value: Any) -> Any:
    if own.kind == "boolean":
        return _yes_or_no(value)
    if own.kind in {"float", "integer"}:
        return _number(own, value)
    if own.kind == "datetime":
        return _local_time(call, value)
    return value


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, str):  # a JSON boolean or number crashes Odoo's own conversion (contract 0)
        raise PythonError("AttributeError", f"{type(value).__name__!r} object has no attribute 'lower'")
    return value.lower() not in _FALSE


def _number(own: Field, value: Any) -> Any:
    try:
        return float(value) if own.kind == "float" else int(value)
    except ValueError:
        kind = "a number" if own.kind == "float" else "an integer"
        raise _Unreadable(f"'{value}' does not seem to be {kind} for field '%(field)s'") from None


def _local_time(call: Call, value: str) -> datetime:
    """The time is taken as local to the context's or the user's zone (trap 10)."""
    try:
        naive = datetime.fromisoformat(value)
    except ValueError:
        more = "Use the format '2012-12-31 23:59:59'"
        raise _Unreadable(f"'{value}' does not seem to be a valid datetime for field '%(field)s'", more) from None
    zone = ZoneInfo(call.context.get("tz") or call.user.tz or "UTC")
    return naive.replace(tzinfo=zone).astimezone(UTC)


def _reference(call: Call, own: Field, cells: Cells) -> int | None:
    if len(cells) > 1:
        raise _Unreadable(
            "Ambiguous specification for field '%(field)s', only provide one of name, external id or database id"
        )
    subfield, value = next(iter(cells.items()))
    return _referred(call, own, subfield, value)


def _referred(call: Call, own: Field, subfield: str, value: Any) -> int | None:
    relation = call.models[own.relation]
    if subfield == ".id":
        return _by_database_id(call, relation, value)
    if subfield == "id":
        found = _by_external_id(call, relation, str(value))
        kind = "external id"
    else:
        named = [record.id for record in relation.found(call, []) if record.display_name == value]
        found, kind = (named[0] if named else None), "name"
    if found is None:
        raise _Unreadable(f"No matching record found for {kind} '{value}' in field '%(field)s'", _POSSIBLE)
    return found


def _by_database_id(call: Call, relation: Model, value: Any) -> int:
    try:
        key = int(value)
    except ValueError:
        raise _Unreadable(f"Invalid database id '{value}' for the field '%(field)s'", _POSSIBLE) from None
    if key not in call.db.rows[relation.name]:
        raise _Unreadable(f"No matching record found for database id '{value}' in field '%(field)s'", _POSSIBLE)
    return key


def _by_external_id(call: Call, relation: Model, value: str) -> int | None:
    full = value if "." in value else f"{call.context['_import_current_module']}.{value}"
    known = recall(call, full)
    if known is None or known.res_id not in call.db.rows[known.model]:
        return None
    if known.model != relation.name:
        raise _Unreadable(f"Invalid external ID {full}: expected model {relation.name!r}, found {known.model!r}")
    return int(known.res_id)


_POSSIBLE = {
    "name": "Possible Values",
    "type": "ir.actions.act_window",
    "target": "new",
    "view_mode": "list,form",
    "views": [[False, "list"], [False, "form"]],
    "context": {"create": False},
    "help": "See all possible values",
}


def _commands(call: Call, own: Field, cells: Cells) -> list[list[Any]]:
    """A record inside a record: written where its external id is known, else created with it."""
    relation = call.models[own.relation]
    values: Values = {}
    for name, value in cells.items():
        if name not in _REFERENCES:
            try:
                values[name] = _converted(call, relation.fields[name], value)
            except _Unreadable as error:
                label = relation.fields[name].label or name
                raise _Unreadable(error.message.replace("%(field)s", f"%(field)s/{label}"), error.more) from None
    named = {name: value for name, value in cells.items() if name in _REFERENCES and value}
    if not named:
        return [[CREATE, 0, values]]
    subfield, value = next(iter(named.items()))
    if subfield == "id":
        key = _by_external_id(call, relation, str(value))
        if key is None:
            return [[CREATE, 0, values | {"id": value}]]
    else:
        found = _referred(call, own, subfield, value)
        assert found is not None  # noqa: S101  # _referred has refused everything else
        key = found
    return [[LINK, key, 0], [UPDATE, key, values]]


# -- values to records --------------------------------------------------------------------------------------------


def _store(call: Call, model: Model, entries: list[Entry], messages: list[Values]) -> list[int]:
    """All at once; where that fails one by one, to say which of them it was. The first message then comes twice."""
    savepoint = call.db.savepoint()
    first: Values | None = None
    try:
        return [record.id for record in _records(call, model, entries)]
    except BrokenConstraint:  # PostgreSQL's own, looked at record by record too
        pass
    except UserError as error:
        first = entries[0].info | {"type": "error", "message": error.message}
    except OdooError:  # anything else is looked at record by record
        pass
    call.db.undo_to(savepoint)
    ids: list[int] = []
    ghosts: dict[str, str] = {}
    failures = 0
    for entry in entries:
        try:
            ids.extend(record.id for record in _records(call, model, [entry]))
            ghosts |= {entry.external: model.name} if entry.external else {}
        except OdooError as error:
            call.db.undo_to(savepoint)
            messages.append(entry.info | {"type": "error", **_explained(error)})
            failures += 1
    if failures:
        call.db.ghosts |= ghosts
    if failures and first is not None and first not in messages:
        messages.insert(0, first)
    return ids


def _explained(error: OdooError) -> Values:
    if isinstance(error, SerializationFailure):
        return {"message": error.message.strip()}
    if isinstance(error, BrokenConstraint):
        return {"message": error.in_load, **error.more}
    if isinstance(error, UserError):
        return {"message": error.message}
    kind = error.name.rpartition(".")[2]
    return {
        "message": f"Unknown error during import: <class '{kind}'>: {error.message}",
        "moreinfo": "Resolve other errors first",
    }


def _records(call: Call, model: Model, entries: list[Entry]) -> list[Record]:
    return [_record(call, model, entry) for entry in entries]


def _record(call: Call, model: Model, entry: Entry) -> Record:
    updating = call.context.get("mode", "init") == "update"
    noupdate = bool(call.context.get("noupdate", False))
    values = dict(entry.values)
    if entry.external is None:
        return _without_external(call, model, values, updating=updating)
    known = recall(call, entry.external)
    if known is not None and known.model != model.name:
        raise ValidationError(
            f"For external id {entry.external} when trying to create/update a record of model {model.name} found "
            f"record of different model {known.model} ({known.id})"
        )
    if known is not None and known.res_id in call.db.rows[model.name]:
        record = call.db.record(model.name, known.res_id)
        if not (updating and known.noupdate):
            model.write_all(call, [record], values)
        return record
    if known is not None:
        call.db.put("ir.model.data", known.id, None)
    record = model.create_one(call, values)
    remember(call, entry.external, record, noupdate=noupdate)
    return record


def _without_external(call: Call, model: Model, values: Values, *, updating: bool) -> Record:
    key = values.pop("id", None)
    if key is not None:
        record = call.db.record(model.name, key)
        model.write_all(call, [record], values)
        return record
    if updating and model.release.old_units:
        raise PythonError("KeyError", "'record'")
    if updating:
        raise ValidationError("Cannot update a record without specifying its id or xml_id")
    return model.create_one(call, values)
