"""The scanner test: six known symbols, what arrived for each, and what that says of the scanner. Pure.

Symbols are chosen so that each fault shows: letters and signs that lie elsewhere on other keyboards, both cases, digits
that repeat, a separator in a linear and in a 2D symbol, and one long enough to be slow.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from client.barcode.burst import Arrival
from client.barcode.element_string import GS
from client.barcode.framing import Frame, text_of
from client.barcode.keyboards import Key, on, typed, types, undone
from client.barcode.layouts import LAYOUTS
from client.barcode.scanner import Scanner

Symbology = Literal["code128", "ean13", "gs1_128", "gs1_datamatrix", "datamatrix", "qr"]


@dataclass(frozen=True, slots=True)
class Trial:
    """One symbol. `printed` is bracketed where it is GS1; `sent` is what a good scanner sends behind the AIM id."""

    name: str
    symbology: Symbology
    printed: str
    sent: str


TRIALS: Final = (
    Trial("letters", "code128", "WS1-aqwzyAZY/M", "WS1-aqwzyAZY/M"),
    Trial("digits", "ean13", "2000000000008", "2000000000008"),
    Trial("separator_linear", "gs1_128", "(10)WS3-a(21)B7", f"10WS3-a{GS}21B7"),
    Trial(
        "separator_2d", "gs1_datamatrix", "(01)09506000134352(17)270630(10)WS4-aZ(21)y/5_9",
        f"01095060001343521727063010WS4-aZ{GS}21y/5_9",
    ),
    Trial("signs", "datamatrix", "WS5 !\"%&'()*+,-./:;<=>?_ aA", "WS5 !\"%&'()*+,-./:;<=>?_ aA"),
    Trial("long", "qr", "WS6-" + "ABCDEFGHIJ0123456789" * 6, "WS6-" + "ABCDEFGHIJ0123456789" * 6),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """One scan as it came: its keys with all that stood around it, the longest pause between two, in seconds."""

    keys: tuple[Key, ...]
    ended: bool
    slowest: float
    at: float
    doubled: bool = False

    @classmethod
    def typed(cls, arrival: Arrival, at: float, *, doubled: bool) -> "Received":
        """From a keyboard scanner."""
        return cls(arrival.keys, arrival.end in {"enter", "tab"}, arrival.slowest, at, doubled)

    @classmethod
    def framed(cls, frame: Frame, at: float) -> "Received":
        """From a port or a terminal."""
        text = text_of(frame.data)
        keys = tuple(Key(character) for character in text.removesuffix("\t"))
        return cls(keys, frame.ended or text.endswith("\t"), frame.slowest, at, frame.kind == "doubled")


@dataclass(frozen=True, slots=True)
class Match:
    """A symbol recognised in what came. `layouts`: through which the computer may have typed it, "" as printed.

    `country` is the keyboard the scanner is set to, where that alone explains it. `separator` is None without one.
    """

    trial: str
    layouts: frozenset[str]
    country: str = ""
    swapped: bool = False
    prefix: str = ""
    symbology: str = ""
    separator: str | None = None
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend. The sentences for `code` stand in client/words/scanner.py."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to mend, and what is known of the scanner from now on."""

    scanner: Scanner
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A test under way: what came for each symbol. One that the scanner cannot read may be left out."""

    matches: Mapping[str, Match] = field(default_factory=dict)
    received: tuple[Received, ...] = ()
    garbled: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    doubles: int = 0
    last: str = ""

    @property
    def current(self) -> Trial | None:
        """The symbol to scan next, None at the end."""
        settled = {*self.matches, *self.garbled, *self.left_out}
        return next((trial for trial in TRIALS if trial.name not in settled), None)

    def take(self, received: Received) -> "Course":
        """A scan came: of the symbol asked for or, on paper, of another. What nothing explains counts for the asked."""
        match = _recognised(received, self.current)
        name = match.trial if match else self.current.name if self.current else ""
        if self._is_again(received, name):
            return replace(self, doubles=self.doubles + 1, received=(*self.received, received))
        if match is None:
            return replace(self, garbled=self.garbled | ({name} - {""}), received=(*self.received, received), last=name)
        matches, garbled = {**self.matches, match.trial: match}, self.garbled - {match.trial}
        left_out = self.left_out - {match.trial}
        return replace(
            self, matches=matches, garbled=garbled, left_out=left_out, received=(*self.received, received), last=name
        )

    def leave_out(self) -> "Course":
        """The scanner cannot read this kind of symbol."""
        return replace(self, left_out=self.left_out | {self.current.name}) if self.current else self

    def _is_again(self, received: Received, name: str) -> bool:
        if received.doubled:
            return True
        return bool(self.received) and name == self.last and received.at - self.received[-1].at < _HAND


def judge(course: Course, scanner: Scanner, now: datetime) -> Verdict:
    """What is wrong, the gravest first; `scanner` with what was found out. Nothing read says nothing."""
    matches = tuple(course.matches.values())
    if not matches:
        return Verdict(scanner, (Fault("nothing_understood"),) if course.received else ())
    slowest = max(received.slowest for received in course.received)
    separator = _separator(matches, scanner.separator)
    found = replace(
        scanner,
        layout=_layout(matches),
        # Letters and digits are no separator to put back: they would tear product numbers and lots in two.
        separator="" if separator.isalnum() else separator,
        prefix=_common([match.prefix for match in matches]),
        suffix=_common([match.suffix for match in matches]),
        gap=_gap(slowest),
        sends_symbology=any(match.symbology for match in matches),
        doubles=course.doubles > 0,
        tested_at=now,
    )
    return Verdict(found, tuple(_faults(course, found, separator, slowest)))


def _separator(matches: Sequence[Match], known: str) -> str:
    """What came for it, the worst there was; what was known where no symbol with one was read."""
    came = sorted((match.separator for match in matches if match.separator is not None), key=len)
    return next((one for one in came if one != GS), GS) if came else known


_HAND: Final = 1.0  # seconds: nobody aims, pulls the trigger, lets go and pulls again sooner
_SLOW: Final = 0.05  # the longest pause inside a scan that an untested scanner is allowed (facts/scanning 4.2)
_SLOWEST_HEARD: Final = 0.12


def _faults(course: Course, found: Scanner, separator: str, slowest: float) -> Iterator[Fault]:
    matches = tuple(course.matches.values())
    countries = {match.country for match in matches} - {""}
    if countries:
        yield Fault("scanner_layout", {"layout": min(countries)})
    elif found.layout:
        yield Fault("layout", {"layout": found.layout})
    if any(match.swapped for match in matches):
        yield Fault("caps_lock")
    if not separator:
        yield Fault("separator_lost")
    elif found.loses_separators:
        yield Fault("separator_like_data", {"by": separator})
    elif separator != GS:
        yield Fault("separator_replaced", {"by": separator})
    if course.garbled:
        yield Fault("garbled", {"symbols": ", ".join(sorted(course.garbled))})
    if not any(received.ended for received in course.received):
        yield Fault("no_terminator")
    if not found.sends_symbology:
        yield Fault("no_symbology")
    if found.doubles:
        yield Fault("doubled")
    if slowest > _SLOW:
        yield Fault("too_slow", {"milliseconds": str(round(slowest * 1000))})


def _gap(slowest: float) -> float:
    """Half as long again as the longest pause seen, as far as people at the keyboard can bear it."""
    return _SLOW if slowest <= _SLOW else round(min(1.5 * slowest, _SLOWEST_HEARD), 3)


def _common(around: Sequence[str]) -> str:
    """What every symbol had around it; what only some had is not the scanner's."""
    return around[0] if len(set(around)) == 1 else ""


def _layout(matches: Sequence[Match]) -> str:
    """The layout that explains all; digits alone come through many keyboards as they are."""
    shared = frozenset.intersection(*(match.layouts for match in matches))
    if shared:
        return "" if "" in shared else min(shared, key=_rank)
    # Not one for all: people changed it meanwhile, or one symbol came by chance.
    return min(frozenset.union(*(match.layouts for match in matches)) - {""}, key=_rank, default="")


def _rank(layout: str) -> int:
    return list(LAYOUTS).index(layout) if layout in LAYOUTS else len(LAYOUTS)


OTHER: Final = "other"
"""A layout that Wardstock does not know by name, but whose keys were told."""


def _recognised(received: Received, asked: Trial | None) -> Match | None:
    first = (asked,) if asked else ()
    return next((match for trial in (*first, *TRIALS) if (match := _explained(received.keys, trial))), None)


def _explained(keys: Sequence[Key], trial: Trial) -> Match | None:
    """As printed; through another layout, which the keys or the characters show; by another country's scanner."""
    as_typed = _match(typed(keys), trial)
    if as_typed and not as_typed.swapped:
        others = frozenset(layout for layout in _FOREIGN if _match(undone(keys, layout), trial))
        return replace(as_typed, layouts=others | {""})
    layouts = {layout: match for layout in _FOREIGN if (match := _match(undone(keys, layout), trial))}
    as_us = _match(on(keys, "us") or "", trial)
    if as_us and not as_typed:
        return replace(as_us, layouts=frozenset(layout for layout in _FOREIGN if types(keys, layout)) or _UNNAMED)
    if as_typed:
        return replace(as_typed, layouts=frozenset(layouts) | {""})
    if layouts:
        return replace(next(iter(layouts.values())), layouts=frozenset(layouts))
    for country in _FOREIGN:
        match = _match(on(keys, country) or "", trial)
        if match:
            return replace(match, layouts=frozenset({"", *LAYOUTS}), country=country)
    return None


_UNNAMED: Final = frozenset({OTHER})
_FOREIGN: Final = tuple(layout for layout in LAYOUTS if layout != "us")


def _match(text: str, trial: Trial) -> Match | None:
    """The symbol in the text, with what stands around it; letters may be swapped by caps lock."""
    for swapped in (False, True):
        found = _PATTERNS[trial.name].fullmatch(text.swapcase() if swapped else text)
        if found:
            separator = found["separator"] if GS in trial.sent else None
            around = found["prefix"], found["suffix"]
            prefix, suffix = (part.swapcase() for part in around) if swapped else around
            symbology = found["symbology"] or ""
            return Match(trial.name, frozenset({""}), "", swapped, prefix, symbology, separator, suffix)
    return None


def _pattern(trial: Trial) -> re.Pattern[str]:
    before, _, after = trial.sent.partition(GS)
    content = re.escape(before) + (f"(?P<separator>.{{0,4}}?){re.escape(after)}" if after else "")
    # GS in front is how some scanners send the first FNC1.
    return re.compile(
        rf"(?P<prefix>.{{0,4}}?)(?P<symbology>\][A-Za-z][0-9A-Za-z])?\x1d?{content}(?P<suffix>.{{0,4}})", re.DOTALL
    )


_PATTERNS: Final = {trial.name: _pattern(trial) for trial in TRIALS}
