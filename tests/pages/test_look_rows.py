"""While somebody waits: each letter of a search writes over the rows that are there, and a pull lets an answer pass."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from client.pages.look import LookPage
from client.pages.rows import Rows
from client.work.answer import Tone
from sync.stock import Lot, Product
from tests.pages.stage import GLOVES, NOW, SALINE, needs_looking_at, stage

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


@pytest.mark.parametrize("act", ["scan", "press", "go"])
def test_a_pull_lets_every_answer_pass(tmp_path: Path, act: str) -> None:
    on = stage(tmp_path)
    gate = on.store._database._gate
    gate._hurried_until = 0.0
    if act == "go":
        on.shell.go("look")
    else:
        on.scan("P00147") if act == "scan" else on.press("count")
    assert gate._hurried_until > 0
    on.store.close()


def test_an_expired_lot_is_red_wherever_it_is_looked_up_and_the_first_good_one_is_used_first(tmp_path: Path) -> None:
    on = stage(tmp_path)
    needs_looking_at(on)

    said = on.press(f"look {SALINE.name}")
    rows = rows_of(on.shell._look)
    lots = dict(
        zip(rows.all_of("name"), zip(rows.all_of("badge"), rows.all_of("badge_tone"), strict=True), strict=True)
    )
    assert said.tone is Tone.ASK
    assert "do not use lot 22A0001" in on.shell._look.heard.property("detail")
    assert lots["Lot 22A0001"] == ("expired 11 days ago", "no")
    assert lots["Lot 23K0882"] == ("Use first", "ok")

    said = on.press("look 22A0001")
    assert (said.tone, said.code) == (Tone.NO, "looked_over")
    assert on.shell._look.property("note") == "Do not use it: expired 11 days ago"


def test_a_shelf_shows_which_of_its_goods_are_expired(tmp_path: Path) -> None:
    on = stage(tmp_path)
    needs_looking_at(on)

    on.press("look WH/Stock/A4-11")

    rows = rows_of(on.shell._look)
    expired = [
        name for name, badge in zip(rows.all_of("detail"), rows.all_of("badge"), strict=True) if "expired" in badge
    ]
    assert [detail.partition(" · ")[0] for detail in expired] == ["Lot 22A0001"]


def test_a_lot_past_its_removal_day_is_red_on_its_shelf_too(tmp_path: Path) -> None:
    on = stage(tmp_path)
    needs_looking_at(on)
    pull = on.store.catalogue.resume()
    gone = datetime(2026, 11, 1, 12, tzinfo=UTC)
    pull.merge("lots", [Lot(3, SALINE.id, "24H1907", date(2028, 3, 31), removal_at=gone)])
    pull.flip(NOW)

    on.press("look WH/Stock/A4-11")

    rows = rows_of(on.shell._look)
    told = [
        badge for detail, badge in zip(rows.all_of("detail"), rows.all_of("badge"), strict=True) if "24H1907" in detail
    ]
    assert told == ["to be removed since 2026-11-01"]
