"""An item under way: what its labels say, joined over several symbols, in base units (design 3 and 13.6)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from client.barcode.association import association_problems
from client.barcode.gs1 import reread
from client.barcode.hibc import link_character, primary_check
from client.barcode.isbt128 import division_of
from client.barcode.label import Element, Label, Problem, Repaired
from client.barcode.repair import brackets
from client.work.answer import Said, no
from client.work.job import Addition, Pending, Reading
from client.work.meaning import ProductMeant, RestOfLabel, SeveralProducts, UnknownLevel
from client.work.rules import NOT_A_LOT
from client.work.site.people import Act
from client.work.ward import Ward
from sync.stock import Packaging, Tracking

TELLS_THE_PRODUCT = frozenset({"01", "02", "LIC", "PCN", "UM", "CHECK", "9N", "8P", "=/", "=<", "=)", "=-"})
TELLS_THE_ITEM = frozenset(
    {"10", "17", "21", "30", "37", "LOT", "EXP", "SN", "QTY", "1T", "D", "S", "Q"}
    | {"=", "=,", "=>", "&>", "=]", "&,1", "&)", "&-"}
)
"""By GS1's AI, and as the other languages call their pieces."""


def faults(label: Label) -> tuple[Problem, ...]:
    """What of a label cannot be believed: elements that break a rule, or are said twice and differently.

    Nothing, where lost separators explain it: then it is asked how to read it.
    """
    return () if label.readings else tuple(one for one in label.problems if _is_fault(one))


def _is_fault(problem: Problem) -> bool:
    twice = dict(problem.facts).get("rule") == "differs"
    return twice or (problem.breaks and problem.code != "ai_unknown")


def misread(label: Label) -> Said | None:
    """A damaged product number names the wrong product or none, and so does a symbol that broke: never guessed at."""
    for problem in faults(label):
        if problem.element in TELLS_THE_PRODUCT or (label.kind in {"gs1", "digital_link"} and not problem.element):
            return no("misread", problem=problem.code, element=problem.element, **dict(problem.facts))
    return None


Goods = ProductMeant | SeveralProducts | UnknownLevel | RestOfLabel


def heard(meant: Goods, label: Label, evidence: str) -> Pending:
    """What one label says of an item; nothing is assumed that it does not say."""
    return for_tracking(_said(meant, label, evidence))


def _said(meant: Goods, label: Label, evidence: str) -> Pending:
    product = meant.product if isinstance(meant, ProductMeant | UnknownLevel) else None
    other_day, other_code = _other_day(label)
    said = Pending(
        product=product,
        code=label.gtin or label.content_gtin or label.text,
        candidates=meant.products if isinstance(meant, SeveralProducts) else (),
        unknown_level=meant.gtin if isinstance(meant, UnknownLevel) else "",
        lot_name=_real_lot(label.lot),
        serial=(label.serial or "").strip(),
        expiry=label.expiry,
        other_day=other_day,
        other_day_code=other_code,
        doubtful=any(problem.code == "separator_doubt" for problem in label.problems) and label.valid,
        damaged=_damaged(label),
        evidence=(evidence,),
        check=primary_check(label),
        link=link_character(label.elements),
        division=division_of(label),
        elements=tuple((one.ai, one.value) for one in label.elements) if label.kind in _GS1 else (),
        taught=meant.taught if isinstance(meant, ProductMeant) else "",
        readings=tuple(_reading(meant, label, one) for one in _others(label)),
    )
    return packed(_counted(said, label), meant.packaging if isinstance(meant, ProductMeant) else None)


_GS1 = frozenset({"gs1", "digital_link"})


def _others(label: Label) -> tuple[Repaired, ...]:
    """How else it may be read; nothing where it can be read in one way only."""
    if label.readings and label.readings[0].sure:
        return ()
    return tuple(one for one in label.readings if not label.valid or one.elements != label.elements)


def _reading(meant: Goods, label: Label, reading: Repaired) -> Reading:
    said = _said(meant, reread(label, reading), "")
    text = brackets(one for one in reading.elements if one.ai != "01")
    days = (said.expiry, said.other_day, said.other_day_code)
    return Reading(text, said.lot_name, said.serial, *days, said.count, said.base)


def as_read(pending: Pending, reading: Reading) -> Pending:
    """The item as a person read it on the pack, of the ways its label can be read."""
    item = replace(
        pending,
        lot_name=reading.lot_name,
        serial=reading.serial,
        expiry=reading.expiry,
        other_day=reading.other_day,
        other_day_code=reading.other_day_code,
        count=reading.count,
        base=reading.base,
        batch="",
        doubtful=False,
        damaged=(),
        readings=(),
    )
    return for_tracking(item)


def _real_lot(lot: str | None) -> str:
    """A lot that only fills the field is no lot: the person is asked for one (ward 14)."""
    name = (lot or "").strip()
    return "" if name.upper() in NOT_A_LOT else name


def _damaged(label: Label) -> tuple[tuple[str, str, str], ...]:
    wrong = ((one, dict(one.facts)) for one in faults(label) if one.element in TELLS_THE_ITEM)
    return tuple((facts.get("rule", one.code), one.element, facts.get("value", "")) for one, facts in wrong)


def _other_day(label: Label) -> tuple[date | None, str]:
    for day, code in ((label.best_before, "best_before"), (label.sell_by, "sell_by"), (label.production, "production")):
        if day:
            return day, code
    return None, ""


def _counted(said: Pending, label: Label) -> Pending:
    """AI 30 counts base units, 37 counts the items named by 02, whatever their level (design 13.6)."""
    if label.content_gtin and not label.gtin:
        return replace(said, count=label.quantity, uncounted=label.quantity is None)
    return replace(said, base=label.quantity if label.quantity is not None else _mass(said, label))


def _mass(said: Pending, label: Label) -> Decimal | None:
    """A net weight counts only for goods measured by mass; for others it is evidence."""
    parts = _MASS.get(said.product.uom_name) if said.product else None
    return label.net_weight_kg * parts if parts and label.net_weight_kg is not None else None


_MASS = {"kg": Decimal(1), "g": Decimal(1000)}
"""Odoo's own unit names for goods measured by mass, as parts of a kilogram."""


def packed(said: Pending, packaging: Packaging | None) -> Pending:
    """One scan of a packaging's barcode is its content; any other is one base unit."""
    if packaging:
        return replace(said, unit=packaging.name, per_unit=packaging.quantity)
    return replace(said, unit=said.product.uom_name if said.product else "")


def for_tracking(said: Pending) -> Pending:
    """Where Odoo tracks serials, the serial is the lot's name and a batch beside it goes to `stock.lot.ref`."""
    if said.product is None or said.product.tracking is not Tracking.SERIAL:
        return said
    return replace(said, lot_name=said.serial, batch=said.lot_name, serial="")


def joined(one: Pending, other: Pending) -> Pending | None:
    """Two symbols of one item, in any order; None where they contradict each other or the second brings nothing."""
    first, second = (one, other) if one.product or (one.candidates and not other.product) else (other, one)
    if first.product and first.product.tracking is Tracking.SERIAL and not second.product:
        second = replace(second, lot_name=second.serial, batch=second.lot_name, serial="")
    if _contradict(first, second) or not _brings(one, other):
        return None
    parts = {part: getattr(first, part) or getattr(second, part) for part in _PARTS}
    name = "lot_name" if first.product and first.product.tracking is Tracking.SERIAL else "serial"
    parts[name] = _whole_serial(parts[name], parts["division"])
    return replace(
        first,
        **parts,
        elements=(*first.elements, *second.elements),
        count=second.count if first.count is None else first.count,
        base=second.base if first.base is None else first.base,
        doubtful=first.doubtful or second.doubtful,
        damaged=(*first.damaged, *second.damaged),
        evidence=(*one.evidence, *other.evidence),
        settled=(*one.settled, *other.settled),
    )


_PARTS = (
    *("lot_name", "expiry", "other_day", "other_day_code", "serial", "batch", "candidates", "readings"),
    *("check", "link", "division", "taught"),
)
_SAID = ("lot_name", "expiry", "other_day", "serial", "batch")


def _contradict(first: Pending, second: Pending) -> bool:
    """They name two things: another product, another level of pack, or a part that differs."""
    both = [(getattr(first, part), getattr(second, part)) for part in _SAID]
    if any(a and b and a != b for a, b in both):
        return True
    if first.product and second.product and _level(first) != _level(second):
        return True
    if _is_of_another_label(first, second):
        return True
    counts = ((first.base, second.base), (first.count, second.count))
    return any(None not in pair and pair[0] != pair[1] for pair in counts)


def _is_of_another_label(first: Pending, second: Pending) -> bool:
    """A HIBC secondary symbol repeats the check character of its primary one; GS1 forbids some elements beside others
    on one item, in whatever symbols they stand.
    """
    for one, other in ((first, second), (second, first)):
        if one.check and other.link and one.check != other.link:
            return True
    said = [[Element(ai, value) for ai, value in one.elements] for one in (first, second)]
    return _excluded([*said[0], *said[1]]) > _excluded(said[0]) + _excluded(said[1])


def _excluded(elements: list[Element]) -> int:
    return sum(dict(problem.facts).get("rule") == "excludes" for problem in association_problems(elements))


def _whole_serial(serial: str, division: str) -> str:
    """A donation and which part of it, told by two symbols (ST-017 3.2): one name together."""
    return serial + division if serial and division and not serial.endswith(division) else serial


def _level(said: Pending) -> tuple[object, ...]:
    return (said.product.id if said.product else 0, said.per_unit, said.unknown_level)


def _brings(open_item: Pending, new: Pending) -> bool:
    parts = (*_SAID, "product", "candidates", "base", "readings", "division")
    return any(getattr(new, part) and not getattr(open_item, part) for part in parts)


def reopened(last: Addition, ward: Ward) -> Pending:
    """The item of an addition, to be judged again with another quantity.

    Its answers stay given, but for those that this person may not give: who agreed to one expired pack did not
    agree to a hundred.
    """
    return Pending(
        product=last.product,
        per_unit=last.quantity / last.count if last.count else Decimal(1),
        unit=last.unit,
        count=last.count,
        lot_name=last.lot_name,
        expiry=last.expiry,
        serial=last.serial,
        batch=last.batch,
        evidence=last.evidence,
        source_id=last.source_id,
        package_id=last.package_id,
        owner_id=last.owner_id,
        picking_id=last.picking_id,
        settled=tuple(answer for answer in last.settled if _still_holds(answer.question, ward)),
        instead_of=last,
    )


def _still_holds(question: str, ward: Ward) -> bool:
    act = _ACCEPTED_BY.get(question)
    return question not in _OF_ONE_QUANTITY and (act is None or ward.may(act))


_ACCEPTED_BY = {
    "expired": Act.ACCEPT_EXPIRED,
    "past_removal": Act.ACCEPT_EXPIRED,
    "move_expired": Act.ACCEPT_EXPIRED,
    "move_past_removal": Act.ACCEPT_EXPIRED,
    "goods_held": Act.ACCEPT_HELD,
}
_OF_ONE_QUANTITY = frozenset({"too_much", "too_much_blind", "reserved", "reserved_blind"})
"""Who agreed to 110 of 100 did not agree to 500."""


def goods_only(pending: Pending) -> Pending:
    """Without the answers about its label: another lot or day raises its own questions."""
    kept = tuple(answer for answer in pending.settled if answer.question in _OF_THE_GOODS)
    return replace(pending, settled=kept)


_OF_THE_GOODS = frozenset(
    {"not_on_order", "label_damaged", "several_products", "pack_size", "content_count", "into_quarantine", "corrected"}
)


def recounted(pending: Pending, count: Decimal) -> Pending:
    """Another count of the same unit."""
    kept = tuple(answer for answer in pending.settled if answer.question not in _OF_ONE_QUANTITY)
    return replace(pending, count=count, base=None, settled=kept)


def pack_name(pending: Pending, size: Decimal) -> str:
    """A pack nobody has recorded, named by what a person said is in it."""
    unit = pending.product.uom_name if pending.product else ""
    return f"Pack of {size} {unit}".strip()
