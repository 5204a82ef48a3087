"""The `wardstock` command: for administrators, support, tests and scripts. Qt is imported only for the window.

Each command imports what it needs itself: the window must not wait for the wire, nor `parse` for the store.
"""

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

import click

from client import (
    accounts,
    bundling,
    hold_list,
    key_place,
    ledger,
    look,
    printing,
    scanners,
    shift,
    staff,
    taught_list,
    tools,
    troubles,
)
from client.command import DONE, NOT_POSSIBLE, ROLES, Asked, Commands, common, end, exit_by, online, pass_asked
from client.work.site.people import Role
from client.work.site.staff import managers, nobody_manages
from sync.errors import WardstockError


@click.group(cls=Commands, invoke_without_command=True)
@common
@click.pass_context
def main(ctx: click.Context) -> None:
    """Receive, move and count hospital stock by scanning. Without a command: the app."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a code can hold what this terminal cannot show
    if ctx.invoked_subcommand is None:
        from client import app

        if not (os.environ.get("QT_QPA_PLATFORM") or tools.has_screen()):
            raise WardstockError("no_screen")
        ctx.exit(app.run(ctx.ensure_object(Asked).profile()))


@main.command()
@common
@click.option("--url", required=True, help="Address of the Odoo, https.")
@click.option("--database", required=True)
@click.option("--key-file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--login",
    default="",
    help="Whose key it is. Odoo 17 and 18 ask for it; elsewhere it refuses a key of another user.",
)
@click.option("--company", type=int, help="Id of the company, where the user has several.")
@click.option("--person", default="", help="Who works here, as it stands in Odoo's notes.")
@click.option("--role", type=ROLES, default=Role.STOREKEEPER.value, show_default=True, help="What that person may do.")
@click.option(
    "--location",
    "places",
    multiple=True,
    help="A place this device serves, by name or barcode, with all below it; may be given several times. All else.",
)
@click.option("--supervisor", default="", help="The first who may manage people here; a PIN is asked for.")
@staff.piped_pins
@click.option(
    "--key-store",
    type=key_place.PLACES,
    help="Where the key of the device's data is kept: the keyring where one works, else it is sealed by a passphrase."
    " A file beside the data only where it is named here.",
)
@pass_asked
def enrol(
    asked: Asked,
    url: str,
    database: str,
    key_file: Path,
    login: str,
    company: int | None,
    person: str,
    role: str,
    places: tuple[str, ...],
    supervisor: str,
    piped: bool,
    key_store: str | None,
) -> None:
    """Connect this device to an Odoo."""
    from client import enrol as enrolment
    from client import report
    from sync.clock import Clock

    profile, clock = asked.new_profile(key_store), Clock()
    if profile.practice:
        raise WardstockError("practice_profile")
    policy, api_key = profile.policy(), enrolment.key_in(key_file)
    wish = enrolment.Wish(
        url.rstrip("/"), database, api_key, login, company, person, policy.time_zone, Role(role), places,
        policy,
    )  # fmt: skip
    if profile.database.exists():
        with asked.store() as store:
            store.device.refuse_to_leave(wish.url, wish.database)
            nobody_manages(store, policy, supervisor)
    pin = staff.new_pin(supervisor, piped=piped, needed=True) if supervisor else ""
    found = enrolment.look(wish, clock)
    told = report.server(found.facts, wish.url, wish.database)
    lines = list(report.server_lines(found.facts, wish.url, wish.database))
    if found.facts.missing:
        asked.tell({"enrolled": False, **told}, lines)
        end(NOT_POSSIBLE)
    store = profile.open_or_create()
    try:
        joined = enrolment.join(store, wish, found, clock)
        store.set_up.over()
        device = store.device.name()
        if supervisor:
            store.people.add(supervisor, Role.SUPERVISOR, clock.now(), "", pin=pin)
        approvers = managers(store, policy)
    finally:
        store.close()
    told |= {"policy": staff.checked(found.plan), "approvers": [one.name for one in approvers]}
    lines += [troubles.trouble("policy_ignored", policy.ignored)] if policy.unread else []
    lines += staff.checked_lines(found.plan) if policy.names_anything else ()
    lines += [] if approvers else [troubles.say("nobody_approves")]
    lines.append(troubles.say("enrolled", device=device, person=joined.person))
    kept = profile.key.where()
    lines += key_place.lines(kept)
    asked.tell({"enrolled": True, "device": device, "person": joined.person, "key_store": kept.place, **told}, lines)


@main.group()
def key() -> None:
    """The device's Odoo key, and where the key of its data is kept."""


key.add_command(key_place.where)
key.add_command(key_place.move)


@key.command("set")
@common
@click.option("--key-file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pass_asked
def key_set(asked: Asked, key_file: Path) -> None:
    """Renew the Odoo key, also with unsent work."""
    from client.enrol import key_in, renew
    from client.settings import enrolled
    from sync.clock import Clock

    new = key_in(key_file)
    with asked.store() as store:
        checked = renew(store, enrolled(store), new, Clock())
    asked.tell({"kept": True, "checked": checked}, [troubles.say("key_set" if checked else "key_set_unchecked")])


@main.command()
@common
@pass_asked
def pull(asked: Asked) -> None:
    """Bring what the device knows of Odoo up to date. Out of reach, the old stays usable."""
    from client import report
    from sync.pull import pull as pull_once

    with online(asked) as (store, session, clock):
        told = report.pulled(pull_once(store, session, clock, _progress(asked)))
    asked.tell(told, report.pulled_lines(told))
    end(NOT_POSSIBLE if told["stopped"] else DONE)


@main.command()
@common
@pass_asked
def push(asked: Asked) -> None:
    """Send what is unsent, now. Exit status 1 while something stays refused or unsent."""
    from client import report
    from client.work.site.holds import site_now
    from sync.push import push as push_once

    with online(asked) as (store, session, clock):
        store.outbox.retry_all()  # whoever asks for a pass wants it now
        site = site_now(store, asked.profile().policy(), clock)
        pushed = push_once(store, session, clock, site=site)
        told = report.pushed(store, pushed, clock.now())
        asked.tell(told, report.pushed_lines(store, told))
    exit_by(told)


@main.command()
@common
@pass_asked
def sync(asked: Asked) -> None:
    """Send, then pull: one whole pass. Exit status as of `push`."""
    from client import report
    from client.work.site.holds import site_now
    from sync.pull import pull as pull_once
    from sync.push import KEPT_OFF
    from sync.push import push as push_once

    with online(asked) as (store, session, clock):
        store.outbox.retry_all()  # whoever asks for a pass wants it now
        site = site_now(store, asked.profile().policy(), clock)
        pushed = report.pushed(store, push_once(store, session, clock, site=site), clock.now())
        lines = list(report.pushed_lines(store, pushed))
        pulled = None
        if pushed["stopped"] in {"", KEPT_OFF}:
            pulled = report.pulled(pull_once(store, session, clock, _progress(asked)))
            lines += report.pulled_lines(pulled)
        asked.tell({"push": pushed, "pull": pulled}, lines)
    exit_by({**pushed, "stopped": pushed["stopped"] or (pulled and pulled["stopped"])})


@main.command()
@common
@pass_asked
def status(asked: Asked) -> None:
    """Queue, ages, last passes. Exit status 1 while something is refused or unsent."""
    from zoneinfo import ZoneInfo

    from client import report
    from sync.clock import Clock

    policy = asked.profile().policy()
    with asked.store() as store:
        told = report.status(store, policy, Clock())
    kept = asked.profile().key.where()
    asked.tell(
        {**told, "store_key": key_place.told(kept)},
        [*report.status_lines(told, ZoneInfo(policy.time_zone)), *key_place.lines(kept)],
    )
    exit_by(told)


def _progress(asked: Asked) -> Callable[[str, int, int | None], None] | None:
    """A line on standard error that counts up while a person waits."""
    if asked.json or not sys.stderr.isatty():
        return None

    def told(kind: str, rows: int, total: int | None) -> None:
        of = f" / {total}" if total else ""
        click.echo(f"\r{kind} {rows}{of}\033[K", nl=False, err=True)

    return told


for command in (
    ledger.outbox, ledger.journal, shift.shift_end, accounts.reconcile, staff.people, staff.policy,
    hold_list.holds, taught_list.codes, look.look, look.search,
    scanners.scanner_test, scanners.scanner, printing.papers,
    bundling.support,
    tools.practice, tools.selftest, tools.replay, tools.parse, tools.decode, tools.demo,
):  # fmt: skip
    main.add_command(command)
