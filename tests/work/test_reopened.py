"""Refused work opened again in the job it was done in: with its scans, from its shelves, at its moment (design 4)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from client.work.counting.job import Count
from client.work.desk import Desk
from client.work.lots.rules import LotChange
from client.work.moving.movement import Movement
from client.work.open_drafts import named, open_drafts
from client.work.planned.wanted import Planned
from client.work.site.people import Role
from client.work.suppliers.rules import SupplierReturn
from sync.store import Store
from sync.store.entries import Entry
from sync.transaction import Kind, Line, Status, Transaction
from tests.work import counts
from tests.work.conftest import BIN_B, NOW, PUMP, SUPPLIER, SYRINGE, TOWEL, label, say
from tests.work.moves import MORPHINE, MORPHINES, USED, WARD
from tests.work.test_arrival_count import sent
from tests.work.test_cards import act as an_act
from tests.work.test_cards import follow, refuse, settle, too_late, towel
from tests.work.test_supplier_return_steps import received
from tests.work.wants import A1, ICU, LATE, desk_of, want


def refused(desk: Desk, code: str, facts: Mapping[str, Any] | None = None) -> Entry:
    """What was confirmed last is sent, and refused."""
    uuid = max(desk.store.outbox.rows(), key=lambda one: one.reference).uuid
    desk.store.outbox.mark_sending(uuid, NOW)
    desk.store.outbox.mark_refused(uuid, code, facts or {}, NOW)
    found = desk.store.outbox.get(uuid)
    assert found is not None
    say(desk, "!home")
    return found


def put_right(desk: Desk, entry: Entry) -> Transaction:
    """The one that follows it, with the same moment and the same scans."""
    [new] = follow(desk, entry)
    was = entry.transaction
    assert (new.acted_at, new.corrects, new.witness) == (was.acted_at, was.uuid, "")
    return new


def proofs(act: Transaction) -> set[str]:
    return {id_ for line in act.lines for id_ in line.evidence}


def supervisor(store: Store) -> Desk:
    want(store)
    return desk_of(store, Role.SUPERVISOR)


def test_a_planned_transfer_is_opened_again_on_its_papers_from_its_bins(store: Store) -> None:
    desk = supervisor(store)
    say(desk, "CS/INT/00020", "LOC-A1", "!all", label(PUMP, serial="SN-STOCK"), "!confirm")
    entry = refused(desk, "odoo_refused")

    assert settle(desk, entry, "correct") == "correcting"
    assert isinstance(desk.job, Planned)
    assert {(add.product.id, int(add.quantity), add.source_id, add.destination_id) for add in desk.job.additions} == {
        (SYRINGE.id, 10, A1.id, ICU.id), (TOWEL.id, 8, A1.id, ICU.id), (PUMP.id, 1, A1.id, ICU.id),
    }  # fmt: skip
    assert say(desk, "!qty 5 of 2", "!confirm").code == "sent_short"
    assert say(desk, "!yes").code == "transfer_finished"

    new = put_right(desk, entry)
    assert (new.kind, new.document) == (Kind.PLANNED_TRANSFER, entry.transaction.document)
    assert {(line.move_id, int(line.done)) for line in new.lines} == {(220, 10), (221, 5), (222, 1)}
    assert proofs(new) >= proofs(entry.transaction)


def test_ward_18_the_pictures_of_what_was_refused_go_with_what_follows_it(desk: Desk, tmp_path: Path) -> None:
    picture = tmp_path / "note.jpg"
    picture.write_bytes(b"\xff\xd8\xff...")
    say(desk, "P00012", TOWEL.barcode, "!qty 5", f"!photo {picture}", "!note DN-7", "!confirm", "!yes")
    entry = refused(desk, "odoo_refused")

    settle(desk, entry, "correct")
    say(desk, "!confirm", "!yes")

    new = put_right(desk, entry)
    assert [one.name for one in desk.store.photos.of(new.photos)] == ["note.jpg"]
    assert new.delivery_note == "DN-7"


def test_a_dispatch_is_opened_again_to_where_it_was_sent(store: Store) -> None:
    nurse = sent(store)
    desk = desk_of(store, Role.SUPERVISOR)
    entry = refused(nurse, "too_little_stock", {"line": 1})

    assert settle(desk, entry, "correct") == "correcting"
    assert isinstance(desk.job, Movement)
    say(desk, "!qty 4 of 1", "!confirm")

    new = put_right(desk, entry)
    was = entry.transaction
    assert (new.kind, new.document) == (Kind.DISPATCH, was.document)
    assert [(int(one.done), one.source_id, one.destination_id) for one in new.lines] == [
        (4, A1.id, was.document.destination_id), (10, A1.id, was.document.destination_id),
    ]  # fmt: skip


def test_an_arrival_is_opened_again_against_the_senders_list(store: Store) -> None:
    nurse = sent(store)
    say(nurse, "!arrive", label(SYRINGE, lot="S-LATE"), "!qty 6", TOWEL.barcode, "!qty 10", "!confirm")
    entry = refused(nurse, "odoo_refused", {"line": 1})
    desk = desk_of(store, Role.SUPERVISOR)

    assert settle(desk, entry, "correct") == "correcting"
    say(desk, "!qty 4 of 1")
    assert say(desk, "!confirm").code == "arrived_short"
    say(desk, "!yes")

    new = put_right(desk, entry)
    assert (new.kind, new.follows, new.document) == (
        Kind.ARRIVAL,
        entry.transaction.follows,
        entry.transaction.document,
    )
    assert [(line.product_id, int(line.done)) for line in new.lines] == [(SYRINGE.id, 4), (TOWEL.id, 10)]
    assert proofs(new) == proofs(entry.transaction)


def test_ward_25_a_return_to_the_supplier_is_opened_again_on_its_order_with_its_reason(store: Store) -> None:
    desk = supervisor(store)
    receipt = received(store)
    say(desk, "!supplier-return P00012", label(SYRINGE, lot="AB0123"), "!qty 12", "!confirm", "!reason damaged")
    entry = refused(desk, "not_received_there", {"line": 1})

    assert settle(desk, entry, "correct") == "correcting"
    assert isinstance(desk.job, SupplierReturn)
    say(desk, "!qty 8 of 1")
    assert say(desk, "!confirm").code == "return_finished"

    new = put_right(desk, entry)
    assert (new.kind, new.reason, new.document) == (Kind.SUPPLIER_RETURN, "damaged", entry.transaction.document)
    assert [(int(one.done), one.move_id, one.source_id) for one in new.lines] == [(8, 200, BIN_B.id)]
    named_lines = [answer.choice for answer in new.answers if answer.question == "received_by"]
    assert named_lines == [f"{receipt.uuid}-1"]
    assert proofs(new) == proofs(entry.transaction)


def test_ward_29_a_lot_change_is_opened_again_with_each_new_lot_beside_its_old_one(store: Store) -> None:
    desk = supervisor(store)
    new_label = label(SYRINGE, lot="NEW-1", expiry="280131")
    say(desk, "LOC-A1", "!relabel", label(SYRINGE, lot="S-LATE"), "!qty 3", new_label, "!confirm")
    entry = refused(desk, "odoo_refused", {"line": 2})

    assert settle(desk, entry, "correct") == "correcting"
    assert isinstance(desk.job, LotChange)
    assert [add.picking_id for add in desk.job.additions] == [0, 1]
    assert say(desk, "!confirm").code == "lot_change_finished"

    new = put_right(desk, entry)
    assert (new.kind, new.document) == (Kind.LOT_CHANGE, entry.transaction.document)
    assert [(one.source_id, one.destination_id, int(one.done)) for one in new.lines] == [
        (one.source_id, one.destination_id, 3) for one in entry.transaction.lines
    ]
    assert proofs(new) == proofs(entry.transaction)


def test_the_new_lot_of_a_lot_change_is_put_right(store: Store) -> None:
    desk = supervisor(store)
    new_label = label(SYRINGE, lot="NEW-1", expiry="280131")
    say(desk, "LOC-A1", "!relabel", label(SYRINGE, lot="S-LATE"), "!qty 3", new_label, "!confirm")
    entry = refused(desk, "odoo_refused")

    settle(desk, entry, "correct")
    said = say(desk, "!fix 2", "!lot NEW-2", "!confirm")

    assert said.code == "lot_change_finished"
    assert [(one.lot_name, one.expiry) for one in put_right(desk, entry).lines] == [
        ("S-LATE", LATE.expiry), ("NEW-2", date(2028, 1, 31)),
    ]  # fmt: skip


def test_a_count_is_opened_again_at_its_bin_with_what_was_found(store: Store) -> None:
    counts.stocked(store)
    desk = desk_of(store, Role.SUPERVISOR, "Joana Adeyemi")
    exact = (label(PUMP, serial="SN-STOCK"), label(SYRINGE, lot="AB0123", count=137))
    say(desk, "!count LOC-A", *exact, "!confirm", "!yes")
    entry = refused(desk, "counted_twice", {"line": 2})

    assert settle(desk, entry, "correct") == "correcting"
    assert isinstance(desk.job, Count)
    assert desk.job.place is not None
    assert (desk.job.place.barcode, sorted(int(add.quantity) for add in desk.job.additions)) == ("LOC-A", [1, 137])
    say(desk, "!confirm", "!yes")

    [new] = follow(desk, entry)
    assert (new.kind, new.document) == (entry.transaction.kind, entry.transaction.document)
    assert {(one.lot_name, one.counted, one.book) for one in new.lines} == {
        (one.lot_name, one.counted, one.book) for one in entry.transaction.lines
    }
    assert proofs(new) == proofs(entry.transaction)


def test_a_count_of_nothing_stays_a_count_of_nothing(store: Store) -> None:
    counts.stocked(store)
    desk = desk_of(store, Role.SUPERVISOR, "Joana Adeyemi")
    line_of = replace(towel(1), source_id=20, destination_id=14, done=Decimal(0), counted=Decimal(0), book=Decimal(0))
    entry = refuse(store, "counted_twice", {"line": 1}, an_act(line_of, kind=Kind.COUNT))

    assert settle(desk, entry, "correct") == "correcting"
    assert desk.job is not None
    assert [(add.quantity, add.product.id) for add in desk.job.additions] == [(Decimal(0), TOWEL.id)]


def test_ward_25_a_receipt_done_too_late_goes_back_on_its_order(store: Store) -> None:
    desk = supervisor(store)
    entry = too_late(store, an_act())
    [line] = entry.transaction.lines

    assert settle(desk, entry, "correct") == "sending_back"
    assert isinstance(desk.job, SupplierReturn)
    assert say(desk, "!confirm").code == "return_reason"
    assert say(desk, "!reason wrong goods").code == "return_finished"

    [back] = follow(desk, entry)
    assert (back.kind, back.document.origin, back.document.partner_id) == (Kind.SUPPLIER_RETURN, "P00012", 11)
    assert [(one.done, one.lot_name, one.source_id, one.destination_id) for one in back.lines] == [
        (line.done, "AB0123", line.destination_id, SUPPLIER.id)
    ]
    assert [one.choice for one in back.answers if one.question == "received_by"] == [f"{entry.uuid}-1"]
    assert say(desk, "!home", "!cards").code == "no_card"
    assert settle(desk, entry, "correct") == "settled_before"


def test_who_may_send_nothing_back_cannot_do_it_by_a_card(store: Store) -> None:
    want(store)
    nurse = desk_of(store, Role.NURSE)
    entry = too_late(store, an_act())

    assert settle(nurse, entry, "correct") == "needs_role"


def test_another_number_of_a_count_opened_again_is_counted_by_another(store: Store) -> None:
    counts.stocked(store)
    desk = desk_of(store, Role.SUPERVISOR, "Joana Adeyemi")
    exact = (label(PUMP, serial="SN-STOCK"), label(SYRINGE, lot="AB0123", count=137))
    say(desk, "!count LOC-A", *exact, "!confirm", "!yes")
    entry = refused(desk, "odoo_refused")
    settle(desk, entry, "correct")

    assert say(desk, "!qty 130 of 2", "!confirm").code == "count_differs"


def test_ward_30_a_witness_saw_what_was_refused_and_is_asked_for_again(store: Store) -> None:
    desk = supervisor(store)
    morphine = Line(1, MORPHINE.id, Decimal(2), 1, WARD.id, USED.id, lot_name="M-1", lot_id=MORPHINES.id)
    seen = an_act(morphine, kind=Kind.USE, witness="Nils Berg")
    entry = refuse(store, "odoo_refused", {}, seen)

    assert settle(desk, entry, "correct") == "correcting"
    said = say(desk, "!confirm")

    assert (said.code, follow(desk, entry)) == ("witness", [])


def test_a_draft_of_several_papers_is_found_by_each_of_them(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, "P00013", "!home")

    [draft] = open_drafts(desk.store)
    assert draft.document == "CS/IN/00007, CS/IN/00008"
    assert [named(desk.store, text) for text in ("cs/in/00007", "CS/IN/00008", draft.document)] == [(draft,)] * 3
    assert named(desk.store, "") == ()


def test_what_no_job_can_open_again_stays_a_card(store: Store) -> None:
    desk = supervisor(store)
    act = an_act()
    gone = replace(act, document=replace(act.document, picking_id=9999))
    entry = refuse(store, "expiry_missing", {"line": 1}, gone)

    assert settle(desk, entry, "correct") == "not_opened_again"
    found = store.outbox.get(entry.uuid)
    assert found is not None
    assert found.status is Status.REFUSED
