"""Moving: from, items, to; a planned transfer; what is done at a shelf."""

from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import CANNULA, SALINE, Stage, gs1, stock_up


def _begun(on: Stage) -> None:
    stock_up(on)
    on.press("move")
    on.scan("LOC-A411")


def moving(on: Stage) -> None:
    """Two lines, and nowhere to go yet."""
    stock_up(on)
    on.scan("LOC-A411")
    on.press("move")
    on.scan(gs1(SALINE, "24H1907", "280331", 4))
    on.clock.on(1)
    on.scan(gs1(CANNULA, "MX40312", "290131", 50))


def _to(on: Stage) -> None:
    moving(on)
    on.scan("LOC-ICU")


def _moved(on: Stage) -> None:
    _to(on)
    on.press("confirm")


def _what_here(on: Stage) -> None:
    stock_up(on)
    on.scan("LOC-ICU")


def _transfer(on: Stage) -> None:
    stock_up(on)
    on.scan("WH/INT/00405")
    on.scan("LOC-A411")


SCENES = (
    Scene("move-begun", staged(_begun)),
    Scene("move", staged(moving), main=True),
    Scene("move-to", staged(_to)),
    Scene("move-finished", staged(_moved)),
    Scene("what-here", staged(_what_here)),
    Scene("transfer", staged(_transfer), main=True),
)
