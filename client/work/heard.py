"""One accepted scan as a page shows it, whichever job it belongs to. Values only."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from client.work.job import Addition


@dataclass(frozen=True, slots=True)
class Heard:
    """`number` is what `undo N` takes, `quantity` base units, said as `count` of `unit`. Nothing here is of the book.

    `sooner` is another lot that lay there and expires sooner, `person` who scanned where each scan speaks of its own.
    """

    number: int
    scanned_at: datetime
    quantity: Decimal
    unit: str
    count: Decimal
    lot: str
    expiry: date | None
    source: str
    destination: str
    sooner: str
    person: str
    evidence: tuple[str, ...]


def heard(add: Addition) -> Heard:
    """What a page shows of it."""
    return Heard(
        number=add.number,
        scanned_at=add.scanned_at,
        quantity=add.quantity,
        unit=add.unit,
        count=add.count,
        lot=add.lot_name,
        expiry=add.expiry,
        source=add.source_name,
        destination=add.destination_name,
        sooner=add.sooner,
        person=add.person,
        evidence=add.evidence,
    )
