"""Signs and tones: our own drawings on one grid, none borrowed from a font; answers told apart without colour."""

import re
import unicodedata
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage

from client.pages.entry import Entry
from client.pages.icons import PATHS
from client.pages.window import use_fonts
from client.paths import QML
from client.words import window
from tests.pages.checks import Sheet
from tests.pages.drawn import seen
from tests.pages.scenes import named
from tests.pages.test_every_page import LOOK, THEMES, wear

NAMED = re.compile(r'(?:glyph|name|idleGlyph|picture|badgeGlyph|stateGlyph|hintGlyph|mark)\s*[:=]\s*"(\w+)"')
"""Where QML names a drawing by itself."""
GRID = (2.5, 21.5)
ANSWERS = {"ok": "receive", "no": "receive-no", "ask": "receive-lot"}


def test_there_are_drawings() -> None:
    assert len(PATHS) > 30


@pytest.mark.parametrize("name", PATHS)
def test_a_drawing_keeps_to_the_grid(name: str) -> None:
    assert re.fullmatch(r"[MLHVCAZ\d\s.-]+", PATHS[name]), "lines, curves and arcs in absolute numbers"
    assert [number for number in _numbers(PATHS[name]) if not GRID[0] <= number <= GRID[1]] == []


def _numbers(path: str) -> list[float]:
    """Where it goes; not how large an arc is."""
    without_arcs = re.sub(r"A[\d.]+ [\d.]+ 0 [01] [01]", "", path)
    return [float(number) for number in re.findall(r"-?[\d.]+", without_arcs)]


def test_every_drawing_that_is_named_exists() -> None:
    sources = [path.read_text(encoding="utf-8") for path in QML.rglob("*.qml")]

    assert {name for source in sources for name in NAMED.findall(source)} - PATHS.keys() - {"system"} == set()


def test_no_page_borrows_a_picture_from_a_font() -> None:
    texts = [text for path in QML.rglob("*.qml") for text in re.findall(r'"[^"\n]*"', path.read_text(encoding="utf-8"))]

    assert [text for text in texts if any(unicodedata.category(sign) in {"So", "Sk"} for sign in text)] == []


def test_only_drawings_and_one_image_of_a_camera_are_shown() -> None:
    """No icon font, no file of pictures: what is an Image shows a drawing of ours, a camera, a pack or a code."""
    images = {path.name for path in QML.rglob("*.qml") if re.search(r"^\s*Image \{", path.read_text("utf-8"), re.M)}

    assert images <= {
        "Icon.qml",
        "LivePicture.qml",
        "Doubts.qml",
        "ScannerTest.qml",
        "Papers.qml",
        "GuideSheet.qml",
        "SymbolCard.qml",
    }


@pytest.mark.parametrize(
    "scene",
    ["papers-place-empty", "papers-which", "papers-wrong", "papers-badges-locked", "pin"],
)
def test_a_button_that_waits_shows_the_code_only_where_a_scan_is_what_is_missing(
    qapp: QGuiApplication, scene: str
) -> None:
    use_fonts(qapp, shipped=True)
    with named(scene).open(LOOK) as shell, seen(shell, 480, 800) as page:
        items = page.laid_out()
        sheet = Sheet(items, 480, 800)
        (nth,) = [at for at, item in enumerate(items) if item.name == "main" and sheet.shown(at)]
        signs = [item.glyph for at, item in enumerate(items) if item.icon and sheet.holds(nth, at)]

    assert not items[nth].enabled
    assert ("scan" in signs) is ("scan" in items[nth].says.lower()), (items[nth].says, signs)


def test_what_a_field_waits_for_is_said_in_words_and_drawn_alike(qapp: QGuiApplication) -> None:
    drawn, written = dict[str, bool](), dict[str, bool]()
    for name in window._MISSING:
        entry = Entry()
        entry.open(name, "text")
        drawn[name] = entry.property("sign") == "scan"
        written[name] = "scan" in window.still_missing(name)

    assert drawn == written


@pytest.mark.parametrize("theme", THEMES)
def test_answers_are_told_apart_in_grey(qapp: QGuiApplication, theme: str) -> None:
    use_fonts(qapp, shipped=True)
    bands = {tone: _band(scene, theme) for tone, scene in ANSWERS.items()}

    for one, other in combinations(bands, 2):
        apart = [abs(a - b) for a, b in zip(bands[one], bands[other], strict=True)]
        assert sum(grey > 24 for grey in apart) >= 12, f"{one} and {other} look alike: {sum(apart)}"


def _band(scene: str, theme: str) -> list[int]:
    """The block at the head of the band, as grey as it is from across the room: 16 × 12 dots."""
    with named(scene).open(LOOK) as shell, seen(shell, 480, 800) as page:
        wear(shell, replace(LOOK, theme=theme))
        items = page.laid_out()
        band = next(item for item in items if item.name == "band")
        window = page.window.grabWindow()
    block = window.copy(0, int(band.y), 112, int(band.height)).convertToFormat(QImage.Format.Format_Grayscale8)
    far = block.scaled(16, 12)
    return [QColor(far.pixel(x, y)).red() for y in range(12) for x in range(16)]
