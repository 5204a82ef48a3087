"""The window: fonts, the QML engine, Main.qml. Whoever shows one keeps the view-model until the window is gone."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QIcon
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from client.pages.shell import Shell
from client.paths import QML, resource

SHIPPED: Final = "DejaVu Sans"
_FAMILIES: Final = {"win32": ("Segoe UI",), "linux": ("Noto Sans", SHIPPED)}
"""The first one found (look 2). What fits in the shipped one fits in all, so tests and pictures use it."""


def use_fonts(app: QGuiApplication, *, shipped: bool = False) -> None:
    """Make the app's font the first known one; with `shipped` the same on every machine."""
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}")))
    known = set(QFontDatabase.families())
    wanted = () if shipped else _FAMILIES.get(sys.platform, ())
    if sys.platform == "darwin" and not shipped:
        return
    app.setFont(QFont(next((family for family in wanted if family in known), SHIPPED)))


@contextmanager
def open_window(shell: Shell, **size: int) -> Iterator[QQuickWindow]:
    """Main.qml over this view-model, shown; its engine is gone before the caller lets go of the view-model."""
    with engine_of(shell, **size) as engine:
        yield window_of(engine)


@contextmanager
def engine_of(shell: Shell, **size: int) -> Iterator[QQmlApplicationEngine]:
    """The engine of a window, for who wants to look into it."""
    engine = QQmlApplicationEngine()
    try:
        engine.setInitialProperties({"shell": shell, **size})
        engine.load(QUrl.fromLocalFile(str(QML / "Main.qml")))
        window_of(engine).setIcon(QIcon(str(resource("icons/wardstock.svg"))))
        yield engine
        window_of(engine).close()
    finally:
        shiboken6.delete(engine)


def window_of(engine: QQmlApplicationEngine) -> QQuickWindow:
    """The window an engine has loaded."""
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise ValueError("Main.qml could not be loaded")
    return roots[0]
