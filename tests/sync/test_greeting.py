"""Which Odoo answers there, and as whom we are let in (contract 1 and 15)."""

import json
from dataclasses import replace

import httpx2
import pytest

from sync.odoo.wire.errors import Family
from sync.odoo.wire.session import Session
from tests.sync.doors import JSON, LOOPBACK, asked_of, bare, error_of, modern, older, rpc


def test_who_answers_and_who_we_are_is_asked_once() -> None:
    asked: list[str] = []
    inner = older(17)

    def odoo(request: httpx2.Request) -> httpx2.Response:
        asked.append("page" if request.method == "GET" else json.loads(request.content)["params"]["method"])
        return inner(request) or rpc(1)

    with bare(odoo) as session:
        session.call("res.users", "context_get")
        session.call("res.users", "context_get")
        assert session.sent == 2

    assert asked == ["page", "version", "authenticate", "execute_kw", "execute_kw"]


def test_what_the_device_knows_already_is_not_asked_again() -> None:
    asked: list[str] = []
    inner = older(17)

    def odoo(request: httpx2.Request) -> httpx2.Response:
        asked.append("page" if request.method == "GET" else json.loads(request.content)["params"]["method"])
        return inner(request) or rpc(asked_of(request)[1])

    known = replace(LOOPBACK, user_id=41, older=True)
    with Session(known, httpx2.Client(transport=httpx2.MockTransport(odoo))) as session:
        assert session.call("res.users", "context_get") == 41

    assert asked == ["version", "execute_kw"]


def test_an_odoo_that_was_renewed_over_night_is_spoken_to_as_it_wants_now() -> None:
    """Also where the new one has closed the door by which the old one was asked."""

    def odoo(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/jsonrpc":
            return httpx2.Response(404, text="<!DOCTYPE html>")
        return modern(20)(request) or httpx2.Response(200, json=request.url.path, headers=JSON)

    known = replace(LOOPBACK, user_id=41, older=True)
    with Session(known, httpx2.Client(transport=httpx2.MockTransport(odoo))) as session:
        assert session.call("res.users", "context_get") == "/json/2/res.users/context_get"
        assert (session.can.major, session.can.tested) == (20, False)


@pytest.mark.parametrize(
    ("info", "name", "major", "tested"),
    [
        (["saas~19", 2, 0, "final", 0, ""], "saas~19.2+e", 19, False),
        ([19, 0, 0, "final", 0, "e"], "19.0+e", 19, True),
        ([20, 0, 0, "final", 0, ""], "20.0", 20, False),
    ],
)
def test_a_version_nobody_tested_is_known_as_such(info: list[object], name: str, major: int, tested: bool) -> None:
    version = {"version_info": info, "version": name}

    with bare(lambda _request: httpx2.Response(200, json=version, headers=JSON)) as session:
        assert (session.can.major, session.can.tested, session.can.json2) == (major, tested, True)
        assert session.version == name


def test_an_odoo_too_old_is_not_served() -> None:
    def odoo(request: httpx2.Request) -> httpx2.Response:
        return older(16)(request) or rpc(1)

    with bare(odoo) as session:
        error = error_of(session)

    assert (error.family, error.code, error.message) == (Family.CONFIG, "version_not_served", "16.0")


@pytest.mark.parametrize(
    ("status", "kind", "text", "family", "code"),
    [
        (200, "text/html", "<html>Sign in to the hospital wifi</html>", Family.CONFIG, "not_an_odoo"),
        (200, "application/json", '{"status": "login"}', Family.CONFIG, "not_an_odoo"),
        (404, "text/html", "<html>nothing here</html>", Family.CONFIG, "not_an_odoo"),
        (200, "application/json", '{"version_in', Family.TRANSIENT_UNKNOWN, "odoo_transient_unknown"),
        (502, "text/html", "<h1>Bad gateway</h1>", Family.TRANSIENT_UNKNOWN, "odoo_transient_unknown"),
        (429, "text/plain", "slow down", Family.TRANSIENT_UNKNOWN, "odoo_transient_unknown"),
    ],
)
def test_who_answers_instead_of_odoo_is_told_before_anything_is_sent(
    status: int, kind: str, text: str, family: Family, code: str
) -> None:
    with bare(lambda _request: httpx2.Response(status, text=text, headers={"content-type": kind})) as session:
        error = error_of(session)
        assert session.sent == 0

    assert (error.family, error.code) == (family, code)


@pytest.mark.parametrize(
    ("answer", "family"),
    [
        (rpc(False), Family.AUTH),
        (rpc("six"), Family.CONFIG),
        (httpx2.Response(502, text="<h1>Bad gateway</h1>"), Family.TRANSIENT_UNKNOWN),
        (httpx2.ReadTimeout("slow"), Family.TRANSIENT_UNKNOWN),
        (httpx2.ConnectError("refused"), Family.NOT_REACHED),
    ],
)
def test_who_does_not_get_in_has_posted_nothing(answer: httpx2.Response | Exception, family: Family) -> None:
    def odoo(request: httpx2.Request) -> httpx2.Response:
        if request.method == "POST" and json.loads(request.content)["params"]["method"] == "authenticate":
            if isinstance(answer, Exception):
                raise answer
            return answer
        return older(17)(request) or rpc(1)

    with bare(odoo) as session:
        error = error_of(session)
        assert session.sent == 0

    assert error.family is family
    assert "secret-key" not in f"{error} {error.facts}"


def test_an_older_odoo_is_not_asked_in_nobodys_name() -> None:
    """It would say the key is wrong, and count one more wrong key."""
    nobody = replace(LOOPBACK, login="")

    with Session(
        nobody, httpx2.Client(transport=httpx2.MockTransport(lambda one: older(17)(one) or rpc(1)))
    ) as session:
        error = error_of(session)

    assert (error.family, error.code, error.message) == (Family.CONFIG, "login_needed", "17.0")
