"""The practice ward's guide on the real window: led by labels, believed only by what truly happened."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from client import papers_wanted
from client.barcode.label import RawScan
from client.pages.drive import settle
from client.pages.window import use_fonts
from client.papers_wanted import Wanted
from client.work.site.people import Role
from client.work.training import Exercise
from sync.transaction import Status
from tests.pages.drawn import Seen, seen
from tests.pages.reader import read_off
from tests.pages.scenes.training import Pupil, pupil
from tests.pages.stage import stage

# One window goes while Qt's own timer for what moves still belongs to it: said now and then, nothing comes of it.
pytestmark = pytest.mark.qt_log_ignore("QUnifiedTimer::stopAnimationDriver: driver is not running")
LABELS = {Exercise.RECEIVE: 4, Exercise.MOVE: 5, Exercise.COUNT: 4}
HANDHELD, DESK = (480, 800), (1280, 800)


@pytest.fixture
def at(qapp: QGuiApplication) -> Iterator[Pupil]:
    use_fonts(qapp, shipped=True)
    with pupil() as one:
        yield one


@pytest.fixture
def window(at: Pupil) -> Iterator[Seen]:
    with seen(at.shell, *HANDHELD) as page:
        at.shell.go("training")
        settle(120)
        yield page
        settle(200)  # what slides has come to its end before the window goes


def press(page: Seen, name: str) -> None:
    settle(60)
    item = next(one for one in page.drawn() if one.name == name)
    middle = QPoint(round(item.x + item.width / 2), round(item.y + item.height / 2))
    QTest.mouseClick(page.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    settle(60)


def texts(page: Seen) -> str:
    settle(60)
    return " | ".join(item.text for item in page.drawn() if item.text)


def step(at: Pupil) -> str:
    return at.shell._training._progress.step


@pytest.mark.parametrize("exercise", Exercise)
def test_whoever_taps_the_labels_in_their_order_has_done_the_exercise(at: Pupil, exercise: Exercise) -> None:
    at.choose(exercise)
    at.tap(LABELS[exercise])
    at.send()

    (entry,) = at.store.outbox.rows()
    assert entry.status is Status.DONE
    assert step(at) == "done"
    assert [row.key for row in at.shell._training._list._rows if row.done] == [exercise]  # type: ignore[attr-defined]


def test_what_was_practised_is_in_the_practice_wards_own_odoo(at: Pupil) -> None:
    at.choose("receive")
    at.tap(4)
    at.send()

    done = at.ward.ask("stock.picking", ["origin", "=", "P00002"], ["state", "=", "done"])
    assert len(done) == 1
    assert done[0]["name"] in at.shell._training._words()[1]


def test_a_page_that_was_looked_at_is_no_success(at: Pupil) -> None:
    at.choose("receive")
    for page in ("receive", "outbox", "look", "home", "training"):
        at.shell.go(page)

    assert step(at) == "open"
    assert not any(row.done for row in at.shell._training._list._rows)  # type: ignore[attr-defined]


def test_a_delivery_that_was_confirmed_is_not_done_before_odoo_has_it(at: Pupil) -> None:
    at.choose("receive")
    at.tap(4)
    at.ward.fail_next("refused", times=100)
    at.send()
    assert step(at) == "sending"

    at.ward.answer_again()
    at.store.outbox.retry_all()
    at.send()
    assert step(at) == "done"


@pytest.mark.parametrize("onward", ["fold", "another delivery"])
def test_an_exercise_that_is_done_does_not_stand_below_other_work(at: Pupil, onward: str) -> None:
    at.choose("receive")
    at.tap(4)
    at.send()
    assert at.shell._training.property("guiding") is True

    if onward == "fold":
        at.shell._training.fold()
    else:
        at.shell.scanned(RawScan.received("P00001", source="wedge", device="test", scanned_at=at.desk.clock.now()))
        assert at.desk.job
    assert at.shell._training.property("guiding") is False


def test_an_exercise_that_is_folded_while_it_is_sent_is_still_told_of(at: Pupil) -> None:
    at.choose("receive")
    at.tap(4)
    at.shell._training.fold()
    at.send()

    assert at.shell._training.property("strip") == "Done: Odoo has it"


def test_what_was_undone_is_asked_for_again(at: Pupil) -> None:
    at.choose("receive")
    at.tap(3)
    assert step(at) == "confirm"

    at.shell._job.undo()
    assert step(at) == "goods2"


def test_scanning_from_paper_does_as_well_as_tapping(at: Pupil, window: Seen) -> None:
    at.choose("move")
    tags = at.shell._training._chosen.tags  # type: ignore[union-attr]  # chosen above
    for tag in tags:
        plain = tag.text.replace("(01)", "]d201").replace("(17)", "17").replace("(30)", "30").replace("(10)", "\x1d10")
        at.shell.scanned(RawScan.received(plain, source="wedge", device="test", scanned_at=at.desk.clock.now()))
    at.send()

    assert step(at) == "done"


def test_a_question_of_the_ward_is_pointed_at(at: Pupil, window: Seen) -> None:
    at.choose("receive")
    at.tap(2)
    at.shell._training.tap("receive 3")

    assert "Wardstock asks: What about the rest?" in texts(window)


def test_the_labels_on_the_screen_are_read_by_the_apps_own_reader(at: Pupil, window: Seen) -> None:
    press(window, "task move")
    for theme in ("light", "dark", "contrast"):
        at.shell._manner.settle(theme=theme)
        for size in (HANDHELD, DESK):
            window.window.resize(*size)
            settle(120)
            assert {"WS!move", "LOC-CS-A1"} <= read_off(window.window.grabWindow()), (theme, size)


def test_a_finger_does_an_exercise_from_the_list_to_its_end(at: Pupil, window: Seen) -> None:
    press(window, "task count")
    for _ in range(LABELS[Exercise.COUNT]):
        press(window, "currentTag")
    at.send()

    assert "Done: Odoo has it" in texts(window)
    (count,) = at.store.outbox.rows()
    assert [line.counted for line in count.transaction.lines] == [200]


def test_the_page_itself_is_shown_when_asked_and_says_what_is_next(at: Pupil, window: Seen) -> None:
    press(window, "task receive")
    press(window, "currentTag")
    press(window, "showMe")

    told = texts(window)
    assert "Scan the box of IV catheter 18G" in told
    assert "0 of 2 begun" in told or "of 50" in told
    press(window, "guideStrip")
    assert "50 pieces" in texts(window)


def leaving(at: Pupil) -> list[str]:
    """The pages the practice ward is left from."""
    left: list[str] = []
    training = at.shell._training
    training._around = replace(training._around, leave_practice=lambda: left.append(at.shell._page))
    return left


def test_where_nothing_was_done_one_tap_leads_out_of_the_practice_ward_from_every_page(at: Pupil, window: Seen) -> None:
    left = leaving(at)
    for page in ("training", "home", "outbox", "settings", "papers"):
        at.shell.go(page)
        press(window, "leavePractice")

    assert left == ["training", "home", "outbox", "settings", "papers"]


def test_what_was_practised_is_forgotten_only_by_who_says_so(at: Pupil, window: Seen) -> None:
    left = leaving(at)
    at.choose("receive")
    at.tap(2)

    press(window, "leavePractice")
    assert "Forget what you did here?" in texts(window)
    press(window, "stayInPractice")
    assert "PRACTICE: nothing is real" in texts(window)
    assert left == []

    press(window, "leavePractice")
    press(window, "leavePractice")
    assert left == ["job"]


def test_what_was_finished_and_who_was_entered_is_asked_about_too(at: Pupil) -> None:
    left = leaving(at)
    at.choose("receive")
    at.tap(4)
    assert at.store.drafts.open_drafts() == []
    at.shell._training.leave()
    assert at.shell._training.property("leaving")
    at.shell._training.stay()

    at.store.outbox.withdraw(at.store.outbox.rows()[0].uuid, "Pat Practice", at.desk.clock.now())
    at.shell._training.leave()
    assert left == []


def test_somebody_entered_in_practice_is_not_forgotten_unasked(at: Pupil) -> None:
    left = leaving(at)
    at.store.people.add("Ana Sousa", Role.SUPERVISOR, at.desk.clock.now(), "", badge="", pin="")

    at.shell._training.leave()

    assert left == []


@pytest.mark.parametrize("goes_on", ["a scan", "another page", "Escape"])
def test_who_goes_on_practising_is_not_asked_any_longer(at: Pupil, window: Seen, goes_on: str) -> None:
    left = leaving(at)
    at.choose("receive")
    at.tap(2)
    press(window, "leavePractice")

    if goes_on == "a scan":
        at.tap()
    elif goes_on == "another page":
        at.shell.go("outbox")
    else:
        at.shell.back()

    assert "Forget what you did here?" not in texts(window)
    press(window, "leavePractice")
    assert left == []


def test_a_second_enter_on_leave_forgets_nothing(at: Pupil, window: Seen) -> None:
    left = leaving(at)
    at.choose("receive")
    at.tap(2)
    out = window.window.findChild(QQuickItem, "leavePractice")
    assert out
    out.forceActiveFocus()
    for _ in range(2):
        QTest.keyClick(window.window, Qt.Key.Key_Return)
        settle(30)

    assert left == []
    assert "PRACTICE: nothing is real" in texts(window)


def test_a_tapped_label_is_kept_as_one_of_the_screen(at: Pupil) -> None:
    at.choose("receive")
    at.tap(2)

    (draft,) = at.store.drafts.open_drafts()
    assert at.desk.delivery
    (scan,) = at.store.drafts.evidence_of(at.desk.delivery.additions[0].evidence)
    assert scan.text.startswith("]d2") or scan.symbology == "]d2"
    assert draft.person == "Pat Practice"


def test_outside_the_practice_ward_there_is_no_guide(qapp: QGuiApplication, tmp_path: Path) -> None:
    on = stage(tmp_path)

    assert not on.shell._training.property("offered")
    on.shell.eye.end()
    on.store.close()


def test_the_paper_with_the_labels_says_that_they_are_for_no_goods(at: Pupil) -> None:
    day = at.desk.policy.day_of(at.desk.clock.now())
    blocks = papers_wanted.blocks(at.store.catalogue, Wanted("practice"), day)

    assert [block.title for block in blocks[:3]] == [
        "Receive a delivery · PRACTICE · never stick these on goods",
        "Move goods to a ward · PRACTICE · never stick these on goods",
        "Count a shelf · PRACTICE · never stick these on goods",
    ]
    assert [label.scanned for label in blocks[1].labels][:2] == ["WS!move", "LOC-CS-A1"]
