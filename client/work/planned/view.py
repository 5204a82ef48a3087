"""Planned transfers as a page shows them: what there is to do and what is requested, and one of them. Values only."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from client.work.answer import Choice, Command, Question
from client.work.heard import Heard, heard
from client.work.planned.rules import row_key
from client.work.planned.transfer import PLANNED, available, open_planned
from client.work.planned.wanted import NOTHING, Planned
from client.work.ward import Ward
from sync.stock import Picking, Product


@dataclass(frozen=True, slots=True)
class Todo:
    """One planned transfer of the list. Quantities are base units over all its goods; `available` of a request
    are set aside or free at its source (ward 28), `others` were picked in Odoo by people or other devices (ward 11)."""

    picking: Picking
    source: str
    destination: str
    requested: bool
    lines: int
    wanted: Decimal
    available: Decimal
    others: Decimal
    scheduled_at: datetime | None
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Planning:
    """What Odoo set aside of a row and where, and how much of that is not taken yet."""

    place: str
    lot: str
    expiry: date | None
    left: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """One product. `state`: open, begun, full, over; `others` were picked in Odoo and are not wanted any more."""

    key: str
    product_id: int
    name: str
    code: str
    unit: str
    wanted: Decimal
    done: Decimal
    others: Decimal
    planned: tuple[Planning, ...]
    taken: tuple[Heard, ...]

    @property
    def state(self) -> str:
        """How far it is, in a word."""
        if not self.done:
            return "open"
        if self.done < self.wanted:
            return "begun"
        return "full" if self.done == self.wanted else "over"


@dataclass(frozen=True, slots=True)
class PlannedView:
    """All a page shows of an open planned transfer. `standing_at` is the bin scanned last."""

    document: str
    origin: str
    source: str
    destination: str
    requested: bool
    rows: tuple[Row, ...]
    standing_at: str
    question: Question | None
    can_act: bool
    finished: bool
    references: tuple[str, ...]


def to_do(ward: Ward) -> tuple[Todo, ...]:
    """Planned transfers, those to do before those that are only requested, else oldest first (ward 28)."""
    found = [_todo(picking, ward) for picking in ward.catalogue.open_transfers()]
    left = [one for one in found if one.wanted > 0]
    return tuple(sorted(left, key=lambda one: one.requested))


def _todo(picking: Picking, ward: Ward) -> Todo:
    planned = open_planned(picking, ward)
    return Todo(
        picking=picking,
        source=_place(picking.source_id, ward),
        destination=_place(picking.destination_id, ward),
        requested=planned.requested,
        lines=len(_products(planned)),
        wanted=sum((move.expected for move in planned.wanted), NOTHING),
        available=available(planned, ward),
        others=sum((move.others for move in planned.wanted), NOTHING),
        scheduled_at=picking.scheduled_at,
        as_of=ward.shelves.as_of(),
    )


def choice(picking: Picking, ward: Ward) -> Choice:
    """The transfer as one of a list: `requested, 4 of 10 available` where Odoo has not got all of it."""
    one = _todo(picking, ward)
    facts = {
        "document": picking.name,
        "order": picking.origin,
        "source": one.source,
        "destination": one.destination,
        "wanted": one.wanted,
        "available": one.available,
    }
    open_ = Command("open", picking.name)
    return (
        Choice(open_, "this_request", facts)
        if one.requested or one.available < one.wanted
        else Choice(open_, "this_transfer", facts)
    )


def view(planned: Planned, ward: Ward) -> PlannedView:
    """What the page shows of it now."""
    asked = PLANNED.question(planned, ward)
    beside = {add.product.id: add.product for add in planned.additions if add.unexpected}
    rows = [_row(planned, product, unexpected=False) for product in _products(planned)]
    rows += [_row(planned, product, unexpected=True) for product in beside.values()]
    return PlannedView(
        document=planned.picking.name,
        origin=planned.picking.origin,
        source=_place(planned.picking.source_id, ward),
        destination=_place(planned.picking.destination_id, ward),
        requested=planned.requested,
        rows=tuple(rows),
        standing_at=_place(planned.shelf_id, ward),
        question=asked,
        can_act=bool(planned.additions) and asked is None and not planned.finished,
        finished=planned.finished,
        references=planned.references,
    )


def _row(planned: Planned, product: Product, *, unexpected: bool) -> Row:
    mine = [add for add in planned.additions if add.product.id == product.id and add.unexpected == unexpected]
    moves = () if unexpected else planned.moves_of(product.id)
    left = () if unexpected else tuple(planned.left_of(product.id))
    return Row(
        key=row_key(product.id, unexpected=unexpected),
        product_id=product.id,
        name=product.name,
        code=product.code,
        unit=product.uom_name,
        wanted=sum((move.expected for move in moves), NOTHING),
        done=sum((add.quantity for add in mine), NOTHING),
        others=sum((move.others for move in moves), NOTHING),
        planned=tuple(Planning(one.source_name, one.lot_name, one.expiry, rest) for one, rest in left),
        taken=tuple(heard(add) for add in reversed(mine)),
    )


def _products(planned: Planned) -> list[Product]:
    return list({move.product.id: move.product for move in planned.wanted}.values())


def _place(location_id: int, ward: Ward) -> str:
    found = ward.catalogue.location(location_id) if location_id else None
    return found.complete_name if found else ""
