"""The rules of receiving: is it expected, whole, dated, not expired, not too much? Each asks, refuses or lets pass."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from client.work.answer import Choice, Command, Question, Said, no
from client.work.delivery import Addition, Delivery, Pending
from client.work.people import Act, Person
from client.work.policy import Policy
from sync.stock import Lot, Product, Tracking, whole_steps
from sync.store.catalogue import Catalogue
from sync.store.codes import folded

NOT_A_LOT = frozenset(
    {"", "0", "1", ".", "-", "--", "/", "X", "XX", "XXX", "NA", "N/A", "N.A.", "NONE", "NULL", "LOT", "?"}
)
"""What people type to get past a field (ward 14). Compared in upper case."""

MOST = Decimal(999_999)
"""More than this of one lot in one scan is a barcode typed into the quantity, not a quantity."""


@dataclass(frozen=True, slots=True)
class Case:
    """One item under judgement, and what the rules may look at. `today` is the day at the site."""

    pending: Pending
    delivery: Delivery
    catalogue: Catalogue
    person: Person
    policy: Policy
    today: date
    seen_before: Callable[[int, str], bool]

    @property
    def product(self) -> Product:
        """Known from the second rule on."""
        if self.pending.product is None:
            raise ValueError("no product yet")
        return self.pending.product

    @property
    def lot(self) -> Lot | None:
        """The lot as the device knows it."""
        return self.catalogue.lot(self.product.id, self.pending.lot_name) if self.pending.lot_name else None

    def choice(self, code: str, command: str, act: Act | None = None, **facts: object) -> Choice:
        """A way to answer, closed to those whose role may not."""
        allowed = act is None or self.person.may(act)
        return Choice(Command.parse(command), code, facts, act or "", allowed)


Verdict = Question | Said | None
Rule = Callable[[Case], Verdict]


def judge(case: Case) -> Verdict:
    """The first objection: a Question to answer, a Said that refuses, or None when the item may be added."""
    return next((verdict for rule in RULES if (verdict := rule(case)) is not None), None)


def _which_product(case: Case) -> Verdict:
    if case.pending.product is not None:
        return None
    if case.pending.candidates:
        choices = [case.choice("this_product", f"product {p.id}", product=p.name) for p in case.pending.candidates]
        return Question("several_products", choices=(*choices, _SET_ASIDE))
    return Question("product_missing", {"lot": case.pending.lot_name}, (_SET_ASIDE,))


def _archived(case: Case) -> Verdict:
    return None if case.product.active else no("product_archived", product=case.product.name)


def _readable(case: Case) -> Verdict:
    """Part of the label cannot be believed: a person is told which, before it is asked for (promise 3)."""
    if not case.pending.damaged or case.pending.choice("label_damaged"):
        return None
    code, element, value = case.pending.damaged[0]
    facts = {"problem": code, "element": element, "value": value, "product": case.product.name}
    return Question("label_damaged", facts, (case.choice("go_on_without", "yes"), _SET_ASIDE))


def _pack_size(case: Case) -> Verdict:
    # AI 30 counts base units: then it does not matter how many are in one such pack.
    if not case.pending.unknown_level or case.pending.base is not None:
        return None
    facts = {"product": case.product.name, "gtin": case.pending.unknown_level, "unit": case.product.uom_name}
    return Question("pack_size", facts, (_SET_ASIDE,), asks_for="qty")


def _content_counted(case: Case) -> Verdict:
    if not case.pending.uncounted or case.pending.count is not None:
        return None
    facts = {"product": case.product.name, "unit": case.pending.unit}
    return Question("content_count", facts, (_SET_ASIDE,), asks_for="qty")


def _expected(case: Case) -> Verdict:
    if case.delivery.moves_of(case.product.id) or case.pending.choice("not_on_order"):
        return None
    facts = {"product": case.product.name, "order": case.delivery.picking.origin or case.delivery.picking.name}
    return Question("not_on_order", facts, (case.choice("receive_beside", "yes"), _SET_ASIDE))


def _separator_lost(case: Case) -> Verdict:
    if not case.pending.doubtful or case.pending.choice("separator_doubt"):
        return None
    facts = {"lot": case.pending.lot_name, "serial": case.pending.serial, "product": case.product.name}
    choices = (case.choice("label_as_read", "yes"), _SET_ASIDE)
    return Question("separator_doubt", facts, choices, asks_for="lot")


def _lot_named(case: Case) -> Verdict:
    if case.product.tracking is not Tracking.LOT:
        return None
    if not case.pending.lot_name:
        none = case.choice("make_lot", "make-lot none on the pack", Act.MAKE_LOT)
        unreadable = case.choice("make_lot_unreadable", "make-lot unreadable", Act.MAKE_LOT)
        facts = {"product": case.product.name}
        return Question("lot_missing", facts, (none, unreadable, _SET_ASIDE), asks_for="lot")
    return _real_lot(case.pending.lot_name)


def _real_lot(name: str) -> Said | None:
    return no("lot_is_no_lot", lot=name) if name.upper() in NOT_A_LOT else None


def _serial_named(case: Case) -> Verdict:
    if case.product.tracking is not Tracking.SERIAL:
        return None
    if not case.pending.lot_name:
        return Question("serial_missing", {"product": case.product.name}, (_SET_ASIDE,), asks_for="serial")
    if refused := _real_lot(case.pending.lot_name):
        return refused
    if case.pending.quantity != 1:
        return no("serial_counts_one", product=case.product.name, serial=case.pending.lot_name)
    return None


def _serial_once(case: Case) -> Verdict:
    if case.product.tracking is not Tracking.SERIAL:
        return None
    facts = {"product": case.product.name, "serial": case.pending.lot_name}
    if any(a.product.id == case.product.id and a.lot_name == case.pending.lot_name for a in case.delivery.additions):
        return no("serial_twice", **facts).at(row_key(case.product.id, unexpected=False))
    if case.lot and (places := _places(case, case.lot)):
        return no("serial_in_stock", place=places[0], **facts)
    return None


def _places(case: Case, lot: Lot) -> Sequence[str]:
    quants = case.catalogue.quants(product_id=case.product.id)
    held = (q.key.location_id for q in quants if q.key.lot_id == lot.id and q.quantity > 0)
    return [
        place.complete_name for id_ in held if (place := case.catalogue.location(id_)) and place.usage == "internal"
    ]


def _pack_once(case: Case) -> Verdict:
    """The pack has a serial, Odoo tracks the lot: the same pack again is a double read (ward 15)."""
    serial = case.pending.serial
    if not serial or case.product.tracking is Tracking.SERIAL:
        return None
    facts = {"product": case.product.name, "serial": serial}
    if any(add.product.id == case.product.id and add.serial == serial for add in case.delivery.additions):
        return no("pack_twice", **facts).at(row_key(case.product.id, unexpected=False))
    if case.seen_before(case.product.id, serial) and not case.pending.choice("pack_seen_before"):
        return Question("pack_seen_before", facts, (case.choice("another_pack", "yes"), _SET_ASIDE))
    return None


def _nearly_known_lot(case: Case) -> Verdict:
    name = case.pending.lot_name
    if not name or case.product.tracking is Tracking.NONE or case.lot or case.pending.choice("lot_nearly_known"):
        return None
    known = [lot.name for lot in case.catalogue.near_lots(case.product.id, name)]
    known += [a.lot_name for a in case.delivery.additions if _nearly(a, case) and a.lot_name not in known]
    if not known:
        return None
    choices = [case.choice("use_known_lot", f"lot {lot}", lot=lot) for lot in known]
    keep = case.choice("keep_scanned_lot", "yes", lot=name)
    return Question("lot_nearly_known", {"lot": name, "known": known[0]}, (*choices, keep, _SET_ASIDE))


def _nearly(add: Addition, case: Case) -> bool:
    name = case.pending.lot_name
    return add.product.id == case.product.id and add.lot_name != name and folded(add.lot_name) == folded(name)


def _lot_of_another_product(case: Case) -> Verdict:
    name = case.pending.lot_name
    if not name or case.product.tracking is Tracking.NONE or case.lot or case.pending.choice("lot_of_another"):
        return None
    others = (case.catalogue.product(lot.product_id) for lot in case.catalogue.lots_named(name))
    other = next((product for product in others if product), None)
    if other is None:
        return None
    facts = {"lot": name, "product": case.product.name, "other": other.name}
    return Question("lot_of_another", facts, (case.choice("lot_is_right", "yes"), _SET_ASIDE))


def _dated(case: Case) -> Verdict:
    if not keeps_expiry(case.product) or case.pending.expiry or known_expiry(case)[0]:
        return None
    other = case.pending.other_day
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": other}
    if other and case.pending.other_day_code in {"best_before", "sell_by"}:
        use = case.choice("use_as_expiry", f"expiry {other.isoformat()}", day=other)
        return Question(f"{case.pending.other_day_code}_only", facts, (use, _SET_ASIDE), asks_for="expiry")
    return Question("expiry_missing", facts, (_SET_ASIDE,), asks_for="expiry")


def _one_date(case: Case) -> Verdict:
    """Odoo would keep its own date in silence (contract 0.8); two dates for one lot are a person's decision."""
    known, source = known_expiry(case)
    if known is None or case.pending.expiry in (None, known) or case.pending.choice("lot_two_dates"):
        return None
    facts = {"lot": case.pending.lot_name, "product": case.product.name, "label": case.pending.expiry, "known": known}
    label = case.choice("as_on_label", "use-label", Act.CHANGE_EXPIRY, day=case.pending.expiry)
    choices = (label, case.choice(f"as_in_{source}", "use-known", day=known), _SET_ASIDE)
    return Question("lot_two_dates", {**facts, "source": source}, choices)


def known_expiry(case: Case) -> tuple[date | None, str]:
    """The lot's day as scanned earlier in this delivery, else as in Odoo, and which of the two it is."""
    for add in case.delivery.additions:
        if add.product.id == case.product.id and add.lot_name == case.pending.lot_name and add.expiry:
            return add.expiry, "delivery"
    return (case.lot.expiry if case.lot else None), "odoo"


def _not_expired(case: Case) -> Verdict:
    # A lot may be used through its expiry day: pharmacy rule, not a fencepost. Where two days are known, the pack in
    # hand says one of them: the earlier counts.
    days = [day for day in (agreed_expiry(case), _printed_day(case)) if day]
    day = min(days, default=None)
    if day is None or day >= case.today or case.pending.choice("expired"):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": day}
    take = case.choice("take_expired", "yes", Act.ACCEPT_EXPIRED)
    return Question("expired", facts, (replace(_SET_ASIDE, code="refuse_at_door"), take))


def _printed_day(case: Case) -> date | None:
    return case.pending.expiry if keeps_expiry(case.product) else None


def _not_to_be_removed(case: Case) -> Verdict:
    """Past its removal date is not expired, and said in other words (ward 13)."""
    removal = case.lot.removal_at if case.lot else None
    day = case.policy.day_of(removal) if removal else None
    if day is None or day > case.today or day == agreed_expiry(case) or case.pending.choice("past_removal"):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": day}
    choices = (replace(_SET_ASIDE, code="refuse_at_door"), case.choice("take_past_removal", "yes", Act.ACCEPT_EXPIRED))
    return Question("past_removal", facts, choices)


def _long_enough(case: Case) -> Verdict:
    day = agreed_expiry(case)
    if day is None or day < case.today or case.pending.choice("short_dated"):
        return None
    if day >= case.today + timedelta(days=case.policy.shelf_life_days):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": day, "days": (day - case.today).days}
    choices = (case.choice("take_short_dated", "yes"), replace(_SET_ASIDE, code="refuse_at_door"))
    return Question("short_dated", {**facts, "wanted": case.policy.shelf_life_days}, choices)


def agreed_expiry(case: Case) -> date | None:
    """The day the item is judged by, once two dates were settled; None where the product keeps none."""
    if not keeps_expiry(case.product):
        return None
    known, _ = known_expiry(case)
    if known and (case.pending.expiry is None or case.pending.choice("lot_two_dates") == "use-known"):
        return known
    return case.pending.expiry


def keeps_expiry(product: Product) -> bool:
    """Whether Odoo keeps a date for its lots; a date on the label of other goods is evidence only (ward 13)."""
    return product.use_expiration_date and product.tracking is not Tracking.NONE


def _right_quantity(case: Case) -> Verdict:
    quantity, product = case.pending.quantity, case.product
    facts = {"product": product.name, "quantity": quantity, "unit": product.uom_name}
    if quantity <= 0:
        return no("quantity_zero", **facts)
    if quantity > MOST:
        return no("quantity_too_large", **facts)
    if not whole_steps(quantity, product.uom_rounding):
        return no("quantity_fraction", step=product.uom_rounding, **facts)
    return None


def _not_too_much(case: Case) -> Verdict:
    total = case.delivery.received(case.product.id) + case.pending.quantity
    if not case.delivery.moves_of(case.product.id) or case.pending.choice("too_much"):
        return None
    return too_much(case.product, total, case.delivery.ordered(case.product.id), case.person, case.policy)


def too_much(product: Product, total: Decimal, ordered: Decimal, person: Person, policy: Policy) -> Question | None:
    """Above the order a person is asked, beyond the site's tolerance a supervisor (ward 33)."""
    if total <= ordered:
        return None
    tolerated = total <= ordered * (1 + policy.over_receipt_percent / 100)
    facts = {"product": product.name, "product_id": product.id, "total": total, "ordered": ordered}
    allowed = tolerated or person.may(Act.OVER_RECEIVE)
    take = Choice(Command("yes"), "take_more", {"total": total}, "" if tolerated else Act.OVER_RECEIVE, allowed)
    return Question("too_much", {**facts, "over": total - ordered}, (take, _SET_ASIDE))


def row_key(product_id: int, *, unexpected: bool) -> str:
    """Names one row of the list: a product of the order, or the same product beside it."""
    return f"{'beside' if unexpected else 'order'}:{product_id}"


_SET_ASIDE = Choice(Command("no"), "set_aside")

RULES: tuple[Rule, ...] = (
    _which_product,
    _archived,
    _readable,
    _pack_size,
    _content_counted,
    _expected,
    _separator_lost,
    _lot_named,
    _serial_named,
    _serial_once,
    _pack_once,
    _nearly_known_lot,
    _lot_of_another_product,
    _dated,
    _one_date,
    _not_expired,
    _not_to_be_removed,
    _long_enough,
    _right_quantity,
    _not_too_much,
)
"""In the order a person would ask: what is it, which lot, which day, how many."""
