"""The set-up sheet on paper: one large code, and in words what it says, so that nobody connects to the wrong Odoo."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from client.pages.sheet import MARGIN, WIDTH, Page, modules, text
from client.papers import sheet_symbol
from client.words import paper as words
from client.work.site.invitation import Invitation

_SIDE = 700
_TOP = 330
_STEPS = 1120


def setup_page(invitation: Invitation) -> Page:
    """One page. Raises WardstockError("sheet_too_long")."""
    symbol = sheet_symbol(invitation)

    def draw(painter: QPainter) -> None:
        across, module = WIDTH - 2 * MARGIN, _SIDE // symbol.width
        text(painter, QRectF(MARGIN, MARGIN, across, 70), words.setup_title(), 44, bold=True)
        for nth, line in enumerate(words.setup_lines(invitation)):
            text(painter, QRectF(MARGIN, MARGIN + 90 + 44 * nth, across, 44), line, 26, bold=nth == 0)
        modules(painter, symbol, (WIDTH - module * symbol.width) // 2, _TOP, module)
        for nth, line in enumerate(words.setup_steps(secret=bool(invitation.key))):
            box = QRectF(MARGIN, _STEPS + 84 * nth, across, 84)
            text(painter, box, line, 26, bold=False, wrap=Qt.TextFlag.TextWordWrap)

    return draw
