"""A proxy with faults, to stand before any Odoo: the same cuts and delays as the practice ward's own."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from sync.practice.faults import Faulty, Reply

if TYPE_CHECKING:
    from types import TracebackType

_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "date", "server"}
"""Headers that belong to one connection only."""

TIMEOUT = 120.0


class FaultProxy(Faulty):
    """Forwards each request to the target and its answer back, unless a fault says otherwise."""

    def __init__(self, target_url: str, port: int = 0) -> None:
        self._target = urlsplit(target_url)
        super().__init__(port)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def work(self, verb: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """The target's own answer; 502 where the target cannot be reached."""
        connection = self._connection()
        try:
            told = {name: value for name, value in headers.items() if name not in _HOP}
            connection.request(verb, self._target.path.rstrip("/") + path, body, told)
            answer = connection.getresponse()
            back = tuple((name, value) for name, value in answer.getheaders() if name.lower() not in _HOP)
            return Reply(answer.status, answer.read(), back)
        except OSError as error:
            return Reply(502, str(error).encode(), (("Content-Type", "text/plain"),))
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        secure = self._target.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        return kind(self._target.hostname or "", self._target.port, timeout=TIMEOUT)
