"""Which Odoo answers there: asked of the server, in the one dialect and then in the other (contract 1 and 15)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx2

from sync.odoo.wire import jsonrpc
from sync.odoo.wire.capabilities import Capabilities, of_version
from sync.odoo.wire.dialect import Request
from sync.odoo.wire.errors import Family, OdooError, from_foreign

Send = Callable[[str, Request], httpx2.Response]
"""Put a request to the server: the verb, what is sent."""

_PAGE = Request("/json/version", {}, b"")


@dataclass(frozen=True, slots=True)
class Greeting:
    """The version a server calls itself, and what we know of that version."""

    version: str
    can: Capabilities


def greet(send: Send, *, older: bool = False) -> Greeting:
    """Who is there; `older` says in which dialect to ask first. Raises `OdooError` where no Odoo we serve answers."""
    first, second = (_by_rpc, _by_page) if older else (_by_page, _by_rpc)
    try:
        number, version = first(send)
    except OdooError as error:
        if error.family is not Family.CONFIG:
            raise
        number, version = second(send)
    can = of_version(number)
    if can is None:
        raise OdooError(Family.CONFIG, code="version_not_served", message=version)
    return Greeting(version, can)


def _by_page(send: Send) -> tuple[tuple[int, int], str]:
    """Only a 200 in JSON counts: 17 has no such page, 18 redirects to a login page (contract 15)."""
    response = send("GET", _PAGE)
    kind = response.headers.get("content-type", "")
    if response.status_code != HTTPStatus.OK or not kind.startswith("application/json"):
        raise _foreign(response)
    try:
        told = json.loads(response.text)
    except ValueError as error:
        raise _foreign(response) from error
    return _version(told, "version")


def _by_rpc(send: Send) -> tuple[tuple[int, int], str]:
    """Every Odoo before 20 answers here, without a key."""
    response = send("POST", jsonrpc.asked("common", "version"))
    if response.status_code != HTTPStatus.OK:
        raise _foreign(response)
    told = jsonrpc.answer(response.status_code, response.headers.get("content-type", ""), response.text)
    return _version(told, "server_version")


def _version(told: Any, name: str) -> tuple[tuple[int, int], str]:
    try:
        major, minor = told[f"{name}_info"][:2]
        # Odoo Online says "saas~19" and 2.
        return (int(str(major).rpartition("~")[2]), int(minor)), str(told[name])
    except (ValueError, KeyError, TypeError) as error:
        raise OdooError(Family.CONFIG, code="not_an_odoo") from error


def _foreign(response: httpx2.Response) -> OdooError:
    status, kind = response.status_code, response.headers.get("content-type", "")
    if status == HTTPStatus.NOT_FOUND:  # no database was asked for here
        return OdooError(Family.CONFIG, code="not_an_odoo", status=status)
    return from_foreign(status, kind, response.text)
