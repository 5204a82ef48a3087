"""What the window says around the jobs: its header, the list of the day, the fields and buttons of a question."""

from datetime import date
from typing import Final

from client.words.tongue import Sentences, tr, trn
from client.words.written import whole_day

_PAGES: Final = Sentences(
    {
        "home": "Wardstock",
        "look": "Look up",
        "people": "People",
        "outbox": "Outbox",
        "scanner": "Scanner test",
        "settings": "Settings",
        "papers": "Papers",
        "training": "Practice",
    }
)
_AGENDA: Final = Sentences({"begun": "Begun here", "to_do": "To do", "without_papers": "Without papers"})
_FIELD_LABELS: Final = Sentences(
    {
        "lot": "Lot",
        "serial": "Serial number",
        "qty": "How many",
        "expiry": "Expiry",
        "note": "Delivery note",
        "cold": "Temperature in °C",
        "pin": "PIN",
        "reason": "Reason",
        "found": "How many are there",
        "order": "Order",
        "place": "Place",
    }
)
_MISSING: Final = Sentences(
    {
        "lot": "Type or scan the lot",
        "serial": "Type or scan the serial",
        "qty": "Type how many",
        "expiry": "Type year and month",
        "note": "Type or scan the number",
        "cold": "Type the reading",
        "pin": "Type the PIN",
        "reason": "Type or choose the reason",
        "found": "Type how many are there",
        "order": "Type or scan the order",
        "scan": "Type or choose it",
        "name": "Type or choose it",
        "from": "Type or choose it",
        "to": "Type or choose it",
        "join": "Type or scan the order",
        "zero": "Type or choose it",
        "refuse": "Type or choose the reason",
        "quarantine": "Type or choose the reason",
        "new-lot": "Type the lot",
        "unidentified": "Type how many",
        "several": "Choose which one",
    }
)
_CLAIMS: Final = Sentences({"label": "This label", "odoo": "Odoo has", "delivery": "Scanned before"})


def page_title(page: str) -> str:
    """What the header says of the page."""
    return _PAGES[page]


def agenda(part: str) -> str:
    """Heads a part of the list of the day."""
    return _AGENDA[part]


def papers(order: str, document: str) -> str:
    """The order and Odoo's picking, as they stand on a page."""
    return " · ".join(part for part in (order, document) if part)


def of_lines(lines: int) -> str:
    """Under the number of lines begun."""
    return trn("of {lines} line", "of {lines} lines", lines).format(lines=lines)


def lines_to_receive(lines: int) -> str:
    """Under the number of lines of a delivery."""
    return trn("line", "lines", lines)


def refused_count(refused: int) -> tuple[str, str]:
    """On Home, when a person must settle something."""
    told = trn("Odoo refused {refused} transaction", "Odoo refused {refused} transactions", refused).format(
        refused=refused
    )
    return told, tr("Nothing is lost. See why, and settle it.")


def product_gone() -> str:
    """A product the catalogue no longer has."""
    return tr("a product no longer visible")


def field_label(name: str) -> str:
    """What stands inside the field whose answer is this command."""
    return _FIELD_LABELS[name]


def still_missing(name: str) -> str:
    """On the main action while the field is not filled."""
    return _MISSING.get(name) or tr("Answer the question")


def use_typed(value: date | str, name: str) -> str:
    """On the main action once the field is filled: the answer itself, so that it is read before it is given."""
    if not name:
        return ""
    return tr("Use {value}").format(value=whole_day(value) if isinstance(value, date) else value)


def undo(asked: str, *, whole: bool) -> str:
    """Undo beside a main action, or alone below a question; what the page opened is only left."""
    if asked in {"own", "line"}:
        return tr("Back")
    return tr("Undo this scan") if whole else tr("Undo")


def claim(source: str) -> str:
    """Whose date it is, above one of two that do not agree."""
    return _CLAIMS[source]


def whose_desk(*, locked: bool) -> tuple[str, str]:
    """Over the names of those who work here."""
    if locked:
        return tr("Locked: scan your badge"), tr("Or tap your name and type your PIN. Nothing is lost.")
    return tr("Scan your badge"), tr("Or tap your name and type your PIN.")


def take_the_desk(name: str) -> str:
    """On the main action, once a name was chosen."""
    return tr("Go on as {name}").format(name=name) if name else ""


def pin_hint() -> str:
    """Under the name of who wants the desk."""
    return tr("So that nobody works under your name.")
