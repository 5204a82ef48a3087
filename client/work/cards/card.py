"""A refused transaction as a card: what happened, to which line, and the ways out with the right each needs (design 4).

Also what was done although somebody wanted it back: Odoo had it already, so it can only be corrected.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from client.barcode.label import Label
from client.work.answer import Choice as Answer
from client.work.answer import Command, Question, Said, no, ok
from client.work.cards.candidates import Candidate
from client.work.cards.corrections import candidates, instead, undone, wanted_for
from client.work.cards.reopened import reopened, sent_back
from client.work.cards.settling import Instead, Settling
from client.work.cards.witnessed import witnessed
from client.work.meaning import LocationMeant, Meaning, UnknownCode
from client.work.site.people import Act, same_person
from client.work.ward import Ward
from sync.choices import CHOICES, DONE_ALL_THE_SAME, REFUSALS, Choice
from sync.store import Store
from sync.store.outbox import LEFT_IN_ODOO, Entry, Successor
from sync.transaction import COUNTS, Footprint, Kind, Status, Transaction, footprint

_UNKNOWN: Final = (Choice.CALL_SUPPORT, Choice.POST_AGAIN, Choice.WITHDRAW)
"""The ways out of a refusal this version does not know: it was written by another."""
_WANTS: Final = {Choice.CHOOSE_LOT: "lot", Choice.CHOOSE_SHELF: "shelf", Choice.CHOOSE_OWNER: "owner"}
_ACTS: Final = {
    Choice.WITHDRAW: Act.WITHDRAW,
    Choice.USE_LABEL: Act.CHANGE_EXPIRY,
    Choice.MOVE_ANYWAY: Act.ACCEPT_HELD,
    Choice.TO_QUARANTINE: Act.QUARANTINE,
    Choice.WITHOUT_ORDER: Act.BLIND_RECEIPT,
    Choice.KEEP_OURS: Act.SETTLE,
    Choice.RECOUNT: Act.COUNT,
}
_ANYBODY: Final = frozenset({Choice.SETTLE_IN_ODOO, Choice.CALL_SUPPORT})
_RECEIVED: Final = frozenset({Kind.RECEIPT, Kind.BLIND_RECEIPT})
"""Done, they are not moved back in silence: they go to whom they came from, so that nobody pays for them (ward 25)."""
_ELSEWHERE: Final = frozenset({Choice.SETTLE_IN_ODOO, Choice.CALL_SUPPORT, Choice.RECOUNT})
"""Ways after which the card stays, until what stands in the way is gone; a count alone is over with its recount."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way out. `act` is the right it needs, empty for anybody; `wants` names what must be said with it."""

    choice: Choice
    act: Act | None
    allowed: bool
    wants: str = ""
    among: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """Somebody sees to it elsewhere: in Odoo, with support, or by counting."""

    choice: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """A transaction that waits for a person. `since` is when it was refused; `line` the number of the line it is about.

    `begun` are the ways taken after which it stays a card.
    """

    entry: Entry
    since: datetime
    line: int | None
    begun: tuple[Begun, ...]
    ways: tuple[Way, ...]
    told: Mapping[str, object] = field(default_factory=dict)
    """What is known of it, with times as they are at the site."""

    def way(self, choice: Choice) -> Way | None:
        """That way out, where it is one."""
        return next((way for way in self.ways if way.choice is choice), None)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was answered, and the draft that was opened to correct it in."""

    said: Said
    draft: str = ""


def cards(store: Store, ward: Ward) -> tuple[Card, ...]:
    """All there are, the oldest first."""
    entries = sorted(store.outbox.rows(), key=lambda entry: entry.place)
    return tuple(card for entry in entries if (card := card_of(store, ward, entry)))


def card_of(store: Store, ward: Ward, entry: Entry) -> Card | None:
    """The card of a transaction; None for one nobody has to settle."""
    late = entry.status is Status.DONE and entry.code == DONE_ALL_THE_SAME
    if not late and entry.status is not Status.REFUSED:
        return None
    story = store.journal.story(entry.uuid)
    if any(one.event == "settled" for one in story):
        return None
    since = next((one.at for one in reversed(story) if one.event in {"refused", DONE_ALL_THE_SAME}), entry.queued_at)
    entry = _as_first_refused(entry)
    begun = tuple(Begun(str(one.facts["choice"]), one.person, one.at) for one in story if one.event == "taken_up")
    about = entry.facts.get("line")
    return Card(
        entry,
        since,
        about if isinstance(about, int) else None,
        begun,
        _ways(store, ward, entry, begun),
        told_here(entry.facts, ward),
    )


def _as_first_refused(entry: Entry) -> Entry:
    """The reply of the refusal was lost, and it was asked again: the card is about the why that Odoo kept of it.

    What somebody took back is no refusal: it stays what it is.
    """
    while entry.code == "refused_before":  # as often as a reply was lost
        why, before = entry.facts.get("why"), entry.facts.get("before")
        if why not in REFUSALS or not isinstance(before, Mapping):
            return entry
        entry = replace(entry, code=str(why), facts=before)
    return entry


def told_here(facts: Mapping[str, Any], ward: Ward) -> Mapping[str, object]:
    """Odoo's facts with each moment as the hour it was at the site, and the day where it was another."""
    return {name: _hour(fact, ward) if isinstance(fact, str) else fact for name, fact in facts.items()}


def _hour(fact: str, ward: Ward) -> str:
    if not _MOMENT.fullmatch(fact):
        return fact
    there = datetime.fromisoformat(fact).astimezone(ZoneInfo(ward.policy.time_zone))
    return f"{there:%H:%M}" if there.date() == ward.today else f"{there:%Y-%m-%d %H:%M}"


_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)")


def _ways(store: Store, ward: Ward, entry: Entry, begun: tuple[Begun, ...]) -> tuple[Way, ...]:
    """What stands in the way may be gone, once somebody saw to it: then it is sent again."""
    seen_to = {one.choice for one in begun} - {Choice.CALL_SUPPORT}
    choices = dict.fromkeys(
        Choice.POST_AGAIN if choice in seen_to else choice for choice in CHOICES.get(entry.code, _UNKNOWN)
    )
    return tuple(_way(store, ward, entry, choice) for choice in choices)


def _way(store: Store, ward: Ward, entry: Entry, choice: Choice) -> Way:
    acts = _needed(entry, choice, ward)
    missing = next((act for act in acts if not _may(ward, entry, act)), None)
    among = candidates(_settling(store, ward, entry, choice, "")) if choice in _WANTS else ()
    return Way(choice, missing or (acts[-1] if acts else None), missing is None, _WANTS.get(choice, ""), among)


def _may(ward: Ward, entry: Entry, act: Act) -> bool:
    """Where the site wants two, nobody stands by for what they did themselves (ward 33)."""
    theirs = ward.approver is not None and same_person(ward.approver.name, entry.transaction.person)
    return ward.may(act) and not (theirs and act in ward.policy.two_people)


def _needed(entry: Entry, choice: Choice, ward: Ward) -> tuple[Act, ...]:
    """The rights it takes: one's own work may be settled by oneself, but what goes beyond it needs its own right."""
    if choice in _ANYBODY or (choice is Choice.RECOUNT and entry.transaction.kind not in COUNTS):
        return ()
    others = not same_person(entry.transaction.person, ward.person.name)
    own = _ACTS.get(choice)
    if choice is Choice.REALLY_MORE and entry.transaction.kind is Kind.RECEIPT:
        own = Act.OVER_RECEIVE
    if entry.status is Status.DONE:
        own = Act.WITHDRAW
    back = [Act.SUPPLIER_RETURN] if entry.status is Status.DONE and entry.transaction.kind in _RECEIVED else []
    settles = [Act.SETTLE] if others and choice is not Choice.WITHDRAW else []
    return tuple(dict.fromkeys([*settles, *back, *([own] if own else [])]))


def card_question(card: Card) -> Question:
    """The card as a question: each way out is an answer, with each value it can take where some are known."""
    facts = {"reference": card.entry.reference, "code": card.entry.code, "about": card.told}
    answers = [answer for way in card.ways for answer in _answers(card, way)]
    return Question("card", facts, (*answers, _LEAVE))


def _answers(card: Card, way: Way) -> Iterator[Answer]:
    say = f"{card.entry.reference} {way.choice}"
    act = str(way.act) if way.act else ""
    for one in way.among[:_MOST]:
        facts = {"value": one.value, "quantity": one.quantity}
        yield Answer(Command("settle", f"{say} {one.value}"), "way_with", facts, act, way.allowed)
    if len(way.among) != 1:
        yield Answer(Command("settle", say), f"way_{way.choice.replace('-', '_')}", {}, act, way.allowed)


def scanned(card: Card, meant: Meaning, label: Label) -> str:
    """What a scan answers while a card is shown: the shelf or the lot that one of its ways wants; empty for nothing."""
    wants = {way.wants: way for way in card.ways}
    value = way = ""
    if isinstance(meant, LocationMeant) and "shelf" in wants:
        way, value = wants["shelf"].choice, meant.location.barcode or meant.location.complete_name
    elif "lot" in wants and (label.lot or (label.kind == "plain" and isinstance(meant, UnknownCode))):
        way, value = wants["lot"].choice, (label.lot or label.text).strip()
    return f"{card.entry.reference} {way} {value}" if value else ""


_LEAVE: Final = Answer(Command("no"), "leave_card")
_MOST: Final = 5
"""Values shown at once; others are scanned or typed."""


# -------------------------------------------------------------------- settling


def settle(store: Store, ward: Ward, which: str, choice: str, value: str = "") -> Settled:
    """Take one way out of one card, once: the same again says so and does nothing.

    `which` is a reference or how a uuid begins, `value` the lot, shelf or owner a way wants.
    """
    found = store.outbox.find(which)
    if len(found) != 1:
        return Settled(no("several_cards" if found else "no_such_card", reference=which, count=len(found)))
    [entry] = found
    card = card_of(store, ward, entry)
    if card is None:
        return Settled(_settled_before(store, entry, choice))
    way = next((one for one in card.ways if one.choice == choice), None)
    if way is None:
        begun = any(one.choice == choice for one in card.begun)
        said = ok("seen_to_before", reference=entry.reference) if begun else _not_a_way(card)
        return Settled(said)
    if not way.allowed:
        return Settled(no("needs_role", act=way.act or "", question=""))
    return _taken(store, ward, card, way, value)


def _taken(store: Store, ward: Ward, card: Card, way: Way, value: str) -> Settled:
    entry, choice, by = card.entry, way.choice, ward.by(way.act)
    settling = _settling(store, ward, entry, choice, value, by)
    if choice is Choice.WITHDRAW:
        return Settled(_withdrawn(store, entry, by, ward.now))
    if choice is Choice.CORRECT and (entry.status is Status.REFUSED or entry.transaction.kind in _RECEIVED):
        return _corrected(store, ward, entry, by)
    if choice in _ELSEWHERE and (choice is not Choice.RECOUNT or entry.transaction.kind not in COUNTS):
        return Settled(_seen_to(store, settling, entry.uuid))
    if entry.code == LEFT_IN_ODOO:
        # Some of it stands in Odoo: only the same transaction can go on from there, a new one would double it.
        store.outbox.retry_now(entry.uuid)
        return Settled(ok("tried_again", reference=entry.reference))
    made = undone(settling) if entry.status is Status.DONE else instead(settling)
    if made is None:
        return Settled(no("not_opened_again", reference=entry.reference))
    if isinstance(made, Said):
        return Settled(made)
    if _takes_in_more(entry, made) and not ward.may(Act.OVER_RECEIVE):
        return Settled(no("needs_role", act=Act.OVER_RECEIVE, question=""))
    seen = witnessed(made, settling.was, ward)
    return Settled(seen if isinstance(seen, Said) else _replaced(store, settling, seen))


def _replaced(store: Store, settling: Settling, made: Instead) -> Said:
    uuid, was = settling.was.uuid, settling.was
    numbered = [replace(one, reference=store.device.next_reference()) for one in made.transactions]
    queued = [(one, _footprint(store, one)) for one in numbered]
    store.outbox.replace(
        uuid, Successor(settling.choice, queued, recounts=made.recounts), settling.person, settling.now
    )
    if not numbered:
        return ok("to_be_counted", reference=was.reference)
    names = ", ".join(one.reference for one in numbered)
    return ok("settled", reference=was.reference, choice=str(settling.choice), follows=names)


def _seen_to(store: Store, settling: Settling, uuid: str) -> Said:
    wanted = wanted_for(settling) if settling.choice is Choice.RECOUNT else ()
    first = store.outbox.take_up(uuid, settling.choice, settling.person, settling.now, wanted)
    facts = {"reference": settling.was.reference, "choice": str(settling.choice)}
    return ok("seen_to", **facts) if first else ok("seen_to_before", **facts)


def _withdrawn(store: Store, entry: Entry, by: str, now: datetime) -> Said:
    status = store.outbox.withdraw(entry.uuid, by, now)
    return ok("withdrawn" if status is Status.WITHDRAWN else "withdraw_wished", reference=entry.reference)


def _corrected(store: Store, ward: Ward, entry: Entry, by: str) -> Settled:
    """A draft of the right job, with what was scanned; what was refused ends when it opens, what is done stays."""
    done = entry.status is Status.DONE
    found = sent_back(entry, by, ward) if done else reopened(entry, by, ward)
    if isinstance(found, Said):
        return Settled(found)
    store.outbox.replace(entry.uuid, Successor(Choice.CORRECT, draft=found), by, ward.now)
    code = "sending_back" if done else "correcting"
    return Settled(ok(code, reference=entry.reference, document=found.document), found.uuid)


def _settled_before(store: Store, entry: Entry, choice: str) -> Said:
    story = store.journal.story(entry.uuid)
    taken = [str(one.facts["choice"]) for one in story if one.event == "settled"]
    taken += [str(Choice.WITHDRAW)] if entry.status is Status.WITHDRAWN or entry.wish else []
    if not taken:
        return no("nothing_to_settle", reference=entry.reference)
    if taken[0] == choice:
        return ok("settled_before", reference=entry.reference, choice=choice)
    return no("settled_otherwise", reference=entry.reference, choice=taken[0])


def _not_a_way(card: Card) -> Said:
    return no("not_a_way", reference=card.entry.reference, ways=", ".join(way.choice for way in card.ways))


def _takes_in_more(entry: Entry, made: Instead) -> bool:
    """Goods of an order that find no room on it any more are taken in beside it."""
    beside = any(one.kind is Kind.BLIND_RECEIPT for one in made.transactions)
    return beside and entry.transaction.kind is Kind.RECEIPT and entry.code in {"already_done", "taken_by_device"}


def _settling(store: Store, ward: Ward, entry: Entry, choice: Choice, value: str, person: str = "") -> Settling:
    return Settling(
        was=entry.transaction,
        code=entry.code,
        facts=entry.facts,
        choice=choice,
        value=value.strip(),
        person=person,
        now=ward.now,
        catalogue=ward.catalogue,
        quarantine=ward.plan.quarantine,
        earlier=partial(_earlier, store),
    )


def _earlier(store: Store, uuid: str) -> tuple[Transaction, Mapping[str, Any]] | None:
    entry = store.outbox.get(uuid)
    return (entry.transaction, entry.facts) if entry else None


def _footprint(store: Store, transaction: Transaction) -> Footprint:
    places = {place for line in transaction.lines for place in (line.source_id, line.destination_id)}
    return footprint(transaction, store.catalogue.locations(places))
