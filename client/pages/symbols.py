"""A barcode as a picture QML can show: a pixel a module, so that it is enlarged by whole numbers and stays sharp."""

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QImage

from client.papers import Symbol


def symbol_picture(symbol: Symbol) -> str:
    """As a data address."""
    image = QImage(symbol.width, symbol.height, QImage.Format.Format_Grayscale8)
    for down, row in enumerate(symbol.rows):
        for across, shade in enumerate(row):
            image.setPixel(across, down, 0xFF000000 | (0xFFFFFF if shade else 0))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants the name of the kind as bytes
    return "data:image/png;base64," + bytes(buffer.data().toBase64().data()).decode()
