"""The state and the rules of a lot change: out of the wrong lot, into the right one, in the same bin (ward 29)."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from client.work.again import STILL_THERE
from client.work.answer import Question, no
from client.work.case import SET_ASIDE, Case, Rule, Verdict
from client.work.job import Addition, Job, Pending
from client.work.moving.leaving import (
    Way,
    bin_at,
    bound,
    enough_where_strict,
    known_day,
    lot_chosen,
    lot_here,
    not_held,
    not_reserved,
    out_of,
    serial_here,
    whose_goods,
)
from client.work.rules import (
    READ,
    keeps_expiry,
    nearly_known_lot,
    real_lot,
    right_quantity,
    separator_lost,
    serial_named,
)
from client.work.site.people import Act
from sync.stock import Product, Tracking

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LotChange(Job):
    """Additions go by twos: out of the old lot to the relabel place, and back from it as the new lot.

    `shelf_id` is the bin the goods lie in, 0 before one was scanned.
    """

    relabel_id: int
    relabel_name: str
    shelf_id: int = 0
    shelf_name: str = ""

    def out(self, add: Addition) -> bool:
        """Whether the addition leaves the old lot."""
        return add.destination_id == self.relabel_id

    def open_one(self) -> Addition | None:
        """What is out of its old lot and not in a new one yet: the last that is."""
        return next((add for add in reversed(self.additions) if self.out(add) and self.left(add) > 0), None)

    def left(self, add: Addition) -> Decimal:
        """Base units of that one that have no new lot yet; less than nothing where more came back."""
        back = (one.quantity for one in self.additions if one.picking_id == add.number and not self.out(one))
        return add.quantity - sum(back, NOTHING)

    def uneven(self) -> Addition | None:
        """The first of which not as much went in as out; confirming would lose or make goods."""
        return next((add for add in self.additions if self.out(add) and self.left(add)), None)

    def orphan(self) -> Addition | None:
        """A new lot whose old one was taken back."""
        numbers = {add.number for add in self.additions if self.out(add)}
        return next((add for add in self.additions if not self.out(add) and add.picking_id not in numbers), None)


def is_new(case: Case[LotChange]) -> bool:
    """Whether the item is the new label, rather than the old one."""
    before = case.pending.instead_of
    if before is not None:
        return not case.job.out(before)
    return case.job.open_one() is not None


def pair(case: Case[LotChange]) -> Addition | None:
    """What the new label is for."""
    before = case.pending.instead_of
    if before is not None:
        return next((add for add in case.job.additions if add.number == before.picking_id), None)
    return case.job.open_one()


def way(case: Case[LotChange]) -> Way:
    """Of the old lot out of its bin; the new one comes from nowhere that matters."""
    place = case.catalogue.location(case.pending.source_id) if case.pending.source_id else None
    return (None, None) if is_new(case) else (place, place)


def filled(case: Case[LotChange]) -> Pending:
    """The bin and whose goods, of the old lot; how many, of the new one: all that is out, and out of its package."""
    pending = case.pending
    old = pair(case) if is_new(case) else None
    if old:
        product = pending.product or old.product
        said = pending.count is not None or pending.base is not None or pending.per_unit != 1
        return replace(
            pending,
            product=product,
            candidates=(),
            code=pending.code or product.barcode,
            unit=pending.unit or product.uom_name,
            count=pending.count if said else case.job.left(old),
            package_id=None,
            owner_id=old.owner_id,
        )
    if pending.product is None or not case.job.shelf_id:
        return pending
    return out_of(case, None if pending.source_id else bin_at(case, case.catalogue.location(case.job.shelf_id)))


# -------------------------------------------------------------------- the old lot


def _bin_known(case: Case[LotChange]) -> Verdict:
    if is_new(case) or case.pending.source_id:
        return None
    if not case.job.shelf_id:
        return no("scan_bin_first")
    return no("scan_the_bin", place=case.job.shelf_name, lies="")


def _tracked(case: Case[LotChange]) -> Verdict:
    if case.product.tracking is not Tracking.NONE:
        return None
    return no("not_tracked", product=case.product.name)


def _once(case: Case[LotChange]) -> Verdict:
    """A serial that is out already."""
    out = [add for add in case.job.additions if case.job.out(add) and add.product.id == case.product.id]
    if is_new(case) or not any(add.lot_name == case.pending.lot_name for add in out):
        return None
    if case.product.tracking is not Tracking.SERIAL:
        return None
    return no("serial_twice", product=case.product.name, serial=case.pending.lot_name)


def _out_of_package(case: Case[LotChange]) -> Verdict:
    """The new lot lies loose: who relabels in a crate takes the goods out of it, or leaves them (ward 2)."""
    package_id = case.pending.package_id
    if is_new(case) or not package_id or case.pending.choice("out_of_package"):
        return None
    package = case.catalogue.package(package_id)
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "package": package.name if package else ""}
    return Question("out_of_package", facts, (case.choice("lies_loose_then", "yes"), SET_ASIDE))


# -------------------------------------------------------------------- the new lot


def _same_product(case: Case[LotChange]) -> Verdict:
    old = pair(case) if is_new(case) else None
    if old is None or old.product.id == case.product.id:
        return None
    return no("label_of_another", product=case.product.name, wanted=old.product.name, lot=old.lot_name)


def _new_lot(case: Case[LotChange]) -> Verdict:
    if not is_new(case) or case.product.tracking is not Tracking.LOT:
        return None
    if not case.pending.lot_name:
        return Question("new_lot_missing", {"product": case.product.name}, (SET_ASIDE,), asks_for="lot")
    return real_lot(case.pending.lot_name)


def _another_lot(case: Case[LotChange]) -> Verdict:
    old = pair(case) if is_new(case) else None
    if old is None or case.pending.lot_name != old.lot_name:
        return None
    return no("same_lot", product=case.product.name, lot=old.lot_name)


def _dated(case: Case[LotChange]) -> Verdict:
    if not is_new(case) or not keeps_expiry(case.product) or agreed_day(case):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name}
    return Question("expiry_missing", facts, (SET_ASIDE,), asks_for="expiry")


def _one_date(case: Case[LotChange]) -> Verdict:
    """Odoo has the new lot with another day: a person's decision, as in a delivery (ward 29)."""
    known, label = known_day(case), case.pending.expiry
    if not is_new(case) or known is None or label in (None, known) or case.pending.choice("lot_two_dates"):
        return None
    facts = {"lot": case.pending.lot_name, "product": case.product.name, "label": label, "known": known}
    change = case.choice("as_on_label", "use-label", Act.CHANGE_EXPIRY, day=label)
    choices = (change, case.choice("as_in_odoo", "use-known", day=known), SET_ASIDE)
    return Question("lot_two_dates", {**facts, "source": "odoo"}, choices)


def agreed_day(case: Case[LotChange]) -> date | None:
    """The day of the lot: of the old one as known, of the new one as its label says, where two days were settled."""
    known = known_day(case)
    if not is_new(case) or not keeps_expiry(case.product):
        return known
    if known and (case.pending.expiry is None or case.pending.choice("lot_two_dates") == "use-known"):
        return known
    return case.pending.expiry


def _not_expired(case: Case[LotChange]) -> Verdict:
    day = agreed_day(case)
    if not is_new(case) or day is None or day >= case.today or case.pending.choice("move_expired"):
        return None
    facts = {"product": case.product.name, "lot": case.pending.lot_name, "day": day}
    return Question("move_expired", facts, (SET_ASIDE, case.choice("take_it_expired", "yes", Act.ACCEPT_EXPIRED)))


def _no_more_than_out(case: Case[LotChange]) -> Verdict:
    old = pair(case) if is_new(case) else None
    if old is None:
        return None
    before = case.pending.instead_of
    left = case.job.left(old) + (before.quantity if before and before in case.job.additions else NOTHING)
    if case.pending.quantity <= left:
        return None
    facts = {"quantity": case.pending.quantity, "left": left, "unit": case.product.uom_name}
    return no("more_than_out", product=case.product.name, lot=old.lot_name, **facts)


RULES: tuple[Rule[LotChange], ...] = (
    *READ,
    _tracked,
    _same_product,
    separator_lost,
    _bin_known,
    bound(lot_chosen, way),
    serial_named,
    _new_lot,
    _another_lot,
    _once,
    nearly_known_lot,
    bound(serial_here, way),
    bound(lot_here, way),
    _dated,
    _one_date,
    _not_expired,
    bound(not_held, way),
    bound(whose_goods, way),
    _out_of_package,
    right_quantity,
    _no_more_than_out,
    bound(not_reserved, way),
    bound(enough_where_strict, way),
)
"""In the order a person would ask: what is it, which lot was it, which is it now, until when, how many."""
AT_THE_END: tuple[Rule[LotChange], ...] = (
    *STILL_THERE,
    _not_expired,
    bound(not_held, way),
    bound(enough_where_strict, way),
)
"""What may have changed since the scan."""


def as_product(product: Product, lot_name: str) -> Pending:
    """The new lot said without a label."""
    return Pending(product=product, code=product.barcode, unit=product.uom_name, lot_name=lot_name)
