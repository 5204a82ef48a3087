"""The rules of a planned transfer: is it wanted, from which bin, which lot was set aside, is it not too much?"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from client.work.answer import Choice, Command, Question, no
from client.work.case import SET_ASIDE, Case, Rule, Verdict
from client.work.job import Pending
from client.work.moving.leaving import (
    Way,
    bins,
    bound,
    enough_where_strict,
    from_choice,
    lot_chosen,
    lot_here,
    not_expired,
    not_held,
    not_past_removal,
    not_reserved,
    one_day,
    serial_here,
    whose_goods,
    with_owner,
)
from client.work.planned.wanted import Planned, SetAside
from client.work.rules import (
    archived,
    content_counted,
    nearly_known_lot,
    pack_once,
    pack_size,
    readable,
    right_quantity,
    separator_lost,
    serial_named,
    serial_once,
    which_product,
)
from client.work.site.people import Act
from sync.stock import Location, Product, Tracking


def way(case: Case[Planned]) -> Way:
    """From the bin the item is taken from to where the transfer goes."""
    source = case.catalogue.location(case.pending.source_id) if case.pending.source_id else None
    return source, case.catalogue.location(case.job.picking.destination_id)


def filled(case: Case[Planned]) -> Pending:
    """The bin, and whose goods they are, where only one can be meant."""
    pending = case.pending
    if pending.product is None:
        return pending
    if not pending.source_id and (place := _bin(case)):
        pending = replace(pending, source_id=place.id)
    place = case.catalogue.location(pending.source_id) if pending.source_id else None
    return _of_whom(replace(case, pending=pending), place) if place else pending


def _bin(case: Case[Planned]) -> Location | None:
    """The bin the person stands at, else the one Odoo set goods aside in, else the only one they lie in (ward 4)."""
    if case.job.shelf_id:
        return _at_shelf(case, case.catalogue.location(case.job.shelf_id))
    if planned := _planned(case):
        return case.catalogue.location(planned[0].source_id)
    found = bins(case, _start(case), case.pending.lot_name)
    if len(found) == 1:
        return found[0]
    start = _start(case)
    return start if not found and start and not case.catalogue.children(start.id) else None


def _at_shelf(case: Case[Planned], shelf: Location | None) -> Location | None:
    found = bins(case, shelf, case.pending.lot_name) if shelf else ()
    if shelf is None or shelf in found or not case.catalogue.children(shelf.id):
        return shelf
    return found[0] if len(found) == 1 else None


def _planned(case: Case[Planned]) -> Sequence[SetAside]:
    """What Odoo set aside of the item's lot and was not taken yet; all of it where no lot is said."""
    name, known = case.pending.lot_name, list(case.job.left_of(case.product.id))
    mine = [one for one, left in known if left > 0 and name in {"", one.lot_name}]
    return mine or [one for one, _ in known if name and name == one.lot_name]


def _start(case: Case[Planned]) -> Location | None:
    return case.catalogue.location(case.job.picking.source_id)


def _of_whom(case: Case[Planned], source: Location) -> Pending:
    """Of several there, whose Odoo set aside."""
    item = with_owner(case, source)
    if item.package_id or item.owner_id or item.choice("whose_goods"):
        return item
    keys = {(one.package_id, one.owner_id) for one in _planned(case) if one.source_id == source.id}
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
    if case.pending.source_id:
        return None
    shelf = case.catalogue.location(case.job.shelf_id) if case.job.shelf_id else _start(case)
    found = bins(case, shelf, case.pending.lot_name)
    facts = {"product": case.product.name, "place": shelf.complete_name if shelf else "", "count": len(found)}
    ways = tuple(from_choice(case, place) for place in found[:8])
    code = "which_bin" if found else "from_where"
    return Question(code, facts, (*ways, SET_ASIDE), asks_for="place")


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


def too_much(product: Product, total: Decimal, asked: Decimal) -> Question | None:
    """Above what is asked for a person is asked."""
    if total <= asked:
        return None
    facts = {"product": product.name, "product_id": product.id, "total": total, "ordered": asked}
    send = Choice(Command("yes"), "send_more", {"total": total})
    return Question("too_much", {**facts, "over": total - asked}, (send, SET_ASIDE))


def row_key(product_id: int, *, unexpected: bool) -> str:
    """Names one row of the list: a product of the transfer, or one beside it."""
    return f"{'beside' if unexpected else 'order'}:{product_id}"


RULES: tuple[Rule[Planned], ...] = (
    which_product,
    archived,
    readable,
    pack_size,
    content_counted,
    _is_wanted,
    _has_come,
    separator_lost,
    serial_named,
    serial_once,
    pack_once,
    nearly_known_lot,
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
