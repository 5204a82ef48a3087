"""Odoo's `load`: the one way to create that can be repeated, as each record has an external id (contract 7)."""

import random
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from sync.odoo.wire.errors import Family, OdooError, from_load
from sync.odoo.wire.session import Session

MODULE = "__wardstock__"
"""Where our external ids live. No module's name: the records must not go with its next upgrade (design 13.1)."""

ONCE = {"mode": "update", "noupdate": True}
"""What makes a repeat harmless: what is there under its external id stays as it is."""

COUNTING = {**ONCE, "inventory_mode": True}
"""The same for `stock.quant`: what is loaded is a count, not stock (contract 6)."""

MORE_TRIES = 3

ABOUT_A_RECORD = frozenset({Family.DATA, Family.UNRECOGNISED, Family.RIGHTS, Family.BUG})
"""A no that may concern one record of many; anything else says nothing about any of them."""


def xid(name: str) -> str:
    """An external id of ours."""
    return f"{MODULE}.{name}"


def load(
    session: Session,
    model: str,
    fields: Sequence[str],
    rows: Sequence[Sequence[object]],
    pause: Callable[[float], None] = time.sleep,
    context: Mapping[str, object] = ONCE,
) -> list[int]:
    """The ids of the records, made or already there. All rows or none.

    A failure in words we do not know may be a conflict in the server's language: up to three more tries, then it
    is a refusal (contract 14.19).
    """
    for _ in range(MORE_TRIES):
        try:
            return _load(session, model, fields, rows, context)
        except OdooError as error:
            if error.family is not Family.UNRECOGNISED:
                raise
            pause(random.uniform(0.05, 0.5))  # noqa: S311  # to spread devices, not to hide anything
    try:
        return _load(session, model, fields, rows, context)
    except OdooError as error:
        if error.family is not Family.UNRECOGNISED:
            raise
        raise OdooError(Family.DATA, name=error.name, message=error.message, status=error.status) from error


def load_each(
    session: Session,
    model: str,
    fields: Sequence[str],
    records: Sequence[Sequence[Sequence[object]]],
    pause: Callable[[float], None] = time.sleep,
) -> list[int | OdooError]:
    """The id of each record, each given as its rows; or Odoo's no to that one. In as few calls as can be.

    All at once; only where Odoo says no, those it names are loaded alone and the others together again (design 4).
    What is too large for a proxy on the way goes in halves. Raises what is no answer about a record: then none of
    them may be there, or all.
    """
    try:
        return list(_load(session, model, fields, [row for rows in records for row in rows]))
    except OdooError as error:
        if error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and len(records) > 1:
            half = len(records) // 2
            parts = (records[:half], records[half:])
            return [one for part in parts for one in load_each(session, model, fields, part, pause)]
        if error.family not in ABOUT_A_RECORD:
            raise
        named = [place for place in error.records if place < len(records)]
    alone = named or list(range(len(records)))
    told: dict[int, int | OdooError] = {}
    for place in alone:
        told[place] = _load_one(session, model, fields, records[place], pause)
    rest = [place for place in range(len(records)) if place not in told]
    if rest:
        told |= zip(rest, load_each(session, model, fields, [records[place] for place in rest], pause), strict=True)
    return [told[place] for place in range(len(records))]


def _load_one(
    session: Session,
    model: str,
    fields: Sequence[str],
    rows: Sequence[Sequence[object]],
    pause: Callable[[float], None],
) -> int | OdooError:
    try:
        return load(session, model, fields, rows, pause)[0]
    except OdooError as error:
        if error.family not in ABOUT_A_RECORD:
            raise
        return error


def _load(
    session: Session,
    model: str,
    fields: Sequence[str],
    rows: Sequence[Sequence[object]],
    context: Mapping[str, object] = ONCE,
) -> list[int]:
    answer: Any = session.call(model, "load", context=context, fields=list(fields), data=[list(row) for row in rows])
    if not isinstance(answer, dict) or not {"ids", "messages"} <= answer.keys():
        raise OdooError(Family.CONFIG, code="not_an_odoo")
    if answer["ids"]:
        return list(answer["ids"])
    raise from_load(answer["messages"])


def record_of(session: Session, name: str) -> tuple[str, int | None] | None:
    """The model and id under an external id of ours; None if it never was, an id of None if it is no longer visible."""
    return look_up(session, MODULE, name)


def look_up(session: Session, module: str, name: str) -> tuple[str, int | None] | None:
    """As `record_of`, under any module.

    Odoo remembers the external ids of a load it took back, and then answers for what never was as for what is hidden
    (measured on 17, 18 and 19): only asked again, when it has forgotten them, does its answer count.
    """
    found = _asked(session, module, name)
    if found is None or found[1]:
        return found
    _make_odoo_forget(session)
    return _asked(session, module, name)


def _asked(session: Session, module: str, name: str) -> tuple[str, int | None] | None:
    try:
        model, id_ = session.call("ir.model.data", "check_object_reference", module=module, xml_id=name)
    except OdooError as error:
        if error.name == "builtins.ValueError" and "External ID not found" in error.message:
            return None
        raise
    return model, id_ or None


def _make_odoo_forget(session: Session) -> None:
    """Odoo drops what it remembers of external ids when any record that has one is deleted."""
    name = f"forget-{uuid.uuid4()}"
    made = load(session, "ir.attachment", ["id", "name"], [[xid(name), f"wardstock-{name}"]])
    session.call("ir.attachment", "unlink", ids=made)
