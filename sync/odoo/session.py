"""One door to one Odoo: who we are, what each call carries, and what the network can do to it."""

import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2

from sync.clock import Clock
from sync.errors import WardstockError
from sync.odoo import json2
from sync.odoo.errors import Family, OdooError

CONNECT_SECONDS = 5.0
READ_SECONDS = 60.0
"""Odoo retries a conflict in `button_validate` by itself, up to half a minute (contract 9)."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def product_version() -> str:
    """The version of Wardstock that is installed; a bare checkout has none."""
    try:
        return version("wardstock")
    except PackageNotFoundError:
        return "0"


@dataclass(frozen=True, slots=True)
class Server:
    """Which Odoo, as whom, for which company. The key is never shown."""

    url: str
    database: str
    key: str = field(repr=False)
    company_id: int | None = None

    @property
    def host(self) -> str:
        """Shown when a person enrols the device."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_loopback(self) -> bool:
        """The practice ward, or a test: the only place where http is allowed (design 8)."""
        return self.host in LOOPBACK


@dataclass(frozen=True, slots=True)
class ServerTime:
    """The server's clock (UTC) beside this device's, read in the same moment."""

    at: datetime
    wall: datetime
    seconds: float


class Session:
    """Calls Odoo. One call is one Odoo transaction: it happened, or it did not, or we do not know (`Family`).

    Not for two threads at once; `abandon` alone may be called from another one. To make one raises
    WardstockError: http_refused, key_malformed.
    """

    def __init__(self, server: Server, client: httpx2.Client | None = None, clock: Clock | None = None) -> None:
        _only_https(server)
        _only_a_key(server.key)
        self.server = server
        self.clock = clock or Clock()
        self.server_time: ServerTime | None = None
        self.sent = 0
        """How many requests may have left this device: what tells "never reached" from "do not know"."""
        self._client = client or _client(server)
        self._abandoned = False
        self._wire: Any = None  # httpcore2's stream; it exports no type for it

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def call(
        self,
        model: str,
        method: str,
        *,
        ids: Sequence[int] | None = None,
        context: Mapping[str, Any] | None = None,
        **arguments: Any,  # the arguments of Odoo's method, by its own names
    ) -> Any:
        """Odoo's JSON result with Decimals, or `OdooError`. English and UTC (contract 0.10), one company (design 5)."""
        told = json2.body(ids, {**self._context(), **(context or {})}, arguments)
        headers = json2.headers(self.server.database, self.server.key)
        response = self._send("POST", json2.path(model, method), headers, told)
        return json2.answer(response.status_code, response.headers.get("content-type", ""), response.text)

    def has_group(self, uid: int, group: str) -> bool:
        """Whether the user is in a group, by its external id."""
        return bool(self.call("res.users", "has_group", **json2.has_group(uid, group)))

    def get(self, path: str) -> httpx2.Response:
        """A page of the server, without the key and without following it anywhere."""
        return self._send("GET", path, {}, b"")

    def abandon(self) -> None:
        """Let a waiting call end now, as a cut line would, and no other begin: the outcome of it is unknown."""
        self._abandoned = True
        self._cut()

    def _cut(self) -> None:
        if self._wire is not None:
            with suppress(OSError):  # already down
                self._wire.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def _context(self) -> dict[str, Any]:
        company = self.server.company_id
        known = {} if company is None else {"allowed_company_ids": [company]}
        return {"lang": "en_US", "tz": "UTC", **known}

    def _send(self, verb: str, path: str, headers: Mapping[str, str], body: bytes) -> httpx2.Response:
        if self._abandoned:
            raise OdooError(Family.NOT_REACHED, code="abandoned")
        self.sent += 1
        try:
            response = self._client.request(
                verb,
                self.server.url.rstrip("/") + path,
                headers={"User-Agent": f"wardstock/{product_version()}", **headers},
                content=body,
                extensions={"trace": self._trace},
            )
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            self.sent -= 1
            raise _unconnected(error) from error
        except httpx2.InvalidURL as error:
            raise OdooError(Family.CONFIG, code="not_an_odoo", message=str(error)) from error
        except httpx2.LocalProtocolError:
            # Its words quote the header it stumbled over, which may be the one with the key.
            raise OdooError(Family.CONFIG, name="LocalProtocolError") from None
        except httpx2.TransportError as error:
            raise OdooError(Family.TRANSIENT_UNKNOWN, name=type(error).__name__, message=str(error)) from error
        self._read_clock(response)
        return response

    def _trace(self, event: str, facts: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            self._wire = facts["return_value"]
            if self._abandoned:
                self._cut()

    def _read_clock(self, response: httpx2.Response) -> None:
        with suppress(ValueError, TypeError):  # a proxy's odd Date teaches us nothing
            at = parsedate_to_datetime(response.headers["date"]) if "date" in response.headers else None
            if at is not None:
                moment = self.clock.moment()
                self.server_time = ServerTime(at.astimezone(UTC), moment.wall, moment.monotonic)


def _only_https(server: Server) -> None:
    scheme = urlsplit(server.url).scheme
    if scheme == "https" or (scheme == "http" and server.is_loopback):
        return
    raise WardstockError("http_refused", host=server.host or server.url)


def _only_a_key(key: str) -> None:
    """Anything else cannot stand in a header, and what fails there repeats the key in its words."""
    if not key or not all("!" <= sign <= "~" for sign in key):
        raise WardstockError("key_malformed")


def _client(server: Server) -> httpx2.Client:
    """Certificates are judged by the system's store; on loopback no proxy of the environment stands between."""
    return httpx2.Client(
        timeout=httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=not server.is_loopback,
    )


def _unconnected(error: httpx2.TransportError) -> OdooError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return OdooError(Family.CONFIG, code="certificate_refused", message=str(cause))
        cause = cause.__cause__ or cause.__context__
    return OdooError(Family.NOT_REACHED, name=type(error).__name__, message=str(error))
