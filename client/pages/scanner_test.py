"""The page of the scanner test: shows six symbols, one after the other, and says what to mend."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.barcode.acceptance import TRIALS, Course, Received, Trial, Verdict, judge
from client.barcode.burst import Doubled, Scan
from client.barcode.framing import Frame
from client.barcode.scanner import Scanner
from client.pages.item import Item, act, choice, note
from client.pages.rows import Rows
from client.pages.symbols import symbol_picture
from client.words import scanner as words
from client.work.site.scanners import keep, scanner_of
from sync.clock import Clock
from sync.store import Store

if TYPE_CHECKING:
    from client.barcode.serial_port import Port

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_PATIENT: Final = Scanner(gap=0.3)
"""How a scanner is listened to while it is tested: also the slowest is heard."""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six, and how it went."""

    key: str
    name: str
    how: str
    picture: str


@dataclass(frozen=True, slots=True)
class Mend:
    """What is wrong, and how to mend it."""

    key: str
    what: str
    how: str


@QmlElement
class ScannerPage(QObject):
    """What is scanned while it is open is judged and not kept. `listening` says how to listen from now on.

    `plugged`: a port was chosen, or none; whoever put the window together listens there from now on.
    """

    changed = Signal()
    listening = Signal(object)
    plugged = Signal()

    def __init__(
        self, store: Store | None, clock: Clock, play: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store, self._clock, self._play = store, clock, play
        self._open = False
        self._source = "wedge"
        self._course = Course()
        self._verdict: Verdict | None = None
        self._choosing = False
        self._steps, self._faults, self._ports = Rows(Step, self), Rows(Mend, self), Rows(Item, self)

    @property
    def is_open(self) -> bool:
        return self._open

    def close(self) -> None:
        """Back to work: scans are heard as this device knows its scanner."""
        if self._open:
            self._open = self._choosing = False
            self._listen_as_known()

    def back(self) -> bool:
        """From the ports to the test; False where the test is shown."""
        was, self._choosing = self._choosing, False
        self.changed.emit()
        return was

    @Slot()
    def begin(self) -> None:
        """From the first symbol."""
        self._open, self._course, self._verdict = True, Course(), None
        self.listening.emit(_PATIENT)
        self._show()

    @Slot()
    def leaveOut(self) -> None:
        """The scanner does not read this kind of code."""
        self._go_on(self._course.leave_out())

    @Slot()
    def choosePort(self) -> None:
        """The scanner does not type: at which port of this machine is it?"""
        self._choosing = True
        self._show_ports()

    @Slot(str)
    def press(self, key: str) -> None:
        """One of the ports, none, or look again."""
        word, _, port = key.partition(" ")
        if word == "port" and self._store:
            keep(self._store, replace(scanner_of(self._store, "serial"), port=port))
            self._choosing = False
            self.plugged.emit()
            self.begin()
        else:
            self._show_ports()

    def _show_ports(self) -> None:
        here = scanner_of(self._store, "serial").port if self._store else ""
        there = [one.name for one in ports()]
        known = [*there, *([here] if here and here not in there else [])]
        self._ports.show(
            [
                *(choice(f"port {port}", port, chosen=port == here) for port in known),
                choice("port ", words.say("no_port"), chosen=not here),
                *([] if known else [note(words.say("no_ports"), "ask")]),
                act("look", words.say("look_again"), "undo"),
            ]
        )
        self.changed.emit()

    @Slot(object)
    def typed(self, heard: Scan | Doubled) -> None:
        """A scan of a keyboard scanner, with how it came."""
        if heard.arrival:
            self._take(Received.typed(heard.arrival, monotonic(), doubled=isinstance(heard, Doubled)), "wedge")

    @Slot(object)
    def framed(self, frame: Frame) -> None:
        """What came from a port."""
        self._take(Received.framed(frame, monotonic()), "serial")

    def _take(self, received: Received, source: str) -> None:
        if not self._open or self._verdict:
            return
        self._source = source
        before = len(self._course.matches)
        course = self._course.take(received)
        self._play("ok" if len(course.matches) > before else "ask")
        self._go_on(course)

    def _go_on(self, course: Course) -> None:
        self._course = course
        if course.current is None and self._store:
            self._verdict = judge(course, scanner_of(self._store, self._source), self._clock.now())
            if course.matches:
                keep(self._store, self._verdict.scanner)
            self._listen_as_known()
        self._show()

    def _listen_as_known(self) -> None:
        if self._store:
            self.listening.emit(scanner_of(self._store, "wedge"))

    def _show(self) -> None:
        self._steps.show([self._step(trial) for trial in TRIALS])
        faults = self._verdict.faults if self._verdict else ()
        self._faults.show([Mend(fault.code, *words.sentences(fault.code, fault.facts)) for fault in faults])
        self.changed.emit()

    def _step(self, trial: Trial) -> Step:
        course = self._course
        word, picture = ("next", "scan") if trial is course.current else ("to_come", "more")
        if trial.name in course.matches:
            word, picture = "read", "check"
        elif trial.name in course.garbled:
            word, picture = "garbled", "cross"
        elif trial.name in course.left_out:
            word, picture = "left_out", "minus"
        return Step(trial.name, words.SYMBOLS[trial.name], words.STEPS[word], picture)

    # ------------------------------------------------------------ what QML reads

    @Property(QObject, constant=True)
    def steps(self) -> QObject:
        return self._steps

    @Property(QObject, constant=True)
    def faults(self) -> QObject:
        return self._faults

    @Property(QObject, notify=changed)
    def ports(self) -> QObject:
        return self._ports

    @Property(bool, notify=changed)
    def choosing(self) -> bool:
        """A port is chosen; the test waits."""
        return self._choosing

    @Property(bool, notify=changed)
    def done(self) -> bool:
        return self._verdict is not None

    @Property(str, notify=changed)
    def tone(self) -> str:
        if self._verdict is None:
            return "idle"
        return "ask" if self._verdict.faults or not self._course.matches else "ok"

    @Property(str, notify=changed)
    def title(self) -> str:
        if self._choosing:
            return words.say("page_port")
        if self._verdict is None:
            return words.say("page_scan")
        if not self._course.received:
            return words.say("nothing_scanned")
        faults = len(self._verdict.faults)
        return words.good()[0] if not faults else words.to_mend(faults)

    @Property(str, notify=changed)
    def detail(self) -> str:
        current = self._course.current
        if self._choosing:
            return words.say("page_port_hint")
        if self._verdict is None and current:
            number = TRIALS.index(current) + 1
            return words.say("page_trial", number=number, of=len(TRIALS), symbol=words.SYMBOLS[current.name])
        if not self._course.matches:
            return words.say("page_nothing_kept")
        return words.say("scanner_kept") if self._verdict and self._verdict.faults else words.good()[1]

    @Property(str, notify=changed)
    def symbol(self) -> str:
        """The symbol to scan as a picture, a pixel a module."""
        return _picture(self._course.current) if self._course.current else ""

    @Property(bool, notify=changed)
    def linear(self) -> bool:
        current = self._course.current
        return current is not None and current.symbology in {"code128", "ean13", "gs1_128"}


def ports() -> "list[Port]":
    """Asked of the machine when somebody looks; tests have their own."""
    from client.barcode.serial_port import ports as there  # noqa: PLC0415 - pyserial

    return there()


def _picture(trial: Trial) -> str:
    from client.papers import trial_label  # noqa: PLC0415 - only when a scanner is tested

    return symbol_picture(trial_label(trial).symbol)
