"""Commands that need no Odoo: to train, to try, to see what a code says."""

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from client import troubles
from client.command import DONE, NOT_POSSIBLE, ROLES, Asked, common, end, pass_asked
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.replay import Answered
    from client.work.job import Job


@click.command()
@common
@click.option("--port", type=click.IntRange(0, 65535), default=8069, help="0 takes any free one.")
@pass_asked
def practice(asked: Asked, port: int) -> None:
    """Open the practice ward, a stand-in Odoo on this machine, until Ctrl-C."""
    from sync.practice.server import PracticeWard

    try:
        ward = PracticeWard(port)
    except OSError as error:
        raise WardstockError("port_taken", port=port) from error
    with ward, suppress(KeyboardInterrupt):
        told = {"url": ward.url, "database": ward.database, "logins": ward.logins, "keys": ward.keys}
        lines = [troubles.say("practice_at", url=ward.url, database=ward.database)]
        lines += [
            troubles.say("practice_key", role=role, login=ward.logins[role], key=key) for role, key in ward.keys.items()
        ]
        asked.tell(told, [*lines, troubles.say("practice_open")])
        sys.stdout.flush()
        threading.Event().wait()


@click.command()
@common
@pass_asked
def selftest(asked: Asked) -> None:
    """Is this machine able: each thing Wardstock stands on, tried for real. Needs no screen."""
    from client import selftest as testing

    checks = testing.run(asked.folder)
    lines = [troubles.say("check_ok" if check.ok else "check_failed", **asdict(check)) for check in checks]
    asked.tell([asdict(check) for check in checks], lines)
    end(DONE if all(check.ok for check in checks) else NOT_POSSIBLE)


@click.command()
@common
@click.option("--person", default="", help="Who scans; the device's person otherwise.")
@click.option("--role", type=ROLES, help="In which role, while nobody was entered; the device's otherwise.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pass_asked
def replay(asked: Asked, file: Path, person: str, role: str | None) -> None:
    """A file of scans through the real jobs; each answer is printed. The words are in docs/replay.md."""
    from client import replay as replaying
    from client.settings import at_the_desk
    from client.work.desk import Desk
    from sync.clock import Clock

    policy = asked.profile().policy()
    with asked.store() as store:
        who = at_the_desk(store, policy, person, role or "")
        wanted = replaying.lines(file.read_bytes().decode(errors="replace"))
        desk = Desk(store, who, policy, Clock(), proved=not store.people.everyone())
        for answered in replaying.replay(desk, wanted, partial(_labels, asked.profile().folder)):
            asked.tell(asdict(answered), _answer_lines(answered))


def _labels(folder: Path, job: "Job") -> str:
    """Where the labels lie that the window would have written; nothing is drawn for a job that made no lot."""
    from client import papers
    from client.app import application
    from client.station import own_labels

    if not papers.made_here(job):
        return ""
    application(shipped_font=True)
    return own_labels(job, folder)


def _answer_lines(answered: "Answered") -> Iterator[str]:
    yield f"{answered.line}: {answered.text}"
    yield f"   {answered.tone:4} {answered.title}{f' · {answered.detail}' if answered.detail else ''}"
    if answered.question:
        yield f"        {answered.question} {' '.join(answered.choices)}"


@click.command()
@common
@click.option("--jsonl", is_flag=True, help="Each line of standard input is a JSON string.")
@click.argument("codes", nargs=-1)
@pass_asked
def parse(asked: Asked, codes: tuple[str, ...], jsonl: bool) -> None:
    """What codes say: from the arguments, or from standard input, one a line. <GS> may stand for 0x1D."""
    from client.parse import parse_json

    for text in codes or _codes_of_input(jsonl=jsonl):
        told = parse_json(text if jsonl else text.replace("<GS>", "\x1d"))
        if told["input"]:  # a patient's label is not repeated
            told["input"] = text
        asked.tell(told, _parsed_lines(told))


def _parsed_lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['kind']}  {json.dumps(told['input'], ensure_ascii=False)}"
    yield from (f"  ({ai}) {value}" if ai else f"  {value}" for ai, value in told["elements"])
    yield from (f"  {problem['text']}" for problem in told["problems"])
    yield from ("  ? " + "".join(f"({ai}){value}" for ai, value in one) for one in told.get("readings", ()))


def _codes_of_input(*, jsonl: bool) -> Iterator[str]:
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        # Only the end of the line is not the code's: a separator is 0x1D, which str.splitlines would split at.
        line = raw.decode(errors="replace").rstrip("\r\n")
        if line.strip():
            yield _json_string(line, number) if jsonl else line


def _json_string(line: str, number: int) -> str:
    try:
        text = json.loads(line)
    except ValueError:
        text = None
    if not isinstance(text, str):
        raise click.UsageError(troubles.say("bad_json_line", line=number))
    return text


@click.command()
@common
@click.option("--upc-e", is_flag=True, help="Read UPC-E too; a tilted EAN-13 can be taken for one.")
@click.argument("files", nargs=-1, required=True, metavar="IMAGE...", type=click.Path(path_type=Path))
@pass_asked
def decode(asked: Asked, files: tuple[Path, ...], upc_e: bool) -> None:
    """What codes are in pictures. One that cannot be read is said, and the others are decoded all the same."""
    from client.decode import decode_json

    failed = False
    with _known_here(asked) as known:
        for file in files:
            try:
                told = decode_json(file, known, upc_e=upc_e)
            except WardstockError as error:
                failed = True
                text = troubles.trouble(error.code, error.facts)
                told = {"file": str(file), "codes": [], "ms": 0.0, "error": {"code": error.code, "text": text}}
                if not asked.json:
                    click.echo(text, err=True)
                    continue
            asked.tell(told, _decoded_lines(told))
    end(NOT_POSSIBLE if failed else DONE)


@contextmanager
def _known_here(asked: Asked) -> Iterator[Callable[[str], bool]]:
    """Whether a product or a packaging has this barcode; nobody knows where the device belongs to no Odoo yet."""
    if not asked.profile().database.exists():
        yield lambda _: False
        return
    with asked.store() as store:
        yield lambda text: bool(store.catalogue.by_barcode(text))


def _decoded_lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['file']}  {told['ms']:.0f} ms" if told["codes"] else troubles.say("no_code_found", **told)
    for code in told["codes"]:
        asked = "" if code["sure"] else f"  {troubles.say('code_not_sure')}"
        yield f"  {code['symbology']:3} {json.dumps(code['text'], ensure_ascii=False)}  {code['format']}{asked}"


@click.command()
@common
@click.option("--shots", type=click.Path(file_okay=False, path_type=Path), default=Path("build/demo"), metavar="DIR")
@pass_asked
def demo(asked: Asked, shots: Path) -> None:
    """The practice ward in a window; without a screen a whole shift in it, with pictures and summary.json in DIR."""
    from client import app
    from client.demo import Hands, told

    if has_screen():
        end(app.run(asked.profile(), practice=True))
    status = app.run(asked.profile(), practice=True, shots=shots)
    summary = json.loads((shots / "summary.json").read_text(encoding="utf-8"))
    counts = {name: count for name, count in summary.items() if name not in {"pictures", "jobs"}}
    hands = told({job: Hands(**spent) for job, spent in summary["jobs"].items()})
    asked.tell(summary, [*(f"{name}: {count}" for name, count in counts.items()), *hands, str(shots / "summary.json")])
    end(status)


def has_screen() -> bool:
    """Whether a window could be seen: on Linux one is named, and nothing was chosen that draws into memory."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
