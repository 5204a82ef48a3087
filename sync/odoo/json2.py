"""The dialect of Odoo 19 and later: POST /json/2/<model>/<method>, a bare JSON result (contract 1)."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from sync.odoo.errors import from_foreign, from_json

Context = Mapping[str, Any]
"""Odoo's context: plain JSON values, named by Odoo."""


def path(model: str, method: str) -> str:
    """Where a call is posted."""
    return f"/json/2/{model}/{method}"


def headers(database: str, key: str) -> dict[str, str]:
    """Sent with each call. The database is needed only where a server has several, and harmless elsewhere."""
    return {
        "Authorization": f"bearer {key}",
        "Content-Type": "application/json",
        "X-Odoo-Database": database,
    }


def body(ids: Sequence[int] | None, context: Context, arguments: Mapping[str, Any]) -> bytes:
    """The call as JSON. Decimals go as text (design 13.3); `ids` only where given (422 on a model method)."""
    told = {**arguments, "context": dict(context)}
    if ids is not None:
        told["ids"] = list(ids)
    return json.dumps(told, default=_plain).encode()


def answer(status: int, content_type: str, text: str) -> Any:
    """The result of a call, JSON as Odoo shaped it, its numbers as Decimal. Anything else is raised as `OdooError`."""
    try:
        told = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise from_foreign(status, content_type, text) from error
    if status == HTTPStatus.OK:
        return told
    if isinstance(told, dict) and "name" in told:
        raise from_json(status, told)
    raise from_foreign(status, content_type, text)


def has_group(uid: int, group: str) -> dict[str, Any]:
    """The arguments of `res.users.has_group`: 19 wants ids, without them it answers 500."""
    return {"ids": [uid], "group_ext_id": group}


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} is not sent to Odoo")
