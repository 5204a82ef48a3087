"""The camera and pictures over a page: looking, dark, none, a code that is compared, several of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from client.pages.drive import wait_for
from client.pages.eyes import Device, Still
from client.pages.window import Look
from tests.pages.looks import Staged, code, with_symbol
from tests.pages.scenes.scene import Opener, Page, Scene, staged
from tests.pages.stage import Stage

PRINTED = "7391852046128"
TWO = (Device(0, "Back camera"), Device(1, "Front camera"))


def sighted(act: Callable[[Stage, Staged], None], devices: tuple[Device, ...] = TWO) -> Opener:
    """A scene on a device with these cameras, which see what `act` says."""

    def open_(look: Look) -> AbstractContextManager[Page]:
        eyes = Staged(devices)
        return staged(lambda on: act(on, eyes), eyes=lambda: eyes.eyes)(look)

    return open_


def _looking(on: Stage, eyes: Staged) -> None:
    on.scan("P00147")
    on.shell.eye.open()
    eyes.camera.shows(with_symbol("P00147")[0])


def _dark(on: Stage, eyes: Staged) -> None:
    on.shell.eye.open()
    eyes.camera.shows(with_symbol("P00147")[0], "dark")


def _none(on: Stage, eyes: Staged) -> None:
    on.scan("P00147")
    on.shell.eye.open()


def _compared(on: Stage, eyes: Staged) -> None:
    _see(on, eyes, PRINTED)


def _several(on: Stage, eyes: Staged) -> None:
    _see(on, eyes, PRINTED, PRINTED * 3)


def _see(on: Stage, eyes: Staged, *texts: str) -> None:
    picture, corners = with_symbol(PRINTED, scale=3)
    eyes.still = Still(tuple(code(text, sure=False, at=corners) for text in texts), picture.data)
    on.scan("P00147")
    on.shell.eye.look_at(b"a picture", "")
    wait_for(lambda: on.shell.eye.shows == "choose", 5)


SCENES = (
    Scene("sight", sighted(_looking)),
    Scene("sight-dark", sighted(_dark)),
    Scene("sight-none", sighted(_none, ())),
    Scene("sight-compare", sighted(_compared)),
    Scene("sight-several", sighted(_several)),
)
