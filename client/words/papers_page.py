"""What the page of papers says: its kinds, their fields, what became of them."""

from typing import Final

from client.words.tongue import Sentences, tr, trn

KINDS: Final = Sentences(
    {
        "commands": ("Command barcodes", "Confirm, undo, yes, no, home: for gloved hands"),
        "places": ("Labels of places", "A shelf, or a store with all its shelves"),
        "goods": ("Labels of goods", "With lot and expiry, as a maker prints them"),
        "badges": ("Badges", "For people to show who they are, on cards"),
        "count": ("Count sheet", "A shelf on paper, without lots and numbers"),
        "scanner": ("Scanner test", "Six codes to try a scanner with"),
        "practice": ("Practice labels", "What the practice ward expects, to scan without goods"),
    }
)
QUESTIONS: Final = Sentences(
    {
        "": ("What do you want to print?", "Every symbol is what a scanner will send."),
        "commands": ("Print the command barcodes", "Hang them where people scan."),
        "places": ("Which place?", "Scan its label, or type its name."),
        "goods": ("Which goods?", "Scan a pack: its lot and date are filled in. Or type."),
        "badges": ("Whose badge?", "A badge counts from the moment it is printed."),
        "count": ("Which shelf is counted?", "Scan its label, or type its name."),
        "scanner": ("Print the scanner test", "Scan them from paper where a screen is not read."),
        "practice": ("Print the practice labels", "To train with. Never stick them on goods."),
    }
)
FIELDS: Final = Sentences(
    {
        "place": "Place",
        "product": "Product",
        "lot": "Lot",
        "expiry": "Expiry",
        "serial": "Serial number",
        "copies": "How many labels",
    }
)
_SAID: Final = Sentences(
    {
        "print": "Print on {printer}",
        "save": "Save as PDF",
        "printed": "Sent to {printer}",
        "saved": "Saved",
        "show": "Show the folder",
        "no_folders": "Nothing here opens folders. The file lies in {folder}.",
        "printers": "Printer",
        "preview": "Page {number} of {pages}",
        "which": "Which one?",
        "which_missing": "Choose which one",
        "other_date": "In Odoo lot {lot} expires on {day}. Two dates on one lot are asked about at every scan.",
        "past": "This day is over: the goods would be refused as expired.",
        "type_place": "Scan or type the place",
        "type_product": "Scan or type the product",
        "mend": "First mend what is said above",
        "nothing": "Nothing to print",
        "approve": "{name}: your PIN, please",
        "approve_why": "Whoever has a badge stands here under its name.",
        "go_on": "Go on",
        "nobody": "Nobody is entered at this device yet. Settings, People.",
        "locked": "Takes a supervisor: they scan their badge first",
        "nobody_chosen": "Choose whose",
        "badge_none": "has none yet",
        "badge_ours": "the same again",
        "badge_others": "gets a new one: their present badge ends",
    }
)


def kind(key: str) -> tuple[str, str]:
    """A row of the list."""
    return KINDS[key]


def question(key: str) -> tuple[str, str]:
    """Over a kind."""
    return QUESTIONS[key]


def field(name: str) -> str:
    """Over a field."""
    return FIELDS[name]


def say(code: str, **facts: object) -> str:
    """One sentence."""
    return _SAID[code].format_map(facts)


def labels(count: int) -> str:
    """How much will be printed."""
    return trn("{count} label", "{count} labels", count).format(count=count)


def more_pages(count: int) -> str:
    """Behind the pages that are shown."""
    return tr("and {count} more pages").format(count=count)
