"""What the look-up page says: where goods lie, how old that knowledge is, what was done with them from here."""

from datetime import date
from decimal import Decimal
from typing import Final

from client.words.tongue import Sentences, tr, trn
from client.words.written import day, number
from sync.transaction import Kind

HEADS: Final = Sentences(
    {
        "lots": "Lots, first to expire on top",
        "places": "Where it lies",
        "here": "Lies here",
        "movements": "Done from this device",
        "expected": "Expected",
        "sent": "Sent from this device",
        "to_look": "Where to look",
        "use_first": "Use first",
        "held": "On hold",
        "counted_now": "being counted",
        "no_date": "no date",
        "not_in_odoo": "not in Odoo yet",
        "not_known": "Odoo's stock of this place is not on this device",
        "another_device": "Another device gave this number: look it up there, or in Odoo",
        "not_looked": "Nobody looked yet",
        "in_quarantine": "in quarantine",
    }
)
"""Over rows, and beside them."""

ACTS: Final = Sentences(
    {
        "move": ("Move goods", "from where they lie"),
        "count": ("Count", "what is really there"),
        "open": ("Open it", "and work it off"),
        "hold-recall": ("Put on hold: recall notice", "it must not move any more"),
        "hold-doubt": ("Put on hold: looks wrong", "it must not move any more"),
        "hold-other": ("Put on hold for another reason", "it must not move any more"),
        "lift": ("Let it go", "it may move again"),
        "recall": ("Search for it", "place by place, until all is found"),
        "recall-end": ("End the search", "everything was looked at"),
    }
)
"""What may be pressed, and what it means."""

NOTICED: Final = Sentences(
    {
        "held": "On hold",
        "expired": "Expired",
        "expiring": "Expires soon",
        "low": "Running low",
    }
)
"""Over goods somebody should look at, by `client.work.lookup.attention.Why`."""


def to_remove(since: date) -> str:
    """Not expired, and yet not to be used."""
    return tr("to be removed since {day}").format(day=day(since))


def do_not_use(gone: str) -> str:
    """Over a lot that may not be used any more."""
    return tr("Do not use it: {gone}").format(gone=gone)


def days_left(days: int) -> str:
    """How long a lot may still be used."""
    if days < 0:
        return trn("expired {count} day ago", "expired {count} days ago", -days).format(count=-days)
    if days == 0:
        return tr("expires today")
    return trn("{count} day left", "{count} days left", days).format(count=days)


def days_word(days: int) -> str:
    """Under a number of days, left or since."""
    if days < 0:
        return trn("day ago", "days ago", -days)
    return trn("day left", "days left", days)


def at_least(minimum: Decimal) -> str:
    """On goods of which less lies there than Odoo's reorder point wants."""
    return tr("at least {number} wanted").format(number=number(minimum))


def searches(count: int) -> tuple[str, str]:
    """Searches for held goods that are under way."""
    return trn("{count} search is under way", "{count} searches are under way", count).format(count=count), tr(
        "Go on looking, place by place"
    )


def look_at_these() -> str:
    """Over the list of what somebody should look at."""
    return tr("Look at these")


def noticed(counts: dict[str, int], most: int) -> str:
    """How many of each kind there are to look at; of `most` there may be more."""
    told = {
        "held": trn("{count} on hold", "{count} on hold", counts.get("held", 0)),
        "expired": trn("{count} expired", "{count} expired", counts.get("expired", 0)),
        "expiring": trn("{count} expires soon", "{count} expire soon", counts.get("expiring", 0)),
        "low": trn("{count} running low", "{count} running low", counts.get("low", 0)),
    }
    return " · ".join(told[why].format(count=_many(count, most)) for why, count in counts.items() if count)


def _many(count: int, most: int) -> str:
    return f"{count}+" if count >= most else str(count)


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
    return _KINDS.get(of) or tr("moved")


def lot(name: str) -> str:
    """A lot by its name."""
    return tr("Lot {lot}").format(lot=name) if name else tr("Without lot")


def archived() -> str:
    """Over a product that Odoo has archived."""
    return tr("Archived in Odoo")


def as_of(hour: str) -> str:
    """How old the knowledge is."""
    return tr("Odoo at {time}").format(time=hour)


def parts(odoo: Decimal, unsent: Decimal) -> str:
    """What a number is made of."""
    told = tr("{odoo} in Odoo − {mine} yours, unsent") if unsent < 0 else tr("{odoo} in Odoo + {mine} yours, unsent")
    return told.format(odoo=number(odoo), mine=number(abs(unsent)))


def held(why: str) -> str:
    """Over goods that must not move."""
    return tr("On hold. {why}").format(why=why)


def reserved(quantity: str) -> str:
    """Over goods some of which are set aside."""
    return tr("{quantity} of these are reserved").format(quantity=quantity)


def to_count(doubts: int) -> str:
    """Over a place some of whose numbers are doubted."""
    told = trn(
        "{count} number here is in doubt: to be counted", "{count} numbers here are in doubt: to be counted", doubts
    )
    return told.format(count=doubts)


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
    told = tr("{person} found {quantity}") if found else tr("{person} found none")
    return told.format(person=person, quantity=number(found))


def found(count: int, text: str) -> tuple[str, str]:
    """Over what a search found."""
    if not text:
        return tr("Scan or type what you look for"), tr("A product, a lot, a shelf, an order, a number of ours.")
    if not count:
        return tr("Nothing begins like that"), tr("Try another word of the name, or its code.")
    below = tr("Press it, or Enter.") if count == 1 else tr("Another word narrows them.")
    return tr("{count} found").format(count=count), below
