"""Who is here: the person in the header, and the lock that comes when nobody was here for a while."""

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.people import PeoplePage
from client.words import rights
from client.work.answer import READY, Said, no
from client.work.desk import Desk
from client.work.site.people import same_person

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

TAKES_DESK = frozenset({"person_now", "person_now_open", "proved"})
"""Answers after which somebody else stands here, or the same with their PIN."""


@QmlElement
class Here(QObject):
    """The person at the desk. `locked`: only a badge or a PIN goes on; `taken`: somebody showed who they are."""

    changed = Signal()
    locked = Signal()
    taken = Signal()

    def __init__(self, desk: Desk, people: PeoplePage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._people = desk, people
        self._left = ("", "")  # who was here when the screen was locked, and the draft they had open
        self._watched = False
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)

    @property
    def is_locked(self) -> bool:
        """Nothing but a badge or a PIN is heard."""
        return self._people.is_locked

    def watch(self) -> None:
        """From now on the screen locks by itself, until `rest`."""
        self._watched = True
        self._begin_again()

    def rest(self) -> None:
        """The device is put away: nothing is asked of its store any more."""
        self._watched = False
        self._idle.stop()

    def stirred(self) -> None:
        """Somebody did something: the time to the lock begins again."""
        self._begin_again()
        self.changed.emit()

    def _begin_again(self) -> None:
        if self._watched:
            self._idle.start(self._desk.policy.idle_lock_minutes * 60_000)

    def stands(self) -> None:
        """The page of who works here: everybody, and who is here now. What was said there before is over."""
        self._people.heard.show(READY)
        self._people.show(self._desk.people.everyone(), self._desk.person.name, locked=False)

    @Slot()
    def lock(self) -> None:
        """Nobody was here for a while: only a badge or a PIN goes on. The open job waits on disk (ward 33)."""
        desk = self._desk
        if self.is_locked or not (everyone := desk.people.everyone()):
            return
        self._left = (desk.person.name, desk.job.uuid if desk.job and not desk.job.finished and desk.job.begun else "")
        desk.leave()
        self._people.show(everyone, "", locked=True)
        self._people.heard.show(READY)
        self.locked.emit()
        self.changed.emit()

    def heard(self, text: str) -> Said | None:
        """A locked screen takes badges only, and them as badges alone; None: it may be heard as anything."""
        if not self.is_locked:
            return None
        person = self._desk.people.by_badge(text)
        return self._desk.badge(person) if person else no("locked")

    def arriving(self, desk: Desk, said: Said) -> Said:
        """Who comes back to a locked screen finds the job as they left it; for anybody else it waits as a draft."""
        if said.code not in TAKES_DESK:
            return said
        (person, draft), self._left = self._left, ("", "")
        self._people.open()
        self.taken.emit()
        if draft and same_person(person, desk.person.name) and desk.store.drafts.get(draft):
            return desk.resume(draft)
        return said

    @Property(str, notify=changed)
    def person(self) -> str:
        return self._desk.person.name

    @Property(str, notify=changed)
    def initials(self) -> str:
        """Empty where nobody is here: the screen is locked."""
        if self.is_locked:
            return ""
        words = self._desk.person.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @Property(str, notify=changed)
    def role(self) -> str:
        return rights.role(self._desk.person.role)
