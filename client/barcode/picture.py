"""A still picture from a file or from memory, as grey pixels: whatever was stored, as a person would see it."""

from pathlib import Path
from typing import Any, Final

from client.barcode.opencv import Picture, cv2, np
from sync.errors import WardstockError

BYTES_AT_MOST: Final = 100_000_000
_WEBP_AT_LEAST: Final = 32  # OpenCV refuses a sound picture of one pixel's height for being too short a file
_JPEG: Final = b"\xff\xd8"
_WITH_ALPHA: Final = 4  # channels: blue, green, red, opacity


def read_picture(file: Path) -> Picture:
    """Raises WardstockError: picture_missing, picture_unreadable, picture_too_large."""
    try:
        return grey(_bytes_of(file))
    except WardstockError as error:
        raise WardstockError(error.code, file=file.name) from error


def _bytes_of(file: Path) -> bytes:
    try:
        if file.stat().st_size > BYTES_AT_MOST:
            raise WardstockError("picture_too_large", file=file.name)
        return file.read_bytes()
    except FileNotFoundError:
        raise WardstockError("picture_missing", file=file.name) from None
    except OSError as error:
        raise WardstockError("picture_unreadable", file=file.name) from error


def grey(data: bytes) -> Picture:
    """Turned as the camera was held, light through what is transparent, a narrow range of brightness widened. Of a
    file with several pages or frames: the first. Raises WardstockError: picture_unreadable.
    """
    stored = np.frombuffer(data.ljust(_WEBP_AT_LEAST, b"\0"), np.uint8)
    if data[:2] == _JPEG:
        return _plane(_decoded(stored, cv2.IMREAD_GRAYSCALE))
    raw = _decoded(stored, cv2.IMREAD_UNCHANGED)
    if raw.dtype != np.uint8:
        return _widened(raw)
    if raw.ndim > 2 and raw.shape[2] == _WITH_ALPHA:  # noqa: PLR2004 - rows, columns and channels
        return _on_white(raw)
    return _plane(_decoded(stored, cv2.IMREAD_GRAYSCALE))


def _decoded(stored: Any, way: int) -> Any:  # Any: arrays of whatever the file holds
    try:
        picture = cv2.imdecode(stored, way)
    except cv2.error as error:  # it claims to be larger than any camera's, or its header lies
        raise WardstockError("picture_unreadable", file="This") from error
    if picture is None or picture.size == 0:
        raise WardstockError("picture_unreadable", file="This")
    return picture


def _plane(picture: Any) -> Picture:
    return np.asarray(picture, dtype=np.uint8)


def _on_white(raw: Any) -> Picture:
    opaque = raw[:, :, 3].astype(np.uint16)
    seen = cv2.cvtColor(raw, cv2.COLOR_BGRA2GRAY).astype(np.uint16)
    return _plane((seen * opaque + 255 * (255 - opaque)) // 255)


def _widened(raw: Any) -> Picture:
    """Sixteen bits or floats: seldom all of their range is used."""
    values = np.nan_to_num(raw.astype(np.float32), posinf=0, neginf=0)
    plane = values if values.ndim < 3 else values[:, :, :3].mean(axis=2)  # noqa: PLR2004 - as above
    low, high = float(plane.min()), float(plane.max())
    return _plane((plane - low) * (255 / max(high - low, 1e-6)))
