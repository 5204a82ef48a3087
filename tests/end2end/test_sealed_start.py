"""The app starts: empty window, the passphrase where the key is sealed, work, locked where people are entered."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

from client import app
from client.pages.drive import type_key
from client.settings import Profile
from sync.keys import Place, sealed
from sync.keys.sealed import Cost
from sync.store.device import Enrolment
from tests.pages.stage import NOW, fill

WORDS = "four words of the ward"


def _shown(window: QWindow) -> str:
    return next((name for name in ("unlock", "shell", "setup") if window.property(name)), "empty")


def test_the_passphrase_is_asked_for_once_at_start_and_then_work_begins(
    qapp: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "COST", Cost(1, 64, 1))
    store = Profile(tmp_path / "device").with_place(Place.PASSPHRASE, WORDS).open_or_create()
    store.device.enrol(Enrolment("http://127.0.0.1:1", "ward", "ml", 2, 1, NOW, company_name="Main store"), "key")
    fill(store)
    store.close()
    seen: list[str] = []

    def look() -> None:
        for window in QGuiApplication.topLevelWindows():
            if (state := _shown(window)) != (seen[-1] if seen else ""):
                seen.append(state)
                QTimer.singleShot(300, window, partial(_answer, window, state))

    def _answer(window: QWindow, state: str) -> None:
        if state == "unlock":
            for letter in WORDS:
                type_key(window, Qt.Key(ord(letter.upper())), letter)  # type: ignore[arg-type]  # it is a QQuickWindow
            type_key(window, Qt.Key.Key_Return, "\r")  # type: ignore[arg-type]
        elif state == "shell":
            window.close()

    clock = QTimer()
    clock.timeout.connect(look)
    clock.start(20)

    code = app.run(Profile(tmp_path / "device"))

    clock.stop()
    assert code == 0
    assert [state for state in seen if state != "empty"] == ["unlock", "shell"]


def test_a_new_start_is_no_way_round_the_lock(qapp: QGuiApplication, tmp_path: Path) -> None:
    store = Profile(tmp_path / "device").with_place(Place.FILE).open_or_create()
    store.device.enrol(Enrolment("http://127.0.0.1:1", "ward", "ml", 2, 1, NOW, company_name="Main store"), "key")
    store.people.add("Mira Lindqvist", "supervisor", NOW, "", badge="B-1001", pin="")
    store.close()
    seen: list[tuple[str, bool, str]] = []
    before = QGuiApplication.topLevelWindows()

    def look() -> None:
        for window in QGuiApplication.topLevelWindows():
            if window not in before and (shell := window.property("shell")):
                seen.append((shell.property("page"), shell.lock.is_locked, shell.lock.property("initials")))
                window.close()

    clock = QTimer()
    clock.timeout.connect(look)
    clock.start(100)

    app.run(Profile(tmp_path / "device"))

    clock.stop()
    assert seen[0] == ("people", True, "")
