"""Boxes with several codes, in several languages, through scanners that lose something: what a nurse is told."""

from dataclasses import replace

import pytest

from client.work.desk import Desk
from client.work.site.people import Person, Role
from client.work.site.policy import Policy
from client.work.site.scanners import scanner_of
from sync.stock import Packaging
from sync.store import Store
from tests.work.conftest import SYRINGE, TOWEL, StoppedClock, gtin, raw, say
from tests.work.languages import ASPIRIN, DRAIN, DRAIN_ID, GRAFT, hibc, ppn
from tests.work.receiving import choices, pulled

PRIMARY = hibc(f"+{DRAIN_ID}")
SECONDARY = hibc(f"+$$3290131H-1{PRIMARY[-1]}".replace("H-1", "H1"))


@pytest.fixture
def desk(store: Store) -> Desk:
    pulled(store, products=[DRAIN, ASPIRIN, GRAFT])
    desk = Desk(store, Person("Joana Adeyemi", Role.SUPERVISOR), Policy(), StoppedClock())
    say(desk, "P00012")
    return desk


def added(desk: Desk) -> list[tuple[str, str, str, str]]:
    """Product, lot, expiry, serial of each addition."""
    assert desk.job is not None
    return [(a.product.name, a.lot_name, str(a.expiry or ""), a.serial) for a in desk.job.additions]


def pending(desk: Desk) -> tuple[str, str, str]:
    assert desk.job is not None
    item = desk.job.pending
    assert item is not None
    return item.product.name if item.product else "", item.lot_name, str(item.expiry or "")


# ---------------------------------------------------------------- two symbols of one item


@pytest.mark.parametrize("symbols", [(PRIMARY, SECONDARY), (SECONDARY, PRIMARY), (f"*{PRIMARY}*", f"]A0{SECONDARY}")])
def test_primary_and_secondary_are_one_item_in_any_order(desk: Desk, symbols: tuple[str, str]) -> None:
    say(desk, *symbols)

    assert pending(desk) == ("Wound drain", "H1", "2029-01-31")


def test_a_secondary_symbol_of_another_label_is_not_joined(desk: Desk) -> None:
    other = "A" if PRIMARY[-1] != "A" else "B"
    said = say(desk, PRIMARY, hibc(f"+$$3290131H1{other}"))

    assert said.code == "answer_first"
    assert pending(desk) == ("Wound drain", "", "")


def test_gs1_number_and_hibc_lot_of_one_product_are_one_item(desk: Desk) -> None:
    pulled(desk.store, packagings=[Packaging(9, DRAIN.id, gtin(4000000777), "Each", DRAIN.uom_rounding)])

    say(desk, "]d201" + gtin(4000000777), hibc(f"+{DRAIN_ID}/$$3290131H1"))

    assert pending(desk) == ("Wound drain", "H1", "2029-01-31")


def test_lot_and_day_split_over_two_gs1_symbols_are_one_item(desk: Desk) -> None:
    say(desk, f"]C101{SYRINGE.barcode}", "]C11729013110NEW-1")

    assert added(desk) == [("Syringe 5 ml", "NEW-1", "2029-01-31", "")]


def test_what_gs1_forbids_on_one_item_is_no_part_of_it(desk: Desk) -> None:
    said = say(desk, f"]C101{SYRINGE.barcode}", f"]C102{TOWEL.barcode}3710")

    assert said.code == "answer_first"


def test_a_misread_hibc_label_adds_nothing(desk: Desk) -> None:
    said = say(desk, PRIMARY[:-1] + ("A" if PRIMARY[-1] != "A" else "B"))

    assert (said.tone, said.code) == ("no", "misread")


def test_another_pack_of_a_hibc_product_is_asked_about_never_derived(desk: Desk) -> None:
    said = say(desk, hibc(f"+{DRAIN_ID[:-1]}3"))

    assert say(desk, "!yes").code == "not_a_choice" or said.code == "not_on_order"
    say(desk, "!yes")
    assert desk.job is not None
    assert desk.job.pending is not None
    assert desk.job.pending.unknown_level == f"{DRAIN_ID[:-1]}3"


def test_a_pack_of_another_level_finds_its_product_by_any_level_that_is_known(desk: Desk) -> None:
    box = Packaging(8, TOWEL.id, gtin(1004000000888), "Box of 6", TOWEL.uom_rounding * 6)
    pulled(desk.store, packagings=[box])

    assert say(desk, "]d201" + gtin(3004000000888)).code == "pack_size"


def test_a_ppn_is_found_by_its_pzn(desk: Desk) -> None:
    say(desk, ppn("03752864", "1TP-1", "D290131", "SP77"))

    assert pending(desk) == ("Aspirin 100 mg", "P-1", "2029-01-31")


def test_a_graft_is_named_by_donation_and_division(desk: Desk) -> None:
    say(desk, "=/A9999XYZ100T0476", "=A99992612345600", "=,000025")

    assert pending(desk)[:2] == ("Bone graft", "A999926123456000025")


# ---------------------------------------------------------------- a separator was lost


def lossy(lot: str, day: str = "290131") -> str:
    return f"]d201{SYRINGE.barcode}10{lot}17{day}"


def test_a_lost_separator_is_asked_about_with_its_readings(desk: Desk) -> None:
    said = say(desk, lossy("ABC"))

    assert said.code == "separator_doubt"
    asked = desk.question()
    assert asked is not None
    assert asked.choices[0].facts["reading"] == "(10)ABC(17)290131"
    assert choices(desk)[-2:] == ["label_as_read", "set_aside"]


def test_one_tap_adds_the_reading_on_the_pack(desk: Desk) -> None:
    say(desk, lossy("ABC"), "!reading (10)ABC(17)290131")

    assert added(desk) == [("Syringe 5 ml", "ABC", "2029-01-31", "")]
    assert desk.job is not None
    assert [one.choice for one in desk.job.additions[0].settled] == ["reading (10)ABC(17)290131"]


def test_the_scanner_is_remembered(desk: Desk) -> None:
    assert not scanner_of(desk.store, "replay").loses_separators

    say(desk, lossy("ABC"), "!reading (10)ABC(17)290131")

    assert scanner_of(desk.store, "replay").loses_separators
    # From now on what can be read twice is asked about, even where no day stands inside a lot.
    assert say(desk, f"]d201{SYRINGE.barcode}17290131{'10AB2112345'}").code == "separator_doubt"


def test_a_scanner_that_sent_a_separator_of_the_item_is_not_blamed(desk: Desk) -> None:
    say(desk, lossy("ABC"))
    desk.scan(replace(raw("]d221S1\x1d91B"), source="serial"))
    assert desk.job is not None
    assert desk.job.pending is not None
    assert {one.source for one in desk.store.drafts.evidence_of(desk.job.pending.evidence)} == {"replay", "serial"}

    say(desk, "!reading (10)ABC(17)290131")

    assert scanner_of(desk.store, "replay").loses_separators
    assert not scanner_of(desk.store, "serial").loses_separators


def test_a_string_that_cannot_be_is_asked_about_and_not_called_damaged(desk: Desk) -> None:
    said = say(desk, f"]d201{SYRINGE.barcode}1729013110ABCDEFGHJKLMNOPQRSTU21SER-77")

    assert said.code == "separator_doubt"
    assert "label_as_read" not in choices(desk)
    say(desk, "!reading (17)290131(10)ABCDEFGHJKLMNOPQRST(21)SER-77")
    assert say(desk, "!yes").tone in {"no", "ok", "ask"}


def test_a_lot_that_is_known_is_offered_first(desk: Desk) -> None:
    known = desk.store.catalogue.lots_named("L-KNOWN") or desk.store.catalogue.lots_of(SYRINGE.id)
    name = known[0].name
    say(desk, f"]d201{SYRINGE.barcode}10{name}17290131")

    asked = desk.question()
    assert asked is not None
    assert str(asked.choices[0].facts["reading"]).startswith(f"(10){name}(")


def test_a_reading_nobody_offered_is_not_taken(desk: Desk) -> None:
    assert say(desk, lossy("ABC"), "!reading (10)XYZ").code == "not_a_choice"
    assert say(desk, "!no").code == "set_aside"
    assert say(desk, "!reading (10)ABC(17)290131").code == "nothing_asked"


def test_the_question_outlives_the_program(desk: Desk) -> None:
    say(desk, lossy("ABC"))
    assert desk.job is not None
    again = Desk(desk.store, desk.person, Policy(), StoppedClock())
    again.resume(desk.job.uuid)

    say(again, "!reading (10)ABC(17)290131")

    assert added(again) == [("Syringe 5 ml", "ABC", "2029-01-31", "")]


# ---------------------------------------------------------------- codes are taught


UNKNOWN = "]d201" + gtin(7999999999)


def test_a_code_is_taught_in_a_receipt_and_scanned_again_at_once(desk: Desk) -> None:
    assert say(desk, UNKNOWN).code == "unknown_on_dock"

    said = say(desk, f"!teach {TOWEL.name}")

    assert said.tone == "ok"
    assert added(desk)[-1][0] == TOWEL.name
    taught = desk.store.taught.find(gtin(7999999999))
    assert taught is not None
    assert (taught.person, taught.product_id, taught.kind) == ("Joana Adeyemi", TOWEL.id, "gs1")
    assert [entry.event for entry in desk.store.journal.story(gtin(7999999999))] == ["code_taught"]


@pytest.mark.parametrize(
    "job", ["", "!move LOC-A1", "!count LOC-A1", "!use", "!relabel", "!supplier-return", "!arrive"]
)
def test_a_code_is_taught_by_a_word_in_every_job(desk: Desk, job: str) -> None:
    say(desk, "!home", *([job] if job else []))

    said = say(desk, f"!teach {gtin(7999999999)} {TOWEL.barcode}")

    assert (said.tone, said.code) == ("ok", "taught")


def test_a_code_of_another_language_is_taught_as_its_number(desk: Desk) -> None:
    say(desk, hibc("+B777X900/$$3290131LOT7"), f"!teach {TOWEL.name}")

    assert desk.store.taught.find("B777X900") is not None
    assert say(desk, hibc("+B777X900")).code != "unknown_on_dock"


def test_only_who_may_teaches(store: Store) -> None:
    nurse = Desk(store, Person("Nils Berg", Role.NURSE), Policy(), StoppedClock())

    assert say(nurse, f"!teach {gtin(7999999999)} {TOWEL.barcode}").code == "needs_role"
    assert store.taught.all() == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (f"{SYRINGE.barcode} {TOWEL.barcode}", "code_known"),
        (f"{gtin(7999999999)} {gtin(7999999998)}", "no_such_product"),
        (f"8018952123453676760006 {TOWEL.barcode}", "not_a_code_of_goods"),
        (f"WS!undo {TOWEL.barcode}", "not_a_code_of_goods"),
        (f"LOC-A1 {TOWEL.barcode}", "not_a_code_of_goods"),
        (f"+A123BJC5D6E71H {TOWEL.barcode}", "not_a_code_of_goods"),
        (f"https://maker.example/care {TOWEL.barcode}", "not_a_code_of_goods"),
        (TOWEL.barcode, "teach_what"),
        ("", "teach_what"),
    ],
)
def test_what_is_no_unknown_code_of_goods_is_not_taught(desk: Desk, words: str, code: str) -> None:
    say(desk, "!home")
    location = desk.store.catalogue.location_by_barcode("LOC-A1")
    words = words if location else words.replace("LOC-A1", "P00012")

    assert say(desk, f"!teach {words}").code == code
    assert desk.store.taught.all() == []


def test_what_was_taught_is_not_taught_otherwise_in_passing(desk: Desk) -> None:
    say(desk, f"!teach {gtin(7999999999)} {TOWEL.barcode}")

    assert say(desk, f"!teach {gtin(7999999999)} {SYRINGE.barcode}").code == "taught_already"


def test_a_taught_pack_is_asked_how_many_are_in_it(desk: Desk) -> None:
    say(desk, f"!teach {gtin(5007999999999)} {TOWEL.barcode}")

    assert say(desk, "]d201" + gtin(5007999999999)).code == "pack_size"


def test_odoo_s_word_goes_before_and_is_told_once(desk: Desk) -> None:
    say(desk, f"!teach {gtin(7999999999)} {TOWEL.barcode}")
    pulled(desk.store, products=[replace(SYRINGE, barcode=gtin(7999999999))])

    said = say(desk, f"]d201{gtin(7999999999)}1729013110NEW-1")

    assert said.code == "taught_otherwise"
    say(desk, "!yes")
    assert added(desk) == [("Syringe 5 ml", "NEW-1", "2029-01-31", "")]
    taught = desk.store.taught.find(gtin(7999999999))
    assert taught is not None
    assert (taught.counts, taught.overruled_by) == (False, SYRINGE.name)
    assert say(desk, f"]d201{gtin(7999999999)}1729013110NEW-1").code != "taught_otherwise"


def test_what_is_taught_outlives_every_pull(desk: Desk) -> None:
    say(desk, f"!teach {gtin(7999999999)} {TOWEL.barcode}")
    for _ in range(3):
        pulled(desk.store)

    assert desk.store.taught.find(gtin(7999999999)) is not None


def test_the_readings_shown_are_written_as_print_has_them(desk: Desk) -> None:
    say(desk, lossy("ABC"))
    assert desk.job is not None
    assert desk.job.pending is not None
    assert all(one.text.startswith("(10)") for one in desk.job.pending.readings)
