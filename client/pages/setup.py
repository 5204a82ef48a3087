"""The first start: a person is led from a bare device to its first day of work, and may go back at each step."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import Property, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from client import troubles
from client.barcode.burst import Doubled, Scan
from client.barcode.framing import Frame
from client.barcode.label import RawScan
from client.beginning import Beginning, Step, text_in
from client.pages.around import Around
from client.pages.aside import Aside
from client.pages.band import Band
from client.pages.enlist import EnlistPage
from client.pages.manner import Manner
from client.pages.places import PlacesPage
from client.pages.rows import Rows
from client.pages.scanner_test import ScannerPage
from client.pages.setup_connect import Confirm, Connect, Form, Key
from client.pages.setup_odoo import Fetch, Look, Places, Rules
from client.pages.setup_people import People, Scanner
from client.pages.setup_stage import Face, FactRow, FieldRow, Hands, Stage, WayRow
from client.pages.sight import Sight
from client.pages.unlock import UnlockPage
from client.settings import Profile, Wants
from client.words import first_start as words
from client.work.answer import READY, Said, Tone, no, ok
from client.work.site.invitation import Invitation, is_sheet, of_file, of_text
from sync.errors import WardstockError

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_PHASES: Final[Mapping[str, tuple[Step, ...]]] = {
    "connect": (Step.CONNECT, Step.FORM, Step.CONFIRM, Step.KEY),
    "check": (Step.TEST,),
    "places": (Step.PLACES, Step.RULES),
    "fetch": (Step.FETCH, Step.SCANNER),
    "people": (Step.PEOPLE,),
}
_PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif"})
_INVITED: Final = frozenset({Step.CONNECT, Step.FORM, Step.CONFIRM, Step.KEY, Step.TEST, Step.PLACES, Step.RULES})
"""Steps at which a sheet may still say where to: afterwards the device belongs somewhere."""


@QmlElement
class SetupPage(QObject):
    """The step shown is `step`, what stands on it the face of that stage. `finished`: the device can go to work."""

    changed = Signal()
    moved = Signal()
    finished = Signal()
    fileWanted = Signal(str)
    listening = Signal(object)
    plugged = Signal()
    _came = Signal()

    def __init__(self, on: Beginning, around: Around, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on, self._around = on, around
        self._manner = Manner(around, self)
        self._aside = Aside(self)
        self.heard = Band(self)
        self._fields, self._facts, self._ways = Rows(FieldRow, self), Rows(FactRow, self), Rows(WayRow, self)
        self._sight = Sight(around.eyes, self.scanned, self._say, lambda _code: False, "set-up", self)
        self._places = PlacesPage(self._ticked, self)
        self._enlist: EnlistPage | None = None
        self._scanner: ScannerPage | None = None
        self._unlock: UnlockPage | None = None
        self._then: Callable[[], None] = lambda: None
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        hands = Hands(self._go, self._tell, self._came.emit, self._aside, self._say, self.fileWanted.emit, self._locked)
        self._stages: dict[Step, Stage] = {
            Step.CONNECT: Connect(on, hands),
            Step.FORM: Form(on, hands),
            Step.CONFIRM: Confirm(on, hands),
            Step.KEY: Key(on, hands),
            Step.TEST: Look(on, hands),
            Step.PLACES: Places(on, hands, self._places),
            Step.RULES: Rules(on, hands),
            Step.FETCH: Fetch(on, hands),
            Step.SCANNER: Scanner(on, hands),
            Step.PEOPLE: People(on, hands, self._enlisting, self.finished.emit),
        }
        self._step = Step.CONNECT
        self._face = Face("", "")

    def begin(self) -> None:
        """At the first step, or where an earlier run was left; what was asked of Odoo then is asked again."""
        step = self._on.draft.step
        self._go(Step.TEST if step in {Step.PLACES, Step.RULES} else step)

    @property
    def eye(self) -> Sight:
        """The camera and the pictures, for who puts the window together."""
        return self._sight

    @property
    def tested(self) -> ScannerPage:
        """The scanner test; the device's store is there by then."""
        if self._scanner is None:
            self._scanner = ScannerPage(self._on.store, self._on.clock, self._around.play, self)
            self._scanner.listening.connect(self.listening)
            self._scanner.plugged.connect(self.plugged)
        return self._scanner

    def end(self) -> bool:
        """The window closes: what runs is cut. False where a thread still holds the store."""
        self._stage.leave()
        self._close_unlock()
        self._sight.end()
        return self._aside.end()

    # ------------------------------------------------------------ scans and files

    @Slot(object)
    def scanned(self, raw: RawScan) -> None:
        """A scan, from any scanner, the camera, or a picture. None of it is kept as it came."""
        if self._step is Step.SCANNER:
            return
        if self._unlock:
            self._unlock.scanned()
            self._manner.play(Tone.NO)
            return
        text = raw.text
        if is_sheet(text) and self._step in _INVITED:
            self._say(self._invited(lambda: of_text(text)))
        else:
            self._say(self._stage.scanned(text))

    @Slot(object)
    def arrived(self, heard: Scan | Doubled) -> None:
        """A scan with how it came, for the scanner test."""
        if self._step is Step.SCANNER:
            self.tested.typed(heard)

    @Slot(object)
    def framed(self, frame: Frame) -> None:
        """What came from a port, for the scanner test."""
        if self._step is Step.SCANNER:
            self.tested.framed(frame)

    @Slot("QVariantList")
    def takeFiles(self, urls: list[QUrl]) -> None:
        """Files that were chosen or dropped: a sheet, rules, a key, or the picture of a sheet."""
        for path in [Path(QUrl(url).toLocalFile()) for url in urls if QUrl(url).isLocalFile()]:
            if path.suffix.lower() in _PICTURES:
                self._sight.look_at(path, path.name)
            else:
                self._say(self._took(path))

    def _took(self, path: Path) -> Said:
        try:
            text = text_in(path)
        except WardstockError as error:
            return no("file_unread", trouble=troubles.trouble(error.code, error.facts))
        if self._step in _INVITED and (is_sheet(text) or text.lstrip().startswith("{")):
            return self._invited(lambda: of_file(text))
        return self._stage.took(text)

    def _invited(self, read: Callable[[], Invitation]) -> Said:
        """A sheet or rules; a sheet leads to the question whether that is the right Odoo."""
        try:
            invitation = read()
        except WardstockError as error:
            code = {"invitation_newer": "sheet_newer", "invitation_unreadable": "sheet_broken"}.get(error.code)
            return no(code) if code else no("not_now", trouble=troubles.trouble(error.code, error.facts))
        self._on.found = None
        self._on.invite(invitation)
        if invitation.url:
            self._go(Step.CONFIRM)
            return ok("sheet_read", host=invitation.host)
        self._go(Step.TEST if self._step in {Step.TEST, Step.PLACES, Step.RULES} else self._step)
        return ok("rules_read")

    def _say(self, said: Said) -> None:
        self.heard.show(said)
        self._manner.play(said.tone)
        self._sight.answered(said, asked=False)
        if said.code == "sheet_read":
            self._sight.close()
        self.changed.emit()

    # ------------------------------------------------------------ the step

    @property
    def _stage(self) -> Stage:
        return self._stages[self._step]

    def _go(self, step: Step) -> None:
        if step is not self._step:
            self._stage.leave()
            self.heard.show(READY)
        self._step, self._stages[step].field = step, ""
        self._on.note(step=step)
        if step is Step.SCANNER:
            self.tested.begin()
        elif self._scanner:
            self._scanner.close()
        self._stage.come()
        self._tell()
        self.moved.emit()

    @Slot()
    def _tell(self) -> None:
        face = self._face = self._stage.face()
        self._fields.show(face.fields)
        self._facts.show(face.facts)
        self._ways.show(face.ways)
        if self.heard.how is Tone.OK and any(row.tone == Tone.NO for row in face.facts):
            self.heard.show(READY)  # what was read well no longer stands over what is refused
        self.changed.emit()

    def _ticked(self, _ids: tuple[int, ...]) -> None:
        self._tell()

    def _locked(self, then: Callable[[], None]) -> None:
        """A new device without a keyring: where its key is kept is asked once, before anything is on disk."""
        if self._on.begun or self._on.profile.wants() is Wants.NOTHING:
            then()
            return
        self._then = then
        self._unlock = UnlockPage(self._on.profile, self._manner.look, parent=self)
        self._unlock.opened.connect(self._opened)
        self._unlock.left.connect(self._close_unlock)
        self.changed.emit()

    @Slot(object)
    def _opened(self, profile: Profile) -> None:
        self._on.profile = profile
        self._close_unlock()
        self._then()

    @Slot()
    def _close_unlock(self) -> None:
        if self._unlock:
            self._unlock.end()
            self._unlock = None
            self.changed.emit()

    def _enlisting(self) -> EnlistPage:
        if self._enlist is None:
            if self._on.store is None:
                raise ValueError("nobody can be entered before there is a store")
            self._enlist = EnlistPage(self._on.store, self._on.policy(), self._on.clock, self)
            self._enlist.changed.connect(self._tell)
            self._enlist.entered.connect(self._entered)
        return self._enlist

    def _entered(self, name: str) -> None:
        known = self._on.store.people.get(name) if self._on.store else None
        self._say(ok("person_entered", name=name, role=words.role(known.role)[0] if known else ""))

    # ------------------------------------------------------------ what QML does

    @Slot()
    def act(self) -> None:
        """The main action."""
        if self._face.ready:
            self._stage.act()

    @Slot()
    def back(self) -> None:
        """The step before; out of the camera first."""
        if self._sight.back():
            return
        if self._unlock:
            self._close_unlock()
            return
        if self._step is Step.SCANNER and self.tested.back():
            return
        before = self._stage.back()
        if before and self._step is not Step.CONNECT:
            self._go(before)

    @Slot(str)
    def choose(self, key: str) -> None:
        """One of the ways."""
        self._stage.choose(key)

    @Slot(str, str)
    def write(self, key: str, text: str) -> None:
        """A field as it is typed."""
        self._stage.write(key, text)

    @Slot(str)
    def focusOn(self, key: str) -> None:
        """That field is being typed: a scan fills it."""
        self._stage.field = key

    @Slot()
    def practise(self) -> None:
        """To the practice ward."""
        self._around.practise()

    # ------------------------------------------------------------ what QML reads

    @Property(str, notify=moved)
    def step(self) -> str:
        return self._step

    @Property(int, notify=moved)
    def phase(self) -> int:
        """Which of the phases the step is in, from 0."""
        return next(nth for nth, steps in enumerate(_PHASES.values()) if self._step in steps)

    @Property("QStringList", notify=moved)  # type: ignore[arg-type]  # the stub knows no names of types
    def phases(self) -> list[str]:
        return [words.PHASES[name] for name in _PHASES]

    @Property(bool, notify=moved)
    def first(self) -> bool:
        """Nothing was begun: there is no step before."""
        return self._step is Step.CONNECT

    @Property(str, notify=changed)
    def place(self) -> str:
        """Where the device is to belong, as far as that was said."""
        host = self._on.draft.invitation.host
        return host if self._step not in {Step.CONNECT, Step.FORM} and host else words.not_connected()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._face.title

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._face.hint

    @Property(QObject, notify=changed)
    def fields(self) -> QObject:
        return self._fields

    @Property(QObject, notify=changed)
    def facts(self) -> QObject:
        return self._facts

    @Property(QObject, notify=changed)
    def ways(self) -> QObject:
        return self._ways

    @Property(str, notify=changed)
    def mainText(self) -> str:
        return self._face.main

    @Property(str, notify=changed)
    def mainGlyph(self) -> str:
        return self._face.glyph

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        return self._face.ready

    @Property(str, notify=changed)
    def missing(self) -> str:
        return self._face.missing

    @Property(str, notify=changed)
    def doing(self) -> str:
        return self._face.doing

    @Property(float, notify=changed)
    def share(self) -> float:
        return self._face.share

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    @Property(Sight, notify=changed)
    def sight(self) -> Sight:
        return self._sight

    @Property(PlacesPage, notify=changed)
    def places(self) -> PlacesPage:
        return self._places

    @Property(ScannerPage, notify=moved)
    def scanner(self) -> ScannerPage | None:
        return self._scanner

    @Property(EnlistPage, notify=changed)
    def enlist(self) -> EnlistPage | None:
        return self._enlist

    @Property(UnlockPage, notify=changed)
    def unlock(self) -> UnlockPage | None:
        return self._unlock

    @property
    def profile(self) -> Profile:
        """With the place of its key, once that was said."""
        return self._on.profile

    @Property(bool, notify=changed)
    def enlisting(self) -> bool:
        return self._enlist is not None and self._enlist.is_open

    @Property(Manner, notify=changed)
    def manner(self) -> Manner:
        return self._manner
