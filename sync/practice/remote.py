"""The whole ward in memory: whose key, which method, one transaction for each call."""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sync.practice import counts, goods, house, lines, moves, pickings, places, purchases
from sync.practice.calls import Call
from sync.practice.errors import AccessError, PythonError, SerializationFailure
from sync.practice.models import Model
from sync.practice.records import Database, Record
from sync.practice.releases import Release, release

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

TRIES = 5
"""Odoo repeats a call that met a concurrent update so often; load() is not repeated, it answers."""

_SILENT_ABOUT_MISSING = {"read", "get_metadata", "has_group", "has_access"}

_OF_ONE_RELEASE = re.compile(r"(.*)_(\d\d)$")
"""`has_group_17` is what 17 has for `has_group`."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Ward:
    """Models and records, and one lock, so that calls happen one after the other.

    `now` may be replaced: it is the server's clock.
    """

    def __init__(self, version: int = 19, now: Callable[[], datetime] = _utc_now) -> None:
        self.release: Release = release(version)
        self.now = now
        sources = (house, goods, places, counts, lines, moves, pickings, purchases)
        self.models: dict[str, Model] = {
            kind.name: kind(self.release)
            for source in sources
            for kind in source.MODELS
            if kind.first <= self.release.major <= kind.last
        }
        fields = {name: model.fields for name, model in self.models.items()}
        self.db = Database(fields, {name: model.indexed for name, model in self.models.items()}, self.release)
        self.lock = threading.Lock()

    def call(self, user_id: int, context: dict[str, Any] | None = None, *, superuser: bool = False) -> Call:
        user = self.db.record("res.users", user_id)
        groups = house.groups_of(user) if user.exists else set()
        return Call(
            db=self.db,
            models=self.models,
            release=self.release,
            user=user,
            context=context or {},
            now=self.now(),
            snapshot=self.db.commits,
            superuser=superuser,
            groups=groups,
        )

    def owner_of(self, key: str) -> int | None:
        """The id of the user a key belongs to; None for an unknown or expired key, and one of an archived user."""
        with self.lock:
            for known in self.db.find("res.users.apikeys", "_secret", key):
                ends = known.expiration_date if self.release.keys_expire else None
                if known.user_id.active and (ends is None or ends > self.now()):
                    return int(known.user_id.id)
        return None

    def transact(self, user_id: int, context: dict[str, Any], work: Callable[[Call], Any]) -> Any:
        """All that `work` does, or nothing of it; tried again where another call was quicker."""
        snapshot = self.db.commits
        for attempt in range(1, TRIES + 1):
            with self.lock:
                call = self.call(user_id, context)
                call = call if attempt > 1 else replace(call, snapshot=snapshot)
                try:
                    with self.db.transaction():
                        return work(call)
                except SerializationFailure:
                    if attempt == TRIES:
                        raise
        raise AssertionError("unreachable")

    def public(self, model: Model, method: str) -> Callable[..., Any] | None:
        """The method as this release has it; None where it has none. Raises AccessError for a private one."""
        if method.startswith("_"):
            old = self.release.major == 18  # noqa: PLR2004  # 17 of 2024 and 19 name the model too
            name = method if old else repr(f"{model.name}.{method}")
            raise AccessError(f"Private methods (such as {name}) cannot be called remotely.")
        if _OF_ONE_RELEASE.match(method):
            return None
        function = getattr(model, f"{method}_{self.release.major}", None) or getattr(model, method, None)
        if function is None or not hasattr(function, "remote"):
            return None
        since, until = getattr(function, "since", 0), getattr(function, "until", 99)
        return function if since <= self.release.major <= until else None


def refuse_missing(call: Call, model: Model, method: str, records: list[Record]) -> None:
    """Raises MissingError for a record that is gone, where the method minds."""
    if method in _SILENT_ABOUT_MISSING:
        return
    model.check_access(call, method if method in {"write", "unlink"} else "read")
    for record in records:
        if not record.exists:
            raise call.missing(record)
    call.refuse_foreign(records, method if method in {"write", "unlink"} else "read")


def as_bug(model: str, method: str, error: Exception) -> PythonError:
    """A bug of ours, logged, and shown as Odoo shows its own. Called while it is being handled."""
    log.error("practice ward: %s.%s failed", model, method, exc_info=error)
    return PythonError(type(error).__name__, str(error))
