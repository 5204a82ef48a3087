"""Who works at this device, and what the site decided: the `people` and `policy` commands."""

import hmac
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from client import key_place, troubles
from client.command import DONE, ROLES, UNSETTLED, Asked, common, end, now, pass_asked
from client.work.site.people import Act, People, Person, Role
from client.work.site.staff import badge_to_keep, enter, managers, pin_to_keep
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.work.site.plan import Missing, SitePlan
    from client.work.site.policy import Policy
    from sync.store import Store
    from sync.store.people import Colleague

BY_KEY: Final = "(Odoo key)"
"""Who stands in the journal where the device's own Odoo key approved: whoever holds it set the device up."""

piped_pins = click.option(
    "--pin",
    "piped",
    is_flag=True,
    help="Read PINs from standard input, one a line: who approves first, then the new one. Else they are asked for.",
)


def approved(store: "Store", policy: "Policy", name: str, act: Act, *, piped: bool) -> Person:
    """Who that is, once their PIN was given and their role may. Where nobody was entered yet, nobody is asked.

    Raises WardstockError: person_unknown, may_not, pin_wrong, pin_wait, pin_none.
    """
    if not store.people.everyone():
        return policy.person(name, Role.SUPERVISOR)
    people = People(store.people, policy)
    if (person := people.by_name(name)) is None:
        raise WardstockError("person_unknown", name=name)
    if not person.may(act):
        raise WardstockError("may_not", name=person.name, roles=", ".join(sorted(policy.roles_of(act))) or "nobody")
    return _proved(people, person.name, piped=piped)


def _proved(people: People, name: str, *, piped: bool) -> Person:
    proof = people.verify(name, _pin_of(name, piped=piped), now())
    if not proof.ok or proof.person is None:
        raise WardstockError(proof.code, name=name, seconds=proof.seconds, left=proof.left)
    return proof.person


def _pin_of(name: str, *, piped: bool) -> str:
    if piped:
        return sys.stdin.readline().strip()
    return str(click.prompt(troubles.say("pin_of", name=name), hide_input=True, err=True))


def new_pin(name: str, *, piped: bool, needed: bool) -> str:
    """The hash of a new PIN; empty where none is wanted yet. Raises WardstockError: pin_not_digits, pin_too_easy."""
    if piped:
        pin = sys.stdin.readline().strip()
    else:
        asked = troubles.say("new_pin" if needed else "new_pin_or_none", name=name)
        pin = click.prompt(asked, hide_input=True, confirmation_prompt=True, default="", show_default=False, err=True)
    if not pin and not needed:
        return ""
    return pin_to_keep(pin)


@click.group()
def people() -> None:
    """Who works at this device: names, roles, badges, PINs."""


def managed(command: Any) -> Any:  # Any: click's decorators are untyped here
    """What all that change people take: who approves it."""
    by = click.option("--by", default="", help="The supervisor who approves it, with their PIN.")
    key = click.option(
        "--key-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="The device's own Odoo key approves instead: for the day the only supervisor forgot the PIN.",
    )
    return by(key(piped_pins(command)))


@people.command("add")
@common
@click.argument("name")
@click.option("--role", type=ROLES, default=Role.NURSE.value, show_default=True)
@click.option("--badge", default="", help="What the badge says when it is scanned.")
@click.option("--again", is_flag=True, help="Somebody who was removed is back.")
@managed
@pass_asked
def people_add(
    asked: Asked, name: str, role: str, badge: str, again: bool, by: str, key_file: Path | None, piped: bool
) -> None:
    """Somebody new. The first is a supervisor, and needs nobody's word."""
    policy = asked.profile().policy()
    with asked.store() as store:
        first = not managers(store, policy)
        who = "" if first and not key_file else manager(store, policy, by, key_file, piped=piped)
        if not who and not policy.person(name, Role(role)).may(Act.MANAGE_PEOPLE):
            raise WardstockError("no_supervisor")
        pin = new_pin(name, piped=piped, needed=not who)
        scanned = badge_to_keep(store, badge) if badge else ""
        enter(store, policy, name, Role(role), now(), who, badge=scanned, pin=pin, again=again)
        told = _told(policy, _known(store, name))
    asked.tell(told, [troubles.say("person_added", **told)])


@people.command("list")
@common
@click.option("--removed", is_flag=True, help="Also who was removed.")
@pass_asked
def people_list(asked: Asked, removed: bool) -> None:
    """Who works here, in which role, and whether badge and PIN are there."""
    policy = asked.profile().policy()
    with asked.store() as store:
        told = [_told(policy, one) for one in store.people.everyone(removed=removed)]
    lines = [troubles.say("person", **{**one, **_signs(one)}) for one in told]
    asked.tell(told, lines or [troubles.say("nobody_yet")])


@people.command("badge")
@common
@click.argument("name")
@click.argument("badge", default="")
@click.option("--none", "drop", is_flag=True, help="The badge is lost: it is nobody's any more.")
@managed
@pass_asked
def people_badge(asked: Asked, name: str, badge: str, drop: bool, by: str, key_file: Path | None, piped: bool) -> None:
    """Another badge for somebody: BADGE is what it says when it is scanned."""
    if bool(badge) == drop:
        raise click.UsageError(troubles.say("badge_or_none"))
    policy = asked.profile().policy()
    with asked.store() as store:
        who = manager(store, policy, by, key_file, piped=piped)
        store.people.settle_badge(name, badge_to_keep(store, badge) if badge else "", now(), who)
        told = _told(policy, _known(store, name))
    asked.tell(told, [troubles.say("person_changed", **told)])


@people.command("pin")
@common
@click.argument("name")
@managed
@pass_asked
def people_pin(asked: Asked, name: str, by: str, key_file: Path | None, piped: bool) -> None:
    """Another PIN: with one's own old one, or with a supervisor's (--by). Waiting for wrong tries ends."""
    policy = asked.profile().policy()
    with asked.store() as store:
        known = _known(store, name)
        own = not key_file and by in {"", known.name}
        if own:
            who = _proved(People(store.people, policy), known.name, piped=piped).name
        else:
            who = manager(store, policy, by, key_file, piped=piped)
        store.people.settle_pin(known.name, new_pin(known.name, piped=piped, needed=True), now(), who)
        told = _told(policy, _known(store, name))
    asked.tell(told, [troubles.say("person_changed", **told)])


@people.command("role")
@common
@click.argument("name")
@click.argument("role", type=ROLES)
@managed
@pass_asked
def people_role(asked: Asked, name: str, role: str, by: str, key_file: Path | None, piped: bool) -> None:
    """Another role for somebody. A supervisor always stays."""
    policy = asked.profile().policy()
    with asked.store() as store:
        who = manager(store, policy, by, key_file, piped=piped)
        store.people.settle_role(name, role, now(), who)
        told = _told(policy, _known(store, name))
    asked.tell(told, [troubles.say("person_changed", **told)])


@people.command("remove")
@common
@click.argument("name")
@managed
@pass_asked
def people_remove(asked: Asked, name: str, by: str, key_file: Path | None, piped: bool) -> None:
    """They work here no more. The name stays taken: it stands in slips and in the journal."""
    policy = asked.profile().policy()
    with asked.store() as store:
        who = manager(store, policy, by, key_file, piped=piped)
        store.people.remove(name, now(), who)
        told = _told(policy, _known(store, name))
    asked.tell(told, [troubles.say("person_removed", **told)])


@people.command("import")
@common
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@managed
@pass_asked
def people_import(asked: Asked, file: Path, by: str, key_file: Path | None, piped: bool) -> None:
    """Many at once, from a table (CSV) with the columns name, role, badge and pin. Nobody is removed by it.

    Who is known gets the role and badge the file says. A file with anything wrong in it changes nobody.
    """
    from client.roster import roster, take_in

    policy = asked.profile().policy()
    with asked.store() as store:
        wanted = roster(file, store, lambda text: badge_to_keep(store, text))
        who = manager(store, policy, by, key_file, piped=piped)
        added, changed = take_in(store, wanted, now(), who)
    told = {"added": added, "changed": changed, "unchanged": len(wanted) - len(added) - len(changed)}
    counts = {"added": len(added), "changed": len(changed), "unchanged": told["unchanged"]}
    asked.tell(told, [troubles.say("people_imported", **counts)])


def manager(store: "Store", policy: "Policy", by: str, key_file: Path | None, *, piped: bool) -> str:
    """Who approves a change of people, as the journal names them.

    Raises WardstockError: no_supervisor, by_whom, key_not_ours, and what `approved` raises.
    """
    if key_file:
        key = store.device.odoo_key()
        if not key or not hmac.compare_digest(key_file.read_bytes().strip(), key.encode()):
            raise WardstockError("key_not_ours", file=key_file.name)
        return BY_KEY
    if not managers(store, policy):
        raise WardstockError("no_supervisor")
    if not by:
        raise WardstockError("by_whom")
    return approved(store, policy, by, Act.MANAGE_PEOPLE, piped=piped).name


def _known(store: "Store", name: str) -> "Colleague":
    if (found := store.people.get(name)) is None:
        raise WardstockError("person_unknown", name=name)
    return found


def _told(policy: "Policy", one: "Colleague") -> dict[str, Any]:
    return {
        "name": one.name,
        "role": one.role,
        "badge": bool(one.badge),
        "pin": bool(one.pin),
        "removed_at": one.removed_at,
        "acts": [] if one.removed_at else sorted(policy.acts_of(Role(one.role))),
    }


def _signs(told: dict[str, Any]) -> dict[str, str]:
    kinds = {"badge": troubles.say("with_badge"), "pin": troubles.say("with_pin")}
    signs = [word for name, word in kinds.items() if told[name]]
    if told["removed_at"]:
        signs = [troubles.say("was_removed", at=told["removed_at"].date())]
    return {"signs": ", ".join(signs)}


@click.group()
def policy() -> None:
    """What the site decided: policy.json in the device's folder (docs/policy.md)."""


@policy.command("check")
@common
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another file than the device's own: before it is put there.",
)
@pass_asked
def policy_check(asked: Asked, file: Path | None) -> None:
    """Can it be followed, and does Odoo have what it names? Exit status 1 while something is missing there."""
    from client.work.site.plan import SitePlan
    from client.work.site.policy import Policy

    profile = asked.profile()
    path = file or profile.policy_file
    said = Policy.read(path)
    told: dict[str, Any] = {"file": str(path), "there": path.exists(), "ignored": list(said.unread), "missing": None}
    lines = [troubles.say("policy_reads" if path.exists() else "policy_defaults", file=path)]
    lines += [troubles.trouble("policy_ignored", said.ignored)] if said.unread else []
    warned: list[str] = []
    if profile.database.exists():
        with asked.store() as store:
            if store.catalogue.pulled_at():
                plan = SitePlan.of(said, store.catalogue)
                told |= checked(plan) | {"approvers": [one.name for one in managers(store, said)]}
                lines += [*checked_lines(plan), *([] if told["approvers"] else [troubles.say("nobody_approves")])]
        kept = profile.key.where()
        told["store_key"], warned = key_place.told(kept), key_place.lines(kept)
    if told["missing"] is None:
        lines.append(troubles.say("policy_unchecked"))
    asked.tell(told, [*lines, *warned])
    end(UNSETTLED if told["missing"] else DONE)


def checked(plan: "SitePlan") -> dict[str, Any]:
    """What the policy names and Odoo does not have, for scripts."""
    return {"missing": [_missing(one) for one in plan.missing], "use": plan.uses, "waste": plan.wastes}


def checked_lines(plan: "SitePlan") -> Iterator[str]:
    """The same for people."""
    from client.words.policy import missing

    yield from (missing(one) for one in plan.missing)
    yield troubles.say("policy_offers", use=plan.uses, waste=plan.wastes)
    if not plan.missing:
        yield troubles.say("policy_complete")


def _missing(one: "Missing") -> dict[str, Any]:
    from client.words.policy import missing

    return {"code": one.code, "name": one.name, "where": one.where, "needed": one.needed, "text": missing(one)}
