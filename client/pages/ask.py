"""The open question of a job: its sentence, the facts that do not agree, the field to fill, the ways to answer."""

from collections.abc import Callable, Sequence
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
    "place": "text",
}
"""What is typed; a badge and a witness are scanned."""
_SAID_AS: Final = {"place": "scan"}
"""What a typed answer is said as, where it is not the field's own word: a place is named instead of scanned."""
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
    """One way to answer, as a row. `barred`: the role at the device may not choose it. `exact`: it is what is typed,
    not a part of it."""

    key: str
    command: str
    title: str
    below: str
    picture: str
    barred: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One of two facts that do not agree. `ours` marks the one just scanned."""

    key: str
    label: str
    value: str
    below: str
    picture: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Field:
    """Something to type. Its answer is said as `command`, with `after` behind it; `kind` as in `Entry`. `known`: only
    what is found under the letters can be meant."""

    command: str
    kind: str
    label: str
    after: str = ""
    unit: str = ""
    now: str = ""
    known: bool = False


@dataclass(frozen=True)
class Own:
    """A question the page asks by itself, on the way to a word for the job. `find` gives ways for what is typed."""

    code: str
    title: str
    hint: str
    ways: Sequence[Way] = ()
    typed: Field | None = None
    find: Callable[[str], Sequence[Way]] | None = None
    then: Callable[[str], None] | None = None


@QmlElement
class Ask(QObject):
    """What must be answered before anything is added. `places` finds places by name, where one is asked for."""

    changed = Signal()
    opened = Signal()

    def __init__(
        self,
        say: Callable[[Command], None],
        parent: QObject | None = None,
        places: Callable[[str], Sequence[Way]] = lambda _text: (),
    ) -> None:
        super().__init__(parent)
        self._say, self._places = say, places
        self._question: Question | None = None
        self._own: Own | None = None
        self._ways: list[Way] = []
        self._found: Sequence[Way] = ()
        self.entering = False
        """What is typed is being answered."""
        self._choices = Rows(Way, self)
        self._compared = Rows(Claim, self)
        self.typed = Entry(self)
        self.typed.changed.connect(self._type)

    def show(self, question: Question | None, also: Sequence[Way] = ()) -> None:
        """Ask this, or nothing, with more ways than its own. The same question again leaves what was typed."""
        if question == self._question and self._own is None:
            return
        self._question, self._own, self._found = question, None, ()
        self._ways = [*(_way(choice) for choice in question.choices), *also] if question else []
        self._choices.show(self._ways)
        self._compared.show(_claims(question) if question else [])
        name = question.asks_for if question else ""
        kind = _FIELDS.get(name, "")
        self.typed.open(_SAID_AS.get(name, name), kind, window.field_label(name) if kind else "", _unit(question))
        self.changed.emit()
        if question:
            self.opened.emit()

    def pose(self, own: Own) -> None:
        """Ask this first; `drop` goes back to what the job asks."""
        self._own = own
        self._ways = list(own.ways)
        self._compared.show([])
        field_ = own.typed or Field("", "", "")
        self.typed.open(field_.command, field_.kind, field_.label, field_.unit, field_.now)
        self._type()
        self.opened.emit()

    def _type(self) -> None:
        """A letter more or less: what is found goes before the other ways."""
        own, text = self._own, self.typed.written
        find = own.find if own else self._places if self._wants_place and (text or not self._ways[:-1]) else None
        self._found = find(text) if find else ()
        self._choices.show([*self._found, *self._ways])
        self.changed.emit()

    @property
    def _wants_place(self) -> bool:
        return self._own is None and self._question is not None and self._question.asks_for == "place"

    @property
    def _known(self) -> bool:
        """Letters mean one of what is found, or nothing."""
        typed = self._own.typed if self._own else None
        return bool(self.typed.written) and (self._wants_place or bool(typed and typed.known))

    @property
    def meant(self) -> Way | None:
        """The one the letters mean: named so exactly, else the only one that is found."""
        found = [way for way in self._found if way.exact] or self._found
        return found[0] if self._known and len(found) == 1 else None

    @property
    def choosing(self) -> bool:
        """The letters mean several: one of them is to be chosen."""
        return self._known and len(self._found) > 1 and self.meant is None

    @property
    def ready(self) -> bool:
        """What is typed can be said."""
        return self.typed.filled() and not self.choosing

    @property
    def own(self) -> bool:
        """What is asked comes from the page, so that it can be left without a word."""
        return self._own is not None

    def ask_pin(self, person: str) -> None:
        """Ask for the PIN of whoever showed their badge; it is never shown, kept or repeated."""
        asked = Question("pin", {"person": person})
        field_ = Field("pin", "pin", window.field_label("pin"))
        self.pose(Own("pin", messages.question(asked), messages.question_hint(asked), typed=field_))

    @Property(bool, notify=changed)
    def open(self) -> bool:
        return self.asking

    @property
    def below(self) -> Question | None:
        """What the job asks, whatever the page asks above it."""
        return self._question

    @property
    def asking(self) -> bool:
        """A question is open."""
        return self._question is not None or self._own is not None

    @property
    def code(self) -> str:
        """Which question it is, empty while none is asked."""
        return self._own.code if self._own else self._question.code if self._question else ""

    def words(self) -> tuple[str, str]:
        """The question and what to know before answering."""
        if self._own:
            return self._own.title, self._own.hint
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
        if self._own and self._own.then:
            self._own.then(command)
        else:
            self._say(Command.parse(command))

    @Slot()
    def enter(self) -> None:
        """The field is filled."""
        if not (self.asking and self.ready):
            return
        self.entering = True
        try:
            self._enter()
        finally:
            self.entering = False

    def _enter(self) -> None:
        if meant := self.meant:
            self.answer(meant.command)
        else:
            told = self.typed.command()
            after = self._own.typed.after if self._own and self._own.typed else ""
            self._say(Command(told.name, told.value + after))


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
