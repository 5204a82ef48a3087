"""A code nobody knows: offered to be taught, searched for, not found."""

from client.work.site.people import Role
from tests.pages.scenes.scene import Scene, staged
from tests.pages.stage import Stage


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


SCENES = (
    Scene("teach-offered", staged(_offered, role=Role.SUPERVISOR)),
    Scene("teach", staged(_searching, role=Role.SUPERVISOR)),
    Scene("teach-nothing", staged(_nothing, role=Role.SUPERVISOR)),
)
