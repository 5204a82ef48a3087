"""What the app's own reader finds in a picture: on paper, or of a window."""

from PySide6.QtGui import QImage

from client.barcode.opencv import np
from client.barcode.still import codes_of


def read_off(image: QImage) -> set[str]:
    """The bytes of each code, as text.

    One look of the decoder alone is no measure: of some 1,200 sharp Code 128 it reads one a second time, in a smaller
    copy of the picture, and differently.
    """
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return {code.seen.data.decode() for code in codes_of(rows[:, : grey.width()], second=False)}
