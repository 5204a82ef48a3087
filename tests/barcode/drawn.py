"""Symbols of the ward, drawn by zxing-cpp's writer, and what happens to them on the way to a camera. Seeded."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import zxingcpp
from zxingcpp import BarcodeFormat as Format

from client.barcode.image import View
from client.barcode.ladder import turned
from client.barcode.opencv import Picture, cv2, np

FORMATS: Final = {
    "Data Matrix": Format.DataMatrix,
    "QR": Format.QRCode,
    "GS1-128": Format.Code128,
    "EAN-13": Format.EAN13,
    "ITF-14": Format.ITF,
    "DataBar Expanded": Format.DataBarExp,
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture, and the bytes a reader should find in it."""

    data: bytes
    picture: Picture
    harm: str


def symbol(kind: str, chance: random.Random, module: int = 3) -> Drawn:
    """Unharmed, with its quiet zone; `module` pixels a module."""
    gtin = with_check(f"0{chance.randint(10**11, 10**12 - 1)}")
    lot = "".join(chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=6))
    said = f"(01){gtin}(17)27{chance.randint(1, 12):02}{chance.randint(1, 28):02}(10){lot}"
    text = {"EAN-13": gtin[1:], "ITF-14": gtin}.get(kind, said)
    wish = {"gs1": True} if text == said else {}
    square = {"force_square": True} if kind == "Data Matrix" else {}
    made = zxingcpp.create_barcode(text, FORMATS[kind], **wish, **square)
    picture = np.asarray(made.to_image(scale=module), dtype=np.uint8)
    return Drawn(bytes(made.bytes), np.pad(picture, 12 * module, constant_values=255), "none")


def with_check(digits: str) -> str:
    """With GS1's check digit behind."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def harmed(kind: str, seed: int) -> Iterator[Drawn]:
    """The same sort of symbol, blurred, tilted, shadowed, curved, noisy, pale and tiny, each in several degrees."""
    chance, noise = random.Random(seed), np.random.default_rng(seed)
    for name, (harm, degrees) in HARMS.items():
        for degree in degrees:
            whole = symbol(kind, chance)
            grainy = noise.normal(0, 3, (picture := harm(whole.picture, degree, noise)).shape)
            yield Drawn(whole.data, _grey(picture + grainy), f"{name} {degree}")


def tilt(picture: Picture, degrees: float, _: np.random.Generator) -> Picture:
    return turned(View(picture), degrees).picture


def _blur(picture: Picture, modules: float, _: np.random.Generator) -> Picture:
    return _grey(cv2.GaussianBlur(picture, (0, 0), modules * 3))


def _shadow(picture: Picture, share: float, _: np.random.Generator) -> Picture:
    return _grey(picture * np.linspace(1, 1 - share, picture.shape[1]))


def _curve(picture: Picture, degrees: float, _: np.random.Generator) -> Picture:
    """As on a vial whose axis stands upright: what is at the sides is seen narrower."""
    height, width = picture.shape
    half = np.radians(degrees / 2)
    across = (np.arcsin(np.linspace(-1, 1, width) * np.sin(half)) / half + 1) / 2 * (width - 1)
    x, y = np.meshgrid(across.astype(np.float32), np.arange(height, dtype=np.float32))
    return _grey(cv2.remap(picture, x, y, cv2.INTER_LINEAR))


def _noise(picture: Picture, sigma: float, noise: np.random.Generator) -> Picture:
    return _grey(picture + noise.normal(0, sigma, picture.shape))


def _pale(picture: Picture, contrast: float, _: np.random.Generator) -> Picture:
    return _grey(130 + (picture / 255.0 - 0.5) * contrast)


def _tiny(picture: Picture, module: float, _: np.random.Generator) -> Picture:
    return _grey(cv2.resize(picture, None, fx=module / 3, fy=module / 3, interpolation=cv2.INTER_AREA))


def _grey(picture: object) -> Picture:
    return np.asarray(np.clip(np.asarray(picture), 0, 255), dtype=np.uint8)


HARMS: Final[dict[str, tuple[Callable[[Picture, float, np.random.Generator], Picture], tuple[float, ...]]]] = {
    "blur": (_blur, (0.4, 0.55, 0.7)),
    "tilt": (tilt, (12, 25, 40, -20)),
    "shadow": (_shadow, (0.5, 0.8)),
    "curve": (_curve, (100, 140)),
    "noise": (_noise, (30, 50, 70)),
    "pale": (_pale, (30, 45)),
    "tiny": (_tiny, (1.25, 1.5, 1.75)),
}
"""Degrees: sigma in modules, degrees of arc, share of light lost, degrees of arc, sigma and range of 255, pixels."""
