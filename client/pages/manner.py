"""How the window looks and sounds on this device: theme, size of the text, side to read from, motion, sound."""

from dataclasses import replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client.pages.around import Around
from client.pages.window import Look
from client.words import tongue
from client.work.answer import Tone

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Manner(QObject):
    """What the site chose, and what a person turned since; kept at once."""

    changed = Signal()

    def __init__(self, around: Around, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around, self._look = around, around.look

    def play(self, tone: str) -> None:
        """An answer is heard too, where sound is on."""
        if self._look.sound:
            self._around.play(tone)

    @property
    def look(self) -> Look:
        """As it is now."""
        return self._look

    def settle(self, **changes: object) -> None:
        """Look and sound so from now on."""
        self._keep(**changes)

    @Slot()
    def turnSound(self) -> None:
        """On or off, and kept; a tone says that it is on."""
        self._keep(sound=not self._look.sound)
        self.play(Tone.OK)

    def _keep(self, **changes: object) -> None:
        self._look = replace(self._look, **changes)  # type: ignore[arg-type]  # a field of Look by its name
        self._around.keep(self._look)
        self.changed.emit()

    @Property(bool, notify=changed)
    def practice(self) -> bool:
        """Nothing here is real."""
        return self._around.practice

    @Property(str, notify=changed)
    def theme(self) -> str:
        return self._look.theme

    @Property(bool, notify=changed)
    def sound(self) -> bool:
        """Answers are heard too."""
        return self._look.sound

    @Property(float, notify=changed)
    def textScale(self) -> float:
        return self._look.text_scale

    @Property(bool, notify=changed)
    def mirrored(self) -> bool:
        return self._look.mirrored or tongue.right_to_left()

    @Property(bool, notify=changed)
    def reduceMotion(self) -> bool:
        return self._look.reduce_motion
