"""What several looks at one picture add up to: which codes stand, and which of them is sure (facts/scanning 0).

A check digit proves little: every misread of facts/scanning 1.1 passed it. So looks vote, and of two different codes
in one place at most one stands unasked.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import hypot
from typing import Final

from client.barcode.image import FIRST, Point, Seen

_ENOUGH: Final = 2
_PATIENCE: Final = 8
_SHORTEST_ITF: Final = 6
_CORNERS: Final = 4
_SLACK: Final = 0.12  # of a linear code's length: its box may be one line thin


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a picture. `sure` is false where a person has to be asked before anything is booked by it."""

    seen: Seen
    sure: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """What several looks saw alike."""

    first: Seen
    votes: int
    in_first_step: bool


def settled(looks: Sequence[Iterable[Seen]]) -> bool:
    """Whether another look is not worth its time: strong codes, and linear ones that two looks agree on, or that
    nothing spoke against for eight looks.
    """
    standing = _standing(_groups(chain.from_iterable(looks)))
    if not standing or any(_contested(one, standing) for one in standing if not one.first.strong):
        return False
    begun = next(number for number, look in enumerate(looks) if look)
    patient = len(looks) - begun > _PATIENCE
    return all(one.first.strong or patient or one.votes >= _ENOUGH for one in standing)


def outcome(sightings: Iterable[Seen], known: Callable[[str], bool]) -> list[Code]:
    """The codes that stand, in the order they were seen. `known` says whether the catalogue has a text."""
    standing = _standing(_groups(sightings))
    return [Code(one.first, _sure(one, standing, known)) for one in standing]


def _groups(sightings: Iterable[Seen]) -> list[_Group]:
    alike: dict[bytes, list[Seen]] = {}
    for seen in (one for one in sightings if not noise(one)):
        alike.setdefault(seen.data, []).append(seen)
    return [_Group(group[0], len({seen.step for seen in group}), group[0].step == FIRST) for group in alike.values()]


def _standing(groups: list[_Group]) -> list[_Group]:
    return [one for one in groups if not any(_beats(other, one) for other in groups)]


def _beats(other: _Group, one: _Group) -> bool:
    if other is one or one.first.strong or part_of(other.first, one.first):
        return False
    if not in_one_place(other.first, one.first):
        return False
    return other.first.strong or part_of(one.first, other.first) or other.votes >= _ENOUGH * one.votes


def part_of(one: Seen, other: Seen) -> bool:
    """Whether one ITF is a piece of the other: nothing in a line across it aslant tells where it began."""
    return one.format == other.format == "ITF" and one.text != other.text and one.text in other.text


def noise(one: Seen) -> bool:
    """Too short an ITF for a retry: bars of whatever else, turned and sharpened, give one (docs/decisions/016)."""
    return one.format == "ITF" and len(one.text) < _SHORTEST_ITF and one.step != FIRST


def _contested(one: _Group, standing: list[_Group]) -> bool:
    return any(other is not one and in_one_place(other.first, one.first) for other in standing)


def _sure(one: _Group, standing: list[_Group], known: Callable[[str], bool]) -> bool:
    if _contested(one, standing) or one.first.decoder == "pyzbar":
        return False
    return one.first.strong or (one.in_first_step and known(one.first.text))


def in_one_place(one: Seen, other: Seen) -> bool:
    """Whether one of the two lies in or across the other: printed apart, no two codes do."""
    if not (one.corners and other.corners):
        return True
    return _mostly_in(one.corners, other.corners) or _mostly_in(other.corners, one.corners)


def _mostly_in(one: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    """Whether most of `one`'s middle line lies within `other`, by whose own axes the distance is measured."""
    (x0, y0), (x1, y1) = _middle_line(one)
    along = [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in (0.2, 0.35, 0.5, 0.65, 0.8)]
    return sum(_within(point, other) for point in along) >= (len(along) + 1) // 2


def _within(point: Point, corners: tuple[Point, ...]) -> bool:
    (x0, y0), (x1, y1) = _middle_line(corners)
    length = max(hypot(x1 - x0, y1 - y0), 1.0)
    unit = ((x1 - x0) / length, (y1 - y0) / length)
    dx, dy = point[0] - x0, point[1] - y0
    forward, aside = dx * unit[0] + dy * unit[1], abs(dy * unit[0] - dx * unit[1])
    height = max(abs((y - y0) * unit[0] - (x - x0) * unit[1]) for x, y in corners)
    return 0.0 <= forward <= length and aside <= max(height, _SLACK * length)


def _middle_line(corners: tuple[Point, ...]) -> tuple[Point, Point]:
    """From the middle of the left side to the middle of the right one."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners if len(corners) == _CORNERS else _box(corners)
    return ((ax + dx) / 2, (ay + dy) / 2), ((bx + cx) / 2, (by + cy) / 2)


def _box(corners: tuple[Point, ...]) -> tuple[Point, Point, Point, Point]:
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    return (left, top), (right, top), (right, bottom), (left, bottom)
