"""Somebody new at this device: name, role, badge, PIN, one question at a time. The rules: `client.work.site.staff`."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client import troubles
from client.pages.entry import Entry
from client.pages.rows import Rows
from client.words import first_start as words
from client.words import window
from client.work.site.people import People, Role
from client.work.site.policy import Policy
from client.work.site.staff import badge_to_keep, enter, managers, pin_to_keep
from sync.clock import Clock
from sync.errors import WardstockError
from sync.store import Store

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_ORDER: Final = ("name", "role", "badge", "pin", "pin_again")
_FIRST: Final = (Role.SUPERVISOR,)
_ROLES: Final = (Role.NURSE, Role.STOREKEEPER, Role.COUNTER, Role.SUPERVISOR)
_TYPED: Final = frozenset({"approve", "pin", "pin_again"})


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that may be given, or who may approve it."""

    key: str
    title: str
    detail: str


@QmlElement
class EnlistPage(QObject):
    """`begin`, then answers; `entered` tells the name once they are in the store. Nothing is kept before the end."""

    changed = Signal()
    entered = Signal(str)
    asked = Signal()

    def __init__(self, store: Store, policy: Policy, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._policy, self._clock = store, policy, clock
        self._step = self._by = self._approver = ""
        self._name = self._badge = self._pin = self._trouble = ""
        self._role = Role.SUPERVISOR
        self._roles = Rows(RoleRow, self)
        self.typed = Entry(self)
        self.typed.changed.connect(self.changed)

    def begin(self, by: str = "") -> None:
        """Ask the first question. `by`: who approves, their PIN already given; else it is asked for where there is one.

        Who was entered here as the first supervisor approves the others as long as this page lives.
        """
        self._by = by or self._by
        self._name = self._badge = self._pin = ""
        able = managers(self._store, self._policy)
        if able and not self._by:
            self._approver = able[0].name if len(able) == 1 else ""
            self._go("approve" if self._approver else "approver")
        else:
            self._go("name")

    @property
    def by(self) -> str:
        """Who approves, their PIN given."""
        return self._by

    @property
    def is_open(self) -> bool:
        """Somebody is being entered."""
        return bool(self._step)

    def heard(self, text: str) -> str:
        """A scan: the badge where it is asked for, else a name. The sentence why it is neither, or ""."""
        if self._step == "name":
            self.write(text)
        elif self._step == "badge":
            try:
                self._badge = badge_to_keep(self._store, text)
                if holder := self._store.people.by_badge(self._badge):
                    raise WardstockError("badge_taken", name=holder.name)
            except WardstockError as error:
                self._say(error)
                return self._trouble
            self._go("pin")
        else:
            self._trouble = words.enlist_missing(self._step)
            self.changed.emit()
            return self._trouble
        return ""

    # ------------------------------------------------------------ answers

    @Slot(str)
    def write(self, text: str) -> None:
        """The name as it is typed."""
        self._name, self._trouble = text, ""
        self.changed.emit()

    @Slot(str)
    def choose(self, key: str) -> None:
        """A role, or who approves."""
        if self._step == "approver":
            self._approver = key
            self._go("approve")
        else:
            self._role = Role(key)
            self._go("badge")

    @Slot()
    def noBadge(self) -> None:
        """They have none: a name and a PIN will do."""
        self._badge = ""
        self._go("pin")

    @Slot()
    def act(self) -> None:
        """The question is answered."""
        if not self._is_ready():
            return
        try:
            self._answer()
        except WardstockError as error:
            if self._step in _TYPED:
                self._ask_pin()  # the next one is typed from its beginning
            self._say(error)

    def _answer(self) -> None:
        if self._step == "approve":
            self._approve()
        elif self._step == "name":
            self._refuse_known()
            self._go("role")
        elif self._step == "pin":
            pin_to_keep(self.typed.command().value)
            self._pin = self.typed.command().value
            self._go("pin_again")
        elif self._step == "pin_again":
            self._enter()

    def _approve(self) -> None:
        proof = People(self._store.people, self._policy).verify(
            self._approver, self.typed.command().value, self._clock.now()
        )
        if not proof.ok:
            self._ask_pin()
            raise WardstockError(proof.code, name=self._approver, seconds=proof.seconds, left=proof.left)
        self._by = self._approver
        self._go("name")

    def _refuse_known(self) -> None:
        if known := self._store.people.get(self._name):
            gone = {"removed_at": known.removed_at.date()} if known.removed_at else {}
            raise WardstockError("person_was_here" if gone else "person_exists", name=known.name, **gone)

    def _enter(self) -> None:
        if self.typed.command().value != self._pin:
            self._pin = ""
            self._go("pin")
            raise WardstockError("pins_differ")
        pin, name = pin_to_keep(self._pin), " ".join(self._name.split())
        enter(self._store, self._policy, name, self._role, self._clock.now(), self._by, badge=self._badge, pin=pin)
        self._by = self._by or name
        self._pin = ""
        self._go("")
        self.entered.emit(name)

    @Slot(result=bool)
    def back(self) -> bool:
        """One question back; before the first, nobody is entered. False where nobody was being entered."""
        if not self._step:
            return False
        before = _ORDER.index(self._step) - 1 if self._step in _ORDER else -1
        self._go(_ORDER[before] if before >= 0 else "")
        return True

    def _go(self, step: str) -> None:
        self._step, self._trouble = step, ""
        self.typed.close()
        if step in _TYPED:
            self._ask_pin()
        if step == "role":
            first = not managers(self._store, self._policy)
            self._roles.show([RoleRow(role, *words.role(role)) for role in (_FIRST if first else _ROLES)])
        elif step == "approver":
            able = managers(self._store, self._policy)
            self._roles.show([RoleRow(one.name, one.name, words.role(one.role)[0]) for one in able])
        self.changed.emit()
        self.asked.emit()

    def _ask_pin(self) -> None:
        self.typed.open("pin", "pin", window.field_label("pin"))

    def _say(self, error: WardstockError) -> None:
        self._trouble = troubles.trouble(error.code, error.facts)
        self.changed.emit()
        self.asked.emit()

    def _is_ready(self) -> bool:
        if self._step in _TYPED:
            return self.typed.filled()
        return self._step == "name" and bool(self._name.strip())

    # ------------------------------------------------------------ what QML reads

    @Property(str, notify=changed)
    def step(self) -> str:
        return self._step

    @Property(bool, notify=changed)
    def open(self) -> bool:
        return bool(self._step)

    @Property(bool, notify=changed)
    def typing(self) -> bool:
        """A PIN is asked for, on the keypad."""
        return self._step in _TYPED

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._words()[0]

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._words()[1]

    def _words(self) -> tuple[str, str]:
        about = self._approver if self._step == "approve" else " ".join(self._name.split())
        first = self._step == "role" and not managers(self._store, self._policy)
        return words.enlist("role_first" if first else self._step, about) if self._step else ("", "")

    @Property(str, notify=changed)
    def trouble(self) -> str:
        return self._trouble

    @Property(str, notify=changed)
    def name(self) -> str:
        return self._name

    @Property(Entry, notify=changed)
    def entry(self) -> Entry:
        return self.typed

    @Property(QObject, notify=changed)
    def roles(self) -> QObject:
        return self._roles

    @Property(bool, notify=changed)
    def acting(self) -> bool:
        """The main action answers this question; a role and a badge are chosen and scanned."""
        return self._step in _TYPED or self._step == "name"

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return self._is_ready()

    @Property(str, notify=changed)
    def mainText(self) -> str:
        return words.enlist_main(self._step)

    @Property(str, notify=changed)
    def missing(self) -> str:
        return words.enlist_missing(self._step)
