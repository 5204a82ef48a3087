"""A camera and still pictures as scanners: what goes the way of a scan, what is asked first, and what is let go of."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest

from client.barcode.camera import Frame
from client.barcode.frames import Hint
from client.barcode.label import RawScan
from client.pages.drive import settle, wait_for
from client.pages.eyes import Device, Still, known_here
from client.pages.pictures import LIVE, Shelf, cut_out, image_of
from client.work.answer import ask, no
from sync.stock import Product
from tests.barcode.drawn import with_check
from tests.pages.checks import is_cut
from tests.pages.drawn import Seen
from tests.pages.looks import Bench, cluttered, code, sight_window, with_symbol
from tests.pages.stage import CANNULA, NOW, stage

PRINTED = "7391852046128"
HINTS: tuple[Hint, ...] = ("dark", "blurred", "")
LINEAR = zxingcpp.BarcodeFormat.Code128


@pytest.fixture
def bench(qapp: QGuiApplication) -> Iterator[Bench]:
    one = Bench()
    yield one
    one.sight.end()
    QGuiApplication.clipboard().clear()  # Qt would ask what Python copied there after Python has ended


def look(bench: Bench) -> None:
    """The camera is open and its first picture is there."""
    bench.sight.open()
    bench.camera.shows(cluttered())


def compare(bench: Bench, *texts: str) -> None:
    """A still picture of codes that were hard to read is there."""
    bench.still = Still(tuple(code(text, sure=False) for text in texts), cluttered().data)
    bench.sight.look_at(b"a picture", "")
    assert wait_for(lambda: bench.sight.shows == "choose", 5)


# ------------------------------------------------------------ camera


def test_what_the_camera_reads_goes_the_way_of_every_scan(bench: Bench) -> None:
    look(bench)

    bench.camera.reads("P00147")

    (scan,) = bench.scans
    assert (scan.text, scan.source, scan.device) == ("P00147", "camera", "test")
    assert scan.data == b"]C0P00147"


def test_the_camera_stays_open_for_scan_after_scan(bench: Bench) -> None:
    look(bench)

    for text in ("P00147", "A", "B"):
        bench.camera.reads(text)

    assert [scan.text for scan in bench.scans] == ["P00147", "A", "B"]
    assert bench.sight.shows == "camera"
    assert not bench.camera.stopped


def test_it_steps_aside_for_a_question_and_comes_back_with_the_answer(bench: Bench) -> None:
    look(bench)
    bench.asked, bench.answer = True, ask("lot_missing")
    bench.camera.reads("7391")
    assert bench.sight.shows == ""

    bench.camera.reads("seen meanwhile")
    assert [scan.text for scan in bench.scans] == ["7391"]

    bench.asked = False
    bench.sight.answered(no("nothing_asked"), asked=False)
    assert bench.sight.shows == "camera"
    assert len(bench.cameras) == 1


def test_the_camera_button_brings_it_back_while_a_lot_is_asked_for(bench: Bench) -> None:
    look(bench)
    bench.asked, bench.answer = True, ask("lot_missing")
    bench.camera.reads("7391")

    bench.sight.open()
    bench.camera.reads("LOT-7")

    assert [scan.text for scan in bench.scans] == ["7391", "LOT-7"]


def test_who_left_before_telling_the_system_that_we_may_look_is_not_filmed(bench: Bench) -> None:
    look(bench)
    bench.sight.close()

    bench.sight._camera.decided.emit()

    assert bench.sight.shows == ""
    assert len(bench.cameras) == 1


@pytest.mark.parametrize("way", ["close", "back"])
def test_closing_lets_go_of_the_device(bench: Bench, way: str) -> None:
    look(bench)

    assert getattr(bench.sight, way)()

    assert bench.camera.stopped
    assert bench.sight.shows == ""
    assert not getattr(bench.sight, way)()


def test_nobody_scanning_closes_it(bench: Bench) -> None:
    look(bench)

    bench.sight._camera._idle.timeout.emit()

    assert bench.camera.stopped
    assert bench.sight.shows == ""


def test_what_was_on_its_way_when_it_closed_is_not_scanned(bench: Bench) -> None:
    look(bench)
    bench.camera.on_scan(RawScan("P00147", b"P00147", "]C0", "camera", "", NOW))
    bench.sight.close()
    settle(20)

    assert bench.scans == []


def test_no_camera_is_said_in_words_and_looked_for_again(bench: Bench) -> None:
    bench.devices = ()
    bench.sight.open()
    assert bench.sight.property("title") == "There is no camera here"
    assert bench.cameras == []

    bench.devices = (Device(0, "USB camera"),)
    bench.sight.again()

    assert len(bench.cameras) == 1
    assert not bench.sight.property("troubled")


def test_a_camera_in_use_is_said_and_begins_when_it_is_free(bench: Bench) -> None:
    bench.sight.open()
    bench.camera.on_state("lost")
    settle(20)
    assert bench.sight.property("title") == "The camera is in use"

    bench.camera.on_state("open")
    settle(20)

    assert not bench.sight.property("troubled")
    assert not bench.camera.stopped


def test_a_camera_that_was_pulled_out_is_said(bench: Bench) -> None:
    look(bench)

    bench.camera.on_state("lost")
    settle(20)

    assert bench.sight.property("title") == "The camera stopped"


def test_a_camera_nobody_may_open_is_said_and_not_opened(bench: Bench) -> None:
    bench.devices = (Device(0, "Back", allowed=False),)

    bench.sight.open()

    assert bench.sight.property("title") == "The camera is locked for Wardstock"
    assert bench.cameras == []


def test_the_other_camera_is_one_tap_away(bench: Bench) -> None:
    bench.devices = (Device(0, "Back"), Device(2, "Front"))
    look(bench)

    bench.sight.other()

    assert [camera.source for camera in bench.cameras] == [0, 2]
    assert bench.cameras[0].stopped
    assert bench.sight.property("name") == "Front"


def test_one_picture_is_on_its_way_to_the_window_at_a_time(bench: Bench) -> None:
    look(bench)
    before = bench.sight._camera.pictures

    for _ in range(20):
        bench.sight._camera._shown_at = 0  # long ago
        bench.camera.on_frame(Frame(cluttered(), (0, 0, 640, 360), ""))
    settle(20)

    assert bench.sight._camera.pictures == before + 1


def test_a_large_picture_is_shown_small(bench: Bench) -> None:
    bench.sight.open()

    bench.camera.shows(cluttered(1280, 720))

    shown = bench.sight.shelf.get(LIVE)
    assert (shown.width(), shown.height()) == (640, 360)


def test_dark_and_blurred_are_said_while_they_last(bench: Bench) -> None:
    look(bench)
    told = []
    for hint in HINTS:
        bench.camera.shows(cluttered(), hint)
        told.append(str(bench.sight.property("hint")).partition(":")[0])

    assert told == ["Too dark", "Blurred", ""]


# ------------------------------------------------------------ what a person compares


def test_a_code_hard_to_read_is_asked_before_it_is_a_scan(bench: Bench) -> None:
    look(bench)
    compare(bench, PRINTED)
    assert bench.scans == []
    assert (bench.said[-1].code, bench.said[-1].tone) == ("still_doubt", "ask")

    bench.sight.chooseFirst()

    assert [scan.text for scan in bench.scans] == [PRINTED]
    assert bench.sight.shows == "camera"


def test_what_is_not_printed_so_is_forgotten(bench: Bench) -> None:
    compare(bench, PRINTED)

    bench.sight.refuse()

    assert bench.scans == []
    assert bench.said[-1].code == "still_denied"
    assert bench.sight.shows == ""


def test_one_of_several_is_chosen(bench: Bench) -> None:
    compare(bench, "A", "B")
    assert bench.sight.property("title") == "Which one is meant?"

    (_, second) = bench.sight._doubts.codes
    bench.sight.choose(second)

    assert [scan.text for scan in bench.scans] == ["B"]
    assert bench.sight.shows == ""


def test_a_scan_from_elsewhere_ends_the_comparing(bench: Bench) -> None:
    compare(bench, "A")

    bench.sight.answered(no("unknown_code"), asked=False)

    assert bench.sight.shows == ""


def test_the_way_back_leads_from_the_comparing_to_the_camera_to_the_page(bench: Bench) -> None:
    look(bench)
    compare(bench, "A")

    shown = []
    while bench.sight.back():
        shown.append(bench.sight.shows)

    assert shown == ["camera", ""]


# ------------------------------------------------------------ still pictures


def test_sure_codes_of_a_still_are_scans(bench: Bench) -> None:
    bench.still = Still((code("A"), code("B")), cluttered().data)

    bench.sight.look_at(b"a picture", "")

    assert wait_for(lambda: bench.sight.shows == "", 5)
    assert [(scan.text, scan.source) for scan in bench.scans] == [("A", "still"), ("B", "still")]


@pytest.mark.parametrize("sure", [True, False])
def test_a_patients_code_of_a_still_is_refused_and_never_shown(bench: Bench, *, sure: bool) -> None:
    band = code("80189521234536767600067253ZZQFAMILY", sure=sure)
    bench.still = Still((band, code("WH/IN/00012", sure=False)), cluttered().data)

    bench.sight.look_at(b"a picture", "")

    assert wait_for(lambda: bench.sight.shows == "choose", 5)
    assert [said.code for said in bench.said] == ["patient_label", "still_doubt"]
    assert [doubt.seen.text for doubt in bench.sight._doubts.codes.values()] == ["WH/IN/00012"]
    assert bench.scans == []


def test_after_a_question_the_rest_of_a_still_waits_to_be_chosen(bench: Bench) -> None:
    bench.still = Still((code("A"), code("B")), cluttered().data)
    bench.asked, bench.answer = True, ask("lot_missing")
    bench.sight.look_at(b"a picture", "")
    assert wait_for(lambda: not bench.sight._stills.reading, 5)
    assert [scan.text for scan in bench.scans] == ["A"]
    assert bench.sight.shows == ""

    bench.asked = False
    bench.sight._taking = True  # the answer is the page's own, not another scan
    bench.sight.answered(bench.said[0], asked=False)
    bench.sight._taking = False

    assert bench.sight.shows == "choose"


def test_nothing_readable_says_what_to_try(bench: Bench) -> None:
    bench.sight.look_at(b"a picture", "")

    assert wait_for(lambda: bool(bench.said), 5)
    assert bench.said[-1].code == "still_no_code"
    assert "closer" in str(bench.sight.heard.property("detail"))
    assert bench.sight.shows == ""


@pytest.mark.parametrize(("hint", "said"), [("dark", "still_too_dark"), ("blurred", "still_blurred")])
def test_what_kept_it_from_being_read_is_said(bench: Bench, hint: str, said: str) -> None:
    bench.still = Still(hint=hint)
    bench.sight.look_at(b"a picture", "")

    assert wait_for(lambda: bool(bench.said), 5)
    assert bench.said[-1].code == said


def test_a_file_that_is_no_picture_is_said(bench: Bench) -> None:
    bench.still = Still(trouble="This is not a picture.")
    bench.sight.look_at(b"words", "")

    assert wait_for(lambda: bool(bench.said), 5)
    assert bench.sight.heard.property("detail") == "This is not a picture."


def test_pictures_are_read_one_after_the_other(bench: Bench, tmp_path: Path) -> None:
    bench.still = Still((code("A"),), cluttered().data)
    files = [QUrl.fromLocalFile(str(tmp_path / name)) for name in ("1.png", "2.png", "3.png")]

    bench.sight.take(files)

    assert bench.sight.shows == "reading"
    assert wait_for(lambda: len(bench.scans) == 3, 5)
    assert bench.sight.shows == ""


def test_a_film_is_looked_at_as_a_camera_is(bench: Bench, tmp_path: Path) -> None:
    bench.sight.take([QUrl.fromLocalFile(str(tmp_path / "shelf.mp4"))])

    assert bench.camera.source == tmp_path / "shelf.mp4"
    assert bench.sight.shows == "camera"


def test_a_copied_picture_is_read(bench: Bench) -> None:
    bench.still = Still((code("A"),), cluttered().data)
    QGuiApplication.clipboard().setImage(image_of(cluttered().data))

    bench.sight.paste()

    assert wait_for(lambda: len(bench.scans) == 1, 5)


def test_a_copied_file_is_read_and_copied_words_are_not(bench: Bench, tmp_path: Path) -> None:
    bench.still = Still((code("A"),), cluttered().data)
    words, file = QMimeData(), QMimeData()
    words.setText("7391852046128")
    file.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.jpg"))])

    QGuiApplication.clipboard().setMimeData(words)
    bench.sight.paste()
    assert bench.said[-1].code == "still_no_text"

    QGuiApplication.clipboard().setMimeData(file)
    bench.sight.paste()
    assert wait_for(lambda: len(bench.scans) == 1, 5)


# ------------------------------------------------------------ pictures


def test_the_cut_out_shows_the_code_and_the_print_around_it() -> None:
    picture, corners = with_symbol(PRINTED, LINEAR, scale=2)
    whole = image_of(picture.data)

    part = cut_out(whole, corners)

    wide = corners[1][0] - corners[0][0]
    assert wide < part.width() < whole.width()
    assert zxingcpp.read_barcodes(part.convertToFormat(QImage.Format.Format_Grayscale8))[0].text == PRINTED
    assert cut_out(whole, ()).size() == whole.size()


def test_grey_and_coloured_pictures_keep_their_pixels() -> None:
    colour = np.zeros((2, 3, 3), np.uint8)
    colour[0, 0] = (255, 0, 0)  # blue first, as OpenCV has it
    grey = np.full((2, 3), 77, np.uint8)

    assert image_of(colour.data).pixelColor(0, 0) == QColor(0, 0, 255)
    assert image_of(grey.data).pixelColor(2, 1).red() == 77
    assert Shelf().get("nothing").width() == 1


# ------------------------------------------------------------ on screen

VIEWS: tuple[tuple[tuple[int, int], dict[str, object]], ...] = (
    ((360, 568), {}),
    ((480, 728), {"textScale": 1.5}),
    ((480, 728), {"mirrored": True}),
    ((616, 728), {"theme": "contrast"}),
)


def _camera(bench: Bench) -> None:
    bench.devices = (Device(0, "Back"), Device(1, "Front"))
    look(bench)
    bench.camera.shows(with_symbol("P00147")[0], "dark")


def _missing(bench: Bench) -> None:
    bench.devices = ()
    bench.sight.open()


def _starting(bench: Bench) -> None:
    bench.sight.open()


def _doubt(bench: Bench) -> None:
    picture, corners = with_symbol(PRINTED, LINEAR, scale=2)
    look(bench)
    bench.still = Still((code(PRINTED, sure=False, format_="EAN13", at=corners),), picture.data)
    bench.sight.look_at(b"a picture", "")
    wait_for(lambda: bench.sight.shows == "choose", 5)


def _several(bench: Bench) -> None:
    picture, corners = with_symbol(PRINTED, LINEAR, scale=2)
    bench.still = Still((code(PRINTED, sure=False, at=corners), code(PRINTED * 3, sure=False)), picture.data)
    bench.sight.look_at(b"a picture", "")
    wait_for(lambda: bench.sight.shows == "choose", 5)


SCENES = {"camera": _camera, "missing": _missing, "starting": _starting, "doubt": _doubt, "several": _several}


@contextmanager
def shown(bench: Bench, name: str, size: tuple[int, int], **look: object) -> Iterator[Seen]:
    with sight_window(bench.sight, size, **look) as seen:
        SCENES[name](bench)
        settle(60)
        yield seen


@pytest.mark.parametrize(("size", "look"), VIEWS, ids=str)
@pytest.mark.parametrize("name", SCENES)
def test_the_sheet_fits_a_glove_and_an_eye(
    bench: Bench, name: str, size: tuple[int, int], look: dict[str, object]
) -> None:
    with shown(bench, name, size, **look) as seen:
        page = seen.drawn()

    pressables = [item for item in page if item.pressable and item.enabled]
    assert pressables
    assert [item for item in pressables if min(item.width, item.height) < 56 or not item.says] == []
    assert [item for item in page if item.text and is_cut(item, size[0])] == []


def test_the_live_picture_is_painted(bench: Bench) -> None:
    picture, _ = with_symbol("P00147")

    with sight_window(bench.sight, (480, 728)) as seen:
        look(bench)
        bench.camera.shows(picture)
        settle(60)
        painted = seen.window.grabWindow().convertToFormat(QImage.Format.Format_Grayscale8)

    assert [found.text for found in zxingcpp.read_barcodes(painted)] == ["P00147"]


def test_a_finger_says_yes(bench: Bench) -> None:
    with shown(bench, "doubt", (480, 728)) as seen:
        (yes,) = [item for item in seen.drawn() if item.name == "doubtYes"]
        middle = QPointF(yes.x + yes.width / 2, yes.y + yes.height / 2).toPoint()
        QTest.mouseClick(seen.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        settle(20)

    assert [scan.text for scan in bench.scans] == [PRINTED]


# ------------------------------------------------------------ with the real eyes


def test_a_film_of_labels_is_scanned_into_a_delivery(qapp: QGuiApplication, tmp_path: Path) -> None:
    on = stage(tmp_path)
    film(tmp_path / "dock.avi", "P00147", gs1_of(CANNULA, "MX40312", "290131"))
    sight = on.shell.eye

    sight.take([QUrl.fromLocalFile(str(tmp_path / "dock.avi"))])

    assert wait_for(lambda: bool(on.desk.delivery and on.desk.delivery.additions), 20)
    assert on.desk.delivery
    assert [add.lot_name for add in on.desk.delivery.additions] == ["MX40312"]
    assert wait_for(lambda: bool(sight.property("title") == "The film is over"), 20)
    sight.end()
    on.store.close()


def test_a_photograph_of_a_label_is_scanned(qapp: QGuiApplication, tmp_path: Path) -> None:
    on = stage(tmp_path)
    picture, _ = with_symbol(gs1_of(CANNULA, "MX40312", "290131"), scale=4)
    cv2.imwrite(str(tmp_path / "photo.png"), picture)
    on.scan("P00147")

    on.shell.eye.take([QUrl.fromLocalFile(str(tmp_path / "photo.png"))])

    assert wait_for(lambda: bool(on.desk.delivery and on.desk.delivery.additions), 20)
    assert on.desk.said.code == "added"
    on.shell.eye.end()
    on.store.close()


def test_a_linear_code_of_a_photograph_is_sure_where_the_catalogue_knows_it(
    qapp: QGuiApplication, tmp_path: Path
) -> None:
    on = stage(tmp_path)
    for name, text in (("known", "P00147"), ("unknown", "NOBODY-7")):
        cv2.imwrite(str(tmp_path / f"{name}.png"), with_symbol(text, LINEAR, scale=2)[0])
    sight = on.shell.eye

    sight.take([QUrl.fromLocalFile(str(tmp_path / "known.png"))])
    assert wait_for(lambda: on.desk.delivery is not None, 20)
    sight.take([QUrl.fromLocalFile(str(tmp_path / "unknown.png"))])

    assert wait_for(lambda: sight.shows == "choose", 20)
    assert on.desk.said.code == "opened"
    sight.end()
    on.store.close()


def test_what_a_pack_is_not_known_by_makes_no_linear_code_sure(qapp: QGuiApplication, tmp_path: Path) -> None:
    on = stage(tmp_path)
    known = known_here(on.desk)
    another_level = "3" + CANNULA.barcode.zfill(14)[1:13]
    texts = ("P00147", "(10)LOT-7", "00340123450000000017", "8018952123453676760006", with_check(another_level))

    assert [known(text) for text in texts] == [True, False, False, False, False]
    on.store.close()


@pytest.mark.parametrize("content", [b"no picture at all", b""])
def test_what_is_no_picture_is_said_in_words(qapp: QGuiApplication, tmp_path: Path, content: bytes) -> None:
    on = stage(tmp_path)
    (tmp_path / "notes.png").write_bytes(content)

    on.shell.eye.take([QUrl.fromLocalFile(str(tmp_path / "notes.png"))])

    assert wait_for(lambda: on.shell.eye.heard.property("tone") == "no", 20)
    assert on.shell.eye.heard.property("detail")
    on.shell.eye.end()
    on.store.close()


def gs1_of(product: Product, lot: str, expiry: str) -> str:
    """The same in brackets, as the writer wants it."""
    return f"(01){product.barcode}(17){expiry}(10){lot}"


def film(path: Path, *texts: str) -> None:
    """Each label for a second, held still, at 720p."""
    size = (1280, 720)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, size)
    assert writer.isOpened()
    for text in texts:
        frame = cv2.resize(with_symbol(text, scale=4)[0], size, interpolation=cv2.INTER_NEAREST)
        for _ in range(15):
            writer.write(frame)
    writer.release()
