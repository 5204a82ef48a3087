"""What must hold of every page (look 8): each check says what it found, in words a person can go and look for."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication

from tests.pages.contrast import contrast
from tests.pages.drawn import Drawn

PRESSABLE = 56
SMALLEST_TEXT = 16
TEXT_CONTRAST, SHAPE_CONTRAST = 4.5, 3.0
_LEFT, _RIGHT, _CENTRE = 1, 2, 4

Box = tuple[float, float, float, float]
Page = Sequence[Drawn]


class Sheet:
    """One page as it was painted, in a window of that width and height."""

    def __init__(self, items: Page, width: int, height: int) -> None:
        self.items, self.width, self.height = items, width, height
        whole = (0, 0, width, height)
        self.seen = [_cut(_cut(box_of(item), item.clip), whole) for item in items]
        """What is in sight of each, its clips and the window taken into account."""
        self._papers = [nth for nth, item in enumerate(items) if _solid(item) and not _empty(self.seen[nth])]
        self._pictures = [nth for nth, item in enumerate(items) if item.picture and not _empty(self.seen[nth])]
        self._ends = self._families()

    def _families(self) -> list[int]:
        """Of each item the place behind its last descendant: a family stands together in the walk."""
        ends = list(range(1, len(self.items) + 1))
        for nth in reversed(range(len(self.items))):
            above = self.items[nth].above
            if above >= 0:
                ends[above] = max(ends[above], ends[nth])
        return ends

    def shown(self, nth: int) -> bool:
        """Some of it is in sight, and nothing lies over all of it."""
        seen = self.seen[nth]
        return not _empty(seen) and not any(_within(seen, self.seen[other]) for other in self._over(nth))

    def half_covered(self, nth: int) -> bool:
        """Something that was painted later lies over a part of it."""
        return any(_meet(self.seen[nth], self.seen[other]) for other in self._over(nth))

    def paper(self, nth: int) -> int:
        """What lies under the middle of it; -1: nothing."""
        at = _middle(self.seen[nth])
        return next((other for other in reversed(self._papers) if other < nth and _within(at, self.seen[other])), -1)

    def on_picture(self, nth: int) -> bool:
        """A picture lies between it and its paper."""
        between = (other for other in self._pictures if self.paper(nth) < other < nth)
        return any(_meet(self.seen[other], self.seen[nth]) for other in between)

    def holds(self, above: int, nth: int) -> bool:
        """The second is the first or lies in it."""
        return above <= nth < self._ends[above]

    def _over(self, nth: int) -> Iterator[int]:
        return (other for other in self._papers if other >= self._ends[nth])


# ------------------------------------------------------------ boxes


def box_of(item: Drawn) -> Box:
    """Left, top, right, bottom of what is painted: of a text its letters, of all else its place."""
    if not item.text or item.typed:
        return item.x, item.y, item.x + item.width, item.y + item.height
    room = item.width - item.paintedWidth
    left = item.x + (room if item.aligned & _RIGHT else room / 2 if item.aligned & _CENTRE else 0)
    return left, item.y, left + item.paintedWidth, item.y + item.paintedHeight


def _cut(one: Box, other: Sequence[float]) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _empty(box: Box) -> bool:
    return box[2] - box[0] < 1 or box[3] - box[1] < 1


def _meet(one: Box, other: Box, slack: float = 2) -> bool:
    both = _cut(one, other)
    return both[2] - both[0] > slack and both[3] - both[1] > slack


def _within(one: Box, other: Sequence[float], slack: float = 1) -> bool:
    near = one[0] >= other[0] - slack and one[1] >= other[1] - slack
    return near and one[2] <= other[2] + slack and one[3] <= other[3] + slack


def _middle(box: Box) -> Box:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return x, y, x, y


def _solid(item: Drawn) -> bool:
    """A paper: nothing below it is seen through it."""
    shape = item.text is None and not item.icon and not item.picture
    return shape and bool(item.colour) and item.opacity == 1 and _alpha(item.colour) == 255


@lru_cache(maxsize=256)
def _alpha(colour: str) -> int:
    return QColor(colour).alpha()


@lru_cache(maxsize=1024)
def _contrast(one: str, other: str) -> float:
    return contrast(QColor(one), QColor(other))


# ------------------------------------------------------------ what is looked for


def cut_texts(sheet: Sheet) -> Iterator[str]:
    """Shortened, larger than its place, outside the window or its paper, over another text or under something."""
    texts = [nth for nth, item in enumerate(sheet.items) if item.text and not item.typed and sheet.shown(nth)]
    for nth in texts:
        item = sheet.items[nth]
        if is_cut(item, sheet.width):
            yield f"cut: {item.text!r}"
        if not item.breaking and (word := _broken(item)):
            yield f"within a word: {word!r} of {item.text!r}"
        if _walled(item):
            yield f"behind an edge that does not scroll: {item.text!r}"
        if sheet.half_covered(nth):
            yield f"half covered: {item.text!r}"
        if _runs_out(sheet, nth):
            yield f"runs over the edge of its paper: {item.text!r}"
    for nth, one in enumerate(texts):
        for other in texts[nth + 1 :]:
            if _meet(sheet.seen[one], sheet.seen[other]):
                yield f"one over the other: {sheet.items[one].text!r}, {sheet.items[other].text!r}"


def is_cut(text: Drawn, window: int) -> bool:
    """Shortened, wider or higher than its place, outside the window's sides, or too small to read."""
    wide, high = text.paintedWidth > text.width + 1, text.paintedHeight > text.height + 1
    outside = not text.slid and (text.x < -1 or text.x + text.width > window + 1)
    return text.truncated or wide or high or outside or text.pixels < SMALLEST_TEXT


def _broken(text: Drawn) -> str:
    """A word that does not fit into its line; it may go on behind a stroke, or where its language divides it."""
    words = re.split("[\\s/\u00ad-]+", text.text or "")
    return next((word for word in words if _long(word, text.pixels, text.bold) > text.width + 1), "")


@lru_cache(maxsize=4096)
def _long(word: str, pixels: int, bold: bool) -> float:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    return QFontMetricsF(font).horizontalAdvance(word)


def _walled(item: Drawn) -> bool:
    return not _within(box_of(item), item.hard)


def _runs_out(sheet: Sheet, nth: int) -> bool:
    paper = sheet.paper(nth)
    return paper >= 0 and not _within(sheet.seen[nth], box_of(sheet.items[paper]))


def bad_targets(sheet: Sheet) -> Iterator[str]:
    """Too small for a glove, without a name, or one over the other."""
    pressed = [nth for nth, item in enumerate(sheet.items) if item.pressable and item.enabled and sheet.shown(nth)]
    for nth in pressed:
        item = sheet.items[nth]
        if min(item.width, item.height) < PRESSABLE:
            yield f"too small: {item.name} {item.says!r} {item.width:.0f} × {item.height:.0f}"
        if not item.says:
            yield f"nameless: {item.name} {item.kind}"
    for nth, one in enumerate(pressed):
        for other in pressed[nth + 1 :]:
            if _meet(sheet.seen[one], sheet.seen[other], slack=0.5) and not sheet.holds(one, other):
                yield f"one over the other: {sheet.items[one].says!r}, {sheet.items[other].says!r}"
    if not pressed:
        yield "nothing can be pressed"


def pale(sheet: Sheet) -> Iterator[str]:
    """A text or a drawing too close in colour to the paper it stands on; a button whose shape cannot be seen."""
    for nth, item in enumerate(sheet.items):
        if not (item.text or item.icon or item.rim) or not sheet.shown(nth) or sheet.on_picture(nth):
            continue
        under = sheet.paper(nth)
        if under < 0:
            continue
        paper = sheet.items[under]
        if item.text and (ratio := _contrast(item.colour, paper.colour)) < TEXT_CONTRAST:
            yield f"{ratio:.1f}: {item.text!r}"
        if item.icon and (ratio := _contrast(item.colour, paper.colour)) < SHAPE_CONTRAST:
            yield f"{ratio:.1f}: icon {item.glyph}"
        if item.rim and item.enabled and _shapeless(item, paper):
            yield f"no edge to be seen: {item.says!r}"
        if item.opacity < 1:
            yield f"half transparent: {item.text or item.glyph or item.says!r}"


def _shapeless(item: Drawn, paper: Drawn) -> bool:
    return max(_contrast(item.rim, paper.colour), _contrast(item.face, paper.colour)) < SHAPE_CONTRAST


def speechless(sheet: Sheet) -> Iterator[str]:
    """Neither a sentence nor a main action that says what comes next, or two filled buttons at once."""
    names = {item.name for nth, item in enumerate(sheet.items) if sheet.shown(nth)}
    if not names & {"question", "main"}:
        yield "it does not say what to do next"
    filled = [item for nth, item in enumerate(sheet.items) if item.name == "main" and sheet.shown(nth)]
    if len(filled) > 1:
        yield f"{len(filled)} main actions"


CHECKS: tuple[Callable[[Sheet], Iterator[str]], ...] = (cut_texts, bad_targets, pale, speechless)


def findings(sheet: Sheet) -> list[str]:
    """All that is wrong with it."""
    return [found for check in CHECKS for found in check(sheet)]


def ring_trouble(sheet: Sheet, nth: int) -> str:
    """What is wrong with how the item that has the keyboard shows it; empty where nothing is."""
    item = sheet.items[nth]
    if item.typed or item.kind == "QQuickFocusScope":
        return ""  # a field shows it by its cursor and its border
    rings = [at for at, one in enumerate(sheet.items) if one.name == "focusRing" and sheet.holds(nth, at)]
    if not rings:
        return "no ring"
    if not sheet.shown(nth):
        return "out of sight"
    ring = sheet.items[rings[0]]
    whole, left = box_of(ring), sheet.seen[rings[0]]
    if not _within((whole[0], 0, whole[2], 0), (left[0], 0, left[2], 0)) and not _within(
        (0, whole[1], 0, whole[3]), (0, left[1], 0, left[3])
    ):
        return "its ring is cut"  # two whole sides across from each other are enough to be seen
    inside = _within(box_of(ring), box_of(item), 0)
    paper = sheet.paper(rings[0] if inside else nth)
    return "its ring is pale" if _contrast(ring.edge, sheet.items[paper].colour) < SHAPE_CONTRAST else ""
