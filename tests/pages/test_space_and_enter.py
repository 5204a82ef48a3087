"""Each kind of control acts by Space and by Enter once it has the focus, as by a finger: once, and the same."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from client.pages.drive import settle, type_key
from tests.pages.stage import stock_up
from tests.pages.storeroom import BREATH, Storeroom

KEYS = {"space": (Qt.Key.Key_Space, " "), "enter": (Qt.Key.Key_Return, "\r"), "keypad": (Qt.Key.Key_Enter, "\r")}
FURTHEST = 60


@dataclass(frozen=True)
class Control:
    """`name` (and words on it) stands on the page that `open` leads to; `acted` says what it then did."""

    kind: str
    open: Callable[[Storeroom], object]
    name: str
    acted: Callable[[Storeroom], bool]
    wide: bool = False


def page_is(name: str) -> Callable[[Storeroom], bool]:
    return lambda room: bool(room.on.shell.property("page") == name)


def _settings(part: str = "") -> Callable[[Storeroom], None]:
    def act(room: Storeroom) -> None:
        stock_up(room.on)
        room.on.shell.go("settings")
        if part:
            room.on.shell._settings.open(part)

    return act


def _places(room: Storeroom) -> None:
    _settings("places")(room)
    room.on.shell._settings.press("choose")


CONTROLS = (
    Control("row", _settings(), "part people", lambda room: room.on.shell._settings.property("part") == "people"),
    Control("choice", _settings("manner"), "way theme dark", lambda room: room.on.shell._manner.look.theme == "dark"),
    Control("act", _settings("places"), "act choose", lambda room: bool(room.on.shell._settings.property("choosing"))),
    Control("tick", _places, "place", lambda room: room.on.shell._settings._serving.page.ticked != ()),  # type: ignore[union-attr]
    Control("tile", lambda room: None, "tileReceive", page_is("starts")),
    Control("rail", lambda room: None, "railOutbox", page_is("outbox"), wide=True),
    Control("back", lambda room: room.on.shell.go("outbox"), "back", page_is("home")),
    Control("badge", lambda room: None, "syncBadge", page_is("outbox")),
    Control("person", lambda room: None, "person", page_is("people")),
    Control("main", lambda room: room.on.receive_some(), "main", lambda room: room.on.desk.said.code != "added"),
    Control("undo", lambda room: room.on.receive_some(), "undo", lambda room: room.on.desk.said.code == "undone"),
    Control("more", lambda room: room.on.receive_some(), "more", lambda room: room.on.shell._job._ask.asking),
)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("control", CONTROLS, ids=lambda one: one.kind)
def test_it_acts_by_this_key(storeroom: Storeroom, control: Control, key: str) -> None:
    if control.wide:
        storeroom.window.resize(1280, 800)
    control.open(storeroom)
    settle(200)
    assert not control.acted(storeroom)

    reach(storeroom, control.name)
    settle(2 * BREATH)  # an Enter sooner would be the end of a scan
    type_key(storeroom.window, *KEYS[key])
    settle(150)

    assert control.acted(storeroom), [item.name for item in storeroom.seen.drawn() if item.focused]


def reach(room: Storeroom, name: str) -> None:
    """By Tab alone."""
    passed: list[str] = []
    for _ in range(FURTHEST):
        held = [item.name for item in room.seen.drawn() if item.focused and item.name]
        if name in held:
            return
        passed += held
        type_key(room.window, Qt.Key.Key_Tab, "\t")
        settle(30)
    raise AssertionError(f"Tab does not reach {name}: {passed}")
