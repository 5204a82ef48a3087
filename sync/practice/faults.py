"""What a network and a tired server do to a call, on demand or by chance. Shared by the ward and the proxy."""

from __future__ import annotations

import json
import random
import socket
import struct
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Literal

from sync.practice import jsonrpc
from sync.practice.errors import SerializationFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FaultName = Literal[
    "reply_lost", "refused", "slow", "http_500", "serialization", "reset", "cut_midway", "truncated", "http_500_after",
    "http_502", "http_502_after", "http_503", "http_503_after", "http_429", "portal", "portal_after",
]  # fmt: skip


class Fault(StrEnum):
    """One way a call can go wrong."""

    REPLY_LOST = "reply_lost"  # done and committed, and the line is cut before the reply
    RESET = "reset"  # the line is cut with a reset, and nothing was done
    CUT_MIDWAY = "cut_midway"  # the line is cut while the server still works: it ends what it began
    HTTP_500 = "http_500"  # a page of error from something on the way; nothing was done
    SERIALIZATION = "serialization"  # PostgreSQL refused a concurrent update; nothing was done
    SLOW = "slow"  # done and answered, late
    TRUNCATED = "truncated"  # done, and the answer ends in the middle
    HTTP_500_AFTER = "http_500_after"  # as http_500, but it was done
    HTTP_502 = "http_502"  # what stands before Odoo did not reach it
    HTTP_502_AFTER = "http_502_after"  # or lost it while it worked
    HTTP_503 = "http_503"
    HTTP_503_AFTER = "http_503_after"
    HTTP_429 = "http_429"  # not so fast; nothing was done
    PORTAL = "portal"  # somebody else's page, with a good status; nothing was done
    PORTAL_AFTER = "portal_after"


BY_CHANCE = (Fault.REPLY_LOST, Fault.RESET, Fault.CUT_MIDWAY)
EVERYTHING = tuple(Fault)

_PAGES = {
    Fault.HTTP_500: (500, False),
    Fault.HTTP_500_AFTER: (500, True),
    Fault.HTTP_502: (502, False),
    Fault.HTTP_502_AFTER: (502, True),
    Fault.HTTP_503: (503, False),
    Fault.HTTP_503_AFTER: (503, True),
    Fault.HTTP_429: (429, False),
    Fault.PORTAL: (200, False),
    Fault.PORTAL_AFTER: (200, True),
}
"""Faults that are answered by a page of somebody on the way: its status, and whether the call was done before."""
CONFLICT = "could not serialize access due to concurrent update"


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault that waits for its call."""

    fault: Fault
    method: str | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way to the client."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json; charset=utf-8"),)


class Faults:
    """Which of the next calls fail, and how. Safe to use from several threads."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []
        self._chance: tuple[random.Random, float, Sequence[Fault]] | None = None
        self._lock = threading.Lock()
        self.closing = threading.Event()
        """Set when the server ends: nobody is kept waiting then."""

    def plan(self, fault: Fault, times: int = 1, method: str | None = None, seconds: float = 1.0) -> None:
        """The next `times` calls (of `method`: "load", or "stock.lot/load") meet this fault."""
        with self._lock:
            self._planned += [Planned(fault, method, seconds)] * times

    def chaos(self, seed: int, probability: float, among: Sequence[Fault]) -> None:
        """From now on each call meets one of these faults with this probability, as the seed decides."""
        with self._lock:
            dice = random.Random(seed)  # noqa: S311  # no secret
            self._chance = (dice, probability, among) if probability else None

    def forget(self) -> None:
        with self._lock:
            self._planned.clear()
            self._chance = None

    def take(self, path: str) -> Planned | None:
        """The fault this call meets, which is then used up."""
        with self._lock:
            for planned in self._planned:
                if planned.method is None or path.endswith("/" + planned.method):
                    self._planned.remove(planned)
                    return planned
            return self._by_chance()

    def _by_chance(self) -> Planned | None:
        if self._chance is None:
            return None
        dice, probability, among = self._chance
        if dice.random() >= probability:
            return None
        return Planned(dice.choice(among), None, dice.uniform(0.0, 0.05))


class FaultyHandler(BaseHTTPRequestHandler):
    """Reads one request, lets the planned fault happen to it, and closes the connection as Odoo does."""

    protocol_version = "HTTP/1.1"
    server: Door

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:  # the name is the base class's
        """A practice ward is quiet."""

    def _serve(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        faults = self.server.faults
        planned = faults.take(_called(self.path, body))
        if planned is None:
            self._send(self._work(body))
        elif planned.fault is Fault.RESET:
            _cut(self.connection, reset=True)
        elif planned.fault in _PAGES:
            self._send(self._page(planned.fault, body))
        elif planned.fault is Fault.SERIALIZATION:
            self._send(conflict(self.path, body))
        elif planned.fault is Fault.SLOW:
            faults.closing.wait(planned.seconds)
            self._send(self._work(body))
        elif planned.fault is Fault.REPLY_LOST:
            self._work(body)
            _cut(self.connection)
        elif planned.fault is Fault.TRUNCATED:
            self._send(self._work(body), told=0.5)
        else:
            self._cut_midway(body, planned.seconds)

    def _work(self, body: bytes) -> Reply:
        return self.server.work(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)

    def _page(self, fault: Fault, body: bytes) -> Reply:
        status, done = _PAGES[fault]
        if done:
            self._work(body)
        said = f"{status} {HTTPStatus(status).phrase}" if status != HTTPStatus.OK else "Welcome to the guests' network"
        page = f"<!doctype html>\n<title>{said}</title>\n<h1>{said}</h1>\n"
        return Reply(status, page.encode(), (("Content-Type", "text/html; charset=utf-8"),))

    def _cut_midway(self, body: bytes, seconds: float) -> None:
        worker = threading.Thread(target=self._work, args=(body,))
        worker.start()
        worker.join(seconds)
        _cut(self.connection, reset=True)
        worker.join()

    def _send(self, reply: Reply, told: float = 1) -> None:
        """The answer, or the first part of it before the line is cut."""
        try:
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(reply.body[: int(len(reply.body) * told)])
        except OSError:  # the client has gone: its own business
            self.close_connection = True


class Door(ThreadingHTTPServer):
    """A port on loopback; what is asked there goes to `work`, unless a fault says otherwise."""

    daemon_threads = False

    def __init__(self, port: int, work: Callable[[str, str, dict[str, str], bytes], Reply], faults: Faults) -> None:
        self.work = work
        self.faults = faults
        super().__init__(("127.0.0.1", port), FaultyHandler)
        # A daemon: a ward nobody shut must not keep a process from ending.
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="practice ward", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection the client or a fault has cut is no news; anything else is a bug and shows itself."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def shut(self) -> None:
        """Close the port; calls that are running end first."""
        self.shutdown()
        self.server_close()
        self._thread.join()


class Faulty:
    """Something behind a door whose calls can be made to fail: a test's handle on the network."""

    def __init__(self, port: int = 0) -> None:
        self.faults = Faults()
        self._door: Door | None = Door(port, self.work, self.faults)
        self.port = self._door.port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def work(self, verb: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """Answer one request as if nothing were wrong."""
        raise NotImplementedError

    def fail_next(self, fault: FaultName, times: int = 1, method: str | None = None, seconds: float = 1.0) -> None:
        """The next `times` calls meet this fault; `seconds` is for slow and cut_midway.

        "refused" closes the port itself, so nobody can count: it stays closed until `answer_again()`.
        """
        if fault != "refused":
            self.faults.plan(Fault(fault), times, method, seconds)
        elif self._door is not None:
            self._door.shut()
            self._door = None

    def chaos(self, seed: int, probability: float, among: Sequence[Fault] = BY_CHANCE) -> None:
        """Let each call fail with this probability: cut before it, while it runs, or after it. 0 ends it."""
        self.faults.chaos(seed, probability, among)

    def answer_again(self) -> None:
        """No fault is planned any more, and the port is open."""
        self.faults.forget()
        if self._door is None:
            self._door = Door(self.port, self.work, self.faults)

    def close(self) -> None:
        self.faults.closing.set()
        if self._door is not None:
            self._door.shut()
            self._door = None


def _cut(connection: socket.socket, *, reset: bool = False) -> None:
    if reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    else:
        connection.shutdown(socket.SHUT_RDWR)


def _called(path: str, body: bytes) -> str:
    """The path a fault is planned for; a call by /jsonrpc is named as one by JSON-2 would be."""
    named = jsonrpc.called(body) if path == "/jsonrpc" else None
    return "/".join(("", *named)) if named else path


def conflict(path: str, body: bytes) -> Reply:
    """PostgreSQL's refusal, in the words of the envelope; load() answers it (contract 1)."""
    rpc = path == "/jsonrpc"
    if _called(path, body).endswith("/load"):
        info = {"rows": {"from": 0, "to": 0}, "record": 0, "type": "error", "message": CONFLICT}
        told: dict[str, Any] = {"ids": False, "messages": [info], "nextrow": 0}
        return Reply(200, json.dumps({"jsonrpc": "2.0", "id": None, "result": told} if rpc else told).encode())
    if rpc:
        error = jsonrpc.wrapped(SerializationFailure(), "")
        return Reply(200, json.dumps({"jsonrpc": "2.0", "id": None, "error": error}).encode())
    return Reply(500, json.dumps(SerializationFailure().body("")).encode())
