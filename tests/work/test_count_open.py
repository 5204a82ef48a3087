"""Beginning a count: a bin, a place with bins, Odoo's list, a shelf in doubt, a product; and what is none of these."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from client import messages
from client.work.answer import Tone
from client.work.desk import Desk
from client.work.site.people import Person, Role
from client.work.site.policy import Policy
from sync.stock import StockRow
from tests.work.conftest import (
    BIN_A,
    BIN_B,
    CANNULA,
    KNOWN_LOT,
    LOSS,
    MASK,
    NOW,
    ORDER,
    STOCK,
    SUPPLIER,
    SYRINGE,
    TOWEL,
    label,
    queued,
    say,
)
from tests.work.counts import BOOK, INES, INSIDE, OTHER_LOT, ROWS, SHELF_C, counting, shown, stocked


@pytest.fixture
def desk(desk: Desk) -> Desk:
    stocked(desk.store)
    return desk


def test_a_shelf_scanned_at_home_may_be_counted(desk: Desk) -> None:
    assert say(desk, "LOC-A").code == "what_here"

    assert say(desk, "!count").code == "counting"
    assert counting(desk).place == BIN_A


@pytest.mark.parametrize("text", ["LOC-A", "CS/Stock/Shelf A", "shelf a"])
def test_a_shelf_is_named_with_the_word(desk: Desk, text: str) -> None:
    assert say(desk, f"!count {text}").facts["place"] == "Shelf A"


def test_the_word_alone_shows_what_there_is_to_count_and_the_next_shelf_opens(desk: Desk) -> None:
    said = say(desk, "!count")

    assert (said.code, said.facts["asked"]) == ("count_list", 0)
    assert say(desk, "LOC-A").code == "counting"
    assert len(desk.store.drafts.open_drafts()) == 1


def test_ward_04_a_place_with_bins_lists_them_and_each_is_counted_by_itself(desk: Desk) -> None:
    said = say(desk, "!count LOC-STOCK")

    assert said.facts == {"place": "CS/Stock", "bins": 2, "counted": 0, "left": 2}
    assert [one.place.name for one in shown(desk).bins] == ["Shelf A", "Shelf B"]
    assert say(desk, "LOC-B").facts["place"] == "Shelf B"


def test_a_bin_that_was_counted_is_known_as_such(desk: Desk) -> None:
    say(desk, "!count LOC-B", *[TOWEL.barcode] * 1, "!qty 43", label(CANNULA, lot="CANNULA-LOT"), "!qty 6", "!confirm")

    assert say(desk, "!count LOC-STOCK").facts["counted"] == 1
    assert [(one.place.name, one.counted_at) for one in shown(desk).bins] == [("Shelf A", None), ("Shelf B", NOW)]


def test_ward_04_goods_that_lie_above_the_bins_are_counted_above_them_but_not_those_of_the_bins(desk: Desk) -> None:
    stocked(desk.store, *ROWS, StockRow(9, MASK.id, 5, Decimal(4)))

    say(desk, "!count LOC-STOCK")

    assert say(desk, "!here").code == "counting"
    assert say(desk, MASK.barcode).code == "counted"
    below = say(desk, TOWEL.barcode)
    assert (below.code, below.facts["place"]) == ("count_it_below", "CS/Stock/Shelf B")


def test_odoos_list_is_offered_with_its_day_and_person_and_without_a_number(desk: Desk) -> None:
    asked = replace(ROWS[1], count_due=date(2026, 11, 20), count_user_id=INES.id)
    stocked(desk.store, ROWS[0], asked, *ROWS[2:])

    assert say(desk, "!count").facts["asked"] == 1
    (one,) = shown(desk).asked
    assert (one.place.name, [product.name for product in one.products]) == ("Shelf A", ["Syringe 5 ml"])
    assert (one.due, one.person) == (date(2026, 11, 20), "Ines")


def test_an_entry_of_the_list_counts_what_is_asked_for_and_nothing_else(desk: Desk) -> None:
    stocked(desk.store, ROWS[0], replace(ROWS[1], count_due=date(2026, 11, 20)), *ROWS[2:])

    say(desk, "!count")

    assert say(desk, "!take 1").code == "counting_products"
    assert say(desk, label(SYRINGE, lot="AB0123", count=5)).code == "counted"
    assert say(desk, TOWEL.barcode).code == "not_in_this_count"


@pytest.mark.parametrize("number", ["0", "2", "x", ""])
def test_a_number_that_is_not_in_the_list_opens_nothing(desk: Desk, number: str) -> None:
    stocked(desk.store, ROWS[0], replace(ROWS[1], count_due=date(2026, 11, 20)), *ROWS[2:])

    say(desk, "!count")

    assert say(desk, f"!take {number}".strip()).code == "not_in_the_list"


def test_ward_08_who_counted_here_before_and_waits_for_approval_is_named_without_their_number(desk: Desk) -> None:
    stocked(desk.store, ROWS[0], replace(ROWS[1], counted=Decimal(90), count_user_id=INES.id), *ROWS[2:])

    said = say(desk, "!count LOC-A")

    assert (said.code, said.facts["person"]) == ("counting_after", "Ines")
    assert 90 not in said.facts.values()


def test_a_product_is_counted_shelf_by_shelf(desk: Desk) -> None:
    stocked(desk.store, *ROWS, StockRow(9, SYRINGE.id, 20, Decimal(3), lot_id=OTHER_LOT.id))

    said = say(desk, f"!count {SYRINGE.code}")

    assert (said.code, said.facts["places"]) == ("count_product", "Shelf A, Shelf B")
    say(desk, "LOC-A", label(SYRINGE, lot="AB0123", count=int(BOOK)))
    assert say(desk, "!confirm").code == "count_submitted"
    assert say(desk, "LOC-B").code == "counting_products"
    assert say(desk, TOWEL.barcode).code == "not_in_this_count"


def test_after_one_bin_the_next_barcode_goes_on(desk: Desk) -> None:
    say(desk, "!count LOC-B", TOWEL.barcode, "!qty 43", "!zero MED-0002 lot CANNULA-LOT", "!undo")
    say(desk, label(CANNULA, lot="CANNULA-LOT", count=6), "!confirm")

    assert say(desk, "LOC-A").code == "counting"
    assert counting(desk).place == BIN_A


def test_the_open_count_of_a_bin_is_gone_on_with_and_no_second_one_begins(desk: Desk) -> None:
    say(desk, "!count LOC-B", TOWEL.barcode, "!home")

    assert say(desk, "!count LOC-B").code == "count_resumed"
    assert len(desk.store.drafts.open_drafts()) == 1


def test_somebody_elses_open_count_is_taken_over_after_a_word(desk: Desk) -> None:
    say(desk, "!count LOC-B", TOWEL.barcode, "!home", "BADGE-CORA")

    assert say(desk, "!count LOC-B").code == "take_over"
    assert say(desk, "!yes").code == "count_resumed"
    assert counting(desk).counted(next(iter(counting(desk).found()))) == 1


@pytest.mark.parametrize(("place", "code"), [("LOC-LOSS", "not_a_place_to_count"), ("nowhere", "count_what")])
def test_where_nothing_is_counted_nothing_opens(desk: Desk, place: str, code: str) -> None:
    assert say(desk, f"!count {place}").code == code
    assert desk.job is None


def test_without_odoos_place_for_differences_no_count_opens(desk: Desk) -> None:
    pull = desk.store.catalogue.begin()
    pull.add(picking_types=[])
    pull.flip(NOW)

    assert say(desk, "!count LOC-A").code == "cannot_book_counts"


def test_who_may_not_count_does_not(desk: Desk) -> None:
    desk.person = Person("Nils", Role.NURSE, frozenset())

    assert say(desk, "!count LOC-A").code == "needs_role"


def test_a_place_whose_stock_is_not_here_is_counted_all_the_same_and_that_is_said(desk: Desk) -> None:
    enrolled = desk.store.device.enrolment()
    assert enrolled
    desk.store.device.enrol(replace(enrolled, location_ids=(20,)), "key")
    desk = Desk(desk.store, desk.person, Policy(), desk.clock)

    assert say(desk, "!count LOC-A").code == "counting_unknown"
    assert say(desk, label(SYRINGE, lot="AB0123", count=3), "!not-there", "!confirm").tone is not Tone.NO


@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (TOWEL.barcode, "shelf_first"),
        (label(SYRINGE, lot="AB0123"), "shelf_first"),
        (ORDER.name, "papers_in_count"),
        ("]d20199999999999999", "misread"),
        ("nobody-knows-this", "unknown_code"),
        ("BADGE-CORA", "person_now"),
        ("]d28018123456789012345678", "patient_label"),
        ("LOC-LOSS", "not_a_place_to_count"),
        ("!qty 3", "item_before_qty"),
        ("!zero", "shelf_first"),
        ("!empty", "shelf_first"),
        ("!here", "nothing_asked"),
        ("!undo", "nothing_to_undo"),
        ("!confirm", "nothing_scanned"),
        ("!yes", "nothing_asked"),
        ("!recount", "nothing_asked"),
        ("!nonsense", "unknown_command"),
    ],
)
def test_every_scan_before_a_shelf_has_an_answer(desk: Desk, scan: str, code: str) -> None:
    say(desk, "!count")

    assert say(desk, scan).code.startswith(code)
    assert not queued(desk)


def test_a_list_nothing_was_begun_from_leaves_no_draft(desk: Desk) -> None:
    say(desk, "!count", "!home")

    assert desk.store.drafts.open_drafts() == []


def test_a_shelf_a_posting_doubts_is_listed_until_it_is_counted(desk: Desk) -> None:
    """Ward 1, 3: what went negative is to be counted."""
    with desk.store.recounts._db.write() as connection:
        connection.execute(
            "INSERT INTO recount (why, product_id, location_id, lot_id, package_id, owner_id, raised_by, raised_at)"
            " VALUES ('went_negative', ?, 19, ?, 0, 0, 'x', ?)",
            (SYRINGE.id, KNOWN_LOT.id, (NOW - timedelta(hours=1)).isoformat()),
        )

    assert say(desk, "!count").facts["doubted"] == 1
    assert [(one.why, one.place.name) for one in shown(desk).asked] == [("went_negative", "Shelf A")]
    assert say(desk, "!take 1").facts["products"] == "Syringe 5 ml"


def test_ward_08_who_counts_where_is_known_to_other_jobs(desk: Desk) -> None:
    assert desk.ward().counting.here(BIN_A) == ""

    say(desk, "!count LOC-A", label(SYRINGE, lot="AB0123"))

    assert desk.ward().counting.here(BIN_A) == "Mira Lindqvist"


def test_ward_04_a_bin_below_two_places_is_one_bin(desk: Desk) -> None:
    pull = desk.store.catalogue.begin()
    pull.add(locations=[SUPPLIER, STOCK, BIN_A, BIN_B, LOSS, SHELF_C, INSIDE])
    pull.flip(NOW)

    say(desk, "!count LOC-STOCK")

    assert [one.place.name for one in shown(desk).bins] == ["Shelf A", "Shelf B", "Bin A1"]
    assert say(desk, "LOC-C").code == "count_bins"
    assert say(desk, "LOC-C1").facts["place"] == "Bin A1"


def test_what_is_named_counts_and_not_what_was_scanned_before(desk: Desk) -> None:
    say(desk, MASK.barcode)

    assert say(desk, "!count LOC-B").facts["place"] == "Shelf B"


def test_ward_08_who_takes_from_a_shelf_under_count_is_told_who_counts(desk: Desk) -> None:
    say(desk, "!count LOC-A", label(SYRINGE, lot="AB0123"), "!home", "!move")

    said = say(desk, "LOC-A")

    assert said.facts["counting"] == "Mira Lindqvist"
    assert "Mira Lindqvist is counting here" in messages.detail(said)
    say(desk, "!home", "!move")
    assert "counting here" not in messages.detail(say(desk, "LOC-B"))
