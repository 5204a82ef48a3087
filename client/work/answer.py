"""What a job says back: the answer to a scan, the question it asks, the ways a person can answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Tone(StrEnum):
    """The four answers of the scan-answer language: what is on disk, what is asked, what was not added, nothing yet."""

    OK = "ok"
    ASK = "ask"
    NO = "no"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to one scan or command. `code` and `facts` become sentences in `client.messages`.

    `row` names the row it touched, as `Row.key`, so that the screen paints that one.
    """

    tone: Tone
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    row: str = ""

    def at(self, row: str) -> "Said":
        """The same answer, touching that row."""
        return replace(self, row=row)


@dataclass(frozen=True, slots=True)
class Command:
    """What a finger presses, a command barcode says, or a replay file writes after `!`: `qty 12`, `yes`, `lot X`."""

    name: str
    value: str = ""

    @classmethod
    def parse(cls, text: str) -> "Command":
        """Split `name value`; the value keeps its inner spaces."""
        name, _, value = text.strip().partition(" ")
        return cls(name.lower(), value.strip())


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer. `command` is what it says when chosen; `act` is the right it needs, empty for anyone."""

    command: Command
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    act: str = ""
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """What must be answered before anything is added. `asks_for` names a field to type: lot, serial, expiry, qty;
    `witness` is answered by another person's badge and PIN."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    asks_for: str = ""

    @property
    def key(self) -> str:
        """Its code, with what it is `about` or the product, where it is asked of each."""
        about = self.facts.get("about", self.facts.get("product_id"))
        return self.code if about is None else f"{self.code} {about}"


READY = Said(Tone.IDLE, "ready")


def ok(code: str, /, **facts: object) -> Said:
    """It is on disk."""
    return Said(Tone.OK, code, facts)


def ask(code: str, /, **facts: object) -> Said:
    """Nothing is added until a person answers."""
    return Said(Tone.ASK, code, facts)


def no(code: str, /, **facts: object) -> Said:
    """Nothing was added; the sentence says why."""
    return Said(Tone.NO, code, facts)
