"""Home: scan anything. What it is, how much is where, what is held, and a recall place by place (ward 31)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from client.replay import Line, play
from client.work.desk import Desk
from client.work.lookup.looking import Looking
from client.work.lookup.pages import LotPage, PlacePage, ProductPage
from client.work.lookup.recall import RecallPage
from client.work.site.people import Person, Role
from client.work.site.policy import Place, Policy
from sync.stock import Lot
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import (
    BIN_A,
    BIN_B,
    CANNULA,
    GOWN,
    KNOWN_LOT,
    MASK,
    ORDER,
    SYRINGE,
    TOWEL,
    StoppedClock,
    label,
    queued,
    say,
)
from tests.work.stocked import ICU, PATIENTS, PULLED, QUARANTINE, SOON, did, line, stock

POLICY = Policy(places={"CS/Stock": Place(quarantine="CS/Quarantine")})


@pytest.fixture
def nurse(store: Store) -> Desk:
    """Somebody who does not receive: goods are looked at, no delivery opens."""
    stock(store)
    return Desk(store, Person("Nils", Role.NURSE, frozenset()), POLICY, StoppedClock())


@pytest.fixture
def boss(store: Store) -> Desk:
    stock(store)
    return Desk(store, Person("Joana", Role.SUPERVISOR), POLICY, StoppedClock())


def page(desk: Desk) -> object:
    """All there is to show of what was scanned last."""
    return Looking(desk.store, desk.ward()).page(desk.at_home.looked)


def test_goods_scanned_at_home_say_how_much_is_here_and_since_when_that_is_known(nurse: Desk) -> None:
    did(nurse.store, Kind.USE, line(SYRINGE.id, "3", BIN_A, PATIENTS, lot_name=KNOWN_LOT.name, lot_id=KNOWN_LOT.id))

    said = say(nurse, SYRINGE.barcode)
    assert said.code == "looked_up_taken"
    assert [said.facts[name] for name in ("odoo", "mine", "shown", "at")] == [44, 3, 41, "08:40"]
    assert isinstance(page(nurse), ProductPage)


def test_a_lot_scanned_at_home_is_looked_at_alone(nurse: Desk) -> None:
    for text in (KNOWN_LOT.name, label(SYRINGE, lot=KNOWN_LOT.name), f"]d210{KNOWN_LOT.name}"):
        said = say(nurse, text)

        assert (said.code, said.facts["odoo"], said.facts["lot"]) == ("looked_up", Decimal(12), KNOWN_LOT.name)
        assert isinstance(page(nurse), LotPage)


def test_a_place_offers_what_can_be_done_there_and_shows_what_lies_there(nurse: Desk) -> None:
    assert say(nurse, "LOC-A").code == "what_here"
    assert isinstance(page(nurse), PlacePage)


def test_archived_goods_say_so(nurse: Desk) -> None:
    assert say(nurse, GOWN.barcode).code == "looked_archived"


def test_a_lot_of_two_products_asks_which(nurse: Desk) -> None:
    pull = nurse.store.catalogue.begin()
    pull.merge("lots", [Lot(80, CANNULA.id, KNOWN_LOT.name)])
    pull.flip(PULLED)

    assert say(nurse, KNOWN_LOT.name).code == "which_lot"
    asked = nurse.question()
    assert asked is not None
    assert asked.code == "which_lot"
    assert say(nurse, f"!product {SYRINGE.id}").facts["product"] == SYRINGE.name
    assert isinstance(page(nurse), LotPage)


def test_goods_are_searched_by_words_and_one_is_chosen(nurse: Desk) -> None:
    assert say(nurse, "!search twin").code == "which_goods"
    assert say(nurse, "!product 9").facts["product"] == "Twin two"
    assert say(nurse, "!search twin", "!product 4711").code == "not_a_choice"
    assert say(nurse, "!search paper tow").facts["product"] == TOWEL.name
    assert say(nurse, "!search zzz").code == "nothing_found"


def test_enter_on_the_beginning_of_a_name_finds_the_goods_and_calls_no_code_unknown(nurse: Desk) -> None:
    assert say(nurse, "!look paper tow").facts["product"] == TOWEL.name
    assert say(nurse, "!look twin").code == "which_goods"
    assert say(nurse, "!look zzz").code == "unknown_code"


def test_a_scan_that_was_cut_short_is_nobodys_code_and_not_the_first_that_begins_so(nurse: Desk) -> None:
    assert nurse.store.catalogue.search(SYRINGE.code[:-1])
    assert say(nurse, f"!look {SYRINGE.code[:-1]}").code == "unknown_code"


def test_looking_begins_nothing_and_leaves_the_open_job_as_a_draft(boss: Desk) -> None:
    say(boss, "P00012", label(SYRINGE, lot="L7", expiry="280331"))
    assert boss.job is not None
    draft = boss.job.uuid

    said = say(boss, f"!look {ORDER.name}")
    assert said.code == "looked_papers"
    assert boss.question() is None
    assert say(boss, f"!look {SYRINGE.barcode}").code == "looked_up"
    assert [one.uuid for one in boss.store.drafts.open_drafts()] == [draft]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NOBODY-KNOWS", "unknown_code"),
        ("WS-0000/000009", "other_devices_number"),
        ("]C100340123450000000017", "shipping_unit"),
        ("]d217280331", "no_product_on_label"),
        ("WS!undo", "nothing_open"),
        ("]d28018400000000000000015", "patient_label"),
    ],
)
def test_what_is_nothing_to_look_at_is_told_for_what_it_is(nurse: Desk, text: str, code: str) -> None:
    assert say(nurse, text).code == code


def test_papers_that_are_done_say_so(nurse: Desk) -> None:
    pull = nurse.store.catalogue.begin()
    pull.retire("pickings", [replace(ORDER, state="done")])
    pull.flip(PULLED)

    assert say(nurse, ORDER.name).code == "papers_closed"
    assert say(nurse, ORDER.origin).facts["document"] == ORDER.name


def test_what_a_closed_order_was_called_by_still_means_the_badge_or_the_lot_it_is(nurse: Desk) -> None:
    pull = nurse.store.catalogue.begin()
    pull.retire("pickings", [replace(ORDER, state="done", origin=KNOWN_LOT.name)])
    pull.flip(PULLED)

    assert say(nurse, KNOWN_LOT.name).code.startswith("looked_")


def test_a_number_of_this_device_tells_what_became_of_it(nurse: Desk) -> None:
    used = did(nurse.store, Kind.USE, line(TOWEL.id, "1", BIN_B, PATIENTS))

    said = say(nurse, used.reference)
    assert (said.code, said.facts["state"]) == ("looked_number", "queued")


# -------------------------------------------------------------------- in a job


def test_complaint_07_a_plain_lot_scanned_in_a_job_is_its_product_with_that_lot(boss: Desk) -> None:
    say(boss, "!move", "LOC-B")

    assert say(boss, SOON.name).tone != "no"
    assert boss.job is not None
    item = boss.job.pending or boss.job.additions[0]
    assert (item.product, item.lot_name) == (SYRINGE, SOON.name)


def test_a_lot_known_here_answers_where_a_lot_is_asked_for(boss: Desk) -> None:
    say(boss, "P00012", SYRINGE.barcode)
    asked = boss.question()
    assert asked is not None
    assert asked.asks_for == "lot"

    say(boss, KNOWN_LOT.name)
    assert boss.job is not None
    item = boss.job.pending or boss.job.additions[0]
    assert item.lot_name == KNOWN_LOT.name


def test_ward_23_a_shipping_unit_scanned_in_a_delivery_is_kept_as_evidence(boss: Desk) -> None:
    said = say(boss, "P00012", "]C100340123450000000017")

    assert said.code == "pallet_noted"
    assert boss.job is not None
    assert [one.verdict for one in boss.store.drafts.evidence(boss.job.uuid)] == ["pallet_noted"]


def test_texts_no_job_has_a_step_for_are_told_for_what_they_are(boss: Desk) -> None:
    pull = boss.store.catalogue.begin()
    pull.merge("lots", [Lot(82, CANNULA.id, "Shelf A")])
    pull.flip(PULLED)
    say(boss, "!move")

    assert say(boss, "WS-0000/000009").code == "other_devices_number"
    assert say(boss, "Shelf A").code == "several_things"


# -------------------------------------------------------------------- holds


def test_ward_31_a_supervisors_scan_holds_a_lot_for_every_job_of_the_device(boss: Desk) -> None:
    said = say(boss, KNOWN_LOT.name, "!hold particles in the vial")
    assert (said.code, said.facts["lot"]) == ("put_on_hold", KNOWN_LOT.name)

    assert say(boss, KNOWN_LOT.name).code == "looked_held"
    assert say(boss, SOON.name).code == "looked_up"
    (hold,) = boss.store.holds.all()
    assert (hold.person, hold.line.reason) == ("Joana", "particles in the vial")
    assert say(boss, f"!lift {hold.id}").code == "lifted_now"
    assert say(boss, KNOWN_LOT.name).code == "looked_up"


def test_a_lot_that_looks_like_a_held_one_is_to_be_compared(boss: Desk) -> None:
    assert say(boss, f"!look {label(SYRINGE, lot='ABO123')}", "!hold particles").code == "put_on_hold"

    assert say(boss, KNOWN_LOT.name).code == "looked_near_held"


def test_only_who_may_holds_and_lifts_and_says_why(boss: Desk, store: Store) -> None:
    nurse = Desk(store, Person("Nils", Role.NURSE), POLICY, StoppedClock())
    assert say(nurse, f"!look {KNOWN_LOT.name}", "!hold because").code == "needs_role"
    assert say(nurse, "!lift 1").code == "needs_role"
    assert say(boss, "!hold because").code == "nothing_looked_at"
    assert say(boss, KNOWN_LOT.name, "!hold").code == "hold_reason_missing"
    assert say(boss, "!lift none").code == say(boss, "!lift 9").code == "no_such_hold"
    assert store.holds.all() == []


# -------------------------------------------------------------------- a recall by scanner


def test_ward_31_a_recall_is_walked_with_the_scanner_place_by_place(boss: Desk) -> None:
    did(boss.store, Kind.TRANSFER, line(SYRINGE.id, "5", BIN_B, ICU, lot_name=SOON.name, lot_id=SOON.id))

    said = say(boss, SOON.name, "!recall")
    assert (said.code, said.facts["left"]) == ("recall_under_way", 2)
    said = say(boss, "LOC-ICU")
    assert (said.code, said.facts["shown"]) == ("recall_here", Decimal(5))
    assert say(boss, "!none").code == "ticked_none"
    said = say(boss, "LOC-B", "!found 24")
    assert (said.code, said.facts["left"]) == ("ticked", 0)
    told = page(boss)
    assert isinstance(told, RecallPage)
    assert [(one.location.name, one.tick and one.tick.found) for one in told.places] == [
        ("ICU", Decimal(0)),
        ("Shelf B", Decimal(24)),
    ]
    assert say(boss, "!recall-end").code == "recall_ended"
    assert say(boss, "!found 3").code == "no_recalls"


def test_a_recall_goes_on_after_the_device_was_switched_off_and_with_somebody_else(boss: Desk, store: Store) -> None:
    say(boss, SOON.name, "!recall")

    nurse = Desk(store, Person("Nils", Role.NURSE), POLICY, StoppedClock())
    assert say(nurse, "!recall").code == "recall_under_way"
    assert say(nurse, "LOC-B", "!found 30").code == "ticked"
    assert say(nurse, "!not-here").code == "unticked"
    assert say(boss, "!recall", "LOC-B", "!found many").code == "not_a_number"
    assert say(boss, "!recalls", "!none").code == "place_first"


def test_ward_31_what_was_found_is_moved_to_quarantine_from_the_recall(boss: Desk) -> None:
    say(boss, SOON.name, "!hold particles", SOON.name, "!recall", "LOC-B", "!found 28")

    said = say(boss, "!quarantine")
    assert said.tone == "ok", (said, boss.question())
    said = say(boss, "!confirm")
    assert said.code == "move_confirmed", (said, boss.question())
    (moved,) = queued(boss)
    (one,) = moved.lines
    assert (moved.kind, one.source_id, one.destination_id) == (Kind.TRANSFER, BIN_B.id, QUARANTINE.id)
    assert (one.lot_name, one.done) == (SOON.name, Decimal(28))
    assert say(boss, "!recall", "LOC-B", "!none", "!quarantine").code == "nothing_to_move"


def test_several_searches_are_told_apart(boss: Desk) -> None:
    say(boss, SOON.name, "!recall", "!home", KNOWN_LOT.name, "!recall", "!home")

    assert say(boss, "!recalls").code == "which_recall"
    assert say(boss, SOON.name, "!recall").facts["lot"] == SOON.name


@pytest.mark.parametrize(
    "word", ["!recall", "!recalls", "!found 1", "!none", "!quarantine", "!recall-end", "!not-here"]
)
def test_nothing_is_said_of_a_search_that_never_began(nurse: Desk, word: str) -> None:
    assert say(nurse, word).code == "no_recalls"


def test_every_word_answers_whatever_was_scanned_before(boss: Desk) -> None:
    """None is silence or an error: each scan, then each word."""
    scans = ["", MASK.barcode, KNOWN_LOT.name, "LOC-A", ORDER.name, "NOBODY", "]d28018400000000000000015"]
    words = ["look", "look x", "search", "search m", "hold", "lift", "recall", "found", "found 1", "none", "quarantine"]
    for before in scans:
        for word in (*words, "recall-end", "not-here", "product 1", "no", "yes"):
            desk = Desk(boss.store, boss.person, POLICY, StoppedClock())
            if before:
                say(desk, before)
            said = play(desk, Line(1, word, is_command=True))
            assert said.code, (before, word)
            assert said.code != "trouble", (before, word, said)
