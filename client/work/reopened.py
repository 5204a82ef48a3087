"""A refused transaction opened again as a draft of its job, filled with what was scanned, to be corrected (design 4).

The draft's uuid is made of the old transaction's: a copy of this device that corrects the same card works on the same
draft, and what it confirms is the same transaction (design 13.1). Its scans stay its evidence.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from client.work import jobs
from client.work.answer import Said, Tone, no
from client.work.item import reopened as asked_again
from client.work.job import Addition, Job, to_lines, to_state
from client.work.receipt import open_delivery
from client.work.ward import Ward
from sync.choices import Choice
from sync.stock import Picking
from sync.store.outbox import Entry
from sync.transaction import Draft, Kind, Line, Transaction, uuid_of


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
    return open_delivery(picking, ward) if picking else None


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
}
