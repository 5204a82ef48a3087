"""A code nobody knows here: kept with its delivery, or taught to a product found by typing, by who may."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.rows import Rows
from client.words import teach_page as words
from client.work.answer import Command, Said
from sync.stock import Product

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_MOST: Final = 30
_ON_THE_DOCK: Final = "unknown_on_dock"
_NOBODY_KNOWS: Final = frozenset({"unknown_code", _ON_THE_DOCK})


@dataclass(frozen=True, slots=True)
class Hit:
    """A product that may be meant, as a row."""

    key: str
    name: str
    detail: str


@QmlElement
class TeachPage(QObject):
    """Offered while the last answer was that nobody knows a code, where `may` says it can be taught now by who is here;
    `search` finds products.
    """

    changed = Signal()

    def __init__(
        self,
        search: Callable[[str, int], Sequence[Product]],
        say: Callable[[Command], None],
        may: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._search, self._say, self._may = search, say, may
        self._code = self._text = ""
        self._shown = self._keeps = False
        self._page = self._asked_on = ""
        self._found: dict[str, Product] = {}
        self._rows = Rows(Hit, self)

    def answered(self, said: Said) -> None:
        """What the page answered last. Whatever it is, a search for the code before is over."""
        code = str(said.facts.get("code", "")) if said.code in _NOBODY_KNOWS else ""
        self._code = code if code and self._may(code) else ""
        self._keeps = said.code == _ON_THE_DOCK
        self._shown, self._asked_on = False, self._page
        self.type("")

    def stands(self, page: str) -> None:
        """Another page of the window: what was offered stays with the one it was offered on."""
        self._page = page
        self._shown = self._shown and self._is_here
        self.changed.emit()

    def forget(self) -> None:
        """Who was here is gone, and nothing is offered to who comes."""
        self._code, self._keeps, self._shown = "", False, False
        self.changed.emit()

    @property
    def _is_here(self) -> bool:
        return self._page == self._asked_on

    @Slot()
    def keep(self) -> None:
        """They are goods all the same: with the delivery, until somebody names them (ward 16)."""
        self._say(Command("unidentified"))

    @Slot()
    def open(self) -> None:
        """Look for the product."""
        self._shown = bool(self._code)
        self.changed.emit()

    @Slot(result=bool)
    def close(self) -> bool:
        """Not now; False where nothing was open."""
        was, self._shown = self._shown, False
        self.changed.emit()
        return was

    @Slot(str)
    def type(self, text: str) -> None:
        """The whole text of the field."""
        self._text = text.strip()
        products = self._search(self._text, _MOST) if self._text else ()
        self._found = {str(product.id): product for product in products}
        self._rows.show([Hit(key, one.name, _detail(one)) for key, one in self._found.items()])
        self.changed.emit()

    @Slot(str)
    def choose(self, key: str) -> None:
        """It is that product."""
        product = self._found[key]
        self._say(Command("teach", product.barcode or product.code or product.name))

    @Property(bool, notify=changed)
    def offered(self) -> bool:
        return bool(self._code) and not self._shown and self._is_here

    @Property(bool, notify=changed)
    def keeps(self) -> bool:
        """It can be kept with the open delivery."""
        return self._keeps and not self._shown and self._is_here

    @Property(str, notify=changed)
    def keepText(self) -> str:
        return words.keep()[0]

    @Property(str, notify=changed)
    def keepDetail(self) -> str:
        return words.keep()[1]

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        return self._shown

    @Property(str, notify=changed)
    def offer(self) -> str:
        return words.offer()

    @Property(str, notify=changed)
    def code(self) -> str:
        return self._code

    @Property(str, notify=changed)
    def title(self) -> str:
        return words.title()

    @Property(str, notify=changed)
    def hint(self) -> str:
        return words.hint(self._code)

    @Property(str, notify=changed)
    def text(self) -> str:
        return self._text

    @Property(str, notify=changed)
    def nothing(self) -> str:
        return words.found(len(self._found), self._text)

    @Property(QObject, notify=changed)
    def rows(self) -> QObject:
        return self._rows


def _detail(product: Product) -> str:
    return " · ".join(part for part in (product.code, product.barcode) if part)
