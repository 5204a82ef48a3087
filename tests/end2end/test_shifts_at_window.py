"""Whole shifts at the window: keystrokes of a scanner and of a person, taps, and a network that fails at each step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from client.pages.window import use_fonts
from tests.contract.conftest import Odoo, serving
from tests.end2end.at_window import at_window
from tests.end2end.hospital import Device, Hospital
from tests.end2end.test_shifts import FAULTS, SHIFTS

TAPS = {
    "count_at_once": 4,  # a PIN nobody asked for, and goods that are not there
    "count_for_approval": 2,  # goods that are not there
    "receive_corrected": 5,  # another lot; another number of an earlier scan
    "receive_put_aside": 5,  # refused at the door, and into quarantine
    "receive_unidentified": 4,  # a code nobody knows is kept, found again, named
    "store_day": 2,  # the number of a delivery note, before it is asked for
    "ward_25_supplier_return": 2,  # its reasons
    "ward_26_take_now": 1,  # which of the open jobs
    "ward_29_lot_change": 2,  # the new label cannot be scanned
    "ward_night": 1,  # which of the open jobs
}
"""How often a finger has to touch the screen in a shift: where a person decides, or says what no label says."""
SCANS = {"three_hundred_scans": 300}
NOT_ON_THE_SCREEN = {"ward_31_recall": ["hold"] * 3, "ward_night": ["waste"]}
"""What was said by a command barcode with more than a word on it."""


@pytest.fixture(scope="module")
def odoo() -> Iterator[Odoo]:
    with serving("practice") as server:
        yield server


# Qt says so when a list is rolled where there is no screen; harmless.
@pytest.mark.qt_log_ignore("QUnifiedTimer::stopAnimationDriver: driver is not running")
@pytest.mark.parametrize("shift", SHIFTS, ids=lambda path: path.stem)
def test_a_shift_at_the_window_ends_with_what_was_done_once(
    odoo: Odoo, tmp_path: Path, qapp: QGuiApplication, shift: Path
) -> None:
    text = shift.read_text(encoding="utf-8")
    hospital = Hospital(odoo)
    hospital.prepared(text)
    use_fonts(qapp, shipped=True)

    with Device(hospital, tmp_path, faults=FAULTS) as device, at_window(device) as at:
        wrong = device.work(text, at.act)
        told = device.reconciled()

        assert wrong == []
        assert device.unsent() == []
        assert told.findings == ()
        assert told.checked == len(device.store.outbox.rows())
        assert at.spoken == NOT_ON_THE_SCREEN.get(shift.stem, [])
        assert at.hand.taps == TAPS.get(shift.stem, 0)
        assert at.hand.scans >= SCANS.get(shift.stem, 1)
