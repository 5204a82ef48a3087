"""A refused transaction opened again as a draft of its job, filled with what was scanned, to be corrected (design 4).

The draft's uuid is made of the old transaction's: a copy of this device that corrects the same card works on the same
draft, and what it confirms is the same transaction (design 13.1). Its scans stay its evidence.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce
from typing import Final

from client.work import jobs
from client.work.answer import Said, Tone, no
from client.work.delivery import Delivery
from client.work.item import reopened as asked_again
from client.work.job import Addition, Job, to_lines, to_state
from client.work.movement import FROM, TO, Movement, Use, Visit, WardReturn, Waste
from client.work.receipt import open_delivery
from client.work.receipt_care import COLD
from client.work.receipt_papers import NOTE
from client.work.ward import Ward
from sync.choices import Choice
from sync.stock import Picking
from sync.store.outbox import Entry
from sync.transaction import Answer, Draft, Kind, Line, Transaction, uuid_of


def reopened(entry: Entry, person: str, ward: Ward) -> Draft | Said:
    """The draft, with the line the refusal speaks of asked about again; or why there can be none."""
    was = entry.transaction
    opened = _JOBS.get(was.kind)
    job = opened(was, ward) if opened else None
    if job is None:
        return no("not_opened_again", reference=was.reference)
    machine = jobs.of(job)
    additions = tuple(add for line in was.lines if (add := _addition(was, line, job, ward)))
    if len(additions) < len(was.lines):
        return no("goods_gone_here", reference=was.reference)
    job = replace(job, uuid=uuid_of(was.uuid, Choice.CORRECT), person=person, corrects=was.uuid, additions=additions)
    job = replace(job, next_number=max(add.number for add in additions) + 1)
    wrong = job.addition(entry.facts.get("line", 0))
    if wrong:
        # The question it raises stays open; where it raises none, or cannot be taken at all, it stands as it was.
        step = machine.advance(job.without(wrong.number), asked_again(wrong, ward), ward)
        job = job if step.said.tone is Tone.NO else step.job
    title, document = machine.called(job)
    return Draft(
        job.uuid, machine.name, to_state(job), person, title, ward.now, ward.now, document, to_lines(job.additions)
    )


def _addition(was: Transaction, line: Line, job: Job, ward: Ward) -> Addition | None:
    """A line as it was scanned: under its number, where it was put, with its answers."""
    product = ward.catalogue.product(line.product_id)
    place, source = ward.catalogue.location(line.destination_id), ward.catalogue.location(line.source_id)
    if product is None or product.gone:
        return None
    expected = getattr(job, "moves_of", None)
    return Addition(
        number=line.number,
        product=product,
        quantity=line.done,
        unit=(line.unit if line.count else "") or product.uom_name,
        count=line.count or line.done,
        destination_id=line.destination_id,
        destination_name=place.name if place else "",
        scanned_at=was.acted_at.wall,
        lot_name=line.lot_name,
        lot_id=line.lot_id,
        expiry=line.expiry,
        serial=line.serial,
        batch=line.batch,
        unexpected=bool(expected and not expected(line.product_id)),
        placed=True,
        evidence=line.evidence,
        settled=tuple(answer for answer in was.answers if answer.line == line.number),
        source_id=0 if expected else line.source_id,
        source_name="" if expected or source is None else source.name,
        package_id=line.package_id,
        owner_id=line.owner_id,
    )


def _delivery(was: Transaction, ward: Ward) -> Job | None:
    picking = _picking(was, ward)
    return _with_its_paper(open_delivery(picking, ward), was) if picking else None


def _with_its_paper(delivery: Delivery, was: Transaction) -> Delivery:
    """What was asked once of this delivery is not asked again."""
    kept = [answer for answer in was.answers if answer.line is None and answer.question == COLD]
    note = Answer(NOTE, was.delivery_note, was.person, was.acted_at.wall)
    return reduce(Delivery.with_once, [*kept, note], delivery)


def _movement(was: Transaction, ward: Ward) -> Job | None:
    """From where to where, and why; each item keeps the shelf it was taken from."""
    last = max(line.number for line in was.lines)
    source, target = (ward.catalogue.location(id_) for id_ in (was.document.source_id, was.document.destination_id))
    if source is None or target is None:
        return None
    visits = [Visit(source.id, source.complete_name, FROM, 0)]
    if was.kind in {Kind.TRANSFER, Kind.WARD_RETURN}:
        visits.append(Visit(target.id, target.complete_name, TO, last))
    made = _MOVEMENTS[was.kind]
    return made(uuid=was.uuid, opened_at=ward.now, person=was.person, visits=tuple(visits), reason=was.reason)


_MOVEMENTS: Final[Mapping[Kind, type[Movement]]] = {
    Kind.TRANSFER: Movement,
    Kind.USE: Use,
    Kind.WASTE: Waste,
    Kind.WARD_RETURN: WardReturn,
}


def _picking(was: Transaction, ward: Ward) -> Picking | None:
    """Its order's papers, open or not; of goods beside an order, those that carry its name."""
    document = was.document
    if document.picking_id:
        return ward.catalogue.picking(document.picking_id)
    named = ward.catalogue.receipt_by_name(document.origin)
    return named or next(iter(ward.catalogue.pickings_by_origin(document.origin)), None)


_JOBS: Final[Mapping[Kind, Callable[[Transaction, Ward], Job | None]]] = {
    Kind.RECEIPT: _delivery,
    Kind.BLIND_RECEIPT: _delivery,
    **dict.fromkeys(_MOVEMENTS, _movement),
}
