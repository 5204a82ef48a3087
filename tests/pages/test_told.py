"""What a screen reader is told of every page, walked in the platform's own tree and not in what QML wishes."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication

from client.pages.window import use_fonts
from tests.pages.checks import Sheet
from tests.pages.drawn import seen
from tests.pages.scenes.scene import Scene
from tests.pages.test_every_page import HANDHELD, LOOK
from tests.pages.test_reached import MAIN

Role = QAccessible.Role
WORKED = {
    Role.Button, Role.CheckBox, Role.ComboBox, Role.EditableText, Role.Link, Role.ListItem, Role.MenuItem, Role.PageTab,
    Role.RadioButton, Role.Slider, Role.SpinBox, Role.Switch,
}  # fmt: skip
"""Roles of what a person works."""


@pytest.fixture
def listening() -> Iterator[None]:
    """Somebody has a screen reader."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("listening")
@pytest.mark.parametrize("scene", MAIN, ids=lambda scene: scene.name)
def test_all_that_can_be_pressed_is_told_by_name_as_what_it_is(qapp: QGuiApplication, scene: Scene) -> None:
    use_fonts(qapp, shipped=True)
    with scene.open(LOOK) as shell, seen(shell, *HANDHELD) as page:
        sheet = Sheet(page.laid_out(), *HANDHELD)
        wanted = {item.says for nth, item in enumerate(sheet.items) if item.pressable and sheet.shown(nth)}
        told = list(_within(QAccessible.queryAccessibleInterface(page.window)))

    worked = {name for role, name in told if role in WORKED}
    assert "" not in worked
    assert wanted - worked == set()
    assert any(role is Role.Heading for role, _ in told)


def _within(node: QAccessibleInterface) -> Iterator[tuple[QAccessible.Role, str]]:
    """Role and name of all that is not hidden, in the order it is read."""
    if node.state().invisible:
        return
    # Of a secret Qt tells no name.
    what = QAccessible.Text.Description if node.state().passwordEdit else QAccessible.Text.Name
    yield node.role(), node.text(what)
    for nth in range(node.childCount()):
        child = node.child(nth)
        if child.isValid():
            yield from _within(child)
