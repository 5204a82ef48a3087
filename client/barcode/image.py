"""One look of zxing-cpp at a picture, with the settings of facts/scanning 0, and what it saw where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import zxingcpp
from zxingcpp import BarcodeFormat as Format

from client.barcode.label import RawScan
from client.barcode.opencv import Picture, np

Point = tuple[float, float]

LINEAR: Final = (
    Format.Code128, Format.EAN13, Format.EAN8, Format.UPCA, Format.ITF, Format.DataBar,
    Format.Code39,  # HIBC, PZN, Code32
)  # fmt: skip
EVERY: Final = (Format.DataMatrix, Format.QRCode, *LINEAR)
"""Without UPC-E: a tilted EAN-13 is read as one, check digit and all (facts/scanning 2.0)."""

FIRST: Final = "plain"
"""The step that looks at the picture as it is."""

_MATRIX: Final = frozenset({"DataMatrix", "QRCode", "QRCodeModel1", "QRCodeModel2"})
_EXPANDED: Final = frozenset({"DataBarExp", "DataBarExpStk"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One code as one look saw it. `data` are the symbol's own bytes with its separators, `text` the same for people.

    `corners` in pixels of the picture that was asked about, () where the decoder tells none.
    """

    format: str
    text: str
    data: bytes
    symbology: str
    corners: tuple[Point, ...]
    decoder: str
    step: str

    @property
    def strong(self) -> bool:
        """Whether one look is enough: error correction, or a DataBar Expanded in the picture as it is. Turned and
        sharpened pictures do give wrong DataBar Expanded that pass its check of one in 211 (docs/decisions/016).
        """
        return self.format in _MATRIX or (self.format in _EXPANDED and self.step == FIRST)


@dataclass(frozen=True, slots=True)
class View:
    """A picture made from another, and the affine way back to the other's pixels (2 x 3)."""

    picture: Picture
    back: tuple[tuple[float, float, float], tuple[float, float, float]] = ((1, 0, 0), (0, 1, 0))

    def origin(self, point: Point) -> Point:
        (a, b, c), (d, e, f) = self.back
        x, y = point
        return a * x + b * y + c, d * x + e * y + f


def look(
    view: View, step: str = FIRST, formats: Iterable[Format] = EVERY, *, quick: bool = False, dark: bool = False
) -> list[Seen]:
    """Every sound code in the view. `quick` leaves out light codes on dark ground and small copies of the picture;
    `dark` binarises all of the picture alike."""
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(view.picture),
        formats=list(formats),  # type: ignore[arg-type]  # its stub names the class, its code takes a list
        try_invert=not quick,
        try_downscale=not quick,
        text_mode=zxingcpp.TextMode.Plain,
        binarizer=zxingcpp.Binarizer.GlobalHistogram if dark else zxingcpp.Binarizer.LocalAverage,
    )
    return [_seen(code, view, step) for code in found if code.valid]


def scan_of(seen: Seen, *, source: str, device: str, at: datetime) -> RawScan:
    """The code as a scanner with symbology ids would send it: the bytes of the symbol, not a decoder's text of them."""
    return RawScan(seen.text, seen.symbology.encode() + seen.data, seen.symbology, source, device, at)


def _seen(code: zxingcpp.Barcode, view: View, step: str) -> Seen:
    place = code.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return Seen(
        format=code.format.name,
        text=code.text,
        data=bytes(code.bytes),
        symbology=code.symbology_identifier,
        corners=tuple(view.origin((corner.x, corner.y)) for corner in corners),
        decoder="zxing-cpp",
        step=step,
    )
