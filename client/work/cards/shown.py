"""What the desk says of transactions that were confirmed: the card that waits, and what may be taken back."""

from dataclasses import replace

from client.work.answer import Choice, Command, Question, Said, ask, no, ok
from client.work.cards.card import Card, card_of, card_question, cards
from client.work.site.people import Act
from client.work.ward import Ward
from sync.store import Store
from sync.store.outbox import Entry
from sync.transaction import UNFINISHED, Status


def waiting(store: Store, ward: Ward, which: str) -> Card | Said:
    """The card of that reference or uuid, or the only one there is; of several the names are told."""
    open_ = [card for card in cards(store, ward) if which in {"", card.entry.reference, card.entry.uuid}]
    if len(open_) > 1:
        names = ", ".join(card.entry.reference for card in open_)
        return ask("several_cards_open", count=len(open_), names=names)
    if not open_:
        return no("no_such_card", reference=which) if which else ok("no_card")
    return open_[0]


def ways(store: Store, ward: Ward, entry: Entry, person: str) -> tuple[Choice, ...]:
    """What may be done with a transaction: the ways out of its card, else to take it back, or to let it go ahead."""
    if card := card_of(store, ward, entry):
        return _without_leaving(card_question(card))
    if entry.status not in UNFINISHED or entry.wish:
        return ()
    may = may_withdraw(ward, entry, person)
    back = Choice(Command("withdraw", entry.uuid), "way_withdraw", {}, Act.WITHDRAW, may)
    ahead = Choice(Command("release", entry.uuid), "release", {}, Act.RELEASE, ward.may(Act.RELEASE))
    return (back, ahead) if entry.waiting_behind and entry.released is None else (back,)


def _without_leaving(asked: Question) -> tuple[Choice, ...]:
    return tuple(choice for choice in asked.choices if choice.command.name == "settle")


def release(store: Store, ward: Ward, uuid: str) -> Said:
    """Let a transaction go although it waits behind another (design 4); who did stands in the journal."""
    entry = store.outbox.get(uuid)
    if entry is None or not ward.may(Act.RELEASE):
        return no("needs_role", act=Act.RELEASE, question="")
    store.outbox.release(uuid, ward.by(Act.RELEASE), ward.now)
    return ok("released_now", reference=entry.reference)


def may_withdraw(ward: Ward, entry: Entry, person: str) -> bool:
    """One's own work that never left the device, or as a supervisor; not alone where the site says two (ward 33).

    What somebody lends to the open question is not for this.
    """
    untouched = entry.status is Status.QUEUED and entry.first_sent_at is None
    own = untouched and entry.transaction.person == person and Act.WITHDRAW not in ward.policy.two_people
    return own or replace(ward, approver=None).may(Act.WITHDRAW)


def withdraw(store: Store, ward: Ward, uuid: str, person: str) -> Said:
    """Take back a transaction: at once, or as a wish where Odoo may have it. The person stands in the journal."""
    entry = store.outbox.get(uuid)
    if entry is None or not may_withdraw(ward, entry, person):
        return no("needs_role", act=Act.WITHDRAW, question="")
    status = store.outbox.withdraw(uuid, person, ward.now)
    return ok("withdrawn" if status is Status.WITHDRAWN else "withdraw_wished", reference=entry.reference)
