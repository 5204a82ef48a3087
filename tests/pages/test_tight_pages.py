"""Where strips and answers take their room: every key of the keypad is whole, and no word is broken."""

from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from client.pages.drive import settle
from client.pages.window import use_fonts
from client.work.training import Exercise
from tests.pages.checks import Sheet, findings
from tests.pages.drawn import Seen, seen
from tests.pages.scenes.training import pupil
from tests.pages.stage import CANNULA, gs1
from tests.pages.storeroom import Storeroom

KEYS = {*(f"key{digit}" for digit in range(10)), "keyErase"}


def whole(page: Seen) -> set[str]:
    """The keys of which nothing is cut."""
    return {
        item.name
        for item in page.drawn()
        if item.name in KEYS and item.clip[1] <= item.y and item.y + item.height <= item.clip[3] and item.height >= 56
    }


def test_the_keypad_is_whole_over_the_folded_strip_of_the_exercise(qapp: QGuiApplication) -> None:
    use_fonts(qapp, shipped=True)
    with pupil() as at, seen(at.shell, 480, 800) as page:
        at.choose(Exercise.COUNT)
        at.tap(3)
        at.shell._training.fold()
        at.shell._job.changeQuantity()
        settle(250)

        assert any(item.name == "guideStrip" for item in page.drawn())
        assert whole(page) == KEYS


def test_the_keypad_is_whole_below_a_refused_pin_in_the_practice_ward(qapp: QGuiApplication) -> None:
    use_fonts(qapp, shipped=True)
    with pupil() as at, seen(at.shell, 480, 800) as page:
        at.shell.go("settings")
        at.shell._settings.open("people")
        enlist = at.shell._settings._enlist
        assert enlist
        enlist.begin(by="Ana Sousa")
        enlist.write("Joana Adeyemi")
        enlist.act()
        enlist.choose("counter")
        enlist.noBadge()
        for digit in "1234":
            enlist.typed.type(digit)
        enlist.act()
        settle(250)

        assert any((item.text or "").startswith("This PIN is guessed") for item in page.drawn())
        assert whole(page) == KEYS


def test_a_supplier_beside_two_documents_is_not_broken_within_a_word(storeroom: Storeroom) -> None:
    storeroom.window.resize(1280, 800)
    storeroom.scan("P00147")
    storeroom.scan(gs1(CANNULA, "MX40312", "290131", 50))
    page = storeroom.on.shell._job
    assert page._job
    page._job = replace(page._job, whose="MediSupply AG", note="WS-93732A/000002, WS-93732A/000003")
    page.changed.emit()
    settle(60)

    assert "MediSupply AG" in storeroom.texts()
    assert findings(Sheet(storeroom.seen.laid_out(), 1280, 800)) == []
