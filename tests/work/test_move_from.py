"""Moving, the first step: where the goods come from."""

from decimal import Decimal

import pytest

from client.work.answer import Tone
from client.work.site.people import Role
from sync.stock import StockRow
from sync.store import Store
from tests.work.conftest import CANNULA, MASK, NOW, PUMP, SYRINGE, TOWEL, label, queued, say
from tests.work.moves import A1, A2, LENDER, WARD, at, furnish


@pytest.fixture(autouse=True)
def shelves(store: Store) -> None:
    furnish(store)


def choices(desk: object) -> list[str]:
    asked = desk.question()  # type: ignore[attr-defined]  # a Desk
    return [f"{choice.command.name} {choice.command.value}".strip() for choice in asked.choices]


def test_a_place_scanned_at_home_is_where_goods_come_from(store: Store) -> None:
    desk = at(store)

    assert say(desk, "LOC-A1", "!move").code == "taken_from"
    assert say(desk, label(TOWEL)).facts["place"] == A1.complete_name


def test_an_item_after_a_place_begins_to_move_it_from_there(store: Store) -> None:
    desk = at(store)

    said = say(desk, "LOC-A1", label(SYRINGE, lot="S-SOON"))

    assert (said.code, said.facts["lot"]) == ("move_added", "S-SOON")


def test_goods_that_lie_in_one_place_only_are_taken_there(store: Store) -> None:
    desk = at(store)

    assert say(desk, "!move", label(SYRINGE, lot="S-SOON")).facts["place"] == A1.complete_name
    assert say(desk, label(PUMP, serial="SN-WARD")).facts["place"] == WARD.complete_name


def test_goods_that_lie_in_several_places_are_asked_about(store: Store) -> None:
    desk = at(store)

    assert say(desk, "!move", label(SYRINGE, lot="S-LATE")).code == "which_bin"
    assert choices(desk) == ["from LOC-A1", "from LOC-WARD3A", "no"]
    assert say(desk, "!from LOC-WARD3A").facts["place"] == WARD.complete_name


def test_a_bin_where_nothing_is_left_by_the_book_is_offered_last(store: Store) -> None:
    """An owner's goods were taken twice: together with the hospital's own nothing is there."""
    pull = store.catalogue.resume()
    pull.merge("stock_rows", [StockRow(90, TOWEL.id, A1.id, Decimal(-30), owner_id=LENDER.id)])
    pull.flip(NOW)
    desk = at(store)

    say(desk, "!move", label(TOWEL))

    assert choices(desk) == ["from LOC-A2", "from LOC-WARD3A", "from LOC-A1", "no"]


def test_goods_of_which_lots_lie_there_are_not_called_gone_because_no_lot_was_scanned(store: Store) -> None:
    desk = at(store)

    assert say(desk, "!move", label(SYRINGE)).code == "which_bin"
    assert choices(desk) == ["from LOC-A1", "from LOC-WARD3A", "no"]


def test_a_bin_that_is_being_counted_is_told_nothing_of_by_its_place_in_the_list(store: Store) -> None:
    pull = store.catalogue.resume()
    pull.merge("stock_rows", [StockRow(90, TOWEL.id, A1.id, Decimal(-30), owner_id=LENDER.id)])
    pull.flip(NOW)
    counter = at(store, name="Cora Counter")
    say(counter, "!count LOC-A1", TOWEL.barcode)
    desk = at(store)

    say(desk, "!move", label(TOWEL))

    assert choices(desk)[0] == "from LOC-A1"


def test_an_expired_lot_is_neither_offered_first_nor_said_to_be_taken_first(store: Store) -> None:
    desk = at(store)
    say(desk, "LOC-WARD3A", "!move")

    assert say(desk, label(SYRINGE)).code == "lot_to_take"
    assert [choice.facts["lot"] for choice in desk.question().choices if "lot" in choice.facts] == [  # type: ignore[union-attr]
        "S-LATE",
        "S-OLD",
        "S-REMOVE",
    ]
    assert say(desk, "!no", label(SYRINGE, lot="S-LATE")).facts["sooner"] == ""


def test_the_bin_asked_for_may_be_scanned(store: Store) -> None:
    desk = at(store)
    say(desk, "!move", label(SYRINGE, lot="S-LATE"))

    assert say(desk, "LOC-A1").code == "move_added"


def test_ward_04_of_a_shelf_with_goods_in_its_bins_the_bin_is_asked(store: Store) -> None:
    desk = at(store)

    assert say(desk, "LOC-A", "!move", label(SYRINGE, lot="S-SOON")).facts["place"] == A1.complete_name
    assert say(desk, label(CANNULA, lot="CANNULA-LOT")).code == "reserved"
    say(desk, "!no", "!home", "LOC-STOCK", "!move")
    assert say(desk, label(TOWEL)).code == "which_bin"
    assert say(desk, "LOC-STOCK").code == "which_bin"
    assert say(desk, "LOC-A2").facts["place"] == A2.complete_name


def test_the_bin_a_person_chose_holds_for_the_next_of_the_same_goods(store: Store) -> None:
    desk = at(store)
    say(desk, "LOC-STOCK", "!move", label(TOWEL), "LOC-A2")

    assert say(desk, label(TOWEL)).facts["place"] == A2.complete_name


def test_goods_that_lie_nowhere_by_the_book_are_taken_where_a_person_says(store: Store) -> None:
    """Ward 3: the book is wrong, the goods are in the hand."""
    desk = at(store)

    assert say(desk, "!move", label(MASK)).code == "from_where"
    assert say(desk, "LOC-B").code == "move_added"
    assert say(desk, "!undo", label(TOWEL)).code == "which_bin"


@pytest.mark.parametrize(
    ("place", "code"),
    [("LOC-CS", "place_holds_no_goods"), ("LOC-OLD", "place_archived"), ("LOC-USED", "place_holds_no_goods")],
)
def test_ward_34_where_nothing_can_lie_nothing_is_taken(store: Store, place: str, code: str) -> None:
    desk = at(store)

    said = say(desk, "!move", place)

    assert (said.tone, said.code) == (Tone.NO, code)


def test_a_place_may_be_named(store: Store) -> None:
    desk = at(store)

    assert say(desk, "!move", "!from CS/Stock/Shelf A/A1").code == "taken_from"
    assert say(desk, "!from nowhere").code == "unknown_place"
    assert say(desk, "!home", "!move Ward 3A").code == "taken_from"


def test_a_place_is_taken_back_like_a_scan(store: Store) -> None:
    desk = at(store)
    say(desk, "!move", "LOC-A1")

    assert say(desk, "!undo").code == "place_undone"
    assert say(desk, "LOC-A2", label(TOWEL)).facts["place"] == A2.complete_name


def test_who_may_not_move_is_told_so(store: Store) -> None:
    desk = at(store, Role.COUNTER)

    assert say(desk, "!move").code == "needs_role"


def test_a_wrong_place_is_taken_back_before_anything_is_lost(store: Store) -> None:
    desk = at(store)
    say(desk, "LOC-A1", "!move", label(TOWEL), "LOC-WARD3A", label(TOWEL), "!undo", "!undo")

    assert say(desk, "LOC-ICU").code == "goes_to"
    say(desk, "!confirm")
    [act] = queued(desk)
    assert [(line.done, line.destination_id) for line in act.lines] == [(Decimal(1), 41)]
