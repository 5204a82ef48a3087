"""Which job is shown how, and which section of the window it belongs to."""

from typing import Final

from client.pages.jobs.counting import counting
from client.pages.jobs.goods import goods
from client.pages.jobs.moving import moving
from client.pages.jobs.planned import planned
from client.pages.jobs.receipt import receipt
from client.pages.jobs.shown import Shown
from client.words import receive_page
from client.work.answer import Question
from client.work.counting.view import CountView
from client.work.moving.view import MoveView
from client.work.planned.view import PlannedView
from client.work.receiving.view import ReceiptView
from client.work.views import GoodsView, View


def shown(view: View, key: str) -> Shown:
    """What the page of this job shows."""
    match view:
        case ReceiptView():
            return receipt(view, key)
        case MoveView():
            return moving(view, key)
        case PlannedView():
            return planned(view, key)
        case CountView():
            return counting(view, key)
        case GoodsView():
            return goods(view, key)


def answering(asked: Question | None) -> Shown:
    """What is asked before any job is open; None: only a PIN is."""
    return Shown(
        job="answer",
        key="answer",
        whose="",
        note="",
        parts=(),
        question=asked,
        next=receive_page.next_step("scan_anything", {}),
        action="",
        can_act=False,
        can_undo=False,
        finished=False,
    )


def section_of(job: str) -> str:
    """Which of the window's sections a job belongs to."""
    return _SECTIONS.get(job, "move")


_SECTIONS: Final = {"receive": "receive", "count": "count", "answer": "home", "": "home"}
