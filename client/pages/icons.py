"""The icons: our own drawings, each drawn once for its size and colour and shown wherever it is wanted.

A shape of its own in each row of a list is made anew with the row, and looked after at every frame.
"""

from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

PROVIDER: Final = "icon"

PATHS: Final = {
    "back": "M15 5 L8 12 L15 19",
    "forward": "M9 5 L16 12 L9 19",
    "arrow": "M3 12 H21 M15 6 L21 12 L15 18",
    "receive": "M12 3 V14 M7 9.5 L12 14.5 L17 9.5 M3.5 14 V20 H20.5 V14",
    "outbox": "M12 15 V4 M7 8.5 L12 3.5 L17 8.5 M3.5 14 V20 H20.5 V14",
    "move": "M3.5 8 H20 M16 4 L20 8 L16 12 M20.5 16 H4 M8 12 L4 16 L8 20",
    "count": "M8.5 5 H5 V21 H19 V5 H15.5 M8.5 3 H15.5 V7.5 H8.5 Z M8.5 14 L11 16.5 L15.5 11.5",
    "check": "M4.5 12.5 L9.5 17.5 L19.5 6.5",
    "question": "M8 8 C8 3.2 16 3.2 16 8 C16 11 12 11 12 14.5 M12 19.5 V19.6",
    "cross": "M5.5 5.5 L18.5 18.5 M18.5 5.5 L5.5 18.5",
    "warning": "M12 4 L21 20 H3 Z M12 10 V14 M12 17 V17.1",
    "scan": "M3 8 V4 H7 M17 4 H21 V8 M21 16 V20 H17 M7 20 H3 V16 M8 9 V15 M12 9 V15 M16 9 V15",
    "undo": "M8 5 L4 9 L8 13 M4 9 H15 C21 9 21 18 15 18 H9",
    "person": "M12 12 A4.2 4.2 0 1 0 12 3.6 A4.2 4.2 0 1 0 12 12 M4 20.5 C4 13.5 20 13.5 20 20.5",
    "clock": "M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 M12 7.5 V12 L15 14",
    "box": "M12 3 L20 7.5 V16.5 L12 21 L4 16.5 V7.5 Z M4.3 7.6 L12 12 L19.7 7.6 M12 12 V20.8",
    "shelf": "M4 3 V21 M20 3 V21 M4 10 H20 M4 18 H20 M8 10 V6 H15 V10",
    "erase": "M8.5 6 H21 V18 H8.5 L3 12 Z M11.5 9.5 L16.5 14.5 M16.5 9.5 L11.5 14.5",
    "blank": "M4 10 V16 H20 V10",
    "offline": (
        "M4 4 L20 20 M3 9.5 C4.6 8 6.2 7 8 6.4 M12 5.6 C15.4 5.6 18.4 7 21 9.5 M6.3 13 C7.4 12 8.6 11.3 10 11 "
        "M15 11.6 C16 12 16.9 12.4 17.7 13 M12 18.5 V18.6"
    ),
    "online": (
        "M3 9.5 C8.2 4.4 15.8 4.4 21 9.5 M6.3 13 C9.6 10 14.4 10 17.7 13 M9.4 16 C11 14.7 13 14.7 14.6 16 "
        "M12 19.3 V19.4"
    ),
    "calendar": "M4 5.5 H20 V20 H4 Z M4 10 H20 M8.5 3 V7 M15.5 3 V7",
    "file": "M6 3 H13.5 L18.5 8 V21 H6 Z M13.5 3 V8 H18.5",
    "keys": "M3 6 H21 V18 H3 Z M7 10 V10.1 M12 10 V10.1 M17 10 V10.1 M8.5 14 H15.5",
    "practice": "M12 5 L21 9.5 L12 14 L3 9.5 Z M6.5 11.5 V16.5 C9 19 15 19 17.5 16.5 V11.5",
    "waiting": (
        "M6 3.5 H18 M6 20.5 H18 M7.5 3.5 C7.5 9.5 12 9.5 12 12 C12 14.5 7.5 14.5 7.5 20.5 "
        "M16.5 3.5 C16.5 9.5 12 9.5 12 12 C12 14.5 16.5 14.5 16.5 20.5"
    ),
    "lock": "M5 11 H19 V20 H5 Z M8 11 V7.5 C8 2.6 16 2.6 16 7.5 V11",
    "home": "M3.5 11.5 L12 4 L20.5 11.5 M6 9.5 V20 H18 V9.5 M10 20 V14.5 H14 V20",
    "plus": "M12 4.5 V19.5 M4.5 12 H19.5",
    "minus": "M4.5 12 H19.5",
    "more": (
        "M5 11.3 A0.7 0.7 0 1 0 5 12.7 A0.7 0.7 0 1 0 5 11.3 M12 11.3 A0.7 0.7 0 1 0 12 12.7 A0.7 0.7 0 1 0 12 11.3 "
        "M19 11.3 A0.7 0.7 0 1 0 19 12.7 A0.7 0.7 0 1 0 19 11.3"
    ),
    "camera": "M3 8 H7.5 L9.5 5 H14.5 L16.5 8 H21 V19.5 H3 Z M12 10 A3.5 3.5 0 1 0 12 17 A3.5 3.5 0 1 0 12 10",
    "picture": "M3 5 H21 V19 H3 Z M3.5 16 L9 10.5 L13.5 15 L16.5 12 L20.5 16 M15.5 8.7 V8.8",
    "lamp": (
        "M12 8 A4 4 0 1 0 12 16 A4 4 0 1 0 12 8 M12 3 V4.3 M12 19.7 V21 M3 12 H4.3 M19.7 12 H21 "
        "M5.6 5.6 L6.6 6.6 M17.4 17.4 L18.4 18.4 M5.6 18.4 L6.6 17.4 M17.4 6.6 L18.4 5.6"
    ),
    "sound": (
        "M3.5 9.5 H7.5 L12 5.5 V18.5 L7.5 14.5 H3.5 Z M15.5 9 C17 10.5 17 13.5 15.5 15 "
        "M18 6.5 C21.2 9.5 21.2 14.5 18 17.5"
    ),
    "mute": "M3.5 9.5 H7.5 L12 5.5 V18.5 L7.5 14.5 H3.5 Z M15.5 9.5 L20.5 14.5 M20.5 9.5 L15.5 14.5",
    "settings": (
        "M3 7 H12.5 M16.5 7 H21 M14.5 5 V9 M3 17 H7.5 M11.5 17 H21 M9.5 15 V19 M3 12 H15.5 M19.5 12 H21 M17.5 10 V14"
    ),
    "print": "M7 8.5 V3.5 H17 V8.5 M7 16.5 H3.5 V8.5 H20.5 V16.5 H17 M7 13.5 H17 V20.5 H7 Z",
    "blind": (
        "M3 12 C7 5.5 17 5.5 21 12 C17 18.5 7 18.5 3 12 M12 9.3 A2.7 2.7 0 1 0 12 14.7 A2.7 2.7 0 1 0 12 9.3 "
        "M4 4 L20 20"
    ),
    "search": "M10.5 4 A6.5 6.5 0 1 0 10.5 17 A6.5 6.5 0 1 0 10.5 4 M15.3 15.3 L20.5 20.5",
}
"""The drawings as SVG paths: grid 24, live area 3 to 21, stroke 2, round caps, no fill."""

TURNING: Final = frozenset({"back", "forward", "arrow"})
"""These point along the reading direction; check, ring, undo and digits do not turn."""


class Icons(QQuickImageProvider):
    """`image://icon/box/2/1f5fbf`: a drawing, its stroke in units of the grid, its colour in hexadecimal digits. With
    `/mirrored` behind it for text that runs from the right.
    """

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id_: str, size: QSize, wanted: QSize) -> QImage:
        """Of a name that is no drawing none: Qt warns of it, and nothing is shown."""
        name, stroke, color, *mirrored = id_.split("/")
        path = PATHS.get(name)
        if path is None:
            return QImage()
        size.setWidth(wanted.width())
        size.setHeight(wanted.height())
        image = drawn(path, stroke, f"#{color}", wanted)
        return image.flipped(Qt.Orientation.Horizontal) if mirrored and name in TURNING else image


def drawn(path: str, stroke: str, color: str, size: QSize) -> QImage:
    """A path of the grid in that many dots, on clear ground."""
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        QSvgRenderer(QByteArray(_svg(path, stroke, color).encode())).render(painter, QRectF(image.rect()))
    finally:
        painter.end()
    return image


def _svg(path: str, stroke: str, color: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{path}" fill="none"'
        f' stroke="{color}" stroke-width="{stroke}"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
