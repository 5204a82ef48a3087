"""Settings: the list of parts, each of them, and what is asked before somebody is changed."""

from collections.abc import Callable

from client.work.site.people import Role
from client.work.site.pin import hashed
from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import Stage, stock_up

PIN = "839201"


def part(name: str) -> Callable[[Stage], None]:
    """That part is open."""

    def act(on: Stage) -> None:
        on.shell.go("settings")
        on.shell._settings.open(name)

    return act


def _crew(on: Stage) -> None:
    people, now = on.store.people, on.clock.now()
    people.add("Mira Lindqvist", Role.SUPERVISOR, now, "", badge="B-MIRA-1", pin=hashed(PIN))
    people.add("Theo Rey", Role.NURSE, now, "Mira Lindqvist", badge="B-THEO-7")
    people.add("Ana Sousa", Role.STOREKEEPER, now, "Mira Lindqvist")
    part("people")(on)


def _colleague(on: Stage) -> None:
    _crew(on)
    on.shell._settings.press("who Theo Rey")


def _approve(on: Stage) -> None:
    _colleague(on)
    on.shell._settings.press("badge")


def _badge(on: Stage) -> None:
    _approve(on)
    for digit in PIN:
        on.shell._settings._ask.typed.type(digit)
    on.shell._settings.act()


def _places(on: Stage) -> None:
    """Half a delivery is open: places may be added only."""
    stock_up(on)
    on.store.device.serve((5,), on.clock.now(), "", narrower=True)
    on.store.device.fetched((5,))
    on.receive_some()
    on.press("home")
    part("places")(on)


def choosing(on: Stage) -> None:
    """Nobody is entered: no PIN is asked for."""
    _places(on)
    on.shell._settings.press("choose")
    on.scan("LOC-ICU")


def _bundled(on: Stage) -> None:
    part("support")(on)
    on.shell._settings._bundled("/home/ward/.local/share/wardstock/support/wardstock-WS-7F3A-20261121-0942.zip")


_SUPERVISOR = Role.SUPERVISOR
SCENES = (
    Scene("settings", staged(lambda on: on.shell.go("settings")), main=True),
    Scene("settings-manner", staged(part("manner")), main=True),
    Scene("settings-scanner", staged(part("scanner"))),
    Scene("settings-people", staged(_crew, role=_SUPERVISOR)),
    Scene("settings-colleague", staged(_colleague, role=_SUPERVISOR)),
    Scene("settings-colleague-locked", staged(_colleague)),
    Scene("settings-approve", staged(_approve, role=_SUPERVISOR)),
    Scene("settings-badge", staged(_badge, role=_SUPERVISOR)),
    Scene("settings-sync", staged(part("sync"))),
    Scene("settings-places", staged(_places)),
    Scene("settings-places-choose", staged(choosing), main=True),
    Scene("settings-key", staged(part("key"))),
    Scene("settings-support", staged(_bundled)),
    Scene("settings-about", staged(part("about"))),
    Scene("settings-practice", staged(lambda on: on.shell.go("settings"), practice=True)),
)
