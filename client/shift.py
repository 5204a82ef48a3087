"""The end of a shift, and settling what was refused: `shift-end` and `outbox settle`."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from client import messages, troubles
from client.command import DONE, UNSETTLED, Asked, common, end, now, pass_asked
from client.ledger import outbox
from client.staff import approved, piped_pins
from client.words import cards, refusals, written
from client.words.outbox import seen_to_by
from client.words.shift_end import left_open, shift_line
from client.work.site.people import Act, Person, Role, same_person
from sync.errors import WardstockError

if TYPE_CHECKING:
    from client.work.cards.card import Card, Way
    from client.work.desk import Desk
    from client.work.shift_end import Owed, ShiftEnd
    from client.work.site.policy import Policy
    from sync.store import Store


@click.command("shift-end")
@common
@click.option("--person", default="", help="Only what this one left; it is safe only when nobody left anything.")
@pass_asked
def shift_end(asked: Asked, person: str) -> None:
    """What is unsent, refused or open, by name and age, and whether it is safe to hand over: exit status 1 if not."""
    from client.work.shift_end import shift_end as ended

    policy = asked.profile().policy()
    agrees, why = _compared(asked)
    with asked.store() as store:
        found = ended(store, policy, now(), agrees=agrees)
        asked.tell(_told(store, found, person, why), _lines(store, found, person, why, ZoneInfo(policy.time_zone)))
    end(DONE if found.safe else UNSETTLED)


def _compared(asked: Asked) -> tuple[bool | None, str]:
    """Whether Odoo has what this device says it has; or why nobody knows."""
    from client.command import online
    from sync.reconcile import reconcile

    try:
        with online(asked) as (store, session, _):
            return reconcile(store, session, None).agrees, ""
    except WardstockError as trouble:
        if trouble.code == "not_enrolled":
            raise
        return None, troubles.trouble(trouble.code, trouble.facts)


def _told(store: "Store", found: "ShiftEnd", person: str, why: str) -> dict[str, Any]:  # Any: JSON
    return {
        "safe": found.safe,
        "agrees": found.agrees,
        "text": why,
        "people": list(found.people),
        "open": [_one(one, found) for one in _wanted(found, person)],
        "recounts": [
            {
                "why": one.recount.why,
                "product_id": one.recount.product_id,
                "location_id": one.recount.location_id,
                "lot_id": one.recount.lot_id,
                "since": one.raised_at,
                "raised_by": store.outbox.reference(one.raised_by),
            }
            for one in found.recounts
        ],
    }


def _one(one: "Owed", found: "ShiftEnd") -> dict[str, Any]:  # Any: JSON
    return {
        "left": str(one.left),
        "uuid": one.uuid,
        "name": one.name,
        "person": one.person,
        "since": one.since,
        "age_seconds": int(one.age(found.at).total_seconds()),
        "lines": one.lines,
        "code": one.code,
        "behind": one.behind,
        "alarm": one in found.alarms,
        "text": left_open(one),
    }


def _wanted(found: "ShiftEnd", person: str) -> "tuple[Owed, ...]":
    return found.of(person) if person else found.owed


def _lines(store: "Store", found: "ShiftEnd", person: str, why: str, zone: ZoneInfo) -> Iterator[str]:
    for name in (person,) if person else found.people:
        yield shift_line("of", person=name)
        for one in found.of(name):
            line = "alarm" if one in found.alarms else "owed"
            at, age = _at(one.since, zone), written.age(one.age(found.at))
            yield "  " + shift_line(line, told=left_open(one), at=at, age=age)
    for doubt in found.recounts:
        product = store.catalogue.product(doubt.recount.product_id)
        place = store.catalogue.location(doubt.recount.location_id)
        facts = {"product": product.name if product else "", "place": place.complete_name if place else ""}
        yield shift_line("recount", **facts)
    if found.agrees is None:
        yield shift_line("not_asked", why=why)
    elif not found.agrees:
        yield shift_line("differs")
    yield shift_line("safe" if found.safe else "not_safe")


def _at(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


# -------------------------------------------------------------------- settling


@outbox.command("settle")
@common
@click.argument("which")
@click.argument("choice", default="")
@click.argument("value", default="")
@click.option("--person", default="", help="Who decides; their PIN is asked for.")
@piped_pins
@pass_asked
def outbox_settle(asked: Asked, which: str, choice: str, value: str, person: str, piped: bool) -> None:
    """Take a way out of what was refused; without a choice, its card and the ways out of it are told.

    Some ways want a VALUE: a lot, a shelf, or whose the goods are.
    """
    from client.work.answer import Command, Tone

    policy = asked.profile().policy()
    with asked.store() as store:
        if not choice:
            card = _card(store, _desk(store, policy, policy.person(person, Role.SUPERVISOR)), which)
            asked.tell(_card_told(card), _card_lines(card))
            return
        desk = _desk(store, policy, policy.person(person, Role.STOREKEEPER))
        _stand(desk, store, policy, which, choice, person, piped=piped)
        said = desk.command(Command("settle", f"{which} {choice} {value}".strip()))
        told = {"tone": said.tone, "code": said.code, "facts": dict(said.facts), "title": messages.title(said)}
        lines = [f"{messages.title(said)}. {messages.detail(said)}"]
        lines += _support(store, which) if choice == "call-support" and said.tone is Tone.OK else []
        asked.tell({**told, "detail": messages.detail(said), "support": lines[1:]}, lines)
    end(DONE if said.tone is Tone.OK else UNSETTLED)


def _stand(
    desk: "Desk", store: "Store", policy: "Policy", which: str, choice: str, person: str, *, piped: bool
) -> None:
    """Who decides stands at the desk, as somebody who may and proved it.

    Where the site wants two people for it, the one who did it is the first of them (ward 33). Raises
    WardstockError("own_act"), and what `approved` raises.
    """
    from client.work.present import Second

    card = _card(store, desk, which, missing_ok=True)
    desk.person = _settler(store, policy, _way(card, choice), card, person, piped=piped)
    card = _card(store, desk, which, missing_ok=True)
    way = _way(card, choice)
    if card and way and way.act in policy.two_people:
        doer = card.entry.transaction.person
        if same_person(desk.person.name, doer):
            raise WardstockError("own_act", name=doer)
        desk.second = Second(proved=desk.person)
        desk.person = Person(doer, Role.NURSE, frozenset())


def _way(card: "Card | None", choice: str) -> "Way | None":
    return next((one for one in card.ways if one.choice == choice), None) if card else None


def _settler(
    store: "Store", policy: "Policy", way: "Way | None", card: "Card | None", person: str, *, piped: bool
) -> Person:
    own = card is not None and card.entry.transaction.person == person
    act = way.act if way else None
    return approved(store, policy, person, act or (Act.RETRY if own or way is None else Act.SETTLE), piped=piped)


def _desk(store: "Store", policy: "Policy", person: Person) -> "Desk":
    from client.work.desk import Desk
    from sync.clock import Clock

    return Desk(store, person, policy, Clock())


def _card(store: "Store", desk: "Desk", which: str, *, missing_ok: bool = False) -> "Card | None":
    found = store.outbox.find(which)
    if not found:
        raise WardstockError("no_such_transaction", text=which)
    if len(found) > 1:
        raise WardstockError("several_transactions", text=which, count=len(found))
    card = desk.card(found[0])
    if card is None and not missing_ok:
        raise WardstockError("not_refused", reference=found[0].reference)
    return card


def _card_told(card: "Card | None") -> dict[str, Any]:  # Any: JSON
    if card is None:
        return {}
    heading, told = refusals.refusal(card.entry.code, card.entry.facts)
    return {
        "uuid": card.entry.uuid,
        "reference": card.entry.reference,
        "person": card.entry.transaction.person,
        "since": card.since,
        "code": card.entry.code,
        "line": card.line,
        "title": heading,
        "text": told,
        "begun": [{"choice": one.choice, "person": one.person, "at": one.at} for one in card.begun],
        "ways": [
            {
                "choice": str(way.choice),
                "title": cards.way_out(way.choice, allowed=True)[0],
                "needs": str(way.act) if way.act else "",
                "wants": way.wants,
                "among": [one.value for one in way.among],
            }
            for way in card.ways
        ],
    }


def _card_lines(card: "Card | None") -> Iterator[str]:
    told = _card_told(card)
    if not told:
        return
    yield f"{told['reference']}: {told['title']}. {told['text']}"
    yield from (seen_to_by(one["choice"], one["person"]) for one in told["begun"])
    for way in told["ways"]:
        among = f"  ({', '.join(way['among'])})" if way["among"] else ""
        yield f"  {way['choice']:16} {way['title']}{among}"


def _support(store: "Store", which: str) -> list[str]:
    """What support needs to see, to be copied: no key, no name of a person, no patient."""
    [entry] = store.outbox.find(which)
    enrolment = store.device.enrolment()
    facts = {name: fact for name, fact in entry.facts.items() if name != "person"}
    told = {
        "transaction": f"{entry.reference} {entry.uuid}",
        "kind": entry.transaction.kind,
        "lines": len(entry.transaction.lines),
        "device": store.device.name(),
        "odoo": enrolment.server_version if enrolment else "",
        "refused": entry.code,
        "attempts": entry.attempts,
        "first sent": entry.first_sent_at,
        "journal": entry.journal_head,
        **facts,
    }
    return [f"{name}: {fact}" for name, fact in told.items() if fact not in ("", None)]
