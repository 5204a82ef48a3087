"""The app's own window in tests: no screen, the shipped font, and not one warning from QML."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from client.pages.drive import settle
from client.pages.keys import Keys
from client.pages.shell import Shell
from client.pages.window import Look, engine_of, use_fonts, window_of
from tests.pages.gallery import scene
from tests.pages.stage import stage

if TYPE_CHECKING:
    from tests.pages.storeroom import Storeroom

Show = Callable[..., "Seen"]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture
def show(qapp: QGuiApplication) -> Iterator[Show]:
    """`show("receive", 480, 800, theme="dark")`: a page of the gallery in the real window until the test ends."""
    use_fonts(qapp, shipped=True)
    with ExitStack() as stack:

        def open_scene(name: str, width: int, height: int, **look: object) -> Seen:
            chosen = Look(**{"theme": "light", "reduce_motion": True, **look})  # type: ignore[arg-type]  # fields of Look
            shell = stack.enter_context(scene(name, chosen))
            return stack.enter_context(seen(shell, width, height))

        yield open_scene


PROBE = b"""
import QtQuick
QtObject {
    property Item root: null
    property string told
    onRootChanged: if (root) told = JSON.stringify(walk(root))
    function walk(item) {
        let all = []
        for (const child of item.children) {
            if (!child.visible || child.opacity === 0 || child.width <= 0) continue
            const at = child.mapToItem(null, 0, 0)
            const text = child.truncated !== undefined
            all.push({
                name: child.objectName, x: at.x, y: at.y, width: child.width, height: child.height,
                pressable: typeof child.clicked === "function", enabled: child.enabled,
                focused: child.activeFocus, says: child.Accessible.name,
                text: text ? child.text : null, truncated: text && child.truncated,
                paintedWidth: text ? child.contentWidth : 0, paintedHeight: text ? child.contentHeight : 0,
                pixels: text ? child.font.pixelSize : 0
            })
            all = all.concat(walk(child))
        }
        return all
    }
}
"""


@dataclass(frozen=True)
class Drawn:
    """One item of a page as QML sees it: Python's own hold on items is not needed, and not safe, for a walk."""

    name: str
    x: float
    y: float
    width: float
    height: float
    pressable: bool
    enabled: bool
    focused: bool
    says: str
    text: str | None
    truncated: bool
    paintedWidth: float
    paintedHeight: float
    pixels: int


@dataclass
class Seen:
    """A window, and what is drawn in it."""

    window: QQuickWindow
    probe: QObject

    def drawn(self) -> list[Drawn]:
        """All items that are drawn now."""
        self.probe.setProperty("root", self.window.contentItem())
        told = json.loads(self.probe.property("told"))
        self.probe.setProperty("root", None)
        return [Drawn(**item) for item in told]


@contextmanager
def seen(shell: Shell, width: int, height: int) -> Iterator[Seen]:
    """The real window over a shell, laid out, with all pages built."""
    with engine_of(shell=shell, width=width, height=height) as engine:
        engine.setInitialProperties({})
        engine.loadData(PROBE)
        settle(120)
        yield Seen(window_of(engine), engine.rootObjects()[1])


@pytest.fixture
def storeroom(qapp: QGuiApplication, tmp_path: Path) -> "Iterator[Storeroom]":
    """The storeroom of the pictures, in a handheld's window that hears a scanner."""
    from tests.pages.storeroom import Storeroom  # noqa: PLC0415 - it needs what stands above

    use_fonts(qapp, shipped=True)
    on = stage(tmp_path)
    with seen(on.shell, 480, 800) as page:
        keys = Keys(page.window, "test")
        keys.scanned.connect(on.shell.scanned)
        page.window.requestActivate()
        settle(30)
        yield Storeroom(on, page)
        page.window.removeEventFilter(keys)
    on.store.close()
