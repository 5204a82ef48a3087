"""What is being typed as an answer: a date in three parts, a number, or letters. Nothing is judged here."""

from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.work.answer import Command
from client.work.days import typed_day
from client.work.site.pin import SHORTEST

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_DATE_SIZES = (4, 2, 2)
_MOST_DIGITS = 9
_CENTURY = "20"
_SCANNED = frozenset({"lot", "serial", "note", "order", "join"})


@QmlElement
class Entry(QObject):
    """The open field. `kind` is date, number, pin, text, or empty while nothing is to be typed."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = self._kind = self._text = self._label = self._unit = ""
        self._parts = ["", "", ""]
        self._part = 0
        self._fresh = False

    def open(self, command: str, kind: str, label: str = "", unit: str = "", text: str = "") -> None:
        """Begin to fill the field whose answer is `command`. A given text is replaced by the first key."""
        self._name, self._kind, self._label, self._unit, self._text = command, kind, label, unit, text
        self._parts = [_CENTURY, "", ""]
        self._part = 0
        self._fresh = bool(text)
        self.changed.emit()

    def again(self) -> None:
        """It was not taken: letters stay to be mended, the first key of another number or day replaces the old one."""
        if self._kind == "date":
            self.open(self._name, self._kind, self._label, self._unit)
        else:
            self._fresh = self._kind == "number"

    def close(self) -> None:
        """Nothing is to be typed."""
        if self._kind:
            self.open("", "")

    def command(self) -> Command:
        """What the filled field answers."""
        value = self.day.isoformat() if self.day else self._text.strip()
        return Command(self._name, value)

    @property
    def asks(self) -> bool:
        """Something is to be typed."""
        return bool(self._kind)

    @property
    def day(self) -> date | None:
        """The day typed so far; without a day the last of the month, as it is meant on packs (ward 14)."""
        return typed_day("-".join(part for part in self._parts if part)) if self._kind == "date" else None

    @property
    def written(self) -> str:
        """The letters so far."""
        return self._text.strip()

    @Property(str, notify=changed)
    def kind(self) -> str:
        return self._kind

    @Property(str, notify=changed)
    def sign(self) -> str:
        """On the main action until it is filled: the keys; the code, where it may be scanned or nothing is typed."""
        return "scan" if not self._kind or self._name in _SCANNED else "keys"

    @Property(str, notify=changed)
    def label(self) -> str:
        return self._label

    @Property(str, notify=changed)
    def unit(self) -> str:
        return self._unit

    @Property(str, notify=changed)
    def text(self) -> str:
        """What was typed so far; of a PIN only how long it is."""
        return "•" * len(self._text) if self._kind == "pin" else self._text

    @Property(str, notify=changed)
    def year(self) -> str:
        return self._parts[0]

    @Property(str, notify=changed)
    def month(self) -> str:
        return self._parts[1]

    def _day(self) -> str:
        return self._parts[2]

    # `day` is the date above; QML knows the third part by this name.
    dayPart = Property(str, _day, notify=changed)

    @Property(int, notify=changed)
    def part(self) -> int:
        return self._part

    def filled(self) -> bool:
        """It can be given as the answer."""
        if self._kind == "date":
            return self.day is not None
        if self._kind == "pin":
            return len(self._text) >= SHORTEST
        return bool(self._text.strip()) if self._kind == "text" else (self._number() or 0) > 0

    @Slot(str, result=bool)
    def type(self, keys: str) -> bool:
        """Take what a key wrote; False for keys that are not for this field."""
        if keys == "\b":
            self.erase()
        elif self._kind == "date" and keys in {".", "-", "/", " "}:
            if self._parts[self._part]:  # after 2 the month is over already, and a separator says nothing new
                self.next()
        elif keys.isascii() and (keys.isdigit() or (keys in {".", ","} and self._kind == "number")):
            self._write(keys)
        else:
            return False
        return True

    @Slot(str)
    def write(self, text: str) -> None:
        """The whole text, as an input field has it."""
        self._text = text
        self.changed.emit()

    @Slot()
    def erase(self) -> None:
        """One character back; in an empty date part, the part before it."""
        if self._kind == "date":
            if not self._parts[self._part] and self._part:
                self._part -= 1
            self._parts[self._part] = self._parts[self._part][:-1]
        else:
            self._text = "" if self._fresh else self._text[:-1]
        self._fresh = False
        self.changed.emit()

    @Slot()
    def next(self) -> None:
        """Go on to the next part of the date; 27 becomes 2027, 8 becomes 08."""
        self._tidy()
        self._part = (self._part + 1) % 3
        self.changed.emit()

    @Slot(int)
    def go(self, part: int) -> None:
        """Fill that part of the date anew."""
        self._tidy()
        self._part = part
        self._parts[part] = "" if part else _CENTURY
        self.changed.emit()

    @Slot(int)
    def step(self, by: int) -> None:
        """One more or one less, never below nothing."""
        self._text = format(max((self._number() or Decimal(0)) + by, Decimal(0)), "f")
        self._fresh = False
        self.changed.emit()

    def _tidy(self) -> None:
        part = self._parts[self._part]
        if self._part == 0 and len(part) == 2:  # noqa: PLR2004 - two digits of a year
            self._parts[0] = _CENTURY if part == _CENTURY else _CENTURY + part
        elif self._part and len(part) == 1:
            self._parts[self._part] = f"0{part}"

    def _write(self, key: str) -> None:
        if self._kind == "date":
            self._write_date(key)
        elif len(self._text) < _MOST_DIGITS or self._fresh:
            self._text = key if self._fresh else self._text + key
        self._fresh = False
        self.changed.emit()

    def _write_date(self, key: str) -> None:
        size = _DATE_SIZES[self._part]
        if len(self._parts[self._part]) == size and self._part < 2:  # noqa: PLR2004 - the day is the last part
            self._part += 1
            size = _DATE_SIZES[self._part]
        if len(self._parts[self._part]) < size:
            self._parts[self._part] += key
        # 4 can only be April, and 2031 can only be followed by a month.
        if len(self._parts[self._part]) == size and self._part == 0:
            self._part = 1
        elif self._part == 1 and (len(self._parts[1]) == size or self._parts[1] > "1"):
            self._tidy()
            self._part = 2

    def _number(self) -> Decimal | None:
        try:
            return Decimal(self._text.replace(",", "."))
        except InvalidOperation:
            return None
