"""What somebody should look at: held, expired, expiring, low; nothing of a shelf that is being counted."""

from pathlib import Path

import pytest

from client.work.lookup.attention import Noticed, Why
from tests.pages.stage import Stage, needs_looking_at, stage

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def here(tmp_path: Path) -> Stage:
    on = stage(tmp_path)
    needs_looking_at(on)
    return on


def told(found: tuple[Noticed, ...]) -> list[tuple[str, str, int, int]]:
    return [(str(one.why), one.lot_name, int(one.shown), one.days) for one in found]


def test_the_most_pressing_comes_first(here: Stage) -> None:
    assert told(here.desk.noticed()) == [
        ("held", "7F220K", 25, 0),
        ("expired", "22A0001", 4, -11),
        ("expiring", "MX30007", 30, 18),
        ("low", "", 6, 0),
    ]
    here.store.close()


def test_of_a_shelf_that_is_counted_nothing_is_told(here: Stage) -> None:
    here.press("count")
    here.scan("LOC-A411")

    assert {one.why for one in here.desk.noticed()} == {Why.HELD, Why.LOW}
    here.store.close()


def test_home_has_the_four_most_pressing_and_the_look_up_page_all(here: Stage) -> None:
    listed = [task.name for task in here.shell._home._agenda._rows if task.head == "Look at these"]  # type: ignore[attr-defined]
    assert len(listed) == 1
    assert here.shell._home.property("noticedDetail") == "1 on hold · 1 expired · 1 expires soon · 1 running low"

    here.shell.go("look")
    assert len(here.shell._look._facts._rows) == 4
    here.shell._look.press(here.shell._look._facts._rows[1].say)  # type: ignore[attr-defined]
    assert here.shell._look.property("title").startswith("Sodium chloride")
    here.store.close()
