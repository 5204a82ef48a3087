"""On a bad line questions are asked again; what changes something is not (decision 050)."""

from collections.abc import Callable

import httpx2
import pytest

from sync.odoo.wire.errors import Family, OdooError
from sync.odoo.wire.session import Server, Session

URL = "http://127.0.0.1:1"
RECORDS = httpx2.Response(200, json=[], headers={"content-type": "application/json"})


class Cut(httpx2.BaseTransport):
    """Greets as Odoo 19, then cuts so many answers, or does to them what it is told."""

    def __init__(self, times: int, how: Callable[[httpx2.Request], httpx2.Response]) -> None:
        self.times, self.how, self.asked = times, how, 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/json/version":
            told = {"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"}
            return httpx2.Response(200, json=told, headers={"content-type": "application/json"})
        self.asked += 1
        return self.how(request) if self.asked <= self.times else RECORDS


def reset(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ReadError("reset", request=request)


def waits(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ReadTimeout("slow", request=request)


def busy(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(429)


def over(line: Cut) -> Session:
    return Session(Server(URL, "ward", "key", 1), httpx2.Client(transport=line))


@pytest.mark.parametrize("times", [1, 2])
def test_a_question_that_was_cut_is_asked_again(times: int) -> None:
    line = Cut(times, reset)
    with over(line) as session:
        assert session.call("stock.picking", "search_read", domain=[]) == []
        assert (line.asked, session.sent) == (times + 1, 1)


def test_not_for_ever() -> None:
    line = Cut(5, reset)
    with over(line) as session, pytest.raises(OdooError) as caught:
        session.call("stock.picking", "search_read", domain=[])

    assert caught.value.family is Family.TRANSIENT_UNKNOWN
    assert (line.asked, session.sent) == (3, 1)


@pytest.mark.parametrize("method", ["load", "write", "unlink", "button_validate", "action_cancel", "create"])
def test_what_changes_something_is_left_to_the_posting(method: str) -> None:
    line = Cut(1, reset)
    with over(line) as session, pytest.raises(OdooError):
        session.call("stock.picking", method, ids=[1])

    assert line.asked == 1


@pytest.mark.parametrize("how", [waits, busy])
def test_a_tired_server_is_not_asked_at_once(how: Callable[[httpx2.Request], httpx2.Response]) -> None:
    line = Cut(1, how)
    with over(line) as session, pytest.raises(OdooError):
        session.call("stock.picking", "search_read", domain=[])

    assert line.asked == 1
