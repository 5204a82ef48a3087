"""A camera or a still picture as a scanner: what stands before the page now, and the way of what was read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import Property, QByteArray, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QWindow
from PySide6.QtQml import QmlElement

from client.barcode.label import RawScan
from client.barcode.patient import speaks_of_a_person
from client.barcode.read import read
from client.pages.band import Band
from client.pages.doubts import Doubts
from client.pages.eyes import Eyes, Known, Still, scan_of
from client.pages.live import Live
from client.pages.pasting import Pasting, copied
from client.pages.pictures import LIVE, PROVIDER, Shelf, image_of
from client.pages.stills import Stills
from client.words import sight as words
from client.work.answer import Said, Tone, ask, no

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_FILMS: Final = frozenset({".avi", ".m4v", ".mkv", ".mov", ".mp4", ".webm"})
_NOT_READ: Final = {"": "still_no_code", "dark": "still_too_dark", "blurred": "still_blurred"}


@QmlElement
class Sight(QObject):
    """`shows` what stands before the page now: camera, reading, choose, or nothing.

    What is read goes the way of every scan, through `scanned`. `asked` tells whether the page waits for an answer:
    then the camera steps aside, and comes back when it was given.
    """

    changed = Signal()
    framed = Signal()

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
        self._scanned, self._say, self._device = scanned, said, device
        self.heard = Band(self)
        self.shelf = Shelf()
        self._camera = Live(eyes, self.shelf, self)
        self._stills = Stills(eyes, known, self)
        self._doubts = Doubts(self.shelf, self)
        self._open = self._aside = self._taking = False
        self._keep: Callable[[Path], None] | None = None
        self._camera.changed.connect(self.changed)
        self._camera.framed.connect(self.framed)
        self._camera.coded.connect(self._on_code)
        self._camera.idled.connect(self.close)
        self._camera.decided.connect(self._decided)
        self._stills.read.connect(self._on_still)

    # ------------------------------------------------------------ the camera

    @Slot()
    def open(self) -> None:
        """Show the camera, and start it where it is not running."""
        self._aside = False
        if not self._open:
            self._open = True
            self._camera.open()
        self._tell()

    @Slot()
    def again(self) -> None:
        """Try once more: it was plugged in, or another program let go of it."""
        self._camera.let_go()
        self._open = False
        self.open()

    @Slot()
    def _decided(self) -> None:
        """The person told the system whether we may look; who has left the page meanwhile is not filmed."""
        if self._open:
            self.again()

    @Slot()
    def other(self) -> None:
        """The next camera of this device."""
        self._camera.other()

    @Slot(result=bool)
    def close(self) -> bool:
        """Put away what is shown; False where nothing was. The device is let go of within a second."""
        showed = self._open or bool(self._doubts.codes)
        self._doubts.forget()
        self._camera.let_go()
        self._open = self._aside = False
        self._keep = None
        self._tell()
        return showed

    @Slot(result=bool)
    def back(self) -> bool:
        """One step: from the codes to the camera, from the camera to the page; False where neither is shown."""
        if self.shows == "":
            return False
        if self._doubts.codes and self._open:
            self._doubts.forget()
            self._tell()
            return True
        return self.close()

    def end(self) -> None:
        """The window closes: wait until no thread has a camera or a picture."""
        self._camera.end()
        self._stills.end()

    @Slot(object)
    def _on_code(self, raw: RawScan) -> None:
        if self.shows == "camera" and self._keep is None:
            self._camera.stay()
            self._take(replace(raw, device=self._device))

    # ------------------------------------------------------------ photos

    def photograph(self, keep: Callable[[Path], None]) -> None:
        """The next picture is kept instead of read: `keep` is given its file, which is gone afterwards."""
        self._keep = keep
        self.open()

    @Slot()
    def shoot(self) -> None:
        """What the camera shows now is the photo."""
        if self._keep is None or not self._camera.pictures:
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
            self._open, self._aside = True, False
            self._camera.play(films[0])
            self._tell()
        for path in paths:
            if path not in films:
                self.look_at(path, path.name)
        if not paths:
            self._say(no("still_no_text"))

    def watch(self, window: QWindow) -> None:
        """A picture may be pasted anywhere in that window."""
        self._pasting = Pasting(window, self.paste, self)

    @Slot()
    def paste(self) -> None:
        """The picture, or the file of one, that was copied somewhere else."""
        found = copied()
        if isinstance(found, bytes):
            self.look_at(found, "")
        else:
            self.take(list(found))

    @Slot("QByteArray")
    def readBytes(self, bytes_: QByteArray) -> None:
        """A picture that was dropped from a program that gives no file."""
        if bytes_.isEmpty():
            self._say(no("still_no_text"))
        else:
            self.look_at(bytes(bytes_.data()), "")

    def look_at(self, source: Path | bytes, name: str) -> None:
        """Read a still picture, one after the other."""
        self._stills.add(source, name)
        self._aside = False
        self._tell()

    @Slot(object)
    def _on_still(self, still: Still) -> None:
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
        if left:
            self._taking = True  # what is said now is of these codes
            self._say(ask("still_doubt", count=len(left)))
            self._taking = False
            self._doubts.add(left, image_of(still.picture))
            self._tell()

    # ------------------------------------------------------------ what a person compares

    @Slot(str)
    def choose(self, key: str) -> None:
        """It is printed so: now it is a scan."""
        self._take(scan_of(self._doubts.chosen(key), self._device))
        self._tell()

    @Slot()
    def chooseFirst(self) -> None:
        """The only one is printed so."""
        self.choose(next(iter(self._doubts.codes)))

    @Slot()
    def refuse(self) -> None:
        """It is not printed so: nothing of it is kept."""
        self._doubts.forget()
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
            self._camera.stay()
        if not self._taking and self._doubts.codes and said.tone != Tone.IDLE:
            self._doubts.forget()
        self._tell()

    # ------------------------------------------------------------ what QML reads

    def _tell(self) -> None:
        self.changed.emit()

    @property
    def shows(self) -> str:
        """See the class."""
        if self._stills.reading:
            return "reading"
        if self._aside:
            return ""
        return "choose" if self._doubts.codes else "camera" if self._open else ""

    @Property(str, notify=changed)
    def state(self) -> str:
        return self.shows

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    @Property(QObject, notify=changed)
    def doubts(self) -> QObject:
        return self._doubts.rows

    @Property(bool, notify=changed)
    def single(self) -> bool:
        """One code is compared, not chosen from several."""
        return len(self._doubts.codes) == 1

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._words()[0]

    @Property(str, notify=changed)
    def detail(self) -> str:
        return self._words()[1]

    def _words(self) -> tuple[str, str]:
        if self._stills.reading:
            return words.reading(self._stills.name)
        if self._doubts.codes:
            return words.compare(len(self._doubts.codes))
        if self._camera.trouble:
            return words.trouble(self._camera.trouble)
        return words.photo() if self._keep else words.waiting()

    @Property(bool, notify=changed)
    def troubled(self) -> bool:
        return bool(self._camera.trouble)

    @Property(bool, notify=changed)
    def live(self) -> bool:
        """There is a live picture."""
        return self._camera.pictures > 0

    @Property(str, notify=changed)
    def hint(self) -> str:
        return words.hint(self._camera.hint) if self._camera.hint and self._camera.pictures else ""

    @Property(str, notify=changed)
    def hintGlyph(self) -> str:
        return "lamp" if self._camera.hint == "dark" else "warning"

    @Property(str, notify=framed)
    def picture(self) -> str:
        return f"image://{PROVIDER}/{LIVE}/{self._camera.pictures}" if self._camera.pictures else ""

    @Property(float, notify=framed)
    def aimX(self) -> float:
        return self._camera.aim[0]

    @Property(float, notify=framed)
    def aimY(self) -> float:
        return self._camera.aim[1]

    @Property(float, notify=framed)
    def aimWidth(self) -> float:
        return self._camera.aim[2]

    @Property(float, notify=framed)
    def aimHeight(self) -> float:
        return self._camera.aim[3]

    @Property(bool, notify=changed)
    def several(self) -> bool:
        """There is another camera."""
        return self._camera.several

    @Property(str, notify=changed)
    def name(self) -> str:
        return self._camera.name
