"""Each fault of the practice ward does what it says, to the call it was meant for, and leaves the rest in peace."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2
import pytest

from sync.practice.faults import FaultName
from sync.practice.proxy import FaultProxy
from sync.practice.server import PracticeWard
from tests.practice.conftest import Ask

CONTEXT = {"mode": "update", "noupdate": True, "tz": "UTC"}
LOST = (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError)


@pytest.fixture(params=["ward", "proxy"])
def place(request: pytest.FixtureRequest, ward: PracticeWard) -> Iterator[PracticeWard | FaultProxy]:
    """Where the fault happens: in the ward itself, or in a proxy before it."""
    if request.param == "ward":
        yield ward
        return
    with FaultProxy(ward.url) as proxy:
        yield proxy


def make_lot(ask: Ask, place: PracticeWard | FaultProxy, name: str = "Z1") -> httpx2.Response:
    row = [f"__wardstock__.{name}", 1, name]
    fields = ["id", "product_id/.id", "name"]
    return ask("stock.lot", "load", place.url, fields=fields, data=[row], context=CONTEXT)


def lots(ward: PracticeWard) -> list[str]:
    return [lot["name"] for lot in ward.ask("stock.lot", ["name", "like", "Z"])]


def test_a_lost_reply_means_done_but_not_told(ask: Ask, ward: PracticeWard, place: PracticeWard | FaultProxy) -> None:
    place.fail_next("reply_lost")

    with pytest.raises(LOST):
        make_lot(ask, place)

    assert lots(ward) == ["Z1"]
    assert make_lot(ask, place).json()["ids"]
    assert lots(ward) == ["Z1"]


def test_a_reset_means_nothing_was_done(ask: Ask, ward: PracticeWard, place: PracticeWard | FaultProxy) -> None:
    place.fail_next("reset")

    with pytest.raises(LOST):
        make_lot(ask, place)

    assert lots(ward) == []
    assert make_lot(ask, place).status_code == 200


def test_a_line_cut_midway_ends_on_the_server(ask: Ask, ward: PracticeWard, place: PracticeWard | FaultProxy) -> None:
    place.fail_next("cut_midway", seconds=0)

    with pytest.raises(LOST):
        make_lot(ask, place)

    place.close()
    assert lots(ward) == ["Z1"]


def test_an_error_page_means_nothing_was_done(ask: Ask, ward: PracticeWard, place: PracticeWard | FaultProxy) -> None:
    place.fail_next("http_500")

    response = make_lot(ask, place)

    assert (response.status_code, response.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert lots(ward) == []


def test_a_conflict_in_load_is_an_answer(ask: Ask, ward: PracticeWard, place: PracticeWard | FaultProxy) -> None:
    place.fail_next("serialization", method="load")

    told = make_lot(ask, place).json()

    assert told["ids"] is False
    assert told["messages"][0]["message"] == "could not serialize access due to concurrent update"
    assert lots(ward) == []


def test_a_conflict_elsewhere_is_500(ask: Ask, place: PracticeWard | FaultProxy) -> None:
    place.fail_next("serialization", method="button_validate")

    response = ask("stock.picking", "button_validate", place.url, ids=[1])

    assert response.status_code == 500
    assert response.json()["name"] == "psycopg2.errors.SerializationFailure"


def test_a_slow_answer_comes(ask: Ask, ward: PracticeWard, place: PracticeWard | FaultProxy) -> None:
    place.fail_next("slow", seconds=0.2)
    began = time.monotonic()

    assert make_lot(ask, place).json()["ids"]

    assert time.monotonic() - began >= 0.2
    assert lots(ward) == ["Z1"]


def test_a_closed_port_refuses_until_it_answers_again(ask: Ask, place: PracticeWard | FaultProxy) -> None:
    url = place.url
    place.fail_next("refused")

    for _ in range(2):
        with pytest.raises(httpx2.ConnectError):
            make_lot(ask, place)

    place.answer_again()
    assert place.url == url
    assert make_lot(ask, place).status_code == 200


@pytest.mark.parametrize("fault", ["reply_lost", "reset", "http_500"])
def test_a_fault_waits_for_its_method_and_its_number(ask: Ask, ward: PracticeWard, fault: FaultName) -> None:
    ward.fail_next(fault, times=2, method="stock.lot/load")
    assert ask("res.users", "context_get").status_code == 200

    outcomes = []
    for _ in range(3):
        try:
            outcomes.append(make_lot(ask, ward).status_code)
        except LOST:
            outcomes.append(0)

    assert outcomes[2] == 200
    assert 200 not in outcomes[:2]


def test_planned_faults_can_be_called_off(ask: Ask, ward: PracticeWard) -> None:
    ward.fail_next("reset", times=9)

    ward.answer_again()

    assert make_lot(ask, ward).status_code == 200


def test_chaos_cuts_some_calls_and_its_seed_decides_which(ask: Ask) -> None:
    def run() -> list[bool]:
        came = []
        with PracticeWard() as ward:
            ward.chaos(seed=11, probability=0.5)
            for number in range(20):
                try:
                    came.append(make_lot(ask, ward, f"Z{number}").status_code == 200)
                except LOST:
                    came.append(False)
        return came

    first = run()

    assert 4 <= sum(first) <= 16
    assert run() == first


def test_a_proxy_hands_on_what_it_got(ask: Ask, ward: PracticeWard) -> None:
    with FaultProxy(ward.url) as proxy:
        direct = ask("res.users", "nometh")
        through = ask("res.users", "nometh", proxy.url)

    assert (through.status_code, through.json()["message"]) == (direct.status_code, direct.json()["message"])
    assert through.headers["content-type"] == direct.headers["content-type"]


def test_a_proxy_before_nothing_says_502(ask: Ask, ward: PracticeWard) -> None:
    ward.fail_next("refused")

    with FaultProxy(ward.url) as proxy:
        assert make_lot(ask, proxy).status_code == 502


@pytest.mark.parametrize(
    ("fault", "status", "done"),
    [
        ("http_500_after", 500, True),
        ("http_502", 502, False),
        ("http_502_after", 502, True),
        ("http_503", 503, False),
        ("http_503_after", 503, True),
        ("http_429", 429, False),
        ("portal", 200, False),
        ("portal_after", 200, True),
    ],
)
def test_somebody_on_the_way_answers_with_a_page_before_or_after_it_was_done(
    ask: Ask, ward: PracticeWard, place: PracticeWard | FaultProxy, fault: FaultName, status: int, done: bool
) -> None:
    place.fail_next(fault)

    answer = make_lot(ask, place)

    assert (answer.status_code, lots(ward)) == (status, ["Z1"] if done else [])
    assert answer.text.startswith("<!doctype html>")


def test_a_truncated_answer_means_done_but_half_told(
    ask: Ask, ward: PracticeWard, place: PracticeWard | FaultProxy
) -> None:
    place.fail_next("truncated")

    with pytest.raises(LOST):
        make_lot(ask, place)

    assert lots(ward) == ["Z1"]
