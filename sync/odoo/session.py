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
from sync.odoo import jsonrpc
from sync.odoo.capabilities import Capabilities
from sync.odoo.dialect import Dialect, Request
from sync.odoo.errors import Family, OdooError
from sync.odoo.greeting import Greeting, greet
from sync.odoo.json2 import Json2
from sync.odoo.jsonrpc import JsonRpc

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
    """Which Odoo, as whom, for which company. The key is never shown; `login` is asked for by /jsonrpc only."""

    url: str
    database: str
    key: str = field(repr=False)
    company_id: int | None = None
    login: str = ""

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
        """How many calls may have left this device: what tells "never reached" from "do not know".

        Who answers there and who we are is asked before: such a question is no call, nothing happens by it.
        """
        self._client = client or _client(server)
        self._greeting: Greeting | None = None
        self._dialect: Dialect | None = None
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

    @property
    def can(self) -> Capabilities:
        """What the Odoo there can, asked of it once. Raises `OdooError`."""
        return self._met().can

    @property
    def version(self) -> str:
        """What the Odoo there calls itself, asked of it once. Raises `OdooError`."""
        return self._met().version

    def call(
        self,
        model: str,
        method: str,
        *,
        ids: Sequence[int] | None = None,
        context: Mapping[str, Any] | None = None,
        **arguments: Any,  # the arguments of Odoo's method, by its own names
    ) -> Any:
        """Odoo's JSON result with Decimals, or `OdooError`. English and UTC (contract 0.10), one company (design 5).

        `ids` are the records it is made on, an empty list for none of them; left out for a method of the model.
        """
        dialect = self._speak()
        request = dialect.request(model, method, ids, {**self._context(), **(context or {})}, arguments)
        self.sent += 1
        try:
            response = self._send("POST", request)
        except OdooError as error:
            if error.family is not Family.TRANSIENT_UNKNOWN:
                self.sent -= 1
            raise
        return dialect.answer(*_read(response))

    def has_group(self, uid: int, group: str) -> bool:
        """Whether the user, who must be ourselves, is in a group, by its external id (contract 1 and 15)."""
        ids = [uid] if self.can.group_by_ids else None
        return bool(self.call("res.users", "has_group", ids=ids, group_ext_id=group))

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

    def _met(self) -> Greeting:
        if self._greeting is None:
            self._greeting = greet(self._send)
        return self._greeting

    def _speak(self) -> Dialect:
        if self._dialect is None:
            server = self.server
            if self.can.json2:
                self._dialect = Json2(server.database, server.key)
            else:
                self._dialect = JsonRpc(server.database, self._sign_in(), server.key)
        return self._dialect

    def _sign_in(self) -> int:
        """The id of the user whose key it is: /jsonrpc wants it in each call (contract 1)."""
        server = self.server
        asked = jsonrpc.asked("common", "authenticate", server.database, server.login, server.key, {})
        response = self._send("POST", asked)
        uid = jsonrpc.answer(*_read(response))
        if uid is False or uid is None:
            raise OdooError(Family.AUTH, status=response.status_code)
        if not isinstance(uid, int) or isinstance(uid, bool):
            raise OdooError(Family.CONFIG, code="not_an_odoo")
        return uid

    def _send(self, verb: str, request: Request) -> httpx2.Response:
        if self._abandoned:
            raise OdooError(Family.NOT_REACHED, code="abandoned")
        try:
            response = self._client.request(
                verb,
                self.server.url.rstrip("/") + request.path,
                headers={"User-Agent": f"wardstock/{product_version()}", **request.headers},
                content=request.body,
                extensions={"trace": self._trace},
            )
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
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


def _read(response: httpx2.Response) -> tuple[int, str, str]:
    return response.status_code, response.headers.get("content-type", ""), response.text


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
