"""What a still picture gives: which codes, which of them sure, and nothing but a sentence for what is no picture."""

import random
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from client.barcode import second
from client.barcode.agreement import outcome, settled
from client.barcode.image import FIRST, Point, Seen, View
from client.barcode.opencv import Picture, cv2
from client.barcode.picture import grey
from client.barcode.still import codes_of, stills
from sync.errors import WardstockError
from tests.barcode.drawn import Drawn, symbol, tilt

BOX = ((0.0, 0.0), (100.0, 0.0), (100.0, 40.0), (0.0, 40.0))


@pytest.fixture
def chance() -> random.Random:
    return random.Random(7)


def stored(picture: Picture, ending: str = ".png") -> bytes:
    return cv2.imencode(ending, picture)[1].tobytes()


@pytest.mark.parametrize("kind", ["Data Matrix", "QR", "DataBar Expanded"])
def test_one_look_at_a_code_that_corrects_itself_is_enough(kind: str, chance: random.Random) -> None:
    drawn = symbol(kind, chance)

    (code,) = stills(stored(drawn.picture))

    assert (code.seen.data, code.sure, code.seen.step, code.seen.decoder) == (drawn.data, True, "plain", "zxing-cpp")
    assert b"\x1d" not in code.seen.data
    assert code.seen.symbology in {"]d2", "]Q3", "]e0"}


@pytest.mark.parametrize("kind", ["GS1-128", "EAN-13", "ITF-14"])
def test_a_linear_code_is_sure_only_where_the_catalogue_knows_it(kind: str, chance: random.Random) -> None:
    drawn = symbol(kind, chance)

    (asked,) = codes_of(drawn.picture)
    (known,) = codes_of(drawn.picture, lambda text: text.encode() == drawn.data)

    assert (asked.seen.data, asked.sure, known.sure) == (drawn.data, False, True)


def test_a_linear_code_seen_only_in_a_retry_is_asked_even_if_it_is_known(chance: random.Random) -> None:
    drawn = symbol("GS1-128", chance)

    (code,) = codes_of(tilt(drawn.picture, 30, np.random.default_rng(1)), lambda _: True)

    assert (code.seen.data, code.sure) == (drawn.data, False)
    assert code.seen.step != "plain"


def test_all_codes_of_a_box_are_found(chance: random.Random) -> None:
    drawn = [symbol(kind, chance) for kind in ("Data Matrix", "QR", "GS1-128", "EAN-13")]
    sheet = np.full((sum(one.picture.shape[0] for one in drawn), 1200), 255, np.uint8)
    top = 0
    for one in drawn:
        height, width = one.picture.shape
        sheet[top : top + height, :width] = one.picture
        top += height

    codes = codes_of(sheet)

    assert {code.seen.data for code in codes} == {one.data for one in drawn}
    assert {code.seen.format for code in codes if code.sure} == {"DataMatrix", "QRCode"}


def test_upc_e_is_read_only_where_it_was_switched_on() -> None:
    made = np.asarray(zxingcpp.create_barcode("01234565", zxingcpp.BarcodeFormat.UPCE).to_image(scale=4))
    picture = np.pad(made.astype(np.uint8), 40, constant_values=255)

    assert codes_of(picture, second=False) == []
    assert [code.seen.format for code in codes_of(picture, upc_e=True)] == ["UPCE"]


def seen(text: str, *, format: str = "EAN13", step: str = FIRST, at: float = 0, decoder: str = "zxing-cpp") -> Seen:
    corners: tuple[Point, ...] = tuple((x + at, y) for x, y in BOX)
    return Seen(format, text, text.encode(), "]E0", corners, decoder, step)


def test_of_two_numbers_in_one_place_neither_is_sure_until_looks_outvote_one() -> None:
    one, other = seen("4006381333931"), seen("9074932437075", step="flat-2x")

    assert not settled([[one], [other]])
    assert [code.sure for code in outcome([one, other], lambda _: True)] == [False, False]
    again = [other, seen("4006381333931", step="even-2x")]
    assert [code.seen.text for code in outcome([one, *again], lambda _: True)] == ["4006381333931"]


def test_two_numbers_side_by_side_both_stand() -> None:
    codes = outcome([seen("4006381333931"), seen("4006381333948", at=150)], lambda _: True)

    assert [code.sure for code in codes] == [True, True]


def test_bars_within_a_matrix_code_are_none_of_ours() -> None:
    codes = outcome([seen("X", format="DataMatrix"), seen("12345670", format="EAN8", at=10)], lambda _: True)

    assert [(code.seen.text, code.sure) for code in codes] == [("X", True)]


def test_a_matrix_code_within_another_has_to_be_asked() -> None:
    codes = outcome([seen("outer", format="QRCode"), seen("inner", format="QRCode", at=10)], lambda _: True)

    assert [code.sure for code in codes] == [False, False]


def test_a_piece_of_an_itf_yields_to_the_whole() -> None:
    piece, whole = seen("381333", format="ITF"), seen("00406381333931", format="ITF", step="flat-2x")

    assert [code.seen.text for code in outcome([piece, whole], lambda _: False)] == ["00406381333931"]


def test_a_databar_expanded_of_a_retry_is_asked() -> None:
    assert [code.sure for code in outcome([seen("01", format="DataBarExp", step="flat-2x")], lambda _: True)] == [False]


def test_the_second_opinion_reads_linear_codes_and_is_never_sure(chance: random.Random) -> None:
    pytest.importorskip("pyzbar.pyzbar", reason="zbar's library is not on this machine", exc_type=ImportError)
    drawn = symbol("EAN-13", chance)

    (one,) = second.second_look(View(drawn.picture), "second")

    assert (one.data, one.format, one.symbology, one.decoder) == (drawn.data, "EAN13", "]E0", "pyzbar")
    assert [code.sure for code in outcome([one], lambda _: True)] == [False]


def test_a_qr_code_that_the_second_opinion_alone_has_is_asked() -> None:
    one = seen("LOC-A1", format="QRCode", step="second", decoder="pyzbar")

    assert [code.sure for code in outcome([one], lambda _: True)] == [False]


def test_a_machine_without_the_second_decoder_does_not_complain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyzbar", None)

    assert codes_of(np.full((60, 200), 255, np.uint8)) == []


def with_exif(jpeg: bytes, orientation: int) -> bytes:
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + struct.pack(">H", orientation) + b"\0\0\0\0\0\0"
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def transparent(picture: Picture) -> bytes:
    """Black bars on nothing: where nothing is printed there is no ink and no opacity."""
    nothing = np.zeros((*picture.shape, 4), np.uint8)
    nothing[:, :, 3] = 255 - picture
    return stored(nothing)


def dim_16_bit(picture: Picture) -> bytes:
    return cv2.imencode(".png", picture.astype(np.uint16) * 2)[1].tobytes()


def pages(picture: Picture) -> bytes:
    return cv2.imencodemulti(".tiff", [picture, np.full_like(picture, 255)])[1].tobytes()


STORED: dict[str, Callable[[Picture], bytes]] = {
    "png": stored,
    "jpeg": lambda picture: stored(picture, ".jpg"),
    "webp": lambda picture: stored(picture, ".webp"),
    "tiff of two pages": pages,
    "colour": lambda picture: stored(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)),  # type: ignore[arg-type]
    "transparent": transparent,
    "16 bits, hardly used": dim_16_bit,
    "float": lambda picture: cv2.imencode(".tiff", picture.astype(np.float32) / 255)[1].tobytes(),
    "held upside down": lambda picture: with_exif(stored(picture[::-1, ::-1], ".jpg"), 3),
    "held on its side": lambda picture: with_exif(stored(np.rot90(picture), ".jpg"), 6),
}


@pytest.mark.parametrize("how", STORED)
def test_a_picture_is_read_however_it_was_stored(how: str, chance: random.Random) -> None:
    drawn = symbol("Data Matrix", chance)

    assert [code.seen.data for code in stills(STORED[how](drawn.picture))] == [drawn.data]


def test_a_picture_lies_as_its_camera_was_held(chance: random.Random) -> None:
    drawn = symbol("GS1-128", chance)

    assert grey(with_exif(stored(np.rot90(drawn.picture), ".jpg"), 6)).shape == drawn.picture.shape


def cmyk() -> bytes:
    """The head of a four-colour JPEG; what follows it is cut off."""
    frame = b"\xff\xc0\0\x14\x08\0\x10\0\x10\x04" + b"".join(bytes([n, 0x11, 0]) for n in (1, 2, 3, 4))
    return b"\xff\xd8\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\x02" + frame


def vast() -> bytes:
    """A few bytes that claim to be 60,000 by 60,000 pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 60000, 60000, 8, 0, 0, 0, 0)
    body = b"IDAT" + zlib.compress(bytes(1000))
    chunks = (struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in (head, body))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


BROKEN = {"empty": b"", "text": b"not a picture", "cmyk": cmyk(), "vast": vast(), "png head": b"\x89PNG\r\n\x1a\n"}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_picture_is_told(what: str) -> None:
    with pytest.raises(WardstockError, match="picture_unreadable"):
        stills(BROKEN[what])


@pytest.mark.parametrize("ending", [".png", ".jpg", ".webp", ".tiff", ".bmp"])
def test_a_picture_that_was_cut_off_does_no_harm(ending: str, chance: random.Random) -> None:
    whole = stored(symbol("QR", chance).picture, ending)

    for part in (0.1, 0.5, 0.9, 0.99):
        with suppress(WardstockError):
            stills(whole[: int(len(whole) * part)])


@pytest.mark.parametrize("shape", [(1, 1), (1, 100), (100, 1), (2, 3)])
def test_a_picture_of_hardly_any_pixels_has_no_codes(shape: tuple[int, int]) -> None:
    assert codes_of(np.zeros(shape, np.uint8)) == []


def test_a_telephones_photo_is_looked_at_whole(chance: random.Random) -> None:
    drawn: Drawn = symbol("Data Matrix", chance, module=5)
    photo = np.full((4000, 6500), 200, np.uint8)
    photo[3000 : 3000 + drawn.picture.shape[0], 5000 : 5000 + drawn.picture.shape[1]] = drawn.picture

    assert [code.seen.data for code in codes_of(photo)] == [drawn.data]


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(WardstockError, match="picture_missing"):
        stills(tmp_path / "gone.png")
    with pytest.raises(WardstockError, match="picture_unreadable"):
        stills(tmp_path)
