"""The line to one server: what goes over it, what the network can do to it, and how to let go of it."""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import httpx2

from sync.clock import Clock
from sync.odoo.wire.dialect import Request
from sync.odoo.wire.errors import Family, OdooError

CONNECT_SECONDS = 5.0
READ_SECONDS = 60.0
"""Odoo retries a conflict in `button_validate` by itself, up to half a minute (contract 9)."""


@cache
def product_version() -> str:
    """The version of Wardstock that is installed; a bare checkout has none."""
    try:
        return version("wardstock")
    except PackageNotFoundError:
        return "0"


@dataclass(frozen=True, slots=True)
class ServerTime:
    """The server's clock (UTC) beside this device's, read in the same moment."""

    at: datetime
    wall: datetime
    seconds: float


def line_client(*, trust_env: bool, tls: bool) -> httpx2.Client:
    """Certificates are judged by the system's store. Without `tls` no certificate is believed, and none is read in.

    The connection is kept where the server lets us: a proxy in front of Odoo does, Odoo's own server ends each.
    Cookies are not kept: the key says who we are, a session of Odoo's pages would say it again and differently.
    """
    timeout = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    # Reading the system's certificates takes longer than a pass that finds nothing new.
    judge = True if tls else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client = httpx2.Client(timeout=timeout, follow_redirects=False, trust_env=trust_env, verify=judge)
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return client


class Line:
    """Sends a request and waits for its answer, whatever it says. Only `abandon` may come from another thread."""

    def __init__(self, url: str, client: httpx2.Client, clock: Clock) -> None:
        self.server_time: ServerTime | None = None
        self._url = url.rstrip("/")
        self._client = client
        self._clock = clock
        self._abandoned = False
        self._wire: Any = None  # httpcore2's stream; it exports no type for it

    def close(self) -> None:
        self._client.close()

    def abandon(self) -> None:
        """Let a waiting request end now, as a cut line would, and no other begin."""
        self._abandoned = True
        self._cut()

    def send(self, verb: str, request: Request) -> httpx2.Response:
        """The answer. Raises `OdooError`: TRANSIENT_UNKNOWN where it may have left, else it surely did not."""
        if self._abandoned:
            raise OdooError(Family.NOT_REACHED, code="abandoned")
        try:
            response = self._client.request(
                verb,
                self._url + request.path,
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
        # With TLS the plain socket is a husk: what is read from is known after the handshake.
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._wire = facts["return_value"]
            if self._abandoned:
                self._cut()

    def _cut(self) -> None:
        if self._wire is not None:
            with suppress(OSError):  # already down
                # Not SSLSocket's own: it drops its secrets first, under the hands of the thread that reads.
                socket.socket.shutdown(self._wire.get_extra_info("socket"), socket.SHUT_RDWR)

    def _read_clock(self, response: httpx2.Response) -> None:
        with suppress(ValueError, TypeError):  # a proxy's odd Date teaches us nothing
            at = parsedate_to_datetime(response.headers["date"]) if "date" in response.headers else None
            if at is not None:
                moment = self._clock.moment()
                self.server_time = ServerTime(at.astimezone(UTC), moment.wall, moment.monotonic)


def _unconnected(error: httpx2.TransportError) -> OdooError:
    """`name` is what lay at the bottom of it: no such name, nobody listens there, no TLS spoken there."""
    cause: BaseException = error
    while (below := cause.__cause__ or cause.__context__) is not None:
        cause = below
        if isinstance(cause, ssl.SSLCertVerificationError):
            return OdooError(Family.CONFIG, code="certificate_refused", message=str(cause))
    return OdooError(Family.NOT_REACHED, name=type(cause).__name__, message=str(error))
