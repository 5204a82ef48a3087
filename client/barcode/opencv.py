"""The one door to OpenCV: silent, and no picture larger than a device can hold. Imported only where pictures come."""

import os
from typing import Final

PIXELS_AT_MOST: Final = 1 << 27
"""134 megapixels: the largest camera's picture. A small file can claim to be far larger."""

os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(PIXELS_AT_MOST))  # OpenCV looks once, when it is loaded

import cv2  # noqa: E402
import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # our errors say it, in our words

Picture = NDArray[np.uint8]
"""Grey, rows by columns."""

__all__ = ["PIXELS_AT_MOST", "Picture", "cv2", "np"]
