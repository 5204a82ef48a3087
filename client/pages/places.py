"""Which places a device serves: found by typing or scanning, ticked; what lies below a ticked one is served too."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.rows import Rows
from client.words import first_start as words
from sync.stock import Location, Usage

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_HELD: Final = frozenset({Usage.INTERNAL, Usage.TRANSIT})


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place. `ticked` itself, or `within` one that is; `house`: a warehouse, or another place without shelves."""

    key: str
    name: str
    path: str
    ticked: bool
    within: bool
    house: bool


@QmlElement
class PlacesPage(QObject):
    """`told` hears the ticked ids after each change."""

    changed = Signal()

    def __init__(self, told: Callable[[tuple[int, ...]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = told
        self._places: Sequence[Location] = ()
        self._ticked: set[int] = set()
        self._text = ""
        self._touched = ""
        self._rows = Rows(PlaceRow, self)

    def show(self, places: Iterable[Location], ticked: Iterable[int]) -> None:
        """These are there: what can be served is offered, by its whole name."""
        self._places = sorted(servable(places), key=lambda one: one.complete_name.casefold())
        here = {one.id for one in self._places}
        self._ticked = {id_ for id_ in ticked if id_ in here}
        self._text = ""
        self._show()

    @property
    def ticked(self) -> tuple[int, ...]:
        """The chosen ones, without those another chosen one contains."""
        return tuple(one.id for one in self._places if one.id in self._ticked and not self._within(one))

    def heard(self, text: str) -> Location | None:
        """A scanned label of a place ticks it; None where no place has that code."""
        found = next((one for one in self._places if text in {one.barcode, one.complete_name}), None)
        if found:
            self._ticked.add(found.id)
            self._text, self._touched = "", str(found.id)
            self._keep()
        return found

    @Slot(str)
    def type(self, text: str) -> None:
        """Only places whose whole name or barcode has all these words."""
        self._text = text
        self._show()

    @Slot(str)
    def toggle(self, key: str) -> None:
        """Tick it, or take the tick away."""
        self._ticked ^= {int(key)}
        self._keep()

    def _keep(self) -> None:
        self._told(self.ticked)
        self._show()

    def _within(self, place: Location) -> bool:
        above = place.parent_path.split("/")[:-2]
        return any(id_ and int(id_) in self._ticked for id_ in above)

    def _show(self) -> None:
        wanted = self._text.casefold().split()
        self._rows.show([self._row(one) for one in self._places if _has(one, wanted)])
        self.changed.emit()

    def _row(self, one: Location) -> PlaceRow:
        within = self._within(one)
        ticked = one.id in self._ticked
        return PlaceRow(
            str(one.id), one.name, one.complete_name, ticked, within and not ticked, one.usage is Usage.VIEW
        )

    @Property(QObject, notify=changed)
    def rows(self) -> QObject:
        return self._rows

    @Property(int, notify=changed)
    def touched(self) -> int:
        """Which row was scanned last: it is brought into view."""
        return self._rows.row_of(self._touched)

    @Property(str, notify=changed)
    def text(self) -> str:
        return self._text

    @Property(str, notify=changed)
    def chosen(self) -> str:
        return words.chosen(len(self.ticked))


def servable(places: Iterable[Location]) -> list[Location]:
    """Where goods of the site lie, and what those stand in: no suppliers, patients, adjustments, nothing archived."""
    there = [one for one in places if one.active and not one.gone]
    held = {part for one in there if one.usage in _HELD for part in one.parent_path.split("/")}
    return [one for one in there if one.usage in _HELD or (one.usage is Usage.VIEW and str(one.id) in held)]


def _has(place: Location, wanted: Sequence[str]) -> bool:
    said = f"{place.complete_name} {place.barcode}".casefold()
    return all(word in said for word in wanted)
