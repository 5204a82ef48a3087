"""Home: nothing open, a draft open, something refused, an answer; and the lists to begin from."""

from tests.pages.scenes.outbox import with_outbox
from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import Stage, needs_looking_at, stock_up


def with_draft(on: Stage) -> None:
    """A receipt half done, and home again."""
    on.receive_some()
    on.press("home")


def _deliveries(on: Stage) -> None:
    with_draft(on)
    on.shell.go("receive")


def _transfers(on: Stage) -> None:
    stock_up(on)
    on.shell.go("move")


def _refused(on: Stage) -> None:
    with_outbox(on)
    on.press("home")


def _unknown(on: Stage) -> None:
    with_draft(on)
    on.scan("nobody knows this")


def _noticed(on: Stage) -> None:
    needs_looking_at(on)


def _all_noticed(on: Stage) -> None:
    needs_looking_at(on)
    on.shell.go("look")


SCENES = (
    Scene("home-noticed", staged(_noticed)),
    Scene("look-noticed", staged(_all_noticed)),
    Scene("home", staged(with_draft), main=True),
    Scene("home-empty", staged(lambda on: None)),
    Scene("home-refused", staged(_refused)),
    Scene("home-no", staged(_unknown)),
    Scene("starts", staged(_deliveries), main=True),
    Scene("starts-move", staged(_transfers)),
)
