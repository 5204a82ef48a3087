"""What is said of planned transfers: to do and requested, their bins, other lots, what is short (ward 28)."""

from typing import Final

ANSWERS: Final = {
    "scan_the_transfer": ("Scan the transfer's name", "Or press To do for the list"),
    "nothing_wanted": ("Nothing is left to move", "{document} is done, or picked by somebody in Odoo"),
    "opened_transfer": ("{document} is open", "{source} → {destination} · {lines} goods · {order}"),
    "opened_requested": (
        "{document}: requested, {available} of {wanted} available",
        "{source} → {destination} · send what is there, the rest stays requested",
    ),
    "opened_others_at_it": (
        "{document}: {others} of {wanted} are picked in Odoo",
        "Somebody is at it there. Odoo takes yours when theirs is finished",
    ),
    "at_bin": ("{place}: {goods}", "Scan it, or press All as planned"),
    "at_bin_unplanned": ("{place}", "Nothing is set aside for this transfer here"),
    "place_of_another": ("Not a place of this transfer", "It takes from {source}, {place} is elsewhere"),
    "scan_the_bin": ("Scan the bin itself", "{place} has several {lies}"),
    "resumed_unwanted": ("{product}: no longer wanted", "It stays, beside the transfer. {document}"),
    "taken": ("+{amount} {product}", "{which} · from {place} {hints}"),
    "taken_elsewhere": ("+{amount} {product}", "{which} · from {place}, planned from {planned} {hints}"),
    "taken_beside": ("+{amount} {product}", "{which} · beside {document} {hints}"),
    "taken_changed": ("Now {amount} {product}", "{which} · was {was} {hints}"),
    "took_all_of_it": ("Taken as planned: {lines}", ""),
    "took_all": ("Taken as planned: {lines}", "{rest} are left: scan those"),
    "all_in_doubt": ("Nothing was taken", "{lines} lines have to be scanned one by one"),
    "nothing_set_aside": ("Nothing is set aside", "{document}: scan what you take"),
    "scan_bins_first": ("Scan the bins first", "{places}"),
    "transfer_finished": ("Transfer finished", "{reference} is saved here and waits to be sent {then}"),
    "nothing_to_do": ("Nothing to do here", "No transfer is planned or requested"),
    # asked
    "not_wanted": ("Not on this transfer", "{product}"),
    "waits_for_step": ("An earlier step brings this", "{product}"),
    "other_lot": ("Another lot than planned", "{product}: {lot}, planned {planned}"),
    "sent_short": ("Not everything was taken", "{sent} of {wanted} {product}"),
    "sent_short_never": ("Not everything was taken", "{sent} of {wanted} {product}"),
}
QUESTIONS: Final = {
    "not_wanted": (
        "Send it beside the transfer?",
        "{document} does not have {product}. It moves on a paper of its own.",
    ),
    "waits_for_step": ("Is it there already?", "Odoo books {product} when the step before it is done."),
    "other_lot": ("Take lot {lot} instead?", "Odoo set aside {planned} in {place}."),
    "sent_short": ("What about the rest?", "Not complete: {short}. {product} has {sent} of {wanted}."),
    "sent_short_never": ("Odoo will cancel the rest", "Here an incomplete transfer is closed for good."),
}
CHOICES: Final = {
    "send_beside": ("Send it beside the transfer", "A paper of its own"),
    "came_already": ("Yes, it is here", "Posted after the step before it"),
    "take_other_lot": ("Take this lot", "Odoo lets go of the other"),
    "send_more": ("Yes, {total}", ""),
    "close_request": ("The rest is not needed", "It is cancelled in Odoo"),
    "this_transfer": ("{document}", "{source} → {destination} {order}"),
    "this_request": ("{document}: requested, {available} of {wanted} available", "{source} → {destination} {order}"),
}
