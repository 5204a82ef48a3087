"""The window: fonts, the QML engine, Main.qml. Whoever shows one keeps the view-model until the window is gone."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QIcon
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from client.pages.catalogue import speak_in_pages
from client.pages.icons import PROVIDER, Icons
from client.paths import QML, resource
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.pages.setup import SetupPage
    from client.pages.shell import Shell
    from client.pages.unlock import UnlockPage

_SOON: Final = 500
SHIPPED: Final = "DejaVu Sans"
_FAMILIES: Final = {"win32": ("Segoe UI",), "linux": ("Noto Sans", SHIPPED)}
"""The first one found (look 2). What fits in the shipped one fits in all, so tests and pictures use it."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the site wants it to look, and whether answers are heard: theme `system`, `light`, `dark` or `contrast`."""

    theme: str = "system"
    text_scale: float = 1.0
    mirrored: bool = False
    reduce_motion: bool = False
    sound: bool = True


def look_of(folder: Path) -> Look:
    """How this device looks: `look.json` in its folder, else as the system has it."""
    path = folder / "look.json"
    if not path.exists():
        return Look()
    try:
        return Look(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise WardstockError("policy_unreadable", path=str(path), why=str(error)) from error


def keep_look(look: Look, folder: Path) -> None:
    """From now on this device looks and sounds so; a crash in between leaves it as it was."""
    part = folder / "look.json.part"
    part.write_text(json.dumps(asdict(look)), encoding="utf-8")
    part.replace(folder / "look.json")


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
def open_window(shell: "Shell | SetupPage | UnlockPage", **size: int) -> Iterator[QQuickWindow]:
    """The window over this view-model; its engine is gone before the caller lets go of the view-model."""
    with engine_of(**{name_of(shell): shell}, **size) as engine:
        yield window_of(engine)


@contextmanager
def engine_of(**properties: object) -> Iterator[QQmlApplicationEngine]:
    """The engine of a window made with these properties. Without a `shell` it is empty, and there at once."""
    speak_in_pages()
    engine = QQmlApplicationEngine()
    engine.addImageProvider(PROVIDER, Icons())
    try:
        shown = properties.get("shell") or properties.get("setup")
        if shown is not None:
            _lend_eyes(engine, shown)
        engine.setInitialProperties(properties)
        engine.load(QUrl.fromLocalFile(str(QML / "Main.qml")))
        _watch(window_of(engine), shown)
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


def fill(engine: QQmlApplicationEngine, shown: "Shell | SetupPage | UnlockPage") -> None:
    """Put the view-model into a window that was empty; the engine keeps it as long as it lives itself."""
    shown.setParent(engine)
    see_through(engine, shown)
    window_of(engine).setProperty(name_of(shown), shown)
    window_of(engine).setIcon(QIcon(str(resource("icons/wardstock.svg"))))


def name_of(shown: object) -> str:
    """The property of the window that takes it: a device is at work, still shut, or being set up."""
    from client.pages.shell import Shell  # noqa: PLC0415 - after the first frame
    from client.pages.unlock import UnlockPage  # noqa: PLC0415

    if isinstance(shown, UnlockPage):
        return "unlock"
    return "shell" if isinstance(shown, Shell) else "setup"


def see_through(engine: QQmlApplicationEngine, shown: object) -> None:
    """Let QML show what this view-model's camera sees, and pictures be pasted anywhere in the window that is there."""
    _lend_eyes(engine, shown)
    _watch(window_of(engine), shown)


def _lend_eyes(engine: QQmlApplicationEngine, shown: object) -> None:
    from client.pages.sight import Sight  # noqa: PLC0415 - after the first frame

    if isinstance(eye := getattr(shown, "eye", None), Sight):
        from client.pages import pictures  # noqa: PLC0415

        engine.addImageProvider(pictures.PROVIDER, pictures.Pictures(eye.shelf))


def _watch(window: QQuickWindow, shown: object) -> None:
    for watching in (getattr(shown, "eye", None), getattr(shown, "taps", None)):
        if watching is not None:
            watching.watch(window)


def first_frame(window: QQuickWindow) -> None:
    """Return once the window has been painted, or where nothing is painted, soon.

    It asks for the keyboard: on a kiosk without a window manager nobody else gives it.
    """
    loop = QEventLoop()
    window.frameSwapped.connect(loop.quit)
    QTimer.singleShot(_SOON, loop.quit)
    loop.exec()
    window.frameSwapped.disconnect(loop.quit)
    window.requestActivate()
