"""What an agreed item of any shelf becomes, and what all jobs say of it; each adds where it goes."""

from collections.abc import Callable
from decimal import Decimal

from client.work.case import Case
from client.work.job import Addition, Job, Pending
from client.work.moving.leaving import known_day
from sync.stock import Tracking


def added(case: Case[Job]) -> Addition:
    """The addition of an item nobody objects to. Where it goes is still to be said."""
    pending, product, before = case.pending, case.product, case.pending.instead_of
    source = case.catalogue.location(pending.source_id) if pending.source_id else None
    tracked = product.tracking is not Tracking.NONE
    return Addition(
        number=before.number if before else case.job.next_number,
        product=product,
        quantity=pending.quantity,
        unit=pending.unit or product.uom_name,
        count=pending.quantity / pending.per_unit,
        destination_id=before.destination_id if before else 0,
        destination_name=before.destination_name if before else "",
        scanned_at=case.ward.now,
        lot_name=pending.lot_name if tracked else "",
        lot_id=case.lot.id if case.lot and tracked else None,
        expiry=known_day(case),
        serial=pending.serial,
        batch=pending.batch,
        evidence=pending.evidence,
        settled=pending.settled,
        source_id=pending.source_id,
        source_name=source.complete_name if source else "",
        package_id=pending.package_id,
        owner_id=pending.owner_id,
    )


def facts_of(add: Addition, pending: Pending) -> dict[str, object]:
    """What the sentences of all jobs tell of an addition."""
    return {
        "quantity": add.quantity,
        "was": pending.instead_of.quantity if pending.instead_of else Decimal(0),
        "unit": add.product.uom_name,
        "pack": add.unit if add.unit != add.product.uom_name else "",
        "count": add.count,
        "product": add.product.name,
        "lot": add.lot_name,
        "day": add.expiry,
        "serial": add.product.tracking is Tracking.SERIAL,
        "place": add.source_name,
    }


def rows(kind: str) -> Callable[[Job, Pending], str]:
    """Names the rows of a list that has one for each product."""

    def row(_job: Job, pending: Pending) -> str:
        return f"{kind}:{pending.product.id if pending.product else 0}"

    return row
