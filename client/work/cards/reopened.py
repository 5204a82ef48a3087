"""A refused transaction opened again as a draft of its job, filled with what was scanned, to be corrected (design 4).

The draft's uuid is made of the old transaction's: a copy of this device that corrects the same card works on the same
draft, and what it confirms is the same transaction (design 13.1). Its scans stay its evidence.
"""

from collections.abc import Sequence
from dataclasses import replace

from client.work import jobs
from client.work.answer import Said, Tone, no
from client.work.cards.reopened_jobs import REOPENINGS, supplier_return
from client.work.item import reopened as asked_again
from client.work.job import Addition, Job, to_lines, to_state
from client.work.ward import Ward
from sync.choices import Choice
from sync.store.outbox import Entry
from sync.transaction import COUNTS, Draft, Line, Transaction, uuid_of


def reopened(entry: Entry, person: str, ward: Ward) -> Draft | Said:
    """The draft, with the line the refusal speaks of asked about again; or why there can be none."""
    was, way = entry.transaction, REOPENINGS[entry.transaction.kind]
    job = way.opened(was, ward)
    if job is None:
        return no("not_opened_again", reference=was.reference)
    lines = _scanned(was)
    additions = tuple(add for line in lines if (add := _addition(was, line, ward)))
    if len(additions) < len(lines):
        return no("goods_gone_here", reference=was.reference)
    job = _corrects(replace(job, photos=was.photos), was, person, way.fitted(job, additions, was))
    wrong = job.addition(entry.facts.get("line", 0))
    if wrong:
        # The question it raises stays open; where it raises none, or cannot be taken at all, it stands as it was.
        step = jobs.of(job).advance(job.without(wrong.number), asked_again(wrong, ward), ward)
        job = job if step.said.tone is Tone.NO else step.job
    return _draft(job, ward)


def sent_back(entry: Entry, person: str, ward: Ward) -> Draft | Said:
    """What was received although it was not wanted any more, as a return to whom it came from (ward 25).

    Of each line what has not gone back yet, from where it was put, on the order it came with.
    """
    was = entry.transaction
    job = supplier_return(was, ward, was.document.origin, was.document.source_id)
    lines = {was.line_xid(line): line for line in was.lines}
    additions: list[Addition] = []
    for place, one in enumerate(job.received, start=1):
        line = lines.get(one.key)
        if line is None or one.left <= 0 or (add := _addition(was, line, ward)) is None:
            continue
        part = {} if one.left == line.done else {"quantity": one.left, "count": one.left, "unit": one.product.uom_name}
        add = replace(
            add,
            source_id=add.destination_id,
            source_name=add.destination_name,
            destination_id=one.vendor_place_id,
            destination_name=one.partner_name,
            settled=(),
            picking_id=place,
        )
        additions.append(replace(add, **part))  # type: ignore[arg-type]  # names of parts of an addition
    if not additions:
        return no("goes_back_by_return", reference=was.reference)
    ordered = sorted(additions, key=lambda add: add.number)
    return _draft(_corrects(job, was, person, ordered), ward)


def _corrects(job: Job, was: Transaction, person: str, additions: Sequence[Addition]) -> Job:
    return replace(
        job,
        uuid=uuid_of(was.uuid, Choice.CORRECT),
        person=person,
        corrects=was.uuid,
        additions=tuple(additions),
        next_number=max(add.number for add in additions) + 1,
    )


def _draft(job: Job, ward: Ward) -> Draft:
    machine = jobs.of(job)
    title, document = machine.called(job)
    return Draft(
        job.uuid, machine.name, to_state(job), job.person, title, ward.now, ward.now, document, to_lines(job.additions)
    )


def _scanned(was: Transaction) -> tuple[Line, ...]:
    """Its lines, but for what a count says of other places: that a serial found here is not there."""
    if was.kind not in COUNTS:
        return was.lines
    return tuple(line for line in was.lines if line.source_id == was.document.source_id)


def _addition(was: Transaction, line: Line, ward: Ward) -> Addition | None:
    """A line as it was scanned: under its number, where it was taken and put, with its answers."""
    product = ward.catalogue.product(line.product_id)
    place, source = ward.catalogue.location(line.destination_id), ward.catalogue.location(line.source_id)
    if product is None or product.gone:
        return None
    quantity = line.done if line.counted is None else line.counted
    return Addition(
        number=line.number,
        product=product,
        quantity=quantity,
        unit=(line.unit if line.count else "") or product.uom_name,
        count=line.count or quantity,
        destination_id=line.destination_id,
        destination_name=place.name if place else "",
        scanned_at=was.acted_at.wall,
        lot_name=line.lot_name,
        lot_id=line.lot_id,
        expiry=line.expiry,
        serial=line.serial,
        batch=line.batch,
        placed=True,
        evidence=line.evidence,
        settled=tuple(answer for answer in was.answers if answer.line == line.number),
        source_id=line.source_id,
        source_name=source.name if source else "",
        package_id=line.package_id,
        owner_id=line.owner_id,
    )
