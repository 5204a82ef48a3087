"""The app opens in another language too: the thread that reads its pages asks Python for words while Python waits."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_FILLED = """
import sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from client.pages.drive import settle, wait_for
from client.pages.window import engine_of, first_frame, use_fonts, window_of
from client.words import tongue
from tests.pages.drawn import PROBE, Seen


kind, folder, language = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
tongue.speak(language)
app = QGuiApplication([])
use_fonts(app, shipped=True)
with engine_of(theme="light") as engine:
    window = window_of(engine)
    first_frame(window)
    if kind == "work":
        from client.practising import practice_station
        made = practice_station(engine)
    else:
        from client.setting_up import first_start
        from client.settings import Profile
        made = first_start(engine, Profile(folder), practise=lambda: None, finished=lambda: None)
    with made:
        settle(500)
        engine.setInitialProperties({})
        engine.loadData(PROBE)
        seen = Seen(window, engine.rootObjects()[1])
        wait_for(lambda: len(seen.texts()) > 3, 10)
        print(seen.texts())
"""


@pytest.mark.parametrize(("kind", "says"), [("work", "Verlassen"), ("set-up", "Einrichtungs")])
def test_the_window_opens_in_german(tmp_path: Path, kind: str, says: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _FILLED, kind, str(tmp_path), "de"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"},
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    ).stdout

    assert says in told
