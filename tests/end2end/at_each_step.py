"""By hand: each shift once for each of its steps, at which no call reaches Odoo; at the window, if it can be.

`python -m tests.end2end.at_each_step [PART OF A SHIFT'S NAME…]` prints what went otherwise; status 1 if anything did.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from client.app import application
from tests.contract.conftest import Odoo, serving
from tests.end2end.at_window import at_window
from tests.end2end.hospital import Device, Hospital
from tests.end2end.test_shifts import SHIFTS
from tests.end2end.test_shifts_at_window import AT_WINDOW


def main(only: list[str]) -> int:
    """How many steps went wrong."""
    application(shipped_font=True)
    wrong = 0
    with serving("practice") as odoo:
        for shift in SHIFTS:
            text = shift.read_text(encoding="utf-8")
            if only and not any(part in shift.stem for part in only):
                continue
            for step in _steps(text):
                told = _worked(odoo, text, step, window=shift in AT_WINDOW)
                wrong += bool(told)
                sys.stdout.write(f"{shift.stem} line {step}: {told or 'as it must be'}\n")
                sys.stdout.flush()
    return wrong


def _steps(text: str) -> Iterator[int]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            yield number


def _worked(odoo: Odoo, text: str, step: int, *, window: bool) -> list[str]:
    hospital = Hospital(odoo)
    hospital.prepared(text)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_:
        device = open_.enter_context(Device(hospital, Path(folder)))
        device.dark = step
        wrong = device.work(text, open_.enter_context(at_window(device)).act if window else None)
        return [*wrong, *device.unsent(), *(str(one) for one in device.reconciled().findings)]


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
