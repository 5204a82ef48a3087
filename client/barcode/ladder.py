"""The retries on one picture, in order: each a picture made from it, for what a shadow, a tilt or a blur hides.

The order and the figures: facts/scanning 0 and docs/decisions/016. Each step alone costs a look; the caller stops at
the first outcome that another look could not change.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import ceil, cos, radians, sin
from typing import Final

from zxingcpp import BarcodeFormat as Format

from client.barcode.image import EVERY, FIRST, LINEAR, Seen, View, look
from client.barcode.opencv import Picture, cv2, np

PIXELS_OF_A_RETRY: Final = 2_000_000
"""No retry looks at more: a photo of a telephone would take minutes, and its modules are large enough."""

PIXELS_OF_THE_FIRST: Final = 24_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """One retry. `linear` alone: what it does helps no matrix code. `dark`: binarised all alike."""

    name: str
    view: Callable[[Picture], View]
    linear: bool = False
    dark: bool = False


def looks(picture: Picture, formats: Iterable[Format] = EVERY) -> Iterator[list[Seen]]:
    """What the picture as it is shows, then what each retry does. Stop asking when it is enough."""
    formats = tuple(formats)
    yield look(scaled(View(picture), 1, PIXELS_OF_THE_FIRST), FIRST, formats)
    for step in STEPS:
        asked = tuple(one for one in formats if not step.linear or one in {*LINEAR, Format.UPCE})
        yield look(step.view(picture), step.name, asked, quick=step is not STEPS[0], dark=step.dark)


def flat(picture: Picture) -> Picture:
    """The picture divided by its background: shadows and light fall-off go (facts/scanning 0, pass 3)."""
    height, width = picture.shape
    small = cv2.resize(picture, (max(width // 4, 1), max(height // 4, 1)), interpolation=cv2.INTER_AREA)
    ground = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 6)
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return _grey(cv2.divide(picture, np.maximum(ground, 1), scale=235))


def scaled(view: View, times: float, at_most: int = PIXELS_OF_A_RETRY) -> View:
    """Larger or smaller, `at_most` so many pixels."""
    height, width = view.picture.shape
    times = min(times, (at_most / (height * width)) ** 0.5)
    if times == 1:
        return view
    size = (max(round(width * times), 1), max(round(height * times), 1))
    way = cv2.INTER_CUBIC if times > 1 else cv2.INTER_AREA
    across, down = width / size[0], height / size[1]
    larger = _grey(cv2.resize(view.picture, size, interpolation=way))
    return View(larger, ((view.back[0][0] * across, 0, view.back[0][2]), (0, view.back[1][1] * down, view.back[1][2])))


def turned(view: View, degrees: float) -> View:
    """Turned about its middle, with room for its corners; the border goes on as it ends. `view` is not yet turned."""
    height, width = view.picture.shape
    c, s = cos(radians(degrees)), sin(radians(degrees))
    size = ceil(width * abs(c) + height * abs(s)), ceil(width * abs(s) + height * abs(c))
    there = np.array([[c, s, 0], [-s, c, 0]])
    there[:, 2] = np.array(size) / 2 - there[:, :2] @ np.array([width / 2, height / 2])
    picture = cv2.warpAffine(view.picture, there, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    (a, b, e), (d, f, g) = cv2.invertAffineTransform(there).tolist()
    across, down = view.back[0][0], view.back[1][1]
    return View(_grey(picture), ((a * across, b * across, e * across), (d * down, f * down, g * down)))


def sharpened(view: View, sigma: float, amount: float) -> View:
    """Unsharp masking."""
    soft = cv2.GaussianBlur(view.picture, (0, 0), sigma)
    return View(_grey(cv2.addWeighted(view.picture, 1 + amount, soft, -amount, 0)), view.back)


def softened(view: View, sigma: float) -> View:
    """Against noise."""
    return View(_grey(cv2.GaussianBlur(view.picture, (0, 0), sigma)), view.back)


def evened(view: View) -> View:
    """Contrast made alike in each eighth of the picture. Hurts clean ones (facts/scanning 2): only ever a retry."""
    return View(_grey(cv2.createCLAHE(2.0, (8, 8)).apply(view.picture)), view.back)


def cut(view: View, around: int) -> View:
    """Black and white by the brightness of `around` pixels about each."""
    way = cv2.ADAPTIVE_THRESH_GAUSSIAN_C
    return View(_grey(cv2.adaptiveThreshold(view.picture, 255, way, cv2.THRESH_BINARY, around, 5)), view.back)


def _grey(picture: object) -> Picture:
    return np.asarray(picture, dtype=np.uint8)


def _flat(times: float) -> Callable[[Picture], View]:
    def flatter(picture: Picture) -> View:
        view = scaled(View(picture), 1)
        return scaled(View(flat(view.picture), view.back), times)

    return flatter


def _plain(times: float) -> Callable[[Picture], View]:
    return lambda picture: scaled(View(picture), times)


def _turned(degrees: float) -> Callable[[Picture], View]:
    return lambda picture: turned(scaled(View(picture), 1), degrees)


def _finely_turned(degrees: float) -> Callable[[Picture], View]:
    return lambda picture: sharpened(turned(_flat(2)(picture), degrees), 3, 0.8)


def _turns(*angles: int) -> Iterator[Step]:
    """Linear codes are read along rows and columns only: the picture is turned instead."""
    return (Step(f"turn{way:+d}", _turned(way)) for angle in angles for way in (angle, -angle))


def _fine_turns(*angles: int) -> Iterator[Step]:
    return (Step(f"fine-turn{way:+d}", _finely_turned(way), linear=True) for angle in angles for way in (angle, -angle))


STEPS: Final = (
    Step("flat-2x", _flat(2)),
    Step("even-2x", lambda picture: evened(_plain(2)(picture))),
    Step("flat-3x-sharp", lambda picture: sharpened(_flat(3)(picture), 4.5, 2)),
    Step("2x-sharp", lambda picture: sharpened(_plain(2)(picture), 1.5, 0.8)),
    *_turns(15, 30, 45),
    Step("flat-2x-sharp", lambda picture: sharpened(_flat(2)(picture), 1.5, 2)),
    *_fine_turns(7, 15, 22),
    Step("soft-2x", lambda picture: softened(_plain(2)(picture), 2)),
    Step("flat", _flat(1)),
    Step("2x", _plain(2)),
    Step("even", lambda picture: evened(_plain(1)(picture))),
    Step("half", _plain(0.5), dark=True),
    Step("cut-2x", lambda picture: cut(_plain(2)(picture), 51)),
)
"""The best single retries first (docs/decisions/016), then what they alone leave unread."""
