"""Codes on the dock that nobody knows, and shipping units: kept, never in the way of the rest (ward 16, 23)."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from client.barcode.label import Label, RawScan
from client.barcode.read import read
from client.work.answer import Command, Said, no, ok
from client.work.item import heard
from client.work.job import Pending
from client.work.machine import Machine
from client.work.receiving.delivery import Delivery, Unidentified, Unknown
from client.work.rules import MOST
from client.work.shared_words import typed_number
from client.work.teaching import product_named
from client.work.ward import Step, Ward
from sync.transaction import Moment, uuid_of

_LONGEST: Final = 200
_SHOWN: Final = 60


def unknown(delivery: Delivery, label: Label, evidence: str, ward: Ward) -> Step[Delivery]:
    """A shipping unit is noted; any other code is offered to be kept, and counted again where it was."""
    if label.sscc:
        return _pallet(delivery, label.sscc, evidence)
    text = label.text[:_LONGEST]
    if kept := next((one for one in delivery.nameless if one.text == text), None):
        # The same pack again, told by its serial, is a double read (ward 15).
        again = kept.quantity if label.serial else kept.quantity + 1
        more = replace(kept, quantity=again, evidence=(*kept.evidence, evidence))
        after = replace(delivery, unidentified=_with(delivery, more), current=more.number)
        return Step(after, ok("kept_again", code=text[:_SHOWN], quantity=more.quantity))
    found = Unknown(0, text, label.raw.symbology, ward.person.name, ward.now, evidence=(evidence,))
    return Step(replace(delivery, unknown=found), no("unknown_on_dock", code=text[:_SHOWN]))


def _pallet(delivery: Delivery, sscc: str, evidence: str) -> Step[Delivery]:
    """The number of a shipping unit is evidence; what is on it is scanned as goods."""
    if sscc in delivery.pallets:
        return Step(delivery, ok("pallet_again", sscc=sscc), proves=(evidence,))
    return Step(replace(delivery, pallets=(*delivery.pallets, sscc)), ok("pallet_noted", sscc=sscc))


def keep(_machine: Machine[Delivery], delivery: Delivery, said: Command, _ward: Ward) -> Step[Delivery]:
    """`unidentified [QTY]`: the code just refused is goods all the same; somebody will name them."""
    found = delivery.unknown
    if found is None:
        return Step(delivery, no("nothing_unknown"))
    quantity = typed_number(said.value) if said.value else found.quantity
    if quantity is None or not 0 < quantity <= MOST:
        return Step(delivery, no("not_a_number", text=said.value[:20]))
    kept = replace(found, number=delivery.next_number, quantity=quantity)
    after = replace(
        delivery,
        unknown=None,
        unidentified=(*delivery.unidentified, kept),
        current=kept.number,
        next_number=delivery.next_number + 1,
    )
    return Step(after, ok("kept_unidentified", code=kept.text[:_SHOWN], quantity=quantity), proves=kept.evidence)


def name(machine: Machine[Delivery], delivery: Delivery, said: Command, ward: Ward) -> Step[Delivery]:
    """`name PRODUCT [of N]`: what it is. What its label says besides is read with it; the rest is asked."""
    if asked := machine.question(replace(delivery, closing=False), ward):
        return Step(delivery, no("answer_first", question=asked.code))
    code, _, number = said.value.rpartition(" of ")
    code, number = (code, number.strip()) if number.strip().isdigit() and code else (said.value, "")
    left = [one for one in delivery.nameless if number in {"", str(one.number)}]
    if not left:
        return Step(delivery, no("nothing_unidentified"))
    product = product_named(code.strip(), ward.catalogue)
    if isinstance(product, Said):
        return Step(delivery, product)
    one = left[-1]
    label = read(RawScan.received(one.symbology + one.text, source="kept", device="", scanned_at=one.at))
    item = _so_many(replace(heard(product, label, ""), evidence=one.evidence), one.quantity)
    return machine.advance(replace(delivery, closing=False), item, ward)


def _so_many(item: Pending, packs: Decimal) -> Pending:
    """That many of such a pack; what is in one is counted as its label says, or asked."""
    if item.uncounted:
        return item
    if item.base is not None:
        return replace(item, base=item.base * packs)
    return replace(item, count=packs if item.count is None else item.count * packs)


def pictured(_machine: Machine[Delivery], delivery: Delivery, said: Command, _ward: Ward) -> Step[Delivery]:
    """A picture, kept under that id, of the delivery; right after an unidentified line of that one too."""
    after = replace(delivery, photos=(*delivery.photos, said.value))
    of = next((one for one in delivery.unidentified if one.number == delivery.current), None)
    if of:
        after = replace(after, unidentified=_with(after, replace(of, photos=(*of.photos, said.value))))
    return Step(after, ok("photographed", photos=len(after.photos), code=of.text[:_SHOWN] if of else ""))


def rest(delivery: Delivery, moment: Moment) -> Unidentified | None:
    """The job that goes on with what is nameless when a delivery is finished. A clone's is the same (design 13.1)."""
    if not delivery.nameless:
        return None
    # An order of which nothing came is still open as it was: what is named may be of it.
    open_ = {order.picking.id for order in delivery.untouched()} - set(delivery.settled_papers)
    return Unidentified(
        uuid=uuid_of(delivery.uuid, "unidentified"),
        opened_at=moment.wall,
        person=delivery.person,
        picking=delivery.picking,
        partner_name=delivery.partner_name,
        expected=(),
        create_backorder=delivery.create_backorder,
        joined=delivery.joined,
        blind=delivery.blind,
        once=delivery.once,
        unidentified=delivery.nameless,
        settled_papers=tuple(order.picking.id for order in delivery.orders if order.picking.id not in open_),
        next_number=delivery.next_number,
        photos=tuple(photo for one in delivery.nameless for photo in one.photos),
    )


def _with(delivery: Delivery, changed: Unknown) -> tuple[Unknown, ...]:
    return tuple(changed if one.number == changed.number else one for one in delivery.unidentified)
