"""A long list is made again only where it changed, and nothing it shows is older than the job."""

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest

from client.pages.jobs.receipt import receipt
from client.words import tongue
from client.work.desk import Desk
from client.work.job import SCHEMA, to_state
from client.work.receiving.view import ReceiptView, Row
from client.work.remade import Remade
from tests.work.conftest import ORDER, OTHER_ORDER, SYRINGE, TOWEL, label, say


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    tongue.speak("en")


def page_of(desk: Desk) -> ReceiptView:
    shown = desk.view()
    assert shown is not None
    return shown


def rows_of(desk: Desk) -> dict[str, Row]:
    return {row.key: row for section in page_of(desk).sections for row in section.rows}


def test_a_scan_makes_no_row_again_but_its_own(desk: Desk) -> None:
    say(desk, ORDER.name)
    before = rows_of(desk)

    say(desk, TOWEL.barcode)

    after = rows_of(desk)
    assert [key for key in after if after[key] is not before.get(key)] == [desk.said.row]


def test_what_is_taken_back_leaves_its_row(desk: Desk) -> None:
    say(desk, ORDER.name)
    before = rows_of(desk)

    say(desk, TOWEL.barcode, "!undo")

    assert rows_of(desk) == before


def test_an_order_that_joins_brings_its_own_rows_of_the_same_goods(desk: Desk) -> None:
    say(desk, ORDER.name, TOWEL.barcode)
    one = rows_of(desk)

    say(desk, OTHER_ORDER.name)

    assert desk.delivery is not None
    assert desk.delivery.joined
    assert rows_of(desk).keys() > one.keys()
    assert {key: rows_of(desk)[key] for key in one} == one


def test_who_receives_blind_sees_no_number_another_saw(desk: Desk) -> None:
    say(desk, ORDER.name)
    assert any(row.expected for row in rows_of(desk).values())

    assert desk.delivery is not None
    desk.worktop.job = replace(desk.delivery, blind=True)

    assert not any(row.expected for row in rows_of(desk).values())


def test_lines_are_said_in_the_language_now_spoken(desk: Desk) -> None:
    say(desk, ORDER.name, label(SYRINGE, lot="L1", expiry="290331"))
    english = receipt(page_of(desk), "key").parts[0].lines

    tongue.speak("de")

    german = receipt(page_of(desk), "key").parts[0].lines
    assert [line.key for line in german] == [line.key for line in english]
    assert {line.second for line in english} >= {"2029-03-31"}
    assert {line.second for line in german} >= {"31.03.2029"}


def test_each_scan_is_in_the_draft_as_if_all_of_it_were_written_anew(desk: Desk) -> None:
    for text in (ORDER.name, TOWEL.barcode, label(SYRINGE, lot="L1"), "!expiry 2029-03-31", OTHER_ORDER.name, "!undo"):
        say(desk, text)
        assert desk.job is not None

        whole = msgspec.json.encode({"schema": SCHEMA, "job": replace(desk.job, additions=())})
        assert to_state(desk.job) == whole.decode()


def test_two_of_one_key_are_both_there() -> None:
    twice: Remade[str, str] = Remade(str.upper)

    assert twice.of_each([("a", "x"), ("a", "y")]) == ["X", "Y"]
    assert twice.of_each([("a", "x"), ("a", "y")]) == ["X", "Y"]
