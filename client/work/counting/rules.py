"""The rules of counting: is it counted here now, in which lot, by which date, whose is it, how many? Never: how many
should it be."""

from collections.abc import Iterable
from datetime import date

from client.work.answer import Choice, Command, Question, Said, no
from client.work.case import SET_ASIDE, Case, Rule, Verdict
from client.work.counting.book import ELSEWHERE, goods_on
from client.work.counting.job import Count, Goods, goods_of
from client.work.counting.to_count import fit
from client.work.moving.leaving import known_day
from client.work.rules import (
    archived,
    content_counted,
    keeps_expiry,
    lot_of_another_product,
    nearly_known_lot,
    pack_once,
    pack_size,
    readable,
    real_lot,
    right_quantity,
    separator_lost,
    serial_named,
    taught_otherwise,
    which_product,
)
from client.work.site.people import same_person
from client.work.ward import Ward
from sync.stock import Tracking

Key = tuple[int | None, int | None]
"""Package and owner."""
LOOSE: Key = (None, None)


def counter_may(job: Count, ward: Ward) -> Said | None:
    """Who counted what is to be counted again has said what they found: somebody else says it now."""
    if not job.passes or not any(same_person(ward.person.name, name) for name in job.passes[-1].people):
        return None
    return no("recount_by_another", person=ward.person.name, place=job.place.name if job.place else "")


def place_gone(job: Count, ward: Ward) -> Said | None:
    """A place that was archived or taken away since is counted no further: Odoo would take the number (ward 34)."""
    known = ward.catalogue.location(job.place.id) if job.place else None
    if job.place is None or (known and fit(known)):
        return None
    return no("count_place_gone", place=job.place.name)


def _a_shelf_first(case: Case[Count]) -> Verdict:
    return no("shelf_first") if case.job.place is None else place_gone(case.job, case.ward)


def _by_another(case: Case[Count]) -> Verdict:
    return counter_may(case.job, case.ward)


def _counted_here(case: Case[Count]) -> Verdict:
    """A count of one product, and a recount, are of nothing else: what else lies there is not lost, and not asked."""
    if not case.job.scope or case.product.id in case.job.scope:
        return None
    code = "not_in_recount" if case.job.again else "not_in_this_count"
    return no(code, product=case.product.name)


def _kept_in_stock(case: Case[Count]) -> Verdict:
    return None if case.product.is_storable else no("not_kept_in_stock", product=case.product.name)


def _in_a_bin_below(case: Case[Count]) -> Verdict:
    """Only where nothing of it lies below: it would be there twice (ward 4)."""
    place = case.job.place
    if place is None:
        return None
    for shelf in case.ward.shelves.of(case.product.id, place.parent_path):
        if shelf.shown and shelf.key.location_id != place.id and (below := _place(case, shelf.key.location_id)):
            return no("count_it_below", product=case.product.name, place=below)
    return None


def _place(case: Case[Count], location_id: int) -> str:
    place = case.catalogue.location(location_id)
    return place.complete_name if place else ""


def _lot_named(case: Case[Count]) -> Verdict:
    """A lot that cannot be read is put aside: tracked goods are never counted without it (contract 15)."""
    if case.product.tracking is not Tracking.LOT:
        return None
    if case.pending.lot_name:
        return real_lot(case.pending.lot_name)
    if not case.pending.quantity:
        return None  # none of any lot
    return Question("count_lot", {"product": case.product.name}, (SET_ASIDE,), asks_for="lot")


def _serial_named(case: Case[Count]) -> Verdict:
    return serial_named(case) if case.pending.quantity else None


def _serial_once(case: Case[Count]) -> Verdict:
    if case.product.tracking is not Tracking.SERIAL or not case.pending.lot_name:
        return None
    if any(add.quantity and _same_lot(case, goods_of(add)) for add in case.job.additions):
        return no("serial_counted", product=case.product.name, serial=case.pending.lot_name)
    return None


def _same_lot(case: Case[Count], goods: Goods) -> bool:
    return (goods.product_id, goods.lot_name) == (case.product.id, case.pending.lot_name)


def _serial_elsewhere(case: Case[Count]) -> Verdict:
    """One piece is in one place: found here, it is counted as missing where the book has it."""
    if case.product.tracking is not Tracking.SERIAL or not case.pending.quantity or case.pending.choice(ELSEWHERE):
        return None
    for shelf in case.ward.shelves.of(case.product.id):
        if shelf.lot_name == case.pending.lot_name and shelf.shown > 0 and shelf.key.location_id != _here(case):
            facts = {
                "product": case.product.name,
                "serial": shelf.lot_name,
                "lies": _place(case, shelf.key.location_id),
            }
            return Question("serial_lies_elsewhere", facts, (case.choice("it_is_here", "yes"), SET_ASIDE))
    return None


def _here(case: Case[Count]) -> int:
    return case.job.place.id if case.job.place else 0


def _dated(case: Case[Count]) -> Verdict:
    """A lot nobody knows is made with the day on its pack; without one Odoo would invent it (contract 14.10)."""
    if not keeps_expiry(case.product) or not case.pending.quantity or not case.pending.lot_name:
        return None
    if case.lot or case.pending.expiry or day_here(case)[0]:
        return None
    other = case.pending.other_day
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": other}
    if other and case.pending.other_day_code in {"best_before", "sell_by"}:
        use = case.choice("use_as_expiry", f"expiry {other.isoformat()}", day=other)
        return Question(f"{case.pending.other_day_code}_only", facts, (use, SET_ASIDE), asks_for="expiry")
    return Question("expiry_missing", facts, (SET_ASIDE,), asks_for="expiry")


def day_here(case: Case[Count]) -> tuple[date | None, str]:
    """The lot's day as known here, or as scanned before in this count, and which of the two it is."""
    if day := known_day(case):
        return day, "odoo"
    found = (add.expiry for add in case.job.additions if _same_lot(case, goods_of(add)))
    return next((day for day in found if day), None), "delivery"


def _one_date(case: Case[Count]) -> Verdict:
    """A count says how many, not how old: with two dates for one lot the known one stays, and a person has seen it."""
    known, source = day_here(case) if keeps_expiry(case.product) else (None, "")
    if known is None or case.pending.expiry in (None, known) or case.pending.choice("lot_two_dates"):
        return None
    facts = {"lot": case.pending.lot_name, "product": case.product.name, "label": case.pending.expiry, "known": known}
    choices = (case.choice(f"as_in_{source}", "use-known", day=known), SET_ASIDE)
    return Question("lot_two_dates", {**facts, "source": source}, choices)


def agreed_day(case: Case[Count]) -> date | None:
    """The day the goods are counted with; None where the product keeps none."""
    if not keeps_expiry(case.product) or not case.pending.lot_name:
        return None
    return day_here(case)[0] or case.pending.expiry


def _whose(case: Case[Count]) -> Verdict:
    """Goods of two owners, or loose and in a package: else there are twice as many (ward 2)."""
    if belongs_to(case) is not None:
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name}
    return Question("count_whose", facts, (*(_way(case, key) for key in _keys(case)), SET_ASIDE))


def belongs_to(case: Case[Count]) -> Key | None:
    """The package and owner the goods are counted under; None where a person must say it.

    Asked once for packs of one lot scanned in a row, then again: two owners' goods lie side by side.
    """
    pending, last = case.pending, case.job.additions[-1] if case.job.additions else None
    if pending.choice("count_whose") or pending.instead_of or pending.package_id or pending.owner_id:
        return pending.package_id, pending.owner_id
    if not pending.lot_name and case.product.tracking is not Tracking.NONE:
        return LOOSE  # none of any lot, whosever
    if last and last.quantity and _same_lot(case, goods_of(last)):
        return last.package_id, last.owner_id
    of_lot = list(_known(case, pending.lot_name))
    if len(set(of_lot)) == 1:
        return of_lot[0]
    return None if set(_keys(case)) != {LOOSE} else LOOSE


def _keys(case: Case[Count]) -> list[Key]:
    found = list(_known(case, case.pending.lot_name)) or list(_known(case, None))
    return list(dict.fromkeys((LOOSE, *found)))


def _known(case: Case[Count], lot_name: str | None) -> Iterable[Key]:
    """Under which packages and owners the product lies here by the book, of one lot where told."""
    path = case.job.place.parent_path if case.job.place else None
    for goods in (goods_on(shelf) for shelf in case.ward.shelves.of(case.product.id, path) if shelf.shown):
        if goods.place_id == _here(case) and lot_name in (None, goods.lot_name):
            yield goods.package_id, goods.owner_id


def _way(case: Case[Count], key: Key) -> Choice:
    package = case.catalogue.package(key[0]) if key[0] else None
    owner = case.catalogue.partner(key[1]) if key[1] else None
    facts = {"package": package.name if package else "", "owner": owner.name if owner else ""}
    if key == LOOSE:
        return Choice(Command("whose", key_text(key)), "count_loose", facts)
    return Choice(Command("whose", key_text(key)), "count_theirs", facts)


def key_text(key: Key) -> str:
    """As a command says it: ids of package and owner, 0 for none."""
    return f"{key[0] or 0}/{key[1] or 0}"


def _how_many(case: Case[Count]) -> Verdict:
    """Zero is said, and of nothing that was counted (design 5)."""
    if case.pending.quantity or case.pending.base is not None:
        return right_quantity(case)  # a label that says 0 pieces is no person who says that none are there
    if case.pending.lot_name or case.product.tracking is Tracking.NONE:
        same = (add for add in case.job.additions if _same_lot(case, goods_of(add)))
        if any(add.quantity for add in same):
            return no("counted_not_zero", product=case.product.name, lot=case.pending.lot_name)
    return None


RULES: tuple[Rule[Count], ...] = (
    _a_shelf_first,
    _by_another,
    which_product,
    archived,
    taught_otherwise,
    _kept_in_stock,
    _counted_here,
    _in_a_bin_below,
    readable,
    pack_size,
    content_counted,
    separator_lost,
    _lot_named,
    _serial_named,
    _serial_once,
    pack_once,
    nearly_known_lot,
    lot_of_another_product,
    _serial_elsewhere,
    _dated,
    _one_date,
    _whose,
    _how_many,
)
"""In the order a person would ask."""
