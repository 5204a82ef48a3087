"""One door to Odoo: what it lets through, what each call carries, what a broken line means."""

import json
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2
import pytest

from sync.errors import WardstockError
from sync.odoo.errors import Family, OdooError
from sync.odoo.load import load
from sync.odoo.pages import pages
from sync.odoo.session import Server, Session

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


@pytest.mark.parametrize("major", [17, 18])
def test_an_older_odoo_is_asked_the_same_in_its_own_way(major: int) -> None:
    seen: list[httpx2.Request] = []

    def odoo(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return rpc([7])

    with session_over(odoo, major) as session:
        told = session.call("stock.move", "search", ids=[1], context={"skip_backorder": True}, done=Decimal("0.10"))
        assert (session.can.major, session.version) == (major, f"{major}.0")

    assert told == [7]
    context = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [3], "skip_backorder": True}
    named = {"done": "0.10", "context": context}
    assert asked_of(seen[0]) == ["ward", 6, "secret-key", "stock.move", "search", [[1]], named]
    assert "authorization" not in seen[0].headers
    assert "secret-key" not in str(seen[0].url)


def test_what_is_written_on_an_older_odoo_stands_in_its_place() -> None:
    """By its name Odoo 17 would not find it: some models call it differently."""
    with session_over(lambda request: rpc(asked_of(request)[5:]), 17) as session:
        places, named = session.call("stock.lot", "create", vals_list=[{"name": "A1"}])
        written, _ = session.call("stock.lot", "write", ids=[7], vals={"ref": "B7"})
        model_places, _ = session.call("res.users", "context_get")
        none_places, _ = session.call("stock.picking", "button_validate", ids=[])

    assert (places, sorted(named)) == ([[{"name": "A1"}]], ["context"])
    assert written == [[7], {"ref": "B7"}]
    assert (model_places, none_places) == ([], [[]])


@pytest.mark.parametrize(("major", "ids"), [(17, []), (18, [[6]])])
def test_each_version_is_asked_for_a_group_as_it_wants(major: int, ids: list[list[int]]) -> None:
    def odoo(request: httpx2.Request) -> httpx2.Response:
        places, named = asked_of(request)[5:]
        return rpc(places == ids and named["group_ext_id"] == "stock.group_stock_user")

    with session_over(odoo, major) as session:
        assert session.has_group(6, "stock.group_stock_user")


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
        error = _error(session)

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
        error = _error(session)
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
        error = _error(session)
        assert session.sent == 0

    assert error.family is family
    assert "secret-key" not in f"{error} {error.facts}"


def test_an_older_odoo_is_not_asked_in_nobodys_name() -> None:
    """It would say the key is wrong, and count one more wrong key."""
    nobody = replace(LOOPBACK, login="")

    with Session(
        nobody, httpx2.Client(transport=httpx2.MockTransport(lambda one: older(17)(one) or rpc(1)))
    ) as session:
        error = _error(session)

    assert (error.family, error.code, error.message) == (Family.CONFIG, "login_needed", "17.0")


def test_no_cookie_of_the_server_is_carried_along() -> None:
    seen: list[str | None] = []

    class Hall(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            seen.append(self.headers.get("cookie"))
            self._say(b"1")

        def do_GET(self) -> None:
            self._say(b'{"version_info": [19, 0], "version": "19.0"}')

        def _say(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Set-Cookie", "session_id=abc; Path=/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with served(Hall) as url, Session(Server(url, "ward", "key")) as session:
        session.call("res.users", "context_get")

    assert seen == [None]


def test_the_line_is_kept_where_the_server_keeps_it() -> None:
    """Behind a proxy: a handshake for each call would cost more than the call."""
    lines: set[tuple[str, int]] = set()

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._say(b'{"version_info": [19, 0], "version": "19.0"}')

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self._say(b"1")

        def _say(self, body: bytes) -> None:
            lines.add(self.client_address)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with served(Proxy) as url, Session(Server(url, "ward", "key")) as session:
        for _ in range(3):
            session.call("res.users", "context_get")

    assert len(lines) == 1


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


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
        asked.append(request.url.host)
        return httpx2.Response(302, headers={"location": "https://login.elsewhere.test/"})

    with bare(portal) as session:
        assert _error(session).code == "redirected"

    assert set(asked) == {"127.0.0.1"}


def test_a_call_that_is_sent_elsewhere_is_not_followed() -> None:
    asked: list[str] = []

    def portal(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        return httpx2.Response(302, headers={"location": "https://login.elsewhere.test/"})

    with session_over(portal) as session:
        assert _error(session).code == "redirected"

    assert asked == ["127.0.0.1"]


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


def nameless() -> ssl.SSLContext:
    """TLS without any certificate, as neither side asks for one: for tests only."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # TLS 1.2 is the last that can
        context = ssl.SSLContext(ssl.PROTOCOL_TLS)
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AECDH-AES256-SHA:@SECLEVEL=0")
    return context


def test_a_waiting_call_over_tls_can_be_left() -> None:
    """What is read from is another socket than the one that was connected."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(f"https://127.0.0.1:{listener.getsockname()[1]}", "ward", "key")
        with Session(server, httpx2.Client(verify=nameless(), timeout=60)) as session:
            ended: list[Any] = []
            thread = threading.Thread(target=lambda: ended.append(_error(session)))
            thread.start()
            connection, _ = listener.accept()
            with nameless().wrap_socket(connection, server_side=True) as wire:
                wire.recv(1)
                session.abandon()
                thread.join(timeout=10)

            assert [error.family for error in ended] == [Family.TRANSIENT_UNKNOWN]


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
