"""What looks for the window: cameras, one of them at work, a still picture. OpenCV is loaded when first looked."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from client import troubles
from client.barcode.label import RawScan
from client.barcode.read import read
from client.work import meaning
from client.work.site.people import People
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.barcode.agreement import Code
    from client.barcode.camera import Frame, State
    from client.work.desk import Desk

Known = Callable[[str], bool]
"""Whether a text means something on this device."""

_VIDEO: Final = Path("/sys/class/video4linux")
_ELSEWHERE: Final = 2
"""Windows and macOS tell nobody without a library of their own how many cameras there are: two can be tried."""
_NOTHING: Final = memoryview(b"")


@dataclass(frozen=True, slots=True)
class Device:
    """A camera of this machine. `allowed`: the system lets this person open it."""

    source: int
    name: str
    allowed: bool = True


class LiveCamera(Protocol):
    """A camera or a film at work, in threads of its own; `stop` lets go of the device within a second."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class CameraOf(Protocol):
    """Makes the camera of a source; what it sees and how it fares comes from its own threads."""

    def __call__(
        self,
        source: int | Path,
        on_scan: Callable[[RawScan], None],
        on_frame: "Callable[[Frame], None]",
        on_state: "Callable[[State], None]",
    ) -> LiveCamera: ...


@dataclass(frozen=True)
class Still:
    """What a still picture has, and its rows by columns of grey where it has something.

    `trouble` is a sentence where it could not be opened, `hint` what may have kept codes from being read.
    """

    codes: "tuple[Code, ...]" = ()
    picture: memoryview = _NOTHING
    trouble: str = ""
    hint: str = ""


def _devices() -> Sequence[Device]:
    if not sys.platform.startswith("linux"):
        return [Device(nth, "") for nth in range(_ELSEWHERE)]
    found = (_linux_device(folder) for folder in _VIDEO.glob("video*"))
    return sorted((device for device in found if device), key=lambda device: device.source)


def _linux_device(folder: Path) -> Device | None:
    """One of a camera's entries has its pictures, the others what it says of itself."""
    index, number = folder / "index", folder.name.removeprefix("video")
    if not number.isdecimal() or (index.exists() and index.read_text().strip() != "0"):
        return None
    name = (folder / "name").read_text().strip() if (folder / "name").exists() else folder.name
    return Device(int(number), name, os.access(f"/dev/{folder.name}", os.R_OK | os.W_OK))


def _camera(
    source: int | Path,
    on_scan: Callable[[RawScan], None],
    on_frame: "Callable[[Frame], None]",
    on_state: "Callable[[State], None]",
) -> LiveCamera:
    from client.barcode.camera import Camera  # noqa: PLC0415

    return Camera(source, on_scan, on_frame, on_state)


def _still(source: Path | bytes, known: Known) -> Still:
    from client.barcode.frames import hint  # noqa: PLC0415
    from client.barcode.picture import grey, read_picture  # noqa: PLC0415
    from client.barcode.still import codes_of  # noqa: PLC0415

    try:
        picture = read_picture(source) if isinstance(source, Path) else grey(source)
    except WardstockError as error:
        return Still(trouble=troubles.trouble(error.code, error.facts))
    codes = tuple(codes_of(picture, known))
    return Still(codes, picture.data) if codes else Still(hint=hint(picture))


@dataclass(frozen=True)
class Eyes:
    """The real ones, where nobody says otherwise."""

    devices: Callable[[], Sequence[Device]] = _devices
    camera: CameraOf = _camera
    still: Callable[[Path | bytes, Known], Still] = _still


def scan_of(code: "Code", device: str) -> RawScan:
    """A code of a still picture, as a scanner with symbology ids would send it."""
    from client.barcode.image import scan_of as scanned  # noqa: PLC0415

    return scanned(code.seen, source="still", device=device, at=datetime.now(UTC))


def known_here(desk: "Desk | None") -> Known:
    """What this device knows. Asked in the thread that reads a picture."""

    def known(text: str) -> bool:
        if desk is None:
            return False
        label = read(RawScan.received(text, source="still", device="", scanned_at=datetime.now(UTC)))
        here = meaning.Known.here(desk.store, People(desk.store.people, desk.policy))
        return not isinstance(meaning.anything(label, here), _NOT_KNOWN)

    return known


_NOT_KNOWN = (
    *(meaning.UnknownCode, meaning.UnknownLevel, meaning.RestOfLabel),
    *(meaning.SsccMeant, meaning.PatientMeant),
)
