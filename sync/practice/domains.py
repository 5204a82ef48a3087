"""Odoo's search domains and orders, on records in memory."""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sync.practice.errors import PythonError, UserError
from sync.practice.records import Database, Field, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_ORDER_WORD = re.compile(r"^\s*[\w.]+(\s+(asc|desc))?(\s+nulls\s+(first|last))?\s*$", re.IGNORECASE)
_ARITY = {"&": 2, "|": 2, "!": 1}


def matches(db: Database, model: str, domain: list[Any]) -> Callable[[Record], bool]:
    """The test a record must pass, from a domain in Polish notation.

    Raises Odoo's ValueError for a field that does not exist.
    """
    stack: list[Callable[[Record], bool]] = []
    for term in reversed(domain):
        if isinstance(term, str):
            stack.append(_joined(term, [stack.pop() for _ in range(_ARITY[term])]))
        else:
            stack.append(_leaf(db, model, *term))

    def passes(record: Record) -> bool:
        return all(test(record) for test in stack)

    return passes


def possible(db: Database, model: str, domain: list[Any]) -> Iterable[Record]:
    """The records that may pass, by id: fewer than all where an index knows what one of the terms asks for."""
    known = (_known_ids(db, model, *term) for term in _needed(domain))
    fewest = min((ids for ids in known if ids is not None), key=len, default=None)
    return db.all(model) if fewest is None else [db.record(model, key) for key in sorted(fewest)]


def _needed(domain: list[Any]) -> Iterator[Sequence[Any]]:
    """The terms that must hold whatever the others say: those under no "or" and no "not"."""
    under = 0
    for term in domain:
        operator = isinstance(term, str)
        if under:
            under += _ARITY[term] - 1 if operator else -1
        elif operator:
            under = 0 if term == "&" else _ARITY[term]
        else:
            yield term


def _known_ids(db: Database, model: str, path: Any, operator: str, wanted: Any) -> set[int] | None:
    if operator not in {"=", "in"} or not isinstance(path, str):
        return None
    values = wanted if isinstance(wanted, list | tuple) else [wanted]
    # What is empty stands in no index, and True is no id though Python has it equal to 1.
    plain = all(type(value) in {int, str} and value for value in values)
    return db.holding(model, path, values) if plain else None


def mentions(domain: list[Any], name: str) -> bool:
    return any(not isinstance(term, str) and term[0] == name for term in domain)


def sort_key(db: Database, model: str, order: str) -> Callable[[Record], Any]:
    """A key that sorts as PostgreSQL does: empty values last when ascending, first when descending."""
    words = [_order_word(db, model, word) for word in order.split(",")]

    def compare(left: Record, right: Record) -> int:
        for name, descending in words:
            a, b = _sortable(db, left, name), _sortable(db, right, name)
            if a != b:
                return -1 if (a < b) is not descending else 1
        return 0

    return functools.cmp_to_key(compare)


def _order_word(db: Database, model: str, word: str) -> tuple[str, bool]:
    if not _ORDER_WORD.match(word):
        raise UserError(
            f'Invalid "order" specified ({word}). A valid "order" specification is a comma-separated list of valid '
            "field names (optionally followed by asc/desc for the direction)"
        )
    name, *direction = word.split()
    if (name != "id" and name not in db.fields[model]) or name.startswith("_"):
        raise PythonError("ValueError", f"Invalid field {name!r} on model {model!r}")
    return name, bool(direction) and direction[0].lower() == "desc"


def _sortable(db: Database, record: Record, name: str) -> tuple[int, Any]:
    value = record.id if name == "id" else db.value(record, name)
    if isinstance(value, Record):
        value = value.display_name
    if value is None:
        return (1, 0)
    return (0, value)


def _joined(word: str, tests: list[Callable[[Record], bool]]) -> Callable[[Record], bool]:
    if word == "!":
        return lambda record: not tests[0](record)
    every = all if word == "&" else any
    return lambda record: every(test(record) for test in tests)


def _leaf(db: Database, model: str, path: Any, operator: str, wanted: Any) -> Callable[[Record], bool]:
    if isinstance(path, int):  # (1, "=", 1) is always true, (0, "=", 1) always false
        return lambda _record: path == wanted
    name, _, rest = str(path).partition(".")
    field = db.fields[model].get(name)
    if (field is None and name != "id") or name.startswith("_"):
        shown = repr((path, operator, wanted))
        word = "leaf" if db.release.old_units else "condition"
        raise PythonError("ValueError", f"Invalid field {model}.{name} in {word} {shown}")
    if field is not None and rest:
        inner = _leaf(db, field.relation, rest, operator, wanted)
        return lambda record: any(inner(linked) for linked in _linked(db.value(record, name)))
    if operator in {"child_of", "parent_of"}:
        return _family(db, field.relation if field and name != "id" else model, name, operator, wanted)
    compare = _comparison(operator, _as_stored(field, wanted), field)
    return lambda record: compare(_plain(record.id if field is None else db.value(record, name)))


def _linked(value: Any) -> list[Record]:
    return value if isinstance(value, list) else [value] if value is not None else []


def _plain(value: Any) -> Any:
    """Ids instead of records; a list of ids for the many."""
    if isinstance(value, Record):
        return value.id
    if isinstance(value, list):
        return [item.id for item in value]
    return value


def _family(db: Database, model: str, name: str, operator: str, wanted: Any) -> Callable[[Record], bool]:
    top = set(wanted if isinstance(wanted, list | tuple) else [wanted])

    def line(record: Record) -> set[int]:
        return {int(part) for part in (record.parent_path or "").split("/") if part} or {record.id}

    def ids(record: Record) -> list[Record]:
        return [record] if name == "id" else _linked(db.value(record, name))

    if operator == "child_of":
        return lambda record: any(line(item) & top for item in ids(record))
    above = set[int]().union(*(line(db.record(model, key)) for key in top))
    return lambda record: any(item.id in above for item in ids(record))


def _as_stored(field: Field | None, wanted: Any) -> Any:
    if isinstance(wanted, list | tuple):
        return [_as_stored(field, item) for item in wanted]
    if field is None or wanted is None or wanted is False:
        return None if wanted is False and (field is None or field.kind != "boolean") else wanted
    if field.kind == "datetime" and isinstance(wanted, str):
        return datetime.fromisoformat(wanted).replace(tzinfo=UTC)
    if field.kind in {"float", "monetary"} and isinstance(wanted, int | float | str):
        return Decimal(str(wanted))
    return wanted


def _comparison(operator: str, wanted: Any, field: Field | None) -> Callable[[Any], bool]:
    if "like" in operator:
        return _like(operator, str(wanted))
    if operator in {"=", "!=", "in", "not in"}:
        values = wanted if isinstance(wanted, list) else [wanted]
        if field is not None and field.kind in {"float", "integer", "monetary"}:
            values = [0 if value is None else value for value in values]
        negative = operator in {"!=", "not in"}
        return lambda value: _among(value, values, field) is not negative
    compare = _SMALLER[operator]
    return lambda value: value is not None and compare(value, wanted)


def _among(value: Any, values: list[Any], field: Field | None) -> bool:
    if isinstance(value, list):
        return any(item in values for item in value) or (not value and None in values)
    if field is not None and field.kind == "boolean":
        return bool(value) in {bool(item) for item in values}
    return (value or None if isinstance(value, str) else value) in values


_SMALLER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}


def _like(operator: str, wanted: str) -> Callable[[Any], bool]:
    pattern = "".join({"%": ".*", "_": "."}.get(sign, re.escape(sign)) for sign in wanted)
    whole = operator.startswith(("=", "not ="))
    found = re.compile(
        pattern if whole else f".*{pattern}.*", re.DOTALL | (re.IGNORECASE if "ilike" in operator else 0)
    )
    negative = operator.startswith("not ")
    return lambda value: bool(found.fullmatch(str(value or ""))) is not negative
