"""One transaction of the outbox as a page shows it: its state, its lines, its story, and the ways out of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client import messages
from client.pages.ask import Way
from client.pages.rows import Rows
from client.pages.telling import Telling
from client.words import outbox, receive_page, written
from sync.choices import DONE_ALL_THE_SAME
from sync.store.outbox import Entry
from sync.transaction import Status

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

ICONS: Final = {
    "refused": "cross",
    "waiting": "waiting",
    "queued": "outbox",
    "sending": "outbox",
    "done": "check",
    "withdrawn": "undo",
}
TONES: Final = {"refused": "no", "done": "ok"}
_STORY: Final = {
    "confirmed": ("check", "ok"),
    "sending": ("outbox", ""),
    "done": ("check", "ok"),
    "unknown": ("question", ""),
    "not_reached": ("offline", ""),
    "refused": ("cross", "no"),
    "withdrawn": ("undo", ""),
}


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One line of a body, as a person reads it."""

    key: str
    name: str
    detail: str
    number: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a transaction."""

    key: str
    at: str
    told: str
    picture: str
    tone: str


_WAYS: Final = {
    "way_withdraw": "undo",
    "way_post_again": "outbox",
    "way_correct": "file",
    "way_post_difference": "plus",
    "way_really_more": "plus",
    "way_without_order": "receive",
    "way_use_label": "scan",
    "way_keep_odoo": "box",
    "way_choose_lot": "box",
    "way_choose_shelf": "shelf",
    "way_choose_owner": "person",
    "way_move_anyway": "move",
    "way_to_quarantine": "warning",
    "way_recount": "count",
    "way_keep_ours": "check",
    "way_settle_in_odoo": "person",
    "way_call_support": "question",
    "way_with": "check",
    "release": "outbox",
}


@QmlElement
class TransactionFacts(QObject):
    """The transaction whose details are open."""

    changed = Signal()
    settled = Signal(str)

    def __init__(self, names: Telling, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._entry: Entry | None = None
        self._behind = ""
        self._lines, self._ways, self._story = Rows(BodyLine, self), Rows(Way, self), Rows(Step, self)

    def show(self, entry: Entry | None, behind: str) -> None:
        """Show this one; `behind` is the document it waits for, empty for none."""
        self._entry, self._behind = entry, behind
        self._lines.show(_lines(entry, self._names) if entry else [])
        self._ways.show(_ways(entry, self._names) if entry else [])
        self._story.show(_story(entry, self._names) if entry else [])
        self.changed.emit()

    def _state(self) -> str:
        return state_of(self._entry) if self._entry else "queued"

    @Property(str, notify=changed)
    def key(self) -> str:
        return self._entry.uuid if self._entry else ""

    @Property(bool, notify=changed)
    def refused(self) -> bool:
        """It waits for a decision: refused, or done although it was not wanted any more."""
        return self._state() == "refused" or bool(self._entry and self._entry.code == DONE_ALL_THE_SAME)

    @Property(str, notify=changed)
    def title(self) -> str:
        if self._entry is None:
            return ""
        if self._state() == "refused":
            return self._names.refused(self._entry)[0]
        return title_of(self._entry, self._names)

    @Property(str, notify=changed)
    def detail(self) -> str:
        if self._entry is None:
            return ""
        if self._state() == "refused":
            return self._names.refused(self._entry)[1]
        differs = self._entry.outcome.differs if self._entry.outcome else ()
        return outbox.differs(differs) or detail_of(self._entry, self._names)

    @Property(str, notify=changed)
    def document(self) -> str:
        return outbox.document(self._entry.transaction, self._entry.outcome) if self._entry else ""

    @Property(str, notify=changed)
    def state(self) -> str:
        return outbox.transaction_state(self._state(), self._behind)

    @Property(str, notify=changed)
    def stateGlyph(self) -> str:
        return ICONS[self._state()]

    @Property(str, notify=changed)
    def stateTone(self) -> str:
        return TONES.get(self._state(), "")

    @Property(QObject, notify=changed)
    def lines(self) -> QObject:
        return self._lines

    @Property(QObject, notify=changed)
    def ways(self) -> QObject:
        return self._ways

    @Property(QObject, notify=changed)
    def story(self) -> QObject:
        return self._story

    @Slot(str)
    def settle(self, command: str) -> None:
        """One of the ways out was chosen."""
        self.settled.emit(command)


def state_of(entry: Entry) -> str:
    """Its status, or `waiting` where it stands behind another."""
    if entry.waiting_behind and entry.status is Status.QUEUED:
        return "waiting"
    return str(entry.status)


def title_of(entry: Entry, names: Telling) -> str:
    """What was done to which goods."""
    return outbox.transaction_title(entry.transaction, names.product)


def detail_of(entry: Entry, names: Telling) -> str:
    """Odoo's document, who, when."""
    done = entry.settled_at if entry.status is Status.DONE else None
    at = names.hour(done or entry.queued_at)
    return outbox.transaction_detail(entry.transaction, entry.outcome, at, done=done is not None)


def _lines(entry: Entry, names: Telling) -> list[BodyLine]:
    return [
        BodyLine(
            key=str(line.number),
            name=names.product(line.product_id),
            detail=" · ".join(receive_page.line_detail([(line.lot_name, line.expiry)], "", serial=False)).strip(" ·")
            if line.lot_name
            else "",
            number=written.number(Decimal(line.done)),
        )
        for line in entry.transaction.lines
    ]


def _ways(entry: Entry, names: Telling) -> list[Way]:
    return [
        Way(
            key=f"{choice.command.name} {choice.command.value}",
            command=f"{choice.command.name} {choice.command.value}",
            title=messages.choice(choice),
            below=messages.choice_detail(choice),
            picture=_WAYS.get(choice.code, "forward"),
            barred=not choice.allowed,
        )
        for choice in names.ways(entry)
    ]


def _story(entry: Entry, names: Telling) -> list[Step]:
    steps = []
    for event in names.story(entry.uuid):
        icon, tone = _STORY.get(event.event, ("more", ""))
        facts = {"person": event.person, **_outcome_facts(entry), **event.facts}
        steps.append(Step(str(event.seq), names.hour(event.at), outbox.event(event.event, facts), icon, tone))
    return steps


def _outcome_facts(entry: Entry) -> dict[str, object]:
    return {"picking": entry.outcome.picking_name} if entry.outcome else {}
