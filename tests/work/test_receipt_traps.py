"""Ways in which stock could silently go wrong while receiving. Each was once possible."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from client.work.desk import Desk
from client.work.keeping import Keeping
from client.work.receiving.bodies import transactions
from sync.stock import Location, Move, MoveLine, Usage
from sync.store import Store
from tests.work.conftest import BOX, MASK, MOVES, ORDER, SYRINGE, TOWEL, TWIN, fill, gtin, label, queued, say

L1 = label(SYRINGE, lot="L1", expiry="280331")


def pulled(store: Store, moves: list[Move]) -> None:
    pull = store.catalogue.begin()
    pull.add(moves=moves)
    pull.flip(pull_at(store))


def pull_at(store: Store) -> datetime:
    return max(store.catalogue.pulled_at().values())


def received(desk: Desk, product_id: int) -> Decimal:
    assert desk.delivery is not None
    return sum((add.quantity for add in desk.delivery.additions if add.product.id == product_id), Decimal(0))


# ------------------------------------------------ a pull changes the order under an open draft


def test_goods_whose_line_was_cancelled_meanwhile_are_kept_beside_the_order(store: Store, desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, "!qty 40", L1, "!home")
    pulled(store, [move for move in MOVES if move.id != 202])

    assert say(desk, "P00012").code == "resumed_changed"
    say(desk, "!note none", "!confirm", "!yes")
    planned, beside = queued(desk)
    assert [line.product_id for line in planned.lines] == [SYRINGE.id]
    assert [(line.product_id, line.done) for line in beside.lines] == [(TOWEL.id, Decimal(40))]


def test_goods_whose_line_comes_back_are_on_the_order_again(store: Store, desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, "!qty 40", L1, "!home")
    pulled(store, [move for move in MOVES if move.id != 202])
    assert say(desk, "P00012").code == "resumed_changed"
    say(desk, "!home")
    pulled(store, list(MOVES))

    assert say(desk, "P00012").code == "resumed"
    say(desk, "!note none", "!confirm", "!yes")
    [planned] = queued(desk)
    first = planned.lines[0]
    assert (first.product_id, first.move_id, first.done) == (TOWEL.id, 202, Decimal(40))


def test_what_a_person_received_beside_the_order_stays_there_when_the_order_gets_it(store: Store, desk: Desk) -> None:
    say(desk, "P00012", L1, MASK.barcode, "!yes", "!home")
    pulled(store, [*MOVES, Move(290, ORDER.id, MASK.id, Decimal(5), 1, "Units", 5)])

    assert say(desk, "P00012").code == "resumed"
    assert desk.delivery is not None
    assert [add.unexpected for add in desk.delivery.additions] == [False, True]


def test_an_order_that_shrank_meanwhile_is_asked_about_before_finishing(store: Store, desk: Desk) -> None:
    say(desk, "P00012", L1, "!qty 100", "!home")
    pulled(store, [replace(move, expected=Decimal(40)) if move.id == 200 else move for move in MOVES])

    say(desk, "P00012")
    assert say(desk, "!note none", "!confirm").code == "too_much_now"
    assert say(desk, "!yes").code == "needs_role"


def test_bodies_that_would_lose_a_piece_are_a_bug_found_before_queueing(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode)
    assert desk.delivery is not None
    torn = replace(desk.delivery, expected=())

    with pytest.raises(ValueError, match="1 scanned, 0 in the bodies"):
        transactions(torn, Keeping(desk.store).signature(desk.person.name, desk.clock.moment()), desk.ward())


def test_an_item_a_pull_has_answered_is_added_by_the_next_scan(store: Store, desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE, lot="AB0999"))
    assert say(desk, "!note none", "!confirm").code == "answer_first"
    pull = store.catalogue.begin()
    lots = [replace(store.catalogue.lots_of(SYRINGE.id)[0], id=99, name="AB0999", expiry=date(2028, 5, 31))]
    pull.add(lots=lots)
    pull.flip(pull_at(store))

    assert say(desk, TOWEL.barcode).code == "added"
    assert received(desk, SYRINGE.id) == 1


# ------------------------------------------------ corrections


def test_a_correction_that_is_not_agreed_to_changes_nothing(desk: Desk) -> None:
    say(desk, "P00012", L1, "!qty 100", "!qty 150")

    assert say(desk, "!yes").code == "needs_role"
    assert say(desk, "!no").code == "left_as_it_was"
    assert received(desk, SYRINGE.id) == 100
    say(desk, "!qty 150", "!undo")
    assert received(desk, SYRINGE.id) == 100


@pytest.mark.parametrize("refused", [label(SYRINGE, lot="OLD", expiry="200101"), "rubbish-99", label(SYRINGE)])
def test_a_quantity_never_speaks_of_the_item_before_the_last_scan(desk: Desk, refused: str) -> None:
    say(desk, "P00012", TOWEL.barcode, refused, "!no")

    assert say(desk, "!qty 30").code == "item_before_qty"
    assert say(desk, "LOC-A").code == "item_before_place"
    assert received(desk, TOWEL.id) == 1


def test_an_addition_can_be_named_when_its_quantity_changes(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, L1)

    said = say(desk, "!qty 12 of 1")
    assert (said.code, said.facts["was"], said.facts["quantity"]) == ("changed", Decimal(1), Decimal(12))
    assert received(desk, TOWEL.id) == 12


def test_a_changed_quantity_stays_on_the_shelf_it_was_put_in(desk: Desk) -> None:
    say(desk, "P00012", L1, "LOC-A", "!qty 50", "!note none", "!confirm", "!yes")

    assert queued(desk)[0].lines[0].destination_id == 19


def test_taking_back_a_line_by_number_leaves_an_open_question_open(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, label(SYRINGE), "!undo 1")

    assert received(desk, TOWEL.id) == 0
    asked = desk.question()
    assert asked is not None
    assert asked.code == "lot_missing"


def test_a_quantity_said_while_finishing_is_announced_anew(desk: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, "!qty 5", "!note none", "!confirm", "!qty 1 of 1")

    assert say(desk, "!yes").code == "nothing_asked"


# ------------------------------------------------ two symbols, one item


def test_the_level_of_the_pack_survives_a_second_symbol(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE))
    assert say(desk, "]C11728033110L9\x1d3050").code == "added"
    assert received(desk, SYRINGE.id) == 50


def test_two_symbols_that_count_differently_are_not_one_item(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE, count=5))

    assert say(desk, label(SYRINGE, lot="L1", count=30)).code == "answer_first"


def test_a_lost_separator_is_asked_about_over_two_symbols_too(desk: Desk) -> None:
    one_symbol = say(desk, "P00012", f"]d201{SYRINGE.barcode}10ABC17280331")
    say(desk, "!no", label(SYRINGE))
    two_symbols = say(desk, "]C110ABC17280331")

    assert (one_symbol.code, two_symbols.code) == ("separator_doubt", "separator_doubt")
    assert say(desk, "!lot ABC").code == "expiry_missing"


def test_the_choice_of_product_survives_a_lot_label(desk: Desk) -> None:
    say(desk, "P00012", TWIN.barcode, "]C11728033110L9")

    assert say(desk, "!product 8").code == "not_on_order"


# ------------------------------------------------ what one scan counts (design 13.6)


def test_02_with_37_counts_the_packs_it_names(desk: Desk) -> None:
    assert say(desk, "P00012", f"]C102{BOX.barcode}374").facts["total"] == Decimal(40)


def test_02_without_37_asks_how_many(desk: Desk) -> None:
    assert say(desk, "P00012", f"]C102{BOX.barcode}").code == "content_count"
    assert say(desk, "!qty 2").facts["total"] == Decimal(20)


def test_02_of_an_unknown_pack_asks_for_its_size_and_keeps_the_count(desk: Desk) -> None:
    pack = gtin(int("3" + TOWEL.barcode[1:13]))

    assert say(desk, "P00012", f"]C102{pack}375").code == "pack_size"
    assert say(desk, "!qty 4").facts["total"] == Decimal(20)


def test_a_count_of_pieces_needs_no_size_of_the_pack(desk: Desk) -> None:
    pack = gtin(int("3" + TOWEL.barcode[1:13]))

    assert say(desk, "P00012", f"]d201{pack}3012").facts["total"] == Decimal(12)


def test_half_a_piece_is_no_pack_size(desk: Desk) -> None:
    pack = gtin(int("3" + TOWEL.barcode[1:13]))
    say(desk, "P00012", f"]d201{pack}")

    assert say(desk, "!qty 1.5").code == "not_a_pack_size"
    assert say(desk, "!qty 3").facts["total"] == Decimal(3)


# ------------------------------------------------ damaged labels


def test_a_damaged_product_number_is_not_the_second_symbol_of_another_item(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE))

    said = say(desk, "]d2010004000000X0201728033110CANN1")
    assert (said.tone, said.code) == ("no", "misread")


@pytest.mark.parametrize("broken", ["17280231", "301A"])
def test_a_damaged_element_is_told_before_anything_is_added(desk: Desk, broken: str) -> None:
    said = say(desk, "P00012", f"]d201{SYRINGE.barcode}10AB0123\x1d{broken}")
    assert (said.tone, said.code) == ("ask", "label_damaged")

    assert say(desk, "!yes").code == "added"


def test_a_lot_that_only_fills_the_label_is_asked_for(desk: Desk) -> None:
    """Ward 14."""
    assert say(desk, "P00012", label(SYRINGE, lot="1", expiry="280331")).code == "lot_missing"
    assert say(desk, "!lot B77").code == "added"


# ------------------------------------------------ rights


def test_what_a_supervisor_agreed_to_does_not_cover_what_a_storekeeper_adds(desk: Desk, supervisor: Desk) -> None:
    say(supervisor, "P00012", label(SYRINGE, lot="OLD", expiry="261120"), "!yes", "!home")

    assert say(desk, "P00012", "!yes", "!qty 100 of 1").code == "expired"
    assert received(desk, SYRINGE.id) == 0
    assert say(desk, "!no").code == "left_as_it_was"
    assert received(desk, SYRINGE.id) == 1


def test_a_pack_that_says_it_is_expired_is_expired_whatever_odoo_says(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE, lot="AB0123", expiry="250101"))

    assert say(desk, "!use-known").code == "expired"


def test_the_decision_about_a_lots_date_stays_with_the_lot(supervisor: Desk) -> None:
    code = label(SYRINGE, lot="AB0123", expiry="280630")
    say(supervisor, "P00012", code, "!use-label", code, "!undo 1", "!note none", "!confirm", "!yes")

    answers = queued(supervisor)[0].answers
    assert ("lot_two_dates", "use-label") in {(answer.question, answer.choice) for answer in answers}


# ------------------------------------------------ what stands in for a lot


@pytest.mark.parametrize("text", ["+H123ABC01234567890D", "https://www.maker.com/ifu/1234", "=%6200", "x" * 21])
def test_labels_of_other_languages_are_no_lots(desk: Desk, text: str) -> None:
    say(desk, "P00012", label(SYRINGE, expiry="280331"))

    assert say(desk, text).tone == "no"


def test_a_lot_of_eight_digits_is_a_lot_although_it_could_be_a_gtin(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE, expiry="280331"))

    assert say(desk, "12345670").code == "added"


def test_the_barcode_a_lot_was_read_from_is_evidence_of_the_line(desk: Desk) -> None:
    say(desk, "P00012", label(SYRINGE, expiry="280331"), "NA", "LOT-77", "!note none", "!confirm", "!yes")

    proofs = desk.store.drafts.evidence_of(queued(desk)[0].lines[0].evidence)
    assert [proof.text for proof in proofs][1:] == ["LOT-77"]
    assert ("lot_missing", "lot LOT-77") in {(one.question, one.choice) for one in queued(desk)[0].answers}


# ------------------------------------------------ shelves and steps


def test_a_shelf_beyond_the_steps_still_to_go_is_refused(store: Store, desk: Desk) -> None:
    """Ward 20."""
    pull = store.catalogue.begin()
    places = [Location(6, "Input", "CS/Input", Usage.INTERNAL, "4/6/", 4)]
    known = [store.catalogue.location(id_) for id_ in (8, 5, 19, 20, 30)]
    pull.add(locations=[*places, *(place for place in known if place)])
    pull.add(pickings=[replace(ORDER, destination_id=6, next_names=("CS/INT/00002",))])
    pull.flip(pull_at(store))
    say(desk, "P00012", TOWEL.barcode)

    assert say(desk, "LOC-A").code == "shelf_elsewhere"
    assert say(desk, "!note none", "!confirm", "!yes").facts["steps"] == "CS/INT/00002"


def test_each_move_keeps_the_shelf_odoo_chose_for_it(store: Store, desk: Desk) -> None:
    """Ward 19."""
    fill(store)
    pull = store.catalogue.begin()
    pull.add(moves=[*MOVES, Move(206, 100, TOWEL.id, Decimal(20), 1, "Units", 5)])
    lines = [MoveLine(301 + n, move, 100, TOWEL.id, Decimal(1), picked=False, source_id=8, destination_id=shelf)
             for n, (move, shelf) in enumerate([(202, 20), (206, 19)])]  # fmt: skip
    pull.add(move_lines=lines)
    pull.flip(pull_at(store))
    say(desk, "P00012", TOWEL.barcode, "!qty 60", "!note none", "!confirm", "!yes")

    assert [(line.move_id, line.destination_id) for line in queued(desk)[0].lines] == [(202, 20), (206, 19)]


def test_a_picking_type_that_always_keeps_the_rest_offers_no_closing(store: Store, supervisor: Desk) -> None:
    """Ward 21: Odoo would not do it."""
    fill(store, create_backorder="always")
    say(supervisor, "P00012", TOWEL.barcode, "!note none", "!confirm")

    assert say(supervisor, "!close-short").code == "not_a_choice"
    assert say(supervisor, "!yes").code == "confirmed"


def test_goods_beside_the_order_can_be_taken_back(desk: Desk) -> None:
    say(desk, "P00012", MASK.barcode, "!yes", MASK.barcode, "!yes")

    assert say(desk, "!undo").facts["total"] == 1


# ------------------------------------------------ taking back what was confirmed


def test_ones_own_unsent_work_can_be_withdrawn_and_others_only_by_a_supervisor(desk: Desk, supervisor: Desk) -> None:
    """Ward 33."""
    say(desk, "P00012", TOWEL.barcode, "!note none", "!confirm", "!yes")
    say(supervisor, "P00013", TOWEL.barcode, "!note none", "!confirm", "!yes")
    theirs, mine = desk.store.outbox.rows()

    assert desk.withdraw(theirs.uuid).code == "needs_role"
    assert desk.withdraw(mine.uuid).code == "withdrawn"


def test_what_odoo_may_have_is_asked_back_and_not_called_withdrawn(desk: Desk, supervisor: Desk) -> None:
    say(desk, "P00012", TOWEL.barcode, "!note none", "!confirm", "!yes", "!home")
    (entry,) = desk.store.outbox.rows()
    desk.store.outbox.mark_sending(entry.uuid, desk.clock.now())
    woken: list[bool] = []
    supervisor.worktop.queued = lambda: woken.append(True)

    assert supervisor.withdraw(entry.uuid).code == "withdraw_wished"
    assert woken == [True], "nobody waits a minute for the answer"
    assert len(desk.store.outbox.wishes(desk.clock.now())) == 1


def test_what_odoo_refused_is_for_a_supervisor_to_withdraw(desk: Desk, supervisor: Desk) -> None:
    """Ward 33."""
    say(desk, "P00012", TOWEL.barcode, "!note none", "!confirm", "!yes", "!home")
    (entry,) = desk.store.outbox.rows()
    desk.store.outbox.mark_sending(entry.uuid, desk.clock.now())
    desk.store.outbox.mark_refused(entry.uuid, "odoo_refused", {"says": "no"}, desk.clock.now())
    assert say(desk, "P00012").code == "refused_here"

    assert desk.withdraw(entry.uuid).code == "needs_role"
    assert supervisor.withdraw(entry.uuid).code == "withdrawn"
    assert say(desk, "P00012").code == "opened"
