"""Moving, the last step: where the goods go, what finishing asks, and what it comes to."""

from dataclasses import replace
from decimal import Decimal

import pytest

from client import messages
from client.work.answer import Tone
from client.work.desk import Desk
from client.work.moving.movement import Movement
from client.work.moving.view import move_view
from client.work.site.people import Role
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import MASK, SYRINGE, TOWEL, label, queued, say
from tests.work.moves import A1, ICU, MORPHINE, OLD_BIN, ROAD, WARD, at, furnish


@pytest.fixture(autouse=True)
def shelves(store: Store) -> None:
    furnish(store)


@pytest.fixture
def desk(store: Store) -> Desk:
    """Two goods of A1 are in hand."""
    desk = at(store)
    say(desk, "LOC-A1", "!move", label(SYRINGE, lot="S-SOON"), label(TOWEL))
    return desk


@pytest.mark.parametrize(
    ("scan", "tone", "code"),
    [
        ("LOC-WARD3A", Tone.OK, "goes_to"),
        ("LOC-A1", Tone.ASK, "source_again"),
        ("!to LOC-A1", Tone.NO, "lies_there_already"),
        ("!to nowhere", Tone.NO, "unknown_place"),
        ("LOC-CS", Tone.NO, "place_holds_no_goods"),
        ("LOC-LOSS", Tone.NO, "place_holds_no_goods"),
        ("LOC-OLD", Tone.NO, "place_archived"),
        ("CS/INT/00012", Tone.NO, "papers_in_move"),
        (label(TOWEL), Tone.OK, "move_added"),
        ("!confirm", Tone.ASK, "where_to"),
        ("nothing known", Tone.NO, "unknown_code"),
        ("]d28018123456789012345678", Tone.NO, "patient_label"),
    ],
)
def test_every_scan_with_goods_in_hand_is_answered(desk: Desk, scan: str, tone: Tone, code: str) -> None:
    said = say(desk, scan)

    assert (said.tone, said.code) == (tone, code)


@pytest.mark.parametrize(
    ("scan", "tone", "code"),
    [
        ("LOC-WARD3A", Tone.OK, "goes_to"),
        ("LOC-A1", Tone.ASK, "source_again"),
        ("!no", Tone.IDLE, "ready"),
        ("!yes", Tone.NO, "not_a_choice"),
        ("!undo", Tone.IDLE, "ready"),
        (label(TOWEL), Tone.OK, "move_added"),
        ("!confirm", Tone.ASK, "where_to"),
        ("!qty 4", Tone.NO, "item_before_qty"),
    ],
)
def test_every_scan_while_the_place_is_asked_for_is_answered(desk: Desk, scan: str, tone: Tone, code: str) -> None:
    say(desk, "!confirm")

    said = say(desk, scan)

    assert (said.tone, said.code) == (tone, code)


def test_the_place_scanned_last_is_where_all_of_it_goes(desk: Desk) -> None:
    say(desk, "LOC-ICU", label(MASK), "!no", "LOC-WARD3A", "!confirm")

    [act] = queued(desk)
    assert (act.kind, act.document.source_id, act.document.destination_id) == (Kind.TRANSFER, A1.id, WARD.id)
    assert {line.destination_id for line in act.lines} == {WARD.id}


def test_where_it_goes_may_be_said_before_the_goods(store: Store) -> None:
    desk = at(store)
    say(desk, "!move", "LOC-A1", "LOC-WARD3A", label(TOWEL), "!confirm")

    assert queued(desk)[0].document.destination_id == WARD.id


def test_goods_of_several_shelves_go_in_one(store: Store) -> None:
    desk = at(store)
    say(desk, "LOC-A1", "!move", label(TOWEL), "!from LOC-A2", label(TOWEL), "LOC-ICU", "!confirm")

    [act] = queued(desk)
    assert [(line.source_id, line.done) for line in act.lines] == [(21, Decimal(1)), (22, Decimal(1))]


def test_a_double_tap_acts_once(desk: Desk) -> None:
    say(desk, "LOC-WARD3A", "!confirm")

    assert say(desk, "!confirm").code == "already_confirmed"
    assert len(queued(desk)) == 1


def test_the_operation_type_is_the_warehouses_own(store: Store) -> None:
    desk = at(store)
    boss = at(store, Role.SUPERVISOR)
    say(desk, "LOC-A1", "!move", label(TOWEL), "LOC-WARD3A", "!confirm")

    assert queued(desk)[0].document.picking_type_id == 2
    assert boss.ward().plan.missing == ()


def test_ward_27_where_a_route_has_two_sides_goods_go_into_transit(desk: Desk) -> None:
    assert say(desk, "LOC-CLINIC").facts["via"] == "On the way"
    said = say(desk, "!confirm")

    assert said.facts["on_the_way"] == "CL/Clinic"
    [act] = queued(desk)
    assert (act.kind, act.document.destination_id, act.document.origin) == (Kind.DISPATCH, ROAD.id, "CL/Clinic")
    assert {line.destination_id for line in act.lines} == {ROAD.id}


def test_ward_24_use_goes_where_the_site_says(store: Store) -> None:
    desk = at(store, Role.NURSE)
    say(desk, "LOC-WARD3A", "!use", label(SYRINGE, lot="S-LATE"))

    assert say(desk, "!confirm").code == "move_confirmed"
    [act] = queued(desk)
    assert (act.kind, act.document.source_id, act.document.destination_id) == (Kind.USE, WARD.id, 46)


def test_ward_24_where_several_reasons_are_known_one_is_asked(store: Store) -> None:
    desk = at(store, Role.NURSE)
    say(desk, "LOC-A1", "!move", label(TOWEL), "!qty 5", "LOC-ICU", "!confirm", "!home")
    say(desk, "LOC-ICU", "!use", label(TOWEL))

    assert say(desk, "!confirm").code == "why_used"
    assert say(desk, "!reason because").code == "reason_unknown"
    assert say(desk, "!reason theatre").code == "move_confirmed"
    act = queued(desk)[-1]
    assert (act.kind, act.reason, act.document.destination_id) == (Kind.USE, "theatre", 47)


def test_ward_24_the_reason_may_be_said_first(store: Store) -> None:
    desk = at(store, Role.NURSE)
    say(desk, "LOC-WARD3A", "!waste broken", label(SYRINGE, lot="S-OLD"))

    assert say(desk, "!confirm").code == "move_confirmed"
    [act] = queued(desk)
    assert (act.kind, act.reason, act.document.destination_id) == (Kind.WASTE, "broken", 48)


@pytest.mark.parametrize(("word", "code"), [("use", "use_not_mapped"), ("waste", "waste_not_mapped")])
def test_ward_24_what_is_not_mapped_is_not_offered(store: Store, word: str, code: str) -> None:
    desk = at(store)

    assert say(desk, "LOC-A1", f"!{word}").code == code
    assert say(desk, "!home", f"!{word}", label(SYRINGE, lot="S-SOON")).code == code
    assert say(desk, "LOC-A1").code == code


def test_ward_24_use_and_waste_are_offered_only_where_they_are_mapped(store: Store) -> None:
    desk = at(store)

    def offered(place: str) -> set[str]:
        say(desk, "!home", place)
        asked = desk.question()
        return {choice.command.name for choice in asked.choices} if asked else set()

    assert offered("LOC-WARD3A") == {"move", "count", "use", "take-now", "waste", "no"}
    assert offered("LOC-ICU") == {"move", "count", "use", "take-now", "no"}
    assert offered("LOC-A1") == {"move", "count", "no"}


def test_a_place_of_use_is_never_a_destination(store: Store) -> None:
    desk = at(store)
    say(desk, "LOC-WARD3A", "!use", label(SYRINGE, lot="S-LATE"))

    assert say(desk, "!to LOC-ICU").code == "ends_by_policy"
    assert say(desk, "LOC-USED").code == "place_holds_no_goods"


def test_ward_return_goes_back_to_the_store(store: Store) -> None:
    desk = at(store, Role.NURSE)
    say(desk, "LOC-WARD3A", "!return", label(SYRINGE, lot="S-LATE"), "LOC-A1", "!confirm")

    [act] = queued(desk)
    assert (act.kind, act.document.source_id, act.document.destination_id) == (Kind.WARD_RETURN, WARD.id, A1.id)


def test_ward_30_controlled_goods_want_a_witness_who_sees_the_balance(store: Store) -> None:
    desk = at(store, Role.NURSE, name="Nils")
    said = say(desk, "LOC-WARD3A", "!use", label(MORPHINE, lot="M-1"), "!qty 2", "!confirm")

    assert said.code == "witness"
    assert said.facts["balances"] == "Morphine 10 mg, Ward 3A: 10 → 8"
    assert queued(desk) == []


def test_all_of_a_bin_lots_and_all(store: Store) -> None:
    desk = at(store)
    said = say(desk, "LOC-A1", "!move", "!all")
    assert (said.code, said.facts["lines"]) == ("all_taken", 4)

    say(desk, "LOC-B", "!confirm")
    [act] = queued(desk)
    assert {(line.lot_name, line.done) for line in act.lines} == {
        ("S-SOON", Decimal(10)), ("S-LATE", Decimal(20)), ("", Decimal(30)), ("SN-STOCK", Decimal(1)),
    }  # fmt: skip


def test_what_of_a_bin_needs_an_answer_stays_and_is_named(store: Store) -> None:
    desk = at(store)
    said = say(desk, "LOC-WARD3A", "!move", "!all")

    assert (said.code, said.facts["left"]) == ("all_taken_but", 2)
    assert "S-OLD" in str(said.facts["names"])
    assert say(desk, "!undo").code == "all_undone"
    assert isinstance(desk.job, Movement)
    assert desk.job.additions == ()


def test_all_of_nothing_is_said(store: Store) -> None:
    desk = at(store)

    assert say(desk, "!move", "!all").code == "from_where_all"
    assert say(desk, "!all LOC-B").code == "nothing_lies_here"
    assert say(desk, "!all nowhere").code == "unknown_place"


def again(desk: Desk, store: Store, **merged: object) -> Desk:
    """Left, pulled, taken up again."""
    say(desk, "!home")
    pull = store.catalogue.resume()
    for kind, values in merged.items():
        pull.merge(kind, values)  # type: ignore[arg-type]  # records of that kind
    pull.flip(max(store.catalogue.pulled_at().values()))
    say(desk, "!resume 1")
    return desk


def test_a_draft_is_taken_up_again_as_it_was(desk: Desk, store: Store) -> None:
    before = desk.job

    assert again(desk, store).said.code == "move_resumed"
    assert desk.job == before


def test_ward_34_what_was_archived_meanwhile_is_said_and_kept(desk: Desk, store: Store) -> None:
    said = again(desk, store, products=[replace(TOWEL, active=False)]).said

    assert (said.code, said.facts["what"]) == ("move_resumed_stale", TOWEL.name)
    assert isinstance(desk.job, Movement)
    assert len(desk.job.additions) == 2
    assert say(desk, "LOC-WARD3A", "!confirm").code == "product_archived"
    assert say(desk, "!no", "!undo 2", "!confirm").code == "move_confirmed"


def test_ward_34_a_place_that_was_archived_meanwhile_is_scanned_anew(desk: Desk, store: Store) -> None:
    say(desk, "LOC-ICU")
    again(desk, store, locations=[replace(ICU, active=False)])

    assert say(desk, "!confirm").code == "place_archived"
    assert say(desk, "LOC-WARD3A", "!confirm").code == "move_confirmed"
    assert OLD_BIN.active is False


@pytest.mark.parametrize(("again", "told"), [((), "Ready: 2 lines."), (("!undo",), "Ready: 1 line.")])
def test_the_question_where_to_says_how_much_is_ready(desk: Desk, again: tuple[str, ...], told: str) -> None:
    say(desk, *again, "!confirm")
    asked = desk.question()

    assert asked
    assert messages.question_hint(asked) == told


def test_the_page_shows_what_is_true(desk: Desk) -> None:
    assert isinstance(desk.job, Movement)
    shown = move_view(desk.job, desk.ward())

    assert (shown.kind, shown.source, shown.hint, shown.action) == (
        "move",
        A1.complete_name,
        "next_item_or_place",
        "finish",
    )
    assert [(row.name, row.total) for row in shown.rows] == [(SYRINGE.name, Decimal(1)), (TOWEL.name, Decimal(1))]
    say(desk, "LOC-CLINIC")
    assert isinstance(desk.job, Movement)
    assert move_view(desk.job, desk.ward()).via == "On the way"
