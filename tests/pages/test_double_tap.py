"""A tap is believed at once: the second of a double tap does nothing, wherever it lands (complaint 14)."""

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from client.pages.drive import settle
from client.work.answer import Tone
from tests.pages.stage import CANNULA, SALINE, gs1
from tests.pages.storeroom import Storeroom

_LEFT, _NONE, _PLAIN = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


def double_tap(room: Storeroom, name: str, nth: int = 0) -> None:
    """As a nervous thumb does it: 120 ms apart, whatever the first press has brought up."""
    settle(30)
    item = [item for item in room.seen.drawn() if item.name == name][nth]
    at = QPointF(item.x + item.width / 2, item.y + item.height / 2)
    for press in (1_000_000, 1_000_120):
        for kind, held, late in ((QEvent.Type.MouseButtonPress, _LEFT, 0), (QEvent.Type.MouseButtonRelease, _NONE, 60)):
            event = QMouseEvent(kind, at, at, _LEFT, held, _PLAIN)
            event.setTimestamp(press + late)
            QCoreApplication.sendEvent(room.window, event)
        settle(30)


def test_a_double_tap_on_finish_makes_one_receipt_and_its_answer_stays(storeroom: Storeroom) -> None:
    storeroom.on.scan("P00147")
    storeroom.on.scan(gs1(SALINE, "24H1907", "280331", 40))

    double_tap(storeroom, "main")

    assert storeroom.on.desk.said.tone is Tone.ASK  # what is short is asked, and not answered by the second tap
    assert storeroom.on.store.outbox.rows() == []


def test_a_double_tap_on_an_answer_does_not_answer_the_next_question(storeroom: Storeroom) -> None:
    storeroom.on.scan("P00147")
    storeroom.on.scan(gs1(SALINE, "24H1907", "280331", 40))
    storeroom.on.press("confirm")

    double_tap(storeroom, "choice")

    assert len(storeroom.on.store.outbox.rows()) == 1
    assert storeroom.on.shell.property("page") == "job"
    assert storeroom.on.desk.said.code == "confirmed"


def test_two_digits_alike_are_two_digits(storeroom: Storeroom) -> None:
    storeroom.on.scan("P00147")
    storeroom.on.scan(gs1(CANNULA, "MX40312", "290131", 50))
    storeroom.on.shell._job.changeQuantity()

    double_tap(storeroom, "key1")

    assert storeroom.on.shell._job._ask.typed.written == "11"


def test_a_double_tap_on_home_opens_one_delivery(storeroom: Storeroom) -> None:
    double_tap(storeroom, "tileReceive")

    assert storeroom.on.shell.property("page") == "starts"
    assert storeroom.on.store.drafts.open_drafts() == []
