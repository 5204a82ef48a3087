"""A delivery that lay overnight: what was held or expired since its scan is asked about at its end (ward 31)."""

from dataclasses import replace
from datetime import UTC, datetime

from client.work.desk import Desk
from client.work.site.holds import line_for
from client.work.site.people import Person, Role
from client.work.site.policy import Policy
from sync.store import Store
from sync.transaction import Kind, Transaction
from tests.work.conftest import CANNULA, MASK, NOW, SYRINGE, TOWEL, StoppedClock, label, queued, say
from tests.work.receiving import QUARANTINE, SITE, at_a_site, choices

PACK = label(SYRINGE, lot="L1", expiry="280331")


def hold(store: Store, lot: str = "L1") -> None:
    store.holds.hold(line_for(SYRINGE, "recalled", NOW.date(), lot), "Joana Adeyemi", NOW)


def scanned(desk: Desk) -> None:
    """Ten of a lot in two scans, and towels."""
    say(desk, "P00012", PACK, "!qty 6", PACK, "!qty 4", TOWEL.barcode, "!note none")


def held_since(store: Store) -> Desk:
    """At a delivery whose lot was held after it was scanned in."""
    desk = at_a_site(store)
    scanned(desk)
    hold(store)
    return desk


def finished(desk: Desk, answer: str) -> list[Transaction]:
    """What the delivery comes to once the held lot is answered so: less came than was ordered, which is right."""
    assert say(desk, "!confirm", answer).code == "short"
    assert say(desk, "!yes").code == "confirmed"
    return queued(desk)


def later(store: Store, role: Role, draft: Desk, at: datetime, policy: Policy = SITE) -> Desk:
    """The delivery taken up again then."""
    assert draft.job is not None
    uuid = draft.job.uuid
    say(draft, "!home")
    desk = Desk(store, Person("Joana Adeyemi", role), policy, StoppedClock(at=at))
    desk.resume(uuid)
    return desk


AFTER = datetime(2028, 4, 1, 9, tzinfo=UTC)


def test_ward_31_what_was_held_since_it_was_scanned_in_is_asked_about(store: Store) -> None:
    desk = held_since(store)

    assert say(desk, "!confirm").code == "held_now"
    assert choices(desk) == ["put_in_quarantine", "refuse_at_door", "take_held", "go_on_scanning"]
    assert say(desk, "!yes").code == "needs_role"
    assert say(desk, "!no").code == "ready"
    assert queued(desk) == []


def test_ward_31_all_of_that_lot_is_put_aside_at_the_end(store: Store) -> None:
    [receipt] = finished(held_since(store), "!quarantine on hold")

    went = [(line.lot_name, int(line.done), line.destination_id) for line in receipt.lines]
    assert went == [("L1", 10, QUARANTINE.id), ("", 1, 5)]
    assert {one.choice for one in receipt.answers if one.question == "into_quarantine"} == {"on hold"}


def test_ward_17_31_all_of_that_lot_is_refused_at_the_end(store: Store) -> None:
    [receipt] = finished(held_since(store), "!refuse on hold")

    assert [(line.product_id, int(line.done)) for line in receipt.lines] == [(TOWEL.id, 1)]
    refused = [one.choice for one in receipt.answers if one.question == "refused_at_the_door"]
    assert [text.partition(" ")[0] for text in refused] == ["6", "4"]


def test_ward_31_where_nothing_else_came_there_is_nothing_to_finish(store: Store) -> None:
    desk = at_a_site(store)
    say(desk, "P00012", PACK, "!note none")
    hold(store)

    assert say(desk, "!confirm", "!refuse on hold").code == "turned_away"
    assert say(desk, "!confirm").code == "only_refused"
    assert say(desk, "!undo").code == "undone_refusal"
    assert desk.job is not None
    assert [add.lot_name for add in desk.job.additions] == ["L1"]


def test_ward_33_who_may_takes_the_held_lot_in_and_each_line_says_so(store: Store) -> None:
    boss = at_a_site(store, role=Role.SUPERVISOR)
    scanned(boss)
    say(boss, PACK, "!qty 3", "LOC-B")
    hold(store)

    [receipt] = finished(boss, "!yes")
    told = [one.line for one in receipt.answers if (one.question, one.choice) == ("goods_held", "move-anyway")]
    assert told == [line.number for line in receipt.lines if line.lot_name == "L1"]
    assert len(told) == 2


def test_ward_31_goods_beside_the_order_are_asked_about_too(store: Store) -> None:
    boss = at_a_site(store, role=Role.SUPERVISOR)
    say(boss, "P00012", TOWEL.barcode, MASK.barcode, "!yes", "!note none")
    store.holds.hold(line_for(MASK, "recalled", NOW.date()), "Otto", NOW)

    assert say(boss, "!confirm").code == "held_now"
    say(boss, "!yes", "!yes")
    beside = next(one for one in queued(boss) if one.kind is Kind.BLIND_RECEIPT)
    assert [one.line for one in beside.answers if one.question == "goods_held"] == [1]


def test_ward_31_what_lies_in_quarantine_already_is_not_asked_about(store: Store) -> None:
    desk = at_a_site(store)
    say(desk, "P00012", PACK, "LOC-Q", TOWEL.barcode, "!note none")
    hold(store)

    assert say(desk, "!confirm").code == "short"


def test_ward_33_what_expired_overnight_is_asked_about(store: Store) -> None:
    desk = at_a_site(store)
    scanned(desk)

    storekeeper = later(store, Role.STOREKEEPER, desk, AFTER)
    assert say(storekeeper, "!confirm").code == "expired_since"
    assert say(storekeeper, "!yes").code == "needs_role"
    say(storekeeper, "!no")

    boss = later(store, Role.SUPERVISOR, storekeeper, AFTER)
    assert say(boss, "!confirm").code == "expired_since"
    assert say(boss, "!yes").code == "short"
    say(boss, "!yes")
    told = [one for one in queued(boss)[0].answers if one.question.startswith("expired_since")]
    assert [(one.choice, one.person) for one in told] == [("take-expired", "Joana Adeyemi")]


def test_ward_33_who_took_what_expired_stands_in_the_slip_that_has_these_goods(store: Store) -> None:
    desk = at_a_site(store, role=Role.SUPERVISOR)
    say(desk, "P00012", TOWEL.barcode, label(CANNULA, lot="C1", expiry="280331"), "!yes", "!note none")

    boss = later(store, Role.SUPERVISOR, desk, AFTER)
    assert say(boss, "!confirm").code == "expired_since"
    say(boss, "!yes", "!yes")

    told = {
        one.kind: [answer.line for answer in one.answers if answer.question.startswith("expired_since")]
        for one in queued(boss)
    }
    assert told == {Kind.RECEIPT: [], Kind.BLIND_RECEIPT: [1]}


def test_a_site_that_wants_longer_days_by_now_is_asked_for(store: Store) -> None:
    desk = at_a_site(store)
    scanned(desk)
    stricter = replace(SITE, shelf_life_days=900)

    late = later(store, Role.STOREKEEPER, desk, NOW, stricter)
    assert say(late, "!confirm").code == "short_dated_since"
    assert say(late, "!yes").code == "short"


def test_what_is_still_fit_is_not_asked_about(store: Store) -> None:
    desk = at_a_site(store)
    scanned(desk)

    next_year = later(store, Role.STOREKEEPER, desk, datetime(2027, 6, 1, 9, tzinfo=UTC))
    assert say(next_year, "!confirm").code == "short"
