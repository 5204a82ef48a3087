"""The dialect of Odoo 19 and later: POST /json/2/<model>/<method>, a bare JSON result (contract 1)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from sync.odoo.wire.dialect import Arguments, Context, Request, told
from sync.odoo.wire.errors import from_foreign, from_json


@dataclass(frozen=True, slots=True)
class Json2:
    """JSON-2 with one database, as the user of the key."""

    database: str
    key: str = field(repr=False)

    def request(
        self, model: str, method: str, ids: Sequence[int] | None, context: Context, arguments: Arguments
    ) -> Request:
        """`ids` only where given (422 on a model method). The database is needed only where a server has several."""
        body = {**arguments, "context": dict(context)}
        if ids is not None:
            body["ids"] = list(ids)
        headers = {
            "Authorization": f"bearer {self.key}",
            "Content-Type": "application/json",
            "X-Odoo-Database": self.database,
        }
        return Request(f"/json/2/{model}/{method}", headers, told(body))

    def answer(self, status: int, content_type: str, text: str) -> Any:
        """A bare result with 200, or `{name, message, …}` with another status."""
        try:
            body = json.loads(text, parse_float=Decimal)
        except ValueError as error:
            raise from_foreign(status, content_type, text) from error
        if status == HTTPStatus.OK:
            return body
        if isinstance(body, dict) and "name" in body:
            raise from_json(status, body)
        raise from_foreign(status, content_type, text)
