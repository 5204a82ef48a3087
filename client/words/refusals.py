"""Why Odoo, or we, said no to a transaction: a sentence for each code of `Refused`."""

from collections.abc import Mapping
from typing import Final

from client.words.tongue import Sentences, tr
from client.words.written import fill

REFUSALS: Final = Sentences(
    {
        "already_done": ("Already booked in Odoo", "{person} finished {picking}, {at}: {lines}"),
        "cancelled_before": ("Cancelled in Odoo", "{picking} was cancelled and cannot be used again."),
        "count_overtaken": (
            "Counted again since",
            "{goods}: {person} counted it later, {document}, {at}.",
        ),
        "count_pending": (
            "Somebody else counted this too",
            "{goods} in {location}: {person} says {theirs}, {at}; here {ours}.",
        ),
        "count_time_unsure": (
            "Nobody knows when this was counted",
            "{goods}: goods moved meanwhile, and a clock was never set or our note in Odoo was changed.",
        ),
        "counted_twice": ("Counted twice in one count", "{goods} in {location}."),
        "draft_closed": ("This delivery was finished elsewhere", "Its lines are in the outbox."),
        "expiry_differs": ("Two expiry dates for one lot", "{product}, lot {lot}: here {ours}, in Odoo {theirs}."),
        "expiry_missing": ("The expiry date is missing", "{product}, lot {lot}."),
        "goods_held": ("These goods are on hold", "{goods}: {why}."),
        "goods_in_child": (
            "The goods lie in a bin below",
            "{goods}: not in {location} itself, but in {lies}.",
        ),
        "lines_changed": (
            "Somebody changed this in Odoo",
            "The lines of {picking} were changed meanwhile; ours are removed.",
        ),
        "location_archived": ("This place is archived in Odoo", "{location}"),
        "location_gone": ("A place is no longer visible in Odoo", "Its number there is {location_id}."),
        "lot_missing": ("The lot is missing", "Odoo wants a lot for {product}."),
        "lot_renamed": ("This lot has another name in Odoo now", "{product}, lot {lot}."),
        "lot_unknown": ("Odoo has never seen this lot", "{product}, lot {lot}, cannot leave a shelf."),
        "not_for_counts": ("Nothing is counted in this place", "{location}"),
        "not_on_picking": ("No longer expected on this delivery", "Line {line}."),
        "not_received_there": (
            "These goods were not received there",
            "{product} does not belong to the receipt it should go back to.",
        ),
        "left_in_odoo": ("Odoo does not let us take it back", "Please look at {picking}: {message}"),
        "odoo_asks": ("Odoo asks something first", "{picking}: {quoted}"),
        "odoo_bug": ("Odoo did not understand us", "Show this to support: {message}"),
        "odoo_refused": ("Odoo refused this", "{says}"),
        "odoo_unrecognised": ("Odoo said something we do not know", "Show this to support: {message}"),
        "odoo_rights": ("This user may not do that in Odoo", "{message}"),
        "package_or_owner": (
            "The goods lie in a package, or belong to somebody",
            "{goods} in {location}: {lies}.",
        ),
        "picked_by_person": ("Somebody has begun this in Odoo", "{person} picked on {picking}, {at}: {lines}"),
        "picking_cancelled": ("Cancelled in Odoo", "{person} cancelled {picking}, {at}."),
        "picking_gone": ("This delivery is no longer visible in Odoo", "Nothing was received on it."),
        "picking_not_ready": ("This is not ready in Odoo", "{picking} is {state} there. {earlier}"),
        "product_archived": ("This product is archived in Odoo", "{product}"),
        "product_gone": ("A product is no longer visible in Odoo", "Line {line}."),
        "quant_rows": (
            "Odoo keeps these goods in several rows",
            "{goods} in {location}: {rows}. A count would be wrong until they are one.",
        ),
        "refused_before": ("Refused or withdrawn before", "{reason}"),
        "serial_elsewhere": (
            "This serial is in another place",
            "{product}, serial {lot}, is in {location}, not in {source}.",
        ),
        "serial_in_stock": ("This serial is in stock already", "{product}, serial {lot}, is in {location}."),
        "serial_quantity": ("A serial number is one piece", "{product}, serial {lot}: {done}."),
        "taken_by_device": (
            "Another device received this too",
            "{product}: here {ours}, there {theirs}, expected {expected}.",
        ),
        "too_little_stock": (
            "Too little stock",
            "{goods} in {location}: {done} wanted, {there} there.",
        ),
        "unit_changed": ("The unit of a product was changed in Odoo", "{product} is counted in {unit} there now."),
        "withdraw_too_late": ("Odoo had it already", "It stands there as {picking}; {person} wanted it back."),
    }
)
"""By code. First what happened, second to which line, who else, what is known."""


def refusal(code: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """Why Odoo, or we, said no: a title and what is known. Odoo's own words where we have none."""
    heading, told = REFUSALS.get(code, (tr("Odoo refused this"), "{message}"))
    known = {**facts, "reason": _reason_before(facts)} if code == "refused_before" else dict(facts)
    if facts.get("product") and not facts.get("goods"):
        lot = tr("{product}, lot {lot}").format(product=facts["product"], lot=facts.get("lot"))
        known["goods"] = lot if facts.get("lot") else facts["product"]
    if facts.get("waits_for"):
        known["earlier"] = tr("First must be done: {waits_for}.").format(waits_for=facts["waits_for"])
    if code == "odoo_asks":
        known["quoted"] = ". ".join(_sentence(str(facts[name])) for name in ("asks", "says") if facts.get(name))
    return fill(heading, known), fill(told, known)


def _sentence(told: str) -> str:
    return " ".join(told.split()).rstrip(".")


def _reason_before(facts: Mapping[str, object]) -> str:
    """What a copy of this device, or this one before, was told."""
    why, before = str(facts.get("why", "")), facts.get("before")
    if why == "withdrawn" or not why:
        return tr("It was withdrawn, or cancelled in Odoo.")
    title, below = refusal(why, before if isinstance(before, Mapping) else {})
    return f"{title}. {below}"
