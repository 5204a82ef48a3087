"""From goods moved, used, thrown away or given back to the transactions of the outbox."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from client.work.again import agreed_at_the_end
from client.work.job import Addition, Job
from client.work.moving.kinds import type_for
from client.work.moving.movement import Emergency, Later, Movement, Use, WardReturn, Waste
from client.work.moving.rules import ends_here, gone_to, reasons
from client.work.signature import Signature
from client.work.ward import Ward
from sync.errors import WardstockError
from sync.stock import Location, PickingType, Usage
from sync.transaction import Answer, Document, Kind, Line, Transaction, uuid_of

_KINDS: dict[type[Movement], Kind] = {
    Movement: Kind.TRANSFER,
    Use: Kind.USE,
    Waste: Kind.WASTE,
    WardReturn: Kind.WARD_RETURN,
    Emergency: Kind.USE,
    Later: Kind.USE,
}


def transactions(job: Movement, signature: Signature, ward: Ward) -> list[Transaction]:
    """What confirming comes to: one transaction, or one for each way where a route has two sides (ward 27).

    The uuids come from the draft's, so a cloned draft makes the same ones. Raises WardstockError("picking_type_gone").
    """
    if isinstance(job, Later) and job.acted_at:
        signature = replace(signature, acted_at=job.acted_at)
    ways: dict[int, list[Addition]] = {}
    for add in job.additions:
        via = _via(job, add, ward)
        ways.setdefault(via.id if via else 0, []).append(add)
    made = [_transaction(job, via_id, adds, signature, ward) for via_id, adds in ways.items()]
    nothing_lost(job, made)
    return made


def _via(job: Movement, add: Addition, ward: Ward) -> Location | None:
    source, destination = ward.catalogue.location(add.source_id), ward.catalogue.location(job.destination_id)
    if ends_here(job) or source is None or destination is None:
        return None
    via = ward.plan.transit(source, destination)
    return via if via and via.id not in {source.id, destination.id} else None


def _transaction(job: Movement, via_id: int, adds: Sequence[Addition], signature: Signature, ward: Ward) -> Transaction:
    going = replace(job, additions=tuple(_sent(job, add, via_id, ward) for add in adds))
    groups = going.lines()
    final = ward.catalogue.location(job.destination_id) if via_id else None
    first = groups[0][0]
    kind = Kind.DISPATCH if via_id or _on_its_way(ward, first.destination_id) else _KINDS[type(job)]
    document = Document(
        picking_type_id=_internal(ward, first.source_id).id,
        source_id=first.source_id,
        destination_id=first.destination_id,
        origin=final.complete_name if final else "",
    )
    part = f"dispatch:{via_id}" if via_id else "movement"
    act = act_of(job, part, kind, document, [(whole(group), group) for group in groups], signature)
    return replace(act, reason=reason_of(job, ward))


def _on_its_way(ward: Ward, place_id: int) -> bool:
    """Goods put into a transit place by hand are sent as well: who sent them is asked when they arrive (ward 27)."""
    place = ward.catalogue.location(place_id)
    return place is not None and place.usage is Usage.TRANSIT


def _sent(job: Movement, add: Addition, via_id: int, ward: Ward) -> Addition:
    """The addition with the place it goes to as Odoo is told it."""
    to = via_id or job.destination_id
    if ends_here(job):
        source = ward.catalogue.location(add.source_id)
        gone = gone_to(job, ward.plan, source, reason_of(job, ward)) if source else None
        if gone is None:
            raise WardstockError("place_not_mapped", place=add.source_name)
        to = gone.id
    return replace(add, destination_id=to, destination_name="")


def reason_of(job: Movement, ward: Ward) -> str:
    """The reason said, else the only one there is."""
    if job.reason or not ends_here(job) or not job.additions:
        return job.reason
    place = ward.catalogue.location(job.additions[0].source_id)
    offered = reasons(job, ward.plan, place) if place else ()
    return offered[0] if len(offered) == 1 else ""


def _internal(ward: Ward, place_id: int) -> PickingType:
    found = type_for(ward.catalogue, "internal", ward.catalogue.location(place_id))
    if found is None:
        raise WardstockError("picking_type_gone", document="")
    return found


# -------------------------------------------------------------------- shared with other jobs that take from shelves


Parts = Sequence[tuple[Line, Sequence[Addition]]]
"""Body lines, each with the additions it is of."""


def act_of(job: Job, part: str, kind: Kind, document: Document, parts: Parts, signature: Signature) -> Transaction:
    """One act of a job, with all that was answered of its goods and while finishing. Numbers its lines.

    Its uuid comes from the draft's and the `part` it is of it, so a cloned draft makes the same one (design 13.1).
    """
    lines = tuple(replace(line, number=number) for number, (line, _) in enumerate(parts, start=1))
    return Transaction(
        uuid=uuid_of(job.uuid, part),
        kind=kind,
        reference=signature.reference(),
        document=document,
        company_id=signature.company_id,
        person=signature.person,
        device=signature.device,
        acted_at=signature.acted_at,
        lines=lines,
        answers=(*_answers_of(lines, [group for _, group in parts]), *agreed_at_the_end(job, lines)),
        witness=job.witness,
        corrects=job.corrects,
        photos=job.photos,
    )


def whole(group: Sequence[Addition]) -> Line:
    """One body line of additions that share product, lot, key and way. Its `number` is still to be given."""
    first = group[0]
    total = sum((add.quantity for add in group), Decimal(0))
    one_unit = len({add.unit for add in group}) == 1
    return Line(
        number=0,
        product_id=first.product.id,
        done=total,
        uom_id=first.product.uom_id,
        source_id=first.source_id,
        destination_id=first.destination_id,
        unit=first.unit if one_unit else first.product.uom_name,
        count=sum((add.count for add in group), Decimal(0)) if one_unit else total,
        lot_name=first.lot_name,
        lot_id=first.lot_id,
        expiry=first.expiry,
        serial=first.serial if len(group) == 1 else "",
        batch=first.batch,
        package_id=first.package_id,
        owner_id=first.owner_id,
        evidence=tuple(evidence for add in group for evidence in add.evidence),
    )


def _answers_of(lines: Sequence[Line], groups: Iterable[Sequence[Addition]]) -> Iterator[Answer]:
    """What people decided about the items, tied to the body line each became."""
    for line, group in zip(lines, groups, strict=True):
        yield from (replace(answer, line=line.number) for add in group for answer in add.settled)


def nothing_lost(job: Job, made: Sequence[Transaction]) -> None:
    """What the screen acknowledged stands in the bodies, to the last piece. Anything else is a bug, found here."""
    scanned = sum((add.quantity for add in job.additions), Decimal(0))
    booked = sum((line.done for one in made for line in one.lines), Decimal(0))
    if scanned != booked:
        raise ValueError(f"{scanned} scanned, {booked} in the bodies of {job.uuid}")
