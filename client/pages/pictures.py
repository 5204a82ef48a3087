"""Pictures of cameras and files, for QML: the live one, and cut-outs of codes a person compares."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QBuffer, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

PROVIDER: Final = "sight"
LIVE: Final = "live"
_AROUND: Final = 0.25
"""How much of a code's own size is shown around it: the print below it is what a person compares with."""
_LEAST: Final = 24
_WIDEST: Final = 960
LIVE_WIDTH: Final = 640
"""Pixels of the live picture: as many as a hand-held shows."""


class Shelf:
    """The pictures shown now, by name. Only the window's thread looks into it."""

    def __init__(self) -> None:
        self._images: dict[str, QImage] = {}

    def put(self, name: str, image: QImage) -> None:
        """Show this under that name from now on."""
        self._images[name] = image

    def clear(self, keep: str = "") -> None:
        """Forget all but `keep`: pictures are read, and not kept."""
        self._images = {name: image for name, image in self._images.items() if name == keep}

    def get(self, name: str) -> QImage:
        """That picture; where there is none, one clear dot, since Qt warns of an empty one."""
        found = self._images.get(name)
        return found if found is not None and not found.isNull() else _nothing()


class Pictures(QQuickImageProvider):
    """`image://sight/live/17` is the live picture: the number only makes QML ask again."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._shelf = shelf

    def requestImage(self, id_: str, size: QSize, wanted: QSize) -> QImage:
        image = self._shelf.get(id_.partition("/")[0])
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio) if wanted.isValid() else image


def image_of(picture: memoryview) -> QImage:
    """Rows by columns of grey, or of blue, green, red, as Qt has them, in memory of their own."""
    if not picture.shape or not picture.nbytes:
        return QImage()
    height, width, *deep = picture.shape
    form = QImage.Format.Format_BGR888 if deep else QImage.Format.Format_Grayscale8
    return QImage(picture.tobytes(), width, height, width * (deep[0] if deep else 1), form).copy()


def cut_out(image: QImage, corners: Iterable[tuple[float, float]]) -> QImage:
    """The part of a picture where a code lies, with what is printed around it; the whole where that is not known."""
    points = [QPoint(round(x), round(y)) for x, y in corners]
    if not points:
        return fitting(image, _WIDEST)
    left, right = min(point.x() for point in points), max(point.x() for point in points)
    top, bottom = min(point.y() for point in points), max(point.y() for point in points)
    margin = max(_LEAST, round(_AROUND * max(right - left, bottom - top)))
    around = QRect(QPoint(left, top), QPoint(right, bottom)).adjusted(-margin, -margin, margin, margin)
    return fitting(image.copy(around.intersected(image.rect())), _WIDEST)


def fitting(image: QImage, width: int) -> QImage:
    """No wider than that: what is looked at needs no more pixels than a screen has."""
    if image.width() <= width:
        return image
    return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


def bytes_of(image: QImage) -> bytes:
    """The picture as a file has it, without loss."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "BMP")  # type: ignore[call-overload]  # the stub wants the name of the kind as bytes
    return bytes(buffer.data().data())


def _nothing() -> QImage:
    dot = QImage(1, 1, QImage.Format.Format_ARGB32)
    dot.fill(Qt.GlobalColor.transparent)
    return dot
