"""What is said while receiving: several orders, papers, goods put aside, codes nobody knows."""

from collections.abc import Mapping
from typing import Final

ANSWERS: Final = {
    # orders
    "joined": ("{document} joins this delivery", "Order {order} · {orders} orders in one delivery"),
    "awaiting": ("Order {order} is not here yet", "Receive it all the same: it is matched with the next sync"),
    "resumed_waiting": ("Order {order} is still not here", "{lines} scans kept. It is matched with the next sync"),
    "waits_for_order": ("Kept until order {order} comes", "{lines} scans wait here, nothing is sent yet"),
    "order_came": ("Order {order} is here now: {document}", "{partner} · what was scanned is on it"),
    "meant_for": ("{product} is for order {order}", "{document}"),
    "another_vendor": ("{document} is from {partner}", "This delivery is {ours}'s. Go home first; nothing is lost"),
    "another_dock": ("{document} is received elsewhere", "Go home first; {open} stays open"),
    "not_a_delivery": ("{document} is no delivery", "Go home first; {open} stays open"),
    "begun_here": ("{document} is begun in another delivery", "{person} has it open since {since}. Finish that one"),
    "no_such_order": ("No such order here: {order}", ""),
    "order_closed": ("{document} is finished or cancelled in Odoo", "Nothing more is expected on it"),
    "no_receipts_here": ("Nothing can be received here", "Odoo shows this device no receipts"),
    "not_of_this_delivery": ("{order} is not of this delivery", "Open here: {open}"),
    "not_on_that_order": ("{order} does not have {product}", ""),
    "more_than_that_order": (
        "{order} does not want so many {product}",
        "Say how many of them came for it, then scan the rest",
    ),
    "item_before_order": ("First an item, then its order", "{order}"),
    "order_not_here": ("Order {order} is not here yet", "Nothing is sent until somebody decides"),
    "same_goods_dropped": ("Not sent: {document} has them", "{left} other scans stay"),
    "difference_left": ("{quantity} left for {document}", "{lines} scans stay. Look them through, then finish"),
    "more_beside": ("{lines} scans go beside the order", "A receipt of its own, naming {document}"),
    "booked_elsewhere": ("{document} was finished in Odoo meanwhile", "{here}"),
    "order_cancelled": ("{document} was cancelled in Odoo", "{here}"),
    # papers
    "delivery_note": ("The number of the delivery note?", "{partner}"),
    "noted": ("Delivery note {note}", "Goes along to Odoo"),
    "note_seen_before": ("Delivery note {note} was received before", "{partner} · {reference}"),
    "not_a_note": ("That is no number of a delivery note", "{text}"),
    "photographed": ("A picture is kept", "{photos} with this delivery {code}"),
    "no_picture": ("No picture could be read there", "{path}"),
    "not_a_picture": ("That is no picture", "JPEG or PNG, {megabytes} MB at most: {path}"),
    # goods put aside
    "turned_away": ("Refused at the door: {quantity} {product}", "{reason} · not received, the order stays open {lot}"),
    "put_aside": ("{quantity} {product} put in {place}", "{reason} · received, not offered"),
    "undone_refusal": ("Not refused any more: {quantity} {product}", "As it was before"),
    "undone_aside": ("Not put aside any more: {quantity} {product}", "As it was before"),
    "undone_papers": ("Papers and pictures are taken back", "Nothing of this delivery is kept"),
    "stays_aside": ("{product} stays in {place}", "It was put aside. Undo it first"),
    "item_before_refusal": ("First the item, then why it is refused", "Such as: refuse damaged"),
    "item_before_aside": ("First the item, then why it is put aside", "Such as: quarantine damaged"),
    "why_refused": ("Why is it refused?", "Say the reason with it: refuse damaged"),
    "why_aside": ("Why is it put aside?", "Say the reason with it: quarantine damaged"),
    "not_so_many": ("Not so many", "{quantity} are there"),
    "cold_chain": ("Was it kept cold?", "{product} · {lowest} to {highest} °C"),
    "cold_alarm": ("It got too warm", "{product}"),
    "cold_noted": ("Cold chain: {told}", "For the whole delivery"),
    "nothing_to_keep_cold": ("Nothing here is to be kept cold", ""),
    "not_a_temperature": ("Not a temperature: {text}", "Such as 5.4, or ok, or alarm"),
    # codes nobody knows
    "unknown_on_dock": ("Nobody knows this code here", "{code} · keep it as unidentified, or set it aside"),
    "kept_unidentified": ("Kept as unidentified: {quantity}", "{code} · somebody names it later"),
    "kept_again": ("Unidentified: {quantity} of it now", "{code}"),
    "undone_unidentified": ("Not kept any more", "{code}"),
    "nothing_unknown": ("Nothing unknown was scanned", "Scan the code first"),
    "nothing_unidentified": ("Nothing here is unidentified", ""),
    "no_such_product": ("No such product here", "{code}"),
    "only_unidentified": ("Nothing to send yet", "{lines} unidentified stay here until somebody names them"),
    "only_refused": ("Nothing to send", "All of it was refused at the door; the order stays open"),
    "pallet_noted": ("Pallet {sscc}", "Kept as evidence. Scan what is on it"),
    "pallet_again": ("Pallet {sscc} is noted already", "Scan what is on it"),
    # quantities
    "too_much_blind": ("Please count {product} again", "{total} by now"),
    "too_much_now_blind": ("Please count {product} again", "{total} by now"),
    "count_it": ("Count what is there", "Here nobody is told how many were ordered"),
    "nothing_left": ("Nothing is left of it", "{product} is complete"),
    "nothing_untracked": ("Nothing can be taken at once", "Scan the items, or one of them"),
    "all_untracked": ("{lines} products taken as ordered", "Compare them with what came"),
    # corrections
    "fixing": (
        "Line {number}: {quantity} {product}",
        "{lot} {day} {place} · how many, which lot, day or place?",
    ),
    "no_such_line": ("No such line: {number}", ""),
    "corrected": ("Corrected: {amount} {product}", "{which} · was {was}"),
    "corrected_beside": ("Corrected: {amount} {product}", "{which} · was {was}, beside the order"),
}
QUESTIONS: Final = {
    "order_not_here": ("Wait for order {order}?", "It has not come from Odoo yet. What was scanned is kept here."),
    "booked_elsewhere": (
        "Somebody else finished {document}. Are these the same goods?",
        "Scanned here / booked there: {here}. {known} {waits}",
    ),
    "order_cancelled": ("{document} was cancelled. What about these goods?", "Scanned here: {here}."),
    "delivery_note": ("Scan or type the number of the delivery note", "{partner}"),
    "note_seen_before": (
        "Is this another delivery?",
        "{note} came before: {reference}. Type another, or say yes.",
    ),
    "cold_chain": ("Was it kept cold?", "{product}: {lowest} to {highest} °C. Type the reading, or choose."),
    "cold_alarm": ("It got too warm", "There is no place here to put it aside: refuse it, or set it aside."),
    "too_much_blind": ("Really {total}?", "{product}. Count once more before you answer."),
    "too_much_now_blind": ("Really {total}?", "{product}. Count once more before you answer."),
}
CHOICES: Final = {
    "join_order": ("It is on {document}", "{order} · that order joins this delivery"),
    "wait_for_order": ("Wait for it", "Nothing is sent until it comes"),
    "no_order": ("There is no order", "Received all the same; those who order are told"),
    "same_goods": ("The same goods", "Not sent once more"),
    "only_difference": ("Only the difference", "What is not booked yet goes on {backorder}"),
    "really_more": ("Really more", "Other goods, beside the order"),
    "without_cancelled_order": ("Take them in without the order", "Those who order are told"),
    "drop_these": ("They go back", "Nothing of it is sent"),
    "no_note": ("There is none", ""),
    "another_delivery": ("Yes, another delivery", "With the same number"),
    "kept_cold": ("Yes, in range", ""),
    "got_warm": ("No, alarm", "All of it is put aside"),
    "put_in_quarantine": ("Put it in {place}", "Received, not offered"),
    "another_lot_than_held": ("It is another lot", "I have compared them"),
    "take_held": ("Take it in although on hold", ""),
}


def more(facts: Mapping[str, object]) -> dict[str, object]:
    """Parts of sentences that are said only where there is something to say."""
    known = f"Odoo has lot {facts['lots']} by now." if facts.get("lots") else ""
    waits = f"The rest waits as {facts['backorder']}." if facts.get("backorder") else ""
    kept = f"· {facts['unidentified']} unidentified stay here" if facts.get("unidentified") else ""
    return {"known": known, "waits": waits, "kept": kept}
