"""The rows of a search: each letter finds other goods, and what is on the screen is written over, not built again."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from client.pages.look import LookPage
from client.pages.rows import Rows
from sync.stock import Product
from tests.pages.stage import GLOVES

pytestmark = pytest.mark.usefixtures("qapp")

GOODS = [replace(GLOVES, id=100 + nth, name=f"Gloves {nth}", code=f"G{nth}") for nth in range(40)]


def found(text: str, most: int) -> Sequence[Product]:
    return [one for one in GOODS if text in one.name][:most]


def page() -> LookPage:
    return LookPage(found, lambda _: None, tuple)


def rows_of(look: LookPage) -> Rows:
    rows = look.property("facts")
    assert isinstance(rows, Rows)
    return rows


def test_the_next_letter_writes_other_goods_into_the_rows_that_are_there() -> None:
    look = page()
    look.type("Gloves")
    rows, moved = rows_of(look), list[str]()
    rows.rowsInserted.connect(lambda *_: moved.append("in"))
    rows.modelReset.connect(lambda: moved.append("again"))

    look.type("Gloves 3")
    assert rows.all_of("name") == [f"Gloves {nth}" for nth in (3, *range(30, 40))]
    assert rows.all_of("say") == [f"look G{nth}" for nth in (3, *range(30, 40))]
    assert moved == []


def test_fewer_goods_are_fewer_rows_and_more_are_more() -> None:
    look = page()
    counts = []
    for text in ("Gloves 3", "Gloves 37", "Gloves", "nothing", "Gloves 1"):
        look.type(text)
        counts.append((rows_of(look).rowCount(), rows_of(look).all_of("name")[-1:]))
    assert counts == [(11, ["Gloves 39"]), (1, ["Gloves 37"]), (30, ["Gloves 29"]), (0, []), (11, ["Gloves 19"])]
