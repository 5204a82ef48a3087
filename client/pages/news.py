"""What the header and the network strip say of sending: how much is unsent or refused, whether Odoo answered."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from client import troubles
from client.pages.telling import Telling
from client.words import scanner
from sync.store.outbox import Summary

if TYPE_CHECKING:
    from sync.worker import SyncReport

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1

_OFFLINE: Final = frozenset({"unreachable", "odoo_not_reached", "odoo_transient_unknown", "pass_running", "abandoned"})
"""Ordinary: no network, or somebody else is at it. Nobody has to do anything."""


@QmlElement
class News(QObject):
    """The worker's reports in a person's words; `wake` tries to reach Odoo now."""

    changed = Signal()

    def __init__(self, telling: Telling, wake: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._telling, self._wake = telling, wake
        self._summary = Summary(0, 0, None, 0)
        self._online, self._trouble, self._tried, self._pulled_at = False, "", False, ""
        self._notice = ""

    def heard(self, report: "SyncReport") -> None:
        """The worker tried: whether Odoo answered, and what a person should know about it."""
        if report.running:
            return
        stopped, facts = _stopped(report)
        self._online = not stopped
        self._trouble = "" if stopped in _OFFLINE else troubles.trouble(stopped, facts) if stopped else ""
        # Said once by the worker, so it stays until somebody has pressed the badge.
        self._notice = " ".join(troubles.trouble(one.code, one.facts) for one in report.notices) or self._notice
        self._tried = True
        self.changed.emit()

    def plugged(self, state: str, port: str) -> None:
        """The scanner at that port came or went."""
        sentence, lost = scanner.STATES[state].format(port=port), scanner.STATES["lost"].format(port=port)
        if state == "lost" or self._notice == lost:
            self._notice = sentence if state == "lost" else ""
            self.changed.emit()

    def say(self, trouble: str) -> None:
        """Something did not work that was asked for here."""
        self._trouble = trouble
        self.changed.emit()

    def show(self, summary: Summary, pulled_at: datetime | None) -> None:
        """How much waits on disk, and how old the catalogue is."""
        self._summary = summary
        self._pulled_at = self._telling.hour(pulled_at) if pulled_at else ""
        self.changed.emit()

    @Property(int, notify=changed)
    def unsent(self) -> int:
        return self._summary.unsent

    @Property(int, notify=changed)
    def refused(self) -> int:
        return self._summary.refused

    @Property(str, notify=changed)
    def since(self) -> str:
        oldest = self._summary.oldest_unsent_at
        return self._telling.hour(oldest) if oldest else ""

    @Property(bool, notify=changed)
    def online(self) -> bool:
        return self._online

    @Property(bool, notify=changed)
    def tried(self) -> bool:
        return self._tried

    @Property(str, notify=changed)
    def trouble(self) -> str:
        return self._trouble or self._notice

    @Property(str, notify=changed)
    def lastSync(self) -> str:
        return self._pulled_at

    @Slot()
    def syncNow(self) -> None:
        """Try to reach Odoo now."""
        self._notice = ""
        self._wake()


def _stopped(report: "SyncReport") -> tuple[str, Mapping[str, object]]:
    for part in (report.push, report.pull):
        if part and part.stopped:
            return part.stopped, part.facts
    return "", {}
