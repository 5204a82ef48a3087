"""Keystrokes with times: a scan, or somebody typing. Pure; the clock and the window are the caller's.

Every key is held back until that is decided, so that no lot lands in a text field and no Enter presses a button.
"""

from dataclasses import dataclass, field
from typing import Final, Generic, Literal, TypeAlias, TypeVar

from client.barcode.keyboards import Key, Spelled, coded, speaks_for_itself, spelled
from client.barcode.scanner import Scanner

Held = TypeVar("Held")  # what the caller wants back when a key was typing: its key event
End = Literal["enter", "tab", "suffix", "silence"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a scan came: which keys, what ended it, and the longest pause between two keys, in seconds."""

    keys: tuple[Key, ...]
    end: End
    slowest: float


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan without prefix, suffix and terminator."""

    text: str
    arrival: Arrival | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Doubled:
    """The same scan again before a hand could have pulled the trigger twice: not a second scan (design 13.6)."""

    text: str
    arrival: Arrival | None = field(default=None, compare=False)


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
# So many keys somebody may have pressed in the moment before the scanner, and a pause no scanner makes.
_ROLLED, _BREATH = 3, 0.02
_HEX_DIGITS: Final = 6
# So many keys so close on each other come from a scanner. If its scans end with Enter or Tab, it may falter in the
# middle: radio, a busy computer.
_SURE, _PACE, _FALTER = 3, 0.01, 0.5


@dataclass(frozen=True, slots=True)
class _Press:
    key: Key
    at: float
    place: int  # in what is held


class Burst(Generic[Held]):
    """The keys of one window. Feed each key with its time; take what was heard. Repeats are keys like any other.

    `scanner` says the longest pause inside a scan (facts/scanning 4.2), what is sent around it, and the keyboard.
    """

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._ends = False  # its scans are known to end with Enter or Tab
        self._crossed = False  # an earlier scan proved that scanner and computer are set to different keyboards
        self._last_text, self._last_end = "", float("-inf")
        self._held: list[Held] = []
        self._presses: list[_Press] = []
        self._code: list[Key] = []
        self._last_at = self._code_at = 0.0
        self._code_place = 0
        self._total = self._slowest = 0.0

    def use(self, scanner: Scanner) -> None:
        """From now on it is known to type so; what was heard last is still remembered. Nothing may be pending."""
        self._scanner = scanner

    @property
    def pending(self) -> bool:
        return bool(self._held)

    @property
    def patience(self) -> float:
        """How long to wait after the last key before calling `silence`, in seconds."""
        return max(2 * self._scanner.gap, self._longest_pause())

    def press(self, key: Key, at: float, held: Held) -> tuple[Heard[Held], ...]:
        """One key. `held` comes back in a Typed, should it have been typing."""
        before = self._decide("silence") if self._held and abs(at - self._last_at) > self._longest_pause() else ()
        if key.text in TERMINATORS and not key.code:
            return (*before, *self._terminate(key, at, held))
        self._take(key, at, held)
        if len(self._held) > _LONGEST:
            return (*before, *self._decide("silence"))
        if self._has_suffix() and self._is_scan(self._spelled(), "suffix"):
            return (*before, *self._decide("suffix"))
        return before

    def keep(self, held: Held) -> bool:
        """Holds something that belongs behind the pending keys, such as a key's release; False when none is pending."""
        if self._held:
            self._held.append(held)
        return bool(self._held)

    def code_up(self) -> str:
        """The digits since then are one character: Alt was let go (Alt 0 2 9 is GS, facts/scanning 4.1). It is told."""
        digits = "".join(key.text for key in self._code)[-_HEX_DIGITS:]
        text = coded(digits, self._code[0].code) if digits else ""
        if text:
            self._add(Key(text), self._code_at, self._code_place)
        self._code = []
        return text

    def silence(self) -> tuple[Heard[Held], ...]:
        """No key came for `patience`, or something came that no scanner sends."""
        return self._decide("silence") if self._held else ()

    def _take(self, key: Key, at: float, held: Held) -> None:
        self._held.append(held)
        if key.code:
            if not self._code:
                self._code_at, self._code_place = at, len(self._held) - 1
            self._code.append(key)
        else:
            self.code_up()
            self._add(key, at, len(self._held) - 1)
        self._last_at = at

    def _terminate(self, key: Key, at: float, held: Held) -> tuple[Heard[Held], ...]:
        if not self._held:
            return () if at - self._last_end <= _LATE_TERMINATOR else (Typed((held,)),)
        self._held.append(held)
        heard = self._decide("tab" if key.text == "\t" else "enter")
        if not isinstance(heard[-1], Typed):
            self._last_end = at
        return heard

    def _decide(self, end: End) -> tuple[Heard[Held], ...]:
        self.code_up()
        before = self._split_off()
        meant = self._spelled()
        heard = self._scan(meant, end) if self._is_scan(meant, end) else Typed(tuple(self._held))
        self._clear()
        return (*before, heard)

    def _split_off(self) -> tuple[Typed[Held], ...]:
        """Keys of a hand just before a scan that says so itself: theirs, and the scan whole."""
        presses = self._presses
        for begin in range(1, min(_ROLLED, len(presses) - 1) + 1):
            pause = presses[begin].at - presses[begin - 1].at
            if pause >= _BREATH and self._says_so_itself(self._spelled(begin).text):
                place = presses[begin].place
                mine, rest = tuple(self._held[:place]), self._held[place:]
                self._clear()
                self._held = rest
                for press in presses[begin:]:
                    self._add(press.key, press.at, press.place - place)
                return (Typed(mine),)
        return ()

    def _clear(self) -> None:
        self._held, self._presses, self._total, self._slowest = [], [], 0.0, 0.0

    def _spelled(self, begin: int = 0) -> Spelled:
        keys = [press.key for press in self._presses[begin:]]
        scanner = self._scanner
        return spelled(keys, layout=scanner.layout, prefix=scanner.prefix, crossed=self._crossed)

    def _has_suffix(self) -> bool:
        suffix = self._scanner.suffix
        return bool(suffix) and self._spelled(-len(suffix)).text.endswith(suffix)

    def _is_scan(self, meant: Spelled, end: End) -> bool:
        text, ended = meant.text, end != "silence"
        if self._says_so_itself(text) and (not meant.crossed or len(text) >= _SHORTEST):
            return True
        if self._pace() > 0.6 * self._scanner.gap:
            return False
        if ended and len(text) >= _SHORTEST_ENDED and self._slowest <= _HASTE:
            return True
        # One character over and over, and no Enter: a key held down.
        return len(text) >= _SHORTEST and (ended or len(set(text)) > 1)

    def _says_so_itself(self, text: str) -> bool:
        """An AIM id, or the prefix the site's scanners send, and something behind it."""
        prefix = self._scanner.prefix
        content = text.removeprefix(prefix)
        if not content:
            return False
        return content != text or (content.startswith("]") and speaks_for_itself(content))

    def _add(self, key: Key, at: float, place: int) -> None:
        pause = at - self._presses[-1].at if self._presses else 0.0
        self._total, self._slowest = self._total + pause, max(self._slowest, pause)
        self._presses.append(_Press(key, at, place))

    def _pace(self) -> float:
        """The mean pause between keys; one in which the scanner faltered is left out."""
        pauses, total = len(self._presses) - 1, self._total
        if pauses > 1 and self._slowest > self._scanner.gap:
            pauses, total = pauses - 1, total - self._slowest
        return total / pauses if pauses > 0 else 0.0

    def _longest_pause(self) -> float:
        if not self._ends or len(self._presses) < _SURE or self._pace() > _PACE:
            return self._scanner.gap
        return max(self._scanner.gap, _FALTER)

    def _scan(self, meant: Spelled, end: End) -> Scan | Doubled:
        text = meant.text.removeprefix(self._scanner.prefix).removesuffix(self._scanner.suffix)
        self._crossed = self._crossed if meant.crossed is None else meant.crossed
        self._ends = end in {"enter", "tab"} or (self._ends and end == "suffix")
        doubled = text == self._last_text and self._presses[0].at - self._last_end < DOUBLE_WITHIN
        self._last_text, self._last_end = text, self._last_at
        arrival = Arrival(tuple(press.key for press in self._presses), end, self._slowest)
        return Doubled(text, arrival) if doubled else Scan(text, arrival)
