"""Blurred, tilted, shadowed, curved, noisy, pale and tiny labels: read no worse than by a plain ladder of retries."""

from collections.abc import Iterator

import numpy as np
import pytest
import zxingcpp

from client.barcode.image import EVERY
from client.barcode.opencv import Picture, cv2
from client.barcode.still import codes_of
from tests.barcode.drawn import FORMATS, Drawn, harmed

SEED = 20270630


@pytest.mark.parametrize("kind", FORMATS)
def test_a_harmed_label_is_read_no_worse_than_by_a_plain_ladder(kind: str) -> None:
    labels = list(harmed(kind, SEED))

    plainly = [label.harm for label in labels if label.data in first_hit(label.picture)]
    ours = [label.harm for label in labels if label.data in found(label)]

    assert len(ours) >= len(plainly), f"lost: {set(plainly) - set(ours)}"
    assert len(ours) > len(labels) // 3, "too little was left to be read: this proves nothing"


def found(label: Drawn) -> set[bytes]:
    """What our ladder alone makes of it. Nothing wrong may be sure, whatever harm was done."""
    codes = codes_of(label.picture, second=False)
    assert [code for code in codes if code.sure and code.seen.data != label.data] == []
    return {code.seen.data for code in codes}


def first_hit(picture: Picture) -> set[bytes]:
    """The plain ladder of facts/scanning 0: as it is, flat and twice as large, twice as large, turned."""
    for retry in plain_ladder(picture):
        seen = zxingcpp.read_barcodes(retry, formats=list(EVERY), text_mode=zxingcpp.TextMode.Plain)  # type: ignore[arg-type]
        if seen:
            return {bytes(one.bytes) for one in seen}
    return set()


def plain_ladder(picture: Picture) -> Iterator[Picture]:
    yield picture
    yield twice(flat(picture))
    yield twice(picture)
    for degrees in (15, -15, 30, -30, 45):
        yield rotated(picture, degrees)


def twice(picture: Picture) -> Picture:
    return np.asarray(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def flat(picture: Picture) -> Picture:
    height, width = picture.shape
    ground = cv2.resize(picture, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    ground = cv2.GaussianBlur(cv2.dilate(ground, np.ones((9, 9), np.uint8)), (0, 0), 6)
    return np.asarray(cv2.divide(picture, cv2.resize(ground, (width, height)), scale=235), dtype=np.uint8)


def rotated(picture: Picture, degrees: float) -> Picture:
    height, width = picture.shape
    way = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    cos, sin = abs(way[0, 0]), abs(way[0, 1])
    size = int(width * cos + height * sin), int(width * sin + height * cos)
    way[:, 2] += size[0] / 2 - width / 2, size[1] / 2 - height / 2
    return np.asarray(cv2.warpAffine(picture, way, size, borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8)
