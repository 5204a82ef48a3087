"""A code nobody knows: offered to be taught, searched for, not found."""

from client.work.site.people import Role
from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import CANNULA, Stage, gs1


def _offered(on: Stage) -> None:
    on.scan("P00147")
    on.scan("NOBODY-7")


def _searching(on: Stage) -> None:
    _offered(on)
    on.shell._teach.open()
    on.shell._teach.type("nitr")


def _nothing(on: Stage) -> None:
    _searching(on)
    on.shell._teach.type("zzz")


def _on_the_dock(on: Stage) -> None:
    on.receive_some()
    on.scan("4711-WHAT")


def _kept(on: Stage) -> None:
    _on_the_dock(on)
    on.shell._teach.keep()
    on.scan(gs1(CANNULA, "MX40399", "290131", 2))
    on.press("refuse damaged")


SCENES = (
    Scene("teach-offered", staged(_offered, role=Role.SUPERVISOR)),
    Scene("teach", staged(_searching, role=Role.SUPERVISOR)),
    Scene("receive-unknown", staged(_on_the_dock)),
    Scene("receive-kept", staged(_kept)),
    Scene("teach-nothing", staged(_nothing, role=Role.SUPERVISOR)),
)
