"""How one call is put to Odoo and how its answer is read: what the two dialects have in common."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

Context = Mapping[str, Any]
"""Odoo's context: plain JSON values, named by Odoo."""

Arguments = Mapping[str, Any]
"""The arguments of Odoo's method, by its own names."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted. It carries the key, so none of it is shown."""

    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


class Dialect(Protocol):
    """Calls in one of Odoo's two ways; the caller does not know which."""

    def request(
        self, model: str, method: str, ids: Sequence[int] | None, context: Context, arguments: Arguments
    ) -> Request:
        """The call. `ids` are the records it is made on, none for a method of the model."""
        ...

    def answer(self, status: int, content_type: str, text: str) -> Any:
        """The result, JSON as Odoo shaped it, its numbers as Decimal. Anything else is raised as `OdooError`."""
        ...


def told(value: object) -> bytes:
    """JSON for Odoo. Decimals go as text (design 13.3): both dialects take numbers so where we send any."""
    return json.dumps(value, default=_plain).encode()


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} is not sent to Odoo")
