"""What somebody hears who cannot see the page: each answer to a scan once, and the question that follows."""

import pytest

from client.pages.drive import settle
from tests.pages.listener import Announced, can_listen, listening
from tests.pages.stage import CANNULA, PROPOFOL, SALINE, gs1
from tests.pages.storeroom import Storeroom

pytestmark = pytest.mark.skipif(
    not can_listen, reason="Python has no door to it, and Qt's library is called by its Linux name"
)


def after(room: Storeroom, text: str) -> list[Announced]:
    """What is announced of that scan."""
    settle(200)
    with listening() as heard:
        room.scan(text)
        settle(200)
    return list(heard)


def test_an_answer_is_announced_with_what_it_was(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")

    heard = after(storeroom, gs1(SALINE, "24H1907", "280331", 40))

    assert Announced(
        "OK. +40 Sodium chloride 0.9 % 500 ml. Lot 24H1907 · 2028-03-31 · on order P00147", at_once=False
    ) in (heard)


def test_a_refusal_cuts_off_what_is_being_read(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")

    heard = after(storeroom, "]d201073042615599990")

    assert [one for one in heard if one.text.startswith("No. ")] == [one for one in heard if one.at_once]
    assert len([one for one in heard if one.at_once]) == 1


def test_a_question_is_announced_after_the_answer_that_asks_it(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")

    heard = after(storeroom, gs1(PROPOFOL, "7F220K", "270831", 5))

    assert [one.text.split(".")[0] for one in heard][:1] == ["Check"]
    assert len(heard) > 1
    assert heard[1].text in storeroom.texts()


def test_the_same_scan_again_is_announced_again(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    code = gs1(CANNULA, "MX40312", "290131", 50)

    first, second = after(storeroom, code), after(storeroom, code)

    assert [one.text for one in first if one.text.startswith("OK")] != []
    assert [one.text for one in second if one.text.startswith("OK ×2")] != []


def test_nothing_is_announced_while_nothing_happens(storeroom: Storeroom) -> None:
    storeroom.scan("P00147")
    settle(200)
    with listening() as heard:
        storeroom.on.shell.refresh()
        settle(200)

    assert heard == []
