"""An item of a planned transfer: the lot set aside makes a line, all else is asked about by whom it may be answered."""

import pytest

from client.work.site.people import Role
from sync.store import Store
from tests.work.conftest import CANNULA, GOWN, MASK, PUMP, SYRINGE, TOWEL, label, say
from tests.work.wants import desk_of, want

OPEN = "CS/INT/00020"


@pytest.mark.parametrize(
    ("scans", "code"),
    [
        ([label(SYRINGE, lot="S-SOON")], "taken"),
        ([label(SYRINGE)], "lot_to_take"),
        ([label(SYRINGE), "!lot S-SOON"], "taken"),
        ([label(SYRINGE, lot="S-LATE")], "other_lot"),
        ([label(SYRINGE, lot="s-soon")], "lot_nearly_known"),
        ([label(SYRINGE, lot="NEVER")], "lot_unknown_here"),
        ([TOWEL.barcode], "taken"),
        ([label(PUMP, serial="SN-STOCK")], "taken"),
        ([label(PUMP)], "serial_missing"),
        ([label(PUMP, serial="SN-WARD")], "serial_elsewhere"),
        ([label(PUMP, serial="SN-STOCK"), label(PUMP, serial="SN-STOCK")], "serial_twice"),
        ([MASK.barcode], "not_wanted"),
        ([GOWN.barcode], "product_archived"),
        ([label(SYRINGE, lot="S-SOON", count=11)], "too_much"),
        ([label(SYRINGE, lot="S-SOON", expiry="270228")], "lot_two_days"),
        (["]d210S-SOON", label(SYRINGE)], "taken"),
        (["NOBODY-KNOWS"], "unknown_code"),
        (["LOC-LOSS"], "not_a_shelf"),
        (["LOC-CLINIC"], "place_of_another"),
        (["LOC-A1"], "at_bin"),
        (["LOC-A2"], "at_bin_unplanned"),
        (["LOC-ICU"], "item_before_place"),
        ([TOWEL.barcode, "LOC-ICU"], "put_in"),
        (["!qty 3"], "item_before_qty"),
        (["!yes"], "nothing_asked"),
        (["!undo"], "nothing_to_undo"),
        (["!confirm"], "nothing_scanned"),
        (["!dance"], "unknown_command"),
        (["!from LOC-A1"], "answer_first_then_place"),
        (["!from nowhere"], "unknown_place"),
        (["!whose 0/0"], "nothing_asked"),
        (["!reason none"], "nothing_asked"),
    ],
)  # fmt: skip
def test_every_scan_has_its_answer(store: Store, scans: list[str], code: str) -> None:
    want(store)

    assert say(desk_of(store), OPEN, *scans).code == code


def test_ward_28_another_lot_is_for_those_who_may(store: Store) -> None:
    want(store)
    nurse, storekeeper = desk_of(store, Role.NURSE, "Nils"), desk_of(store)

    assert say(nurse, OPEN, label(SYRINGE, lot="S-LATE"), "!yes").code == "needs_role"
    say(nurse, "!no", "!home")
    assert say(storekeeper, OPEN, label(SYRINGE, lot="S-LATE"), "!yes").code == "taken"
    assert say(storekeeper, label(SYRINGE, lot="S-LATE")).code == "taken"


def test_another_bin_is_allowed_and_said(store: Store) -> None:
    want(store)
    said = say(desk_of(store), OPEN, "LOC-A2", TOWEL.barcode)

    assert said.code == "taken_elsewhere"
    assert (said.facts["place"], said.facts["planned"]) == ("A2", "A1")


def test_ward_06_what_is_set_aside_for_another_wants_a_role_or_a_reason(store: Store) -> None:
    """The ten S-SOON are the round's; somebody phoned for forty more."""
    want(store)
    nurse = desk_of(store, Role.NURSE, "Nils")

    assert say(nurse, "CS/INT/00021", label(SYRINGE, lot="S-SOON")).code == "reserved"
    assert say(nurse, "!yes").code == "needs_role"
    assert say(nurse, "!qty 2").code == "reserved"
    assert say(nurse, "!reason").code == "reason_wanted"
    assert say(nurse, "!reason bleeding").code == "taken"


def test_its_own_reservation_is_no_others(store: Store) -> None:
    want(store)

    assert say(desk_of(store), OPEN, label(SYRINGE, lot="S-SOON"), "!qty 10").code == "taken_changed"


def test_goods_of_nobodys_wish_go_beside_it_or_stay(store: Store) -> None:
    want(store)
    desk = desk_of(store)

    assert say(desk, OPEN, label(CANNULA, lot="CANNULA-LOT"), "!no").code == "set_aside"
    assert say(desk, label(CANNULA, lot="CANNULA-LOT"), "!yes").code == "reserved"
    assert say(desk, "!yes").code == "taken_beside"


def test_of_two_bins_one_is_asked_for_and_scanned(store: Store) -> None:
    """Ward 4: never from the shelf above."""
    want(store)
    desk = desk_of(store)

    assert say(desk, "CS/INT/00022", TOWEL.barcode, "!yes").code == "which_bin"
    assert say(desk, "LOC-A").code == "scan_the_bin"
    assert say(desk, TOWEL.barcode).code == "answer_first"
    assert say(desk, "LOC-A2").code == "taken"
    assert desk.job is not None
    assert desk.job.additions[0].source_name == "A2"


def test_more_than_the_book_has_is_said_and_taken(store: Store) -> None:
    want(store)
    said = say(desk_of(store), "CS/INT/00021", label(SYRINGE, lot="S-LATE"), "!qty 25")

    assert (said.code, said.facts["lies"]) == ("taken_changed", 20)


def test_undo_and_a_changed_line_lead_back(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, OPEN, label(SYRINGE, lot="S-SOON"))
    before = desk.job
    say(desk, TOWEL.barcode, "!qty 5")
    assert say(desk, "!qty 2 of 1").code == "taken_changed"
    assert say(desk, "!qty 1 of 1", "!undo 2").code == "undone"

    assert desk.job is not None
    assert before is not None
    assert [(add.number, add.quantity) for add in desk.job.additions] == [
        (add.number, add.quantity) for add in before.additions
    ]
