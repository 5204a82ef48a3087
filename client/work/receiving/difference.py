"""Only what others have not booked yet (ward 10): lot by lot, on what is still open, the rest beside the order."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from client.work.answer import Said, no
from client.work.cards.settling import Instead, Settling, again, beside, part_of
from sync.choices import Choice
from sync.transaction import Line, Transaction


def difference(settling: Settling) -> Instead | Said:
    """What others booked is taken off, lot by lot; the rest goes on what is still open, what is too much beside it."""
    if "booked" not in settling.facts:  # refused by a version that only told people
        return no("difference_unknown", reference=settling.was.reference)
    booked = _booked(settling)
    left = tuple(_less(settling.was.lines, booked))
    if not left:
        return no("nothing_differs", reference=settling.was.reference)
    if settling.code == "already_done":
        backorder = settling.facts.get("backorder_id")
        if backorder is None:
            return Instead((beside(settling, left),))
        document = replace(settling.was.document, picking_id=backorder, picking_name=str(settling.facts["backorder"]))
        lines = tuple(replace(line, move_id=None, move_uom_id=None) for line in left)
        return Instead((again(settling, lines=lines, document=document, close_short=False),))
    fits, over = _what_fits(settling, left)
    made = [again(settling, lines=fits, close_short=False)] if fits else []
    return Instead((*made, *([beside(settling, over, "over")] if over else [])))


def _booked(settling: Settling) -> dict[tuple[int, str], Decimal]:
    """By product and lot. Where this is a difference already, on the same picking, only what came since counts."""
    told = _summed(settling.facts)
    before = settling.earlier(settling.was.corrects) if settling.was.corrects else None
    if before and before[0].document.picking_id == settling.was.document.picking_id and _is_difference(settling.was):
        earlier = _summed(before[1])
        told = {goods: quantity - earlier.get(goods, Decimal(0)) for goods, quantity in told.items()}
    return told


def _is_difference(was: Transaction) -> bool:
    return any(one.choice == Choice.POST_DIFFERENCE for one in was.answers)


def _summed(facts: Mapping[str, Any]) -> dict[tuple[int, str], Decimal]:
    booked: dict[tuple[int, str], Decimal] = {}
    for one in facts.get("booked", ()):
        goods = (one["product_id"], one["lot"])
        booked[goods] = booked.get(goods, Decimal(0)) + Decimal(one["quantity"])
    return booked


def _less(lines: tuple[Line, ...], booked: dict[tuple[int, str], Decimal]) -> Iterator[Line]:
    room = dict(booked)
    for line in lines:
        goods = (line.product_id, line.lot_name)
        taken = min(line.done, max(room.get(goods, Decimal(0)), Decimal(0)))
        room[goods] = room.get(goods, Decimal(0)) - taken
        if taken < line.done:
            yield part_of(line, line.done - taken)


def _what_fits(settling: Settling, lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Of the product that was taken: what its order still has room for beside the others, and what is too much."""
    facts = settling.facts
    room = Decimal(str(facts["expected"])) - Decimal(str(facts["theirs"]))
    fits, over = [], []
    for line in lines:
        if line.product_id != facts["product_id"]:
            fits.append(line)
            continue
        here = min(line.done, max(room, Decimal(0)))
        room -= here
        fits += [part_of(line, here)] if here else []
        over += [part_of(line, line.done - here)] if here < line.done else []
    return tuple(fits), tuple(over)
