"""From a finished delivery to the transactions of the outbox: one for the picking, one for goods beside the order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from client.work.delivery import Delivery, Expected
from client.work.job import Addition
from client.work.signature import Signature
from client.work.ward import Ward
from sync.errors import WardstockError
from sync.transaction import Answer, Document, Kind, Line, Transaction, uuid_of


def transactions(delivery: Delivery, signature: Signature, ward: Ward) -> list[Transaction]:
    """What confirming this delivery means. The uuids come from the draft's, so a cloned draft makes the same ones."""
    kind = ward.catalogue.picking_type(delivery.picking.picking_type_id)
    if kind is None:
        raise WardstockError("picking_type_gone", document=delivery.picking.name)
    made: list[Transaction] = []
    groups = list(delivery.lines())
    expected = [group for group in groups if not group[0].unexpected]
    beside = [group for group in groups if group[0].unexpected]
    source = kind.source_id or delivery.picking.source_id
    if expected:
        planned = _document(delivery, source, delivery.picking.id)
        lines = tuple(_numbered(_planned_lines(delivery, expected)))
        made.append(_transaction(Kind.RECEIPT, planned, lines, expected, delivery, signature))
        made[0] = replace(made[0], close_short=delivery.close_short, answers=(*made[0].answers, *delivery.answers))
    if beside:
        blind = _document(delivery, source, None)
        lines = tuple(_numbered(_line(group, Decimal(0), source) for group in beside))
        made.append(_transaction(Kind.BLIND_RECEIPT, blind, lines, beside, delivery, signature))
    _nothing_lost(delivery, made)
    return made


def _nothing_lost(delivery: Delivery, made: Sequence[Transaction]) -> None:
    """What the screen acknowledged stands in the bodies, to the last piece. Anything else is a bug, found here."""
    scanned = sum((add.quantity for add in delivery.additions), Decimal(0))
    booked = sum((line.done for one in made for line in one.lines), Decimal(0))
    if scanned != booked:
        raise ValueError(f"{scanned} scanned, {booked} in the bodies of {delivery.uuid}")


def _document(delivery: Delivery, source_id: int, picking_id: int | None) -> Document:
    picking = delivery.picking
    return Document(
        picking_type_id=picking.picking_type_id,
        source_id=source_id,
        destination_id=picking.destination_id,
        picking_id=picking_id,
        picking_name=picking.name if picking_id else "",
        origin=picking.origin or picking.name,
        partner_id=picking.partner_id,
    )


def _transaction(
    kind: Kind,
    document: Document,
    lines: tuple[Line, ...],
    groups: Sequence[tuple[Addition, ...]],
    delivery: Delivery,
    signature: Signature,
) -> Transaction:
    uuid = uuid_of(delivery.uuid, f"picking:{document.picking_id}" if document.picking_id else "beside")
    return Transaction(
        uuid=uuid,
        kind=kind,
        reference=signature.reference(),
        document=document,
        company_id=signature.company_id,
        person=signature.person,
        device=signature.device,
        acted_at=signature.acted_at,
        lines=lines,
        answers=tuple(_answers(lines, groups)),
        witness=delivery.witness,
        corrects=delivery.corrects,
        photos=delivery.photos,
    )


def _answers(lines: Sequence[Line], groups: Sequence[tuple[Addition, ...]]) -> Iterator[Answer]:
    """What people decided about an item, tied to the body line it became."""
    number_of = {evidence: line.number for line in reversed(lines) for evidence in line.evidence}
    for group in groups:
        for add in group:
            number = next((number_of[one] for one in add.evidence if one in number_of), None)
            yield from (replace(answer, line=number) for answer in add.settled)


def _planned_lines(delivery: Delivery, groups: Sequence[tuple[Addition, ...]]) -> Iterator[Line]:
    """Each lot on the oldest move that still waits for it; what is over goes on the last (design 5, ward 12)."""
    room = {move.move_id: move.expected for move in delivery.expected}
    for group in groups:
        left = sum((add.quantity for add in group), Decimal(0))
        moves = delivery.moves_of(group[0].product.id)
        for move in moves:
            taken = left if move is moves[-1] else min(left, room[move.move_id])
            if taken > 0:
                room[move.move_id] -= taken
                left -= taken
                yield _shelf(_on_move(_line(group, taken, delivery.picking.source_id), move), group, move)


def _on_move(line: Line, move: Expected) -> Line:
    return replace(line, move_id=move.move_id, move_uom_id=move.uom_id)


def _shelf(line: Line, group: tuple[Addition, ...], move: Expected) -> Line:
    """Each move keeps the shelf Odoo chose for it, unless a person scanned another (ward 19)."""
    return line if group[0].placed else replace(line, destination_id=move.destination_id)


def _line(group: tuple[Addition, ...], done: Decimal, source_id: int) -> Line:
    """One body line of additions that share product, lot, day and place. `done` 0 stands for all of them."""
    first = group[0]
    total = sum((add.quantity for add in group), Decimal(0))
    units = {add.unit for add in group}
    whole = done in (0, total)
    one_unit = len(units) == 1 and whole
    return Line(
        number=0,
        product_id=first.product.id,
        done=total if whole else done,
        uom_id=first.product.uom_id,
        source_id=source_id,
        destination_id=first.destination_id,
        unit=first.unit if one_unit else first.product.uom_name,
        count=sum((add.count for add in group), Decimal(0)) if one_unit else (total if whole else done),
        lot_name=first.lot_name,
        lot_id=first.lot_id,
        expiry=first.expiry,
        serial=first.serial if len(group) == 1 else "",
        batch=first.batch,
        evidence=tuple(evidence for add in group for evidence in add.evidence),
    )


def _numbered(lines: Iterator[Line]) -> Iterator[Line]:
    return (replace(line, number=number) for number, line in enumerate(lines, start=1))
