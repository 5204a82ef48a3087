"""A planned transfer opens by its name or from the list; what is requested, picked by others or waits is said."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from client.work.planned.view import to_do, view
from client.work.planned.wanted import Planned
from client.work.site.people import Role
from sync.stock import Move
from sync.store import Store
from tests.work.conftest import NOW, SYRINGE, TOWEL, label, say
from tests.work.wants import MOVES, ROUND, desk_of, want


def test_its_name_opens_it_and_says_from_where_to_where(store: Store) -> None:
    want(store)
    said = say(desk_of(store), "cs/int/00020")

    assert said.code == "opened_transfer"
    assert (said.facts["source"], said.facts["destination"], said.facts["lines"]) == ("Stock", "ICU", 3)


def test_ward_28_what_is_requested_says_how_much_of_it_is_there(store: Store) -> None:
    """All ten S-SOON are set aside for another: of S-LATE 20 lie free in the store."""
    want(store)
    said = say(desk_of(store), "CS/INT/00021")

    assert said.code == "opened_requested"
    assert (said.facts["available"], said.facts["wanted"]) == (20, 45)


def test_the_list_has_what_to_do_before_what_is_requested(store: Store) -> None:
    want(store)
    desk = desk_of(store)

    assert say(desk, "!todo").code == "which_papers"
    asked = desk.question()
    assert asked is not None
    told = [(choice.command.value, choice.code) for choice in asked.choices[:-1]]
    assert told == [
        ("CS/INT/00020", "this_transfer"),
        ("CS/INT/00021", "this_request"),
        ("CS/INT/00022", "this_request"),
    ]
    assert say(desk, "!open CS/INT/00021").code == "opened_requested"


def test_nothing_to_do_is_said(store: Store) -> None:
    assert say(desk_of(store), "!todo").code == "nothing_to_do"


def test_ward_11_what_a_colleague_picked_in_odoo_is_shown_and_not_wanted_again(store: Store) -> None:
    want(store, replace(MOVES[0], others_picked=Decimal(4)))
    desk = desk_of(store)

    assert say(desk, "CS/INT/00020").code == "opened_others_at_it"
    assert isinstance(desk.job, Planned)
    row = next(row for row in view(desk.job, desk.ward()).rows if row.product_id == SYRINGE.id)
    assert (row.wanted, row.others) == (Decimal(6), Decimal(4))
    assert say(desk, label(SYRINGE, lot="S-SOON"), "!qty 7").code == "too_much"


def test_what_others_picked_whole_is_nothing_to_do(store: Store) -> None:
    want(store, *(replace(move, others_picked=move.expected) for move in MOVES[:3]))
    desk = desk_of(store)

    assert say(desk, "CS/INT/00020").code == "nothing_wanted"
    assert "CS/INT/00020" not in [one.picking.name for one in to_do(desk.ward())]


def test_who_may_not_move_does_not_open_it(store: Store) -> None:
    want(store)

    assert say(desk_of(store, Role.COUNTER), "CS/INT/00020").code == "needs_role"


def test_ward_20_goods_of_a_step_before_are_asked_about_once(store: Store) -> None:
    want(store)
    desk = desk_of(store)

    assert say(desk, "CS/INT/00022", TOWEL.barcode).code == "waits_for_step"
    assert say(desk, "!yes", "LOC-A1").code == "taken"
    assert say(desk, TOWEL.barcode).code == "taken"


def _pulled(store: Store, *moves: Move, gone: bool = False, state: str = "assigned") -> None:
    pull = store.catalogue.resume()
    if gone:
        pull.merge("pickings", [replace(ROUND, state=state)])
        pull.flip(NOW + timedelta(minutes=1))
        pull = store.catalogue.resume()
        pull.remove("pickings", [ROUND.id])
    pull.merge("moves", list(moves))
    pull.flip(NOW + timedelta(minutes=2))


def test_a_draft_goes_on_with_what_a_later_pull_wants(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, "CS/INT/00020", label(SYRINGE, lot="S-SOON"), "!home")
    _pulled(store, replace(MOVES[0], expected=Decimal(3)))

    assert say(desk, "CS/INT/00020").code == "resumed"
    assert isinstance(desk.job, Planned)
    assert desk.job.asked_of(SYRINGE.id) == 3
    assert desk.job.sent_of(SYRINGE.id) == 1


def test_goods_wanted_no_more_stay_beside_the_transfer(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, "CS/INT/00020", label(SYRINGE, lot="S-SOON"), TOWEL.barcode, "!home")
    pull = store.catalogue.resume()
    pull.remove("moves", [220])
    pull.flip(NOW)

    assert say(desk, "CS/INT/00020").code == "resumed_unwanted"
    assert desk.job is not None
    assert [add.unexpected for add in desk.job.additions] == [True, False]

    say(desk, TOWEL.barcode, "!home")
    pull = store.catalogue.resume()
    pull.merge("moves", [MOVES[0]])
    pull.flip(NOW)
    assert say(desk, "CS/INT/00020").code == "resumed"
    assert [add.unexpected for add in desk.job.additions] == [False, False, False]


def test_what_a_person_sent_beside_a_transfer_stays_there_when_it_is_wanted(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    assert say(desk, "CS/INT/00022", "LOC-A1", label(SYRINGE, lot="S-LATE"), "!yes").code == "taken_beside"
    say(desk, "!home")
    _pulled(store, replace(MOVES[0], id=290, picking_id=122))

    assert say(desk, "CS/INT/00022").code == "resumed"
    assert desk.job is not None
    assert [add.unexpected for add in desk.job.additions] == [True]


def test_a_transfer_that_was_finished_in_odoo_meanwhile_keeps_its_scans(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    say(desk, "CS/INT/00020", label(SYRINGE, lot="S-SOON"))
    draft = desk.job.uuid if desk.job else ""
    say(desk, "!home")
    _pulled(store, gone=True, state="done")

    assert desk.resume(draft).code in {"resumed_closed", "resumed_gone"}
    assert desk.job is not None
    assert len(desk.job.additions) == 1


def test_another_paper_does_not_slip_in(store: Store) -> None:
    want(store)
    desk = desk_of(store)

    assert say(desk, "CS/INT/00020", "CS/INT/00021").code == "another_order"
    assert say(desk, "CS/INT/00020").code == "already_open"
