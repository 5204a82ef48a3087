"""Commands about scanners: the test of one, what is known of them, the port one is plugged into."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, Final

import click

from client.command import DONE, UNSETTLED, WRONG_USE, Asked, common, end, now, pass_asked
from client.words import scanner as words
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.barcode.acceptance import Course, Verdict
    from client.barcode.framing import Frame
    from client.barcode.scanner import Scanner

_LEAVE_OUT, _STOP = "-", "\x03"
"""Typed in place of a scan: this scanner cannot read that symbol; enough."""
_TICK: Final = 0.05
_LINE_APART: Final = 10.0  # seconds: lines of a file are no doubled triggers


@click.command("scanner-test")
@common
@click.option(
    "--print", "paper", type=click.Path(dir_okay=False, path_type=Path), help="Only write the six symbols: .pdf or .png"
)
@click.option("--port", help="The serial port of the scanner, in place of this terminal.")
@click.option("--baud", type=click.IntRange(300, 921_600), default=9600, show_default=True)
@pass_asked
def scanner_test(asked: Asked, paper: Path | None, port: str | None, baud: int) -> None:
    """Scan six symbols: is the scanner set up well, and if not, how to mend it. It is remembered. Exit status 1: mend.

    In a terminal a "-" and Enter leaves out what the scanner cannot read; Ctrl-C ends the test.
    """
    if paper:
        _print(paper)
        asked.tell({"file": str(paper)}, [words.say("scanner_sheet", file=paper)])
        return
    from client.barcode.acceptance import judge
    from client.barcode.scanner import Scanner

    with _known(asked, "serial" if port else "wedge") as (known, learn):
        tested = replace(known or Scanner(), source="serial", port=port, baud=baud) if port else known or Scanner()
        course = _course(asked, _port(tested) if port else _terminal(sys.stdin.buffer))
        verdict = judge(course, tested, now())
        kept = bool(course.matches) and learn(verdict.scanner)
    asked.tell(told(verdict, kept=kept), _lines(verdict, kept=kept))
    end(UNSETTLED if verdict.faults or not course.matches else DONE)


@click.group()
def scanner() -> None:
    """Which scanner is used here, and what is known of it."""


@scanner.command("ports")
@common
@pass_asked
def ports(asked: Asked) -> None:
    """The serial ports of this machine."""
    from client.barcode.serial_port import ports as all_ports

    found = all_ports()
    lines = [f"{port.name}  {port.what}" for port in found] or [words.say("no_ports")]
    asked.tell([asdict(port) for port in found], lines)


@scanner.command("use")
@common
@click.argument("port")
@click.option("--baud", type=click.IntRange(300, 921_600), default=9600, show_default=True)
@pass_asked
def use(asked: Asked, port: str, baud: int) -> None:
    """Listen to the scanner at that serial port from the next start on, beside one that types."""
    from client.work.site.scanners import keep, scanner_of

    with asked.store() as store:
        chosen = replace(scanner_of(store, "serial"), port=port, baud=baud)
        keep(store, chosen)
    asked.tell(_record(chosen), [words.say("port_used", port=port)])


@scanner.command("show")
@common
@pass_asked
def show(asked: Asked) -> None:
    """What is known of the scanners of this device."""
    from client.work.site.scanners import scanner_of

    with asked.store() as store:
        known = [scanner_of(store, source) for source in _SOURCES if store.device.scanner(source)]
    lines = [line for one in known for line in _described(one)] or [words.say("no_scanner_known")]
    asked.tell([_record(one) for one in known], lines)


@scanner.command("forget")
@common
@click.argument("source", type=click.Choice(["wedge", "serial"]))
@pass_asked
def forget(asked: Asked, source: str) -> None:
    """Assume nothing of it any more: "wedge" types, "serial" is plugged into a port."""
    with asked.store() as store:
        store.device.forget_scanner(source)
    asked.tell({"forgotten": source}, [words.say("scanner_forgotten")])


_SOURCES: Final = ("wedge", "serial")


# ---------------------------------------------------------------- the test


def _course(asked: Asked, listen: "Iterator[tuple[Frame, float] | None]") -> "Course":
    from client.barcode.acceptance import Course, Received
    from client.barcode.framing import text_of

    course = Course()
    for came in listen:
        if came is None:
            _ask(asked, course)
            continue
        frame, at = came
        text = text_of(frame.data)
        if text == _STOP:
            break
        course = course.leave_out() if text == _LEAVE_OUT else course.take(Received.framed(frame, at))
        if course.current is None:
            break
        _ask(asked, course)
    return course


def _ask(asked: Asked, course: "Course") -> None:
    from client.barcode.acceptance import TRIALS

    if asked.json or course.current is None:
        return
    number = TRIALS.index(course.current) + 1
    click.echo(words.say("scan_trial", number=number, of=len(TRIALS), symbol=words.SYMBOLS[course.current.name]))


def _port(scanner: "Scanner") -> "Iterator[tuple[Frame, float] | None]":
    """None once it listens, then what comes from the port, until Ctrl-C."""
    from queue import Empty, SimpleQueue

    from client.barcode.serial_port import SerialPort

    came: SimpleQueue[tuple[Frame, float]] = SimpleQueue()
    states: SimpleQueue[str] = SimpleQueue()
    reader = SerialPort(
        scanner, "", lambda _raw: None, framed=lambda frame: came.put((frame, monotonic())), told=states.put
    )
    reader.start()
    try:
        yield None
        while True:
            try:
                yield came.get(timeout=_TICK)
            except Empty:
                while not states.empty():
                    click.echo(words.STATES[states.get()].format(port=scanner.port), err=True)
    except KeyboardInterrupt:
        return
    finally:
        reader.stop()


def _terminal(stream: IO[bytes]) -> "Iterator[tuple[Frame, float] | None]":
    """None once it listens, then what is typed into this terminal, key by key; a file's lines are scans too."""
    from client.barcode.framing import Framing

    framing = Framing()
    if not stream.isatty():
        yield None
        for nth, line in enumerate(stream.read().splitlines(keepends=True)):
            at = nth * _LINE_APART
            yield from ((frame, at) for frame in [*framing.feed(line, at), *framing.idle(at + 1)])
        return
    if sys.platform == "win32":
        raise click.UsageError(words.say("no_raw_terminal"))
    with _raw(stream.fileno()):
        yield None
        while True:
            data = _read(stream.fileno())
            if data == _STOP.encode():
                return
            at = monotonic()
            yield from ((frame, at) for frame in (framing.feed(data, at) if data else framing.idle(at)))


def _read(terminal: int) -> bytes:
    from select import select

    return os.read(terminal, 4096) if select([terminal], [], [], _TICK)[0] else b""


@contextmanager
def _raw(terminal: int) -> Iterator[None]:
    """Every key as it comes and none of them echoed; what is printed stays as it is."""
    import termios

    before = termios.tcgetattr(terminal)
    attributes: list[Any] = termios.tcgetattr(terminal)  # Any: numbers, and a list of bytes
    attributes[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON)
    attributes[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
    termios.tcsetattr(terminal, termios.TCSADRAIN, attributes)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


@contextmanager
def _known(asked: Asked, source: str) -> "Iterator[tuple[Scanner | None, Callable[[Scanner], bool]]]":
    """What this device knows of it, and how to keep what it learns; a machine without a device only tests."""
    from client.work.site.scanners import keep, scanner_of

    try:
        store = asked.profile().open()
    except WardstockError as error:
        if error.code != "not_enrolled":
            raise
        yield None, lambda _scanner: False
        return

    def learn(scanner: "Scanner") -> bool:
        keep(store, scanner)
        return True

    try:
        yield scanner_of(store, source), learn
    finally:
        store.close()


# ---------------------------------------------------------------- what is told


def told(verdict: "Verdict", *, kept: bool) -> dict[str, object]:
    """As `--json` prints it."""
    faults = [(fault.code, fault.facts, *words.sentences(fault.code, fault.facts)) for fault in verdict.faults]
    return {
        "faults": [{"code": code, "facts": facts, "text": what, "mend": how} for code, facts, what, how in faults],
        "scanner": _record(verdict.scanner),
        "kept": kept,
    }


def _lines(verdict: "Verdict", *, kept: bool) -> Iterator[str]:
    if not verdict.faults:
        yield words.good()[0] if verdict.scanner.tested_at else words.say("nothing_scanned")
    for fault in verdict.faults:
        what, how = words.sentences(fault.code, fault.facts)
        yield what
        yield f"    {how}"
    if verdict.scanner.tested_at:
        yield words.say("scanner_kept" if kept else "scanner_not_kept")


def _record(scanner: "Scanner") -> dict[str, object]:
    return asdict(scanner)


def _described(scanner: "Scanner") -> Iterator[str]:
    yield f"{scanner.source} {scanner.port}".strip()
    yield from (f"  {name}: {value}" for name, value in asdict(scanner).items() if name not in {"source", "port"})


def _print(paper: Path) -> None:
    if paper.suffix.lower() not in {".pdf", ".png"}:
        click.echo(words.say("pdf_or_png"), err=True)
        end(WRONG_USE)
    from client import papers
    from client.app import application
    from client.pages.sheet import save_pdf, save_pngs

    application(shipped_font=True)
    blocks = [papers.scanner_block()]
    if paper.suffix.lower() == ".pdf":
        save_pdf(blocks, paper)
    else:
        save_pngs(blocks, paper.parent)[0].replace(paper)
