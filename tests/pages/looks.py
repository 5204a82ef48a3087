"""Eyes for tests: cameras and pictures that see what they are told, and a window with nothing but the sight in it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import shiboken6
import zxingcpp
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlApplicationEngine

from client.barcode.agreement import Code
from client.barcode.camera import Frame
from client.barcode.frames import Hint
from client.barcode.image import Seen as SeenCode
from client.barcode.image import scan_of
from client.barcode.label import RawScan
from client.pages import icons
from client.pages.drive import settle
from client.pages.eyes import Device, Eyes, Still
from client.pages.pictures import PROVIDER, Pictures
from client.pages.sight import Sight
from client.pages.window import window_of
from client.paths import QML
from client.work.answer import Said, ok
from tests.pages.drawn import PROBE, Seen
from tests.pages.stage import NOW

Corners = tuple[tuple[float, float], ...]
Array = np.ndarray[Any, np.dtype[np.uint8]]


def code(text: str, *, sure: bool = True, format_: str = "Code128", at: Corners = ()) -> Code:
    """What a decoder says of one code."""
    symbology = {"DataMatrix": "]d2", "EAN13": "]E0"}.get(format_, "]C0")
    return Code(SeenCode(format_, text, text.encode(), symbology, at, "zxing-cpp", "first"), sure)


@dataclass
class Camera:
    """Sees when it is told, as a thread would say it."""

    source: int | Path
    on_scan: Callable[[RawScan], None]
    on_frame: Callable[[Frame], None]
    on_state: Callable[[Any], None]
    stopped: bool = False

    def start(self) -> None:
        """It runs."""

    def stop(self) -> None:
        self.stopped = True

    def shows(self, picture: Array, hint: Hint = "") -> None:
        """One live picture; a breath later than the last, as real ones are."""
        settle(80)
        high, wide = picture.shape[:2]
        self.on_frame(Frame(picture, (wide // 4, high // 6, wide // 2, 2 * high // 3), hint))
        settle(20)

    def reads(self, text: str) -> None:
        """A code that stands."""
        self.on_scan(scan_of(code(text).seen, source="camera", device="camera 0", at=NOW))
        settle(20)


@dataclass
class Staged:
    """Eyes that see what the test says: the cameras of the machine, those that were opened, the next still picture."""

    devices: Sequence[Device] = (Device(0, "Back camera"),)
    still: Still = field(default_factory=Still)
    cameras: list[Camera] = field(default_factory=list)

    @property
    def camera(self) -> Camera:
        """The one opened last."""
        return self.cameras[-1]

    @property
    def eyes(self) -> Eyes:
        return Eyes(lambda: self.devices, self._camera, lambda _source, _known: self.still)

    def _camera(
        self,
        source: int | Path,
        on_scan: Callable[[RawScan], None],
        on_frame: Callable[[Frame], None],
        on_state: Callable[[Any], None],
    ) -> Camera:
        self.cameras.append(Camera(source, on_scan, on_frame, on_state))
        return self.cameras[-1]


_ADDED: dict[str, object] = {
    "amount": Decimal(50),
    "product": "IV cannula 20G, sterile",
    "which": "Lot MX40312 · 2029-01-31",
    "order": "P00147",
}


@dataclass
class Bench(Staged):
    """A sight alone, without a window, and what the page answered."""

    scans: list[RawScan] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    asked: bool = False
    answer: Said = field(default_factory=lambda: ok("added", **_ADDED))

    def __post_init__(self) -> None:
        self.sight = Sight(self.eyes, self._scanned, self._say, lambda _code: False, "test")

    def _scanned(self, raw: RawScan) -> None:
        self.scans.append(raw)
        self._say(self.answer)

    def _say(self, said: Said) -> None:
        self.said.append(said)
        self.sight.answered(said, asked=self.asked)


def cluttered(width: int = 640, height: int = 360, light: int = 140) -> Array:
    """A shelf as a camera sees it: boxes, seeded, and no code."""
    random = np.random.default_rng(7)
    picture = np.full((height, width, 3), light, np.uint8)
    for _ in range(30):
        x, y = random.integers(0, width - 60), random.integers(0, height - 60)
        w, h = random.integers(30, 160), random.integers(20, 110)
        picture[y : y + h, x : x + w] = random.integers(light // 3, light + 60, 3)
    return picture


def with_symbol(
    text: str, format_: Any = zxingcpp.BarcodeFormat.DataMatrix, *, scale: int = 5
) -> tuple[Array, Corners]:
    """The shelf with a label in the middle, and the corners of its symbol."""
    symbol = np.array(zxingcpp.create_barcode(text, format_, gs1=text.startswith("(")).to_image(scale=scale))
    picture = cluttered()
    high, wide = symbol.shape[:2]
    y, x = (picture.shape[0] - high) // 2, (picture.shape[1] - wide) // 2
    picture[y - 8 : y + high + 30, x - 8 : x + wide + 8] = 235
    picture[y : y + high, x : x + wide] = symbol[..., None]
    return picture, ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))


HOST = b"""
import QtQuick
import "."
Window {
    id: window
    property QtObject shown: null
    property string theme: "light"
    property real textScale: 1
    property bool mirrored: false
    visible: true
    Binding { target: Theme; property: "wanted"; value: window.theme }
    Binding { target: Theme; property: "textScale"; value: window.textScale }
    Binding { target: Theme; property: "width"; value: window.width }
    Binding { target: Theme; property: "height"; value: window.height }
    Binding { target: Theme; property: "reduceMotion"; value: true }
    SightSheet {
        objectName: "sight"
        anchors.fill: parent
        sight: window.shown
        next: "Scan the next item"
        LayoutMirroring.enabled: window.mirrored
        LayoutMirroring.childrenInherit: true
    }
}
"""


@contextmanager
def sight_window(sight: Sight, size: tuple[int, int], **look: object) -> Iterator[Seen]:
    """A window that shows the sight alone, as the frame shows it over a page."""
    engine = QQmlApplicationEngine()
    engine.addImageProvider(icons.PROVIDER, icons.Icons())
    engine.addImageProvider(PROVIDER, Pictures(sight.shelf))
    try:
        engine.setInitialProperties({"shown": sight, "width": size[0], "height": size[1], **look})
        engine.loadData(HOST, QUrl.fromLocalFile(str(QML / "Host.qml")))
        engine.setInitialProperties({})
        engine.loadData(PROBE)
        settle(60)
        yield Seen(window_of(engine), engine.rootObjects()[1])
    finally:
        shiboken6.delete(engine)
