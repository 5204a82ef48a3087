"""What every job may say: of a label, an item and its lot, a quantity, what is taken back, what cannot be heard now."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from client.words.tongue import tr, trn
from client.words.written import number, whole_day

ANSWERS: Final = {
    "ready": ("Ready to scan", ""),
    "resumed_closed": ("{document} was finished in Odoo meanwhile", "Your scans stay. Look there before sending."),
    "resumed_gone": ("{document} is no longer visible in Odoo", "Your scans stay."),
    "resumed_stale": ("{product}: not what it was in Odoo", "Archived, taken away or counted otherwise. {document}"),
    "resumed": ("Going on with {document}", "{lines} scans kept"),
    "already_open": ("{document} is open already", "Scan the goods"),
    "left_as_it_was": ("Left as it was", "{product}"),
    "put_in": ("{quantity} put in {place}", "{product}"),
    "undone": ("Took back {quantity} {product}", "{total} of it left"),
    "undone_open": ("Took back the last scan", "Nothing of it was added"),
    "set_aside": ("Set aside, not added", "{product} {lot}"),
    # asked
    "several_products": ("Several products have this code", "Nothing is added until you choose"),
    "product_missing": ("Of which product?", "Nothing is added yet {lot}"),
    "label_damaged": ("Part of the label cannot be read", "{fault}"),
    "content_count": ("How many are inside?", "{product}"),
    "too_much_now": ("{total} of {ordered}: {over} too many", "{product}. The order is smaller now"),
    "pack_size": ("A pack of unknown size", "{product}"),
    "separator_doubt": ("Compare with the pack", "{product}"),
    "taught_otherwise": ("Odoo knows this code by now", "As {product}, not as {taught}"),
    "serial_missing": ("Which serial number?", "{product}"),
    "lot_nearly_known": ("Nearly a lot we know", "{lot} or {known}?"),
    "lot_of_another": ("This lot is known elsewhere", "{lot} belongs to {other}"),
    "expiry_missing": ("Which expiry date?", "{product} · lot {lot}"),
    "best_before_only": ("Only a best-before date", "{product} · {day}"),
    "sell_by_only": ("Only a sell-by date", "{product} · {day}"),
    "lot_two_dates": ("Same lot, another date", "{product}"),
    "too_much": ("{total} of {ordered}: {over} too many", "{product}"),
    "witness_unsure": ("Is any of it controlled?", "{product}: this device does not know yet"),
    # refused
    "in_odoo": ("Odoo has it", "{papers}"),
    "odoo_differs": ("Odoo has it differently", "The outbox shows what is other than it was sent"),
    "odoo_refused": ("Odoo refused it", "Nothing is lost. The outbox says why, and the ways out"),
    "already_confirmed": ("This is finished", "Go home to open the next one"),
    "patient_label": ("This is a patient's label", "Nothing of it was kept"),
    "another_order": ("{document} is another delivery", "Go home first. {open} stays open, nothing is lost"),
    "misread": ("Misread, nothing was added", "{fault}"),
    "not_a_pack_size": ("{text} cannot be in a pack", "Whole pieces, at least one"),
    "unknown_code": ("Nobody knows this code here", "{code}"),
    "unknown_command": ("No such command here", "{command}"),
    "answer_first": ("Answer first", "This scan was not added. {asked}"),
    "answer_first_then_place": ("Answer first", "Then scan {place} again"),
    "not_a_shelf": ("Nothing can be put there", "{place}"),
    "item_before_place": ("First an item, then its shelf", "{place}"),
    "item_before_qty": ("First an item, then how many", ""),
    "nothing_asked": ("Nothing was asked", "{command}"),
    "not_a_choice": ("That does not answer the question", "{asked}"),
    "needs_role": ("Your role may not do this", "{right}"),
    "lot_is_no_lot": ("That is not a lot", "“{lot}” would hide which goods these are"),
    "lot_not_asked": ("No lot was asked for", "{lot}"),
    "expiry_not_asked": ("No date was asked for", "{day}"),
    "not_a_day": ("No such day: {day}", "Write it as 2027-06-30 or 06/2027"),
    "not_a_number": ("Not a number: {text}", ""),
    "product_archived": ("Archived in Odoo", "{product} can no longer be received"),
    "serial_counts_one": ("A serial number is one piece", "{product} · {serial}"),
    "serial_twice": ("Scanned already", "{product} · serial {serial} is on this delivery"),
    "pack_twice": ("The same pack twice", "{product} · serial {serial}"),
    "quantity_zero": ("Nothing is not a quantity", "Use Undo to take something back"),
    "quantity_too_large": ("{quantity} cannot be right", "Was a barcode read into the quantity?"),
    "quantity_fraction": ("{quantity} {unit} cannot be", "{product} goes in steps of {step}"),
    "nothing_to_undo": ("Nothing to take back", ""),
    "nothing_scanned": ("Nothing is scanned yet", "Scan the goods first"),
    "trouble": ("Not possible now", "{trouble}"),
    "code_of_several": ("Several products have this code", "{products}"),
}
QUESTIONS: Final = {
    "witness_unsure": (
        "Is any of it controlled?",
        "Which goods want a witness is known after the next pull. If {product} does: a second person's badge and PIN.",
    ),
    "several_products": ("Which product is it?", "Several have this code."),
    "product_missing": ("Scan the product of this label", "What it says is kept until then. {lot}"),
    "label_damaged": ("Go on with what can be read?", "{product}. {fault} It will be asked for."),
    "content_count": ("How many are inside?", "The label names {product}, not how many ({unit})."),
    "too_much_now": ("Really {total} instead of {ordered}?", "{product}. The order was changed in Odoo meanwhile."),
    "pack_size": ("How many {unit} are in this pack?", "Nobody has recorded this pack of {product}."),
    "separator_doubt": (
        "What does the pack say?",
        "The scanner may have lost a separator.",
    ),
    "taught_otherwise": (
        "Is it {product}?",
        "This code was taught to {taught} here. Odoo has it for {product}, and that counts from now on.",
    ),
    "serial_missing": ("Scan or type the serial number", "{product}, one piece at a time."),
    "lot_nearly_known": ("Which lot is on the pack?", "Capitals, spaces, O and 0, I and 1 are easily confused."),
    "lot_of_another": ("Is the lot right?", "{lot} is a lot of {other}. This is {product}."),
    "expiry_missing": ("What is the expiry date?", "Lot {lot}. 06/2027 means the last day of June."),
    "best_before_only": ("Is the best-before date the expiry?", "The label says best before {day}, no expiry."),
    "sell_by_only": ("Is the sell-by date the expiry?", "The label says sell by {day}, no expiry."),
    "lot_two_dates": ("Which date is on the pack?", "Lot {lot}. Nothing is added until you answer."),
    "too_much": ("Really {total} instead of {ordered}?", "{product}. Count once more before you answer."),
    "how_many": ("How many of it?", "{product}"),
}
CHOICES: Final = {
    "none_is_controlled": ("No, none of it", "It stands there with your name"),
    "this_product": ("{product}", ""),
    "set_aside": ("Set it aside", "Nothing of it is added"),
    "read_so": ("{reading}", "Printed as {reading}"),
    "as_odoo_has_it": ("Yes, as Odoo has it", ""),
    "label_as_read": ("As it was read", "No separator was lost"),
    "go_on_without": ("Go on, I can read the pack", "What is missing is asked for"),
    "use_known_lot": ("{lot}", "The lot we know"),
    "keep_scanned_lot": ("{lot}", "As on this label"),
    "lot_is_right": ("Yes, the lot is right", ""),
    "use_as_expiry": ("Use {day}", "As the expiry date"),
    "as_on_label": ("{day}, as on this label", "Changes the date in Odoo"),
    "as_in_odoo": ("{day}, as in Odoo", "The label was misread or misprinted"),
    "as_in_delivery": ("{day}, as scanned before", "The label was misread or misprinted"),
    "keep_rest_open": ("Keep the rest open", "Odoo makes a backorder"),
    "rest_cancelled_by_odoo": ("Finish, the rest is cancelled", ""),
    "go_on_scanning": ("Go on scanning", ""),
}


def as_printed(facts: Mapping[str, object]) -> str:
    """What one reading of a label says, as a person finds it on the pack; its elements where it says none of that."""
    day, count = facts.get("expiry"), facts.get("count")
    said = (
        tr("Lot {lot}").format(lot=facts["lot"]) if facts.get("lot") else "",
        tr("expires {day}").format(day=whole_day(day)) if isinstance(day, date) else "",
        tr("serial {serial}").format(serial=facts["serial"]) if facts.get("serial") else "",
        trn("{count} piece", "{count} pieces", int(count)).format(count=number(count))
        if isinstance(count, Decimal)
        else "",
    )
    told = " · ".join(part for part in said if part) or str(facts.get("reading") or tr("As it was read"))
    return told[0].upper() + told[1:]
