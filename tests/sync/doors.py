"""Doors to an Odoo of any version that is not there: what each says before a test has its say."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from sync.odoo.wire.errors import OdooError
from sync.odoo.wire.session import Server, Session

LOOPBACK = Server("http://127.0.0.1:8069", "ward", "secret-key", company_id=3, login="sven")
JSON = {"content-type": "application/json; charset=utf-8"}


Handler = Callable[[httpx2.Request], httpx2.Response]


def session_over(handler: Handler, major: int = 19) -> Session:
    """With an Odoo of that version, which says who it is and who we are; calls are answered by `handler`."""
    before = older(major) if major < 19 else modern(major)

    def odoo(request: httpx2.Request) -> httpx2.Response:
        return before(request) or handler(request)

    return Session(LOOPBACK, httpx2.Client(transport=httpx2.MockTransport(odoo)))


def bare(handler: Handler) -> Session:
    """With whoever answers there."""
    return Session(LOOPBACK, httpx2.Client(transport=httpx2.MockTransport(handler)))


def modern(major: int) -> Callable[[httpx2.Request], httpx2.Response | None]:
    def odoo(request: httpx2.Request) -> httpx2.Response | None:
        if request.url.path != "/json/version":
            return None
        return httpx2.Response(200, json={"version_info": [major, 0, 0, "final", 0, ""], "version": f"{major}.0"})

    return odoo


def older(major: int) -> Callable[[httpx2.Request], httpx2.Response | None]:
    """Odoo 17 has no page of its version, 18 a login page there (contract 15)."""

    def odoo(request: httpx2.Request) -> httpx2.Response | None:
        if request.method == "GET":
            page = {18: httpx2.Response(303, headers={"location": "/web/login"})}
            return page.get(major, httpx2.Response(404, text="<!DOCTYPE html>"))
        params = json.loads(request.content)["params"]
        if params["service"] == "common":
            version = {"server_version": f"{major}.0", "server_version_info": [major, 0, 0, "final", 0, ""]}
            return rpc({"version": version, "authenticate": 6}[params["method"]])
        return None

    return odoo


def rpc(result: object) -> httpx2.Response:
    return httpx2.Response(200, json={"jsonrpc": "2.0", "id": 1, "result": result}, headers=JSON)


def asked_of(request: httpx2.Request) -> Any:
    """The arguments of an `execute_kw`."""
    params = json.loads(request.content)["params"]
    assert (request.url.path, params["service"], params["method"]) == ("/jsonrpc", "object", "execute_kw")
    return params["args"]


def error_of(session: Session) -> OdooError:
    """What a call that must fail fails with."""
    with pytest.raises(OdooError) as caught:
        session.call("res.users", "context_get")
    return caught.value
