"""The rules of goods moved, used, thrown away or given back: where do they lie, and may they go where they go?"""

from dataclasses import replace
from decimal import Decimal

from client.work.again import STILL_THERE
from client.work.answer import no
from client.work.case import Case, Rule, Verdict
from client.work.job import Addition, Pending
from client.work.moving.goods import added
from client.work.moving.leaving import (
    Way,
    bins,
    bound,
    enough_where_strict,
    first_to_go,
    lot_chosen,
    lot_here,
    lots_at,
    not_expired,
    not_held,
    not_past_removal,
    not_reserved,
    one_day,
    serial_here,
    told_book,
    which_bin,
    whose_goods,
    with_owner,
)
from client.work.moving.movement import Emergency, Later, Movement, Use, Waste
from client.work.rules import (
    READ,
    lot_of_another_product,
    nearly_known_lot,
    pack_once,
    right_quantity,
    separator_lost,
    serial_named,
    serial_once,
    which_product,
)
from client.work.site.plan import SitePlan
from sync.stock import Location, Tracking

# -------------------------------------------------------------------- where the goods lie


def lying(case: Case[Movement]) -> tuple[Location, ...]:
    """Where the item may be taken from: at the place said and below, else wherever some of it lies."""
    start = _start(case)
    found = bins(case, start, case.pending.lot_name)
    if start is not None:
        return found
    elsewhere = tuple(place for place in found if place.id != case.job.destination_id)
    offered = tuple(place for place in elsewhere if place.id not in case.ward.plan.quarantines)
    return offered or elsewhere


def source_of(case: Case[Movement]) -> Location | None:
    """Where it is taken from, as far as that is decided: one place, the one chosen, or the one used before (ward 4)."""
    start, found = _start(case), lying(case)
    if len(found) == 1:
        return found[0]
    if not found:
        return start
    if start in found and case.pending.choice("which_bin"):
        return start
    return next((place for place in found if place.id == _before(case)), None)


def _start(case: Case[Movement]) -> Location | None:
    place_id = case.pending.source_id or case.job.source_id
    return case.catalogue.location(place_id) if place_id else None


def _before(case: Case[Movement]) -> int:
    """The bin this person last took the same goods from, in this job."""
    mine = [add for add in case.job.additions if add.product.id == case.product.id]
    same = [add for add in mine if case.pending.lot_name in ("", add.lot_name)]
    return same[-1].source_id if same else 0


def filled(case: Case[Movement]) -> Pending:
    """The item with its bin, and whose it is where all of it there is one's (ward 2)."""
    if case.pending.product is None:
        return case.pending
    source = source_of(case)
    if source is None:
        return case.pending
    return with_owner(replace(case, pending=replace(case.pending, source_id=source.id)), source)


def filled_in_a_hurry(case: Case[Movement]) -> Pending:
    """The same, with the lot where only one lies there (ward 26)."""
    item = filled(case)
    source = case.catalogue.location(item.source_id) if item.source_id else None
    if source is None or item.product is None or item.product.tracking is Tracking.NONE or item.lot_name:
        return item
    lots = lots_at(replace(case, pending=item), source)
    return filled(replace(case, pending=replace(item, lot_name=lots[0].lot_name))) if len(lots) == 1 else item


def way(case: Case[Movement]) -> Way:
    """From its bin to where all of it goes; goods used up or thrown away have no place that matters."""
    place_id = case.pending.source_id
    source = case.catalogue.location(place_id) if place_id else None
    to = case.job.destination_id
    return source, case.catalogue.location(to) if to else None


def _somewhere(case: Case[Movement]) -> Verdict:
    if source_of(case):
        return None
    return which_bin(case, _start(case), lying(case))


# -------------------------------------------------------------------- where they go


def reasons(job: Movement, plan: SitePlan, place: Location) -> tuple[str, ...]:
    """Why goods may be used or thrown away there; empty: not at all (ward 24)."""
    return plan.waste_reasons(place) if isinstance(job, Waste) else plan.use_reasons(place)


def gone_to(job: Movement, plan: SitePlan, place: Location, reason: str) -> Location | None:
    """Where goods go that are used or thrown away there for that reason."""
    return plan.wasted_at(place, reason) if isinstance(job, Waste) else plan.used_at(place, reason)


def ends_here(job: Movement) -> bool:
    """Used up or thrown away: where it goes is the site's decision, not a scan."""
    return isinstance(job, Use | Waste | Emergency)


def _mapped(case: Case[Movement]) -> Verdict:
    """Nobody said where goods used here go: Odoo would book shrinkage (ward 24)."""
    source, _ = way(case)
    if not ends_here(case.job) or source is None:
        return None
    offered = reasons(case.job, case.ward.plan, source)
    facts = {"place": source.complete_name, "product": case.product.name}
    if not offered:
        return no("waste_not_mapped" if isinstance(case.job, Waste) else "use_not_mapped", **facts)
    if case.job.reason and case.job.reason not in offered:
        return no("reason_not_here", reason=case.job.reason, **facts)
    return None


def _goes_on(case: Case[Movement]) -> Verdict:
    """To the very shelf it comes from."""
    source, destination = way(case)
    if source is None or destination is None or source.id != destination.id:
        return None
    return no("lies_there_already", product=case.product.name, place=destination.complete_name)


# -------------------------------------------------------------------- all of them


def _kept_shelf(case: Case[Movement]) -> Verdict:
    """What Odoo keeps no book of lies nowhere: nothing to be short of, nothing to move."""
    if case.product.is_storable:
        return None
    return no("not_kept_in_stock", product=case.product.name)


def _waits_once(case: Case[Movement]) -> Verdict:
    """The pack or piece waits to be completed already: read again, it is the same one (ward 15)."""
    pending, job = case.pending, case.job
    if not isinstance(job, Emergency):
        return None
    piece = (pending.lot_name, "") if case.product.tracking is Tracking.SERIAL else ("", pending.serial)
    others = (one.item for one in job.later if not (isinstance(job, Later) and one.number == job.opened))
    for item in others if any(piece) else ():
        if item.product == case.product and piece in {(item.lot_name, ""), ("", item.serial)}:
            return no("pack_twice", product=case.product.name, serial=piece[0] or piece[1])
    return None


_WHAT: tuple[Rule[Movement], ...] = (
    *READ,
    _kept_shelf,
    separator_lost,
    _somewhere,
    _mapped,
    _goes_on,
    bound(lot_chosen, way),
    serial_named,
    serial_once,
    nearly_known_lot,
    lot_of_another_product,
    bound(serial_here, way),
    bound(lot_here, way),
    pack_once,
    bound(one_day, way),
)
_FIT: tuple[Rule[Movement], ...] = (bound(not_expired, way), bound(not_past_removal, way))
_LAST: tuple[Rule[Movement], ...] = (
    bound(not_held, way),
    bound(whose_goods, way),
    right_quantity,
    bound(enough_where_strict, way),
    bound(not_reserved, way),
)
RULES = (*_WHAT, *_FIT, *_LAST)
"""In the order a person would ask: what is it, where does it lie, which lot, may it go, how many."""
WASTE_RULES = (*_WHAT, *_LAST)
"""What is thrown away may be as old as it is."""
HURRIED_RULES: tuple[Rule[Movement], ...] = (which_product, _waits_once, *_WHAT[1:], *_FIT, *_LAST[:-1])
"""In an emergency nobody is asked for whom it was reserved: the robbed one is named in the note (ward 6, 26)."""
WASTE_AT_THE_END: tuple[Rule[Movement], ...] = (*STILL_THERE, bound(not_held, way), bound(enough_where_strict, way))
AT_THE_END = (*STILL_THERE, *_FIT, *WASTE_AT_THE_END[len(STILL_THERE) :])
"""What another destination, a pull or a colleague may have changed since the scan."""


def agreed(case: Case[Movement]) -> Addition:
    """What an item becomes that nobody objects to."""
    source, destination = way(case)
    if source is None:
        raise ValueError("no source yet")
    sooner = first_to_go(case, source) if case.product.tracking is Tracking.LOT else None
    add = added(case)
    return replace(
        add,
        number=add.number if case.pending.instead_of else _number(case.job),
        destination_id=destination.id if destination else 0,
        destination_name=destination.complete_name if destination else "",
        placed=True,
        book=told_book(case, source),
        sooner=sooner.lot_name if sooner else "",
    )


def _number(job: Movement) -> int:
    opened = job.opened if isinstance(job, Later) else 0
    return opened or job.next_number


def short_of(add: Addition) -> Decimal:
    """How many more were taken than should have lain there."""
    return max(add.quantity - add.book, Decimal(0)) if add.book is not None else Decimal(0)
