"""Labels on paper: drawn module by module, so that every printer and every scanner sees sharp edges."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageSize, QPainter, QPdfWriter

from client.papers import Block, CountSheet, PaperLabel, Symbol
from client.words import paper as words

WIDTH, HEIGHT, MARGIN = 1240, 1754, 60
"""An A4 page at 150 dots per inch."""
COLUMNS = 3
CELL_WIDTH = (WIDTH - 2 * MARGIN) // COLUMNS
CELL_HEIGHT, HEAD_HEIGHT = 250, 50
MODULE = 4
"""Dots a module of a DataMatrix takes: 0.68 mm, easy for any imager. A linear code is as wide as its cell allows."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label, or a block's heading (`label` None), at its place on a page."""

    page: int
    x: int
    y: int
    heading: str
    label: PaperLabel | None


def save_pdf(blocks: Sequence[Block], path: Path) -> None:
    """All labels as one PDF, for a printer."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(150)
    painter = QPainter(writer)
    try:
        _paint(painter, list(_placed(blocks)), lambda: bool(writer.newPage()))
    finally:
        painter.end()


def save_count_sheet(sheet: CountSheet, path: Path) -> None:
    """A shelf to count on paper: what to write in, and nothing to copy from (complaint 12)."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(150)
    painter = QPainter(writer)
    try:
        for number, rows in enumerate(_pages(sheet)):
            if number:
                writer.newPage()
            _count_page(painter, sheet, rows, number + 1)
    finally:
        painter.end()


_ROW = 84
"""Dots of a row: room for a hand that writes."""
_TABLE = MARGIN + 190
_PER_PAGE = (HEIGHT - MARGIN - _TABLE) // _ROW
_WIDTHS = (500, 250, 180, 190)
"""Dots of the columns: goods, lot, expiry, counted."""


def _pages(sheet: CountSheet) -> Iterator[list[tuple[str, str]]]:
    rows = [(row.name, " · ".join(part for part in (row.code, row.unit) if part)) for row in sheet.rows]
    rows += [("", "")] * sheet.blank_rows
    yield from (rows[start : start + _PER_PAGE] for start in range(0, len(rows), _PER_PAGE))


def _count_page(painter: QPainter, sheet: CountSheet, rows: Sequence[tuple[str, str]], number: int) -> None:
    painter.setPen(QColor("black"))
    across = WIDTH - 2 * MARGIN
    _text(painter, QRectF(MARGIN, MARGIN, across, 44), words.count_sheet(sheet.place), 30, bold=True)
    _text(painter, QRectF(MARGIN, MARGIN + 50, across, 30), words.page_of(number), 18, bold=False)
    _text(painter, QRectF(MARGIN, MARGIN + 90, across, 30), words.who_counted(), 18, bold=False)
    x = MARGIN
    for width, head in zip(_WIDTHS, words.count_columns(), strict=True):
        _text(painter, QRectF(x + 8, _TABLE - 34, width - 16, 30), head, 18, bold=True)
        x += width
    for nth, (name, below) in enumerate(rows):
        _count_row(painter, _TABLE + nth * _ROW, name, below)


def _count_row(painter: QPainter, y: int, name: str, below: str) -> None:
    x = MARGIN
    for width in _WIDTHS:
        painter.drawRect(x, y, width, _ROW)
        x += width
    _text(painter, QRectF(MARGIN + 8, y + 6, _WIDTHS[0] - 16, 48), name, 18, bold=True)
    _text(painter, QRectF(MARGIN + 8, y + 54, _WIDTHS[0] - 16, 26), below, 14, bold=False)


def save_pngs(blocks: Sequence[Block], folder: Path, stem: str = "labels") -> list[Path]:
    """A picture a page, for a second screen or for a test that reads them."""
    placed = list(_placed(blocks))
    pages = range(placed[-1].page + 1) if placed else range(0)
    return [
        _save_page([one for one in placed if one.page == page], folder / f"{stem}-{page + 1}.png") for page in pages
    ]


def _save_page(placed: Sequence[Placed], path: Path) -> Path:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    try:
        for one in placed:
            _draw(painter, one)
    finally:
        painter.end()
    if not image.save(str(path)):
        raise OSError(f"{path} could not be written")
    return path


def _paint(painter: QPainter, placed: Sequence[Placed], new_page: Callable[[], bool]) -> None:
    page = 0
    for one in placed:
        while page < one.page:
            new_page()
            page += 1
        _draw(painter, one)


def _placed(blocks: Sequence[Block]) -> Iterator[Placed]:
    """Headings and labels in reading order; a heading never stands alone at the foot of a page."""
    page, y = 0, MARGIN
    for block in blocks:
        if y + HEAD_HEIGHT + CELL_HEIGHT > HEIGHT - MARGIN:
            page, y = page + 1, MARGIN
        yield Placed(page, MARGIN, y, block.title, None)
        y += HEAD_HEIGHT
        for row in _rows(block.labels):
            if y + CELL_HEIGHT > HEIGHT - MARGIN:
                page, y = page + 1, MARGIN
            yield from (Placed(page, MARGIN + nth * CELL_WIDTH, y, "", label) for nth, label in enumerate(row))
            y += CELL_HEIGHT


def _rows(labels: Sequence[PaperLabel]) -> Iterator[Sequence[PaperLabel]]:
    return (labels[start : start + COLUMNS] for start in range(0, len(labels), COLUMNS))


def _draw(painter: QPainter, one: Placed) -> None:
    painter.setPen(QColor("black"))
    if one.label is None:
        _text(painter, QRectF(one.x, one.y, WIDTH - 2 * MARGIN, HEAD_HEIGHT), one.heading, 22, bold=True)
        return
    across = CELL_WIDTH - 20
    module = max(1, min(MODULE, across // one.label.symbol.width))
    high = module * one.label.symbol.height
    _modules(painter, one.label.symbol, one.x, one.y, module)
    _text(painter, QRectF(one.x, one.y + high + 4, across, 48), one.label.title, 16, bold=True)
    _text(painter, QRectF(one.x, one.y + high + 54, across, 44), one.label.detail, 13, bold=False)


def _modules(painter: QPainter, symbol: Symbol, x: int, y: int, module: int) -> None:
    for down, row in enumerate(symbol.rows):
        for across, shade in enumerate(row):
            if not shade:
                painter.fillRect(x + across * module, y + down * module, module, module, QColor("black"))


def _text(painter: QPainter, box: QRectF, text: str, pixels: int, *, bold: bool) -> None:
    font = QFont("DejaVu Sans")
    font.setPixelSize(pixels)
    font.setBold(bold)
    painter.setFont(font)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWrapAnywhere
    painter.drawText(box, flags, text)
