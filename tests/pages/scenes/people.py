"""Who works here: the list, a PIN, the locked screen, nobody entered."""

from client.work.site.people import Role
from client.work.site.pin import Cost, hashed
from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import Stage


def with_people(on: Stage) -> None:
    """Three who may work here, on their page."""
    for name, role in (("Mira Lindqvist", Role.STOREKEEPER), ("Theo Rey", Role.NURSE), ("Ana Sousa", Role.SUPERVISOR)):
        on.store.people.add(name, role, on.clock.now(), "", badge=f"B-{name[:4]}", pin="")
    on.shell.go("people")


def _pin(on: Stage) -> None:
    with_people(on)
    on.shell._people.choose("Theo Rey")
    for key in "47":
        on.shell._people._ask.typed.type(key)


def _refused(on: Stage) -> None:
    """Where the strip of the practice ward takes room too."""
    with_people(on)
    on.store.people.settle_pin("Theo Rey", hashed("4711", Cost(1, 8, 1)), on.clock.now(), "Ana Sousa")
    on.shell._people.choose("Theo Rey")
    for key in "4712":
        on.shell._people._ask.typed.type(key)
    on.shell._people.act()


def _locked(on: Stage) -> None:
    with_people(on)
    on.shell.go("home")
    on.receive_some()
    on.shell._here.lock()


def _stranger(on: Stage) -> None:
    _locked(on)
    on.scan("P00147")


SCENES = (
    Scene("people", staged(with_people), main=True),
    Scene("people-nobody", staged(lambda on: on.shell.go("people"))),
    Scene("people-locked", staged(_locked)),
    Scene("people-locked-no", staged(_stranger)),
    Scene("pin", staged(_pin)),
    Scene("pin-refused", staged(_refused, practice=True)),
)
