"""A screen reader's ear: what the window announces, as the platform is told it.

PySide6 has no `QAccessible::installUpdateHandler`, so it is called in Qt's own library.
"""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import PySide6
import shiboken6
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

_INSTALL: Final = "_ZN11QAccessible20installUpdateHandlerEPFvP16QAccessibleEventE"
_HANDLER: Final = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
can_listen: Final = sys.platform == "linux"
"""Where library and function have these names. There they must be found, or a test fails."""


@dataclass(frozen=True)
class Announced:
    """One sentence; `at_once`: it cuts off what is being read."""

    text: str
    at_once: bool


@contextmanager
def listening() -> Iterator[list[Announced]]:
    """What is announced while somebody has a screen reader."""
    heard: list[Announced] = []

    def hear(event: int) -> None:
        # Of another event only its type is asked. Any: what the stub says of wrapInstance is less than it is.
        said: Any = shiboken6.wrapInstance(event, QAccessibleAnnouncementEvent)
        if said.type() is QAccessible.Event.Announcement:
            heard.append(Announced(said.message(), said.politeness() is QAccessible.AnnouncementPoliteness.Assertive))

    install = getattr(ctypes.CDLL(str(Path(PySide6.__file__).parent / "Qt/lib/libQt6Gui.so.6")), _INSTALL)
    install.argtypes, install.restype = [ctypes.c_void_p], ctypes.c_void_p
    handler = _HANDLER(hear)
    before = install(ctypes.cast(handler, ctypes.c_void_p))
    QAccessible.setActive(True)
    try:
        yield heard
    finally:
        QAccessible.setActive(False)
        install(before)
