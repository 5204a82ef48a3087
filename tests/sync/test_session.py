"""One door to Odoo: what it lets through, what each call carries, what a broken line means."""

import json
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from sync.errors import WardstockError
from sync.odoo.errors import Family, OdooError
from sync.odoo.load import load
from sync.odoo.pages import pages
from sync.odoo.session import Server, Session

LOOPBACK = Server("http://127.0.0.1:8069", "ward", "secret-key", company_id=3)
JSON = {"content-type": "application/json; charset=utf-8"}


def session_over(handler: Callable[[httpx2.Request], httpx2.Response]) -> Session:
    return Session(LOOPBACK, httpx2.Client(transport=httpx2.MockTransport(handler)))


def test_each_call_speaks_english_and_utc_for_one_company() -> None:
    seen: list[httpx2.Request] = []

    def odoo(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json=[7], headers=JSON)

    with session_over(odoo) as session:
        session.call("stock.move", "search", ids=[1], context={"skip_backorder": True}, done=Decimal("0.10"))

    body = json.loads(seen[0].content)
    assert seen[0].url.path == "/json/2/stock.move/search"
    assert seen[0].headers["authorization"] == "bearer secret-key"
    assert seen[0].headers["x-odoo-database"] == "ward"
    assert seen[0].headers["user-agent"].startswith("wardstock/")
    assert body["context"] == {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [3], "skip_backorder": True}
    assert (body["ids"], body["done"]) == ([1], "0.10")


def test_ids_are_left_out_where_none_are_meant() -> None:
    def odoo(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json=sorted(json.loads(request.content)), headers=JSON)

    with session_over(odoo) as session:
        assert session.call("res.users", "context_get") == ["context"]


def test_the_servers_clock_is_remembered() -> None:
    dated = {**JSON, "date": "Sat, 21 Nov 2026 03:52:33 GMT"}

    with session_over(lambda _request: httpx2.Response(200, json=1, headers=dated)) as session:
        session.call("res.users", "context_get")

    assert session.server_time is not None
    assert session.server_time.at == datetime(2026, 11, 21, 3, 52, 33, tzinfo=UTC)


@pytest.mark.parametrize("url", ["http://odoo.hospital.test", "http://10.0.0.7:8069", "ftp://odoo.test", "odoo.test"])
def test_nothing_goes_over_the_wire_in_the_clear(url: str) -> None:
    with pytest.raises(WardstockError) as caught:
        Session(Server(url, "ward", "key"))

    assert caught.value.code == "http_refused"


def test_the_key_is_not_shown() -> None:
    assert "secret-key" not in repr(LOOPBACK)


@pytest.mark.parametrize("key", ["", "SECRET\nsecond line", "SECRET part", "SECRET\t", "SECR\u00c9T", "SECRET\x7f"])
def test_what_can_be_no_key_is_never_sent_nor_repeated(key: str) -> None:
    with pytest.raises(WardstockError) as caught:
        Session(Server("https://odoo.test", "ward", key))

    assert (caught.value.code, caught.value.facts) == ("key_malformed", {})


def test_a_header_that_cannot_be_sent_is_not_quoted() -> None:
    def line(_request: httpx2.Request) -> httpx2.Response:
        raise httpx2.LocalProtocolError("Illegal header value b'bearer SECRET'")

    with session_over(line) as session:
        error = _error(session)

    assert error.family is Family.CONFIG
    assert "SECRET" not in f"{error} {error.facts} {error.message}"
    assert error.__cause__ is None


def test_a_redirect_is_not_followed() -> None:
    asked: list[str] = []

    def portal(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(302, headers={"location": "https://login.elsewhere.test/"})

    with session_over(portal) as session, pytest.raises(OdooError) as caught:
        session.call("res.users", "context_get")

    assert caught.value.code == "redirected"
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("broken", "family", "sent"),
    [
        (httpx2.ConnectError("refused"), Family.NOT_REACHED, 0),
        (httpx2.ConnectTimeout("no answer"), Family.NOT_REACHED, 0),
        (httpx2.ReadTimeout("slow"), Family.TRANSIENT_UNKNOWN, 1),
        (httpx2.ReadError("reset"), Family.TRANSIENT_UNKNOWN, 1),
        (httpx2.WriteError("reset"), Family.TRANSIENT_UNKNOWN, 1),
        (httpx2.RemoteProtocolError("cut"), Family.TRANSIENT_UNKNOWN, 1),
    ],
)
def test_only_a_line_that_never_stood_is_surely_not_reached(
    broken: httpx2.TransportError, family: Family, sent: int
) -> None:
    def line(_request: httpx2.Request) -> httpx2.Response:
        raise broken

    with session_over(line) as session:
        with pytest.raises(OdooError) as caught:
            session.call("res.users", "context_get")

        assert caught.value.family is family
        assert session.sent == sent


def test_a_failure_in_unknown_words_is_tried_alone_three_more_times() -> None:
    calls: list[int] = []
    pauses: list[float] = []

    def odoo(_request: httpx2.Request) -> httpx2.Response:
        calls.append(1)
        return httpx2.Response(200, json={"ids": False, "messages": [{"message": "serialisieren"}]}, headers=JSON)

    with session_over(odoo) as session, pytest.raises(OdooError) as caught:
        load(session, "stock.lot", ["id"], [["x"]], pauses.append)

    assert caught.value.family is Family.DATA
    assert (len(calls), len(pauses)) == (4, 3)


@pytest.mark.parametrize("said", [{"status": "login"}, None, True, "ok", 0, {}, ["a"], [{"name": "x"}], [{"id": "x"}]])
def test_records_that_are_none_come_from_somebody_else(said: object) -> None:
    """A portal or a gateway says 200 in JSON too."""
    with session_over(lambda _request: httpx2.Response(200, text=json.dumps(said), headers=JSON)) as session:
        with pytest.raises(OdooError) as caught:
            list(pages(session, "stock.location", ["name"]))

        assert (caught.value.family, caught.value.code) == (Family.CONFIG, "not_an_odoo")


@pytest.mark.parametrize("said", [{"status": "login"}, None, True, [], {"ids": [1]}, {"messages": []}])
def test_a_load_that_is_answered_by_somebody_else_is_no_load(said: object) -> None:
    with session_over(lambda _request: httpx2.Response(200, text=json.dumps(said), headers=JSON)) as session:
        with pytest.raises(OdooError) as caught:
            load(session, "stock.lot", ["id"], [["x"]])

        assert (caught.value.family, caught.value.code) == (Family.CONFIG, "not_an_odoo")


def test_a_waiting_call_can_be_left() -> None:
    """A server that never answers does not keep the app from closing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}", "ward", "key")
        with Session(server) as session:
            ended: list[Any] = []
            thread = threading.Thread(target=lambda: ended.append(_error(session)))
            thread.start()
            connection, _ = listener.accept()
            with connection:
                connection.recv(1)
                session.abandon()
                thread.join(timeout=10)

            assert [error.family for error in ended] == [Family.TRANSIENT_UNKNOWN]
            assert _error(session).family is Family.NOT_REACHED


def _error(session: Session) -> OdooError:
    with pytest.raises(OdooError) as caught:
        session.call("res.users", "context_get")
    return caught.value


def test_a_real_refused_port_is_not_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with Session(Server(f"http://127.0.0.1:{port}", "ward", "key")) as session:
        error = _error(session)

    assert error.family is Family.NOT_REACHED
