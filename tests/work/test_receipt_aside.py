"""Refused at the door, taken into quarantine, warm, on hold: each a clear act with its reason (ward 17, 31)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from client.work.desk import Desk
from client.work.receiving.care import ASIDE
from client.work.receiving.delivery import Delivery
from client.work.site.people import Role
from client.work.site.policy import Policy
from sync.store import Store
from sync.store.holds import By, HoldLine
from sync.transaction import Answer
from tests.work.conftest import NOW, PUMP, SYRINGE, TOWEL, label, queued, say
from tests.work.receiving import COLD, QUARANTINE, SITE, at_a_site, choices, pulled, quantities

GOOD = label(SYRINGE, lot="L1", expiry="280331")
OLD = label(SYRINGE, lot="L0", expiry="200131")


def cold(store: Store) -> None:
    pulled(store, products=[replace(SYRINGE, category_id=COLD.id)])


def sent(desk: Desk) -> dict[str, tuple[Decimal, int]]:
    say(desk, "!note none", "!confirm", "!yes")
    [receipt] = queued(desk)
    return {f"{line.lot_name} {line.number}".strip(): (line.done, line.destination_id) for line in receipt.lines}


def answered(desk: Desk, question: str) -> list[Answer]:
    return [answer for answer in queued(desk)[0].answers if answer.question == question]


def test_ward_17_damaged_goods_are_refused_and_the_order_stays_open_for_them(store: Store) -> None:
    desk = at_a_site(store)
    assert say(desk, "P00012", TOWEL.barcode, "!qty 40", "!refuse 3 torn").code == "turned_away"
    assert quantities(desk) == ["37"]

    view = desk.view()
    assert view is not None
    assert [(one.quantity, one.reason) for one in view.refused] == [(Decimal(3), "torn")]
    assert say(desk, "!note none", "!confirm").code == "short"
    say(desk, "!yes")
    assert [answer.choice for answer in answered(desk, "refused_at_the_door")] == ["3 Units Paper towel: torn"]


def test_ward_17_expired_goods_are_refused_by_the_button_and_the_reason_is_kept(store: Store) -> None:
    desk = at_a_site(store)
    assert say(desk, "P00012", TOWEL.barcode, OLD).code == "expired"
    assert choices(desk) == ["put_in_quarantine", "refuse_at_door", "set_aside", "take_expired"]

    assert say(desk, "!refuse expired").code == "turned_away"
    assert sent(desk) == {"1": (Decimal(1), 5)}
    assert answered(desk, "refused_at_the_door")[0].choice.endswith("lot L0: expired")


def test_ward_17_a_refusal_is_taken_back_as_it_was(store: Store) -> None:
    desk = at_a_site(store)
    say(desk, "P00012", TOWEL.barcode, "!qty 40", "!refuse wet")
    assert quantities(desk) == []

    assert say(desk, "!undo").code == "undone_refusal"
    assert quantities(desk) == ["40"]


def test_ward_17_expired_goods_go_into_quarantine_without_a_supervisor(store: Store) -> None:
    desk = at_a_site(store)
    assert say(desk, "P00012", OLD, "!quarantine expired").code == "added"

    assert sent(desk) == {"L0 1": (Decimal(1), QUARANTINE.id)}
    assert answered(desk, "into_quarantine")[0].choice == "expired"


def test_ward_17_some_of_a_line_are_put_aside(store: Store) -> None:
    desk = at_a_site(store)
    assert say(desk, "P00012", GOOD, "!qty 10", "!quarantine 4 wet box").code == "put_aside"

    assert sent(desk) == {"L1 1": (Decimal(6), 20), "L1 2": (Decimal(4), QUARANTINE.id)}


def test_ward_17_what_was_put_aside_is_not_put_on_a_shelf_by_a_scan(store: Store) -> None:
    desk = at_a_site(store)
    say(desk, "P00012", GOOD, "!quarantine wet")

    assert say(desk, "LOC-A").code == "stays_aside"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("!quarantine wet",), "item_before_aside"),
        (("!refuse wet",), "item_before_refusal"),
        ((TOWEL.barcode, "!quarantine"), "why_aside"),
        ((TOWEL.barcode, "!refuse"), "why_refused"),
        ((TOWEL.barcode, "!refuse 3 wet"), "not_so_many"),
        ((TOWEL.barcode, "!quarantine 0 wet"), "not_so_many"),
    ],
)
def test_what_is_put_aside_or_refused_must_be_said(store: Store, lines: tuple[str, ...], code: str) -> None:
    assert say(at_a_site(store), "P00012", *lines).code == code


def test_without_a_quarantine_of_the_site_it_is_not_offered(desk: Desk) -> None:
    assert say(desk, "P00012", OLD).code == "expired"
    assert choices(desk) == ["refuse_at_door", "set_aside", "take_expired"]
    assert say(desk, "!quarantine expired").code == "no_quarantine"


def test_a_counter_puts_nothing_aside(store: Store) -> None:
    desk = at_a_site(store)
    say(desk, "P00012", GOOD, "!home")
    counter = at_a_site(store, role=Role.COUNTER)
    counter.resume(store.drafts.open_drafts()[0].uuid)

    assert say(counter, "!fix 1", "!quarantine wet").code == "needs_role"


def test_ward_17_the_cold_chain_is_asked_once_in_a_delivery(store: Store) -> None:
    desk = at_a_site(store)
    cold(store)

    assert say(desk, "P00012", GOOD).code == "cold_chain"
    assert say(desk, "!cold 5,4").code == "added"
    assert say(desk, GOOD).code == "added"
    assert sent(desk) == {"L1 1": (Decimal(2), 20)}
    assert answered(desk, "cold_chain")[0].choice == "in-range 5.4 °C"


@pytest.mark.parametrize("told", ["!cold 8.5", "!cold alarm", "!cold -1"])
def test_ward_17_what_got_warm_goes_into_quarantine(store: Store, told: str) -> None:
    desk = at_a_site(store)
    cold(store)
    say(desk, "P00012", GOOD, told, GOOD)
    assert say(desk, "LOC-A").code == "stays_aside"
    say(desk, TOWEL.barcode)

    assert sent(desk) == {"L1 1": (Decimal(2), QUARANTINE.id), "2": (Decimal(1), 5)}


def test_ward_17_where_there_is_no_quarantine_warm_goods_are_refused(store: Store) -> None:
    desk = at_a_site(store, policy=Policy(cold_chain=SITE.cold_chain))
    cold(store)

    assert say(desk, "P00012", GOOD, "!cold alarm").code == "cold_alarm"
    assert choices(desk) == ["refuse_at_door", "set_aside"]


def test_ward_17_goods_scanned_before_the_site_said_so_are_asked_about_at_the_end(store: Store) -> None:
    before = at_a_site(store, policy=replace(SITE, cold_chain={}))
    cold(store)
    say(before, "P00012", GOOD, "!home")
    desk = at_a_site(store)

    assert say(desk, "P00012", "!note none", "!confirm").code == "cold_chain"
    assert say(desk, "!cold alarm").code == "short"
    say(desk, "!yes")
    assert queued(desk)[0].lines[0].destination_id == QUARANTINE.id


@pytest.mark.parametrize("typed", ["warm", "", "400", "--1"])
def test_a_temperature_is_a_number(store: Store, typed: str) -> None:
    desk = at_a_site(store)
    cold(store)

    assert say(desk, "P00012", GOOD, f"!cold {typed}").code == "not_a_temperature"
    assert say(desk, "!no", TOWEL.barcode, "!cold 5").code == "nothing_to_keep_cold"


def hold(store: Store, lot: str) -> None:
    line = HoldLine(By.CODE, SYRINGE.code, "recalled by the maker", date(2026, 11, 20), lot)
    store.holds.hold(line, "Joana", NOW)


def test_ward_31_a_held_lot_that_arrives_is_asked_about(store: Store) -> None:
    desk = at_a_site(store)
    hold(store, "L1")

    assert say(desk, "P00012", GOOD).code == "goods_held"
    assert choices(desk) == ["put_in_quarantine", "refuse_at_door", "set_aside", "take_held"]
    assert say(desk, "!move-anyway").code == "needs_role"
    assert say(desk, "!quarantine on hold").code == "added"
    assert sent(desk) == {"L1 1": (Decimal(1), QUARANTINE.id)}


def test_ward_31_who_may_takes_a_held_lot_in_and_the_posting_finds_the_answer(store: Store) -> None:
    desk = at_a_site(store, role=Role.SUPERVISOR)
    hold(store, "L1")
    assert say(desk, "P00012", GOOD, "!move-anyway").code == "added"

    say(desk, "!note none", "!confirm", "!yes")
    [answer] = answered(desk, "goods_held")
    assert (answer.choice, answer.line) == ("move-anyway", 1)


def test_ward_31_a_lot_that_only_looks_like_the_held_one_is_compared_by_anybody(store: Store) -> None:
    desk = at_a_site(store)
    hold(store, "LI")

    assert say(desk, "P00012", GOOD).code == "goods_held"
    assert choices(desk)[0] == "another_lot_than_held"
    assert say(desk, "!move-anyway").code == "added"


def test_refusing_a_changed_line_takes_all_of_it_or_nothing_and_is_taken_back(store: Store) -> None:
    """Ten were accepted; their day was put right and they turned out expired. Seven must not vanish with three."""
    desk = at_a_site(store)
    say(desk, "P00012", GOOD, "!qty 10")
    assert say(desk, "!expiry 2020-01-31").code == "expired"
    assert say(desk, "!refuse 3 expired").code == "answer_first"

    assert say(desk, "!refuse expired").code == "turned_away"
    assert say(desk, "!undo").code == "undone_refusal"
    assert quantities(desk) == ["10"]


def test_how_many_are_put_aside_is_said_before_they_are_added_too(store: Store) -> None:
    desk = at_a_site(store)
    assert say(desk, "P00012", label(SYRINGE, lot="L0", expiry="200131", count=10)).code == "expired"

    assert say(desk, "!quarantine 0 expired").code == "not_so_many"
    assert say(desk, "!quarantine 3 expired").code == "added"
    assert quantities(desk) == ["3"]


def test_a_refused_serial_that_was_scanned_again_does_not_come_back_beside_itself(store: Store) -> None:
    desk = at_a_site(store)
    pump = label(PUMP, serial="S1")
    say(desk, "P00012", pump, "!refuse broken", pump)

    assert say(desk, "!undo 2").code == "serial_twice"
    assert quantities(desk) == ["1"]


def test_a_part_that_was_refused_comes_back_to_the_pack_it_was_of(store: Store) -> None:
    desk = at_a_site(store)
    say(desk, "P00012", label(SYRINGE, lot="L1", expiry="280331", serial="P1"), "!qty 10", "!refuse 3 wet")

    assert say(desk, "!undo 2").code == "undone_refusal"
    assert quantities(desk) == ["10"]


def test_ward_17_goods_found_warm_later_are_not_received_where_nothing_can_be_put_aside(store: Store) -> None:
    desk = at_a_site(store, policy=Policy(cold_chain=SITE.cold_chain))
    cold(store)
    say(desk, "P00012", GOOD, "!cold ok", "!cold alarm", "!note none")

    assert say(desk, "!confirm").code == "cold_alarm"
    assert say(desk, "!no", "!fix 1", "!refuse too warm").code == "turned_away"
    assert queued(desk) == []


def test_ward_17_an_alarm_is_taken_back_by_who_may_and_stays_on_record(store: Store) -> None:
    desk = at_a_site(store)
    cold(store)
    assert say(desk, "P00012", GOOD, "!cold 12", "!cold ok").code == "needs_role"

    [draft] = store.drafts.open_drafts()
    supervisor = at_a_site(store, role=Role.SUPERVISOR)
    supervisor.resume(draft.uuid)
    assert say(supervisor, "!cold 5").code == "cold_noted"
    sent(supervisor)
    assert answered(supervisor, "cold_chain")[0].choice == "in-range 5 °C, was alarm 12 °C"


def test_some_that_were_put_aside_are_put_back_and_not_lost(store: Store) -> None:
    desk = at_a_site(store)
    say(desk, "P00012", GOOD, "!qty 10", "!quarantine 4 wet box")

    assert say(desk, "!undo").code == "undone_aside"
    assert sent(desk) == {"L1 1": (Decimal(10), 20)}


def test_one_of_two_that_were_put_aside_one_by_one_comes_back_and_none_is_lost(store: Store) -> None:
    desk = at_a_site(store)
    say(desk, "P00012", GOOD, "!qty 2", "!quarantine 1 damaged", "!fix 1", "!quarantine 1 damaged")
    first = next(add for add in delivery_of(desk).additions if add.number != 1)

    assert say(desk, f"!undo {first.number}").code == "undone_aside"
    told = sorted((int(add.quantity), add.choice(ASIDE)) for add in delivery_of(desk).additions)
    assert told == [(1, ""), (1, "damaged")]


def delivery_of(desk: Desk) -> Delivery:
    assert desk.delivery
    return desk.delivery


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_put_aside_refused_and_taken_back_no_piece_is_lost(store: Store, seed: int) -> None:
    chance = Random(seed)
    desk = at_a_site(store, role=Role.SUPERVISOR)
    say(desk, "P00012", "!note none", GOOD, f"!qty {chance.randint(2, 9)}", GOOD, f"!qty {chance.randint(2, 9)}")
    came = pieces(desk)

    for _ in range(20):
        say(desk, *chance.choice(doings(desk, chance)))
        assert pieces(desk) == came


def pieces(desk: Desk) -> Decimal:
    """Received, put aside or refused."""
    job = delivery_of(desk)
    there, away = sum(one.quantity for one in job.additions), sum(one.quantity for one in job.turned_away)
    return Decimal(there + away)


def doings(desk: Desk, chance: Random) -> list[list[str]]:
    """What somebody may do with what came: some or all of it aside, refused, on a shelf, or one of these taken back."""
    job = delivery_of(desk)
    back = [one.number for one in job.turned_away] + [add.number for add in job.additions if add.choice(ASIDE)]
    some = [
        [f"!fix {add.number}", said]
        for add in job.additions
        for much in (chance.randint(1, int(add.quantity)),)
        for said in (f"!quarantine {much} damaged", f"!refuse {much} damaged", "LOC-B", "LOC-Q")
    ]
    return [*some, *([f"!undo {number}"] for number in back * 3)]


def test_what_is_put_aside_is_not_put_aside_again(store: Store) -> None:
    desk = at_a_site(store)
    say(desk, "P00012", TOWEL.barcode, "!quarantine damaged", "!fix 1")

    assert say(desk, "!quarantine wet").code == "aside_already"
