"""The `wardstock` command: for administrators, support, tests and scripts. Qt is imported only for the window.

Each command imports what it needs itself: the window must not wait for the wire, nor `parse` for the store.
Exit status: 0 done, 1 something is refused or unsent, 2 wrong use, 3 cannot reach or not allowed (design 11).
"""

import json
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from client import troubles
from client.paths import default_profile
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.replay import Answered
    from client.settings import Profile
    from sync.clock import Clock
    from sync.odoo.session import Session
    from sync.store import Store
    from sync.store.outbox import Entry

DONE, UNSETTLED, WRONG_USE, NOT_POSSIBLE = 0, 1, 2, 3
_WRONG_USE = frozenset(
    {"not_enrolled", "no_such_transaction", "several_transactions", "key_empty", "policy_unreadable"}
)

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Asked:
    """What every command takes: the device's folder, and whether a script reads the answer."""

    folder: Path | None = None
    json: bool = False

    def profile(self) -> "Profile":
        from client.settings import Profile

        return Profile(self.folder or default_profile())

    @contextmanager
    def store(self) -> Iterator["Store"]:
        """The device's store, closed at the end. Raises WardstockError("not_enrolled")."""
        store = self.profile().open()
        try:
            yield store
        finally:
            store.close()

    def tell(self, told: object, lines: Iterable[str]) -> None:
        """Print the answer: one JSON value on one line, or sentences."""
        if self.json:
            click.echo(json.dumps(told, default=_plain))
        else:
            for line in lines:
                click.echo(line)


class _Commands(click.Group):
    """The one place where what the world did becomes a sentence and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:  # Any: click's own
        try:
            return super().invoke(ctx)
        except WardstockError as trouble:
            _tell_trouble(ctx.ensure_object(Asked), trouble)
            ctx.exit(WRONG_USE if trouble.code in _WRONG_USE else NOT_POSSIBLE)


def _common(command: F) -> F:
    """`--profile` and `--json`, before or after the command's name."""
    folder = click.Path(file_okay=False, path_type=Path)
    profile = click.option(
        "--profile",
        type=folder,
        metavar="DIR",
        expose_value=False,
        callback=_keep("folder"),
        help="The device's folder.",
    )
    as_json = click.option("--json", is_flag=True, expose_value=False, callback=_keep("json"), help="For scripts.")
    return profile(as_json(command))


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(ctx: click.Context, _: click.Parameter, value: Any) -> None:  # Any: a path or a flag
        if value:
            setattr(ctx.find_root().ensure_object(Asked), name, value)

    return keep


_asked = click.make_pass_decorator(Asked, ensure=True)


@click.group(cls=_Commands, invoke_without_command=True)
@_common
@click.pass_context
def main(ctx: click.Context) -> None:
    """Receive, move and count hospital stock by scanning. Without a command: the app."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a code can hold what this terminal cannot show
    if ctx.invoked_subcommand is None:
        from client import app

        ctx.exit(app.run(ctx.ensure_object(Asked).profile()))


@main.command()
@_common
@click.option("--url", required=True, help="Address of the Odoo, https.")
@click.option("--database", required=True)
@click.option("--key-file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--login", default="", help="Refuse a key of another user.")
@click.option("--company", type=int, help="Id of the company, where the user has several.")
@click.option("--person", default="", help="Who works here, as it stands in Odoo's notes.")
@click.option("--key-store", type=click.Choice(["file"]), default="file", help="Where the store's own key is kept.")
@_asked
def enrol(
    asked: Asked, url: str, database: str, key_file: Path, login: str, company: int | None, person: str, key_store: str
) -> None:
    """Connect this device to an Odoo."""
    from client import enrol as enrolment
    from client import report
    from sync.clock import Clock

    profile, clock = asked.profile(), Clock()
    zone = profile.policy().time_zone
    wish = enrolment.Wish(url.rstrip("/"), database, _key_in(key_file), login, company, person, zone)
    if profile.database.exists():
        with asked.store() as store:
            store.device.refuse_to_leave(wish.url, wish.database)
    found = enrolment.look(wish, clock)
    told = report.server(found.facts, wish.url, wish.database)
    lines = list(report.server_lines(found.facts, wish.url, wish.database))
    if found.facts.missing:
        asked.tell({"enrolled": False, **told}, lines)
        click.get_current_context().exit(NOT_POSSIBLE)
    store = profile.open_or_create()
    try:
        joined = enrolment.join(store, wish, found, clock)
        device = store.device.name()
    finally:
        store.close()
    lines.append(troubles.say("enrolled", device=device, person=joined.person))
    lines.append(troubles.say(f"store_key_{key_store}", file=profile.key.path))
    asked.tell({"enrolled": True, "device": device, "person": joined.person, "key_store": key_store, **told}, lines)


@main.group()
def key() -> None:
    """The device's Odoo key."""


@key.command("set")
@_common
@click.option("--key-file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_asked
def key_set(asked: Asked, key_file: Path) -> None:
    """Renew the Odoo key, also with unsent work."""
    from client.enrol import renew
    from client.settings import enrolled
    from sync.clock import Clock

    new = _key_in(key_file)
    with asked.store() as store:
        checked = renew(store, enrolled(store), new, Clock())
    asked.tell({"kept": True, "checked": checked}, [troubles.say("key_set" if checked else "key_set_unchecked")])


@main.command()
@_common
@_asked
def pull(asked: Asked) -> None:
    """Bring what the device knows of Odoo up to date. Out of reach, the old stays usable."""
    from client import report
    from sync.pull import pull as pull_once

    with _online(asked) as (store, session, clock):
        told = report.pulled(pull_once(store, session, clock, _progress(asked)))
    asked.tell(told, report.pulled_lines(told))
    click.get_current_context().exit(NOT_POSSIBLE if told["stopped"] else DONE)


@main.command()
@_common
@_asked
def sync(asked: Asked) -> None:
    """Send, then pull: one whole pass. Exit status as of `push`."""
    from client import report
    from sync.pull import pull as pull_once
    from sync.push import push as push_once

    with _online(asked) as (store, session, clock):
        _wait_no_longer(store)
        pushed = report.pushed(store, push_once(store, session, clock), clock.now())
        lines = list(report.pushed_lines(store, pushed))
        pulled = None
        if not pushed["stopped"]:
            pulled = report.pulled(pull_once(store, session, clock, _progress(asked)))
            lines += report.pulled_lines(pulled)
        asked.tell({"push": pushed, "pull": pulled}, lines)
    _exit_by({**pushed, "stopped": pushed["stopped"] or (pulled and pulled["stopped"])})


@main.command()
@_common
@_asked
def push(asked: Asked) -> None:
    """Send what is unsent, now. Exit status 1 while something stays refused or unsent."""
    from client import report
    from sync.push import push as push_once

    with _online(asked) as (store, session, clock):
        _wait_no_longer(store)
        pushed = push_once(store, session, clock)
        told = report.pushed(store, pushed, clock.now())
        asked.tell(told, report.pushed_lines(store, told))
    _exit_by(told)


@main.command()
@_common
@_asked
def status(asked: Asked) -> None:
    """Queue, ages, last passes. Exit status 1 while something is refused or unsent."""
    from zoneinfo import ZoneInfo

    from client import report

    policy = asked.profile().policy()
    with asked.store() as store:
        told = report.status(store, policy, _now())
    asked.tell(told, report.status_lines(told, ZoneInfo(policy.time_zone)))
    _exit_by(told)


@main.group()
def outbox() -> None:
    """Transactions waiting for Odoo, and what became of them."""


@outbox.command("list")
@_common
@_asked
def outbox_list(asked: Asked) -> None:
    """All that is unfinished and the newest of the others, newest first."""
    from client import report

    with asked.store() as store:
        entries = store.outbox.rows()
        told = [report.transaction(entry) for entry in entries]
        asked.tell(told, [report.transaction_line(store, entry) for entry in entries])


@outbox.command("show")
@_common
@click.argument("which")
@_asked
def outbox_show(asked: Asked, which: str) -> None:
    """One transaction, by its reference or the beginning of its uuid: body and story."""
    from zoneinfo import ZoneInfo

    from client import report

    zone = ZoneInfo(asked.profile().policy().time_zone)
    with asked.store() as store:
        entry = _one(store, which)
        happened = store.journal.story(entry.uuid)
        told = report.transaction(entry)
        lines = [report.transaction_line(store, entry), *(report.story_line(one, zone) for one in happened)]
        lines += [told["text"]] if told["text"] else []
    asked.tell({**told, "body": json.loads(entry.body), "story": [report.story(one) for one in happened]}, lines)


@outbox.command("withdraw")
@_common
@click.argument("which")
@click.option("--person", required=True, help="Who withdraws it.")
@_asked
def outbox_withdraw(asked: Asked, which: str, person: str) -> None:
    """Take back what was never sent, or what Odoo refused."""
    with asked.store() as store:
        entry = _one(store, which)
        store.outbox.withdraw(entry.uuid, person, _now())
    asked.tell({"withdrawn": entry.uuid}, [troubles.say("withdrawn", reference=entry.reference)])


@outbox.command("retry")
@_common
@click.argument("which")
@_asked
def outbox_retry(asked: Asked, which: str) -> None:
    """Do not wait: try it in the next pass."""
    with asked.store() as store:
        entry = _one(store, which)
        store.outbox.retry_now(entry.uuid)
    asked.tell({"retried": entry.uuid}, [troubles.say("retried", reference=entry.reference)])


@main.group()
def journal() -> None:
    """Who did what, when, and what Odoo answered."""


@journal.command("verify")
@_common
@_asked
def journal_verify(asked: Asked) -> None:
    """Prove the journal unbroken. Exit status 1 if it is not."""
    with asked.store() as store:
        verdict = store.journal.verify()
    line = troubles.say("journal_ok" if verdict.ok else "journal_broken", rows=verdict.rows, entry=verdict.first_bad)
    asked.tell({"ok": verdict.ok, "rows": verdict.rows, "first_bad": verdict.first_bad}, [line])
    click.get_current_context().exit(DONE if verdict.ok else UNSETTLED)


@main.command()
@_common
@click.option("--port", type=click.IntRange(0, 65535), default=8069, help="0 takes any free one.")
@_asked
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


@main.command()
@_common
@_asked
def selftest(asked: Asked) -> None:
    """Is this machine able: each thing Wardstock stands on, tried for real. Needs no screen."""
    from client import selftest as testing

    checks = testing.run(asked.folder)
    lines = [troubles.say("check_ok" if check.ok else "check_failed", **asdict(check)) for check in checks]
    asked.tell([asdict(check) for check in checks], lines)
    click.get_current_context().exit(DONE if all(check.ok for check in checks) else NOT_POSSIBLE)


@main.command()
@_common
@click.option("--jsonl", is_flag=True, help="Each line of standard input is a JSON string.")
@click.argument("codes", nargs=-1)
@_asked
def parse(asked: Asked, codes: tuple[str, ...], jsonl: bool) -> None:
    """What codes say: from the arguments, or from standard input, one a line. <GS> may stand for 0x1D."""
    from client.parse import parse_json

    for text in codes or _codes_of_input(jsonl=jsonl):
        told = parse_json(text.replace("<GS>", "\x1d"))
        asked.tell(told, _parsed_lines(told))


@main.command()
@_common
@click.option("--person", default="", help="Who scans; the device's person otherwise.")
@click.option("--role", type=click.Choice(["nurse", "storekeeper", "counter", "supervisor"]), default="storekeeper")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_asked
def replay(asked: Asked, file: Path, person: str, role: str) -> None:
    """A file of scans through the real jobs; each answer is printed. The words are in docs/replay.md."""
    from client import replay as replaying
    from client.settings import enrolled
    from client.work.desk import Desk
    from client.work.people import Person, Role
    from sync.clock import Clock

    policy = asked.profile().policy()
    with asked.store() as store:
        who = Person(person or enrolled(store).person, Role(role))
        wanted = replaying.lines(file.read_bytes().decode(errors="replace"))
        for answered in replaying.replay(Desk(store, who, policy, Clock()), wanted):
            asked.tell(asdict(answered), _answer_lines(answered))


def _answer_lines(answered: "Answered") -> Iterator[str]:
    yield f"{answered.line}: {answered.text}"
    yield f"   {answered.tone:4} {answered.title}{f' · {answered.detail}' if answered.detail else ''}"
    if answered.question:
        yield f"        {answered.question} {' '.join(answered.choices)}"


def _parsed_lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['kind']}  {json.dumps(told['input'], ensure_ascii=False)}"
    yield from (f"  ({ai}) {value}" if ai else f"  {value}" for ai, value in told["elements"])
    yield from (f"  {problem['text']}" for problem in told["problems"])


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


@contextmanager
def _online(asked: Asked) -> Iterator[tuple["Store", "Session", "Clock"]]:
    """One pass at a time. Raises WardstockError: not_enrolled, pass_running."""
    from sync.alone import alone
    from sync.clock import Clock
    from sync.connection import connect

    clock = Clock()
    with asked.store() as store, alone(asked.profile().folder), connect(store, clock) as session:
        yield store, session, clock


def _progress(asked: Asked) -> Callable[[str, int], None] | None:
    """A line on standard error that counts up while a person waits."""
    if asked.json or not sys.stderr.isatty():
        return None
    return lambda kind, rows: click.echo(f"\r{kind} {rows}\033[K", nl=False, err=True)


def _wait_no_longer(store: "Store") -> None:
    """Whoever asks for a pass wants it now, not when the worker would try again."""
    for entry in store.outbox.rows():
        if entry.not_before:
            store.outbox.retry_now(entry.uuid)


def _one(store: "Store", which: str) -> "Entry":
    found = store.outbox.find(which)
    if not found:
        raise WardstockError("no_such_transaction", text=which)
    if len(found) > 1:
        raise WardstockError("several_transactions", text=which, count=len(found))
    return found[0]


def _key_in(file: Path) -> str:
    """An API key from a file; it is never an argument, which other users of the machine could see."""
    try:
        found = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise WardstockError("key_not_readable", file=file.name) from error
    if not found:
        raise WardstockError("key_empty", file=file.name)
    return found


def _now() -> datetime:
    from sync.clock import Clock

    return Clock().now()


def _tell_trouble(asked: Asked, trouble: WardstockError) -> None:
    text = troubles.trouble(trouble.code, trouble.facts)
    if asked.json:
        told = {"code": trouble.code, "text": text, "facts": trouble.facts}
        click.echo(json.dumps({"error": told}, default=_plain))
    else:
        click.echo(text, err=True)


def _exit_by(told: dict[str, Any]) -> None:
    if told.get("stopped"):
        click.get_current_context().exit(NOT_POSSIBLE)
    click.get_current_context().exit(UNSETTLED if told["unsent"] or told["refused"] else DONE)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
