"""Receiving, step by step: a delivery and a scan become a delivery and an answer. Pure; `desk` keeps it on disk.

1. An open picking, or a product on one, opens the delivery (`open_delivery`).
2. A scan of product, lot, expiry and quantity in one symbol adds a line at once; what is missing is asked for,
   one thing at a time; a second symbol of the same item fills it in.
3. A shelf scanned after an item puts it there. `qty` changes the last item, `undo` takes it back.
4. `confirm` asks about what is short, then the desk makes the transactions.
"""

from dataclasses import replace
from decimal import Decimal

from client.barcode.label import Label
from client.work.answer import Command, Said, no, ok
from client.work.delivery import Delivery, Expected, Pending
from client.work.item import heard, joined
from client.work.meaning import CommandMeant, LocationMeant, PatientMeant, PickingsMeant, UnknownCode, meaning
from client.work.receipt_commands import command
from client.work.receipt_steps import Step, Ward, advance, question
from client.work.rules import row_key
from sync.stock import Location, Picking, Usage
from sync.store.catalogue import Catalogue
from sync.transaction import new_uuid


def open_delivery(picking: Picking, ward: Ward) -> Delivery:
    """A new draft for an open incoming picking, with what Odoo still expects of it."""
    kind = ward.catalogue.picking_type(picking.picking_type_id)
    partner = ward.catalogue.partner(picking.partner_id) if picking.partner_id else None
    return Delivery(
        uuid=new_uuid(),
        picking=picking,
        partner_name=partner.name if partner else "",
        expected=_expected(picking, ward.catalogue),
        opened_at=ward.now,
        person=ward.person.name,
        create_backorder=kind.create_backorder if kind else "ask",
    )


def refreshed(delivery: Delivery, catalogue: Catalogue) -> Delivery:
    """The delivery with what a later pull says is expected; unchanged where the picking is no longer visible."""
    if delivery.finished or catalogue.picking(delivery.picking.id) is None:
        return delivery
    return replace(delivery, expected=_expected(delivery.picking, catalogue) or delivery.expected)


def _expected(picking: Picking, catalogue: Catalogue) -> tuple[Expected, ...]:
    prefilled = {line.move_id: line.destination_id for line in catalogue.move_lines(picking.id) if not line.picked}
    moves = sorted(catalogue.moves(picking.id), key=lambda move: move.id)
    return tuple(
        Expected(
            move_id=move.id,
            product=product,
            expected=max(move.expected - move.others_picked, Decimal(0)),
            uom_id=move.uom_id,
            destination_id=(place := prefilled.get(move.id, move.destination_id)),
            destination_name=_name_of(catalogue.location(place)),
        )
        for move in moves
        if (product := catalogue.product(move.product_id))
    )


def _name_of(location: Location | None) -> str:
    return location.name if location else ""


def scan(delivery: Delivery, label: Label, evidence: str, ward: Ward) -> Step:
    """The answer to one scan while this delivery is open."""
    meant = meaning(label, ward.catalogue)
    if isinstance(meant, CommandMeant):
        return command(delivery, meant.command, ward)
    if delivery.finished:
        return Step(delivery, no("already_confirmed"))
    if isinstance(meant, PatientMeant):
        return Step(delivery, no("patient_label"))
    delivery = replace(delivery, closing=False)
    if isinstance(meant, PickingsMeant):
        return Step(delivery, _another_order(delivery, meant))
    if isinstance(meant, LocationMeant):
        return _put_in(delivery, meant.location)
    if misread := _misread(label):
        return Step(delivery, misread)
    if isinstance(meant, UnknownCode):
        return _unknown(delivery, label, evidence, ward)
    return _item(delivery, heard(meant, label, evidence), ward)


def _another_order(delivery: Delivery, meant: PickingsMeant) -> Said:
    if any(picking.id == delivery.picking.id for picking in meant.pickings):
        return ok("already_open", document=delivery.picking.name)
    return no("another_order", document=meant.pickings[0].name, open=delivery.picking.name)


def _misread(label: Label) -> Said | None:
    """A product number that fails its check digit names the wrong product or none: never guessed at."""
    for problem in label.problems:
        if problem.code == "check_digit" and problem.element in {"", "01", "02"}:
            return no("misread", code=label.text)
    return None


def _unknown(delivery: Delivery, label: Label, evidence: str, ward: Ward) -> Step:
    """A code nobody knows is the lot or serial where one is asked for, else it is refused by name."""
    asked = question(delivery, ward)
    if asked and asked.asks_for in {"lot", "serial"} and label.kind == "plain":
        step = command(delivery, Command(asked.asks_for, label.text), ward)
        pending = step.delivery.pending
        if pending:
            pending = replace(pending, evidence=(*pending.evidence, evidence))
            return replace(step, delivery=replace(step.delivery, pending=pending))
        return step
    if asked:
        return Step(delivery, no("answer_first", question=asked.code))
    return Step(delivery, no("unknown_code", code=label.text[:60]))


def _item(delivery: Delivery, said: Pending, ward: Ward) -> Step:
    open_item = delivery.pending
    if open_item is None:
        return advance(delivery, said, ward)
    whole = joined(open_item, said)
    if whole is None:
        asked = question(delivery, ward)
        return Step(delivery, no("answer_first", question=asked.code if asked else ""))
    return advance(delivery, whole, ward)


def _put_in(delivery: Delivery, location: Location) -> Step:
    """A shelf scanned after an item overrides where Odoo would put it (ward 19)."""
    if delivery.pending:
        return Step(delivery, no("answer_first_then_place", place=location.name))
    if location.usage is not Usage.INTERNAL or not location.active:
        return Step(delivery, no("not_a_shelf", place=location.complete_name))
    if not delivery.additions:
        return Step(delivery, no("item_before_place", place=location.name))
    last = replace(delivery.additions[-1], destination_id=location.id, destination_name=location.name)
    delivery = replace(delivery, additions=(*delivery.additions[:-1], last))
    row = row_key(last.product.id, unexpected=last.unexpected)
    return Step(delivery, ok("put_in", place=location.name, product=last.product.name).at(row))
