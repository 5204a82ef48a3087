"""Every page in every state: in each size, theme and size of text, and mirrored, nothing is too small, pale or cut."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from client.pages.window import Look, use_fonts
from tests.pages.checks import Sheet, findings
from tests.pages.drawn import Seen, seen
from tests.pages.scenes import SCENES
from tests.pages.scenes.scene import Page, Scene

LOOK = Look(theme="light", reduce_motion=True)
THEMES = ("light", "dark", "contrast")
SMALLEST, HANDHELD, DESK = (360, 640), (480, 800), (1280, 800)
EVERY_THEME = ((HANDHELD, 1.0, False), (DESK, 1.0, False))
"""Size of the window, size of the text, and whether it is read from the right. Colours do not come from the size."""
LIGHT = (
    *((size, scale, False) for size in (SMALLEST, HANDHELD, DESK) for scale in (1.5, 2.0)),
    *((size, 1.0, False) for size in (SMALLEST, (600, 960), (800, 480), (1024, 768))),
    (SMALLEST, 1.25, False),
    *((size, 1.0, True) for size in (HANDHELD, DESK)),
)
LIGHT_OF_MAIN = (((840, 700), 1.0, False), ((1920, 1080), 1.0, False), (SMALLEST, 1.0, True))
Layout = tuple[tuple[int, int], float, bool]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_it_fits_a_glove_and_an_eye(qapp: QGuiApplication, scene: Scene) -> None:
    use_fonts(qapp, shipped=True)
    with scene.open(LOOK) as shell, seen(shell, *HANDHELD) as page:
        light = (*LIGHT, *(LIGHT_OF_MAIN if scene.main else ()))
        views = [*((layout, THEMES) for layout in EVERY_THEME), *((layout, THEMES[:1]) for layout in light)]
        found = {view: wrong for layout, themes in views for view, wrong in in_each(shell, page, layout, themes)}

    assert found == {}


def in_each(shell: Page, page: Seen, layout: Layout, themes: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """What is wrong with it laid out so, by view."""
    size, scale, mirrored = layout
    page.window.resize(*size)
    for theme in themes:
        wear(shell, replace(LOOK, theme=theme, text_scale=scale, mirrored=mirrored))
        items = page.laid_out() if theme == "light" else page.drawn()  # the others have its lines
        if wrong := findings(Sheet(items, *size)):
            yield f"{size[0]}×{size[1]} {scale:.0%}{' mirrored' * mirrored} {theme}", wrong


def wear(shell: Page, look: Look) -> None:
    """As if it had been chosen in the settings."""
    shell._manner.settle(theme=look.theme, text_scale=look.text_scale, mirrored=look.mirrored)
