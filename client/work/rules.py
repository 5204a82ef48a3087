"""The rules of all goods: which product is it, can its label be believed, which lot, how many? Jobs add their own."""

from decimal import Decimal

from client.barcode.repair import SHOWN
from client.work.answer import Choice, Command, Question, Said, no
from client.work.case import SET_ASIDE, Case, Rule, Verdict
from client.work.job import Addition, Job, Reading
from sync.stock import Product, Tracking, whole_steps
from sync.store.codes import folded

NOT_A_LOT = frozenset(
    {"", "0", "1", ".", "-", "--", "/", "X", "XX", "XXX", "NA", "N/A", "N.A.", "NONE", "NULL", "LOT", "?"}
)
"""What people type to get past a field (ward 14). Compared in upper case."""

MOST = Decimal(999_999)
"""More than this of one lot in one scan is a barcode typed into the quantity, not a quantity."""


def which_product(case: Case[Job]) -> Verdict:
    if case.pending.product is not None:
        return None
    if case.pending.candidates:
        choices = [case.choice("this_product", f"product {p.id}", product=p.name) for p in case.pending.candidates]
        return Question("several_products", choices=(*choices, SET_ASIDE))
    return Question("product_missing", {"lot": case.pending.lot_name}, (SET_ASIDE,))


def archived(case: Case[Job]) -> Verdict:
    return None if case.product.active else no("product_archived", product=case.product.name)


def readable(case: Case[Job]) -> Verdict:
    """Part of the label cannot be believed: a person is told which, before it is asked for (promise 3)."""
    if not case.pending.damaged or case.pending.choice("label_damaged"):
        return None
    code, element, value = case.pending.damaged[0]
    facts = {"problem": code, "element": element, "value": value, "product": case.product.name}
    return Question("label_damaged", facts, (case.choice("go_on_without", "yes"), SET_ASIDE))


def pack_size(case: Case[Job]) -> Verdict:
    # AI 30 counts base units: then it does not matter how many are in one such pack.
    if not case.pending.unknown_level or case.pending.base is not None:
        return None
    facts = {"product": case.product.name, "gtin": case.pending.unknown_level, "unit": case.product.uom_name}
    return Question("pack_size", facts, (SET_ASIDE,), asks_for="qty")


def content_counted(case: Case[Job]) -> Verdict:
    if not case.pending.uncounted or case.pending.count is not None:
        return None
    facts = {"product": case.product.name, "unit": case.pending.unit}
    return Question("content_count", facts, (SET_ASIDE,), asks_for="qty")


def separator_lost(case: Case[Job]) -> Verdict:
    """A label that may have lost a separator: which reading the pack has, known lots first, then the likeliest."""
    pending = case.pending
    if not (pending.doubtful or pending.readings) or pending.choice("separator_doubt"):
        return None
    facts = {"lot": pending.lot_name, "serial": pending.serial, "product": case.product.name}
    known = sorted(pending.readings, key=lambda one: not (one.lot_name and _lot_of(case, one.lot_name)))
    others = [_read_so(one) for one in known[:SHOWN]]
    as_read = case.choice("label_as_read", "yes", lot=pending.lot_name, expiry=pending.expiry, serial=pending.serial)
    choices = (*others, *([as_read] if pending.doubtful else []), SET_ASIDE)
    return Question("separator_doubt", facts, choices, asks_for="lot")


def _read_so(one: Reading) -> Choice:
    """A way to read the label, with what it says: that is what stands in words on the pack."""
    command, count = f"reading {one.text}", one.count or one.base
    facts = {"reading": one.text, "lot": one.lot_name, "expiry": one.expiry, "serial": one.serial, "count": count}
    return Choice(Command.parse(command), "read_so", facts)


def _lot_of(case: Case[Job], name: str) -> bool:
    return case.catalogue.lot(case.product.id, name) is not None


def taught_otherwise(case: Case[Job]) -> Verdict:
    """This code was taught to another product here, and Odoo knows better by now: told once."""
    if not case.pending.taught or case.pending.choice("taught_otherwise"):
        return None
    facts = {"taught": case.pending.taught, "product": case.product.name}
    return Question("taught_otherwise", facts, (case.choice("as_odoo_has_it", "yes"), SET_ASIDE))


def real_lot(name: str) -> Said | None:
    return no("lot_is_no_lot", lot=name) if name.upper() in NOT_A_LOT else None


def serial_named(case: Case[Job]) -> Verdict:
    if case.product.tracking is not Tracking.SERIAL:
        return None
    if not case.pending.lot_name:
        return Question("serial_missing", {"product": case.product.name}, (SET_ASIDE,), asks_for="serial")
    if refused := real_lot(case.pending.lot_name):
        return refused
    if case.pending.quantity != 1:
        return no("serial_counts_one", product=case.product.name, serial=case.pending.lot_name)
    return None


def serial_once(case: Case[Job]) -> Verdict:
    if case.product.tracking is not Tracking.SERIAL:
        return None
    if any(a.product.id == case.product.id and a.lot_name == case.pending.lot_name for a in case.job.additions):
        return no("serial_twice", product=case.product.name, serial=case.pending.lot_name)
    return None


def pack_once(case: Case[Job]) -> Verdict:
    """The pack has a serial, Odoo tracks the lot: the same pack again is a double read (ward 15)."""
    serial = case.pending.serial
    if not serial or case.product.tracking is Tracking.SERIAL:
        return None
    if any(add.product.id == case.product.id and add.serial == serial for add in case.job.additions):
        return no("pack_twice", product=case.product.name, serial=serial)
    return None


def nearly_known_lot(case: Case[Job]) -> Verdict:
    name = case.pending.lot_name
    if not name or case.product.tracking is Tracking.NONE or case.lot or case.pending.choice("lot_nearly_known"):
        return None
    known = [lot.name for lot in case.catalogue.near_lots(case.product.id, name)]
    known += [a.lot_name for a in case.job.additions if _nearly(a, case) and a.lot_name not in known]
    if not known:
        return None
    choices = [case.choice("use_known_lot", f"lot {lot}", lot=lot) for lot in known]
    keep = case.choice("keep_scanned_lot", "yes", lot=name)
    return Question("lot_nearly_known", {"lot": name, "known": known[0]}, (*choices, keep, SET_ASIDE))


def _nearly(add: Addition, case: Case[Job]) -> bool:
    name = case.pending.lot_name
    return add.product.id == case.product.id and add.lot_name != name and folded(add.lot_name) == folded(name)


def lot_of_another_product(case: Case[Job]) -> Verdict:
    name = case.pending.lot_name
    if not name or case.product.tracking is Tracking.NONE or case.lot or case.pending.choice("lot_of_another"):
        return None
    others = (case.catalogue.product(lot.product_id) for lot in case.catalogue.lots_named(name))
    other = next((product for product in others if product), None)
    if other is None:
        return None
    facts = {"lot": name, "product": case.product.name, "other": other.name}
    return Question("lot_of_another", facts, (case.choice("lot_is_right", "yes"), SET_ASIDE))


def right_quantity(case: Case[Job]) -> Verdict:
    quantity, product = case.pending.quantity, case.product
    facts = {"product": product.name, "quantity": quantity, "unit": product.uom_name}
    if quantity <= 0:
        return no("quantity_zero", **facts)
    if quantity > MOST:
        return no("quantity_too_large", **facts)
    if not whole_steps(quantity, product.uom_rounding):
        return no("quantity_fraction", step=product.uom_rounding, **facts)
    return None


READ: tuple[Rule[Job], ...] = (which_product, archived, taught_otherwise, readable, pack_size, content_counted)
"""What is it, and can its label be believed?"""
ONCE: tuple[Rule[Job], ...] = (serial_named, serial_once, pack_once, nearly_known_lot)
"""Which piece or lot is it, and was it not read already?"""


def keeps_expiry(product: Product) -> bool:
    """Whether Odoo keeps a date for its lots; a date on the label of other goods is evidence only (ward 13)."""
    return product.use_expiration_date and product.tracking is not Tracking.NONE
