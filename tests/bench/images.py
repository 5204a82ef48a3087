"""The sample pictures of facts/scanning 1: what is read, what is wrong, and how long a picture takes beside others.

Aims: of the readable ones without UPC-E at least 94 % by zxing-cpp alone and 95.5 % with the second opinion, nothing
wrong that is sure, nothing on the false positives.
"""

import csv
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from client.barcode.image import View, look
from client.barcode.opencv import Picture
from client.barcode.picture import read_picture
from client.barcode.second import second_look
from client.barcode.still import codes_of

SAMPLES: Final = Path(__file__).parents[3] / "shared" / "images"

Found = list[tuple[bytes, str, bool]]
"""Of each code its bytes, its text and whether it is sure."""


@dataclass(frozen=True, slots=True)
class Sample:
    picture: Picture
    name: str
    right: frozenset[bytes]


@dataclass(slots=True)
class Score:
    read: int = 0
    sure: int = 0
    wrong: list[str] = field(default_factory=list)
    wrong_and_sure: list[str] = field(default_factory=list)
    on_nothing: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)


def _ours(picture: Picture, *, second: bool) -> Found:
    codes = codes_of(picture, second=second)
    return [(code.seen.data, code.seen.text, code.sure) for code in codes]


READERS: Final[dict[str, Callable[[Picture], Found]]] = {
    "plain zxing-cpp": lambda picture: [(one.data, one.text, False) for one in look(View(picture))],
    "plain pyzbar": lambda picture: [(one.data, one.text, False) for one in second_look(View(picture), "")],
    "ours, zxing-cpp alone": lambda picture: _ours(picture, second=False),
    "ours, with pyzbar": lambda picture: _ours(picture, second=True),
}


def line() -> str:
    """The figures, for people."""
    if not (SAMPLES / "index.csv").exists():
        return f"pictures: skipped, {SAMPLES.name} with the samples is not beside the checkout"
    samples = list(_samples())
    return "\n  ".join([_heading(samples), *(_said(name, _score(samples, READERS[name])) for name in READERS)])


def _samples() -> Iterator[Sample]:
    with (SAMPLES / "index.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["format"] != "UPCE":
                yield Sample(read_picture(SAMPLES / row["file"]), Path(row["file"]).stem, _right(row))


def _right(row: dict[str, str]) -> frozenset[bytes]:
    """What counts as read. Of an EAN with an add-on its own 13 digits do; nothing does on a false positive."""
    if row["should_read"] == "no":
        return frozenset()
    if row["kind"] == "multi":
        return frozenset(text.strip().encode() for text in row["expected_text"].split("||"))
    whole = bytes.fromhex(row["expected_hex"])
    return frozenset({whole, whole[:13]} if "extension" in row["set"] else {whole})


def _score(samples: list[Sample], reader: Callable[[Picture], Found]) -> Score:
    score = Score()
    for sample in samples:
        began = time.perf_counter()
        found = reader(sample.picture)
        score.took.append((time.perf_counter() - began) * 1000)
        _judge(score, sample, found)
    score.took.sort()
    return score


def _judge(score: Score, sample: Sample, found: Found) -> None:
    if not sample.right:
        score.on_nothing += [sample.name] if found else []
        return
    right = [one for one in found if _is_right(sample, one)]
    score.read += bool(right)
    score.sure += any(sure for *_, sure in right)
    for one in found:
        if one not in right:
            (score.wrong_and_sure if one[2] else score.wrong).append(f"{sample.name} {one[1][:24]!r}")


def _is_right(sample: Sample, one: tuple[bytes, str, bool]) -> bool:
    """By the symbol's bytes, or by its text in UTF-8, in which the expected bytes are written."""
    return bool({one[0], one[1].encode(), one[1].strip().encode()} & sample.right)


def _heading(samples: list[Sample]) -> str:
    readable = sum(bool(sample.right) for sample in samples)
    return f"pictures: {readable} readable ones without UPC-E, {len(samples) - readable} without a code"


def _said(name: str, score: Score) -> str:
    took = score.took
    return (
        f"{name}: {score.read} read, {score.sure} of them sure; wrong: {len(score.wrong)} asked,"
        f" {len(score.wrong_and_sure)} sure {score.wrong_and_sure or ''}; on none: {len(score.on_nothing)};"
        f" {took[len(took) // 2]:.1f} ms median, {took[int(len(took) * 0.95)]:.1f} ms p95"
    )


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
