"""An item under way: what its labels say, joined over several symbols, in base units (design 3 and 13.6)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from client.barcode.label import Label
from client.work.delivery import Addition, Pending
from client.work.meaning import ProductMeant, RestOfLabel, SeveralProducts, UnknownLevel
from sync.stock import Tracking


def heard(meant: ProductMeant | SeveralProducts | UnknownLevel | RestOfLabel, label: Label, evidence: str) -> Pending:
    """What one label says of an item; nothing is assumed that it does not say."""
    product = meant.product if isinstance(meant, ProductMeant | UnknownLevel) else None
    other_day, other_code = _other_day(label)
    said = Pending(
        product=product,
        candidates=meant.products if isinstance(meant, SeveralProducts) else (),
        unknown_level=meant.gtin if isinstance(meant, UnknownLevel) else "",
        lot_name=(label.lot or "").strip(),
        serial=(label.serial or "").strip(),
        expiry=label.expiry,
        other_day=other_day,
        other_day_code=other_code,
        doubtful=any(problem.code == "separator_doubt" for problem in label.problems),
        evidence=(evidence,),
    )
    return for_tracking(_counted(said, meant, label))


def _other_day(label: Label) -> tuple[date | None, str]:
    for day, code in ((label.best_before, "best_before"), (label.sell_by, "sell_by"), (label.production, "production")):
        if day:
            return day, code
    return None, ""


def _counted(heard: Pending, meant: object, label: Label) -> Pending:
    """What one scan counts (design 13.6): AI 30 and 37 base units, a packaging its content, mass only by mass."""
    if not isinstance(meant, ProductMeant):
        return heard
    if meant.packaging and meant.quantity == meant.packaging.quantity:
        return replace(heard, unit=meant.packaging.name, per_unit=meant.packaging.quantity)
    if label.net_weight_kg is not None and meant.product.uom_name in _MASS:
        return replace(heard, unit=meant.product.uom_name, count=label.net_weight_kg * _MASS[meant.product.uom_name])
    return replace(heard, unit=meant.product.uom_name, count=meant.quantity)


_MASS = {"kg": Decimal(1), "g": Decimal(1000)}
"""Odoo's own unit names for goods measured by mass, as parts of a kilogram."""


def for_tracking(heard: Pending) -> Pending:
    """Where Odoo tracks serials, the serial is the lot's name and a batch beside it goes to `stock.lot.ref`."""
    if heard.product is None or heard.product.tracking is not Tracking.SERIAL:
        return heard
    return replace(heard, lot_name=heard.serial, batch=heard.lot_name, serial="")


def joined(one: Pending, other: Pending) -> Pending | None:
    """Two symbols of one item, in any order; None where they speak of different things."""
    if one.product and other.product and one.product.id != other.product.id:
        return None
    if not _adds_something(one, other):
        return None
    first, second = (one, other) if one.product else (other, one)
    if first.product and first.product.tracking is Tracking.SERIAL and not second.product:
        second = replace(second, lot_name=second.serial, batch=second.lot_name, serial="")
    return replace(
        first,
        lot_name=first.lot_name or second.lot_name,
        expiry=first.expiry or second.expiry,
        other_day=first.other_day or second.other_day,
        other_day_code=first.other_day_code or second.other_day_code,
        serial=first.serial or second.serial,
        batch=first.batch or second.batch,
        count=second.count if first.count is None else first.count,
        evidence=(*one.evidence, *other.evidence),
    )


def _adds_something(one: Pending, other: Pending) -> bool:
    """The second symbol brings a part that is missing and contradicts none that is there."""
    parts = ("lot_name", "expiry", "serial", "product", "other_day")
    both = [(getattr(one, part), getattr(other, part)) for part in parts]
    contradicts = any(a and b and a != b for a, b in both)
    return not contradicts and any(b and not a for a, b in both)


def reopened(last: Addition) -> Pending:
    """The item of an addition, to be judged again with another quantity; its answers stay given."""
    return Pending(
        product=last.product,
        per_unit=last.quantity / last.count,
        unit=last.unit,
        count=last.count,
        lot_name=last.lot_name,
        expiry=last.expiry,
        serial=last.serial,
        batch=last.batch,
        evidence=last.evidence,
        settled=last.settled,
    )


def recounted(pending: Pending, count: Decimal) -> Pending:
    # Who agreed to 110 of 100 did not agree to 500.
    return replace(pending, count=count, settled=tuple(a for a in pending.settled if a.question != "too_much"))


def pack_name(pending: Pending, size: Decimal) -> str:
    unit = pending.product.uom_name if pending.product else ""
    return f"Pack of {size} {unit}".strip()
