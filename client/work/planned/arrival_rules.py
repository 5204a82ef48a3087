"""The second side of a transfer in two steps: what is on the way, what of it came, and the rules of that (ward 27)."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from client.work.again import STILL_THERE
from client.work.answer import Question, no
from client.work.case import SET_ASIDE, Case, Rule, Verdict
from client.work.job import Addition, Job, Pending
from client.work.moving.goods import added
from client.work.moving.leaving import (
    Way,
    bound,
    lot_chosen,
    not_expired,
    not_held,
    not_past_removal,
    one_day,
    whose_goods,
    with_owner,
)
from client.work.planned.on_the_way import NOTHING, OnTheWay
from client.work.planned.rules import too_much
from client.work.rules import ONCE, READ, right_quantity, separator_lost
from sync.stock import Tracking


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Job):
    """Goods counted in from a transit place. `coming` is what was sent and has not arrived, `follows` the dispatch."""

    transit_id: int = 0
    transit_name: str = ""
    destination_id: int = 0
    destination_name: str = ""
    coming: tuple[OnTheWay, ...] = ()
    follows: str = ""
    reference: str = ""
    document: str = ""
    sender: str = ""
    sent_at: datetime | None = None

    @property
    def names(self) -> str:
        """What people call it: Odoo's document, our number, or the place it came through."""
        return self.document or self.reference or self.transit_name

    def sent_of(self, product_id: int, lot_name: str | None = None) -> Decimal:
        """Base units on the way, of one lot where told."""
        mine = (one for one in self.coming if one.product.id == product_id and lot_name in (None, one.lot_name))
        return sum((one.quantity for one in mine), NOTHING)

    def missing(self) -> tuple[tuple[OnTheWay, Decimal], ...]:
        """What was sent and did not arrive, lot by lot, with how much of it."""
        came: dict[tuple[int, str], Decimal] = {}
        for add in self.additions:
            key = (add.product.id, add.lot_name)
            came[key] = came.get(key, NOTHING) + add.quantity
        rest: list[tuple[OnTheWay, Decimal]] = []
        for one in self.coming:
            key = (one.product.id, one.lot_name)
            used = min(came.get(key, NOTHING), one.quantity)
            came[key] = came.get(key, NOTHING) - used
            if one.quantity > used:
                rest.append((one, one.quantity - used))
        return tuple(rest)


def way(case: Case[Arrival]) -> Way:
    """Out of the transit place to where it is put."""
    job, before = case.job, case.pending.instead_of
    transit = case.catalogue.location(job.transit_id) if job.transit_id else None
    to = before.destination_id if before else job.destination_id
    return transit, case.catalogue.location(to) if to else None


def filled(case: Case[Arrival]) -> Pending:
    """Whose goods they are, as they were sent; where nobody knows what was sent, as they lie there."""
    transit = case.catalogue.location(case.job.transit_id) if case.job.transit_id else None
    if case.pending.product is None or transit is None:
        return case.pending
    pending = replace(case.pending, source_id=transit.id)
    owners = _owners(replace(case, pending=pending))
    if pending.choice("whose_goods"):
        return pending
    if len(owners) == 1:
        return replace(pending, owner_id=owners.pop())
    return with_owner(replace(case, pending=pending), transit)


def _owners(case: Case[Arrival]) -> set[int | None]:
    return {one.owner_id for one in case.job.coming if _is_it(case, one)}


def _whose(case: Case[Arrival]) -> Verdict:
    """Goods of two owners came together: which of them is in hand (ward 2)."""
    transit, destination = way(case)
    if transit is None or len(_owners(case)) < 2:  # noqa: PLR2004 - two are a choice
        return None
    return whose_goods(case, transit, destination)


def _is_it(case: Case[Arrival], one: OnTheWay) -> bool:
    return one.product.id == case.product.id and case.pending.lot_name in ("", one.lot_name)


def _dispatch_known(case: Case[Arrival]) -> Verdict:
    return None if case.job.transit_id else no("scan_the_dispatch")


def _is_coming(case: Case[Arrival]) -> Verdict:
    if case.job.sent_of(case.product.id) or case.pending.choice("not_on_the_way"):
        return None
    facts = {"product": case.product.name, "place": case.job.transit_name}
    return Question("not_on_the_way", facts, (case.choice("it_came", "yes"), SET_ASIDE))


def _lot_was_sent(case: Case[Arrival]) -> Verdict:
    """Another lot than was sent: the label in hand is compared with what the sender posted."""
    name, product = case.pending.lot_name, case.product
    if product.tracking is Tracking.NONE or case.job.sent_of(product.id, name) or case.pending.choice("lot_not_sent"):
        return None
    facts = {"product": product.name, "lot": name, "place": case.job.transit_name}
    if case.lot is None and not any(one.lot_name == name for one in case.ward.shelves.of(product.id)):
        return no("lot_unknown_here", **facts)
    if not case.job.sent_of(product.id):
        return None
    sent = [one for one, _ in case.job.missing() if one.product.id == product.id]
    unit = product.uom_name
    lots = [
        case.choice(
            "this_lot", f"lot {one.lot_name}", lot=one.lot_name, day=one.expiry, quantity=one.quantity, unit=unit
        )
        for one in sent[:_MOST_SHOWN]
    ]
    came = case.choice("it_came", "yes")
    return Question("lot_not_sent", facts, (*lots, came, SET_ASIDE), asks_for="lot")


_MOST_SHOWN = 6


def _where(case: Case[Arrival]) -> Verdict:
    if case.job.destination_id:
        return None
    return Question("arrive_where", {"product": case.product.name}, (SET_ASIDE,), asks_for="place")


def _not_more(case: Case[Arrival]) -> Verdict:
    product, lot = case.product, "" if case.product.tracking is Tracking.NONE else case.pending.lot_name
    sent = case.job.sent_of(product.id, lot)
    if not sent or case.pending.choice("too_much"):
        return None
    return too_much(product, case.job.taken(product.id, lot) + case.pending.quantity, sent, "more_came")


RULES: tuple[Rule[Arrival], ...] = (
    *READ,
    _dispatch_known,
    _is_coming,
    separator_lost,
    bound(lot_chosen, way),
    *ONCE,
    _lot_was_sent,
    bound(one_day, way),
    _where,
    bound(not_expired, way),
    bound(not_past_removal, way),
    bound(not_held, way),
    _whose,
    right_quantity,
    _not_more,
)
"""In the order a person would ask: what is it, was it sent, which lot, where is it put, how many."""
AT_THE_END: tuple[Rule[Arrival], ...] = (
    *STILL_THERE,
    bound(not_expired, way),
    bound(not_past_removal, way),
    bound(not_held, way),
)
"""What may have changed since the scan."""


def agreed(case: Case[Arrival]) -> Addition:
    """What an item becomes that nobody objects to: out of the transit place, loose."""
    before, job = case.pending.instead_of, case.job
    return replace(
        added(case),
        destination_id=before.destination_id if before else job.destination_id,
        destination_name=before.destination_name if before else job.destination_name,
        unexpected=not job.sent_of(case.product.id),
        placed=before.placed if before else False,
        source_id=job.transit_id,
        source_name=job.transit_name,
        package_id=None,
    )
