"""The rules of receiving: is it expected, dated, not expired, not too much? Each asks, refuses or lets pass."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from client.work.answer import Choice, Command, Question, no
from client.work.case import SET_ASIDE, Case, Rule, Verdict
from client.work.receiving.care import goes_aside, kept_cold, not_held, ways_out
from client.work.receiving.delivery import Delivery, Unidentified
from client.work.receiving.orders import joinable
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
    serial_once,
    taught_otherwise,
    which_product,
)
from client.work.site.people import Act
from client.work.ward import Ward
from sync.stock import Lot, Product, Tracking


def _expected(case: Case[Delivery]) -> Verdict:
    """Beside the order, on another order of the vendor's, or not at all. An order that is awaited expects anything."""
    if case.job.waiting or case.job.moves_of(case.product.id) or case.pending.choice("not_on_order"):
        return None
    others = joinable(case.job, case.product, case.ward)[:_MOST_ORDERS]
    join = (case.choice("join_order", f"join {one.name}", document=one.name, order=one.origin) for one in others)
    facts = {"product": case.product.name, "order": case.job.ordered_as}
    # Beside papers that were finished in Odoo it is a receipt without an order (ward 33).
    over = case.job.settled_papers and not case.job.expected and not isinstance(case.job, Unidentified)
    beside = case.choice("receive_beside", "yes", Act.BLIND_RECEIPT if over else None)
    return Question("not_on_order", facts, (*join, beside, SET_ASIDE))


_MOST_ORDERS = 3
"""Choices of one question: more do not fit a handheld, and a scanned order answers as well."""


def _lot_named(case: Case[Delivery]) -> Verdict:
    if case.product.tracking is not Tracking.LOT:
        return None
    if not case.pending.lot_name:
        none = case.choice("make_lot", "make-lot none on the pack", Act.MAKE_LOT)
        unreadable = case.choice("make_lot_unreadable", "make-lot unreadable", Act.MAKE_LOT)
        facts = {"product": case.product.name}
        return Question("lot_missing", facts, (none, unreadable, SET_ASIDE), asks_for="lot")
    return real_lot(case.pending.lot_name)


def _serial_in_stock(case: Case[Delivery]) -> Verdict:
    if case.product.tracking is not Tracking.SERIAL or not case.lot or not (places := _places(case, case.lot)):
        return None
    return no("serial_in_stock", place=places[0], product=case.product.name, serial=case.pending.lot_name)


def _places(case: Case[Delivery], lot: Lot) -> Sequence[str]:
    quants = case.catalogue.quants(product_id=case.product.id)
    held = (q.key.location_id for q in quants if q.key.lot_id == lot.id and q.quantity > 0)
    return [
        place.complete_name for id_ in held if (place := case.catalogue.location(id_)) and place.usage == "internal"
    ]


def _seen_before(case: Case[Delivery]) -> Verdict:
    """The same pack in an earlier delivery (ward 15)."""
    serial = case.pending.serial
    if not serial or case.product.tracking is Tracking.SERIAL or case.pending.choice("pack_seen_before"):
        return None
    if not case.ward.seen_before(case.product.id, serial):
        return None
    facts = {"product": case.product.name, "serial": serial}
    return Question("pack_seen_before", facts, (case.choice("another_pack", "yes"), SET_ASIDE))


def _dated(case: Case[Delivery]) -> Verdict:
    if not keeps_expiry(case.product) or case.pending.expiry or known_expiry(case)[0]:
        return None
    other = case.pending.other_day
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": other}
    if other and case.pending.other_day_code in {"best_before", "sell_by"}:
        use = case.choice("use_as_expiry", f"expiry {other.isoformat()}", day=other)
        return Question(f"{case.pending.other_day_code}_only", facts, (use, SET_ASIDE), asks_for="expiry")
    return Question("expiry_missing", facts, (SET_ASIDE,), asks_for="expiry")


def _one_date(case: Case[Delivery]) -> Verdict:
    """Odoo would keep its own date in silence (contract 0.8); two dates for one lot are a person's decision."""
    known, source = known_expiry(case)
    if known is None or case.pending.expiry in (None, known) or case.pending.choice("lot_two_dates"):
        return None
    facts = {"lot": case.pending.lot_name, "product": case.product.name, "label": case.pending.expiry, "known": known}
    label = case.choice("as_on_label", "use-label", Act.CHANGE_EXPIRY, day=case.pending.expiry)
    choices = (label, case.choice(f"as_in_{source}", "use-known", day=known), SET_ASIDE)
    return Question("lot_two_dates", {**facts, "source": source}, choices)


def known_expiry(case: Case[Delivery]) -> tuple[date | None, str]:
    """The lot's day as scanned earlier in this delivery, else as in Odoo, and which of the two it is."""
    for add in case.job.additions:
        if add.product.id == case.product.id and add.lot_name == case.pending.lot_name and add.expiry:
            return add.expiry, "delivery"
    return (case.lot.expiry if case.lot else None), "odoo"


def not_expired(case: Case[Delivery]) -> Verdict:
    # A lot may be used through its expiry day: pharmacy rule, not a fencepost. Where two days are known, the pack in
    # hand says one of them: the earlier counts.
    days = [day for day in (agreed_expiry(case), _printed_day(case)) if day]
    day = min(days, default=None)
    if day is None or day >= case.today or case.pending.choice("expired") or goes_aside(case):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": day}
    take = case.choice("take_expired", "yes", Act.ACCEPT_EXPIRED)
    return Question("expired", facts, (*ways_out(case, "expired"), take))


def _printed_day(case: Case[Delivery]) -> date | None:
    return case.pending.expiry if keeps_expiry(case.product) else None


def not_to_be_removed(case: Case[Delivery]) -> Verdict:
    """Past its removal date is not expired, and said in other words (ward 13)."""
    removal = case.lot.removal_at if case.lot else None
    day = case.ward.policy.day_of(removal) if removal else None
    if day is None or day > case.today or day == agreed_expiry(case) or case.pending.choice("past_removal"):
        return None
    if goes_aside(case):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": day}
    take = case.choice("take_past_removal", "yes", Act.ACCEPT_EXPIRED)
    return Question("past_removal", facts, (*ways_out(case, "past removal date"), take))


def long_enough(case: Case[Delivery]) -> Verdict:
    day = agreed_expiry(case)
    if day is None or day < case.today or case.pending.choice("short_dated") or goes_aside(case):
        return None
    wanted = case.ward.plan.shelf_life_days(case.product)
    if day >= case.today + timedelta(days=wanted):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": day, "days": (day - case.today).days}
    choices = (case.choice("take_short_dated", "yes"), *ways_out(case, "short dated"))
    return Question("short_dated", {**facts, "wanted": wanted}, choices)


def agreed_expiry(case: Case[Delivery]) -> date | None:
    """The day the item is judged by, once two dates were settled; None where the product keeps none."""
    if not keeps_expiry(case.product):
        return None
    known, _ = known_expiry(case)
    if known and (case.pending.expiry is None or case.pending.choice("lot_two_dates") == "use-known"):
        return known
    return case.pending.expiry


def _not_too_much(case: Case[Delivery]) -> Verdict:
    total = case.job.received(case.product.id) + case.pending.quantity
    if not case.job.moves_of(case.product.id) or _more_agreed(case):
        return None
    return too_much(case.job, case.product, total, case.ward)


def _more_agreed(case: Case[Delivery]) -> bool:
    return bool(case.pending.choice("too_much") or case.pending.choice("too_much_blind"))


def too_much(delivery: Delivery, product: Product, total: Decimal, ward: Ward) -> Question | None:
    """Above the order a person is asked, beyond the site's tolerance a supervisor (ward 33).

    Where people receive blind they are told to count again, not by how much it is too many.
    """
    ordered = delivery.ordered(product.id)
    if total <= ordered:
        return None
    tolerated = total <= ordered * (1 + ward.policy.over_receipt_percent / 100)
    facts = {"product": product.name, "product_id": product.id, "total": total, "ordered": ordered}
    allowed = tolerated or ward.may(Act.OVER_RECEIVE)
    take = Choice(Command("yes"), "take_more", {"total": total}, "" if tolerated else Act.OVER_RECEIVE, allowed)
    if delivery.blind:
        blind = {"product": product.name, "product_id": product.id, "total": total}
        return Question("too_much_blind", blind, (take, SET_ASIDE))
    return Question("too_much", {**facts, "over": total - ordered}, (take, SET_ASIDE))


RULES: tuple[Rule[Delivery], ...] = (
    which_product,
    archived,
    taught_otherwise,
    readable,
    pack_size,
    content_counted,
    _expected,
    kept_cold,
    separator_lost,
    _lot_named,
    serial_named,
    serial_once,
    _serial_in_stock,
    pack_once,
    _seen_before,
    nearly_known_lot,
    lot_of_another_product,
    _dated,
    _one_date,
    not_held,
    not_expired,
    not_to_be_removed,
    long_enough,
    right_quantity,
    _not_too_much,
)
"""In the order a person would ask: what is it, which lot, which day, how many."""
