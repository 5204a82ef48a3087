"""Whole shifts, scan by scan, against an Odoo behind a bad line: each ends with what was done, once, and reconciled.

On a real Odoo where WARDSTOCK_ODOO_* names one; on the practice ward they are worked at the window
(`test_shifts_at_window.py`), through the same desk, store and postings.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.conftest import REAL, Odoo, serving
from tests.end2end.hospital import Device, Hospital

SHIFTS = sorted((Path(__file__).parent / "shifts").glob("*.txt"))
FAULTS = 0.25
"""How many of the calls fail."""


@pytest.fixture(scope="module", params=[REAL])
def odoo(request: pytest.FixtureRequest) -> Iterator[Odoo]:
    with serving(request.param) as server:
        yield server


@pytest.mark.parametrize("shift", SHIFTS, ids=lambda path: path.stem)
def test_a_shift_ends_with_what_was_done_once(odoo: Odoo, tmp_path: Path, shift: Path) -> None:
    text = shift.read_text(encoding="utf-8")
    hospital = Hospital(odoo)
    hospital.prepared(text)

    with Device(hospital, tmp_path, faults=FAULTS) as device:
        wrong = device.work(text)
        told = device.reconciled()

        assert wrong == []
        assert device.unsent() == []
        assert told.findings == ()
        assert told.checked == len(device.store.outbox.rows())
