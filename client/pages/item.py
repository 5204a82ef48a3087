"""A line of a page that lists facts, choices and acts: settings, papers, people."""

from dataclasses import dataclass
from typing import Final

HEAD: Final = "head"
FACT: Final = "fact"
LINE: Final = "line"
CHOICE: Final = "choice"
ACT: Final = "act"
NOTE: Final = "note"


@dataclass(frozen=True, slots=True)
class Item:
    """`kind`: a heading, a fact, a line of a list, one of several choices (`chosen`), an act, or a note.

    `tone` of a note is ok, ask or no. `locked`: who stands here may not do it.
    """

    key: str
    kind: str
    name: str
    detail: str = ""
    glyph: str = ""
    chosen: bool = False
    locked: bool = False
    tone: str = ""


def head(name: str) -> Item:
    """Names what stands below it."""
    return Item(f"head {name}", HEAD, name)


def fact(name: str, detail: str) -> Item:
    """Something that is so."""
    return Item(f"fact {name}", FACT, name, detail)


def line(name: str, detail: str) -> Item:
    """One of a list: what it is called, and what it is."""
    return Item(f"line {name}", LINE, name, detail)


def choice(key: str, name: str, *, chosen: bool, detail: str = "", locked: bool = False) -> Item:
    """One of several ways, and whether it is the one."""
    return Item(key, CHOICE, name, detail, "check" if chosen else "", chosen, locked)


def act(key: str, name: str, glyph: str, *, detail: str = "", locked: bool = False) -> Item:
    """Something that can be done."""
    return Item(key, ACT, name, detail, glyph, locked=locked)


def note(text: str, tone: str = "") -> Item:
    """A sentence to read."""
    return Item(f"note {text}", NOTE, text, tone=tone)
