"""What is said of goods that are moved, used, thrown away, given back to the store, taken in a hurry."""

from collections.abc import Mapping
from typing import Final

from client.words.tongue import Sentences, tr

ANSWERS: Final = {
    "move_begun": ("Scan where the goods are", "Or the goods, where they lie in one place only"),
    "taken_from": ("From {place}", "Scan the goods {counted_by}"),
    "goes_to": ("To {place}", "{lines} so far. Finish when all is scanned {through} {counted_by}"),
    "source_again": ("Goods are taken from {place}", "Scan where they go, or the next item"),
    "place_archived": ("Archived in Odoo", "{place} can no longer be used"),
    "place_holds_no_goods": ("No goods lie there", "{place}"),
    "unknown_place": ("No such place here", "{place}"),
    "lies_there_already": ("It lies there already", "{place} {product}"),
    "papers_in_move": ("{document} is a job of its own", "Finish this one, or go home first"),
    "no_internal_type": ("Odoo has no internal transfers", "Ask for storage locations to be switched on"),
    "use_not_mapped": ("Nobody said where goods used in {place} go", "A supervisor adds it to the site's policy"),
    "waste_not_mapped": ("Nobody said where waste of {place} goes", "A supervisor adds it to the site's policy"),
    "reason_not_here": ("“{reason}” is no reason in {place}", "{product}"),
    "reason_unknown": ("“{reason}” is no reason here", "{known}"),
    "reason_wanted": ("Say why", "The reason stands in Odoo"),
    "reason_is": ("Why: {reason}", ""),
    "ends_by_policy": ("Where it goes is settled", "The site's policy says it"),
    "not_kept_in_stock": ("Odoo keeps no stock of this", "{product}"),
    "move_added": ("+{amount} {product}", "{which} · from {place} {hints}"),
    "move_changed": ("Now {amount} {product}", "{which} · was {was} {hints}"),
    "move_confirmed": ("{Done}", "{reference} is saved here and waits to be sent {through}"),
    "move_resumed": ("Going on: {doing}", "{lines} scans kept"),
    "move_resumed_stale": ("{what}: not what it was in Odoo", "Archived, taken away or counted otherwise"),
    "place_undone": ("Took back the place", "{place}"),
    "all_taken": ("All of {place}: {lines} lines", "Look through them, then scan where they go"),
    "all_while_counted": ("{place} is being counted", "By {person}. Scan what you take, one by one"),
    "all_taken_but": ("{lines} lines of {place}", "{left} stay, scan them one by one: {names}"),
    "all_stays": ("Nothing was taken from {place}", "Scan them one by one: {names}"),
    "all_undone": ("Took back all {lines} lines", ""),
    "nothing_lies_here": ("Nothing lies there by the book", "{place}"),
    "from_where_all": ("All of which place?", "Scan it first"),
    "serial_unknown_here": ("Nobody knows this serial number", "{product} · {serial}. Count this shelf first"),
    "lot_unknown_here": ("Nobody knows this lot", "{product} · {lot}. Count this shelf first"),
    "too_little_here": ("Only {lies} there by the book", "{product} {lot}. Count {place} first"),
    "too_little_blind": ("Not so many there by the book", "{product} {lot}. {place} is being counted"),
    "taken_now": ("Taken: {product}", "{asked} Later is soon enough"),
    "taken_rest_waits": ("Taken", "{waiting} to complete later: {names}. {reference}"),
    "undone_waiting": ("Took it back", "{product} {lot}"),
    "waits_again": ("It waits to be completed again", "{product}"),
    "nothing_to_complete": ("Nothing waits to be completed", ""),
    # asked
    "which_bin": ("Which bin is it from?", "{product} lies in {count}"),
    "from_where": ("Where is it from?", "{product}"),
    "lot_to_take": ("Which lot?", "{product}: lots in {place}: {count}"),
    "no_lot_here": ("Which lot?", "{product}: none in {place} by the book"),
    "serial_elsewhere": ("It should lie elsewhere", "{serial} is in {lies}"),
    "serial_nowhere": ("It should lie nowhere", "{product} · {serial}"),
    "lot_not_here": ("This lot should not be there", "{lot} {elsewhere}"),
    "lot_two_days": ("Same lot, another date", "{product} · {lot}"),
    "move_expired": ("Expired on {day}", "{product} · lot {lot}"),
    "move_past_removal": ("To be removed since {day}", "{product} · lot {lot}"),
    "goods_held": ("Held: {why}", "{product} {lot}"),
    "whose_goods": ("Whose goods?", "{product} {lot}"),
    "reserved": ("{lies}, {reserved} reserved for {documents}", "{product} to {destination}"),
    "reserved_blind": ("Reserved for {documents}", "{product} to {destination}"),
    "where_to": ("Where does it go?", "{lines} so far"),
    "why_used": ("What was it used for?", ""),
    "why_wasted": ("Why is it thrown away?", ""),
    "no_common_reason": ("These places have no reason in common", "Finish them one after the other"),
    "held_now": ("Held: {why}", "{product} {lot}"),
    "expired_now": ("Expired or to be removed since {day}", "{product} · lot {lot}"),
    "unit_changed_now": ("{product}: {unit} in Odoo now", "It was scanned in {was}"),
    "lot_gone_now": ("Odoo has this lot no more", "{product} · {lot}"),
}
QUESTIONS: Final = {
    "which_bin": ("Which bin is it taken from?", "{product}. Scan the bin, or choose."),
    "from_where": ("Scan where it is taken from", "By the book no {product} lies here."),
    "lot_to_take": ("Which lot is it?", "{product}. The first to expire stands first. Scan or type another."),
    "no_lot_here": ("Scan or type the lot", "By the book no lot of {product} lies in {place}."),
    "serial_elsewhere": ("Take it from where it should lie?", "Serial {serial} is in {lies}, not in {place}."),
    "serial_nowhere": ("Is it in your hand?", "By the book serial {serial} of {product} lies nowhere."),
    "lot_not_here": ("Is lot {lot} really there?", "By the book it is not in {place} {elsewhere}."),
    "lot_unknown_here": ("Which lot is it?", "Nobody knows lot {lot} of {product}."),
    "lot_two_days": ("Is it lot {lot}?", "The label says {label}, Odoo {known}."),
    "move_expired": ("Take it although expired?", "Lot {lot} expired on {day}."),
    "move_past_removal": ("Take it all the same?", "Lot {lot} should have been removed by {day}."),
    "goods_held": ("On hold: what about it?", "{product} {lot}. {why}"),
    "whose_goods": ("Whose goods are taken?", "{product} {lot} lies in {place} under several owners or packages."),
    "reserved": (
        "Take what is reserved for {documents}?",
        "{lies} {product}, {reserved} reserved to {destination}. A reason will do as well.",
    ),
    "reserved_blind": (
        "Take what is reserved for {documents}?",
        "{product}, reserved to {destination}. A reason will do as well.",
    ),
    "where_to": ("Scan where it goes", "Ready: {lines}."),
    "why_used": ("What was it used for?", "Odoo books it where the site wants it for that reason."),
    "why_wasted": ("Why is it thrown away?", "Odoo books it where the site wants it for that reason."),
    "no_common_reason": ("These places have no reason in common", "Take some back, and finish them apart."),
    "held_now": ("On hold: what about it?", "{product} {lot}. {why}"),
    "expired_now": ("Take it all the same?", "{product}, lot {lot}: {day}."),
    "unit_changed_now": ("Take it back and scan it again", "{product} is kept in {unit} now, not in {was}."),
    "lot_gone_now": ("Take it back", "Odoo renamed or removed lot {lot} of {product} since it was scanned."),
    "lies_there_already": ("Scan another place", "Some of it comes from {place}."),
    "place_archived": ("Scan another place", "{place} is archived in Odoo."),
    "place_holds_no_goods": ("Scan another place", "No goods lie in {place}."),
    "product_archived": ("Take it back", "{product} is archived in Odoo."),
    "too_little_here": ("Take some back", "Only {lies} {product} in {place} by the book."),
    "too_little_blind": ("Take some back", "By the book fewer {product} lie in {place}."),
    "serial_unknown_here": ("Set it aside", "Nobody knows {serial}."),
}
CHOICES: Final = {
    "from_there": ("From {place}", "{quantity} {unit}"),
    "this_lot": ("{lot}", "{quantity} {unit} {until}"),
    "in_my_hand": ("Yes, I have it in my hand", "The shelf will be counted"),
    "right_lot": ("Yes, it is that lot", "{day}, as in Odoo"),
    "take_it_expired": ("Take it although expired", ""),
    "take_it_past_removal": ("Take it all the same", ""),
    "move_held": ("Move it although held", ""),
    "not_the_held_lot": ("It is another lot", "I compared them"),
    "these_goods": ("{quantity} {whose}", ""),
    "take_reserved": ("Take it all the same", "Odoo names whose it was"),
    "this_reason": ("{reason}", ""),
}


def more(facts: Mapping[str, object]) -> dict[str, object]:
    """Parts of these sentences that are said only where there is something to say."""
    kind = str(facts.get("kind", "move"))
    said = {
        "hints": " ".join(_hints(facts)),
        "through": tr("· through {via}").format(via=facts["via"]) if facts.get("via") else "",
        "counted_by": tr("· {person} is counting here").format(person=facts["counting"])
        if facts.get("counting")
        else "",
        "Done": _DONE.get(kind, _DONE["move"]),
        "doing": _DOING.get(kind, _DOING["move"]),
        "elsewhere": tr("but in {lies}").format(lies=facts["lies"]) if facts.get("lies") else "",
        "until": f"· {facts['day']}" if facts.get("day") else "",
        "whose": " · ".join(str(facts[one]) for one in ("package", "owner") if facts.get(one)) or tr("loose, our own"),
    }
    if facts.get("on_the_way"):
        said["through"] = tr("· on the way to {place}").format(place=facts["on_the_way"])
    return {name: text for name, text in said.items() if name not in facts}


def _hints(facts: Mapping[str, object]) -> list[str]:
    """The book has less (ward 3); another lot goes first (ward 28)."""
    short = [tr("· the book says {lies}").format(lies=facts["lies"])] if facts.get("lies") is not None else []
    sooner = [tr("· {lot} expires sooner").format(lot=facts["sooner"])] if facts.get("sooner") else []
    return short + sooner


_DONE: Final = Sentences({"move": "Moved", "use": "Used", "waste": "Thrown away", "return": "Given back"})
_DOING: Final = Sentences(
    {"move": "moving goods", "use": "using goods", "waste": "throwing away", "return": "giving back"}
)
