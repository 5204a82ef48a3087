"""A program of its own: a window with a field and a button behind the key filter. What it hears goes to its output."""

import json
import sys
from threading import Thread

import shiboken6
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from client.app import application
from client.barcode.label import RawScan
from client.pages.keys import Keys
from client.pages.window import first_frame

NOBODY = "nobody"
"""What has the focus where nobody gave the window the keyboard."""
PAGE = b"""
import QtQuick
import QtQuick.Controls.Basic

ApplicationWindow {
    id: window
    required property QtObject told
    width: 480; height: 320; visible: true
    Column {
        TextField { id: field; onTextChanged: window.told.field = text; onAccepted: window.told.clicks += 1 }
        Button { id: button; text: "Confirm"; onClicked: window.told.clicks += 1; Keys.onReturnPressed: clicked() }
    }
    Component.onCompleted: (window.told.focus === "field" ? field : button).forceActiveFocus()
}
"""


class Told(QObject):
    """What the page tells, and the commands that come in: "look" and "bye", one a line."""

    asked = Signal(str)
    changed = Signal()

    def __init__(self, focus: str) -> None:
        super().__init__()
        self._focus, self._field, self._clicks = focus, "", 0

    def _set_field(self, text: str) -> None:
        self._field = text

    def _set_clicks(self, clicks: int) -> None:
        self._clicks = clicks

    focus = Property(str, lambda self: self._focus, constant=True)
    field = Property(str, lambda self: self._field, _set_field, notify=changed)
    clicks = Property(int, lambda self: self._clicks, _set_clicks, notify=changed)

    @Slot(str)
    def answer(self, command: str) -> None:
        if command == "look":
            say({"field": self._field, "clicks": self._clicks})
        else:
            QGuiApplication.quit()

    def listen(self) -> None:
        """In a thread of its own, until nobody asks any more."""
        for line in sys.stdin:
            self.asked.emit(line.strip())


def say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def heard(raw: RawScan) -> None:
    say(raw.symbology + raw.text)


def main(focus: str) -> None:
    app = application(shipped_font=True)
    told, engine = Told(focus), QQmlApplicationEngine()
    engine.setInitialProperties({"told": told})
    engine.loadData(PAGE)
    window = engine.rootObjects()[0]
    if not isinstance(window, QQuickWindow):
        raise TypeError("the page could not be loaded")
    keys = Keys(window, "test")
    keys.scanned.connect(heard)
    told.asked.connect(told.answer)
    if focus != NOBODY:
        first_frame(window)
    ready = QTimer(interval=20)

    def look() -> None:
        if window.isActive() if focus != NOBODY else window.isExposed():
            ready.stop()
            say("ready")

    ready.timeout.connect(look)
    ready.start()
    Thread(target=told.listen, daemon=True).start()
    app.exec()
    window.removeEventFilter(keys)
    shiboken6.delete(engine)


if __name__ == "__main__":
    main(sys.argv[1])
