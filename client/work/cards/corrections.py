"""What a person makes of a transaction Odoo refused: what takes its place, line by line (design 4). Writes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from client.work.answer import Said, ask, no
from client.work.cards.candidates import Candidate, chosen, lots_there, owners_there, place_named, shelves_there
from client.work.cards.settling import Instead, Settling, again, beside, part_of, same_goods
from client.work.moving.kinds import type_for
from client.work.receiving.difference import difference
from sync.choices import Choice
from sync.stock import Location, Usage
from sync.store.catalogue import Catalogue
from sync.transaction import COUNTS, FREE, Document, Kind, Line, Recount, Transaction

ASKED_FOR: Final = "asked_for"
"""Why a shelf is to be counted that somebody wants counted to settle a card."""
NO_ORDER: Final = "no order"
"""The reason of goods taken in that nobody ordered, in Odoo's note: those who order look for it (ward 9)."""

_ARRIVES: Final = frozenset({Kind.RECEIPT, Kind.BLIND_RECEIPT, Kind.TRANSFER, Kind.WARD_RETURN, Kind.ARRIVAL})
"""Acts that stay what they are when their goods go to quarantine instead; of others only the held goods do."""


_GO_BACK: Final = frozenset(
    {
        Kind.TRANSFER,
        Kind.PLANNED_TRANSFER,
        Kind.USE,
        Kind.WASTE,
        Kind.WARD_RETURN,
        Kind.DISPATCH,
        Kind.ARRIVAL,
        Kind.LOT_CHANGE,
    }
)


def instead(settling: Settling) -> Instead | Said:
    """What this way out comes to, or what is still missing for it, as an answer to the person."""
    return _MADE[settling.choice](settling)


def candidates(settling: Settling) -> tuple[Candidate, ...]:
    """What a person may choose among, as far as it is known here or Odoo said so."""
    line = settling.line
    if settling.choice is Choice.CHOOSE_OWNER:
        return owners_there(settling.catalogue, settling.facts)
    if settling.choice is Choice.CHOOSE_LOT and line:
        return lots_there(settling.catalogue, line)
    if settling.choice is Choice.CHOOSE_SHELF:
        return shelves_there(settling.catalogue, settling.facts, line)
    return ()


def _same(settling: Settling) -> Instead:
    return Instead((again(settling),))


def _with_lines(settling: Settling, change: Callable[[Line], Line]) -> Instead:
    return Instead((again(settling, lines=tuple(map(change, settling.was.lines))),))


def _as_in_odoo(settling: Settling) -> Instead:
    """The day Odoo has, on each line of that lot."""
    line, day = settling.line, settling.facts.get("theirs")
    if line is None or not day:
        return _same(settling)
    expiry = datetime.fromisoformat(str(day)).date()
    return _with_lines(settling, lambda one: replace(one, expiry=expiry) if same_goods(one, line) else one)


def _really_more(settling: Settling) -> Instead:
    return Instead((beside(settling, settling.was.lines),))


def _without_order(settling: Settling) -> Instead:
    """As goods nobody planned. Where one product is no longer expected, only that one; the others stay on the order."""
    was, line = settling.was, settling.line
    if settling.code != "not_on_picking" or line is None:
        return Instead((beside(settling, was.lines, reason=_no_order(was)),))
    gone = tuple(one for one in was.lines if one.product_id == line.product_id)
    rest = tuple(one for one in was.lines if one.product_id != line.product_id)
    ordered = [again(settling, "rest", lines=rest)] if rest else []
    return Instead((*ordered, beside(settling, gone, reason=_no_order(was))))


def _no_order(was: Transaction) -> str:
    return " · ".join(part for part in (was.reason, NO_ORDER) if part)


# -------------------------------------------------------------------- which lot, which shelf, whose


def _other_lot(settling: Settling) -> Instead | Said:
    """Another lot on the line, or on all lines of the lot that was named."""
    line, name = settling.line, settling.value
    if line is None or not name:
        return _which(settling, "name_the_lot")
    lot = settling.catalogue.lot(line.product_id, name)
    if lot is None and _leaves_us(settling, line):
        return no("no_such_lot", lot=name)

    def change(one: Line) -> Line:
        if one.number != line.number and not (line.lot_name and same_goods(one, line)):
            return one
        day = (lot.expiry if lot else None) or one.expiry
        return replace(one, lot_name=name, lot_id=lot.id if lot else None, expiry=day)

    return _with_lines(settling, change)


def _other_shelf(settling: Settling) -> Instead | Said:
    """Another place: instead of one that is no place any more, or from where the goods really lie."""
    if not settling.value:
        return _which(settling, "which_shelf")
    place = place_named(settling.catalogue, settling.value)
    if place is None or place.gone or not place.active:
        return no("no_such_place", place=settling.value)
    gone, line = settling.facts.get("location_id"), settling.line
    if gone is not None:
        return _moved_from(settling, int(gone), place)
    if line is None or place.usage not in {Usage.INTERNAL, Usage.TRANSIT}:
        return no("not_a_shelf", place=place.complete_name)
    found = chosen(shelves_there(settling.catalogue, settling.facts, line), place.complete_name)
    lines = _taken_from(settling, line, found.quantity if found else None, {"source_id": place.id})
    return Instead((again(settling, lines=lines, document=_from_one(settling.was, lines)),))


def _moved_from(settling: Settling, gone: int, place: Location) -> Instead | Said:
    """The place that is gone, wherever the body names it."""
    was, known = settling.was, settling.catalogue.location(gone)
    if place.usage is not (known.usage if known and settling.code != "not_for_counts" else Usage.INTERNAL):
        return no("not_a_shelf", place=place.complete_name)
    swap = {gone: place.id}
    lines = tuple(
        replace(
            line,
            source_id=swap.get(line.source_id, line.source_id),
            destination_id=swap.get(line.destination_id, line.destination_id),
        )
        for line in was.lines
    )
    document = replace(
        was.document,
        source_id=swap.get(was.document.source_id, was.document.source_id),
        destination_id=swap.get(was.document.destination_id, was.document.destination_id),
    )
    return Instead((again(settling, lines=lines, document=document),))


def _whose(settling: Settling) -> Instead | Said:
    """The package, the owner, or neither: as far as that many lie there, the rest stays as it was named."""
    line = settling.line
    found = chosen(owners_there(settling.catalogue, settling.facts), settling.value)
    if line is None or found is None:
        return _which(settling, "which_owner")
    ids = {"package_id": found.package_id, "owner_id": found.owner_id}
    return Instead((again(settling, lines=_taken_from(settling, line, found.quantity, ids)),))


def _taken_from(
    settling: Settling, named: Line, there: Decimal | None, ids: Mapping[str, int | None]
) -> tuple[Line, ...]:
    """The lines of the named one's goods, from elsewhere: no more than lie there, where that is known."""
    lines, free = [], max(line.number for line in settling.was.lines) + 1
    for line in settling.was.lines:
        if _shelf_of(line) != _shelf_of(named):
            lines.append(line)
            continue
        taken = line.done if there is None or line.counted is not None else min(line.done, there)
        if taken or line.counted is not None:
            lines.append(replace(part_of(line, taken), **ids))  # type: ignore[arg-type]  # names of ids of a line
        if taken < line.done and line.counted is None:
            left = part_of(line, line.done - taken)
            lines.append(replace(left, number=free) if taken else left)
            free += 1
        there = None if there is None else there - taken
    return tuple(lines)


def _shelf_of(line: Line) -> tuple[object, ...]:
    return (line.product_id, line.lot_name, line.source_id, line.package_id, line.owner_id)


def _from_one(was: Transaction, lines: tuple[Line, ...]) -> Document:
    """The document's own source, where all of it comes from one place now."""
    sources = {line.source_id for line in lines}
    if was.kind in FREE | COUNTS and len(sources) == 1 and was.document.source_id not in sources:
        return replace(was.document, source_id=sources.pop())
    return was.document


def _which(settling: Settling, code: str) -> Said:
    names = ", ".join(one.value for one in candidates(settling)[:5])
    return ask(code, reference=settling.was.reference, names=names, product=settling.facts.get("product", ""))


def _leaves_us(settling: Settling, line: Line) -> bool:
    place = settling.catalogue.location(line.source_id)
    return place is not None and place.usage in {Usage.INTERNAL, Usage.TRANSIT} and line.counted is None


# -------------------------------------------------------------------- held goods


def _put_aside(settling: Settling) -> Instead | Said:
    """The held goods go to the quarantine place; what else was in the same act stays as it was (ward 31)."""
    was, line = settling.was, settling.line
    if line is None:
        return no("no_quarantine")
    arrives = was.kind in _ARRIVES
    here = settling.catalogue.location(line.destination_id if arrives else line.source_id)
    aside = settling.quarantine(here) if here else None
    if aside is None:
        return no("no_quarantine", place=here.complete_name if here else "")
    held = tuple(one for one in was.lines if same_goods(one, line) or was.kind is Kind.LOT_CHANGE)
    if arrives:
        return _with_lines(settling, lambda one: replace(one, destination_id=aside.id) if one in held else one)
    rest = tuple(one for one in was.lines if one not in held)
    kinds = settling.catalogue.picking_types("internal")
    type_id = kinds[0].id if kinds else was.document.picking_type_id
    gone = tuple(
        replace(one, destination_id=aside.id, move_id=None, move_uom_id=None)
        for one in held
        if _leaves_us(settling, one)
    )
    document = Document(type_id, line.source_id, aside.id, origin=was.document.origin or was.document.picking_name)
    moved = again(settling, kind=Kind.TRANSFER, document=document, lines=gone, close_short=False)
    return Instead((*([again(settling, "rest", lines=rest)] if rest else []), moved))


# -------------------------------------------------------------------- count again


def _recount(settling: Settling) -> Instead:
    """That shelf is to be counted again; what else the same count says stands, for its own moment."""
    was, line = settling.was, settling.line
    anew = tuple(one for one in was.lines if line is None or _counted_at(one) == _counted_at(line))
    rest = tuple(one for one in was.lines if one not in anew)
    shelves = tuple(wanted(settling.catalogue, one, one.source_id) for one in anew)
    return Instead((again(settling, lines=rest),) if rest else (), tuple(dict.fromkeys(shelves)))


def wanted_for(settling: Settling) -> tuple[Recount, ...]:
    """The shelf to count before something that is not a count can be posted: where Odoo says the goods lie, or not."""
    line = settling.line
    if line is None:
        return ()
    named = place_named(settling.catalogue, str(settling.facts.get("location", "")))
    return (wanted(settling.catalogue, line, named.id if named else line.source_id),)


def wanted(catalogue: Catalogue, line: Line, location_id: int) -> Recount:
    """A shelf a person wants counted."""
    lot = catalogue.lot(line.product_id, line.lot_name) if line.lot_name and line.lot_id is None else None
    lot_id = lot.id if lot else line.lot_id
    return Recount(ASKED_FOR, line.product_id, location_id, lot_id, line.package_id, line.owner_id)


def _counted_at(line: Line) -> tuple[int, int]:
    """The goods at one place: all their lots there are looked at again."""
    return (line.product_id, line.source_id)


# -------------------------------------------------------------------- done, although it was not wanted any more


def undone(settling: Settling) -> Instead | Said | None:
    """What takes back what Odoo had already: the same goods the other way, at the same moment, for it did not happen.

    A count is said anew. None for what takes a job of its own: goods received go back to whom they came from (ward 25).
    """
    was = settling.was
    if was.kind in COUNTS:
        return Instead(recounts=tuple(wanted(settling.catalogue, line, line.source_id) for line in was.lines))
    if was.kind is Kind.SUPPLIER_RETURN:
        return _taken_in_again(settling)
    if was.kind not in _GO_BACK:
        return None
    papers = was.document
    document = Document(papers.picking_type_id, papers.destination_id, papers.source_id, origin=was.reference)
    kind = was.kind if was.kind is Kind.LOT_CHANGE else Kind.TRANSFER
    return Instead(
        (again(settling, kind=kind, document=document, lines=_backwards(was), close_short=False, follows=""),)
    )


def _taken_in_again(settling: Settling) -> Instead | None:
    """What went back to the vendor is still here: beside its order, flagged for those who order (ward 9, 25)."""
    was = settling.was
    kind = type_for(settling.catalogue, "incoming", settling.catalogue.location(was.document.source_id))
    if kind is None:
        return None
    papers = was.document
    document = replace(
        papers, picking_type_id=kind.id, source_id=papers.destination_id, destination_id=papers.source_id
    )
    lines, reason = _backwards(was), _no_order(was)
    return Instead((again(settling, kind=Kind.BLIND_RECEIPT, document=document, lines=lines, reason=reason),))


def _backwards(was: Transaction) -> tuple[Line, ...]:
    """The same goods the other way."""
    return tuple(
        replace(
            line,
            source_id=line.destination_id,
            destination_id=line.source_id,
            move_id=None,
            move_uom_id=None,
            package_id=None,
        )
        for line in was.lines
    )


_MADE: Final[Mapping[Choice, Callable[[Settling], Instead | Said]]] = {
    Choice.POST_AGAIN: _same,
    Choice.USE_LABEL: _same,
    Choice.MOVE_ANYWAY: _same,
    Choice.KEEP_OURS: _same,
    Choice.KEEP_ODOO: _as_in_odoo,
    Choice.POST_DIFFERENCE: difference,
    Choice.REALLY_MORE: _really_more,
    Choice.WITHOUT_ORDER: _without_order,
    Choice.CHOOSE_LOT: _other_lot,
    Choice.CHOOSE_SHELF: _other_shelf,
    Choice.CHOOSE_OWNER: _whose,
    Choice.TO_QUARANTINE: _put_aside,
    Choice.RECOUNT: _recount,
}
