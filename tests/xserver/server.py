"""A real X server without a screen, its keyboard layout, and a hand that presses keys by their codes."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Final

_X11_OFFSET: Final = 8
_SHIFT, _CONTROL, _ENTER = 42, 29, 28
_US: Final = {
    **{character: (2 + place, False) for place, character in enumerate("1234567890-=")},
    **{character: (2 + place, True) for place, character in enumerate("!@#$%^&*()_+")},
    **{character: (16 + place, False) for place, character in enumerate("qwertyuiop[]")},
    **{character: (16 + place, True) for place, character in enumerate("QWERTYUIOP{}")},
    **{character: (30 + place, False) for place, character in enumerate("asdfghjkl;'`")},
    **{character: (30 + place, True) for place, character in enumerate('ASDFGHJKL:"~')},
    **{character: (43 + place, False) for place, character in enumerate("\\zxcvbnm,./")},
    **{character: (43 + place, True) for place, character in enumerate("|ZXCVBNM<>?")},
    " ": (57, False), "\r": (_ENTER, False), "\t": (15, False),
}  # fmt: skip
"""A US keyboard as a scanner has it: scan code, and whether Shift is held. Written apart from what is tested."""
_GS_KEY: Final = 27


def lacking() -> str:
    """What this machine lacks for it, "" where nothing."""
    programs = [name for name in ("Xvfb", "setxkbmap") if not shutil.which(name)]
    libraries = [name for name in ("X11", "Xtst") if not ctypes.util.find_library(name)]
    return " ".join([*programs, *(f"lib{name}" for name in libraries)])


class Hand:
    """Presses keys of a display, as fast as the server takes them."""

    def __init__(self, display: str) -> None:
        self._x11, self._xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(display.encode()))

    def scan(self, text: str, end: str = "\r") -> None:
        """As a US scanner types it, separator as Ctrl+], without any pause; on its way when this returns."""
        for character in text + end:
            code, shifted = (_GS_KEY, False) if character == "\x1d" else _US[character]
            held = [_CONTROL] * (character == "\x1d") + [_SHIFT] * shifted
            for key, down in [*product(held, (True,)), (code, True), (code, False), *product(held, (False,))]:
                self.key(key, down=down)
        self.flush()

    def key(self, code: int, *, down: bool) -> None:
        self._xtst.XTestFakeKeyEvent(self._display, code + _X11_OFFSET, int(down), 0)

    def tap(self, code: int, *, shifted: bool = False) -> None:
        for key, down in [*[(_SHIFT, True)] * shifted, (code, True), (code, False), *[(_SHIFT, False)] * shifted]:
            self.key(key, down=down)
        self.flush()

    def flush(self) -> None:
        self._x11.XSync(self._display, 0)

    def close(self) -> None:
        self._x11.XCloseDisplay(self._display)


@contextmanager
def x_server() -> Iterator[str]:
    """The display of a server of its own, ":99"."""
    ours, its = os.pipe()
    # -noreset: else the layout is lost when the program that set it leaves (facts/scanning 4.3).
    command = ["Xvfb", "-displayfd", str(its), "-noreset", "-nolisten", "tcp", "-screen", "0", "800x600x24"]
    server = subprocess.Popen(command, pass_fds=(its,), stderr=subprocess.DEVNULL)
    os.close(its)
    try:
        with os.fdopen(ours) as told:
            number = told.readline().strip()
        if not number:
            raise OSError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def set_layout(display: str, layout: str) -> None:
    """What the computer takes its keyboard for."""
    subprocess.run(["setxkbmap", "-display", display, layout], check=True)


@contextmanager
def hand_at(display: str) -> Iterator[Hand]:
    hand = Hand(display)
    try:
        yield hand
    finally:
        hand.close()
