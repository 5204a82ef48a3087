# ruff: noqa: E501 - a table, a path a line
"""Every path of every job, and the shift that walks it: what must be answered in that file is named with it.

`docs/situations.md` lists them; `test_paths.py` holds the list to the files and to the jobs there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Walked:
    """One way through a job. `answers` are codes that only this way is answered with, in that order, in `shift`."""

    what: str
    shift: str
    answers: tuple[str, ...]


def _walked(text: str) -> Iterator[Walked]:
    for line in text.strip().split("\n"):
        what, shift, answers = (part.strip() for part in line.split("|"))
        yield Walked(what, shift, tuple(answers.split()))


PATHS: Final = {
    "receipt": """
        one order, one symbol a lot, the rest stays open | receive_plain | opened added short confirmed
        several orders of one vendor; for which it came | receive_several_orders | not_on_order another_vendor meant_for confirmed
        the order is not here yet, and comes | receive_order_unknown_yet | awaiting order_not_here waits_for_order order_came confirmed
        nobody ordered it | receive_without_order | awaiting order_not_here needs_role approved confirmed
        booked by somebody else: the same goods | receive_booked_same_goods | added answer_first same_goods_dropped
        booked by somebody else: only the difference | receive_booked_difference | answer_first difference_left confirmed
        booked by somebody else: really more | receive_booked_really_more | more_beside confirmed
        the order was cancelled | receive_order_cancelled | answer_first more_beside confirmed
        a colleague's half-done work on it | receive_colleague_half_done | confirmed card seen_to settled no_card
        several steps: what comes next | planned_two_steps | opened confirmed opened_transfer transfer_finished
        closed short, by who may | receive_close_short | short needs_role approved confirmed
        more than was ordered, by who may | receive_over | too_much needs_role added confirmed
        goods that are on no order | receive_beside | not_on_order added_beside confirmed
        all that is not followed, at once | receive_beside | all_untracked
        refused at the door, or put aside | receive_put_aside | added cold_chain confirmed
        the cold chain was kept | receive_put_aside | cold_chain added
        the cold chain was broken | receive_cold_chain | cold_chain added confirmed
        expired on arrival | receive_expired | expired turned_away needs_role confirmed
        on hold at its scan | receive_held | goods_held added
        put on hold since its scan | receive_held | held_now needs_role confirmed
        typed months, lots that are none, two days of one lot | receive_dates_and_lots | lot_is_no_lot expiry_missing lot_two_dates needs_role
        a lot nearly known, a day that is near, a pallet that tells no number | receive_doubtful_goods | lot_nearly_known short_dated content_count confirmed
        no lot on the pack: one is made, by who may | receive_without_lot | lot_missing needs_role added confirmed
        a pack with a serial where Odoo follows the lot | receive_packs_with_serials | pack_twice changed confirmed
        implants with serial and batch | receive_implants | serial_twice put_in confirmed
        a pallet and its content | receive_sscc_content | pallet_noted added confirmed
        the delivery note is photographed | receive_photo | photographed noted confirmed
        the delivery note was received before | receive_note_seen_before | noted note_seen_before confirmed
        put where Odoo wants it, nobody asked | receive_putaway | added put_in confirmed
        put on another shelf than Odoo's | receive_corrected | put_in
        corrected on the device, without a network | receive_corrected | undone resumed serial_twice short confirmed
        left, and taken over by a colleague | receive_taken_over | person_now_open take_over resumed confirmed
        a code is taught by who may | receive_taught_code | unknown_on_dock added confirmed
        controlled goods, before a witness | store_day | witness pin_wanted confirmed
    """,
    "unidentified": """
        a code nobody knows is kept, and named later | receive_unidentified | kept_unidentified which_draft confirmed
    """,
    "move": """
        from, items, to | move_plain | move_begun taken_from lot_to_take goes_to move_confirmed
        a place, a lot, a scan put right | move_corrected | place_undone move_changed undone lot_not_here move_confirmed
        out of one of several bins | move_shelf_not_parent | which_bin move_added move_confirmed
        all of a bin | move_plain | all_taken move_confirmed
        all of a bin but for what is asked about; taken back | move_whole_bin | all_taken_but all_undone
        a bin that is being counted | move_whole_bin | counting all_while_counted move_added move_confirmed
        expired goods, by who may | move_expired_by_supervisor | move_expired needs_role approved move_added
        held goods, into quarantine and elsewhere | move_held | goods_held needs_role set_aside move_confirmed goods_held move_added
        reserved for another | move_reserved_for_another | reserved set_aside reserved move_added
        of two owners, or in a package | move_of_owners_and_packages | whose_goods move_added move_confirmed
        a serial, a lot that lies elsewhere; another day on the label | move_doubtful_goods | serial_elsewhere move_added lot_two_days move_added lot_not_here
        more than the book has | move_plain | move_changed move_confirmed
        through transit, where a route has two sides | ward_27_dispatch | goes_to move_confirmed
        to a shelf that was archived | card_shelf_archived | move_confirmed card settled
    """,
    "use": """
        used up where the policy says; implants by serial | ward_24_use_and_waste | taken_from move_added move_confirmed
        controlled goods, before a witness | ward_24_use_and_waste | witness pin_wanted move_confirmed
        of two owners | return_of_owners | whose_goods move_added move_confirmed
        more than the book has: posted, and counted | count_after_went_negative | move_confirmed count_list
        a night on the ward | ward_night | move_confirmed taken_rest_waits witness
    """,
    "waste": """
        thrown away, with the only reason there is | ward_24_use_and_waste | move_added move_confirmed
        expired goods; a reason that is none | waste_expired | move_added reason_unknown reason_is move_confirmed
    """,
    "return": """
        back from the ward to the store | ward_24_use_and_waste | move_added goes_to move_confirmed
        what is an owner's stays theirs | return_of_owners | move_added goes_to move_confirmed
    """,
    "take-now": """
        no questions, without a network | ward_26_take_now | taken_now move_added taken_rest_waits
        the same pack twice | take_now_taken_back | taken_now pack_twice taken_rest_waits
    """,
    "later": """
        completed by answering | ward_26_take_now | lot_to_take move_added move_confirmed
        taken over, taken back, not taken after all | take_now_taken_back | take_over waits_again undone_waiting move_confirmed
    """,
    "planned": """
        what was set aside, another lot, the rest stays requested | ward_28_planned_transfer | which_papers at_bin other_lot sent_short transfer_finished
        requested, not there yet; all of it as planned | ward_28_planned_transfer | opened_requested scan_bins_first took_all_of_it
        too much; beside it; closed short, by who may | planned_close_short | too_much not_wanted taken_beside sent_short needs_role transfer_finished
        brought on before it was booked in, which goes ahead of the card | planned_before_it_came | waits_for_step transfer_finished card released_now settled no_card
        the second of two steps | planned_two_steps | opened_transfer took_all_of_it transfer_finished
    """,
    "arrival": """
        the sender's list, short, the rest later | ward_27_arrival | arrival_opened arrived arrived_short arrival_finished_short
        more than was sent, and what was not sent | arrival_more_than_sent | too_much arrived_changed not_on_the_way arrival_finished
    """,
    "supplier_return": """
        on the order it came with, no more than came | ward_25_supplier_return | goes_back more_than_received return_reason return_finished
        nobody here received it | supplier_return_without_order | return_opened return_finished
    """,
    "lot_change": """
        into two new lots | ward_29_lot_change | out_of_lot into_lot_partly new_lot_wanted expiry_missing lot_change_finished
        into a lot that is known | lot_change_known_lot | same_lot into_lot undone lot_change_finished
        out of a package | lot_change_out_of_package | out_of_package out_of_lot into_lot lot_change_finished
    """,
    "count": """
        a bin; what differs is counted by another; a reason; for approval | count_for_approval | count_differs waits_for_recount recount_by_another count_reason count_submitted
        applied at once, by role and tolerance; zero, a new lot, found goods | count_at_once | counted_zero count_differs count_reason count_applied
        without a network; paused, taken over; an empty bin | count_van_offline | not_counted take_over count_resumed count_submitted
        from Odoo's list | count_list_from_odoo | count_list counting_products count_submitted
        a product, wherever it lies | count_of_a_product | count_product counting_products count_applied
        goods leave while it is counted | count_moved_meanwhile | counting move_confirmed count_resumed
        after a shelf went below nothing | count_after_went_negative | count_list counting_products count_differs count_submitted
        a colleague's other number waits: the last stays | count_pending_of_another | count_submitted card settled
        a colleague's other number waits: counted again | card_count_again | card to_be_counted counting_after count_pending count_submitted
        of two owners, in a package | count_of_owners_and_packages | count_whose counted count_whose counted count_applied
        controlled goods, before a witness | count_controlled | count_witness pin_wanted count_submitted
    """,
    "hold and recall": """
        a lot is put on hold, looked for place by place, moved to quarantine | ward_31_recall | put_on_hold recall_under_way ticked ticked_none unticked recall_ended
    """,
    "cards": """
        taken back | card_withdrawn | card withdrawn no_card
        posted again, once it was settled in Odoo | receive_colleague_half_done | seen_to settled no_card
        corrected | card_corrected | card correcting move_confirmed no_card
        only the difference | card_booked_difference | card settled no_card
        really more, by who may | card_really_more | card needs_role approved settled no_card
        without the order | card_order_cancelled | card settled no_card
        with the day that Odoo has | card_two_days | card settled no_card
        with the day on the label, by who may | card_label_is_right | card needs_role approved settled no_card
        of another lot, that was renamed | card_lot_renamed | card settled no_card
        on another shelf | card_shelf_archived | card settled no_card
        out of a package, or an owner's | card_whose_goods | card settled no_card
        into quarantine | card_to_quarantine | card settled no_card
        moved all the same, by who may | card_moved_anyway | card needs_role approved settled
        counted again | card_count_again | card to_be_counted
        our count stays | count_pending_of_another | card settled no_card
        support is called; sent again when they have mended it | card_call_support | card seen_to card settled no_card
    """,
    "end of a shift": """
        what is open, by name; a supervisor settles an absent person's card | hand_over | shift_open card withdrawn shift_clean
    """,
    "whole shifts": """
        a day in the store | store_day | confirmed transfer_finished move_confirmed count_submitted
        a night on the ward | ward_night | move_confirmed taken_rest_waits witness
        a week of a mobile unit, without a network | mobile_week | move_confirmed count_differs count_submitted
        three hundred scans in a row | three_hundred_scans |
    """,
}
"""By job, as its drafts are called on disk, and by what crosses the jobs."""


def paths() -> Iterator[tuple[str, Walked]]:
    """Each, with the job it is of."""
    for job, text in PATHS.items():
        yield from ((job, one) for one in _walked(text))


def section() -> list[str]:
    """As it stands in docs/situations.md."""
    lines = ["", "## Every path of every job", ""]
    lines += [
        "Each shift is a replay file under `tests/end2end/shifts/`: worked at the window while a quarter of all calls fail",
        "and one of its steps is dark, and by hand with each of its steps dark (`python -m tests.end2end.at_each_step`).",
        "Each kind of way out of a card has its shift; each of each refusal is walked in `end2end/test_cards.py`.",
    ]
    for job in PATHS:
        lines += [
            "",
            f"### {job[0].upper()}{job[1:].replace('-', ' ').replace('_', ' ')}",
            "",
            "| path | shift |",
            "|---|---|",
        ]
        lines += [f"| {one.what} | `{one.shift}` |" for name, one in paths() if name == job]
    return lines
