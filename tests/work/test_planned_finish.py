"""All of it as planned, what is short, and what a planned transfer comes to."""

from dataclasses import replace
from decimal import Decimal

import pytest

from client.work.site.people import Role
from sync.stock import PickingType
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import CANNULA, NOW, PUMP, SYRINGE, TOWEL, label, queued, say
from tests.work.wants import A1, ICU, LATE, MOVES, WARD, desk_of, want

OPEN = "CS/INT/00020"


def test_all_as_planned_waits_for_the_bins_and_leaves_serials(store: Store) -> None:
    want(store)
    desk = desk_of(store)

    assert say(desk, OPEN, "!all").code == "scan_bins_first"
    said = say(desk, "LOC-A1", "!all")
    assert (said.code, said.facts["lines"]) == ("took_all_of_it", 2)
    assert say(desk, "!all").code == "nothing_set_aside"
    say(desk, label(PUMP, serial="SN-STOCK"), "!confirm")

    [sent] = queued(desk)
    told = [(line.move_id, line.lot_name, line.done, line.source_id, line.destination_id) for line in sent.lines]
    assert told == [
        (220, "S-SOON", Decimal(10), A1.id, ICU.id),
        (221, "", Decimal(8), A1.id, ICU.id),
        (222, "SN-STOCK", Decimal(1), A1.id, ICU.id),
    ]
    assert (sent.kind, sent.document.picking_id, sent.close_short) == (Kind.PLANNED_TRANSFER, 120, False)


def test_all_as_planned_takes_what_is_left(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, OPEN, "LOC-A1", label(SYRINGE, lot="S-SOON"), "!qty 4", "!all")

    assert desk.job is not None
    assert desk.job.taken(SYRINGE.id) == 10
    assert desk.job.taken(TOWEL.id) == 8


def test_all_as_planned_asks_first_what_is_asked(store: Store) -> None:
    want(store)

    assert say(desk_of(store), OPEN, "LOC-A1", label(SYRINGE), "!all").code == "answer_first"


def test_several_moves_of_one_product_are_filled_oldest_first(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, "CS/INT/00021", label(SYRINGE, lot="S-LATE"), "!qty 42", "!confirm", "!yes")

    [sent] = queued(desk)
    assert [(line.move_id, line.done, line.lot_id) for line in sent.lines] == [
        (223, Decimal(40), LATE.id),
        (224, Decimal(2), LATE.id),
    ]
    assert {line.destination_id for line in sent.lines} == {WARD.id}


def test_what_is_short_stays_requested_or_is_cancelled_by_who_may(store: Store) -> None:
    """Ward 21."""
    want(store)
    desk, supervisor = desk_of(store), desk_of(store, Role.SUPERVISOR, "Joana")

    assert say(desk, OPEN, TOWEL.barcode, "!confirm").code == "sent_short"
    assert say(desk, "!close-short").code == "needs_role"
    assert say(desk, "!no", "!home").code == "ready"
    say(supervisor, OPEN, "!yes")
    assert say(supervisor, "!close-short").code == "transfer_finished"

    [sent] = queued(supervisor)
    assert sent.close_short
    assert [(one.question, one.choice) for one in sent.answers] == [("sent_short", "close-request")]


@pytest.mark.parametrize(("way", "ways"), [("always", ["yes", "no"]), ("never", ["yes", "no"])])
def test_the_type_of_operation_decides_what_becomes_of_the_rest(store: Store, way: str, ways: list[str]) -> None:
    want(store)
    pull = store.catalogue.resume()
    pull.merge("picking_types", [PickingType(2, "Internal", "internal", 5, 5, way)])
    pull.flip(NOW)
    desk = desk_of(store)

    said = say(desk, OPEN, TOWEL.barcode, "!confirm")
    asked = desk.question()

    assert said.code == ("sent_short_never" if way == "never" else "sent_short")
    assert asked is not None
    assert [choice.command.name for choice in asked.choices] == ways
    assert [choice.allowed for choice in asked.choices] == [way == "always", True]


def test_goods_beside_it_move_on_a_paper_of_their_own(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, OPEN, TOWEL.barcode, "!qty 8", label(CANNULA, lot="CANNULA-LOT"), "!yes", "!yes", "!confirm", "!yes")

    planned, beside = queued(desk)
    assert (beside.kind, beside.document.picking_id, beside.document.origin) == (Kind.TRANSFER, None, OPEN)
    assert (planned.lines[0].done, beside.lines[0].product_id) == (Decimal(8), CANNULA.id)
    assert beside.lines[0].destination_id == ICU.id


def test_a_request_that_shrank_is_asked_about_at_the_end(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, OPEN, label(SYRINGE, lot="S-SOON"), "!qty 10", "!home")
    pull = store.catalogue.resume()
    pull.merge("moves", [replace(MOVES[0], expected=MOVES[2].expected)])
    pull.flip(NOW)

    assert say(desk, OPEN, "!confirm").code == "too_much_now"
    assert say(desk, "!yes").code == "sent_short"
    assert say(desk, "!yes").code == "transfer_finished"


def test_a_cloned_draft_is_the_same_transfer(store: Store) -> None:
    want(store)
    one, other = desk_of(store), desk_of(store)
    say(one, OPEN, TOWEL.barcode)
    draft = one.job.uuid if one.job else ""
    other.resume(draft)

    say(one, "!confirm", "!yes")
    say(other, "!confirm", "!yes")

    assert len(queued(one)) == 1
