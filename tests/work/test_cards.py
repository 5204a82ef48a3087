"""Cards at the desk: who may take which way out, and what then takes the place of the refused transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from client import messages
from client.work.cards.corrections import ASKED_FOR, NO_ORDER
from client.work.desk import Desk
from client.work.site.people import Act, Person, Role
from client.work.site.pin import Cost, hashed
from client.work.site.policy import Policy
from sync.odoo.counts import pending
from sync.odoo.posting import checks, lots
from sync.stock import Package
from sync.store import Store
from sync.store.entries import Entry
from sync.transaction import Answer, Document, Kind, Line, Moment, Outcome, Recount, Status, Transaction, footprint
from tests.store.goods import draft_of
from tests.work import moves
from tests.work.conftest import BIN_A, BIN_B, CANNULA, KEY, NOW, STOCK, SUPPLIER, SYRINGE, TOWEL, StoppedClock, say

DAY = date(2028, 3, 31)
MOMENT = Moment(NOW, 1.0, "boot")


def line(number: int = 1, **more: Any) -> Line:
    told: dict[str, Any] = {"lot_name": "AB0123", "expiry": DAY, "unit": "Box", "count": Decimal(6)} | more
    return Line(number, SYRINGE.id, Decimal(60), 1, SUPPLIER.id, STOCK.id, **told)


def act(*lines: Line, kind: Kind = Kind.RECEIPT, **more: Any) -> Transaction:
    papers = Document(1, SUPPLIER.id, STOCK.id, 100, "CS/IN/00007", "P00012", 11)
    if kind is not Kind.RECEIPT:
        papers = Document(1, lines[0].source_id, lines[0].destination_id)
    told: dict[str, Any] = {"person": "Mira Lindqvist", "document": papers, "acted_at": MOMENT} | more
    draft = draft_of(told["person"])
    uuid = draft.uuid
    return Transaction(
        uuid=uuid, kind=kind, reference=f"WS-TEST/{uuid[:6]}", company_id=1, device="WS-TEST",
        lines=lines or (line(),), **told,
    )  # fmt: skip


def refuse(store: Store, code: str, facts: Mapping[str, Any], acted: Transaction | None = None) -> Entry:
    acted = acted or act(line())
    store.drafts.open(draft := draft_of(acted.person))
    places = {place for one in acted.lines for place in (one.source_id, one.destination_id)}
    store.outbox.confirm(draft.uuid, [(acted, footprint(acted, store.catalogue.locations(places)))], NOW)
    store.outbox.mark_sending(acted.uuid, NOW)
    store.outbox.mark_refused(acted.uuid, code, facts, NOW)
    found = store.outbox.get(acted.uuid)
    assert found is not None
    return found


def follow(desk: Desk, entry: Entry) -> list[Transaction]:
    rows = (one.transaction for one in desk.store.outbox.rows())
    return sorted((one for one in rows if one.corrects == entry.uuid), key=lambda one: one.reference)


def status(desk: Desk, entry: Entry) -> Status:
    found = desk.store.outbox.get(entry.uuid)
    assert found is not None
    return found.status


def settle(desk: Desk, entry: Entry, way: str) -> str:
    return say(desk, f"!settle {entry.reference} {way}").code


DONE = {"picking": "CS/IN/00007", "person": "Olga", "at": "", "lines": "", "backorder": "CS/IN/00009",
        "backorder_id": 109, "fits_backorder": True}  # fmt: skip


def booked(*lots_: tuple[str, str]) -> list[dict[str, object]]:
    return [{"product_id": SYRINGE.id, "lot": lot, "quantity": quantity} for lot, quantity in lots_]


# -- who may -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "code", "facts"),
    [
        ("withdraw", "lot_unknown", {"line": 1}),
        ("without-order", "picking_cancelled", {}),
        ("really-more", "already_done", {**DONE, "booked": []}),
        ("use-label", "expiry_differs", {"line": 1, "theirs": "2027-01-01"}),
        ("move-anyway", "goods_held", {"line": 1}),
        ("keep-ours", "count_pending", {"line": 1}),
    ],
)
def test_ward_33_what_only_a_supervisor_may_is_said_and_not_done(
    desk: Desk, supervisor: Desk, way: str, code: str, facts: dict[str, Any]
) -> None:
    entry = refuse(desk.store, code, facts)

    asked = say(desk, f"!settle {entry.reference} {way}")

    assert asked.code == "needs_role"
    assert "upervisor" in messages.detail(asked)
    assert (status(desk, entry), follow(desk, entry)) == (Status.REFUSED, [])
    assert settle(supervisor, entry, way) in {"settled", "withdrawn"}


def test_ones_own_refused_work_may_be_sent_again_by_oneself(desk: Desk) -> None:
    entry = refuse(desk.store, "lines_changed", {})

    assert settle(desk, entry, "post-again") == "settled"


def test_ward_32_anothers_card_is_settled_by_a_supervisor_only(desk: Desk, supervisor: Desk) -> None:
    entry = refuse(desk.store, "lines_changed", {}, act(line(), person="Somebody Absent"))

    assert settle(desk, entry, "post-again") == "needs_role"
    assert settle(supervisor, entry, "post-again") == "settled"
    [new] = follow(desk, entry)
    assert (new.person, new.answers[-1].person) == ("Somebody Absent", "Joana Adeyemi")
    assert (new.acted_at, new.lines) == (entry.transaction.acted_at, entry.transaction.lines)


def test_anybody_may_call_support_or_have_it_settled_in_odoo(desk: Desk) -> None:
    entry = refuse(desk.store, "odoo_asks", {}, act(line(), person="Somebody Absent"))

    assert settle(desk, entry, "settle-in-odoo") == "seen_to"
    assert settle(desk, entry, "settle-in-odoo") == "seen_to_before"
    assert status(desk, entry) is Status.REFUSED


def test_where_two_are_wanted_the_supervisor_stands_by_whoever_settles(store: Store) -> None:
    policy = replace(Policy(), two_people=frozenset({Act.BLIND_RECEIPT}))
    desk = Desk(store, Person("Joana Adeyemi", Role.SUPERVISOR), policy, StoppedClock())
    entry = refuse(store, "picking_cancelled", {}, act(line(), person="Joana Adeyemi"))

    assert settle(desk, entry, "without-order") == "needs_role"


def test_ward_33_a_supervisor_stands_by_with_badge_and_pin_and_the_way_is_taken_in_their_name(desk: Desk) -> None:
    pin = hashed("4711", Cost(1, 8, 1))
    desk.store.people.add("Sue", "supervisor", NOW, "", badge="BADGE-SUE", pin=pin)
    entry = refuse(desk.store, "picking_cancelled", {})

    told = [say(desk, line_).code for line_ in (f"!cards {entry.reference}", "BADGE-SUE", "!pin 4711")]
    said = settle(desk, entry, "without-order")

    assert (told, said) == (["card", "pin_wanted", "approved"], "settled")
    assert follow(desk, entry)[0].answers[-1].person == "Sue"
    assert desk.person.name == "Mira Lindqvist"
    another = refuse(desk.store, "picking_cancelled", {})
    assert settle(desk, another, "without-order") == "needs_role"


# -- the card ------------------------------------------------------------------------------------------------------


def test_complaint_10_a_card_says_what_happened_who_was_there_and_the_ways_out(supervisor: Desk) -> None:
    entry = refuse(supervisor.store, "already_done", {**DONE, "booked": booked(("AB0123", "40"))})

    said = say(supervisor, "!cards")
    asked = supervisor.question()

    assert messages.title(said) == f"{entry.reference}: Already booked in Odoo"
    assert "Olga finished CS/IN/00007" in messages.detail(said)
    assert asked is not None
    assert [choice.command.value.split()[-1] for choice in asked.choices[:-1]] == [
        "withdraw",
        "post-difference",
        "really-more",
    ]


def test_no_card_is_said_and_several_are_named(desk: Desk) -> None:
    assert say(desk, "!cards").code == "no_card"
    first, second = (refuse(desk.store, "lines_changed", {}) for _ in range(2))

    said = say(desk, "!cards")

    assert said.code == "several_cards_open"
    assert {first.reference, second.reference} == set(str(said.facts["names"]).split(", "))
    assert say(desk, f"!cards {first.reference}").code == "card"


def test_a_shelf_or_a_lot_scanned_answers_the_card(supervisor: Desk) -> None:
    shelf = refuse(supervisor.store, "location_gone", {"location_id": STOCK.id})
    say(supervisor, f"!cards {shelf.reference}")
    said = say(supervisor, BIN_A.barcode)
    lot = refuse(supervisor.store, "lot_renamed", {"line": 1})
    say(supervisor, f"!cards {lot.reference}")
    other = say(supervisor, "]d210NEWLOT")

    assert (said.code, follow(supervisor, shelf)[0].lines[0].destination_id) == ("settled", BIN_A.id)
    assert (other.code, follow(supervisor, lot)[0].lines[0].lot_name) == ("settled", "NEWLOT")


def test_complaint_14_a_second_tap_settles_nothing_more_and_another_way_is_refused(supervisor: Desk) -> None:
    entry = refuse(supervisor.store, "picking_cancelled", {})

    told = [settle(supervisor, entry, way) for way in ("without-order", "without-order", "withdraw")]

    assert told == ["settled", "settled_before", "settled_otherwise"]
    assert len(supervisor.store.outbox.rows()) == 2


def test_a_way_that_is_none_and_a_card_that_is_none(desk: Desk) -> None:
    entry = refuse(desk.store, "picking_cancelled", {})

    assert settle(desk, entry, "use-label") == "not_a_way"
    assert settle(desk, entry, "nonsense") == "not_a_way"
    assert say(desk, "!settle WS-NOBODY withdraw").code == "no_such_card"


def test_a_card_of_another_version_can_still_be_settled(supervisor: Desk) -> None:
    entry = refuse(supervisor.store, "a_code_of_tomorrow", {"message": "?"})

    assert settle(supervisor, entry, "post-again") == "settled"


def test_what_is_left_in_odoo_is_tried_again_as_itself(supervisor: Desk) -> None:
    """A new transaction would double what stands there."""
    entry = refuse(supervisor.store, "left_in_odoo", {})

    assert settle(supervisor, entry, "settle-in-odoo") == "seen_to"
    assert settle(supervisor, entry, "post-again") == "tried_again"
    assert (status(supervisor, entry), follow(supervisor, entry)) == (Status.QUEUED, [])


# -- the same on a copy of the device ------------------------------------------------------------------------------


def test_a_copy_that_settles_the_same_card_the_same_way_makes_the_same_transaction(
    supervisor: Desk, tmp_path: Path
) -> None:
    """Design 13.1: Odoo takes an external id once."""
    entry = refuse(supervisor.store, "not_on_picking", {"line": 1, "product_id": SYRINGE.id}, act(line(), towel()))
    supervisor.store._database.backup(tmp_path / "copy.db")
    store = Store.open(tmp_path / "copy.db", KEY)
    copy = Desk(store, supervisor.person, supervisor.policy, supervisor.clock)

    for device in (supervisor, copy):
        assert settle(device, entry, "without-order") == "settled"

    here, there = follow(supervisor, entry), follow(copy, entry)
    assert [one.uuid for one in here] == [one.uuid for one in there]
    assert len({one.uuid for one in here}) == 2
    store.close()


def towel(number: int = 2, done: int = 5) -> Line:
    return Line(number, TOWEL.id, Decimal(done), 1, SUPPLIER.id, STOCK.id)


# -- what the posting looks for ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "way", "answer"),
    [
        ("expiry_differs", "use-label", (lots.TWO_DATES, lots.TAKE_LABEL)),
        ("goods_held", "move-anyway", (checks.HELD, checks.MOVE_ANYWAY)),
        ("count_pending", "keep-ours", (pending.PENDING, pending.KEEP_OURS)),
    ],
)
def test_an_answer_is_written_as_the_posting_looks_for_it(
    supervisor: Desk, code: str, way: str, answer: tuple[str, str]
) -> None:
    entry = refuse(supervisor.store, code, {"line": 2, "theirs": "2027-01-01"}, act(line(), line(2)))

    settle(supervisor, entry, way)

    [new] = follow(supervisor, entry)
    assert new.answers == (Answer(*answer, "Joana Adeyemi", NOW, 2),)


def test_odoos_day_goes_on_all_lines_of_that_lot(supervisor: Desk) -> None:
    lines = (line(), line(2), line(3, lot_name="OTHER"))
    entry = refuse(supervisor.store, "expiry_differs", {"line": 1, "theirs": "2027-01-31"}, act(*lines))

    settle(supervisor, entry, "keep-odoo")

    [new] = follow(supervisor, entry)
    assert [one.expiry for one in new.lines] == [date(2027, 1, 31), date(2027, 1, 31), DAY]


def test_ward_09_goods_without_an_order_are_flagged_for_those_who_order(supervisor: Desk) -> None:
    entry = refuse(supervisor.store, "picking_cancelled", {}, act(line(move_id=200), reason="urgent"))

    settle(supervisor, entry, "without-order")

    [new] = follow(supervisor, entry)
    assert (new.kind, new.reason) == (Kind.BLIND_RECEIPT, f"urgent · {NO_ORDER}")
    assert (new.document.picking_id, new.document.origin, new.lines[0].move_id) == (None, "P00012", None)
    assert (new.answers[-1].question, new.answers[-1].choice) == ("picking_cancelled", "without-order")


# -- others booked it (ward 10) ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theirs", "left"),
    [
        ([("AB0123", "40")], [("AB0123", 20, 109)]),
        ([("AB0123", "60")], []),
        ([("AB0123", "80")], []),
        ([("OTHER", "40")], [("AB0123", 60, 109)]),
        ([("AB0123", "15"), ("AB0123", "5")], [("AB0123", 40, 109)]),
    ],
)
def test_ward_10_what_others_booked_is_taken_off_lot_by_lot(
    supervisor: Desk, theirs: list[tuple[str, str]], left: list[tuple[str, int, int]]
) -> None:
    entry = refuse(supervisor.store, "already_done", {**DONE, "booked": booked(*theirs)})

    told = settle(supervisor, entry, "post-difference")

    new = follow(supervisor, entry)
    assert told == ("settled" if left else "nothing_differs")
    assert [(o.lot_name, int(o.done), t.document.picking_id or 0) for t in new for o in t.lines] == left
    assert all(one.document.picking_name == "CS/IN/00009" for one in new)


def test_a_part_of_a_line_is_no_longer_six_boxes(supervisor: Desk) -> None:
    entry = refuse(supervisor.store, "already_done", {**DONE, "booked": booked(("AB0123", "40"))})

    settle(supervisor, entry, "post-difference")

    [rest] = follow(supervisor, entry)[0].lines
    assert (rest.number, int(rest.done), rest.unit, int(rest.count)) == (1, 20, "", 20)


def test_the_difference_goes_beside_the_order_where_nothing_of_it_is_open(supervisor: Desk) -> None:
    closed = {**DONE, "backorder": "", "backorder_id": None, "booked": booked(("AB0123", "40"))}
    entry = refuse(supervisor.store, "already_done", closed)

    settle(supervisor, entry, "post-difference")

    [new] = follow(supervisor, entry)
    assert (new.kind, new.document.picking_id, int(new.lines[0].done)) == (Kind.BLIND_RECEIPT, None, 20)


def test_taking_in_more_than_was_ordered_beside_it_needs_the_right_for_that(desk: Desk) -> None:
    closed = {**DONE, "backorder": "", "backorder_id": None, "booked": booked(("AB0123", "40"))}
    entry = refuse(desk.store, "already_done", closed)

    assert settle(desk, entry, "post-difference") == "needs_role"
    assert status(desk, entry) is Status.REFUSED


def test_what_another_device_took_is_never_subtracted_twice(supervisor: Desk) -> None:
    """The other device's twenty stand there picked, then done: our difference of them is refused a second time."""
    taken = {"picking": "CS/IN/00007", "product_id": SYRINGE.id, "ours": "60", "theirs": "20", "expected": "70",
             "booked": booked(("AB0123", "20"))}  # fmt: skip
    first = refuse(supervisor.store, "taken_by_device", taken)
    settle(supervisor, first, "post-difference")
    [second] = follow(supervisor, first)
    supervisor.store.outbox.mark_sending(second.uuid, NOW)
    same = {**DONE, "booked": booked(("AB0123", "20"))}
    supervisor.store.outbox.mark_refused(second.uuid, "already_done", same, NOW)
    entry = supervisor.store.outbox.get(second.uuid)
    assert entry is not None

    settle(supervisor, entry, "post-difference")

    assert [one.done for one in second.lines] == [40]
    assert [one.done for one in follow(supervisor, entry)[0].lines] == [40]


def test_what_finds_no_room_beside_another_device_goes_beside_the_order(supervisor: Desk) -> None:
    taken = {"product_id": SYRINGE.id, "ours": "60", "theirs": "60", "expected": "100", "booked": booked(("X", "60"))}
    entry = refuse(supervisor.store, "taken_by_device", taken, act(line(), towel()))

    settle(supervisor, entry, "post-difference")

    told = {one.kind: [(row.product_id, int(row.done)) for row in one.lines] for one in follow(supervisor, entry)}
    assert told == {Kind.RECEIPT: [(SYRINGE.id, 40), (TOWEL.id, 5)], Kind.BLIND_RECEIPT: [(SYRINGE.id, 20)]}


def test_a_refusal_that_knows_no_numbers_is_never_guessed_at(supervisor: Desk) -> None:
    """It was written by a version that only told people what others booked."""
    entry = refuse(supervisor.store, "already_done", DONE)

    assert settle(supervisor, entry, "post-difference") == "difference_unknown"
    assert status(supervisor, entry) is Status.REFUSED


# -- which lot, which shelf, whose ---------------------------------------------------------------------------------


def moved(number: int = 1, done: int = 10, **more: Any) -> Line:
    told: dict[str, Any] = {"lot_name": "AB0123", "expiry": DAY} | more
    return Line(number, SYRINGE.id, Decimal(done), 1, BIN_A.id, BIN_B.id, **told)


def test_a_lot_nobody_knows_cannot_leave_a_shelf_by_choosing_it(supervisor: Desk) -> None:
    entry = refuse(supervisor.store, "lot_unknown", {"line": 1}, act(moved(), kind=Kind.TRANSFER))

    assert settle(supervisor, entry, "choose-lot") == "name_the_lot"
    assert settle(supervisor, entry, "choose-lot NOBODY KNOWS IT") == "no_such_lot"
    assert settle(supervisor, entry, "choose-lot AB0123") == "settled"
    assert follow(supervisor, entry)[0].lines[0].lot_id == 50


@pytest.mark.parametrize("place", ["NOWHERE", SUPPLIER.complete_name])
def test_goods_are_taken_from_shelves_only(supervisor: Desk, place: str) -> None:
    entry = refuse(supervisor.store, "goods_in_child", {"line": 1, "found": []}, act(moved(), kind=Kind.TRANSFER))

    assert settle(supervisor, entry, f"choose-shelf {place}") in {"no_such_place", "not_a_shelf"}
    assert status(supervisor, entry) is Status.REFUSED


def test_ward_04_no_more_is_taken_from_a_bin_than_lies_there(supervisor: Desk) -> None:
    """What is more stays where it was named, and is asked about again."""
    found = [{"location_id": BIN_B.id, "package_id": None, "owner_id": None, "quantity": "4", "told": ""}]
    entry = refuse(
        supervisor.store, "goods_in_child", {"line": 1, "found": found}, act(moved(), moved(2, 3), kind=Kind.USE)
    )

    settle(supervisor, entry, f"choose-shelf {BIN_B.barcode}")

    [new] = follow(supervisor, entry)
    assert [(one.number, one.source_id, int(one.done)) for one in new.lines] == [
        (1, BIN_B.id, 4),
        (3, BIN_A.id, 6),
        (2, BIN_A.id, 3),
    ]


def test_ward_02_packages_and_owners_are_chosen_among_those_odoo_named(supervisor: Desk) -> None:
    pull = supervisor.store.catalogue.begin()
    pull.add(packages=[Package(91, "PACK0000091")])
    pull.flip(NOW)
    found = [
        {"location_id": BIN_A.id, "package_id": 91, "owner_id": 11, "quantity": "6", "told": ""},
        {"location_id": BIN_A.id, "package_id": None, "owner_id": None, "quantity": "9", "told": ""},
    ]
    entry = refuse(supervisor.store, "package_or_owner", {"line": 1, "found": found}, act(moved(), kind=Kind.USE))

    asked = say(supervisor, f"!settle {entry.reference} choose-owner")
    settle(supervisor, entry, "choose-owner PACK0000091 of Halden Medical Supply")

    [new] = follow(supervisor, entry)
    assert asked.facts["names"] == "PACK0000091 of Halden Medical Supply, loose"
    assert [(one.package_id, one.owner_id, int(one.done)) for one in new.lines] == [(91, 11, 6), (None, None, 4)]


# -- held, counted, done -------------------------------------------------------------------------------------------


def test_without_a_place_for_it_nothing_goes_to_quarantine(supervisor: Desk) -> None:
    entry = refuse(supervisor.store, "goods_held", {"line": 1}, act(moved(), kind=Kind.TRANSFER))

    assert settle(supervisor, entry, "to-quarantine") == "no_quarantine"
    assert status(supervisor, entry) is Status.REFUSED


def counted(number: int, product_id: int, found: int, place: int = BIN_A.id) -> Line:
    return Line(number, product_id, Decimal(0), 1, place, 30, counted=Decimal(found))


def test_ward_08_one_shelf_is_counted_again_and_the_rest_of_the_count_stands(supervisor: Desk) -> None:
    lines = (counted(1, SYRINGE.id, 5), counted(2, TOWEL.id, 7), counted(3, SYRINGE.id, 2, BIN_B.id))
    entry = refuse(supervisor.store, "count_pending", {"line": 1}, act(*lines, kind=Kind.COUNT))

    settle(supervisor, entry, "recount")

    [new] = follow(supervisor, entry)
    assert [one.number for one in new.lines] == [2, 3]
    assert new.acted_at == entry.transaction.acted_at
    assert [doubt.recount for doubt in supervisor.store.recounts.open()] == [Recount(ASKED_FOR, SYRINGE.id, BIN_A.id)]


def test_a_count_of_one_shelf_is_over_when_it_is_counted_again(supervisor: Desk) -> None:
    entry = refuse(supervisor.store, "count_pending", {"line": 1}, act(counted(1, TOWEL.id, 5), kind=Kind.COUNT))

    assert settle(supervisor, entry, "recount") == "to_be_counted"
    assert (status(supervisor, entry), follow(supervisor, entry)) == (Status.WITHDRAWN, [])


def test_too_little_stock_waits_for_the_count_and_is_sent_again_then(supervisor: Desk) -> None:
    facts = {"line": 1, "location": BIN_A.complete_name}
    entry = refuse(supervisor.store, "too_little_stock", facts, act(moved(), kind=Kind.USE))

    assert settle(supervisor, entry, "recount") == "seen_to"
    assert [one.recount.location_id for one in supervisor.store.recounts.open()] == [BIN_A.id]
    card = supervisor.card(entry)
    assert card is not None
    assert [way.choice for way in card.ways] == ["post-again", "correct", "withdraw"]
    assert settle(supervisor, entry, "post-again") == "settled"


def too_late(store: Store, acted: Transaction) -> Entry:
    """Done in Odoo when somebody wanted it back."""
    store.drafts.open(draft := draft_of(acted.person))
    store.outbox.confirm(draft.uuid, [(acted, footprint(acted, {}))], NOW)
    store.outbox.mark_sending(acted.uuid, NOW)
    store.outbox.withdraw(acted.uuid, "Joana Adeyemi", NOW)
    store.outbox.mark_done(acted.uuid, Outcome(7, "CS/INT/00007"), NOW)
    found = store.outbox.get(acted.uuid)
    assert found is not None
    return found


def test_what_was_done_too_late_to_be_withdrawn_is_taken_back_the_other_way(supervisor: Desk) -> None:
    entry = too_late(supervisor.store, act(moved(), kind=Kind.USE))

    assert say(supervisor, "!cards").code == "card"
    assert settle(supervisor, entry, "correct") == "settled"
    [back] = follow(supervisor, entry)
    assert (back.kind, back.lines[0].source_id, back.lines[0].destination_id) == (Kind.TRANSFER, BIN_B.id, BIN_A.id)
    assert (back.acted_at, back.document.origin) == (entry.transaction.acted_at, entry.reference)
    assert say(supervisor, "!cards").code == "no_card"


def test_a_count_that_was_done_too_late_is_counted_again(supervisor: Desk) -> None:
    entry = too_late(supervisor.store, act(counted(1, TOWEL.id, 5), kind=Kind.COUNT))

    assert settle(supervisor, entry, "correct") == "to_be_counted"
    assert [one.recount.product_id for one in supervisor.store.recounts.open()] == [TOWEL.id]


def test_ward_25_goods_received_go_back_by_a_return_and_not_in_silence(supervisor: Desk) -> None:
    entry = too_late(supervisor.store, act(line()))

    assert settle(supervisor, entry, "correct") == "sending_back"
    assert (status(supervisor, entry), follow(supervisor, entry)) == (Status.DONE, [])
    assert say(supervisor, "!home", "!cards").code == "no_card"


def test_ward_25_goods_that_went_back_too_late_to_be_withdrawn_are_taken_in_again(supervisor: Desk) -> None:
    back = Line(1, TOWEL.id, Decimal(5), 1, BIN_A.id, SUPPLIER.id, move_id=202)
    entry = too_late(supervisor.store, act(back, kind=Kind.SUPPLIER_RETURN))

    assert settle(supervisor, entry, "correct") == "settled"
    [new] = follow(supervisor, entry)
    [again] = new.lines
    assert (new.kind, new.document.picking_type_id, new.reason) == (Kind.BLIND_RECEIPT, 1, NO_ORDER)
    assert (again.source_id, again.destination_id, again.move_id) == (SUPPLIER.id, BIN_A.id, None)
    assert (new.document.source_id, new.document.destination_id) == (SUPPLIER.id, BIN_A.id)


# -- opened again --------------------------------------------------------------------------------------------------


def test_complaint_15_a_refused_delivery_is_opened_again_with_its_scans_and_asks_what_was_wrong(desk: Desk) -> None:
    cannula = Line(1, CANNULA.id, Decimal(3), 1, SUPPLIER.id, BIN_B.id, lot_name="C1", evidence=("e-1",))
    entry = refuse(desk.store, "expiry_missing", {"line": 1}, act(cannula, towel()))

    said = settle(desk, entry, "correct")
    asked = desk.question()
    say(desk, "!yes", "!expiry 2030-01-31", "!confirm", "!yes")

    assert said == "correcting"
    assert asked is not None
    made = follow(desk, entry)
    assert {(one.kind, row.product_id, row.expiry) for one in made for row in one.lines} == {
        (Kind.BLIND_RECEIPT, CANNULA.id, date(2030, 1, 31)),
        (Kind.RECEIPT, TOWEL.id, None),
    }
    assert {row.destination_id for one in made for row in one.lines if row.product_id == CANNULA.id} == {BIN_B.id}
    assert {"e-1"} == {id_ for one in made for row in one.lines for id_ in row.evidence}


def test_what_was_used_is_opened_again_from_its_shelf_and_happened_when_it_did(store: Store) -> None:
    moves.furnish(store)
    desk = moves.at(store, Role.SUPERVISOR)
    earlier = Moment(NOW - timedelta(hours=5), 1.0, "boot")
    lines = [
        Line(number, TOWEL.id, Decimal(done), 1, moves.WARD.id, moves.USED.id) for number, done in ((1, 8), (2, 3))
    ]
    used = act(*lines, kind=Kind.USE, acted_at=earlier)
    entry = refuse(store, "too_little_stock", {"line": 1, "location": moves.WARD.complete_name}, used)

    said = settle(desk, entry, "correct")
    say(desk, "!undo 2", "!qty 4 of 1", "!confirm")

    [new] = follow(desk, entry)
    assert (said, new.kind) == ("correcting", Kind.USE)
    assert [(int(one.done), one.source_id) for one in new.lines] == [(4, moves.WARD.id)]
    assert new.acted_at == earlier


# -- a reply that was lost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_card_whose_refusal_was_told_again_keeps_its_ways_out(supervisor: Desk, lost: int) -> None:
    """The reply that said why was lost; asked again, Odoo only says that it was refused before."""
    code, facts = checks.HELD, {"line": 1, "product": SYRINGE.name, "lot": "AB0123", "why": "recall"}
    for _ in range(lost):
        code, facts = "refused_before", {"picking": "X", "why": code, "before": facts}
    entry = refuse(supervisor.store, code, facts)

    card = supervisor.card(entry)
    assert card is not None
    assert (card.entry.code, card.line) == (checks.HELD, 1)
    assert [way.choice for way in card.ways] == ["to-quarantine", "move-anyway", "withdraw"]
    assert settle(supervisor, entry, "move-anyway") == "settled"
    assert [one.choice for one in follow(supervisor, entry)[0].answers if one.question == checks.HELD] == [
        "move-anyway"
    ]


@pytest.mark.parametrize("why", ["withdrawn", "", "of_a_later_version"])
def test_what_was_taken_back_before_is_told_as_that(supervisor: Desk, why: str) -> None:
    entry = refuse(supervisor.store, "refused_before", {"picking": "X", "why": why, "before": {}})

    card = supervisor.card(entry)
    assert card is not None
    assert (card.entry.code, [way.choice for way in card.ways]) == ("refused_before", ["post-again", "withdraw"])
