"""All a page shows of an open job, in words and numbers. All jobs have one shape, so that one page shows them."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from client.words import pages as words
from client.words import receive_page
from client.words.written import number
from client.work.answer import Command, Question
from client.work.beside import Word
from client.work.heard import Heard

NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `expected` is 0 where nobody said how many, or where it must not be seen. `mark` stands where else its
    ring says how far it is: `ask` where somebody must still say something of it, `no` where it was turned away. `said`:
    it is not complete and was scanned last, as so many of that unit; another number is said of it."""

    key: str
    name: str
    code: str
    unit: str
    detail: str
    second: str
    expected: Decimal
    done: Decimal
    scans: tuple[Heard, ...] = ()
    place: str = ""
    badge: str = ""
    badge_glyph: str = ""
    badge_tone: str = ""
    mark: str = ""
    said: tuple[Decimal, str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one heading."""

    head: str
    detail: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of the strip above the list: from, to, why. `open`: it comes next."""

    label: str
    text: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be pressed instead of scanning."""

    command: Command
    title: str
    below: str
    glyph: str = "shelf"


@dataclass(frozen=True, slots=True)
class Shown:
    """All a page shows of an open job; `job` names its title, `key` tells one job from the next. `progress` is how many
    of how many places are done, `blind` that nobody is shown what should be there."""

    job: str
    key: str
    whose: str
    note: str
    parts: tuple[Part, ...]
    question: Question | None
    next: tuple[str, str]
    action: str
    can_act: bool
    can_undo: bool
    finished: bool
    cells: tuple[Cell, ...] = ()
    offers: tuple[Offer, ...] = ()
    steps: int = 0
    beside: tuple[Word, ...] = ()
    progress: tuple[int, int] = (0, 0)
    blind: bool = False


def with_excess(line: Line) -> Line:
    """The line, with its badge where more is on it than was wanted."""
    if not line.expected or line.done <= line.expected:
        return line
    many = receive_page.too_many(line.done - line.expected, line.unit)
    return replace(line, badge=many, badge_glyph="warning", badge_tone="ask")


def action_of(
    action: str, *, finished: bool, question: Question | None, begun: bool, first: str = "scan_something"
) -> str:
    """The words on the main action: what it does, or what is missing before it can: `first` where nothing is there."""
    if finished:
        return words.ACTIONS["done"]
    if question or not begun:
        return receive_page.action("answer_first" if question else first)
    return words.ACTIONS[action]


def next_of(code: str, **facts: object) -> tuple[str, str]:
    title, hint = words.NEXT[code]
    told = {name: number(fact) if isinstance(fact, Decimal) else fact for name, fact in facts.items()}
    return title.format_map(told), hint.format_map(told)


def finished_of(job: str, references: tuple[str, ...], steps: int = 0) -> tuple[str, str]:
    title = words.finished(job)
    return title, receive_page.finished(references, steps)[1]
