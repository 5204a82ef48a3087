"""What is said of goods on their way, and of their arrival (ward 27)."""

from collections.abc import Mapping
from typing import Final

from client.words.tongue import tr

ANSWERS: Final = {
    "which_dispatch": ("Scan the number on the boxes", "Or the place they came through. On the way: {count} {names}"),
    "dispatch_unknown": ("Nobody here sent “{code}”", "Scan the place it came through"),
    "scan_the_dispatch": ("What did it come with?", "Scan the number on the boxes, or the place it came through"),
    "arrival_opened": ("{reference} from {sender}", "{lines} goods on the way since {since}, for {place}"),
    "all_has_arrived": ("{reference} has all arrived", "Sent by {sender}. Scan what came all the same"),
    "transit_opened": ("{place}", "{lines} goods on the way, by Odoo at {as_of}. {unsigned} Scan what came"),
    "transit_unknown": ("{place}", "This device does not know what is on the way there. Scan what came"),
    "finish_this_arrival": ("Another dispatch", "Finish {document} first, or go home"),
    "arrives_at": ("Put in {place}", "Scan what came"),
    "arrived": ("+{amount} {product}", "{which} · in {place}"),
    "arrived_changed": ("Now {amount} {product}", "{which} · was {was}"),
    "arrival_finished": ("All arrived", "{reference} is saved here and waits to be sent"),
    "arrival_finished_short": (
        "{rest} stay on the way",
        "{sent_by} Counted by {receiver}. {reference} waits to be sent",
    ),
    # asked
    "not_on_the_way": ("Nobody sent this", "{product}"),
    "lot_not_sent": ("Another lot was sent", "{product} · {lot}"),
    "arrive_where": ("Where is it put?", "Scan the place"),
    "arrived_short": ("Not everything came", "{missing} of {sent} {product} {lot}"),
}
QUESTIONS: Final = {
    "not_on_the_way": ("Did it really come?", "Nothing says that {product} is on the way through {place}."),
    "lot_not_sent": ("Which lot came?", "Lot {lot} of {product} was not sent. Compare it with the pack."),
    "arrive_where": ("Scan where it is put", "{product} and what comes after it goes there."),
    "arrived_short": (
        "Is that all that came?",
        "Missing: {lines}. {missing} of {sent} {product} {lot}. {sent_by}",
    ),
}
CHOICES: Final = {
    "it_came": ("Yes, it came", "The way it came through will be counted"),
    "more_came": ("Yes, {total} came", ""),
    "rest_stays_on_the_way": ("Yes, the rest stays on the way", "With both names"),
    "arrive_here": ("Take in what came through here", ""),
}


def more(facts: Mapping[str, object]) -> dict[str, object]:
    """By whom it was sent and when. Of what other devices sent Odoo's figures tell only that it lies there."""
    of = facts.get("others")
    unsigned = tr("Of {others} nobody here knows who sent them, or when.").format(others=of) if of else ""
    return {"sent_by": _sent_by(facts.get("sender"), facts.get("since")), "unsigned": unsigned}


def _sent_by(sender: object, since: object) -> str:
    if not sender:
        return tr("Sent from another device: by whom and when is not known here.")
    if not since:
        return tr("Sent by {sender}.").format(sender=sender)
    return tr("Sent by {sender}, on the way since {since}.").format(sender=sender, since=since)
