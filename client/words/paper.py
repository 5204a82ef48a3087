"""What stands on papers, and what is said of them once they are written."""

from typing import Final

from client.words.tongue import Sentences, tr, trn

_COUNT: Final = Sentences(
    {
        "title": "Count sheet: {place}",
        "who": "Counted by: ______________________   Date and time: ______________________",
    }
)
_COLUMNS: Final = Sentences({"goods": "Goods", "lot": "Lot", "expiry": "Expiry", "counted": "Counted"})


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
