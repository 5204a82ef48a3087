"""What stands on papers, and what is said of them once they are written."""

from typing import Final

from client.words.tongue import tr, trn

COUNT_SHEET: Final = "Count sheet"
COUNT_COLUMNS: Final = ("Goods", "Lot", "Expiry", "Counted")
WHO_COUNTED: Final = "Counted by: ______________________   Date and time: ______________________"


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
