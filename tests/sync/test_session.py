"""One door to Odoo: what it lets through, what each call carries, what a broken line means."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import httpx2
import pytest

from sync.errors import WardstockError
from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.load import load
from sync.odoo.wire.pages import pages
from sync.odoo.wire.session import Server, Session
from tests.sync.doors import JSON, LOOPBACK, asked_of, bare, error_of, rpc, session_over


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
        error = error_of(session)

    assert error.family is Family.CONFIG
    assert "SECRET" not in f"{error} {error.facts} {error.message}"
    assert error.__cause__ is None


def test_a_redirect_is_not_followed() -> None:
    asked: list[str] = []

    def portal(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        return httpx2.Response(302, headers={"location": "https://login.elsewhere.test/"})

    with bare(portal) as session:
        assert error_of(session).code == "redirected"

    assert set(asked) == {"127.0.0.1"}


def test_a_call_that_is_sent_elsewhere_is_not_followed() -> None:
    asked: list[str] = []

    def portal(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        return httpx2.Response(302, headers={"location": "https://login.elsewhere.test/"})

    with session_over(portal) as session:
        assert error_of(session).code == "redirected"

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
