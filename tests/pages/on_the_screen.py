"""Where on the screen each word and each question of the jobs has its place: nothing can be said by barcode alone.

`python -m tests.pages.on_the_screen > docs/screen.md` writes the table from the machines; a test holds it.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from client.work.jobs import JOBS
from client.work.lookup.looking import WORDS as LOOKING
from client.work.shared_words import SHARED

TOP: Final = Path(__file__).parents[2] / "client"
AT_THE_DESK: Final = ("home", "drafts", "resume", "open", "todo", "cards", "settle", "withdraw", "release", "teach",
                      "pin", "stands", "photo", "yes", "no", "use-label", "use-known")  # fmt: skip
"""Words the desk answers itself, or any question."""

PRESSED: Final[Mapping[str, tuple[str, str, str]]] = {
    "confirm": ("the main action", "pages/job.py", 'Command("home" if self._is_finished() else "confirm")'),
    "undo": ("Undo; of one scan on its line", "pages/job.py", 'self._say(Command("undo"))'),
    "fix": ("Change, beside a scan of a line", "pages/job.py", 'Command("fix", number_)'),
    "qty": ("the keypad of a line", "pages/job.py", 'Field("qty", "number"'),
    "take": ("the list of what to count", "pages/jobs/counting.py", 'Command("take", str(nth))'),
    "empty": ("Nothing lies here", "pages/jobs/counting.py", 'Command("empty")'),
    "receive": ("Receive: without papers", "pages/agenda.py", '_RECEIVING: Final = ("receive",)'),
    "move": ("Move: without papers", "pages/agenda.py", '"move"'),
    "use": ("Move: without papers", "pages/agenda.py", '"use"'),
    "waste": ("Move: without papers", "pages/agenda.py", '"waste"'),
    "return": ("Move: without papers", "pages/agenda.py", '"return"'),
    "take-now": ("Move: without papers", "pages/agenda.py", '"take-now"'),
    "arrive": ("Move: without papers", "pages/agenda.py", '"arrive"'),
    "supplier-return": ("Move: without papers", "pages/agenda.py", '"supplier-return"'),
    "relabel": ("Move: without papers", "pages/agenda.py", '"relabel"'),
    "count": ("the tile Count", "pages/shell.py", '_SAID: Final = frozenset({"home", "count"})'),
    "look": ("Look up: typed, scanned, or a row", "pages/look.py", 'Command("look", self._text.strip())'),
    "search": ("Look up: each letter", "pages/look.py", "self._search(wanted, _MOST)"),
    "hold": ("Look up: a lot", "pages/looked.py", 'Command("hold", reason)'),
    "lift": ("Look up: a lot on hold", "pages/looked.py", 'Command("lift"'),
    "recall": ("Look up: a lot", "pages/looked.py", 'Command("recall")'),
    "recalls": ("Look up, before anything is looked for", "pages/looked.py", 'say="recalls"'),
    "recall-end": ("Look up: a search", "pages/looked.py", 'Command("recall-end")'),
    "home": ("the back button, Home on the rail", "pages/shell.py", '_SAID: Final = frozenset({"home", "count"})'),
    "drafts": ("Home: begun here", "pages/agenda.py", 'key=f"draft:{one.uuid}"'),
    "open": ("the rows of the day", "pages/agenda.py", 'key=f"picking:{picking.id}"'),
    "todo": ("Move: to do", "pages/agenda.py", 'key=f"picking:{one.picking.id}"'),
    "cards": ("Outbox: refused", "pages/shell.py", 'Command("cards", reference)'),
    "settle": ("Outbox: the ways of a card", "qml/parts/TransactionDetail.qml", "root.entry.settle(command)"),
    "withdraw": ("Outbox: a transaction", "qml/parts/TransactionDetail.qml", "root.entry.settle(command)"),
    "release": ("Outbox: a transaction that waits", "qml/parts/TransactionDetail.qml", "root.entry.settle(command)"),
    "teach": ("below the answer that nobody knows the code", "pages/teach.py", 'Command("teach"'),
    "unidentified": ("below the answer that nobody knows the code", "pages/teach.py", 'Command("unidentified")'),
    "pin": ("the keypad after a badge or a name", "pages/ask.py", 'Field("pin", "pin"'),
    "stands": ("beside a question for a second person", "pages/beside.py", 'f"stands {name}"'),
}
"""Words with a place of their own: what it is called, the file it stands in, and the text that says the word there."""


@dataclass(frozen=True)
class Place:
    """Where a word is said on the screen."""

    word: str
    how: str


@dataclass(frozen=True)
class Asked:
    """One question as the code asks it: the field it names, and whether it offers ways."""

    where: str
    code: str
    asks_for: str
    ways: bool


def words() -> list[str]:
    """All words of all machines, of looking up, and of the desk."""
    own = {word for machine in JOBS.values() for word in (*machine.words, *machine.commands)}
    return sorted(own | set(SHARED) | set(LOOKING) | set(AT_THE_DESK))


def places() -> list[Place]:
    """Each word with all its places; none: it can be said by barcode alone."""
    beside, chosen, asked = set(_beside()), set(_chosen()), {one.asks_for for one in questions()}
    return [Place(word, "; ".join(_of(word, beside, chosen, asked))) for word in words()]


def _of(word: str, beside: set[str], chosen: set[str], asked: set[str]) -> Iterator[str]:
    if word in PRESSED:
        yield PRESSED[word][0]
    if word in beside:
        yield "More"
    if word in chosen:
        yield "an answer to a question"
    if word in asked:
        yield "the field of a question"


def questions() -> list[Asked]:
    """All questions the jobs ask, from their code."""
    return [_asked(file, call) for file, call in _calls() if _name(call) == "Question"]


def table() -> str:
    """The page."""
    lines = [
        "# Every word of the jobs, and where it is on the screen",
        "",
        "Written by `python -m tests.pages.on_the_screen`. A scan does all of it too; this is for fingers and keys.",
        "*More* is the button beside the main action of a job.",
        "",
        "| word | on the screen |",
        "|---|---|",
        *(f"| `{one.word}` | {one.how} |" for one in places()),
    ]
    return "\n".join(lines) + "\n"


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((TOP / "work").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield str(path.relative_to(TOP)), node


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _commands(call: ast.Call) -> Iterator[str]:
    for argument in call.args:
        if (
            isinstance(argument, ast.Call)
            and _name(argument) == "Command"
            and isinstance(argument.args[0], ast.Constant)
        ):
            yield str(argument.args[0].value)
        elif isinstance(argument, ast.Name):
            yield _NAMED.get(argument.id, "")


_NAMED: Final = {"_WAIVE": "waive"}


def _beside() -> Iterator[str]:
    for file, call in _calls():
        if file == "work/beside.py" and _name(call) in {"Word", "_for"}:
            yield from _commands(call)


def _chosen() -> Iterator[str]:
    """Words of choices: `Choice(Command("x", …), …)`, `case.choice("code", "x …")`, and those named in a table."""
    for _, call in _calls():
        if _name(call) == "Choice":
            yield from _commands(call)
        elif _name(call) == "choice" and len(call.args) > 1:
            said = call.args[1]
            first = said.values[0] if isinstance(said, ast.JoinedStr) else said
            yield str(first.value).split()[0] if isinstance(first, ast.Constant) else ""
    yield from _TABLED


_TABLED: Final = ("same-goods", "difference", "really-more", "reading")
"""`receiving/booked.py` and `rules.separator_doubt` make these from lists."""


def _asked(file: str, call: ast.Call) -> Asked:
    field = next((word.value for word in call.keywords if word.arg == "asks_for"), None)
    named = field.value if isinstance(field, ast.Constant) else getattr(field, "id", "").lower()
    ways = len(call.args) > 2 or any(word.arg == "choices" for word in call.keywords)
    code = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else "…"
    if len(call.args) > 3:
        fourth = call.args[3]
        named = fourth.value if isinstance(fourth, ast.Constant) else ""
    return Asked(file, str(code), str(named or ""), ways)


if __name__ == "__main__":
    sys.stdout.write(table())
