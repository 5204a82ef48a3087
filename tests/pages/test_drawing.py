"""What was scrolled out of sight is not drawn over what stands there: on a machine without a graphics card too."""

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtQuick import QQuickWindow

from client.pages.drive import settle
from tests.pages.conftest import Show


def _scrolled(window: QQuickWindow, down: int) -> None:
    at, none = QPointF(240, 400), Qt.KeyboardModifier.NoModifier
    turned = QPoint(0, -down)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    QCoreApplication.sendEvent(window, QWheelEvent(at, at, turned, turned, buttons, none, phase, False))
    settle(200)


def _part(window: QQuickWindow, y: int, height: int) -> QImage:
    return window.grabWindow().copy(0, y, 480, height)


@pytest.mark.parametrize("page", ["home", "receive"])
def test_a_ring_that_was_scrolled_away_is_not_drawn_over_the_heading(show: Show, page: str) -> None:
    window = show(page, 480, 640, text_scale=2.0).window
    heading, rows = _part(window, 0, 190), _part(window, 250, 230)
    _scrolled(window, 3000)
    assert _part(window, 250, 230) != rows
    assert _part(window, 0, 190) == heading
