"""All pages as pictures, to look at: `make pictures`, or `python -m tests.pages.gallery DIR [PART OF A NAME…]`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from client.pages.drive import settle
from client.pages.setup import SetupPage
from client.pages.shell import Shell
from client.pages.unlock import UnlockPage
from client.pages.window import Look, open_window, use_fonts
from client.words import tongue
from tests.pages.scenes import SCENES
from tests.pages.scenes.scene import Scene

_LIGHT = Look(theme="light", reduce_motion=True)
_WAYS: tuple[tuple[str, Look, str, bool], ...] = (
    ("light", _LIGHT, "en", False),
    ("dark", Look(theme="dark", reduce_motion=True), "en", False),
    ("de", _LIGHT, "de", False),
    ("contrast", Look(theme="contrast", reduce_motion=True), "en", True),
    ("rtl", _LIGHT, "ar-XB", True),
    ("long", _LIGHT, "en-XA", True),
    ("200", Look(theme="light", text_scale=2.0, reduce_motion=True), "en", True),
)
"""How they are looked at, and in which language; the last says of each whether the main ones are enough."""
_PICTURED = ((480, 800), (1280, 800))


@contextmanager
def shown(shell: Shell | SetupPage | UnlockPage, width: int, height: int) -> Iterator[QQuickWindow]:
    """The real window over a shell, laid out and with all pages built."""
    with open_window(shell, width=width, height=height) as window:
        settle(120)
        yield window


def _picture(scene: Scene, way: str, look: Look, target: Path, only: list[str]) -> None:
    sizes = [size for size in _PICTURED if not only or any(word in f"{scene.name}-{size[0]}-{way}" for word in only)]
    if not sizes:
        return
    with scene.open(look) as shell, shown(shell, *sizes[0]) as window:
        for width, height in sizes:
            window.resize(width, height)
            settle(60)
            window.grabWindow().save(str(target / f"{scene.name}-{width}-{way}.png"))


def main(target: Path, only: list[str]) -> None:
    """Every page, light, dark and in German, on the handheld and the desktop; the main ones in the other ways too."""
    target.mkdir(parents=True, exist_ok=True)
    app = QGuiApplication(["wardstock"])
    use_fonts(app, shipped=True)
    for way, look, language, only_main in _WAYS:
        tongue.speak(language)
        for scene in SCENES:
            if scene.main or not only_main:
                _picture(scene, way, look, target, only)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    main(Path(sys.argv[1]), sys.argv[2:])
