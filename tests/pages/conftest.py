"""The app's own window in tests: no screen, the shipped font, and not one warning from QML."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from client.pages.shell import Look
from client.pages.window import use_fonts
from tests.pages.gallery import scene, shown

Show = Callable[..., QQuickWindow]


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture
def show(qapp: QGuiApplication) -> Iterator[Show]:
    """`show("receive", 480, 800, theme="dark")`: a page of the gallery in the real window, alive until the test ends."""
    use_fonts(qapp, shipped=True)
    with ExitStack() as stack:

        def open_scene(name: str, width: int, height: int, **look: object) -> QQuickWindow:
            chosen = Look(**{"theme": "light", "reduce_motion": True, **look})  # type: ignore[arg-type]  # fields of Look
            shell = stack.enter_context(scene(name, chosen))
            return stack.enter_context(shown(shell, width, height))

        yield open_scene


PROBE = b"""
import QtQuick
QtObject {
    property Item root
    readonly property string told: JSON.stringify(walk(root))
    function walk(item) {
        let all = []
        for (const child of item.children) {
            if (!child.visible || child.opacity === 0 || child.width <= 0) continue
            const at = child.mapToItem(null, 0, 0)
            const text = child.truncated !== undefined
            all.push({
                name: child.objectName, x: at.x, y: at.y, width: child.width, height: child.height,
                pressable: typeof child.clicked === "function", enabled: child.enabled, says: child.Accessible.name,
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
    says: str
    text: str | None
    truncated: bool
    paintedWidth: float
    paintedHeight: float
    pixels: int


def drawn(window: QQuickWindow) -> list[Drawn]:
    """All items that are drawn."""
    context = QQmlEngine.contextForObject(window)
    assert context is not None
    component = QQmlComponent(context.engine())
    component.setData(PROBE, QUrl())
    probe = component.createWithInitialProperties({"root": window.contentItem()})
    assert probe is not None, component.errorString()
    told = json.loads(probe.property("told"))
    shiboken6.delete(component)
    return [Drawn(**item) for item in told]


def found(window: QObject, name: str) -> QQuickItem:
    item = window.findChild(QQuickItem, name)
    assert isinstance(item, QQuickItem), name
    return item
