"""From a finished delivery to the transactions of the outbox: one for each picking, one for goods beside the orders."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from client.work.again import agreed_at_the_end
from client.work.cards.corrections import NO_ORDER
from client.work.job import Addition
from client.work.receiving.delivery import NOTHING, Delivery, Expected, Order, Share, part_of
from client.work.signature import Signature
from client.work.ward import Ward
from sync.errors import WardstockError
from sync.odoo.posting.checks import HELD
from sync.transaction import Answer, Document, Kind, Line, Transaction, uuid_of

Part = tuple[Expected | None, tuple[Addition, ...]]
"""What becomes one line of a body: additions, or parts of them, on one move, or on none."""


def transactions(delivery: Delivery, signature: Signature, ward: Ward) -> list[Transaction]:
    """What confirming this delivery means. The uuids come from the draft's, so a cloned draft makes the same ones."""
    source = _source(delivery, ward)
    blind = delivery.without_order
    shares = () if blind else delivery.shares()
    made = [
        _on_order(delivery, order, parts, source, signature)
        for order in delivery.orders
        if (parts := _parts(delivery, order, shares))
    ]
    beside = [group for group in delivery.lines() if blind or group[0].unexpected]
    if beside:
        made.append(_beside(delivery, [(None, group) for group in beside], source, signature))
    _nothing_lost(delivery, made)
    return _with_what_was_said(delivery, made)


def _source(delivery: Delivery, ward: Ward) -> int:
    kind = ward.catalogue.picking_type(delivery.picking.picking_type_id)
    if kind is None:
        raise WardstockError("picking_type_gone", document=delivery.names)
    return kind.source_id or delivery.picking.source_id


def _parts(delivery: Delivery, order: Order, shares: Sequence[Share]) -> list[Part]:
    """What goes on one picking, in the order it was first scanned; one line for additions of one kind on one move."""
    parts: dict[tuple[object, ...], tuple[Expected, list[Addition]]] = {}
    for share in shares:
        if delivery.papers_of(share.move) == order.picking.id:
            key = (share.add.line_key, share.move.move_id)
            parts.setdefault(key, (share.move, []))[1].append(part_of(share.add, share.quantity))
    return [(move, tuple(adds)) for move, adds in parts.values()]


def _on_order(
    delivery: Delivery, order: Order, parts: Sequence[Part], source: int, signature: Signature
) -> Transaction:
    picking = order.picking
    document = Document(
        picking_type_id=picking.picking_type_id,
        source_id=source,
        destination_id=picking.destination_id,
        picking_id=picking.id,
        picking_name=picking.name,
        origin=order.name,
        partner_id=picking.partner_id,
    )
    lines = tuple(_line(number, part, picking.source_id) for number, part in enumerate(parts, start=1))
    made = _transaction(Kind.RECEIPT, document, lines, parts, delivery, signature)
    said = (*made.answers, *agreed_at_the_end(delivery, lines))
    return replace(made, close_short=_closes_short(delivery, order), answers=said)


def _closes_short(delivery: Delivery, order: Order) -> bool:
    """Whether what is missing of this order is cancelled: by Odoo itself, or because a person said so (ward 21)."""
    said = {answer.choice for answer in delivery.answers}
    if not said & {"close-short", "rest-cancelled-by-odoo"}:
        return False
    by_odoo = order.create_backorder == "never"
    only_one = not delivery.joined
    return only_one or ("rest-cancelled-by-odoo" if by_odoo else "close-short") in said


def _beside(delivery: Delivery, parts: Sequence[Part], source: int, signature: Signature) -> Transaction:
    picking = delivery.picking
    document = Document(
        picking_type_id=picking.picking_type_id,
        source_id=source,
        destination_id=picking.destination_id,
        origin=delivery.ordered_as,
        partner_id=picking.partner_id,
    )
    lines = tuple(_line(number, part, source) for number, part in enumerate(parts, start=1))
    made = _transaction(Kind.BLIND_RECEIPT, document, lines, parts, delivery, signature)
    said = tuple(agreed_at_the_end(delivery, lines))
    if not (delivery.without_order or _cancelled(delivery)):
        return replace(made, answers=(*made.answers, *(answer for answer in said if answer.line)))
    return replace(made, reason=NO_ORDER, answers=(*made.answers, *said))


def _cancelled(delivery: Delivery) -> bool:
    """Goods of papers that were cancelled in Odoo: those who order are told (ward 9)."""
    return any(one.question == "order_cancelled" and one.choice.startswith("really-more") for one in delivery.once)


def _with_what_was_said(delivery: Delivery, made: list[Transaction]) -> list[Transaction]:
    """What holds for the whole delivery stands in the first; the vendor's number in each."""
    if not made:
        return made
    note = delivery.told_once("delivery_note") or ""
    first = replace(made[0], answers=(*made[0].answers, *_said(delivery)), photos=delivery.photos)
    return [replace(one, delivery_note=note) for one in (first, *made[1:])]


def _said(delivery: Delivery) -> Iterator[Answer]:
    """Answers given once, goods refused at the door, shipping units, codes nobody knew."""
    yield from (answer for answer in delivery.once if answer.question != "delivery_note")
    for away in delivery.turned_away:
        lot = f", lot {away.lot_name}" if away.lot_name else ""
        what = f"{away.quantity:f} {away.product.uom_name} {away.product.name}{lot}: {away.reason}"
        yield Answer("refused_at_the_door", what, away.person, away.at)
    for sscc in delivery.pallets:
        yield Answer("pallet", sscc, delivery.person, delivery.opened_at)
    for one in delivery.nameless:
        yield Answer("unidentified", f"{one.quantity:f} × {one.text[:60]}", one.person, one.at)


def _nothing_lost(delivery: Delivery, made: Sequence[Transaction]) -> None:
    """What the screen acknowledged stands in the bodies, to the last piece. Anything else is a bug, found here."""
    scanned = sum((add.quantity for add in delivery.additions), NOTHING)
    booked = sum((line.done for one in made for line in one.lines), NOTHING)
    if scanned != booked:
        raise ValueError(f"{scanned} scanned, {booked} in the bodies of {delivery.uuid}")


def _transaction(
    kind: Kind,
    document: Document,
    lines: tuple[Line, ...],
    parts: Sequence[Part],
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
        answers=tuple(_answers(lines, parts)),
        witness=delivery.witness,
        corrects=delivery.corrects,
    )


def _answers(lines: Sequence[Line], parts: Sequence[Part]) -> Iterator[Answer]:
    """What people decided about an item, tied to the body line it became.

    Of an item that became several lines it stands at the first; that held goods may come in is looked for at each.
    """
    told: set[int] = set()
    for line, (_, adds) in zip(lines, parts, strict=True):
        for add in adds:
            yield from (
                replace(answer, line=line.number)
                for answer in add.settled
                if answer.question == HELD or add.number not in told
            )
        told |= {add.number for add in adds}


def _line(number: int, part: Part, source_id: int) -> Line:
    """One body line of additions that share product, lot, day and place.

    A move keeps the shelf Odoo chose for it, unless a person scanned another (ward 19).
    """
    move, adds = part
    first = adds[0]
    total = sum((add.quantity for add in adds), NOTHING)
    one_unit = len({add.unit for add in adds}) == 1
    return Line(
        number=number,
        product_id=first.product.id,
        done=total,
        uom_id=first.product.uom_id,
        source_id=source_id,
        destination_id=first.destination_id if move is None or first.placed else move.destination_id,
        move_id=move.move_id if move else None,
        move_uom_id=move.uom_id if move else None,
        unit=first.unit if one_unit else first.product.uom_name,
        count=sum((add.count for add in adds), Decimal(0)) if one_unit else total,
        lot_name=first.lot_name,
        lot_id=first.lot_id,
        expiry=first.expiry,
        serial=first.serial if len(adds) == 1 else "",
        batch=first.batch,
        evidence=tuple(evidence for add in adds for evidence in add.evidence),
    )
