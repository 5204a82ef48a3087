"""A frame of the camera, 1280 x 720: the aim frame beside the whole (aim: ≤ 15 ms median, or ≤ 0.4 of the whole)."""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from typing import Final

from client.barcode.frames import hint, in_aim, whole_frame
from client.barcode.opencv import Picture, cv2, np
from tests.barcode.drawn import FORMATS, symbol

ROUNDS: Final = 5


def line() -> str:
    """The figures, for people."""
    with_code = [_frame(kind, seed) for kind in FORMATS for seed in range(3)]
    without = [_frame("", seed) for seed in range(8)]
    in_vain = _median(in_aim, without), _median(whole_frame, without)
    aim, whole = _median(in_aim, with_code), _median(whole_frame, with_code)
    read = sum(bool(in_aim(frame)) for frame in with_code), sum(bool(whole_frame(frame)) for frame in with_code)
    return (
        f"frames of 1280 x 720, {len(with_code)} with a code and clutter: aim frame {aim:.1f} ms, whole {whole:.1f} ms"
        f" ({aim / whole:.2f}), read {read[0]} and {read[1]}; without a code {in_vain[0]:.1f} and {in_vain[1]:.1f} ms;"
        f" hint {_median(hint, without):.1f} ms"
    )


def _frame(kind: str, seed: int) -> Picture:
    """Boxes, print and grain of a ward's table, and one symbol in the middle."""
    chance, grain = random.Random(seed), np.random.default_rng(seed)
    frame = np.full((720, 1280), 150, np.uint8)
    for _ in range(60):
        corner = chance.randrange(1280), chance.randrange(720)
        size = chance.randrange(20, 300), chance.randrange(5, 160)
        other = corner[0] + size[0], corner[1] + size[1]
        cv2.rectangle(frame, corner, other, chance.randrange(30, 240), chance.choice((-1, 2, 4)))
        cv2.putText(frame, f"LOT {chance.randrange(10**6)}", corner, cv2.FONT_HERSHEY_SIMPLEX, 0.6, 20, 1)
    if kind:
        drawn = symbol(kind, chance, module=2).picture
        top, left = (720 - drawn.shape[0]) // 2, (1280 - drawn.shape[1]) // 2
        frame[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    soft = cv2.GaussianBlur(frame, (0, 0), 0.7) + grain.normal(0, 5, frame.shape)
    return np.asarray(np.clip(soft, 0, 255), dtype=np.uint8)


def _median(act: Callable[[Picture], object], frames: Iterable[Picture]) -> float:
    took = []
    for frame in list(frames) * ROUNDS:
        began = time.perf_counter()
        act(frame)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
