"""What was fit when it was scanned is judged once more when its job is finished (ward 31, 33, 34)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from client.work.desk import Desk
from client.work.site.holds import line_for
from client.work.site.people import Act, Person, Role
from client.work.site.pin import Cost, hashed
from sync.stock import Lot
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import KNOWN_LOT, NOW, STOCK, SYRINGE, TOWEL, StoppedClock, label, queued, say
from tests.work.moves import A1, ICU, QUARANTINE, ROAD
from tests.work.test_supplier_return_steps import received
from tests.work.wants import LATE, SITE, SOON, desk_of, want

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
LATE_PACK = label(SYRINGE, lot="S-LATE")
Begun = Callable[[Desk], object]


def transfer(desk: Desk) -> object:
    """All that was requested."""
    return say(desk, "CS/INT/00021", LATE_PACK, "!qty 45")


def arrival(desk: Desk) -> object:
    """All that was sent."""
    say(desk, "LOC-A1", "!move", LATE_PACK, "!qty 6", "LOC-CLINIC", "!confirm", "!home")
    return say(desk, "!arrive", LATE_PACK, "!qty 6")


def supplier_return(desk: Desk) -> object:
    """What came damaged."""
    received(desk.store)
    return say(desk, "!supplier-return", label(SYRINGE, lot="AB0123"), "!reason damaged")


def lot_change(desk: Desk) -> object:
    """Three of a wrong lot."""
    return say(desk, "LOC-A1", "!relabel", LATE_PACK, "!qty 3", label(SYRINGE, lot="S-NEXT", expiry="280331"))


JOBS = [transfer, arrival, supplier_return, lot_change]
FIRST: dict[Begun, Lot] = {transfer: LATE, arrival: LATE, supplier_return: KNOWN_LOT, lot_change: LATE}
"""The lot each takes from its shelf."""
AGE = [transfer, arrival, lot_change]
"""What goes back to the supplier may be as old as it is."""


def hold(store: Store, lot: str) -> None:
    store.holds.hold(line_for(SYRINGE, "recalled", NOW.date(), lot), "Joana Adeyemi", NOW)


def pulled(store: Store, kind: str, *records: object) -> None:
    """Odoo says otherwise by now."""
    pull = store.catalogue.resume()
    pull.merge(kind, list(records))
    pull.flip(NOW - timedelta(minutes=1))


def next_spring(store: Store, role: Role, draft: str) -> Desk:
    """The draft is taken up again the day after the lots expired."""
    clock = StoppedClock(at=datetime(2028, 4, 1, 9, tzinfo=UTC))
    desk = Desk(store, Person("Mira Lindqvist", role), SITE, clock)
    desk.resume(draft)
    return desk


def draft_of(desk: Desk) -> str:
    assert desk.job is not None
    return desk.job.uuid


@pytest.mark.parametrize("begin", JOBS)
def test_ward_31_goods_put_on_hold_since_they_were_scanned_are_asked_about(store: Store, begin: Begun) -> None:
    want(store)
    desk = desk_of(store)
    begin(desk)
    scanned = desk.job.additions if desk.job else ()
    hold(store, FIRST[begin].name)

    assert say(desk, "!confirm").code == "held_now"
    assert say(desk, "!yes").code == "needs_role"
    assert say(desk, "!no").code == "ready"
    assert desk.job is not None
    assert desk.job.additions == scanned


@pytest.mark.parametrize("begin", JOBS)
def test_ward_33_who_may_goes_on_and_the_posting_is_told(store: Store, begin: Begun) -> None:
    want(store)
    boss = desk_of(store, Role.SUPERVISOR, "Joana Adeyemi")
    begin(boss)
    lot = FIRST[begin].name
    hold(store, lot)

    assert say(boss, "!confirm").code == "held_now"
    assert say(boss, "!yes").tone == "ok"
    act = queued(boss)[-1]
    told = [(one.line, one.choice, one.person) for one in act.answers if one.question == "goods_held"]
    assert told == [(line.number, "move-anyway", "Joana Adeyemi") for line in act.lines if line.lot_name == lot]
    assert told


@pytest.mark.parametrize("begin", JOBS)
def test_what_is_still_as_it_was_scanned_is_not_asked_about(store: Store, begin: Begun) -> None:
    want(store)
    desk = desk_of(store)
    begin(desk)

    assert say(desk, "!confirm").tone == "ok"


@pytest.mark.parametrize("begin", AGE)
def test_a_lot_that_expired_overnight_is_asked_about(store: Store, begin: Begun) -> None:
    want(store)
    desk = desk_of(store)
    begin(desk)
    draft = draft_of(desk)
    say(desk, "!home")

    storekeeper = next_spring(store, Role.STOREKEEPER, draft)
    assert say(storekeeper, "!confirm").code == "expired_now"
    assert say(storekeeper, "!yes").code == "needs_role"
    say(storekeeper, "!no", "!home")

    boss = next_spring(store, Role.SUPERVISOR, draft)
    assert say(boss, "!confirm").code == "expired_now"
    assert say(boss, "!yes").tone == "ok"
    assert any(one.choice == "take-it-expired" for one in queued(boss)[-1].answers)


@pytest.mark.parametrize("begin", [transfer, arrival])
def test_ward_31_a_lot_that_expired_and_was_put_on_hold_is_asked_about_twice(store: Store, begin: Begun) -> None:
    want(store)
    desk = desk_of(store)
    begin(desk)
    draft = draft_of(desk)
    say(desk, "!home")
    hold(store, FIRST[begin].name)

    boss = next_spring(store, Role.SUPERVISOR, draft)
    assert say(boss, "!confirm").code == "expired_now"
    assert say(boss, "!yes").code == "held_now"
    assert say(boss, "!yes").tone == "ok"
    told = {one.question for one in queued(boss)[-1].answers if one.choice in {"take-it-expired", "move-anyway"}}
    assert told == {"expired_now 1 S-LATE", "goods_held"}


def test_what_goes_back_to_the_supplier_may_be_as_old_as_it_is(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    supplier_return(desk)
    draft = draft_of(desk)
    say(desk, "!home")

    assert say(next_spring(store, Role.STOREKEEPER, draft), "!confirm").code == "return_finished"


@pytest.mark.parametrize("begin", JOBS)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"active": False}, "product_archived"),
        ({"uom_id": 12, "uom_name": "Box"}, "unit_changed_now"),
    ],
)
def test_ward_34_a_product_that_is_another_by_now_is_taken_back(
    store: Store, begin: Begun, change: dict[str, object], code: str
) -> None:
    """Nobody may go on: Odoo would take it, and the posting refuses it later."""
    want(store)
    boss = desk_of(store, Role.SUPERVISOR, "Joana Adeyemi")
    begin(boss)
    pulled(store, "products", replace(SYRINGE, **change))  # type: ignore[arg-type]  # fields of Product

    said = say(boss, "!confirm")
    asked = boss.question()
    assert asked is not None
    assert (said.code, [choice.command.name for choice in asked.choices]) == (code, ["no"])
    assert asked.facts["number"] == 1


@pytest.mark.parametrize("begin", JOBS)
def test_ward_34_a_lot_that_odoo_has_no_more_is_taken_back(store: Store, begin: Begun) -> None:
    want(store)
    desk = desk_of(store)
    begin(desk)
    pulled(store, "lots", replace(FIRST[begin], name="RENAMED"))

    said = say(desk, "!confirm")
    assert (said.code, said.facts["lot"]) == ("lot_gone_now", FIRST[begin].name)


@pytest.mark.parametrize(("begin", "place"), [(transfer, A1), (arrival, ROAD), (lot_change, A1)])
def test_ward_34_a_place_that_is_archived_by_now_is_named(store: Store, begin: Begun, place: object) -> None:
    want(store)
    desk = desk_of(store)
    begin(desk)
    pulled(store, "locations", replace(place, active=False))  # type: ignore[type-var]  # a Location

    assert say(desk, "!confirm").code == "place_archived"


def test_ward_31_held_goods_scanned_into_quarantine_and_put_elsewhere_are_asked_about(store: Store) -> None:
    want(store)
    pulled(store, "pickings", replace(store.catalogue.picking(120), destination_id=STOCK.id))  # type: ignore[type-var]
    desk = desk_of(store)
    say(desk, "CS/INT/00020", TOWEL.barcode, "!qty 8", label(SYRINGE, lot="S-SOON"), "!qty 10", "LOC-Q")
    hold(store, SOON.name)

    assert desk.job is not None
    assert desk.job.additions[-1].destination_id == QUARANTINE.id
    assert say(desk, "!confirm").code == "sent_short"
    say(desk, "!no", "!fix 2", "LOC-B")
    assert say(desk, "!confirm").code == "held_now"


def test_ward_31_goods_beside_a_transfer_are_asked_about_too(store: Store) -> None:
    want(store)
    boss = desk_of(store, Role.SUPERVISOR, "Joana Adeyemi")
    say(boss, "CS/INT/00022", "LOC-A1", LATE_PACK, "!yes")
    hold(store, LATE.name)

    assert say(boss, "!confirm").code == "held_now"
    assert say(boss, "!yes").code == "transfer_finished"
    [beside] = queued(boss)
    assert (beside.kind, beside.lines[0].destination_id) == (Kind.TRANSFER, ICU.id)
    assert [(one.question, one.line) for one in beside.answers if one.line] == [("not_wanted", 1), ("goods_held", 1)]


def test_ward_33_a_lot_change_of_two_people_bears_both_names(store: Store) -> None:
    want(store)
    for name, role in (("Mira Lindqvist", Role.STOREKEEPER), ("Joana Adeyemi", Role.SUPERVISOR)):
        store.people.add(name, role, NOW, "", badge=f"BADGE-{name.split()[0]}", pin=hashed("4711", CHEAP))
    desk = Desk(store, Person("Mira Lindqvist"), replace(SITE, two_people=frozenset({Act.LOT_CHANGE})), StoppedClock())
    say(desk, "!relabel", "BADGE-Joana", "!pin 4711")
    lot_change(desk)
    say(desk, "!confirm", "BADGE-Joana", "!pin 4711", "!confirm")

    assert [one.person for one in queued(desk)[0].answers if one.question == "two_people"] == ["Joana Adeyemi"]


def test_the_day_of_a_known_lot_is_the_one_odoo_has_by_now(store: Store) -> None:
    want(store)
    desk = desk_of(store)
    transfer(desk)
    pulled(store, "lots", replace(LATE, expiry=date(2026, 11, 20)))

    said = say(desk, "!confirm")
    assert (said.code, said.facts["day"]) == ("expired_now", date(2026, 11, 20))
