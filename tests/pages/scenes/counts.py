"""Counting: where, what lies there, what does not agree."""

from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import SALINE, Stage, gs1, stock_up


def _list(on: Stage) -> None:
    stock_up(on)
    on.press("count")


def _begun(on: Stage) -> None:
    _list(on)
    on.scan("LOC-A411")


def counting(on: Stage) -> None:
    """Two lots of a shelf counted."""
    _begun(on)
    on.scan(gs1(SALINE, "23K0882", "270228", 11))
    on.clock.on(1)
    on.scan(gs1(SALINE, "24H1907", "280331", 6))


def _number(on: Stage) -> None:
    counting(on)
    on.shell._job.changeQuantity()


def _again(on: Stage) -> None:
    counting(on)
    on.press("confirm")


SCENES = (
    Scene("count-list", staged(_list)),
    Scene("count-begun", staged(_begun)),
    Scene("count", staged(counting), main=True),
    Scene("count-number", staged(_number)),
    Scene("count-differs", staged(_again)),
)
