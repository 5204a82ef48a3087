"""The end of a shift: what each person leaves on the device, since when, and whether it is safe to hand over."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from client import messages
from client.words import written
from client.words.shift_end import left_open
from client.work.desk import Desk
from client.work.job import Pending, to_lines, to_state
from client.work.moving.movement import Later, Waiting
from client.work.receiving.delivery import Unidentified, Unknown
from client.work.receiving.receipt import open_delivery
from client.work.shift_end import Left, shift_end
from client.work.site.policy import Policy
from sync.store import Store
from sync.transaction import Draft, Kind, footprint, new_uuid
from tests.store.goods import draft_of
from tests.work.conftest import BIN_A, BIN_B, CANNULA, NOW, ORDER, OTHER_ORDER, SYRINGE, label, say
from tests.work.test_cards import act, line, moved, refuse, too_late

LATER = NOW + timedelta(hours=30)


def kept(store: Store, job: Any, name: str, **more: Any) -> str:
    """A draft on disk."""
    told = {"title": "ICU", "document": "", "person": job.person} | more
    draft = Draft(job.uuid, name, to_state(job), opened_at=NOW, changed_at=NOW, lines=to_lines(job.additions), **told)
    store.drafts.open(draft)
    return draft.uuid


def taken_in_a_hurry(store: Store) -> None:
    """Two lines of Nils and one of Ida that want a lot."""
    items = [
        Waiting(number, Pending(product=SYRINGE), BIN_A.id, "lot_missing", NOW - timedelta(hours=number), person)
        for number, person in ((1, "Nils"), (2, "Nils"), (3, "Ida"))
    ]
    job = Later(uuid=new_uuid(), opened_at=NOW, person="Nils", later=tuple(items))
    kept(store, job, "later")


def test_ward_32_each_person_sees_what_they_leave_by_name_and_age(desk: Desk) -> None:
    refused = refuse(desk.store, "lot_unknown", {}, act(line(), person="Nils"))
    say(desk, OTHER_ORDER.name, label(CANNULA, lot="NEW1", expiry="280331"), "!home")

    told = shift_end(desk.store, Policy(), NOW + timedelta(hours=2))

    assert told.people == ("Mira Lindqvist", "Nils")
    [card] = told.of("Nils")
    assert (card.left, card.name, card.code, card.age(told.at)) == (
        Left.REFUSED,
        refused.reference,
        "lot_unknown",
        timedelta(hours=2),
    )
    [draft] = told.of("Mira Lindqvist")
    assert (draft.left, draft.name, draft.lines) == (Left.DRAFT, OTHER_ORDER.name, 1)
    assert not told.safe


def test_what_waits_names_behind_what(desk: Desk) -> None:
    first = refuse(desk.store, "too_little_stock", {}, act(moved(), kind=Kind.TRANSFER))
    second = act(moved(), kind=Kind.TRANSFER, person="Nils")
    desk.store.drafts.open(draft := draft_of("Nils"))
    shelves = desk.store.catalogue.locations({BIN_A.id, BIN_B.id})
    desk.store.outbox.confirm(draft.uuid, [(second, footprint(second, shelves))], NOW)

    [one] = shift_end(desk.store, Policy(), NOW).of("Nils")

    assert (one.left, one.behind) == (Left.WAITING, first.reference)
    assert left_open(one) == f"{second.reference} waits behind {first.reference}"


def test_ward_26_lines_to_be_completed_are_those_of_whoever_took_them(desk: Desk) -> None:
    taken_in_a_hurry(desk.store)

    told = shift_end(desk.store, Policy(), NOW)

    [theirs], [hers] = told.of("Nils"), told.of("Ida")
    assert (theirs.left, theirs.lines, theirs.age(NOW)) == (Left.COMPLETE_LATER, 2, timedelta(hours=2))
    assert (hers.lines, hers.age(NOW)) == (1, timedelta(hours=3))


def test_ward_16_what_nobody_has_named_stays_on_the_list(desk: Desk) -> None:
    ward = desk.ward()
    delivery = open_delivery(ORDER, ward)
    strange = Unknown(1, "???", "]C1", "Mira Lindqvist", NOW - timedelta(days=2))
    fields = {name: getattr(delivery, name) for name in delivery.__dataclass_fields__}
    job = Unidentified(**{**fields, "unidentified": (strange,)})
    kept(desk.store, job, "unidentified", document=ORDER.name)

    [one] = shift_end(desk.store, Policy(), NOW).of("Mira Lindqvist")

    assert (one.left, one.name, one.lines, one.age(NOW)) == (Left.UNIDENTIFIED, ORDER.name, 1, timedelta(days=2))


def test_an_alarm_sounds_for_what_is_older_than_the_site_allows(desk: Desk) -> None:
    refuse(desk.store, "lot_unknown", {}, act(line(), person="Nils"))

    assert shift_end(desk.store, Policy(), NOW + timedelta(hours=23)).alarms == ()
    assert [one.person for one in shift_end(desk.store, Policy(), LATER).alarms] == ["Nils"]
    assert shift_end(desk.store, replace(Policy(), alarm_hours=48), LATER).alarms == ()


@pytest.mark.parametrize(("agrees", "safe"), [(True, True), (False, False), (None, False)])
def test_safe_is_said_only_where_odoo_agrees(desk: Desk, agrees: bool | None, *, safe: bool) -> None:
    assert shift_end(desk.store, Policy(), NOW, agrees=agrees).safe is safe


def test_what_was_done_although_it_was_not_wanted_is_open_until_somebody_corrects_it(supervisor: Desk) -> None:
    entry = too_late(supervisor.store, act(moved(), kind=Kind.USE))
    before = shift_end(supervisor.store, Policy(), NOW, agrees=True)

    say(supervisor, f"!settle {entry.reference} correct")
    after = shift_end(supervisor.store, Policy(), NOW, agrees=True)

    assert [one.left for one in before.owed] == [Left.LATE]
    assert [one.left for one in after.owed] == [Left.UNSENT]


def test_ward_32_whoever_badges_out_is_told_what_they_leave(desk: Desk) -> None:
    desk.store.people.add("Nils", "nurse", NOW, "", badge="BADGE-NILS")
    entry = refuse(desk.store, "lot_unknown", {})

    said = say(desk, "BADGE-NILS")

    assert (said.code, desk.person.name) == ("person_now_open", "Nils")
    assert "Mira Lindqvist leaves 1 open" in messages.detail(said)
    assert f"{entry.reference} is refused: Odoo has never seen this lot" in messages.detail(said)


def test_a_change_of_people_with_nothing_open_says_only_who_is_there(desk: Desk) -> None:
    desk.store.people.add("Nils", "nurse", NOW, "", badge="BADGE-NILS")

    assert say(desk, "BADGE-NILS").code == "person_now"


def test_the_end_of_a_shift_is_asked_for_at_the_desk_too(desk: Desk) -> None:
    assert say(desk, "!shift-end").code == "shift_clean"
    refuse(desk.store, "lot_unknown", {}, act(line(), person="Nils"))

    said = say(desk, "!shift-end Nils")

    assert (said.code, said.facts["count"]) == ("shift_open", 1)
    assert messages.title(said) == "Nils leaves 1 open"


@pytest.mark.parametrize(
    ("past", "told"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=7), "7 min"),
        (timedelta(hours=5, minutes=12), "5 h 12 min"),
        (timedelta(days=3, hours=4, minutes=59), "3 d 4 h"),
    ],
)
def test_an_age_is_told_in_its_two_largest_units(past: timedelta, told: str) -> None:
    assert written.age(past) == told
