"""What the look-up page says: where goods lie, how old that knowledge is, what was done with them from here."""

from decimal import Decimal
from typing import Final

from client.words.tongue import Sentences
from client.words.written import number
from sync.transaction import Kind

LOTS, PLACES, HERE, MOVEMENTS = "Lots, first to expire on top", "Where it lies", "Lies here", "Done from this device"
EXPECTED, SENT_FROM_HERE, TO_LOOK = "Expected", "Sent from this device", "Where to look"
USE_FIRST, HELD, COUNTED_NOW, NO_DATE = "Use first", "On hold", "being counted", "no date"
NOT_IN_ODOO = "not in Odoo yet"
NOT_KNOWN = "Odoo's stock of this place is not on this device"
ANOTHER_DEVICE = "Another device gave this number: look it up there, or in Odoo"
NOT_LOOKED, IN_QUARANTINE = "Nobody looked yet", "in quarantine"

ACTS: Final = Sentences(
    {
        "move": ("Move goods", "from where they lie"),
        "count": ("Count", "what is really there"),
        "open": ("Open it", "and work it off"),
        "hold-recall": ("Put on hold: recall notice", "it must not move any more"),
        "hold-doubt": ("Put on hold: looks wrong", "it must not move any more"),
        "recall": ("Search for it", "place by place, until all is found"),
        "recall-end": ("End the search", "everything was looked at"),
    }
)
"""What may be pressed, and what it means."""

HOLD_REASONS: Final = Sentences({"hold-recall": "Recall notice", "hold-doubt": "Looks wrong"})

_KINDS: Final = Sentences(
    {
        Kind.RECEIPT: "received",
        Kind.BLIND_RECEIPT: "received",
        Kind.COUNT: "counted",
        Kind.ADJUSTMENT: "counted",
        Kind.USE: "used",
        Kind.WASTE: "thrown away",
        Kind.WARD_RETURN: "given back",
        Kind.SUPPLIER_RETURN: "sent back",
        Kind.LOT_CHANGE: "relabelled",
        Kind.DISPATCH: "sent",
        Kind.ARRIVAL: "arrived",
    }
)


def kind(of: Kind) -> str:
    """Under the number of a movement."""
    return _KINDS.get(of, "moved")


def lot(name: str) -> str:
    """A lot by its name."""
    return f"Lot {name}" if name else "Without lot"


def archived() -> str:
    """Over a product that Odoo has archived."""
    return "Archived in Odoo"


def as_of(hour: str) -> str:
    """How old the knowledge is."""
    return f"Odoo at {hour}"


def parts(odoo: Decimal, unsent: Decimal) -> str:
    """What a number is made of."""
    sign = "−" if unsent < 0 else "+"
    return f"{number(odoo)} in Odoo {sign} {number(abs(unsent))} yours, unsent"


def held(why: str) -> str:
    """Over goods that must not move."""
    return f"On hold. {why}"


def reserved(quantity: str) -> str:
    """Over goods some of which are set aside."""
    return f"{quantity} of these are reserved"


def to_count(doubts: int) -> str:
    """Over a place some of whose numbers are doubted."""
    return f"{doubts} number{'' if doubts == 1 else 's'} here {'is' if doubts == 1 else 'are'} in doubt: to be counted"


def way(source: str, destination: str) -> str:
    """From where to where something went."""
    return " → ".join(part for part in dict.fromkeys((source, destination)) if part)


_STATES: Final = Sentences(
    {
        "draft": "Draft in Odoo",
        "waiting": "Requested, waiting for another",
        "confirmed": "Requested, waiting for goods",
        "assigned": "Ready",
        "done": "Done in Odoo",
        "cancel": "Cancelled in Odoo",
    }
)


def state(of: str) -> str:
    """How far papers are in Odoo."""
    return _STATES.get(of, of)


def ticked(found: Decimal, person: str) -> str:
    """Somebody looked at a place for a recalled lot."""
    return f"{person} found {number(found)}" if found else f"{person} found none"


def found(count: int, text: str) -> tuple[str, str]:
    """Over what a search found."""
    if not text:
        return "Scan or type what you look for", "A product, a lot, a shelf, an order, a number of ours."
    if not count:
        return "Nothing begins like that", "Try another word of the name, or its code."
    return f"{count} found", "Another word narrows them."
