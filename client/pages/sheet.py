"""Labels on paper: drawn module by module, so that every printer and every scanner sees sharp edges."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageSize, QPainter, QPdfWriter, QPen

from client.papers import Block, CountSheet, PaperLabel, Symbol
from client.words import paper as words

WIDTH, HEIGHT, MARGIN = 1240, 1754, 60
"""An A4 page at 150 dots per inch."""
COLUMNS, WIDE_COLUMNS = 3, 2
CELL_HEIGHT, LINEAR_HEIGHT, HEAD_HEIGHT = 250, 195, 50
MODULE, BAR = 4, 2
"""Dots a module of a DataMatrix takes: 0.68 mm, easy for any imager. And the narrowest bar of a linear code: 0.34 mm.
Where a block has one that needs more than a third of the page for that, each of it gets half the page."""
FINE = 2
"""A code longer still is drawn in halves of a dot: whole ones of a printer at 300 dots an inch, and of a picture."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label, or a block's heading (`label` None), at its place on a page."""

    page: int
    x: int
    y: int
    across: int
    heading: str
    label: PaperLabel | None


Page = Callable[[QPainter], None]
"""Draws one page of A4, a unit a dot."""


def label_pages(blocks: Sequence[Block]) -> list[Page]:
    """Labels, block by block."""
    placed = list(_placed(blocks))
    return [_labels_of(placed, number) for number in range(placed[-1].page + 1 if placed else 0)]


def count_pages(sheet: CountSheet) -> list[Page]:
    """A shelf to count on paper: what to write in, and nothing to copy from (complaint 12)."""
    return [_count_sheet(sheet, rows, number) for number, rows in enumerate(_rows_of_pages(sheet), 1)]


def badge_pages(badges: Sequence[PaperLabel]) -> list[Page]:
    """Badges of people, cards of 86 by 54 mm to be cut out; ten of them a page."""
    each = _ACROSS * _DOWN
    return [_cards(badges[start : start + each]) for start in range(0, len(badges), each)]


_CARD_WIDTH, _CARD_HEIGHT = 505, 319
"""ID-1, what every badge holder takes (ISO/IEC 7810), in dots."""
_ACROSS, _DOWN = 2, 5
_LONG_NAME = 24


def _cards(badges: Sequence[PaperLabel]) -> Page:
    left, top = (WIDTH - _ACROSS * _CARD_WIDTH) // 2, (HEIGHT - _DOWN * _CARD_HEIGHT) // 2

    def draw(painter: QPainter) -> None:
        for nth, badge in enumerate(badges):
            _card(painter, badge, left + nth % _ACROSS * _CARD_WIDTH, top + nth // _ACROSS * _CARD_HEIGHT)

    return draw


def _card(painter: QPainter, badge: PaperLabel, x: int, y: int) -> None:
    painter.setPen(QPen(QColor("gray"), 1, Qt.PenStyle.DashLine))
    painter.drawRect(x, y, _CARD_WIDTH, _CARD_HEIGHT)
    painter.setPen(QColor("black"))
    within, whole = _CARD_WIDTH - 48, Qt.TextFlag.TextWordWrap
    size = 24 if len(badge.title) > _LONG_NAME else 32
    text(painter, QRectF(x + 24, y + 24, within, 84), badge.title, size, bold=True, wrap=whole)
    text(painter, QRectF(x + 24, y + 112, within, 30), badge.detail, 20, bold=False, wrap=whole)
    wide, high = BAR * badge.symbol.width, BAR * badge.symbol.height
    modules(painter, badge.symbol, x + (_CARD_WIDTH - wide) // 2, y + _CARD_HEIGHT - 24 - high, BAR)


def save_pages(pages: Sequence[Page], path: Path) -> None:
    """As one PDF, for a printer. Raises OSError where it cannot be written."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(150)
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(f"{path} could not be written")
    paint(painter, pages, writer.newPage)


def paint(painter: QPainter, pages: Sequence[Page], new_page: Callable[[], bool]) -> None:
    """All pages with a painter that has begun; it is ended here."""
    try:
        for number, page in enumerate(pages):
            if number:
                new_page()
            page(painter)
    finally:
        painter.end()


def picture_of(page: Page) -> QImage:
    """The page as it will be printed, at 300 dots an inch."""
    image = QImage(FINE * WIDTH, FINE * HEIGHT, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(FINE, FINE)
    try:
        page(painter)
    finally:
        painter.end()
    return image


def save_pdf(blocks: Sequence[Block], path: Path) -> None:
    """All labels as one PDF, for a printer."""
    save_pages(label_pages(blocks), path)


def save_count_sheet(sheet: CountSheet, path: Path) -> None:
    """A count sheet as PDF."""
    save_pages(count_pages(sheet), path)


def save_pngs(blocks: Sequence[Block], folder: Path, stem: str = "labels") -> list[Path]:
    """A picture a page, for a second screen or for a test that reads them."""
    paths = []
    for number, page in enumerate(label_pages(blocks), 1):
        paths.append(folder / f"{stem}-{number}.png")
        if not picture_of(page).save(str(paths[-1])):
            raise OSError(f"{paths[-1]} could not be written")
    return paths


def _labels_of(placed: Sequence[Placed], number: int) -> Page:
    here = [one for one in placed if one.page == number]

    def draw(painter: QPainter) -> None:
        for one in here:
            _draw(painter, one)

    return draw


def _count_sheet(sheet: CountSheet, rows: Sequence[tuple[str, str]], number: int) -> Page:
    return lambda painter: _count_page(painter, sheet, rows, number)


_ROW = 84
"""Dots of a row: room for a hand that writes."""
_TABLE = MARGIN + 190
_PER_PAGE = (HEIGHT - MARGIN - _TABLE) // _ROW
_WIDTHS = (500, 250, 180, 190)
"""Dots of the columns: goods, lot, expiry, counted."""


def _rows_of_pages(sheet: CountSheet) -> Iterator[list[tuple[str, str]]]:
    rows = [(row.name, " · ".join(part for part in (row.code, row.unit) if part)) for row in sheet.rows]
    rows += [("", "")] * sheet.blank_rows
    yield from (rows[start : start + _PER_PAGE] for start in range(0, len(rows), _PER_PAGE))


def _count_page(painter: QPainter, sheet: CountSheet, rows: Sequence[tuple[str, str]], number: int) -> None:
    painter.setPen(QColor("black"))
    across = WIDTH - 2 * MARGIN
    text(painter, QRectF(MARGIN, MARGIN, across, 44), words.count_sheet(sheet.place), 30, bold=True)
    text(painter, QRectF(MARGIN, MARGIN + 50, across, 30), words.page_of(number), 18, bold=False)
    text(painter, QRectF(MARGIN, MARGIN + 90, across, 30), words.who_counted(), 18, bold=False)
    x = MARGIN
    for width, head in zip(_WIDTHS, words.count_columns(), strict=True):
        text(painter, QRectF(x + 8, _TABLE - 34, width - 16, 30), head, 18, bold=True)
        x += width
    for nth, (name, below) in enumerate(rows):
        _count_row(painter, _TABLE + nth * _ROW, name, below)


def _count_row(painter: QPainter, y: int, name: str, below: str) -> None:
    x = MARGIN
    for width in _WIDTHS:
        painter.drawRect(x, y, width, _ROW)
        x += width
    text(painter, QRectF(MARGIN + 8, y + 6, _WIDTHS[0] - 16, 48), name, 18, bold=True)
    text(painter, QRectF(MARGIN + 8, y + 54, _WIDTHS[0] - 16, 26), below, 14, bold=False)


def _placed(blocks: Sequence[Block]) -> Iterator[Placed]:
    """Headings and labels in reading order; a heading never stands alone at the foot of a page."""
    page, y = 0, MARGIN
    for block in blocks:
        if y + HEAD_HEIGHT + CELL_HEIGHT > HEIGHT - MARGIN:
            page, y = page + 1, MARGIN
        yield Placed(page, MARGIN, y, _cell(1), block.title, None)
        y += HEAD_HEIGHT
        columns = COLUMNS if all(_fits(label.symbol) for label in block.labels) else WIDE_COLUMNS
        cell, high = _cell(columns), _height(block.labels)
        for start in range(0, len(block.labels), columns):
            if y + high > HEIGHT - MARGIN:
                page, y = page + 1, MARGIN
            row = block.labels[start : start + columns]
            yield from (Placed(page, MARGIN + nth * cell, y, cell - _GAP, "", label) for nth, label in enumerate(row))
            y += high


_GAP = 20


def _cell(columns: int) -> int:
    return (WIDTH - 2 * MARGIN) // columns


def _height(labels: Sequence[PaperLabel]) -> int:
    return LINEAR_HEIGHT if all(_is_linear(label.symbol) for label in labels) else CELL_HEIGHT


def _fits(symbol: Symbol) -> bool:
    return not _is_linear(symbol) or BAR * symbol.width <= _cell(COLUMNS) - _GAP


def _is_linear(symbol: Symbol) -> bool:
    return len(set(symbol.rows)) <= _KINDS_OF_ROWS


_KINDS_OF_ROWS = 3
"""Of a linear code: bars, the longer ones of an EAN, and nothing. Any other code has more."""


def _draw(painter: QPainter, one: Placed) -> None:
    painter.setPen(QColor("black"))
    if one.label is None:
        text(painter, QRectF(one.x, one.y, one.across, HEAD_HEIGHT), one.heading, 22, bold=True)
        return
    symbol = one.label.symbol
    module = max(1, min(BAR if _is_linear(symbol) else MODULE, FINE * one.across // symbol.width / FINE))
    high = module * symbol.height
    modules(painter, symbol, one.x, one.y, module)
    text(painter, QRectF(one.x, one.y + high + 4, one.across, 48), one.label.title, 16, bold=True)
    text(painter, QRectF(one.x, one.y + high + 54, one.across, 44), one.label.detail, 13, bold=False)


def modules(painter: QPainter, symbol: Symbol, x: int, y: int, module: float) -> None:
    """A symbol, so many dots a module."""
    for down, row in enumerate(symbol.rows):
        for across, shade in enumerate(row):
            if not shade:
                painter.fillRect(QRectF(x + across * module, y + down * module, module, module), QColor("black"))


def text(
    painter: QPainter,
    box: QRectF,
    written: str,
    pixels: int,
    *,
    bold: bool,
    wrap: Qt.TextFlag = Qt.TextFlag.TextWrapAnywhere,
) -> None:
    """Words in a box; names without blanks break anywhere."""
    font = QFont("DejaVu Sans")
    font.setPixelSize(pixels)
    font.setBold(bold)
    painter.setFont(font)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | wrap
    painter.drawText(box, flags, written)
