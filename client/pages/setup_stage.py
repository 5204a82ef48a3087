"""One step of the first start as it is seen: a question, fields, facts, ways, one main action; what it needs to act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from client.beginning import Beginning, Step
from client.pages.aside import Aside
from client.words import first_start as words
from client.work.answer import Said, no

NOWHERE: Final = -1.0
"""A progress nobody knows the end of is not drawn."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """Something to type or scan. `secret`: only its length is shown."""

    key: str
    label: str
    value: str
    note: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class FactRow:
    """Something that was found, with its sign and tone: ok, ask, no, or "" where it is only said."""

    key: str
    text: str
    detail: str = ""
    picture: str = "check"
    tone: str = ""


@dataclass(frozen=True, slots=True)
class WayRow:
    """Something else that can be done here."""

    key: str
    text: str
    detail: str = ""
    picture: str = "forward"


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on the page. `doing`: what is under way, `share` how much of it, between 0 and 1."""

    title: str
    hint: str
    fields: Sequence[FieldRow] = ()
    facts: Sequence[FactRow] = ()
    ways: Sequence[WayRow] = ()
    main: str = ""
    glyph: str = "forward"
    ready: bool = True
    missing: str = ""
    doing: str = ""
    share: float = NOWHERE


@dataclass(frozen=True)
class Hands:
    """What a step can do besides answering: go on, show itself again (`heard`: from another thread), work aside, answer
    a scan, open a file; `locked`: do that once it is said where the key of the store is kept."""

    go: Callable[[Step], None]
    tell: Callable[[], None]
    heard: Callable[[], None]
    aside: Aside
    say: Callable[[Said], None]
    choose_file: Callable[[str], None]
    locked: Callable[[Callable[[], None]], None]


class Stage:
    """A step. What it does not say otherwise: nothing to fill, no other way, a scan is not for it."""

    def __init__(self, on: Beginning, hands: Hands) -> None:
        self.on, self.hands = on, hands
        self.field = ""
        """The key of the field that is being typed."""

    def come(self) -> None:
        """It is shown."""

    def leave(self) -> None:
        """Another one is shown."""

    def face(self) -> Face:
        raise NotImplementedError

    def act(self) -> None:
        """The main action."""

    def choose(self, _key: str) -> None:
        """One of the ways."""

    def write(self, key: str, text: str) -> None:
        """A field as it is typed."""

    def scanned(self, _text: str) -> Said:
        """A scan that is no set-up sheet."""
        return no("sheet_not_here")

    def took(self, _text: str) -> Said:
        """A file that was chosen or dropped, and is neither a sheet nor rules."""
        return no("sheet_not_here")

    def back(self) -> Step | None:
        """The step before; None: stay, it went back inside itself."""
        return None


def fact(code: str, picture: str = "check", tone: str = "ok", **facts: object) -> FactRow:
    """A fact in the words of the first start."""
    text, detail = words.found(code, **facts)
    return FactRow(code, text, detail, picture, tone)


def way(code: str, picture: str) -> WayRow:
    """A way in the words of the first start."""
    return WayRow(code, *words.way(code), picture)
