"""Take now (ward 26): place known, scan, no questions; what is not complete waits and is completed later."""

from dataclasses import replace
from decimal import Decimal

import pytest

from client.pages.jobs.moving import moving
from client.work.answer import Tone
from client.work.desk import Desk
from client.work.moving.movement import Emergency, Later
from client.work.moving.view import move_view
from client.work.open_drafts import open_drafts
from client.work.site.people import Role
from client.work.stock import total
from sync.store import Store
from sync.store.device import Enrolment
from sync.transaction import Kind
from tests.work.conftest import CANNULA, GOWN, NOW, PUMP, SYRINGE, TOWEL, StoppedClock, label, queued, say
from tests.work.moves import ICU, MORPHINE, POLICY, WARD, at, furnish


@pytest.fixture(autouse=True)
def shelves(store: Store) -> None:
    furnish(store)


@pytest.fixture
def nurse(store: Store) -> Desk:
    """At the ward, in a hurry."""
    desk = at(store, Role.NURSE, name="Nils")
    say(desk, "LOC-WARD3A", "!take-now")
    return desk


@pytest.mark.parametrize(
    ("scan", "tone", "code"),
    [
        (label(SYRINGE), Tone.OK, "taken_now"),
        (label(SYRINGE, lot="S-LATE"), Tone.OK, "move_added"),
        (label(SYRINGE, lot="S-OLD"), Tone.OK, "taken_now"),
        (label(SYRINGE, lot="NEVER"), Tone.OK, "taken_now"),
        (label(MORPHINE), Tone.OK, "move_added"),
        (label(TOWEL), Tone.OK, "taken_now"),
        (label(PUMP), Tone.OK, "move_added"),
        (label(GOWN), Tone.NO, "product_archived"),
        ("LOC-WARD3A", Tone.OK, "taken_from"),
        ("LOC-A1", Tone.NO, "use_not_mapped"),
        ("LOC-USED", Tone.NO, "place_holds_no_goods"),
        ("CS/INT/00012", Tone.NO, "papers_in_move"),
        ("]d28018123456789012345678", Tone.NO, "patient_label"),
        ("who knows", Tone.NO, "unknown_code"),
        ("!confirm", Tone.NO, "nothing_scanned"),
        ("!undo", Tone.OK, "place_undone"),
        ("!yes", Tone.NO, "nothing_asked"),
    ],
)
def test_ward_26_no_scan_is_answered_with_a_question(nurse: Desk, scan: str, tone: Tone, code: str) -> None:
    said = say(nurse, scan)

    assert (said.tone, said.code) == (tone, code)


@pytest.mark.parametrize(
    ("scan", "tone", "code"),
    [
        (label(MORPHINE), Tone.OK, "move_added"),
        (label(SYRINGE), Tone.OK, "taken_now"),
        ("]d210S-LATE", Tone.OK, "move_added"),
        ("S-LATE", Tone.OK, "move_added"),
        ("!lot S-LATE", Tone.OK, "move_added"),
        ("who knows what this is", Tone.NO, "unknown_code"),
        ("!qty 3", Tone.OK, "taken_now"),
        ("!undo", Tone.OK, "undone_open"),
        ("LOC-ICU", Tone.OK, "taken_from"),
        ("!confirm", Tone.OK, "taken_rest_waits"),
    ],
)
def test_ward_26_an_open_lot_stops_nothing(nurse: Desk, scan: str, tone: Tone, code: str) -> None:
    say(nurse, label(SYRINGE))

    said = say(nurse, scan)

    assert (said.tone, said.code) == (tone, code)


def test_ward_26_a_missing_lot_is_taken_where_only_one_lies_there(nurse: Desk) -> None:
    assert say(nurse, label(MORPHINE)).facts["lot"] == "M-1"


def left(desk: Desk) -> Later:
    """The draft of what waits."""
    [draft] = desk.store.drafts.of_job("later")
    desk.resume(draft.uuid)
    assert isinstance(desk.job, Later)
    return desk.job


def test_ward_26_what_is_complete_is_sent_the_rest_waits_and_counts_as_taken(nurse: Desk) -> None:
    say(nurse, label(SYRINGE, lot="S-LATE"), label(SYRINGE), "!qty 2")
    said = say(nurse, "!confirm")

    assert (said.code, said.facts["waiting"]) == ("taken_rest_waits", 1)
    [act] = queued(nurse)
    assert (act.kind, [(line.lot_name, line.done) for line in act.lines]) == (Kind.USE, [("S-LATE", Decimal(1))])
    assert total(nurse.shelves.of(SYRINGE.id, WARD.parent_path)) == Decimal(9 - 1 - 2)
    [draft] = nurse.store.drafts.of_job("later")
    assert (draft.title, draft.person, draft.opened_at) == ("To complete: Syringe 5 ml", "Nils", NOW)


def test_ward_26_all_of_it_may_wait(nurse: Desk) -> None:
    say(nurse, label(SYRINGE), "!confirm")

    assert nurse.job is None
    assert queued(nurse) == []
    assert len(left(nurse).later) == 1


def test_ward_26_it_is_completed_by_answering(nurse: Desk, store: Store) -> None:
    say(nurse, label(SYRINGE), label(SYRINGE), "!confirm")
    night = at(store, Role.NURSE, name="Nora")
    assert left(night).opened == 1
    assert night.said.code == "lot_to_take"

    assert say(night, "!lot S-LATE").code == "move_added"
    assert say(night, "S-LATE").code == "move_added"
    assert say(night, "!confirm").code == "move_confirmed"
    [act] = queued(night)
    assert (act.kind, [(line.lot_name, line.done) for line in act.lines]) == (Kind.USE, [("S-LATE", Decimal(2))])
    assert store.drafts.of_job("later") == []
    assert len(act.lines[0].evidence) == 3


def test_ward_01_it_is_posted_as_of_when_it_was_taken(nurse: Desk, store: Store) -> None:
    say(nurse, label(SYRINGE), "!confirm")
    late = at(store, Role.NURSE, name="Nils")
    late.clock = StoppedClock(at=NOW.replace(hour=17))
    left(late)
    say(late, "!lot S-LATE", "!confirm")

    assert queued(late)[0].acted_at.wall == NOW


def test_ward_26_part_of_it_may_go_on_waiting(nurse: Desk, store: Store) -> None:
    say(nurse, label(SYRINGE), label(TOWEL), "!confirm")
    left(nurse)

    assert say(nurse, "!no").code == "set_aside"
    assert nurse.question() is None
    assert say(nurse, "!next").code == "whose_goods"
    assert say(nurse, "!whose 0/0").code == "move_added"
    assert say(nurse, "!no", "!confirm").code == "taken_rest_waits"
    assert [line.product_id for line in queued(nurse)[0].lines] == [TOWEL.id]
    assert [one.item.product for one in left(nurse).later] == [SYRINGE]


def test_ward_33_only_a_supervisor_says_it_was_not_taken(nurse: Desk, store: Store) -> None:
    say(nurse, label(SYRINGE), "!confirm")
    left(nurse)
    assert say(nurse, "!drop").code == "needs_role"

    boss = at(store, Role.SUPERVISOR, name="Joana")
    left(boss)
    assert say(boss, "!drop").code == "undone_waiting"
    assert isinstance(boss.job, Later)
    assert not boss.job.begun


def test_a_line_completed_by_mistake_waits_again(nurse: Desk) -> None:
    say(nurse, label(SYRINGE), "!confirm")
    left(nurse)
    say(nurse, "!lot S-LATE")

    assert say(nurse, "!undo").code == "waits_again"
    assert isinstance(nurse.job, Later)
    assert [one.number for one in nurse.job.later] == [1]
    asked = nurse.question()
    assert asked is not None
    assert asked.code == "lot_to_take"


PACKS = [label(SYRINGE, serial=f"P{number}") for number in range(3)]


def test_a_line_taken_back_waits_exactly_as_it_did(nurse: Desk, store: Store) -> None:
    """Its pack's serial, when it was taken and by whom: a supervisor only completed it."""
    say(nurse, *PACKS[:2], "!confirm")
    left(nurse)
    say(nurse, "!home")
    boss = at(store, Role.SUPERVISOR, name="Joana")
    before = left(boss)
    assert [one.item.serial for one in before.later] == ["P0", "P1"]

    say(boss, "!lot S-LATE", "!undo 1")
    assert isinstance(boss.job, Later)
    assert boss.job.later == before.later


def test_the_last_line_taken_back_is_asked_about_again(nurse: Desk) -> None:
    say(nurse, PACKS[0], "!confirm")
    before = left(nurse)

    say(nurse, "!lot S-LATE", "!undo")
    assert nurse.job == before


def test_a_completed_line_is_not_lost_while_another_is_open(nurse: Desk) -> None:
    say(nurse, *PACKS, "!confirm")
    left(nurse)
    say(nurse, "!lot S-LATE")

    assert say(nurse, "!undo 1").code == "waits_again"
    assert isinstance(nurse.job, Later)
    assert {one.number for one in nurse.job.later} == {1, 2, 3}


def test_what_was_scanned_beside_waiting_lines_is_simply_taken_back(nurse: Desk) -> None:
    say(nurse, PACKS[0], "!confirm")
    left(nurse)
    say(nurse, "!lot S-LATE")
    before = nurse.job

    assert say(nurse, label(TOWEL), "!whose 0/0").tone == "ok"
    assert say(nurse, "!undo").code == "undone"
    assert isinstance(nurse.job, Later)
    assert isinstance(before, Later)
    assert (nurse.job.additions, nurse.job.later) == (before.additions, before.later)


def test_what_was_taken_by_mistake_is_taken_back(nurse: Desk) -> None:
    say(nurse, label(SYRINGE), label(TOWEL), label(PUMP, serial="SN-WARD"), label(MORPHINE))

    assert say(nurse, "!undo").facts["product"] == MORPHINE.name
    assert say(nurse, "!undo").facts["product"] == PUMP.name
    assert isinstance(nurse.job, Emergency)
    assert [one.why for one in nurse.job.later] == ["lot_to_take", "whose_goods"]
    assert (say(nurse, "!undo 1").code, say(nurse, "!undo").code) == ("undone_waiting", "undone_waiting")
    assert isinstance(nurse.job, Emergency)
    assert not nurse.job.begun


def test_ward_15_a_pack_that_waits_is_not_taken_twice(nurse: Desk) -> None:
    pack = label(SYRINGE, serial="P1")

    say(nurse, pack, label(TOWEL))
    assert say(nurse, pack).code == "pack_twice"


def test_two_symbols_of_one_item_are_one_item(nurse: Desk) -> None:
    say(nurse, label(SYRINGE), "]d210S-LATE")

    assert isinstance(nurse.job, Emergency)
    assert [(add.lot_name, len(add.evidence)) for add in nurse.job.additions] == [("S-LATE", 2)]
    assert nurse.job.later == ()


def test_the_only_place_a_device_serves_is_known(store: Store) -> None:
    enrolment = store.device.enrolment()
    assert enrolment is not None
    store.device.enrol(replace(enrolment, location_ids=(WARD.id,)), "key")
    desk = at(store, Role.NURSE)

    assert say(desk, "!take-now").code == "taken_from"
    assert isinstance(enrolment, Enrolment)


def test_without_a_place_the_item_says_it(store: Store) -> None:
    desk = at(store, Role.NURSE)

    assert say(desk, "!take-now", label(MORPHINE)).code == "move_added"
    assert say(desk, label(CANNULA)).code == "use_not_mapped"


def test_where_several_reasons_are_known_one_is_asked_when_all_is_over(store: Store) -> None:
    desk = at(store, Role.NURSE)
    say(desk, "LOC-A1", "!move", label(TOWEL), "!qty 5", "LOC-ICU", "!confirm", "!home")
    say(desk, "LOC-ICU", "!take-now", label(TOWEL), label(TOWEL))

    assert say(desk, "!confirm").code == "why_used"
    assert say(desk, "!reason patient").code == "move_confirmed"
    assert queued(desk)[-1].document.source_id == ICU.id


def test_ward_06_in_an_emergency_nobody_asks_whose_it_was(store: Store) -> None:
    places = {**POLICY.places, "CS/Stock": POLICY.places["CS/Ward 3A"]}
    desk = at(store, Role.NURSE, replace(POLICY, places=places))

    assert say(desk, "LOC-A2", "!take-now", label(CANNULA)).code == "move_added"


def test_the_page_shows_what_waits(nurse: Desk) -> None:
    say(nurse, label(SYRINGE), label(SYRINGE))
    assert isinstance(nurse.job, Emergency)
    shown = move_view(nurse.job, nurse.ward())

    assert [(one.name, one.why) for one in shown.waiting] == 2 * [(SYRINGE.name, "lot_to_take")]
    assert shown.can_act


@pytest.mark.parametrize(
    ("place", "why", "hint"), [((), "which_bin", "place_or_item"), (("LOC-WARD3A",), "lot_to_take", "next_item")]
)
def test_what_was_taken_last_is_seen_before_the_next_scan(
    store: Store, place: tuple[str, ...], why: str, hint: str
) -> None:
    nurse = at(store, Role.NURSE, name="Nils")
    say(nurse, *place, "!take-now", label(SYRINGE), "!qty 3")
    assert isinstance(nurse.job, Emergency)
    view = move_view(nurse.job, nurse.ward())
    page = moving(view, "k")

    assert [(one.number, one.name, one.quantity, one.why) for one in view.waiting] == [
        (1, SYRINGE.name, Decimal(3), why)
    ]
    assert (view.hint, view.action, page.action) == (hint, "finish", "Finish")
    assert [(part.head, [line.name for line in part.lines]) for part in page.parts] == [("To complete", [SYRINGE.name])]
    assert say(nurse, "!undo").code == "undone_open"
    assert isinstance(nurse.job, Emergency)
    assert move_view(nurse.job, nurse.ward()).waiting == ()


def test_what_was_taken_in_a_hurry_counts_among_the_lines_of_what_was_begun(nurse: Desk, store: Store) -> None:
    say(nurse, label(SYRINGE), label(TOWEL))
    nurse.home()

    assert [one.lines for one in open_drafts(store)] == [2]


def test_while_it_is_completed_the_open_line_is_shown_once(nurse: Desk) -> None:
    say(nurse, label(SYRINGE), "!confirm")
    job = left(nurse)

    assert job.pending
    assert [one.number for one in move_view(job, nurse.ward()).waiting] == [1]


def test_ward_26_what_was_completed_before_an_update_of_this_program_waits_again_too(nurse: Desk) -> None:
    say(nurse, label(SYRINGE), "!confirm")
    nurse.worktop.job = replace(left(nurse), completed=None)
    assert say(nurse, "!lot S-LATE").code == "move_added"

    assert say(nurse, "!undo").code == "waits_again"
    assert isinstance(nurse.job, Later)
    assert [(one.number, one.item.quantity) for one in nurse.job.later] == [(1, Decimal(1))]
