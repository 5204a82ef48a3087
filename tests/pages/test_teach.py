"""A code nobody knows is taught to a product on the window: offered to who may, found by typing, one tap."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from client.pages.drive import settle
from client.pages.keys import Keys
from client.pages.window import use_fonts
from client.work.answer import Command
from client.work.site.people import Role
from tests.pages.checks import is_cut
from tests.pages.drawn import seen
from tests.pages.stage import GLOVES, stage
from tests.pages.storeroom import Storeroom

UNKNOWN = "NOBODY-7"


@pytest.fixture
def room(request: pytest.FixtureRequest, qapp: QGuiApplication, tmp_path: Path) -> Iterator[Storeroom]:
    use_fonts(qapp, shipped=True)
    on = stage(tmp_path, role=getattr(request, "param", Role.SUPERVISOR))
    with seen(on.shell, 480, 800) as page:
        keys = Keys(page.window, "test")
        keys.scanned.connect(on.shell.scanned)
        page.window.requestActivate()
        settle(30)
        yield Storeroom(on, page)
        page.window.removeEventFilter(keys)
    on.store.close()


def test_a_code_nobody_knows_is_taught_by_name_and_known_from_then_on(room: Storeroom) -> None:
    room.scan(UNKNOWN)
    room.tap("teach")
    room.write("nitr")
    assert "Nitrile gloves M, box of 100" in room.texts()
    room.tap("teachHit")

    assert room.on.desk.said.code == "taught"
    room.on.scan("P00147")
    room.scan(UNKNOWN)
    assert room.on.desk.said.code == "lot_missing"
    assert room.on.desk.said.facts["product"] == GLOVES.name


def test_within_a_delivery_the_job_goes_on_with_it(room: Storeroom) -> None:
    room.on.scan("P00147")
    room.scan(UNKNOWN)

    room.tap("teach")
    room.write("MED-0003")
    room.tap("teachHit")

    assert room.on.desk.said.code == "lot_missing"
    assert "Scan or type the lot" in room.texts()


@pytest.mark.parametrize("room", [Role.NURSE], indirect=True)
def test_a_code_nobody_knows_on_the_dock_is_kept_at_one_tap_below_its_answer(room: Storeroom) -> None:
    room.on.scan("P00147")
    room.scan(UNKNOWN)

    room.tap("keep")

    assert room.on.desk.said.code == "kept_unidentified"
    assert f"{UNKNOWN} · Lay it aside until somebody names it" in room.texts()
    assert "Keep it with this delivery" not in room.texts()


def test_what_is_offered_for_a_code_stays_on_its_page_and_goes_with_who_was_there(room: Storeroom) -> None:
    offers = {"Keep it with this delivery", "Teach this code to a product"}
    store, now = room.on.store, room.on.clock.now()
    store.people.add("Mira Lindqvist", Role.SUPERVISOR, now, "", badge="B-MIRA-1", pin="")
    room.on.scan("P00147")
    room.scan(UNKNOWN)
    assert offers <= set(room.texts())

    for page in ("outbox", "settings", "people"):
        room.on.shell.go(page)
        settle(60)
        assert not offers & set(room.texts()), page
    room.on.shell.go("receive")
    settle(60)
    assert offers <= set(room.texts())

    room.on.shell.lock.lock()
    settle(60)
    assert not offers & set(room.texts())
    room.on.shell._teach.keep()
    assert room.on.desk.said.code != "kept_unidentified"
    room.scan("B-MIRA-1")
    assert not offers & set(room.texts())


@pytest.mark.parametrize("room", [Role.NURSE], indirect=True)
def test_a_name_that_nothing_has_stays_after_the_enter_key_too(room: Storeroom) -> None:
    room.on.scan("P00147")
    room.scan(UNKNOWN)
    room.tap("keep")
    room.on.shell._job.choose(f"nameless:{room.on.desk.delivery.nameless[0].number}")  # type: ignore[union-attr]
    settle(60)
    settle(100)
    room.write("Face m")
    settle(300)
    room.key(Qt.Key.Key_Return, "\r")
    settle(60)

    assert room.on.desk.said.code == "no_such_product"
    assert "Face m" in room.texts()


@pytest.mark.parametrize("room", [Role.NURSE], indirect=True)
def test_it_is_offered_only_to_who_may(room: Storeroom) -> None:
    room.scan(UNKNOWN)

    assert "Teach this code to a product" not in room.texts()


def test_an_address_that_a_maker_prints_on_all_goods_is_not_offered_to_be_taught(room: Storeroom) -> None:
    room.scan("https://maker.example/care")

    assert room.on.desk.said.code == "unknown_code"
    assert "Teach this code to a product" not in room.texts()


def test_what_is_looked_up_is_taught_and_not_what_was_scanned_before(room: Storeroom) -> None:
    room.scan("SCANNED-BEFORE")
    room.on.shell.go("look")
    room.scan(UNKNOWN)
    room.tap("teach")
    room.write("nitr")
    room.tap("teachHit")

    assert [one.code for one in room.on.store.taught.all()] == [UNKNOWN]


def test_a_word_with_a_code_nobody_knows_does_not_offer_to_teach_another(room: Storeroom) -> None:
    room.scan(UNKNOWN)
    room.on.shell._say(Command("open", "TYPED"))

    assert (room.on.desk.said.code, room.on.desk.said.facts["code"]) == ("unknown_code", "TYPED")
    assert "Teach this code to a product" not in room.texts()


def test_the_next_scan_takes_the_offer_away(room: Storeroom) -> None:
    room.scan(UNKNOWN)
    room.tap("teach")

    room.scan("P00147")

    assert "Which product is it?" not in room.texts()
    assert "Teach this code to a product" not in room.texts()


def test_escape_leaves_the_search_and_the_offer_stays(room: Storeroom) -> None:
    room.scan(UNKNOWN)
    room.tap("teach")

    room.key(Qt.Key.Key_Escape)

    assert "Teach this code to a product" in room.texts()


@pytest.mark.parametrize("size", [(360, 640), (480, 800), (1280, 800)], ids=str)
def test_the_search_fits_a_glove_and_an_eye(room: Storeroom, size: tuple[int, int]) -> None:
    room.window.resize(*size)
    room.scan(UNKNOWN)
    for step in ("offered", "open", "typed"):
        if step == "open":
            room.tap("teach")
        elif step == "typed":
            room.write("nothing like it")
        settle(50)
        page = room.seen.drawn()
        small = [item for item in page if item.pressable and item.enabled and min(item.width, item.height) < 56]
        assert small == []
        assert [item for item in page if item.text and is_cut(item, size[0])] == []
