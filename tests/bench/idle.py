"""What the app takes while nobody touches it: memory with its window open (aim ≤ 220 MB), and of one core (aim ≈ 0)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import at_work
from tests.pages.stage import stage

SECONDS = 20
PROGRAM = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from client import app as ours
from client.settings import Profile
from client.station import Station
begin, marks = Station.begin, []
def told():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    print(pages * 4096 / 1e6, (time.process_time() - marks[0]) / SECONDS, flush=True)
    QGuiApplication.quit()
def begun(self, **more):
    begin(self, **more)
    QTimer.singleShot(5000, lambda: marks.append(time.process_time()))
    QTimer.singleShot(5000 + SECONDS * 1000, told)
Station.begin = begun
ours.run(Profile(Path(sys.argv[1])))
"""


def line() -> str:
    """The figures, for people."""
    if not Path("/proc/self/statm").exists():
        return "idle: this system does not say what a process takes"
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder)
        store = stage(profile).store
        at_work.fill(store)
        store.close()
        (profile / "store.key").write_text(bytes(range(32)).hex(), encoding="ascii")
        (profile / "store.key").chmod(0o600)
        memory, busy = measured(profile)
    return (
        f"idle with {at_work.PRODUCTS} products and {at_work.OUTBOX} in the outbox, Odoo out of reach:"
        f" {memory:.0f} MB, {busy * 100:.2f} % of a core"
    )


def measured(profile: Path) -> tuple[float, float]:
    """Megabytes, and seconds of work in a second."""
    program = PROGRAM.replace("SECONDS", str(SECONDS))
    screenless = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(profile)],
        env={**os.environ, **screenless},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    memory, busy = done.stdout.split()
    return float(memory), float(busy)


if __name__ == "__main__":
    sys.stdout.write(line() + "\n")
