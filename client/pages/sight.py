"""A camera or a still picture as a scanner: what it sees now, and the codes a person must compare with the pack."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    Property,
    QByteArray,
    QCameraPermission,
    QEvent,
    QMimeData,
    QObject,
    Qt,
    QTimer,
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QWindow
from PySide6.QtQml import QmlElement

from client.barcode.label import RawScan
from client.barcode.patient import speaks_of_a_person
from client.barcode.read import read
from client.pages.band import Band
from client.pages.eyes import Device, Eyes, Known, LiveCamera, Still, scan_of
from client.pages.pictures import LIVE, LIVE_WIDTH, PROVIDER, Shelf, bytes_of, cut_out, fitting, image_of
from client.pages.rows import Rows
from client.words import sight as words
from client.work.answer import Said, Tone, ask, no

if TYPE_CHECKING:
    from client.barcode.agreement import Code
    from client.barcode.camera import Frame

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

IDLE: Final = 90_000
"""Milliseconds without a scan after which the camera closes itself: it costs battery, and looks at people."""
_PACE: Final = 1 / 15
"""Seconds from one live picture to the next: enough to aim, and half the work."""
_FILMS: Final = frozenset({".avi", ".m4v", ".mkv", ".mov", ".mp4", ".webm"})
_NOT_READ: Final = {"": "still_no_code", "dark": "still_too_dark", "blurred": "still_blurred"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A code a person must look at, as a row. `picture` is the part of the picture it was read from."""

    key: str
    code: str
    kind: str
    picture: str


@QmlElement
class Sight(QObject):
    """`shows` what stands before the page now: camera, reading, choose, or nothing.

    What is read goes the way of every scan, through `scanned`. `asked` tells whether the page waits for an answer:
    then the camera steps aside, and comes back when it was given.
    """

    changed = Signal()
    framed = Signal()
    _seen = Signal(object, object, object)
    _coded = Signal(object, object)
    _stands = Signal(object, str)
    _read = Signal(object)

    def __init__(
        self,
        eyes: Eyes,
        scanned: Callable[[RawScan], None],
        said: Callable[[Said], None],
        known: Known,
        device: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._eyes, self._scanned, self._say, self._known, self._device = eyes, scanned, said, known, device
        self.heard = Band(self)
        self.shelf = Shelf()
        self._camera: LiveCamera | None = None
        self._letting_go: list[Thread] = []
        self._open = self._aside = self._taking = self._behind = False
        self._trouble = self._hint = ""
        self._aim = (0.0, 0.0, 1.0, 1.0)
        self._shown_at = 0.0
        self._nth = self._numbered = 0
        self._places: list[Device] = []
        self._place = 0
        self._doubts: dict[str, Code] = {}
        self._rows = Rows(Doubt, self)
        self._keep: Callable[[Path], None] | None = None
        self._stills: list[tuple[Path | bytes, str]] = []
        self._looking: Thread | None = None
        self._idle = QTimer(self, singleShot=True, interval=IDLE)
        self._idle.timeout.connect(self.close)
        self._seen.connect(self._on_frame, Qt.ConnectionType.QueuedConnection)
        self._coded.connect(self._on_code, Qt.ConnectionType.QueuedConnection)
        self._stands.connect(self._on_state, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self._on_still, Qt.ConnectionType.QueuedConnection)

    # ------------------------------------------------------------ the camera

    @Slot()
    def open(self) -> None:
        """Show the camera, and start it where it is not running."""
        self._aside = False
        if not self._open:
            self._open = True
            self._places = list(self._eyes.devices())
            self._place = min(self._place, max(len(self._places) - 1, 0))
            self._begin()
        self._tell()

    def photograph(self, keep: Callable[[Path], None]) -> None:
        """The next picture is kept instead of read: `keep` is given its file, which is gone afterwards."""
        self._keep = keep
        self.open()

    @Slot()
    def shoot(self) -> None:
        """What the camera shows now is the photo."""
        if self._keep is None or not self._nth:
            return
        with TemporaryDirectory(prefix="wardstock-photo-") as folder:
            path = Path(folder) / "photo.jpg"
            self.shelf.get(LIVE).save(str(path))
            self._kept(path)

    def _kept(self, path: Path) -> None:
        keep = self._keep
        self.close()
        if keep:
            keep(path)

    @Property(bool, notify=changed)
    def photographing(self) -> bool:
        """A photo is wanted, not a code."""
        return self._keep is not None

    @Slot()
    def again(self) -> None:
        """Try once more: it was plugged in, or another program let go of it."""
        self._let_go()
        self._open = False
        self.open()

    @Slot()
    def other(self) -> None:
        """The next camera of this device."""
        if self._places:
            self._place = (self._place + 1) % len(self._places)
            self._let_go()
            self._begin()
            self._tell()

    @Slot(result=bool)
    def close(self) -> bool:
        """Put away what is shown; False where nothing was. The device is let go of within a second."""
        showed = self._open or bool(self._doubts)
        self._forget_doubts()
        self._let_go()
        self._open = self._aside = False
        self._keep = None
        self._tell()
        return showed

    @Slot(result=bool)
    def back(self) -> bool:
        """One step: from the codes to the camera, from the camera to the page; False where neither is shown."""
        if self.shows == "":
            return False
        if self._doubts and self._open:
            self._forget_doubts()
            self._tell()
            return True
        return self.close()

    def end(self) -> None:
        """The window closes: wait until no thread has a camera or a picture."""
        self._let_go()
        self._wait_for_devices()
        if self._looking:
            self._looking.join()

    def _wait_for_devices(self) -> None:
        while self._letting_go:
            self._letting_go.pop().join()

    def _begin(self) -> None:
        self._trouble = self._hint = ""
        if not self._places:
            self._trouble = "camera_missing"
        elif not self._places[self._place].allowed:
            self._trouble = "camera_denied"
        elif self._may_look():
            self._start(self._places[self._place].source)

    def _may_look(self) -> bool:
        """Whether the system lets us; where it asks the person first, their answer begins anew."""
        app, camera = QGuiApplication.instance(), QCameraPermission()
        if not isinstance(app, QGuiApplication):
            return True
        stands = app.checkPermission(camera)
        if stands == Qt.PermissionStatus.Denied:
            self._trouble = "camera_denied"
        elif stands == Qt.PermissionStatus.Undetermined:
            app.requestPermission(camera, self, lambda _: self.again())
        return bool(stands == Qt.PermissionStatus.Granted)

    def _start(self, source: int | Path) -> None:
        self._wait_for_devices()  # two at one device would both say that it is busy
        self._behind = False
        mark = object()
        self._mark = mark
        camera = self._eyes.camera(
            source,
            lambda raw: self._coded.emit(mark, raw),
            lambda frame: self._offer(mark, frame),
            lambda state: self._stands.emit(mark, state),
        )
        self._camera = camera
        camera.start()
        self._idle.start()

    def _let_go(self) -> None:
        self._idle.stop()
        self._mark = object()
        if self._camera:
            ending = Thread(target=self._camera.stop, name="camera-stop")
            ending.start()  # a driver may take its time; the window does not wait for it
            self._letting_go.append(ending)
            self._camera = None
        self.shelf.clear()
        self._nth = 0

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
        self.shelf.put(LIVE, image)
        self._nth += 1
        self._aim = _shares(frame)
        if frame.hint != self._hint or self._nth == 1:
            self._hint = frame.hint
            self._tell()
        self.framed.emit()

    @Slot(object, object)
    def _on_code(self, mark: object, raw: RawScan) -> None:
        if mark is self._mark and self.shows == "camera" and self._keep is None:
            self._idle.start()
            self._take(replace(raw, device=self._device))

    @Slot(object, str)
    def _on_state(self, mark: object, state: str) -> None:
        """A camera that is lost is looked for again by itself; a film that is over is over."""
        if mark is not self._mark:
            return
        if state == "ended":
            self._let_go()
        if state != "open":
            self._trouble = "camera_ended" if state == "ended" else "camera_lost" if self._nth else "camera_busy"
        else:
            self._trouble = ""
        self._tell()

    # ------------------------------------------------------------ still pictures

    @Slot("QVariantList")
    def take(self, urls: list[QUrl]) -> None:
        """Files that were chosen or dropped: pictures are read, a film is looked at as a camera is."""
        paths = [Path(QUrl(url).toLocalFile()) for url in urls if QUrl(url).isLocalFile()]
        if self._keep and paths:
            self._kept(paths[0])
            return
        films = [path for path in paths if path.suffix.lower() in _FILMS]
        if films:
            self._let_go()
            self._open, self._aside, self._trouble = True, False, ""
            self._start(films[0])
            self._tell()
        for path in paths:
            if path not in films:
                self.look_at(path, path.name)
        if not paths:
            self._say(no("still_no_text"))

    def watch(self, window: QWindow) -> None:
        """A picture is pasted wherever the focus is: a text field would take Ctrl+V, and write its file's name."""
        window.installEventFilter(self)
        self._window = window  # its own Python object stays the one there is (docs/decisions/040-window-filter.md)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """True for the Ctrl+V that pasted a picture."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        copied = QGuiApplication.clipboard().mimeData()
        if not event.matches(QKeySequence.StandardKey.Paste) or not (copied.hasImage() or _has_files(copied)):
            return False
        self.paste()
        return True

    @Slot()
    def paste(self) -> None:
        """The picture, or the file of one, that was copied somewhere else."""
        copied = QGuiApplication.clipboard().mimeData()
        if _has_files(copied):
            self.take(copied.urls())
        elif copied.hasImage():
            self.look_at(bytes_of(QGuiApplication.clipboard().image()), "")
        else:
            self._say(no("still_no_text"))

    @Slot("QByteArray")
    def readBytes(self, bytes_: QByteArray) -> None:
        """A picture that was dropped from a program that gives no file."""
        if bytes_.isEmpty():
            self._say(no("still_no_text"))
        else:
            self.look_at(bytes(bytes_.data()), "")

    def look_at(self, source: Path | bytes, name: str) -> None:
        """Read a still picture, in a thread of its own, one after the other."""
        self._stills.append((source, name))
        self._aside = False
        if self._looking is None:
            self._look_on()
        self._tell()

    def _look_on(self) -> None:
        source, _ = self._stills[0]
        self._looking = Thread(target=self._look, args=(source,), name="still")
        self._looking.start()

    def _look(self, source: Path | bytes) -> None:
        self._read.emit(self._eyes.still(source, self._known))

    @Slot(object)
    def _on_still(self, still: Still) -> None:
        if self._looking:
            self._looking.join()
        self._looking = None
        del self._stills[0]
        if self._stills:
            self._look_on()
        if still.codes:
            self._sort(still)
        else:
            self._say(no("trouble", trouble=still.trouble) if still.trouble else no(_NOT_READ[still.hint]))
        self._tell()

    def _sort(self, still: Still) -> None:
        """Sure codes are scans, until the page asks; what is left is compared and chosen from, but for a patient's."""
        codes = [code for code in still.codes if not speaks_of_a_person(read(scan_of(code, self._device)))]
        if len(codes) < len(still.codes):
            self._say(no("patient_label"))
        left = list(codes)
        for code in codes:
            if code.sure and self._take(scan_of(code, self._device)):
                left.remove(code)
            elif code.sure:
                left.remove(code)
                break
        self._doubt(left, image_of(still.picture))

    # ------------------------------------------------------------ what a person compares

    def _doubt(self, codes: "Sequence[Code]", image: QImage) -> None:
        if not codes:
            return
        self._taking = True  # what is said now is of these codes
        self._say(ask("still_doubt", count=len(codes)))
        self._taking = False
        for code in codes:
            if any(code.seen.data == other.seen.data for other in self._doubts.values()):
                continue
            self._numbered += 1
            key = f"cut{self._numbered}"
            self.shelf.put(key, cut_out(image, code.seen.corners))
            self._doubts[key] = code
        self._show_doubts()
        self._tell()

    def _show_doubts(self) -> None:
        self._rows.show(
            [
                Doubt(key, code.seen.text, words.kind(code.seen.format, sure=code.sure), f"image://{PROVIDER}/{key}")
                for key, code in self._doubts.items()
            ]
        )

    def _forget_doubts(self) -> None:
        self._doubts.clear()
        self.shelf.clear(keep=LIVE)
        self._show_doubts()

    @Slot(str)
    def choose(self, key: str) -> None:
        """It is printed so: now it is a scan. Of what else the picture had, only what was sure can still be chosen."""
        code = self._doubts.pop(key)
        self._doubts = {other: one for other, one in self._doubts.items() if one.sure}
        self._show_doubts()
        self._take(scan_of(code, self._device))
        self._tell()

    @Slot()
    def chooseFirst(self) -> None:
        """The only one is printed so."""
        self.choose(next(iter(self._doubts)))

    @Slot()
    def refuse(self) -> None:
        """It is not printed so: nothing of it is kept."""
        self._forget_doubts()
        self._say(no("still_denied"))
        self._tell()

    def _take(self, raw: RawScan) -> bool:
        """A scan like every other; False where it was not simply accepted."""
        self._taking = True
        try:
            self._scanned(raw)
        finally:
            self._taking = False
        return bool(self.heard.property("tone") == Tone.OK)

    def answered(self, said: Said, *, asked: bool) -> None:
        """What the page answered. A scan from elsewhere means that the codes of a picture are no longer wanted."""
        self.heard.show(said)
        self._aside = asked
        if self._open:
            self._idle.start()
        if not self._taking and self._doubts and said.tone != Tone.IDLE:
            self._forget_doubts()
        self._tell()

    # ------------------------------------------------------------ what QML reads

    def _tell(self) -> None:
        self.changed.emit()

    @property
    def shows(self) -> str:
        """See the class."""
        if self._stills:
            return "reading"
        if self._aside:
            return ""
        return "choose" if self._doubts else "camera" if self._open else ""

    @Property(str, notify=changed)
    def state(self) -> str:
        return self.shows

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    @Property(QObject, notify=changed)
    def doubts(self) -> QObject:
        return self._rows

    @Property(bool, notify=changed)
    def single(self) -> bool:
        """One code is compared, not chosen from several."""
        return len(self._doubts) == 1

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._words()[0]

    @Property(str, notify=changed)
    def detail(self) -> str:
        return self._words()[1]

    def _words(self) -> tuple[str, str]:
        if self._stills:
            return words.reading(self._stills[0][1])
        if self._doubts:
            return words.compare(len(self._doubts))
        if self._keep and not self._trouble:
            return words.photo()
        return words.trouble(self._trouble) if self._trouble else words.waiting()

    @Property(bool, notify=changed)
    def troubled(self) -> bool:
        return bool(self._trouble)

    @Property(bool, notify=changed)
    def live(self) -> bool:
        """There is a live picture."""
        return self._nth > 0

    @Property(str, notify=changed)
    def hint(self) -> str:
        return words.hint(self._hint) if self._hint and self._nth else ""

    @Property(str, notify=changed)
    def hintGlyph(self) -> str:
        return "lamp" if self._hint == "dark" else "warning"

    @Property(str, notify=framed)
    def picture(self) -> str:
        return f"image://{PROVIDER}/{LIVE}/{self._nth}" if self._nth else ""

    @Property(float, notify=framed)
    def aimX(self) -> float:
        return self._aim[0]

    @Property(float, notify=framed)
    def aimY(self) -> float:
        return self._aim[1]

    @Property(float, notify=framed)
    def aimWidth(self) -> float:
        return self._aim[2]

    @Property(float, notify=framed)
    def aimHeight(self) -> float:
        return self._aim[3]

    @Property(bool, notify=changed)
    def several(self) -> bool:
        """There is another camera."""
        return len(self._places) > 1

    @Property(str, notify=changed)
    def name(self) -> str:
        return self._places[self._place].name if self._places else ""


def _has_files(copied: QMimeData) -> bool:
    return copied.hasUrls() and any(url.isLocalFile() for url in copied.urls())


def _shares(frame: "Frame") -> tuple[float, float, float, float]:
    """Where the aim frame lies, as shares of the picture's width and height."""
    left, top, width, height = frame.aim
    high, wide = frame.picture.shape[:2]
    return left / wide, top / high, width / wide, height / high
