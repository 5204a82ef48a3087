"""What is said of cards: refused transactions, and the ways out of them."""

from typing import Final

from client.words.rights import RIGHTS
from client.words.tongue import Sentences

WAYS: Final = Sentences(
    {
        "withdraw": ("Withdraw it", "Nothing of it is left in Odoo"),
        "post-again": ("Send it again", "Once more the same: what stood in the way is gone"),
        "correct": ("Correct it", "Opens it again, to change what is wrong"),
        "post-difference": ("Only the difference", "What is not booked yet goes on what is still open"),
        "really-more": ("Really more", "These are other goods than those booked already"),
        "without-order": ("Without an order", "As goods nobody planned; those who order are told"),
        "use-label": ("The label is right", "The date of the lot is changed in Odoo"),
        "keep-odoo": ("Odoo is right", "Sent with the date Odoo has"),
        "choose-lot": ("Choose the lot", "Scan it, or pick one that lies there"),
        "choose-shelf": ("Choose the shelf", "Scan where the goods really are"),
        "choose-owner": ("Choose package or owner", "Say which of the goods these are"),
        "move-anyway": ("Move it anyway", "Although the goods are on hold"),
        "to-quarantine": ("Into quarantine", "They go to the place for goods on hold"),
        "recount": ("Count again", "Go and count this shelf"),
        "keep-ours": ("Ours stands", "It takes the place of the other person's count"),
        "settle-in-odoo": ("Settle it in Odoo", "Somebody does there what it asks; then send it again"),
        "call-support": ("Call support", "Show them this card"),
    }
)
"""By `sync.choices.Choice`. First the button, second what happens then."""

ANSWERS: Final = {
    "released_now": ("It goes with the next pass", "{reference} waits for nobody any more"),
    "withdrawn": ("Withdrawn", "{reference}"),
    "withdraw_wished": ("Odoo is asked to take it back", "{reference} may be there already; the next pass tells."),
    "card": ("{reference}: {heading}", "{told}"),
    "no_card": ("Nothing waits for a decision", "Nothing is refused here"),
    "several_cards_open": ("{count} wait for a decision", "{names}"),
    "no_such_card": ("Nothing in the outbox is called {reference}", ""),
    "several_cards": ("{reference} begins the name of {count} transactions", "Write more of it"),
    "nothing_to_settle": ("{reference} waits for nobody's decision", ""),
    "not_a_way": ("That does not settle {reference}", "{ways}"),
    "settled": ("{way}", "{reference} is withdrawn; in its place {follows} waits to be sent"),
    "settled_before": ("Settled so before", "{reference} · {way}"),
    "settled_otherwise": ("Settled otherwise before", "{reference} · {way}"),
    "to_be_counted": ("To be counted again", "{reference} is withdrawn; the shelf is on the list"),
    "seen_to": ("{way}", "{reference} waits until that is done. Then: {again}"),
    "seen_to_before": ("{way}", "Said before. {reference} waits. Then: {again}"),
    "tried_again": ("Tried again", "{reference} goes with the next pass"),
    "correcting": ("Correct {document}", "{reference} is withdrawn. Change what is wrong, then finish"),
    "sending_back": (
        "Send it back: {document}",
        "{reference} is done in Odoo, so its goods go back as a return. Look at what goes back, then finish",
    ),
    "not_opened_again": ("This cannot be opened again here", "Withdraw {reference}, then do it anew"),
    "goods_gone_here": ("Some of it is no longer known here", "Withdraw {reference}, then do it anew"),
    "goes_back_by_return": ("Nothing of it is left to go back", "{reference} went back already"),
    "nothing_differs": ("Others booked all of it", "Nothing is left of {reference}: withdraw it"),
    "difference_unknown": ("What others booked is not known in numbers", "Look into Odoo, then choose another way"),
    "name_the_lot": ("Which lot?", "{product} · {names}"),
    "which_shelf": ("Which shelf?", "{product} · {names}"),
    "which_owner": ("Of which package or owner?", "{product} · {names}"),
    "no_such_lot": ("No such lot here", "{lot}"),
    "no_such_place": ("No such place", "{place}"),
    "witness_for_card": (
        "A second person, please",
        "{product}: their badge, then their PIN. Then say again how {reference} goes on",
    ),
    "no_quarantine": ("No place for goods on hold", "The site's policy names none for {place}"),
}
QUESTIONS: Final = {"card": ("{reference}: {heading}", "{told} Choose how it goes on.")}
CHOICES: Final = {
    **{f"way_{name.replace('-', '_')}": words for name, words in WAYS.templates.items()},
    "release": ("Let it go ahead", "Although something with the same goods was refused"),
    "way_with": ("{value}", "{quantity}"),
    "leave_card": ("Leave it", ""),
}


def way_out(command: str, *, allowed: bool, act: str = "") -> tuple[str, str]:
    """A way to settle what was refused; where the role may not, who may: by the right it needs."""
    title, below = WAYS[command]
    return title, below if allowed else RIGHTS[act or command]
