"""From start to the first frame: an enrolled device's window as a ratio to an empty Controls window (aim ≤ 2)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.pages.stage import stage

ROUNDS = 7
EMPTY = """
import sys
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
app = QGuiApplication([])
engine = QQmlApplicationEngine()
engine.loadData(b"import QtQuick.Controls.Basic\\nApplicationWindow { width: 480; height: 800; visible: true }")
engine.rootObjects()[0].frameSwapped.connect(lambda: (print("shown", flush=True), app.quit()))
app.exec()
"""
OURS = """
import sys
from pathlib import Path
from types import SimpleNamespace
from client import app as ours
from client.pages import window
def first_frame(shown):
    shown.frameSwapped.connect(lambda: print("shown", flush=True), type=1)
    inner(shown)
inner, ours.first_frame = window.first_frame, first_frame
def work(app, engine, profile):
    return 0
ours._work = work
ours.run(SimpleNamespace(folder=Path(sys.argv[1])))
"""


FILLED = """
import sys
from pathlib import Path
from client import app as ours
from client.settings import Profile
from client.station import Station
def begin(self):
    self.window.frameSwapped.connect(lambda: print("shown", flush=True))
    self.window.update()
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication
    QTimer.singleShot(100, QGuiApplication.quit)
Station.begin = begin
ours.run(Profile(Path(sys.argv[1])))
"""


def line() -> str:
    """The figures, for people."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        stage(profile).store.close()
        (profile / "store.key").write_text(bytes(range(32)).hex(), encoding="ascii")
        (profile / "store.key").chmod(0o600)
        empty, ours, filled = list[float](), list[float](), list[float]()
        for _ in range(ROUNDS):
            empty.append(until_shown(EMPTY, profile))
            ours.append(until_shown(OURS, profile))
            filled.append(until_shown(FILLED, profile))
    ratio = median(ours) / median(empty)
    shown = f"window shown: {median(ours):.0f} ms, {ratio:.2f} of an empty window ({median(empty):.0f} ms)"
    return f"{shown}; filled {median(filled):.0f} ms"


def until_shown(program: str, profile: Path) -> float:
    """Milliseconds from starting the process to its first frame."""
    screenless = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    began = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program, str(profile)],
        env={**os.environ, **screenless},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        if process.stdout.readline() != "shown\n":
            raise ValueError("no window came up")
        took = perf_counter() - began
        process.communicate()
    return took * 1000


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
