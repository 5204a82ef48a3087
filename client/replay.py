"""A file of scans through the real jobs: for training, for support, for tests. The words stand in docs/replay.md."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from client import messages, troubles
from client.barcode.label import RawScan
from client.barcode.read import COMMAND_PREFIX
from client.work.answer import Command, Said, Tone, no
from client.work.desk import Desk
from client.work.job import Job
from sync.errors import WardstockError

SEPARATOR = "<GS>"
"""How a file writes the character 0x1D that a scanner sends between variable elements."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file that is not empty and not a comment. `text` is what is scanned, or the command's words."""

    number: int
    text: str
    is_command: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What one line was answered, in the words of the screen; `question` and `choices` where one is open now."""

    line: int
    text: str
    tone: str
    code: str
    title: str
    detail: str
    question: str
    choices: tuple[str, ...]


def lines(text: str) -> Iterator[Line]:
    """The lines of a replay file: `#` comments, `!` commands, anything else one scan."""
    # str.splitlines would also split at a real 0x1D.
    for number, raw in enumerate(text.split("\n"), start=1):
        stripped = raw.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if stripped.startswith("!"):
            yield Line(number, stripped[1:], is_command=True)
        else:
            yield Line(number, raw.strip("\r\n").replace(SEPARATOR, "\x1d"), is_command=False)


def replay(desk: Desk, wanted: Iterable[Line], label: Callable[[Job], str] = lambda _: "") -> Iterator[Answered]:
    """Drive the desk with each line and tell what it said. Stops nowhere: a refusal is an answer too.

    `label` writes the labels of lots a finished job made, and says where they lie (ward 14, 29).
    """
    for line in wanted:
        said = play(desk, line)
        if said.tone is Tone.OK and desk.job and desk.job.finished and (labels := label(desk.job)):
            said = replace(said, facts={**said.facts, "labels": labels})
        yield _answered(desk, line, said)


def play(desk: Desk, line: Line) -> Said:
    """One line, as a scanner or a finger would give it."""
    try:
        if line.is_command:
            return desk.command(Command.parse(line.text))
        scanned_at = desk.clock.now()
        return desk.scan(RawScan.received(line.text, source="replay", device="replay", scanned_at=scanned_at))
    except WardstockError as error:
        # A full disk, a draft finished elsewhere: an answer too, and the rest of the file is still read.
        return no("trouble", trouble=troubles.trouble(error.code, error.facts))


def _answered(desk: Desk, line: Line, said: Said) -> Answered:
    asked = desk.question()
    return Answered(
        line=line.number,
        text=("!" if line.is_command else "") + _shown(line, said),
        tone=said.tone,
        code=said.code,
        title=messages.title(said),
        detail=messages.detail(said),
        question=messages.question(asked) if asked else "",
        choices=tuple(_way(choice.command) for choice in asked.choices) if asked else (),
    )


def _shown(line: Line, said: Said) -> str:
    """The line as it may be printed: no patient, no PIN."""
    if said.code == "patient_label":
        return ""
    is_pin = line.is_command and line.text.split()[:1] == ["pin"]
    return "pin" if is_pin or line.text.strip().startswith(f"{COMMAND_PREFIX}pin") else line.text


def _way(command: Command) -> str:
    return f"!{command.name} {command.value}".strip()
