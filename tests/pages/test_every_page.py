"""Every page, from the smallest handheld to the desk: nothing too small to press, nothing nameless, nothing cut."""

import pytest

from tests.pages.conftest import Drawn, Show
from tests.pages.gallery import SCENES, SIZES

PAGES = [*(scene.name for scene in SCENES), "start"]
PRESSABLE = 56
SMALLEST_TEXT = 16
SMALL, HANDHELD, TABLET, DESK = SIZES
LIGHT: dict[str, object] = {"theme": "light"}
VIEWS = (
    *(pytest.param(size, LIGHT, id=f"light-{size[0]}") for size in SIZES),
    pytest.param(HANDHELD, {"theme": "dark"}, id="dark"),
    pytest.param(SMALL, {"theme": "contrast"}, id="contrast"),
    pytest.param(SMALL, {"mirrored": True}, id="mirrored-360"),
    pytest.param(DESK, {"mirrored": True}, id="mirrored-1280"),
    pytest.param(HANDHELD, {"text_scale": 1.5}, id="larger-480"),
    pytest.param(TABLET, {"text_scale": 1.25}, id="larger-840"),
)


@pytest.mark.parametrize(("size", "look"), VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_it_fits_a_glove_and_an_eye(show: Show, name: str, size: tuple[int, int], look: dict[str, object]) -> None:
    page = show(name, *size, **look).drawn()

    pressables = [item for item in page if item.pressable and item.enabled]
    texts = [item for item in page if item.text]
    assert pressables
    assert texts
    assert [item for item in pressables if min(item.width, item.height) < PRESSABLE] == []
    assert [item for item in pressables if not item.says] == []
    assert [item for item in texts if is_cut(item, size[0])] == []


def is_cut(text: Drawn, window: int) -> bool:
    """Shortened, wider or higher than its place, outside the window's sides, or too small to read."""
    wide, high = text.paintedWidth > text.width + 1, text.paintedHeight > text.height + 1
    outside = text.x < -1 or text.x + text.width > window + 1
    return text.truncated or wide or high or outside or text.pixels < SMALLEST_TEXT
