"""The hold list and the recalls of a device: what is held, by which list, since when, and who said so (ward 31)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from sync.errors import WardstockError
from sync.store import Store
from sync.store.device import Enrolment
from sync.store.holds import SCANNED, By, HoldLine
from tests.store.goods import BOX, GAUZE, GLOVE, NOON

DAY = date(2026, 11, 20)
LATER = NOON + timedelta(hours=1)


def gauze(lot_name: str = "", reason: str = "particles") -> HoldLine:
    return HoldLine(By.CODE, "gz-1", reason, DAY, lot_name)


def test_one_import_takes_the_place_of_all_that_source_said_and_of_nothing_else(store: Store) -> None:
    store.holds.bring("vendor", [gauze("A1"), gauze("A2")], NOON, "Ana", NOON)
    store.holds.bring("authority", [gauze("Z9")], NOON, "Ana", NOON)
    kept = {one.line.lot_name: one.id for one in store.holds.all()}["A2"]

    store.holds.bring("vendor", [gauze("A2"), gauze("A3")], LATER, "Ben", LATER)

    held = {(one.source, one.line.lot_name): one for one in store.holds.all()}
    assert held.keys() == {("vendor", "A2"), ("vendor", "A3"), ("authority", "Z9")}
    assert (held["vendor", "A2"].id, held["vendor", "A2"].held_at) == (kept, NOON)
    assert held["vendor", "A3"].person == "Ben"


def test_an_import_that_fails_half_way_leaves_the_list_as_it_was(store: Store) -> None:
    store.holds.bring("vendor", [gauze("A1")], NOON, "Ana", NOON)

    with pytest.raises(AttributeError):
        store.holds.bring("vendor", [gauze("A2"), HoldLine(By.CODE, "x", "y", None)], LATER, "Ana", LATER)  # type: ignore[arg-type]

    assert [one.line.lot_name for one in store.holds.all()] == ["A1"]
    assert store.holds.lists()[0].brought_at == NOON


def test_an_empty_list_lifts_all_it_held_and_keeps_its_age(store: Store) -> None:
    store.holds.bring("vendor", [gauze()], NOON, "Ana", NOON)
    store.holds.bring("vendor", [], LATER, "Ana", LATER)

    assert (store.holds.all(), store.holds.any()) == ([], False)
    (one,) = store.holds.lists()
    assert (one.source, one.as_of, one.holds) == ("vendor", LATER, 0)


def test_the_same_line_twice_counts_once(store: Store) -> None:
    again = HoldLine(By.CODE, "GZ-1", "other", DAY, "A1")
    store.holds.bring("vendor", [gauze("A1"), again], NOON, "Ana", NOON)

    assert [(one.line.lot_name, one.line.reason) for one in store.holds.all()] == [("A1", "other")]


@pytest.mark.parametrize(
    "line",
    [
        HoldLine(By.CODE, "gz-1", "r", DAY),
        HoldLine(By.ID, "1", "r", DAY),
        HoldLine(By.GTIN, "4006381333931", "r", DAY),
        HoldLine(By.GTIN, "04006381333931", "r", DAY),
        HoldLine(By.GTIN, BOX.barcode, "r", DAY),
    ],
)
def test_a_product_is_held_by_whatever_the_list_calls_it(store: Store, line: HoldLine) -> None:
    store.holds.bring("vendor", [line], NOON, "Ana", NOON)

    assert [one.line.reason for one in store.holds.of(GAUZE, [BOX])] == ["r"]
    assert store.holds.of(GLOVE) == []


def test_goods_without_a_code_are_not_held_by_an_empty_one(store: Store) -> None:
    store.holds.bring("vendor", [HoldLine(By.CODE, "x", "r", DAY)], NOON, "Ana", NOON)
    plain = HoldLine(By.CODE, "", "r", DAY)
    store.holds.bring("odd", [plain], NOON, "Ana", NOON)

    assert store.holds.of(type(GAUZE)(9, "No code", GAUZE.tracking, 1, "Units", Decimal(1))) == []


def test_a_persons_hold_and_its_end_stand_in_the_journal_with_their_names(store: Store) -> None:
    hold = store.holds.hold(HoldLine(By.ID, "1", "smells", DAY, "A1"), "Ana", NOON)
    assert [one.source for one in store.holds.lists()] == [SCANNED]

    store.holds.lift(hold.id, "Joana", LATER)

    told = [(entry.event, entry.person) for entry in store.journal.story(f"hold-{hold.id}")]
    assert told == [("held", "Ana"), ("hold_lifted", "Joana")]
    assert store.holds.all() == []
    assert store.journal.verify().ok
    with pytest.raises(WardstockError, match="no_such_hold"):
        store.holds.lift(hold.id, "Joana", LATER)


def test_no_file_may_speak_for_the_people_here(store: Store) -> None:
    with pytest.raises(WardstockError, match="hold_source_reserved"):
        store.holds.bring(SCANNED, [], NOON, "Ana", NOON)


def test_an_import_stands_in_the_journal_with_what_it_changed(store: Store) -> None:
    store.holds.bring("vendor", [gauze("A1"), gauze("A2")], NOON, "Ana", NOON)
    store.holds.bring("vendor", [gauze("A2"), gauze("A3")], NOON, "Ben", LATER)

    first, second = store.journal.story("vendor")
    assert (first.person, first.facts["new"], first.facts["over"]) == ("Ana", 2, 0)
    assert (second.person, second.facts["rows"], second.facts["new"], second.facts["over"]) == ("Ben", 2, 1, 1)


def test_in_another_odoo_a_number_means_another_product_and_a_reference_the_same(store: Store) -> None:
    store.device.enrol(Enrolment("https://one", "ward", "w", 5, 1, NOON), "key")
    store.holds.bring("vendor", [gauze("A1"), HoldLine(By.ID, "1", "r", DAY)], NOON, "Ana", NOON)
    store.recalls.begin(1, "A1", "Ana", NOON)

    store.device.enrol(Enrolment("https://two", "ward", "w", 5, 1, NOON), "key")

    assert [one.line.by for one in store.holds.all()] == [By.CODE]
    assert store.recalls.open() == []


def test_where_somebody_looked_is_kept_over_a_restart_and_goes_on(store: Store) -> None:
    begun = store.recalls.begin(1, " A1 ", "Ana", NOON)
    store.recalls.tick(begun.uuid, 3, Decimal(0), "Ana", NOON)
    store.recalls.tick(begun.uuid, 4, Decimal("2.5"), "Ben", LATER)

    again = store.recalls.begin(1, "A1", "Cleo", LATER)

    assert (again.uuid, again.person) == (begun.uuid, "Ana")
    assert [(place, tick.found, tick.person) for place, tick in again.ticks.items()] == [
        (3, Decimal(0), "Ana"),
        (4, Decimal("2.5"), "Ben"),
    ]


def test_who_looked_at_the_wrong_place_says_so(store: Store) -> None:
    begun = store.recalls.begin(1, "A1", "Ana", NOON)
    store.recalls.tick(begun.uuid, 3, Decimal(1), "Ana", NOON)

    assert store.recalls.tick(begun.uuid, 3, Decimal(0), "Ben", LATER).ticks[3].found == 0
    assert store.recalls.untick(begun.uuid, 3, "Ben", LATER).ticks == {}


def test_a_search_that_is_over_takes_no_more_ticks_and_the_next_begins_empty(store: Store) -> None:
    begun = store.recalls.begin(1, "A1", "Ana", NOON)
    store.recalls.tick(begun.uuid, 3, Decimal(1), "Ana", NOON)
    store.recalls.end(begun.uuid, "Joana", LATER)

    with pytest.raises(WardstockError, match="recall_over"):
        store.recalls.tick(begun.uuid, 4, Decimal(1), "Ana", LATER)
    with pytest.raises(WardstockError, match="recall_over"):
        store.recalls.end(begun.uuid, "Joana", LATER)
    fresh = store.recalls.begin(1, "A1", "Ana", LATER)
    assert (fresh.uuid != begun.uuid, fresh.ticks, store.recalls.open()) == (True, {}, [fresh])
    events = [entry.event for entry in store.journal.story(begun.uuid)]
    assert events == ["recall_begun", "recall_ticked", "recall_ended"]
