"""Goods go back to their supplier, step by step: on the order they came with, so that nobody pays for them (ward 25).

1. `supplier-return P00012` names the order, the receipt or our number of it; without one the goods say it, as far as
   this device received them.
2. Items out of their bins, no more than was received.
3. `confirm` asks why, then makes one document for each order.
"""

from collections.abc import Sequence
from dataclasses import replace

from client.barcode.label import Label
from client.work.again import changed
from client.work.answer import Choice, Command, Question, Said, Tone, no, ok
from client.work.case import GO_ON
from client.work.job import Addition, Pending
from client.work.machine import Machine, Opened, Start
from client.work.meaning import PickingsMeant
from client.work.moving.bodies import act_of, nothing_lost, whole
from client.work.moving.goods import facts_of, rows
from client.work.moving.kinds import type_for
from client.work.moving.leaving_answers import from_bin, is_bin, reserved_why, scanned_bin, whose
from client.work.shared_words import told
from client.work.signature import Signature
from client.work.site.people import Act
from client.work.stale import resumed
from client.work.suppliers.rules import (
    AT_THE_END,
    NOTHING,
    RECEIVED_BY,
    RULES,
    Received,
    SupplierReturn,
    agreed,
    filled,
    received_here,
)
from client.work.ward import Step, Ward
from sync.errors import WardstockError
from sync.stock import Location
from sync.transaction import Answer, Document, Kind, Line, Transaction, new_uuid

REASONS = ("damaged", "expired", "wrong goods", "recalled", "too many")
"""What is offered; any other may be typed."""


def _start(begin: Start, ward: Ward) -> Opened[SupplierReturn] | Said:
    if not ward.may(Act.SUPPLIER_RETURN):
        return no("needs_role", act=Act.SUPPLIER_RETURN, question="")
    incoming = type_for(ward.catalogue, "incoming", begin.place)
    if type_for(ward.catalogue, "outgoing", begin.place) is None or incoming is None or not incoming.source_id:
        return no("no_supplier_place")
    job = SupplierReturn(
        uuid=new_uuid(), opened_at=ward.now, person=ward.person.name, vendor_place_id=incoming.source_id
    )
    if begin.place and is_bin(begin.place):
        job = replace(job, shelf_id=begin.place.id, shelf_name=begin.place.complete_name)
    if begin.value:
        return _of_order(job, begin.value, ward)
    received = tuple(one for one in received_here(ward) if one.left > 0)
    return Opened(replace(job, received=received), ok("return_opened", lines=len(received)))


def _of_order(job: SupplierReturn, text: str, ward: Ward) -> Opened[SupplierReturn]:
    """The order, receipt or reference named: what this device received of it, else what Odoo will be asked for."""
    name = text.strip()[:_LONGEST_ORDER]
    received = received_here(ward, name)
    if received:
        first = received[0]
        known = replace(
            job,
            received=_joined(job.received, received),
            order=first.order or name,
            known=True,
            partner_id=first.partner_id,
            partner_name=first.partner_name,
            vendor_place_id=first.vendor_place_id,
        )
        facts = {"order": known.order, "partner": known.partner_name, "lines": len(received)}
        return Opened(known, ok("return_of_order", **facts))
    papers = next(iter(ward.catalogue.pickings_of_order(name)), None) or ward.catalogue.closed_picking(name)
    partner = ward.catalogue.partner(papers.partner_id) if papers and papers.partner_id else None
    asked = replace(
        job,
        order=name,
        known=False,
        partner_id=partner.id if partner else None,
        partner_name=partner.name if partner else "",
    )
    return Opened(asked, ok("return_of_unknown_order", order=name))


_LONGEST_ORDER = 40


def _joined(before: tuple[Received, ...], more: tuple[Received, ...]) -> tuple[Received, ...]:
    """Additions name a received line by its place: what is known already keeps it."""
    known = {one.key for one in before}
    return (*before, *(one for one in more if one.key not in known))


# -------------------------------------------------------------------- what a scan means


def _place(job: SupplierReturn, place: Location, ward: Ward) -> Step[SupplierReturn]:
    """The bin the next goods are taken from."""
    if job.pending:
        return scanned_bin(SUPPLIER_RETURN, job, place, ward)
    if not is_bin(place):
        return Step(job, no("not_a_shelf", place=place.complete_name))
    there = replace(job, shelf_id=place.id, shelf_name=place.complete_name, closing=False, current=0)
    return Step(there, ok("return_from", place=place.name))


def _papers(job: SupplierReturn, meant: PickingsMeant, ward: Ward) -> Step[SupplierReturn]:
    """What is left of the order is still expected: its papers name it as well."""
    papers = meant.pickings[0]
    return _order(SUPPLIER_RETURN, job, Command("order", papers.origin or papers.name), ward)


def _unknown(job: SupplierReturn, label: Label, _evidence: str, ward: Ward) -> Step[SupplierReturn] | None:
    """The number of a receipt of ours, or an order this device received goods of."""
    text = label.text.strip()
    if not received_here(ward, text):
        return None
    return _order(SUPPLIER_RETURN, job, Command("order", text), ward)


def _order(machine: Machine[SupplierReturn], job: SupplierReturn, said: Command, ward: Ward) -> Step[SupplierReturn]:
    """The order the next goods go back on. Goods whose receipt only Odoo knows are finished first: one such order."""
    name = said.value.strip()
    if not name:
        return Step(job, no("order_wanted"))
    if name.casefold() != job.order.casefold() and any(not (a.picking_id or a.unexpected) for a in job.additions):
        return Step(job, no("finish_this_return", order=job.order, document=name[:_LONGEST_ORDER]))
    opened = _of_order(job, said.value, ward)
    if job.pending is None:
        return Step(replace(opened.job, closing=False), opened.said)
    asked = machine.question(job, ward)
    item = told(job.pending, asked, f"order {opened.job.order}", ward) if asked and asked.asks_for == "order" else None
    if item is None:
        return Step(job, no("answer_first", question=asked.code if asked else ""))
    kept = tuple(
        answer for answer in item.settled if answer.question not in {"no_receipt_known", "not_in_that_receipt"}
    )
    step = machine.advance(opened.job, replace(item, settled=kept), ward)
    return replace(step, job=job) if step.said.tone is Tone.NO else step


def _receipt(machine: Machine[SupplierReturn], job: SupplierReturn, said: Command, ward: Ward) -> Step[SupplierReturn]:
    """Which of several receipts the open item came with."""
    asked = machine.question(job, ward)
    if asked is None or job.pending is None or said not in {choice.command for choice in asked.choices}:
        return Step(job, no("nothing_asked", command=said.name))
    return machine.advance(job, told(job.pending, asked, f"receipt {said.value}", ward), ward)


def _reason(machine: Machine[SupplierReturn], job: SupplierReturn, said: Command, ward: Ward) -> Step[SupplierReturn]:
    """Why they go back; of reserved goods why these are taken."""
    if job.pending:
        return reserved_why(machine, job, said, ward)
    if not said.value.strip():
        return Step(job, no("reason_wanted"))
    after = replace(job, reason=said.value.strip()[:_LONGEST_REASON])
    return machine.confirm(after, ward) if job.closing else Step(after, ok("return_reason_is", reason=after.reason))


_LONGEST_REASON = 200


def _told(job: SupplierReturn, add: Addition, pending: Pending) -> Said:
    one = job.of(add.picking_id)
    facts: dict[str, object] = {
        **facts_of(add, pending),
        "total": job.taken(add.product.id, add.lot_name),
        "ordered": one.quantity if one else NOTHING,
        "order": (one.order or one.document) if one else "" if add.unexpected else job.order,
    }
    return ok("goes_back_unpaid" if add.unexpected else "goes_back", **facts).at(_row(job, pending))


_row = rows("return")


# -------------------------------------------------------------------- the end of it


def _closing(job: SupplierReturn, ward: Ward) -> Question | None:
    """Another draft may have sent the same goods back since, they may be on hold now; then why."""
    over = next((one for one in job.received if job.left_of(one) < 0), None)
    if over:
        facts = {"product": over.product.name, "lot": over.lot_name, "order": over.order or over.document}
        return Question("more_going_back", {**facts, "over": -job.left_of(over), "left": over.left}, (GO_ON,))
    if now := changed(job, ward, AT_THE_END):
        return now
    if job.reason:
        return None
    ways = (
        Choice(Command("reason", REASONS[0]), "back_damaged"),
        Choice(Command("reason", REASONS[1]), "back_expired"),
        Choice(Command("reason", REASONS[2]), "back_wrong"),
        Choice(Command("reason", REASONS[3]), "back_recalled"),
        Choice(Command("reason", REASONS[4]), "back_too_many"),
        GO_ON,
    )
    return Question("return_reason", {"partner": job.partner_name}, ways)


def _refreshed(job: SupplierReturn, ward: Ward) -> Opened[SupplierReturn]:
    """Taken up again. What was received keeps its place: additions name it by that."""
    if not job.finished:
        now = {one.key: one for one in received_here(ward)}
        job = replace(job, received=tuple(now.get(one.key, one) for one in job.received))
        job = SUPPLIER_RETURN.answered(job, ward)
    return resumed(job, job.order or job.partner_name, ward.catalogue)


def transactions(job: SupplierReturn, signature: Signature, ward: Ward) -> list[Transaction]:
    """One for each order and vendor. Raises WardstockError("picking_type_gone")."""
    parts: dict[str, list[Addition]] = {}
    for add in job.additions:
        parts.setdefault(_order_of(job, add), []).append(add)
    made = [_transaction(job, order, adds, signature, ward) for order, adds in parts.items()]
    nothing_lost(job, made)
    return made


def _order_of(job: SupplierReturn, add: Addition) -> str:
    """Where no receipt is known, the order says to Odoo which move is meant; goods without one go back plainly."""
    one = job.of(add.picking_id)
    if one:
        return one.order or one.document
    return "" if add.unexpected else job.order


def _transaction(
    job: SupplierReturn, order: str, adds: Sequence[Addition], signature: Signature, ward: Ward
) -> Transaction:
    groups = replace(job, additions=tuple(adds)).lines()
    parts = [(_line(group, job.of(group[0].picking_id)), group) for group in groups]
    first = parts[0][0]
    kind = type_for(ward.catalogue, "outgoing", ward.catalogue.location(first.source_id))
    if kind is None:
        raise WardstockError("picking_type_gone", document=order)
    partner = next((one.partner_id for add in adds if (one := job.of(add.picking_id))), job.partner_id)
    document = Document(
        picking_type_id=kind.id,
        source_id=first.source_id,
        destination_id=first.destination_id,
        origin=order,
        partner_id=partner,
    )
    act = act_of(job, f"supplier-return:{order}", Kind.SUPPLIER_RETURN, document, parts, signature)
    received_by = _received_by(job, act.lines, groups, signature)
    return replace(act, reason=job.reason, answers=(*act.answers, *received_by))


def _line(group: tuple[Addition, ...], one: Received | None) -> Line:
    return replace(whole(group), move_id=one.move_id if one else None)


def _received_by(
    job: SupplierReturn, lines: Sequence[Line], groups: Sequence[tuple[Addition, ...]], signature: Signature
) -> list[Answer]:
    """Which received line each goes back from: what is left of it is known by that."""
    at = signature.acted_at.wall
    return [
        Answer(RECEIVED_BY, one.key, signature.person, at, line.number)
        for line, group in zip(lines, groups, strict=True)
        if (one := job.of(group[0].picking_id))
    ]


def _confirmed(job: SupplierReturn, made: list[Transaction]) -> Said:
    lines = sum(len(one.lines) for one in made)
    return ok("return_finished", reference=made[0].reference, lines=lines, partner=job.partner_name)


def _called(job: SupplierReturn) -> tuple[str, str]:
    return job.partner_name or job.order, job.order


SUPPLIER_RETURN: Machine[SupplierReturn] = Machine(
    name="supplier_return",
    state=SupplierReturn,
    words=frozenset({"supplier-return"}),
    codes=frozenset(),
    start=_start,
    act=Act.SUPPLIER_RETURN,
    rules=RULES,
    agreed=agreed,
    told=_told,
    row=_row,
    place=_place,
    papers=_papers,
    closing=_closing,
    refreshed=_refreshed,
    transactions=transactions,
    confirmed=_confirmed,
    called=_called,
    commands={"from": from_bin, "whose": whose, "reason": _reason, "order": _order, "receipt": _receipt},
    filled=filled,
    unknown=_unknown,
)
