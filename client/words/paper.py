"""What stands on papers, and what is said of them once they are written."""

from typing import TYPE_CHECKING, Final

from client.words.tongue import Sentences, tr, trn
from client.words.written import fill

if TYPE_CHECKING:
    from client.work.site.invitation import Invitation

_COUNT: Final = Sentences(
    {
        "title": "Count sheet: {place}",
        "who": "Counted by: ______________________   Date and time: ______________________",
    }
)
_COLUMNS: Final = Sentences({"goods": "Goods", "lot": "Lot", "expiry": "Expiry", "counted": "Counted"})

COMMANDS: Final = Sentences(
    {
        "title": "Commands",
        "confirm": "Confirm",
        "undo": "Undo",
        "yes": "Yes",
        "no": "No",
        "home": "Home",
        "note none": "No delivery note",
        "count": "Count",
    }
)
"""Over command barcodes, and under each. What they hold never changes."""


def own_lots(document: str) -> str:
    """Over labels of lots made here."""
    return tr("Own lots · {document}").format(document=document)


def new_lots(document: str) -> str:
    """Over labels of lots that goods were changed to."""
    return tr("New lots · {document}").format(document=document)


def scanner_test() -> str:
    """Over the six codes of the test."""
    return tr("Scanner test")


def count_sheet(place: str) -> str:
    """Over a count sheet."""
    return _COUNT["title"].format(place=place)


def who_counted() -> str:
    """To be filled in by hand."""
    return _COUNT["who"]


def count_columns() -> tuple[str, ...]:
    """Over the columns of a count sheet."""
    return tuple(_COLUMNS.values())


def page_of(number: int) -> str:
    """Under the place."""
    return tr("Page {number} · write every lot on a row of its own, zero where nothing is there").format(number=number)


def written(path: object, labels: int) -> str:
    """A file is ready to print."""
    told = trn("Ready to print: {path} ({labels} label)", "Ready to print: {path} ({labels} labels)", labels)
    return told.format(path=path, labels=labels)


def sheet_written(path: object, rows: int) -> str:
    """A count sheet is ready to print."""
    return tr("Ready to print: {path} ({rows} kinds of goods)").format(path=path, rows=rows)


def badges_written(path: object, badges: int) -> str:
    """Badges are ready: who has the file has them."""
    told = trn(
        "Ready to print: {path} ({badges} badge). Delete it after printing.",
        "Ready to print: {path} ({badges} badges). Delete it after printing.",
        badges,
    )
    return told.format(path=path, badges=badges)


def setup_title() -> str:
    """Over a set-up sheet."""
    return tr("Wardstock set-up sheet")


def setup_lines(said: "Invitation") -> list[str]:
    """What its code says, in words."""
    lines = [fill(tr("Odoo: {host}"), {"host": said.host})]
    lines += [fill(tr("Database: {database}"), {"database": said.database})] if said.database else []
    lines += [fill(tr("Login: {login}"), {"login": said.login})] if said.login else []
    lines += [fill(tr("Places: {places}"), {"places": ", ".join(said.places)})] if said.places else []
    return [*lines, tr("With the rules of the site")] if said.policy else lines


def setup_steps(*, secret: bool) -> tuple[str, ...]:
    """What to do with it."""
    steps = (
        tr("1. Start Wardstock on the new device and scan this code: with its scanner, its camera, or as a picture."),
        tr("2. Compare the address the device shows with the one above."),
        tr("3. Go on as the device asks: the key of its user in Odoo, the places it serves, who works there."),
    )
    if secret:
        return (*steps[:2], steps[2], tr("THE KEY IS IN THIS CODE: lock the sheet away, and destroy it after use."))
    return (*steps, tr("There is no password in it: it may hang on the wall."))


def setup_written(path: object, *, secret: bool) -> str:
    """A set-up sheet is ready."""
    told = tr("Ready: {path}. It holds the key: keep it as safe as the key.") if secret else tr("Ready: {path}")
    return told.format(path=path)
