"""From a finished count to the transactions of the outbox: one of the bin, or one for each span of time in it.

A count speaks of a moment (ward 1), and a body has one. So what was said long before the rest, or before goods moved
here on this device, goes by itself. docs/decisions/060-counting-twice.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from client.work.counting.book import Statement, statements
from client.work.counting.job import NOTHING, Count, says_none
from client.work.counting.recounting import counted_before, kind_of, reason_of
from client.work.moving.kinds import type_for
from client.work.signature import Signature
from client.work.ward import Ward
from sync.errors import WardstockError
from sync.stock import Location, Usage
from sync.transaction import Answer, Document, Kind, Line, Moment, Transaction, uuid_of

SPAN = timedelta(minutes=15)
"""What is said within it speaks of one moment, the last of them."""


def adjustment_place(ward: Ward, place: Location) -> Location | None:
    """Where differences are booked: where the site wants it, else where Odoo does (contract 14.1).

    That is the oldest inventory-loss location of the place's company.
    """
    if ward.plan.adjustment:
        return ward.plan.adjustment
    found = ward.catalogue.places_for(Usage.INVENTORY)
    own = (one for one in found if place.company_id is None or one.company_id in {None, place.company_id})
    return next(own, None)


def transactions(job: Count, signature: Signature, ward: Ward) -> list[Transaction]:
    """What the count comes to. The uuids come from the draft's, so a cloned draft makes the same ones.

    Raises WardstockError: "picking_type_gone", "location_gone" where Odoo no longer has what a count is booked with.
    """
    if job.place is None:
        raise ValueError("no place was counted")
    kind_of_paper, loss = type_for(ward.catalogue, "internal", job.place), adjustment_place(ward, job.place)
    if kind_of_paper is None or loss is None:
        raise WardstockError("picking_type_gone", document=job.place.complete_name)
    document = Document(kind_of_paper.id, job.place.id, loss.id)
    said, kind = statements(job, ward), kind_of(job, ward)
    spans = list(_spans(said, _cuts(job, ward)))
    made = [
        _transaction(job, number, span, kind, document, signature, ward) for number, span in enumerate(spans, start=1)
    ]
    _nothing_lost(job, made)
    return made


def _cuts(job: Count, ward: Ward) -> list[datetime]:
    """When goods came or went here on this device since the count began."""
    if job.place is None or not job.additions:
        return []
    return [one.at for one in ward.counting.moved_since(job.place, min(add.scanned_at for add in job.additions))]


def _spans(said: Sequence[Statement], cuts: Sequence[datetime]) -> Iterator[list[Statement]]:
    """The statements by time, parted where one is too long after the first, or something moved in between."""
    span: list[Statement] = []
    for one in sorted(said, key=_at):
        begun, now = (_at(span[0]), _at(one)) if span else (_at(one), _at(one))
        if span and (now - begun > SPAN or any(begun < cut <= now for cut in cuts)):
            yield span
            span = []
        span.append(one)
    if span:
        yield span


def _at(one: Statement) -> datetime:
    return one.moment.wall if one.moment else one.additions[-1].scanned_at


def _transaction(
    job: Count,
    number: int,
    span: Sequence[Statement],
    kind: Kind,
    document: Document,
    signature: Signature,
    ward: Ward,
) -> Transaction:
    lines = tuple(_line(one, at, document.destination_id, ward) for at, one in enumerate(span, start=1))
    name = f"bin:{document.source_id}" if number == 1 else f"bin:{document.source_id}:{number}"
    return Transaction(
        uuid=uuid_of(job.uuid, name),
        kind=kind,
        reference=signature.reference(),
        document=document,
        company_id=signature.company_id,
        person=signature.person,
        device=signature.device,
        acted_at=_moment(span) or signature.acted_at,
        lines=lines,
        witness=job.witness,
        reason=reason_of(job),
        answers=(*_answers(job, span), *job.answers),
        corrects=job.corrects,
        photos=job.photos if number == 1 else (),
    )


def _moment(span: Sequence[Statement]) -> Moment | None:
    """The last of them."""
    return max(span, key=_at).moment


def _line(one: Statement, number: int, loss_id: int, ward: Ward) -> Line:
    goods, adds = one.goods, [add for add in one.additions if add.source_id == one.goods.place_id]
    lot = ward.catalogue.lot(goods.product_id, goods.lot_name) if goods.lot_name else None
    days = [add.expiry for add in adds if add.expiry]
    one_unit = len({add.unit for add in adds}) == 1
    return Line(
        number=number,
        product_id=goods.product_id,
        done=NOTHING,
        uom_id=one.product.uom_id,
        source_id=goods.place_id,
        destination_id=loss_id,
        unit=adds[0].unit if one_unit else one.product.uom_name,
        count=sum((add.count for add in adds), NOTHING) if one_unit else one.counted,
        lot_name=goods.lot_name,
        lot_id=lot.id if lot else None,
        expiry=days[0] if days else (lot.expiry if lot else None),
        serial=adds[0].serial if len(adds) == 1 else "",
        batch=next((add.batch for add in adds if add.batch), ""),
        package_id=goods.package_id,
        owner_id=goods.owner_id,
        evidence=tuple(evidence for add in one.additions for evidence in add.evidence),
        counted=one.counted,
        book=one.book,
    )


def _answers(job: Count, span: Sequence[Statement]) -> Iterator[Answer]:
    """What was decided of each line, and what others counted of it before: both counts are kept."""
    for number, one in enumerate(span, start=1):
        settled = dict.fromkeys(answer for add in one.additions for answer in add.settled)
        yield from (replace(answer, line=number) for answer in settled)
        for earlier, counted in counted_before(one, job):
            yield Answer("counted_before", f"{counted:f}", ", ".join(earlier.people), earlier.finished_at, number)


def _nothing_lost(job: Count, made: Sequence[Transaction]) -> None:
    """What the screen acknowledged stands in the bodies, to the last piece. Anything else is a bug, found here."""
    scanned = sum((add.quantity for add in job.additions if not says_none(add)), NOTHING)
    counted = sum((line.counted or Decimal(0) for one in made for line in one.lines), NOTHING)
    if scanned != counted:
        raise ValueError(f"{scanned} counted, {counted} in the bodies of {job.uuid}")
