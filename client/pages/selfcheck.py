"""Whether Qt works on this machine: a window is drawn, every page can be built, no reference is lost."""

import importlib
import os
import pkgutil
import sys
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, QSize, QUrl, Signal, qVersion
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtQuickControls2 import QQuickStyle

from client import pages
from client.pages import icons
from client.paths import QML

CALLS = 1_000
SLACK = CALLS // 20  # other code may drop a few of its own meanwhile; the fault drops one a call
_SPARE: list[object] = []
SAMPLE = b"""
import QtQuick
import QtQuick.Controls.Basic
Window {
    width: 240; height: 120; visible: true; color: "white"
    Button { anchors.fill: parent; anchors.margins: 8; text: "Wardstock" }
}
"""


@cache  # it must outlive every window
def application() -> QGuiApplication:
    """The running application, or one without a screen."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    QQuickStyle.setStyle("Basic")
    return QGuiApplication(["wardstock"])


def draws_a_window() -> str:
    """Raises ValueError where a window with a button is not drawn."""
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(SAMPLE, QUrl())
    window = component.create() if component.isReady() else None
    if not isinstance(window, QQuickWindow):
        raise ValueError(component.errorString().strip())  # the world is at fault, not a type
    QGuiApplication.processEvents()  # shown, laid out
    picture = window.grabWindow()
    window.close()
    shades = colours(picture)
    if shades < 3:  # noqa: PLR2004  # window, button, letters
        raise ValueError(f"the window was drawn in {shades} colours")
    return f"Qt {qVersion()} on {QGuiApplication.platformName()}, {shades} colours in a window"


def colours(picture: QImage) -> int:
    """How many different colours stand in a picture."""
    grid = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return len({picture.pixel(x, y) for x, y in grid})


def every_page_can_be_built() -> str:
    """Raises ValueError naming the pages whose QML does not compile."""
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        importlib.import_module(module.name)  # tells QML about the view-models
    files = sorted(QML.rglob("*.qml"))
    engine = QQmlEngine()
    compiled = [QQmlComponent(engine, QUrl.fromLocalFile(str(file))) for file in files]
    if faults := [component.errorString().strip() for component in compiled if component.isError()]:
        raise ValueError("; ".join(faults))
    if not files:
        raise ValueError("there are no pages")
    return f"{len(files)} QML files"


def every_icon_is_drawn() -> str:
    """Raises ValueError naming the icons that stay empty."""
    dots, size = QSize(48, 48), QSize()
    pictures = {name: icons.Icons().requestImage(f"{name}/2/000000", size, dots) for name in icons.PATHS}
    if empty := [name for name, picture in pictures.items() if colours(picture) < 2]:  # noqa: PLR2004  # ground, stroke
        raise ValueError(f"empty: {', '.join(empty)}")
    return f"{len(pictures)} icons"


class Bell(QObject):
    """Something to ring."""

    rung = Signal()


def loses_no_reference() -> str:
    """Raises ValueError with the PySide6 that aborts after some thousand calls (docs/decisions/001)."""
    bell = Bell()
    acts: list[tuple[object, Callable[[], object]]] = [
        (None, lambda: bell.setObjectName("ward")),
        (False, bell.signalsBlocked),
        (True, bell.rung.emit),
    ]
    if lost := [str(thing) for thing, act in acts if references_lost(thing, act) >= SLACK]:
        raise ValueError(f"calls into Qt lose references to {' and '.join(lost)}")
    return f"{CALLS} calls into Qt lose none"


def references_lost(thing: object, act: Callable[[], object]) -> int:
    """How many references to `thing` vanish while `act` runs a thousand times; from Python 3.12 on none can."""
    _SPARE.extend([thing] * CALLS)  # or the last reference might go, and the process with it, before we can tell
    before = sys.getrefcount(thing)
    for _ in range(CALLS):
        act()
    lost = before - sys.getrefcount(thing)
    if lost < SLACK:
        del _SPARE[-CALLS:]
    return lost
