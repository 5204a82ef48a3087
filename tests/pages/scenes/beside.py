"""What can be said beside scanning: the list of it, what it asks for, one line and what is changed of it."""

from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import Stage, stock_up


def _more(on: Stage) -> None:
    on.receive_some()
    on.shell._job.more()


def _line(on: Stage) -> None:
    on.receive_some()
    on.scan("LOC-A402")
    on.shell._job.choose(on.shell._job._lines._rows[1].key)


def _change(on: Stage) -> None:
    on.receive_some()
    on.shell._job.change("2")


def _reason(on: Stage) -> None:
    on.receive_some()
    on.press("fix 2")
    on.shell._job.more()
    on.shell._job._ask.answer("?5")


def _where_to(on: Stage) -> None:
    stock_up(on)
    on.press("move")
    on.scan("LOC-A411")
    on.shell._job.more()
    on.shell._job._ask.answer("?2")


def _find(on: Stage) -> None:
    on.receive_some()
    on.shell._job.more()
    last = on.shell._job._ask._choices.rowCount() - 1
    on.shell._job._ask.answer(f"?{last}")
    for letter in "gl":
        on.shell._job._ask.typed.write(on.shell._job._ask.typed.written + letter)


SCENES = (
    Scene("more", staged(_more), main=True),
    Scene("line", staged(_line)),
    Scene("change", staged(_change)),
    Scene("more-reason", staged(_reason)),
    Scene("more-place", staged(_where_to)),
    Scene("more-find", staged(_find)),
)
