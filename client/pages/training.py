"""The practice ward's guide: three exercises, their labels on the screen, and how far somebody is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client import messages
from client.barcode.label import RawScan
from client.pages.around import Around
from client.pages.band import Band
from client.pages.rows import Rows
from client.pages.stop import Stop
from client.words import training as words
from client.words import written
from client.work.answer import Said
from client.work.desk import Desk
from client.work.training import Progress, Tag, Task, progress, tasks

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

SOURCE: Final = "screen"
"""What a tapped label is kept as: nobody held a scanner to it."""
_GLYPHS: Final = {"receive": "receive", "move": "move", "count": "count"}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """An exercise in the list."""

    key: str
    name: str
    detail: str
    glyph: str
    done: bool


@dataclass(frozen=True, slots=True)
class TagRow:
    """A label on the screen. `current`: it is the next to scan; `past`: it was."""

    key: str
    name: str
    quantity: str
    lot: str
    picture: str
    current: bool
    past: bool


@QmlElement
class TrainingPage(QObject):
    """`scanned` takes a tapped label as a scan, `go` shows another page. Only the practice ward has exercises."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk | None,
        around: Around,
        scanned: Callable[[RawScan], None],
        go: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._around, self._scanned, self._go = desk, around, scanned, go
        self._tasks: tuple[Task, ...] = ()
        if desk and around.practice:
            self._tasks = tasks(desk.store.catalogue, desk.policy.day_of(desk.clock.now()))
        self._chosen: Task | None = None
        self._open = self._leaving = False
        self._progress = Progress("", 0, 0)
        self._list, self._tags = Rows(TaskRow, self), Rows(TagRow, self)
        self._pictures: dict[str, str] = {}
        self.heard = Band(self)

    # ------------------------------------------------------------ coming and going

    def stop(self) -> Stop:
        """How the window comes here."""
        return Stop(come=self.come)

    def come(self) -> None:
        """The list of the three."""
        self._open = False
        self.refresh()

    def answered(self, said: Said) -> None:
        """What the ward said last."""
        self.stay()
        job = self._desk.job if self._desk else None
        if self._progress.done and job and not job.finished:
            self._put_away()  # what is done now is no exercise any more
        if self._chosen:
            self.heard.show(said)
            self.refresh()

    def refresh(self) -> None:
        """Look at what truly happened."""
        if not self._tasks or self._desk is None:
            return
        self._list.show([self._row(task) for task in self._tasks])
        if self._chosen:
            self._progress = progress(self._chosen, self._desk.store, self._desk.job)
            self._tags.show([self._tag(self._chosen, nth) for nth in range(len(self._chosen.tags))])
        self.changed.emit()

    def _row(self, task: Task) -> TaskRow:
        desk, (name, detail) = self._desk, words.task(task.exercise)
        at = progress(task, desk.store, desk.job) if desk else Progress("", 0, 0)
        if at.done:
            detail = words.state("done", _document(at))
        return TaskRow(task.exercise, name, detail, "check" if at.done else _GLYPHS[task.exercise], at.done)

    def _tag(self, task: Task, nth: int) -> TagRow:
        tag, at = task.tags[nth], self._progress
        lot = words.say("lot", lot=tag.lot, day=written.day(tag.expiry)) if tag.lot and tag.expiry else ""
        return TagRow(
            f"{task.exercise} {nth}",
            words.tag(tag.step, tag.thing),
            words.say("quantity", count=tag.quantity) if tag.quantity else "",
            lot,
            self._picture(tag),
            current=at.entry is None and nth == at.number - 1,
            past=at.entry is not None or nth < at.number - 1,
        )

    def _picture(self, tag: Tag) -> str:
        from client.pages.symbols import symbol_picture  # noqa: PLC0415 - papers only where labels are shown
        from client.papers import tag_label  # noqa: PLC0415

        if tag.text not in self._pictures:
            self._pictures[tag.text] = symbol_picture(tag_label(tag, screen=True).symbol)
        return self._pictures[tag.text]

    # ------------------------------------------------------------ a press

    @Slot(str)
    def choose(self, exercise: str) -> None:
        """Begin one, with its labels on the screen."""
        self._chosen = next(task for task in self._tasks if task.exercise == exercise)
        self._open = True
        self._go("home")
        self.refresh()

    @Slot()
    def begin(self) -> None:
        """The next that is not done; when all are, look around."""
        task = self._next()
        if task:
            self.choose(task.exercise)
        else:
            self.lookAround()

    @Slot()
    def lookAround(self) -> None:
        """Without a guide."""
        self._put_away()
        self._go("home")

    @Slot()
    def unfold(self) -> None:
        """Show the labels; where no exercise was chosen, the list of them."""
        if self._chosen is None:
            self.list()
            return
        self._open = True
        self.changed.emit()

    @Slot()
    def fold(self) -> None:
        """Show the page; what is next stands below it, until the exercise is done."""
        self._open = False
        if self._progress.done:
            self._put_away()
        else:
            self.changed.emit()

    def _put_away(self) -> None:
        self._chosen, self._open = None, False
        self.changed.emit()

    def back(self) -> bool:
        """What is asked, or the labels, close first."""
        was, self._open, self._leaving = self._open or self._leaving, self._open and self._leaving, False
        if was:
            self.changed.emit()
        return was

    @Slot()
    def leave(self) -> None:
        """Out of the practice ward: at once where nothing was done yet, else asked, for it is forgotten."""
        if self._leaving or not self._practised:
            self._around.leave_practice()
        else:
            self._leaving = True
            self.changed.emit()

    @Slot()
    def stay(self) -> None:
        """Go on practising."""
        if self._leaving:
            self._leaving = False
            self.changed.emit()

    @property
    def _practised(self) -> bool:
        store = self._desk.store if self._desk else None
        return store is not None and bool(
            store.outbox.rows(newest=1) or store.drafts.open_drafts() or store.people.everyone()
        )

    @Slot(str)
    def tap(self, key: str) -> None:
        """A tap counts as a scan."""
        from client.papers import tag_label  # noqa: PLC0415 - only where labels are shown

        if self._chosen and self._desk:
            tag = self._chosen.tags[int(key.rpartition(" ")[2])]
            text = tag_label(tag, screen=True).scanned
            device, now = self._desk.store.device.name(), self._desk.clock.now()
            self._scanned(RawScan.received(text, source=SOURCE, device=device, scanned_at=now))

    @Slot()
    def papers(self) -> None:
        """The same labels on paper."""
        self._go("papers")

    @Slot()
    def list(self) -> None:
        """All three, and how far they are."""
        self._go("training")

    def _next(self) -> Task | None:
        done = {row.key for row in map(self._row, self._tasks) if row.done}
        return next((task for task in self._tasks if task.exercise not in done), None)

    # ------------------------------------------------------------ what QML reads

    @Property(QObject, notify=changed)
    def tasks(self) -> QObject:
        return self._list

    @Property(QObject, notify=changed)
    def tags(self) -> QObject:
        return self._tags

    @Property(Band, notify=changed)
    def band(self) -> Band:
        return self.heard

    @Property(bool, notify=changed)
    def offered(self) -> bool:
        """There are exercises here."""
        return bool(self._tasks)

    @Property(bool, notify=changed)
    def guiding(self) -> bool:
        """An exercise was chosen: what is next stands on every page."""
        return self._chosen is not None

    @Property(bool, notify=changed)
    def open(self) -> bool:
        """Its labels are on the screen."""
        return self._open and self._chosen is not None

    @Property(bool, notify=changed)
    def leaving(self) -> bool:
        """Whether to forget what was practised is asked."""
        return self._leaving

    @Property(bool, notify=changed)
    def done(self) -> bool:
        """Odoo has it."""
        return self._chosen is not None and self._progress.done

    @Property(int, notify=changed)
    def current(self) -> int:
        """Which label is next, -1 for none."""
        return self._progress.number - 1 if self._progress.entry is None else -1

    @Property(str, notify=changed)
    def question(self) -> str:
        return self._words()[0]

    @Property(str, notify=changed)
    def welcome(self) -> str:
        """Over the list of the three."""
        return words.say("welcome" if self._next() else "all_done")

    @Property(str, notify=changed)
    def welcomeHint(self) -> str:
        return words.say("welcome_hint" if self._next() else "all_done_hint")

    @Property(str, notify=changed)
    def strip(self) -> str:
        """Below the page: what is next, or that there are exercises."""
        return self._words()[0] if self._chosen else words.say("strip")

    @Property(str, notify=changed)
    def hint(self) -> str:
        return self._words()[1]

    def _words(self) -> tuple[str, str]:
        at, task = self._progress, self._chosen
        if task is None:
            return "", ""
        asked = self._desk.question() if self._desk else None
        if at.entry is None and asked:
            return words.say("asked", question=messages.question(asked)), words.say("asked_hint")
        if at.entry:
            return words.say(at.step), words.say(f"{at.step}_hint", document=_document(at))
        tag = task.tags[at.number - 1]
        step = words.step(task.exercise, tag.step, tag.thing)
        return step, words.say("how", number=at.number, of=at.of)

    @Property(str, notify=changed)
    def mainText(self) -> str:
        """On the main action of the list, and of an exercise that is done."""
        task = self._next()
        return words.say("begin", task=words.task(task.exercise)[0]) if task else words.say("again")

    @Property(str, notify=changed)
    def score(self) -> str:
        rows = [self._row(task) for task in self._tasks]
        return words.of_tasks(sum(row.done for row in rows), len(rows))


def _document(at: Progress) -> str:
    entry = at.entry
    if entry is None:
        return ""
    name = entry.outcome.picking_name if entry.outcome else ""
    return name or entry.reference
