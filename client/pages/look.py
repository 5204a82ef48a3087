"""The look-up page: type or scan, and see what it is and where it lies. It changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.band import Band
from client.pages.looked import Fact, Looked, Sum
from client.pages.rows import Rows
from client.words import look_page
from client.work.answer import Command
from sync.stock import Product

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_MOST = 30


@dataclass(frozen=True, slots=True)
class Act:
    """What may be pressed below."""

    key: str
    command: str
    title: str
    below: str
    picture: str


@QmlElement
class LookPage(QObject):
    """`search` finds products by how their words begin, `say` hands a command to the desk. `noticed` is what somebody
    should look at: it is shown until something is looked for."""

    changed = Signal()

    def __init__(
        self,
        search: Callable[[str, int], Sequence[Product]],
        say: Callable[[Command], None],
        noticed: Callable[[], Sequence[Fact]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._search, self._say, self._noticed = search, say, noticed
        self.heard = Band(self)
        self._text = ""
        self._looked: Looked | None = None
        self._facts = Rows(Fact, self)
        self._acts = Rows(Act, self)
        self._found = 0

    def show(self, looked: Looked) -> None:
        """What was scanned, chosen or typed whole."""
        self._looked, self._text = looked, ""
        self._facts.show(looked.facts)
        self._acts.show([_act(offer.command, offer.title, offer.below, offer.glyph) for offer in looked.acts])
        self.changed.emit()

    def clear(self) -> None:
        """Nothing is looked at: the search begins."""
        self._looked = None
        self._acts.show([])
        self.type("")

    @Slot(str)
    def type(self, text: str) -> None:
        """Each letter narrows what is found."""
        self._text = text
        wanted = text.strip()
        if not wanted and self._looked:
            return
        self._looked = None
        products = self._search(wanted, _MOST) if wanted else []
        self._found = len(products)
        self._facts.show([_found(nth, product) for nth, product in enumerate(products)] if wanted else self._noticed())
        self._acts.show([])
        self.changed.emit()

    @Slot()
    def enter(self) -> None:
        """The text as it stands: a code, a place, an order, a number of ours."""
        if self._text.strip():
            self._say(Command("look", self._text.strip()))

    @Slot(str)
    def press(self, command: str) -> None:
        """A row or an act."""
        if command:
            self._say(Command.parse(command))

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    @Property(str, notify=changed)
    def text(self) -> str:
        return self._text

    @Property(bool, notify=changed)
    def looking(self) -> bool:
        return self._looked is not None

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._looked.title if self._looked else look_page.found(self._found, self._text.strip())[0]

    @Property(str, notify=changed)
    def below(self) -> str:
        return self._looked.below if self._looked else look_page.found(self._found, self._text.strip())[1]

    @Property(bool, notify=changed)
    def summed(self) -> bool:
        return bool(self._looked and self._looked.sum)

    @Property(str, notify=changed)
    def odoo(self) -> str:
        return self._sum().odoo

    @Property(str, notify=changed)
    def at(self) -> str:
        return self._sum().at

    @Property(str, notify=changed)
    def unsent(self) -> str:
        return self._sum().unsent

    @Property(str, notify=changed)
    def sign(self) -> str:
        return self._sum().sign

    @Property(str, notify=changed)
    def here(self) -> str:
        return self._sum().here

    @Property(str, notify=changed)
    def unit(self) -> str:
        return self._sum().unit

    def _sum(self) -> Sum:
        return (self._looked.sum if self._looked else None) or Sum("", "", "", "", "", "")

    @Property(str, notify=changed)
    def note(self) -> str:
        return self._looked.note if self._looked else ""

    @Property(str, notify=changed)
    def noteTone(self) -> str:
        return self._looked.note_tone if self._looked else ""

    @Property(QObject, notify=changed)
    def facts(self) -> QObject:
        return self._facts

    @Property(QObject, notify=changed)
    def acts(self) -> QObject:
        return self._acts


def _found(nth: int, product: Product) -> Fact:
    """The `nth` row: the next letter finds other goods, and they are written into the same rows."""
    detail = " · ".join(part for part in (product.code, product.barcode) if part)
    return Fact(f"found:{nth}", product.name, detail, say=f"look {product.code or product.barcode or product.name}")


def _act(command: Command, title: str, below: str, glyph: str) -> Act:
    said = f"{command.name} {command.value}".strip()
    return Act(said, said, title, below, glyph)
