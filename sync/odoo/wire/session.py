"""One door to one Odoo: who we are there, which dialect it speaks, and what each call carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2

from sync.clock import Clock
from sync.errors import WardstockError
from sync.odoo.wire import jsonrpc
from sync.odoo.wire.capabilities import Capabilities
from sync.odoo.wire.dialect import Dialect, Request
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.greeting import Greeting, greet
from sync.odoo.wire.json2 import Json2
from sync.odoo.wire.jsonrpc import JsonRpc
from sync.odoo.wire.line import Line, ServerTime, line_client

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

QUESTIONS = frozenset(
    {
        "check_access_rights", "check_object_reference", "context_get", "fields_get", "formatted_read_group",
        "get_metadata", "has_access", "has_group", "read", "read_group", "search", "search_count", "search_read",
    }
)  # fmt: skip
"""Methods that change nothing."""
ASKED_AGAIN = 2
"""How often a question is repeated at once when its answer was cut: a posting asks some twenty, and on a line that
cuts a third of all calls it would never come to its end (decision 050)."""


@dataclass(frozen=True, slots=True)
class Server:
    """Which Odoo, as whom, for which company. The key is never shown.

    Only /jsonrpc asks for `login`, or knows the user by `user_id` without asking. `older` says which dialect was
    spoken there when the device last asked: it is asked first, to save a request, and never relied on.
    """

    url: str
    database: str
    key: str = field(repr=False)
    company_id: int | None = None
    login: str = ""
    user_id: int | None = None
    older: bool = False

    @property
    def host(self) -> str:
        """Shown when a person enrols the device."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_loopback(self) -> bool:
        """The practice ward, or a test: the only place where http is allowed (design 8)."""
        return self.host in LOOPBACK


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
        self.sent = 0
        """How many calls may have left this device: what tells "never reached" from "do not know".

        Who answers there and who we are is asked before: such a question is no call, nothing happens by it.
        """
        # On loopback no proxy of the environment stands between.
        away, tls = not server.is_loopback, urlsplit(server.url).scheme == "https"
        self._line = Line(server.url, client or line_client(trust_env=away, tls=tls), self.clock)
        self._greeting: Greeting | None = None
        self._dialect: Dialect | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._line.close()

    def abandon(self) -> None:
        """Let a waiting call end now, as a cut line would, and no other begin: the outcome of it is unknown."""
        self._line.abandon()

    @property
    def server_time(self) -> ServerTime | None:
        """What the last answer said of the server's clock."""
        return self._line.server_time

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
        for _ in range(ASKED_AGAIN if method in QUESTIONS else 0):
            try:
                return self._exchange(dialect, request)
            except OdooError as error:
                if not _cut_short(error):
                    raise
                self.sent -= 1  # the same call
        return self._exchange(dialect, request)

    def _exchange(self, dialect: Dialect, request: Request) -> Any:  # Any: JSON
        self.sent += 1
        try:
            response = self._line.send("POST", request)
        except OdooError as error:
            if error.family is not Family.TRANSIENT_UNKNOWN:
                self.sent -= 1
            raise
        return dialect.answer(*_read(response))

    def databases(self) -> tuple[str, ...]:
        """Which databases there are, where the server tells everybody; empty where it does not. Needs no key.

        Raises `OdooError` where nobody answers.
        """
        try:
            response = self._line.send("POST", jsonrpc.listed())
            told = jsonrpc.answer(*_read(response))
        except OdooError as error:
            if error.family in {Family.NOT_REACHED, Family.TRANSIENT_UNKNOWN}:
                raise
            return ()
        return tuple(str(name) for name in told) if isinstance(told, list) else ()

    def has_group(self, uid: int, group: str) -> bool:
        """Whether the user, who must be ourselves, is in a group, by its external id (contract 1 and 15)."""
        ids = [uid] if self.can.group_by_ids else None
        return bool(self.call("res.users", "has_group", ids=ids, group_ext_id=group))

    def _context(self) -> dict[str, Any]:
        company = self.server.company_id
        known = {} if company is None else {"allowed_company_ids": [company]}
        return {"lang": "en_US", "tz": "UTC", **known}

    def _met(self) -> Greeting:
        if self._greeting is None:
            self._greeting = greet(self._line.send, older=self.server.older)
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
        """The id of the user whose key it is: /jsonrpc wants it in each call (contract 1).

        Odoo proves key and user in each call. To sign in leaves a row there each time, and five wrong keys of any
        device shut this door for all behind the same address: known is better than asked.
        """
        server = self.server
        if server.user_id is not None:
            return server.user_id
        if not server.login:
            raise OdooError(Family.CONFIG, code="login_needed", message=self.version)
        asked = jsonrpc.asked("common", "authenticate", server.database, server.login, server.key, {})
        response = self._line.send("POST", asked)
        uid = jsonrpc.answer(*_read(response))
        if uid is False or uid is None:
            raise OdooError(Family.AUTH, status=response.status_code)
        if not isinstance(uid, int) or isinstance(uid, bool):
            raise OdooError(Family.CONFIG, code="not_an_odoo")
        return uid


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


def _cut_short(error: OdooError) -> bool:
    """Whether the same question may do better at once: not where the server let us wait, or told us to."""
    slow = error.name == "ReadTimeout" or error.status == HTTPStatus.TOO_MANY_REQUESTS
    return error.family is Family.TRANSIENT_UNKNOWN and not slow
