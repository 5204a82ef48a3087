"""Finishing a bin: what was not spoken of, what moved, what differs, whose number waits, why; then what is sent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from client import messages
from client.work.desk import Desk
from client.work.site.people import Act, Role
from client.work.site.pin import hashed
from client.work.site.policy import Policy, Tolerance
from sync.odoo.counts.pending import KEEP_OURS, PENDING
from sync.stock import Category, Location, StockRow, Usage
from sync.transaction import Kind, Transaction, uuid_of
from tests.work.conftest import CANNULA, KNOWN_LOT, LOSS, NOW, PUMP, SYRINGE, TOWEL, label, queued, say
from tests.work.counts import (
    BOOK,
    CHEAP,
    INES,
    MORPHINE,
    OTHER_LOT,
    OWNER,
    ROWS,
    at,
    counting,
    shown,
    stocked,
    used_here,
)

EXACT = (label(PUMP, serial="SN-STOCK"), label(SYRINGE, lot="AB0123", count=137))
"""Shelf A as the book has it."""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    stocked(desk.store)
    return desk


def counted(act: Transaction) -> dict[tuple[int, str], tuple[object, object]]:
    """What a body says, and the book beside it, by product and lot."""
    return {(line.product_id, line.lot_name): (line.counted, line.book) for line in act.lines}


def test_a_count_that_agrees_is_submitted_without_a_question(desk: Desk) -> None:
    assert say(desk, "!count LOC-A", *EXACT, "!confirm").code == "count_submitted"

    (made,) = queued(desk)
    assert made.kind is Kind.COUNT
    assert counted(made) == {(PUMP.id, "SN-STOCK"): (1, 1), (SYRINGE.id, "AB0123"): (BOOK, BOOK)}
    assert (made.document.source_id, made.document.destination_id, made.document.picking_type_id) == (19, LOSS.id, 2)
    assert all((line.source_id, line.destination_id, line.done) == (19, LOSS.id, Decimal(0)) for line in made.lines)
    assert made.acted_at.wall == NOW


def test_complaint_11_a_line_not_counted_is_not_zero_and_not_sent_before_somebody_says_so(desk: Desk) -> None:
    """Complaint 11."""
    asked = say(desk, "!count LOC-A", EXACT[0], "!confirm")

    assert (asked.code, asked.facts["product"]) == ("not_counted", "Syringe 5 ml")
    assert say(desk, "!no").code == "ready"
    assert say(desk, EXACT[1], "!confirm").code == "count_submitted"


@pytest.mark.parametrize(
    ("scans", "named"),
    [
        (EXACT[:1], "Syringe 5 ml · AB0123, ZZ9"),
        ((EXACT[0], label(SYRINGE, lot="ZZ9")), "Syringe 5 ml · AB0123"),
        (EXACT[1:], "Syringe 5 ml · ZZ9"),
        ((*EXACT[1:], label(SYRINGE, lot="ZZ9")), "Infusion pump · SN-STOCK"),
    ],
)
def test_the_lot_that_nobody_counted_is_named_where_it_is_asked_about(
    desk: Desk, scans: tuple[str, ...], named: str
) -> None:
    stocked(desk.store, *ROWS, StockRow(9, SYRINGE.id, 19, BOOK, lot_id=OTHER_LOT.id))
    say(desk, "!count LOC-A", *scans, "!confirm")
    asked = desk.question()

    assert asked
    assert messages.question(asked) == f"Is {named} not there?"
    assert messages.question_hint(asked).startswith("Not counted is not zero. Goods to ask about: ")
    assert messages.choice(asked.choices[0]) == f"{named} is not there"


def test_goods_without_a_lot_are_asked_about_by_their_name(desk: Desk) -> None:
    say(desk, "!count LOC-B", label(CANNULA, lot="CANNULA-LOT", count=6), "!confirm")
    asked = desk.question()

    assert asked
    assert messages.question(asked) == f"Is {TOWEL.name} not there?"


def test_what_is_not_there_becomes_a_line_that_says_zero(desk: Desk) -> None:
    say(desk, "!count LOC-A", EXACT[0], "!confirm")

    assert say(desk, "!not-there").code == "count_differs"
    assert [(row.name, row.counted, row.none) for row in shown(desk).rows][1:] == [("Syringe 5 ml", Decimal(0), True)]


def test_an_empty_bin_is_said_in_one_word_and_what_the_book_has_is_confirmed_by_name(desk: Desk) -> None:
    asked = say(desk, "!count LOC-A", "!empty")

    assert (asked.code, asked.facts["count"]) == ("not_counted", 2)
    assert say(desk, "!none-there").code == "count_differs"
    assert [(row.name, row.none) for row in shown(desk).rows] == [("Syringe 5 ml", True), ("Infusion pump", True)]


def test_a_bin_that_is_empty_as_the_book_says_sends_nothing_and_leaves_no_draft(desk: Desk) -> None:
    stocked(desk.store, ROWS[2])

    assert say(desk, "!count LOC-A", "!empty").code == "empty_as_known"
    say(desk, "!home")
    assert not queued(desk)
    assert not desk.store.drafts.open_drafts()


def test_none_of_a_product_becomes_zero_of_each_lot_the_book_has(desk: Desk) -> None:
    stocked(desk.store, *ROWS, StockRow(9, SYRINGE.id, 19, Decimal(4), lot_id=OTHER_LOT.id))
    desk.policy = Policy(count_tolerance={Role.STOREKEEPER: Tolerance(Decimal(1000))})

    say(desk, "!count LOC-A", EXACT[0], "!zero MED-0001", "!confirm")

    (made,) = queued(desk)
    assert counted(made)[SYRINGE.id, "AB0123"] == (0, BOOK)
    assert counted(made)[SYRINGE.id, "ZZ9"] == (0, 4)


def test_ward_02_each_owners_goods_are_a_line_of_their_own(desk: Desk) -> None:
    stocked(desk.store, *ROWS, StockRow(9, SYRINGE.id, 19, Decimal(12), lot_id=OTHER_LOT.id, owner_id=OWNER.id))

    say(desk, "!count LOC-A", *EXACT, label(SYRINGE, lot="ZZ9", count=12), "!confirm")

    (made,) = queued(desk)
    assert [(line.lot_name, line.owner_id, line.counted) for line in made.lines][-1] == ("ZZ9", OWNER.id, Decimal(12))


def test_within_the_tolerance_of_the_role_nobody_counts_again(desk: Desk) -> None:
    desk.policy = Policy(count_tolerance={Role.STOREKEEPER: Tolerance(Decimal(2))})

    assert say(desk, "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=135), "!confirm").code == (
        "count_submitted"
    )


@pytest.mark.parametrize(
    ("apply_counts", "role", "found", "kind"),
    [
        (True, "supervisor", 135, Kind.ADJUSTMENT),
        (False, "supervisor", 135, Kind.COUNT),
        (True, "storekeeper", 135, Kind.COUNT),
        (True, "supervisor", 137, Kind.ADJUSTMENT),
    ],
)
def test_role_tolerance_and_policy_together_apply_a_count_at_once(
    desk: Desk, apply_counts: bool, role: str, found: int, kind: Kind
) -> None:
    small = Tolerance(Decimal(2))
    desk.policy = Policy(count_tolerance={Role.STOREKEEPER: small, Role.SUPERVISOR: small}, apply_counts=apply_counts)
    say(desk, f"BADGE-{'JOANA' if role == 'supervisor' else 'MIRA'}", "!pin 4711")

    say(desk, "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=found), "!confirm")

    (made,) = queued(desk)
    assert made.kind is kind


def test_a_supervisor_who_showed_a_badge_only_applies_after_the_pin_or_submits(desk: Desk) -> None:
    desk.policy = Policy(count_tolerance=dict.fromkeys(Role, Tolerance(Decimal(2))), apply_counts=True)
    say(desk, "BADGE-JOANA", "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=136))

    assert say(desk, "!confirm").code == "count_at_once"
    assert say(desk, "!apply").code == "pin_wanted"
    assert say(desk, "!pin 4711").code == "proved"
    assert say(desk, "!confirm").code == "count_applied"
    assert queued(desk)[0].kind is Kind.ADJUSTMENT


def test_a_supervisor_without_a_pin_at_hand_submits(desk: Desk) -> None:
    desk.policy = Policy(count_tolerance=dict.fromkeys(Role, Tolerance(Decimal(2))), apply_counts=True)
    say(desk, "BADGE-JOANA", "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=136), "!confirm")

    assert say(desk, "!submit").code == "count_submitted"
    assert queued(desk)[0].kind is Kind.COUNT


def test_where_two_people_apply_a_count_the_second_lends_the_word(desk: Desk) -> None:
    small = dict.fromkeys(Role, Tolerance(Decimal(2)))
    desk.policy = Policy(count_tolerance=small, apply_counts=True, two_people=frozenset({Act.APPLY_COUNT}))
    desk.store.people.add("Otto Brandt", "supervisor", NOW, "", badge="BADGE-OTTO", pin=hashed("4711", CHEAP))
    say(desk, "BADGE-JOANA", "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=136))

    assert say(desk, "!confirm", "BADGE-OTTO", "!pin 4711").code == "approved"
    assert say(desk, "!apply").code == "count_applied"
    (made,) = queued(desk)
    assert [(one.choice, one.person) for one in made.answers] == [("apply-at-once", "Otto Brandt")]


def test_beyond_the_tolerance_even_a_supervisor_submits(desk: Desk) -> None:
    desk.policy = Policy(count_tolerance={Role.SUPERVISOR: Tolerance(Decimal(2))}, apply_counts=True)
    say(desk, "BADGE-JOANA", "!pin 4711", "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=100), "!confirm")

    assert say(desk, "!waive").code == "count_reason"
    assert say(desk, "!reason lost in the move").code == "count_submitted"
    (made,) = queued(desk)
    assert (made.kind, made.reason) == (Kind.COUNT, "lost in the move")
    assert ("count_differs", "waive-recount", "Joana Adeyemi") in [
        (one.question, one.choice, one.person) for one in made.answers
    ]


def test_a_second_count_is_waived_by_a_supervisors_pin(desk: Desk) -> None:
    say(desk, "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=100), "!confirm")

    assert say(desk, "!waive").code == "needs_role"
    assert say(desk, "BADGE-JOANA", "!pin 4711").code == "approved"
    assert say(desk, "!waive").code == "count_reason"
    assert say(desk, "!reason x").code == "count_reason_missing"
    assert say(desk, "!reason found again").code == "count_submitted"
    assert [one.person for one in queued(desk)[0].answers if one.choice == "waive-recount"] == ["Joana Adeyemi"]


def test_the_site_has_reasons_of_its_own_and_any_other_may_be_typed(desk: Desk) -> None:
    desk.policy = Policy(count_reasons=("lent to the theatre", "eaten by mice"))
    say(desk, "BADGE-JOANA", "!pin 4711", "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=100), "!confirm")
    say(desk, "!waive")
    asked = desk.question()

    assert asked is not None
    ways = [choice.command.value for choice in asked.choices if choice.command.name == "reason"]
    assert ways == ["lent to the theatre", "eaten by mice"]
    assert say(desk, "!reason eaten by mice").code == "count_submitted"
    assert queued(desk)[0].reason == "eaten by mice"


def test_what_is_found_is_booked_where_the_site_wants_it(desk: Desk) -> None:
    theirs = Location(99, "Theirs", "Virtual/Theirs", Usage.INVENTORY, "29/99/", 29)
    pull = desk.store.catalogue.resume()
    pull.merge("locations", [theirs])
    pull.flip(NOW)
    desk.policy = Policy(
        count_tolerance={Role.SUPERVISOR: Tolerance(Decimal(2))}, apply_counts=True, adjustment="Virtual/Theirs"
    )
    say(desk, "BADGE-JOANA", "!pin 4711", "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=136), "!confirm")
    say(desk, "!apply")

    [made] = queued(desk)
    assert (made.kind, made.document.destination_id) == (Kind.ADJUSTMENT, theirs.id)


def test_looking_again_goes_on_with_the_count(desk: Desk) -> None:
    say(desk, "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=100), "!confirm")

    assert say(desk, "!no").code == "ready"
    assert say(desk, label(SYRINGE, lot="AB0123", count=37), "!confirm").code == "count_submitted"


# ---------------------------------------------------------------- what moved while it was counted (ward 1)


def test_ward_01_what_was_counted_before_goods_left_is_a_word_of_its_own_moment(desk: Desk) -> None:
    say(desk, "!count LOC-A", EXACT[1])
    used_here(at(desk, 5), SYRINGE, 3, lot=KNOWN_LOT)
    at(desk, 8)

    asked = say(desk, EXACT[0], "!confirm")
    assert (asked.code, asked.facts["product"]) == ("moved_meanwhile", "Syringe 5 ml")
    assert say(desk, "!yes").code == "count_submitted"
    _, first, second = queued(desk)
    assert counted(first) == {(SYRINGE.id, "AB0123"): (BOOK, BOOK)}
    assert counted(second) == {(PUMP.id, "SN-STOCK"): (1, 1)}
    assert [(one.acted_at.wall - NOW).seconds // 60 for one in (first, second)] == [0, 8]


def test_ward_01_what_moved_may_be_counted_once_more(desk: Desk) -> None:
    say(desk, "!count LOC-A", EXACT[1])
    used_here(at(desk, 5), SYRINGE, 3, lot=KNOWN_LOT)
    at(desk, 8)
    say(desk, EXACT[0], "!confirm")

    assert say(desk, "!again").code == "count_again"
    assert say(desk, label(SYRINGE, lot="AB0123", count=134), "!confirm").code == "count_submitted"
    _, made = queued(desk)
    assert counted(made)[SYRINGE.id, "AB0123"] == (134, 134)


def test_ward_01_a_bin_that_took_long_speaks_of_several_moments(desk: Desk) -> None:
    say(desk, "!count LOC-A", EXACT[1])
    at(desk, 50)
    say(desk, EXACT[0], "!confirm")

    first, second = queued(desk)
    assert [first.uuid, second.uuid] == [uuid_of(counting(desk).uuid, name) for name in ("bin:19", "bin:19:2")]
    assert (first.acted_at.wall, second.acted_at.wall) == (NOW, at(desk, 50).clock.now())


def test_the_book_of_a_line_is_that_of_its_own_scan(desk: Desk) -> None:
    used_here(desk, SYRINGE, 7, lot=KNOWN_LOT)

    say(at(desk, 1), "!count LOC-A", label(SYRINGE, lot="AB0123", count=130), EXACT[0], "!confirm")

    assert counted(queued(desk)[-1])[SYRINGE.id, "AB0123"] == (130, 130)


def test_a_copy_of_the_draft_makes_the_same_transaction(desk: Desk) -> None:
    say(desk, "!count LOC-A", *EXACT)
    uuid = counting(desk).uuid

    say(desk, "!confirm")

    assert [one.uuid for one in queued(desk)] == [uuid_of(uuid, "bin:19")]


# ---------------------------------------------------------------- others


def test_ward_08_somebody_elses_other_number_is_replaced_only_after_a_word(desk: Desk) -> None:
    stocked(desk.store, ROWS[0], replace(ROWS[1], counted=Decimal(90), count_user_id=INES.id), *ROWS[2:])

    asked = say(desk, "!count LOC-A", *EXACT, "!confirm")

    assert (asked.code, asked.facts["person"]) == (PENDING, "Ines")
    assert say(desk, "!yes").code == "count_submitted"
    assert (PENDING, KEEP_OURS) in [(one.question, one.choice) for one in queued(desk)[0].answers]


def test_ward_08_the_same_number_needs_no_word(desk: Desk) -> None:
    stocked(desk.store, ROWS[0], replace(ROWS[1], counted=BOOK, count_user_id=INES.id), *ROWS[2:])

    assert say(desk, "!count LOC-A", *EXACT, "!confirm").code == "count_submitted"


def test_ward_30_controlled_goods_are_counted_before_a_witness_who_sees_the_balance(desk: Desk) -> None:
    pull = desk.store.catalogue.begin()
    pull.add(categories=[Category(7, "Controlled", "7/")])
    pull.flip(NOW)
    stocked(desk.store, *ROWS, StockRow(9, MORPHINE.id, 20, Decimal(8)))
    desk.policy = Policy(controlled=("Controlled",), count_tolerance={Role.STOREKEEPER: Tolerance(Decimal(50))})
    say(desk, "!count LOC-B", TOWEL.barcode, "!qty 43", label(CANNULA, lot="CANNULA-LOT", count=6))

    asked = say(desk, MORPHINE.barcode, "!qty 8", "!confirm")
    assert (asked.code, asked.facts["balances"]) == ("count_witness", "Morphine : 8 → 8")
    assert say(desk, "BADGE-MIRA").code == "same_person"
    assert say(desk, "BADGE-CORA", "!pin 4711").code == "count_submitted"
    assert queued(desk)[0].witness == "Cora Imani"


def test_ward_30_goods_of_an_unknown_category_are_not_counted_as_uncontrolled_in_silence(desk: Desk) -> None:
    """After an upgrade, until the next pull is in."""
    stocked(desk.store, *ROWS, StockRow(9, MORPHINE.id, 20, Decimal(8)))
    desk.policy = Policy(controlled=("Controlled",), count_tolerance={Role.STOREKEEPER: Tolerance(Decimal(50))})
    say(desk, "!count LOC-B", TOWEL.barcode, "!qty 43", label(CANNULA, lot="CANNULA-LOT", count=6))

    assert say(desk, MORPHINE.barcode, "!qty 8", "!confirm").code == "witness_unsure"
    assert say(desk, "BADGE-CORA", "!pin 4711").code == "count_submitted"
    assert queued(desk)[0].witness == "Cora Imani"


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (TOWEL.barcode, "counted"),
        ("LOC-B", "finish_this_bin"),
        ("LOC-A", "counting_already"),
        ("unknown-thing", "answer_first"),
        ("!yes", "not_a_choice"),
        ("!recount", "nothing_asked"),
        ("!reason lost", "nothing_asked"),
        ("!again", "nothing_asked"),
        ("!undo", "ready"),
        ("!confirm", "not_counted"),
        ("!zero MED-0001 lot AB0123", "counted_zero"),
        ("!home", "ready"),
    ],
)
def test_every_scan_while_something_is_not_counted_has_an_answer(desk: Desk, scan: str, code: str) -> None:
    say(desk, "!count LOC-A", EXACT[0], "!confirm")

    said = say(desk, scan)

    assert said.code == code or (code == "answer_first" and said.code == "unknown_code")
    assert not queued(desk)


def test_a_double_press_sends_once(desk: Desk) -> None:
    """Complaint 14."""
    assert say(desk, "!count LOC-A", *EXACT, "!confirm", "!confirm").code == "already_confirmed"
    assert len(queued(desk)) == 1


def test_the_next_count_of_a_bin_knows_what_was_applied_here(desk: Desk) -> None:
    desk.policy = Policy(count_tolerance={Role.SUPERVISOR: Tolerance(Decimal(5))}, apply_counts=True)
    say(desk, "BADGE-JOANA", "!pin 4711", "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=135), "!confirm")
    say(at(desk, 30), "!count LOC-A", EXACT[0], label(SYRINGE, lot="AB0123", count=135), "!confirm")

    assert counted(queued(desk)[-1])[SYRINGE.id, "AB0123"] == (135, 135)
