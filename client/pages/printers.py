"""The printers of this machine, as the system knows them. A machine without any is ordinary: then there is the PDF.

Qt's printing is imported when somebody asks for it: the window does not wait for it, nor a handheld ever load it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageSize, QPainter

from client.pages.sheet import HEIGHT, WIDTH, Page, paint
from sync.errors import WardstockError


def names() -> tuple[str, ...]:
    """All that can be printed on, the system's own choice first."""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - see above

    first = QPrinterInfo.defaultPrinterName()
    found = QPrinterInfo.availablePrinterNames()
    return tuple(sorted(found, key=lambda name: (name != first, name)))


def print_pages(pages: Sequence[Page], name: str, title: str, file: str = "") -> None:
    """On that printer, in A4; into `file` instead where one is named. Raises WardstockError("printer_refuses")."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # noqa: PLC0415 - see above

    info = QPrinterInfo.printerInfo(name)
    printer = QPrinter(info) if not info.isNull() else QPrinter()
    if file:
        printer.setOutputFileName(file)
    elif info.isNull():
        raise WardstockError("printer_refuses", printer=name)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    if not painter.begin(printer):
        raise WardstockError("printer_refuses", printer=name)
    painter.setWindow(0, 0, WIDTH, HEIGHT)  # a dot of ours is a whole number of the printer's at 300, 600, 1200 dpi
    paint(painter, pages, printer.newPage)


@dataclass(frozen=True)
class Printers:
    """What a page may print on; tests have their own."""

    names: Callable[[], tuple[str, ...]] = names
    print: Callable[[Sequence[Page], str, str], None] = print_pages
