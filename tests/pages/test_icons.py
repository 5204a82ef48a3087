"""Icons are drawn once and shown in many places: in the colour, the size and the direction each place asks for."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import shiboken6
from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from client.pages.drive import settle
from client.pages.icons import PATHS, PROVIDER, TURNING, Icons
from client.pages.window import window_of
from client.paths import QML
from tests.pages.test_every_page import THEMES

BLUE = QColor("#1f5fbf")
HOST = b"""
import QtQuick
import QtQuick.Layouts
import "."
import "parts"
Window {
    id: window
    property string theme: "light"
    property bool mirrored: false
    property real textScale: 1
    readonly property string paper: String(Theme.surface)
    readonly property string ink: String(Theme.actText)
    readonly property string places: JSON.stringify([first.x, first.width, blank.x, blank.width, last.x, last.width])
    width: 200
    height: 100
    visible: true
    color: Theme.surface
    Binding { target: Theme; property: "wanted"; value: window.theme }
    Binding { target: Theme; property: "textScale"; value: window.textScale }
    LayoutMirroring.enabled: mirrored
    LayoutMirroring.childrenInherit: true
    Icon { x: 0; y: 0; size: 40; name: "forward"; color: Theme.actText }
    RowLayout {
        y: 50
        spacing: 5
        Icon { id: first; size: 34; name: "box" }
        Icon { id: blank; size: 18; name: "" }
        Icon { id: last; size: 26; name: "shelf" }
    }
}
"""
SIZES = """
from PySide6.QtGui import QGuiApplication
from tests.pages.test_icons import icons
app = QGuiApplication([])
with icons() as window:
    print(window.property("places"))
"""


@contextmanager
def icons() -> Iterator[QQuickWindow]:
    """A window of its own with some."""
    engine = QQmlApplicationEngine()
    engine.addImageProvider(PROVIDER, Icons())
    try:
        engine.loadData(HOST, QUrl.fromLocalFile(str(QML / "Host.qml")))
        settle(60)
        yield window_of(engine)
    finally:
        shiboken6.delete(engine)


def drawn(wanted: str, dots: int) -> QImage:
    return Icons().requestImage(wanted, QSize(), QSize(dots, dots))


@pytest.mark.parametrize(("dots", "stroke"), [(18, "2.6"), (24, "2"), (48, "2")])
def test_a_drawing_has_its_colour_in_any_size_and_stays_off_its_edge(dots: int, stroke: str) -> None:
    for name in PATHS:
        image = drawn(f"{name}/{stroke}/{BLUE.name()[1:]}", dots)
        assert (image.width(), image.height()) == (dots, dots)
        seen = {(x, y): image.pixelColor(x, y) for x in range(dots) for y in range(dots)}
        inked = {place: colour for place, colour in seen.items() if colour.alpha() > 150}

        assert inked, name
        assert all(0 < x < dots - 1 and 0 < y < dots - 1 for x, y in inked), name
        assert all(_apart(colour, BLUE) < 4 for colour in inked.values()), name


def test_what_points_onward_turns_where_text_runs_from_the_right_and_nothing_else_does() -> None:
    turned = {name for name in PATHS if drawn(f"{name}/2/000000/mirrored", 48) != drawn(f"{name}/2/000000", 48)}

    assert turned == TURNING


def test_an_icon_changes_its_colour_with_the_theme_and_points_where_text_runs(qapp: QGuiApplication) -> None:
    with icons() as window:
        for theme in THEMES:
            for mirrored in (False, True):
                window.setProperty("theme", theme)
                window.setProperty("mirrored", mirrored)
                settle(60)
                picture = window.grabWindow().copy(0, 0, 40, 40)
                (paper, _), (ink, _) = _counted(picture).most_common(2)
                tip = sum(picture.pixelColor(x, 20).name() != paper for x in range(20))

                assert (paper, ink) == (window.property("paper"), window.property("ink")), (theme, mirrored)
                assert (tip > 0) is mirrored, (theme, mirrored)


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "1.75", "2"])
def test_an_icon_takes_its_size_and_no_more_on_any_screen_with_a_drawing_or_none(scale: str) -> None:
    there = {**os.environ, "QT_SCALE_FACTOR": scale}
    told = subprocess.run([sys.executable, "-c", SIZES], env=there, capture_output=True, check=True)

    assert json.loads(told.stdout) == [0, 34, 39, 18, 62, 26]


@pytest.mark.parametrize(
    ("scale", "sides"),
    [(1.0, [34, 18, 26]), (1.25, [38, 20, 29]), (1.5, [41, 23, 33]), (2.0, [48, 27, 39])],
)
def test_an_icon_grows_with_the_words_beside_it_half_as_fast(
    qapp: QGuiApplication, scale: float, sides: list[int]
) -> None:
    with icons() as window:
        window.setProperty("textScale", scale)
        settle(60)

        assert json.loads(window.property("places"))[1::2] == sides


def _counted(picture: QImage) -> Counter[str]:
    return Counter(picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height()))


def _apart(one: QColor, other: QColor) -> int:
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))
