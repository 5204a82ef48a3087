"""Before a device can work: its passphrase, once at each start; a new one for a new device; or why it stays shut."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client import troubles
from client.pages.around import Around
from client.pages.aside import Aside
from client.pages.manner import Manner
from client.pages.window import Look
from client.settings import Profile, Wants
from client.words import keys
from sync.errors import WardstockError
from sync.keys import Place
from sync.keys.sealed import SHORTEST, why_not

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class UnlockPage(QObject):
    """`opened` gives the profile to go on with: with its key at hand, or with the place for the key of a new device.

    `left`: somebody would rather not, now.

    With `trouble` nobody is asked for anything: it says why the key cannot be read, and tries again.
    """

    changed = Signal()
    opened = Signal(object)
    left = Signal()

    def __init__(
        self, profile: Profile, look: Look, trouble: WardstockError | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._profile = profile
        self._manner = Manner(Around(look=look), self)
        self._aside = Aside(self)
        self._wants = Wants.NOTHING if trouble else profile.wants()
        self._typed = {"passphrase": "", "again": ""}
        self._told = _sentence(trouble) if trouble else ""
        self._busy = False

    def end(self) -> bool:
        """The window closes. False where a keyring still lets it wait."""
        return self._aside.end()

    @Slot(str, str)
    def write(self, field: str, text: str) -> None:
        """What is typed so far."""
        self._typed[field] = text
        self._told = ""
        self.changed.emit()

    def scanned(self) -> None:
        """A scan says nothing here, and is told so; nothing of it is kept or shown."""
        self._tell(keys.said("scanned"))

    @Slot()
    def act(self) -> None:
        """The main action; a second tap while it is under way does nothing."""
        if self._busy or not self._ready():
            return
        if self._wants is Wants.NEW_PASSPHRASE:
            self._choose()
        else:
            self._open()

    @Slot()
    def keepInFile(self) -> None:
        """The key of a new device goes to a file: somebody said so, having read what that means."""
        self.opened.emit(self._profile.with_place(Place.FILE))

    @Slot()
    def leave(self) -> None:
        """Not now."""
        self.left.emit()

    def _choose(self) -> None:
        words = self._typed["passphrase"]
        if code := why_not(words):
            self._tell(troubles.trouble(code, {"shortest": SHORTEST}))
        elif words != self._typed["again"]:
            self._typed["again"] = ""
            self._tell(keys.said("differ"))
        else:
            self.opened.emit(self._profile.with_place(Place.PASSPHRASE, words))

    def _open(self) -> None:
        self._busy = True
        self._tell("")
        words = self._typed["passphrase"]
        self._aside.do(lambda: self._profile.unlocked(words), self._opened, self._failed, "unlock")

    def _opened(self, profile: object) -> None:
        self._busy = False
        self.opened.emit(profile)

    def _failed(self, error: WardstockError) -> None:
        self._busy = False
        self._typed["passphrase"] = ""
        self._tell(_sentence(error))

    def _tell(self, sentence: str) -> None:
        self._told = sentence
        self.changed.emit()

    def _ready(self) -> bool:
        if self._wants is Wants.NEW_PASSPHRASE:
            return all(self._typed.values())
        return self._wants is Wants.NOTHING or self._typed["passphrase"] != ""

    @Property(Manner, notify=changed)
    def manner(self) -> Manner:
        return self._manner

    @Property(str, notify=changed)
    def title(self) -> str:
        return keys.said({Wants.NOTHING: "shut", Wants.NEW_PASSPHRASE: "choose"}.get(self._wants, "title"))

    @Property(str, notify=changed)
    def hint(self) -> str:
        names = {Wants.NOTHING: "shut_hint", Wants.NEW_PASSPHRASE: "choose_hint"}
        return keys.said(names.get(self._wants, "hint"), shortest=SHORTEST)

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """For a passphrase, old or new."""
        return self._wants is not Wants.NOTHING

    @Property(bool, notify=changed)
    def choosing(self) -> bool:
        """A new one, typed twice; or the file."""
        return self._wants is Wants.NEW_PASSPHRASE

    @Property(str, notify=changed)
    def told(self) -> str:
        """What was wrong; empty while nothing is."""
        return self._told

    @Property(str, notify=changed)
    def passphrase(self) -> str:
        return self._typed["passphrase"]

    @Property(str, notify=changed)
    def again(self) -> str:
        return self._typed["again"]

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return not self._busy and self._ready()

    @Property(str, notify=changed)
    def mainText(self) -> str:
        return keys.said({Wants.NOTHING: "try", Wants.NEW_PASSPHRASE: "protect"}.get(self._wants, "open"))

    @Property(str, notify=changed)
    def leaveText(self) -> str:
        return keys.said("back" if self._wants is Wants.NEW_PASSPHRASE else "close")

    @Property(str, notify=changed)
    def missing(self) -> str:
        """Why the main action waits."""
        if self._busy:
            return keys.said("opening")
        again = self._wants is Wants.NEW_PASSPHRASE and self._typed["passphrase"]
        return keys.said("again_missing" if again else "missing")

    @Property(str, notify=changed)
    def fieldLabel(self) -> str:
        return keys.prompt("new" if self._wants is Wants.NEW_PASSPHRASE else "known")

    @Property(str, notify=changed)
    def againLabel(self) -> str:
        return keys.said("again")

    @Property(str, notify=changed)
    def fileText(self) -> str:
        return keys.said("file")

    @Property(str, notify=changed)
    def fileDetail(self) -> str:
        return keys.said("file_detail")


def _sentence(error: WardstockError) -> str:
    """A wrong one that costs a wait says how long at once."""
    waits = error.code == "passphrase_wrong" and error.facts.get("seconds")
    return troubles.trouble("passphrase_wait" if waits else error.code, error.facts)
