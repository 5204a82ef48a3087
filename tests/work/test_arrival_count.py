"""What was sent on its way is counted in by the sender's list; the rest stays on the way, with both names (ward 27)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from client import messages
from client.work.desk import Desk
from client.work.planned.arrival_rules import Arrival
from client.work.planned.on_the_way import dispatches, on_the_way
from client.work.site.people import Role
from sync.stock import StockRow
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import NOW, PUMP, SYRINGE, TOWEL, label, queued, say
from tests.work.moves import CLINIC, ROAD
from tests.work.stocked import booked
from tests.work.wants import LATE, desk_of, want


def sent(store: Store) -> Desk:
    """Six of a lot and ten towels are on their way to the clinic."""
    want(store)
    desk = desk_of(store)
    say(desk, "LOC-A1", "!move", label(SYRINGE, lot="S-LATE"), "!qty 6", TOWEL.barcode, "!qty 10", "LOC-CLINIC")
    assert say(desk, "!confirm").code == "move_confirmed"
    return desk_of(store, Role.NURSE, "Nils Berg")


def test_ward_27_the_senders_list_is_counted_and_the_rest_stays_with_both_names(store: Store) -> None:
    nurse = sent(store)
    opened = say(nurse, "!arrive")
    assert (opened.code, opened.facts["sender"], opened.facts["place"]) == (
        "arrival_opened", "Mira Lindqvist", CLINIC.complete_name,
    )  # fmt: skip

    say(nurse, label(SYRINGE, lot="S-LATE"), "!qty 4", TOWEL.barcode, "!qty 10")
    assert say(nurse, "!confirm").code == "arrived_short"
    finished = say(nurse, "!yes")

    assert finished.code == "arrival_finished_short"
    assert (finished.facts["sender"], finished.facts["receiver"], finished.facts["rest"]) == (
        "Mira Lindqvist", "Nils Berg", 2,
    )  # fmt: skip
    dispatch, arrival = queued(nurse)
    assert (dispatch.kind, arrival.kind, arrival.follows) == (Kind.DISPATCH, Kind.ARRIVAL, dispatch.uuid)
    assert arrival.document.origin == dispatch.reference
    assert [(line.source_id, line.destination_id, line.lot_id, line.done) for line in arrival.lines] == [
        (ROAD.id, CLINIC.id, LATE.id, Decimal(4)),
        (ROAD.id, CLINIC.id, None, Decimal(10)),
    ]
    [rest] = on_the_way(nurse.ward())
    assert (rest.quantity, rest.sent, rest.sender, rest.receiver, rest.since) == (
        Decimal(2), Decimal(6), "Mira Lindqvist", "Nils Berg", dispatch.acted_at.wall,
    )  # fmt: skip


def test_all_that_came_is_finished_without_a_question(store: Store) -> None:
    nurse = sent(store)
    say(nurse, "!arrive", label(SYRINGE, lot="S-LATE"), "!qty 6", TOWEL.barcode, "!qty 10")

    assert say(nurse, "!confirm").code == "arrival_finished"
    assert on_the_way(nurse.ward()) == ()


@pytest.mark.parametrize(
    ("scans", "code"),
    [
        ([label(SYRINGE, lot="S-LATE")], "arrived"),
        ([label(SYRINGE)], "lot_to_take"),
        ([label(SYRINGE, lot="S-SOON")], "lot_not_sent"),
        ([label(SYRINGE, lot="S-SOON"), "!yes"], "arrived"),
        ([label(SYRINGE, lot="S-SOON"), "!lot S-LATE"], "arrived"),
        ([label(SYRINGE, lot="NEVER")], "lot_unknown_here"),
        ([label(SYRINGE, lot="S-LATE", count=7)], "too_much"),
        ([label(SYRINGE, lot="S-LATE", count=7), "!yes"], "arrived"),
        ([TOWEL.barcode], "arrived"),
        ([label(PUMP, serial="SN-STOCK")], "not_on_the_way"),
        ([label(PUMP, serial="SN-STOCK"), "!no"], "set_aside"),
        (["LOC-WARD3A"], "arrives_at"),
        ([TOWEL.barcode, "LOC-WARD3A"], "put_in"),
        (["LOC-ROAD"], "already_open"),
        (["LOC-LOSS"], "not_a_shelf"),
        (["CS/INT/00020"], "another_order"),
        (["NOBODY-KNOWS"], "unknown_code"),
        (["!confirm"], "nothing_scanned"),
        (["!undo"], "nothing_to_undo"),
        ([TOWEL.barcode, "!qty 3", "!undo"], "undone"),
        (["!yes"], "nothing_asked"),
        (["!dance"], "unknown_command"),
    ],
)
def test_every_scan_has_its_answer(store: Store, scans: list[str], code: str) -> None:
    assert say(sent(store), "!arrive", *scans).code == code


def test_the_number_on_the_boxes_opens_it_at_home_and_in_the_job(store: Store) -> None:
    nurse = sent(store)
    reference = queued(nurse)[0].reference

    assert say(nurse, reference).code == "arrival_opened"
    assert say(nurse, "!home", f"!arrive {reference}").code == "arrival_opened"
    assert say(nurse, "!home", "!arrive NO-SUCH").code == "dispatch_unknown"


def test_several_dispatches_are_told_apart(store: Store) -> None:
    nurse = sent(store)
    say(desk := desk_of(store), "LOC-A2", "!move", TOWEL.barcode, "LOC-CLINIC", "!confirm")
    first, second = queued(desk)

    assert say(nurse, "!arrive").code == "which_dispatch"
    assert say(nurse, TOWEL.barcode).code == "scan_the_dispatch"
    assert say(nurse, second.reference).code == "arrival_opened"
    assert say(nurse, TOWEL.barcode, first.reference).code == "finish_this_arrival"


def test_what_another_device_sent_is_known_by_odoos_figures(store: Store) -> None:
    want(store)
    pull = store.catalogue.resume()
    pull.merge("stock_rows", [StockRow(90, SYRINGE.id, ROAD.id, Decimal(8), lot_id=LATE.id)])
    pull.flip(NOW - timedelta(minutes=1))
    nurse = desk_of(store, Role.NURSE, "Nils Berg")

    said = say(nurse, "LOC-ROAD", "!arrive")
    assert (said.code, said.facts["lines"]) == ("transit_opened", 1)
    assert "Of 1 nobody here knows who sent them, or when." in messages.detail(said)
    assert say(nurse, label(SYRINGE, lot="S-LATE")).code == "arrive_where"
    assert say(nurse, "LOC-CLINIC", "!qty 8").code == "arrived_changed"
    assert say(nurse, "!confirm").code == "arrival_finished"
    [arrival] = queued(nurse)
    assert (arrival.follows, arrival.document.destination_id) == ("", CLINIC.id)


def test_ward_27_of_what_another_device_sent_it_is_said_what_is_not_known(store: Store) -> None:
    want(store)
    pull = store.catalogue.resume()
    pull.merge("stock_rows", [StockRow(90, SYRINGE.id, ROAD.id, Decimal(8), lot_id=LATE.id)])
    pull.flip(NOW - timedelta(minutes=1))
    nurse = desk_of(store, Role.NURSE, "Nils Berg")

    say(nurse, "LOC-ROAD", "!arrive", label(SYRINGE, lot="S-LATE"), "LOC-CLINIC", "!qty 5", "!confirm")
    asked = nurse.question()
    assert asked is not None
    unknown = "Sent from another device: by whom and when is not known here."
    assert messages.question_hint(asked).endswith(unknown)
    assert messages.detail(say(nurse, "!yes")).startswith(f"{unknown} Counted by Nils Berg.")


def test_ward_27_of_what_this_device_sent_the_sender_and_the_day_are_said(store: Store) -> None:
    nurse = sent(store)
    say(nurse, "!arrive", TOWEL.barcode, "!qty 10", "!confirm")
    asked = nurse.question()

    assert asked is not None
    assert "Sent by Mira Lindqvist, on the way since" in messages.question_hint(asked)


def test_what_another_device_took_in_is_not_on_the_way(store: Store) -> None:
    """Odoo's later figures have nothing there any more."""
    nurse = sent(store)
    dispatch = queued(nurse)[0]
    booked(store, dispatch, "CS/INT/00031")
    assert [one.left for one in dispatches(nurse.ward())] == [16]

    pull = store.catalogue.resume()
    pull.merge("stock_rows", [StockRow(91, TOWEL.id, ROAD.id, dispatch.lines[1].done)])
    pull.flip(NOW + timedelta(minutes=5))

    [left] = on_the_way(nurse.ward())
    assert (left.product.id, left.quantity, left.document) == (TOWEL.id, Decimal(10), "CS/INT/00031")
    assert say(nurse, "!arrive CS/INT/00031").facts["lines"] == 1


def test_a_second_draft_cannot_take_in_the_same_twice_unasked(store: Store) -> None:
    nurse = sent(store)
    say(nurse, "!arrive", TOWEL.barcode, "!qty 10")
    draft = nurse.job.uuid if nurse.job else ""
    say(nurse, "!home", "!arrive", TOWEL.barcode, "!qty 10", "!confirm", "!yes")

    nurse.resume(draft)
    assert isinstance(nurse.job, Arrival)
    assert nurse.job.sent_of(TOWEL.id) == 0
    assert say(nurse, "!confirm").code != "arrival_finished"


def test_who_may_not_move_takes_nothing_in(store: Store) -> None:
    sent(store)

    assert say(desk_of(store, Role.COUNTER, "Cora"), "!arrive").code == "needs_role"


def test_an_arrival_that_was_withdrawn_leaves_its_goods_on_the_way(store: Store) -> None:
    nurse = sent(store)
    say(nurse, "!arrive", label(SYRINGE, lot="S-LATE"), "!qty 6", TOWEL.barcode, "!qty 10", "!confirm", "!home")
    assert on_the_way(nurse.ward()) == ()
    boss = desk_of(store, Role.SUPERVISOR, "Joana Adeyemi")
    assert boss.withdraw(store.outbox.rows()[0].uuid).code == "withdrawn"

    assert [(int(one.quantity), one.sender) for one in on_the_way(boss.ward())] == [
        (6, "Mira Lindqvist"),
        (10, "Mira Lindqvist"),
    ]


def test_a_dispatch_that_was_withdrawn_is_no_dispatch(store: Store) -> None:
    sent(store)
    boss = desk_of(store, Role.SUPERVISOR, "Joana Adeyemi")
    assert boss.withdraw(store.outbox.rows()[0].uuid).code == "withdrawn"

    assert dispatches(boss.ward()) == []
