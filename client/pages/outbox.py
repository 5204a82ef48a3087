"""The outbox page: what is open and what was settled today, by tab; the details of one are in `transaction.py`."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.band import Band
from client.pages.rows import Rows
from client.pages.telling import Telling
from client.pages.transaction import ICONS, TONES, TransactionFacts, detail_of, state_of, title_of
from client.words import outbox, shift_end
from client.words.tongue import spoken
from client.work.answer import Command
from client.work.remade import Remade
from client.work.shift_end import Left, Owed
from sync.store.outbox import Entry
from sync.transaction import Status

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_ORDER: Final = {"refused": 0, "done": 2}
_MOST: Final = 200
"""So many stand in the list; the numbers on the tabs are of all."""
_BEGUN: Final = frozenset({Left.DRAFT, Left.COMPLETE_LATER, Left.UNIDENTIFIED})
_TABS: Final = {"refused": "refused", "waiting": "waiting", "queued": "send", "sending": "send", "done": "done"}


_Told: TypeAlias = tuple[Entry, str, bool, tuple[object, ...]]
"""All a row is made of: the transaction, what it waits behind, whether it is chosen; what its words depend on."""


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


@QmlElement
class OutboxPage(QObject):
    """All unfinished transactions and those settled today, by tab."""

    changed = Signal()

    def __init__(
        self,
        names: Telling,
        settle: Callable[[str, Command], None],
        send: Callable[[], None],
        open_: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._names, self._settle, self._send, self._open = names, settle, send, open_
        self._owed: Sequence[Owed] = ()
        self._cut = 0
        self.heard = Band(self)
        self._entries: Sequence[Entry] = ()
        self._by_uuid: Mapping[str, Entry] = {}
        self._states = Counter[str]()
        self._tab = "all"
        self._chosen = self._last_sent = ""
        self._opened = self._picked = False
        self._rows = Rows(Item, self)
        self._items = Remade(self._item)
        self._entry = TransactionFacts(names, self)
        self._entry.settled.connect(self._settled)

    def refresh(self, entries: Sequence[Entry], last_sent: str, owed: Sequence[Owed]) -> None:
        """Show the outbox as it is now, and what else is open on this device."""
        self._entries, self._last_sent, self._owed = entries, last_sent, owed
        self._by_uuid = {entry.uuid: entry for entry in entries}
        self._states = Counter(state_of(entry) for entry in entries)
        self._show()

    def _show(self) -> None:
        shown = [entry for entry in self._entries if self._tab in {"all", _TABS.get(state_of(entry))}]
        shown.sort(key=lambda entry: _ORDER.get(state_of(entry), 1))
        self._cut, shown = len(shown), shown[:_MOST]
        if not self._picked or all(entry.uuid != self._chosen for entry in shown):
            self._chosen, self._opened, self._picked = (shown[0].uuid if shown else ""), False, False
        behind = {entry.uuid: self._behind(entry) for entry in shown}
        told_by = (spoken(), *self._names.stands())
        keyed = ((one.uuid, (one, behind[one.uuid], one.uuid == self._chosen, told_by)) for one in shown)
        sent = _headed(self._items.of_each(keyed), shown)
        begun = self._unfinished() if self._tab == "all" else []
        self._rows.show([*begun, *sent] if self._cut > _MOST else [*sent, *begun])
        chosen = next((entry for entry in shown if entry.uuid == self._chosen), None)
        self._entry.show(chosen, behind[chosen.uuid] if chosen else "")
        self.changed.emit()

    def _unfinished(self) -> list[Item]:
        """Jobs somebody has begun and not finished: they go on where they are pressed."""
        begun = [one for one in self._owed if one.left in _BEGUN]
        items = [
            Item(
                key=f"draft:{one.uuid}:{one.person}",
                name=shift_end.left_open(one),
                detail=f"{one.person} · {self._names.hour(one.since)}",
                glyph="clock",
                mark="",
                share=-1.0,
                badge="",
                badge_glyph="",
                badge_tone="",
                chosen=False,
            )
            for one in begun
        ]
        return (
            [replace(items[0], head=shift_end.still_begun(), head_detail=str(len(items))), *items[1:]] if items else []
        )

    def _hand_over(self) -> tuple[str, str]:
        return shift_end.hand_over(Counter(one.person for one in self._owed), self._last_sent)

    @Property(bool, notify=changed)
    def safe(self) -> bool:
        """Nothing is open: the device can be handed over (ward 32)."""
        return not self._owed

    @Property(str, notify=changed)
    def handOver(self) -> str:
        return self._hand_over()[0]

    @Property(str, notify=changed)
    def handOverDetail(self) -> str:
        return self._hand_over()[1]

    def _behind(self, entry: Entry) -> str:
        older = self._by_uuid.get(entry.waiting_behind or "")
        return (older.transaction.document.picking_name or older.transaction.reference) if older else ""

    def _item(self, told: _Told) -> Item:
        entry, behind, chosen, _ = told
        state = state_of(entry)
        done = state == "done"
        return Item(
            key=entry.uuid,
            name=title_of(entry, self._names),
            detail=detail_of(entry, self._names),
            glyph=ICONS[state],
            mark="no" if state == "refused" else "",
            share=1.0 if done else -1.0,
            badge="" if done else outbox.transaction_state(state, behind),
            badge_glyph=ICONS[state],
            badge_tone=TONES.get(state, ""),
            chosen=chosen,
        )

    def _settled(self, command: str) -> None:
        """One of the ways was pressed, of the transaction that is open."""
        entry = next((one for one in self._entries if one.uuid == self._chosen), None)
        if entry:
            self._settle(entry.reference, Command.parse(command))

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    def _count(self, *states: str) -> int:
        return sum(self._states[state] for state in states)

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

    @Property(str, notify=changed)
    def more(self) -> str:
        """Below a list that does not show all."""
        return outbox.cut(_MOST, self._cut) if self._cut > _MOST else ""

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
        if key.startswith("draft:"):
            self._open(":".join(key.split(":")[:2]))
            return
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


def _headed(items: list[Item], entries: Sequence[Entry]) -> list[Item]:
    """ "Done today" stands above the first that is done, where others come before it."""
    done = [nth for nth, entry in enumerate(entries) if entry.status is Status.DONE]
    if done and done[0] > 0:
        items[done[0]] = replace(items[done[0]], head=outbox.done_today(), head_detail=str(len(done)))
    return items
