"""The practice ward without a port, and a wire to it that fails by plan: whole schedules run in one thread."""

from __future__ import annotations

import copy
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum

import httpx2

from sync.practice.reception import Reception
from tests.contract.conftest import Odoo

URL = "http://127.0.0.1:1"
MORNING = datetime(2026, 11, 21, 6, tzinfo=UTC)


class Killed(BaseException):
    """The process ends here: nothing after it runs, not even a handler for errors."""


@dataclass
class Time:
    """The server's time, which only the test moves."""

    at: datetime = MORNING

    def now(self) -> datetime:
        return self.at

    def pass_by(self, by: timedelta) -> None:
        self.at += by


class Indoors(Reception):
    """A practice ward that listens nowhere: it answers in the thread that asks."""

    def __init__(self) -> None:
        self.time = Time()
        self.shut = ""
        """Why nobody is served: "down" while the server restarts, "dropped" without its database."""
        super().__init__(now=self.time.now)

    def copied(self) -> Indoors:
        """Another ward in the same state. The original must be idle."""
        twin = copy.copy(self)
        twin.time, twin.calls = Time(self.time.at), []
        database = self._ward.db
        twin._ward = copy.copy(self._ward)
        twin._ward.now, twin._ward.lock = twin.time.now, threading.Lock()
        twin._ward.db = db = copy.copy(database)
        # A row is replaced, never changed: the two may share them.
        db.rows = {model: dict(rows) for model, rows in database.rows.items()}
        db._index = defaultdict(set, {key: set(ids) for key, ids in database._index.items()})
        db._next_id, db._changed_in = copy.copy(database._next_id), dict(database._changed_in)
        db.ghosts, db.known_groups, db._journal = dict(database.ghosts), set(database.known_groups), []
        return twin

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        """What goes back over the wire."""
        if self.shut == "down":
            raise httpx2.ConnectError("nobody listens", request=request)
        if self.shut == "dropped":
            return httpx2.Response(404, headers={"content-type": "text/html"}, text=_PAGE.format(404))
        headers = {name.lower(): value for name, value in request.headers.items()}
        reply = self.work(request.method, request.url.raw_path.decode(), headers, request.content)
        told = [*reply.headers, ("Date", format_datetime(self.time.at, usegmt=True))]
        return httpx2.Response(reply.status, headers=told, content=reply.body)


class Trouble(StrEnum):
    """What can happen to one request. Before: it was not done. After: it was. Late: it is done some requests later."""

    UNREACHED = "unreached"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    TIMEOUT_AFTER = "timeout_after"
    TIMEOUT_LATE = "timeout_late"
    TRUNCATED = "truncated"
    ERROR_500_BEFORE = "500_before"
    ERROR_500_AFTER = "500_after"
    ERROR_502_BEFORE = "502_before"
    ERROR_502_AFTER = "502_after"
    ERROR_503_AFTER = "503_after"
    TOO_MANY = "429_before"
    PORTAL_BEFORE = "html_before"
    PORTAL_AFTER = "html_after"
    SERIALIZATION = "serialization"
    KILLED_BEFORE = "killed_before"
    KILLED_AFTER = "killed_after"


_NOT_DONE = frozenset(
    {
        Trouble.UNREACHED,
        Trouble.RESET_BEFORE,
        Trouble.ERROR_500_BEFORE,
        Trouble.ERROR_502_BEFORE,
        Trouble.TOO_MANY,
        Trouble.PORTAL_BEFORE,
        Trouble.SERIALIZATION,
        Trouble.KILLED_BEFORE,
    }
)
_PAGE = "<html><h1>{}</h1></html>"
_CONFLICT = "could not serialize access due to concurrent update"


@dataclass
class Wire(httpx2.BaseTransport):
    """A device's network to a ward indoors. `plan` says what happens to which request of this session, from 1.

    A plan's entry is a trouble, or a function that is called just before the request goes through: a colleague's
    work, another device's pass.
    """

    ward: Indoors
    plan: Mapping[int, Trouble | Callable[[], object]] = field(default_factory=dict)
    late: list[Callable[[], object]] = field(default_factory=list)
    calls: int = 0
    met: list[str] = field(default_factory=list)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.calls += 1
        event = self.plan.get(self.calls)
        if event is None or not isinstance(event, Trouble):
            if event is not None:
                event()
            return self.ward.answer(request)
        self.met.append(f"{event} at {self.calls} {request.url.path}")
        return self._fail(event, request)

    def _fail(self, trouble: Trouble, request: httpx2.Request) -> httpx2.Response:
        if trouble is Trouble.TIMEOUT_LATE:
            self.late.append(lambda: self.ward.answer(request))
            raise httpx2.ReadTimeout("no answer", request=request)
        answer = httpx2.Response(200) if trouble in _NOT_DONE else self.ward.answer(request)
        return _told(trouble, request, answer)


def _told(trouble: Trouble, request: httpx2.Request, answer: httpx2.Response) -> httpx2.Response:
    if trouble is Trouble.UNREACHED:
        raise httpx2.ConnectError("no route", request=request)
    if trouble in {Trouble.RESET_BEFORE, Trouble.RESET_AFTER}:
        raise httpx2.ReadError("connection reset", request=request)
    if trouble is Trouble.TIMEOUT_AFTER:
        raise httpx2.ReadTimeout("no answer", request=request)
    if trouble in {Trouble.KILLED_BEFORE, Trouble.KILLED_AFTER}:
        raise Killed(str(trouble))
    if trouble is Trouble.TRUNCATED:
        return httpx2.Response(200, headers=answer.headers, content=answer.content[: len(answer.content) // 2])
    if trouble is Trouble.SERIALIZATION:
        return _conflict(request)
    status = 200 if trouble in {Trouble.PORTAL_BEFORE, Trouble.PORTAL_AFTER} else int(trouble[:3])
    return httpx2.Response(status, headers={"content-type": "text/html"}, text=_PAGE.format(status))


def _conflict(request: httpx2.Request) -> httpx2.Response:
    if request.url.path.endswith("/load"):
        info = {"rows": {"from": 0, "to": 0}, "record": 0, "type": "error", "message": _CONFLICT}
        return httpx2.Response(200, json={"ids": False, "messages": [info], "nextrow": 0})
    name = "psycopg2.errors.SerializationFailure"
    return httpx2.Response(500, json={"name": name, "message": _CONFLICT, "arguments": [], "context": {}, "debug": ""})


def seen_by(ward: Indoors) -> Odoo:
    """The ward as a test's own raw client sees it, without faults."""
    client = httpx2.Client(transport=Wire(ward), trust_env=False)
    return Odoo(URL, ward.database, ward.keys, client, ward.logins)
