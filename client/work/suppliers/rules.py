"""The state and the rules of a return to a supplier: what was received, on which order, how much is left (ward 25).

Odoo pays for what was received and not returned; a return counts only where it names the move that received the goods
(contract 14.14). This device knows that of its own receipts; of others it knows the order at most, and Odoo is asked
for the move when it is posted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from client.work.again import STILL_THERE
from client.work.answer import Choice, Command, Question, no
from client.work.case import SET_ASIDE, Case, Rule, Verdict
from client.work.job import Addition, Job, Pending
from client.work.moving.goods import added
from client.work.moving.leaving import (
    Way,
    bin_at,
    bound,
    enough_where_strict,
    from_one_bin,
    lot_chosen,
    lot_here,
    not_held,
    not_reserved,
    out_of,
    serial_here,
    whose_goods,
)
from client.work.rules import ONCE, READ, right_quantity, separator_lost
from client.work.site.people import Act
from client.work.ward import Ward
from sync.stock import Location, Product, Tracking
from sync.store.outbox import Entry
from sync.transaction import Kind, Line, Status, Transaction

NOTHING = Decimal(0)
_RECEIVED = frozenset({Kind.RECEIPT, Kind.BLIND_RECEIPT})


@dataclass(frozen=True, slots=True)
class Received:
    """One line this device received, in base units, and what of it has not gone back yet.

    `key` is the line's external id. `move_id` is Odoo's move that received it; None where only Odoo can tell.
    """

    key: str
    product: Product
    lot_name: str
    quantity: Decimal
    left: Decimal
    order: str
    document: str
    received_on: date
    vendor_place_id: int
    move_id: int | None = None
    partner_id: int | None = None
    partner_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierReturn(Job):
    """Goods that go back. `order` is the order named, `known` whether this device received any of it."""

    received: tuple[Received, ...] = ()
    order: str = ""
    known: bool = False
    partner_id: int | None = None
    partner_name: str = ""
    vendor_place_id: int = 0
    shelf_id: int = 0
    shelf_name: str = ""
    reason: str = ""

    def of(self, number: int) -> Received | None:
        """What an addition's `picking_id` names: a place in `received`, counted from one."""
        return self.received[number - 1] if 0 < number <= len(self.received) else None

    def left_of(self, one: Received) -> Decimal:
        """What of a received line neither went back before nor goes back now."""
        number = self.received.index(one) + 1
        return one.left - sum((add.quantity for add in self.additions if add.picking_id == number), NOTHING)


def received_here(ward: Ward, order: str = "") -> tuple[Received, ...]:
    """What this device received, newest first; of one order, document or reference where one is named."""
    entries = [entry for entry in ward.outbox.rows() if entry.status not in {Status.WITHDRAWN, Status.REFUSED}]
    acts = [(entry, entry.transaction) for entry in entries]
    back = [act for _, act in acts if act.kind is Kind.SUPPLIER_RETURN]
    wanted = order.strip().casefold()
    return tuple(
        received
        for entry, act in acts
        if act.kind in _RECEIVED and (not wanted or wanted in _names(entry, act))
        for received in _lines(ward, entry, act, back)
    )


def _names(entry: Entry, act: Transaction) -> set[str]:
    document = act.document
    names = {act.reference, document.picking_name, entry.outcome.picking_name if entry.outcome else ""}
    names |= {part.strip() for part in document.origin.split(",")} | {document.origin}
    return {name.casefold() for name in names if name}


def _lines(ward: Ward, entry: Entry, act: Transaction, back: list[Transaction]) -> Iterator[Received]:
    partner = ward.catalogue.partner(act.document.partner_id) if act.document.partner_id else None
    # What others had closed was booked on the order's next papers: there its moves have other numbers.
    there = entry.outcome is None or entry.outcome.picking_id == act.document.picking_id
    for line in act.lines:
        product = ward.catalogue.product(line.product_id)
        if product is None:
            continue
        key = act.line_xid(line)
        gone = sum((one.done for each in back for one in each.lines if _from(each, one) == key), NOTHING)
        yield Received(
            key=key,
            product=product,
            lot_name=line.lot_name,
            quantity=line.done,
            left=line.done - gone,
            order=act.document.origin,
            document=entry.outcome.picking_name if entry.outcome else act.document.picking_name,
            received_on=ward.policy.day_of(act.acted_at.wall),
            vendor_place_id=act.document.source_id,
            move_id=line.move_id if there else None,
            partner_id=act.document.partner_id,
            partner_name=partner.name if partner else "",
        )


RECEIVED_BY = "received_by"
"""The answer that names the received line goods go back from."""


def _from(act: Transaction, line: Line) -> str:
    """The received line a returned one came with."""
    mine = (one for one in act.answers if one.question == RECEIVED_BY and one.line == line.number)
    return next((one.choice for one in mine), "")


# -------------------------------------------------------------------- what is known without asking


def way(case: Case[SupplierReturn]) -> Way:
    """Out of its bin to the vendor."""
    source = case.catalogue.location(case.pending.source_id) if case.pending.source_id else None
    return source, None


def filled(case: Case[SupplierReturn]) -> Pending:
    """The bin, and whose goods they are, where only one can be meant."""
    if case.pending.product is None:
        return case.pending
    return out_of(case, None if case.pending.source_id else bin_at(case, _shelf(case)))


def _shelf(case: Case[SupplierReturn]) -> Location | None:
    return case.catalogue.location(case.job.shelf_id) if case.job.shelf_id else None


def receipts_of(case: Case[SupplierReturn]) -> tuple[Received, ...]:
    """The lines it may have been received by, those with something left first."""
    name = "" if case.product.tracking is Tracking.NONE else case.pending.lot_name
    mine = [one for one in case.job.received if one.product.id == case.product.id and one.lot_name == name]
    if case.job.order:
        named = {case.job.order.casefold()}
        mine = [one for one in mine if named & {one.order.casefold(), one.document.casefold()}]
    return tuple(sorted(mine, key=lambda one: case.job.left_of(one) <= 0))


def receipt_of(case: Case[SupplierReturn]) -> Received | None:
    """The one that is meant: chosen, or the only order there is."""
    found = receipts_of(case)
    if chosen := case.pending.choice("which_receipt"):
        return next((one for one in found if f"receipt {one.key}" == chosen), None)
    before = case.pending.instead_of
    if before and before.lot_name == case.pending.lot_name:
        return case.job.of(before.picking_id)
    return found[0] if found and len({one.order for one in found}) == 1 else None


# -------------------------------------------------------------------- rules of its own


def _from_one_bin(case: Case[SupplierReturn]) -> Verdict:
    return from_one_bin(case, _shelf(case))


def _received_on(case: Case[SupplierReturn]) -> Verdict:
    """On which order it came; without that the vendor is paid for what goes back (contract 14.14)."""
    if receipt_of(case) or case.pending.choice("no_receipt_known") or case.pending.choice("not_in_that_receipt"):
        return None
    found, job = receipts_of(case), case.job
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "order": job.order}
    if found:
        ways = tuple(_came_with(case, one) for one in found[:6])
        return Question("which_receipt", facts, (*ways, SET_ASIDE))
    if job.order and not job.known:
        return None
    if job.order:
        return Question("not_in_that_receipt", facts, (case.choice("odoo_may_know", "yes"), SET_ASIDE))
    without = case.choice("return_without_order", "yes", Act.BLIND_RECEIPT)
    return Question("no_receipt_known", facts, (without, SET_ASIDE), asks_for="order")


def _came_with(case: Case[SupplierReturn], one: Received) -> Choice:
    facts = {"order": one.order, "document": one.document, "day": one.received_on, "quantity": case.job.left_of(one)}
    return Choice(Command("receipt", one.key), "this_receipt", facts)


def _no_more_than_received(case: Case[SupplierReturn]) -> Verdict:
    one = receipt_of(case)
    if one is None:
        return None
    before = case.pending.instead_of
    mine = before.quantity if before and before in case.job.additions else NOTHING
    left = case.job.left_of(one) + mine
    if case.pending.quantity <= left:
        return None
    facts = {"received": one.quantity, "left": left, "order": one.order or one.document}
    return no("more_than_received", product=case.product.name, quantity=case.pending.quantity, **facts)


RULES: tuple[Rule[SupplierReturn], ...] = (
    *READ,
    separator_lost,
    *ONCE,
    _from_one_bin,
    bound(lot_chosen, way),
    bound(serial_here, way),
    bound(lot_here, way),
    _received_on,
    bound(not_held, way),
    bound(whose_goods, way),
    right_quantity,
    _no_more_than_received,
    bound(not_reserved, way),
    bound(enough_where_strict, way),
)
"""What goes back may be as old as it is: what is it, from where, which lot, on which order did it come, how many."""
AT_THE_END: tuple[Rule[SupplierReturn], ...] = (*STILL_THERE, bound(not_held, way), bound(enough_where_strict, way))
"""What may have changed since the scan."""


def number_of(case: Case[SupplierReturn]) -> int:
    """Its place among what was received, counted from one; 0 where only Odoo can tell."""
    one = receipt_of(case)
    return case.job.received.index(one) + 1 if one else 0


def agreed(case: Case[SupplierReturn]) -> Addition:
    """What an item becomes that nobody objects to."""
    one = receipt_of(case)
    return replace(
        added(case),
        destination_id=one.vendor_place_id if one else case.job.vendor_place_id,
        destination_name=one.partner_name if one else case.job.partner_name,
        unexpected=bool(case.pending.choice("no_receipt_known")),
        source_name=place.name if (place := case.catalogue.location(case.pending.source_id)) else "",
        picking_id=number_of(case),
    )
