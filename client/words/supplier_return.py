"""What is said of goods that go back to their supplier (ward 25)."""

from typing import Final

ANSWERS: Final = {
    "no_supplier_place": ("Odoo has no place for returns", "Ask for receipts and deliveries to be switched on"),
    "return_opened": ("Scan what goes back", "Received here: {lines} lines. Another order: say its number"),
    "return_of_order": ("Back on {order}", "{partner} · {lines} lines were received here"),
    "return_of_unknown_order": ("Back on {order}", "Not received here: Odoo looks for its receipt when this is sent"),
    "return_from": ("From {place}", "Scan what goes back"),
    "order_wanted": ("Which order?", "Scan or type its number"),
    "finish_this_return": ("Another order", "Finish the return on {order} first"),
    "return_reason_is": ("Why: {reason}", ""),
    "goes_back": ("{amount} {product} go back", "{which} · on {order} · from {place}"),
    "goes_back_unpaid": ("{amount} {product} go back", "{which} · on no order: somebody talks to the supplier"),
    "more_than_received": ("Only {left} can go back", "{received} {product} were received on {order}"),
    "return_finished": ("Return finished", "{reference} is saved here and waits to be sent. {partner}"),
    # asked
    "which_receipt": ("On which order did it come?", "{product} {lot}"),
    "no_receipt_known": ("On which order did it come?", "{product} {lot} was not received here"),
    "not_in_that_receipt": ("Not received here on {order}", "{product} {lot}"),
    "return_reason": ("Why does it go back?", "{partner}"),
    "more_going_back": ("{over} too many go back", "{product} {lot}: only {left} are left on {order}"),
}
QUESTIONS: Final = {
    "which_receipt": ("Which order did it come with?", "{product} {lot} was received on several."),
    "no_receipt_known": ("Type the order it came with", "Without it the supplier is paid for {product} {lot}."),
    "not_in_that_receipt": ("Was it received on {order} elsewhere?", "Odoo looks for {product} {lot} there when sent."),
    "return_reason": ("Why does it go back?", "It stands on the supplier's document."),
    "more_going_back": ("Take {over} out", "{product} {lot}: {left} of {order} are left, others went back meanwhile."),
}
CHOICES: Final = {
    "this_receipt": ("{order} {document}", "{day} · {quantity} left"),
    "odoo_may_know": ("Yes, somebody else took it in", "Refused when sent, if Odoo knows nothing of it"),
    "return_without_order": ("Send it back without an order", "Nobody is refunded by this"),
    "back_damaged": ("Damaged", ""),
    "back_expired": ("Expired", ""),
    "back_wrong": ("Wrong goods", ""),
    "back_recalled": ("Recalled", ""),
    "back_too_many": ("Too many", ""),
}
