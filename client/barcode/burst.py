"""Keystrokes with times: a scan, or somebody typing. Pure; the clock and the window are the caller's.

Every key is held back until that is decided, so that no lot lands in a text field and no Enter presses a button.
"""

from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar

from client.barcode.aim import split_aim

Held = TypeVar("Held")  # what the caller wants back when a key was typing: its key event


@dataclass(frozen=True, slots=True)
class WedgeRules:
    """How a keyboard scanner types. Times in seconds, from facts/scanning 4.2.

    `gap` is the longest pause inside one scan; scanners of one site are set from 0.02 to 0.12. `prefix` and `suffix`
    are what the scanner was told to add, removed from the scan.
    """

    gap: float = 0.05
    prefix: str = ""
    suffix: str = ""

    @property
    def mean_gap(self) -> float:
        return 0.6 * self.gap

    @property
    def silence(self) -> float:
        """How long to wait after a key before calling `Burst.silence`."""
        return 2 * self.gap


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan without prefix, suffix and terminator."""

    text: str


@dataclass(frozen=True, slots=True)
class Doubled:
    """The same scan again before a hand could have pulled the trigger twice: not a second scan (design 13.6)."""

    text: str


@dataclass(frozen=True, slots=True)
class Typed(Generic[Held]):
    """Somebody was typing: what was held back, in order, to be given to the window now."""

    held: tuple[Held, ...]


Heard: TypeAlias = Scan | Doubled | Typed[Held]

TERMINATORS: Final = ("\r", "\n", "\t")
DOUBLE_WITHIN: Final = 0.1  # seconds from the end of one scan to the beginning of the next (design 13.6)

_SHORTEST: Final = 6
# A short code such as a bin's, when an Enter or Tab ends it and no pause was longer than this: nobody types so fast.
_SHORTEST_ENDED, _HASTE = 3, 0.02
# A scanner that pauses before its Enter, or sends CR and LF: neither may press a button.
_LATE_TERMINATOR: Final = 0.25
# Something lying on the keyboard must not fill the memory.
_LONGEST: Final = 16_384


class Burst(Generic[Held]):
    """The keys of one window. Feed each key with its time; take what was heard. Repeats are keys like any other."""

    def __init__(self, rules: WedgeRules) -> None:
        self._rules = rules
        self._last_text, self._last_end = "", float("-inf")
        self._held: list[Held] = []
        self._text = self._alt_digits = ""
        self._keys = 0
        self._first_at = self._last_at = self._slowest = 0.0

    @property
    def pending(self) -> bool:
        return bool(self._held)

    def press(self, text: str, at: float, held: Held, *, alt: bool = False) -> tuple[Heard[Held], ...]:
        """One key. `held` comes back in a Typed, should it have been typing; `alt` marks digits typed as Alt codes."""
        before = self._decide(ended=False) if self._held and abs(at - self._last_at) > self._rules.gap else ()
        if text in TERMINATORS and not alt:
            return (*before, *self._terminate(at, held))
        self._take(text, at, held, alt=alt)
        if len(self._text) > _LONGEST:
            return (*before, *self._decide(ended=False))
        if self._rules.suffix and self._text.endswith(self._rules.suffix) and self._is_scan(ended=True):
            return (*before, *self._decide(ended=True))
        return before

    def keep(self, held: Held) -> bool:
        """Holds something that belongs behind the pending keys, such as a key's release; False when none is pending."""
        if self._held:
            self._held.append(held)
        return bool(self._held)

    def alt_up(self) -> None:
        """The Alt key was let go: the digits since then are one character (Alt 0 2 9 is GS, facts/scanning 4.1)."""
        if self._alt_digits:
            self._text += bytes([int(self._alt_digits[-4:]) % 256]).decode("cp1252", errors="replace")
            self._alt_digits = ""

    def silence(self) -> tuple[Heard[Held], ...]:
        """No key came for `WedgeRules.silence`, or something came that no scanner sends."""
        return self._decide(ended=False) if self._held else ()

    def _clear(self) -> None:
        self._held, self._text, self._alt_digits = [], "", ""
        self._keys, self._slowest = 0, 0.0

    def _take(self, text: str, at: float, held: Held, *, alt: bool) -> None:
        if self._keys:
            self._slowest = max(self._slowest, at - self._last_at)
        else:
            self._first_at = at
        self._keys, self._last_at = self._keys + 1, at
        self._held.append(held)
        if alt:
            self._alt_digits += text
        else:
            self.alt_up()
            self._text += text

    def _terminate(self, at: float, held: Held) -> tuple[Heard[Held], ...]:
        if not self._held:
            return () if at - self._last_end <= _LATE_TERMINATOR else (Typed((held,)),)
        self._held.append(held)
        heard = self._decide(ended=True)
        if not isinstance(heard[0], Typed):
            self._last_end = at
        return heard

    def _decide(self, *, ended: bool) -> tuple[Heard[Held], ...]:
        self.alt_up()
        heard = self._scan() if self._is_scan(ended=ended) else Typed(tuple(self._held))
        self._clear()
        return (heard,)

    def _is_scan(self, *, ended: bool) -> bool:
        if self._says_so_itself():
            return True
        if self._keys > 1 and (self._last_at - self._first_at) / (self._keys - 1) > self._rules.mean_gap:
            return False
        if ended and len(self._text) >= _SHORTEST_ENDED and self._slowest <= _HASTE:
            return True
        # One character over and over, and no Enter: a key held down.
        return len(self._text) >= _SHORTEST and (ended or len(set(self._text)) > 1)

    def _says_so_itself(self) -> bool:
        """An AIM id, or the prefix the site's scanners send, and something behind it."""
        prefix = self._rules.prefix
        symbology, content = split_aim(self._text.removeprefix(prefix))
        return bool(symbology and content) or (bool(prefix) and self._text.startswith(prefix) and self._text != prefix)

    def _scan(self) -> Scan | Doubled:
        text = self._text.removeprefix(self._rules.prefix).removesuffix(self._rules.suffix)
        doubled = text == self._last_text and self._first_at - self._last_end < DOUBLE_WITHIN
        self._last_text, self._last_end = text, self._last_at
        return Doubled(text) if doubled else Scan(text)
