"""What a JSON-2 request means, on 19 and later, and its answer (contract 1)."""

from __future__ import annotations

import inspect
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sync.practice.errors import NotFound, OdooError, Unauthorized, UnprocessableEntity
from sync.practice.remote import Ward, as_bug, refuse_missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sync.practice.calls import Call


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and what goes into the body as JSON."""

    status: int
    content: Any


def answer(ward: Ward, key: str | None, model: str, method: str, body: dict[str, Any]) -> Answer:
    """One request: all of it happens, or nothing of it."""
    try:
        return Answer(200, _perform(ward, key, model, method, body))
    except OdooError as error:
        return refusal(error)
    except Exception as error:  # noqa: BLE001  # as_bug logs it
        return refusal(as_bug(model, method, error))


def refusal(error: OdooError) -> Answer:
    return Answer(error.status, error.body(traceback.format_exc()))


def _perform(ward: Ward, key: str | None, model: str, method: str, body: dict[str, Any]) -> Any:
    if key is None:
        raise Unauthorized("User not authenticated, use an API Key with a Bearer Authorization header.")
    owner = ward.owner_of(key)
    if owner is None:
        raise Unauthorized("Invalid apikey")

    def work(call: Call) -> Any:
        return _execute(ward, call, model, method, body)

    return ward.transact(owner, dict(body.get("context") or {}), work)


def _execute(ward: Ward, call: Call, model_name: str, method: str, body: dict[str, Any]) -> Any:
    model = ward.models.get(model_name)
    if model is None:
        raise NotFound(f"the model {model_name!r} does not exist")
    function = ward.public(model, method)
    if function is None:
        raise NotFound(f"The method '{model.name}.{method}' does not exist")
    arguments = {name: value for name, value in body.items() if name not in {"ids", "context"}}
    ids = body.get("ids") or []
    if function.remote == "model":  # type: ignore[attr-defined]  # set by @api_model
        if ids:
            raise UnprocessableEntity(f"cannot call {model_name}.{method} with ids")
        _bind(function, call, **arguments)
        return function(call, **arguments)
    records = call.browse(model_name, ids)
    _bind(function, call, records, **arguments)
    refuse_missing(call, model, method, records)
    return function(call, records, **arguments)


def _bind(function: Callable[..., Any], *arguments: Any, **named: Any) -> None:
    try:
        inspect.signature(function).bind(*arguments, **named)
    except TypeError as error:
        raise UnprocessableEntity(str(error)) from None
