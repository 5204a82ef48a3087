"""The pages in other words: German, longer ones, and from right to left. Nothing is cut, nothing is said in English."""

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from client.pages.catalogue import speak_in_pages
from client.pages.window import Look, use_fonts
from client.words import tongue
from client.words.pages import kept_title
from client.words.pseudo import CLOSE, OPEN
from tests.pages.checks import Sheet, findings
from tests.pages.drawn import Seen, seen
from tests.pages.scenes import (
    SCENES,
    beside,
    counts,
    home,
    looking,
    moves,
    outbox,
    people,
    receipts,
    scanner,
    teaching,
)
from tests.pages.scenes.scene import Scene

LOOK = Look(theme="light", reduce_motion=True)
MAIN = [scene for scene in SCENES if scene.main]
_JOBS = (home, receipts, moves, counts, beside, looking, teaching, people, outbox, scanner)
SHIFT = [scene for page in _JOBS for scene in page.SCENES]
"""Each page of a whole shift, in each of its states. All of them stand in the one storeroom."""
SMALLEST, HANDHELD, DESK = (360, 640), (480, 800), (1280, 800)
SIZES = {"de": (SMALLEST, HANDHELD, DESK), "en-XA": (HANDHELD,), "ar-XB": (HANDHELD, DESK)}
"""German everywhere; words a third longer than English need not fit where German does."""
LOOKED_UP = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
WORD = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture(autouse=True)
def english_afterwards(qapp: QGuiApplication) -> Iterator[None]:
    use_fonts(qapp, shipped=True)
    yield
    tongue.speak("en")
    speak_in_pages()


@contextmanager
def in_language(language: str, scene: Scene, scale: float = 1.0) -> Iterator[Seen]:
    tongue.speak(language)
    with scene.open(replace(LOOK, text_scale=scale)) as shell, seen(shell, *HANDHELD) as page:
        yield page


@pytest.mark.parametrize("scene", MAIN, ids=lambda scene: scene.name)
@pytest.mark.parametrize("language", SIZES)
def test_nothing_is_cut_in_another_language(scene: Scene, language: str) -> None:
    found: dict[tuple[int, int], list[str]] = {}

    with in_language(language, scene) as page:
        for size in SIZES[language]:
            page.window.resize(*size)
            page.laid_out()
            found |= {size: wrong} if (wrong := findings(Sheet(page.drawn(), *size))) else {}

    assert found == {}


@pytest.mark.parametrize("scene", MAIN, ids=lambda scene: scene.name)
@pytest.mark.parametrize("scale", [1.25, 1.5])
def test_long_german_words_are_whole_in_larger_letters_too(scene: Scene, scale: float) -> None:
    found: dict[tuple[int, int], list[str]] = {}

    with in_language("de", scene, scale) as page:
        for size in (HANDHELD, DESK):
            page.window.resize(*size)
            found |= {size: wrong} if (wrong := findings(Sheet(page.laid_out(), *size))) else {}

    assert found == {}


@pytest.mark.parametrize("scene", SHIFT, ids=lambda scene: scene.name)
def test_every_text_on_a_page_was_looked_up_or_is_data(scene: Scene) -> None:
    with in_language("en-XA", scene) as page:
        drawn = page.drawn()

    texts = {text for item in drawn for text in (item.text, item.says) if text}
    assert {text: words for text in texts if (words := english_in(text))} == {}


def test_a_page_from_right_to_left_is_mirrored(qapp: QGuiApplication) -> None:
    with in_language("ar-XB", MAIN[0]) as page:
        turned = qapp.layoutDirection()
        badge = next(item for item in page.drawn() if item.name == "syncBadge")

    assert turned == Qt.LayoutDirection.RightToLeft
    assert badge.x < HANDHELD[0] / 2


def english_in(text: str) -> list[str]:
    """Words that nobody looked up, and that are not the storeroom's own."""
    while (without := LOOKED_UP.sub("", text)) != text:
        text = without
    return [word for word in WORD.findall(text) if word not in data()]


@cache
def data() -> frozenset[str]:
    """Each word of the names, places and papers the scenes are made of, and of what names itself."""
    folder = Path(__file__).parent
    files = [folder / "stage.py", folder / "storeroom.py", *(folder / "scenes").glob("*.py")]
    told = {word for file in files for text in _strings(file) for word in WORD.findall(text)}
    return frozenset(told | {"Wardstock", "Odoo", "ML"})  # Mira Lindqvist


def _strings(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_german_in_the_practice_ward_has_its_three_buttons_in_one_row() -> None:
    """The violet frame takes 12 pixels; the sign of the main action moves closer before it gets a row of its own."""
    (scene,) = [one for one in receipts.SCENES if one.name == "practice"]

    with in_language("de", scene) as page:
        page.laid_out()
        row = [item for item in page.drawn() if item.name in {"undo", "main", "more"}]

    assert [item.name for item in row] == ["undo", "main", "more"]
    assert len({round(item.y + item.height / 2) for item in row}) == 1


def test_a_draft_of_goods_on_their_way_has_its_title_in_the_language_in_use() -> None:
    titles = ("Move A1 → Ward 3A", "Waste Ward 3A", "To complete: Saline", "Move", "Halden Medical Supply")
    assert [kept_title(title) for title in titles] == [
        "Move A1 → Ward 3A", "Throw away Ward 3A", "Complete later Saline", "Move", "Halden Medical Supply",
    ]  # fmt: skip
    assert kept_title("Waste Management", "P00147") == "Waste Management"
    tongue.speak("de")
    assert kept_title("Use Ward 3A").endswith("brauchen Ward 3A")
