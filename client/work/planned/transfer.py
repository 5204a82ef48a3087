"""A planned transfer, step by step: what Odoo wants moved is taken from its bins and goes where it is wanted.

1. The picking's name opens it, or `todo` lists what there is to do and what is requested (ward 28).
2. A bin says where the person stands; an item of the lot that was set aside makes a line at once; another lot, another
   bin, another's goods are asked about.
3. `all` takes as planned what needs no look at each piece, once its bins were scanned.
4. `confirm` asks about what is short, then the desk makes the transactions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from client.work.answer import Said, no, ok
from client.work.job import Addition
from client.work.machine import Machine, Opened, Start
from client.work.meaning import PickingsMeant
from client.work.moving.bodies import Parts, act_of, nothing_lost, whole
from client.work.moving.leaving_answers import from_bin, reserved_why, scanned_bin, whose
from client.work.planned.rules import RULES, filled, row_key
from client.work.planned.steps import agreed, close_short, closing_question, in_words, row, take_all, to_take, told
from client.work.planned.wanted import NOTHING, Planned, SetAside, Wanted
from client.work.signature import Signature
from client.work.site.people import Act
from client.work.stale import changed_goods
from client.work.ward import Step, Ward
from sync.stock import Location, MoveLine, Picking, Product, Usage
from sync.store.catalogue import Catalogue
from sync.transaction import Document, Kind, Line, Transaction, new_uuid

_OVER = frozenset({"done", "cancel"})


def open_planned(picking: Picking, ward: Ward) -> Planned:
    """A new draft for an open internal or outgoing picking, with what Odoo still wants of it."""
    kind = ward.catalogue.picking_type(picking.picking_type_id)
    return Planned(
        uuid=new_uuid(),
        picking=picking,
        wanted=wanted_of(picking, ward.catalogue),
        opened_at=ward.now,
        person=ward.person.name,
        create_backorder=kind.create_backorder if kind else "ask",
    )


def wanted_of(picking: Picking, catalogue: Catalogue) -> tuple[Wanted, ...]:
    """Its open moves, oldest first, each with what Odoo set aside for it."""
    lines = [line for line in catalogue.move_lines(picking.id) if not line.picked]
    moves = sorted(catalogue.moves(picking.id), key=lambda move: move.id)
    return tuple(
        Wanted(
            move_id=move.id,
            product=product,
            asked=move.expected,
            uom_id=move.uom_id,
            source_id=move.source_id or picking.source_id,
            destination_id=(place := next((line.destination_id for line in mine), move.destination_id)),
            destination_name=_name(catalogue.location(place)),
            others=move.others_picked,
            waits=move.state == "waiting",
            set_aside=tuple(_set_aside(line, catalogue) for line in mine if line.quantity > 0),
        )
        for move in moves
        if (product := catalogue.product(move.product_id))
        for mine in ([line for line in lines if line.move_id == move.id],)
    )


def _set_aside(line: MoveLine, catalogue: Catalogue) -> SetAside:
    lot = catalogue.lot_by_id(line.lot_id) if line.lot_id else None
    return SetAside(
        quantity=line.quantity,
        source_id=line.source_id,
        source_name=_name(catalogue.location(line.source_id)),
        lot_name=lot.name if lot else line.lot_name,
        lot_id=line.lot_id,
        expiry=lot.expiry if lot else None,
        package_id=line.package_id,
        owner_id=line.owner_id,
    )


def _name(location: Location | None) -> str:
    return location.name if location else ""


def _start(begin: Start, ward: Ward) -> Opened[Planned] | Said:
    if not ward.may(Act.MOVE):
        return no("needs_role", act=Act.MOVE, question="")
    if begin.picking is None:
        return no("scan_the_transfer")
    planned = open_planned(begin.picking, ward)
    if not any(move.expected for move in planned.wanted):
        return no("nothing_wanted", document=begin.picking.name)
    return Opened(planned, opening(planned, ward))


def opening(planned: Planned, ward: Ward) -> Said:
    """What it is, and what stands in its way: half of it requested only, or picked by somebody in Odoo (ward 11)."""
    places = ward.catalogue.locations({planned.picking.source_id, planned.picking.destination_id})
    asked = sum((move.asked for move in planned.wanted), NOTHING)
    left, there = sum((move.expected for move in planned.wanted), NOTHING), available(planned, ward)
    others = sum((move.others for move in planned.wanted), NOTHING)
    facts: dict[str, object] = {
        "document": planned.picking.name,
        "source": _name(places.get(planned.picking.source_id)),
        "destination": _name(places.get(planned.picking.destination_id)),
        "order": planned.picking.origin,
        "lines": len({move.product.id for move in planned.wanted}),
        "wanted": asked,
        "available": there,
        "others": others,
    }
    if others:
        return ok("opened_others_at_it", **facts)
    if planned.requested or there < left:
        return ok("opened_requested", **facts)
    return ok("opened_transfer", **facts)


def available(planned: Planned, ward: Ward) -> Decimal:
    """Of all it still wants, in base units, what is set aside for it or lies free at its source (ward 28)."""
    return sum((_available(planned, product, ward) for product in _products(planned)), NOTHING)


def _available(planned: Planned, product: Product, ward: Ward) -> Decimal:
    source = ward.catalogue.location(planned.picking.source_id)
    set_aside = sum((one.quantity for one in planned.set_aside_of(product.id)), NOTHING)
    shelves = ward.shelves.of(product.id, source.parent_path) if source else ()
    free = sum((max(shelf.shown - shelf.reserved, NOTHING) for shelf in shelves), NOTHING)
    return min(planned.asked_of(product.id), set_aside + free)


def _products(planned: Planned) -> list[Product]:
    return list({move.product.id: move.product for move in planned.wanted}.values())


# -------------------------------------------------------------------- places


def _place(planned: Planned, location: Location, ward: Ward) -> Step[Planned]:
    """A bin to take from, or a place of the destination to put the last item in."""
    if location.usage not in {Usage.INTERNAL, Usage.TRANSIT} or not location.active:
        return Step(planned, no("not_a_shelf", place=location.complete_name))
    lands = _within(location, planned.picking.destination_id, ward)
    if _within(location, planned.picking.source_id, ward) and not (lands and planned.current):
        return _standing_at(planned, location, ward)
    if lands:
        return _put_in(planned, location)
    source = _name(ward.catalogue.location(planned.picking.source_id))
    return Step(planned, no("place_of_another", place=location.complete_name, source=source))


def _standing_at(planned: Planned, location: Location, ward: Ward) -> Step[Planned]:
    shelves = (*planned.shelves, *([] if location.id in planned.shelves else [location.id]))
    if planned.pending:
        step = scanned_bin(PLANNED, planned, location, ward)
        return (
            replace(step, job=replace(step.job, shelf_id=location.id, shelves=shelves))
            if step.said.tone != "no"
            else step
        )
    there = replace(planned, shelf_id=location.id, shelves=shelves, closing=False, current=0)
    here = [(move, one) for move, one in to_take(there) if one.source_id == location.id]
    if not here:
        return Step(there, ok("at_bin_unplanned", place=location.name))
    goods = ", ".join(in_words(move, one) for move, one in here[:3])
    return Step(there, ok("at_bin", place=location.name, goods=goods, lines=len(here)))


def _put_in(planned: Planned, location: Location) -> Step[Planned]:
    if planned.pending:
        return Step(planned, no("answer_first_then_place", place=location.name))
    last = planned.addition(planned.current)
    if last is None:
        return Step(planned, no("item_before_place", place=location.name))
    if location.id == last.source_id:
        return Step(planned, no("lies_there_already", place=location.complete_name, product=last.product.name))
    put = replace(last, destination_id=location.id, destination_name=location.name, placed=True)
    additions = tuple(put if add.number == put.number else add for add in planned.additions)
    facts = {"place": location.name, "product": last.product.name, "quantity": last.quantity}
    at = row_key(last.product.id, unexpected=last.unexpected)
    return Step(replace(planned, additions=additions), ok("put_in", unit=last.product.uom_name, **facts).at(at))


def _within(location: Location, above_id: int, ward: Ward) -> bool:
    above = ward.catalogue.location(above_id)
    return above is not None and location.parent_path.startswith(above.parent_path)


def _papers(planned: Planned, meant: PickingsMeant, _ward: Ward) -> Step[Planned]:
    if any(picking.id == planned.picking.id for picking in meant.pickings):
        return Step(planned, ok("already_open", document=planned.picking.name))
    return Step(planned, no("another_order", document=meant.pickings[0].name, open=planned.picking.name))


# -------------------------------------------------------------------- taken up again


def refreshed(planned: Planned, ward: Ward) -> tuple[Planned, tuple[Product, ...]]:
    """The transfer with what a later pull says is wanted, and the products that are wanted no more.

    What was scanned of those stays, beside it, until it is wanted again. A picking that is closed or no longer visible
    changes nothing.
    """
    known = ward.catalogue.picking(planned.picking.id)
    if planned.finished or known is None or known.gone:
        return planned, ()
    now = replace(planned, picking=known, wanted=wanted_of(known, ward.catalogue) or planned.wanted)
    gone = {
        add.product.id: add.product for add in now.additions if not (add.unexpected or now.moves_of(add.product.id))
    }
    moved = (replace(add, unexpected=_beside(now, add)) for add in now.additions)
    return PLANNED.answered(replace(now, additions=tuple(moved)), ward), tuple(gone.values())


def _beside(planned: Planned, add: Addition) -> bool:
    """Not wanted, by Odoo now or by what a person said of it: what is wanted again comes back on the transfer."""
    return not planned.moves_of(add.product.id) or (add.unexpected and bool(add.choice("not_wanted")))


def _opened_again(planned: Planned, ward: Ward) -> Opened[Planned]:
    planned, gone = refreshed(planned, ward)
    document = planned.picking.name
    last = ward.catalogue.picking(planned.picking.id)
    if last is not None and last.gone:
        said = ok("resumed_closed" if last.state in _OVER else "resumed_gone", document=document)
    elif stale := changed_goods(planned, ward.catalogue):
        said = ok("resumed_stale", document=document, product=_names(stale))
    elif gone:
        said = ok("resumed_unwanted", document=document, product=_names(gone))
    else:
        said = ok("resumed", document=document, lines=len(planned.additions))
    return Opened(planned, said)


def _names(products: Sequence[Product]) -> str:
    return ", ".join(product.name for product in products[:3])


# -------------------------------------------------------------------- what it comes to


def transactions(planned: Planned, signature: Signature, _ward: Ward) -> list[Transaction]:
    """One for the picking, one for goods beside it. The uuids come from the draft's (design 13.1)."""
    groups = planned.lines()
    wanted = list(_on_moves(planned, [group for group in groups if not group[0].unexpected]))
    beside = [(whole(group), group) for group in groups if group[0].unexpected]
    made: list[Transaction] = []
    if wanted:
        posted = _transaction(Kind.PLANNED_TRANSFER, planned, wanted, signature)
        made.append(replace(posted, close_short=planned.close_short))
    if beside:
        made.append(_transaction(Kind.TRANSFER, planned.without_the_rest(), beside, signature))
    nothing_lost(planned, made)
    return made


def _on_moves(planned: Planned, groups: Sequence[tuple[Addition, ...]]) -> Iterator[tuple[Line, tuple[Addition, ...]]]:
    """Each lot on the oldest move that still wants it; what is over goes on the last."""
    room = {move.move_id: move.expected for move in planned.wanted}
    for group in groups:
        line = whole(group)
        left, moves = line.done, planned.moves_of(group[0].product.id)
        for move in moves:
            taken = left if move is moves[-1] else min(left, room[move.move_id])
            if taken > 0:
                room[move.move_id] -= taken
                left -= taken
                yield _part(line, taken, group[0], move), group


def _part(line: Line, taken: Decimal, first: Addition, move: Wanted) -> Line:
    """Each move keeps the place Odoo chose for it, unless a person scanned another (ward 19)."""
    part = line if taken == line.done else replace(line, done=taken, count=taken, unit=first.product.uom_name)
    to = line.destination_id if first.placed else move.destination_id
    return replace(part, move_id=move.move_id, move_uom_id=move.uom_id, destination_id=to)


def _transaction(kind: Kind, planned: Planned, parts: Parts, signature: Signature) -> Transaction:
    picking, on_it = planned.picking, kind is Kind.PLANNED_TRANSFER
    document = Document(
        picking_type_id=picking.picking_type_id,
        source_id=picking.source_id,
        destination_id=picking.destination_id,
        picking_id=picking.id if on_it else None,
        picking_name=picking.name if on_it else "",
        origin=picking.origin if on_it else picking.name,
        partner_id=picking.partner_id,
    )
    return act_of(planned, f"picking:{picking.id}" if on_it else "beside", kind, document, parts, signature)


def _confirmed(planned: Planned, made: list[Transaction]) -> Said:
    lines, steps = sum(len(one.lines) for one in made), ", ".join(planned.picking.next_names)
    facts = {"reference": made[0].reference, "lines": lines, "document": planned.picking.name}
    return ok("transfer_finished", steps=steps, **facts)


def _called(planned: Planned) -> tuple[str, str]:
    return planned.picking.origin or planned.picking.name, planned.picking.name


PLANNED: Machine[Planned] = Machine(
    name="planned",
    state=Planned,
    words=frozenset(),
    codes=frozenset({"internal", "outgoing"}),
    start=_start,
    act=Act.MOVE,
    rules=RULES,
    agreed=agreed,
    told=told,
    row=row,
    place=_place,
    papers=_papers,
    closing=closing_question,
    refreshed=_opened_again,
    transactions=transactions,
    confirmed=_confirmed,
    called=_called,
    commands={"from": from_bin, "whose": whose, "reason": reserved_why, "all": take_all, "close-short": close_short},
    filled=filled,
)
