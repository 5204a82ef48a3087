"""Contrast, computed from Theme.qml itself by the WCAG 2 formula (look 8.1)."""

import json

import pytest
import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine

from client.paths import QML
from tests.pages.contrast import contrast

TEXT = (
    *(("ink", back) for back in ("paper", "surface", "sunken", "actSoft", "okSoft", "askSoft", "noSoft")),
    *(("ink2", back) for back in ("paper", "surface", "sunken", "actSoft", "okSoft", "askSoft", "noSoft")),
    ("barInk", "bar"),
    ("barInk", "barChip"),
    ("actInk", "act"),
    ("actText", "surface"),
    ("actText", "paper"),
    ("actText", "actSoft"),
    *((f"{tone}Ink", tone) for tone in ("ok", "ask", "no")),
    *((f"{tone}Text", f"{tone}Soft") for tone in ("ok", "ask", "no")),
    ("okText", "surface"),
    ("noText", "paper"),
    ("pracInk", "prac"),
    ("pracText", "pracSoft"),
    ("ink", "pracSoft"),
)
LINES = (("edge", "paper"), ("edge", "surface"), ("focus", "paper"), ("focus", "surface"))
COLOURS = ", ".join(
    f"'{name}'" for name in sorted({name for pair in (*TEXT, *LINES) for name in pair} | {"head", "main"})
)
THEMES = ("light", "dark", "contrast")


PROBE = f"""
import QtQml
import '.'
QtObject {{
    property string wanted
    property bool practice: false
    onWantedChanged: {{ Theme.wanted = wanted; Theme.practice = practice; Theme.reduceMotion = practice }}
    readonly property string told: JSON.stringify([{COLOURS}].map(name => [name, String(Theme[name])]))
    readonly property string motion: [Theme.move, Theme.blink].join()
}}
"""


def theme(wanted: str, *, practice: bool = False) -> tuple[dict[str, QColor], str]:
    """All colours of a theme, and its motion in milliseconds; `practice` also reduces motion."""
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(PROBE.encode(), QUrl.fromLocalFile(str(QML / "Probe.qml")))
    made = component.createWithInitialProperties({"wanted": wanted, "practice": practice})
    assert made is not None, component.errorString()
    told, motion = json.loads(made.property("told")), made.property("motion")
    for thing in (component, engine):
        shiboken6.delete(thing)
    return {name: QColor(colour) for name, colour in told}, motion


def test_the_formula_knows_black_on_white() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read(qapp: QGuiApplication, name: str) -> None:
    colours, _ = theme(name)

    assert {pair: ratio(colours, pair) for pair in TEXT if ratio(colours, pair) < 4.5} == {}


@pytest.mark.parametrize("name", THEMES)
def test_every_edge_and_focus_ring_can_be_seen(qapp: QGuiApplication, name: str) -> None:
    colours, _ = theme(name)

    assert {pair: ratio(colours, pair) for pair in LINES if ratio(colours, pair) < 3} == {}


def ratio(colours: dict[str, QColor], pair: tuple[str, str]) -> float:
    return contrast(colours[pair[0]], colours[pair[1]])


def test_the_themes_differ(qapp: QGuiApplication) -> None:
    papers = {theme(name)[0]["paper"].name() for name in THEMES}

    assert len(papers) == len(THEMES)


def test_practice_turns_header_and_main_action_violet(qapp: QGuiApplication) -> None:
    colours, _ = theme("light", practice=True)

    assert colours["head"] == colours["main"] == colours["prac"]


def test_reduced_motion_is_no_motion(qapp: QGuiApplication) -> None:
    assert theme("light")[1] == "120,80"
    assert theme("light", practice=True)[1] == "0,0"
