"""Camera and pictures in the real window: where they are opened, what they cover, how they are closed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from client.barcode.label import RawScan
from client.pages.around import Around
from client.pages.drive import settle, wait_for
from client.pages.eyes import Still
from client.pages.keys import Keys
from client.pages.shell import Shell
from client.pages.window import Look, keep_look, look_of, use_fonts
from tests.pages.drawn import Seen, seen
from tests.pages.looks import Staged, cluttered, code
from tests.pages.stage import CANNULA, GLOVES, NOW, Stage, gs1, stage
from tests.pages.storeroom import Storeroom

ANOTHER_TRIGGER = 150  # ms: sooner, the same text is one trigger delivered twice (design 13.6)
COPY, NONE, LEFT = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


class Dock(Storeroom):
    """A storeroom whose device has eyes."""

    def __init__(self, on: Stage, seen: Seen, eyes: Staged) -> None:
        super().__init__(on, seen)
        self.eyes, self.sight = eyes, on.shell.eye

    def paste(self) -> None:
        """Ctrl+V, as a platform sends it."""
        QTest.keyClick(self.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        settle(30)

    def names(self) -> set[str]:
        return {item.name for item in self.seen.drawn()}


@pytest.fixture
def dock(request: pytest.FixtureRequest, qapp: QGuiApplication, tmp_path: Path) -> Iterator[Dock]:
    use_fonts(qapp, shipped=True)
    on, eyes = stage(tmp_path), Staged()
    on.shell = Shell(on.desk, Around(look=Look(theme="light", reduce_motion=True), eyes=eyes.eyes))
    with seen(on.shell, *getattr(request, "param", (480, 800))) as page:
        keys = Keys(page.window, "test")
        keys.scanned.connect(on.shell.scanned)
        page.window.requestActivate()
        settle(30)
        yield Dock(on, page, eyes)
        page.window.removeEventFilter(keys)
    on.shell.eye.end()
    on.store.close()
    QGuiApplication.clipboard().clear()  # Qt would ask what Python copied there after Python has ended


BOTH = pytest.mark.parametrize("dock", [(480, 800), (1280, 800)], ids=str, indirect=True)


@BOTH
def test_the_camera_is_one_tap_from_home_and_stays_over_the_job_it_opens(dock: Dock) -> None:
    dock.tap("camera")
    dock.eyes.camera.shows(cluttered())

    dock.eyes.camera.reads("P00147")
    dock.eyes.camera.reads(gs1(CANNULA, "MX40312", "290131", 100).removeprefix("]d2"))

    assert dock.on.shell.property("page") == "job"
    # Where the sheet lies beside the page, the page's own band is in view.
    assert {"live", "band" if dock.window.width() > 960 else "sightBand"} <= dock.names()
    assert "+100 IV cannula 20G, sterile" in dock.texts()


@pytest.mark.parametrize("way", ["escape", "button", "header"])
def test_it_closes_by_key_by_button_and_by_the_way_back(dock: Dock, way: str) -> None:
    dock.on.scan("P00147")
    dock.tap("camera")
    dock.eyes.camera.shows(cluttered())

    if way == "escape":
        dock.key(Qt.Key.Key_Escape)
    elif way == "button":
        dock.tap("closeSight")
    else:
        dock.on.shell.back()
    settle(30)

    assert wait_for(lambda: dock.eyes.camera.stopped, 2)
    assert "live" not in dock.names()
    assert dock.on.shell.property("page") == "job"


def test_a_scanner_goes_on_working_while_the_camera_is_open(dock: Dock) -> None:
    dock.tap("camera")
    dock.eyes.camera.shows(cluttered())

    dock.scan("P00147")

    assert dock.on.desk.delivery
    assert dock.sight.shows == "camera"


@BOTH
def test_a_question_is_never_hidden_by_the_camera(dock: Dock) -> None:
    dock.tap("camera")
    dock.eyes.camera.shows(cluttered())
    dock.eyes.camera.reads("P00147")

    dock.eyes.camera.reads(gs1(CANNULA, "", "290131").removeprefix("]d2"))

    assert "live" not in dock.names()
    assert "Scan or type the lot" in dock.texts()
    dock.tap("camera")
    dock.eyes.camera.shows(cluttered())
    dock.eyes.camera.reads("MX40312")
    assert "live" in dock.names()
    assert dock.additions()[0][0] == "MX40312"


def test_another_page_lets_go_of_the_camera(dock: Dock) -> None:
    dock.tap("camera")
    dock.on.shell.go("outbox")

    assert wait_for(lambda: dock.eyes.camera.stopped, 2)
    assert dock.sight.shows == ""


def test_a_picture_is_dropped_anywhere(dock: Dock, tmp_path: Path) -> None:
    dock.eyes.still = Still((code("P00147"),), cluttered().data)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.jpg"))])
    middle = QPoint(200, 300)

    QCoreApplication.sendEvent(dock.window, QDragEnterEvent(middle, COPY, data, LEFT, NONE))
    settle(30)
    assert "Let go: the picture is read" in dock.texts()
    QCoreApplication.sendEvent(dock.window, QDropEvent(QPointF(middle), COPY, data, LEFT, NONE, QEvent.Type.Drop))

    assert wait_for(lambda: dock.on.desk.delivery is not None, 5)


@pytest.mark.parametrize("typing", [False, True], ids=["page", "field"])
def test_a_picture_is_pasted_wherever_the_focus_is(dock: Dock, tmp_path: Path, *, typing: bool) -> None:
    if typing:
        dock.on.scan("P00147")
        dock.on.scan(gs1(CANNULA, "", "290131"))
        settle(50)
    text = "LOT-7" if typing else "P00147"
    dock.eyes.still = Still((code(text),), cluttered().data)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.jpg"))])
    QGuiApplication.clipboard().setMimeData(data)

    dock.paste()

    wanted = (lambda: bool(dock.additions())) if typing else (lambda: dock.on.desk.delivery is not None)
    assert wait_for(wanted, 5)


def test_copied_words_are_still_pasted_into_a_field(dock: Dock) -> None:
    dock.on.scan("P00147")
    dock.on.scan(gs1(CANNULA, "", "290131"))
    settle(50)
    QGuiApplication.clipboard().setText("MX40312")

    dock.paste()

    assert dock.on.shell._job._ask.typed.command().value == "MX40312"


def test_what_no_picture_shows_is_answered_in_the_band_of_the_page(dock: Dock) -> None:
    dock.on.scan("P00147")
    dock.sight.look_at(b"a picture", "")

    assert wait_for(lambda: "No code was found in this picture" in dock.texts(), 5)


# ------------------------------------------------------------ heard and seen


def test_the_same_answer_twice_running_is_counted_in_the_band(dock: Dock) -> None:
    for _ in range(3):
        dock.scan("nobody knows this")
        settle(ANOTHER_TRIGGER)

    assert "No ×3" in dock.texts()


def test_a_scan_on_the_outbox_is_answered_where_it_can_be_seen(dock: Dock) -> None:
    dock.on.shell.go("outbox")

    dock.scan("nobody knows this")

    assert "Nobody knows this code here" in dock.texts()


@BOTH
def test_a_touched_line_far_down_is_brought_into_view_and_marked(dock: Dock) -> None:
    dock.window.resize(dock.window.width(), 560)
    dock.on.scan("P00147")
    settle(50)

    dock.scan(gs1(GLOVES, "B8C24F1", "300531", 1))
    settle(80)

    (line,) = [item for item in dock.seen.drawn() if item.name == "line" and item.says.startswith("Nitrile gloves")]
    (bar,) = [item for item in dock.seen.drawn() if item.name == "mainBar"]
    assert line.y >= 0
    assert line.y + line.height <= max(bar.y, dock.window.height()) + 1
    marked = {row.name: row.tone for row in dock.on.shell._job._lines._rows if row.tone}  # type: ignore[attr-defined]
    assert marked == {"Nitrile gloves M, box of 100": "ok"}


def test_silence_is_chosen_once_and_kept(dock: Dock, tmp_path: Path) -> None:
    heard: list[str] = []
    kept = Around(look=Look(), play=heard.append, keep=lambda look: keep_look(look, tmp_path))
    shell = Shell(dock.on.desk, kept)

    shell._manner.turnSound()
    shell.scanned(_raw("nobody knows this"))
    assert heard == []
    assert not look_of(tmp_path).sound

    shell._manner.turnSound()
    shell.scanned(_raw("nobody knows this"))
    assert heard == ["ok", "no"]
    assert look_of(tmp_path).sound
    shell.eye.end()


def _raw(text: str) -> RawScan:
    return RawScan.received(text, source="wedge", device="test", scanned_at=NOW)


def test_opencv_is_loaded_only_when_somebody_looks() -> None:
    heavy = ("cv2", "numpy", "zxingcpp", "pyzbar")
    program = f"import sys, client.station, client.app; print([name for name in {heavy} if name in sys.modules])"

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
