"""The open question of a job: its sentence, the facts that do not agree, the field to fill, the ways to answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client import messages
from client.pages.entry import Entry
from client.pages.rows import Rows
from client.words import window, written
from client.work.answer import Choice, Command, Question

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_FIELDS: Final = {
    "lot": "text",
    "serial": "text",
    "expiry": "date",
    "qty": "number",
    "found": "number",
    "note": "text",
    "order": "text",
    "reason": "text",
    "cold": "text",
}
"""What is typed; a place, a badge and a witness are scanned."""
_ICONS: Final = {
    "set_aside": "warning",
    "refuse_at_door": "cross",
    "as_on_label": "scan",
    "label_as_read": "scan",
    "read_so": "scan",
    "keep_scanned_lot": "scan",
    "as_in_odoo": "box",
    "as_in_delivery": "clock",
    "use_known_lot": "box",
    "this_product": "box",
    "make_lot": "plus",
    "make_lot_unreadable": "plus",
    "keep_rest_open": "waiting",
    "go_on_scanning": "scan",
    "move_from_here": "move",
    "count_here": "count",
    "use_here": "person",
    "take_now_here": "clock",
    "waste_here": "erase",
    "arrive_here": "receive",
    "nothing": "cross",
    "this_draft": "file",
    "these_papers": "file",
    "this_transfer": "move",
    "this_request": "move",
    "take_it_over": "person",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer, as a row. `barred`: the role at the device may not choose it."""

    key: str
    command: str
    title: str
    below: str
    picture: str
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One of two facts that do not agree. `ours` marks the one just scanned."""

    key: str
    label: str
    value: str
    below: str
    picture: str
    ours: bool


@QmlElement
class Ask(QObject):
    """What must be answered before anything is added."""

    changed = Signal()
    opened = Signal()

    def __init__(self, say: Callable[[Command], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._question: Question | None = None
        self._number = 0
        self._choices = Rows(Way, self)
        self._compared = Rows(Claim, self)
        self.typed = Entry(self)
        self.typed.changed.connect(self.changed)

    def show(self, question: Question | None) -> None:
        """Ask this, or nothing. The same question again leaves what was typed."""
        if question == self._question:
            return
        self._question = question
        self._choices.show([_way(choice) for choice in question.choices] if question else [])
        self._compared.show(_claims(question) if question else [])
        field = question.asks_for if question else ""
        kind = _FIELDS.get(field, "")
        self.typed.open(field, kind, window.field_label(field) if kind else "", _unit(question))
        self.changed.emit()
        if question:
            self.opened.emit()

    def ask_quantity(self, label: str, unit: str, now: str, number: int) -> None:
        """Ask how many of the item of that number; the answer is the job's own `qty`, which names it."""
        self._number = number
        self._question = Question("how_many", {"product": label}, (), "qty")
        self._choices.show([])
        self._compared.show([])
        self.typed.open("qty", "number", window.field_label("qty"), unit, now)
        self.changed.emit()
        self.opened.emit()

    def ask_pin(self, person: str) -> None:
        """Ask for the PIN of whoever showed their badge; it is never shown, kept or repeated."""
        self._question = Question("pin", {"person": person}, (), "pin")
        self._choices.show([])
        self._compared.show([])
        self.typed.open("pin", "pin", window.field_label("pin"))
        self.changed.emit()
        self.opened.emit()

    @Property(bool, notify=changed)
    def open(self) -> bool:
        return self.asking

    @property
    def asking(self) -> bool:
        """A question is open."""
        return self._question is not None

    @property
    def code(self) -> str:
        """Which question it is, empty while none is asked."""
        return self._question.code if self._question else ""

    def words(self) -> tuple[str, str]:
        """The question and what to know before answering."""
        asked = self._question
        return (messages.question(asked), messages.question_hint(asked)) if asked else ("", "")

    @Property(str, notify=changed)
    def title(self) -> str:
        return self.words()[0]

    @Property(QObject, notify=changed)
    def choices(self) -> QObject:
        return self._choices

    @Property(QObject, notify=changed)
    def compared(self) -> QObject:
        return self._compared

    @Property(Entry, notify=changed)
    def entry(self) -> Entry:
        return self.typed

    @Slot(str)
    def answer(self, command: str) -> None:
        """One of the ways was chosen."""
        self._say(Command.parse(command))

    @Slot()
    def enter(self) -> None:
        """The field is filled."""
        if self.typed.filled():
            told = self.typed.command()
            of = f" of {self._number}" if self.code == "how_many" else ""
            self._say(Command(told.name, told.value + of))


def _way(choice: Choice) -> Way:
    command = f"{choice.command.name} {choice.command.value}".strip()
    return Way(
        key=f"{choice.code} {command}",
        command=command,
        title=messages.choice(choice),
        below=messages.choice_detail(choice),
        picture=_ICONS.get(choice.code, "check"),
        barred=not choice.allowed,
    )


def _claims(question: Question) -> list[Claim]:
    """Two dates of one lot stand side by side, large (look 5)."""
    label, known = question.facts.get("label"), question.facts.get("known")
    if question.code != "lot_two_dates" or not isinstance(label, date) or not isinstance(known, date):
        return []
    source = str(question.facts.get("source", "odoo"))
    return [
        Claim("label", window.claim("label"), str(label.day), written.month(label), "scan", ours=True),
        Claim("known", window.claim(source), str(known.day), written.month(known), "box", ours=False),
    ]


def _unit(question: Question | None) -> str:
    return str(question.facts.get("unit", "")) if question else ""
