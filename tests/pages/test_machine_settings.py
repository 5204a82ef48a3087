"""What this machine is set to, as far as Qt tells it (decision 071)."""

import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QAccessibilityHints

_DRAWN = """
import tempfile
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from client.pages.window import Look, use_fonts
from tests.pages.gallery import shown
from tests.pages.scenes import named
app = QGuiApplication(["wardstock"])
use_fonts(app, shipped=True)
with named("settings-about").open(Look(theme="light")) as shell, shown(shell, 480, 800) as window:
    print(window.grabWindow().width(), window.width())
"""


@pytest.mark.parametrize(("dots", "pixels"), [("96", 480), ("144", 720)])
def test_a_machine_with_larger_letters_gets_all_of_the_window_larger(dots: str, pixels: int) -> None:
    """Qt makes what it is told of the fonts (Xft.dpi, QT_FONT_DPI) the ratio of the whole window: once, not twice."""
    there = {**os.environ, "QT_FONT_DPI": dots, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    done = subprocess.run([sys.executable, "-c", _DRAWN], env=there, capture_output=True, text=True, check=True)

    assert done.stdout.split() == [str(pixels), "480"]


def test_qt_tells_of_contrast_and_of_nothing_else() -> None:
    """Once it tells of motion too, Theme.qml asks for it."""
    known = QAccessibilityHints.staticMetaObject  # type: ignore[attr-defined]  # the stub leaves it out

    told = {known.property(nth).name() for nth in range(known.propertyOffset(), known.propertyCount())}

    assert told == {"contrastPreference"}
