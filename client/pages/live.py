"""The camera at work: which one, what it shows now, and why it shows nothing."""

from pathlib import Path
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCameraPermission, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage

from client.barcode.label import RawScan
from client.pages.eyes import Device, Eyes, LiveCamera
from client.pages.pictures import LIVE, LIVE_WIDTH, Shelf, fitting, image_of

if TYPE_CHECKING:
    from client.barcode.camera import Frame

IDLE: Final = 90_000
"""Milliseconds without a scan after which the camera closes itself: it costs battery, and looks at people."""
_PACE: Final = 1 / 15
"""Seconds from one live picture to the next: enough to aim, and half the work."""


class Live(QObject):
    """`pictures` were shown since it started; `aim` is where the aim frame lies in them, as shares of width and height.

    `trouble` and `hint` are codes of `client.words.sight`. `coded` brings what was read, `idled` that nothing was for
    long, `decided` that the person told the system whether we may look.
    """

    changed = Signal()
    framed = Signal()
    coded = Signal(object)
    idled = Signal()
    decided = Signal()
    _seen = Signal(object, object, object)
    _read = Signal(object, object)
    _stands = Signal(object, str)

    def __init__(self, eyes: Eyes, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._eyes, self._shelf = eyes, shelf
        self.trouble = self.hint = ""
        self.aim = (0.0, 0.0, 1.0, 1.0)
        self.pictures = 0
        self._places: list[Device] = []
        self._place = 0
        self._camera: LiveCamera | None = None
        self._letting_go: list[Thread] = []
        self._mark = object()
        self._behind = False
        self._shown_at = 0.0
        self._idle = QTimer(self, singleShot=True, interval=IDLE)
        self._idle.timeout.connect(self.idled)
        self._seen.connect(self._on_frame, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self._on_code, Qt.ConnectionType.QueuedConnection)
        self._stands.connect(self._on_state, Qt.ConnectionType.QueuedConnection)

    # ------------------------------------------------------------ which one

    @property
    def several(self) -> bool:
        """There is another camera."""
        return len(self._places) > 1

    @property
    def name(self) -> str:
        """Of the camera; empty where there is none."""
        return self._places[self._place].name if self._places else ""

    def open(self) -> None:
        """Look for the cameras of this device, and start the one that was used last."""
        self._places = list(self._eyes.devices())
        self._place = min(self._place, max(len(self._places) - 1, 0))
        self._begin()

    def other(self) -> None:
        """The next camera of this device."""
        if self._places:
            self._place = (self._place + 1) % len(self._places)
            self.let_go()
            self._begin()
            self.changed.emit()

    def play(self, film: Path) -> None:
        """A film is looked at as a camera is."""
        self.let_go()
        self.trouble = ""
        self._start(film)

    def stay(self) -> None:
        """It is in use: the time until it closes itself begins anew."""
        self._idle.start()

    def _begin(self) -> None:
        self.trouble = self.hint = ""
        if not self._places:
            self.trouble = "camera_missing"
        elif not self._places[self._place].allowed:
            self.trouble = "camera_denied"
        elif self._may_look():
            self._start(self._places[self._place].source)

    def _may_look(self) -> bool:
        """Whether the system lets us; where it asks the person first, their answer begins anew."""
        app, camera = QGuiApplication.instance(), QCameraPermission()
        if not isinstance(app, QGuiApplication):
            return True
        stands = app.checkPermission(camera)
        if stands == Qt.PermissionStatus.Denied:
            self.trouble = "camera_denied"
        elif stands == Qt.PermissionStatus.Undetermined:
            app.requestPermission(camera, self, lambda _: self.decided.emit())
        return bool(stands == Qt.PermissionStatus.Granted)

    # ------------------------------------------------------------ start and end

    def _start(self, source: int | Path) -> None:
        self._wait_for_devices()  # two at one device would both say that it is busy
        self._behind = False
        mark = object()
        self._mark = mark
        camera = self._eyes.camera(
            source,
            lambda raw: self._read.emit(mark, raw),
            lambda frame: self._offer(mark, frame),
            lambda state: self._stands.emit(mark, state),
        )
        self._camera = camera
        camera.start()
        self._idle.start()

    def let_go(self) -> None:
        """The device is free within a second, and no picture is kept."""
        self._idle.stop()
        self._mark = object()
        if self._camera:
            ending = Thread(target=self._camera.stop, name="camera-stop")
            ending.start()  # a driver may take its time; the window does not wait for it
            self._letting_go.append(ending)
            self._camera = None
        self._shelf.clear()
        self.pictures = 0

    def end(self) -> None:
        """Wait until no thread has a camera."""
        self.let_go()
        self._wait_for_devices()

    def _wait_for_devices(self) -> None:
        while self._letting_go:
            self._letting_go.pop().join()

    # ------------------------------------------------------------ what comes of it

    def _offer(self, mark: object, frame: "Frame") -> None:
        """In the camera's thread: one picture on its way to the window at a time, the rest are not shown."""
        now = monotonic()
        if not self._behind and now - self._shown_at >= _PACE:
            self._behind, self._shown_at = True, now
            self._seen.emit(mark, frame, fitting(image_of(frame.picture.data), LIVE_WIDTH))

    @Slot(object, object, object)
    def _on_frame(self, mark: object, frame: "Frame", image: QImage) -> None:
        self._behind = False
        if mark is not self._mark:
            return
        self._shelf.put(LIVE, image)
        self.pictures += 1
        self.aim = _shares(frame)
        if frame.hint != self.hint or self.pictures == 1:
            self.hint = frame.hint
            self.changed.emit()
        self.framed.emit()

    @Slot(object, object)
    def _on_code(self, mark: object, raw: RawScan) -> None:
        if mark is self._mark:
            self.coded.emit(raw)

    @Slot(object, str)
    def _on_state(self, mark: object, state: str) -> None:
        """A camera that is lost is looked for again by itself; a film that is over is over."""
        if mark is not self._mark:
            return
        if state == "ended":
            self.let_go()
        if state != "open":
            self.trouble = "camera_ended" if state == "ended" else "camera_lost" if self.pictures else "camera_busy"
        else:
            self.trouble = ""
        self.changed.emit()


def _shares(frame: "Frame") -> tuple[float, float, float, float]:
    """Where the aim frame lies, as shares of the picture's width and height."""
    left, top, width, height = frame.aim
    high, wide = frame.picture.shape[:2]
    return left / wide, top / high, width / wide, height / high
