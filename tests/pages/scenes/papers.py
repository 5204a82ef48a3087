"""Papers: the kinds, labels of goods as they are typed, what is wrong with them, a count sheet."""

from collections.abc import Callable, Sequence

from client.pages.printers import Printers
from client.pages.sheet import Page
from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import SALINE, Stage, gs1, stock_up


def nothing(_pages: Sequence[Page], _name: str, _title: str) -> None:
    """A printer that takes everything."""


PRINTERS = Printers(lambda: ("Label printer store", "HP LaserJet ward 3"), nothing)


def kind(name: str, *, printers: bool = False, **said: str) -> Callable[[Stage], None]:
    """That kind is open, with this in its fields."""

    def act(on: Stage) -> None:
        stock_up(on)
        on.shell._papers._printers = PRINTERS if printers else Printers(tuple, nothing)
        on.shell.go("papers")
        on.shell._papers.open(name)
        for field, text in said.items():
            on.shell._papers.write(field, text)
        on.shell._papers._draw()

    return act


def _scanned(on: Stage) -> None:
    kind("goods", printers=True)(on)
    on.scan(gs1(SALINE, "23K0882", "280331"))


def _saved(on: Stage) -> None:
    kind("commands")(on)
    on.shell._papers.act()


SCENES = (
    Scene("papers", staged(lambda on: on.shell.go("papers"))),
    Scene("papers-commands", staged(kind("commands"))),
    Scene("papers-places", staged(kind("places", place="WH/Stock"))),
    Scene("papers-place-empty", staged(kind("places"))),
    Scene("papers-goods", staged(_scanned), main=True),
    Scene("papers-which", staged(kind("goods", product="I"))),
    Scene("papers-wrong", staged(kind("goods", product=SALINE.code, lot="24H1907", expiry="2028-02-30"))),
    Scene("papers-count", staged(kind("count", printers=True, place="WH/Stock/A4-11"))),
    Scene("papers-saved", staged(_saved)),
)
