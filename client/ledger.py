"""What was confirmed and what became of it: the `outbox` and `journal` commands."""

import json
from typing import TYPE_CHECKING

import click

from client import troubles
from client.command import DONE, UNSETTLED, Asked, common, end, now, pass_asked
from client.staff import approved, piped_pins
from client.work.site.people import Act, Role, same_person
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.work.site.policy import Policy
    from sync.store import Store
    from sync.store.outbox import Entry


@click.group()
def outbox() -> None:
    """Transactions waiting for Odoo, and what became of them."""


@outbox.command("list")
@common
@pass_asked
def outbox_list(asked: Asked) -> None:
    """All that is unfinished and the newest of the others, newest first."""
    from client import report

    with asked.store() as store:
        entries = store.outbox.rows()
        told = [report.transaction(entry) for entry in entries]
        asked.tell(told, [line for entry in entries for line in report.transaction_lines(store, entry)])


@outbox.command("show")
@common
@click.argument("which")
@pass_asked
def outbox_show(asked: Asked, which: str) -> None:
    """One transaction, by its reference or the beginning of its uuid: body and story."""
    from zoneinfo import ZoneInfo

    from client import report

    zone = ZoneInfo(asked.profile().policy().time_zone)
    with asked.store() as store:
        entry = _one(store, which)
        happened = store.journal.story(entry.uuid)
        unsure = store.device.server_time(entry.transaction.acted_at) is None
        told = {**report.transaction(entry), "time_unsure": unsure}
        lines = [*report.transaction_lines(store, entry), *(report.story_line(one, zone) for one in happened)]
        lines += [troubles.trouble("time_unsure", {})] if unsure else []
    asked.tell({**told, "body": json.loads(entry.body), "story": [report.story(one) for one in happened]}, lines)


@outbox.command("withdraw")
@common
@click.argument("which")
@click.option("--person", required=True, help="Who withdraws it; their PIN is asked for.")
@piped_pins
@pass_asked
def outbox_withdraw(asked: Asked, which: str, person: str, piped: bool) -> None:
    """Take it back: at once what was never sent or was refused; for anything else the next pass asks Odoo."""
    from sync.transaction import Status

    policy = asked.profile().policy()
    with asked.store() as store:
        entry = _one(store, which)
        name = _allowed(store, policy, entry, person, Act.WITHDRAW, piped=piped)
        status = store.outbox.withdraw(entry.uuid, name, now())
    code = "withdrawn" if status is Status.WITHDRAWN else "withdraw_wished"
    asked.tell({code: entry.uuid, "status": status}, [troubles.say(code, reference=entry.reference)])


@outbox.command("release")
@common
@click.argument("which")
@click.option("--person", required=True, help="The supervisor who lets it go; their PIN is asked for.")
@piped_pins
@pass_asked
def outbox_release(asked: Asked, which: str, person: str, piped: bool) -> None:
    """Send it although it waits behind another."""
    policy = asked.profile().policy()
    with asked.store() as store:
        entry = _one(store, which)
        name = _allowed(store, policy, entry, person, Act.RELEASE, piped=piped)
        store.outbox.release(entry.uuid, name, now())
    asked.tell({"released": entry.uuid}, [troubles.say("released", reference=entry.reference)])


@outbox.command("retry")
@common
@click.argument("which")
@click.option("--person", default="", help="Who asks for it, where the site does not let everybody; with their PIN.")
@piped_pins
@pass_asked
def outbox_retry(asked: Asked, which: str, person: str, piped: bool) -> None:
    """Do not wait: try it in the next pass."""
    policy = asked.profile().policy()
    with asked.store() as store:
        entry = _one(store, which)
        if policy.roles_of(Act.RETRY) != frozenset(Role):
            _allowed(store, policy, entry, person, Act.RETRY, piped=piped)
        store.outbox.retry_now(entry.uuid)
    asked.tell({"retried": entry.uuid}, [troubles.say("retried", reference=entry.reference)])


@click.group()
def journal() -> None:
    """Who did what, when, and what Odoo answered."""


@journal.command("verify")
@common
@pass_asked
def journal_verify(asked: Asked) -> None:
    """Prove the journal unbroken. Exit status 1 if it is not."""
    with asked.store() as store:
        verdict = store.journal.verify()
    line = troubles.say("journal_ok" if verdict.ok else "journal_broken", rows=verdict.rows, entry=verdict.first_bad)
    asked.tell({"ok": verdict.ok, "rows": verdict.rows, "first_bad": verdict.first_bad}, [line])
    end(DONE if verdict.ok else UNSETTLED)


def _allowed(store: "Store", policy: "Policy", entry: "Entry", person: str, act: Act, *, piped: bool) -> str:
    """The name of who may do that to a transaction, and proved who they are.

    Where the site wants two people, nobody approves what they did themselves (ward 33). Raises
    WardstockError("own_act"), and what `approved` raises.
    """
    name = approved(store, policy, person, act, piped=piped).name
    if act in policy.two_people and same_person(name, entry.transaction.person):
        raise WardstockError("own_act", name=name)
    return name


def _one(store: "Store", which: str) -> "Entry":
    found = store.outbox.find(which)
    if not found:
        raise WardstockError("no_such_transaction", text=which)
    if len(found) > 1:
        raise WardstockError("several_transactions", text=which, count=len(found))
    return found[0]
