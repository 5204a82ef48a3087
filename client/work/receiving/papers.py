"""The vendor's own paper: asked once in a delivery, warned about where its number came before (ward 18)."""

from dataclasses import replace
from typing import Final

from client.work.answer import Choice, Command, Question, ask, no, ok
from client.work.case import GO_ON
from client.work.machine import Machine
from client.work.receiving.delivery import Delivery
from client.work.ward import Step, Ward
from sync.store.outbox_questions import Questions
from sync.transaction import Answer

NOTE: Final = "delivery_note"
NONE: Final = "none"
"""What says that no paper came with it."""
_LONGEST: Final = 60


def note_question(delivery: Delivery, ward: Ward) -> Question | None:
    """Which number, where the site wants it and nobody said; is it another delivery, where it was received before."""
    told = delivery.told_once(NOTE)
    facts = {"partner": delivery.partner_name, "note": told or ""}
    if told is None and (delivery.corrects or not ward.policy.ask_delivery_note):
        return None  # what is corrected had its paper
    if told is None:
        none = Choice(Command("note", NONE), "no_note")
        return Question(NOTE, facts, (none, GO_ON), asks_for="note")
    if not delivery.note_before or any(one.question == "note_seen_before" for one in delivery.answers):
        return None
    another = Choice(Command("yes"), "another_delivery")
    facts["reference"] = delivery.note_before
    return Question("note_seen_before", facts, (another, GO_ON), asks_for="note")


def note_said(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`note NUMBER`, `note none`, at any time; `note` alone: the code just scanned. At the end finishing goes on."""
    value = said.value or (delivery.unknown.text if delivery.unknown else "")
    number = "" if value.casefold() == NONE else value.strip()
    if not value or len(number) > _LONGEST:
        return Step(delivery, no("not_a_note", text=number[:_LONGEST]))
    before = received_before(ward.outbox, delivery, number) if number else ""
    noted = delivery.with_once(Answer(NOTE, number, ward.person.name, ward.now))
    after = replace(noted, note_before=before, unknown=delivery.unknown if said.value else None)
    if delivery.closing:
        return machine.finish(after, ward)
    if before:
        return Step(after, ask("note_seen_before", note=number, reference=before, partner=delivery.partner_name))
    return Step(after, ok("noted", note=number))


def received_before(outbox: Questions, delivery: Delivery, number: str) -> str:
    """Our reference of an earlier delivery of that vendor with that number; empty where this device knows none."""
    for entry in outbox.noted(number):
        same = entry.transaction.document.partner_id == delivery.picking.partner_id
        if same and entry.draft != delivery.uuid:
            return entry.reference
    return ""
