"""A shift worked at the window: each line as scans, keys and taps of one hand, counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import Qt

from client import messages
from client.barcode.element_string import GS
from client.pages.around import Around
from client.pages.drive import Hand, settle
from client.pages.jobs.shown import Line
from client.pages.keys import Keys
from client.pages.shell import Shell
from client.pages.window import Look
from client.replay import SEPARATOR
from client.words import beside
from client.work.answer import Command, Tone
from tests.end2end.hospital import Device
from tests.pages.drawn import Drawn, Seen, seen

BEFORE = {"count": "WS!count", "look": "WS!home", "to": "", "supplier-return": "WS!supplier-return"}
"""What a person scans before that which the word is about, if anything."""
ON_PAPER = frozenset({"note none"})
"""Words with a value that stand on the sheet of command barcodes; those without one do too, or on a button."""
BESIDE = {
    "qty": "qty",
    "lot": "other_lot",
    "refuse": "refuse",
    "quarantine": "quarantine",
    "unidentified": "unidentified_many",
    "note": "note",
    "zero": "zero",
    "new-lot": "new_lot",
}
"""What stands under "More" for a word."""
NUMBERED = frozenset({"resume", "take", "open"})
"""Words that say which of a list."""
BAR = 104
"""Pixels of the bar at the foot (look 3)."""


@dataclass
class AtWindow:
    """One device's window, and a hand at it. `spoken`: words that have no place on the screen, said by a barcode."""

    device: Device
    shell: Shell
    seen: Seen
    spoken: list[str] = field(default_factory=list)
    _by_name: bool = False

    @cached_property
    def hand(self) -> Hand:
        return Hand(self.seen.window)

    def act(self, line: str) -> str:
        """One line of a shift; the code of what the window answered."""
        text, self._by_name = line.strip("\r\n").replace(SEPARATOR, GS), False
        if text.startswith("!"):
            self._say(Command.parse(text[1:]))
        else:
            self.hand.scan(text)
        self._answered(line)
        return self._code

    @property
    def _code(self) -> str:
        """What was answered. Who comes by name and PIN has proved who they are by coming."""
        return "proved" if self._by_name and self.device.desk.proved else self.device.desk.said.code

    def _answered(self, line: str) -> None:
        """What the desk said stands on the screen; at home, which says what is to do there, unless it said nothing."""
        title = messages.title(self.device.desk.said)
        shown = set(filter(None, self.seen.texts()))
        silent = self.device.desk.said.tone is Tone.IDLE and self.shell._page == "home"
        assert silent or title in shown, f"{line}: {title!r} is not on the screen, but {sorted(shown)}"

    def _say(self, word: Command) -> None:
        said = f"{word.name} {word.value}".strip()
        if not word.value or said in ON_PAPER:
            self.hand.scan(f"WS!{said}")
        elif self._typing == word.name:
            self.hand.write(_keys(word, self._page_kind))
        elif (choice := self._choice(word)) is not None:
            self._press("choice", choice)
        elif word.name == "pin":
            self._prove(word.value)
        elif word.name == "name":
            self._press("line", next(nth for nth, line in enumerate(self._lines) if line.key.startswith("nameless:")))
            self.hand.write(word.value)
        elif word.name == "fix":
            self._press_scan(int(word.value))
        elif word.name == "qty" and not self._asked:
            self.hand.write(word.value)
        elif word.name in BEFORE:
            for text in filter(None, (BEFORE[word.name], word.value)):
                self.hand.scan(text)
        elif word.name in BESIDE and self._say_beside(word):
            pass
        else:
            self.spoken.append(word.name)
            self.hand.scan(f"WS!{said}")

    # ------------------------------------------------------------ what is on the page

    @property
    def _asked(self) -> str:
        return self.shell._job._ask.code if self.shell._page == "job" else ""

    @property
    def _typing(self) -> str:
        """The word a field on the page says."""
        return self.shell._job._ask.typed.command().name if self.shell._page == "job" else ""

    @property
    def _lines(self) -> list[Line]:
        """As they stand on the page."""
        job = self.shell._job._job
        return [line for part in job.parts for line in part.lines] if job else []

    @property
    def _page_kind(self) -> str:
        return str(self.shell._job._ask.typed.property("kind"))

    def _choice(self, word: Command) -> int | None:
        """Which button says it."""
        if self.shell._page != "job":
            return None
        commands = self.shell._job._ask._choices.all_of("command")
        if word.name in NUMBERED and commands and commands[0].startswith(word.name):
            return int(word.value) - 1
        said = f"{word.name} {word.value}"
        return commands.index(said) if said in commands else None

    # ------------------------------------------------------------ what a finger does

    def _say_beside(self, word: Command) -> bool:
        """By what stands under "More", or under "Change" of one scan."""
        if self._asked not in {"more", "item"}:
            if not self._drawn("more"):
                return False
            self._press("more")
        title = beside.WORDS[BESIDE[word.name]][0]
        titles = self.shell._job._ask._choices.all_of("title")
        if title not in titles:
            return False
        self._press("choice", titles.index(title))
        self.hand.write(_keys(word, self._page_kind))
        return True

    def _press_scan(self, number: int) -> None:
        """The line of that scan, then the scan."""
        lines = self._lines
        nth = next(nth for nth, line in enumerate(lines) if number in {scan.number for scan in line.scans})
        self._press("line", nth)
        if self._asked == "how_many":  # the line that was answered last asks for its number, not for its scans
            self.hand.key(Qt.Key.Key_Escape)
            self.spoken.append("fix")
            self.hand.scan(f"WS!fix {number}")
            return
        scan = [scan.number for scan in lines[nth].scans].index(number)
        self._press("changeScan", scan)

    def _prove(self, pin: str) -> None:
        """Unasked: the person in the header, one's name, the PIN."""
        self._by_name = True
        self._press("person")
        here = self.shell._people._people.all_of("name").index(self.device.desk.person.name)
        self._press("colleague", here)
        self.hand.write(pin)

    def _press(self, name: str, nth: int = 0) -> None:
        button = self._resting(name, nth, 40)
        middle, most = button.y + button.height / 2, self.seen.window.height() - BAR
        if middle > most and name not in {"more"}:
            self.hand.roll(button.x + button.width / 2, most / 2, round(middle - most + button.height))
            button = self._resting(name, nth, 120)
        self.hand.tap(button.x + button.width / 2, button.y + button.height / 2)

    def _resting(self, name: str, nth: int, wait: int) -> Drawn:
        """Where it stands once the page is laid out and at rest: a moving list takes a finger as a wish to stop.

        `wait`: milliseconds in which nothing may have moved.
        """
        was: list[float] = []
        for _ in range(20):
            now = [one.y for one in self._drawn(name)]
            if now == was and len(now) > nth and now.count(now[nth]) == 1:
                break
            settle(wait)
            was = now
        return self._drawn(name)[nth]

    def _drawn(self, name: str) -> list[Drawn]:
        """In the order they are read."""
        return sorted((item for item in self.seen.drawn() if item.name == name), key=lambda item: item.y)


@contextmanager
def at_window(device: Device) -> Iterator[AtWindow]:
    """That device's window on a handheld, and somebody at it."""
    shell = Shell(device.desk, Around(look=Look(reduce_motion=True), practice=True))
    device.tell = shell.heard
    with seen(shell, 480, 800) as page:
        keys = Keys(page.window, "test")
        keys.scanned.connect(shell.scanned)
        page.window.requestActivate()
        yield AtWindow(device, shell, page)
        page.window.removeEventFilter(keys)


def _keys(word: Command, kind: str) -> str:
    """What a person types for it; a date begins in this century, with its year."""
    if kind != "date":
        return word.value
    month, _, year = word.value.rpartition("/")
    return f"{year[2:]}{month}"
