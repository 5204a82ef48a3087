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
from client.work.answer import Command, Said, Tone, no, ok
from client.work.delivery import Delivery, Expected, Pending
from client.work.item import TELLS_THE_PRODUCT, faults, heard, joined
from client.work.meaning import (
    CommandMeant,
    LocationMeant,
    Meaning,
    PatientMeant,
    PickingsMeant,
    ProductMeant,
    RestOfLabel,
    SeveralProducts,
    UnknownLevel,
    meaning,
)
from client.work.receipt_commands import command, opened
from client.work.receipt_steps import Step, Ward, advance, answered, question
from client.work.rules import row_key
from sync.stock import Location, Picking, Product, Usage
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


def refreshed(delivery: Delivery, ward: Ward) -> tuple[Delivery, tuple[Product, ...]]:
    """The delivery with what a later pull says is expected, and the products that are no longer on the order.

    What was scanned of those stays, beside the order. A picking that is closed or no longer visible changes nothing.
    """
    known = ward.catalogue.picking(delivery.picking.id)
    if delivery.finished or known is None or known.gone:
        return delivery, ()
    now = replace(delivery, expected=_expected(delivery.picking, ward.catalogue) or delivery.expected)
    gone = {
        add.product.id: add.product for add in now.additions if not (add.unexpected or now.moves_of(add.product.id))
    }
    moved = (replace(add, unexpected=add.unexpected or add.product.id in gone) for add in now.additions)
    return answered(replace(now, additions=tuple(moved)), ward), tuple(gone.values())


def changed_goods(delivery: Delivery, catalogue: Catalogue) -> tuple[Product, ...]:
    """Scanned products that are archived by now, no longer visible, or counted in another unit (ward 34)."""
    scanned = {add.product.id: add.product for add in delivery.additions}
    now = {id_: catalogue.product(id_) for id_ in scanned}
    return tuple(product for id_, product in scanned.items() if (new := now[id_]) and _other(product, new))


def _other(before: Product, now: Product) -> bool:
    return not now.active or now.uom_id != before.uom_id


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
    delivery = answered(delivery, ward)
    meant = meaning(label, ward.catalogue)
    if isinstance(meant, CommandMeant):
        return command(delivery, meant.command, ward)
    if isinstance(meant, LocationMeant):
        return _put_in(delivery, meant.location, ward)
    # From here on `qty` and a shelf no longer speak of the item before this scan.
    return _heard(replace(delivery, closing=False, current=0), meant, label, evidence, ward)


def _heard(delivery: Delivery, meant: Meaning, label: Label, evidence: str, ward: Ward) -> Step:
    if isinstance(meant, PatientMeant):
        return Step(delivery, no("patient_label"))
    if isinstance(meant, PickingsMeant):
        return Step(delivery, _another_order(delivery, meant))
    if misread := _misread(label):
        return Step(delivery, misread)
    if isinstance(meant, ProductMeant | SeveralProducts | UnknownLevel | RestOfLabel):
        return _item(delivery, heard(meant, label, evidence), ward)
    return _unknown(delivery, label, evidence, ward)


def _another_order(delivery: Delivery, meant: PickingsMeant) -> Said:
    if any(picking.id == delivery.picking.id for picking in meant.pickings):
        return ok("already_open", document=delivery.picking.name)
    return no("another_order", document=meant.pickings[0].name, open=delivery.picking.name)


def _misread(label: Label) -> Said | None:
    """A damaged product number names the wrong product or none, and so does a symbol that broke: never guessed at."""
    for problem in faults(label):
        if problem.element in TELLS_THE_PRODUCT or (label.kind == "gs1" and not problem.element):
            return no("misread", problem=problem.code, element=problem.element, **dict(problem.facts))
    return None


def _unknown(delivery: Delivery, label: Label, evidence: str, ward: Ward) -> Step:
    """A code nobody knows is the lot or serial where one is asked for, else it is refused by name."""
    asked = question(delivery, ward)
    if asked and asked.asks_for in {"lot", "serial"} and _may_be_a_lot(label):
        open_item = opened(delivery)
        proved = replace(delivery, pending=replace(open_item, evidence=(*open_item.evidence, evidence)))
        step = command(proved, Command(asked.asks_for, label.text), ward)
        # A refused text proves nothing about the item.
        return replace(step, delivery=delivery) if step.said.tone is Tone.NO else step
    if asked:
        return Step(delivery, no("answer_first", question=asked.code))
    return Step(delivery, no("unknown_code", code=label.text[:60]))


_LONGEST_LOT_BARCODE = 20
"""GS1 allows a lot 20 characters."""
_GTIN_8 = 8


def _may_be_a_lot(label: Label) -> bool:
    """Plain text as lots are written; no address, no label of another language. A short number may look like a GTIN."""
    text = label.text.strip()
    plain = label.kind == "plain" or (label.kind == "gtin" and len(text) == _GTIN_8)
    return plain and len(text) <= _LONGEST_LOT_BARCODE and set(text) <= _LOT_CHARACTERS and not text.startswith("+")


_LOT_CHARACTERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-./_ +")


def _item(delivery: Delivery, said: Pending, ward: Ward) -> Step:
    if delivery.pending is None:
        return advance(delivery, said, ward)
    whole = joined(delivery.pending, said)
    if whole is None:
        asked = question(delivery, ward)
        return Step(delivery, no("answer_first", question=asked.code if asked else ""))
    return advance(delivery, whole, ward)


def _put_in(delivery: Delivery, location: Location, ward: Ward) -> Step:
    """A shelf scanned after an item overrides where Odoo would put it (ward 19), within the delivery's own place."""
    if delivery.pending:
        return Step(delivery, no("answer_first_then_place", place=location.name))
    if location.usage is not Usage.INTERNAL or not location.active:
        return Step(delivery, no("not_a_shelf", place=location.complete_name))
    within = ward.catalogue.location(delivery.picking.destination_id)
    if within and not location.parent_path.startswith(within.parent_path):
        # The goods still have steps to go; a shelf beyond them would skip those (ward 20).
        return Step(delivery, no("shelf_elsewhere", place=location.complete_name, within=within.complete_name))
    last = delivery.addition(delivery.current)
    if last is None:
        return Step(delivery, no("item_before_place", place=location.name))
    put = replace(last, destination_id=location.id, destination_name=location.name, placed=True)
    additions = tuple(put if add.number == put.number else add for add in delivery.additions)
    facts = {"place": location.name, "product": last.product.name, "quantity": last.quantity}
    row = row_key(last.product.id, unexpected=last.unexpected)
    return Step(replace(delivery, additions=additions), ok("put_in", unit=last.product.uom_name, **facts).at(row))
