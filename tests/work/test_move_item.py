"""Moving, the second step: which goods. Each scan has an answer, and nothing is guessed in silence."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from client.work.answer import Tone
from client.work.desk import Desk
from client.work.site.holds import line_for
from client.work.site.people import Role
from sync.store import Store
from sync.transaction import Transaction
from tests.work.conftest import BOX, CANNULA, COTTON, GOWN, NOW, PUMP, SYRINGE, TOWEL, TWIN, label, queued, say
from tests.work.moves import CRATE, LENDER, at, furnish


@pytest.fixture(autouse=True)
def shelves(store: Store) -> None:
    furnish(store)


@pytest.fixture
def desk(store: Store) -> Desk:
    """Goods are taken from A1."""
    desk = at(store)
    say(desk, "LOC-A1", "!move")
    return desk


@pytest.fixture
def ward(store: Store) -> Desk:
    """Goods are taken from the ward."""
    desk = at(store)
    say(desk, "LOC-WARD3A", "!move")
    return desk


def moved(desk: Desk, to: str = "LOC-B") -> Transaction:
    """What confirming made."""
    assert say(desk, to, "!confirm").code == "move_confirmed"
    return queued(desk)[-1]


def ways(desk: Desk) -> Sequence[str]:
    asked = desk.question()
    return [f"{one.command.name} {one.command.value}".strip() for one in asked.choices] if asked else ()


@pytest.mark.parametrize(
    ("scan", "tone", "code"),
    [
        ("CS/IN/00007", Tone.NO, "papers_in_move"),
        ("]d28018123456789012345678", Tone.NO, "patient_label"),
        ("what is this", Tone.NO, "unknown_code"),
        (label(GOWN), Tone.NO, "product_archived"),
        (label(TWIN), Tone.ASK, "several_products"),
        (label(SYRINGE), Tone.ASK, "lot_to_take"),
        ("]d210S-SOON", Tone.ASK, "product_missing"),
        ("]d201" + SYRINGE.barcode[:13] + "0", Tone.NO, "misread"),
        ("LOC-A1", Tone.ASK, "source_again"),
        ("!qty 3", Tone.NO, "item_before_qty"),
        ("!lot S-SOON", Tone.NO, "lot_not_asked"),
        ("!whose 0/0", Tone.NO, "nothing_asked"),
        ("!reason why not", Tone.NO, "nothing_asked"),
        ("!yes", Tone.NO, "nothing_asked"),
        ("!confirm", Tone.NO, "nothing_scanned"),
        ("!close-short", Tone.NO, "unknown_command"),
    ],
)
def test_every_scan_before_the_first_item_is_answered(desk: Desk, scan: str, tone: Tone, code: str) -> None:
    said = say(desk, scan)

    assert (said.tone, said.code) == (tone, code)


@pytest.mark.parametrize(
    ("scan", "tone", "code"),
    [
        ("LOC-B", Tone.NO, "answer_first_then_place"),
        ("CS/IN/00007", Tone.NO, "papers_in_move"),
        ("]d28018123456789012345678", Tone.NO, "patient_label"),
        (label(TOWEL), Tone.NO, "answer_first"),
        ("!confirm", Tone.NO, "answer_first"),
        ("!yes", Tone.NO, "not_a_choice"),
        ("!qty 2", Tone.ASK, "lot_to_take"),
        ("!undo", Tone.OK, "undone_open"),
        ("!no", Tone.NO, "set_aside"),
        ("S-SOON", Tone.OK, "move_added"),
        ("]d210S-SOON", Tone.OK, "move_added"),
        ("!lot S-LATE", Tone.OK, "move_added"),
        ("!lot NA", Tone.NO, "lot_is_no_lot"),
        ("!all", Tone.NO, "answer_first"),
    ],
)
def test_every_scan_while_a_lot_is_asked_for_is_answered(desk: Desk, scan: str, tone: Tone, code: str) -> None:
    say(desk, label(SYRINGE))

    said = say(desk, scan)

    assert (said.tone, said.code) == (tone, code)


def test_lots_that_lie_there_are_offered_the_first_to_expire_first(desk: Desk) -> None:
    say(desk, label(SYRINGE))

    assert ways(desk) == ["lot S-SOON", "lot S-LATE", "no"]


def test_a_lot_that_is_all_taken_is_not_offered_again(desk: Desk) -> None:
    say(desk, label(SYRINGE, lot="S-SOON"), "!qty 10", label(SYRINGE))

    assert ways(desk) == ["lot S-LATE", "no"]


def test_complaint_01_a_lost_separator_is_compared_with_the_pack(desk: Desk) -> None:
    said = say(desk, f"]d201{SYRINGE.barcode}10S-SOON17261231")

    assert said.code == "separator_doubt"
    assert say(desk, "!lot S-SOON").code == "move_added"


def test_ward_28_that_another_lot_expires_sooner_is_said_not_asked(desk: Desk) -> None:
    said = say(desk, label(SYRINGE, lot="S-LATE"))

    assert (said.code, said.facts["sooner"]) == ("move_added", "S-SOON")
    assert say(desk, label(SYRINGE, lot="S-SOON")).facts["sooner"] == ""


def test_a_lot_nobody_knows_cannot_be_moved(desk: Desk, store: Store) -> None:
    assert say(desk, label(SYRINGE, lot="NEVER")).code == "lot_unknown_here"
    assert ways(desk) == ["lot S-SOON", "lot S-LATE", "no"]
    assert say(desk, "!lot S-SOON").code == "move_added"

    other = at(store)
    said = say(other, "LOC-B", "!move", label(SYRINGE, lot="NEVER"))
    assert (said.tone, said.code) == (Tone.NO, "lot_unknown_here")


def test_a_lot_that_should_lie_elsewhere_is_asked_about(desk: Desk) -> None:
    """Ward 3: what has happened has happened."""
    said = say(desk, label(SYRINGE, lot="S-REMOVE"))
    assert (said.code, said.facts["lies"]) == ("lot_not_here", "CS/Ward 3A")

    assert say(desk, "!yes").code == "move_past_removal"


def test_a_lot_nearly_known_is_compared(desk: Desk) -> None:
    """Ward 14."""
    assert say(desk, label(SYRINGE, lot="S-S00N")).code == "lot_nearly_known"
    assert say(desk, "!lot S-SOON").code == "move_added"


def test_complaint_06_a_label_with_another_day_than_odoo_is_compared(desk: Desk) -> None:
    assert say(desk, label(SYRINGE, lot="S-LATE", expiry="290331")).code == "lot_two_days"
    assert say(desk, "!use-known").code == "move_added"
    assert moved(desk).lines[0].expiry == desk.store.catalogue.lot(SYRINGE.id, "S-LATE").expiry  # type: ignore[union-attr]


def test_ward_33_expired_goods_move_only_by_who_may(ward: Desk, store: Store) -> None:
    said = say(ward, label(SYRINGE, lot="S-OLD"))
    assert (said.code, say(ward, "!yes").code) == ("move_expired", "needs_role")

    boss = at(store, Role.SUPERVISOR)
    say(boss, "LOC-WARD3A", "!move", label(SYRINGE, lot="S-OLD"))
    assert say(boss, "!yes").code == "move_added"


def test_ward_13_past_removal_is_not_expired(ward: Desk) -> None:
    assert say(ward, label(SYRINGE, lot="S-REMOVE")).code == "move_past_removal"


def test_into_quarantine_expired_goods_go_freely(ward: Desk) -> None:
    say(ward, "!to LOC-Q")

    assert say(ward, label(SYRINGE, lot="S-OLD")).code == "move_added"
    assert say(ward, "!confirm").code == "move_confirmed"


def test_who_goes_elsewhere_with_them_after_all_is_asked_at_the_end(ward: Desk) -> None:
    say(ward, "!to LOC-Q", label(SYRINGE, lot="S-OLD"), "LOC-ICU")

    assert say(ward, "!confirm").code == "expired_now"
    assert say(ward, "!yes").code == "needs_role"
    assert say(ward, "!no", "LOC-Q", "!confirm").code == "move_confirmed"


def held(store: Store, lot: str = "S-SOON") -> None:
    store.holds.hold(line_for(SYRINGE, "recalled", NOW.date(), lot), "Joana Adeyemi", NOW)


def test_ward_31_held_goods_are_asked_about_at_the_scan(desk: Desk, store: Store) -> None:
    held(store)
    assert say(desk, label(SYRINGE, lot="S-SOON")).code == "goods_held"
    assert say(desk, "!move-anyway").code == "needs_role"

    boss = at(store, Role.SUPERVISOR)
    say(boss, "LOC-A1", "!move", label(SYRINGE, lot="S-SOON"), "!move-anyway")
    [answer] = moved(boss).answers
    assert (answer.question, answer.choice, answer.line) == ("goods_held", "move-anyway", 1)


def test_ward_31_into_quarantine_they_go_freely(desk: Desk, store: Store) -> None:
    held(store)
    say(desk, "!to LOC-Q")

    assert say(desk, label(SYRINGE, lot="S-SOON")).code == "move_added"
    assert moved(desk, "LOC-Q").answers == ()


def test_ward_31_goods_held_while_the_job_was_open_are_asked_about_at_the_end(store: Store) -> None:
    boss = at(store, Role.SUPERVISOR)
    say(boss, "LOC-A1", "!move", label(SYRINGE, lot="S-SOON"), label(TOWEL), "LOC-B")
    held(store)

    assert say(boss, "!confirm").code == "held_now"
    assert say(boss, "!yes").code == "move_confirmed"
    [answer] = queued(boss)[0].answers
    assert (answer.question, answer.choice, answer.line) == ("goods_held", "move-anyway", 1)


def test_a_serial_is_taken_where_it_lies(desk: Desk) -> None:
    said = say(desk, label(PUMP, serial="SN-WARD"))
    assert (said.code, said.facts["lies"]) == ("serial_elsewhere", "CS/Ward 3A")
    assert ways(desk) == ["from LOC-WARD3A", "no"]

    assert say(desk, "!from LOC-WARD3A").facts["place"] == "CS/Ward 3A"


def test_a_serial_that_lies_nowhere_may_be_in_the_hand(desk: Desk) -> None:
    assert say(desk, label(PUMP, serial="SN-GONE")).code == "serial_nowhere"
    assert say(desk, "!yes").code == "move_added"


def test_a_serial_is_one_piece_and_moves_once(desk: Desk) -> None:
    assert say(desk, label(PUMP, serial="SN-NEVER")).code == "serial_unknown_here"
    say(desk, label(PUMP, serial="SN-STOCK"))
    assert say(desk, "!qty 2").code == "serial_counts_one"
    assert say(desk, label(PUMP, serial="SN-STOCK")).code == "serial_twice"


def test_ward_15_the_same_pack_twice_is_a_double_read(desk: Desk) -> None:
    pack = label(SYRINGE, lot="S-SOON", serial="P1")

    assert say(desk, pack).code == "move_added"
    assert say(desk, pack).code == "pack_twice"


def test_ward_05_boxes_and_pieces_are_one_quantity(desk: Desk) -> None:
    said = say(desk, BOX.barcode)
    assert (said.facts["quantity"], said.facts["pack"]) == (Decimal(10), "Box of 10")

    say(desk, "!qty 2")
    [line] = moved(desk).lines
    assert (line.done, line.unit, line.count) == (Decimal(20), "Box of 10", Decimal(2))


def test_ward_05_fractions_of_whole_goods_are_refused(desk: Desk) -> None:
    assert say(desk, label(TOWEL), "!qty 1.5").code == "quantity_fraction"
    assert moved(desk).lines[0].done == 1


def test_ward_03_too_little_by_the_book_is_said_and_booked(desk: Desk) -> None:
    said = say(desk, label(SYRINGE, lot="S-SOON"), "!qty 12")

    assert (said.code, said.facts["lies"]) == ("move_changed", Decimal(10))
    assert say(desk, label(SYRINGE, lot="S-SOON")).facts["lies"] == Decimal(-2)
    assert moved(desk).lines[0].done == 13


def test_ward_03_where_the_site_is_strict_it_is_refused(store: Store) -> None:
    desk = at(store)

    said = say(desk, "LOC-CLINIC", "!move", label(TOWEL))

    assert (said.tone, said.code) == (Tone.NO, "too_little_here")


def test_ward_06_reserved_for_another_wants_a_role_or_a_reason(store: Store) -> None:
    nurse = at(store, Role.NURSE)
    said = say(nurse, "LOC-A2", "!move", label(CANNULA, lot="CANNULA-LOT"), "!qty 4")
    assert (said.code, said.facts["documents"], said.facts["reserved"]) == ("reserved", "CS/INT/00012", Decimal(10))

    assert say(nurse, "!yes").code == "needs_role"
    assert say(nurse, "!reason").code == "reason_wanted"
    assert say(nurse, "!reason resuscitation").code == "move_added"
    [answer] = moved(nurse).answers
    assert (answer.question, answer.choice, answer.line) == ("reserved", "reason resuscitation", 1)


def test_ward_06_more_of_it_is_asked_again(store: Store) -> None:
    desk = at(store)
    say(desk, "LOC-A2", "!move", label(CANNULA, lot="CANNULA-LOT"), "!yes")

    assert say(desk, "!qty 4").code == "reserved"
    assert say(desk, "!no").code == "left_as_it_was"


def test_ward_02_whose_goods_are_taken_is_asked(ward: Desk) -> None:
    assert say(ward, label(TOWEL)).code == "whose_goods"
    assert ways(ward) == ["whose 0/0", f"whose {CRATE.id}/0", "no"]
    assert say(ward, "!whose 9/9").code == "nothing_asked"

    assert say(ward, f"!whose {CRATE.id}/0").code == "move_added"
    assert moved(ward).lines[0].package_id == CRATE.id


def test_ward_02_what_is_all_one_owners_is_booked_so(store: Store) -> None:
    desk = at(store)
    say(desk, "LOC-A2", "!move", label(COTTON), f"!whose 0/{LENDER.id}", "!qty 0.5")

    [line] = moved(desk).lines
    assert (line.owner_id, line.done) == (LENDER.id, Decimal("0.5"))


def test_a_line_is_corrected_without_leaving(desk: Desk) -> None:
    say(desk, label(TOWEL), label(SYRINGE, lot="S-SOON"))

    assert say(desk, "!qty 7 of 1").facts["quantity"] == 7
    assert say(desk, "!undo 2").code == "undone"
    assert [line.done for line in moved(desk).lines] == [7]


def test_complaint_15_lot_and_place_of_a_line_are_put_right_on_the_device(desk: Desk) -> None:
    say(desk, label(SYRINGE, lot="S-SOON", expiry="261231"), label(TOWEL))

    assert say(desk, "!fix 1", "!lot S-LATE").code == "move_changed"
    assert say(desk, "!from LOC-A2 of 2").facts["place"] == "CS/Stock/Shelf A/A2"
    assert say(desk, "!from LOC-WARD3A of 2").code == "whose_goods"
    assert say(desk, "!no").code == "left_as_it_was"
    assert say(desk, "!from nowhere of 2").code == "unknown_place"
    assert say(desk, "!from LOC-CS of 2").code == "place_holds_no_goods"
    assert {(line.lot_name, line.source_id) for line in moved(desk).lines} == {("S-LATE", 21), ("", 22)}


def test_ward_02_a_line_put_right_is_of_the_package_it_lies_in(ward: Desk) -> None:
    say(ward, label(TOWEL), f"!whose {CRATE.id}/0")

    say(ward, "!from LOC-A1 of 1")
    assert moved(ward).lines[0].package_id is None


def test_complaint_08_without_a_network_what_was_brought_here_is_moved_on(desk: Desk) -> None:
    """Odoo does not have it there yet; this device does."""
    say(desk, label(SYRINGE, lot="S-SOON"), "!qty 10")
    moved(desk)

    said = say(desk, "!home", "LOC-B", "!move", label(SYRINGE))
    assert said.code == "lot_to_take"
    assert ways(desk) == ["lot S-SOON", "no"]
