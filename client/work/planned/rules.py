"""The rules of a planned transfer: is it wanted, from which bin, which lot was set aside, is it not too much?"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from client.work.again import STILL_THERE
from client.work.answer import Choice, Command, Question, no
from client.work.case import SET_ASIDE, Case, Rule, Verdict
from client.work.job import Pending
from client.work.moving.leaving import (
    Way,
    bin_at,
    bins,
    bound,
    enough_where_strict,
    from_one_bin,
    lot_chosen,
    lot_here,
    not_expired,
    not_held,
    not_past_removal,
    not_reserved,
    one_day,
    out_of,
    serial_here,
    whose_goods,
)
from client.work.planned.wanted import Planned, SetAside
from client.work.rules import ONCE, READ, right_quantity, separator_lost
from client.work.site.people import Act
from sync.stock import Location, Product, Tracking


def way(case: Case[Planned]) -> Way:
    """From the bin the item is taken from to where the transfer goes, or where a person put it."""
    source = case.catalogue.location(case.pending.source_id) if case.pending.source_id else None
    before = case.pending.instead_of
    return source, case.catalogue.location(before.destination_id if before else case.job.picking.destination_id)


def filled(case: Case[Planned]) -> Pending:
    """The bin, and whose goods they are, where only one can be meant."""
    if case.pending.product is None:
        return case.pending
    return _of_whom(replace(case, pending=out_of(case, None if case.pending.source_id else _bin(case))))


def _bin(case: Case[Planned]) -> Location | None:
    """The bin the person stands at, else the one Odoo set goods aside in, else the only one they lie in (ward 4)."""
    if case.job.shelf_id:
        return bin_at(case, case.catalogue.location(case.job.shelf_id))
    if planned := _planned(case):
        return case.catalogue.location(planned[0].source_id)
    found = bins(case, _start(case), case.pending.lot_name)
    if len(found) == 1:
        return found[0]
    start = _start(case)
    return start if not found and start and not case.catalogue.children(start.id) else None


def _planned(case: Case[Planned]) -> Sequence[SetAside]:
    """What Odoo set aside of the item's lot and was not taken yet; all of it where no lot is said."""
    name, known = case.pending.lot_name, list(case.job.left_of(case.product.id))
    mine = [one for one, left in known if left > 0 and name in {"", one.lot_name}]
    return mine or [one for one, _ in known if name and name == one.lot_name]


def _start(case: Case[Planned]) -> Location | None:
    return case.catalogue.location(case.job.picking.source_id)


def _of_whom(case: Case[Planned]) -> Pending:
    """Of several there, whose Odoo set aside."""
    item = case.pending
    if item.package_id or item.owner_id or item.choice("whose_goods"):
        return item
    keys = {(one.package_id, one.owner_id) for one in _planned(case) if one.source_id == item.source_id}
    package_id, owner_id = keys.pop() if len(keys) == 1 else (None, None)
    return replace(item, package_id=package_id, owner_id=owner_id)


# -------------------------------------------------------------------- rules of its own


def _is_wanted(case: Case[Planned]) -> Verdict:
    if case.job.moves_of(case.product.id) or case.pending.choice("not_wanted"):
        return None
    facts = {"product": case.product.name, "document": case.job.picking.name}
    return Question("not_wanted", facts, (case.choice("send_beside", "yes", Act.MOVE), SET_ASIDE))


def _has_come(case: Case[Planned]) -> Verdict:
    """An earlier step has to bring the goods first; Odoo takes this one when that is booked (ward 20)."""
    moves = case.job.moves_of(case.product.id)
    if not moves or not all(move.waits for move in moves) or _agreed(case, "waits_for_step"):
        return None
    facts = {"product": case.product.name, "document": case.job.picking.name}
    return Question("waits_for_step", facts, (case.choice("came_already", "yes"), SET_ASIDE))


def _agreed(case: Case[Planned], question: str) -> bool:
    """Now, or for another pack of the same goods."""
    mine = (add for add in case.job.additions if add.product.id == case.product.id)
    return bool(case.pending.choice(question)) or any(add.choice(question) for add in mine)


def _from_one_bin(case: Case[Planned]) -> Verdict:
    shelf = case.catalogue.location(case.job.shelf_id) if case.job.shelf_id else _start(case)
    return from_one_bin(case, shelf)


def _goes_on(case: Case[Planned]) -> Verdict:
    """Out of the very bin that is to be filled."""
    target = target_of(case.job, case.product.id)
    if case.pending.source_id != target or case.catalogue.children(target):
        return None
    place = case.catalogue.location(target)
    return no("lies_there_already", product=case.product.name, place=place.complete_name if place else "")


def target_of(planned: Planned, product_id: int) -> int:
    """Where the goods go unless a person scans another place."""
    moves = planned.moves_of(product_id)
    return moves[0].destination_id if moves else planned.picking.destination_id


def _lot_set_aside(case: Case[Planned]) -> Verdict:
    """Another lot than Odoo chose: for those who may (ward 28); Odoo lets go of what was not used."""
    if case.product.tracking is Tracking.NONE or case.pending.choice("other_lot"):
        return None
    planned = case.job.set_aside_of(case.product.id)
    lots = dict.fromkeys(one.lot_name for one in planned if one.lot_name)
    if not lots or case.pending.lot_name in lots or _accepted(case):
        return None
    first = next(one for one in planned if one.lot_name)
    facts = {
        "product": case.product.name,
        "lot": case.pending.lot_name,
        "planned": ", ".join(lots),
        "place": first.source_name,
    }
    return Question("other_lot", facts, (case.choice("take_other_lot", "yes", Act.OTHER_LOT), SET_ASIDE))


def _accepted(case: Case[Planned]) -> bool:
    """Somebody who may said so of another pack of that lot."""
    mine = (add for add in case.job.additions if add.product.id == case.product.id)
    return any(add.lot_name == case.pending.lot_name and add.choice("other_lot") for add in mine)


def _not_more(case: Case[Planned]) -> Verdict:
    if not case.job.moves_of(case.product.id) or case.pending.choice("too_much"):
        return None
    total = case.job.sent_of(case.product.id) + case.pending.quantity
    return too_much(case.product, total, case.job.asked_of(case.product.id))


def too_much(product: Product, total: Decimal, asked: Decimal, way: str = "send_more") -> Question | None:
    """Above what is asked for, or was sent, a person is asked; `way` is how they say yes."""
    if total <= asked:
        return None
    facts = {"product": product.name, "product_id": product.id, "total": total, "ordered": asked}
    all_of_it = Choice(Command("yes"), way, {"total": total})
    return Question("too_much", {**facts, "over": total - asked}, (all_of_it, SET_ASIDE))


def row_key(product_id: int, *, unexpected: bool) -> str:
    """Names one row of the list: a product of the transfer, or one beside it."""
    return f"{'beside' if unexpected else 'order'}:{product_id}"


RULES: tuple[Rule[Planned], ...] = (
    *READ,
    _is_wanted,
    _has_come,
    separator_lost,
    *ONCE,
    _from_one_bin,
    _goes_on,
    bound(lot_chosen, way),
    bound(serial_here, way),
    bound(lot_here, way),
    _lot_set_aside,
    bound(one_day, way),
    bound(not_expired, way),
    bound(not_past_removal, way),
    bound(not_held, way),
    bound(whose_goods, way),
    right_quantity,
    bound(not_reserved, way),
    bound(enough_where_strict, way),
    _not_more,
)
"""In the order a person would ask: what is it, from where, which lot, may it go, how many."""
AT_THE_END: tuple[Rule[Planned], ...] = (
    *STILL_THERE,
    bound(not_expired, way),
    bound(not_past_removal, way),
    bound(not_held, way),
    bound(enough_where_strict, way),
)
"""What may have changed since the scan."""
