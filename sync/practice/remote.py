"""What a JSON-2 request means: whose key, which method, one transaction, and the answer (contract 1)."""

from __future__ import annotations

import inspect
import logging
import threading
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sync.practice import goods, house, lines, moves, pickings, places, purchases, quants
from sync.practice.errors import (
    AccessError,
    NotFound,
    OdooError,
    PythonError,
    SerializationFailure,
    Unauthorized,
    UnprocessableEntity,
)
from sync.practice.models import Call, Model
from sync.practice.records import Database, Record

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

VERSION = {"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"}

TRIES = 5
"""Odoo repeats a call that met a concurrent update so often; load() is not repeated, it answers."""

_SILENT_ABOUT_MISSING = {"read", "get_metadata", "has_group"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and what goes into the body as JSON."""

    status: int
    content: Any


class Ward:
    """The whole ward in memory: its models and records, and one lock, so that calls happen one after the other."""

    def __init__(self) -> None:
        sources = (house, goods, places, quants, lines, moves, pickings, purchases)
        self.models: dict[str, Model] = {kind.name: kind() for source in sources for kind in source.MODELS}
        fields = {name: model.fields for name, model in self.models.items()}
        self.db = Database(fields, {name: model.indexed for name, model in self.models.items()})
        self.lock = threading.Lock()

    def call(self, user_id: int, context: dict[str, Any] | None = None, *, superuser: bool = False) -> Call:
        user = self.db.record("res.users", user_id)
        groups = house.groups_of(user) if user.exists else set()
        return Call(
            db=self.db,
            models=self.models,
            user=user,
            context=context or {},
            now=datetime.now(UTC),
            snapshot=self.db.commits,
            superuser=superuser,
            groups=groups,
        )

    def user_of(self, key: str) -> int:
        """The id of the user a key belongs to. Raises Unauthorized for an unknown or expired key."""
        with self.lock:
            for known in self.db.find("res.users.apikeys", "secret", key):
                if known.expiration_date is None or known.expiration_date > datetime.now(UTC):
                    return int(known.user_id.id)
        raise Unauthorized("Invalid apikey")

    def answer(self, key: str | None, model: str, method: str, body: dict[str, Any]) -> Answer:
        """One request: all of it happens, or nothing of it."""
        try:
            if key is None:
                raise Unauthorized("User not authenticated, use an API Key with a Bearer Authorization header.")
            return Answer(200, self._transact(self.user_of(key), model, method, body))
        except OdooError as error:
            return Answer(error.status, error.body(traceback.format_exc()))
        except Exception as error:  # a bug of ours: shown as Odoo shows its own
            log.exception("practice ward: %s.%s failed", model, method)
            wrapped = PythonError(type(error).__name__, str(error))
            return Answer(wrapped.status, wrapped.body(traceback.format_exc()))

    def _transact(self, user_id: int, model: str, method: str, body: dict[str, Any]) -> Any:
        snapshot = self.db.commits
        for attempt in range(1, TRIES + 1):
            with self.lock:
                call = self.call(user_id, dict(body.get("context") or {}))
                call = call if attempt > 1 else _as_of(call, snapshot)
                try:
                    with self.db.transaction():
                        return self._execute(call, model, method, body)
                except SerializationFailure:
                    if attempt == TRIES:
                        raise
        raise AssertionError("unreachable")

    def _execute(self, call: Call, model_name: str, method: str, body: dict[str, Any]) -> Any:
        model = self.models.get(model_name)
        if model is None:
            raise NotFound(f"the model {model_name!r} does not exist")
        function = _public(model, method)
        arguments = {name: value for name, value in body.items() if name not in {"ids", "context"}}
        ids = body.get("ids") or []
        if function.remote == "model":  # type: ignore[attr-defined]  # set by @api_model
            if ids:
                raise UnprocessableEntity(f"cannot call {model_name}.{method} with ids")
            _bind(function, call, **arguments)
            return function(call, **arguments)
        records = call.browse(model_name, ids)
        _bind(function, call, records, **arguments)
        if method not in _SILENT_ABOUT_MISSING:
            _refuse_missing(call, model, method, records)
        return function(call, records, **arguments)


def _as_of(call: Call, snapshot: int) -> Call:
    return Call(**{**{name: getattr(call, name) for name in Call.__dataclass_fields__}, "snapshot": snapshot})


def _public(model: Model, method: str) -> Callable[..., Any]:
    if method.startswith("_"):
        name = f"{model.name}.{method}"
        raise AccessError(f"Private methods (such as {name!r}) cannot be called remotely.")
    function = getattr(model, method, None)
    if function is None or not hasattr(function, "remote"):
        raise NotFound(f"The method '{model.name}.{method}' does not exist")
    return function  # type: ignore[no-any-return]  # getattr


def _bind(function: Callable[..., Any], *arguments: Any, **named: Any) -> None:
    try:
        inspect.signature(function).bind(*arguments, **named)
    except TypeError as error:
        raise UnprocessableEntity(str(error)) from None


def _refuse_missing(call: Call, model: Model, method: str, records: list[Record]) -> None:
    model.check_access(call, method if method in {"write", "unlink"} else "read")
    for record in records:
        if not record.exists:
            raise call.missing(record)
