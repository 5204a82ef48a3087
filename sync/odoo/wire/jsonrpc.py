"""The dialect of Odoo 17 and 18: POST /jsonrpc, errors in a 200, the key in the place of the password (contract 1)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from sync.odoo.wire.dialect import Arguments, Context, Request, told
from sync.odoo.wire.errors import Family, OdooError, from_foreign, from_rpc

PATH = "/jsonrpc"

_DATABASES = "/web/database/list"

_POSITIONAL = {"create": "vals_list", "write": "vals"}
"""What must not come by its name: Odoo looks at it before it calls, or its models call it differently."""


@dataclass(frozen=True, slots=True)
class JsonRpc:
    """`execute_kw` with one database, as the user `uid` whose key it is."""

    database: str
    uid: int
    key: str = field(repr=False)

    def request(
        self, model: str, method: str, ids: Sequence[int] | None, context: Context, arguments: Arguments
    ) -> Request:
        """`ids` are the first argument; a method of the model has none, there they would be taken for another."""
        named = dict(arguments)
        places = [] if ids is None else [list(ids)]
        if method in _POSITIONAL and _POSITIONAL[method] in named:
            places.append(named.pop(_POSITIONAL[method]))
        who = [self.database, self.uid, self.key]
        return asked("object", "execute_kw", *who, model, method, places, {**named, "context": dict(context)})

    def answer(self, status: int, content_type: str, text: str) -> Any:
        """As every answer of /jsonrpc."""
        return answer(status, content_type, text)


def asked(service: str, method: str, *arguments: object) -> Request:
    """A question to one of Odoo's services: `common` wants no key, `object` reaches the records."""
    params = {"service": service, "method": method, "args": arguments}
    body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
    return Request(PATH, {"Content-Type": "application/json"}, told(body))


def listed() -> Request:
    """Which databases there are: what Odoo's own login page asks. Every version knows it; a site may have it shut."""
    body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": {}}
    return Request(_DATABASES, {"Content-Type": "application/json"}, told(body))


def answer(status: int, content_type: str, text: str) -> Any:
    """The result, None where there is none: Odoo leaves it out then. Anything else is raised as `OdooError`."""
    try:
        body = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise from_foreign(status, content_type, text) from error
    if not isinstance(body, dict) or "jsonrpc" not in body:
        if status == HTTPStatus.OK:
            raise OdooError(Family.CONFIG, code="not_an_odoo", status=status)
        raise from_foreign(status, content_type, text)
    if "error" in body:
        raise from_rpc(status, body["error"])
    return body.get("result")
