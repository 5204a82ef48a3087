"""Papers: the kinds, labels of goods as they are typed, what is wrong with them, a count sheet."""

from collections.abc import Callable, Sequence

from client.pages.printers import Printers
from client.pages.sheet import Page
from client.work.site.people import Role
from client.work.site.pin import hashed
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


PIN = "839201"


def crew(on: Stage) -> None:
    """A supervisor who stands here, one with a badge of the hospital, two without any."""
    people, now = on.store.people, on.clock.now()
    people.add("Mira Lindqvist", Role.SUPERVISOR, now, "", badge="B-MIRA-1", pin=hashed(PIN))
    for name, role in (("Theo Rey", Role.NURSE), ("Anneliese Oberhuber-Zwick", Role.STOREKEEPER)):
        people.add(name, role, now, "Mira Lindqvist")


def _badges(on: Stage) -> None:
    crew(on)
    kind("badges", printers=True)(on)


def approved(on: Stage) -> None:
    """The supervisor's PIN was typed."""
    _badges(on)
    for digit in PIN:
        on.shell._papers._ask.typed.type(digit)
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
    Scene("papers-badges", staged(approved, role=Role.SUPERVISOR), main=True),
    Scene("papers-badges-pin", staged(_badges, role=Role.SUPERVISOR)),
    Scene("papers-badges-locked", staged(_badges)),
    Scene("papers-saved", staged(_saved)),
)
