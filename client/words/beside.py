"""What may be said in an open job beside scanning: what is pressed, and what it asks."""

from typing import Final

from client.words.tongue import Sentences, tr

WORDS: Final = Sentences(
    {
        # of one item
        "qty": ("How many", "Another number for this one"),
        "other_lot": ("Another lot", "The lot was read or typed wrong"),
        "other_serial": ("Another serial number", "It was read or typed wrong"),
        "other_day": ("Another day", "The expiry was read or typed wrong"),
        "other_shelf": ("Another shelf", "Scan it, or find it here"),
        "other_source": ("From another shelf", "Scan it, or find it here"),
        "refuse": ("Refuse at the door", "Not received; the order stays open for it"),
        "quarantine": ("Into quarantine", "Received, put aside and not offered"),
        "for_order": ("It came for {about}", "And for no other order"),
        "zero_item": ("None of it here", "Nothing of this lot lies on this shelf"),
        "take_back": ("Take it back", "As if it had not been scanned"),
        # of a delivery
        "unidentified": ("Keep the code nobody knows", "They are goods all the same; somebody will name them"),
        "unidentified_many": ("Keep several of them", "How many of the code nobody knows"),
        "all_left": ("All the rest of it", "What is still to come of the item scanned last, in its lot"),
        "all_expected": ("All that is still to come", "Of goods without lots"),
        "note": ("Delivery note", "Its number, now instead of at the end"),
        "photo": ("Take a photo", "Of damage, of the note, of a code nobody knows"),
        "join": ("One more order", "The same delivery has goods of it too"),
        "name": ("What is it?", "{about} · Find the product by its name"),
        # of goods that leave a shelf
        "all_here": ("All that lies here", "By the book, to look through"),
        "all_planned": ("All as planned", "From the bins Odoo chose"),
        "from": ("From where", "Find the shelf the goods are on"),
        "to": ("To where", "Find the place all of it goes to"),
        "next": ("The next that waits", "Answer what was left open"),
        "not_taken": ("Not taken after all: {about}", "It did not leave its shelf"),
        # of a count
        "where_to_count": ("Find the place", "By a few letters of its name"),
        "count_here": ("Count this place itself", "What lies in none of the bins below it"),
        "empty": ("Nothing lies here", "Said, not guessed"),
        "zero": ("None of something", "Find goods that should be here and are not"),
        # of a return, of a lot change
        "goes_on_order": ("The order it came with", "Type or find its number"),
        "new_lot": ("Type the new lot", "Where the new label cannot be scanned"),
        "type": ("Type instead of scanning", "A number, or the name of goods or of a place"),
    }
)
"""By `client.work.beside.Word.code`."""

REASONS: Final = Sentences(
    {
        "damaged": "Damaged",
        "wet": "Wet",
        "opened": "Opened",
        "wrong_goods": "Wrong goods",
        "too_warm": "Too warm",
    }
)
"""Why goods are not put away, to press; others are typed."""

FIELDS: Final = Sentences(
    {
        "place": "Place",
        "order": "Order",
        "product": "Product",
        "goods": "Product",
        "anything": "Number or name",
        "number": "How many",
        "lot": "Lot",
        "serial": "Serial number",
        "reason": "Reason",
        "note": "Delivery note",
        "expiry": "Expiry",
        "owner": "Package or owner",
    }
)
"""What stands inside the field, by what is asked for."""
VALUES: Final = Sentences(
    {
        "lot": ("Which lot is it?", "Scan it, or type it as it is printed."),
        "place": ("Where do they lie?", "Scan the shelf, or find it here."),
        "reason": ("Why must it not move?", "It stands beside the goods wherever they are shown."),
        "owner": ("Of which package or owner?", "As it is called in Odoo."),
    }
)
"""What a way out of a card asks for."""


def more() -> tuple[str, str]:
    """Over the list of what may be said."""
    return tr("What else?"), tr("Or just scan on.")


def of_line(name: str) -> tuple[str, str]:
    """Over what may be changed of one scan."""
    return tr("What about it?"), name


def find_more() -> str:
    """Under a search that has nothing to show."""
    return tr("Type a few letters")


def stands() -> tuple[str, str]:
    """Beside a question that waits for a second person's badge."""
    return tr("Somebody without their badge"), tr("Choose the name, then they type their PIN")


def who_stands() -> tuple[str, str]:
    """Over the names of those who may stand by."""
    return tr("Who stands by?"), tr("They type their PIN next.")
