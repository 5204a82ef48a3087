"""A list on screen: frozen rows as a Qt model that changes only what changed."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import Property as QtProperty
from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Row(Protocol):
    """A frozen dataclass of text, numbers and booleans. `key` names the row from one state to the next."""

    __dataclass_fields__: ClassVar[dict[str, Any]]  # dataclass's own, typed so in typeshed

    @property
    def key(self) -> str: ...


class Rows(QAbstractListModel):
    """Shows a sequence of rows of one kind. Field names are its roles, in QML's spelling: `put_in` is `putIn`."""

    countChanged = Signal()

    def __init__(self, kind: type[Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = [field.name for field in fields(kind)]
        self._rows: list[Row] = []

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def roleNames(self) -> dict[int, QByteArray]:
        first = int(Qt.ItemDataRole.UserRole)
        return {first + nth: QByteArray(_camel(name).encode()) for nth, name in enumerate(self._names)}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: a role's own type
        nth = role - int(Qt.ItemDataRole.UserRole)
        if not index.isValid() or not 0 <= nth < len(self._names):
            return None
        return getattr(self._rows[index.row()], self._names[nth])

    @QtProperty(int, notify=countChanged)
    def count(self) -> int:
        return len(self._rows)

    def all_of(self, name: str) -> list[Any]:
        """One field of each row: what stands on the screen, for a hand that looks for it."""
        return [getattr(row, name) for row in self._rows]

    def row_of(self, key: str) -> int:
        """Where that row stands, -1 where it is not shown."""
        return next((nth for nth, row in enumerate(self._rows) if row.key == key), -1)

    def show(self, rows: Sequence[Row]) -> None:
        """Become these rows. Rows whose key stays are told of only where they differ: a scan repaints one line."""
        before = len(self._rows)
        if not self._drop_and_add(rows):
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
        self._tell_changes(rows)
        if len(self._rows) != before:
            self.countChanged.emit()

    def _drop_and_add(self, rows: Sequence[Row]) -> bool:
        """Take away what is gone and put in what is new; False where rows that stay changed their order."""
        wanted = [row.key for row in rows]
        if wanted == [row.key for row in self._rows]:
            return True
        staying = set(wanted)
        for nth in reversed(range(len(self._rows))):
            if self._rows[nth].key not in staying:
                self.beginRemoveRows(_NOWHERE, nth, nth)
                del self._rows[nth]
                self.endRemoveRows()
        here = {row.key for row in self._rows}
        if [row.key for row in self._rows] != [key for key in wanted if key in here]:
            return False
        for nth, row in enumerate(rows):
            if row.key not in here:
                self.beginInsertRows(_NOWHERE, nth, nth)
                self._rows.insert(nth, row)
                self.endInsertRows()
        return True

    def _tell_changes(self, rows: Sequence[Row]) -> None:
        for nth, row in enumerate(rows):
            if self._rows[nth] is not row and self._rows[nth] != row:
                self._rows[nth] = row
                self.dataChanged.emit(self.index(nth), self.index(nth))


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
