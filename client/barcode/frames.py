"""What a row of camera frames adds up to: where to look, which scan to accept, what to tell who holds the camera.

The rules and figures are those of facts/scanning 0 and 5. No camera, no thread, no clock: times come from the caller,
in seconds.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from zxingcpp import BarcodeFormat as Format

from client.barcode.agreement import in_one_place, part_of
from client.barcode.image import EVERY, Seen, View, look
from client.barcode.opencv import Picture, cv2

Hint = Literal["", "dark", "blurred"]

AIM: Final = (640, 480)
"""Width and height of the middle that is looked at first: a frame in which the code is to be held."""
_FULL_EVERY: Final = 4
_WINDOW: Final = 1.0
_FRAMES: Final = 5  # two of five agreeing frames left none of 701 pictures misread (facts/scanning 1.4)
_RESTED: Final = 1.5
_DARK: Final = 45  # mean of 0..255
_FLAT: Final = 12  # standard deviation below which there is nothing to be sharp
_SOFT: Final = 0.02  # of the picture's own variance, what its edges keep


def aim(width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, width and height of the aim frame within a frame of the camera."""
    across, down = min(AIM[0], width), min(AIM[1], height)
    return (width - across) // 2, (height - down) // 2, across, down


@dataclass(slots=True)
class Passes:
    """Looks at the aim frame quickly, and at the whole frame with every means after each fourth look in vain."""

    formats: tuple[Format, ...] = EVERY
    missed: int = 0

    def look(self, frame: Picture) -> list[Seen]:
        whole = self.missed > 0 and self.missed % _FULL_EVERY == 0
        found = whole_frame(frame, self.formats) if whole else in_aim(frame, self.formats)
        self.missed = 0 if found else self.missed + 1
        return found


def in_aim(frame: Picture, formats: Iterable[Format] = EVERY) -> list[Seen]:
    """Pass 1: the middle, neither inverted nor made smaller."""
    left, top, width, height = aim(frame.shape[1], frame.shape[0])
    part = frame[top : top + height, left : left + width]
    return look(View(part, ((1, 0, left), (0, 1, top))), formats=formats, quick=True)


def whole_frame(frame: Picture, formats: Iterable[Format] = EVERY) -> list[Seen]:
    """Pass 2."""
    return look(View(frame), formats=formats)


@dataclass(slots=True)
class Watch:
    """Which of the codes seen from frame to frame is a scan.

    A matrix code or a DataBar Expanded at once; a linear code once two of five frames within a second agree. Once
    accepted, a code is one scan for as long as it stays in view: it has to be gone for 1.5 seconds to count again.
    """

    _recent: deque[tuple[float, tuple[Seen, ...]]] = field(default_factory=lambda: deque(maxlen=_FRAMES))
    _in_view: dict[bytes, float] = field(default_factory=dict)

    def accepted(self, seen: Iterable[Seen], at: float) -> list[Seen]:
        """The new scans of this frame, each once."""
        frame = tuple(_uncontested(tuple(seen)))
        self._in_view = {data: last for data, last in self._in_view.items() if at - last < _RESTED}
        agreed = {one.data: one for one in frame if one.strong or self._seen_before(one, at)}
        self._recent.append((at, frame))
        new = [one for data, one in agreed.items() if data not in self._in_view]
        self._in_view |= dict.fromkeys(agreed, at)
        self._in_view |= {one.data: at for one in frame if one.data in self._in_view}
        return new

    def _seen_before(self, one: Seen, at: float) -> bool:
        recent = [other for when, others in self._recent if at - when <= _WINDOW for other in others]
        if any(part_of(one, other) for other in recent):
            return False
        return any(one.data == other.data and one.format == other.format for other in recent)


def _uncontested(frame: tuple[Seen, ...]) -> Iterator[Seen]:
    """Without what lies in one place with another code: the weaker yields, of two alike both go."""
    for one in frame:
        rivals = [other for other in frame if other.data != one.data and in_one_place(one, other)]
        if all((one.strong and not rival.strong) or part_of(rival, one) for rival in rivals):
            yield one


def hint(frame: Picture) -> Hint:
    """What keeps codes from being read, if anything: too little light (switch on the torch), or out of focus."""
    left, top, width, height = aim(frame.shape[1], frame.shape[0])
    middle = cv2.resize(frame[top : top + height, left : left + width], (320, 240), interpolation=cv2.INTER_AREA)
    mean, deviation = (float(one[0][0]) for one in cv2.meanStdDev(middle))
    if mean < _DARK:
        return "dark"
    edges = float(cv2.meanStdDev(cv2.Laplacian(middle, cv2.CV_32F))[1][0][0])
    return "blurred" if deviation > _FLAT and edges**2 < _SOFT * deviation**2 else ""
