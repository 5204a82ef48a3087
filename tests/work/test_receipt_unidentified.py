"""A code nobody knows never blocks the rest, and is not forgotten; a pallet's number is evidence (ward 16, 23)."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from client.work.desk import Desk
from sync.stock import Move
from sync.store import Store
from sync.transaction import Kind
from tests.work.conftest import CANNULA, MASK, ORDER, OTHER_ORDER, SYRINGE, TOWEL, gtin, label, queued, say
from tests.work.receiving import pulled

CODE = "QX-4711/B"
GTIN = f"]d201{gtin(9999999)}1728033110NEW-1"
SSCC = "]d200340123450000000017"


def kept(desk: Desk) -> list[tuple[str, str]]:
    assert desk.delivery is not None
    return [(one.text, f"{one.quantity:f}") for one in desk.delivery.nameless]


def test_ward_16_an_unknown_code_is_offered_to_be_kept_and_blocks_nothing(desk: Desk) -> None:
    assert say(desk, "P00012", CODE).code == "unknown_on_dock"
    assert desk.question() is None
    assert say(desk, TOWEL.barcode).code == "added"
    assert say(desk, CODE, "!unidentified 3").code == "kept_unidentified"
    assert kept(desk) == [(CODE, "3")]


def test_ward_16_the_same_code_again_counts_again(desk: Desk) -> None:
    assert say(desk, "P00012", CODE, "!unidentified", CODE).code == "kept_again"
    assert kept(desk) == [(CODE, "2")]


def test_ward_16_a_code_that_was_not_kept_leaves_nothing(desk: Desk) -> None:
    say(desk, "P00012", CODE, TOWEL.barcode, "!note none", "!confirm", "!yes")

    assert desk.store.drafts.open_drafts() == []
    draft = desk.store.outbox.rows()[0].draft
    assert CODE not in {one.text for one in desk.store.drafts.evidence(draft)}


def test_ward_16_what_was_kept_stays_open_after_the_delivery_with_its_raw_scan(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, CODE, "!unidentified 3", "!note LS-1", "!confirm", "!yes")

    [draft] = desk.store.drafts.open_drafts()
    assert (draft.job, draft.document) == ("unidentified", "CS/IN/00007")
    assert desk.store.outbox.rows()[0].transaction.answers[-1].question == "unidentified"
    desk.home()
    desk.resume(draft.uuid)
    assert kept(desk) == [(CODE, "3")]
    assert desk.delivery is not None
    proofs = desk.store.drafts.evidence_of(desk.delivery.nameless[0].evidence)
    assert [one.text for one in proofs] == [CODE]


def test_ward_16_once_named_it_is_a_receipt_of_its_own(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, CODE, "!unidentified 3", "!note LS-1", "!confirm", "!yes", "!home")
    [draft] = desk.store.drafts.open_drafts()
    desk.resume(draft.uuid)

    assert say(desk, "!name MED-0005").code == "not_on_order"
    assert say(desk, "!yes").code == "added_beside"
    assert say(desk, "!confirm").code == "confirmed"
    named = queued(desk)[1]
    assert (named.kind, named.delivery_note, named.document.origin) == (Kind.BLIND_RECEIPT, "LS-1", "P00012")
    assert [(line.product_id, int(line.done)) for line in named.lines] == [(MASK.id, 3)]
    assert desk.store.drafts.open_drafts() == []


def test_ward_16_named_before_the_end_it_goes_on_the_order_with_what_its_label_says(desk: Desk) -> None:
    say(desk, "P00012", GTIN, "!unidentified 12")

    said = say(desk, "!name MED-0001")
    assert (said.code, said.facts["lot"], said.facts["quantity"]) == ("added", "NEW-1", 12)
    assert kept(desk) == []
    assert say(desk, "!undo").code == "undone"
    assert kept(desk) == [(GTIN[3:], "12")]


def test_ward_16_setting_the_named_item_aside_keeps_it_unidentified(desk: Desk) -> None:
    say(desk, "P00012", CODE, "!unidentified")

    assert say(desk, "!name MED-0001").code == "lot_missing"
    assert say(desk, "!no").code == "set_aside"
    assert kept(desk) == [(CODE, "1")]


def test_ward_16_names_nobody_has_and_names_of_nothing(desk: Desk) -> None:
    assert say(desk, "P00012", "!name MED-0001").code == "nothing_unidentified"
    assert say(desk, "!unidentified").code == "nothing_unknown"
    assert say(desk, CODE, "!unidentified 0").code == "not_a_number"
    say(desk, "!unidentified")
    assert say(desk, "!name NOBODY").code == "no_such_product"


def test_ward_16_it_can_be_taken_back(desk: Desk) -> None:
    assert say(desk, "P00012", CODE, "!unidentified 3", "!undo").code == "undone_unidentified"
    assert kept(desk) == []


def test_ward_16_alone_it_is_no_receipt_and_is_not_lost(desk: Desk) -> None:
    assert say(desk, "P00012", CODE, "!unidentified", "!confirm").code == "only_unidentified"
    say(desk, "!home")
    assert len(desk.store.drafts.open_drafts()) == 1


def test_ward_16_a_picture_belongs_to_the_line_just_kept(store: Store, desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "box.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n...")

    assert say(desk, "P00012", CODE, "!unidentified", f"!photo {photo}").code == "photographed"
    assert desk.delivery is not None
    assert desk.delivery.nameless[0].photos == desk.delivery.photos
    assert [one.name for one in store.photos.of(desk.delivery.photos)] == ["box.png"]


def test_ward_23_a_pallets_number_is_evidence_and_its_content_is_counted(desk: Desk) -> None:
    assert say(desk, "P00012", SSCC).code == "pallet_noted"
    assert say(desk, SSCC).code == "pallet_again"
    said = say(desk, f"]C102{TOWEL.barcode}3740")
    assert (said.code, said.facts["quantity"]) == ("added", 40)
    say(desk, "!note none", "!confirm", "!yes")

    answers = queued(desk)[0].answers
    assert [one.choice for one in answers if one.question == "pallet"] == ["340123450000000017"]


def test_ward_23_a_pallets_number_beside_its_content_stays_with_the_line(desk: Desk) -> None:
    say(desk, "P00012", f"]C1{SSCC[3:]}02{TOWEL.barcode}3740", "!note none", "!confirm", "!yes")

    [line] = queued(desk)[0].lines
    assert line.done == 40
    [proof] = desk.store.drafts.evidence_of(line.evidence)
    assert "340123450000000017" in proof.text


def test_what_is_asked_comes_before_an_unknown_code(desk: Desk) -> None:
    assert say(desk, "P00012", label(SYRINGE), "?!%&").code in {"answer_first", "lot_is_no_lot"}
    assert kept(desk) == []


def test_ward_16_packs_whose_label_says_how_many_are_in_one_are_all_received(desk: Desk) -> None:
    of_ten = f"]d201{gtin(9999999)}172803313010\x1d10L5"
    say(desk, "P00012", of_ten, "!unidentified", of_ten, of_ten)

    said = say(desk, "!name MED-0001")
    assert (said.code, said.facts["quantity"]) == ("added", 30)


def test_ward_15_the_same_pack_of_something_unidentified_is_a_double_read(desk: Desk) -> None:
    pack = f"{GTIN}\x1d21PACK-1"
    assert say(desk, "P00012", pack, "!unidentified", pack).code == "kept_again"
    assert [quantity for _, quantity in kept(desk)] == ["1"]


def test_ward_16_a_name_may_have_an_of_in_it(store: Store, desk: Desk) -> None:
    pulled(store, products=[replace(TOWEL, name="Roll of paper")])
    say(desk, "P00012", CODE, "!unidentified")

    assert say(desk, "!name Roll of paper").code == "added"
    assert say(desk, CODE, "!unidentified", "!name Roll of paper of 3").code == "added"


# -------------------------------------------------------------------- what is nameless of a delivery of two orders

REST_OF_12 = replace(ORDER, id=130, name="CS/IN/00013", backorder_id=ORDER.id)
REST_OF_13 = replace(OTHER_ORDER, id=131, name="CS/IN/00014", backorder_id=OTHER_ORDER.id)
SYRINGES = Move(230, 130, SYRINGE.id, Decimal(100), 1, "Units", 5)
CANNULAS = Move(231, 131, CANNULA.id, Decimal(40), 1, "Units", 5)
OF_BOTH = (label(SYRINGE, lot="L1", expiry="280331"), label(CANNULA, lot="CANNULA-LOT"))


def nameless_of_two(desk: Desk, *came: str) -> str:
    """Of two orders that came together, one code is left nameless."""
    say(desk, "P00012", "P00013", *came, CODE, "!unidentified 3", "!note none", "!confirm", "!yes", "!home")
    [draft] = desk.store.drafts.open_drafts()
    return draft.uuid


def test_ward_16_what_is_nameless_of_two_orders_binds_to_the_rest_of_each(store: Store, desk: Desk) -> None:
    """The receipts were posted one after the other, so the second rest comes with a later pull."""
    draft = nameless_of_two(desk, *OF_BOTH)
    pulled(store, closed=[ORDER], pickings=[REST_OF_12], moves=[SYRINGES])
    desk.resume(draft)
    assert desk.delivery is not None
    assert desk.delivery.names == "CS/IN/00013"
    say(desk, "!home")
    pulled(store, closed=[OTHER_ORDER], pickings=[REST_OF_13], moves=[CANNULAS])

    desk.resume(draft)
    assert desk.delivery.names == "CS/IN/00013, CS/IN/00014"
    assert say(desk, "!name MED-0002", "!lot CANNULA-LOT").code == "added"
    say(desk, "!confirm", "!yes")
    named = queued(desk)[-1]
    assert (named.kind, named.document.picking_id) == (Kind.RECEIPT, REST_OF_13.id)
    assert [(line.move_id, int(line.done)) for line in named.lines] == [(CANNULAS.id, 3)]


def test_ward_16_it_is_of_an_order_of_which_nothing_had_come(store: Store, desk: Desk) -> None:
    draft = nameless_of_two(desk, OF_BOTH[0])
    pulled(store, closed=[ORDER], pickings=[REST_OF_12], moves=[SYRINGES])
    desk.resume(draft)

    assert desk.delivery is not None
    assert desk.delivery.names == "CS/IN/00008, CS/IN/00013"
    assert say(desk, "!name MED-0002", "!lot CANNULA-LOT").code == "added"
    say(desk, "!confirm", "!yes")
    assert queued(desk)[-1].document.picking_id == OTHER_ORDER.id
