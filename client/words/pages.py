"""What the pages of the jobs say: where one is, what to scan next, what the main action does, what may be pressed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from client.words.tongue import Sentences, tr, trn
from client.words.written import day as written_day
from client.words.written import number
from client.work.titles import begins_with

if TYPE_CHECKING:
    from client.work.counting.to_count import ToCount

TITLES: Final = Sentences(
    {
        "receive": "Receive",
        "move": "Move",
        "use": "Use",
        "waste": "Throw away",
        "return": "Give back",
        "take_now": "Take now",
        "later": "Complete later",
        "planned": "Transfer",
        "arrival": "Arrived",
        "supplier_return": "Return to supplier",
        "lot_change": "Change the lot",
        "count": "Count",
        "answer": "Home",
    }
)
"""By job: what stands in the header."""

NEXT: Final = Sentences(
    {
        # goods on their way
        "place_or_item": ("Scan where the goods are", "Or the goods, where they lie in one place only."),
        "first_item": ("Scan the first item", "Or the place they go to, if that is known already."),
        "next_item_or_place": ("Scan the next item, or where it goes", "A place ends the list; another item goes on."),
        "next_item": ("Scan the next item", "Or finish, if that is all."),
        # planned
        "take_from": ("Take {quantity} {product}", "From {place}{lot}"),
        "all_taken": ("All of it is taken", "Finish, or scan what goes in addition."),
        "what_came": ("Scan what came", "What is not scanned stays on the way."),
        "scan_the_dispatch": ("Scan the dispatch, or the transit place", "Its number stands on the paper or in Odoo."),
        # back to the supplier, another lot
        "what_goes_back": ("Scan what goes back", "And the order it came with, if it is known."),
        "old_label": ("Scan the goods as they are labelled now", "First their shelf, if they lie in several."),
        "new_label": ("Now scan the new label", "Or type the right lot."),
        # counts
        "scan_a_shelf": ("Scan the shelf to count", "Its label, or a product to count wherever it lies."),
        "scan_what_lies_here": ("Scan all that lies here", "Each scan counts; press a line to change it."),
        "count_these_again": ("Count these once more", "{again}"),
        "somebody_else_counts": ("Now somebody else counts", "Not {people}. Hand over: they scan their badge."),
        "one_product": ("Scan or type how many {product}", "Only this product is counted here."),
    }
)
"""By code: what to scan next, and what else is accepted."""

ACTIONS: Final = Sentences(
    {
        "finish": "Finish",
        "finish_bin": "Finish this shelf",
        "finish_transfer": "Finish transfer",
        "done": "Go on",
    }
)
"""Words on the main action."""

FINISHED: Final = Sentences(
    {
        "receive": "This delivery is finished",
        "count": "This shelf is counted",
    }
)
"""By job, where others only say that they are finished."""

OFFERS: Final = Sentences(
    {
        "all_here": ("All that lies here", "by the book, to look through"),
        "all_planned": ("All as planned", "from the bins Odoo chose"),
        "all_expected": ("All that is still to come", "without lots and dates of its own"),
        "zero": ("Nothing lies here", "said, not guessed"),
        "all_counted": ("All as in the list", ""),
        "later": ("Complete later", ""),
    }
)
"""What may be pressed beside scanning."""

LABELS: Final = Sentences({"from": "From", "to": "To", "why": "Why", "place": "Place", "order": "Order"})
"""Over a cell of the way."""
NOT_YET: Final = Sentences({"from": "not scanned yet", "to": "scan it last", "why": "asked at the end"})

PARTS: Final = Sentences(
    {
        "refused": "Refused at the door",
        "not_in": "not received",
        "nameless": "Nobody knows these codes",
        "to_name": "to be named",
        "to_complete": "To complete",
        "none_here": "None here",
    }
)
"""Over lines apart from the others, and beside them."""

_WHY_COUNT: Final = Sentences(
    {
        "asked": "Odoo asks for it",
        "asked_for": "Odoo asks for it",
        "went_negative": "The book went below nothing",
        "older_than_count": "Something older than the last count was booked",
    }
)


def bins_counted(done: int, of: int) -> str:
    """Over a count: how far the round is."""
    return trn("{done} of {count} bin counted", "{done} of {count} bins counted", of).format(done=done, count=of)


def to(destination: str, via: str) -> str:
    """Where goods go, and through which place."""
    if not via:
        return destination
    return tr("{destination} through {via}").format(destination=destination, via=via).strip()


def finished(job: str) -> str:
    """Where "what next" stands, once a job is done."""
    return FINISHED.get(job) or tr("{job}: finished").format(job=TITLES[job])


def why_count(one: "ToCount") -> str:
    """Why a place is on the list: who asks, which goods, by when, or whose number waits."""
    goods = _some([product.name for product in one.products])
    due = tr("by {day}").format(day=written_day(one.due)) if one.due else ""
    waits = tr("{person}'s number waits for approval").format(person=one.waits_for) if one.waits_for else ""
    return " · ".join(part for part in (_WHY_COUNT[one.why], goods, due, one.person, waits) if part)


def _some(names: Sequence[str]) -> str:
    """The first of them, and how many more."""
    if not names[1:]:
        return "".join(names)
    return tr("{name} and {count} more").format(name=names[0], count=len(names) - 1)


def photos(count: int) -> str:
    """Beside a code nobody knows."""
    return trn("{count} photo", "{count} photos", count).format(count=count) if count else ""


def sooner(lot: str) -> str:
    """On a line whose lot is not the first to expire."""
    return tr("{lot} expires sooner").format(lot=lot)


def more_than_book(short: Decimal, unit: str) -> str:
    """On a line of which more was taken than the book has there."""
    return tr("{short} {unit} more than the book").format(short=number(short), unit=unit)


def begun(lines: int, of: int, *, complete: bool) -> str:
    """Over the lines of an order or a planned transfer: how far it is."""
    return tr("All complete") if complete else tr("{begun} of {lines} begun").format(begun=lines, lines=of)


def of_lot(lot: str, day: date | None) -> str:
    """Behind a bin: which lot is to be taken there."""
    if not lot:
        return ""
    if not day:
        return tr(", lot {lot}").format(lot=lot)
    return tr(", lot {lot} · {day}").format(lot=lot, day=written_day(day))


def lines(count: int) -> str:
    """Under a number of lines."""
    return trn("line", "lines", count)


def lines_of(count: int) -> str:
    """Under a sum over several goods."""
    return tr("pieces") if count == 1 else trn("in {count} line", "in {count} lines", count).format(count=count)


def title_of(job: str) -> str:
    """A draft that has no title of its own."""
    return TITLES.get(job, TITLES["move"])


def kept_title(title: str, document: str = "") -> str:
    """The title of a draft in the language in use: its job, then its places and goods. With papers it is somebody's
    name: a vendor may be called Waste Management.
    """
    if document:
        return title
    job, rest = begins_with(title)
    return f"{TITLES[job]} {rest}".strip() if job else title


def wanted_at(place: str, *, requested: bool) -> str:
    """A transfer in the list of the day."""
    return (tr("Requested by {place}") if requested else tr("To {place}")).format(place=place)


def there(document: str, available: Decimal, wanted: Decimal) -> str:
    """How much of a transfer can be taken."""
    if available >= wanted:
        return document
    told = tr("{document} · {available} of {wanted} there")
    return told.format(document=document, available=number(available), wanted=number(wanted))


BEGIN: Final = Sentences(
    {
        "receive": ("A delivery without papers", "scan its order first, if there is one"),
        "move": ("Move goods", "from a shelf to a ward or another shelf"),
        "use": ("Use", "goods used up on a ward or for a patient"),
        "waste": ("Throw away", "expired, broken, contaminated"),
        "return": ("Give back to the store", "unopened goods a ward does not need"),
        "take-now": ("Take now", "an emergency: scan and go, complete later"),
        "arrive": ("Something arrived", "goods another place sent on their way"),
        "supplier-return": ("Return to supplier", "on the order they came with"),
        "relabel": ("Change the lot", "goods that lie there under a wrong lot"),
    }
)
"""Jobs that need no papers: what is pressed, and what it is for."""

STARTS: Final = Sentences(
    {
        "receive": ("Which delivery?", "Scan the order, or a product of it, or tap."),
        "move": ("What is moved?", "Scan the shelf the goods are on, or tap."),
    }
)
"""By section: what is asked before a job is open there."""

FACTS: Final = Sentences(
    {
        "receive": ("ordered", "received"),
        "move": ("wanted", "taken"),
        "count": ("", "counted"),
        "home": ("", ""),
    }
)
"""By section: what stands over the two figures of a line."""
