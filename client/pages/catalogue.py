"""The one catalogue as QML asks it: `qsTr` finds its sentences where Python finds them."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from client.paths import QML
from client.words import tongue


class Catalogue(QTranslator):
    """Answers for our own QML files; what Qt asks for itself stays as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._ours = frozenset(path.stem for path in QML.rglob("*.qml"))

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """A sentence of a QML file; with a number its plural; None: not ours. `disambiguation` is gettext's context."""
        if context not in self._ours:
            return None
        if n < 0:
            return tongue.tr(sourceText, disambiguation or "")
        return tongue.trn(sourceText, sourceText, n, disambiguation or "")


_catalogue: Final[list[Catalogue]] = []
"""The installed one: Qt does not keep it."""


def speak_in_pages() -> None:
    """Make windows that open from now on speak the language of this run, and run in its direction."""
    while _catalogue:
        QCoreApplication.removeTranslator(_catalogue.pop())
    if tongue.spoken() != "en":
        _catalogue.append(Catalogue())
        QCoreApplication.installTranslator(_catalogue[0])
    QLocale.setDefault(QLocale(tongue.spoken()))
    rtl = tongue.right_to_left()
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
