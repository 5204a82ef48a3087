"""The outbox page: every confirmed transaction with its state, its story, and Odoo's document number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.ask import Way
from client.pages.rows import Rows
from client.words import cards, outbox, receive_page, refusals, written
from sync.store.journal import Entry as Event
from sync.store.outbox import Entry
from sync.transaction import Status

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_TABS: Final = {"refused": "refused", "waiting": "waiting", "queued": "send", "sending": "send", "done": "done"}
_ICONS: Final = {
    "refused": "cross",
    "waiting": "waiting",
    "queued": "outbox",
    "sending": "outbox",
    "done": "check",
    "withdrawn": "undo",
}
_TONES: Final = {"refused": "no", "done": "ok"}
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
class Item:
    """One transaction as a row."""

    key: str
    name: str
    detail: str
    glyph: str
    mark: str
    share: float
    badge: str
    badge_glyph: str
    badge_tone: str
    chosen: bool
    head: str = ""
    head_detail: str = ""


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


@dataclass(frozen=True, slots=True)
class Names:
    """What the page asks of the store to turn ids into words: a product's name, a transaction's story, local time."""

    product: Callable[[int], str]
    story: Callable[[str], Sequence[Event]]
    hour: Callable[[datetime], str]
    may_withdraw: Callable[[Entry], bool]


@QmlElement
class TransactionFacts(QObject):
    """The transaction whose details are open."""

    changed = Signal()
    settled = Signal(str)

    def __init__(self, names: Names, parent: QObject | None = None) -> None:
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
        return _state(self._entry) if self._entry else "queued"

    @Property(str, notify=changed)
    def key(self) -> str:
        return self._entry.uuid if self._entry else ""

    @Property(bool, notify=changed)
    def refused(self) -> bool:
        return self._state() == "refused"

    @Property(str, notify=changed)
    def title(self) -> str:
        if self._entry is None:
            return ""
        if self._state() == "refused":
            return refusals.refusal(self._entry.code, self._entry.facts)[0]
        return _title(self._entry, self._names)

    @Property(str, notify=changed)
    def detail(self) -> str:
        if self._entry is None:
            return ""
        if self._state() == "refused":
            return refusals.refusal(self._entry.code, self._entry.facts)[1]
        differs = self._entry.outcome.differs if self._entry.outcome else ()
        return outbox.differs(differs) or _detail(self._entry, self._names)

    @Property(str, notify=changed)
    def document(self) -> str:
        return outbox.document(self._entry.transaction, self._entry.outcome) if self._entry else ""

    @Property(str, notify=changed)
    def state(self) -> str:
        return outbox.transaction_state(self._state(), self._behind)

    @Property(str, notify=changed)
    def stateGlyph(self) -> str:
        return _ICONS[self._state()]

    @Property(str, notify=changed)
    def stateTone(self) -> str:
        return _TONES.get(self._state(), "")

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


@QmlElement
class OutboxPage(QObject):
    """All unfinished transactions and the newest of the others, by tab."""

    changed = Signal()

    def __init__(
        self, names: Names, withdraw: Callable[[str], None], send: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._names, self._withdraw, self._send = names, withdraw, send
        self._entries: Sequence[Entry] = ()
        self._tab = "all"
        self._chosen = self._last_sent = ""
        self._opened = self._picked = False
        self._rows = Rows(Item, self)
        self._entry = TransactionFacts(names, self)
        self._entry.settled.connect(self._settle)

    def refresh(self, entries: Sequence[Entry], last_sent: str) -> None:
        """Show the outbox as it is now."""
        self._entries, self._last_sent = entries, last_sent
        self._show()

    def _show(self) -> None:
        shown = [entry for entry in self._entries if self._tab in {"all", _TABS.get(_state(entry))}]
        shown.sort(key=lambda entry: _TABS.get(_state(entry)) == "done")
        if not self._picked or all(entry.uuid != self._chosen for entry in shown):
            self._chosen, self._opened, self._picked = (shown[0].uuid if shown else ""), False, False
        behind = {entry.uuid: self._behind(entry) for entry in shown}
        self._rows.show(_headed([self._item(entry, behind[entry.uuid]) for entry in shown], shown))
        chosen = next((entry for entry in shown if entry.uuid == self._chosen), None)
        self._entry.show(chosen, behind[chosen.uuid] if chosen else "")
        self.changed.emit()

    def _behind(self, entry: Entry) -> str:
        older = next((other for other in self._entries if other.uuid == entry.waiting_behind), None)
        return (older.transaction.document.picking_name or older.transaction.reference) if older else ""

    def _item(self, entry: Entry, behind: str) -> Item:
        state = _state(entry)
        done = state == "done"
        return Item(
            key=entry.uuid,
            name=_title(entry, self._names),
            detail=_detail(entry, self._names),
            glyph=_ICONS[state],
            mark="no" if state == "refused" else "",
            share=1.0 if done else -1.0,
            badge="" if done else outbox.transaction_state(state, behind),
            badge_glyph=_ICONS[state],
            badge_tone=_TONES.get(state, ""),
            chosen=entry.uuid == self._chosen,
        )

    def _settle(self, command: str) -> None:
        if command == "withdraw":
            self._withdraw(self._chosen)

    def _count(self, *states: str) -> int:
        return sum(1 for entry in self._entries if _state(entry) in states)

    @Property(str, notify=changed)
    def tab(self) -> str:
        return self._tab

    @Property(int, notify=changed)
    def all(self) -> int:
        return len(self._entries)

    @Property(int, notify=changed)
    def refused(self) -> int:
        return self._count("refused")

    @Property(int, notify=changed)
    def waiting(self) -> int:
        return self._count("waiting")

    @Property(int, notify=changed)
    def toSend(self) -> int:
        return self._count("queued", "sending")

    @Property(int, notify=changed)
    def done(self) -> int:
        return self._count("done")

    @Property(bool, notify=changed)
    def opened(self) -> bool:
        """On the handheld a row was pressed and its details fill the page."""
        return self._opened

    @Property(QObject, notify=changed)
    def rows(self) -> QObject:
        return self._rows

    @Property(TransactionFacts, notify=changed)
    def entry(self) -> TransactionFacts:
        return self._entry

    @Property(str, notify=changed)
    def nothing(self) -> str:
        return outbox.nothing_in_outbox(self._tab, self._last_sent)[0]

    @Property(str, notify=changed)
    def nothingHint(self) -> str:
        return outbox.nothing_in_outbox(self._tab, self._last_sent)[1]

    @Property(bool, notify=changed)
    def canSend(self) -> bool:
        return self._count("queued", "sending", "waiting") > 0

    @Property(str, notify=changed)
    def missing(self) -> str:
        return outbox.nothing_in_outbox("send", "")[0]

    @Slot(str)
    def show(self, tab: str) -> None:
        """Another tab; the same again shows all."""
        self._tab = "all" if tab == self._tab else tab
        self._opened = self._picked = False
        self._show()

    @Slot(str)
    def choose(self, key: str) -> None:
        """A row was pressed."""
        self._chosen, self._opened, self._picked = key, True, True
        self._show()

    @Slot(result=bool)
    def back(self) -> bool:
        """From the details to the list; False when the list is shown already."""
        was, self._opened = self._opened, False
        self.changed.emit()
        return was

    @Slot()
    def send(self) -> None:
        """Try to reach Odoo now."""
        self._send()


def _state(entry: Entry) -> str:
    if entry.waiting_behind and entry.status is Status.QUEUED:
        return "waiting"
    return str(entry.status)


def _title(entry: Entry, names: Names) -> str:
    return outbox.transaction_title(entry.transaction, names.product)


def _detail(entry: Entry, names: Names) -> str:
    done = entry.settled_at if entry.status is Status.DONE else None
    at = names.hour(done or entry.queued_at)
    return outbox.transaction_detail(entry.transaction, entry.outcome, at, done=done is not None)


def _lines(entry: Entry, names: Names) -> list[BodyLine]:
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


def _ways(entry: Entry, names: Names) -> list[Way]:
    if entry.status is Status.REFUSED or (entry.status is Status.QUEUED and entry.first_sent_at is None):
        may = names.may_withdraw(entry)
        title, below = cards.way_out("withdraw", allowed=may)
        return [Way("withdraw", "withdraw", title, below, "undo", barred=not may)]
    return []


def _story(entry: Entry, names: Names) -> list[Step]:
    steps = []
    for event in names.story(entry.uuid):
        icon, tone = _STORY.get(event.event, ("more", ""))
        facts = {"person": event.person, **_outcome_facts(entry), **event.facts}
        steps.append(Step(str(event.seq), names.hour(event.at), outbox.event(event.event, facts), icon, tone))
    return steps


def _outcome_facts(entry: Entry) -> dict[str, object]:
    return {"picking": entry.outcome.picking_name} if entry.outcome else {}


def _headed(items: list[Item], entries: Sequence[Entry]) -> list[Item]:
    """ "Done today" stands above the first that is done, where others come before it."""
    done = [nth for nth, entry in enumerate(entries) if entry.status is Status.DONE]
    if done and done[0] > 0:
        items[done[0]] = replace(items[done[0]], head=outbox.done_today(), head_detail=str(len(done)))
    return items
