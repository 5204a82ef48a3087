"""Whole shifts at the window: keystrokes of a scanner and of a person, taps, and a network that fails at each step."""

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest
from PySide6.QtGui import QGuiApplication

from client.pages.window import use_fonts
from tests.contract.conftest import Odoo, serving
from tests.end2end.at_window import at_window
from tests.end2end.hospital import Device, Hospital
from tests.end2end.test_shifts import FAULTS, SHIFTS

TAPS = {
    "card_booked_difference": 1,  # the way out
    "card_call_support": 2,  # the ways out
    "card_corrected": 4,  # the way out; another number of a scan
    "card_count_again": 1,  # the way out
    "card_label_is_right": 2,  # the way out, refused first
    "card_moved_anyway": 4,  # a PIN nobody asked for, the way out, refused first
    "card_order_cancelled": 3,  # the same
    "card_really_more": 2,  # the same
    "card_to_quarantine": 3,  # a PIN nobody asked for, the way out
    "card_two_days": 1,  # the way out
    "card_whose_goods": 1,  # the way out
    "card_withdrawn": 3,  # a PIN nobody asked for, the way out
    "card_lot_renamed": 1,  # the way out
    "count_after_went_negative": 2,  # a PIN nobody asked for
    "count_at_once": 4,  # a PIN nobody asked for, and goods that are not there
    "count_for_approval": 2,  # goods that are not there
    "count_moved_meanwhile": 2,  # a PIN nobody asked for
    "count_of_a_product": 2,  # the same
    "count_of_owners_and_packages": 4,  # the same, and whose goods they are
    "count_pending_of_another": 3,  # a PIN nobody asked for, and the way out
    "hand_over": 3,  # the same
    "move_corrected": 2,  # another lot
    "move_doubtful_goods": 1,  # where a serial comes from
    "move_held": 4,  # PINs nobody asked for
    "move_of_owners_and_packages": 2,  # whose goods they are
    "planned_before_it_came": 3,  # a PIN nobody asked for, the way out
    "receive_booked_really_more": 2,  # a PIN nobody asked for
    "receive_colleague_half_done": 2,  # the ways out
    "receive_corrected": 5,  # another lot; another number of an earlier scan
    "receive_doubtful_goods": 1,  # the known lot
    "receive_expired": 2,  # what becomes of it, twice
    "receive_held": 1,  # what becomes of it
    "receive_note_seen_before": 4,  # the number of a delivery note, before it is asked for
    "receive_order_cancelled": 2,  # a PIN nobody asked for
    "receive_over": 2,  # the same
    "receive_put_aside": 5,  # refused at the door, and into quarantine
    "receive_several_orders": 2,  # which order it is on, and for which it came
    "receive_taken_over": 1,  # which of the open jobs
    "receive_unidentified": 4,  # a code nobody knows is kept, found again, named
    "receive_without_lot": 4,  # a lot is made, refused first; a PIN nobody asked for
    "return_of_owners": 1,  # whose goods they are
    "store_day": 2,  # the number of a delivery note, before it is asked for
    "supplier_return_without_order": 3,  # a PIN nobody asked for, the reason
    "take_now_taken_back": 2,  # a PIN nobody asked for
    "ward_25_supplier_return": 2,  # its reasons
    "ward_26_take_now": 1,  # which of the open jobs
    "ward_29_lot_change": 2,  # the new label cannot be scanned
    "ward_night": 1,  # which of the open jobs
}
"""How often a finger has to touch the screen in a shift: where a person decides, or says what no label says."""
SCANS = {"three_hundred_scans": 300}
NOT_ON_THE_SCREEN = {
    "card_moved_anyway": ["hold"],
    "card_to_quarantine": ["hold"],
    "card_withdrawn": ["hold"],
    "count_after_went_negative": ["take"],
    "count_list_from_odoo": ["take", "take"],
    "hand_over": ["hold", "shift-end", "shift-end"],
    "move_held": ["hold"],
    "move_shelf_not_parent": ["from"],
    "planned_before_it_came": ["release"],
    "receive_held": ["quarantine"],
    "receive_order_unknown_yet": ["receive", "receive"],
    "receive_several_orders": ["join", "for"],
    "receive_without_order": ["receive"],
    "take_now_taken_back": ["resume", "undo", "drop"],
    "ward_31_recall": ["hold"] * 3,
    "ward_night": ["waste"],
    "waste_expired": ["reason", "reason"],
}
"""What was said by a command barcode with more than a word on it."""
PAST_THE_WINDOW = {"receive_photo", "receive_taught_code"}
"""Never said by a barcode: a picture comes from a camera, a code is taught on a page of its own."""
AT_WINDOW = [shift for shift in SHIFTS if shift.stem not in PAST_THE_WINDOW]


def dark_step(shift: Path) -> int:
    """The line of a shift after which no call gets through: another in each, the same in each run."""
    lines = list(enumerate(shift.read_text(encoding="utf-8").split("\n"), start=1))
    steps = [number for number, line in lines if line.strip() and not line.startswith("#")]
    return steps[crc32(shift.stem.encode()) % len(steps)]


@pytest.fixture
def odoo() -> Iterator[Odoo]:
    with serving("practice") as server:
        yield server


# Qt says so when a list is rolled where there is no screen; harmless.
@pytest.mark.qt_log_ignore("QUnifiedTimer::stopAnimationDriver: driver is not running")
@pytest.mark.parametrize("shift", AT_WINDOW, ids=lambda path: path.stem)
def test_a_shift_at_the_window_ends_with_what_was_done_once(
    odoo: Odoo, tmp_path: Path, qapp: QGuiApplication, shift: Path
) -> None:
    text = shift.read_text(encoding="utf-8")
    hospital = Hospital(odoo)
    hospital.prepared(text)
    use_fonts(qapp, shipped=True)

    with Device(hospital, tmp_path, faults=FAULTS) as device, at_window(device) as at:
        device.dark = dark_step(shift)
        wrong = device.work(text, at.act)
        told = device.reconciled()

        assert wrong == []
        assert device.unsent() == []
        assert told.findings == ()
        assert told.checked == len(device.store.outbox.rows())
        assert at.spoken == NOT_ON_THE_SCREEN.get(shift.stem, [])
        assert at.hand.taps == TAPS.get(shift.stem, 0)
        assert at.hand.scans >= SCANS.get(shift.stem, 1)


@pytest.mark.parametrize("name", sorted(PAST_THE_WINDOW))
def test_a_shift_past_the_window_ends_with_what_was_done_once(odoo: Odoo, tmp_path: Path, name: str) -> None:
    shift = next(one for one in SHIFTS if one.stem == name)
    text = shift.read_text(encoding="utf-8")
    hospital = Hospital(odoo)
    hospital.prepared(text)

    with Device(hospital, tmp_path, faults=FAULTS) as device:
        device.dark = dark_step(shift)
        wrong = device.work(text)

        assert wrong == []
        assert device.unsent() == []
        assert device.reconciled().findings == ()
